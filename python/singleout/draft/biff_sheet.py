"""One worksheet substream: its cells, what of them is out of sight, and what is kept beside."""

from __future__ import annotations

from singleout.draft.biff_book import BiffBook
from singleout.draft.biff_cells import formula_texts, read_cells
from singleout.draft.biff_drawing import read_header_pictures, read_images, read_objects
from singleout.draft.biff_formula import Meaning
from singleout.draft.biff_known import SEARCHED
from singleout.draft.biff_records import Substream
from singleout.draft.biff_settings import read_settings, view_count
from singleout.draft.biff_strings import loose_texts
from singleout.draft.codes import Severity
from singleout.draft.model import Place
from singleout.draft.xlsb_records import element
from singleout.draft.xlsx_book import SheetEntry
from singleout.draft.xlsx_sheet import read_sheet
from singleout.inspection.byproducts.printers import report_printer

PRINTER = 0x4D
# 2.4.211: what is added for a query table, or for a pivot table (then the word after the head is 1)
QSI_SX_TAG = 0x0802
# Records that tell of data from elsewhere -> finding (one for a sheet)
_LISTED = (
    ((0x01AD, QSI_SX_TAG), "query-table"),
    ((0xDC, 0x0803, 0x0805, 0x080A, 0x0876), "data-connection"),
    ((0x0801,), "web-query"),
    ((0x0813,), "data-connection"),
    ((0x0884, 0x0885), "data-model"),
)


def read_worksheet(
    sub: Substream, book: BiffBook, sheet: SheetEntry, filtered: Meaning | None
) -> bool:
    """Report a worksheet.

    Parameters
    ----------
    sub : Substream
        Its records.
    book : BiffBook
        The workbook.
    sheet : SheetEntry
        Which sheet it is.
    filtered : Meaning or None
        The range of its filter.

    Returns
    -------
    bool
        Whether all of it could be read.
    """
    rest = element(None, "worksheet")
    cells, lost = read_cells(sub, book, rest)
    damaged = read_settings(sub, book, rest, filtered)
    read_sheet(book, sheet, cells)
    if lost or damaged:
        detail = f"{lost} cells and {damaged} settings are damaged"
        book.collector.unread(sheet.place(), detail)
    read_objects(sub, book, sheet, cells)
    texts = formula_texts(sub, book)
    book.collector.unseen_text(sheet.place(), texts, what="texts in formulas")
    read_images(sub, book, sheet.place())
    read_header_pictures(sub, book, sheet.place())
    views = view_count(sub)
    if views:
        book.collector.add("custom-view", sheet.place(), count=views)
    for i, _, _ in sub.each(PRINTER):
        report_printer(sheet.place(), loose_texts(sub.pieces(i)), book.collector)
    report_searched(sub, book, sheet.place())
    return not lost


def report_searched(sub: Substream, book: BiffBook, place: Place) -> None:
    """Report records that tell of data from elsewhere, and search those that may hold text."""
    searched = list(sub.each(*SEARCHED))
    present = {kind for _, kind, body in searched if kind != QSI_SX_TAG or body[4:6] != b"\x01\x00"}
    for kinds, code in _LISTED:
        if present.intersection(kinds):
            severity: Severity | None = "note" if kinds == (0x0813,) else None
            book.collector.add(code, place, severity=severity)
    if searched:
        texts = loose_texts(body for _, _, body in searched)
        book.collector.unseen_text(place, texts, what="settings")
