"""Shared workbooks: the log of edits ([MS-XLS] 2.1.7.14) and the users (2.1.7.17)."""

from __future__ import annotations

import struct

from singleout.draft.biff_book import BiffBook
from singleout.draft.biff_records import EOF, plain_records
from singleout.draft.biff_strings import loose_texts
from singleout.draft.grid import Grid, is_number
from singleout.draft.model import Place
from singleout.draft.xlsb_records import number, rk

HEAD, CELL = 0x0138, 0x013B
# Edits: rows and columns, cells, sheets' names, sorting, moves, formats, sheets, conflicts, names,
# views, fields of queries, comments
_EDITS = {0x0137, CELL, 0x013E, 0x013F, 0x0140, 0x014A, 0x014B, 0x014D, 0x0152, 0x0153, 0x01AC}
_EDITS |= {0x0808, 0x1C}
# Begins, ends, sheets' identifiers, runs of text, general settings
_FRAME = {HEAD, 0x013D, 0x014E, 0x014F, 0x0150, 0x0151, 0x0154, 0x0195, 0x0196, 0x0809, EOF, 0x3C}
# Who holds the file alone, and who has it open
EXCLUSIVE, OPENED = 0x0194, 0x0193
_FRAME |= {EXCLUSIVE, OPENED, 0x0191, 0x0192, 0x0197, 0x0198}
_USERS = {0x0191, 0x0192, OPENED, EXCLUSIVE, 0x0195, 0x0197, 0x0198, 0x0809, EOF}


def read_revisions(data: bytes, name: str, book: BiffBook) -> None:
    """Report the edits, who made them, and the values that were there before."""
    collector, place = book.collector, Place(part=name)
    records, whole = plain_records(data, book.budget)
    edits = sum(1 for kind, _ in records if kind in _EDITS)
    heads = [body for kind, body in records if kind == HEAD]
    unknown = sum(1 for kind, _ in records if kind not in _EDITS | _FRAME)
    if edits or heads:
        detail = f"{len(heads)} saves, {edits} edits"
        collector.add("revision-log", place, count=edits or len(heads), detail=detail)
    users = sum(1 for kind, body in records if kind in (EXCLUSIVE, OPENED) and loose_texts([body]))
    if users:
        collector.add("person", place, count=users)
    if unknown:
        collector.add("unknown-part", place, count=unknown, detail="records of unknown numbers")
    texts = loose_texts(body for _, body in records)
    collector.unseen_text(place, texts, what="log of edits")
    cells = [cell for kind, body in records if kind == CELL for cell in _before(body, book)]
    book.budget.charge_cells(len(cells))
    collector.grid(
        Grid.from_cells(cells),
        place,
        visible=False,
        why_unseen="log of earlier edits",
        unseen_finding=False,
    )
    if not whole and records:
        collector.unread(place, "the log of edits is cut off")


def _before(body: bytes, book: BiffBook) -> list[tuple[int, int, str, bool]]:
    """2.4.223: the value that a cell had, where no format stands before it."""
    try:
        (flags,) = struct.unpack_from("<H", body, 14)
        row, column = struct.unpack_from("<HH", body, 18)
        kind, at = flags >> 3 & 7, 28
        if flags & 0x100 or flags & 0x1000:
            return [(row, column, text, is_number(text)) for text in loose_texts([body[at:]])[:1]]
        if kind == 1:
            return [(row, column, number(rk(struct.unpack_from("<I", body, at)[0])), True)]
        if kind == 2:
            return [(row, column, number(struct.unpack_from("<d", body, at)[0]), True)]
        if kind == 3:
            return [(row, column, book.texts.read(body, at)[0], False)]
    except (struct.error, IndexError, ValueError):
        return []
    return []


def read_users(data: bytes, name: str, book: BiffBook) -> None:
    """Report the people who have the workbook open (2.1.7.17: there is no end record)."""
    collector, place = book.collector, Place(part=name)
    records, whole = plain_records(data, book.budget, last=False)
    people = [body for kind, body in records if kind == OPENED]
    unknown = sum(1 for kind, _ in records if kind not in _USERS)
    if people:
        collector.add("person", place, count=len(people))
        collector.unseen_text(place, loose_texts(people), what="users")
    if unknown:
        collector.add("unknown-part", place, count=unknown, detail="records of unknown numbers")
    if not whole and records:
        collector.unread(place, "the list of users is cut off")
