"""Texts in records of XLSB parts: those of settings that a sheet shows or keeps, and any other."""

from __future__ import annotations

import re
import struct

import numpy as np
from lxml import etree

from singleout.draft.biff_formula import Context, read_formula
from singleout.draft.model import range_name
from singleout.draft.xlsb_records import element, wide

# [MS-XLSB] 2.3.2: a link, headers and footers, a rule of validation, a value of a filter
HLINK, HEADERS, VALIDATION, FILTER = 494, 479, 64, 167
SETTINGS = frozenset([HLINK, HEADERS, VALIDATION, FILTER])
_LIST = 3
_NAMES = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
_LONGEST = 32_767
_WORD = re.compile(r"[^\W\d_]{2,}")
_RUN = re.compile(rb"(?:[^\x00-\x1f]\x00){4,}")


def add_setting(kind: int, body: bytes, rest: etree._Element, context: Context) -> bool:
    """Add a setting to `rest` as the XML part would hold it; False if the record is damaged.

    Parameters
    ----------
    kind, body : int, bytes
        The record, one of `SETTINGS`.
    rest : lxml.etree._Element
        The sheet without its cells.
    context : Context
        How to read formulas.
    """
    try:
        {HLINK: _link, HEADERS: _headers, FILTER: _filter}.get(kind, _validation)(
            body, rest, context
        )
    except (struct.error, ValueError, IndexError):
        return False
    return True


def _clean(text: str) -> str:
    """A text as XML may hold it."""
    return "".join(c if c.isprintable() else " " for c in text)


def _texts(body: bytes, at: int, count: int) -> tuple[list[str], int]:
    found = []
    for _ in range(count):
        text, at = wide(body, at)
        found.append(_clean(text))
    return found, at


def _under(rest: etree._Element, name: str) -> etree._Element:
    found = rest.find(f"{{*}}{name}")
    return element(rest, name) if found is None else found


def _range(body: bytes, at: int) -> str:
    """An UncheckedRfX (2.5.154): first and last row, first and last column."""
    top, bottom, left, right = struct.unpack_from("<4I", body, at)
    return range_name(top, left, bottom, right)


def _link(body: bytes, rest: etree._Element, context: Context) -> None:
    """2.4.684 BrtHLink: its range, relationship, place, tip and text."""
    texts, _ = _texts(body, 16, 4)
    made = element(_under(rest, "hyperlinks"), "hyperlink", ref=_range(body, 0))
    for key, text in zip(("id", "location", "tooltip", "display"), texts, strict=True):
        if text:
            made.set(key, text)


def _headers(body: bytes, rest: etree._Element, context: Context) -> None:
    """2.4.90 BrtBeginHeaderFooter: flags, then a header and a footer of odd, even, first pages."""
    texts, _ = _texts(body, 2, len(_NAMES))
    made = element(rest, "headerFooter")
    for name, text in zip(_NAMES, texts, strict=True):
        if text:
            element(made, name).text = text


def _filter(body: bytes, rest: etree._Element, context: Context) -> None:
    """2.4.647 BrtFilter: one value of the column at hand."""
    text, _ = wide(body)
    columns = rest.findall("{*}autoFilter/{*}filterColumn")
    if not columns:
        raise ValueError("a value of a filter without a column")
    element(columns[-1], "filter", val=_clean(text))


def _validation(body: bytes, rest: etree._Element, context: Context) -> None:
    """2.4.354 BrtDVal: flags, ranges, four texts, two formulas."""
    flags, count = struct.unpack_from("<II", body)
    ranges = [_range(body, 8 + 16 * i) for i in range(min(count, 10))]
    texts, at = _texts(body, 8 + 16 * count, 4)
    made = element(_under(rest, "dataValidations"), "dataValidation", sqref=" ".join(ranges))
    for key, text in zip(("errorTitle", "error", "promptTitle", "prompt"), texts, strict=True):
        made.set(key, text)
    if flags & 15 == _LIST:
        made.set("type", "list")
    for name in ("formula1", "formula2"):
        (size,) = struct.unpack_from("<I", body, at)
        meaning = read_formula(body[at + 4 :], size, context)
        if meaning.texts:
            typed = (text.replace('"', '""') for text in meaning.texts)
            element(made, name).text = ";".join(f'"{_clean(text)}"' for text in typed)
        at += 4 + size
        at += 4 + struct.unpack_from("<I", body, at)[0]


def wide_texts(content: bytes) -> list[str]:
    """Return what looks like text in records whose layout is not read: texts with their length
    before them (XLWideString), of any script, and runs of UTF-16 of Latin letters.

    Examples
    --------
    >>> wide_texts(bytes(3) + (2).to_bytes(4, "little") + "何丽".encode("utf-16-le"))
    ['何丽']
    """
    found: dict[str, None] = {}
    raw = np.frombuffer(content + bytes(4), np.uint8).astype(np.int64)
    low = raw[:-3] | raw[1:-2] << 8
    at = np.flatnonzero((raw[2:-1] == 0) & (raw[3:] == 0) & (low > 1) & (low <= _LONGEST))
    end = 0
    for start in at[at + 4 + 2 * low[at] <= len(content)].tolist():
        if start < end:
            continue
        stop = start + 4 + 2 * int(low[start])
        text = content[start + 4 : stop].decode("utf-16-le", "replace")
        if _WORD.search(text) and text.replace("\n", "").replace("\r", "").isprintable():
            found[text] = None
            end = stop
    runs = (run.decode("utf-16-le", "replace") for run in _RUN.findall(content))
    whole = "\n".join(found)
    return [*found, *(run for run in dict.fromkeys(runs) if run not in whole)]
