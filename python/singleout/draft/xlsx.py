"""Read XLSX and XLSM (ECMA-376 part 1, SpreadsheetML): what is seen, and what is kept behind."""

from __future__ import annotations

import html
import re
from collections.abc import Container

import numpy as np

from singleout.draft.collector import Collector
from singleout.draft.formula_texts import literals
from singleout.draft.limits import Budget
from singleout.draft.model import Place
from singleout.draft.opc import Package, open_package
from singleout.draft.opcparts import MEDIA, read_common
from singleout.draft.unseen import report_oversize
from singleout.draft.xlsx_book import (
    Book,
    SheetEntry,
    check_children,
    check_strings,
    read_strings,
    read_workbook,
    report_names,
    report_state,
    report_strings,
)
from singleout.draft.xlsx_cells import RawCells, read_cells
from singleout.draft.xlsx_drawing import read_drawings
from singleout.draft.xlsx_parts import read_parts
from singleout.draft.xlsx_pivot import read_pivots
from singleout.draft.xlsx_settings import WORKSHEET, settings
from singleout.draft.xlsx_sheet import read_sheet, to_grid
from singleout.draft.xlsx_small import read_small_parts, read_tables
from singleout.draft.xlsx_styles import read_styles
from singleout.draft.xml import parse
from singleout.inspection.byproducts.bare_sheets import is_bare
from singleout.inspection.byproducts.shown_pictures import note_sheet


def read(data: bytes, collector: Collector, budget: Budget, depth: int) -> None:
    """Read a workbook of XML parts.

    Parameters
    ----------
    data : bytes
        The file.
    collector : Collector
        Where to report.
    budget : Budget
        Charged for what is read.
    depth : int
        How deep in other files this one is.
    """
    package = open_package(data, collector, budget)
    if package is None:
        return
    main = package.main() or ""
    book: Book | None = None
    with collector.guard(Place(part=main)):
        book = read_workbook(package, main)
    if book is not None:
        _read_book(book)
        report_size(book)
    read_common(package, depth)
    package.orphans(depth)


def _read_book(book: Book) -> None:
    collector = book.collector
    phonetic: list[str] = []
    faint: list[str] = []
    _styles(book.package, book)
    for part in book.package.related(book.part, "sharedStrings"):
        with collector.guard(Place(part=part)):
            content = book.package.read(part)
            book.strings = read_strings(content, book.budget, phonetic, book.styles, faint)
            book.used = np.zeros(len(book.strings), np.bool_)
            check_strings(book, part, content)
            if faint:
                detail = "runs of rich text in white or too small to read"
                collector.add("invisible-text", Place(part=part), count=len(faint), detail=detail)
                collector.unseen_text(Place(part=part), faint, what="runs of rich text")
    read_tables(book)
    report_sheets(book)
    for sheet in book.sheets:
        if sheet.kind == "chartsheet":
            with collector.guard(sheet.place()):
                settings(book, sheet, book.package.tree(sheet.part))
            continue
        done = False
        with collector.guard(sheet.place()):
            content = book.package.read(sheet.part)
            raw = read_cells(content, book.budget)
            book.package.check_namespaces(sheet.part, raw.rest)
            if sheet.kind == "worksheet":
                check_children(book, sheet.part, raw.rest, WORKSHEET)
            read_sheet(book, sheet, raw)
            _formulas(book, sheet, content, raw)
            _kept(book, sheet, raw)
            note_sheet(book.package, sheet.part, raw, MEDIA)
            done = True
        book.sheets_read &= done
    _unreached_sheets(book)
    report_strings(book, phonetic)
    report_names(book)
    read_pivots(book)
    read_parts(book)
    read_small_parts(book)
    read_drawings(book)


_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >][^<]*(?:\"|&quot;)[^<]*<")


def _formulas(book: Book, sheet: SheetEntry, content: bytes, raw: RawCells) -> None:
    """Texts typed into formulas: seen only by who clicks the cell."""
    if not raw.formulas:
        return
    texts = raw.typed
    if texts is None:
        found = set(_FORMULA.findall(content))
        texts = [html.unescape(f[f.index(b">") + 1 : -1].decode("utf-8", "replace")) for f in found]
    book.collector.unseen_text(sheet.place(), sorted(literals(texts)), what="texts in formulas")


def _kept(book: Book, sheet: SheetEntry, raw: RawCells) -> None:
    """Phonetic readings of texts in cells, and what later versions add to cells and rows."""
    if raw.phonetic:
        book.collector.add("phonetic-text", sheet.place(), count=len(raw.phonetic))
        book.collector.unseen_text(sheet.place(), raw.phonetic, what="phonetic text")
    book.collector.unseen_text(sheet.place(), raw.added, what="extension of a cell")


def _unreached_sheets(book: Book) -> None:
    """Sheets that the workbook no longer names: their rows are in the file all the same."""
    for name in book.package.archive.names:
        if name in book.package.source_of or not name.lower().endswith(".xml"):
            continue
        place = Place(part=name)
        with book.collector.guard(place):
            content = book.package.read(name)
            if b"sheetData" in content:
                grid = to_grid(read_cells(content, book.budget), book, place)[0]
                book.collector.grid(
                    grid, place, visible=False, why_unseen="sheet that no relationship reaches"
                )


def _is_bare(book: Book, sheet: SheetEntry) -> bool:
    """Whether a worksheet of markup holds nothing: no cell, nothing drawn or kept beside."""
    with book.collector.guard(sheet.place()):
        if sheet.kind == "worksheet" and sheet.part.lower().endswith(".xml"):
            content = book.package.read(sheet.part)
            linked = [relation.kind for relation in book.package.relations(sheet.part)]
            return not _CELL.search(content) and is_bare(parse(content, book.budget), linked)
    return False


def report_sheets(book: Book, bare_ones: Container[int] = ()) -> None:
    """Report the sheets that are hidden, and names of sheets that look like a person's.

    Parameters
    ----------
    book : Book
        The workbook.
    bare_ones : container of int
        Positions of the sheets that are known to hold nothing.
    """
    for sheet in book.sheets:
        # One with nothing on it is left of the sheets that a new workbook had
        bare = bool(sheet.why_unseen) and (sheet.index in bare_ones or _is_bare(book, sheet))
        report_state(book, sheet.state, sheet.place(), "note" if bare else None)
        if sheet.kind in ("xlMacrosheet", "xlIntlMacrosheet"):
            book.collector.add("macro", sheet.place(), detail="Excel 4.0 macro sheet")
        book.collector.names([(sheet.name, sheet.place())], seen=not sheet.why_unseen)


def report_size(book: Book) -> None:
    """Report a file most of whose bytes are not in sight."""
    archive = book.package.archive
    seen = {sheet.part for sheet in book.sheets if not sheet.why_unseen}
    seen.update(book.package.of_kind("sharedStrings", "styles", "theme", "image", "calcChain"))
    report_oversize(archive, seen.__contains__, book.collector)


def _styles(package: Package, book: Book) -> None:
    themes, collector = package.related(book.part, "theme"), book.collector
    for part in package.related(book.part, "styles"):
        with book.collector.guard(Place(part=part)):
            theme = None
            for name in themes:
                theme = parse(package.read(name), book.budget)
            root = package.tree(part)
            book.styles = read_styles(root, theme)
            # 18.8.7: styles that come with the program have a number, others a name of their own
            own = [e.get("name") for e in root.iter("{*}cellStyle") if e.get("builtinId") is None]
            own += [e.get("name") for e in root.iter("{*}tableStyle")]
            collector.unseen_text(Place(part=part), own, what="name of a style", sort="name")
