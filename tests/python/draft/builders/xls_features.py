"""One old workbook a feature of its sheets, beside its clean twin: (code, count, bytes, twin)."""

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
    bof,
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
    """A range of the first sheet as a token (PtgArea3d)."""
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


def _chart(value: float) -> bytes:
    source = area(1, 3, 1, 1)
    brai = rec(0x1051, struct.pack("<BBHHH", 1, 2, 0, 0, len(source)) + source)
    points = rec(0x1065, b"\x01\x00")
    for i, number in enumerate((120, 45, value)):
        points += rec(0x0203, struct.pack("<HHHd", i, 0, 0, number))
    inside = bof(0x20) + rec(0x1002, bytes(16)) + brai + points + rec(0x0A)
    return Book([Sheet("Counts", after=inside)], SELF).bytes()


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


def _frozen(top: int) -> bytes:
    """Frozen panes, the rows above `top` scrolled away."""
    window = struct.pack("<HHHIHHI", 0x06BE, top, 0, 64, 0, 0, 0)
    pane = rec(0x41, struct.pack("<5H", 0, 1, top + 1, 0, 2))
    return _sheet(before=rec(0x023E, window) + pane)


def _formula(text: bytes) -> bytes:
    tokens = b"\x17" + bytes([len(text), 0]) + text
    body = struct.pack("<HHHdHIH", 9, 0, 15, 1.0, 0, 0, len(tokens)) + tokens
    return _sheet(after=rec(0x06, body))


CASES: dict[str, Callable[[], Case]] = {
    "hidden sheet": lambda: ("hidden-sheet", 1, _two(1), CLEAN),
    "very hidden sheet": lambda: ("very-hidden-sheet", 1, _two(2), CLEAN),
    "people on a hidden sheet": lambda: ("unseen-people-table", 4, _two(1), CLEAN),
    "macro sheet": lambda: ("macro", 1, _two(1, [["=ALERT"]], 1), CLEAN),
    "sheet that nothing names": _unnamed,
    "above frozen panes": lambda: ("far-cells", 4, _frozen(2), _frozen(0)),
    "address in a formula": lambda: (
        "unseen-identifier",
        1,
        _formula(b"jane.adeyemi@example.org"),
        _formula(b"x"),
    ),
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
    "picture in a header": lambda: ("picture", 1, _sheet(after=rec(0x0866, bytes(60))), CLEAN),
    "user who reserved it": lambda: (
        "person",
        1,
        Book(extra=rec(0x5B, bytes(4) + text8("A. Writer"))).bytes(),
        CLEAN,
    ),
    "orphaned string": lambda: ("orphan-string", 1, Book(strings=["removed"]).bytes(), CLEAN),
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
    "background": lambda: ("picture", 1, _sheet(after=rec(0xE9, bytes(40))), CLEAN),
    "unknown record": lambda: ("unknown-part", 1, _sheet(after=rec(0x0FFF, bytes(8))), CLEAN),
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
