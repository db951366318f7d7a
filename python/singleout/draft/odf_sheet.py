"""A sheet of an OpenDocument spreadsheet: its cells, and what of them a reader does not see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from lxml import etree

from singleout.draft.collector import Collector
from singleout.draft.formula_texts import literals
from singleout.draft.grid import Grid
from singleout.draft.links import Link, tell_links
from singleout.draft.model import Place
from singleout.draft.odf_looks import read_rules
from singleout.draft.odf_names import SPACES, area_of, get, points, q, ranges
from singleout.draft.odf_raw import RawTable
from singleout.draft.odf_shapes import Sizes, covered, look_at_drawn, own_text
from singleout.draft.odf_sight import Columns, hidings, sight_of
from singleout.draft.odf_styles import THIN, Styles
from singleout.draft.unseen import (
    Bools,
    report_cut,
    report_mask,
    report_rules,
    report_unprinted,
    report_unseen,
)
from singleout.draft.xml import local, namespace, text_of
from singleout.inspection.common.cell_looks import holding
from singleout.inspection.common.far import far_cells
from singleout.inspection.common.rules import judge

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
class Sheet:
    """One sheet: its cells, the place that findings name, and what keeps it out of sight."""

    raw: RawTable
    place: Place
    grid: Grid
    why_unseen: str = ""
    unseen: int = 0
    zoom: float = 1.0


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
    sight, looks = sight_of(raw, grid, columns, styles, sheet.zoom)
    names = list(raw.names)
    used = [(i, names[i]) for i in np.unique(sight.ids).tolist()]
    rules = read_rules(raw.element, used, styles)
    judged = judge(rules, grid, sight.ids, sight.looks, sight.dates)
    unseen, told = np.zeros(len(grid), np.bool_), holding(grid)
    for code, mask in hidings(raw, columns, styles, sight, looks):
        here = mask & told & ~judged.shown if code == "invisible-text" else mask & told
        report_mask(code, grid, here, place, collector)
        if code != "hidden-formula":
            unseen |= here
    report_rules(judged, place, collector)
    unseen |= judged.unseen & told
    drawings = [e for _, _, e in raw.others if namespace(e) == SPACES["draw"]]
    drawings += [e for holder in raw.element.iterfind(q("table:shapes")) for e in holder]
    unseen |= _layout(sheet, columns, styles, told, collector)
    report_cut(grid, sight.cut & told & ~unseen, place, collector)
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
    _conditions(sheet, collector)
    sheet.unseen = int(np.count_nonzero(unseen))
    report_unseen(grid, unseen, place, collector, sheet.why_unseen)


def _layout(
    sheet: Sheet, columns: Columns, styles: Styles, told: Bools, collector: Collector
) -> Bools:
    """Report cells for where they lie; return those that are out of sight."""
    grid, place, raw = sheet.grid, sheet.place, sheet.raw
    far = far_cells(grid) & told
    printed = [area_of(a) for a in ranges(get(raw.element, "table:print-ranges") or "")]
    areas = [] if None in printed else [area for area in printed if area is not None]
    placed = [(r, c, e) for r, c, e in raw.others if namespace(e) == SPACES["draw"]]
    free = [e for holder in raw.element.iterfind(q("table:shapes")) for e in holder]
    under = np.zeros(len(grid), np.bool_)
    if placed or free:
        under = covered(placed, free, grid, _sizes(sheet, columns, styles), styles) & told
    report_mask("far-cells", grid, far, place, collector, "far from the main table")
    report_unprinted(grid, areas, told & ~far, place, collector)
    report_mask("covered-cells", grid, under, place, collector)
    return far | under


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


def _conditions(sheet: Sheet, collector: Collector) -> None:
    """Texts in the conditions of LibreOffice's conditional formats."""
    values = [get(e, "calcext:value") or "" for e in sheet.raw.element.iter(q("calcext:condition"))]
    collector.unseen_text(sheet.place, literals(values), what="conditional format")
