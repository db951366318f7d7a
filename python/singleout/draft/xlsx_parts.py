"""Parts behind a workbook: comments, links to workbooks, connections, revisions, models."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from singleout.draft.grid import Grid, is_number
from singleout.draft.model import Place, is_path
from singleout.draft.words import counted
from singleout.draft.xlsx_book import Book, SheetEntry
from singleout.draft.xlsx_cells import parse_ref, rich_text
from singleout.draft.xml import children, local, text_of

# A connection string that names a computer or a user ([MS-OLEDBSTR])
_SERVER = re.compile(r"(?i)\b(data source|server|user id|uid|dbq|database)\s*=\s*[^;\s]")
# Keys and types of keys whose values number other values ([MS-XLSX] 2.6.175), and say nothing
_NUMBERED = re.compile(r"_rvRel:|CalcOrigin$")
_INDICES = ("a", "r", "spb")
Reader = Callable[[Book, str], None]
_RICH = ("rdRichValue", "rdArray", "rdSupportingPropertyBag", "rdRichValueWebImage")


def read_parts(book: Book) -> None:
    """Report every part of a workbook that is neither a sheet, nor a pivot cache, nor drawn."""
    for sheet in book.sheets:
        _comments(book, sheet)
    _read(
        book,
        (
            (("externalLink",), _external),
            (("connections",), _connections),
            (("queryTable",), _query_table),
            (("table",), _table),
            (("xmlMaps",), _maps),
            (("revisionHeaders",), _revisions),
            (("revisionLog",), _revision_log),
            (("usernames",), _users),
            (("volatileDependencies",), _volatile),
        ),
    )
    read_newer_parts(book)


def read_newer_parts(book: Book) -> None:
    """Report the parts that are the same in binary workbooks: markup that newer programs add, the
    data model, properties of sheets."""
    for sheet in book.sheets:
        _threads(book, sheet)
    _read(
        book,
        (
            (("person", "persons"), _people),
            (("powerPivotData", "model", "customData", "customDataProps"), _model),
            (_RICH, _rich),
            (("namedSheetView", "namedSheetViews"), _views),
            (("documenttask", "documenttasks"), _tasks),
            (("customProperty",), _sheet_property),
        ),
    )


def _read(book: Book, readers: tuple[tuple[tuple[str, ...], Reader], ...]) -> None:
    for kinds, reader in readers:
        for part in book.package.of_kind(*kinds):
            with book.collector.guard(Place(part=part)):
                reader(book, part)


def _comments(book: Book, sheet: SheetEntry) -> None:
    collector = book.collector
    for part in book.package.related(sheet.part, "comments"):
        with collector.guard(Place(part=part)):
            root = book.package.tree(part)
            texts = [_comment(e) for e in root.iter("{*}comment")]
            people = [text_of(e) for e in root.iter("{*}author")]
            if texts:
                collector.add("comment", sheet.place(), count=len(texts))
            collector.unseen_text(sheet.place(), [*texts, *people], what="comment")


def _comment(entry: etree._Element) -> str:
    """A comment's text, its phonetic readings after it."""
    lines = [rich_text(text) for text in entry.iter("{*}text")]
    lines += [text_of(reading) for reading in entry.iter("{*}rPh")]
    return "\n".join(filter(None, lines)) or text_of(entry)


def _threads(book: Book, sheet: SheetEntry) -> None:
    collector = book.collector
    for part in book.package.related(sheet.part, "threadedComment"):
        with collector.guard(Place(part=part)):
            root = book.package.tree(part)
            texts = [text_of(e) for e in root.iter("{*}text")]
            if texts:
                collector.add("comment", sheet.place(), count=len(texts), detail="threaded")
            collector.unseen_text(sheet.place(), texts, what="threaded comment")


def _people(book: Book, part: str) -> None:
    people = list(book.package.tree(part).iter("{*}person"))
    if people:
        book.collector.add("person", Place(part=part), count=len(people))
        texts = [e.get(key) for e in people for key in ("displayName", "userId")]
        book.collector.unseen_text(Place(part=part), texts, what="people who commented")


def _external(book: Book, part: str) -> None:
    """18.14: cells of other workbooks; DDE and OLE links with their last values."""
    root, collector, place = book.package.tree(part), book.collector, Place(part=part)
    names = [e.get("val", "") for e in root.iterfind(".//{*}sheetNames/{*}sheetName")]
    named = [e.get("name") for e in root.iter("{*}definedName", "{*}ddeItem", "{*}oleItem")]
    collector.unseen_text(place, [*names, *named], what="name in another workbook", sort="name")
    told = [e.get(key) for e in root.iter("{*}ddeLink") for key in ("ddeService", "ddeTopic")]
    collector.unseen_text(place, told, what="source of a link")
    total = 0
    for data in root.iter("{*}sheetData"):
        cells: list[tuple[int, int, str, bool]] = []
        for cell in data.iter("{*}cell"):
            ref, value = parse_ref(cell.get("r", "")), cell.find("{*}v")
            total += value is not None
            if ref is not None and value is not None and value.text:
                cells.append((ref[0], ref[1], value.text, cell.get("t", "n") == "n"))
        at = int(data.get("sheetId", 0))
        name = names[at] if at < len(names) else ""
        book.budget.charge_cells(len(cells))
        collector.identifiers(place, (c[2] for c in cells), what="cells of another workbook")
        collector.grid(
            Grid.from_cells(cells),
            Place(part=part, item=name),
            visible=False,
            why_unseen="kept from another workbook",
            unseen_finding=False,
        )
    dde = [e.text for e in root.iter("{*}val") if e.text]
    total += len(dde)
    collector.unseen_text(place, dde, what="values of a link")
    if total:
        collector.add("external-link-cache", place, count=total)
    collector.add("external-link", place)


def _connections(book: Book, part: str) -> None:
    root = book.package.tree(part)
    found = [e for e in root if local(e) == "connection"]
    if found:
        book.collector.add(
            "data-connection", Place(part=part), detail=counted(len(found), "connections")
        )
    texts = [str(v) for e in root.iter(etree.Element) for v in e.attrib.values()]
    book.collector.unseen_text(Place(part=part), texts, what="connection")
    paths = [t for t in texts if is_path(t) or _SERVER.search(t)]
    if paths:
        book.collector.add("path", Place(part=part), count=len(paths))


def _query_table(book: Book, part: str) -> None:
    book.package.tree(part)
    book.collector.add("query-table", Place(part=part))


def _table(book: Book, part: str) -> None:
    """A table's filter's values; `xlsx_small` searches its names and all its texts."""
    root = book.package.tree(part)
    values = [e.get("val", "") for e in root.iter("{*}filter", "{*}customFilter")]
    if values:
        book.collector.add("filter-value", Place(part=part), count=len(values))


def _maps(book: Book, part: str) -> None:
    book.package.read(part)
    book.collector.add("xml-map", Place(part=part))


def _revisions(book: Book, part: str) -> None:
    heads = list(book.package.tree(part).iter("{*}header"))
    book.collector.add("revision-log", Place(part=part), count=len(heads))
    book.collector.unseen_text(Place(part=part), [e.get("userName") for e in heads], what="editor")


def _revision_log(book: Book, part: str) -> None:
    root = book.package.tree(part)
    changes = [e for e in root if local(e)]
    if not changes:
        return
    book.collector.add("revision-log", Place(part=part), count=len(changes))
    texts = [e.text for e in root.iter("{*}v", "{*}f", "{*}oldFormula", "{*}formula") if e.text]
    texts += [rich_text(e) for e in root.iter("{*}is")]
    texts += [str(v) for e in root.iter("{*}rcmt", "{*}rdn", "{*}rsnm") for v in e.attrib.values()]
    cells: list[tuple[int, int, str, bool]] = []
    for change in root.iter("{*}oc", "{*}nc"):
        ref = parse_ref(change.get("r", ""))
        value = change.find("{*}v")
        inline = change.find("{*}is")
        text = (
            rich_text(inline) if inline is not None else (value.text if value is not None else "")
        )
        if ref is not None and text and local(change) == "oc":
            cells.append((ref[0], ref[1], text, is_number(text)))
    book.collector.unseen_text(Place(part=part), texts, what="earlier values")
    book.collector.grid(
        Grid.from_cells(cells),
        Place(part=part),
        visible=False,
        why_unseen="log of earlier edits",
        unseen_finding=False,
    )


def _users(book: Book, part: str) -> None:
    people = [e.get("name") for e in book.package.tree(part).iter("{*}userInfo")]
    if people:
        book.collector.add("person", Place(part=part), count=len(people))
        book.collector.unseen_text(Place(part=part), people, what="users")


def _model(book: Book, part: str) -> None:
    content = book.package.read(part)
    if "powerPivotData" in book.package.source_of[part] or "model" in book.package.source_of[part]:
        book.collector.add("data-model", Place(part=part), detail=f"{len(content)} bytes")
        book.collector.unread(Place(part=part), "the data model's rows are packed and not read")


def _rich(book: Book, part: str) -> None:
    """[MS-XLSX] 2.3: a value is a list of texts, whose names the structure part gives."""
    root = book.package.tree(part)
    names = _structures(book)
    values = [e for e in root if local(e) in ("rv", "a", "spb", "webImagesSrd", "webImageSrd")]
    book.collector.add("rich-data", Place(part=part), count=len(values))
    rows: dict[int, list[list[str | None]]] = {}
    for value in values:
        line: list[str | None] = [e.text for e in children(value, "v")]
        rows.setdefault(int(value.get("s", 0)), []).append(line)
    for kind, lines in rows.items():
        book.collector.unseen_text(
            Place(part=part), (v for line in lines for v in line), what="rich value"
        )
        head = names[kind] if kind < len(names) else []
        kept = [i for i, name in enumerate(head) if name]
        if head:
            head = [head[i] for i in kept]
            lines = [[line[i] for i in kept if i < len(line)] for line in lines]
        book.collector.grid(
            Grid.from_rows([list(head), *lines] if head else lines),
            Place(part=part),
            visible=False,
            why_unseen="records behind cells",
            unseen_finding=False,
        )


def _structures(book: Book) -> list[list[str]]:
    """The keys of each kind of value; empty for one whose value is a number of another."""
    names: list[list[str]] = []
    for part in book.package.of_kind("rdRichValueStructure"):
        for entry in book.package.tree(part):
            if local(entry) == "s":
                keys = [(k.get("n", ""), k.get("t", "")) for k in children(entry, "k")]
                names.append(["" if t in _INDICES or _NUMBERED.match(n) else n for n, t in keys])
    return names


def _volatile(book: Book, part: str) -> None:
    texts = [text_of(e) for e in book.package.tree(part).iter("{*}tp")]
    book.collector.add("data-connection", Place(part=part), count=len(texts), severity="note")
    book.collector.unseen_text(Place(part=part), texts, what="values of a live feed")


def _views(book: Book, part: str) -> None:
    root = book.package.tree(part)
    values = [e.get("val", "") for e in root.iter("{*}filter", "{*}customFilter")]
    book.collector.add("custom-view", Place(part=part), count=len(list(root)))
    names = [e.get("name") for e in root.iter("{*}namedSheetView")]
    book.collector.unseen_text(Place(part=part), names, what="view", sort="name")
    book.collector.unseen_text(Place(part=part), values, what="filter of a view")


def _tasks(book: Book, part: str) -> None:
    root = book.package.tree(part)
    texts = [str(v) for e in root.iter(etree.Element) for v in e.attrib.values()]
    texts += [str(text) for text in root.itertext(tag=etree.Element)]
    book.collector.add("comment", Place(part=part), count=len(list(root)), detail="tasks")
    book.collector.unseen_text(Place(part=part), texts, what="task")


def _sheet_property(book: Book, part: str) -> None:
    content = book.package.read(part)
    text = (
        content.decode("utf-16-le", "replace")
        if content[1:2] == b"\x00"
        else content.decode("latin-1")
    )
    book.collector.add("custom-property", Place(part=part), severity="note")
    book.collector.unseen_text(Place(part=part), [text], what="custom property of a sheet")
