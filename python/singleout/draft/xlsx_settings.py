"""What a worksheet holds beside cells: rules, filters, scenarios, headers, links."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from singleout.draft.xlsx_book import Book, SheetEntry
from singleout.draft.xlsx_styles import rule_hides
from singleout.draft.xml import attribute, children, local

_FORMAT_CODES = re.compile(
    r'&(?:"[^"]*"|[LCRPNDTZFAGBIUESXYO+-]|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|\d{1,3}|&)'
)
_CHILDREN = """sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection
    protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells
    phoneticPr conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup
    headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags drawing
    legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls webPublishItems tableParts
    extLst AlternateContent"""
# The children of `worksheet` (18.3.1.99)
WORKSHEET = frozenset(_CHILDREN.split())


def settings(book: Book, sheet: SheetEntry, rest: etree._Element) -> None:
    """Report what a worksheet holds beside cells: rules, filters, scenarios, headers, links."""
    for element in rest.iter(etree.Element):
        reader = _SETTINGS.get(local(element))
        if reader is not None:
            reader(book, sheet, element)
    _headers(book, sheet, rest)
    _links(book, sheet, rest)


def _validation(book: Book, sheet: SheetEntry, rule: etree._Element) -> None:
    place = sheet.place(rule.get("sqref", ""))
    text = "".join(e.text or "" for e in rule.iter(etree.Element) if local(e) in ("formula1", "f"))
    if rule.get("type") == "list" and text.strip().startswith('"'):
        values = text.strip().strip('"').split(",")
        book.collector.add("validation-list", place, count=len(values))
        book.collector.unseen_text(place, values, what="list of allowed values")
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
    look = next((e for e in rule if local(e) == "dxf"), None)
    hides = int(rule.get("dxfId") or -1) in book.styles.hiding_rules
    hides = hides or (look is not None and rule_hides(look, book.styles))
    if hides or any(e.get("showValue") in ("0", "false") for e in rule):
        book.collector.add("conditional-hiding", sheet.place(_area_of(rule)))


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


def _area_of(rule: etree._Element) -> str:
    parent = rule.getparent()
    if parent is None:
        return ""
    return str(parent.get("sqref") or parent.findtext("{*}sqref") or "")


def _headers(book: Book, sheet: SheetEntry, rest: etree._Element) -> None:
    texts = []
    for block in rest.iterfind("{*}headerFooter"):
        for entry in block.iter(etree.Element):
            text = _FORMAT_CODES.sub(" ", entry.text or "") if entry is not block else ""
            if re.search(r"[^\W\d_]{2,}", text) and not re.fullmatch(
                r"(?i)\s*page\s+(of\s+)?", text
            ):
                texts.append(text)
    if texts:
        book.collector.add("header-footer", sheet.place(), count=len(texts), severity="note")
        book.collector.unseen_text(sheet.place(), texts, what="header or footer")


def _links(book: Book, sheet: SheetEntry, rest: etree._Element) -> None:
    links = list(rest.iterfind("{*}hyperlinks/{*}hyperlink"))
    targets = [r.target for r in book.package.relations(sheet.part) if r.kind == "hyperlink"]
    texts = [e.get("tooltip") for e in links] + [t.removeprefix("mailto:") for t in targets]
    if links:
        book.collector.add("cell-link", sheet.place(), count=len(links), severity="note")
        book.collector.unseen_text(sheet.place(), texts, what="link")
