"""Read a workbook stream ([MS-XLS] 2.1.7.20; BIFF2 to BIFF8): its sheets and all that is kept."""

from __future__ import annotations

import struct

import numpy as np
import pyarrow as pa
from lxml import etree

from singleout.draft import biff_records as biff
from singleout.draft.biff_book import BiffBook, Stream
from singleout.draft.biff_cells import read_cells
from singleout.draft.biff_chart import read_chart
from singleout.draft.biff_drawing import read_pictures
from singleout.draft.biff_formula import Meaning
from singleout.draft.biff_known import holds_nothing, is_known
from singleout.draft.biff_links import read_links, read_names
from singleout.draft.biff_records import Substream, scan, version
from singleout.draft.biff_sheet import read_worksheet, report_searched
from singleout.draft.biff_strings import Texts, encoding_of, loose_texts, shared_strings
from singleout.draft.biff_styles import read_styles_of
from singleout.draft.codes import Severity
from singleout.draft.collector import Collector
from singleout.draft.limits import Budget
from singleout.draft.model import Place
from singleout.draft.xlsb_records import element
from singleout.draft.xlsx import report_sheets
from singleout.draft.xlsx_book import SheetEntry, report_names
from singleout.draft.xlsx_sheet import to_grid
from singleout.inspection.byproducts.bare_sheets import records_are_bare

_STATES = {0: "visible", 1: "hidden", 2: "veryHidden"}
_KINDS = {0: "worksheet", 1: "xlMacrosheet", 2: "chartsheet", 6: "module"}
# Bytes of a stream outside every substream below which they are a note only
LEAST_LEFT = 16


def read_stream(
    data: bytes, part: str, collector: Collector, budget: Budget, depth: int
) -> BiffBook | None:
    """Read a workbook stream and report what is in it.

    Parameters
    ----------
    data : bytes
        The stream.
    part : str
        Its name in the file; empty for a file that is one stream.
    collector : Collector
        Where to report.
    budget : Budget
        Charged for what is read.
    depth : int
        How deep in other files this one is.

    Returns
    -------
    BiffBook or None
        The workbook; None if the stream has no beginning.
    """
    told = version(data)
    if not told:
        collector.unread(Place(part=part), "it does not begin as a workbook", code="unreadable")
        return None
    book = BiffBook(Stream(collector, budget), part)
    book.texts.version = told
    book.depth = depth
    main = scan(data, 0, budget)
    _settings(main, book)
    if main.first(biff.FILEPASS) is not None:
        book.sheets_read = False
        collector.unread(Place(part=part), "the workbook is encrypted", code="encrypted")
        return book
    if not main.whole:
        collector.unread(Place(part=part), "the stream ends before its end record")
        book.sheets_read = False
    found = _substreams(data, main, book)
    _read(main, found, book)
    return book


def _settings(main: Substream, book: BiffBook) -> None:
    page = main.first(biff.CODEPAGE)
    if page is not None and len(page) >= 2:
        book.texts.encoding = encoding_of(int.from_bytes(page[:2], "little"))
    dates = main.first(biff.DATE1904)
    book.date1904 = dates is not None and dates[:1] == b"\x01"


def _substreams(data: bytes, main: Substream, book: BiffBook) -> list[tuple[SheetEntry, Substream]]:
    """The sheets with their records, in the workbook's order; then those it does not name."""
    if main.type not in (biff.WORKBOOK, biff.WORKSPACE):
        name = {biff.CHART: "chartsheet", biff.MACRO: "xlMacrosheet"}.get(main.type, "worksheet")
        sheet = SheetEntry("Sheet1", 1, "visible", book.part, name)
        book.sheets.append(sheet)
        _left_over(data, [main], book)
        return [(sheet, main)]
    found: list[tuple[SheetEntry, Substream]] = []
    if main.type == biff.WORKSPACE:
        _workspace(main, book, found)
    read: dict[int, Substream] = {}
    for _, _, body in main.each(biff.BOUNDSHEET):
        sheet, at = _bound_sheet(body, book)
        book.sheets.append(sheet)
        book.budget.charge_parts()
        made = scan(data, at, book.budget) if version(data, at) else None
        if made is None or _overlap(made, main, read):
            book.collector.unread(sheet.place(), "its records are not where they should be")
            book.sheets_read = False
            continue
        read[at] = made
        if sheet.why_unseen:
            book.unseen_bytes += made.end - made.begin
        if not read[at].whole:
            book.collector.unread(sheet.place(), "its records end before their end record")
            book.sheets_read = False
        found.append((sheet, read[at]))
    _left_over(data, [main, *read.values()], book)
    return found


def _overlap(made: Substream, main: Substream, read: dict[int, Substream]) -> bool:
    """Whether a sheet's records are another's too (then they would be read again and again)."""
    return made.begin < main.end or any(
        made.begin < other.end and other.begin < made.end for other in read.values()
    )


def _bound_sheet(body: bytes, book: BiffBook) -> tuple[SheetEntry, int]:
    """2.4.28: where the sheet begins, its state and kind, its name."""
    at, state, kind = struct.unpack_from("<IBB", body)
    name, _ = book.texts.read(body, 6, wide_length=False)
    shown = _STATES.get(state & 3, "unknown")
    index = len(book.sheets) + 1
    return SheetEntry(name, index, shown, book.part, _KINDS.get(kind, "unknown")), at


def _workspace(main: Substream, book: BiffBook, found: list[tuple[SheetEntry, Substream]]) -> None:
    """BIFF4 workspaces: each sheet is inside, after a record with its name."""
    names = []
    for _, _, body in main.each(biff.BUNDLE):
        length = body[4] if len(body) > 4 else 0
        names.append(body[5 : 5 + length].decode(book.texts.encoding, "replace"))
    for i, (first, last) in enumerate(main.nested):
        name = names[i] if i < len(names) else f"Sheet{i + 1}"
        inside = main.part(first, last)
        kind = {biff.CHART: "chartsheet", biff.MACRO: "xlMacrosheet"}.get(inside.type, "worksheet")
        sheet = SheetEntry(name, i + 1, "visible", book.part, kind)
        book.sheets.append(sheet)
        found.append((sheet, inside))


def _left_over(data: bytes, read: list[Substream], book: BiffBook) -> None:
    """Report bytes outside the substreams; a sheet there is read though nothing names it."""
    spans = sorted((sub.begin, sub.end) for sub in read)
    at, left = 0, 0
    place = Place(part=book.part)
    for begin, end in [*spans, (len(data), len(data))]:
        gap = data[at:begin] if begin > at else b""
        if gap.strip(b"\x00"):
            left += len(gap)
            if version(gap):
                with book.collector.guard(place):
                    _unnamed(gap, book)
            else:
                book.collector.unseen_text(place, loose_texts([gap]), what="bytes left over")
        at = max(at, end)
    if left:
        detail = "bytes of the stream outside its sheets"
        severity: Severity | None = "note" if left < LEAST_LEFT else None
        book.collector.add("leftover-data", place, count=left, severity=severity, detail=detail)


def _unnamed(gap: bytes, book: BiffBook) -> None:
    at = 0
    while version(gap, at):
        sub = scan(gap, at, book.budget)
        cells, _ = read_cells(sub, book, element(None, "worksheet"))
        grid = to_grid(cells, book, Place(part=book.part))[0]
        why = "sheet that the workbook does not name"
        book.collector.grid(grid, Place(part=book.part), visible=False, why_unseen=why)
        at = max(sub.end, at + 1)


def _read(main: Substream, found: list[tuple[SheetEntry, Substream]], book: BiffBook) -> None:
    collector, place = book.collector, Place(part=book.part)
    formats = element(None, "styleSheet")
    with collector.guard(place):
        book.styles, formats = read_styles_of(main, book.texts)
    strings_read = False
    with collector.guard(place):
        strings_read = _strings(main, book, formats)
    bare = {
        sheet.index
        for sheet, sub in found
        if sheet.kind == "worksheet"
        and records_are_bare(zip(sub.kinds.tolist(), sub.sizes.tolist(), strict=True))
    }
    report_sheets(book, bare)
    filters: dict[int, Meaning] = {}
    with collector.guard(place):
        read_links(main, book)
    with collector.guard(place):
        filters = read_names(main, book)
    unknown = _count_unknown(main, book)
    for sheet, sub in found:
        done = False
        with collector.guard(sheet.place()):
            if sub is not main:
                for kind, count in _count_unknown(sub, book).items():
                    unknown[kind] = unknown.get(kind, 0) + count
            if sheet.kind in ("worksheet", "xlMacrosheet", "unknown"):
                filtered = filters.get(sheet.index - 1)
                done = read_worksheet(sub, book, sheet, filtered)
            else:
                done = True
        book.sheets_read &= done
    with collector.guard(place):
        _charts(found, book)
    with collector.guard(place):
        read_pictures(main, book)
    with collector.guard(place):
        report_globals(main, book)
    if strings_read:
        _unused_strings(book)
    report_names(book)
    if unknown:
        numbers = ", ".join(f"{kind:#06x}" for kind in sorted(unknown)[:8])
        count = sum(unknown.values())
        detail = f"records of unknown numbers ({numbers})"
        collector.add("unknown-part", place, count=count, detail=detail)


def _count_unknown(sub: Substream, book: BiffBook) -> dict[int, int]:
    """Numbers of records that are not in the tables; their texts are searched."""
    kinds, counts = np.unique(sub.kinds, return_counts=True)
    found = {
        int(kind): int(count)
        for kind, count in zip(kinds, counts, strict=True)
        if not is_known(int(kind), book.texts.version)
    }
    for number in list(found):
        places = np.flatnonzero(sub.kinds == number).tolist()
        if all(holds_nothing(number, sub.body(i)) for i in places):
            del found[number]
    if found:
        bodies = [sub.body(i) for i in np.flatnonzero(np.isin(sub.kinds, list(found)))[:10_000]]
        book.collector.unseen_text(
            Place(part=book.part), loose_texts(bodies), what="unknown records"
        )
    return found


def _strings(main: Substream, book: BiffBook, formats: etree._Element) -> bool:
    """Read the shared strings; False if some are missing."""
    phonetic: list[str] = []
    runs: list[tuple[int, bytes]] = []
    place = Place(part=book.part, item="sharedStrings")
    missing = None
    for i, _, _ in main.each(biff.SST):
        strings, missing = shared_strings(main.pieces(i), book.budget, phonetic, runs)
        book.strings = pa.array(strings, pa.string())
        book.used = np.zeros(len(strings), np.bool_)
        faint = _faint(strings, runs, book, formats)
        if faint:
            detail = "runs of rich text in white or too small to read"
            book.collector.add("invisible-text", place, count=len(faint), detail=detail)
            book.collector.unseen_text(place, faint, what="runs of rich text")
        break
    if phonetic:
        book.collector.add("phonetic-text", place, count=len(phonetic))
        book.collector.unseen_text(place, phonetic, what="phonetic text")
    if missing is not None:
        book.collector.unread(place, f"{missing} shared strings are cut off")
    return missing is None


def _faint(
    strings: list[str], runs: list[tuple[int, bytes]], book: BiffBook, formats: etree._Element
) -> list[str]:
    """Runs of rich text that are white, or too small to read: (first character, font) pairs."""
    fonts = formats.find("{*}fonts")
    hidden = (
        set()
        if fonts is None
        else {i for i, font in enumerate(fonts) if book.styles.run_is_hidden(font)}
    )
    found: list[str] = []
    for index, raw in runs if hidden else ():
        text = strings[index]
        pairs = list(struct.iter_unpack("<HH", raw))
        ends = [begin for begin, _ in pairs[1:]] + [len(text)]
        for (begin, font), end in zip(pairs, ends, strict=True):
            if font in hidden and text[begin:end].strip():
                found.append(text[begin:end])
    return found


def _unused_strings(book: BiffBook) -> None:
    if not book.sheets_read:
        return
    unused = np.flatnonzero(~book.used)
    lost = [text for text in book.strings.take(pa.array(unused)).to_pylist() if text]
    if lost:
        place = Place(part=book.part, item="sharedStrings")
        book.collector.add("orphan-string", place, count=len(lost))
        book.collector.unseen_text(place, lost, what="text of deleted cells")


def _charts(found: list[tuple[SheetEntry, Substream]], book: BiffBook) -> None:
    """Charts on sheets, and sheets that are charts; all cells are read by now."""
    for sheet, sub in found:
        number = 0
        if sheet.kind == "chartsheet":
            read_chart(sub, book, sheet.place(), seen=not sheet.why_unseen)
        for first, last in sub.nested:
            inside = sub.part(first, last)
            if inside.type == biff.CHART:
                number += 1
                place = Place(
                    part=book.part, sheet=sheet.name, index=sheet.index, item=f"chart {number}"
                )
                with book.collector.guard(place):
                    read_chart(inside, book, place, seen=not sheet.why_unseen)


def report_globals(main: Substream, book: BiffBook) -> None:
    """Report what the workbook's own records tell: its users, hidden windows, views, queries."""
    add, place = book.collector.add, Place(part=book.part)
    for _, kind, body in main.each(0x5C, 0x5B):
        name = _user(body if kind == 0x5C else body[4:], book.texts, kind)
        if name.strip():
            item = "WriteAccess" if kind == 0x5C else "FileSharing"
            add("person", Place(part=book.part, item=item), severity="note")
            user = [name.strip()]
            book.collector.text(place, user, sort="kept", what="user of the file", seen=False)
    for _, _, body in main.each(0x3D):
        if len(body) >= 10:
            (flags,) = struct.unpack_from("<H", body, 8)
            if flags & 0x05 or (not flags & 0x20 and book.texts.version >= 5):
                add("hidden-window", place)
    views = sum(1 for _ in main.each(0x01A9))
    if views:
        add("custom-view", place, count=views)
        texts = loose_texts(body for _, _, body in main.each(0x01A9))
        book.collector.unseen_text(place, texts, what="custom view")
    if main.type in (biff.WORKBOOK, biff.WORKSPACE):
        report_searched(main, book, place)


def _user(body: bytes, texts: Texts, kind: int) -> str:
    """The user who saved it last or reserved it; blanks fill the record."""
    try:
        return texts.read(body, 0, wide_length=texts.version == 8)[0]
    except (ValueError, IndexError):
        return " ".join(loose_texts([body]))
