"""Texts in BIFF records ([MS-XLS] 2.5.240, 2.5.293, 2.5.294; byte strings before BIFF8)."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass

from singleout.draft.limits import Budget

_PAGES = {1200: "utf-16-le", 10000: "mac_roman", 32768: "mac_roman", 32769: "cp1252", 367: "ascii"}
# UTF-16 from Latin to Thai, and its marks; writing of many thousand signs looks like any bytes
_WIDE = re.compile(rb"(?:[^\x00-\x1f\x7f][\x00-\x06\x09-\x0e\x1e]|[\x10-\x3f]\x20){4,}")
_NARROW = re.compile(rb"[\x20-\x7e\xa0-\xff]{6,}")
_UTF8 = re.compile(r"[^\x00-\x1f\x7f]{6,}")
MOST_LOOSE = 2_000_000


def encoding_of(page: int) -> str:
    """Return the codec of a CODEPAGE record's value (2.4.52); unknown ones are Windows Western.

    Examples
    --------
    >>> encoding_of(1251), encoding_of(32768), encoding_of(9)
    ('cp1251', 'mac_roman', 'cp1252')
    """
    name = _PAGES.get(page, f"cp{page}")
    try:
        codecs.lookup(name)
    except LookupError:
        return "cp1252"
    return name


@dataclass(slots=True)
class Texts:
    """How a stream's texts are stored: its BIFF version and the code page of its byte strings."""

    version: int = 8
    encoding: str = "cp1252"

    def read(self, data: bytes, at: int, *, wide_length: bool = True) -> tuple[str, int]:
        """Read a text with its length before it: the text, and where it ends.

        Parameters
        ----------
        data : bytes
            The record's content.
        at : int
            Where the length is.
        wide_length : bool
            Two bytes of length (one in BIFF2), or one.

        Raises
        ------
        ValueError
            If the text ends after its record.
        """
        size = 2 if wide_length and self.version > 2 else 1
        if at + size > len(data):
            raise ValueError("a text ends after its record")
        count = int.from_bytes(data[at : at + size], "little")
        return self.chars(data, at + size, count)

    def chars(self, data: bytes, at: int, count: int) -> tuple[str, int]:
        """Read a text of a known number of characters: the text, and where it ends."""
        if self.version < 8:
            if at + count > len(data):
                raise ValueError("a text ends after its record")
            return data[at : at + count].decode(self.encoding, "replace"), at + count
        if at >= len(data):
            if count:
                raise ValueError("a text ends after its record")
            return "", at
        flags = data[at]
        at += 1
        runs = rest = 0
        if flags & 8:
            runs, at = int.from_bytes(data[at : at + 2], "little"), at + 2
        if flags & 4:
            rest, at = int.from_bytes(data[at : at + 4], "little"), at + 4
        size = count * 2 if flags & 1 else count
        if at + size > len(data):
            raise ValueError("a text ends after its record")
        raw = data[at : at + size]
        text = raw.decode("utf-16-le", "replace") if flags & 1 else raw.decode("latin-1")
        return text, at + size + 4 * runs + rest


def loose_texts(pieces: Iterable[bytes]) -> list[str]:
    """Return what looks like text in content whose layout is not read: UTF-8 or bytes, UTF-16.

    Examples
    --------
    >>> loose_texts([b"\\x01\\x00J\\x00a\\x00n\\x00e\\x00\\x02", b"\\x07a server"])
    ['Jane', 'a server']
    """
    found: list[str] = []
    for piece in pieces:
        piece = piece[:MOST_LOOSE]
        found += [run.decode("utf-16-le", "replace") for run in _WIDE.findall(piece)]
        try:
            found += _UTF8.findall(piece.decode())
        except UnicodeDecodeError:
            found += [run.decode("latin-1") for run in _NARROW.findall(piece)]
    return found


class _Reader:
    """Bytes of a record and its continuations; a text that is cut goes on after a flags byte."""

    def __init__(self, pieces: list[bytes]) -> None:
        self.pieces = pieces
        self.piece = 0
        self.data = pieces[0]
        self.at = 0

    def more(self) -> bool:
        """Move to the next piece when this one is used up; False at the end of all."""
        while self.at >= len(self.data):
            if self.piece + 1 >= len(self.pieces):
                return False
            self.piece += 1
            self.data = self.pieces[self.piece]
            self.at = 0
        return True

    def take(self, size: int) -> bytes:
        """Return bytes, over the ends of pieces."""
        taken = self.data[self.at : self.at + size]
        self.at += len(taken)
        while len(taken) < size and self.more():
            part = self.data[self.at : self.at + size - len(taken)]
            self.at += len(part)
            taken += part
        if len(taken) < size:
            raise ValueError("a text ends after its records")
        return taken

    def chars(self, count: int, high: bool) -> str:
        """Return a text; each further piece begins with the flag of its characters' width."""
        text = ""
        while True:
            width = 2 if high else 1
            here = min(count, (len(self.data) - self.at) // width)
            raw = self.data[self.at : self.at + here * width]
            text += raw.decode("utf-16-le", "replace") if high else raw.decode("latin-1")
            self.at += here * width
            count -= here
            if not count:
                return text
            self.at = len(self.data)
            if not self.more():
                raise ValueError("a text ends after its records")
            high = bool(self.data[self.at] & 1)
            self.at += 1


def shared_strings(
    pieces: list[bytes], budget: Budget, phonetic: list[str], formats: list[tuple[int, bytes]]
) -> tuple[list[str], int | None]:
    """Read the shared strings (2.4.265), continued by the rules of 2.5.293.

    Parameters
    ----------
    pieces : list of bytes
        The SST record's content and its continuations'.
    budget : Budget
        Charged for time.
    phonetic : list of str
        Phonetic readings are appended.
    formats : list of (int, bytes)
        Strings with runs of formats are appended: which string, and its runs (FormatRun).

    Returns
    -------
    strings : list of str
        As many as could be read.
    missing : int or None
        How many strings the record announces beyond those, if the last one is cut off; None if
        it ends as it should (the number announced is not trusted: some programs write it wrong).
    """
    strings: list[str] = []
    announced = int.from_bytes(pieces[0][4:8], "little")
    reader = _Reader(pieces)
    reader.at = 8
    try:
        while reader.more():
            head = reader.take(3)
            count, flags = head[0] | head[1] << 8, head[2]
            runs = int.from_bytes(reader.take(2), "little") if flags & 8 else 0
            rest = int.from_bytes(reader.take(4), "little") if flags & 4 else 0
            strings.append(reader.chars(count, bool(flags & 1)))
            if runs:
                formats.append((len(strings) - 1, reader.take(4 * runs)))
            if rest:
                extra = reader.take(rest)
                length = int.from_bytes(extra[12:14], "little")
                reading = extra[14 : 14 + 2 * length].decode("utf-16-le", "replace")
                if reading:
                    phonetic.append(reading)
            if len(strings) % 65_536 == 0:
                budget.check_time()
    except ValueError:
        return strings, max(announced - len(strings), 1)
    return strings, None
