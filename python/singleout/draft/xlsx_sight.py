"""Cells of a worksheet that nobody sees for how they, their rows or columns are formatted."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from lxml import etree

from singleout.draft.grid import Grid
from singleout.draft.xlsx_cells import RawCells
from singleout.draft.xlsx_layout import column_edges
from singleout.draft.xlsx_styles import Styles
from singleout.inspection.common.cell_looks import CellLook, covered_by_format, invisible, too_small
from singleout.inspection.common.extent import (
    Extent,
    Frame,
    cut_off,
    extent,
    pushed_out,
    shrunk,
    too_low,
    too_narrow,
)

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int32]
_EMU = 12_700  # of a point
# Rows of a lower default height were made to show nothing
_GROWS = 6.0


class Sight:
    """How a worksheet shows its cells.

    Parameters
    ----------
    grid : Grid
        The cells.
    ids : int32 array, shape (n_cells,)
        Their formats.
    styles : Styles
        The workbook's formats.
    raw : RawCells
        The sheet, for its rows, columns and views.
    """

    def __init__(self, grid: Grid, ids: Ints, styles: Styles, raw: RawCells) -> None:
        self.grid = grid
        self.looks = styles.looks or [CellLook()]
        self.ids = np.where(ids < len(self.looks), ids, 0).astype(np.int32)
        dates = np.isin(ids, list(styles.dates)) if styles.dates else np.zeros(len(grid), np.bool_)
        self.dates = dates & ~grid.numeric
        self.zoom = _zoom(raw.rest)
        frame = _frame(raw, int(grid.columns.max()) if len(grid) else 0)
        self.room: Extent = extent(grid, self.ids, self.looks, frame, grid.numeric | self.dates)

    def hidings(self) -> Iterator[tuple[str, Bools]]:
        """Iterate over finding codes with the cells that they are about."""
        grid, ids, looks = self.grid, self.ids, self.looks
        yield "hiding-format", covered_by_format(grid, ids, looks, self.dates)
        yield "invisible-text", invisible(grid, ids, looks, self.dates)
        small = too_small(ids, looks, self.zoom)
        yield "tiny-font", small | shrunk(self.room, ids, looks, grid, self.zoom)
        yield "cut-text", pushed_out(self.room, ids, looks)

    @property
    def low(self) -> Bools:
        """Cells in rows lower than half their letters."""
        return too_low(self.room, self.ids, self.looks)

    @property
    def narrow(self) -> Bools:
        """Cells with room for fewer than two letters."""
        return too_narrow(self.room, self.ids, self.looks, self.grid)

    @property
    def cut(self) -> Bools:
        """Cells whose text goes on out of sight."""
        return cut_off(self.room, self.ids, self.looks, self.grid)


def _zoom(rest: etree._Element) -> float:
    """18.3.1.87: how large the sheet is shown, in the window that shows it largest."""
    views = rest.iterfind("{*}sheetViews/{*}sheetView")
    return max((float(view.get("zoomScale") or 100) for view in views), default=100.0) / 100


def _frame(raw: RawCells, last: int) -> Frame:
    own = raw.settings.heights
    rows = np.fromiter(own, np.int32, len(own))
    order = np.argsort(rows, kind="stable")
    heights = np.fromiter(own.values(), np.float64, len(own))
    widths = np.diff(column_edges(raw.rest, min(last, 16_383) + 64)) / _EMU
    return Frame(widths, float(widths[-1]), rows[order], heights[order], _height(raw.rest))


def _height(rest: etree._Element) -> float:
    """18.3.1.81: rows without a height of their own grow with what they hold, if they can."""
    default = rest.find("{*}sheetFormatPr")
    height = float("inf") if default is None else float(default.get("defaultRowHeight") or "inf")
    return height if height < _GROWS else float("inf")
