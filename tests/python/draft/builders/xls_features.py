"""One old workbook a feature, beside its clean twin: (code, count, bytes, twin)."""

from __future__ import annotations

import struct
from collections.abc import Callable

from builders.xls import (
    DATE,
    LOCKED,
    PEOPLE,
    SEMICOLONS,
    TINY,
    WHITE,
    Book,
    Sheet,
    ascii8,
    biff5,
    bof,
    compound,
    rec,
    text8,
)

Case = tuple[str, int, bytes, bytes]
CLEAN = Book().bytes()


def _sheet(**more: object) -> bytes:
    return Book([Sheet("Counts", **more)]).bytes()  # type: ignore[arg-type]


def _two(state: int, values: object = None, kind: int = 0) -> bytes:
    second = Sheet("Source", PEOPLE if values is None else values, state, kind)  # type: ignore[arg-type]
    return Book([Sheet("Counts"), second]).bytes()


def _styled(style: int) -> bytes:
    return _sheet(styles={(1, 1): style, (2, 1): style})


def _column(width: int, flags: int) -> bytes:
    return _sheet(before=rec(0x7D, struct.pack("<HHHHHH", 1, 1, width, 15, flags, 0)))


def name(
    text: str, formula: bytes, flags: int = 0, tab: int = 0, built_in: int | None = None
) -> bytes:
    """A defined name (2.4.150)."""
    raw = text.encode("latin-1") if built_in is None else bytes([built_in])
    flags |= 0 if built_in is None else 0x20
    head = struct.pack("<HBBHHH4x", flags, 0, len(raw), len(formula), 0, tab)
    return rec(0x18, head + b"\x00" + raw + formula)


SELF = rec(0x01AE, struct.pack("<HH", 1, 0x0401)) + rec(0x17, struct.pack("<HHHH", 1, 0, 0, 0))


def area(top: int, bottom: int, left: int, right: int) -> bytes:
    """A range of the first sheet as a token (2.5.198.28)."""
    return struct.pack("<BHHHHH", 0x3B, 0, top, bottom, left, right)


def _named(formula: bytes, **more: int) -> bytes:
    return Book(extra=SELF + name("Data", formula, **more)).bytes()


def _filter() -> Case:
    hidden = {2: (255, 0x20), 3: (255, 0x20)}
    own = SELF + name("", area(0, 3, 0, 1), flags=1, tab=1, built_in=13)
    mode = rec(0x9B) + rec(0x9D, b"\x02\x00")
    data = Book([Sheet("Counts", rows=hidden, after=mode)], own).bytes()
    return "filtered-row", 4, data, Book([Sheet("Counts", after=mode[4:])], own).bytes()


def _filter_value() -> Case:
    operand = struct.pack("<BBIBBH", 6, 2, 0, 8, 0, 0)
    body = struct.pack("<HH", 0, 0) + operand + bytes(10) + b"\x00sergeant"
    return "filter-value", 1, _sheet(after=rec(0x9D, b"\x02\x00") + rec(0x9E, body)), CLEAN


def escher(kind: int, body: bytes, instance: int = 0, container: bool = False) -> bytes:
    """A drawing record (2.2.1)."""
    head = instance << 4 | (15 if container else 2 if kind == 0xF007 else 0)
    return struct.pack("<HHI", head, kind, len(body)) + body


def options(*entries: tuple[int, int], text: str = "") -> bytes:
    """Properties of a shape; the last one holds the text, if there is one."""
    packed = b"".join(struct.pack("<HI", key, value) for key, value in entries)
    raw = text.encode("utf-16-le") + b"\x00\x00" if text else b""
    if raw:
        packed += struct.pack("<HI", 0x0381 | 0x8000, len(raw))
    return escher(0xF00B, packed + raw, len(entries) + bool(raw))


def drawing(
    kind: int, opt: bytes, top: int = 1, number: int = 1, shape: int = 75, flags: int = 0
) -> bytes:
    """A shape over columns A to D and four rows, and its object."""
    anchor = escher(0xF010, struct.pack("<9H", 0, 0, 0, top, 0, 4, 0, top + 4, 0))
    inner = escher(0xF00A, struct.pack("<II", 1025, 0), shape) + opt + anchor
    inner += escher(0xF011, b"")
    made = rec(0xEC, escher(0xF004, inner, container=True))
    return made + rec(0x5D, struct.pack("<HHHHH12xHH", 0x15, 0x12, kind, number, flags, 0, 0))


def _object(kind: int, opt: bytes, top: int, **more: int) -> bytes:
    return _sheet(after=drawing(kind, opt, top, **more))


def _comment() -> Case:
    note = rec(0x1C, struct.pack("<HHHH", 1, 1, 0, 1) + text8("A. Writer") + b"\x00")
    txo = rec(0x01B6, struct.pack("<HH6xHH4x", 0x12, 0, 9, 16)) + rec(0x3C, b"\x00who is it")
    txo += rec(0x3C, bytes(16))
    data = _sheet(after=drawing(0x19, options(), shape=202) + txo + note)
    return "comment", 1, data, CLEAN


def _validation(explicit: bool) -> bytes:
    values = b"north\x00south\x00east"
    formula = b"\x17" + bytes([len(values), 0]) + values if explicit else area(0, 3, 0, 0)
    empty = struct.pack("<HBB", 1, 0, 0)
    body = struct.pack("<I", 3) + empty * 4 + struct.pack("<HH", len(formula), 0) + formula
    body += struct.pack("<HHHHHHH", 0, 0, 1, 5, 5, 1, 1)
    return _sheet(after=rec(0x01B2, bytes(18)) + rec(0x01BE, body))


def _scenario() -> Case:
    body = struct.pack("<HBBBBB", 1, 0, 0, 4, 6, 0) + b"\x00best" + text8("") + text8("higher")
    body += struct.pack("<HH", 1, 1) + text8("150") + bytes(2)
    return "scenario", 1, _sheet(after=rec(0xAE, bytes(8)) + rec(0xAF, body)), CLEAN


def _condition(ink: int) -> bytes:
    font = bytes(80) + struct.pack("<i", ink) + bytes(34)
    body = struct.pack("<BBHHIH", 2, 0, 3, 0, 1 << 26, 0) + font + b"\x1e\x01\x00"
    ranges = struct.pack("<HHHHHHHHHHH", 1, 0, 1, 3, 1, 1, 1, 1, 3, 1, 1)
    return _sheet(after=rec(0x01B0, ranges) + rec(0x01B1, body))


def _link() -> Case:
    target = "mailto:press@example.org".encode("utf-16-le")
    body = struct.pack("<HHHH", 1, 1, 0, 0) + bytes(24) + target
    return "cell-link", 1, _sheet(after=rec(0x01B8, body)), CLEAN


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


def _chart(value: float) -> bytes:
    source = area(1, 3, 1, 1)
    brai = rec(0x1051, struct.pack("<BBHHH", 1, 2, 0, 0, len(source)) + source)
    points = rec(0x1065, b"\x01\x00")
    for i, number in enumerate((120, 45, value)):
        points += rec(0x0203, struct.pack("<HHHd", i, 0, 0, number))
    inside = bof(0x20) + rec(0x1002, bytes(16)) + brai + points + rec(0x0A)
    return Book([Sheet("Counts", after=inside)], SELF).bytes()


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


def _phonetic() -> Case:
    reading = "ヤマダ".encode("utf-16-le")
    extra = struct.pack("<HHHHHHH", 1, 0, 0, 0, 1, 3, 3)[:14] + reading
    item = struct.pack("<HBI", 2, 5, len(extra)) + "山田".encode("utf-16-le") + extra
    table = rec(0xFC, struct.pack("<II", 1, 1) + item)
    cells = bof(0x10) + rec(0xFD, struct.pack("<HHHI", 0, 0, 15, 0)) + rec(0x0A)
    head = bof(5)
    bound = struct.pack("<IBB", len(head) + 4 + 6 + 8 + len(table) + 4, 0, 0) + ascii8("Sheet1")
    stream = head + rec(0x85, bound) + table + rec(0x0A) + cells
    return "phonetic-text", 1, compound({"Workbook": stream}), CLEAN


def _second(other: bool) -> bytes:
    counts = [["rank", "officers"], ["sergeant", 120], ["inspector", 45], ["superintendent", 23]]
    if other:
        counts[3] = ["superintendent", 24]
    return _stream("Book", biff5([("Counts", 0, counts)]))


def _unnamed() -> Case:
    cells = bof(0x10)
    for i, line in enumerate(PEOPLE):
        for j, value in enumerate(line):
            cells += rec(0x0204, struct.pack("<HHH", i, j, 15) + text8(str(value)))
    data = Book(tail=cells + rec(0x0A)).bytes()
    return "unseen-people-table", 4, data, Book(tail=bytes(40)).bytes()


def _print_area() -> Case:
    own = SELF + name("", area(0, 3, 0, 1), tab=1, built_in=6)
    data = Book([Sheet("Counts", extra={(3, 4): "note"})], own).bytes()
    return "far-cells", 1, data, Book(extra=own).bytes()


def _merged() -> Case:
    ranges = rec(0xE5, struct.pack("<HHHHH", 1, 1, 2, 1, 1))
    return "merged-cells", 1, _sheet(after=ranges), CLEAN


WIDE = {0x0104: 1}
CASES: dict[str, Callable[[], Case]] = {
    "hidden sheet": lambda: ("hidden-sheet", 1, _two(1), CLEAN),
    "very hidden sheet": lambda: ("very-hidden-sheet", 1, _two(2), CLEAN),
    "people on a hidden sheet": lambda: ("unseen-people-table", 4, _two(1), CLEAN),
    "macro sheet": lambda: ("macro", 1, _two(1, [["=ALERT"]], 1), CLEAN),
    "sheet that nothing names": _unnamed,
    "hidden rows": lambda: (
        "hidden-row",
        4,
        _sheet(rows={2: (255, 0x20), 3: (255, 0x20)}),
        _sheet(rows={2: (255, 0)}),
    ),
    "rows of no height": lambda: (
        "zero-size-row",
        2,
        _sheet(rows={2: (0, 0)}),
        _sheet(rows={2: (255, 0)}),
    ),
    "rows hidden by default": lambda: (
        "hidden-row",
        8,
        _sheet(before=rec(0x0225, b"\x02\x00\x00\x00")),
        _sheet(before=rec(0x0225, b"\x00\x00\xff\x00")),
    ),
    "hidden column": lambda: ("hidden-column", 4, _column(2048, 1), _column(2048, 0)),
    "column of no width": lambda: ("zero-size-column", 4, _column(0, 0), _column(2048, 0)),
    "collapsed group": lambda: ("collapsed-group", 4, _column(2048, 0x101), _column(2048, 0x100)),
    "filtered rows": _filter,
    "value of a filter": _filter_value,
    "under merged cells": _merged,
    "format that hides": lambda: ("hiding-format", 2, _styled(SEMICOLONS), _styled(DATE)),
    "white text": lambda: ("invisible-text", 2, _styled(WHITE), _styled(DATE)),
    "tiny text": lambda: ("tiny-font", 2, _styled(TINY), CLEAN),
    "hidden formulas": lambda: ("hidden-formula", 2, _styled(LOCKED), CLEAN),
    "far cells": lambda: ("far-cells", 1, _sheet(extra={(900, 90): "x"}), CLEAN),
    "outside the print area": _print_area,
    "under a picture": lambda: (
        "covered-cells",
        6,
        _object(8, options(), 1),
        _object(8, options(), 90),
    ),
    "under a filled box": lambda: (
        "covered-cells",
        6,
        _object(2, options(), 1, shape=1),
        _object(2, options((0x01BF, 0x100000)), 1, shape=1),
    ),
    "hidden object": lambda: (
        "hidden-object",
        1,
        _object(2, options((0x03BF, 0x20002)), 90),
        _object(2, options((0x03BF, 0x20000)), 90),
    ),
    "alternative text": lambda: (
        "alt-text",
        1,
        _object(8, options(text="the team in May"), 90),
        _object(8, options(text="Picture 1"), 90),
    ),
    "cropped picture": lambda: (
        "cropped-picture",
        1,
        _object(8, options((0x0100, 9000)), 90),
        _object(8, options((0x0100, 0)), 90),
    ),
    "control": lambda: (
        "control",
        1,
        _object(0x12, options(), 90, shape=201),
        _object(0x14, options(), 90, shape=201, flags=0x100),
    ),
    "comment": _comment,
    "list in a rule": lambda: ("validation-list", 3, _validation(True), _validation(False)),
    "scenario": _scenario,
    "header": lambda: (
        "header-footer",
        1,
        _sheet(after=rec(0x14, text8("&LDraft for legal"))),
        _sheet(after=rec(0x14, text8("&CPage &P of &N"))),
    ),
    "link": _link,
    "rule that hides": lambda: ("conditional-hiding", 1, _condition(9), _condition(10)),
    "hidden name": lambda: (
        "hidden-name",
        1,
        _named(area(0, 3, 0, 1), flags=1),
        _named(area(0, 3, 0, 1)),
    ),
    "stale name": lambda: ("stale-name", 1, _named(b"\x3d" + bytes(10)), _named(area(0, 3, 0, 1))),
    "constant name": lambda: (
        "constant-name",
        1,
        _named(b"\x17\x06\x00secret"),
        _named(area(0, 3, 0, 1)),
    ),
    "cells of another workbook": _external,
    "pivot cache": lambda: ("pivot-cache", 4, _pivot(True), CLEAN),
    "people in a pivot cache": lambda: ("unseen-people-table", 4, _pivot(True), CLEAN),
    "items of a pivot cache": lambda: ("pivot-items", 6, _pivot(False), CLEAN),
    "values behind a chart": lambda: ("chart-cache", 3, _chart(99), CLEAN),
    "orphaned string": lambda: ("orphan-string", 1, Book(strings=["removed"]).bytes(), CLEAN),
    "phonetic text": _phonetic,
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
    "macros": lambda: ("macro", 1, _stream("_VBA_PROJECT_CUR/VBA/dir"), CLEAN),
    "embedded workbook": _embedded,
    "packaged file": _packaged,
    "place of a photo": _located,
    "picture": lambda: ("picture", 1, _picture(b"\xff\xd8\xff\xd9"), CLEAN),
    "log of edits": _log,
    "users": _users,
    "custom view": lambda: ("custom-view", 1, Book(extra=rec(0x01A9, bytes(50))).bytes(), CLEAN),
    "query table": lambda: ("query-table", 1, _sheet(after=rec(0x01AD, bytes(20))), CLEAN),
    "query": lambda: ("data-connection", 1, _sheet(after=rec(0xDC, bytes(12))), CLEAN),
    "web publishing": lambda: ("web-query", 1, _sheet(after=rec(0x0801, bytes(30))), CLEAN),
    "printer": lambda: ("printer-settings", 1, _sheet(after=rec(0x4D, bytes(30))), CLEAN),
    "last user": lambda: (
        "person",
        1,
        Book(extra=rec(0x5C, text8("A. Writer").ljust(112))).bytes(),
        CLEAN,
    ),
    "window hidden": lambda: ("hidden-window", 1, Book(window=0x39).bytes(), CLEAN),
    "tabs hidden": lambda: ("hidden-window", 1, Book(window=0x18).bytes(), CLEAN),
    "custom XML": lambda: ("custom-xml", 1, _stream("MsoDataStore/A/Item", b"<a>text</a>"), CLEAN),
    "toolbars": lambda: ("custom-ui", 1, _stream("XCB"), CLEAN),
    "controls' stream": lambda: ("control", 1, _stream("Ctls"), CLEAN),
    "signature": lambda: ("signature", 1, _stream("_xmlsignatures/1"), CLEAN),
    "map of XML": lambda: ("xml-map", 1, _stream("XML"), CLEAN),
    "another copy": lambda: ("saved-version", 1, _second(True), _stream("\x01CompObj")),
    "background": lambda: ("picture", 1, _sheet(after=rec(0xE9, bytes(40))), CLEAN),
    "unknown stream": lambda: ("unknown-part", 1, _stream("Payload"), CLEAN),
    "unknown record": lambda: ("unknown-part", 1, _sheet(after=rec(0x0FFF, bytes(8))), CLEAN),
    "mostly out of sight": lambda: (
        "oversized",
        220_050,
        _stream("MBD00000001/CONTENTS", b"\xff\xd8\xff" + bytes(220_047)),
        CLEAN,
    ),
    "free sector": lambda: (
        "leftover-data",
        512,
        Book(free=b"r" * 512).bytes(),
        Book(free=bytes(512)).bytes(),
    ),
    "after the last sector": lambda: (
        "leftover-data",
        300,
        Book(after=b"r" * 300).bytes(),
        Book(after=bytes(300)).bytes(),
    ),
    "after the last sheet": lambda: (
        "leftover-data",
        100,
        Book(tail=b"r" * 100).bytes(),
        Book(tail=bytes(100)).bytes(),
    ),
}
