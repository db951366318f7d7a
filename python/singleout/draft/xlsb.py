"""Read XLSB ([MS-XLSB]): the same workbook as XLSX, its main parts as records instead of XML."""

from __future__ import annotations

import struct
from collections.abc import Callable

import numpy as np
import pyarrow as pa
from lxml import etree

from singleout.draft import xlsb_records as brt
from singleout.draft.biff_formula import Context, read_formula
from singleout.draft.collector import Collector
from singleout.draft.grid import Grid
from singleout.draft.limits import Budget
from singleout.draft.model import Place, range_name
from singleout.draft.opc import open_package
from singleout.draft.opcparts import MEDIA, read_common
from singleout.draft.xlsb_book import read_workbook
from singleout.draft.xlsb_known import KNOWN
from singleout.draft.xlsb_pivot import read_pivots
from singleout.draft.xlsb_records import element, number, records, wide
from singleout.draft.xlsb_texts import SETTINGS, add_setting, wide_texts
from singleout.draft.xlsx import report_sheets, report_size
from singleout.draft.xlsx_book import Book, SheetEntry, report_names, report_strings
from singleout.draft.xlsx_cells import (
    BOOLEAN,
    ERROR,
    MOST_UNSEEN,
    NUMBER,
    SHARED,
    TEXT,
    RawCells,
    RowSettings,
)
from singleout.draft.xlsx_drawing import read_drawings
from singleout.draft.xlsx_parts import read_newer_parts
from singleout.draft.xlsx_sheet import read_sheet
from singleout.draft.xlsx_styles import read_styles
from singleout.draft.xml import parse
from singleout.inspection.byproducts.shown_pictures import note_sheet
from singleout.inspection.passages import Sort

# Kinds of part whose records are only counted and searched for text -> finding, or None if harmless
_LISTED: dict[str, str | None] = {
    "connections": "data-connection",
    "queryTable": "query-table",
    "slicer": "slicer",
    "slicerCache": "slicer",
    "timeline": "slicer",
    "timelineCache": "slicer",
    "revisionHeaders": "revision-log",
    "revisionLog": "revision-log",
    "usernames": "person",
    "table": None,
    "pivotTable": None,
    "xmlMaps": "xml-map",
}
# Bytes of a sheet's records beside cells that are searched for text
MOST_OTHERS = 2_000_000


def read(data: bytes, collector: Collector, budget: Budget, depth: int) -> None:
    """Read a workbook of binary parts; parameters as for every reader."""
    package = open_package(data, collector, budget)
    if package is None:
        return
    main = package.main() or ""
    with collector.guard(Place(part=main)):
        book, context, others = read_workbook(package, main)
        _search(book, main, b"".join(others))
        _read_book(book, context)
        report_size(book)
    read_common(package, depth)
    package.orphans(depth)


def _read_book(book: Book, context: Context) -> None:
    package, collector, budget = book.package, book.collector, book.budget
    for part in package.related(book.part, "styles"):
        with collector.guard(Place(part=part)):
            theme = None
            for name in package.related(book.part, "theme"):
                theme = parse(package.read(name), budget)
            book.styles = read_styles(brt.styles_tree(package.read(part), budget), theme)
    phonetic: list[str] = []
    for part in package.related(book.part, "sharedStrings"):
        with collector.guard(Place(part=part)):
            texts = []
            for kind, body in records(package.read(part), budget):
                if kind == brt.SST_ITEM:
                    texts.append(wide(body, 1)[0])
                    phonetic += filter(None, [brt.phonetic(body)])
            book.strings = pa.array(texts, pa.string())
            book.used = np.zeros(len(texts), np.bool_)
    report_sheets(book)
    for sheet in book.sheets:
        if sheet.kind == "chartsheet":
            continue
        done = False
        with collector.guard(sheet.place()):
            raw, others, typed = _cells(package.read(sheet.part), budget, context)
            read_sheet(book, sheet, raw)
            note_sheet(book.package, sheet.part, raw, MEDIA)
            book.collector.unseen_text(sheet.place(), typed, what="texts in formulas")
            _search(book, sheet.part, others)
            done = True
        book.sheets_read &= done
        _comments(book, sheet)
    report_strings(book, phonetic)
    report_names(book)
    _caches(book)
    read_pivots(book)
    _listed(book)
    read_newer_parts(book)
    _check_numbers(book)
    read_drawings(book)


def _cells(data: bytes, budget: Budget, context: Context) -> tuple[RawCells, bytes, list[str]]:
    """Cells of a worksheet part, its settings as the XML part would hold them, what is left, texts
    typed into formulas."""
    rest = element(None, "worksheet")
    columns, merges = element(rest, "cols"), element(rest, "mergeCells")
    settings = RowSettings()
    found: list[tuple[int, int, int, int, str]] = []
    others, typed = bytearray(), set[str]()
    row, column, kind = 0, -1, -1
    for kind, body in records(data, budget):
        if brt.SHORT_BLANK <= kind <= brt.SHORT_SHARED:
            kind, body = kind - brt.TO_LONG, struct.pack("<I", column + 1) + body
        if kind == brt.CELL_BLANK:
            (column,) = struct.unpack_from("<I", body)
        if kind == brt.ROW:
            row = _row(body, settings)
        elif kind in _READ:
            column, style = struct.unpack_from("<II", body)
            code, text = _READ[kind](body)
            found.append((row, column, style & 0xFFFFFF, code if text else TEXT, text))
            if brt.F_STRING <= kind <= brt.F_ERROR and b"\x17" in body:
                typed.update(_typed(kind, body, context))
        elif kind == brt.SHEET_FORMAT:
            _default_sizes(body, element(rest, "sheetFormatPr"))
        elif kind == brt.COLUMN:
            first, last, width, _, flags = struct.unpack_from("<IIIIH", body)
            made = element(columns, "col", min=first + 1, max=last + 1, width=width / 256)
            made.set("hidden", str(flags & 1))
            made.set("outlineLevel", str(flags >> 8 & 7))
        elif kind == brt.MERGE:
            top, bottom, left, right = struct.unpack_from("<IIII", body)
            element(merges, "mergeCell", ref=range_name(top, left, bottom, right))
        elif kind == brt.BEGIN_FILTER:
            top, bottom, left, right = struct.unpack_from("<IIII", body)
            element(rest, "autoFilter", ref=range_name(top, left, bottom, right))
        elif kind == brt.FILTER_COLUMN:
            for made in rest.iterfind("{*}autoFilter"):
                element(made, "filterColumn")
        elif kind in SETTINGS and add_setting(kind, body, rest, context):
            continue
        elif len(others) < MOST_OTHERS:
            others += body
    if kind != brt.END_SHEET:
        raise ValueError("the sheet's last record is missing")
    budget.charge_cells(len(found))
    at = list(zip(*found, strict=True)) if found else [(), (), (), (), ()]
    return (
        RawCells(
            np.array(at[0], np.int32),
            np.array(at[1], np.int32),
            np.array(at[2], np.int32),
            np.array(at[3], np.uint8),
            pa.array(at[4], pa.string()),
            settings,
            rest,
        ),
        bytes(others),
        sorted(typed - {""}),
    )


def _row(body: bytes, settings: RowSettings) -> int:
    """2.4.761 BrtRowHdr: its number; its height counts where fUnsynced (32) says so."""
    row, _, height, _, flags = struct.unpack_from("<IIHBB", body)
    if flags & 32:
        settings.heights[row] = height / 20
    if flags & 16:
        settings.hidden.add(row)
        settings.heights[row] = 0.0
    elif settings.heights.get(row, MOST_UNSEEN) < MOST_UNSEEN:
        settings.zero.add(row)
    if flags & 7:
        settings.outlined.add(row)
    return int(row)


def _default_sizes(body: bytes, told: etree._Element) -> None:
    """2.4.859 BrtWsFmtInfo: the width counts if it is none of 0xFFFFFFFF, the height if fUnsynced
    is set."""
    width, characters, height, flags = struct.unpack_from("<IHHB", body)
    if width != 0xFFFFFFFF:
        told.set("defaultColWidth", str(width / 256))
    elif not characters:
        told.set("defaultColWidth", "0.0")
    if flags & 1:
        told.set("defaultRowHeight", str(height / 20))


def _typed(kind: int, body: bytes, context: Context) -> list[str]:
    """Texts typed into a cell's formula: it follows the value and two bytes of flags."""
    at = {brt.F_NUMBER: 16, brt.F_STRING: 0}.get(kind, 9)
    at = (at or wide(body, 8)[1]) + 2
    if at + 4 > len(body):
        return wide_texts(body)
    (size,) = struct.unpack_from("<I", body, at)
    meaning = read_formula(body[at + 4 :], size, context)
    return meaning.texts if meaning.whole else wide_texts(body[at:])


def _real(body: bytes) -> tuple[int, str]:
    return NUMBER, number(struct.unpack_from("<d", body, 8)[0])


def _text(body: bytes) -> tuple[int, str]:
    return TEXT, wide(body, 8)[0]


def _flag(body: bytes) -> tuple[int, str]:
    return BOOLEAN, str(body[8])


def _wrong(body: bytes) -> tuple[int, str]:
    return ERROR, brt.error(body[8])


# 2.4: cells begin with their column and style (2.5.10 Cell), 8 bytes
_READ: dict[int, Callable[[bytes], tuple[int, str]]] = {
    brt.RK: lambda body: (NUMBER, number(brt.rk(struct.unpack_from("<I", body, 8)[0]))),
    brt.CELL_ERROR: _wrong,
    brt.F_ERROR: _wrong,
    brt.CELL_BOOL: _flag,
    brt.F_BOOL: _flag,
    brt.REAL: _real,
    brt.F_NUMBER: _real,
    brt.STRING: _text,
    brt.F_STRING: _text,
    brt.SHARED: lambda body: (SHARED, str(struct.unpack_from("<I", body, 8)[0])),
    brt.RICH_STRING: lambda body: (TEXT, wide(body, 9)[0]),
}


def _comments(book: Book, sheet: SheetEntry) -> None:
    for part in book.package.related(sheet.part, "comments"):
        with book.collector.guard(Place(part=part)):
            found = list(records(book.package.read(part), book.budget))
            count = sum(1 for kind, _ in found if kind == brt.BEGIN_COMMENT)
            texts = [wide(body, 1)[0] for kind, body in found if kind == brt.COMMENT_TEXT]
            texts += [wide(body)[0] for kind, body in found if kind == brt.COMMENT_AUTHOR]
            if count:
                book.collector.add("comment", sheet.place(), count=count)
            book.collector.unseen_text(sheet.place(), texts, what="comment")


def _caches(book: Book) -> None:
    """Cells kept of other workbooks, as tables; their texts are searched."""
    for part in book.package.of_kind("externalLink"):
        with book.collector.guard(Place(part=part)):
            content = book.package.read(part)
            count = 0
            for cells in _external_tables(content, book):
                count += len(cells)
                book.collector.grid(
                    Grid.from_cells(cells),
                    Place(part=part),
                    visible=False,
                    why_unseen="kept from another workbook",
                    unseen_finding=False,
                )
            if count:
                book.collector.add("external-link-cache", Place(part=part), count=count)
            book.collector.add("external-link", Place(part=part))
            _search(book, part, content)


def _external_tables(content: bytes, book: Book) -> list[list[tuple[int, int, str, bool]]]:
    """Cells kept of each sheet of another workbook (BrtExternTableStart and what follows)."""
    tables: list[list[tuple[int, int, str, bool]]] = [[]]
    row = 0
    for kind, body in records(content, book.budget):
        if kind == brt.EXTERNAL_TABLE:
            tables.append([])
        elif kind == brt.EXTERNAL_ROW:
            (row,) = struct.unpack_from("<I", body)
        elif brt.EXTERNAL_REAL <= kind <= brt.EXTERNAL_STRING:
            (column,) = struct.unpack_from("<I", body)
            if kind == brt.EXTERNAL_REAL:
                text = number(struct.unpack_from("<d", body, 4)[0])
            elif kind == brt.EXTERNAL_STRING:
                text = wide(body, 4)[0]
            else:
                text = ("FALSE", "TRUE")[body[4] & 1] if kind == brt.EXTERNAL_BOOL else "error"
            tables[-1].append((row, column, text, kind == brt.EXTERNAL_REAL))
    return [table for table in tables if table]


def _listed(book: Book) -> None:
    for kind, code in _LISTED.items():
        for part in book.package.of_kind(kind):
            with book.collector.guard(Place(part=part)):
                content = book.package.read(part)
                if code is not None:
                    book.collector.add(code, Place(part=part))
                _search(book, part, content, "name" if kind == "table" else "kept")


# Kinds of part that hold records
_OF_RECORDS = (
    "officeDocument", "worksheet", "chartsheet", "xlMacrosheet", "xlIntlMacrosheet", "styles",
    "sharedStrings", "comments", "externalLink", "pivotCacheDefinition", "pivotCacheRecords",
    "pivotTable", "table", "connections", "queryTable", "usernames", "calcChain", "sheetMetadata",
)  # fmt: skip


def _check_numbers(book: Book) -> None:
    """Report records whose number nobody has published: what they hold is not known."""
    for part in book.package.of_kind(*_OF_RECORDS):
        if not part.lower().endswith(".bin"):
            continue
        with book.collector.guard(Place(part=part)):
            kinds = [kind for kind, _ in records(book.package.read(part), book.budget)]
            unknown = sum(kind not in KNOWN for kind in kinds)
            if unknown:
                detail = "records of an unknown number"
                book.collector.add("unknown-part", Place(part=part), count=unknown, detail=detail)


def _search(book: Book, part: str, content: bytes, sort: Sort = "kept") -> None:
    texts = wide_texts(content[:MOST_OTHERS])
    book.collector.unseen_text(Place(part=part), texts, what="binary part", sort=sort)
