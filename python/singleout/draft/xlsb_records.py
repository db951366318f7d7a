"""Records of XLSB parts ([MS-XLSB] 2.1.4) and the structures in them (2.5)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from lxml import etree

from singleout.draft.limits import Budget

# 2.3.2, the records that are read, by number
ROW, CELL_BLANK, RK, CELL_ERROR, CELL_BOOL, REAL, STRING, SHARED = range(8)
F_STRING, F_NUMBER, F_BOOL, F_ERROR = range(8, 12)
# Cells without a column stand right of the cell before them; each is 11 above its long form
SHORT_BLANK, SHORT_SHARED, TO_LONG = 12, 18, 11
SST_ITEM, RICH_STRING = 19, 62
END_SHEET = 130
FONT, FMT, FILL, XF = 43, 44, 45, 47
BEGIN_XFS, END_XFS = 617, 618
BUNDLE_SHEET, WORKBOOK_PROPERTIES, NAME, BOOK_VIEW = 156, 153, 39, 158
FILE_SHARING, USER_VIEW, ABSOLUTE_PATH = 548, 397, 2071
LINK_BOOK, LINK_SELF, LINK_SAME, LINK_ADD_IN, EXTERN_SHEETS = 355, 357, 358, 667, 362
COLUMN, MERGE, BEGIN_FILTER, FILTER_COLUMN, SHEET_FORMAT = 60, 176, 161, 163, 485
BEGIN_COMMENT, COMMENT_TEXT, COMMENT_AUTHOR = 635, 637, 632
RECORD, RECORD_BY_ITEM = 33, 34
ITEM_NUMBER, ITEM_STRING = 21, 24
EXTERNAL_TABLE, EXTERNAL_ROW = 363, 366
EXTERNAL_REAL, EXTERNAL_BOOL, EXTERNAL_ERROR, EXTERNAL_STRING = 368, 369, 370, 371

_ERRORS = {
    0: "#NULL!",
    7: "#DIV/0!",
    15: "#VALUE!",
    23: "#REF!",
    29: "#NAME?",
    36: "#NUM!",
    42: "#N/A",
    43: "#GETTING_DATA",
}
SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def records(data: bytes, budget: Budget) -> Iterator[tuple[int, bytes]]:
    """Iterate over a part's records as (number, content).

    Raises
    ------
    ValueError
        If a record ends after the part.
    """
    at, n = 0, 0
    size_of = len(data)
    while at < size_of:
        kind = data[at]
        at += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (data[at] << 7)
            at += 1
        size = shift = 0
        for _ in range(4):
            byte = data[at]
            at += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        if at + size > size_of:
            raise ValueError("a record ends after its part")
        yield kind, data[at : at + size]
        at += size
        n += 1
        if n % 65_536 == 0:
            budget.check_time()


def wide(data: bytes, at: int = 0) -> tuple[str, int]:
    """Read an XLWideString (2.5.169): its text and where it ends; a null string is empty."""
    (length,) = struct.unpack_from("<I", data, at)
    if length == 0xFFFFFFFF:
        return "", at + 4
    if at + 4 + 2 * length > len(data):
        raise ValueError("a text ends after its record")
    return data[at + 4 : at + 4 + 2 * length].decode("utf-16-le", "replace"), at + 4 + 2 * length


def phonetic(data: bytes) -> str:
    """Read the phonetic reading of a RichStr (2.5.122), empty if it has none: after the text and
    its runs of fonts."""
    if not data[0] & 2:
        return ""
    _, at = wide(data, 1)
    if data[0] & 1:
        at += 4 + 4 * struct.unpack_from("<I", data, at)[0]
    return wide(data, at)[0]


def number(value: float) -> str:
    """Return a number as a workbook's XML would hold it."""
    return str(int(value)) if abs(value) < 1e15 and value == int(value) else repr(value)


def rk(raw: int) -> float:
    """Read an RkNumber (2.5.123)."""
    value: float
    if raw & 2:
        value = float((raw if raw < 0x80000000 else raw - 0x100000000) >> 2)
    else:
        (value,) = struct.unpack("<d", struct.pack("<Q", (raw & 0xFFFFFFFC) << 32))
    return value / 100 if raw & 1 else value


def error(code: int) -> str:
    """Return an error's text (BErr)."""
    return _ERRORS.get(code, "#UNKNOWN!")


def element(parent: etree._Element | None, name: str, **attributes: object) -> etree._Element:
    """Make an element as the XML form of the part would hold it."""
    tag = f"{{{SPACE}}}{name}"
    made = etree.Element(tag) if parent is None else etree.SubElement(parent, tag)
    for key, value in attributes.items():
        made.set(key, str(value))
    return made


def colour(parent: etree._Element, name: str, raw: bytes) -> None:
    """Add a colour (2.4.334 BrtColor) as an element."""
    kind, index, tint, red, green, blue, _ = struct.unpack("<BBhBBBB", raw[:8])
    made = element(parent, name, tint=tint / 32767)
    what = kind >> 1
    if what == 0:
        made.set("auto", "1")
    elif what == 1:
        made.set("indexed", str(index))
    elif what == 3:
        made.set("theme", str(index))
    else:
        made.set("rgb", f"FF{red:02X}{green:02X}{blue:02X}")


def styles_tree(data: bytes, budget: Budget) -> etree._Element:
    """Return a binary styles part as the XML part that it stands for."""
    root = element(None, "styleSheet")
    formats, fonts, fills, xfs = (
        element(root, name) for name in ("numFmts", "fonts", "fills", "cellXfs")
    )
    inside = False
    for kind, body in records(data, budget):
        if kind == FMT:
            element(
                formats,
                "numFmt",
                numFmtId=struct.unpack_from("<H", body)[0],
                formatCode="".join(c for c in wide(body, 2)[0] if c >= " "),
            )
        elif kind == FONT:
            font = element(fonts, "font")
            element(font, "sz", val=struct.unpack_from("<H", body)[0] / 20)
            colour(font, "color", body[12:20])
        elif kind == FILL:
            (pattern,) = struct.unpack_from("<I", body)
            name = {0: "none", 1: "solid"}.get(pattern, "other")
            made = element(element(fills, "fill"), "patternFill", patternType=name)
            colour(made, "fgColor", body[4:12])
        elif kind in (BEGIN_XFS, END_XFS):
            inside = kind == BEGIN_XFS
        elif kind == XF and inside:
            _, form, font_id, fill_id = struct.unpack_from("<4H", body)
            made = element(xfs, "xf", numFmtId=form, fontId=font_id, fillId=fill_id)
            # 2.4.862 BrtXF: fHidden, for formulas
            if body[12:14] and struct.unpack_from("<H", body, 12)[0] & 0x2000:
                element(made, "protection", hidden=1)
    return root
