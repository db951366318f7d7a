"""Small parts of a workbook whose texts no reader sees: tables, pivot tables, maps, metadata."""

from __future__ import annotations

import re

from lxml import etree

from singleout.draft.model import Place
from singleout.draft.xlsx_book import Book
from singleout.draft.xlsx_cells import parse_ref
from singleout.draft.xml import children, local

# Attributes that programs write themselves: identifiers, positions, flags
_DULL = frozenset(
    {"id", "ref", "uid", "dxfId", "count", "r", "sqref", "xpath", "cellXfId", "Ignorable"}
)
_NAMES = frozenset({"name", "displayName", "caption", "Name", "uniqueName"})
_WORD = re.compile(r"[^\W\d_]{2,}")


def read_tables(book: Book) -> None:
    """Note where the filters of tables (18.5.1.2) are, before the sheets are read."""
    for sheet in book.sheets:
        for part in book.package.related(sheet.part, "table"):
            with book.collector.guard(Place(part=part)):
                for entry in book.package.tree(part).iter("{*}autoFilter"):
                    area = parse_ref(entry.get("ref", ""))
                    if area is not None and next(children(entry, "filterColumn"), None) is not None:
                        book.tables.setdefault(sheet.part, []).append(area)


def read_small_parts(book: Book) -> None:
    """Report what pivot tables, tables, maps and metadata hold beside what is shown."""
    for kinds, what in (
        (("pivotTable",), "pivot table"),
        (("table",), "table"),
        (("queryTable",), "query table"),
        (("xmlMaps",), "XML map"),
        (("sheetMetadata",), "metadata of cells"),
    ):
        for part in book.package.of_kind(*kinds):
            with book.collector.guard(Place(part=part)):
                root = book.package.tree(part)
                names, texts = _texts(root)
                book.collector.unseen_text(Place(part=part), names, what=what, sort="name")
                book.collector.unseen_text(Place(part=part), texts, what=what)
                if what == "pivot table":
                    _pivot_filters(book, part, root)
                elif what == "table":
                    _descriptions(book, part, root)


def _texts(root: etree._Element) -> tuple[list[str], list[str]]:
    """The names that somebody gave to a table, its columns and fields; all other texts."""
    names: list[str] = []
    texts = [str(t) for t in root.itertext(tag=etree.Element) if t.strip()]
    for entry in root.iter(etree.Element):
        for name, value in entry.attrib.items():
            key = str(name).rpartition("}")[2]
            if local(entry) == "tableStyleInfo":
                continue  # how it looks
            if key in _NAMES:
                names.append(str(value))
            elif key not in _DULL and _WORD.search(str(value)):
                texts.append(str(value))
    return list(dict.fromkeys(names)), list(dict.fromkeys(texts))


def _pivot_filters(book: Book, part: str, root: etree._Element) -> None:
    """18.10.1.2: a label filter keeps the value that it was typed for."""
    keys = ("stringValue1", "stringValue2")
    values = [e.get(k) for e in root.iter("{*}filter") for k in keys if e.get(k)]
    if values:
        book.collector.add("filter-value", Place(part=part), count=len(values))


def _descriptions(book: Book, part: str, root: etree._Element) -> None:
    told = [e for e in root.iter(etree.Element) if local(e) == "table" and e.get("altText")]
    if told:
        book.collector.add("alt-text", Place(part=part), count=len(told), severity="note")
