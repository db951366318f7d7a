"""Texts typed into formulas, the same in Excel and OpenDocument: seen only by who clicks a cell."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LITERAL = re.compile(r'"((?:[^"]|"")*)"')
# The end of one text and the start of the next, which a formula joins
_JOINED = re.compile(r'"\s*&\s*"')


def literals(formulas: Iterable[str]) -> list[str]:
    """Return the distinct texts in formulas, those joined by ``&`` as one, in order.

    Examples
    --------
    >>> literals(['IF(A1=1,"Jane "&"Ball",2)', '"said ""no"" twice"&A1'])
    ['Jane Ball', 'said "no" twice']
    """
    found: dict[str, None] = {}
    for formula in formulas:
        for text in _LITERAL.findall(_JOINED.sub("", formula)):
            if text:
                found[text.replace('""', '"')] = None
    return list(found)
