"""Which cells of an OpenDocument's sheet a reader does not see, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from singleout.draft.grid import Grid
from singleout.draft.odf_looks import cell_look, frame_of
from singleout.draft.odf_names import get, points
from singleout.draft.odf_raw import RawTable, Span
from singleout.draft.odf_styles import THIN, Look, Styles, hidden_text
from singleout.draft.unseen import Bools, within
from singleout.inspection.common.sight import Sight
from singleout.inspection.common.thresholds import SMALL


@dataclass(slots=True)
class Columns:
    """What is set for columns: spans (first, last) by what they are."""

    hidden: list[Span] = field(default_factory=list)
    zero: list[Span] = field(default_factory=list)
    grouped: list[Span] = field(default_factory=list)
    defaults: list[tuple[int, int, str]] = field(default_factory=list)
    widths: list[tuple[int, int, float]] = field(default_factory=list)


def sight_of(
    raw: RawTable, grid: Grid, columns: Columns, styles: Styles, zoom: float
) -> tuple[Sight, list[Look]]:
    """Return how a sheet shows its cells, and the properties of the styles that they have.

    Parameters
    ----------
    raw : RawTable
        The sheet.
    grid : Grid
        Its cells.
    columns : Columns
        What is set for its columns.
    styles : Styles
        All styles.
    zoom : float
        How large it is shown when it is opened.
    """
    ids, names = _effective(raw, grid, columns)
    told = [styles.look("table-cell", name) for name in names]
    looks = [cell_look(look, styles) for look in told]
    last = (int(grid.rows.max()), int(grid.columns.max())) if len(grid) else (0, 0)
    frame = frame_of(raw, columns.widths, last, styles)
    dates = np.zeros(len(grid), np.bool_)
    return Sight(grid, ids, looks, dates, frame, zoom), told


def _effective(
    raw: RawTable, grid: Grid, columns: Columns
) -> tuple[npt.NDArray[np.int32], list[str]]:
    """Each cell's style, its column's where it has none of its own (9.1.4)."""
    ids = raw.style_ids().copy()
    for first, last, name in columns.defaults:
        if name and (ids == 0).any():
            inside = (ids == 0) & (grid.columns >= first) & (grid.columns <= last)
            ids[inside] = raw.style_id(name)
    return ids, list(raw.names)


def hidings(
    raw: RawTable, columns: Columns, styles: Styles, sight: Sight, told: list[Look]
) -> Iterator[tuple[str, Bools]]:
    """Iterate over finding codes with the cells that they are about.

    Parameters
    ----------
    raw : RawTable
        The sheet.
    columns : Columns
        What is set for its columns.
    styles : Styles
        All styles.
    sight : Sight
        How it shows its cells.
    told : list of Look
        The properties of the cells' styles.
    """
    grid = sight.grid
    none = np.zeros(len(grid), np.bool_)
    rows = within(grid.rows, raw.collapsed), within(grid.rows, raw.filtered)
    grouped = within(grid.rows, raw.grouped), within(grid.columns, columns.grouped)
    hidden = within(grid.columns, columns.hidden)
    yield "hidden-row", rows[0]
    yield "filtered-row", rows[1]
    yield "hidden-column", hidden
    yield "collapsed-group", grouped[0] | grouped[1]
    thin: list[Span] = []
    for name, spans in raw.row_styles.items():
        height = points(styles.look("table-row", name).text.get("other:row-height"))
        thin += spans if height is not None and height < THIN else []
    low = within(grid.rows, thin) | sight.low
    yield "zero-size-row", low & ~rows[0] & ~rows[1] & ~grouped[0]
    narrow = within(grid.columns, columns.zero) | sight.narrow
    yield "zero-size-column", narrow & ~hidden & ~grouped[1]
    yield "merged-cells", np.frombuffer(raw.covered, np.bool_) if raw.covered else none
    found = dict(sight.hidings())
    if raw.untold:
        found["hiding-format"] = found["hiding-format"] | np.frombuffer(raw.untold, np.bool_)
    locked = get(raw.element, "table:protected") == "true"
    for code, chosen in _by_style(told, locked).items():
        found[code] = found.get(code, none) | np.isin(sight.ids, chosen)
    for index, name in raw.inner:
        code = _inner(name, told[sight.ids[index]], styles) if index < len(grid) else ""
        if code:
            found[code] = found.get(code, none).copy()
            found[code][index] = True
    yield from found.items()


def _by_style(looks: list[Look], locked: bool) -> dict[str, list[int]]:
    """Finding code -> styles (by index) that hide a cell whatever it looks like."""
    found: dict[str, list[int]] = {}
    for i, look in enumerate(looks):
        protect = look.text.get("cell:cell-protect", "") if locked else ""
        codes = {
            "hiding-format": "hidden-and-protected" in protect,
            "hidden-text": hidden_text(look),
            "hidden-formula": "formula-hidden" in protect,
        }
        for code, there in codes.items():
            if there:
                found.setdefault(code, []).append(i)
    return found


def _inner(name: str, cell: Look, styles: Styles) -> str:
    """How a piece of a cell's text is out of sight: a finding code, or nothing."""
    for family in ("text", "paragraph"):
        if (family, name) in styles.styles:
            piece = Look({**cell.text, **styles.look(family, name).text})
            look = cell_look(piece, styles)
            if hidden_text(piece):
                return "hidden-text"
            if look.invisible:
                return "invisible-text"
            if look.size < SMALL:
                return "tiny-font"
    return ""
