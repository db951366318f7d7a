"""A worksheet: its cells as a grid, and what of them a reader does not see."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from lxml import etree

from singleout.draft.grid import Grid, Merge
from singleout.draft.model import Place, range_name
from singleout.draft.unseen import (
    report_cut,
    report_mask,
    report_rules,
    report_unprinted,
    report_unseen,
    within,
)
from singleout.draft.xlsx_book import Book, SheetEntry
from singleout.draft.xlsx_cells import (
    BOOLEAN,
    MOST_UNSEEN,
    NUMBER,
    SHARED,
    TRUE,
    RawCells,
    parse_ref,
    shared_texts,
)
from singleout.draft.xlsx_layout import corner, covered, frozen_out, print_areas
from singleout.draft.xlsx_rules import read_rules
from singleout.draft.xlsx_settings import settings
from singleout.draft.xlsx_sight import sight_of
from singleout.draft.xml import children
from singleout.inspection.common.cell_looks import holding
from singleout.inspection.common.far import far_cells
from singleout.inspection.common.rules import judge
from singleout.inspection.common.sight import Sight

Bools = npt.NDArray[np.bool_]


def to_grid(raw: RawCells, book: Book, place: Place) -> tuple[Grid, npt.NDArray[np.int32], Grid]:
    """Resolve raw values: shared strings, booleans, dates.

    Parameters
    ----------
    raw : RawCells
        The cells of one sheet.
    book : Book
        Its shared strings; those used are marked.
    place : Place
        Where cells are told whose string is not there.

    Returns
    -------
    grid : Grid
        Cells with content.
    styles : int32 array, shape (n_cells,)
        Each cell's format.
    empty : Grid
        Cells that hold a text of no characters.

    Raises
    ------
    LimitError
        If the texts of the cells, shared ones written out, pass `Limits.text_bytes`.
    """
    texts, kinds = raw.values, raw.kinds
    if isinstance(texts, pa.ChunkedArray):
        texts = texts.combine_chunks()
    shared = kinds == SHARED
    if shared.any():
        taken = _shared(texts.filter(pa.array(shared)), book, place)
        texts = taken if shared.all() else pc.replace_with_mask(texts, pa.array(shared), taken)
    flags = kinds == BOOLEAN
    if flags.any():
        words = pc.if_else(pc.equal(texts.filter(pa.array(flags)), "1"), "TRUE", "FALSE")
        texts = pc.replace_with_mask(texts, pa.array(flags), words)
    numeric = kinds == NUMBER
    dated = numeric & np.isin(raw.styles, list(book.styles.dates))
    if dated.any():
        iso = iso_dates(texts.filter(pa.array(dated)), book.date1904)
        texts = pc.replace_with_mask(texts, pa.array(dated), iso)
        numeric = numeric & ~dated
    order: npt.NDArray[Any] | None = None
    key = raw.rows.astype(np.int64) * 16384 + raw.columns
    if len(key) and (np.diff(key) <= 0).any():
        key, order = np.unique(key[::-1], return_index=True)
        order = len(raw.rows) - 1 - order
    grid = Grid(raw.rows, raw.columns, texts, numeric, _merges(raw.rest))
    styles = raw.styles
    if order is not None:
        grid, styles = grid.pick(order), styles[order]
    filled = pc.greater(pc.binary_length(grid.texts), 0).to_numpy(zero_copy_only=False)
    if filled.all():
        return grid, styles, grid.pick(~filled)
    return grid.pick(filled), styles[filled], grid.pick(~filled)


def _shared(numbers: pa.Array, book: Book, place: Place) -> pa.Array:
    """The shared strings of these numbers; an empty text for one that is not there."""
    at = pc.cast(numbers, pa.int64()).to_numpy(zero_copy_only=False)
    inside = (at >= 0) & (at < len(book.strings))
    lost = len(at) - int(np.count_nonzero(inside))
    if lost:
        book.collector.unread(place, f"{lost} cells refer to strings that are not there")
    book.used[at[inside]] = True
    texts = shared_texts(book.strings, at[inside], book.budget)
    if not lost:
        return texts
    return pc.replace_with_mask(pa.array([""] * len(at)), pa.array(inside), texts)


def iso_dates(serials: pa.Array, date1904: bool) -> pa.Array:
    """Turn serial days (18.17.4) into ISO 8601 texts; whole days without a time.

    Examples
    --------
    >>> iso_dates(pa.array(["44197", "44197.5"]), False).to_pylist()
    ['2021-01-01', '2021-01-01T12:00:00']
    """
    days = pc.cast(serials, pa.float64()).to_numpy(zero_copy_only=False)
    base = 24107 if date1904 else 25569
    good = (days > -60_000) & (days < 2_958_466)
    shift = np.where(~np.bool_(date1904) & (days < 60), 1.0, 0.0)
    seconds = np.round((np.where(good, days, 0) + shift - base) * 86400).astype("int64")
    whole = seconds % 86400 == 0
    text = np.datetime_as_string(seconds.astype("datetime64[s]"))
    day = np.datetime_as_string(seconds.astype("datetime64[s]").astype("datetime64[D]"))
    result = np.where(whole, day, text).astype(object)
    result[~good] = np.array(serials.to_pylist(), object)[~good]
    return pa.array(result.tolist(), pa.string())


def _merges(rest: etree._Element) -> tuple[Merge, ...]:
    found = (parse_ref(e.get("ref", "")) for e in rest.iterfind("{*}mergeCells/{*}mergeCell"))
    return tuple(merge for merge in found if merge is not None)


def _spans(
    rest: etree._Element,
) -> tuple[list[tuple[int, int]], list[tuple[int, int]], list[tuple[int, int]]]:
    """Columns (first, last) that are hidden, of no width, in an outline (18.3.1.13)."""
    hidden, zero, outlined = [], [], []
    for entry in rest.iterfind("{*}cols/{*}col"):
        span = (int(entry.get("min", 1)) - 1, int(entry.get("max", 1)) - 1)
        if entry.get("hidden") in TRUE:
            hidden.append(span)
        elif entry.get("width") is not None and float(entry.get("width", 9)) < MOST_UNSEEN / 5:
            zero.append(span)
        if entry.get("outlineLevel", "0") != "0":
            outlined.append(span)
    default = rest.find("{*}sheetFormatPr")
    if default is not None and float(default.get("defaultColWidth") or 9) < MOST_UNSEEN / 5:
        zero += _between(rest)
    return hidden, zero, outlined


def _between(rest: etree._Element) -> list[tuple[int, int]]:
    """Columns that no `col` element sets: they have the default width."""
    entries = rest.iterfind("{*}cols/{*}col")
    listed = sorted((int(e.get("min", 1)) - 1, int(e.get("max", 1)) - 1) for e in entries)
    gaps, at = [], 0
    for first, last in listed:
        if first > at:
            gaps.append((at, first - 1))
        at = max(at, last + 1)
    return [*gaps, (at, 16_383)]


def read_sheet(book: Book, sheet: SheetEntry, raw: RawCells) -> None:
    """Report a worksheet: its tables and what of it is out of sight."""
    collector = book.collector
    grid, styles, empty = to_grid(raw, book, sheet.place())
    book.grids[sheet.name] = grid
    sight = sight_of(grid, styles, book.styles, raw)
    rules = read_rules(raw.rest, book.styles)
    judged = judge(rules, grid, sight.ids, sight.looks, sight.dates)
    unseen = np.zeros(len(grid), np.bool_)
    also = _hidden_empty(raw, empty)
    told = holding(grid)
    for code, mask in _hidings(book, sheet, raw, grid, styles, sight):
        mask = mask & told
        if code == "invisible-text":
            mask &= ~judged.shown
        rows, columns = grid.rows[mask], grid.columns[mask]
        if code in also:
            rows = np.concatenate([rows, empty.rows[also[code]]])
            columns = np.concatenate([columns, empty.columns[also[code]]])
        count = len(rows)
        if not count:
            continue
        if code == "hidden-formula":
            collector.add(code, sheet.place(), count=count, severity="note")
            continue
        collector.add(code, sheet.place(_area(rows, columns)), count=count)
        unseen |= mask
    report_rules(judged, sheet.place(), collector)
    unseen |= judged.unseen & told
    unseen |= _layout(book, sheet, raw, grid, told)
    report_cut(grid, sight.cut & told & ~unseen, sheet.place(), collector)
    if raw.unknown:
        detail = "unknown elements, attributes or texts among cells"
        collector.add("unknown-part", sheet.place(), count=raw.unknown, detail=detail)
    if raw.values_meta:
        collector.add("rich-data", sheet.place(), count=raw.values_meta, severity="note")
    book.hidden_cells[sheet.name] = int(np.count_nonzero(unseen))
    report_unseen(grid, unseen, sheet.place(), collector, sheet.why_unseen)
    settings(book, sheet, raw.rest)


def _hidden_empty(raw: RawCells, empty: Grid) -> dict[str, Bools]:
    """Cells that hold an empty text, in hidden rows and columns: a formula may show more later."""
    if not len(empty):
        return {}
    hidden = raw.settings.hidden
    rows = np.fromiter(hidden, np.int32, len(hidden))
    return {
        "hidden-row": np.isin(empty.rows, rows),
        "hidden-column": within(empty.columns, _spans(raw.rest)[0]),
    }


def _hidings(
    book: Book,
    sheet: SheetEntry,
    raw: RawCells,
    grid: Grid,
    styles: npt.NDArray[np.int32],
    sight: Sight,
) -> Iterator[tuple[str, Bools]]:
    hidden, zero, outlined = _spans(raw.rest)
    rows = raw.settings

    def in_rows(chosen: set[int]) -> Bools:
        if not chosen:
            return np.zeros(len(grid), np.bool_)
        return np.isin(grid.rows, np.fromiter(chosen, np.int32, len(chosen)))

    in_hidden_rows, in_hidden_columns = in_rows(rows.hidden), within(grid.columns, hidden)
    yield "hidden-row", in_hidden_rows
    yield "hidden-column", in_hidden_columns
    low = in_rows(rows.zero) | _no_default_height(raw, grid) | sight.low
    yield "zero-size-row", low & ~in_hidden_rows
    yield "zero-size-column", (within(grid.columns, zero) | sight.narrow) & ~in_hidden_columns
    yield (
        "collapsed-group",
        (in_hidden_rows & in_rows(rows.outlined))
        | (in_hidden_columns & within(grid.columns, outlined)),
    )
    tables = book.tables.get(sheet.part, [])
    yield "filtered-row", in_hidden_rows & _filtered(raw.rest, grid, tables)
    yield "merged-cells", _under_merges(grid)
    yield from sight.hidings()
    locked = book.styles.hidden_formula
    if locked:
        yield "hidden-formula", np.isin(styles, list(locked))


def _no_default_height(raw: RawCells, grid: Grid) -> Bools:
    """18.3.1.81: rows without a height of their own where the default shows nothing."""
    default = raw.rest.find("{*}sheetFormatPr")
    height = 15.0 if default is None else float(default.get("defaultRowHeight") or 15)
    if height >= MOST_UNSEEN:
        return np.zeros(len(grid), np.bool_)
    sized = np.fromiter(raw.settings.heights, np.int32, len(raw.settings.heights))
    return ~np.isin(grid.rows, sized)


def _filtered(rest: etree._Element, grid: Grid, tables: list[tuple[int, int, int, int]]) -> Bools:
    mask = np.zeros(len(grid), np.bool_)
    for top, _, bottom, _ in tables:
        mask |= (grid.rows > top) & (grid.rows <= bottom)
    for entry in rest.iterfind("{*}autoFilter"):
        area = parse_ref(entry.get("ref", ""))
        if area is not None and next(children(entry, "filterColumn"), None) is not None:
            mask |= (grid.rows > area[0]) & (grid.rows <= area[2])
    return mask


def _under_merges(grid: Grid) -> Bools:
    mask = np.zeros(len(grid), np.bool_)
    for top, left, bottom, right in grid.merges[:5_000]:
        first, last = np.searchsorted(grid.rows, [top, bottom + 1])
        part = slice(int(first), int(last))
        inside = (grid.columns[part] >= left) & (grid.columns[part] <= right)
        mask[part] |= inside & ~((grid.rows[part] == top) & (grid.columns[part] == left))
    return mask


def _area(rows: npt.NDArray[np.int32], columns: npt.NDArray[np.int32]) -> str:
    return range_name(int(rows.min()), int(columns.min()), int(rows.max()), int(columns.max()))


def _layout(book: Book, sheet: SheetEntry, raw: RawCells, grid: Grid, told: Bools) -> Bools:
    """Report cells for where they lie; return those that are out of sight."""
    far = far_cells(grid, corner(raw.rest)) & told
    lost = frozen_out(raw.rest, grid) & told
    areas = [
        n.text for n in book.names if n.name == "_xlnm.Print_Area" and n.sheet == sheet.index - 1
    ]
    unseen = far | lost
    for drawing in book.package.related(sheet.part, "drawing"):
        with book.collector.guard(Place(part=drawing)):
            root = book.package.tree(drawing)
            under = covered(root, raw.rest, grid, raw.settings.heights) & told
            report_mask("covered-cells", grid, under, sheet.place(), book.collector)
            unseen |= under
    collector, place = book.collector, sheet.place()
    report_mask("far-cells", grid, far, place, collector, "far from the main table")
    report_mask("far-cells", grid, lost, place, collector, "scrolled away beside frozen panes")
    report_unprinted(grid, print_areas(areas), told & ~far, place, collector)
    return unseen
