"""One old workbook a thing kept beside its sheets, beside its clean twin: as in xls_features."""

from __future__ import annotations

import struct
from collections.abc import Callable

from builders.xls import (
    PEOPLE,
    Book,
    Sheet,
    ascii8,
    biff5,
    bof,
    compound,
    fonts,
    formats,
    rec,
    text8,
)
from builders.xls_features import CLEAN, Case, _chart, escher


def _external() -> Case:
    book = rec(0x01AE, struct.pack("<H", 1) + text8("\x01other.xls") + text8("Staff"))
    rows = b""
    for i, line in enumerate(PEOPLE):
        cells = b"".join(b"\x02" + text8(str(value)) for value in line)
        rows += rec(0x5A, struct.pack("<BBH", len(line) - 1, 0, i) + cells)
    cached = rec(0x59, struct.pack("<HH", len(PEOPLE), 0)) + rows
    return "external-link-cache", 5, Book(extra=book + cached).bytes(), Book(extra=book).bytes()


def cache(records: bool) -> bytes:
    """A pivot cache (2.1.7.12) of the people: two fields by index, one number of its own."""
    fields = [[str(line[0]) for line in PEOPLE[1:]], ["north", "south"]]
    made = rec(0xC6, struct.pack("<IHHHHHHHH", 4 * records, 1, records, 8, 3, 3, 0, 1, 0))
    for label, items in zip(("surname", "unit"), fields, strict=True):
        head = struct.pack("<7H", 1, 0, 0, 0, len(items), 0, len(items))
        made += rec(0xC7, head + text8(label)) + rec(0x01BB, bytes(2))
        made += b"".join(rec(0xCD, text8(item)) for item in items)
    made += rec(0xC7, struct.pack("<7H", 0, 0, 0, 0, 0, 0, 0) + text8("pay")) + rec(
        0x01BB, bytes(2)
    )
    for i in range(4 * records):
        made += rec(0xC8, bytes([i, i % 2])) + rec(0xC9, struct.pack("<d", 30_000 + i))
    return made + rec(0x0A)


def _pivot(records: bool) -> bytes:
    return Book(extra=rec(0xD5, b"\x01\x00"), streams={"_SX_DB_CUR/0001": cache(records)}).bytes()


def properties(
    family: str, entries: list[tuple[int, bytes]], names: dict[int, str] | None = None
) -> bytes:
    """A property set stream ([MS-OLEPS] 2.21) of one set."""
    entries = [(1, struct.pack("<IHH", 2, 1252, 0)), *entries]
    if names:
        listed = b"".join(
            struct.pack("<II", number, len(text) + 1) + text.encode() + b"\x00"
            for number, text in names.items()
        )
        entries.insert(0, (0, struct.pack("<I", len(names)) + listed))
    at, index, body = 8 + 8 * len(entries), b"", b""
    for number, value in entries:
        index += struct.pack("<II", number, at + len(body))
        body += value.ljust(-(-len(value) // 4) * 4, b"\x00")
    section = struct.pack("<II", at + len(body), len(entries)) + index + body
    head = struct.pack("<HHI16xI", 0xFFFE, 0, 0x20105, 1) + bytes.fromhex(family)
    return head + struct.pack("<I", 48) + section


SUMMARY, CUSTOM = "e0859ff2f94f6810ab9108002b27b3d9", "05d5cdd59c2e1b10939708002b2cf9ae"


def lpstr(text: str) -> bytes:
    return struct.pack("<II", 0x1E, len(text) + 1) + text.encode() + b"\x00"


def _property(number: int, value: bytes) -> bytes:
    return Book(streams={"\x05SummaryInformation": properties(SUMMARY, [(number, value)])}).bytes()


def _custom() -> Case:
    made = properties(CUSTOM, [(2, lpstr("case 17"))], {2: "Reference"})
    data = Book(streams={"\x05DocumentSummaryInformation": made}).bytes()
    own = properties(CUSTOM, [(2, lpstr("x"))], {2: "_PID_GUID"})
    return "custom-property", 1, data, Book(streams={"\x05DocumentSummaryInformation": own}).bytes()


def _stream(path: str, content: bytes = bytes(range(200))) -> bytes:
    return Book(streams={path: content}).bytes()


def _embedded() -> Case:
    inner = Book([Sheet("Staff", PEOPLE)]).stream()
    return "embedded-object", 1, _stream("MBD00000001/Workbook", inner), CLEAN


def _packaged() -> Case:
    from builders import xlsx

    rows = xlsx.Workbook([xlsx.Sheet("Staff", PEOPLE)]).bytes()
    body = b"\x02\x00staff.xlsx\x00C:\\Users\\x\\staff.xlsx\x00\x00\x00\x03\x00"
    body += struct.pack("<I", 5) + b"C:/t\x00" + struct.pack("<I", len(rows)) + rows
    content = struct.pack("<I", len(body)) + body
    return "path", 1, _stream("MBD00000002/\x01Ole10Native", content), CLEAN


def _picture(image: bytes) -> bytes:
    blip = escher(0xF01D, bytes(16) + b"\xff" + image, 0x46A)
    entry = struct.pack("<BB16xHIIIBBBB", 5, 5, 0xFF, len(blip), 1, 0, 0, 0, 0, 0)
    store = escher(0xF001, escher(0xF007, entry + blip, 5), 1, container=True)
    return Book(extra=rec(0xEB, escher(0xF000, store, container=True))).bytes()


def _located() -> Case:
    from builders.xlsx_features import jpeg

    return "picture-location", 1, _picture(jpeg(True)), _picture(jpeg(False))


def _log() -> Case:
    head = struct.pack("<IiHHH", 40, 1, 8, 0, 1)
    value = text8("removed")
    cell = head + struct.pack("<HBBHHIH", 3 << 3, 0, 0, 2, 2, len(value), 0) + value
    log = rec(0x0138, bytes(40)) + rec(0x013B, cell) + rec(0x0A)
    return "revision-log", 1, _stream("Revision Log", log), _stream("Revision Log", bytes(64))


def _users() -> Case:
    person = struct.pack("<i24x", 1) + text8("A. Writer") + b"\x00"
    users = rec(0x0191, b"\x01\x00") + rec(0x0193, person) + rec(0x0A)
    return "person", 1, _stream("User Names", users), _stream("User Names", bytes(32))


def _lone(item: bytes) -> bytes:
    """A workbook of one cell, whose text is this item of the shared strings."""
    table = rec(0xFC, struct.pack("<II", 1, 1) + item)
    cells = bof(0x10) + rec(0xFD, struct.pack("<HHHI", 0, 0, 15, 0)) + rec(0x0A)
    head = bof(5) + fonts() + formats()
    bound = struct.pack("<IBB", len(head) + 4 + 6 + 8 + len(table) + 4, 0, 0) + ascii8("Sheet1")
    stream = head + rec(0x85, bound) + table + rec(0x0A) + cells
    return compound({"Workbook": stream})


def _phonetic() -> Case:
    reading = "ヤマダ".encode("utf-16-le")
    extra = struct.pack("<HHHHHHH", 1, 0, 0, 0, 1, 3, 3) + reading
    item = struct.pack("<HBI", 2, 5, len(extra)) + "山田".encode("utf-16-le") + extra
    return "phonetic-text", 1, _lone(item), CLEAN


def _faint(font: int) -> bytes:
    """A text whose last part has this font."""
    runs = struct.pack("<HHHH", 0, 0, 5, font)
    return _lone(struct.pack("<HBH", 11, 8, 2) + b"plain white" + runs)


def _second(other: bool) -> bytes:
    counts = [["rank", "officers"], ["sergeant", 120], ["inspector", 45], ["superintendent", 23]]
    if other:
        counts[3] = ["superintendent", 24]
    return _stream("Book", biff5([("Counts", 0, counts)]))


def _dde() -> Case:
    """A link to another program with its last value (2.4.105 ExternName)."""
    link = rec(0x01AE, struct.pack("<H", 0) + text8("excel\x03topic"))
    value = b"\x00\x00\x00\x02" + text8("sergeant Adeyemi")
    kept = rec(0x23, struct.pack("<HHH", 0, 0, 0) + ascii8("item1") + value)
    return "external-link-cache", 1, Book(extra=link + kept).bytes(), Book(extra=link).bytes()


def _identifier(extra: bytes, **more: bytes) -> bytes:
    return Book([Sheet("Counts", after=extra)], **more).bytes()  # type: ignore[arg-type]


def packed(text: bytes) -> bytes:
    """A compressed container ([MS-OVBA] 2.4.1) of plain characters."""
    tokens = b"".join(b"\x00" + text[at : at + 8] for at in range(0, len(text), 8))
    return b"\x01" + struct.pack("<H", 0xB000 | len(tokens) - 1) + tokens


def _macros() -> Case:
    names = b"".join(
        struct.pack("<HI", kind, len(body)) + body
        for kind, body in ((0x32, "Module1".encode("utf-16-le")), (0x31, bytes(4)))
    )
    streams = {
        "_VBA_PROJECT_CUR/VBA/dir": packed(names),
        "_VBA_PROJECT_CUR/VBA/Module1": packed(b"' ask " + EMAIL.encode()),
    }
    return "unseen-identifier", 1, Book(streams=streams).bytes(), CLEAN


EMAIL = "jane.adeyemi@mail.example.org"


CASES: dict[str, Callable[[], Case]] = {
    "cells of another workbook": _external,
    "values of a link": _dde,
    "address in a smart tag": lambda: (
        "unseen-identifier",
        1,
        _identifier(rec(0x0868, bytes(30) + EMAIL.encode("utf-16-le"))),
        CLEAN,
    ),
    "address in a free sector": lambda: (
        "unseen-identifier",
        1,
        Book(free=EMAIL.encode()).bytes(),
        CLEAN,
    ),
    "address in a stream": lambda: (
        "unseen-identifier",
        1,
        _stream("\x01CompObj", bytes(20) + EMAIL.encode()),
        _stream("\x01CompObj"),
    ),
    "list of a server": lambda: ("data-connection", 1, _stream("List Data"), CLEAN),
    "user who holds it": lambda: (
        "person",
        1,
        _stream("Revision Log", rec(0x0194, bytes(12) + text8("A. Writer")) + rec(0x0A)),
        _stream("Revision Log", bytes(64)),
    ),
    "form control's name": lambda: ("control", 1, _stream("\x03OCXNAME"), CLEAN),
    "properties of an unknown set": lambda: (
        "unknown-part",
        1,
        Book(streams={"\x05SummaryInformation": properties("00" * 16, [(2, lpstr("x"))])}).bytes(),
        CLEAN,
    ),
    "pivot cache": lambda: ("pivot-cache", 4, _pivot(True), CLEAN),
    "people in a pivot cache": lambda: ("unseen-people-table", 4, _pivot(True), CLEAN),
    "items of a pivot cache": lambda: ("pivot-items", 6, _pivot(False), CLEAN),
    "values behind a chart": lambda: ("chart-cache", 3, _chart(99), CLEAN),
    "phonetic text": _phonetic,
    "part of a text in white": lambda: ("invisible-text", 1, _faint(5), _faint(0)),
    "author": lambda: (
        "author-property",
        1,
        _property(4, lpstr("A. Writer")),
        _property(4, lpstr("")),
    ),
    "title": lambda: ("document-property", 1, _property(2, lpstr("Draft two")), CLEAN),
    "template on a path": lambda: (
        "path",
        1,
        _property(7, lpstr("C:\\Users\\x\\t.xlt")),
        _property(7, lpstr("Normal")),
    ),
    "preview": lambda: (
        "thumbnail",
        1,
        _property(17, struct.pack("<II", 0x47, 8) + bytes(8)),
        CLEAN,
    ),
    "custom property": _custom,
    "address in macros": _macros,
    "macros": lambda: ("macro", 1, _stream("_VBA_PROJECT_CUR/PROJECT"), CLEAN),
    "embedded workbook": _embedded,
    "packaged file": _packaged,
    "place of a photo": _located,
    "picture": lambda: ("picture", 1, _picture(b"\xff\xd8\xff\xd9"), CLEAN),
    "log of edits": _log,
    "users": _users,
    "custom XML": lambda: ("custom-xml", 1, _stream("MsoDataStore/A/Item", b"<a>text</a>"), CLEAN),
    "toolbars": lambda: ("custom-ui", 1, _stream("XCB"), CLEAN),
    "controls' stream": lambda: ("control", 1, _stream("Ctls"), CLEAN),
    "signature": lambda: ("signature", 1, _stream("_xmlsignatures/1"), CLEAN),
    "map of XML": lambda: ("xml-map", 1, _stream("XML"), CLEAN),
    "another copy": lambda: ("saved-version", 1, _second(True), _stream("\x01CompObj")),
    "unknown stream": lambda: ("unknown-part", 1, _stream("Payload"), CLEAN),
    "mostly out of sight": lambda: (
        "oversized",
        220_050,
        _stream("MBD00000001/CONTENTS", b"\xff\xd8\xff" + bytes(220_047)),
        CLEAN,
    ),
}
