"""The workbook part of a binary workbook ([MS-XLSB] 2.1.7.61): sheets, names, windows, users."""

from __future__ import annotations

import struct

from singleout.draft import xlsb_records as brt
from singleout.draft.biff_formula import Context, read_formula
from singleout.draft.biff_strings import Texts
from singleout.draft.model import Place
from singleout.draft.opc import Package
from singleout.draft.xlsb_records import records, wide
from singleout.draft.xlsx_book import Book, DefinedName, SheetEntry

# Formulas of [MS-XLSB] as `biff_formula` numbers the versions
FORMULAS = 12
_STATES = {0: "visible", 1: "hidden", 2: "veryHidden"}


class _Links:
    """What the links to sheets in formulas mean (BrtExternSheet, and the records before it)."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.own: list[bool] = []
        self.tabs: list[tuple[int, int, int]] = []

    def name(self, index: int) -> str:
        """The name of the sheet that a link leads to, empty if it is in another workbook."""
        if not 0 <= index < len(self.tabs) or self.external(index):
            return ""
        names = {sheet.index - 1: sheet.name for sheet in self.book.sheets}
        return names.get(self.tabs[index][1], "")

    def external(self, index: int) -> bool:
        """Whether a link leads to another workbook."""
        if not 0 <= index < len(self.tabs):
            return False
        link = self.tabs[index][0]
        return not (0 <= link < len(self.own) and self.own[link])


def read_workbook(package: Package, main: str) -> tuple[Book, Context, list[bytes]]:
    """Read the workbook part.

    Parameters
    ----------
    package : Package
        The file's parts.
    main : str
        The workbook's part.

    Returns
    -------
    book : Book
        The workbook: its sheets and names.
    context : Context
        How to read its formulas.
    others : list of bytes
        Records that were not read.
    """
    book = Book(package, main)
    links = _Links(book)
    context = Context(Texts(FORMULAS), links.name, links.external)
    others: list[bytes] = []
    damaged = 0
    for kind, body in records(package.read(main), package.budget):
        if kind == brt.WORKBOOK_PROPERTIES:
            book.date1904 = bool(body[0] & 1)
        elif kind == brt.BUNDLE_SHEET:
            _sheet(book, body)
        elif kind in (brt.LINK_SELF, brt.LINK_SAME, brt.LINK_BOOK, brt.LINK_ADD_IN):
            links.own.append(kind != brt.LINK_BOOK)
        elif kind == brt.EXTERN_SHEETS:
            links.tabs = list(struct.iter_unpack("<Iii", body[4 : 4 + (len(body) - 4) // 12 * 12]))
        elif kind == brt.NAME:
            try:
                book.names.append(_name(body, context))
            except (struct.error, ValueError):
                damaged += 1
                others.append(body)
        elif kind == brt.BOOK_VIEW:
            # fHidden, fVeryHidden; fBotAdornment: the tabs of the sheets
            flags = body[28] if len(body) > 28 else 0
            if flags & 3 or not flags & 0x20:
                book.collector.add("hidden-window", Place(part=main))
        elif kind == brt.USER_VIEW:
            book.collector.add("custom-view", Place(part=main))
            others.append(body)
        elif kind == brt.FILE_SHARING:
            if wide(body, 4)[0].strip():
                book.collector.add("person", Place(part=main, item="fileSharing"))
        elif kind == brt.ABSOLUTE_PATH:
            place = Place(part=main, item="absPath")
            told = "the folder that the file was saved in"
            book.collector.add("path", place, severity="note", detail=told)
        else:
            others.append(body)
    if damaged:
        book.collector.unread(Place(part=main), f"{damaged} defined names are damaged")
    return book, context, others


def _sheet(book: Book, body: bytes) -> None:
    """2.4.313 BrtBundleSh."""
    (state,) = struct.unpack_from("<I", body)
    identifier, at = wide(body, 8)
    name, _ = wide(body, at)
    index = len(book.sheets) + 1
    relation = book.package.target(book.part, identifier)
    if relation is None or relation.target not in book.package.archive:
        book.collector.unread(Place(sheet=name, index=index), "its part is missing")
        book.sheets_read = False
        return
    shown = _STATES.get(state & 3, "unknown")
    book.sheets.append(SheetEntry(name, index, shown, relation.target, relation.kind))


def _name(body: bytes, context: Context) -> DefinedName:
    """2.4.711 BrtName: a built-in name has a flag instead of its prefix."""
    flags, _, sheet = struct.unpack_from("<IBI", body)
    name, at = wide(body, 9)
    (size,) = struct.unpack_from("<I", body, at)
    meaning = read_formula(body[at + 4 :], size, context)
    text = meaning.text if meaning.whole or "#REF!" in meaning.text else f"?{meaning.text}"
    at += 4 + size
    (extra,) = struct.unpack_from("<I", body, at)
    about, _ = wide(body, at + 4 + extra)
    return DefinedName(
        f"_xlnm.{name}" if flags & 0x20 else name,
        text,
        None if sheet == 0xFFFFFFFF else sheet,
        bool(flags & 1),
        about,
        tuple(meaning.texts),
    )
