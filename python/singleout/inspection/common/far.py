"""Cells that lie where nobody looks: far from the block at which a sheet opens, or not printed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from singleout.draft.grid import Grid
from singleout.inspection.common.thresholds import (
    FAR_COLUMNS,
    FAR_ROWS,
    SCREEN_COLUMNS,
    SCREEN_ROWS,
)

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int32]
# Top, left, bottom, right, from 0
Area = tuple[int, int, int, int]
# Fewer cells are no block that others could be far from
_LEAST = 4


def far_cells(grid: Grid, corner: tuple[int, int] = (0, 0)) -> Bools:
    """Tell which cells are far from the main block: the one nearest to where the sheet opens.

    Far is two screens of nothing across or down, or one screen of it both across and down.

    Parameters
    ----------
    grid : Grid
        The cells.
    corner : (int, int)
        Row and column of the first cell in sight when the sheet is opened.

    Examples
    --------
    >>> near = [(r, c, "x", False) for r in range(3) for c in range(3)]
    >>> more = [(r + 900, c, "y", False) for r in range(9) for c in range(3)]
    >>> far_cells(Grid.from_cells([*near, *more])).sum()
    np.int64(27)
    """
    mask = np.zeros(len(grid), np.bool_)
    for values, gap, first in (
        (grid.columns, FAR_COLUMNS, corner[1]),
        (grid.rows, FAR_ROWS, corner[0]),
    ):
        inside = _main(values[~mask], gap, first)
        if inside is not None:
            mask |= (values < inside[0]) | (values > inside[1])
    return mask | _aslant(grid, mask, corner)


def _main(values: Ints, gap: int, first: int) -> tuple[int, int] | None:
    """First and last row or column of the group nearest to `first`; None if there is one group."""
    if not len(values) or int(values.max()) - int(values.min()) <= gap:
        return None
    lines, counts = np.unique(values, return_counts=True)
    breaks = np.flatnonzero(np.diff(lines) > gap)
    if not len(breaks):
        return None
    starts, stops = np.append(0, breaks + 1), np.append(breaks, len(lines) - 1)
    sizes = np.add.reduceat(counts, starts)
    away = np.maximum(np.maximum(lines[starts] - first, first - lines[stops]), 0)
    blocks = np.flatnonzero(sizes >= _LEAST)
    chosen = int(np.argmax(sizes)) if not len(blocks) else int(blocks[np.argmin(away[blocks])])
    return int(lines[starts[chosen]]), int(lines[stops[chosen]])


def _aslant(grid: Grid, far: Bools, corner: tuple[int, int]) -> Bools:
    """Cells a screen of nothing both below and right of the main block."""
    near = np.flatnonzero(~far)
    rows, columns = grid.rows[near], grid.columns[near]
    inside = _main(rows, SCREEN_ROWS, corner[0])
    mask = np.zeros(len(grid), np.bool_)
    if inside is not None:
        main = (rows >= inside[0]) & (rows <= inside[1])
        edge = int(columns[main].max())
        mask[near[~main & (columns > edge + SCREEN_COLUMNS)]] = True
    return mask


def unprinted(grid: Grid, areas: Sequence[Area]) -> tuple[Bools, Bools]:
    """Tell which cells lie outside all of these areas: beside them, and a screen or more away.

    Parameters
    ----------
    grid : Grid
        The cells.
    areas : sequence of Area
        What is printed; none where all is.
    """
    inside, near = np.zeros(len(grid), np.bool_), np.zeros(len(grid), np.bool_)
    for top, left, bottom, right in areas:
        inside |= _within(grid, top, left, bottom, right)
        down, across = SCREEN_ROWS, SCREEN_COLUMNS
        near |= _within(grid, top - down, left - across, bottom + down, right + across)
    if not areas:
        return inside, near
    return near & ~inside, ~near


def _within(grid: Grid, top: int, left: int, bottom: int, right: int) -> Bools:
    rows, columns = grid.rows, grid.columns
    return np.asarray(
        (rows >= top) & (rows <= bottom) & (columns >= left) & (columns <= right), np.bool_
    )
