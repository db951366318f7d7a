"""How many dots a picture has, by its header; of drawings of lines, what is in them.

Sources: W3C PNG 11.2.2, ITU-T T.81 B.2.2, GIF89a, TIFF 6.0, [MS-WMF] 2.2.2.9 and 2.2.2.3, RFC 9649.
"""

from __future__ import annotations

import re
import struct
from typing import NamedTuple

from singleout.formats.metafiles import look_into

_PICT_VERSION = b"\x00\x11\x02\xff"
_SVG_TEXT = re.compile(rb"<(?:\w+:)?(?:text|textPath)[\s>]")
_WITHIN = re.compile(rb"<(?:\w+:)?(?:image|foreignObject)[\s>]|data:|@import")
# JPEG's markers that begin a frame: C0 to CF but for tables (C4), reserved (C8), arithmetic (CC)
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


class PictureSize(NamedTuple):
    """How large a picture is.

    Parameters
    ----------
    pixels : int
        Dots; of a drawing of lines those of the largest picture in it, 0 if there is none.
    longest : int
        Dots of the longer side; 0 for a drawing of lines.
    drawn : int
        Bytes that draw lines and areas, which have no dots.
    texts : int
        Texts that are written as texts in a drawing.
    """

    pixels: int
    longest: int = 0
    drawn: int = 0
    texts: int = 0


def size_of(content: bytes, kind: str) -> PictureSize | None:
    """Return how large a picture is; None if its header does not say.

    Parameters
    ----------
    content : bytes
        The picture.
    kind : str
        Its format as `singleout.draft.sniff.sniff` gives it.

    Examples
    --------
    >>> size_of(b"GIF89a" + bytes([20, 0, 10, 0]), "gif")
    PictureSize(pixels=200, longest=20, drawn=0, texts=0)
    """
    if kind in ("emf", "wmf"):
        inside = look_into(content, kind)
        return (
            None
            if inside is None
            else PictureSize(inside.pixels, 0, inside.drawn, len(inside.texts))
        )
    if kind == "svg":
        # A picture within it, or markup of another kind, has a size that the lines do not tell
        if _WITHIN.search(content):
            return None
        return PictureSize(0, 0, len(content), len(_SVG_TEXT.findall(content)))
    reader = {
        "png": _png,
        "jpeg": _jpeg,
        "gif": _gif,
        "bmp": _bitmap,
        "tiff": _tiff,
        "webp": _webp,
        "pict": _pict,
    }.get(kind)
    try:
        sides = None if reader is None else reader(content)
    except (struct.error, IndexError):
        return None
    if sides is None or min(sides) <= 0:
        return None
    return PictureSize(sides[0] * sides[1], max(sides))


def _png(content: bytes) -> tuple[int, int] | None:
    if content[12:16] != b"IHDR":
        return None
    width, height = struct.unpack_from(">II", content, 16)
    return width, height


def _jpeg(content: bytes) -> tuple[int, int] | None:
    at = 2
    while content[at] == 0xFF:
        mark = content[at + 1]
        if mark == 0xFF:
            at += 1
            continue
        if mark in _FRAMES:
            height, width = struct.unpack_from(">HH", content, at + 5)
            return width, height
        if mark == 0xDA:
            return None
        at += 2 + int(struct.unpack_from(">H", content, at + 2)[0])
    return None


def _gif(content: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from("<HH", content, 6)
    return width, height


def _bitmap(content: bytes) -> tuple[int, int]:
    at = 14 if content.startswith(b"BM") else 0
    if struct.unpack_from("<I", content, at)[0] == 12:
        width, height = struct.unpack_from("<HH", content, at + 4)
        return width, height
    width, height = struct.unpack_from("<ii", content, at + 4)
    return width, abs(height)


def _tiff(content: bytes) -> tuple[int, int] | None:
    """The largest picture of the file: it may have several, one a page."""
    order = "<" if content[:2] == b"II" else ">"
    (at,) = struct.unpack_from(order + "I", content, 4)
    best: tuple[int, int] | None = None
    for _ in range(64):
        if not at:
            break
        (count,) = struct.unpack_from(order + "H", content, at)
        sides = {256: 0, 257: 0}
        for i in range(min(count, 500)):
            tag, kind = struct.unpack_from(order + "HH", content, at + 2 + 12 * i)
            if tag in sides:
                form = "H" if kind == 3 else "I"
                (sides[tag],) = struct.unpack_from(order + form, content, at + 10 + 12 * i)
        here = sides[256], sides[257]
        if best is None or here[0] * here[1] > best[0] * best[1]:
            best = here
        (at,) = struct.unpack_from(order + "I", content, at + 2 + 12 * count)
    return best


def _pict(content: bytes) -> tuple[int, int]:
    """Inside Macintosh, imaging with QuickDraw, appendix A: a length, then the frame; a file has
    512 bytes before."""
    at = 0 if content[10:14] == _PICT_VERSION else 512
    top, left, bottom, right = struct.unpack_from(">4h", content, at + 2)
    return right - left, bottom - top


def _webp(content: bytes) -> tuple[int, int] | None:
    kind = content[12:16]
    if kind == b"VP8X":
        sides = content[24:30]
        return int.from_bytes(sides[:3], "little") + 1, int.from_bytes(sides[3:], "little") + 1
    if kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", content, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", content, 26)
        return width & 0x3FFF, height & 0x3FFF
    return None
