"""Headers and footers of sheets and charts, the same text in every version of Excel."""

from __future__ import annotations

import re

# Codes (ECMA-376 part 1, 18.3.1.46): sections, fields, and looks, which are no characters
_CODE = re.compile(
    r'&(?:([LCR])|([PNDTZFAG])(?:[+-]\d+)?|"[^"]*"|[BIUESXYOH]|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|\d{1,3}|'
    r"(&))"
)


def header_texts(text: str) -> list[str]:
    """Return the texts of a header or footer's sections, whole, its codes taken out.

    Examples
    --------
    >>> header_texts("&LJane &BBall&B, R&&D&RPage &P of &N")
    ['Jane Ball, R&D', 'Page   of  ']
    """

    def sign(code: re.Match[str]) -> str:
        section, entry, ampersand = code.groups()
        return "\0" if section else " " if entry else "&" if ampersand else ""

    return [piece for piece in _CODE.sub(sign, text).split("\0") if piece.strip()]
