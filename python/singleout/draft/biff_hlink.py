"""Links of a workbook stream: the hyperlink object ([MS-OSHARED] 2.3.7.1) in a HLINK record."""

from __future__ import annotations

import struct
from typing import NamedTuple

# Bits of its flags: what follows them, in this order
_MONIKER, _SITE_NAME, _LOCATION, _DISPLAY, _FRAME, _AS_TEXT = 0x1, 0x4, 0x8, 0x10, 0x80, 0x100
_URL = bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b")
_FILE = bytes.fromhex("0303000000000000c000000000000046")


class Hyperlink(NamedTuple):
    """A link: where it leads, the place there, the text that it was given."""

    target: str
    location: str
    display: str


def read_hyperlink(data: bytes) -> Hyperlink:
    """Read a hyperlink object.

    Parameters
    ----------
    data : bytes
        From its version on.

    Returns
    -------
    Hyperlink
        What it says.

    Raises
    ------
    ValueError, struct.error
        If it is damaged, or of a kind that is not known.
    """
    version, flags = struct.unpack_from("<II", data)
    if version != 2:
        raise ValueError("a link of an unknown version")
    at = 8
    display = target = location = ""
    if flags & _DISPLAY:
        display, at = _text(data, at)
    if flags & _FRAME:
        _, at = _text(data, at)
    if flags & _MONIKER:
        target, at = _text(data, at) if flags & _AS_TEXT else _moniker(data, at)
    if flags & _LOCATION:
        location, at = _text(data, at)
    return Hyperlink(target, location, display)


def _text(data: bytes, at: int) -> tuple[str, int]:
    """A HyperlinkString: so many characters, the last of them a zero."""
    (count,) = struct.unpack_from("<I", data, at)
    return _wide(data, at + 4, 2 * count)


def _wide(data: bytes, at: int, size: int) -> tuple[str, int]:
    if at + size > len(data):
        raise ValueError("a text ends after its record")
    text = data[at : at + size].decode("utf-16-le", "replace")
    return text.split("\0")[0], at + size


def _moniker(data: bytes, at: int) -> tuple[str, int]:
    """An address, or a file's path (2.3.7.6 and 2.3.7.8)."""
    kind, at = data[at : at + 16], at + 16
    if kind == _URL:
        (size,) = struct.unpack_from("<I", data, at)
        return _wide(data, at + 4, size)
    if kind != _FILE:
        raise ValueError("a link of an unknown kind")
    up, size = struct.unpack_from("<HI", data, at)
    narrow = data[at + 6 : at + 6 + size].split(b"\0")[0].decode("cp1252", "replace")
    at += 6 + size + 24  # after the path: versions, and bytes that are kept free
    (rest,) = struct.unpack_from("<I", data, at)
    path, at = narrow, at + 4
    if rest:
        (size,) = struct.unpack_from("<I", data, at)
        path, _ = _wide(data, at + 6, size)
        at += rest
    return "../" * up + path, at
