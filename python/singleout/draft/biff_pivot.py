"""Pivot caches ([MS-XLS] 2.1.7.12): fields, their items, and the records kept of the source."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from singleout.draft.biff_book import BiffBook
from singleout.draft.biff_records import CONTINUES, plain_records
from singleout.draft.biff_strings import Texts, loose_texts
from singleout.draft.grid import Grid
from singleout.draft.model import Place
from singleout.draft.xlsb_records import error, number
from singleout.draft.xlsx_pivot import item_table

DATABASE, FIELD, BLOCK, EOF = 0xC6, 0xC7, 0xC8, 0x0A
NUMBER, BOOLEAN, ERROR, INTEGER, STRING, DATE, NIL = range(0xC9, 0xD0)
# Records of a cache that hold no value: types, groups' ranges and lists, formulas, dates of refresh
KNOWN = {0x01BB, 0xD8, 0xD9, 0x0103, 0xF6, 0xF8, 0xF9, 0x0122, 0xF0, 0xF2, 0xF5, 0x0864, 0x3C}
_ITEMS, _SHORT, _GROUPED = 0x0001, 0x0200, 0x0010


@dataclass(slots=True)
class _Field:
    """A cache field (2.4.283): its name, how many values stand before its items, its items."""

    name: str
    flags: int
    before: int
    items: int
    shared: list[str | None] = field(default_factory=list)

    @property
    def indexed(self) -> bool:
        """Records refer to its items by their index."""
        return bool(self.flags & _ITEMS)


@dataclass(slots=True)
class _Cache:
    fields: list[_Field] = field(default_factory=list)
    stored: int = 0
    announced: int = 0
    saved: bool = False
    rows: list[list[str | None]] = field(default_factory=list)
    damaged: int = 0
    unknown: dict[int, int] = field(default_factory=dict)

    @property
    def source(self) -> list[_Field]:
        """The fields that are columns of the source; those after are made of them."""
        return self.fields[: self.stored]

    @property
    def direct(self) -> list[int]:
        """Fields whose values stand in records of their own, after each block of indexes."""
        return [i for i, entry in enumerate(self.source) if not entry.indexed]


def read_cache(data: bytes, name: str, book: BiffBook) -> None:
    """Report one cache stream: its records as a table, or the items of its fields.

    Parameters
    ----------
    data : bytes
        The stream.
    name : str
        Its path in the file.
    book : BiffBook
        The workbook.
    """
    collector, place = book.collector, Place(part=name)
    cache = _Cache()
    records, whole = plain_records(data, book.budget)
    _read(records, cache, book)
    items = sum(1 for f in cache.fields for v in f.shared if v is not None)
    if items:
        collector.add("pivot-items", place, count=items, severity="note" if cache.rows else None)
        values = (v for f in cache.fields for v in f.shared)
        collector.unseen_text(place, values, what="pivot items", sort="cell")
    names = [f.name for f in cache.fields]
    if cache.rows:
        collector.add("pivot-cache", place, count=len(cache.rows))
        collector.identifiers(place, (v for r in cache.rows for v in r), what="pivot cache")
        kept = [f.name for f in cache.source]
        collector.grid(
            Grid.from_rows([kept, *cache.rows]),
            place,
            visible=False,
            why_unseen="pivot cache",
            unseen_finding=False,
        )
    elif items:
        item_table(book, place, names, [f.shared for f in cache.fields])
    if cache.unknown:
        count = sum(cache.unknown.values())
        collector.add("unknown-part", place, count=count, detail="records of unknown numbers")
    short = cache.saved and cache.announced > len(cache.rows)
    if not whole or cache.damaged or short:
        collector.unread(place, "the pivot cache is damaged or cut off")


def _read(records: list[tuple[int, bytes]], cache: _Cache, book: BiffBook) -> None:
    """Read the fields with their items, then the records: a block of indexes for the fields that
    have items, and a value for each that has none."""
    texts = book.texts
    loose: list[str | None] = []
    blocks = False
    i = 0
    while i < len(records):
        kind, body = records[i]
        pieces = [body]
        i += 1
        while i < len(records) and records[i][0] in CONTINUES:
            pieces.append(records[i][1])
            i += 1
        try:
            if kind == DATABASE:
                _database(body, cache, book, texts)
            elif kind == FIELD:
                cache.fields.append(_field(b"".join(pieces), texts))
            elif kind == BLOCK:
                _fill(cache, loose, book)
                blocks = True
                _block(b"".join(pieces), cache)
            elif NUMBER <= kind <= NIL:
                value = _value(kind, pieces, texts)
                last = cache.fields[-1] if cache.fields else None
                if not blocks and last is not None and len(last.shared) < last.before + last.items:
                    last.shared.append(value)
                else:
                    loose.append(value)
            elif kind != EOF and kind not in KNOWN:
                cache.unknown[kind] = cache.unknown.get(kind, 0) + 1
        except (struct.error, IndexError, ValueError):
            cache.damaged += 1
    _fill(cache, loose, book)


def _fill(cache: _Cache, loose: list[str | None], book: BiffBook) -> None:
    """Put the values read since the last block into their rows, and forget them."""
    direct = cache.direct
    if loose and direct:
        if len(direct) == len(cache.source):
            for at in range(0, len(loose), len(direct)):
                row = loose[at : at + len(direct)]
                cache.rows.append(row + [None] * (len(direct) - len(row)))
        elif cache.rows:
            for column, value in zip(direct, loose, strict=False):
                cache.rows[-1][column] = value
        cache.damaged += len(loose) % len(direct) != 0
    elif loose:
        cache.damaged += 1
    book.budget.charge_cells(len(loose))
    loose.clear()


def _database(body: bytes, cache: _Cache, book: BiffBook, texts: Texts) -> None:
    """2.4.275: records, flags, fields of the source, all fields, who refreshed it."""
    cache.announced, _, flags, _, stored, _, _, _, count = struct.unpack_from("<I8H", body)
    cache.stored, cache.saved = stored, bool(flags & 1)
    who, _ = texts.chars(body, 20, count) if count not in (0, 0xFFFF) else ("", 20)
    if who.strip():
        place = Place(part=book.part, item="refreshedBy")
        book.collector.add("person", place, severity="note")


def _field(body: bytes, texts: Texts) -> _Field:
    flags, _, _, _, grouped, bases, items = struct.unpack_from("<7H", body)
    name, _ = texts.read(body, 14)
    # Before the items of the source stand a group's: after ranges (SXRng) with their three limits
    before = grouped + 3 if flags & _GROUPED else grouped if bases else 0
    return _Field(name, flags, before, items)


def _block(body: bytes, cache: _Cache) -> None:
    """2.4.276: an index into each indexed field's items, one byte or two."""
    row: list[str | None] = [None] * len(cache.source)
    cache.rows.append(row)
    at = 0
    for i, entry in enumerate(cache.source):
        if not entry.indexed:
            continue
        width = 2 if entry.flags & _SHORT else 1
        index = int.from_bytes(body[at : at + width], "little")
        at += width
        items = entry.shared[entry.before :]
        if index < len(items):
            row[i] = items[index]
    if at > len(body):
        raise ValueError("a block of indexes is too short")


def _value(kind: int, pieces: list[bytes], texts: Texts) -> str | None:
    body = pieces[0]
    if kind == NUMBER:
        return number(struct.unpack_from("<d", body)[0])
    if kind == INTEGER:
        return str(struct.unpack_from("<h", body)[0])
    if kind == BOOLEAN:
        return "TRUE" if body[0] else "FALSE"
    if kind == ERROR:
        return error(body[0])
    if kind == STRING:
        try:
            return texts.read(body, 0)[0]
        except ValueError:
            return "".join(loose_texts([b"".join(pieces)]))
    if kind == DATE:
        year, month, day, hour, minute, second = struct.unpack_from("<HHBBBB", body)
        date = f"{year:04}-{month:02}-{day:02}"
        clock = f"T{hour:02}:{minute:02}:{second:02}"
        return date if not (hour or minute or second) else date + clock
    return None
