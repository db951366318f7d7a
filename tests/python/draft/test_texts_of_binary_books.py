"""Every text of XLS and XLSB workbooks is handed over, with its sort."""

from __future__ import annotations

import struct

import pytest
from builders.xls import Book, Sheet, bof, rec, text8
from builders.xls_features import area, drawing, name, options
from builders.xls_kept import SUMMARY, lpstr, properties
from builders.xlsb import in_sheet, members
from builders.xlsx import packed, relations
from builders.xlsx_parts import record, wide
from passages_of import Handed

from singleout.draft.biff_hlink import Hyperlink, read_hyperlink
from singleout.draft.xlsb_texts import wide_texts

WHO = "said of someone"
TOLD = "Wałęsa 何丽华"
Told = list[tuple[str, bool]]


def _sheet(after: bytes, state: int = 0) -> bytes:
    return Book([Sheet("Counts", state=state, after=after), Sheet("More")]).bytes()


def _text(words: str) -> bytes:
    raw = words.encode("utf-16-le")
    made = rec(0x01B6, struct.pack("<HH6xHH4x", 0x12, 0, len(words), 16)) + rec(0x3C, b"\x01" + raw)
    return drawing(6, options(), 90, shape=202) + made + rec(0x3C, bytes(16))


def _chart(words: str) -> bytes:
    raw = bytes(2) + struct.pack("<BB", len(words), 1) + words.encode("utf-16-le")
    title = rec(0x100D, raw) + rec(0x14, text8(f"&L{words}"))
    return bof(0x20) + rec(0x1002, bytes(16)) + title + rec(0x0A)


def string(text: str) -> bytes:
    return struct.pack("<I", len(text) + 1) + text.encode("utf-16-le") + b"\0\0"


URL = bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b")
FILE = bytes.fromhex("0303000000000000c000000000000046")


def _object(address: str, place: str = "", shown: str = "") -> bytes:
    """A hyperlink object ([MS-OSHARED] 2.3.7.1) with an address."""
    flags = 3 | (8 if place else 0) | (0x14 if shown else 0)
    moniker = address.encode("utf-16-le") + b"\0\0"
    body = struct.pack("<II", 2, flags) + (string(shown) if shown else b"")
    body += URL + struct.pack("<I", len(moniker)) + moniker
    return body + (string(place) if place else b"")


def _link(address: str, tip: str = "") -> bytes:
    made = rec(0x01B8, struct.pack("<4H", 1, 1, 0, 0) + bytes(16) + _object(address))
    told = struct.pack("<5H", 0x0800, 1, 1, 0, 0) + tip.encode("utf-16-le") + b"\0\0"
    return made + (rec(0x0800, told) if tip else b"")


def _rule(words: str) -> bytes:
    texts = b"".join(map(text8, ("a title", "a title", words, "an error")))
    typed = words.encode("utf-16-le")
    formula = b"\x17" + bytes([len(words), 1]) + typed
    body = struct.pack("<I", 3) + texts + struct.pack("<HH", len(formula), 0) + formula
    return rec(0x01BE, body + struct.pack("<HHHHHHH", 0, 0, 1, 5, 5, 1, 1))


XLS: dict[str, tuple[bytes, str, list[bool]]] = {
    "text box": (_sheet(_text(TOLD)), "object", [True]),
    "text box of a hidden sheet": (_sheet(_text(TOLD), state=1), "object", [False]),
    "title of a chart": (_sheet(_chart(TOLD)), "object", [True]),
    "header of a chart": (_sheet(_chart(TOLD)), "margin", [False]),
    "header": (_sheet(rec(0x14, text8(f"&C{TOLD}"))), "margin", [True]),
    "address": (_sheet(_link(TOLD)), "link", [False]),
    "tip": (_sheet(_link("x", TOLD)), "link", [False]),
    "prompt and list": (_sheet(_rule(TOLD)), "kept", [False, False]),
    "name of a sheet": (
        Book([Sheet("Counts"), Sheet(WHO, state=1)]).bytes(),
        "name",
        [False],
    ),
    "defined name": (Book(extra=name(WHO, area(0, 3, 0, 1))).bytes(), "name", [False]),
    "text of a name": (
        Book(extra=name("n", b"\x17\x0f\x00" + WHO.encode())).bytes(),
        "kept",
        [False],
    ),
    "user": (Book(extra=rec(0x5C, text8(WHO).ljust(112))).bytes(), "kept", [False]),
    "title": (
        Book(streams={"\x05SummaryInformation": properties(SUMMARY, [(2, lpstr(WHO))])}).bytes(),
        "property",
        [False],
    ),
    "author": (
        Book(streams={"\x05SummaryInformation": properties(SUMMARY, [(4, lpstr(WHO))])}).bytes(),
        "property",
        [False],
    ),
}


@pytest.mark.parametrize("kind", XLS)
def test_texts_of_an_old_workbook(kind: str) -> None:
    data, sort, seen = XLS[kind]
    told = Handed(data, "a.xls")
    found = [p for text in (WHO, TOLD) for p in told.of(text) if p.sort == sort]
    assert [p.seen for p in found] == seen
    assert {p.text for p in found} <= {WHO, TOLD}


def test_links_of_an_old_workbook_have_the_text_they_lie_on() -> None:
    told = Handed(_sheet(_link("https://example.org/a")), "a.xls")
    assert [(p.text, p.shown) for p in told.passages if p.sort == "link"] == [
        ("https://example.org/a", "sergeant")
    ]


def test_hyperlink_objects() -> None:
    assert read_hyperlink(_object("https://example.org", "A1", "here")) == Hyperlink(
        "https://example.org", "A1", "here"
    )
    path = "a\\b.xls".encode("utf-16-le")
    rest = struct.pack("<IH", len(path), 3) + path
    file = struct.pack("<II", 2, 1) + FILE + struct.pack("<HI", 1, 4) + b"b~1\0" + bytes(24)
    assert read_hyperlink(file + struct.pack("<I", len(rest)) + rest).target == "../a\\b.xls"
    assert read_hyperlink(file + struct.pack("<I", 0)).target == "../b~1"
    for damaged in (b"", struct.pack("<II", 3, 1), _object("https://example.org")[:-9]):
        with pytest.raises((ValueError, struct.error)):
            read_hyperlink(damaged)


def _in_xlsb(kind: int, body: bytes) -> Handed:
    return Handed(in_sheet(record(kind, body)), "a.xlsb")


AREA = struct.pack("<4I", 0, 0, 0, 0)


def test_settings_of_a_binary_sheet() -> None:
    link = AREA + b"".join(map(wide, ("", "More!A1", TOLD, "shown")))
    assert [(p.sort, p.seen) for p in _in_xlsb(494, link).of(TOLD)] == [("link", False)]
    header = b"\x0c\0" + wide(f"&C{TOLD}") + wide("&RPage &P") + b"\xff" * 16
    assert [(p.sort, p.seen) for p in _in_xlsb(479, header).of(TOLD)] == [("margin", True)]
    formula = b"\x17" + struct.pack("<H", len(TOLD)) + TOLD.encode("utf-16-le")
    rule = struct.pack("<II", 3, 1) + AREA + b"".join(map(wide, ("", "", "", TOLD)))
    rule += struct.pack("<I", len(formula)) + formula + bytes(4) + bytes(8)
    told = _in_xlsb(64, rule)
    assert {(p.sort, p.seen, p.what) for p in told.of(TOLD)} == {
        ("kept", False, "message of a rule"),
        ("kept", False, "list of allowed values"),
    }
    assert any(f.code == "validation-list" for f in told.findings)


def test_values_of_a_filter_of_a_binary_sheet() -> None:
    area_of_filter = struct.pack("<4I", 0, 3, 0, 1)
    records = record(161, area_of_filter) + record(163, bytes(10)) + record(167, wide(TOLD))
    told = Handed(in_sheet(records), "a.xlsb")
    assert [(p.what, p.seen) for p in told.of(TOLD)] == [("filter", False)]


def test_tables_and_strange_records_of_a_binary_workbook() -> None:
    found = members()
    found["xl/tables/table1.bin"] = record(343, bytes(60) + wide(TOLD) + wide("x"))
    found["xl/worksheets/_rels/sheet1.bin.rels"] = relations(
        [("rIdT", "table", "../tables/table1.bin")]
    )
    told = Handed(packed(found), "a.xlsb")
    assert [(p.sort, p.seen) for p in told.of(TOLD)] == [("name", False)]
    assert [p.sort for p in _in_xlsb(4_000, bytes(3) + wide(TOLD)).of(TOLD)] == ["kept"]


def test_damaged_settings_are_searched() -> None:
    for kind in (494, 479, 64, 167):
        assert [p.sort for p in _in_xlsb(kind, bytes(2) + wide(TOLD)).of(TOLD)], kind


def test_texts_in_bytes() -> None:
    content = b"\x01" + wide(TOLD) + bytes(9) + "plain words".encode("utf-16-le") + bytes(2)
    assert wide_texts(content) == [TOLD, "plain words"]
    assert wide_texts(bytes(range(256)) * 40) == []
