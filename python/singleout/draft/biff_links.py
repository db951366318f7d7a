"""Other workbooks ([MS-XLS] 2.4.271 SupBook and what follows it) and defined names (2.4.150)."""

from __future__ import annotations

import re
import struct

from singleout.draft import biff_records as biff
from singleout.draft.biff_book import BiffBook, Link
from singleout.draft.biff_formula import Context, Meaning, read_formula
from singleout.draft.biff_records import Substream
from singleout.draft.biff_strings import loose_texts
from singleout.draft.grid import Grid
from singleout.draft.links import Link as DraftLink
from singleout.draft.links import tell_links
from singleout.draft.model import Place, is_path
from singleout.draft.xlsb_records import error, number
from singleout.draft.xlsx_book import DefinedName
from singleout.inspection.byproducts.paths import severity_of_linked

_BUILT_IN = (
    "Consolidate_Area",
    "Auto_Open",
    "Auto_Close",
    "Extract",
    "Database",
    "Criteria",
    "Print_Area",
    "Print_Titles",
    "Recorder",
    "Data_Form",
    "Auto_Activate",
    "Auto_Deactivate",
    "Sheet_Title",
    "_FilterDatabase",
)
_SELF, _ADD_IN = 0x0401, 0x3A01
# VirtualPath: what the control characters in an encoded path stand for
_CODED = {"\x02": "/", "\x03": "/", "\x04": "../", "\x06": "", "\x07": "", "\x08": ""}


def read_links(sub: Substream, book: BiffBook) -> None:
    """Read the supporting workbooks with the cells kept of them, and report them."""
    sheet, unread = 0, 0
    kinds = (biff.SUPBOOK, biff.EXTERN_SHEET, biff.XCT, biff.CRN, *biff.EXTERN_NAMES)
    for i, kind, body in sub.each(*kinds):
        try:
            if kind == biff.SUPBOOK:
                book.links.append(_supbook(b"".join(sub.pieces(i)), book))
            elif kind == biff.EXTERN_SHEET:
                _extern_sheet(b"".join(sub.pieces(i)), book)
            elif kind == biff.XCT:
                sheet = struct.unpack_from("<H", body, 2)[0] if len(body) >= 4 else 0
            elif kind == biff.CRN and book.links:
                _crn(b"".join(sub.pieces(i)), book, book.links[-1], sheet)
            elif kind in biff.EXTERN_NAMES and book.links and book.links[-1].kind == "dde":
                book.links[-1].texts += loose_texts(sub.pieces(i))
                book.links[-1].values += _values(b"".join(sub.pieces(i)), book)
        except (struct.error, IndexError, ValueError):
            unread += 1
    if unread:
        book.collector.unread(Place(part=book.part), f"{unread} records of links are damaged")
    _report(book)


def _supbook(body: bytes, book: BiffBook) -> Link:
    count, kind = struct.unpack_from("<HH", body)
    if len(body) == 4 and kind in (_SELF, _ADD_IN):
        return Link("self" if kind == _SELF else "add-in")
    path, at = book.texts.read(body, 2)
    sheets: list[str] = []
    for _ in range(count):
        if at >= len(body):
            break
        name, at = book.texts.read(body, at)
        sheets.append(name)
    # The same sheet, and a link that nothing uses any more (what is kept of it stays)
    if path in ("\x00", " ") and not sheets:
        return Link("self" if path == "\x00" else "unused")
    return Link("other" if sheets or path[:1] == "\x01" else "dde", _path(path), sheets)


def _extern_sheet(body: bytes, book: BiffBook) -> None:
    if book.texts.version == 8:
        (count,) = struct.unpack_from("<H", body)
        for entry in struct.iter_unpack("<HHH", body[2 : 2 + 6 * min(count, (len(body) - 2) // 6)]):
            book.tabs.append(entry)
        return
    length, kind = body[0], body[1]
    text = body[2 : 2 + length].decode(book.texts.encoding, "replace")
    book.tabs.append((len(book.links), 0, 0))
    # Before BIFF8: 2 to 4 for sheets of this workbook, or for it; 0x3A for functions of add-ins
    if kind in (2, 3, 4) or text == "\x00":
        book.links.append(Link("self"))
    elif kind == 0x3A:
        book.links.append(Link("add-in"))
    else:
        book.links.append(Link("other", _path("\x01" + text)))


def _path(text: str) -> str:
    """Return the path that an encoded one stands for."""
    if text[:1] != "\x01":
        return text
    text = text[1:]
    if text[:2] == "\x01@":
        text = "//" + text[2:]
    elif text[:1] == "\x01":
        text = f"{text[1:2]}:/{text[2:]}"
    elif text[:1] == "\x05":
        text = text[2:]
    text = "".join(_CODED.get(c, c) for c in text)
    return text.partition("[")[0] + text.partition("[")[2] if "[" in text else text


def _crn(body: bytes, book: BiffBook, link: Link, sheet: int) -> None:
    """2.4.65: values of neighbouring cells of a row."""
    last, first, row = struct.unpack_from("<BBH", body)
    at = 4
    link.runs += 1
    cells = link.cells.setdefault(sheet, [])
    for column in range(first, last + 1):
        text, numeric, at = _operand(body, at, book)
        if text:
            cells.append((row, column, text, numeric))
    book.budget.charge_cells(max(0, last - first + 1))


def _operand(body: bytes, at: int, book: BiffBook) -> tuple[str, bool, int]:
    """One value of a SerAr (2.4.65): its text, whether a number, where it ends."""
    kind = body[at]
    if kind == 2:
        text, end = book.texts.read(body, at + 1, wide_length=book.texts.version == 8)
        return text, False, end
    if kind == 1:
        return number(struct.unpack_from("<d", body, at + 1)[0]), True, at + 9
    if kind == 4:
        return ("FALSE", "TRUE")[body[at + 1] & 1], False, at + 9
    if kind == 0x10:
        return error(body[at + 1]), False, at + 9
    if kind == 0:
        return "", False, at + 9
    raise ValueError("a value of an unknown type")


def _values(body: bytes, book: BiffBook) -> int:
    """2.4.105: how many values of a link are kept after the item's name (an MOper)."""
    wide = book.texts.version == 8
    at = 7 + wide + body[6] * (1 + (wide and body[7] & 1))
    if at + 3 >= len(body):
        return 0
    last_column, last_row = body[at], int.from_bytes(body[at + 1 : at + 3], "little")
    # The shortest value takes two bytes
    return min((last_column + 1) * (last_row + 1), (len(body) - at - 3) // 2)


def _report(book: BiffBook) -> None:
    collector, place = book.collector, Place(part=book.part)
    runs = cells = 0
    paths: list[str] = []
    for link in book.links:
        if link.kind in ("self", "add-in", "unused") and not link.runs:
            continue
        collector.add("external-link", place)
        paths += [link.path] * is_path(link.path)
        runs += link.runs + link.values
        collector.unseen_text(place, link.texts, what="values of a link")
        for sheet, kept in link.cells.items():
            cells += len(kept)
            name = link.sheets[sheet] if sheet < len(link.sheets) else ""
            there = Place(part=book.part, item=name)
            collector.identifiers(there, (c[2] for c in kept), what="cells of another workbook")
            collector.grid(
                Grid.from_cells(kept),
                there,
                visible=False,
                why_unseen="kept from another workbook",
                unseen_finding=False,
            )
        names = [(name, Place(part=book.part, item=name)) for name in link.sheets]
        collector.names(names, seen=False)
        tell_links(collector, place, [DraftLink(link.path)] if link.path.strip() else [])
    if paths:
        severity = severity_of_linked(paths)
        collector.add("path", place, count=len(paths), severity=severity)
    if runs:
        detail = f"{cells} cells; counted are runs of neighbouring cells, and values of links"
        collector.add("external-link-cache", place, count=runs, detail=detail)


def context_of(book: BiffBook) -> Context:
    """Return how to read the workbook's formulas."""
    if book.texts.version == 8:
        return Context(book.texts, book.sheet_name, book.external)
    names = {sheet.index - 1: sheet.name for sheet in book.sheets}
    return Context(book.texts, lambda index: names.get(index, ""), lambda index: False)


def read_names(sub: Substream, book: BiffBook) -> dict[int, Meaning]:
    """Read the defined names into `book.names`.

    Returns
    -------
    dict of int to Meaning
        The range of each sheet's filter, by the sheet's position from 0.
    """
    context, filters, unread = context_of(book), {}, 0
    for i, _, _ in sub.each(*biff.NAMES):
        body = b"".join(sub.pieces(i))
        try:
            name, sheet, hidden, meaning = _name(body, book, context)
        except (struct.error, IndexError, ValueError):
            unread += 1
            continue
        text = meaning.text if meaning.whole or "#REF!" in meaning.text else f"?{meaning.text}"
        typed = tuple(meaning.texts)
        book.names.append(DefinedName(name, text, sheet, hidden, typed=typed))
        if name == "_xlnm._FilterDatabase" and sheet is not None:
            filters[sheet] = meaning
    if unread:
        book.collector.unread(Place(part=book.part), f"{unread} defined names are damaged")
    return filters


def _name(body: bytes, book: BiffBook, context: Context) -> tuple[str, int | None, bool, Meaning]:
    old = book.texts.version < 5
    if book.texts.version == 2:
        flags, length, size, tab, at = body[0], body[3], body[4], 0, 5
    elif old:
        flags, length, size = struct.unpack_from("<HxBH", body)
        tab, at = 0, 6
    else:
        flags, length, size, tab = struct.unpack_from("<HxBHxxH", body)
        at = 14
    name, at = book.texts.chars(body, at, length)
    if flags & 0x20 and not old:
        code = ord(name[0]) if name else 0xFF
        name = f"_xlnm.{_BUILT_IN[code]}" if code < len(_BUILT_IN) else f"_xlnm.{code}"
    elif name == _BUILT_IN[-1]:
        name = f"_xlnm.{name}"
    meaning = read_formula(body[at:], size, context)
    return re.sub(r"[\x00-\x1f]", "", name), tab - 1 if tab else None, bool(flags & 1), meaning
