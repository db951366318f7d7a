"""Read a ZIP from its own records (APPNOTE 6.3.10), and report every byte that no member owns.

The standard library's reader finds members; it does not tell of bytes between them, of two members
over the same bytes, or of a local header that says something else than the directory.
"""

from __future__ import annotations

import contextlib
import re
import struct
import zlib
from collections import Counter
from dataclasses import dataclass

from singleout.draft.collector import Collector
from singleout.draft.limits import Budget, LimitError
from singleout.draft.model import Place

_END = b"PK\x05\x06"
_END64 = b"PK\x06\x06"
_LOCATOR64 = b"PK\x06\x07"
_CENTRAL = b"PK\x01\x02"
_LOCAL = b"PK\x03\x04"
_DESCRIPTOR = b"PK\x07\x08"
_ALL_ONES = 0xFFFFFFFF

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

_METHODS = {0, 8}


class ZipDamaged(Exception):
    """The directory of the ZIP cannot be found or followed."""


@dataclass(frozen=True, slots=True)
class Member:
    """One entry of the directory: sizes in bytes, offsets from the file's start."""

    raw_name: str
    name: str
    method: int
    flags: int
    crc: int
    packed: int
    size: int
    header: int
    extra: bytes
    comment: int

    @property
    def is_folder(self) -> bool:
        """A name with a slash at its end stands for a folder."""
        return self.name.endswith("/")


def _directory(data: bytes) -> tuple[list[Member], int, int, int]:
    """Members, where the directory starts, where the end record ends, and the comment's length."""
    end = data.rfind(_END, max(0, len(data) - 65_557))
    if end < 0 or end + 22 > len(data):
        raise ZipDamaged("its directory is missing")
    total, size, offset, comment = struct.unpack_from("<HIIH", data, end + 10)
    first = end
    locator = end - 20
    if locator >= 0 and data[locator : locator + 4] == _LOCATOR64:
        at = data.rfind(_END64, 0, locator)
        if at >= 0 and at + 56 <= len(data):
            total, size, offset = struct.unpack_from("<QQQ", data, at + 32)
            first = at
    start = first - size
    if start < 0:
        raise ZipDamaged("its directory starts before the file")
    shift = start - offset
    members = []
    at = start
    for _ in range(total):
        if at + 46 > first or data[at : at + 4] != _CENTRAL:
            raise ZipDamaged("its directory is damaged")
        flags, method = struct.unpack_from("<HH", data, at + 8)
        crc, packed, full, n, m, k = struct.unpack_from("<IIIHHH", data, at + 16)
        (header,) = struct.unpack_from("<I", data, at + 42)
        raw = data[at + 46 : at + 46 + n]
        name = raw.decode("utf-8" if flags & 0x800 else "cp437", "replace")
        if not flags & 0x800:
            # Many writers store UTF-8 without saying so
            with contextlib.suppress(UnicodeDecodeError):
                name = raw.decode("utf-8")
        extra = data[at + 46 + n : at + 46 + n + m]
        full, packed, header = _zip64(extra, full, packed, header)
        members.append(
            Member(
                name,
                name.replace("\\", "/"),
                method,
                flags,
                crc,
                packed,
                full,
                header + shift,
                extra,
                k,
            )
        )
        at += 46 + n + m + k
    return members, start, end + 22, comment


def _zip64(extra: bytes, full: int, packed: int, header: int) -> tuple[int, int, int]:
    for kind, body in _extras(extra):
        if kind == 1:
            wide = [v[0] for v in struct.iter_unpack("<Q", body[: len(body) // 8 * 8])]
            if full == _ALL_ONES and wide:
                full = wide.pop(0)
            if packed == _ALL_ONES and wide:
                packed = wide.pop(0)
            if header == _ALL_ONES and wide:
                header = wide.pop(0)
    return full, packed, header


def _extras(extra: bytes) -> list[tuple[int, bytes]]:
    found = []
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        found.append((kind, extra[at + 4 : at + 4 + size]))
        at += 4 + size
    return found


class Archive:
    """A ZIP held in memory: names, contents, and findings for whatever lies outside members.

    Parameters
    ----------
    data : bytes
        The file.
    collector : Collector
        Told of bytes outside members, overlaps, unsafe and double names.
    budget : Budget
        Charged for parts and bytes.

    Raises
    ------
    ZipDamaged
        If there is no directory to follow.

    Notes
    -----
    Names are as in the directory with ``\\`` read as ``/``; a name that is there twice is read
    from its last entry, as most programs do.
    """

    def __init__(self, data: bytes, collector: Collector, budget: Budget) -> None:
        self._data = data
        self._collector = collector
        self._budget = budget
        members, start, end, comment = _directory(data)
        budget.charge_parts(len(members))
        self.members: dict[str, Member] = {}
        self._read: set[str] = set()
        twice: Counter[str] = Counter()
        for member in members:
            if member.name in self.members:
                twice[member.name] += 1
            self.members[member.name] = member
        for name, more in twice.items():
            collector.add(
                "unknown-part",
                Place(part=name),
                count=more,
                detail="another member has the same name, and programs differ in which they read",
            )
        self._fold = {name.lower(): name for name in self.members}
        self._outside(members, start, end, comment)
        self._paths()

    @property
    def names(self) -> list[str]:
        """Names of members that are not folders, in the directory's order."""
        return [name for name, member in self.members.items() if not member.is_folder]

    @property
    def unread(self) -> list[str]:
        """Names never read so far."""
        return [name for name in self.names if name not in self._read]

    def find(self, name: str) -> str | None:
        """Return the name as stored, letter case ignored; None if there is no such member."""
        return name if name in self.members else self._fold.get(name.lower())

    def __contains__(self, name: str) -> bool:
        return self.find(name) is not None

    def size(self, name: str) -> int:
        """Bytes of a member as the directory says."""
        stored = self.find(name)
        return 0 if stored is None else self.members[stored].size

    def packed(self, name: str) -> int:
        """Compressed bytes of a member as the directory says."""
        stored = self.find(name)
        return 0 if stored is None else self.members[stored].packed

    def _outside(self, members: list[Member], start: int, end: int, comment: int) -> None:
        """Report bytes that no member owns, and bytes that two own."""
        add = self._collector.add
        spans = []
        for member in members:
            at = member.header
            if at < 0 or self._data[at : at + 4] != _LOCAL or at + 30 > len(self._data):
                continue  # reading it says so
            n, m = struct.unpack_from("<HH", self._data, at + 26)
            stop = at + 30 + n + m + member.packed
            if member.flags & 8:
                stop += self._descriptor(stop)
            spans.append((at, stop, member.name))
            if self._data[at + 30 : at + 30 + n] != self._name_bytes(member):
                add(
                    "unknown-part",
                    Place(part=member.name),
                    detail="the member's own header gives another name",
                )
            self._check_extra(member, self._data[at + 30 + n : at + 30 + n + m])
        spans.sort()
        reached = 0
        gap = 0
        for first, stop, name in spans:
            if first < reached:
                self._collector.unread(Place(part=name), "it overlaps another member")
            gap += max(0, first - reached)
            reached = max(reached, stop)
        gap += max(0, start - reached) if reached <= start else 0
        if reached > start and spans:
            self._collector.unread(None, "a member overlaps the directory")
        if gap:
            add("unknown-part", None, count=gap, detail="bytes outside the archive's members")
        tail = len(self._data) - end - comment
        if tail > 0:
            add("unknown-part", None, count=tail, detail="bytes after the archive's end")
        if comment or any(member.comment for member in members):
            length = comment + sum(member.comment for member in members)
            add("unknown-part", None, count=length, detail="bytes of comment in the archive")

    def _name_bytes(self, member: Member) -> bytes:
        try:
            return member.raw_name.encode("utf-8" if member.flags & 0x800 else "cp437")
        except UnicodeEncodeError:
            return member.raw_name.encode("utf-8")

    def _descriptor(self, at: int) -> int:
        """Length of the data descriptor after a member's bytes (with or without its mark)."""
        if self._data[at : at + 4] == _DESCRIPTOR:
            for length in (16, 24):
                if self._data[at + length : at + length + 2] == b"PK":
                    return length
            return 16
        for length in (12, 20):
            if self._data[at + length : at + length + 2] == b"PK":
                return length
        return 0

    def _check_extra(self, member: Member, local: bytes) -> None:
        for kind, body in _extras(local) + _extras(member.extra):
            if kind not in _EXTRA:
                self._collector.add(
                    "unknown-part",
                    Place(part=member.name),
                    detail=f"an extra field of the unknown kind 0x{kind:04x} in the archive",
                )
                return
            if kind in _PADDING and body[4:].strip(b"\x00"):
                self._collector.add(
                    "unknown-part",
                    Place(part=member.name),
                    count=len(body) - 4,
                    detail="bytes in the padding of the archive",
                )
                return

    def _paths(self) -> None:
        for name, member in self.members.items():
            parts = name.split("/")
            if name.startswith("/") or ".." in parts or re.match(r"[A-Za-z]:", name):
                self._collector.add("unsafe-path", Place(part=name))
            if "\x00" in name or any(ord(c) < 32 for c in name):
                self._collector.add("unsafe-path", Place(part=repr(name)[1:-1]))
            if member.is_folder and member.packed and member.size:
                self._collector.add(
                    "unknown-part",
                    Place(part=name),
                    count=member.size,
                    detail="a folder with bytes",
                )

    def read(self, name: str) -> bytes:
        """Return a member's bytes, checked against their size and CRC.

        Raises
        ------
        KeyError
            If there is no such member.
        LimitError
            If it is larger, or expands more, than allowed.
        ValueError
            If it is encrypted, packed in an unknown way, or damaged.
        """
        stored = self.find(name)
        if stored is None:
            raise KeyError(name)
        member = self.members[stored]
        self._read.add(stored)
        data, at = self._data, member.header
        if at < 0 or data[at : at + 4] != _LOCAL or at + 30 > len(data):
            raise ValueError("its header is missing")
        if member.flags & 1:
            self._collector.unread(Place(part=stored), "a member is encrypted", code="encrypted")
            raise ValueError("it is encrypted")
        if member.method not in _METHODS:
            raise ValueError(f"it is packed by method {member.method}")
        n, m = struct.unpack_from("<HH", data, at + 26)
        first = at + 30 + n + m
        if first + member.packed > len(data):
            raise ValueError("it ends after the file")
        packed = memoryview(data)[first : first + member.packed]
        self._budget.charge_bytes(member.size, member.packed)
        content = bytes(packed) if member.method == 0 else self._inflate(packed, member, stored)
        if len(content) != member.size or zlib.crc32(content) != member.crc:
            raise ValueError("its checksum is wrong")
        self._collector.part(stored)
        return content

    def _inflate(self, packed: memoryview, member: Member, name: str) -> bytes:
        engine = zlib.decompressobj(-15)
        content = engine.decompress(packed, member.size + 1)
        if len(content) > member.size:
            raise LimitError("a part is larger than its directory says", whole=False)
        if not engine.eof:
            content += engine.flush()
        if engine.unused_data:
            self._collector.add(
                "unknown-part",
                Place(part=name),
                count=len(engine.unused_data),
                detail="bytes after the end of the member's packed content",
            )
        return content


def open_archive(data: bytes, collector: Collector, budget: Budget) -> Archive | None:
    """Open a ZIP; report `unreadable` and return None if its directory cannot be followed."""
    try:
        return Archive(data, collector, budget)
    except (ZipDamaged, struct.error) as problem:
        why = str(problem) if isinstance(problem, ZipDamaged) else "its directory is damaged"
        collector.unread(None, f"the ZIP cannot be opened: {why}", code="unreadable")
        return None


_CONTENT_TYPES: tuple[tuple[bytes, str], ...] = (
    (b"sheet.binary.macroenabled.main", "xlsb"),
    (b"vnd.ms-excel.sheet.macroenabled.main", "xlsm"),
    (b"vnd.ms-excel.template.macroenabled.main", "xlsm"),
    (b"vnd.ms-excel.addin.macroenabled.main", "xlsm"),
    (b"spreadsheetml.sheet.main", "xlsx"),
    (b"spreadsheetml.template.main", "xlsx"),
    (b"vnd.ms-word.document.macroenabled.main", "docm"),
    (b"vnd.ms-word.template.macroenabledtemplate.main", "docm"),
    (b"wordprocessingml.document.main", "docx"),
    (b"wordprocessingml.template.main", "docx"),
    (b"presentationml.", "pptx"),
    (b"ms-visio.", "vsdx"),
    (b"ms-package.xps", "xps"),
)
_ODF = {
    "spreadsheet": "ods",
    "spreadsheet-template": "ods",
    "text": "odt",
    "text-template": "odt",
    "presentation": "odp",
    "graphics": "odg",
}
_BY_NAME = (
    ("xl/workbook.bin", "xlsb"),
    ("xl/workbook.xml", "xlsx"),
    ("word/document.xml", "docx"),
    ("ppt/presentation.xml", "pptx"),
)


def package_format(data: bytes) -> str:
    """Tell what a ZIP is a package of; ``zip`` when it is of nothing known.

    Parameters
    ----------
    data : bytes
        The file.

    Returns
    -------
    str
        ``xlsx``, ``xlsm``, ``xlsb``, ``docx``, ``docm``, ``pptx``, ``ods``, ``odt`` ... or ``zip``.
    """
    try:
        archive = Archive(data, Collector(Budget(len(data))), Budget(len(data)))
    except (ZipDamaged, LimitError, struct.error):
        return "zip"
    head = _peek(archive, "[Content_Types].xml").lower()
    for mark, name in _CONTENT_TYPES:
        if mark in head:
            return name
    kind = _peek(archive, "mimetype").strip().decode("ascii", "replace")
    prefix = "application/vnd.oasis.opendocument."
    if kind.startswith(prefix):
        return _ODF.get(kind.removeprefix(prefix), "odf")
    for name, found in _BY_NAME:
        if name in archive:
            return found
    return "ods" if "content.xml" in archive and "META-INF/manifest.xml" in archive else "zip"


def _peek(archive: Archive, name: str) -> bytes:
    """A member's bytes if it can be read, a damaged one's as far as they go."""
    try:
        return archive.read(name)
    except (KeyError, ValueError, LimitError, zlib.error, struct.error):
        return b""
