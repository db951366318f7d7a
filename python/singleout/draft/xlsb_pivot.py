"""Pivot caches of binary workbooks ([MS-XLSB] 2.1.7.38 and 2.1.7.39): items and records."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from singleout.draft.codes import Severity
from singleout.draft.grid import Grid
from singleout.draft.limits import Budget
from singleout.draft.model import Place
from singleout.draft.xlsb_records import error, number, records, wide
from singleout.draft.xlsx_book import Book

_FIELD, _ITEMS, _END_ITEMS, _RUN = 183, 189, 190, 191
_GROUPS, _END_GROUPS = 221, 222
_MISSING, _NUMBER, _BOOLEAN, _ERROR, _STRING, _DATE, _INDEX = range(20, 27)
# The same six with what a server adds after the value
_ADDED = 7
_RECORD, _RECORD_OF_ITEMS = 33, 34
# 2.4.131 BrtBeginPCDFAtbl, 2.4.136 BrtBeginPCDField: bits of their flags
_HAS_DATE, _HAS_TEXT, _IS_NUMBER = 1 << 2, 1 << 3, 1 << 6
_STORED = 1 << 2
_NAME_AT = 20

Value = tuple[str | None, bool]


@dataclass(slots=True)
class _Field:
    """A cache field: its name, whether records hold it, its flags, its items (text, is number),
    and the items that these are grouped into."""

    name: str
    stored: bool
    flags: int = 0
    items: list[Value] = field(default_factory=list)
    groups: list[Value] = field(default_factory=list)


def read_pivots(book: Book) -> None:
    """Report pivot caches: their records as a table, or their items where there are none."""
    for part in book.package.of_kind("pivotCacheDefinition"):
        place = Place(part=part)
        with book.collector.guard(place):
            fields = _fields(book.package.read(part), book.budget)
            leads = book.package.related(part, "pivotCacheRecords")
            items = [text for entry in fields for text, _ in entry.items if text is not None]
            if items:
                severity: Severity | None = "note" if leads else None
                book.collector.add("pivot-items", place, count=len(items), severity=severity)
                groups = [text for entry in fields for text, _ in entry.groups]
                told = [*items, *groups]
                book.collector.unseen_text(place, told, what="pivot items", sort="cell")
                names = [entry.name for entry in fields]
                book.collector.unseen_text(place, names, what="pivot field", sort="name")
            if items and not leads:
                _item_table(book, place, fields)
            for name in leads:
                with book.collector.guard(Place(part=name)):
                    _records(book, name, [entry for entry in fields if entry.stored])


def _fields(data: bytes, budget: Budget) -> list[_Field]:
    fields: list[_Field] = []
    into: list[Value] | None = None
    for kind, body in records(data, budget):
        if kind == _FIELD:
            (flags,) = struct.unpack_from("<H", body)
            fields.append(_Field(wide(body, _NAME_AT)[0], bool(flags & _STORED)))
        elif kind == _ITEMS and fields:
            into = fields[-1].items
            (fields[-1].flags,) = struct.unpack_from("<H", body)
        elif kind == _GROUPS and fields:
            into = fields[-1].groups
        elif kind in (_END_ITEMS, _END_GROUPS):
            into = None
        elif into is not None and kind == _RUN:
            into += _run(body)
        elif into is not None and _MISSING <= kind < _INDEX + _ADDED:
            into.append(_value(kind if kind < _INDEX else kind - _ADDED, body, 0)[0])
    return fields


def _value(kind: int, body: bytes, at: int) -> tuple[Value, int]:
    """One value of a kind, and where it ends (2.4.727 to 2.4.733)."""
    if kind == _NUMBER:
        return (number(struct.unpack_from("<d", body, at)[0]), True), at + 8
    if kind == _STRING:
        text, end = wide(body, at)
        return (text, False), end
    if kind == _DATE:
        year, month, day, hour, minute, second = struct.unpack_from("<HHBBBB", body, at)
        clock = f"T{hour:02}:{minute:02}:{second:02}" if hour or minute or second else ""
        return (f"{year:04}-{month:02}-{day:02}{clock}", False), at + 8
    if kind == _BOOLEAN:
        return (("FALSE", "TRUE")[body[at] & 1], False), at + 1
    if kind == _ERROR:
        return (error(body[at]), False), at + 1
    return (None, False), at


def _run(body: bytes) -> list[Value]:
    """2.4.147 BrtBeginPCDIRun: items of one kind, one after the other."""
    kind, count = struct.unpack_from("<HI", body)
    what = {1: _NUMBER, 2: _STRING, 0x10: _ERROR, 0x20: _DATE}.get(kind)
    if what is None or count > len(body):
        raise ValueError("items of an unknown kind")
    at, found = 6, []
    for _ in range(count):
        value, at = _value(what, body, at)
        found.append(value)
    return found


def _item_table(book: Book, place: Place, fields: list[_Field]) -> None:
    fields = [entry for entry in fields if entry.items]
    height = min(20_000, max(len(entry.items) for entry in fields))
    rows = [[entry.items[i][0] if i < len(entry.items) else None for entry in fields]
            for i in range(height)]  # fmt: skip
    why = "items kept in a pivot table, without their records"
    book.collector.grid(
        Grid.from_rows([[entry.name for entry in fields], *rows]),
        place,
        visible=False,
        why_unseen=why,
        unseen_finding=False,
    )


def _records(book: Book, part: str, fields: list[_Field]) -> None:
    content, place = book.package.read(part), Place(part=part)
    kinds = (_RECORD, _RECORD_OF_ITEMS)
    count = sum(kind in kinds for kind, _ in records(content, book.budget))
    book.collector.add("pivot-cache", place, count=count)
    lines: list[tuple[int, int, str, bool]] = [(0, j, f.name, False) for j, f in enumerate(fields)]
    row = column = 0
    for kind, body in records(content, book.budget):
        if kind in kinds:
            row, column = row + 1, 0
        if kind == _RECORD:
            values = _record(body, fields)
            lines += [(row, j, text, is_number) for j, (text, is_number) in values if text]
            book.budget.charge_cells(len(values))
        elif _MISSING <= kind <= _INDEX and row:
            text, is_number = _one(kind, body, fields, column)
            if text:
                lines.append((row, column, text, is_number))
            column += 1
    grid = Grid.from_sorted([line for line in lines if line[2]])
    book.collector.grid(grid, place, visible=False, why_unseen="pivot cache", unseen_finding=False)
    book.collector.identifiers(place, (line[2] for line in lines), what="pivot cache")


def _one(kind: int, body: bytes, fields: list[_Field], column: int) -> Value:
    if kind != _INDEX:
        return _value(kind, body, 0)[0]
    return _item(fields[column], struct.unpack_from("<I", body)[0])


def _item(entry: _Field, index: int) -> Value:
    if index >= len(entry.items):
        raise ValueError("a record refers to an item that is not there")
    return entry.items[index]


def _record(body: bytes, fields: list[_Field]) -> list[tuple[int, Value]]:
    """2.4.735: an index where the field has items, else a value of the field's one kind."""
    at, found = 0, []
    for j, entry in enumerate(fields):
        if entry.items:
            value, at = _item(entry, struct.unpack_from("<I", body, at)[0]), at + 4
        elif entry.flags & _IS_NUMBER:
            value, at = _value(_NUMBER, body, at)
        elif entry.flags & _HAS_DATE and not entry.flags & _HAS_TEXT:
            value, at = _value(_DATE, body, at)
        else:
            value, at = _value(_STRING, body, at)
        found.append((j, value))
    if at != len(body):
        raise ValueError("a record is not as its fields say")
    return found
