"""Data styles (ODF 1.3 part 3, 16.29) as number formats."""

from __future__ import annotations

import re

from lxml import etree

from singleout.draft.odf_names import SPACES, get
from singleout.draft.xml import local, namespace
from singleout.inspection.common.number_format import (
    DIGITS,
    GENERAL,
    GENERAL_SECTION,
    NumberFormat,
    Section,
)

# 19.470: what of a value a map asks
_ASKED = re.compile(r"\s*value\(\)\s*(<=|>=|!=|<|>|=)\s*([-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?)\s*")
_SILENT = frozenset({"text-properties", "map", "embedded-text"})


def read_format(name: str, styles: dict[str, etree._Element]) -> NumberFormat:
    """Read a data style.

    Parameters
    ----------
    name : str
        The style's name; the usual format where there is none of it.
    styles : dict
        All data styles by name.
    """
    root = styles.get(name)
    if root is None:
        return GENERAL
    own = _section(root)
    cases: list[tuple[str, float, Section]] = []
    for entry in root:
        asked = _ASKED.fullmatch(get(entry, "style:condition") or "")
        other = styles.get(get(entry, "style:apply-style-name") or "")
        if local(entry) == "map" and asked is not None and other is not None:
            cases.append((asked[1].replace("!=", "<>"), float(asked[2]), _section(other)))
    # 16.29.27: what shows texts is a text style; numbers for which no map is are shown as they are
    if local(root) == "text-style" and own.text:
        return NumberFormat(tuple(cases), GENERAL_SECTION, own)
    if local(root) == "text-style":
        return NumberFormat(tuple(cases), GENERAL_SECTION if cases else own, own)
    return NumberFormat(tuple(cases), own)


def _section(style: etree._Element) -> Section:
    pattern, text, whole, scale, ink = "", False, False, 0, ""
    for entry in style:
        kind = local(entry)
        if kind == "text-properties":
            ink = (get(entry, "fo:color") or "").removeprefix("#").upper()
        elif kind in ("text", "currency-symbol", "fill-character"):
            said = "".join(entry.itertext(tag=etree.Element))
            pattern += said if kind != "fill-character" else said.strip()
        elif kind == "text-content":
            text = True
            pattern += DIGITS
        elif namespace(entry) == SPACES["number"] and kind not in _SILENT:
            whole |= kind != "number" or get(entry, "number:min-integer-digits") != "0"
            whole |= (get(entry, "number:decimal-places") or "0") != "0"
            scale = max(scale, _power(get(entry, "number:display-factor")))
            inner = "".join(e.text or "" for e in entry if local(e) == "embedded-text")
            pattern += DIGITS + inner + (DIGITS if inner else "")
    optional = not whole and not text and not pattern.strip(DIGITS + " ,.-()") and DIGITS in pattern
    return Section(pattern, text, scale, optional, ink if len(ink) == 6 else "")


def _power(factor: str | None) -> int:
    """19.343: the power of ten by which a number is divided."""
    digits = (factor or "1").partition(".")[0]
    return len(digits) - 1 if digits.strip("0") == "1" else 0
