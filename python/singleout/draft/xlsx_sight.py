"""How a worksheet shows its cells: their formats, the sizes of rows and columns, the zoom."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from lxml import etree

from singleout.draft.grid import Grid
from singleout.draft.xlsx_cells import RawCells
from singleout.draft.xlsx_layout import column_edges
from singleout.draft.xlsx_styles import Styles
from singleout.inspection.common.cell_looks import CellLook
from singleout.inspection.common.extent import Frame
from singleout.inspection.common.sight import Sight

_EMU = 12_700  # of a point
# Rows of a lower default height were made to show nothing
_GROWS = 6.0


def sight_of(grid: Grid, ids: npt.NDArray[np.int32], styles: Styles, raw: RawCells) -> Sight:
    """Return how a worksheet shows its cells.

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
    looks = styles.looks or [CellLook()]
    dates = np.isin(ids, list(styles.dates)) if styles.dates else np.zeros(len(grid), np.bool_)
    known = np.where(ids < len(looks), ids, 0).astype(np.int32)
    frame = _frame(raw, int(grid.columns.max()) if len(grid) else 0)
    return Sight(grid, known, looks, dates & ~grid.numeric, frame, _zoom(raw.rest))


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
