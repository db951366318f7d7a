"""Where cells lie on a sheet: far from the rest, outside what prints, under something drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from lxml import etree

from singleout.draft.grid import Grid
from singleout.draft.xlsx_cells import TRUE, parse_ref
from singleout.draft.xml import local
from singleout.inspection.common.far import Area

Bools = npt.NDArray[np.bool_]
Edges = npt.NDArray[np.float64]
_EMU_COLUMN, _EMU_ROW = 609_600, 190_500


def corner(sheet: etree._Element) -> tuple[int, int]:
    """Return the row and column of the first cell in sight when the sheet is opened (18.3.1.87)."""
    for view in sheet.iterfind("{*}sheetViews/{*}sheetView"):
        pane, at = view.find("{*}pane"), parse_ref(view.get("topLeftCell", "A1"))
        if pane is None and at is not None:
            return at[0], at[1]
    return 0, 0


def print_areas(texts: list[str]) -> list[Area]:
    """Return the areas that defined names print; none if one of them cannot be understood."""
    found: list[Area] = []
    for text in texts:
        for piece in re.split(r",(?![^']*'!)", text):
            ref = parse_ref(piece.rsplit("!", 1)[-1])
            if ref is None:
                return []
            found.append(ref)
    return found


def _inside(grid: Grid, top: int, left: int, bottom: int, right: int) -> Bools:
    return np.asarray(
        (grid.rows >= top)
        & (grid.rows <= bottom)
        & (grid.columns >= left)
        & (grid.columns <= right),
        np.bool_,
    )


def frozen_out(sheet: etree._Element, grid: Grid) -> Bools:
    """Cells above or left of what frozen panes show: no scrolling leads to them (18.3.1.66)."""
    mask = np.zeros(len(grid), np.bool_)
    for view in sheet.iterfind("{*}sheetViews/{*}sheetView"):
        pane, corner = view.find("{*}pane"), parse_ref(view.get("topLeftCell", "A1"))
        if pane is None or corner is None or not pane.get("state", "").startswith("frozen"):
            continue
        if float(pane.get("ySplit", 0)):
            mask |= grid.rows < corner[0]
        if float(pane.get("xSplit", 0)):
            mask |= grid.columns < corner[1]
    return mask


def covered(
    drawing: etree._Element, sheet: etree._Element, grid: Grid, heights: dict[int, float]
) -> Bools:
    """Cells under a picture, chart or filled shape, three quarters of their sides at least.

    Parameters
    ----------
    drawing : lxml.etree._Element
        The drawing part (20.5.2.33 and others).
    sheet : lxml.etree._Element
        The worksheet, for its columns and default sizes.
    grid : Grid
        The sheet's cells.
    heights : dict of int to float
        Points of the rows that have a height of their own.
    """
    mask = np.zeros(len(grid), np.bool_)
    anchors = [anchor for anchor in _chosen(drawing) if local(anchor).endswith("Anchor")]
    if not len(grid) or not any(map(_covers, anchors)):
        return mask
    across = column_edges(sheet, int(grid.columns.max()))
    down = row_edges(sheet, heights, int(grid.rows.max()))
    for anchor in anchors:
        box = _box(anchor, across, down) if _covers(anchor) else None
        if box is not None:
            left, right = _between(across, box[0], box[2])
            top, bottom = _between(down, box[1], box[3])
            mask |= _inside(grid, top, left, bottom, right)
    return mask


def column_edges(sheet: etree._Element, last: int) -> Edges:
    """Left edges of the columns up to `last`, and the last one's right edge (18.3.1.13)."""
    default = sheet.find("{*}sheetFormatPr")
    width = 0.0 if default is None else float(default.get("defaultColWidth") or 0)
    sizes = np.full(last + 1, _EMU_COLUMN if not width else _column(width), np.float64)
    for entry in sheet.iterfind("{*}cols/{*}col"):
        first, stop = int(entry.get("min", 1)) - 1, int(entry.get("max", 1))
        if entry.get("hidden") in TRUE:
            sizes[first:stop] = 0
        elif entry.get("width"):
            sizes[first:stop] = _column(float(entry.get("width", 9)))
    return np.concatenate(([0.0], np.cumsum(sizes)))


def _column(characters: float) -> float:
    """The width of so many digits of Calibri 11 (7 pixels), in EMU."""
    return int((256 * characters + 18) / 256 * 7) * 9525


def row_edges(sheet: etree._Element, heights: dict[int, float], last: int) -> Edges:
    """Top edges of the rows up to `last`, and the last one's bottom edge (18.3.1.81)."""
    default = sheet.find("{*}sheetFormatPr")
    height = 0.0 if default is None else float(default.get("defaultRowHeight") or 0)
    sizes = np.full(last + 1, height * 12_700 if height else _EMU_ROW, np.float64)
    for row, points in heights.items():
        if row <= last:
            sizes[row] = points * 12_700
    return np.concatenate(([0.0], np.cumsum(sizes)))


def _box(anchor: etree._Element, across: Edges, down: Edges) -> tuple[float, ...] | None:
    """Left, top, right, bottom of an anchor in EMU."""
    start, stop, size = anchor.find("{*}from"), anchor.find("{*}to"), anchor.find("{*}ext")
    at = anchor.find("{*}pos")
    if start is not None:
        left, top = _point(start, across, down)
    elif at is not None:
        left, top = float(at.get("x", 0)), float(at.get("y", 0))
    else:
        return None
    if stop is not None:
        return left, top, *_point(stop, across, down)
    if size is None:
        return None
    return left, top, left + float(size.get("cx", 0)), top + float(size.get("cy", 0))


def _point(point: etree._Element, across: Edges, down: Edges) -> tuple[float, float]:
    at = {local(e): int(e.text or 0) for e in point if local(e)}
    found = []
    for edges, name, default in ((across, "col", _EMU_COLUMN), (down, "row", _EMU_ROW)):
        beyond = max(0, at.get(name, 0) - len(edges) + 1)
        edge = float(edges[min(at.get(name, 0), len(edges) - 1)])
        found.append(edge + beyond * default + at.get(f"{name}Off", 0))
    return found[0], found[1]


def _between(edges: Edges, first: float, last: float) -> tuple[int, int]:
    """First and last column (or row) that lie between two offsets, a quarter at each end aside."""
    quarter = np.diff(edges) / 4
    inside = (edges[:-1] + quarter >= first) & (edges[1:] - quarter <= last)
    inside &= quarter > 0
    index = np.flatnonzero(inside)
    return (int(index[0]), int(index[-1])) if len(index) else (1, 0)


def _chosen(drawing: etree._Element) -> Iterator[etree._Element]:
    """The anchors, those in what newer programs read of an alternative (part 3, 7.5) among them."""
    for child in drawing:
        choice = next(iter(child), None) if local(child) == "AlternateContent" else None
        yield from (child,) if choice is None else choice


def is_hidden(properties: etree._Element) -> bool:
    """Whether a shape (20.1.2.2.8 and others) is hidden, and not only drawn by other markup.

    Excel hides the shape that it writes beside a control, and draws the control itself: the shape
    has a `compatExt` then ([MS-ODRAWXML] 2.3.1.2).
    """
    return properties.get("hidden") in TRUE and properties.find(".//{*}compatExt") is None


def _covers(anchor: etree._Element) -> bool:
    """Whether anything in it is painted: a picture, a chart, a shape with a fill."""
    if any(e.get("hidden") in TRUE for e in anchor.iterfind("./*/*/{*}cNvPr")):
        return False
    for child in anchor.iter(etree.Element):
        name = local(child)
        if name in ("pic", "graphicFrame"):
            return True
        if name == "sp":
            look, style = child.find("{*}spPr"), child.find("{*}style/{*}fillRef")
            own = [] if look is None else [local(e) for e in look]
            if any(name in ("solidFill", "gradFill", "blipFill", "pattFill") for name in own):
                return True
            # 20.1.4.2.10: without a fill of its own it has its style's
            if "noFill" not in own and style is not None and style.get("idx", "0") != "0":
                return True
    return False
