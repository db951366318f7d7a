"""Bytes of a text file to UTF-8: marks, UTF-16 without one, Windows-1252 where it is not UTF-8."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 65_536
# Well-formed sequences of two to four bytes (Unicode 15.0, table 3-7)
_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}|\xe0[\xa0-\xbf][\x80-\xbf]"
    rb"|[\xf0-\xf4][\x80-\xbf]{3}"
)
_HIGH = re.compile(rb"[\x80-\xff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text in UTF-8 without mark and with ``\\n`` as line end; how it was read.

    `guessed` says that nothing in the file names the encoding and that it is not UTF-8; `failed`
    that bytes could not be decoded and stand as U+FFFD.
    """

    text: bytes
    encoding: str
    guessed: bool = False
    failed: bool = False


def decode(data: bytes) -> Decoded:
    """Decode a text file.

    Parameters
    ----------
    data : bytes
        The file.

    Returns
    -------
    Decoded
        The text, whatever the bytes are.

    Examples
    --------
    >>> decode("é\\r\\n".encode("cp1252"))
    Decoded(text=b'\\xc3\\xa9\\n', encoding='windows-1252', guessed=True, failed=False)
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if encoding == "utf-8-sig":
        data = data[3:]
    elif encoding is not None:
        return _wide(data[4 if "32" in encoding else 2 :], encoding)
    elif b"\x00" in data[:_SAMPLE]:
        unmarked = _unmarked(data[:_SAMPLE])
        if unmarked is not None:
            return _wide(data, unmarked)
    if data.isascii() or _is_utf8(data):
        return Decoded(_lines(data), encoding or "utf-8")
    rest, sequences = _SEQUENCE.subn(b"", data)
    strays = len(_HIGH.findall(rest))
    if encoding is not None or sequences > strays:
        text = data.decode("utf-8", "replace").encode()
        return Decoded(_lines(text), encoding or "utf-8", failed=True)
    text = data.decode("cp1252", "replace").encode()
    undefined = any(byte in data for byte in (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d"))
    return Decoded(_lines(text), "windows-1252", guessed=True, failed=undefined)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _unmarked(sample: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of plain text is zero."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) > 0.3 * len(sample) / 2 and min(even, odd) < 0.02 * len(sample):
        return "utf-16-le" if odd > even else "utf-16-be"
    return None


def _wide(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(_lines(data.decode(encoding).encode()), encoding)
    except UnicodeError:
        text = data.decode(encoding, "replace").encode("utf-8", "replace")
        return Decoded(_lines(text), encoding, failed=True)


def _lines(text: bytes) -> bytes:
    """One kind of line end; one end-of-file mark at the very end is DOS's and says nothing."""
    text = text.removesuffix(b"\x1a")
    if b"\r" in text:
        text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return text
