"""Where cells lie on a sheet: far from the rest, outside what prints, under something drawn."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt
from lxml import etree

from singleout.draft.grid import Grid
from singleout.draft.xlsx_cells import parse_ref
from singleout.draft.xml import local

Bools = npt.NDArray[np.bool_]
# A screen shows about 25 columns and 50 rows: what is two screens away is not found by chance.
FAR_COLUMNS, FAR_ROWS = 50, 200
_EMU_COLUMN, _EMU_ROW = 609_600, 190_500


def far_cells(grid: Grid) -> Bools:
    """Cells separated from the largest group of cells by two screens of nothing.

    Examples
    --------
    >>> near = [(r, c, "x", False) for r in range(3) for c in range(3)]
    >>> far_cells(Grid.from_cells([*near, (900, 1, "y", False)])).sum()
    np.int64(1)
    """
    mask = np.zeros(len(grid), np.bool_)
    for values, gap in ((grid.columns, FAR_COLUMNS), (grid.rows, FAR_ROWS)):
        if not len(values) or int(values.max()) - int(values.min()) <= gap:
            continue
        distinct, counts = np.unique(values, return_counts=True)
        breaks = np.flatnonzero(np.diff(distinct) > gap)
        if not len(breaks):
            continue
        group = np.searchsorted(distinct[breaks + 1], distinct, side="right")
        main = int(np.argmax(np.bincount(group, counts)))
        inside = distinct[group == main]
        mask |= (values < inside[0]) | (values > inside[-1])
    return mask


def printed(grid: Grid, areas: list[str]) -> Bools:
    """Cells inside the print areas; all cells if an area cannot be understood."""
    mask = np.zeros(len(grid), np.bool_)
    for text in areas:
        for piece in re.split(r",(?![^']*'!)", text):
            ref = parse_ref(piece.rsplit("!", 1)[-1])
            if ref is None:
                return np.ones(len(grid), np.bool_)
            mask |= _inside(grid, *ref)
    return mask


def _inside(grid: Grid, top: int, left: int, bottom: int, right: int) -> Bools:
    return np.asarray(
        (grid.rows >= top)
        & (grid.rows <= bottom)
        & (grid.columns >= left)
        & (grid.columns <= right),
        np.bool_,
    )


def covered(drawing: etree._Element, sheet: etree._Element, grid: Grid) -> Bools:
    """Cells wholly under a picture, chart or filled shape (20.5.2.33 and others).

    Parameters
    ----------
    drawing : lxml.etree._Element
        The drawing part.
    sheet : lxml.etree._Element
        The worksheet, for its default sizes.
    grid : Grid
        The sheet's cells.
    """
    mask = np.zeros(len(grid), np.bool_)
    for anchor in drawing:
        kind = local(anchor)
        if kind not in ("twoCellAnchor", "oneCellAnchor") or not _covers(anchor):
            continue
        start = anchor.find("{*}from")
        if start is None:
            continue
        top, left = _corner(start, first=True)
        stop = anchor.find("{*}to")
        if stop is not None:
            bottom, right = _corner(stop, first=False)
        else:
            size = anchor.find("{*}ext")
            wide = 0 if size is None else int(size.get("cx", 0))
            high = 0 if size is None else int(size.get("cy", 0))
            bottom, right = top + high // _EMU_ROW - 1, left + wide // _EMU_COLUMN - 1
        if bottom >= top and right >= left:
            mask |= _inside(grid, top, left, bottom, right)
    return mask


def _corner(point: etree._Element, *, first: bool) -> tuple[int, int]:
    """First row and column wholly inside, or last ones."""
    at = {local(e): int(e.text or 0) for e in point}
    shift = 1 if first else -1
    row = at.get("row", 0) + (shift if (at.get("rowOff", 0) > _EMU_ROW // 4) == first else 0)
    column = at.get("col", 0) + (shift if (at.get("colOff", 0) > _EMU_COLUMN // 4) == first else 0)
    if not first:
        row = at.get("row", 0) - 1 if at.get("rowOff", 0) < 3 * _EMU_ROW // 4 else at.get("row", 0)
        wide = 3 * _EMU_COLUMN // 4
        column = at.get("col", 0) - 1 if at.get("colOff", 0) < wide else at.get("col", 0)
    return row, column


def _covers(anchor: etree._Element) -> bool:
    for child in anchor:
        name = local(child)
        if name in ("pic", "graphicFrame"):
            return True
        if name == "sp":
            look = child.find("{*}spPr")
            return look is not None and any(
                local(e) in ("solidFill", "gradFill", "blipFill", "pattFill") for e in look
            )
    return False
