"""A worksheet's cells by whole-array steps over its bytes, where the markup is plain.

Reading 1.2 million cells one element at a time takes seconds in Python; here numpy finds every
``<``, and what it takes is a few passes. Anything unusual (prefixes, comments, CDATA, rich inline
text, other quotes, unknown elements or attributes) gives None, and the part is read element by
element instead.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from lxml import etree

from singleout.draft.limits import Budget
from singleout.draft.xlsx_cells import (
    BOOLEAN,
    DATE,
    ERROR,
    NUMBER,
    SHARED,
    TEXT,
    RawCells,
    RowSettings,
    row_settings,
    unescape,
)
from singleout.draft.xml import plain

Longs = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
# The attributes of a row (18.3.1.73) and the one that Excel 2010 added ([MS-XLSX] 2.2.9)
_ROW = re.compile(
    rb"<row(?: (?:r|spans|s|customFormat|ht|hidden|customHeight|outlineLevel|collapsed|thickTop|"
    rb'thickBot|ph|x14ac:dyDescent)="[^"<]*")* ?/?>'
)
_TOLD = re.compile(rb" (?:hidden|ht|outlineLevel)=")
_NUMBER = re.compile(rb' r="(\d{1,7})"')
_ATTRIBUTE = re.compile(rb'(\w+)="([^"]*)"')
# Tags with attributes, but for those of rows and cells (which are looked at elsewhere), and how
# attributes are written
_OTHER_TAG = re.compile(rb"<(?!c\s|row\s)[\w:]+\s([^>]*?)\s*/?>")
_WELL_WRITTEN = re.compile(rb'(?:[\w:.-]+="[^"<]*"(?:\s+|$))*')
# first letter of a cell's t attribute -> kind, and its length (`str` is told apart by its second)
_KINDS = {
    "s": (SHARED, 1),
    "n": (NUMBER, 1),
    "b": (BOOLEAN, 1),
    "e": (ERROR, 1),
    "d": (DATE, 1),
    "i": (TEXT, 9),
}
CHUNK = 16 * 1024 * 1024


class Unusual(Exception):
    """The markup is not as programs write it."""


def fast_cells(
    data: bytes, start: int, end: int, rest: etree._Element, budget: Budget
) -> RawCells | None:
    """Read the cells between two offsets, or return None if the markup is unusual.

    Parameters
    ----------
    data : bytes
        The worksheet part.
    start, end : int
        The inside of `sheetData`.
    rest : lxml.etree._Element
        The part without its cells.
    budget : Budget
        Charged for cells and time.

    Returns
    -------
    RawCells or None
        The same as the reader of any valid part gives.
    """
    encoding = (rest.getroottree().docinfo.encoding or "UTF-8").upper()
    if encoding not in ("UTF-8", "US-ASCII", "ASCII") or not plain(data):
        return None
    settings = RowSettings()
    pieces: list[tuple[npt.NDArray[Any], ...]] = []
    texts: list[pa.Array] = []
    formulas = 0
    try:
        at = start
        while at < end:
            stop = end
            if end - at > CHUNK:
                stop = data.rfind(b"</row>", at, at + CHUNK) + 6
                if stop < at + 6:
                    return None
            if not all(map(_WELL_WRITTEN.fullmatch, set(_OTHER_TAG.findall(data, at, stop)))):
                return None
            rows, columns, styles, kinds, values, more = _chunk(data[at:stop], settings)
            budget.charge_cells(len(values))
            pieces.append((rows, columns, styles, kinds))
            texts.append(values)
            formulas += more
            at = stop
    except (Unusual, IndexError, pa.ArrowInvalid):
        return None
    if not pieces:
        pieces.append(tuple(np.zeros(0, np.int64) for _ in range(4)))
        texts.append(pa.array([], pa.string()))
    rows, columns, styles, kinds = (np.concatenate(parts) for parts in zip(*pieces, strict=True))
    return RawCells(
        rows.astype(np.int32),
        columns.astype(np.int32),
        styles.astype(np.int32),
        kinds.astype(np.uint8),
        pa.concat_arrays(texts),
        settings,
        rest,
        formulas,
    )


def _chunk(
    data: bytes, settings: RowSettings
) -> tuple[Longs, Longs, npt.NDArray[Any], Bytes, pa.Array, int]:
    # Zeros after the end let the steps below look ahead
    buffer = np.frombuffer(data + bytes(16), np.uint8)
    starts = np.flatnonzero(buffer == 60)
    one, two, three = buffer[starts + 1], buffer[starts + 2], buffer[starts + 3]
    closing = one == 47
    opens = (two == 32) | (two == 62)
    is_cell = (one == 99) & opens
    is_value = (one == 118) & (two == 62)
    ends_value = closing & (two == 118) & (three == 62)
    is_text = (one == 116) & opens
    ends_text = closing & (two == 116) & (three == 62)
    inline = (one == 105) & (two == 115) & (three == 62)
    is_row = (one == 114) & (two == 111) & (three == 119)
    formula = (one == 102) & (opens | (two == 47))
    ends = closing & (
        ((two == 99) & (three == 62))
        | (two == 102)
        | ((two == 114) & (three == 111))
        | (two == 105)
    )
    if _has_stray(data, buffer, starts, ends_value | ends_text | (closing & (two == 102))):
        raise Unusual
    known = is_cell | is_value | ends_value | is_text | ends_text | inline | is_row | formula | ends
    if not known.all():
        raise Unusual
    _rows(data, int(np.count_nonzero(is_row)), settings)
    if np.count_nonzero(inline) != np.count_nonzero(is_text):
        raise Unusual
    cells = starts[is_cell]
    rows, columns, styles, kinds = _attributes(buffer, cells)
    firsts, lasts = starts[is_value] + 3, starts[ends_value]
    if is_text.any():
        texts, stops = starts[is_text], starts[ends_text]
        closes = np.flatnonzero(buffer == 62)
        begins = closes[np.searchsorted(closes, texts)] + 1
        firsts, lasts = np.concatenate((firsts, begins)), np.concatenate((lasts, stops))
        order = np.argsort(firsts, kind="stable")
        firsts, lasts = firsts[order], np.sort(lasts)
    if len(firsts) != len(lasts) or (lasts < firsts).any():
        raise Unusual
    filled = lasts > firsts
    firsts, lasts = firsts[filled], lasts[filled]
    owner = np.searchsorted(cells, firsts) - 1
    if len(owner) and (owner[0] < 0 or (np.diff(owner) <= 0).any()):
        raise Unusual
    values = strings_between(buffer, firsts, lasts)
    return (
        rows[owner],
        columns[owner],
        styles[owner],
        kinds[owner],
        values,
        int(np.count_nonzero(formula)),
    )


def _has_stray(data: bytes, buffer: Bytes, starts: Longs, texts: npt.NDArray[np.bool_]) -> bool:
    """Whether text stands elsewhere than in values, inline strings and formulas."""
    if not len(starts):
        return bool(data.strip())
    before = buffer[starts[~texts] - 1]
    return bool(
        data[: starts[0]].strip()
        or data[data.rfind(b">") + 1 :].strip()
        or not np.isin(before[1:], (62, 10, 13, 32)).all()
        or np.count_nonzero(buffer == 62) != len(starts)
    )


def _rows(data: bytes, count: int, settings: RowSettings) -> None:
    tags = _ROW.findall(data)
    if len(tags) != count:
        raise Unusual
    for tag in tags:
        if _TOLD.search(tag):
            number = _NUMBER.search(tag)
            if number is None:
                raise Unusual
            found = {k.decode(): v.decode() for k, v in _ATTRIBUTE.findall(tag)}
            row_settings(settings, int(number[1]) - 1, found)


def _attributes(buffer: Bytes, cells: Longs) -> tuple[Longs, Longs, Longs, Bytes]:
    """Row, column, style and kind of each cell tag ``<c r="B7" s="3" t="s">``."""
    at = cells + 2
    if not ((buffer[at + 1] == 114) & (buffer[at + 2] == 61) & (buffer[at + 3] == 34)).all():
        raise Unusual
    at = at + 4
    columns = np.zeros(len(cells), np.int64)
    for _ in range(3):
        letter = buffer[at]
        more = (letter >= 65) & (letter <= 90)
        columns = np.where(more, columns * 26 + letter - 64, columns)
        at = at + more
    rows, at = _digits(buffer, at)
    if (buffer[at] != 34).any() or (columns == 0).any() or (rows == 0).any():
        raise Unusual
    at = at + 1
    styles = np.zeros(len(cells), np.int64)
    kinds = np.zeros(len(cells), np.uint8)
    for _ in range(3):
        left = np.flatnonzero(buffer[at] == 32)
        if not len(left):
            break
        place = at[left]
        name = buffer[place + 1]
        if not ((buffer[place + 2] == 61) & (buffer[place + 3] == 34)).all():
            raise Unusual
        styled = name == 115
        typed = name == 116
        if not (styled | typed).all():
            raise Unusual
        if styled.any():
            numbers, after = _digits(buffer, place[styled] + 4)
            styles[left[styled]] = numbers
            place[styled] = after
        if typed.any():
            kind, after = _types(buffer, place[typed] + 4)
            kinds[left[typed]] = kind
            place[typed] = after
        if (buffer[place] != 34).any():
            raise Unusual
        at[left] = place + 1
    if not ((buffer[at] == 62) | (buffer[at] == 47)).all():
        raise Unusual
    return rows - 1, columns - 1, styles, kinds


def _digits(buffer: Bytes, at: Longs) -> tuple[Longs, Longs]:
    number = np.zeros(len(at), np.int64)
    for _ in range(8):
        digit = buffer[at]
        more = (digit >= 48) & (digit <= 57)
        if not more.any():
            break
        number = np.where(more, number * 10 + digit - 48, number)
        at = at + more
    return number, at


def _types(buffer: Bytes, at: Longs) -> tuple[Bytes, Longs]:
    first = buffer[at]
    kind = np.full(len(at), 255, np.uint8)
    length = np.zeros(len(at), np.int64)
    for letter, (code, size) in _KINDS.items():
        here = first == ord(letter)
        kind[here] = code
        length[here] = size
    text = (first == 115) & (buffer[at + 1] == 116)
    kind[text] = TEXT
    length[text] = 3
    if (kind == 255).any():
        raise Unusual
    return kind, at + length


def strings_between(buffer: Bytes, firsts: Longs, lasts: Longs) -> pa.Array:
    """The bytes between the offsets, as strings."""
    lengths = lasts - firsts
    offsets = np.zeros(len(firsts) + 1, np.int32)
    np.cumsum(lengths, out=offsets[1:])
    index = np.repeat((firsts - offsets[:-1]).astype(np.int32), lengths)
    index += np.arange(len(index), dtype=np.int32)
    content = buffer[index]
    values = pa.Array.from_buffers(
        pa.string(), len(firsts), [None, pa.py_buffer(offsets), pa.py_buffer(content)]
    )
    values.validate(full=True)
    if (content == 38).any():
        if pc.any(pc.match_substring(values, "&#")).as_py():
            raise Unusual
        for entity, text in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'")):
            values = pc.replace_substring(values, entity, text)
        values = pc.replace_substring(values, "&amp;", "&")
    if (content == 13).any():
        raise Unusual
    if b"_x" in content.tobytes():
        values = pa.array([unescape(text) for text in values.to_pylist()], pa.string())
    return values
