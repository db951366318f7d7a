"""What a ZIP hides beside its members: gaps, overlaps, comments, unsafe names, odd fields."""

from __future__ import annotations

import re
import struct
from collections import Counter
from collections.abc import Iterator

from singleout.draft.codes import Severity
from singleout.draft.collector import Collector
from singleout.draft.model import Place
from singleout.draft.zipdirectory import LOCAL, Directory, Member, extras

_DESCRIPTOR = b"PK\x07\x08"
_COMMENT, _NAME = 0x6375, 0x7075
# Unix file types in the upper half of the attributes (4.4.15, host 3)
_LINK = 0xA000
# Extra fields that say nothing about content, with the reason they are harmless.
_EXTRA = {
    0x0001: "ZIP64 sizes",
    0x000A: "NTFS times",
    0x000D: "Unix times and ids",
    0x5455: "times",
    0x5855: "Unix times and ids",
    0x7855: "Unix ids",
    0x7875: "Unix ids",
    0x756E: "ASi Unix mode",
    0x7075: "the name in UTF-8",
    0x6375: "the comment in UTF-8",
    0xA028: "Open Packaging growth hint (padding)",
    0xA220: "Open Packaging growth hint (padding)",
    0xCAFE: "marks a Java archive",
}
_PADDING = (0xA028, 0xA220)


def check(data: bytes, directory: Directory, collector: Collector) -> list[tuple[int, int]]:
    """Report what no member owns, what two own, and what names and fields say beside content.

    Parameters
    ----------
    data : bytes
        The file.
    directory : Directory
        Its directory.
    collector : Collector
        Where to report.

    Returns
    -------
    list of (int, int)
        First and last offsets (exclusive) of the bytes that no member owns.
    """
    members = directory.members
    twice = Counter(member.name for member in members)
    for name, times in twice.items():
        if times > 1:
            collector.add(
                "unknown-part",
                Place(part=name),
                count=times - 1,
                detail="another member has the same name, and programs differ in which they read",
            )
    if directory.told != len(members):
        collector.add(
            "unknown-part",
            count=abs(len(members) - directory.told),
            detail="the directory holds more members than it says",
        )
    gaps = _outside(data, directory, collector)
    for member in members:
        _name(member, collector)
    _comments(directory, collector)
    return gaps


def _outside(data: bytes, directory: Directory, collector: Collector) -> list[tuple[int, int]]:
    spans = sorted(_spans(data, directory.members, collector))
    gaps = []
    reached = 0
    for first, stop, name in spans:
        if first < reached:
            collector.unread(Place(part=name), "it overlaps another member")
        if first > reached:
            gaps.append((reached, first))
        reached = max(reached, stop)
    if reached > directory.start and spans:
        collector.unread(None, "a member overlaps the directory")
    if directory.start > reached:
        gaps.append((reached, directory.start))
    if gaps:
        count = sum(stop - first for first, stop in gaps)
        collector.add("unknown-part", count=count, detail="bytes outside the archive's members")
    tail = len(data) - directory.end - len(directory.comment)
    if tail > 0:
        blank = not data[len(data) - tail :].strip(b"\x00 \t\r\n")
        detail = "blanks after the archive's end" if blank else "bytes after the archive's end"
        severity: Severity | None = "note" if blank else None
        collector.add("unknown-part", count=tail, detail=detail, severity=severity)
        gaps.append((len(data) - tail, len(data)))
    return gaps


def _spans(
    data: bytes, members: list[Member], collector: Collector
) -> Iterator[tuple[int, int, str]]:
    """First and last offset (exclusive) of each member with its header and descriptor."""
    for member in members:
        at = member.header
        if at < 0 or data[at : at + 4] != LOCAL or at + 30 > len(data):
            continue  # reading it says so
        n, m = struct.unpack_from("<HH", data, at + 26)
        stop = at + 30 + n + m + member.packed
        if member.flags & 8:
            stop += _descriptor(data, stop)
        if data[at + 30 : at + 30 + n] != _name_bytes(member):
            collector.add(
                "unknown-part",
                Place(part=member.name),
                detail="the member's own header gives another name",
            )
        _check_extra(member, data[at + 30 + n : at + 30 + n + m], collector)
        yield at, stop, member.name


def _name_bytes(member: Member) -> bytes:
    try:
        return member.raw_name.encode("utf-8" if member.flags & 0x800 else "cp437")
    except UnicodeEncodeError:
        return member.raw_name.encode("utf-8")


def _descriptor(data: bytes, at: int) -> int:
    """Length of the data descriptor after a member's bytes (with or without its mark)."""
    lengths = (16, 24) if data[at : at + 4] == _DESCRIPTOR else (12, 20)
    for length in lengths:
        if data[at + length : at + length + 2] == b"PK":
            return length
    return 16 if lengths[0] == 16 else 0


def _check_extra(member: Member, local: bytes, collector: Collector) -> None:
    place = Place(part=member.name)
    for kind, body in extras(local) + extras(member.extra):
        if not body or body == struct.pack("<QQ", member.size, member.packed):
            continue  # whatever its kind, it says nothing more than the directory does
        if kind not in _EXTRA:
            detail = f"an extra field of the unknown kind 0x{kind:04x} in the archive"
            collector.add("unknown-part", place, detail=detail)
            return
        if kind in _PADDING and len(set(body[4:])) > 1:
            detail = "bytes in the padding of the archive"
            collector.add("unknown-part", place, count=len(body) - 4, detail=detail)
            return
        other = body[5:].decode("utf-8", "replace") if kind == _NAME else member.raw_name
        if other != member.raw_name and member.raw_name.isascii():
            collector.add("unknown-part", place, detail="an extra field gives another name")
            return


def _name(member: Member, collector: Collector) -> None:
    name = member.name
    parts = name.split("/")
    place = Place(part=name)
    if name.startswith("/") or ".." in parts or re.match(r"[A-Za-z]:", name):
        collector.add("unsafe-path", place)
    if any(ord(c) < 32 for c in name):
        collector.add("unsafe-path", Place(part=repr(name)[1:-1]))
    if (member.attributes >> 16) & 0xF000 == _LINK:
        collector.add("unsafe-path", place, detail="a link to another file")
    if member.is_folder and member.packed and member.size:
        detail = "a folder with bytes"
        collector.add("unknown-part", place, count=member.size, detail=detail)


def _comments(directory: Directory, collector: Collector) -> None:
    """Comments of the archive and of members, the Unicode ones in extra fields too."""
    found = [(Place(), directory.comment)]
    for member in directory.members:
        place = Place(part=member.name)
        found.append((place, member.comment))
        found += [(place, body[5:]) for kind, body in extras(member.extra) if kind == _COMMENT]
    length = sum(len(comment) for _, comment in found)
    if length:
        collector.add("unknown-part", count=length, detail="bytes of comment in the archive")
    for place, comment in found:
        texts = [comment.decode("utf-8", "replace")]
        collector.unseen_text(place, texts, what="comment in the archive")
