"""Drawings in workbook streams ([MS-ODRAW]): pictures, shapes, where they lie."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from singleout.draft.limits import Budget, LimitError

BSE, CLIENT_ANCHOR, CLIENT_DATA, CLIENT_TEXT, OPTIONS = 0xF007, 0xF010, 0xF011, 0xF00D, 0xF00B
SHAPE, SHAPE_CONTAINER = 0xF00A, 0xF004
# Texts of a shape: its name, its description; a picture's file, where a click leads, the tip shown
# then; and the text of WordArt
NAME, DESCRIPTION, TOLD, WORD_ART = 0x0380, 0x0381, (0x0105, 0x0382, 0x038D), 0x00C0
# OfficeArtBlip: kinds of picture: metafiles (packed), and pictures that are kept as they are
_METAFILES, _BITMAPS = {0xF01A, 0xF01B, 0xF01C}, {0xF01D, 0xF01E, 0xF01F, 0xF029, 0xF02A}
_BLIPS = _METAFILES | _BITMAPS
_MOST_DEPTH = 16
_HEAD = struct.Struct("<HHI").unpack_from


@dataclass(slots=True)
class Shape:
    """A shape: its number and options, its anchor, whether an OBJ and a TXO record go with it."""

    identifier: int = 0
    kind: int = 0
    numbers: dict[int, int] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)
    anchor: tuple[int, ...] | None = None
    data: bool = False
    text: bool = False

    @property
    def hidden(self) -> bool:
        """Group shape properties: fHidden, where fUsefHidden says that it counts."""
        flags = self.numbers.get(0x03BF, 0)
        return bool(flags & 0x2 and flags & 0x20000)

    @property
    def picture(self) -> int:
        """pib: the number of the picture in the workbook's store, from 1; 0 for none."""
        return self.numbers.get(0x0104, 0)

    @property
    def filled(self) -> bool:
        """Fill style properties: fFilled; filled is the default."""
        flags = self.numbers.get(0x01BF, 0x10)
        return bool(flags & 0x10) or not flags & 0x100000

    @property
    def cropped(self) -> bool:
        """cropFromTop, Bottom, Left, Right: a part of the picture is cut away."""
        return any(0 < self.numbers.get(key, 0) < 0x80000000 for key in range(0x100, 0x104))


def walk(data: bytes, budget: Budget) -> Iterator[tuple[int, int, bytes]]:
    """Iterate over the records that hold no records: number, instance, content.

    A container's own record is given before those in it, without content. Raises ValueError where
    a record ends after its container.
    """
    stack = [len(data)]
    at, n = 0, 0
    while at + 8 <= len(data):
        while stack and at >= stack[-1]:
            stack.pop()
        if not stack:
            return
        head, kind, size = _HEAD(data, at)
        at += 8
        if at + size > stack[-1]:
            raise ValueError("a drawing record ends after its container")
        n += 1
        if n % 10_000 == 0:
            budget.check_time()
        if head & 15 == 15 and kind != CLIENT_TEXT:
            if len(stack) > _MOST_DEPTH:
                raise LimitError("drawings are nested too deeply", whole=False)
            stack.append(at + size)
            yield kind, head >> 4, b""
        else:
            yield kind, head >> 4, data[at : at + size]
            at += size


def shapes(data: bytes, budget: Budget) -> Iterator[Shape]:
    """Iterate over the shapes of a sheet's drawing, in the order of their records."""
    shape: Shape | None = None
    for kind, instance, body in walk(data, budget):
        if kind == SHAPE_CONTAINER:
            if shape is not None:
                yield shape
            shape = Shape()
        elif shape is None:
            continue
        elif kind == SHAPE and len(body) >= 4:
            shape.kind, shape.identifier = instance, struct.unpack_from("<I", body)[0]
        elif kind in (OPTIONS, 0xF121, 0xF122):
            _options(body, instance, shape)
        elif kind == CLIENT_ANCHOR and len(body) >= 18:
            shape.anchor = struct.unpack_from("<9H", body)[1:]
        elif kind == CLIENT_DATA:
            shape.data = True
        elif kind == CLIENT_TEXT:
            shape.text = True
    if shape is not None:
        yield shape


def _options(body: bytes, count: int, shape: Shape) -> None:
    """OfficeArtFOPT: properties, then the content of those that are longer than four bytes."""
    at = 6 * count
    for i in range(count):
        if 6 * i + 6 > len(body):
            return
        key, value = struct.unpack_from("<HI", body, 6 * i)
        number = key & 0x3FFF
        shape.numbers[number] = value
        if key & 0x8000:
            raw = body[at : at + value]
            at += value
            if number in (NAME, DESCRIPTION, *TOLD, WORD_ART):
                shape.texts[number] = raw.decode("utf-16-le", "replace").rstrip("\x00")


@dataclass(slots=True)
class Picture:
    """A picture of the workbook's store: its bytes, the shapes that use it, its file's name, its
    number in the store from 1 (0 for one outside)."""

    content: bytes
    uses: int = 1
    name: str = ""
    number: int = 0


def pictures(data: bytes, budget: Budget) -> Iterator[Picture]:
    """Iterate over the pictures kept in a drawing group or a picture record (OfficeArtFBSE).

    Raises
    ------
    LimitError
        If a packed picture grows too large.
    """
    number = 0
    for kind, instance, body in walk(data, budget):
        number += kind == BSE
        if kind in _BLIPS:
            yield Picture(_blip(kind, instance, body, budget))
        elif kind == BSE and len(body) >= 36:
            uses, length = struct.unpack_from("<I", body, 24)[0], body[33]
            name = body[36 : 36 + length].decode("utf-16-le", "replace").rstrip("\x00")
            at = 36 + length
            if at + 8 <= len(body):
                head, inner, size = _HEAD(body, at)
                content = body[at + 8 : at + 8 + size]
                if inner in _BLIPS:
                    yield Picture(_blip(inner, head >> 4, content, budget), uses, name, number)


def _blip(kind: int, instance: int, body: bytes, budget: Budget) -> bytes:
    """2.2.24 and those after: an odd instance tells of a second identifier before the picture."""
    at = 32 if instance & 1 else 16
    if kind in _BITMAPS:
        return body[at + 1 :]
    size, packed = body[at : at + 4], body[at + 32 : at + 33]
    content = body[at + 34 :]
    if packed != b"\x00":
        return content
    budget.charge_bytes(int.from_bytes(size, "little"), len(content))
    return zlib.decompressobj().decompress(content, int.from_bytes(size, "little") + 1)
