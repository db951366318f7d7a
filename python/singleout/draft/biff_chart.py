"""Charts of a workbook stream ([MS-XLS], chart sheet substream): the values that they keep."""

from __future__ import annotations

import struct

from singleout.draft import biff_records as biff
from singleout.draft.biff_book import BiffBook
from singleout.draft.biff_drawing import object_text
from singleout.draft.biff_formula import read_formula
from singleout.draft.biff_links import context_of
from singleout.draft.biff_records import Substream
from singleout.draft.biff_settings import HEADERS
from singleout.draft.biff_strings import loose_texts
from singleout.draft.grid import Grid
from singleout.draft.margins import header_texts
from singleout.draft.model import Place
from singleout.draft.xlsb_records import number

SERIES_TEXT = 0x100D
Point = tuple[int, int, str, bool]


def read_chart(sub: Substream, book: BiffBook, place: Place, *, seen: bool) -> None:
    """Report the values kept in a chart: a note if each is a cell in sight, else to be looked at.

    Parameters
    ----------
    sub : Substream
        The chart.
    book : BiffBook
        The workbook, its sheets read.
    place : Place
        The sheet that the chart is on, and which chart it is.
    seen : bool
        Whether the sheet is in sight.
    """
    points = _points(sub, book)
    _texts(sub, book, place, seen=seen)
    if not points:
        return
    equal = _in_sight(sub, book, points)
    book.collector.add(
        "chart-cache",
        place,
        count=len(points),
        severity="note" if equal else "review",
        detail="equal to cells in sight" if equal else "not equal to cells in sight",
    )
    if equal:
        return
    book.budget.charge_cells(len(points))
    book.collector.identifiers(place, (p[2] for p in points), what="chart")
    book.collector.grid(
        Grid.from_cells(points),
        place,
        visible=False,
        why_unseen="values kept behind a chart",
        unseen_finding=False,
    )


def _texts(sub: Substream, book: BiffBook, place: Place, *, seen: bool) -> None:
    """Titles and labels (2.4.254 SeriesText), text boxes, headers."""
    shown: list[str] = []
    margin: list[str] = []
    for i, kind, body in sub.each(SERIES_TEXT, biff.TXO, *HEADERS):
        try:
            if kind == SERIES_TEXT:
                shown.append(book.texts.read(body, 2, wide_length=False)[0])
            elif kind == biff.TXO:
                shown.append(object_text(sub.pieces(i))[0])
            elif len(body) >= 2:
                wide = book.texts.version == 8
                margin += header_texts(book.texts.read(body, 0, wide_length=wide)[0])
        except (struct.error, IndexError, ValueError):
            shown += loose_texts([body])
    what = "header or footer of a chart"
    book.collector.text(place, shown, sort="object", what="text of a chart", seen=seen)
    book.collector.text(place, margin, sort="margin", what=what, seen=False)


def _points(sub: Substream, book: BiffBook) -> list[Point]:
    """2.4.262 SIIndex begins values, categories or bubble sizes; row and column are point and
    series."""
    found: list[Point] = []
    block = 0
    for _, kind, body in sub.each(biff.SERIES_INDEX, biff.NUMBER, biff.LABEL, biff.BOOLERR):
        try:
            if kind == biff.SERIES_INDEX:
                block = struct.unpack_from("<H", body)[0]
                continue
            row, column = struct.unpack_from("<HH", body)
            across = 3 * column + block % 3
            if kind == biff.NUMBER:
                text = number(struct.unpack_from("<d", body, 6)[0])
                found.append((row, across, text, True))
            elif kind == biff.LABEL:
                text, _ = book.texts.read(body, 6)
                if text.strip():
                    found.append((row, across, text, False))
        except (struct.error, IndexError, ValueError):
            continue
    return found


def _in_sight(sub: Substream, book: BiffBook, points: list[Point]) -> bool:
    """Whether each kept value is that of a cell in sight of the ranges that the chart names."""
    held: set[str] = set()
    context = context_of(book)
    dated = False
    for _, _, body in sub.each(biff.BRAI):
        if len(body) < 8:
            continue
        (size,) = struct.unpack_from("<H", body, 6)
        meaning = read_formula(body[8:], size, context)
        for name, area in meaning.areas:
            entry = next((s for s in book.sheets if s.name == name), None)
            if entry is None or entry.why_unseen or book.hidden_cells.get(name):
                return False
            grid = book.grids.get(name)
            if grid is None:
                return False
            top, left, bottom, right = area
            inside = (
                (grid.rows >= top)
                & (grid.rows <= bottom)
                & (grid.columns >= left)
                & (grid.columns <= right)
            )
            texts = grid.pick(inside).texts.to_pylist()
            held.update(_plain(text) for text in texts)
            dated |= any(text[4:5] == "-" and text[7:8] == "-" for text in texts)
    if not held:
        return False
    # A chart keeps a date as its serial number, or as the text that the axis shows
    return all(_plain(text) in held or (dated and block % 3 != 1) for _, block, text, _ in points)


def _plain(text: str) -> str:
    text = text.strip()
    try:
        return f"{float(text):.12g}"
    except ValueError:
        return text
