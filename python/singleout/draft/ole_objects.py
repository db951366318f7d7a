"""What an embedded object holds: a packaged file (OLENativeStream), a document, a picture."""

from __future__ import annotations

import struct

from singleout.draft.biff_strings import loose_texts
from singleout.draft.collector import Collector
from singleout.draft.limits import Budget
from singleout.draft.model import Place, is_path
from singleout.draft.sniff import sniff
from singleout.formats.registry import PICTURES, opens_in_turn


def open_content(
    shown: str, stream: str, content: bytes, collector: Collector, budget: Budget, depth: int
) -> None:
    """Open a stream's content as a file, or search it.

    Parameters
    ----------
    shown : str
        The stream's name, without control characters.
    stream : str
        Its name in small letters where it is one of an embedded object's; else empty.
    content : bytes
        Its content.
    collector : Collector
        Where to report.
    budget : Budget
        Charged for what is read.
    depth : int
        How deep in other files the stream is.
    """
    place = Place(part=shown)
    if stream == "\x01ole10native":
        name, paths, inner = unpack(content)
        if any(is_path(path) for path in paths):
            collector.add("path", place)
        collector.unseen_text(place, [name, *paths], what="name of an embedded file")
        if inner:
            collector.open(f"{shown}/{name}" if name else shown, inner, depth)
        return
    kind = sniff(content) if content else "empty"
    if kind in PICTURES:
        from singleout.draft.media import look_at_picture

        collector.add("picture", place)
        look_at_picture(content, place, collector)
    elif opens_in_turn(kind):
        collector.open(shown, content, depth)
    elif content:
        collector.unseen_text(place, loose_texts([content]), what="stream")
        if stream:
            collector.unread(place, "an embedded object of a format that is not known")


def unpack(content: bytes) -> tuple[str, list[str], bytes]:
    """Take a packaged file apart: its name, its paths on the computer it comes from, its bytes.

    Examples
    --------
    >>> head = b"\\x02\\x00a.csv\\x00C:\\\\a.csv\\x00\\x00\\x00\\x03\\x00"
    >>> body = head + b"\\x04\\x00\\x00\\x00C:/\\x00" + b"\\x03\\x00\\x00\\x00x,y"
    >>> unpack(len(body).to_bytes(4, "little") + body)
    ('a.csv', ['C:\\\\a.csv', 'C:/'], b'x,y')
    """
    body = content[4:]
    if body[:2] != b"\x02\x00":
        return "", [], body
    try:
        name, at = _until_zero(body, 2)
        path, at = _until_zero(body, at)
        at += 4
        (length,) = struct.unpack_from("<I", body, at)
        temporary = body[at + 4 : at + 4 + length].split(b"\x00")[0].decode("latin-1")
        at += 4 + length
        (size,) = struct.unpack_from("<I", body, at)
    except (struct.error, ValueError):
        return "", [], body
    return name, [path, temporary], body[at + 4 : at + 4 + size]


def _until_zero(data: bytes, at: int) -> tuple[str, int]:
    end = data.index(b"\x00", at)
    return data[at:end].decode("latin-1"), end + 1
