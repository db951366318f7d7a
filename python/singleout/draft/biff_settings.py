"""What a worksheet substream holds beside cells, as the XML that [MS-XLS] records stand for."""

from __future__ import annotations

import struct
from collections.abc import Callable

from lxml import etree

from singleout.draft.biff_book import BiffBook
from singleout.draft.biff_formula import Meaning, read_formula
from singleout.draft.biff_hlink import Hyperlink, read_hyperlink
from singleout.draft.biff_links import context_of
from singleout.draft.biff_records import Substream
from singleout.draft.biff_strings import Texts, loose_texts
from singleout.draft.biff_styles import CF, read_rule
from singleout.draft.model import cell_name, range_name
from singleout.draft.xlsb_records import element

VALIDATION, SCENARIO, HLINK, HLINK_TIP = 0x01BE, 0xAF, 0x01B8, 0x0800
FILTER_MODE, FILTER_INFO, FILTER, FILTER12 = 0x9B, 0x9D, 0x9E, 0x087E
HEADERS, HEADERS12, CONDFMT = (0x14, 0x15), 0x089C, 0x01B0
VIEW_BEGIN, VIEW_END = 0x01AA, 0x01AB
WINDOW, PANE, ZOOM = 0x023E, 0x41, 0xA0


def read_settings(
    sub: Substream,
    book: BiffBook,
    rest: etree._Element,
    filtered: Meaning | None,
) -> int:
    """Add the sheet's settings to `rest`; return how many records are damaged.

    Parameters
    ----------
    sub : Substream
        The worksheet.
    book : BiffBook
        The workbook.
    rest : lxml.etree._Element
        The sheet without its cells.
    filtered : Meaning or None
        The range of the sheet's filter.
    """
    makers: dict[int, Callable[[bytes], None]] = {
        VALIDATION: lambda body: _validation(rest, body, book),
        SCENARIO: lambda body: _scenario(rest, body, book.texts),
        HLINK: lambda body: _link(rest, body),
        HLINK_TIP: lambda body: _link(rest, body, tip=True),
        HEADERS12: lambda body: _headers(rest, body, book.texts),
        CONDFMT: lambda body: _condition(rest, body),
        CF: lambda body: _rule(rest, body, book),
    }
    for kind in HEADERS:
        makers[kind] = lambda body: _header(rest, body, book.texts)
    damaged, view = 0, False
    for i, kind, _ in sub.each(*makers, VIEW_BEGIN, VIEW_END):
        if kind in (VIEW_BEGIN, VIEW_END):
            view = kind == VIEW_BEGIN
        elif not view or kind not in HEADERS:
            try:
                makers[kind](b"".join(sub.pieces(i)))
            except (struct.error, IndexError, ValueError):
                damaged += 1
    _filter(sub, rest, filtered)
    _panes(sub, rest)
    return damaged


def _panes(sub: Substream, rest: etree._Element) -> None:
    """2.4.346, 2.4.189 and 2.4.247: where the sheet opens, how large, and what frozen panes leave
    out of sight."""
    window, pane, zoom = sub.first(WINDOW), sub.first(PANE), sub.first(ZOOM)
    if window is None or len(window) < 6:
        return
    flags, top, left = struct.unpack_from("<3H", window)
    view = element(element(rest, "sheetViews"), "sheetView", topLeftCell=cell_name(top, left))
    if zoom is not None and len(zoom) >= 4:
        part, whole = struct.unpack_from("<hh", zoom)
        view.set("zoomScale", str(100 * part / whole if part > 0 and whole > 0 else 100))
    if flags & 0x0008 and pane is not None and len(pane) >= 8:
        across, down = struct.unpack_from("<HH", pane)
        element(view, "pane", state="frozen", xSplit=across, ySplit=down)


def _filter(sub: Substream, rest: etree._Element, filtered: Meaning | None) -> None:
    """2.4.119: rows are hidden by a filter; 2.4.6 and 2.4.7: by which values."""
    active = any(True for _ in sub.each(FILTER_MODE))
    columns = [(kind, b"".join(sub.pieces(i))) for i, kind, _ in sub.each(FILTER, FILTER12)]
    if not active and not columns:
        return
    area = filtered.areas[0][1] if filtered is not None and filtered.areas else None
    where = "A1:IV65536" if area is None else range_name(*area)
    made = element(rest, "autoFilter", ref=where)
    if active and not columns:
        element(made, "filterColumn")
    for kind, body in columns:
        column = element(made, "filterColumn")
        begin = 24 if kind == FILTER else 60
        for text in _criteria(body) if kind == FILTER else loose_texts([body[begin:]]):
            element(column, "filter", val=_clean(text))


def _criteria(body: bytes) -> list[str]:
    """2.4.6: two operands of ten bytes, then the texts of those that are texts."""
    found: list[str] = []
    at = 24
    for operand in (body[4:14], body[14:24]):
        if len(operand) == 10 and operand[0] == 6:
            size = operand[6]
            raw = body[at + 1 : at + 1 + size * (2 if body[at] & 1 else 1)]
            found.append(raw.decode("utf-16-le" if body[at] & 1 else "latin-1", "replace"))
            at += 1 + len(raw)
        elif len(operand) == 10 and operand[0] == 4:
            found.append(f"{struct.unpack_from('<d', operand, 2)[0]:.12g}")
    return found


def _clean(text: str) -> str:
    """Return a text as XML may hold it."""
    return "".join(c if c.isprintable() else " " for c in text)


def _validation(rest: etree._Element, body: bytes, book: BiffBook) -> None:
    """2.4.95: a list typed into a rule is a text with zeros between its values."""
    (flags,) = struct.unpack_from("<I", body)
    at = 4
    made = element(rest, "dataValidation")
    for key in ("promptTitle", "errorTitle", "prompt", "error"):
        text, at = book.texts.read(body, at)
        made.set(key, _clean(text))
    (size,) = struct.unpack_from("<H", body, at)
    meaning = read_formula(body[at + 4 :], size, context_of(book))
    at += 4 + size
    (size,) = struct.unpack_from("<H", body, at)
    at += 4 + size
    made.set("sqref", _ranges(body, at))
    if flags & 15 != 3 or not meaning.texts:
        return
    made.set("type", "list")
    values = ",".join(meaning.texts[0].split("\x00"))
    element(made, "formula1").text = f'"{_clean(values)}"'


def _ranges(body: bytes, at: int) -> str:
    """A list of ranges (SqRefU) as text, at most ten of them."""
    (count,) = struct.unpack_from("<H", body, at)
    found = []
    for i in range(min(count, 10)):
        top, bottom, left, right = struct.unpack_from("<4H", body, at + 2 + 8 * i)
        found.append(range_name(top, left, bottom, right))
    return " ".join(found)


def _scenario(rest: etree._Element, body: bytes, texts: Texts) -> None:
    """2.4.244 SCENARIO: name, user, comment, cells, values; before BIFF8 lengths are bytes."""
    user, comment = body[6], body[5]
    try:
        told, values = _scenario_texts(body, texts, bool(user), bool(comment))
    except (ValueError, struct.error):
        if user:
            raise
        # An empty name of the user is left out; LibreOffice writes its length all the same
        told, values = _scenario_texts(body, texts, True, bool(comment))
    made = element(rest, "scenario")
    for key, text in zip(("name", "user", "comment"), told, strict=True):
        made.set(key, _clean(text))
    for value in values:
        element(made, "inputCells", val=_clean(value))


def _scenario_texts(
    body: bytes, texts: Texts, user: bool, comment: bool
) -> tuple[tuple[str, str, str], list[str]]:
    """Name, user and comment of a scenario, and its values; a ValueError if they do not fit."""
    wide = texts.version == 8
    (count,) = struct.unpack_from("<H", body)
    label, at = texts.chars(body, 7, body[4])
    person = remark = ""
    # These have a length of their own before their characters
    if user:
        person, at = texts.read(body, at, wide_length=wide)
    if comment:
        remark, at = texts.read(body, at, wide_length=wide)
    at += 4 * count
    values: list[str] = []
    for _ in range(count):
        value, at = texts.read(body, at, wide_length=wide)
        values.append(value)
    # Two bytes for each cell follow, which are not used
    if len(body) not in (at, at + 2 * count):
        raise ValueError("a scenario is longer than its texts")
    return (label, person, remark), values


def _links_of(rest: etree._Element) -> etree._Element:
    found = rest.find("{*}hyperlinks")
    return element(rest, "hyperlinks") if found is None else found


def _link(rest: etree._Element, body: bytes, *, tip: bool = False) -> None:
    """2.4.140 and 2.4.141: where a link leads, and its tip."""
    links = _links_of(rest)
    if tip and len(links):
        text = body[10:].decode("utf-16-le", "replace").split("\0")[0]
        links[-1].set("tooltip", _clean(text))
        return
    top, _, left, _ = struct.unpack_from("<4H", body)
    made = element(links, "hyperlink", ref=cell_name(top, left))
    try:
        told = read_hyperlink(body[24:])
    except (struct.error, ValueError):
        told = Hyperlink(" ".join(loose_texts([body[32:]])), "", "")
    for key, text in (("target", told.target), ("location", told.location)):
        made.set(key, _clean(text))
    if told.display:
        made.set("display", _clean(told.display))


def _header(rest: etree._Element, body: bytes, texts: Texts) -> None:
    if len(body) < 2:
        return
    text, _ = texts.read(body, 0, wide_length=texts.version == 8)
    element(element(rest, "headerFooter"), "oddHeader").text = _clean(text)


def _headers(rest: etree._Element, body: bytes, texts: Texts) -> None:
    """2.4.137: headers of even and first pages."""
    lengths = struct.unpack_from("<4H", body, 30)
    at = 38
    made = element(rest, "headerFooter")
    for length in lengths:
        if length:
            text, at = texts.read(body, at)
            element(made, "evenHeader").text = _clean(text)


def _condition(rest: etree._Element, body: bytes) -> None:
    """2.4.56: the ranges of the rules that follow."""
    element(rest, "conditionalFormatting", sqref=_ranges(body, 12))


def _rule(rest: etree._Element, body: bytes, book: BiffBook) -> None:
    """2.4.42: a rule, whose format joins the workbook's."""
    parents = rest.findall("{*}conditionalFormatting")
    if parents:
        rule, look = read_rule(body, book.texts)
        rule.set("dxfId", str(len(book.styles.rules)))
        book.styles.rules.append(look)
        parents[-1].append(rule)


def view_count(sub: Substream) -> int:
    """Return the number of custom views with settings of this sheet."""
    return sum(1 for _ in sub.each(VIEW_BEGIN))
