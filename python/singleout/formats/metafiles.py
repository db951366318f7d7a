"""What metafiles hold: pictures of dots, texts, lines ([MS-EMF], [MS-EMFPLUS], [MS-WMF])."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

# [MS-EMF] 2.1.1: texts, of which two are read; bitmaps, and where their header is told
_TEXTS = frozenset({83, 84, 96, 97, 108})
_READ = {83: "cp1252", 84: "utf-16-le"}
_BITMAPS = {76: 84, 77: 84, 78: 84, 79: 96, 80: 48, 81: 48, 114: 84, 116: 84}
_HEADER, _COMMENT, _END = 1, 70, 14
# [MS-EMFPLUS] 2.1.1.1: an object, a text, a text by glyphs; 2.1.1.2: an object that is a picture
_OBJECT, _DRAW_STRING, _DRAW_DRIVER_STRING, _IMAGE = 0x4008, 0x401C, 0x4036, 5
# Metafiles in metafiles
_DEEPEST = 4
# [MS-WMF] 2.1.1.1: texts; bitmaps, which end the record
_WMF_TEXT, _WMF_LONG_TEXT = 0x0521, 0x0A32
_WMF_BITMAPS = {0x0940: 22, 0x0B41: 26, 0x0F43: 28, 0x0D33: 24, 0x0922: 22, 0x0B23: 26}


@dataclass(slots=True)
class Inside:
    """What a metafile holds.

    Parameters
    ----------
    pixels : int
        Dots of its largest bitmap.
    drawn : int
        Bytes of all other drawing.
    texts : list of str
        Texts that are written as texts, one a record; empty where a record is not read.
    """

    pixels: int = 0
    drawn: int = 0
    texts: list[str] = field(default_factory=list)

    def add(self, other: Inside) -> None:
        """Add what a part of the file holds."""
        self.pixels = max(self.pixels, other.pixels)
        self.drawn += other.drawn
        self.texts += other.texts


def look_into(content: bytes, kind: str) -> Inside | None:
    """Walk a metafile's records; None if they do not lead to its end.

    Parameters
    ----------
    content : bytes
        The file.
    kind : str
        ``emf`` or ``wmf``.

    Examples
    --------
    >>> header = struct.pack("<II", 1, 88) + bytes(80)
    >>> text = struct.pack("<II36xII24x", 84, 80, 2, 76) + "PC".encode("utf-16-le")
    >>> look_into(header + text + struct.pack("<IIIII", 14, 20, 0, 0, 20), "emf")
    Inside(pixels=0, drawn=0, texts=['PC'])
    """
    try:
        return _emf(content, 0) if kind == "emf" else _wmf(content)
    except (struct.error, IndexError):
        return None


def _emf(content: bytes, depth: int) -> Inside | None:
    at, found = 0, Inside()
    while at + 8 <= len(content):
        number, size = struct.unpack_from("<II", content, at)
        if size < 8 or at + size > len(content):
            return None
        if number == _END:
            return found
        if number in _TEXTS:
            found.texts.append(_text(content[at : at + size], number))
        elif number in _BITMAPS:
            dots = _dots(content[at : at + size], _BITMAPS[number])
            found.pixels = max(found.pixels, dots)
        elif number == _COMMENT and content[at + 12 : at + 16] == b"EMF+":
            found.add(_plus(content[at + 16 : at + size], depth))
        elif number != _HEADER:
            found.drawn += size
        at += size
    return None


def _text(record: bytes, number: int) -> str:
    """2.3.5.7 and 2.3.5.8 with 2.2.5: how many letters, and where they stand in the record."""
    if number not in _READ:
        return ""
    count, offset = struct.unpack_from("<II", record, 44)
    width = 2 if number == 84 else 1
    return record[offset : offset + width * count].decode(_READ[number], "replace")


def _dots(record: bytes, told: int) -> int:
    """Dots of a bitmap whose header's offset stands at `told`; without one it is a plain area."""
    (offset, size) = struct.unpack_from("<II", record, told)
    if size < 16 or not offset:
        return 0
    width, height = struct.unpack_from("<ii", record, offset + 4)
    return int(abs(width * height))


def _plus(body: bytes, depth: int) -> Inside:
    """Records of EMF+ in a comment."""
    at, found = 0, Inside()
    while at + 12 <= len(body):
        number, flags, size, length = struct.unpack_from("<HHII", body, at)
        if size < 12:
            break
        if number == _DRAW_STRING:
            (count,) = struct.unpack_from("<I", body, at + 20)
            letters = body[at + 40 : at + 40 + 2 * count]
            found.texts.append(letters.decode("utf-16-le", "replace"))
        elif number == _DRAW_DRIVER_STRING:
            found.texts.append("")
        elif number == _OBJECT and flags >> 8 & 0x7F == _IMAGE and length >= 16:
            found.add(_image(body[at + 12 : at + 12 + length], depth))
        else:
            found.drawn += size
        at += size
    return found


def _image(body: bytes, depth: int) -> Inside:
    """2.2.1.4: a bitmap (1) or a metafile (2) of its own; one in a packed form counts by bytes."""
    kind, first, second = struct.unpack_from("<Iii", body, 4)
    if kind == 1 and first:
        return Inside(abs(first * second))
    inner = _emf(body[16:], depth + 1) if kind == 2 and depth < _DEEPEST else None
    return Inside(drawn=len(body)) if inner is None else inner


def _wmf(content: bytes) -> Inside | None:
    at = 22 if content.startswith(b"\xd7\xcd\xc6\x9a") else 0
    at, found = at + 18, Inside()
    while at + 6 <= len(content):
        size, number = struct.unpack_from("<IH", content, at)
        size *= 2
        if size < 6 or at + size > len(content):
            return None
        if number == 0:
            return found
        if number in (_WMF_TEXT, _WMF_LONG_TEXT):
            found.texts.append(_wmf_text(content[at : at + size], number))
        elif number in _WMF_BITMAPS and size > _WMF_BITMAPS[number] + 16:
            width, height = struct.unpack_from("<ii", content, at + _WMF_BITMAPS[number] + 4)
            found.pixels = max(found.pixels, abs(width * height))
        else:
            found.drawn += size
        at += size
    return None


def _wmf_text(record: bytes, number: int) -> str:
    """2.3.3.20 and 2.3.3.5: a length and letters; a place, a length, flags that tell of a box."""
    if number == _WMF_TEXT:
        begin, (count,) = 8, struct.unpack_from("<H", record, 6)
    else:
        count, flags = struct.unpack_from("<HH", record, 10)
        begin = 22 if flags & 0x0006 else 14
    return record[begin : begin + count].decode("cp1252", "replace")
