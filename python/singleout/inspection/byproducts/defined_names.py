"""Defined names: which hold values themselves, and which hidden ones say nothing."""

from __future__ import annotations

import re
from collections.abc import Container

from singleout.inspection.byproducts.properties import says_nothing

_STRING = re.compile(r'"((?:[^"]|"")*)"')
# What a formula of values only is written with: numbers, signs, brackets, truth, errors
_VALUES = re.compile(
    r"(?i)(?:[\d.,;:%^&<>=(){}+*/\s-]|(?<=\d)E(?=[-+\d])|TRUE|FALSE|#(?:N/A|NULL!|DIV/0!|VALUE!"
    r"|NUM!|NAME\?))*"
)
# Numbers of one constant; more are a table
_MOST_NUMBERS = 10


def is_constant(text: str) -> bool:
    """Tell whether a name's formula holds values only, or begins with a text or an array.

    Examples
    --------
    >>> is_constant('="Ash"'), is_constant("{1,2;3,4}"), is_constant("2024")
    (True, True, True)
    >>> is_constant("16tbl03!$A$1"), is_constant("Sheet1!$A$1"), is_constant("")
    (False, False, False)
    """
    text = text.strip().removeprefix("=").strip()
    return bool(text) and (text[0] in '"{' or bool(_VALUES.fullmatch(_STRING.sub("", text))))


def tells_nothing(text: str, shown: Container[str] = ()) -> bool:
    """Tell whether a name's formula holds no words of anybody: cells, a number, an identifier.

    Parameters
    ----------
    text : str
        The formula.
    shown : container of str
        Words that are in sight elsewhere: names of sheets, which Gnumeric keeps so.

    Examples
    --------
    >>> tells_nothing("Sheet1!$A$1:$B$9"), tells_nothing('="{}"'), tells_nothing("0.175")
    (True, False, True)
    >>> tells_nothing('="Ash"'), tells_nothing("{1,2,3,4,5,6,7,8,9,10,11,12}")
    (False, False)
    """
    words = _STRING.findall(text)
    numbers = len(re.findall(r"\d+(?:\.\d+)?", text)) if is_constant(text) else 0
    return all(w in shown or says_nothing(w) for w in words) and numbers <= _MOST_NUMBERS
