"""Pictures: camera data, the place a photo was taken, bytes after a picture's end."""

from __future__ import annotations

import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from singleout.draft.collector import Collector
from singleout.draft.model import Place
from singleout.draft.sniff import sniff
from singleout.draft.words import counted
from singleout.draft.xml import parse
from singleout.formats.metafiles import look_into
from singleout.formats.picture_texts import iptc, jpeg_comment, png_text, xmp
from singleout.inspection.byproducts.small_pictures import (
    MOST_PIXELS,
    Shown,
    is_preview,
    is_small,
)

# EXIF tags that tell of people or devices ([CIPA DC-008]); 0x8825 leads to the place.
_TELLING = {
    0x010E: "description",
    0x010F: "maker",
    0x0110: "model",
    0x0132: "time",
    0x013B: "artist",
    0x8298: "copyright",
    0x9003: "time taken",
    0x9286: "comment",
    0xA420: "picture id",
    0xA430: "owner",
    0xA431: "serial number",
    0x9C9B: "title",
    0x9C9C: "comment",
    0x9C9D: "author",
    0x9C9E: "keywords",
    0x9C9F: "subject",
}
# Writers pad pictures to whole words
MOST_PADDING = 8
_WORD = re.compile(r"[^\W_]+")
_PNG_TEXT = (b"tEXt", b"iTXt", b"zTXt")


def report_picture(
    content: bytes,
    place: Place,
    collector: Collector,
    shown: Sequence[Shown | None] = (),
    detail: str = "",
) -> None:
    """Report a picture, and what it keeps beside its dots.

    Parameters
    ----------
    content : bytes
        The picture.
    place : Place
        Its part.
    collector : Collector
        Where to report.
    shown : sequence of (float, float) or None
        Width and height of each place where it is shown, in EMU. A small picture is a note: a logo
        on a cover; any other may be a screenshot of a list, or the photo of a person.
    detail : str
        What else is to be said.
    """
    small = is_small(content, shown)
    words = [detail] * bool(detail) + ["small"] * small
    collector.add("picture", place, severity="note" if small else None, detail=", ".join(words))
    look_at_picture(content, place, collector)


def report_thumbnail(content: bytes, place: Place, collector: Collector) -> None:
    """Report a picture of the first page; as small as programs make it, it is a note.

    Parameters
    ----------
    content : bytes
        The picture.
    place : Place
        Its part.
    collector : Collector
        Where to report.
    """
    small = is_preview(content) or _shows_what_is_shown(content, collector)
    collector.add("thumbnail", place, severity="note" if small else None)
    look_at_picture(content, place, collector)


def _shows_what_is_shown(content: bytes, collector: Collector) -> bool:
    """Whether each word of a drawn first page is one that the document shows, as it is where Word
    keeps the page of the last save; without other pictures in it."""
    kind = sniff(content)
    inside = look_into(content, kind) if kind in ("emf", "wmf") else None
    if inside is None or not all(inside.texts) or inside.pixels > MOST_PIXELS:
        return False
    words = set(_WORD.findall(" ".join(inside.texts).casefold()))
    for passage in collector.results.passages:
        if passage.seen and words:
            words.difference_update(_WORD.findall(passage.text.casefold()))
    return bool(inside.texts) and not words


def look_at_picture(content: bytes, place: Place, collector: Collector) -> None:
    """Report the metadata of a JPEG, PNG or TIFF, and search the texts of a drawing.

    Parameters
    ----------
    content : bytes
        The picture.
    place : Place
        Its part.
    collector : Collector
        Where to report.
    """
    kind = sniff(content)
    if kind == "svg":
        root = parse(content, collector.budget)
        told = [str(text) for text in root.itertext(tag=etree.Element)]
        collector.unseen_text(place, told, what="texts of a picture", sort="object")
        return
    if kind in ("emf", "wmf"):
        inside = look_into(content, kind)
        told = [] if inside is None else inside.texts
        collector.text(place, told, sort="object", what="texts of a picture")
        return
    kept = _Kept(end=len(content))
    if content.startswith(b"\xff\xd8"):
        _jpeg(content, kept)
    elif content.startswith(b"\x89PNG\r\n\x1a\n"):
        _png(content, kept)
    elif content[:4] in (b"II*\x00", b"MM\x00*"):
        kept.tiff = content
    tags = _exif(kept.tiff) if kept.tiff else set()
    told = sorted(_TELLING[tag] for tag in tags if tag in _TELLING)
    if told or kept.blocks:
        words = told + ([counted(kept.blocks, "text blocks")] if kept.blocks else [])
        # A moment alone is what a picture editor writes
        dull = told in ([], ["time"]) and not kept.telling
        collector.add(
            "picture-metadata",
            place,
            count=len(words),
            detail=", ".join(words),
            severity="note" if dull else None,
        )
    if kept.located or "place" in tags:
        collector.add("picture-location", place)
    left = len(content) - kept.end
    if left > MOST_PADDING and content[kept.end :].strip(b"\x00"):
        detail = "bytes after the picture's end"
        collector.add("unknown-part", place, count=left, detail=detail)


@dataclass(slots=True)
class _Kept:
    """What a picture keeps: its EXIF block, its end, its blocks of text, how many fields of them
    say more than which program wrote it, whether a place is among them."""

    end: int
    tiff: bytes = b""
    blocks: int = 0
    telling: int = 0
    located: bool = False

    def text(self, telling: int, located: bool = False) -> None:
        self.blocks += 1
        self.telling += telling
        self.located = self.located or located


def _jpeg(content: bytes, kept: _Kept) -> None:
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        mark = content[at + 1]
        if mark == 0xDA or mark == 0xD9:
            break
        (size,) = struct.unpack_from(">H", content, at + 2)
        body = content[at + 4 : at + 2 + size]
        if mark == 0xE1 and body.startswith(b"Exif\x00\x00"):
            kept.tiff = body[6:]
        elif mark == 0xE1 and b"ns.adobe.com" in body[:40]:
            kept.text(*xmp(body))
        elif mark == 0xFE:
            kept.text(jpeg_comment(body))
        elif mark == 0xED and b"8BIM\x04\x04" in body:
            kept.text(iptc(body))
        at += 2 + max(size, 2)
    end = content.rfind(b"\xff\xd9")
    kept.end = len(content) if end < 0 else end + 2


def _png(content: bytes, kept: _Kept) -> None:
    at = 8
    while at + 8 <= len(content):
        size, kind = struct.unpack_from(">I4s", content, at)
        body = content[at + 8 : at + 8 + size]
        if kind == b"eXIf":
            kept.tiff = body
        elif kind in _PNG_TEXT and not body.startswith((b"Software", b"date:")):
            kept.text(*png_text(kind, body))
        at += 12 + size
        if kind == b"IEND":
            kept.end = at
            return


def _exif(tiff: bytes) -> set[int | str]:
    """Tags with a value in a TIFF structure; ``"place"`` when there is a latitude."""
    found: set[int | str] = set()
    order = "<" if tiff[:2] == b"II" else ">"
    waiting = [(struct.unpack_from(order + "I", tiff, 4)[0], False)] if len(tiff) >= 8 else []
    seen: set[int] = set()
    while waiting and len(seen) < 32:
        at, gps = waiting.pop()
        if at in seen or at + 2 > len(tiff):
            continue
        seen.add(at)
        (entries,) = struct.unpack_from(order + "H", tiff, at)
        for i in range(min(entries, 500)):
            if at + 14 + 12 * i > len(tiff):
                break
            tag, _, count, value = struct.unpack_from(order + "HHII", tiff, at + 2 + 12 * i)
            if gps:
                if tag in (2, 4) and count:
                    found.add("place")
            elif tag in (0x8769, 0x8825):
                waiting.append((value, tag == 0x8825))
            elif count:
                found.add(tag)
    return found
