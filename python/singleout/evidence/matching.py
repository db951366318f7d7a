"""Rows of one table among the rows of another, by the engine's classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from singleout import _core
from singleout.evidence.codes import CODE_BYTES, KeyedColumn
from singleout.walk import NULLS

Codes = NDArray[np.uint32]
_NO_CLASS = np.uint32(0xFFFFFFFF)


class Codebook:
    """Numbers the keyed codes of all tables: equal values under one link get one number.

    Examples
    --------
    >>> book = Codebook()
    >>> one = KeyedColumn("rank", "rank", np.zeros((1, 16), np.uint8), np.ones(2, np.uint32))
    >>> book.cells(one).tolist()
    [1, 1]
    """

    def __init__(self) -> None:
        self._known: dict[str, pa.Array] = {}

    def cells(self, column: KeyedColumn) -> Codes:
        """Return the number of every cell's value, 0 where there is none."""
        link = column.link.strip().casefold()
        kind = pa.binary(CODE_BYTES)
        codes = pa.Array.from_buffers(
            kind, len(column.codes), [None, pa.py_buffer(column.codes.tobytes())]
        )
        known = self._known.get(link, pa.array([], kind))
        new = codes.filter(pc.invert(pc.is_in(codes, value_set=known)))
        known = pa.concat_arrays([known, new])
        self._known[link] = known
        numbers = np.zeros(len(codes) + 1, np.uint32)
        numbers[1:] = pc.index_in(codes, value_set=known).to_numpy() + 1
        return numbers[column.cells]


@dataclass(frozen=True, slots=True, eq=False)
class Matches:
    """For every row of a table, its equals in another.

    Parameters
    ----------
    there : ndarray of int64, shape (rows,)
        How many rows of the other table are equal to it on the shared fields; 0 also where one of
        these is missing.
    here : ndarray of int64, shape (rows,)
        How many rows of its own table are.
    first : ndarray of int64, shape (rows,)
        One of its equals in the other table; undefined where there is none.
    """

    there: NDArray[np.int64]
    here: NDArray[np.int64]
    first: NDArray[np.int64]


def match(ours: Sequence[Codes], theirs: Sequence[Codes]) -> Matches:
    """Find every row's equals in another table.

    Parameters
    ----------
    ours, theirs : sequence of ndarray of uint32
        The shared fields of the two tables, numbered by one `Codebook`, in the same order.

    Returns
    -------
    Matches
        A missing value is equal to nothing.
    """
    rows = len(ours[0])
    classes = classes_of([np.concatenate(pair) for pair in zip(ours, theirs, strict=True)], "drop")
    mine, others = classes[:rows], classes[rows:]
    present, seen = mine != _NO_CLASS, others != _NO_CLASS
    count = int(classes[classes != _NO_CLASS].max(initial=0)) + 1
    counted_there = np.bincount(others[seen], minlength=count)
    counted_here = np.bincount(mine[present], minlength=count)
    first_of = np.zeros(count, np.int64)
    first_of[others[seen][::-1]] = np.nonzero(seen)[0][::-1]
    there, here, first = (np.zeros(rows, np.int64) for _ in range(3))
    there[present] = counted_there[mine[present]]
    here[present] = counted_here[mine[present]]
    first[present] = first_of[mine[present]]
    return Matches(there, here, first)


def classes_of(columns: Sequence[Codes], nulls: str) -> Codes:
    """Return the number of each row's class over all columns."""
    class_of = np.empty(len(columns[0]), np.uint32)
    size_of = np.empty(len(columns[0]), np.uint32)
    _table(columns).classes(class_of, size_of, NULLS[nulls])
    return class_of


def sizes_of(columns: Sequence[Codes]) -> Codes:
    """Return how many rows share each row's values on all columns, a missing one counted as one."""
    size_of = np.empty(len(columns[0]), np.uint32)
    _table(columns).classes(None, size_of, NULLS["value"])
    return size_of


def _table(columns: Sequence[Codes]) -> _core.Table:
    dense = [_dense(column) for column in columns]
    return _core.Table(tuple(dense), len(columns[0]))


def _dense(column: Codes) -> tuple[Codes, int, bool]:
    """The column with codes 1..distinct that all occur, as the core wants them."""
    highest = int(column.max(initial=0))
    used = np.zeros(highest + 1, bool)
    used[column] = True
    nullable = bool(used[0])
    used[0] = False
    place = np.cumsum(used, dtype=np.uint32)
    place[~used] = 0
    return place[column], int(place[-1]), nullable
