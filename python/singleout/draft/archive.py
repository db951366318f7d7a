"""Read a plain ZIP: each member is opened in turn, by its content."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator

from singleout.draft.biff_strings import loose_texts
from singleout.draft.collector import Collector
from singleout.draft.disguise import look_at_stray
from singleout.draft.limits import Budget
from singleout.draft.media import look_at_picture
from singleout.draft.model import Place
from singleout.draft.sniff import sniff
from singleout.draft.zipdirectory import LOCAL
from singleout.draft.zipread import Archive, open_archive
from singleout.formats.registry import PICTURES

_SYSTEM = re.compile(
    r"(?i)(^|/)(__MACOSX/|~\$|\.~lock\.|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._)"
)


def is_system_file(name: str) -> bool:
    """Tell whether a member was left by an operating system or an editor.

    Examples
    --------
    >>> is_system_file("__MACOSX/._a.xlsx"), is_system_file("data/~$a.xlsx")
    (True, True)
    """
    return bool(_SYSTEM.search(name))


def read(data: bytes, collector: Collector, budget: Budget, depth: int) -> None:
    """Read a ZIP of drafts.

    Parameters
    ----------
    data : bytes
        The file.
    collector : Collector
        Where to report.
    budget : Budget
        Charged for what is read.
    depth : int
        How deep in other files this one is.
    """
    archive = open_archive(data, collector, budget)
    if archive is None:
        return
    names = archive.names
    if not names:
        collector.unread(None, "the archive has no members", code="empty-file")
    _names(archive, collector)
    for name in names:
        place = Place(part=name)
        with collector.guard(place):
            _member(name, archive.read(name), collector, depth)
    hidden(archive, collector, depth)


def _names(archive: Archive, collector: Collector) -> None:
    """Names of members and of the folders that they are in, each once."""
    seen: set[str] = set()
    for name in archive.members:
        *folders, last = name.rstrip("/").split("/")
        for piece in (*folders, last if name.endswith("/") else last.rsplit(".", 1)[0]):
            if piece not in seen:
                seen.add(piece)
                collector.names([(piece, Place(part=name))])


def _member(name: str, content: bytes, collector: Collector, depth: int) -> None:
    place = Place(part=name)
    if is_system_file(name):
        collector.add("system-file", place)
        look_at_stray(name, content, collector, depth, "system file")
    elif sniff(content) in PICTURES:
        collector.add("picture", place)
        look_at_picture(content, place, collector)
    else:
        collector.open(name, content, depth, why_unseen="")


def hidden(archive: Archive, collector: Collector, depth: int) -> None:
    """Open what programs do not list: members behind others of their name, deleted members.

    Parameters
    ----------
    archive : Archive
        Any ZIP, of an office file too.
    collector : Collector
        Where to report; bytes outside members have been reported already.
    depth : int
        How deep in other files the archive is.
    """
    for member in archive.shadowed:
        with collector.guard(Place(part=member.name)):
            _unlisted(member.name, archive.content(member), collector, depth)
    for first, stop in archive.outside:
        place = Place(item="bytes outside members")
        with collector.guard(place):
            gap = archive.data[first:stop]
            collector.unseen_text(place, loose_texts([gap]), what="outside the archive's members")
            for name, content in _deleted(gap, archive.budget):
                collector.add("leftover-data", place, count=len(content), detail="deleted member")
                _unlisted(name, content, collector, depth)


def _unlisted(name: str, content: bytes, collector: Collector, depth: int) -> None:
    if sniff(content) in ("text", "xml", "html", "json"):
        texts = re.findall(r"[^<>\x00-\x1f]{4,}", content[:400_000].decode("utf-8", "replace"))
        collector.unseen_text(Place(part=name), texts, what="member that is not listed")
        if sniff(content) != "text":
            return
    collector.open(name, content, depth, why_unseen="member that is not listed")


def _deleted(gap: bytes, budget: Budget) -> Iterator[tuple[str, bytes]]:
    """Members whose entry was taken out of the directory: their own headers (4.3.7) are left."""
    at = gap.find(LOCAL)
    while 0 <= at <= len(gap) - 30:
        method, packed, size, n, m = struct.unpack_from("<H8xIIHH", gap, at + 8)
        start = at + 30 + n + m
        name = gap[at + 30 : at + 30 + n].decode("utf-8", "replace")
        if method == 8:
            engine = zlib.decompressobj(-15)
            limit = budget.limits.ratio_free_bytes
            try:
                content = engine.decompress(gap[start:], limit)
            except zlib.error:
                content = b""
        else:
            content = gap[start : start + min(packed, size)] if method == 0 else b""
        if content:
            budget.charge_bytes(len(content))
            yield name, content
        at = gap.find(LOCAL, at + 4)
