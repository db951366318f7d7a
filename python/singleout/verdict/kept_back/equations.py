"""The sums of a table as equations between its cells, and what of them cannot be relied on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from singleout.identifiers.total_words import total_of
from singleout.verdict.kept_back.cells import CountCells
from singleout.verdict.kept_back.sums import TOLERANCE, Lines, Sum, find_sums, label_sums

Floats = npt.NDArray[np.float64]
Cell = tuple[int, int]

# The share of sums with all numbers shown from which totals count as not adding up
_WRONG = 0.2
# How unlikely (in bits) it must be that counts are multiples of one number by chance
_ROUNDED = 20.0


@dataclass(frozen=True, slots=True)
class CellSum:
    """Cells that add up to another one, perhaps with a rest that is not shown."""

    parts: tuple[Cell, ...]
    total: Cell
    rest: bool


class Rest(NamedTuple):
    """What a total leaves over: where, in which column it stands, and how much."""

    where: str
    column: int
    left: float


@dataclass
class Equations:
    """What the totals of a table say.

    Parameters
    ----------
    sums : list of CellSum
        Sums of which at least one cell is not shown.
    rests : list of Rest
        Totals that are larger than their parts, and by how much.
    unsure : list of tuple of Cell
        Sums with cells that are kept back, whose totals do not add up elsewhere, or are rounded.
    wrong : int
        Totals that do not add up, all of whose cells are shown.
    """

    sums: list[CellSum] = field(default_factory=list)
    rests: list[Rest] = field(default_factory=list)
    unsure: list[tuple[Cell, ...]] = field(default_factory=list)
    wrong: int = 0


def equations_of(cells: CountCells) -> Equations:
    """Return what the totals of a table say of its cells."""
    low, high = _weakest(cells)
    found = Equations()
    across = np.array([bool(total_of(head)) for head in cells.heads], np.bool_)
    along = np.array([bool(total_of(label)) for label in cells.called], np.bool_)
    rows = Lines(low, high, cells.called, ~across)
    columns = Lines(low.T, high.T, cells.heads, ~along)
    rounded = _is_rounded(cells.values[~along][:, ~across])
    by_label = label_sums(cells.labels, rows)
    told = {one.total for one in by_label}
    known = {(one.total, one.parts) for one in by_label}
    by_place = [
        one
        for one in find_sums(rows)
        if (one.sure or one.total not in told) and (one.total, one.parts) not in known
    ]
    for one in [*by_label, *by_place]:
        _add(found, cells, one, True, rounded)
    for one in find_sums(columns):
        _add(found, cells, one, False, rounded)
    return found


def _weakest(cells: CountCells) -> tuple[Floats, Floats]:
    """Least and most of each cell under the weakest reading of its mark."""
    low = np.nan_to_num(cells.values, nan=0.0)
    high = np.nan_to_num(cells.values, nan=math.inf)
    for number, mark in enumerate(cells.kinds):
        at = cells.marks == number
        low[at] = mark.bounds.low or 0
        high[at] = math.inf if mark.bounds.high is None else mark.bounds.high
    return low, high


def _is_rounded(values: Floats) -> bool:
    """Whether so many different counts are multiples of one number that they must be rounded."""
    shown = np.unique(values[~np.isnan(values) & (values != 0)])
    if not len(shown) or (shown != np.floor(shown)).any() or np.abs(shown).max() >= 2**53:
        return False
    base = int(np.gcd.reduce(np.abs(shown).astype(np.int64)))
    return base >= 3 and len(shown) * math.log2(base) >= _ROUNDED


def _add(found: Equations, cells: CountCells, one: Sum, by_rows: bool, rounded: bool) -> None:
    """Add one item's sums, line by line, as far as the item adds up at all."""
    values = cells.values if by_rows else cells.values.T
    rest = values[one.total] - values[list(one.parts)].sum(0)
    shown = ~np.isnan(rest)
    over, under = rest < -TOLERANCE, rest > TOLERANCE
    wrong = int(np.count_nonzero(over | under))
    often = bool(wrong > _WRONG * np.count_nonzero(shown))
    # Totals that are never too small leave over what the table does not show
    leaves = bool(under.any()) and not over.any() and not rounded
    if leaves:
        for line in np.flatnonzero(under).tolist():
            column = _cell(one.total, line, by_rows)[1]
            where = _name(cells, one.total, line, by_rows)
            found.rests.append(Rest(where, column, float(rest[line])))
    else:
        found.wrong += wrong
    gaps = ~shown & ~_is_open(cells, [one.total], by_rows) & ~_is_open(cells, one.parts, by_rows)
    for line in np.flatnonzero(gaps).tolist():
        total = _cell(one.total, line, by_rows)
        parts = tuple(_cell(item, line, by_rows) for item in one.parts)
        if rounded or (often and not leaves):
            found.unsure.append((*parts, total))
        else:
            found.sums.append(CellSum(parts, total, rest=leaves and often))


def _is_open(cells: CountCells, items: Sequence[int], by_rows: bool) -> npt.NDArray[np.bool_]:
    """Lines in which none of some items has a number or a mark for one that is kept back.

    Without its total a sum says nothing; without any of its parts nothing was broken down.
    """
    marks = cells.marks[list(items)] if by_rows else cells.marks.T[list(items)]
    open_ = np.array([*(not mark.kept_back for mark in cells.kinds), False])
    return np.asarray(open_[marks].all(0), np.bool_)


def _cell(item: int, line: int, by_rows: bool) -> Cell:
    return (item, line) if by_rows else (line, item)


def _name(cells: CountCells, total: int, line: int, by_rows: bool) -> str:
    if by_rows:
        return f"the total of {cells.column_name(line)}"
    return f"the total of {cells.row_name(line)}"


def unknown_cells(cells: CountCells, sums: Sequence[CellSum]) -> list[Cell]:
    """Return the cells of sums that are not shown, in order."""
    return sorted(
        {cell for one in sums for cell in (*one.parts, one.total) if cells.marks[cell] >= 0}
    )
