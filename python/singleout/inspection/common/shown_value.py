"""Whether a text that is shown for a number says which number it is."""

from __future__ import annotations

import math
import re
import unicodedata
from functools import lru_cache

from singleout.draft.keptback import is_kept_back

# A number as some country writes it, a power of ten after it
_NUMBER = re.compile(r"[0-9][0-9.,'’ \u00a0\u202f\u2009]*(?:[eE][-+]?[0-9]+)?")
_FRACTION = re.compile(r"(?<![0-9])(?:([0-9]{1,15})[ \u00a0]{1,3})?([0-9]{1,15})/([0-9]{1,15})")
_GAPS = re.compile(r"['’ \u00a0\u202f\u2009]")
_BOUND = re.compile(r"[<>≤≥]")
_SAYS_MORE = re.compile(r"[\w*#~]")
_RANGE = re.compile(r"([0-9]+)\s*[-\u2013\u2014]\s*([0-9]+)")
# As it is, in thousands, millions, thousand millions; where the sign says so, per cent, per mille
_SCALES, _SIGNS = (1.0, 1e-3, 1e-6, 1e-9), {"%": 100.0, "\u2030": 1000.0}


def tells(value: str, shown: str) -> bool:
    """Tell whether a shown text says the value that it stands for, if rounded or with words.

    Parameters
    ----------
    value : str
        The number, as a file keeps it.
    shown : str
        What a reader sees.

    Returns
    -------
    bool
        True for what is no number, and for a text of nothing.

    Examples
    --------
    >>> tells("1318", "1,318"), tells("0.316", "31.6%"), tells("0", "-"), tells("12", "12 people")
    (True, True, True, True)
    >>> tells("1", "<5"), tells("4", "n/a"), tells("3", "30"), tells("0", "suppressed")
    (False, False, False, False)
    """
    if value == shown:
        return True
    # Most cells hold a plain number, rounded: no more is looked at than that
    try:
        number = float(value)
        written = float(shown.replace(",", ""))
    except ValueError:
        return _tells(value, shown)
    places = len(shown) - 1 - shown.find(".") if "." in shown else 0
    return abs(written - number) <= 0.5000001 * 10.0**-places or _tells(value, shown)


@lru_cache(maxsize=65_536)
def _tells(value: str, shown: str) -> bool:
    try:
        number = float(value)
    except ValueError:
        return True
    said = "".join(_plain(letter) for letter in shown).strip()
    if not said or not math.isfinite(number):
        return True
    found = _NUMBER.findall(said)
    if not found:
        return number == 0 and not (is_kept_back(said) and _SAYS_MORE.search(said))
    span = _RANGE.fullmatch(said)
    if _BOUND.search(said) or (span is not None and int(span[1]) < int(span[2])):
        return False
    scales = (*_SCALES, *(scale for sign, scale in _SIGNS.items() if sign in said))
    size = abs(number)
    return any(_is_rounded(size, text, scales) for text in found) or _is_fraction(size, said)


def _plain(letter: str) -> str:
    digit = unicodedata.digit(letter, None) if not letter.isascii() else None
    return letter if digit is None else str(digit)


def _is_rounded(number: float, text: str, scales: tuple[float, ...]) -> bool:
    """Whether a written number is this one, rounded to what it shows."""
    mantissa, _, power = _GAPS.sub("", text.lower()).partition("e")
    if number >= 1 and not mantissa.strip("0"):
        return False
    return any(
        _is_near(number * scale, digits, places, int(power or 0))
        for digits, places in _readings(mantissa.strip(".,"))
        for scale in scales
    )


def _readings(text: str) -> list[tuple[str, int]]:
    """Digits, and how many of them stand after the decimal mark, for each mark that may be it."""
    bare = text.replace(".", "").replace(",", "")
    found = [(bare, 0)]
    for mark in ".,":
        if text.count(mark) == 1:
            found.append((bare, len(text.partition(mark)[2].replace(".", "").replace(",", ""))))
    return found


def _is_near(number: float, digits: str, places: int, power: int) -> bool:
    # Noughts at the end may stand for what was rounded away
    rounded = 0 if places else len(digits) - len(digits.rstrip("0"))
    if not digits.strip("0"):
        rounded = 0
    if abs(power) > 300 or len(digits) > 300:
        return False
    unit = 10.0 ** (power - places)
    return abs(number - int(digits) * unit) <= 0.5000001 * unit * 10.0**rounded


def _is_fraction(number: float, said: str) -> bool:
    for whole, top, bottom in _FRACTION.findall(said):
        if int(bottom) and abs(number - int(whole or 0) - int(top) / int(bottom)) <= 0.5 / int(
            bottom
        ):
            return True
    return False
