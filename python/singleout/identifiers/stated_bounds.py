"""What words and signs say about a count that is not shown: "fewer than five", "1-4", "≤10".

The phrases are the ordinary ones of each language for "fewer than", "at most" and "between".
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from singleout.identifiers.measures_in_words import MEASURES
from singleout.identifiers.number_words import FIRST_WORDS, number_in_words

# English, Welsh, Irish, Scottish Gaelic, French, German, Spanish, Polish, Arabic, Chinese
_BELOW = (
    "fewer than|less than|lower than|smaller than|under|below|"
    "llai na|llai nag|o dan|is na|níos lú ná|faoi bhun|faoi|nas lugha na|fo|"
    "moins de|inférieurs? à|inférieures? à|sous|weniger als|kleiner als|geringer als|unter|"
    "menos de|menor que|menores que|menor de|inferior a|inferiores a|por debajo de|"
    "mniej niż|poniżej|mniejsz[aey] niż|"
    "أقل من|أصغر من|دون|少于|小于|低于|不足|不到|未满|少於|小於|低於"
)
_UP_TO = (
    "up to|at most|no more than|not more than|maximum of|max|hyd at|dim mwy na|suas go|suas le|"
    "ar a mhéad|gu ruige|jusqu'à|jusqu’à|au plus|pas plus de|maximum|bis zu|höchstens|maximal|"
    "hasta|como máximo|no más de|do|co najwyżej|nie więcej niż|حتى|لا يزيد عن|不超过|最多|至多"
)
_ABOVE = (
    "more than|greater than|over|above|mwy na|níos mó ná|barrachd air|plus de|supérieur à|mehr als|"
    "über|más de|mayor que|więcej niż|powyżej|أكثر من|多于|大于|超过"
)
_OR_FEWER = (
    "or fewer|or less|or under|or below|and under|and below|neu lai|nó níos lú|no nas lugha|"
    "ou moins|oder weniger|o menos|lub mniej|أو أقل|以下|或以下"
)
_BETWEEN = (
    "between|from|rhwng|idir|eadar|entre|de|zwischen|von|od|między|pomiędzy|desde|بين|من|介于|在"
)
_AND = "and|to|a|ac|agus|et|à|und|bis|y|do|i|و|إلى|至|到|和|[-\u2010\u2011\u2013\u2014]"
_N = r"(\d{1,7}(?!\d)|[一二两三四五六七八九十]{1,2}|[^\W\d_]+(?:-[^\W\d_]+)*)"
_CJK = "[\u4e00-\u9fff]"
_CJK_NUMBERS = frozenset("零\u3007一二两三四五六七八九十")
_START = rf"(?:(?<![^\W\d_])|(?<={_CJK}))"


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The ways of stating bounds, compiled when a text needs it."""
    return (
        ("range", re.compile(rf"{_START}(?:(?:{_BETWEEN})\s*)?(?<!\d){_N}\s*(?:{_AND})\s*{_N}")),
        ("at most", re.compile(rf"(?<!\d){_N}\s?(?:{_OR_FEWER})")),
        ("below", re.compile(rf"(?:{_START}(?:{_BELOW})\s*|[<\uff1c]\s*){_N}")),
        ("at most", re.compile(rf"(?:{_START}(?:{_UP_TO})\s*|(?:[≤≦]|[<\uff1c]=)\s*){_N}")),
        ("at least", re.compile(rf"(?:[≥≧]|[>\uff1e]=)\s*{_N}")),
        ("above", re.compile(rf"(?:{_START}(?:{_ABOVE})\s*|[>\uff1e]\s*){_N}")),
    )


# What a text with bounds that is all in words begins with
FIRST_OF_BOUNDS = frozenset(
    phrase.split()[0] for phrase in f"{_BELOW}|{_UP_TO}|{_ABOVE}|{_BETWEEN}".split("|")
) - {"de", "a", "do", "is", "fo"}
# For Arrow: a text without any of these states no bounds (numbers in words are looked for apart)
MAY_STATE_BOUNDS = (
    "(?i)[<>\uff1c\uff1e≤≥≦≧]|"
    rf"\A\W*[0-9]{{1,7}}\s*(?:{_AND})\s*[0-9]|"
    rf"(?:{_BELOW}|{_UP_TO}|{_ABOVE}|{_BETWEEN})\s*[0-9一二两三四五六七八九十]|[0-9]\s?(?:{_OR_FEWER})"
)


class Bounds(NamedTuple):
    """The least and the most that a count can be, None where nothing is said of that end."""

    low: int | None = None
    high: int | None = None


def stated_bounds(text: str) -> Bounds | None:
    """Return the bounds that a short text as a whole states, else None.

    Examples
    --------
    >>> stated_bounds("<5"), stated_bounds("1-4"), stated_bounds("weniger als zehn")
    (Bounds(low=None, high=4), Bounds(low=1, high=4), Bounds(low=None, high=9))
    >>> stated_bounds("Under 5s club") is None
    True
    """
    if len(text) > 60 or not _has_number(text):
        return None
    text = " ".join(text.split()).casefold()
    for kind, form in _forms():
        match = form.match(text)
        bounds = _bounds(kind, match) if match else None
        if match and bounds is not None and _is_what_is_counted(text[match.end() :]):
            return bounds
    return None


def _has_number(text: str) -> bool:
    if any(character.isdecimal() or character in _CJK_NUMBERS for character in text):
        return True
    return not FIRST_WORDS.isdisjoint(text.casefold().replace("-", " ").split())


def _is_what_is_counted(rest: str) -> bool:
    """Whether what stands behind the bounds is nothing, or at most three words for what counts."""
    words = rest.split()
    return (
        len(words) <= 3
        and all(w.isalpha() and w not in MEASURES for w in words)
        and (not rest or rest[0] == " ")
    )


def bounds_within(text: str) -> list[tuple[int, int, Bounds]]:
    """Return each place in a casefolded text where bounds are stated: start, end, bounds.

    Examples
    --------
    >>> bounds_within("shown as * where fewer than five")
    [(17, 32, Bounds(low=None, high=4))]
    """
    found: list[tuple[int, int, Bounds]] = []
    for kind, form in _forms():
        for match in form.finditer(text):
            bounds = _bounds(kind, match)
            apart = all(match.end() <= start or match.start() >= end for start, end, _ in found)
            if bounds is not None and apart and not _are_years(bounds):
                found.append((match.start(), match.end(), bounds))
    return sorted(found)


def _are_years(bounds: Bounds) -> bool:
    return bounds.low is not None and bounds.low >= 1900 and (bounds.high or 0) <= 2100


def _bounds(kind: str, match: re.Match[str]) -> Bounds | None:
    numbers = [_value(word) for word in match.groups() if word]
    if any(number is None for number in numbers):
        return None
    first = numbers[0]
    assert first is not None
    if kind == "range":
        second = numbers[1]
        assert second is not None
        return Bounds(first, second) if first < second else None
    if kind == "below":
        return Bounds(None, first - 1) if first > 0 else None
    if kind == "at most":
        return Bounds(None, first)
    return Bounds(first if kind == "at least" else first + 1, None)


def _value(word: str) -> int | None:
    return int(word) if word.isdecimal() else number_in_words(word)
