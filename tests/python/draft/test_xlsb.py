"""Binary workbooks: pivot caches laid out as tables, unknown records, texts beside cells."""

from __future__ import annotations

import struct

from builders.xlsb import in_sheet, pivot
from builders.xlsx_parts import record, wide

from singleout.draft import inspect


def test_records_of_a_pivot_cache() -> None:
    draft = inspect(pivot(True), name="a.xlsb")
    assert draft.complete
    assert [(f.code, f.severity, f.count) for f in draft.findings] == [
        ("unseen-people-table", "refuse", 3),
        ("pivot-cache", "review", 3),
        ("pivot-items", "note", 3),
    ]
    (table,) = draft.unseen
    assert table.data.to_pydict() == {
        "surname": ["Ash", "Birch", "Cole"],
        "staff number": ["100", "101", "7.5"],
        "started": ["2001-02-03", "2002-02-03", None],
        "rank": ["PC", "PS", "DI"],
    }


def test_items_without_records() -> None:
    draft = inspect(pivot(False), name="a.xlsb")
    assert draft.complete
    assert [(f.severity, f.count) for f in draft.of("pivot-items")] == [("review", 3)]
    assert [f.count for f in draft.of("unseen-people-table")] == [3]


def test_records_that_do_not_fit_their_fields_are_not_guessed() -> None:
    draft = inspect(pivot(True, tail=b"\x00"), name="a.xlsb")
    assert not draft.complete
    assert [f.count for f in draft.of("pivot-cache")] == [3]


def test_unknown_record() -> None:
    draft = inspect(in_sheet(record(13_000, b"secret")), name="a.xlsb")
    assert [(f.code, f.count) for f in draft.findings] == [("unknown-part", 1)]


def test_text_beside_cells() -> None:
    header = struct.pack("<H", 0) + wide("&LA. Person a.person@example.org")
    draft = inspect(in_sheet(record(479, header) + record(480)), name="a.xlsb")
    assert [(f.code, f.count) for f in draft.findings] == [("unseen-identifier", 1)]
    assert not list(inspect(in_sheet(record(479, bytes(2)) + record(480)), name="a.xlsb").findings)
