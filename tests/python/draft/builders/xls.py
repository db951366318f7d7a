"""Workbook streams written record by record ([MS-XLS], BIFF8), and BIFF2 to BIFF5 sheets."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

from builders.cfb import compound
from builders.xlsx import COUNTS, PEOPLE, Value

__all__ = ["COUNTS", "PEOPLE", "Book", "Sheet", "ascii8", "compound", "rec", "text8"]
# Formats: 15 of styles, then those of cells: 15 plain, 16 ';;;', 17 white, 18 tiny, 19 hidden
PLAIN, SEMICOLONS, WHITE, TINY, LOCKED, DATE = range(15, 21)


def rec(kind: int, body: bytes = b"") -> bytes:
    """A record, continued when longer than 8,224 bytes."""
    made = struct.pack("<HH", kind, len(body[:8224])) + body[:8224]
    for at in range(8224, len(body), 8224):
        made += rec(0x3C, body[at : at + 8224])
    return made


def text8(text: str) -> bytes:
    """An XLUnicodeString (2.5.294)."""
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def ascii8(text: str) -> bytes:
    """A ShortXLUnicodeString (2.5.240) of one byte a character."""
    return struct.pack("<BB", len(text), 0) + text.encode("latin-1")


def bof(kind: int) -> bytes:
    return rec(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


@dataclass
class Sheet:
    """A worksheet: values from A1 on, formats and settings by place, records at its end."""

    name: str
    values: Sequence[Sequence[Value]] = field(default_factory=lambda: COUNTS)
    state: int = 0
    kind: int = 0
    styles: dict[tuple[int, int], int] = field(default_factory=dict)
    rows: dict[int, tuple[int, int]] = field(default_factory=dict)
    extra: dict[tuple[int, int], Value] = field(default_factory=dict)
    before: bytes = b""
    after: bytes = b""

    def stream(self, strings: dict[str, int]) -> bytes:
        made = [bof({1: 0x40, 2: 0x20}.get(self.kind, 0x10)), self.before]
        placed = {(i, j): v for i, line in enumerate(self.values) for j, v in enumerate(line)}
        for row, (height, flags) in self.rows.items():
            settings = struct.pack("<HHHHHHHH", row, 0, 9, height, 0, 0, flags, 15)
            made.append(rec(0x0208, settings))
        for (i, j), value in sorted({**placed, **self.extra}.items()):
            head = struct.pack("<HHH", i, j, self.styles.get((i, j), PLAIN))
            if isinstance(value, str):
                index = strings.setdefault(value, len(strings))
                made.append(rec(0x00FD, head + struct.pack("<I", index)))
            elif value is not None:
                made.append(rec(0x0203, head + struct.pack("<d", value)))
        window = struct.pack("<HHHIHHI", 0x06B6, 0, 0, 64, 0, 0, 0)
        return b"".join([*made, rec(0x023E, window), self.after, rec(0x0A)])


@dataclass
class Book:
    """A workbook; `extra` are records of the globals, `streams` beside the workbook's."""

    sheets: list[Sheet] = field(default_factory=lambda: [Sheet("Counts")])
    extra: bytes = b""
    streams: dict[str, bytes] = field(default_factory=dict)
    strings: list[str] = field(default_factory=list)
    window: int = 0x38
    tail: bytes = b""
    free: bytes = b""
    after: bytes = b""

    def stream(self) -> bytes:
        used: dict[str, int] = {}
        sheets = [sheet.stream(used) for sheet in self.sheets]
        strings = [*used, *self.strings]
        names = [ascii8(sheet.name) for sheet in self.sheets]
        head = bof(5) + rec(0x42, struct.pack("<H", 1200))
        head += rec(0x3D, struct.pack("<9H", 0, 0, 100, 100, self.window, 0, 0, 1, 600))
        head += fonts() + rec(0x041E, struct.pack("<H", 170) + text8(";;;")) + formats()
        rest = self.extra + sst(strings) + rec(0x0A)
        at = len(head) + sum(4 + 6 + len(name) for name in names) + len(rest)
        bound = b""
        for sheet, name, stream in zip(self.sheets, names, sheets, strict=True):
            bound += rec(0x85, struct.pack("<IBB", at, sheet.state, sheet.kind) + name)
            at += len(stream)
        return head + bound + rest + b"".join(sheets) + self.tail

    def bytes(self) -> bytes:
        return compound({"Workbook": self.stream(), **self.streams}, self.free, self.after)


def fonts() -> bytes:
    """Fonts 0 to 3 plain, then 5 white, 6 tiny (index 4 is not used)."""
    made = b""
    for height, colour in ((220, 0x7FFF),) * 4 + ((220, 9), (20, 0x7FFF)):
        made += rec(
            0x31, struct.pack("<HHHHHBBBB", height, 0, colour, 400, 0, 0, 0, 0, 0) + ascii8("Arial")
        )
    return made


def formats() -> bytes:
    """Sixteen formats of styles and those of the cells."""
    made = b""
    for font, number, flags in (
        *((0, 0, 0xFFF5),) * 15,
        (0, 0, 1),
        (0, 170, 1),
        (5, 0, 1),
        (6, 0, 1),
        (0, 0, 3),
        (0, 14, 1),
    ):
        made += rec(0xE0, struct.pack("<HHHBBBBIIH", font, number, flags, 0, 0, 0, 0, 0, 0, 0x20C0))
    return made


def sst(strings: Sequence[str]) -> bytes:
    """The shared strings; one that is cut goes on after a flags byte, here in the same width."""
    pieces = [struct.pack("<II", len(strings), len(strings))]
    for text in strings:
        if len(pieces[-1]) > 8200:
            pieces.append(b"")
        narrow = all(ord(c) < 256 for c in text)
        raw = text.encode("latin-1" if narrow else "utf-16-le")
        pieces[-1] += struct.pack("<HB", len(text), not narrow)
        while raw:
            room = (8224 - len(pieces[-1])) // 2 * 2
            pieces[-1] += raw[:room]
            raw = raw[room:]
            if raw:
                pieces.append(bytes([not narrow]))
    return b"".join(rec(0x3C if i else 0xFC, piece) for i, piece in enumerate(pieces))


def bare(version: int, cells: Sequence[Sequence[Value]], name: str = "Sheet1") -> bytes:
    """A file that is one worksheet stream: BIFF2, 3 or 4."""
    kind = {2: 0x09, 3: 0x0209, 4: 0x0409}[version]
    made = rec(kind, struct.pack("<HHH", version, 0x10, 0))
    for i, line in enumerate(cells):
        for j, value in enumerate(line):
            if version == 2:
                head = struct.pack("<HH3B", i, j, 0, 0, 0)
                number, label = 0x03, 0x04
                text = struct.pack("<B", len(str(value)))
            else:
                head = struct.pack("<HHH", i, j, 0)
                number, label = 0x0203, 0x0204
                text = struct.pack("<H", len(str(value)))
            if isinstance(value, str):
                made += rec(label, head + text + value.encode("cp1252"))
            elif value is not None:
                made += rec(number, head + struct.pack("<d", value))
    return made + rec(0x0A)


def biff5(
    sheets: Sequence[tuple[str, int, Sequence[Sequence[Value]]]], extra: bytes = b""
) -> bytes:
    """A BIFF5 workbook stream of (name, state, cells)."""

    def begin(kind: int) -> bytes:
        return rec(0x0809, struct.pack("<HHHH", 0x0500, kind, 0, 0))

    bodies = []
    for _, _, cells in sheets:
        made = begin(0x10)
        for i, line in enumerate(cells):
            for j, value in enumerate(line):
                head = struct.pack("<HHH", i, j, 0)
                if isinstance(value, str):
                    raw = value.encode("cp1252")
                    made += rec(0x0204, head + struct.pack("<H", len(raw)) + raw)
                elif value is not None:
                    made += rec(0x0203, head + struct.pack("<d", value))
        bodies.append(made + rec(0x0A))
    head = begin(5) + rec(0x42, struct.pack("<H", 1252)) + extra
    at = len(head) + sum(4 + 7 + len(name) for name, _, _ in sheets) + 4
    bound = b""
    for (name, state, _), body in zip(sheets, bodies, strict=True):
        raw = name.encode("cp1252")
        bound += rec(0x85, struct.pack("<IBBB", at, state, 0, len(raw)) + raw)
        at += len(body)
    return head + bound + rec(0x0A) + b"".join(bodies)
