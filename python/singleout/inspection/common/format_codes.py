"""Number format codes of spreadsheets (ECMA-376 part 1, 18.8.31) as `NumberFormat`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from singleout.inspection.common.colours import PALETTE
from singleout.inspection.common.number_format import (
    DIGITS,
    GENERAL,
    GENERAL_SECTION,
    NumberFormat,
    Section,
)

_CONDITION = re.compile(r"\[\s*(<=|>=|<>|<|>|=)\s*([-+]?[0-9]+(?:\.[0-9]+)?)\s*\]")
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_CURRENCY = re.compile(r"\[\$([^\]-]*)[^\]]*\]")
_COLOUR = re.compile(r"\[(?:color *([0-9]{1,2})|([a-z]+))\]", re.IGNORECASE)
_NAMED = {"black": "000000", "white": "FFFFFF", "red": "FF0000", "green": "00FF00",
          "blue": "0000FF", "yellow": "FFFF00", "magenta": "FF00FF", "cyan": "00FFFF"}  # fmt: skip
_BRACKET = re.compile(r"\[[^\]]*\]?")
_WORD = re.compile(r"general|am/pm|a/p", re.IGNORECASE)
_POWER = re.compile(r"e[-+]", re.IGNORECASE)
_NUMBER, _DATE = frozenset("0#?"), frozenset("ymdhsegbYMDHSEGB")
_MOST_SECTIONS = 4


@dataclass(slots=True)
class _Read:
    """A section while it is read."""

    condition: tuple[str, float] | None = None
    pattern: str = ""
    text: bool = False
    thousands: int = 0
    whole: bool = False
    number: bool = False
    ink: str = ""

    def digits(self) -> None:
        """Note a place for digits; neighbours of it are the same number."""
        if not self.pattern.endswith(DIGITS):
            self.pattern += DIGITS

    def section(self) -> Section:
        """Return what was read."""
        optional = self.number and not self.whole and not self.pattern.strip(DIGITS + " ,.-()")
        return Section(self.pattern, self.text, 3 * self.thousands, optional, self.ink)


@lru_cache(maxsize=4096)
def read_code(code: str) -> NumberFormat:
    """Read a format code.

    Parameters
    ----------
    code : str
        The code, as files hold it.

    Returns
    -------
    NumberFormat

    Examples
    --------
    >>> import numpy as np
    >>> [read_code(c).plain for c in ("General", '0 "officers"', "dd/mm/yyyy", '"n/a"', ";;;")]
    [True, True, True, False, False]
    >>> read_code('[<5]"<5";0').hides(np.array([2.0, 7.0])).tolist()
    [True, False]
    >>> read_code('0;-0;0;"-"').hides_texts, read_code('#,##0;-#,##0;"-"').plain
    (True, False)
    """
    if code.strip().lower() in ("", "general"):
        return GENERAL
    read = [_section(piece) for piece in _pieces(code)[:_MOST_SECTIONS]]
    text = GENERAL_SECTION
    if len(read) == _MOST_SECTIONS or (read[-1].text and not read[-1].number):
        text = read.pop().section()
    numbers = [one.section() for one in read]
    conditions = [one.condition for one in read]
    return NumberFormat(*_cases(numbers, conditions), text)


def _cases(
    sections: list[Section], conditions: list[tuple[str, float] | None]
) -> tuple[tuple[tuple[str, float, Section], ...], Section]:
    """The sections by the numbers that they are for: as written, or by sign where it is not."""
    if not sections:
        return (), GENERAL_SECTION
    if not any(conditions):
        first, *more = sections
        if not more:
            return (), first
        if len(more) == 1:
            return ((">=", 0.0, first),), more[0]
        return ((">", 0.0, first), ("<", 0.0, more[0])), more[1]
    known = [(*c, s) for c, s in zip(conditions, sections, strict=True) if c is not None]
    others = [s for c, s in zip(conditions, sections, strict=True) if c is None]
    if len(others) == 2:
        # Without a condition of its own, the earlier is for the numbers of its sign
        sign = ">" if conditions[0] is None else "<"
        return (*known, (sign, 0.0, others[0])), others[1]
    return tuple(known), others[0] if others else GENERAL_SECTION


def _pieces(code: str) -> list[str]:
    """Split a code at its semicolons, those in quotes and after a backslash aside."""
    found, start, at, quoted = [], 0, 0, False
    while at < len(code):
        sign = code[at]
        if sign == '"':
            quoted = not quoted
        elif not quoted and sign in "\\_*":
            at += 1
        elif not quoted and sign == "[":
            at = max(at, code.find("]", at))
        elif not quoted and sign == ";":
            found.append(code[start:at])
            start = at + 1
        at += 1
    return [*found, code[start:]]


def _section(code: str) -> _Read:
    read, at = _Read(), 0
    while at < len(code):
        at = _token(read, code, at)
    return read


def _token(read: _Read, code: str, at: int) -> int:
    """Read one token and return where the next begins."""
    sign = code[at]
    if sign == '"':
        end = code.find('"', at + 1)
        end = len(code) if end < 0 else end
        read.pattern += code[at + 1 : end]
        return end + 1
    if sign == "[":
        return _bracket(read, code, at)
    if sign in "\\*":
        # A character that fills the cell is shown, a blank that fills it is not
        read.pattern += (
            "" if sign == "*" and code[at + 1 : at + 2] == " " else code[at + 1 : at + 2]
        )
        return at + 2
    if sign == "_":
        read.pattern += " "
        return at + 2
    for known in (_WORD, _POWER):
        match = known.match(code, at)
        if match is not None:
            general = match[0].lower() == "general"
            read.number, read.whole = True, True
            read.text |= general
            read.digits()
            return match.end()
    if sign in _NUMBER:
        read.number = True
        read.whole |= sign == "0"
        read.digits()
        read.thousands = 0
    elif sign == ",":
        read.thousands += read.number
    elif sign in _DATE:
        read.number = read.whole = True
        read.digits()
    elif sign == "@":
        read.text = True
        read.digits()
    elif sign not in "./" or not read.number:
        read.pattern += sign
    return at + 1


def _bracket(read: _Read, code: str, at: int) -> int:
    condition = _CONDITION.match(code, at)
    if condition is not None:
        read.condition = (condition[1], float(condition[2]))
        return condition.end()
    elapsed = _ELAPSED.match(code, at)
    if elapsed is not None:
        read.number = read.whole = True
        read.digits()
        return elapsed.end()
    currency = _CURRENCY.match(code, at)
    if currency is not None:
        read.pattern += currency[1]
        return currency.end()
    colour = _COLOUR.match(code, at)
    if colour is not None:
        number = int(colour[1] or 0)
        named = _NAMED.get((colour[2] or "").lower(), "")
        read.ink = PALETTE[number - 1] if 0 < number <= len(PALETTE) else named or read.ink
    other = _BRACKET.match(code, at)
    return at + 1 if other is None else other.end()
