"""A sheet of an OpenDocument spreadsheet: its cells, and what of them a reader does not see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from lxml import etree

from singleout.draft.collector import Collector
from singleout.draft.formula_texts import literals
from singleout.draft.grid import Grid
from singleout.draft.links import Link, tell_links
from singleout.draft.model import Place, range_name
from singleout.draft.odf_names import SPACES, area_of, get, points, q, ranges
from singleout.draft.odf_raw import RawTable, Span
from singleout.draft.odf_shapes import Sizes, covered, look_at_drawn, own_text
from singleout.draft.odf_styles import THIN, Look, Styles, hidden_text, invisible, tiny
from singleout.draft.unseen import Bools, report_unseen, where, within
from singleout.draft.xml import local, namespace, text_of
from singleout.inspection.common.far import far_cells

_COLUMN_HOLDERS = {"table-columns", "table-header-columns", "table-column-group"}
# Sizes of rows and columns where none is given: LibreOffice's own, in points
_WIDE, _HIGH = 64.0, 12.8
_MOST_EDGES = 20_000
_FIELDS = tuple(
    q(f"text:{name}") for name in ("hidden-text", "hidden-paragraph", "conditional-text")
)
_AUTHORS = (q("dc:creator"), q("meta:creator-initials"), q("loext:sender-initials"))
_SOLIDS = "urn:oasis:names:tc:opendocument:xmlns:dr3d:1.0"


@dataclass(slots=True)
class Columns:
    """What is set for columns: spans (first, last) by what they are."""

    hidden: list[Span] = field(default_factory=list)
    zero: list[Span] = field(default_factory=list)
    grouped: list[Span] = field(default_factory=list)
    defaults: list[tuple[int, int, str]] = field(default_factory=list)
    widths: list[tuple[int, int, float]] = field(default_factory=list)


@dataclass(slots=True)
class Sheet:
    """One sheet: its cells, the place that findings name, and what keeps it out of sight."""

    raw: RawTable
    place: Place
    grid: Grid
    why_unseen: str = ""
    unseen: int = 0


def read_columns(table: etree._Element, styles: Styles) -> Columns:
    """Read a table's columns (9.1.6), groups of them opened."""
    columns = Columns()
    at = 0
    waiting: list[tuple[Iterator[etree._Element], bool]] = [(iter(table), False)]
    while waiting:
        child = next(waiting[-1][0], None)
        folded = waiting[-1][1]
        if child is None:
            waiting.pop()
            continue
        kind = local(child)
        if kind in _COLUMN_HOLDERS:
            waiting.append((iter(child), folded or get(child, "table:display") == "false"))
        elif kind == "table-column":
            many = max(1, int(get(child, "table:number-columns-repeated") or 1))
            span = (at, at + many - 1)
            at += many
            width = points(
                styles.look("table-column", get(child, "table:style-name") or "").text.get(
                    "other:column-width"
                )
            )
            if get(child, "table:visibility") in ("collapse", "filter"):
                columns.hidden.append(span)
            elif width is not None and width < THIN:
                columns.zero.append(span)
            if folded:
                columns.grouped.append(span)
            columns.defaults.append((*span, get(child, "table:default-cell-style-name") or ""))
            columns.widths.append((*span, _WIDE if width is None else width))
    return columns


def report_sheet(sheet: Sheet, styles: Styles, collector: Collector) -> None:
    """Report a sheet: what of it is out of sight, and its tables."""
    raw, grid, place = sheet.raw, sheet.grid, sheet.place
    columns = read_columns(raw.element, styles)
    unseen = np.zeros(len(grid), np.bool_)
    for code, mask in _hidings(raw, grid, columns, styles):
        count = int(np.count_nonzero(mask))
        if count:
            there = Place(sheet=place.sheet, index=place.index, cells=where(grid, mask))
            collector.add(code, there, count=count)
            if code != "hidden-formula":
                unseen |= mask
    drawings = [e for _, _, e in raw.others if namespace(e) == SPACES["draw"]]
    drawings += [e for holder in raw.element.iterfind(q("table:shapes")) for e in holder]
    _layout(sheet, columns, styles, collector)
    _drawn(sheet, drawings, styles, collector)
    _notes(sheet, collector)
    for count, code, detail in (
        (raw.unknown, "unknown-part", "unknown elements, or text outside of cells"),
        (raw.differing, "hidden-text", "cells that show another text than they hold"),
    ):
        if count:
            collector.add(code, place, count=count, detail=detail)
    if raw.cut:
        collector.unread(place, "its repeated cells were not all set down")
    beside = raw.beside.values()
    collector.text(place, beside, sort="kept", what="text beside a cell's value", seen=False)
    collector.unseen_text(place, literals(sorted(raw.typed)), what="texts in formulas")
    _conditions(sheet, styles, collector)
    sheet.unseen = int(np.count_nonzero(unseen))
    report_unseen(grid, unseen, place, collector, sheet.why_unseen)


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


def _hidings(
    raw: RawTable, grid: Grid, columns: Columns, styles: Styles
) -> Iterator[tuple[str, Bools]]:
    """Finding codes with the cells that they are about."""
    yield "hidden-row", within(grid.rows, raw.collapsed)
    yield "filtered-row", within(grid.rows, raw.filtered)
    yield "hidden-column", within(grid.columns, columns.hidden)
    yield (
        "collapsed-group",
        within(grid.rows, raw.grouped) | within(grid.columns, columns.grouped),
    )
    thin = []
    for name, spans in raw.row_styles.items():
        height = points(styles.look("table-row", name).text.get("other:row-height"))
        if height is not None and height < THIN:
            thin += spans
    yield "zero-size-row", within(grid.rows, thin)
    yield "zero-size-column", within(grid.columns, columns.zero)
    yield (
        "merged-cells",
        np.frombuffer(raw.covered, np.bool_) if raw.covered else np.zeros(len(grid), np.bool_),
    )
    ids, names = _effective(raw, grid, columns)
    looks = [styles.look("table-cell", name) for name in names]
    locked = get(raw.element, "table:protected") == "true"
    found: dict[str, Bools] = {}
    for code, chosen in _by_look(looks, styles, locked).items():
        found[code] = np.isin(ids, chosen)
    for index, name in raw.inner:
        if index < len(grid):
            code = _inner(name, looks[ids[index]], styles)
            if code:
                found.setdefault(code, np.zeros(len(grid), np.bool_))[index] = True
    yield from found.items()


def _by_look(looks: list[Look], styles: Styles, locked: bool) -> dict[str, list[int]]:
    """Finding code -> styles (by index) whose cells it is about."""
    found: dict[str, list[int]] = {}
    for i, look in enumerate(looks):
        protect = look.text.get("cell:cell-protect", "")
        codes = {
            "hiding-format": styles.hides(look.data)
            or (locked and "hidden-and-protected" in protect),
            "invisible-text": invisible(look, look.back, styles.data_colour(look.data)),
            "hidden-text": hidden_text(look),
            "tiny-font": tiny(look),
            "hidden-formula": locked and "formula-hidden" in protect,
        }
        for code, there in codes.items():
            if there:
                found.setdefault(code, []).append(i)
    return found


def _inner(name: str, cell: Look, styles: Styles) -> str:
    """How a piece of a cell's text is out of sight: a finding code, or nothing."""
    for family in ("text", "paragraph"):
        if (family, name) in styles.styles:
            piece = styles.look(family, name)
            look = Look({**cell.text, **piece.text})
            if hidden_text(look):
                return "hidden-text"
            if invisible(look, cell.back):
                return "invisible-text"
            if tiny(look):
                return "tiny-font"
    return ""


def _layout(sheet: Sheet, columns: Columns, styles: Styles, collector: Collector) -> None:
    """Cells far from the rest, outside what prints, under something drawn."""
    grid, place, raw = sheet.grid, sheet.place, sheet.raw
    far = far_cells(grid)
    outside = np.zeros(len(grid), np.bool_)
    areas = [area_of(a) for a in ranges(get(raw.element, "table:print-ranges") or "")]
    if areas and None not in areas:
        for area in areas:
            if area is not None:
                outside |= (
                    (grid.rows >= area[0])
                    & (grid.rows <= area[2])
                    & (grid.columns >= area[1])
                    & (grid.columns <= area[3])
                )
        outside = ~outside & ~far
    placed = [(r, c, e) for r, c, e in raw.others if namespace(e) == SPACES["draw"]]
    free = [e for holder in raw.element.iterfind(q("table:shapes")) for e in holder]
    under = outside & False
    if placed or free:
        under = covered(placed, free, grid, _sizes(sheet, columns, styles), styles)
    for code, mask, detail in (
        ("far-cells", far, "far from the main table"),
        ("far-cells", outside, "outside the print area"),
        ("covered-cells", under, ""),
    ):
        if mask.any():
            there = Place(sheet=place.sheet, index=place.index, cells=where(grid, mask))
            collector.add(code, there, count=int(mask.sum()), detail=detail)


def _sizes(sheet: Sheet, columns: Columns, styles: Styles) -> Sizes:
    grid = sheet.grid
    wide = min(int(grid.columns.max()) + 2 if len(grid) else 1, _MOST_EDGES)
    high = min(int(grid.rows.max()) + 2 if len(grid) else 1, _MOST_EDGES)
    widths = np.full(wide, _WIDE)
    for first, last, width in columns.widths:
        widths[first : last + 1] = width
    heights = np.full(high, _HIGH)
    for name, spans in sheet.raw.row_styles.items():
        height = points(styles.look("table-row", name).text.get("other:row-height"))
        for first, last in spans:
            heights[first : last + 1] = _HIGH if height is None else height
    for first, last in (*columns.hidden, *columns.grouped):
        widths[first : last + 1] = 0
    for first, last in (*sheet.raw.collapsed, *sheet.raw.filtered, *sheet.raw.grouped):
        heights[first : last + 1] = 0
    return Sizes(
        np.concatenate(([0.0], widths.cumsum())), np.concatenate(([0.0], heights.cumsum()))
    )


def _drawn(
    sheet: Sheet, drawings: list[etree._Element], styles: Styles, collector: Collector
) -> None:
    drawn = look_at_drawn(drawings, styles)
    if drawn.hidden:
        collector.add("hidden-object", sheet.place, count=drawn.hidden)
    if drawn.cropped:
        collector.add("cropped-picture", sheet.place, count=drawn.cropped)
    collector.text(
        sheet.place, drawn.shown, sort="object", what="text box or shape", seen=not sheet.why_unseen
    )
    collector.text(sheet.place, drawn.texts, sort="object", what="hidden object", seen=False)
    collector.unseen_text(sheet.place, drawn.names, what="name of a shape", sort="name")
    if drawn.described:
        collector.add("alt-text", sheet.place, count=len(drawn.described), severity="note")
        collector.unseen_text(sheet.place, drawn.described, what="alt text")
    lost = [*drawn.texts, *(drawn.shown if sheet.why_unseen else [])]
    collector.identifiers(sheet.place, lost, what="drawing")


def link_of(element: etree._Element) -> Link:
    """Where a link in text (6.1.8) or around a shape (10.4.12) leads, its tip, what it lies on."""
    tips = (get(element, "office:title"), get(element, "xlink:title"))
    shown = text_of(element) if namespace(element) == SPACES["text"] else ""
    shapes = [text for e in element.iter(etree.Element) if (text := own_text(e)) and not shown]
    tip = " ".join(filter(None, tips))
    return Link(get(element, "xlink:href") or "", tip, shown.strip() or "\n".join(shapes))


def _notes(sheet: Sheet, collector: Collector) -> None:
    """Annotations (14.1), links in text, links to ranges of other files (9.3.2)."""
    raw, place = sheet.raw, sheet.place
    notes = [e for _, _, e in raw.others if e.tag == q("office:annotation")]
    if notes:
        collector.add("comment", place, count=len(notes))
        authors = [text_of(e) for note in notes for e in note.iter(*_AUTHORS)]
        told = [own_text(note) for note in notes]
        collector.unseen_text(place, [*told, *dict.fromkeys(authors)], what="comment")
    links = [e for _, _, e in raw.others if e.tag == q("text:a")]
    if links:
        collector.add("cell-link", place, count=len(links), severity="note")
        tell_links(collector, place, map(link_of, links))
    _fields(sheet, collector)
    kept = [e for _, _, e in raw.others if e.tag == q("table:cell-range-source")]
    for element in kept:
        down = int(get(element, "table:last-row-spanned") or 1)
        across = int(get(element, "table:last-column-spanned") or 1)
        collector.add("linked-table", place, count=down * across, detail="a range of another file")
        name = [get(element, "table:name")]
        collector.unseen_text(place, name, what="range of another file", sort="name")
    known = {
        q("office:annotation"),
        q("text:a"),
        *_FIELDS,
        q("text:ruby"),
        q("table:cell-range-source"),
        q("table:detective"),
        q("table:table"),
    }
    strange = sum(
        e.tag not in known and namespace(e) not in (SPACES["draw"], _SOLIDS)
        for _, _, e in raw.others
    )
    if strange:
        collector.add(
            "unknown-part", place, count=strange, detail="elements in cells that are not known"
        )


def _fields(sheet: Sheet, collector: Collector) -> None:
    """Texts that a condition hides (7.7), and readings above words (6.4.1)."""
    found = [e for _, _, e in sheet.raw.others if e.tag in _FIELDS]
    if found:
        collector.add("hidden-text", sheet.place, count=len(found), detail="fields that may hide")
        texts = [str(v) for e in found for v in e.attrib.values()]
        collector.unseen_text(sheet.place, texts, what="field that may hide")
    ruby = [e for _, _, e in sheet.raw.others if e.tag == q("text:ruby")]
    if ruby:
        collector.add("phonetic-text", sheet.place, count=len(ruby))


def _conditions(sheet: Sheet, styles: Styles, collector: Collector) -> None:
    """Conditional formats whose style hides (16.3, and LibreOffice's own)."""
    values = [get(e, "calcext:value") or "" for e in sheet.raw.element.iter(q("calcext:condition"))]
    collector.unseen_text(sheet.place, literals(values), what="conditional format")
    for entry in sheet.raw.element.iter(q("calcext:conditional-format")):
        names = [get(e, "calcext:apply-style-name") or "" for e in entry]
        hiding = [name for name in names if name and _is_hiding(name, styles)]
        if hiding:
            area = area_of((get(entry, "calcext:target-range-address") or "").split(" ")[0])
            cells = "" if area is None else range_name(*area)
            there = Place(sheet=sheet.place.sheet, index=sheet.place.index, cells=cells)
            collector.add("conditional-hiding", there, count=len(hiding))
    mapped = [styles.look("table-cell", name).maps for name in sheet.raw.names if name]
    hiding = [n for names in mapped for n in names if _is_hiding(n, styles)]
    if hiding:
        collector.add("conditional-hiding", sheet.place, count=len(hiding))


def _is_hiding(name: str, styles: Styles) -> bool:
    look = styles.look("table-cell", name)
    return (
        styles.hides(look.data)
        or hidden_text(look)
        or tiny(look)
        or invisible(look, look.back, styles.data_colour(look.data))
    )
