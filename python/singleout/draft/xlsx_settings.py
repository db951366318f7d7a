"""What a worksheet holds beside cells: rules, filters, scenarios, headers, links."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from lxml import etree

from singleout.draft.codes import Severity
from singleout.draft.formula_texts import literals
from singleout.draft.links import Link, tell_links
from singleout.draft.margins import header_texts
from singleout.draft.xlsx_book import Book, SheetEntry
from singleout.draft.xlsx_cells import parse_ref
from singleout.draft.xlsx_rules import area_of
from singleout.draft.xml import attribute, children, local
from singleout.inspection.byproducts.choices import names_nobody

_WORD = re.compile(r"[^\W\d_]{2,}")
_PAGE = re.compile(r"(?i)\s*page\s+(of\s+)?")
_CHILDREN = """sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection
    protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells
    phoneticPr conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup
    headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags drawing
    legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls webPublishItems tableParts
    extLst AlternateContent"""
# Elements whose names and titles somebody typed (all others that the schema has are numbers)
_NAMED = {
    "sheetPr": ("codeName",),
    "protectedRange": ("name",),
    "dataRef": ("name", "sheet"),
    "customPr": ("name",),
    "cellSmartTagPr": ("key", "val"),
    "oleObject": ("progId", "link"),
    "control": ("name",),
    "webPublishItem": ("title", "divId", "sourceObject", "destinationFile"),
}
_FORMULAS = ("formula", "formula1", "formula2", "f")
# The children of `worksheet` (18.3.1.99)
WORKSHEET = frozenset(_CHILDREN.split())


def settings(book: Book, sheet: SheetEntry, rest: etree._Element) -> None:
    """Report what a worksheet holds beside cells: rules, filters, scenarios, headers, links."""
    for element in rest.iter(etree.Element):
        name = local(element)
        reader = _SETTINGS.get(name)
        if reader is not None:
            reader(book, sheet, element)
        if name in _NAMED:
            names = [element.get(key) for key in _NAMED[name]]
            book.collector.unseen_text(sheet.place(), names, what="settings", sort="name")
    _headers(book, sheet, rest)
    _links(book, sheet, rest)


def _formulas(element: etree._Element) -> list[str]:
    """The formulas of a rule, those of later versions (in ``xm:f``) too."""
    holders = [e for e in element.iter(etree.Element) if local(e) in _FORMULAS]
    return [e.text for e in holders if e.text and e.text.strip()]


def _unseen(book: Book, values: list[str]) -> list[str]:
    """Those of these texts that no cell shows of the sheets that are wholly in sight so far."""
    shown = {sheet.name for sheet in book.sheets if not sheet.why_unseen}
    held = [
        grid.texts
        for name, grid in book.grids.items()
        if name in shown and not book.hidden_cells.get(name)
    ]
    found = pc.is_in(pa.array(values, pa.string()), value_set=pa.chunked_array(held, pa.string()))
    return [value for value, seen in zip(values, found.to_pylist(), strict=True) if not seen]


def _validation(book: Book, sheet: SheetEntry, rule: etree._Element) -> None:
    place = sheet.place(rule.get("sqref", ""))
    formulas = _formulas(rule)
    typed = formulas[0].strip() if formulas and rule.get("type") == "list" else ""
    if typed.startswith('"'):
        values = [value.strip() for value in typed.strip('"').replace('""', '"').split(",")]
        severity: Severity | None = "note" if names_nobody(_unseen(book, values)) else None
        book.collector.add("validation-list", place, count=len(values), severity=severity)
        book.collector.unseen_text(place, values, what="list of allowed values")
        formulas = formulas[1:]
    book.collector.unseen_text(place, literals(formulas), what="texts in formulas")
    told = [rule.get(key) for key in ("prompt", "promptTitle", "error", "errorTitle")]
    book.collector.unseen_text(place, told, what="message of a rule")


def _scenario(book: Book, sheet: SheetEntry, scenario: etree._Element) -> None:
    book.collector.add("scenario", sheet.place())
    values = [e.get("val", "") for e in children(scenario, "inputCells")]
    told = [scenario.get(key) for key in ("name", "comment", "user")]
    book.collector.unseen_text(sheet.place(), [*values, *told], what="scenario")


def _filter(book: Book, sheet: SheetEntry, column: etree._Element) -> None:
    values = [e.get("val", "") for e in column.iter("{*}filter", "{*}customFilter")]
    if values:
        book.collector.add("filter-value", sheet.place(), count=len(values))
        book.collector.unseen_text(sheet.place(), values, what="filter")


def _sort(book: Book, sheet: SheetEntry, condition: etree._Element) -> None:
    values = [v for v in condition.get("customList", "").split(",") if v]
    if values:
        book.collector.add("filter-value", sheet.place(), count=len(values), detail="order of sort")
        book.collector.unseen_text(sheet.place(), values, what="order of sort")


def _rule(book: Book, sheet: SheetEntry, rule: etree._Element) -> None:
    told = [rule.get("text"), *literals(_formulas(rule))]
    told += literals(e.get("val", "") for e in rule.iter("{*}cfvo"))
    book.collector.unseen_text(sheet.place(area_of(rule)), told, what="conditional format")


def _protected(book: Book, sheet: SheetEntry, area: etree._Element) -> None:
    if area.get("user") or area.get("securityDescriptor") or next(iter(area), None) is not None:
        place = sheet.place(area.get("sqref", area.get("r", "")))
        book.collector.add("person", place, severity="note", detail="who may edit a range")


def _consolidated(book: Book, sheet: SheetEntry, source: etree._Element) -> None:
    if attribute(source, "id"):
        detail = "a source of consolidated cells"
        book.collector.add("external-link", sheet.place(source.get("ref", "")), detail=detail)


_SETTINGS: dict[str, Callable[[Book, SheetEntry, etree._Element], None]] = {
    "dataValidation": _validation,
    "scenario": _scenario,
    "filterColumn": _filter,
    "sortCondition": _sort,
    "cfRule": _rule,
    "protectedRange": _protected,
    "dataRef": _consolidated,
}


def _headers(book: Book, sheet: SheetEntry, rest: etree._Element) -> None:
    found = [
        text
        for block in rest.iterfind("{*}headerFooter")
        for entry in block.iter(etree.Element)
        if entry is not block
        for text in header_texts(entry.text or "")
    ]
    place = sheet.place()
    book.collector.text(
        place, found, sort="margin", what="header or footer", seen=not sheet.why_unseen
    )
    told = [text for text in found if _WORD.search(text) and not _PAGE.fullmatch(text)]
    if told:
        book.collector.add("header-footer", place, count=len(told), severity="note")
        book.collector.identifiers(place, told, what="header or footer")


def _links(book: Book, sheet: SheetEntry, rest: etree._Element) -> None:
    links = list(rest.iterfind("{*}hyperlinks/{*}hyperlink"))
    if links:
        book.collector.add("cell-link", sheet.place(), count=len(links), severity="note")
    found: list[Link] = []
    for entry in links:
        relation = book.package.link(sheet.part, attribute(entry, "id") or "")
        target = entry.get("target", "") if relation is None else relation.target
        spot = entry.get("location", "")
        told = "" if _is_cell(book, spot) else spot
        target = "#".join(filter(None, (target, told)))
        place = sheet.place(entry.get("ref", ""))
        shown = _text_at(book, sheet, entry.get("ref", ""))
        found.append(Link(target, entry.get("tooltip", ""), shown, place))
        display = entry.get("display", "")
        if display not in (target, spot) and display.split() != shown.split():
            book.collector.unseen_text(place, [display], what="text of a link")
    tell_links(book.collector, sheet.place(), found)


def _is_cell(book: Book, location: str) -> bool:
    """Whether a place is a range of a sheet of the workbook, whose name is told."""
    name, _, ref = location.rpartition("!")
    name = name.strip("'").replace("''", "'")
    return parse_ref(ref) is not None and any(sheet.name == name for sheet in book.sheets)


def _text_at(book: Book, sheet: SheetEntry, ref: str) -> str:
    """What the first cell of a range holds."""
    grid, area = book.grids.get(sheet.name), parse_ref(ref)
    if grid is None or area is None:
        return ""
    first, last = np.searchsorted(grid.rows, [area[0], area[0] + 1])
    at = int(first) + int(np.searchsorted(grid.columns[first:last], area[1]))
    return str(grid.texts[at]) if at < last and grid.columns[at] == area[1] else ""
