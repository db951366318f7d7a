"""Small counts of people in sentences: "two officers were dismissed", "1 nurse suspended"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from singleout.identifiers.lists import Flag, lookup

_WORD: Final = re.compile(r"[^\W\d_]+(?:[-'\u2019][^\W\d_]+)*|\d+(?:[.,:/-]\d+)*%?|[.!?;:\n()]")
_PEOPLE: Final = int(Flag.PERSON | Flag.JOB | Flag.RANK)
# In the languages where "one" is an article as well it counts nobody, so English alone
_NUMBERS: Final = {"one": 1, "two": 2, "three": 3, "four": 4}
_ENDS: Final = frozenset(".!?;:\n")
# Before a number: a rate, a share, a rule, a place in an order, and no count of what happened
_NO_COUNT: Final = frozenset(
    ["per", "each", "every", "least", "most", "than", "if", "section", "age", "aged", "band",
     "grade", "level", "year", "page", "table", "question", "to", "or", "by", "may", "must", "any"]
)  # fmt: skip
_BESIDE: Final = frozenset(
    ["per", "a", "each", "every", "or", "may", "must", "will", "can", "should"]
)
# Words between a number and whom it counts, and from there to what is said of them
_NEAR, _SAID = 2, 6
# By what people are meant of whom the sentence spoke before, and how far back that can be
_WHO: Final = frozenset(["who", "whom", "whose"])
_THEM: Final = frozenset(["them", "these", "those", "whom"])
_BACK: Final = 12
# What is said of what happened; how things are in general tells of nobody
_WAS: Final = frozenset(["was", "were", "had", "died", "left", "got", "resigned"])
# A cell of so many characters says what happened without them: "1 nurse suspended"
_BRIEF: Final = 60


def small_counts(text: str, most: int = 4) -> int:
    """Count the small numbers of people of whom a text says that something happened to them.

    Parameters
    ----------
    text : str
        A sentence, a paragraph or a cell.
    most : int
        The largest number that is small.

    Returns
    -------
    int
        How many such counts there are.

    Examples
    --------
    >>> small_counts("Two officers were dismissed and 14 resigned.")
    1
    >>> small_counts("Patrols have two officers per vehicle."), small_counts("2 vans were sold.")
    (0, 0)
    """
    words = _WORD.findall(text)
    lower = [word.casefold() for word in words]
    numbers = [i for i, word in enumerate(lower) if 1 <= _number(word) <= most]
    if not numbers:
        return 0
    found = 0
    for i in numbers:
        before = lower[i - 1] if i else ""
        if before in _NO_COUNT:
            continue
        asked = lower[i + 1 : i + 2 + _NEAR]
        cut = next((k for k, word in enumerate(asked) if word in _ENDS), len(asked))
        found += _of_people(lower, i, asked[:cut], len(text)) or _of_them(lower, i)
    return found


def _of_people(words: Sequence[str], i: int, asked: Sequence[str], length: int) -> bool:
    """Whether a number is right before people of whom it is said what happened to them."""
    people = people_after(asked)
    if people < 0:
        return False
    rest = words[i + 2 + people : i + 2 + people + _SAID]
    rest = rest[: next((k for k, word in enumerate(rest) if word in _ENDS), len(rest))]
    if rest and rest[0] in _BESIDE:
        return False
    brief = length <= _BRIEF
    return any(word in _WAS or (brief and word.endswith("ed")) for word in rest)


def _of_them(words: Sequence[str], i: int) -> bool:
    """Whether a number is of people whom the sentence has named before: "of whom one was"."""
    start = next((k + 1 for k in range(i - 1, max(-1, i - _BACK), -1) if words[k] in _ENDS), 0)
    start = max(start, i - _BACK)
    near = words[start : i + _NEAR + _SAID]
    after = words[i + 1 : i + 3]
    if after[:1] and after[0] in _WAS:
        return not _WHO.isdisjoint(near)
    them = len(after) == 2 and after[0] == "of" and after[1] in _THEM
    rest = words[i + 3 : i + 3 + _SAID]
    return (
        them
        and not _WAS.isdisjoint(rest)
        and people_after([w for w in near if w not in _THEM]) >= 0
    )


def _number(word: str) -> int:
    if word.isdecimal():
        return int(word) if len(word) < 4 else 0
    return _NUMBERS.get(word, 0)


def people_after(words: Sequence[str]) -> int:
    """Return the position of the first word for people; -1 where there is none.

    >>> people_after(["young", "officers"]), people_after(["vans"])
    (1, -1)
    """
    forms = [[word, word.removesuffix("s"), word.removesuffix("es")] for word in words]
    flags = lookup([form for three in forms for form in three])
    plural = {"people", "children", "men", "women", "staff"}
    for k, word in enumerate(words):
        if word in plural or any(int(flag) & _PEOPLE for flag in flags[3 * k : 3 * k + 3]):
            return k
    return -1
