"""Macros' source ([MS-OVBA]): comments and texts in it, and what forms hold, are out of sight."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from singleout.draft.biff_strings import encoding_of
from singleout.draft.collector import Collector
from singleout.draft.limits import Budget, LimitError
from singleout.draft.model import Place
from singleout.draft.ole_file import Compound, Path

# 2.3.4.2.3.2: records of a module in the stream `dir`
_STREAM_NAME, _OFFSET, _VERSION = 0x0032, 0x0031, 0x0009
# PROJECTCODEPAGE: the code page of the source
_CODEPAGE = 0x0003


def read_macros(content: bytes, place: Place, collector: Collector, budget: Budget) -> None:
    """Search the source of a macro project for direct identifiers.

    Parameters
    ----------
    content : bytes
        The part `vbaProject.bin`: an OLE container.
    place : Place
        The part.
    collector : Collector
        Where to report; a project that cannot be read leaves the draft incomplete.
    budget : Budget
        Charged for what is read.
    """
    for texts, what in sources(content, budget):
        collector.unseen_text(place, texts, what=what)


def sources(content: bytes, budget: Budget) -> Iterator[tuple[list[str], str]]:
    """Iterate over the texts of a macro project: each module's lines, each form's texts.

    Parameters
    ----------
    content : bytes
        The OLE container.
    budget : Budget
        Charged for what is read.

    Yields
    ------
    texts : list of str
        Lines of source, or texts that a form holds.
    what : str
        Which of the two, in words.
    """
    compound = Compound(content, budget)
    yield from sources_in(compound, compound.streams, budget)


def sources_in(
    compound: Compound, streams: list[Path], budget: Budget
) -> Iterator[tuple[list[str], str]]:
    """Iterate over the texts of a macro project among other streams; as `sources`.

    Parameters
    ----------
    compound : Compound
        The compound file.
    streams : list of tuple of str
        The project's streams.
    budget : Budget
        Charged for what is read.

    Yields
    ------
    texts : list of str
        Lines of source, or texts that a form holds.
    what : str
        Which of the two, in words.
    """
    offsets: dict[str, int] = {}
    encoding = "cp1252"
    for path in streams:
        if path[-1].lower() == "dir" and len(path) > 1:
            found, encoding = _modules(decompress(compound.read(path), budget))
            offsets = dict(found)
    for path in streams:
        if path[-1] in offsets:
            source = decompress(compound.read(path)[offsets[path[-1]] :], budget)
            yield source.decode(encoding, "replace").splitlines(), "source of a macro"
        elif path[-1] in ("f", "o"):
            yield _runs(compound.read(path)), "form of a macro"


def _modules(directory: bytes) -> tuple[list[tuple[str, int]], str]:
    """Stream name and offset of the source of each module; the codec of the source."""
    found = []
    at, name, encoding = 0, "", "cp1252"
    while at + 6 <= len(directory):
        kind, size = struct.unpack_from("<HI", directory, at)
        size = 6 if kind == _VERSION else size
        body = directory[at + 6 : at + 6 + size]
        if kind == _STREAM_NAME:
            name = body.decode("utf-16-le", "replace")
        elif kind == _OFFSET and len(body) == 4:
            found.append((name, struct.unpack("<I", body)[0]))
        elif kind == _CODEPAGE and len(body) == 2:
            encoding = encoding_of(struct.unpack("<H", body)[0])
        at += 6 + size
    return found, encoding


def decompress(data: bytes, budget: Budget) -> bytes:
    """Unpack a compressed container (2.4.1).

    Parameters
    ----------
    data : bytes
        From its signature byte on.
    budget : Budget
        Charged for the bytes made.

    Returns
    -------
    bytes
        The content.

    Raises
    ------
    ValueError
        If it is no such container.

    Examples
    --------
    >>> packed = "0119b000616263646566676800696a6b6c6d6e6f70007172737475762e"
    >>> decompress(bytes.fromhex(packed), Budget(9))
    b'abcdefghijklmnopqrstuv.'
    """
    if data[:1] != b"\x01":
        raise ValueError("the macros' source is not packed as it should be")
    result = bytearray()
    at = 1
    while at + 2 <= len(data):
        (head,) = struct.unpack_from("<H", data, at)
        end = min(len(data), at + (head & 0x0FFF) + 3)
        if head & 0x7000 != 0x3000:
            raise ValueError("the macros' source is damaged")
        if head & 0x8000:
            _chunk(data, at + 2, end, result)
        else:
            result += data[at + 2 : at + 2 + 4096]
        if len(result) > budget.limits.part_bytes:
            raise LimitError("the macros' source is too large", whole=False)
        at = end
    budget.charge_bytes(len(result))
    return bytes(result)


def _chunk(data: bytes, at: int, end: int, result: bytearray) -> None:
    start = len(result)
    while at < end:
        flags = data[at]
        at += 1
        for bit in range(8):
            if at >= end:
                return
            if not flags >> bit & 1:
                result.append(data[at])
                at += 1
                continue
            if at + 2 > end:
                raise ValueError("the macros' source is damaged")
            (token,) = struct.unpack_from("<H", data, at)
            at += 2
            # 2.4.1.3.19.1: the further in the chunk, the more bits the offset has
            bits = max(4, (len(result) - start - 1).bit_length())
            length = (token & (0xFFFF >> bits)) + 3
            back = (token >> (16 - bits)) + 1
            if back > len(result) - start:
                raise ValueError("the macros' source is damaged")
            for _ in range(length):
                result.append(result[-back])


def _runs(stream: bytes) -> list[str]:
    plain = re.findall(rb"[\x20-\x7e]{5,}", stream)
    wide = re.findall(rb"(?:[\x20-\x7e]\x00){5,}", stream)
    return [run.decode("ascii") for run in plain] + [run.decode("utf-16-le") for run in wide]
