"""Parsed formulas ([MS-XLS] 2.2.2; of [MS-XLSB] as version 12): only what names need, which cells
or constants they mean."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass, field

from singleout.draft.biff_strings import Texts
from singleout.draft.model import cell_name, range_name
from singleout.draft.xlsb_records import error, number

# Bytes after a token of BIFF8 (2.5.198); class bits taken off
_SIZES8 = {
    0x01: 4,
    0x02: 4,
    0x18: 5,
    0x1C: 1,
    0x1D: 1,
    0x1E: 2,
    0x1F: 8,
    0x20: 7,
    0x21: 2,
    0x22: 3,
    0x23: 4,
    0x24: 4,
    0x25: 8,
    0x26: 6,
    0x27: 6,
    0x28: 6,
    0x29: 2,
    0x2A: 4,
    0x2B: 8,
    0x2C: 4,
    0x2D: 8,
    0x2E: 2,
    0x2F: 2,
    0x39: 6,
    0x3A: 6,
    0x3B: 10,
    0x3C: 6,
    0x3D: 10,
}
# The same before BIFF8: rows and columns are three bytes, links to sheets fourteen more
_SIZES5 = {
    **_SIZES8,
    0x23: 14,
    0x24: 3,
    0x25: 6,
    0x2A: 3,
    0x2B: 6,
    0x2C: 3,
    0x2D: 6,
    0x39: 24,
    0x3A: 17,
    0x3B: 20,
    0x3C: 17,
    0x3D: 20,
}
# In [MS-XLSB]: rows are four bytes, columns two
_SIZES12 = {
    **_SIZES8,
    0x01: 4,
    0x20: 14,
    0x24: 6,
    0x25: 12,
    0x2A: 6,
    0x2B: 12,
    0x2C: 6,
    0x2D: 12,
    0x3A: 8,
    0x3B: 14,
    0x3C: 8,
    0x3D: 14,
}
_SIZES = {8: _SIZES8, 12: _SIZES12}
_REF, _AREA, _REF_LOST, _AREA_LOST = 0x24, 0x25, 0x2A, 0x2B
_REF3D, _AREA3D, _REF3D_LOST, _AREA3D_LOST = 0x3A, 0x3B, 0x3C, 0x3D
_CONSTANT = {0x03, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x1C, 0x1D, 0x1E, 0x1F, 0x20}


@dataclass(slots=True)
class Meaning:
    """What a formula refers to.

    Parameters
    ----------
    text : str
        Its operands as a name's text in SpreadsheetML would hold them, so far as needed: ranges,
        ``#REF!``, constants.
    areas : list of (str, (int, int, int, int))
        Ranges: the sheet's name (empty for none), top, left, bottom, right.
    texts : list of str
        Constant texts in it.
    whole : bool
        False if it holds a token that is not known.
    """

    text: str = ""
    areas: list[tuple[str, tuple[int, int, int, int]]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    whole: bool = True


@dataclass(slots=True)
class Context:
    """How to read a formula: the version, and what its links to sheets mean."""

    texts: Texts
    sheet_name: Callable[[int], str]
    external: Callable[[int], bool]


def read_formula(data: bytes, size: int, context: Context) -> Meaning:
    """Read a formula's operands.

    Parameters
    ----------
    data : bytes
        The tokens, and the constants of arrays after them.
    size : int
        Bytes of tokens.
    context : Context
        The version and the links.
    """
    found = Meaning()
    words: list[str] = []
    at, constant, arrays = 0, True, 0
    try:
        while at < size:
            token = data[at]
            base = token if token < 0x20 else (token & 0x1F) | 0x20
            constant &= base in _CONSTANT
            arrays += base == 0x20
            at += 1
            at += _token(base, data, at, context, words, found)
    except (struct.error, IndexError, ValueError, KeyError):
        found.whole = False
    if arrays and context.texts.version == 12:
        found.texts += _wide_array_texts(data[size + 4 :])
    elif arrays:
        found.texts += _array_texts(data[size:], context)
    joined = ",".join(words)
    found.text = joined if constant or len(words) == 1 or found.areas else f"({joined})"
    return found


def _token(
    base: int, data: bytes, at: int, context: Context, words: list[str], found: Meaning
) -> int:
    """Read one token; return the bytes after it."""
    if base == 0x17:
        text, end = _text(data, at, context.texts)
        found.texts.append(text)
        words.append('"' + text.replace('"', '""') + '"')
        return end - at
    if base == 0x19:
        if data[at] & 4:
            count = int.from_bytes(data[at + 1 : at + 3], "little")
            return 3 + 2 * (count + 1)
        return 3
    if base < 0x18 and base not in (1, 2):
        return 0
    if base == 0x1E:
        words.append(str(struct.unpack_from("<H", data, at)[0]))
    elif base == 0x1F:
        words.append(number(struct.unpack_from("<d", data, at)[0]))
    elif base == 0x1D:
        words.append("TRUE" if data[at] else "FALSE")
    elif base == 0x1C:
        words.append(error(data[at]))
    elif base == 0x20:
        words.append("{}")
    elif base in (_REF_LOST, _AREA_LOST, _REF3D_LOST, _AREA3D_LOST):
        words.append("#REF!")
    elif base in (_REF, _AREA, _REF3D, _AREA3D):
        words.append(_area(base, data, at, context, found))
    return _SIZES.get(context.texts.version, _SIZES5)[base]


def _text(data: bytes, at: int, texts: Texts) -> tuple[str, int]:
    """A text typed into a formula (PtgStr), and where it ends."""
    if texts.version != 12:
        return texts.read(data, at, wide_length=False)
    end = at + 2 + 2 * struct.unpack_from("<H", data, at)[0]
    if end > len(data):
        raise ValueError("a text ends after its formula")
    return data[at + 2 : end].decode("utf-16-le", "replace"), end


def _area(base: int, data: bytes, at: int, context: Context, found: Meaning) -> str:
    sheet = mark = ""
    lost = False
    version = context.texts.version
    wide = version >= 8
    if base in (_REF3D, _AREA3D):
        (index,) = struct.unpack_from("<H" if wide else "<h", data, at)
        if wide:
            sheet, mark = context.sheet_name(index), "[1]" if context.external(index) else ""
            at += 2
        else:
            first = struct.unpack_from("<H", data, at + 10)[0]
            lost = first == 0xFFFF
            mark = "[1]" if index > 0 else ""
            sheet = context.sheet_name(first) if index < 0 else ""
            at += 14
    if lost:
        return "#REF!"
    two = base in (_AREA, _AREA3D)
    row, column = ("I", "H") if version == 12 else ("H", "H") if version == 8 else ("H", "B")
    if two:
        top, bottom, left, right = struct.unpack_from(f"<{2 * row}{2 * column}", data, at)
    else:
        top, left = struct.unpack_from(f"<{row}{column}", data, at)
        bottom, right = top, left
    # The highest bits tell whether a place is relative: of columns, and before BIFF8 of rows
    if wide:
        left, right = left & 0x3FFF, right & 0x3FFF
    else:
        top, bottom = top & 0x3FFF, bottom & 0x3FFF
    area = (min(top, bottom), min(left, right), max(top, bottom), max(left, right))
    found.areas.append((sheet, area))
    name = range_name(*area) if two else cell_name(top, left)
    return f"{mark}'{sheet}'!{name}" if sheet or mark else name


def _wide_array_texts(data: bytes) -> list[str]:
    """Constants of an array of [MS-XLSB] (PtgExtraArray, 2.5.97.93): the texts among them."""
    found: list[str] = []
    at = 8
    try:
        rows, columns = struct.unpack_from("<II", data)
        for _ in range(min(rows * columns, len(data))):
            kind = data[at]
            if kind == 1:
                end = at + 3 + 2 * struct.unpack_from("<H", data, at + 1)[0]
                found.append(data[at + 3 : end].decode("utf-16-le", "replace"))
                at = end
            else:
                at += 1 + {0: 8, 2: 1, 4: 4}[kind]
    except (struct.error, IndexError, KeyError):
        return found
    return found


def _array_texts(data: bytes, context: Context) -> list[str]:
    """Constants of an array (PtgExtraArray): the texts among them."""
    found: list[str] = []
    at = 3
    try:
        for _ in range((data[0] + 1) * (struct.unpack_from("<H", data, 1)[0] + 1)):
            kind = data[at]
            if kind == 2:
                text, at = context.texts.read(data, at + 1, wide_length=context.texts.version == 8)
                found.append(text)
            else:
                if kind == 1:
                    found.append(number(struct.unpack_from("<d", data, at + 1)[0]))
                at += 9
    except (struct.error, IndexError, ValueError):
        return found
    return found
