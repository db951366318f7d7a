"""Cells with content as columns of numbers and texts, whatever format they came from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from singleout.tabular.arrow import codes_of

Ints = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]
Merge = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells with content of one sheet, cache or document table, by row and then column.

    Parameters
    ----------
    rows, columns : int32 array, shape (n_cells,)
        Zero-based; sorted by row, then column; no cell twice.
    texts : pyarrow.Array of string, length n_cells
        What each cell holds: numbers as written in the file, dates as ISO 8601; never null
        or empty.
    numeric : bool array, shape (n_cells,)
        Whether the cell holds a number (dates are not numbers here).
    merges : tuple of (int, int, int, int)
        Merged ranges: top, left, bottom, right, zero-based, inclusive.
    """

    rows: Ints
    columns: Ints
    texts: pa.Array
    numeric: Bools
    merges: tuple[Merge, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    @classmethod
    def from_cells(
        cls, cells: Iterable[tuple[int, int, str, bool]], merges: Sequence[Merge] = ()
    ) -> Grid:
        """Make a grid of (row, column, text, numeric), in any order; empty texts are left out.

        Examples
        --------
        >>> len(Grid.from_cells([(0, 0, "rank", False), (1, 0, "7", True), (2, 0, "", False)]))
        2
        """
        last: dict[tuple[int, int], tuple[str, bool]] = {}
        for row, column, text, numeric in cells:
            if text:
                last[row, column] = (text, numeric)
        return cls.from_sorted([(*key, *last[key]) for key in sorted(last)], merges)

    @classmethod
    def from_sorted(
        cls, cells: Sequence[tuple[int, int, str, bool]], merges: Sequence[Merge] = ()
    ) -> Grid:
        """Make a grid of cells that are in order already, no cell twice, no text empty."""
        rows, columns, texts, numeric = zip(*cells, strict=True) if cells else ((), (), (), ())
        return cls(
            np.array(rows, np.int32),
            np.array(columns, np.int32),
            pa.array(texts, pa.string()),
            np.array(numeric, np.bool_),
            tuple(merges),
        )

    @classmethod
    def from_rows(cls, rows: Iterable[Sequence[str | None]], first: int = 0) -> Grid:
        """Make a grid of rows of texts, the first at row `first`; numbers are told by their form.

        Examples
        --------
        >>> Grid.from_rows([["rank", "n"], ["sergeant", "12"]]).numeric.tolist()
        [False, False, False, True]
        """
        at: list[int] = []
        across: list[int] = []
        texts: list[str] = []
        for i, row in enumerate(rows):
            for j, text in enumerate(row):
                if text:
                    at.append(i + first)
                    across.append(j)
                    texts.append(text)
        numeric = np.fromiter((is_number(text) for text in texts), np.bool_, len(texts))
        return cls(
            np.array(at, np.int32),
            np.array(across, np.int32),
            pa.array(texts, pa.string()),
            numeric,
        )

    def pick(self, chosen: npt.NDArray[Any]) -> Grid:
        """Return the cells that a boolean mask or an index array chooses."""
        index = np.flatnonzero(chosen) if chosen.dtype == np.bool_ else chosen
        return Grid(
            self.rows[index],
            self.columns[index],
            self.texts.take(pa.array(index)),
            self.numeric[index],
            self.merges,
        )


# Thousands separators anywhere, no zero in front of another digit (as codes have), ASCII only
_NUMBER = (
    r"[ \t\n\r\f\v]*[-+£$€]*,*(?:(?:0|[1-9][0-9,]*)(?:\.[0-9,]*[0-9])?|\.,*[0-9][0-9,]*)"
    r"(?:[eE][-+]?[0-9][0-9,]*)?,*%*[ \t\n\r\f\v]*"
)
# Texts that are looked at one by one sooner than as an array
_FEW = 50
_IS_NUMBER = re.compile(_NUMBER)


def distinct(values: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
    """Return the distinct rows or columns in order: by counting, ten times as fast as by hashing.

    Examples
    --------
    >>> distinct(np.array([3, 1, 3], np.int32)).tolist()
    [1, 3]
    """
    if len(values) and int(values.min()) >= 0 and int(values.max()) < 1 << 24:
        return np.flatnonzero(np.bincount(values)).astype(np.int64)
    return np.unique(values).astype(np.int64)


def is_number(text: str) -> bool:
    """Tell whether a text is written as a plain number (thousands separators and % allowed).

    Examples
    --------
    >>> is_number("1,234"), is_number("12.5%"), is_number("007"), is_number("B7")
    (True, True, False, False)
    """
    return _IS_NUMBER.fullmatch(text) is not None


def numbers_among(texts: pa.Array) -> Bools:
    """Tell for each text of an array whether `is_number`; nulls are no numbers.

    Examples
    --------
    >>> numbers_among(pa.array(["7", None, "007"])).tolist()
    [True, False, False]
    """
    if len(texts) <= _FEW:  # Arrow's steps cost more than so few texts
        found = [t is not None and is_number(t) for t in texts.to_pylist()]
        return np.array(found, np.bool_)
    coded = texts.dictionary_encode()
    found = pc.match_substring_regex(coded.dictionary, rf"\A{_NUMBER}\z")
    known = np.append(found.to_numpy(zero_copy_only=False), False)
    return np.asarray(known[codes_of(coded)], np.bool_)
