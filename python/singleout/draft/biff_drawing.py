"""Objects of a worksheet substream: comments, shapes, pictures, controls, what they cover."""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import replace

from lxml import etree

from singleout.draft import biff_records as biff
from singleout.draft.biff_book import BiffBook
from singleout.draft.biff_escher import DESCRIPTION, NAME, TOLD, WORD_ART, Shape, pictures, shapes
from singleout.draft.biff_records import Substream
from singleout.draft.disguise import open_disguised
from singleout.draft.limits import LimitError
from singleout.draft.media import look_at_picture, report_picture
from singleout.draft.model import Place
from singleout.draft.sniff import sniff
from singleout.draft.unseen import report_hidden_part, report_mask
from singleout.draft.xlsb_records import element
from singleout.draft.xlsx_book import SheetEntry
from singleout.draft.xlsx_cells import RawCells
from singleout.draft.xlsx_layout import Edges, column_edges, covered, row_edges
from singleout.formats.registry import opens_in_turn
from singleout.inspection.byproducts.small_pictures import Shown
from singleout.inspection.common.cell_looks import holding

# FtCmo: kinds of object
_CHART, _PICTURE, _NOTE, _DROPDOWN = 5, 8, 0x19, 0x14
_CONTROLS = {7, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20}
_AUTOMATIC = re.compile(
    r"(?i)^(picture|image|chart|graphic|object|shape|comment|text ?box|logo|bild|grafik|drop ?down"
    r"|button|group|rectangle|line|oval|check ?box|option ?button)?\s*\d*$"
)
# Kinds of shape that hide nothing: groups, lines, connectors, frames of notes
_THIN = {0, 20, 32, 33, 34, 35, 36, 37, 38, 39, 40}


def read_objects(sub: Substream, book: BiffBook, sheet: SheetEntry, cells: RawCells) -> None:
    """Report the sheet's comments, shapes and controls, and the cells under them.

    Parameters
    ----------
    sub : Substream
        The worksheet.
    book : BiffBook
        The workbook.
    sheet : SheetEntry
        Which sheet it is.
    cells : RawCells
        Its cells, for the sizes of its rows and columns.
    """
    objects = [_object(body, book.texts.version) for _, _, body in sub.each(biff.OBJ)]
    found: list[Shape] = []
    place = sheet.place()
    with book.collector.guard(place):
        found = list(shapes(_drawing(sub), book.budget))
    comments, others = _texts(sub)
    _comments(sub, book, sheet, comments)
    told = [text for shape in found for key in TOLD if (text := shape.texts.get(key))]
    book.collector.unseen_text(place, told, what="links and tips of shapes", sort="link")
    others += [text for shape in found if (text := shape.texts.get(WORD_ART))]
    in_sight = not sheet.why_unseen
    book.collector.text(place, others, sort="object", what="text box or shape", seen=in_sight)
    if sheet.why_unseen:
        book.collector.identifiers(place, others, what="texts of shapes")
    drawn = [shape for shape in found if shape.data]
    pairs = list(zip(drawn, objects, strict=False))
    controls = sum(
        1 for kind, own, _, _ in objects if kind in _CONTROLS and not (kind == _DROPDOWN and own)
    )
    add = book.collector.add
    if controls:
        add("control", place, count=controls)
    hidden = sum(shape.hidden and obj[0] not in (_NOTE, _DROPDOWN) for shape, obj in pairs)
    if hidden:
        add("hidden-object", place, count=hidden)
    described = [
        text
        for shape in found
        for key in (DESCRIPTION, NAME)
        if not _AUTOMATIC.match((text := shape.texts.get(key, "")).strip())
    ]
    if described:
        add("alt-text", place, count=len(described), severity="note")
        book.collector.unseen_text(place, described, what="alt text")
    cropped = sum(shape.cropped for shape in found)
    if cropped:
        add("cropped-picture", place, count=cropped)
    root = element(None, "wsDr")
    edges = column_edges(cells.rest, 256), row_edges(cells.rest, cells.settings.heights, 65_536)
    for shape in found:
        if shape.picture:
            book.shown.setdefault(shape.picture, []).append(_size(shape, edges))
    for shape, obj in pairs:
        if obj[0] not in (_NOTE, _DROPDOWN) and not shape.hidden and shape.anchor is not None:
            _anchor(root, shape.anchor, obj[0], shape, edges)
    for kind, _, _, corners in objects:
        if corners is not None and kind in (_CHART, _PICTURE):
            _anchor(root, corners, kind, None, edges)
    _report_covered(root, book, sheet, cells)


def _report_covered(
    root: etree._Element, book: BiffBook, sheet: SheetEntry, cells: RawCells
) -> None:
    grid = book.grids.get(sheet.name)
    if grid is None or not len(root):
        return
    told = holding(grid)
    under = covered(root, cells.rest, grid, cells.settings.heights) & told
    report_mask("covered-cells", grid, under, sheet.place(), book.collector)
    if not sheet.why_unseen:
        report_hidden_part(grid, under, sheet.place(), book.collector)


def _drawing(sub: Substream) -> bytes:
    """The sheet's drawing: some of it may stand in CONTINUE records after an object or a text, or
    after the chart that is the object (programs write shapes longer than a record so)."""
    found: list[tuple[int, list[bytes]]] = []
    for i, kind, _ in sub.each(biff.MSO_DRAWING, biff.OBJ, biff.TXO):
        pieces = sub.pieces(i)
        if kind == biff.MSO_DRAWING:
            found.append((i, pieces))
        elif kind == biff.OBJ:
            found.append((i, pieces[1:]))
        else:
            found.append((i, pieces[1 + object_text(pieces)[1] :]))
    found += [(last, sub.pieces(last)[1:]) for _, last in sub.nested]
    return b"".join(piece for _, pieces in sorted(found) for piece in pieces)


def object_text(pieces: list[bytes]) -> tuple[str, int]:
    """The text of a text object (2.4.329) and how many continuations it and its formats take."""
    if len(pieces[0]) < 14:
        return "", 0
    left, runs = struct.unpack_from("<HH", pieces[0], 10)
    text, used = "", 0
    for piece in pieces[1:]:
        if left > 0 and piece:
            high = piece[0] & 1
            part = piece[1 : 1 + left * (2 if high else 1)]
            text += part.decode("utf-16-le" if high else "latin-1", "replace")
            left -= max(1, len(part) // (2 if high else 1))
        elif runs > 0:
            runs -= max(1, len(piece))
        else:
            break
        used += 1
    return text, used


def _object(body: bytes, version: int) -> tuple[int, bool, int, tuple[int, ...] | None]:
    """An OBJ record: kind, whether the program made it itself, number, corners before BIFF8."""
    if version == 8:
        if len(body) < 10:
            return -1, False, 0, None
        kind, number, flags = struct.unpack_from("<3H", body, 4)
        return kind, bool(flags & 0x100), number, None
    if len(body) < 28:
        return -1, False, 0, None
    kind, number = struct.unpack_from("<HH", body, 4)
    return kind, False, number, struct.unpack_from("<8H", body, 10)


def _texts(sub: Substream) -> tuple[list[str], list[str]]:
    """Texts of comments and of other objects (2.4.329): the OBJ record before tells which."""
    comments: list[str] = []
    others: list[str] = []
    kind = -1
    for i, record, body in sub.each(biff.OBJ, biff.TXO):
        if record == biff.OBJ:
            kind = int.from_bytes(body[4:6], "little") if len(body) >= 6 else -1
        else:
            (comments if kind == _NOTE else others).append(object_text(sub.pieces(i))[0])
    return comments, others


def _comments(sub: Substream, book: BiffBook, sheet: SheetEntry, texts: list[str]) -> None:
    """2.4.179 NOTE: one for each cell; before BIFF8 its text is in it, in pieces."""
    cells: set[tuple[int, int]] = set()
    told = list(texts)
    damaged = 0
    for _, _, body in sub.each(biff.NOTE):
        try:
            row, column = struct.unpack_from("<HH", body)
            if book.texts.version == 8:
                told.append(book.texts.read(body, 8)[0])
            else:
                told.append(body[6:].decode(book.texts.encoding, "replace"))
        except (struct.error, ValueError, IndexError):
            damaged += 1
            continue
        # A long note goes on in records whose row is 65,535
        if row != 0xFFFF or book.texts.version == 8:
            cells.add((row, column))
    if cells:
        book.collector.add("comment", sheet.place(), count=len(cells))
    book.collector.unseen_text(sheet.place(), told, what="comment")
    if damaged:
        book.collector.unread(sheet.place(), f"{damaged} comments are damaged")


def _anchor(
    root: etree._Element,
    corners: tuple[int, ...],
    kind: int,
    shape: Shape | None,
    edges: tuple[Edges, Edges],
) -> None:
    """An anchor (OfficeArtClientAnchorSheet) as SpreadsheetML holds it: offsets are parts of the
    column's and row's size here, lengths there."""
    drawn = shape is None or kind in (_CHART, _PICTURE)
    if not drawn and shape is not None and (shape.kind in _THIN or not shape.filled):
        return
    left, dx, top, dy, right, dx2, bottom, dy2 = corners
    made = element(root, "twoCellAnchor")
    for name, column, x, row, y in (("from", left, dx, top, dy), ("to", right, dx2, bottom, dy2)):
        point = element(made, name)
        for key, value in (
            ("col", column),
            ("colOff", _offset(edges[0], column, x, 1024)),
            ("row", row),
            ("rowOff", _offset(edges[1], row, y, 256)),
        ):
            element(point, key).text = str(value)
    if kind == _CHART:
        element(made, "graphicFrame")
    elif kind == _PICTURE:
        element(made, "pic")
    else:
        element(element(element(made, "sp"), "spPr"), "solidFill")


def _size(shape: Shape, edges: tuple[Edges, Edges]) -> Shown | None:
    """Width and height of a shape in EMU."""
    if shape.anchor is None:
        return None
    left, dx, top, dy, right, dx2, bottom, dy2 = shape.anchor
    return (
        _at(edges[0], right, dx2, 1024) - _at(edges[0], left, dx, 1024),
        _at(edges[1], bottom, dy2, 256) - _at(edges[1], top, dy, 256),
    )


def _at(edges: Edges, number: int, part: int, whole: int) -> float:
    return float(edges[min(number, len(edges) - 2)]) + _offset(edges, number, part, whole)


def _offset(edges: Edges, at: int, part: int, whole: int) -> int:
    """Part of the size of a column or row, in EMU."""
    at = min(at, len(edges) - 2)
    return int((edges[at + 1] - edges[at]) * part / whole)


def read_pictures(sub: Substream, book: BiffBook) -> None:
    """Report every picture of the workbook's store and of this substream's picture records."""
    blocks = [b"".join(sub.pieces(i)) for i, _, _ in sub.each(biff.MSO_GROUP)]
    _store(b"".join(blocks), book)


def _store(data: bytes, book: BiffBook) -> None:
    collector = book.collector
    count = 0
    try:
        for picture in pictures(data, book.budget):
            count += 1
            place = Place(part=book.part, item=f"picture {count}")
            unused = "no shape shows it" if picture.uses == 0 else ""
            if picture.name:
                collector.unseen_text(place, [picture.name], what="name of a picture's file")
            with collector.guard(place):
                _look(picture.content, place, book)
                shown = list(book.shown.get(picture.number, []))
                # A fill or a header may show it too
                shown += [None] * (picture.uses - len(shown))
                report_picture(picture.content, place, collector, shown, unused)
    except (ValueError, struct.error, IndexError, zlib.error):
        collector.unread(Place(part=book.part), "the store of pictures is damaged")
    except LimitError as limit:
        if limit.whole:
            raise
        collector.unread(Place(part=book.part), str(limit))


def _look(content: bytes, place: Place, book: BiffBook) -> None:
    name = place.item or "picture"
    open_disguised(name, content, book.collector, book.depth, "a picture by its record")


def read_images(sub: Substream, book: BiffBook, place: Place) -> None:
    """Report picture records of a sheet: IMDATA before BIFF8, the background of BIFF8."""
    for i, _, _ in sub.each(biff.IMAGE_DATA, biff.BACKGROUND):
        body = b"".join(sub.pieces(i))
        if len(body) > 8:
            book.collector.add("picture", place, detail="background or embedded picture")
            if opens_in_turn(sniff(body[8:])):
                _look(body[8:], replace(place, item="picture"), book)


def read_header_pictures(sub: Substream, book: BiffBook, place: Place) -> None:
    """Report pictures in headers and footers (2.4.138 HFPicture)."""
    data = b"".join(body[14:] for i, _, _ in sub.each(0x0866) for body in sub.pieces(i)[:1])
    if not data:
        return
    book.collector.add("picture", place, detail="picture of a header or footer")
    with book.collector.guard(place):
        for picture in pictures(data, book.budget):
            there = replace(place, item="picture of a header or footer")
            _look(picture.content, there, book)
            look_at_picture(picture.content, there, book.collector)
