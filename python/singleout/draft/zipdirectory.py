"""The directory of a ZIP (APPNOTE 6.3.10): its records as they are, for those who judge them."""

from __future__ import annotations

import contextlib
import struct
from dataclasses import dataclass

_END = b"PK\x05\x06"
_END64 = b"PK\x06\x06"
_LOCATOR64 = b"PK\x06\x07"
_CENTRAL = b"PK\x01\x02"
LOCAL = b"PK\x03\x04"
_ALL_ONES = 0xFFFFFFFF


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
    comment: bytes
    attributes: int

    @property
    def is_folder(self) -> bool:
        """A name with a slash at its end stands for a folder."""
        return self.name.endswith("/")


@dataclass(frozen=True, slots=True)
class Directory:
    """What the directory says: members, its start and end, the archive's comment."""

    members: list[Member]
    start: int
    end: int
    comment: bytes
    told: int


def read_directory(data: bytes) -> Directory:
    """Read the directory at a ZIP's end (4.3.12 to 4.3.16).

    Raises
    ------
    ZipDamaged
        If it cannot be found or followed, or is part of a set of files.
    """
    end = data.rfind(_END, max(0, len(data) - 65_557))
    if end < 0 or end + 22 > len(data):
        raise ZipDamaged("its directory is missing")
    disk, _, _, total, size, offset, comment = struct.unpack_from("<HHHHIIH", data, end + 4)
    if disk not in (0, 0xFFFF):
        raise ZipDamaged("it is part of an archive split over several files")
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
    members: list[Member] = []
    at = start
    while at < first and (len(members) < total or data[at : at + 4] == _CENTRAL):
        if at + 46 > first or data[at : at + 4] != _CENTRAL:
            raise ZipDamaged("its directory is damaged")
        member, at = _member(data, at, shift)
        members.append(member)
    if len(members) < total:
        raise ZipDamaged("its directory is damaged")
    told = total if first != end else len(members) if len(members) % 65_536 == total else total
    return Directory(members, start, end + 22, data[end + 22 : end + 22 + comment], told)


def _member(data: bytes, at: int, shift: int) -> tuple[Member, int]:
    """Read one entry, and tell where the next starts; offsets are `shift` further in the file."""
    flags, method = struct.unpack_from("<HH", data, at + 8)
    crc, packed, full, n, m, k = struct.unpack_from("<IIIHHH", data, at + 16)
    attributes, header = struct.unpack_from("<II", data, at + 38)
    raw = data[at + 46 : at + 46 + n]
    name = raw.decode("utf-8" if flags & 0x800 else "cp437", "replace")
    if not flags & 0x800:
        # Many writers store UTF-8 without saying so
        with contextlib.suppress(UnicodeDecodeError):
            name = raw.decode("utf-8")
    extra = data[at + 46 + n : at + 46 + n + m]
    full, packed, header = _zip64(extra, full, packed, header)
    comment = data[at + 46 + n + m : at + 46 + n + m + k]
    plain = name.replace("\\", "/")
    member = Member(
        name, plain, method, flags, crc, packed, full, header + shift, extra, comment, attributes
    )
    return member, at + 46 + n + m + k


def _zip64(extra: bytes, full: int, packed: int, header: int) -> tuple[int, int, int]:
    for kind, body in extras(extra):
        if kind == 1:
            wide = [v[0] for v in struct.iter_unpack("<Q", body[: len(body) // 8 * 8])]
            if full == _ALL_ONES and wide:
                full = wide.pop(0)
            if packed == _ALL_ONES and wide:
                packed = wide.pop(0)
            if header == _ALL_ONES and wide:
                header = wide.pop(0)
    return full, packed, header


def extras(extra: bytes) -> list[tuple[int, bytes]]:
    """Return the kinds and bodies of a member's extra fields (4.5)."""
    found = []
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        found.append((kind, extra[at + 4 : at + 4 + size]))
        at += 4 + size
    return found
