"""Cells, rows and columns of a worksheet substream ([MS-XLS] 2.1.7.20.5)."""

from __future__ import annotations

import struct
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from lxml import etree

from singleout.draft import biff_records as biff
from singleout.draft.biff_book import BiffBook
from singleout.draft.biff_formula import read_formula
from singleout.draft.biff_links import context_of
from singleout.draft.biff_records import Substream
from singleout.draft.limits import LimitError
from singleout.draft.model import range_name
from singleout.draft.xlsb_records import element, error, number, rk
from singleout.draft.xlsx_cells import (
    BOOLEAN,
    ERROR,
    MOST_UNSEEN,
    NUMBER,
    TEXT,
    RawCells,
    RowSettings,
    shared_texts,
)

# row, column, format, kind, text
Cell = tuple[int, int, int, int, str]
_MOST_COLUMNS = 16_384
# A sheet of BIFF8 has 65,536 rows of 256 columns, and no cell is in two merged ranges
_MOST_MERGED = 65_536 * 256


def read_cells(sub: Substream, book: BiffBook, rest: etree._Element) -> tuple[RawCells, int]:
    """Read the cells, and the settings of rows and columns.

    Parameters
    ----------
    sub : Substream
        The worksheet.
    book : BiffBook
        Its strings; those used are marked.
    rest : lxml.etree._Element
        Settings are added to it as the XML form of the sheet would hold them.

    Returns
    -------
    cells : RawCells
        Cells with a value.
    lost : int
        Cells whose record is too short or that refer to a string that is not there.
    """
    blocks, lost = _many(sub, book)
    single, more = _single(sub, book)
    lost += more
    if single:
        columns = list(zip(*single, strict=True))
        blocks.append(
            (
                np.array(columns[0], np.int32),
                np.array(columns[1], np.int32),
                np.array(columns[2], np.int32),
                np.array(columns[3], np.uint8),
                pa.array(columns[4], pa.string()),
            )
        )
    blocks = [block for block in blocks if len(block[0])]
    settings = RowSettings()
    count = sum(len(block[0]) for block in blocks)
    book.budget.charge_cells(count)
    if not blocks:
        none = np.zeros(0, np.int32)
        kinds = none.astype(np.uint8)
        cells = RawCells(none, none, none, kinds, pa.array([], pa.string()), settings, rest)
    else:
        joined = [np.concatenate([block[i] for block in blocks]) for i in range(4)]
        texts = pa.concat_arrays([block[4] for block in blocks])
        key = joined[0].astype(np.int64) * _MOST_COLUMNS + joined[1]
        order = np.argsort(key, kind="stable")
        rows, columns_, styles, kinds = (column[order] for column in joined)
        values = texts.take(pa.array(order))
        cells = RawCells(rows, columns_, styles, kinds, values, settings, rest)
    _rows(sub, book, settings, np.unique(cells.rows))
    _columns(sub, book, rest)
    return cells, lost


def _gather(sub: Substream, at: npt.NDArray[Any], shift: int, size: int) -> npt.NDArray[np.uint8]:
    """Bytes `shift` to `shift + size` of each of these records, one row each."""
    raw = np.frombuffer(sub.data, np.uint8)
    return np.asarray(raw[sub.starts[at][:, None] + np.arange(shift, shift + size)], np.uint8)


def _words(block: npt.NDArray[np.uint8], column: int) -> npt.NDArray[np.int32]:
    return block[:, column].astype(np.int32) | block[:, column + 1].astype(np.int32) << 8


def _many(sub: Substream, book: BiffBook) -> tuple[list[tuple[Any, ...]], int]:
    """The records that come in thousands, each kind in one step: LABELSST, NUMBER, RK, MULRK."""
    own, lost = sub.own, 0
    blocks: list[tuple[Any, ...]] = []
    for kind, size in ((biff.LABEL_SST, 10), (biff.NUMBER, 14), (biff.RK, 10)):
        chosen = own & (sub.kinds == kind)
        at = np.flatnonzero(chosen & (sub.sizes >= size))
        lost += int(np.count_nonzero(chosen)) - len(at)
        if not len(at):
            continue
        block = _gather(sub, at, 0, size)
        place = [_words(block, 0), _words(block, 2), _words(block, 4)]
        value = np.ascontiguousarray(block[:, 6:])
        if kind == biff.LABEL_SST:
            index = value.view("<u4")[:, 0].astype(np.int64)
            there = index < len(book.strings)
            lost += int(np.count_nonzero(~there))
            index, place = index[there], [column[there] for column in place]
            book.used[index] = True
            texts = shared_texts(book.strings, index, book.budget)
            blocks.append((*place, np.full(len(index), TEXT, np.uint8), texts))
        else:
            raw = value.view("<f8")[:, 0].tolist() if kind == biff.NUMBER else None
            if raw is None:
                raw = [rk(v) for v in value.view("<u4")[:, 0].tolist()]
            blocks.append((*place, np.full(len(at), NUMBER, np.uint8), _numbers(raw)))
    chosen = own & (sub.kinds == biff.MULRK)
    at = np.flatnonzero(chosen & (sub.sizes >= 12))
    lost += int(np.count_nonzero(chosen)) - len(at)
    if len(at):
        blocks.append(_mulrk(sub, at))
    return blocks, lost


def _numbers(values: list[float]) -> pa.Array:
    return pa.array([number(v) for v in values], pa.string())


def _mulrk(sub: Substream, at: npt.NDArray[Any]) -> tuple[Any, ...]:
    """2.4.175: a row, a first column, then (format, RK) for each column, then the last column."""
    count = (sub.sizes[at] - 6) // 6
    head = _gather(sub, at, 0, 4)
    rows, first = np.repeat(_words(head, 0), count), np.repeat(_words(head, 2), count)
    within = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
    begin = np.repeat(sub.starts[at], count) + 4 + 6 * within
    block = np.frombuffer(sub.data, np.uint8)[begin[:, None] + np.arange(6)]
    values = np.ascontiguousarray(block[:, 2:]).view("<u4")[:, 0].tolist()
    columns = (first + within).astype(np.int32)
    kinds = np.full(len(rows), NUMBER, np.uint8)
    return rows, columns, _words(block, 0), kinds, _numbers([rk(v) for v in values])


def _single(sub: Substream, book: BiffBook) -> tuple[list[Cell], int]:
    """The other kinds, record by record."""
    kinds = [biff.BOOLERR, biff.LABEL, biff.RSTRING, *biff.FORMULAS, *biff.STRINGS]
    if book.texts.version == 2:
        kinds += [biff.OLD_INTEGER, biff.OLD_NUMBER, biff.OLD_LABEL, biff.OLD_BOOLERR]
    found: list[Cell] = []
    lost = 0
    waiting: tuple[int, int, int] | None = None
    for i, kind, body in sub.each(*kinds):
        try:
            if kind in biff.STRINGS:
                if waiting is not None:
                    text = _string(sub, i, book)
                    found.append((*waiting, TEXT, text))
                waiting = None
                continue
            place, value = _place(body, kind, book.texts.version)
            if waiting is not None:
                found.append((*waiting, TEXT, ""))
            waiting = None
            if kind in biff.FORMULAS:
                made = _result(body, value)
                if made is None:
                    waiting = place
                else:
                    found.append((*place, *made))
            else:
                found.append((*place, *_value(kind, body, value, book)))
        except (struct.error, IndexError, ValueError):
            lost += 1
    if waiting is not None:
        found.append((*waiting, TEXT, ""))
    return found, lost


def _string(sub: Substream, i: int, book: BiffBook) -> str:
    """A formula's text, which may go on in the records after it."""
    pieces = sub.pieces(i)
    if len(pieces) == 1 or book.texts.version < 8:
        return book.texts.read(b"".join(pieces), 0)[0]
    count, flags = struct.unpack_from("<HB", pieces[0])
    text = _wide(pieces[0][3:], flags)
    for piece in pieces[1:]:
        if piece:
            text += _wide(piece[1:], piece[0])
    return text[:count]


def _wide(raw: bytes, flags: int) -> str:
    return raw.decode("utf-16-le", "replace") if flags & 1 else raw.decode("latin-1")


def _place(body: bytes, kind: int, version: int) -> tuple[tuple[int, int, int], int]:
    """Row, column and format of a cell, and where its value begins."""
    row, column = struct.unpack_from("<HH", body)
    if version == 2:
        return (row, column, body[4] & 0x3F), 7
    (style,) = struct.unpack_from("<H", body, 4)
    return (row, column, style), 6


def _result(body: bytes, at: int) -> tuple[int, str] | None:
    """A formula's cached result (FormulaValue); None if it is a text in the next record."""
    if body[at + 6 : at + 8] != b"\xff\xff":
        return NUMBER, number(struct.unpack_from("<d", body, at)[0])
    kind = body[at]
    if kind == 0:
        return None
    if kind == 1:
        return BOOLEAN, str(body[at + 2])
    return (ERROR, error(body[at + 2])) if kind == 2 else (TEXT, "")


def _value(kind: int, body: bytes, at: int, book: BiffBook) -> tuple[int, str]:
    if kind in (biff.BOOLERR, biff.OLD_BOOLERR):
        value, wrong = body[at], body[at + 1]
        return (ERROR, error(value)) if wrong else (BOOLEAN, str(value))
    if kind == biff.OLD_INTEGER:
        return NUMBER, str(struct.unpack_from("<H", body, at)[0])
    if kind == biff.OLD_NUMBER:
        return NUMBER, number(struct.unpack_from("<d", body, at)[0])
    return TEXT, book.texts.read(body, at)[0]


def _rows(sub: Substream, book: BiffBook, settings: RowSettings, filled: npt.NDArray[Any]) -> None:
    """2.4.221: hidden, of no height, in an outline; rows without a record have the default."""
    told: set[int] = set()
    old = book.texts.version == 2
    for _, _, body in sub.each(biff.OLD_ROW if old else biff.ROW):
        if len(body) < (10 if old else 16):
            continue
        row, _, _, height = struct.unpack_from("<4H", body)
        told.add(row)
        flags = 0 if old else body[12]
        if flags & 0x20 or (old and not height):
            settings.hidden.add(row)
        elif not height & 0x8000 and height < 20 * MOST_UNSEEN:
            settings.zero.add(row)
        if not height & 0x8000:
            settings.heights[row] = 0.0 if row in settings.hidden else height / 20
        if flags & 7:
            settings.outlined.add(row)
    default = sub.first(biff.DEFAULT_HEIGHT)
    if default is not None and len(default) >= 2 and default[0] & 2:
        settings.hidden.update(int(row) for row in filled if int(row) not in told)


def _columns(sub: Substream, book: BiffBook, rest: etree._Element) -> None:
    columns, merges = element(rest, "cols"), element(rest, "mergeCells")
    for _, _, body in sub.each(biff.COLINFO):
        if len(body) < 10:
            continue
        first, last, width, _, flags = struct.unpack_from("<5H", body)
        made = element(columns, "col", min=first + 1, max=last + 1, width=width / 256)
        made.set("hidden", str(flags & 1))
        made.set("outlineLevel", str(flags >> 8 & 7))
    if book.texts.version == 2:
        for _, _, body in sub.each(biff.OLD_WIDTH):
            if len(body) >= 4:
                width = body[2] | body[3] << 8
                hidden = int(width == 0)
                element(
                    columns,
                    "col",
                    min=body[0] + 1,
                    max=body[1] + 1,
                    width=width / 256,
                    hidden=hidden,
                )
    default = sub.first(biff.DEFAULT_WIDTH)
    height = sub.first(biff.DEFAULT_HEIGHT)
    told = element(rest, "sheetFormatPr")
    if default is not None and default[:2] == b"\x00\x00":
        told.set("defaultColWidth", "0.0")
    if height is not None and len(height) >= 4:
        told.set("defaultRowHeight", str(int.from_bytes(height[2:4], "little") / 20 or 15))
    area = 0
    for _, _, body in sub.each(biff.MERGES):
        for top, bottom, left, right in struct.iter_unpack("<4H", body[2 : 2 + _whole(body)]):
            area += max(0, bottom - top + 1) * max(0, right - left + 1)
            if area > _MOST_MERGED:
                raise LimitError("more cells are merged than a sheet has", whole=False)
            if top <= bottom and left <= right:
                element(merges, "mergeCell", ref=range_name(top, left, bottom, right))


def _whole(body: bytes) -> int:
    """Bytes of the whole ranges that a MERGECELLS record has."""
    return (len(body) - 2) // 8 * 8


def formula_texts(sub: Substream, book: BiffBook) -> list[str]:
    """Return the texts typed into formulas (BIFF5 and later): seen only by who clicks the cell."""
    if book.texts.version < 5:
        return []
    context, found = context_of(book), set()
    for i, _, body in sub.each(0x0006):
        # A text is token 0x17 (PtgStr)
        if len(body) < 23 or b"\x17" not in body[22:]:
            continue
        size = int.from_bytes(body[20:22], "little")
        found.update(read_formula(body[22:], size, context).texts)
        if i % 4096 == 0:
            book.budget.check_time()
    return sorted(text for text in found if text)
