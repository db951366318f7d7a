"""What a spreadsheet keeps beside its cells: changes, names, pilots, rules, links, scenarios."""

from __future__ import annotations

import re
from collections import Counter

import pyarrow as pa
import pyarrow.compute as pc
from lxml import etree

from singleout.draft.codes import Severity
from singleout.draft.collector import Collector
from singleout.draft.formula_texts import literals
from singleout.draft.grid import Grid, is_number
from singleout.draft.model import Place, is_path
from singleout.draft.odf_cells import plain_text
from singleout.draft.odf_names import SPACES, get, q
from singleout.draft.odf_shapes import own_text
from singleout.draft.odf_sheet import Sheet
from singleout.draft.words import counted
from singleout.draft.xml import local, namespace, text_of
from singleout.inspection.byproducts.choices import names_nobody
from singleout.inspection.byproducts.defined_names import tells_nothing
from singleout.inspection.byproducts.paths import severity_of_linked

CONTENT = "content.xml"
# A range of filter buttons, which LibreOffice names by itself
_ANONYMOUS = re.compile(r"__Anonymous_\w*?\d*$")
_CHANGES = ("cell-content-change", "insertion", "deletion", "movement", "rejection")
_STRING = re.compile(r'"((?:[^"]|"")*+)"')
_CONSTANT = re.compile(r'(?:of:)?=?\s*(?:"(?:[^"]|"")*+"|[-+]?\d+(?:\.\d+)?)\s*$')
_LIST = "cell-content-is-in-list"
_QUOTED = re.compile(r"'(?:[^']|'')*+'(#?)")
_SOURCES = (
    "database-source-sql",
    "database-source-table",
    "database-source-query",
    "source-service",
)


def report_book(
    body: etree._Element,
    roots: list[etree._Element],
    sheets: list[Sheet],
    collector: Collector,
    part: str,
) -> None:
    """Report what ``office:spreadsheet`` holds beside sheets.

    Parameters
    ----------
    body : lxml.etree._Element
        It, without cells.
    roots : list of lxml.etree._Element
        The whole part, and what was taken out of cells.
    sheets : list of Sheet
        Its sheets.
    collector : Collector
        Where to report.
    part : str
        The part that it is in.
    """
    place = Place(part=part)
    for report in (_changes, _names, _sources, _validations, _filters, _forms):
        with collector.guard(place):
            report(body, collector, place)
    with collector.guard(place):
        _events(roots, collector, place)
    with collector.guard(place):
        _pilots(body, sheets, collector, place)
    with collector.guard(place):
        _formulas(sheets, collector, place)


def _changes(body: etree._Element, collector: Collector, place: Place) -> None:
    """9.9: tracked changes, with the contents that were there before."""
    for tracked in body.iter(q("table:tracked-changes")):
        kinds = Counter(local(e) for e in tracked if local(e) in _CHANGES)
        authors = {text_of(e) for e in tracked.iter(q("dc:creator"))}
        if kinds:
            words = ", ".join(f"{n} {kind}" for kind, n in sorted(kinds.items()))
            collector.add(
                "tracked-change",
                place,
                count=sum(kinds.values()),
                detail=f"{words}; {counted(len(authors), 'authors')}",
            )
        remarks = [text_of(p) for e in tracked.iter(q("office:change-info")) for p in e]
        collector.unseen_text(place, remarks, what="authors and remarks of changes")
        cells: list[tuple[int, int, str, bool]] = []
        texts: list[str] = []
        for kept in tracked.iter(q("table:change-track-table-cell")):
            text = get(kept, "office:value") or get(kept, "office:string-value")
            text = text or get(kept, "office:date-value")
            text = text or "\n".join(plain_text(p) for p in kept.iter(q("text:p")))
            if not text:
                continue
            texts.append(text)
            at = _address(kept, tracked)
            if at is not None:
                cells.append((*at, text, is_number(text)))
            else:
                collector.text(place, [text], sort="cell", what="deleted content", seen=False)
        if texts:
            collector.add("tracked-deletion", place, count=len(texts), detail="contents of cells")
            collector.identifiers(place, texts, what="deleted content")
            collector.grid(
                Grid.from_cells(cells),
                place,
                visible=False,
                why_unseen="deleted or overwritten cells kept by change tracking",
                unseen_finding=False,
            )


def _address(kept: etree._Element, tracked: etree._Element) -> tuple[int, int] | None:
    """The row and column that an earlier content was at (table:cell-address)."""
    above = kept.getparent()
    while above is not None and above is not tracked:
        address = above.find(q("table:cell-address"))
        if address is not None:
            row = int(get(address, "table:row") or -1)
            column = int(get(address, "table:column") or -1)
            return (row, column) if row >= 0 and column >= 0 else None
        above = above.getparent()
    return None


def _names(body: etree._Element, collector: Collector, place: Place) -> None:
    """9.4.11: named ranges and expressions."""
    shown = {get(table, "table:name") or "" for table in body.iter(q("table:table"))}
    for entry in body.iter(q("table:named-range"), q("table:named-expression")):
        name = get(entry, "table:name") or ""
        there = Place(part=place.part, item=name)
        address = get(entry, "table:cell-range-address") or ""
        formula = get(entry, "table:expression") or ""
        if any(str(k).endswith("}hidden") and v == "true" for k, v in entry.attrib.items()):
            severity: Severity | None = "note" if tells_nothing(formula, shown) else None
            collector.add("hidden-name", there, severity=severity)
        if "#REF!" in address or "#REF!" in formula:
            collector.add("stale-name", there)
        elif formula and _CONSTANT.fullmatch(formula.strip()):
            severity = "note" if tells_nothing(formula, shown) else None
            collector.add("constant-name", there, severity=severity)
        collector.text(there, [name], sort="name", what="defined name", seen=False)
        collector.unseen_text(there, literals([formula]), what="text of a defined name")
        if "file:" in address + formula:
            collector.add("path", there, detail="in a defined name")


def _sources(body: etree._Element, collector: Collector, place: Place) -> None:
    """9.4.14 and 9.6: names of database ranges and pilot tables, those filled from outside; what
    DDE links (9.8) ask other programs for."""
    named = body.iter(
        q("table:database-range"), q("table:data-pilot-table"), q("table:label-range")
    )
    names = [name for e in named if not _ANONYMOUS.match(name := get(e, "table:name") or "")]
    collector.unseen_text(place, names, what="name of a range", sort="name")
    asked = [str(v) for e in body.iter(q("office:dde-source")) for v in e.attrib.values()]
    collector.unseen_text(place, asked, what="source of a link")
    found = list(body.iter(*(q(f"table:{name}") for name in _SOURCES)))
    found += list(body.iter(q("form:connection-resource")))
    if found:
        collector.add("data-connection", place, detail=counted(len(found), "connections"))
        texts = [str(v) for e in found for v in e.attrib.values()]
        collector.unseen_text(place, texts, what="connection")


def _filters(body: etree._Element, collector: Collector, place: Place) -> None:
    """9.5: values kept in the filters of database ranges and pilot tables."""
    values = [get(e, "table:value") or "" for e in body.iter(q("table:filter-condition"))]
    values += [get(e, "table:value") or "" for e in body.iter(q("table:filter-set-item"))]
    values = [value for value in values if value]
    if values:
        collector.add("filter-value", place, count=len(values))
        collector.unseen_text(place, values, what="filter")


def _validations(body: etree._Element, collector: Collector, place: Place) -> None:
    """9.4.5: lists of allowed values, help and error messages."""
    for entry in body.iter(q("table:content-validation")):
        there = Place(part=place.part, item=get(entry, "table:name") or "")
        condition = get(entry, "table:condition") or ""
        _, found, listed = condition.partition(_LIST)
        values = _STRING.findall(listed) if found else []
        if values:
            severity: Severity | None = "note" if names_nobody(values) else None
            collector.add("validation-list", there, count=len(values), severity=severity)
        messages = [own_text(e) for e in entry]
        titles = [get(e, "table:title") for e in entry]
        typed = values or literals([condition])
        collector.unseen_text(there, [*typed, *messages, *titles], what="rule of a cell")


def _forms(body: etree._Element, collector: Collector, place: Place) -> None:
    """13: controls, with the values that they hold."""
    spaces = (SPACES["form"], "http://www.w3.org/2002/xforms")
    inside = ("form", "properties", "property", "list-property", "list-value", "item", "option")
    found = [
        e
        for e in body.iter(etree.Element)
        if namespace(e) in spaces
        and local(e) not in (*inside, "connection-resource", "column", "model")
    ]
    if found:
        collector.add("control", place, count=len(found))
    texts: list[str] = []
    for forms in body.iter(q("office:forms")):
        texts += [str(v) for e in forms.iter(etree.Element) for v in e.attrib.values()]
        texts += [text for e in forms.iter(q("text:p")) if (text := text_of(e))]
    collector.unseen_text(place, texts, what="form")


def _events(roots: list[etree._Element], collector: Collector, place: Place) -> None:
    """12.4 and 3.12: calls of macros, and scripts in the part itself."""
    calls = sum(1 for root in roots for _ in root.iter(q("script:event-listener")))
    if calls:
        collector.add("macro", place, count=calls, detail="events that run macros")
    scripts = [text_of(e) for root in roots for e in root.iter(q("office:script"))]
    if scripts:
        collector.add("macro", place, count=len(scripts), detail="scripts in the content")
        collector.unseen_text(place, scripts, what="script")


def _pilots(body: etree._Element, sheets: list[Sheet], collector: Collector, place: Place) -> None:
    """9.6: pilot tables keep the names of all members of a field, shown or not."""
    for pilot in body.iter(q("table:data-pilot-table")):
        groups = [get(e, "table:name") for e in pilot.iter(q("table:data-pilot-group"))]
        collector.unseen_text(place, groups, what="groups of a pivot table")
        members = [get(e, "table:name") or "" for e in pilot.iter(q("table:data-pilot-member"))]
        members = [member for member in members if member]
        if not members:
            continue
        seen = all_seen(members, sheets)
        there = Place(part=place.part, item=get(pilot, "table:name") or "")
        collector.add(
            "pivot-items",
            there,
            count=len(members),
            severity="note" if seen else None,
            detail="all in cells in sight" if seen else "some in no cell in sight",
        )
        if not seen:
            collector.unseen_text(there, members, what="members of a pivot table")


def all_seen(texts: list[str], sheets: list[Sheet]) -> bool:
    """Tell whether every text is the content of some cell of a sheet wholly in sight."""
    values = [s.grid.texts for s in sheets if not s.why_unseen and not s.unseen]
    if not values:
        return False
    held = pa.chunked_array(values, pa.string())
    found = pc.is_in(pa.array(texts, pa.string()), value_set=held)
    return bool(pc.all(found, min_count=0).as_py())


def _formulas(sheets: list[Sheet], collector: Collector, place: Place) -> None:
    """Formulas with addresses of other files, and DDE calls, by sheet."""
    for sheet in sheets:
        named = [_files(formula) for formula in sheet.raw.formulas]
        outside = sum(map(bool, named))
        paths = sum(any(map(is_path, pieces)) for pieces in named)
        dde = sum("DDE(" in f for f in sheet.raw.formulas)
        if outside or dde:
            words = f"{counted(outside, 'formulas')} with other files, {dde} with DDE"
            collector.add("external-link", sheet.place, count=outside + dde, detail=words)
        if paths:
            linked = severity_of_linked(piece for pieces in named for piece in pieces)
            collector.add("path", sheet.place, count=paths, detail="in formulas", severity=linked)


def _files(formula: str) -> list[str]:
    """The other files that a formula takes values from."""
    return [match[0].strip("'#") for match in _QUOTED.finditer(formula) if match[1]]
