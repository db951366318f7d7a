"""Cells of a worksheet part (ECMA-376 part 1, 18.3.1): positions, styles, values, rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from lxml import etree

from singleout.draft.limits import Budget, LimitError
from singleout.draft.xml import MarkupError, events, local, parse

NUMBER, SHARED, TEXT, BOOLEAN, ERROR, DATE = range(6)
_TYPES = {
    "n": NUMBER,
    "s": SHARED,
    "str": TEXT,
    "inlineStr": TEXT,
    "b": BOOLEAN,
    "e": ERROR,
    "d": DATE,
}
_START = re.compile(rb"<(?:\w+:)?sheetData\s*(/?)>")
_END = re.compile(rb"</(?:\w+:)?sheetData\s*>")
# Attributes, in whose values a bracket may stand
ATTRIBUTES = rb"(?:[^<>\"'/]|/(?!>)|\"[^\"<]*\"|'[^'<]*')*"
_BETWEEN = re.compile(
    rb"(?:</(?:\w+:)?row\s*>|<(?:\w+:)?sheetData\s*>|<(?:\w+:)?row\b%b/>)\s*[^<\s]" % ATTRIBUTES
)
_CELL = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})$")
# The element names of sheetData (18.3.1.73 row, 18.3.1.4 c); `rPr` and below are rich text.
_KNOWN = frozenset(
    [
        "sheetData",
        "row",
        "c",
        "f",
        "v",
        "is",
        "t",
        "r",
        "rPr",
        "rPh",
        "phoneticPr",
        "extLst",
        "ext",
        "b",
        "i",
        "strike",
        "condense",
        "extend",
        "outline",
        "shadow",
        "u",
        "vertAlign",
        "sz",
        "color",
        "rFont",
        "family",
        "charset",
        "scheme",
    ]
)
_OF_ROW = """
r spans s customFormat ht hidden customHeight outlineLevel collapsed thickTop thickBot ph dyDescent
"""
ROW_ATTRIBUTES = frozenset(_OF_ROW.split())
CELL_ATTRIBUTES = frozenset({"r", "s", "t", "cm", "vm", "ph", "space"})
_OF_FORMULA = "t aca ref dt2D dtr del1 del2 r1 r2 ca si bx space"
# Of what a cell holds: its formula (18.3.1.40), value, inline string
INNER_ATTRIBUTES = {
    "f": frozenset(_OF_FORMULA.split()),
    "v": frozenset({"space"}),
    "is": frozenset({"space"}),
}
TRUE = ("1", "true", "on")
# Points of a row's height, and a fifth of it characters of a column's width, that show no text
MOST_UNSEEN = 2.0


@dataclass(slots=True)
class RowSettings:
    """Rows (zero-based) that are hidden, of no height, in an outline, of a height of their own."""

    hidden: set[int] = field(default_factory=set)
    zero: set[int] = field(default_factory=set)
    outlined: set[int] = field(default_factory=set)
    heights: dict[int, float] = field(default_factory=dict)


@dataclass(slots=True)
class RawCells:
    """Cells with a value, in the file's order; `values` as in the file, `kinds` NUMBER ... DATE.

    A value may be the empty text, which shows nothing: its kind is TEXT. `phonetic` are readings
    of texts in cells, `added` what extensions of cells and rows hold, `typed` the formulas with
    texts in them; None where the formulas were not looked at one by one.
    """

    rows: npt.NDArray[np.int32]
    columns: npt.NDArray[np.int32]
    styles: npt.NDArray[np.int32]
    kinds: npt.NDArray[np.uint8]
    values: pa.Array
    settings: RowSettings
    rest: etree._Element
    formulas: int = 0
    unknown: int = 0
    values_meta: int = 0
    phonetic: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    typed: list[str] | None = None


def column_index(letters: str) -> int:
    """Return a column's zero-based index for its letters.

    Examples
    --------
    >>> column_index("A"), column_index("XFD")
    (0, 16383)
    """
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - 64
    return index - 1


def parse_ref(ref: str) -> tuple[int, int, int, int] | None:
    """Return top, left, bottom, right (zero-based) of ``A1``, ``A1:B2``, ``A:B`` or ``1:2``.

    Examples
    --------
    >>> parse_ref("$B$2:C9"), parse_ref("A:A")
    ((1, 1, 8, 2), (0, 0, 1048575, 0))
    """
    ends = []
    for i, piece in enumerate((ref.replace("$", "").split(":") * 2)[:2]):
        match = re.fullmatch(r"([A-Za-z]{0,3})([0-9]{0,7})", piece)
        if match is None or not piece:
            return None
        row = int(match[2]) - 1 if match[2] else (0, 1_048_575)[i]
        column = column_index(match[1]) if match[1] else (0, 16_383)[i]
        ends.append((row, column))
    (top, left), (bottom, right) = ends
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)


def read_cells(data: bytes, budget: Budget) -> RawCells:
    """Read a worksheet part.

    Parameters
    ----------
    data : bytes
        The part.
    budget : Budget
        Charged for cells and time.

    Returns
    -------
    RawCells
        Cells with values, and `rest`: the part without its cells.
    """
    start, end = _START.search(data), None
    if start is not None and not start[1]:
        tail = max(data.rfind(b"</sheetData"), data.rfind(b":sheetData"))
        end = _END.search(data, data.rfind(b"<", 0, tail + 1)) if tail > 0 else None
    if start is None or (end is None and not start[1]):
        return _slow(data, parse(data, budget), budget)
    if end is None:
        rest = parse(data, budget)
        return _empty(rest)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise MarkupError("it declares a document type, as entity attacks do")
    try:
        # An empty element stands for the cells: where a parser takes it, it takes them
        empty = start[0].rstrip(b"> \t\r\n") + b"/>"
        rest = parse(data[: start.start()] + empty + data[end.end() :], budget)
    except etree.XMLSyntaxError:  # damaged, or cells in two places: the parser tells
        return _slow(data, parse(data, budget), budget)
    if not any(local(child) == "sheetData" for child in rest):
        return _slow(data, parse(data, budget), budget)
    from singleout.draft.xlsx_fast import fast_cells

    found = fast_cells(data, start.end(), end.start(), rest, budget)
    return _slow(data, rest, budget) if found is None else found


def _empty(rest: etree._Element) -> RawCells:
    none = np.zeros(0, np.int32)
    return RawCells(
        none, none, none, none.astype(np.uint8), pa.array([], pa.string()), RowSettings(), rest
    )


def row_settings(settings: RowSettings, row: int, attributes: dict[str, str]) -> None:
    """Note a row's hidden, height and outline attributes (18.3.1.73)."""
    if "ht" in attributes:
        settings.heights[row] = float(attributes["ht"])
    if attributes.get("hidden") in TRUE:
        settings.hidden.add(row)
        settings.heights[row] = 0.0
    elif "ht" in attributes and settings.heights[row] < MOST_UNSEEN:
        settings.zero.add(row)
    if attributes.get("outlineLevel", "0") != "0":
        settings.outlined.add(row)


def _slow(data: bytes, rest: etree._Element | None, budget: Budget) -> RawCells:
    """Read any valid part, element by element."""
    settings = RowSettings()
    rows: list[int] = []
    columns: list[int] = []
    styles: list[int] = []
    kinds: list[int] = []
    values: list[str] = []
    unknown, formulas, meta = len(_BETWEEN.findall(data)), 0, 0
    phonetic: list[str] = []
    added: list[str] = []
    typed: set[str] = set()
    at = -1
    for element in events(data, budget, "{*}row"):
        above = element.getparent()
        if above is None or local(above) != "sheetData":
            continue  # where a drawing is anchored (20.5.2.27)
        at = int(element.get("r", at + 2)) - 1
        row_settings(settings, at, {str(k): str(v) for k, v in element.attrib.items()})
        across, space = -1, str(element.tag).removesuffix("row")
        unknown += _stray(element) + _unknown_attributes(element, ROW_ATTRIBUTES)
        for cell in element:
            if local(cell) != "c":
                unknown += local(cell) not in ("", "extLst")
                added += _texts(cell)
                continue
            unknown += _unknown_attributes(cell, CELL_ATTRIBUTES) + (cell.tag != space + "c")
            match = _CELL.match(str(cell.get("r", "")))
            across = column_index(match[1]) if match else across + 1
            kind = _TYPES.get(str(cell.get("t", "n")), TEXT)
            value: str | None = None
            meta += cell.get("vm") is not None
            for part in cell:
                name = local(part)
                if name in INNER_ATTRIBUTES:
                    unknown += _unknown_attributes(part, INNER_ATTRIBUTES[name])
                    unknown += part.tag != space + name
                if name == "v":
                    value = unescape(part.text or "")
                elif name == "is":
                    value = rich_text(part)
                    phonetic += [t.text for t in part.iterfind("{*}rPh/{*}t") if t.text]
                elif name == "f":
                    formulas += 1
                    if '"' in (part.text or ""):
                        typed.add(part.text)
                else:
                    unknown += name not in ("", "extLst")
                    added += _texts(part)
            if value is not None:
                rows.append(int(match[2]) - 1 if match else at)
                columns.append(across)
                styles.append(int(cell.get("s") or 0))
                kinds.append(kind if value else TEXT)
                values.append(value)
        budget.charge_cells(0)
    budget.charge_cells(len(values))
    if rest is None:
        rest = etree.Element("worksheet")
    return RawCells(
        np.array(rows, np.int32),
        np.array(columns, np.int32),
        np.array(styles, np.int32),
        np.array(kinds, np.uint8),
        pa.array(values, pa.string()),
        settings,
        rest,
        formulas,
        unknown,
        meta,
        phonetic,
        added,
        sorted(typed),
    )


def _texts(element: etree._Element) -> list[str]:
    """Texts and attributes under an element that is not of a cell's own."""
    found = [str(text).strip() for text in element.itertext(tag=etree.Element)]
    found += [str(v) for e in element.iter(etree.Element) for v in e.attrib.values()]
    return [text for text in found if text]


def _unknown_attributes(element: etree._Element, known: frozenset[str]) -> int:
    return sum(str(key).rpartition("}")[2] not in known for key in element.attrib)


def _stray(row: etree._Element) -> int:
    """Texts of a row that stand beside elements."""
    beside = [row.text, *(cell.tail for cell in row)]
    for cell in row:
        beside += [cell.text, *(part.tail for part in cell)]
        beside += [
            t for part in cell if local(part) == "is" for t in (part.text, *(e.tail for e in part))
        ]
    return sum(1 for text in beside if text and not text.isspace())


def shared_texts(strings: pa.Array, at: npt.NDArray[np.int64], budget: Budget) -> pa.Array:
    """Return the shared strings that cells refer to, once for each cell.

    Raises
    ------
    LimitError
        If they pass `Limits.text_bytes` together: a few long ones may be named by many cells.
    """
    lengths = pc.binary_length(strings).to_numpy(zero_copy_only=False)
    if int(lengths[at].sum(dtype=np.int64)) > budget.limits.text_bytes:
        raise LimitError("the texts of its cells are too long together", whole=False)
    return strings.take(pa.array(at))


def rich_text(element: etree._Element) -> str:
    """Return the text of a string item (18.4.8): its `t` and its runs' `t`, without phonetics."""
    pieces = []
    for child in element:
        name = local(child)
        if name == "t":
            pieces.append(child.text or "")
        elif name == "r":
            pieces += [t.text or "" for t in child if local(t) == "t"]
    return unescape("".join(pieces))


_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescape(text: str) -> str:
    """Resolve `_xHHHH_` (ST_Xstring, 22.9.2.19), each a code unit of UTF-16.

    Examples
    --------
    >>> unescape("a_x0020_b"), unescape("_xD83D__xDE00_") == chr(0x1F600)
    ('a b', True)
    """
    if "_x" not in text:
        return text
    text = _ESCAPE.sub(lambda m: chr(int(m[1], 16)), text)
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text
