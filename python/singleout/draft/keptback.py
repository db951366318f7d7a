"""Columns in which marks stand for counts that are kept back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from singleout.identifiers.kept_back_marks import may_be_marks, read_mark
from singleout.tabular.arrow import codes_of

# Distinct marks that a column of counts may have: a column of age bands has one a row.
_MOST_MARKS = 8
_FEW = 200  # texts that are looked at one by one sooner than sifted
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")
Bools = npt.NDArray[np.bool_]


def is_kept_back(text: str) -> bool:
    """Tell whether a cell says that its count is kept back.

    Examples
    --------
    >>> is_kept_back("*"), is_kept_back("<5"), is_kept_back("12")
    (True, True, False)
    """
    return read_mark(text) is not None


def marks_among(distinct: pa.Array | Sequence[str]) -> Bools:
    """Tell which of a column's distinct texts are marks for counts that are kept back.

    None is where they differ as labels do: a column of age bands (``5-9``, ``10-14``) has one a
    row, a column of counts the same few again and again.

    Examples
    --------
    >>> marks_among(pa.array(["12", "*", "<5"])).tolist()
    [False, True, True]
    >>> marks_among(pa.array(["0", "1-4", "5-9"])).tolist()
    [False, False, False]
    """
    result = np.zeros(len(distinct), np.bool_)
    marks = {}
    for i, text in _not_plain(distinct):
        mark = read_mark(text)
        if mark is not None:
            marks[i] = mark
    bands = {mark.bounds for mark in marks.values() if (mark.bounds.low or 0) > 0}
    if len({mark.key for mark in marks.values()}) <= _MOST_MARKS and len(bands) < 2:
        result[list(marks)] = True
    return result


def _not_plain(distinct: pa.Array | Sequence[str]) -> Iterable[tuple[int, str]]:
    """Each text that may be a mark, with its position."""
    if len(distinct) <= _FEW:  # Arrow's steps cost more than so few texts
        texts = distinct.to_pylist() if isinstance(distinct, pa.Array) else distinct
        return [(i, text) for i, text in enumerate(texts) if not _PLAIN.fullmatch(text)]
    if not isinstance(distinct, pa.Array):
        distinct = pa.array(distinct, pa.string())
    plain = pc.match_substring_regex(distinct, rf"\A{_PLAIN.pattern}\z")
    at = np.flatnonzero(~plain.to_numpy(zero_copy_only=False))
    if len(at) > _FEW:
        at = at[may_be_marks(distinct.take(pa.array(at)))]
    return zip(at.tolist(), distinct.take(pa.array(at)).to_pylist(), strict=True)


def counts_with_marks(
    data: pa.Table, kinds: npt.NDArray[np.int8], numeric: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    """Return which columns hold numbers, where such a mark beside numbers counts as one.

    Parameters
    ----------
    data : pyarrow.Table
        Columns of strings.
    kinds : int8 array, shape (n_columns, n_rows)
        0 an empty cell, 1 text, 2 a number.
    numeric : bool array, shape (n_columns,)
        Columns that are mostly numbers without looking at marks.

    Returns
    -------
    bool array, shape (n_columns,)
    """
    result = numeric.copy()
    for j in np.flatnonzero(~numeric & (kinds == 2).any(axis=1)):
        numbers = int(np.count_nonzero(kinds[j] == 2))
        filled = int(np.count_nonzero(kinds[j]))
        coded = data.column(int(j)).combine_chunks().dictionary_encode()
        known = np.append(marks_among(coded.dictionary), False)
        marks = np.count_nonzero(known[codes_of(coded)])
        result[j] = numbers + marks >= 0.7 * filled
    return result
