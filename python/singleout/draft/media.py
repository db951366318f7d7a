"""Pictures: camera data, the place a photo was taken, bytes after a picture's end."""

from __future__ import annotations

import struct

from lxml import etree

from singleout.draft.collector import Collector
from singleout.draft.model import Place
from singleout.draft.sniff import sniff
from singleout.draft.words import counted
from singleout.draft.xml import parse

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
_PNG_TEXT = (b"tEXt", b"iTXt", b"zTXt")


def look_at_picture(content: bytes, place: Place, collector: Collector) -> None:
    """Report the metadata of a JPEG, PNG or TIFF, and search the texts of an SVG.

    Parameters
    ----------
    content : bytes
        The picture.
    place : Place
        Its part.
    collector : Collector
        Where to report.
    """
    if sniff(content) == "svg":
        root = parse(content, collector.budget)
        told = [str(text) for text in root.itertext(tag=etree.Element)]
        collector.unseen_text(place, told, what="texts of a picture", sort="object")
        return
    tiff, texts, end = b"", 0, len(content)
    if content.startswith(b"\xff\xd8"):
        tiff, texts, end = _jpeg(content)
    elif content.startswith(b"\x89PNG\r\n\x1a\n"):
        tiff, texts, end = _png(content)
    elif content[:4] in (b"II*\x00", b"MM\x00*"):
        tiff = content
    tags = _exif(tiff) if tiff else set()
    told = sorted(_TELLING[tag] for tag in tags if tag in _TELLING)
    if told or texts:
        words = told + ([counted(texts, "text blocks")] if texts else [])
        collector.add("picture-metadata", place, count=len(words), detail=", ".join(words))
    if "place" in tags:
        collector.add("picture-location", place)
    if len(content) - end > MOST_PADDING and content[end:].strip(b"\x00"):
        collector.add(
            "unknown-part", place, count=len(content) - end, detail="bytes after the picture's end"
        )


def _jpeg(content: bytes) -> tuple[bytes, int, int]:
    """The EXIF block, the number of text blocks (XMP, IPTC, comments), the picture's end."""
    at, tiff, texts = 2, b"", 0
    while at + 4 <= len(content) and content[at] == 0xFF:
        mark = content[at + 1]
        if mark == 0xDA or mark == 0xD9:
            break
        (size,) = struct.unpack_from(">H", content, at + 2)
        body = content[at + 4 : at + 2 + size]
        if mark == 0xE1 and body.startswith(b"Exif\x00\x00"):
            tiff = body[6:]
        elif (
            (mark == 0xE1 and b"ns.adobe.com" in body[:40])
            or mark == 0xFE
            or (mark == 0xED and b"8BIM\x04\x04" in body)
        ):
            texts += 1
        at += 2 + max(size, 2)
    end = content.rfind(b"\xff\xd9")
    return tiff, texts, len(content) if end < 0 else end + 2


def _png(content: bytes) -> tuple[bytes, int, int]:
    at, tiff, texts = 8, b"", 0
    while at + 8 <= len(content):
        size, kind = struct.unpack_from(">I4s", content, at)
        if kind == b"eXIf":
            tiff = content[at + 8 : at + 8 + size]
        elif kind in _PNG_TEXT and not content[at + 8 : at + 17].startswith(
            (b"Software", b"date:")
        ):
            texts += 1
        at += 12 + size
        if kind == b"IEND":
            return tiff, texts, at
    return tiff, texts, len(content)


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
