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
# What may stand in a tag: attributes of a row (18.3.1.73, and the one that Excel 2010 added,
# [MS-XLSX] 2.2.9), of a formula (18.3.1.40) and of an inline string, none of them twice
_ATTRIBUTES = rb'(?: (%b)="[^"<&\t\n\r]*"(?![^<>]* \1="))*'
_ROW = re.compile(
    rb"<row"
    + _ATTRIBUTES
    % (
        rb'r(?=="\d{1,7}")|spans|s|customFormat|ht|hidden|customHeight|outlineLevel|'
        rb"collapsed|thickTop|thickBot|ph|x14ac:dyDescent"
    )
    + rb" ?/?>"
)
_FORMULA = re.compile(
    rb"<f" + _ATTRIBUTES % rb"t|aca|ref|dt2D|dtr|del1|del2|r1|r2|ca|si|bx|xml:space" + rb" ?/?>"
)
_TEXT = re.compile(rb'<t(?: xml:space="(?:preserve|default)")? ?>')
_TOLD = re.compile(rb" (?:hidden|ht|outlineLevel)=")
_NUMBER = re.compile(rb' r="(\d{1,7})"')
_ATTRIBUTE = re.compile(rb'(?<!\w)(\w++)="([^"]*)"')
# the letters of a cell's t attribute -> kind
_KINDS = {
    b"s": SHARED,
    b"n": NUMBER,
    b"b": BOOLEAN,
    b"e": ERROR,
    b"d": DATE,
    b"str": TEXT,
    b"inlineStr": TEXT,
}
# Kinds of tags, by number
(
    _R_OPEN, _R_EMPTY, _R_END, _C_OPEN, _C_EMPTY, _C_END, _V_OPEN, _V_END, _F_OPEN, _F_EMPTY,
    _F_END, _I_OPEN, _I_END, _T_OPEN, _T_END,
) = range(1, 16)  # fmt: skip
# Which may follow which: as every element has its place, nesting needs no stack. 0 is the start.
_FOLLOWERS = {
    0: (_R_OPEN, _R_EMPTY),
    _R_OPEN: (_C_OPEN, _C_EMPTY, _R_END),
    _R_EMPTY: (_R_OPEN, _R_EMPTY),
    _R_END: (_R_OPEN, _R_EMPTY),
    _C_OPEN: (_F_OPEN, _F_EMPTY, _V_OPEN, _I_OPEN, _C_END),
    _C_EMPTY: (_C_OPEN, _C_EMPTY, _R_END),
    _C_END: (_C_OPEN, _C_EMPTY, _R_END),
    _F_OPEN: (_F_END,),
    _F_EMPTY: (_V_OPEN, _I_OPEN, _C_END),
    _F_END: (_V_OPEN, _I_OPEN, _C_END),
    _V_OPEN: (_V_END,),
    _V_END: (_C_END,),
    _I_OPEN: (_T_OPEN,),
    _T_OPEN: (_T_END,),
    _T_END: (_I_END,),
    _I_END: (_C_END,),
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
    if b"x14ac:" in data and "x14ac" not in rest.nsmap:
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
    starts, ends = tags(buffer)
    if not len(starts):
        if data.strip():
            raise Unusual
        none = np.zeros(0, np.int64)
        return none, none, none, none.astype(np.uint8), pa.array([], pa.string()), 0
    kinds = _kinds(buffer, starts, ends)
    follow(kinds, _FOLLOWERS, (_R_END, _R_EMPTY))
    inside = (kinds == _V_OPEN) | (kinds == _F_OPEN) | (kinds == _T_OPEN)
    check_gaps(data, buffer, starts, ends, inside)
    _rows(data, int(np.count_nonzero((kinds == _R_OPEN) | (kinds == _R_EMPTY))), settings)
    formulas = int(np.count_nonzero((kinds == _F_OPEN) | (kinds == _F_EMPTY)))
    if formulas and len(_FORMULA.findall(data)) != formulas:
        raise Unusual
    texts = kinds == _T_OPEN
    longer = (ends[texts] - starts[texts] > 2).any()  # than <t>
    if longer and len(_TEXT.findall(data)) != int(np.count_nonzero(texts)):
        raise Unusual
    is_cell = (kinds == _C_OPEN) | (kinds == _C_EMPTY)
    rows, columns, styles, types = _attributes(buffer, starts[is_cell], ends[is_cell])
    held = np.flatnonzero((kinds == _V_OPEN) | (kinds == _T_OPEN))
    firsts, lasts = ends[held] + 1, starts[held + 1]
    owner = (np.cumsum(is_cell) - 1)[held]
    values = strings_between(buffer, firsts, lasts)
    types = np.where(lasts > firsts, types[owner], np.uint8(TEXT))
    return rows[owner], columns[owner], styles[owner], types, values, formulas


def tags(buffer: Bytes) -> tuple[Longs, Longs]:
    """Return where each tag starts and ends, if no angle bracket stands elsewhere."""
    starts, ends = np.flatnonzero(buffer == 60), np.flatnonzero(buffer == 62)
    if len(starts) != len(ends) or (starts > ends).any() or (ends[:-1] > starts[1:]).any():
        raise Unusual
    return starts, ends


def follow(kinds: Bytes, followers: dict[int, tuple[int, ...]], last: tuple[int, ...]) -> None:
    """Hold tags to an order: which kind may follow which, and which may be the last one."""
    allowed = np.zeros(256, np.bool_)
    for before, after in followers.items():
        allowed[[before * 16 + kind for kind in after]] = True
    pairs = kinds.copy()
    pairs[1:] += kinds[:-1] * np.uint8(16)
    if not allowed[pairs].all() or kinds[-1] not in last:
        raise Unusual


def check_gaps(
    data: bytes, buffer: Bytes, starts: Longs, ends: Longs, inside: npt.NDArray[np.bool_]
) -> None:
    """Refuse text between tags other than after those `inside` of which text may stand."""
    if data[: starts[0]].strip() or data[ends[-1] + 1 :].strip():
        raise Unusual
    firsts, lasts = ends[:-1] + 1, starts[1:]
    gaps = np.flatnonzero((lasts > firsts) & ~inside[:-1])
    between = _between(buffer, firsts[gaps], lasts[gaps])
    if not np.isin(between, (9, 10, 13, 32)).all():
        raise Unusual


def _kinds(buffer: Bytes, starts: Longs, ends: Longs) -> Bytes:
    """What each tag is, told by its name's bytes and its length."""
    one, two, three = buffer[starts + 1], buffer[starts + 2], buffer[starts + 3]
    length = ends - starts + 1
    empty = buffer[ends - 1] == 47
    blank = two == 32
    bare = (two == 62) | (two == 47)
    closing = (one == 47) & (length == 4)
    kinds = np.zeros(len(starts), np.uint8)
    kinds[(one == 99) & blank] = _C_OPEN
    kinds[(one == 118) & (two == 62)] = _V_OPEN
    kinds[(one == 102) & (blank | bare)] = _F_OPEN
    kinds[(one == 116) & (blank | (two == 62)) & ~empty] = _T_OPEN
    kinds[(one == 105) & (two == 115) & (length == 4)] = _I_OPEN
    kinds[(one == 114) & (two == 111) & (three == 119)] = _R_OPEN
    for letter, kind in ((99, _C_END), (118, _V_END), (102, _F_END), (116, _T_END)):
        kinds[closing & (two == letter)] = kind
    closing = (one == 47) & (buffer[ends - 1] != 47)
    kinds[closing & (two == 105) & (three == 115) & (length == 5)] = _I_END
    row = closing & (two == 114) & (three == 111) & (buffer[starts + 4] == 119)
    kinds[row & (length == 6)] = _R_END
    for full, kind in ((_C_OPEN, _C_EMPTY), (_F_OPEN, _F_EMPTY), (_R_OPEN, _R_EMPTY)):
        kinds[empty & (kinds == full)] = kind
    return kinds


def _rows(data: bytes, count: int, settings: RowSettings) -> None:
    found = [match[0] for match in _ROW.finditer(data)]
    if len(found) != count:
        raise Unusual
    for tag in found:
        if _TOLD.search(tag):
            number = _NUMBER.search(tag)
            if number is None:
                raise Unusual
            told = {k.decode(): v.decode() for k, v in _ATTRIBUTE.findall(tag)}
            row_settings(settings, int(number[1]) - 1, told)


def _attributes(buffer: Bytes, cells: Longs, ends: Longs) -> tuple[Longs, Longs, Longs, Bytes]:
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
    rows, at = _digits(buffer, at, 7)
    if (buffer[at] != 34).any() or (columns == 0).any() or (rows == 0).any():
        raise Unusual
    at = at + 1
    styles = np.zeros(len(cells), np.int64)
    kinds = np.zeros(len(cells), np.uint8)
    seen = np.zeros(len(cells), np.uint8)
    for _ in range(2):
        left = np.flatnonzero((buffer[at] == 32) & (at + 3 < ends))
        if not len(left):
            break
        place = at[left]
        name = buffer[place + 1]
        if not ((buffer[place + 2] == 61) & (buffer[place + 3] == 34)).all():
            raise Unusual
        styled = name == 115
        typed = name == 116
        if not (styled | typed).all() or (seen[left] == name).any():
            raise Unusual
        seen[left] = name
        if styled.any():
            numbers, after = _digits(buffer, place[styled] + 4, 8)
            styles[left[styled]] = numbers
            place[styled] = after
        if typed.any():
            kind, after = _types(buffer, place[typed] + 4)
            kinds[left[typed]] = kind
            place[typed] = after
        if (buffer[place] != 34).any():
            raise Unusual
        at[left] = place + 1
    at = at + (buffer[at] == 32)
    if (at + (buffer[at] == 47) != ends).any():
        raise Unusual
    return rows - 1, columns - 1, styles, kinds


def _digits(buffer: Bytes, at: Longs, most: int) -> tuple[Longs, Longs]:
    number = np.zeros(len(at), np.int64)
    for _ in range(most):
        digit = buffer[at]
        more = (digit >= 48) & (digit <= 57)
        if not more.any():
            break
        number = np.where(more, number * 10 + digit - 48, number)
        at = at + more
    return number, at


def _types(buffer: Bytes, at: Longs) -> tuple[Bytes, Longs]:
    kind = np.full(len(at), 255, np.uint8)
    length = np.zeros(len(at), np.int64)
    for name, code in _KINDS.items():
        here = buffer[at + len(name)] == 34
        for i, letter in enumerate(name):
            here &= buffer[at + i] == letter
        kind[here] = code
        length[here] = len(name)
    if (kind == 255).any():
        raise Unusual
    return kind, at + length


def _between(buffer: Bytes, firsts: Longs, lasts: Longs) -> Bytes:
    """The bytes between the offsets, one after the other."""
    lengths = lasts - firsts
    before = np.cumsum(lengths) - lengths
    index = np.repeat((firsts - before).astype(np.int32), lengths)
    index += np.arange(len(index), dtype=np.int32)
    found: Bytes = buffer[index]
    return found


def strings_between(buffer: Bytes, firsts: Longs, lasts: Longs) -> pa.Array:
    """The bytes between the offsets, as strings."""
    offsets = np.zeros(len(firsts) + 1, np.int32)
    np.cumsum(lasts - firsts, out=offsets[1:])
    content = _between(buffer, firsts, lasts)
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
