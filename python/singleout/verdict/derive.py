"""Which small counts a reader can work out: totals less the other cells, exactly, by LP bounds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from singleout.verdict.words import column_name

if TYPE_CHECKING:
    from singleout.verdict.counts import CountTable

Floats = npt.NDArray[np.float64]
_MOST_UNKNOWN = 300
_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class _Sum:
    """Cells (row, column) that add up to a total; the last row is the table's row of totals."""

    parts: tuple[tuple[int, int], ...]
    total: float
    where: str


def derivable(counted: CountTable, low: int, high: int) -> tuple[list[str], list[str]]:
    """Find counts from `low` to `high` that are not shown but follow from what is.

    A cell that is kept back is taken to be any number from 0 on; it is derivable where the totals
    leave it one value only. A total that is larger than the sum of its parts, none of which is
    kept back, gives away the rest.

    Parameters
    ----------
    counted : CountTable
        The table as numbers.
    low, high : int
        The range of small counts.

    Returns
    -------
    found : list of str
        The cells or remainders, by place.
    not_checked : list of str
        What could not be checked, in plain English.

    Notes
    -----
    Bounds of each cell over all tables of counts with these totals: Dobra and Fienberg, "Bounds for
    cell entries in contingency tables given marginal totals and decomposable graphs" (PNAS 97,
    2000) treat the general case; here each bound is one linear programme, solved by HiGHS.
    """
    grid, total_column, labels = _grid(counted)
    if grid.size == 0:
        return [], []
    sums, rests, notes = _sums(grid, total_column, counted)
    found = [f"what {where} leaves over" for where, rest in rests if low <= rest <= high]
    unknown = sorted({cell for s in sums for cell in s.parts if np.isnan(grid[cell])})
    if not unknown:
        return found, notes
    if len(unknown) > _MOST_UNKNOWN:
        notes.append(f"whether the {len(unknown):,} cells kept back follow from the totals")
        return found, notes
    for cell, (least, most) in zip(unknown, _bounds(grid, sums, unknown), strict=True):
        value = round(least)
        if most - least < 0.5 and abs(least - value) < 0.25 and low <= value <= high:
            found.append(labels(cell))
    return found, notes


def _grid(
    counted: CountTable,
) -> tuple[Floats, int | None, Callable[[tuple[int, int]], str]]:
    """The count columns, the rows of totals below; the column of totals; names of cells."""
    from singleout.identifiers.written_counts import read_count
    from singleout.verdict.counts import TOTAL

    columns = counted.columns
    table = counted.table
    total_column = next((i for i, c in enumerate(columns) if TOTAL.match(c.name)), None)
    body = np.column_stack([c.values for c in columns]) if columns else np.empty((0, 0))
    below = table.total_rows
    if below is not None and below.num_rows and columns:
        line = [
            read_count(below.column(c.index)[below.num_rows - 1].as_py() or "") for c in columns
        ]
        last = np.array([np.nan if v is None else v for v in line])
    else:
        last = np.full(len(columns), np.nan)
    grid = np.vstack([body, last]) if columns else body

    def label(cell: tuple[int, int]) -> str:
        return counted.cell(cell[0], columns[cell[1]].index)

    return grid, total_column, label


def _sums(
    grid: Floats, total_column: int | None, counted: CountTable
) -> tuple[list[_Sum], list[tuple[str, float]], list[str]]:
    """Rows and columns that add up to a total, what totals leave over, and what does not add up."""
    sums: list[_Sum] = []
    rests: list[tuple[str, float]] = []
    notes: list[str] = []
    height, width = grid.shape[0] - 1, grid.shape[1]
    lines: list[tuple[str, list[tuple[int, int]], float]] = []
    parts = [j for j in range(width) if j != total_column]
    if total_column is not None and parts:
        lines += [
            (
                f"the total of row {counted.table.row_number(i):,}",
                [(i, j) for j in parts],
                float(grid[i, total_column]),
            )
            for i in range(height)
        ]
    if height > 1:
        lines += [
            (
                f"the total of column '{column_name(counted.columns[j].name)}'",
                [(i, j) for i in range(height)],
                float(grid[height, j]),
            )
            for j in range(width)
        ]
    crossed = 0
    for where, cells, total in lines:
        if np.isnan(total):
            continue
        known = sum(float(grid[c]) for c in cells if not np.isnan(grid[c]))
        full = not any(np.isnan(grid[c]) for c in cells)
        if known > total + _TOLERANCE:
            crossed += 1
        elif full:
            if total - known > _TOLERANCE:
                rests.append((where, total - known))
        else:
            sums.append(_Sum(tuple(cells), total, where))
    if crossed:
        notes.append(
            f"whether small counts follow from {crossed:,} totals that are smaller than their parts"
        )
    return sums, rests, notes


def _bounds(
    grid: Floats, sums: list[_Sum], unknown: list[tuple[int, int]]
) -> list[tuple[float, float]]:
    """Least and most of each unknown cell; cells that no total joins are bounded apart."""
    from scipy.optimize import linprog

    at = {cell: n for n, cell in enumerate(unknown)}
    matrix = np.zeros((len(sums), len(unknown)))
    right = np.empty(len(sums))
    for i, one in enumerate(sums):
        right[i] = one.total - sum(float(grid[c]) for c in one.parts if not np.isnan(grid[c]))
        for cell in one.parts:
            if cell in at:
                matrix[i, at[cell]] = 1.0
    result = []
    for n in range(len(unknown)):
        goal = np.zeros(len(unknown))
        goal[n] = 1.0
        least = linprog(goal, A_eq=matrix, b_eq=right, bounds=(0, None), method="highs")
        most = linprog(-goal, A_eq=matrix, b_eq=right, bounds=(0, None), method="highs")
        if least.x is None or most.x is None:
            result.append((0.0, float("inf")))
        else:
            result.append((float(least.x[n]), float(most.x[n])))
    return result
