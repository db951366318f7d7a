"""Pivot caches (ECMA-376 part 1, 18.10) and slicers: rows and values of a source maybe gone."""

from __future__ import annotations

import re

import pyarrow.compute as pc
from lxml import etree

from singleout.draft.grid import Grid, is_number
from singleout.draft.limits import Budget
from singleout.draft.model import Place
from singleout.draft.xlsx_book import Book
from singleout.draft.xlsx_cells import ATTRIBUTES, unescape
from singleout.draft.xlsx_pivot_fast import fast_records
from singleout.draft.xml import children, events, local

# The values of a record (18.10.1.67), and text beside records
_VALUES = frozenset("bdemnsx")
_BETWEEN = re.compile(
    rb"(?:</(?:\w+:)?r\s*>|<(?:\w+:)?(?:pivotCacheRecords\b%b|r\b%b/)>)\s*[^<\s]"
    % (ATTRIBUTES, ATTRIBUTES)
)


def read_pivots(book: Book) -> None:
    """Report pivot caches with their records, shared items, and slicers."""
    for part in book.package.of_kind("pivotCacheDefinition"):
        with book.collector.guard(Place(part=part)):
            _cache(book, part)
    for part in book.package.of_kind("slicer", "slicerCache", "timeline", "timelineCache"):
        with book.collector.guard(Place(part=part)):
            root = book.package.tree(part)
            items = [
                e
                for e in root.iter(etree.Element)
                if local(e) == "i" and (e.get("n") or e.get("c"))
            ]
            book.collector.add("slicer", Place(part=part), count=len(items))
            texts = [e.get(key) for e in items for key in ("n", "c")]
            book.collector.unseen_text(Place(part=part), texts, what="slicer")
            keys = ("name", "caption", "sourceName")
            names = [e.get(key) for e in root.iter(etree.Element) for key in keys]
            names = list(dict.fromkeys(names))
            book.collector.unseen_text(Place(part=part), names, what="slicer", sort="name")


def _cache(book: Book, part: str) -> None:
    collector = book.collector
    root = book.package.tree(part)
    names: list[str] = []
    shared: list[list[str | None]] = []
    stored: list[bool] = []
    for field in root.iterfind("{*}cacheFields/{*}cacheField"):
        names.append(unescape(field.get("name", f"field {len(names) + 1}")))
        # A field with a formula or a group of another field has no value in the records (18.10.1.3)
        stored.append(field.get("databaseField", "1") not in ("0", "false"))
        items = next(children(field, "sharedItems"), None)
        shared.append([] if items is None else [_value(e) for e in items if local(e)])
    items_in_all = sum(1 for values in shared for v in values if v is not None)
    place = Place(part=part)
    if root.get("refreshedBy"):
        collector.add("person", Place(part=part, item="refreshedBy"), severity="note")
    # 18.10.1.38: names that people gave to groups of items
    groups = [e.get("v") for e in root.iterfind(".//{*}groupItems/{*}s")]
    collector.unseen_text(place, groups, what="pivot groups")
    fields = root.iterfind("{*}cacheFields/{*}cacheField")
    told = [f.get(key) for f in fields for key in ("name", "caption", "formula")]
    collector.unseen_text(place, told, what="pivot field", sort="name")
    sources = [v for e in root.iter("{*}worksheetSource", "{*}rangeSet") for v in e.attrib.values()]
    collector.unseen_text(place, map(str, sources), what="pivot source")
    records = book.package.related(part, "pivotCacheRecords")
    if items_in_all:
        collector.add(
            "pivot-items", place, count=items_in_all, severity="note" if records else None
        )
        told = [v for values in shared for v in values]
        if records:
            collector.unseen_text(place, told, what="pivot items", sort="cell")
        else:
            collector.identifiers(place, told, what="pivot items")
    if not records and items_in_all:
        item_table(book, place, names, shared)
    for name in records:
        with collector.guard(Place(part=name)):
            _records(book, name, names, shared, stored)


def _value(element: etree._Element) -> str | None:
    value = element.get("v")
    return None if local(element) == "m" or value is None else unescape(value)


def item_table(book: Book, place: Place, names: list[str], shared: list[list[str | None]]) -> None:
    """Values without records: each field's list stands beside the others'."""
    names = [name for name, values in zip(names, shared, strict=True) if values]
    shared = [values for values in shared if values]
    height = max(map(len, shared))
    rows = [[v[i] if i < len(v) else None for v in shared] for i in range(min(height, 20_000))]
    book.collector.grid(
        Grid.from_rows([names, *rows]),
        place,
        visible=False,
        why_unseen="items kept in a pivot table, without their records",
        unseen_finding=False,
    )


def _records(
    book: Book, part: str, names: list[str], shared: list[list[str | None]], stored: list[bool]
) -> None:
    fields = [i for i, kept in enumerate(stored) if kept]
    names, shared = [names[i] for i in fields], [shared[i] for i in fields]
    content = book.package.read(part)
    grid, count, unknown = read_records(content, names, shared, book.budget)
    place = Place(part=part)
    if unknown:
        detail = "unknown elements or texts among records"
        book.collector.add("unknown-part", place, count=unknown, detail=detail)
    book.collector.add("pivot-cache", place, count=count)
    book.collector.grid(grid, place, visible=False, why_unseen="pivot cache", unseen_finding=False)
    texts = pc.unique(grid.texts).to_pylist()
    book.collector.identifiers(place, texts, what="pivot cache")


def read_records(
    data: bytes, names: list[str], shared: list[list[str | None]], budget: Budget
) -> tuple[Grid, int, int]:
    """Read the records; parameters as `fast_records` has them, result as of `slow_records`."""
    found = fast_records(data, names, shared, budget)
    return slow_records(data, names, shared, budget) if found is None else (*found, 0)


def slow_records(
    data: bytes, names: list[str], shared: list[list[str | None]], budget: Budget
) -> tuple[Grid, int, int]:
    """Read any valid part, element by element; parameters as `fast_records` has them.

    Returns
    -------
    (Grid, int, int)
        The values under the fields' names, the number of records, and that of elements and texts
        that records do not have (18.10.1.67).
    """
    known = [[(v, v is not None and is_number(v)) for v in field] for field in shared]
    lines: list[tuple[int, int, str, bool]] = [
        (0, j, name, False) for j, name in enumerate(names) if name
    ]
    count, unknown = 0, len(_BETWEEN.findall(data))
    for record in events(data, budget, "{*}r"):
        count += 1
        texts = (record.text, *(piece for entry in record for piece in (entry.text, entry.tail)))
        unknown += sum(bool(text and not text.isspace()) for text in texts)
        for j, entry in enumerate(record.iterchildren(tag=etree.Element)):
            unknown += local(entry) not in _VALUES
            if j >= len(names):
                continue
            text: str | None = entry.get("v")
            kind = str(entry.tag)[-1]
            numeric = kind == "n"
            if kind == "x":
                at = int(text or 0)
                text, numeric = known[j][at] if 0 <= at < len(known[j]) else (None, False)
            elif text:
                text = unescape(text)
            if text:
                lines.append((count, j, text, numeric))
        budget.charge_cells(len(record))
    return Grid.from_sorted(lines), count, unknown
