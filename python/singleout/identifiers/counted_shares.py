"""Small counts of people that follow from a share and its base, or from two running totals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from singleout.identifiers.counted_lists import happened, numbers_at
from singleout.identifiers.counted_people import people_after
from singleout.identifiers.lists import Flag, lookup

_TOKEN: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,]\d+)*|[^\w\s]")
_PERCENT: Final = frozenset(
    ["%", "percent", "prozent", "procent", "cant", "faoin", "cento", "ciento"]
)
_TWO_WORDS: Final = frozenset([("per", "cent"), ("pour", "cent"), ("por", "ciento"), ("y", "cant")])
# Before a share of a change: "rose by 5%", "a rise of 2%"
_CHANGED: Final = frozenset(["by", "of", "to", "from", "at", "a", "an", "plus", "vat"])
_SINCE: Final = frozenset(
    ["by", "end", "far", "date", "since", "cumulative", "now", "until", "total"]
)
_CLAUSE: Final = frozenset([",", ";", ".", "and"])
# Larger bases give no small count from a whole per cent, and are no group of a few
_LARGEST: Final = 1000


def derived_counts(text: str, most: int = 4) -> int:
    """Count the small numbers of people that a text gives away by a share or by a difference.

    Parameters
    ----------
    text : str
        A paragraph or a cell.
    most : int
        The largest number that is small.

    Returns
    -------
    int

    Examples
    --------
    >>> derived_counts("Of 40 staff, 5% declared a disability.")
    1
    >>> derived_counts("The budget for 60 nurses rose by 5 per cent.")
    0
    >>> derived_counts("By April 40 patients had died; by May the figure was 42.")
    1
    """
    tokens = [token.lower() for token in _TOKEN.findall(text)]
    numbers = list(numbers_at(tokens))
    bases = [number for i, number in numbers if number <= _LARGEST and _of_people(tokens, i)]
    if not bases:
        return 0
    small = sum(
        any(_small(share, places, base, most) for base in bases)
        for share, places in _shares(tokens)
    )
    return small + _differences(text, tokens, numbers, most)


def _of_people(tokens: Sequence[str], i: int) -> bool:
    return people_after(tokens[i + 1 : i + 4]) >= 0


def _shares(tokens: Sequence[str]) -> Iterator[tuple[float, int]]:
    """Shares of people in per cent, each with the number of its decimal places."""
    for i, token in enumerate(tokens):
        if not token[0].isdigit():
            continue
        before = tokens[i - 1] if i else ""
        after = tokens[i + 1] if i + 1 < len(tokens) else ""
        pair = tuple(tokens[i + 1 : i + 3])
        whole, _, part = token.replace(",", ".").partition(".")
        if before in _CHANGED:
            continue
        if after in _PERCENT or pair in _TWO_WORDS:
            yield float(f"{whole}.{part or 0}"), len(part)
        elif (
            after == "in"
            and len(pair) > 1
            and pair[1].isdigit()
            and tokens[i + 3 : i + 4] == ["of"]
        ):
            yield 100.0 * int(whole) / max(int(pair[1]), 1), 1


def _small(share: float, places: int, base: int, most: int) -> bool:
    """Whether one whole number from 1 to `most` is that share of the base, as it was rounded."""
    step = 0.5 * 10.0**-places + 1e-9
    return any(abs(100.0 * n / base - share) <= step for n in range(1, most + 1)) and base > most


def _differences(
    text: str, tokens: Sequence[str], numbers: Sequence[tuple[int, int]], most: int
) -> int:
    """Small steps from one running total to the next."""
    if _SINCE.isdisjoint(tokens) or not happened(text):
        return 0
    totals: list[int] = []
    start = 0
    months = ((lookup(tokens) & int(Flag.MONTH)) > 0).tolist()
    for end in [i for i, token in enumerate(tokens) if token in _CLAUSE] + [len(tokens)]:
        inside = tokens[start:end]
        timed = any(months[start:end]) and not _SINCE.isdisjoint(inside)
        if timed:
            totals += [
                number
                for i, number in numbers
                if start <= i < end and most < number < 1900 and not _dated(tokens, months, i)
            ][:1]
        start = end + 1
    steps = pairwise(totals)
    return sum(1 <= after - before <= most for before, after in steps)


def _dated(tokens: Sequence[str], months: Sequence[bool], i: int) -> bool:
    """Whether a number is a day beside its month: "3 May"; "by May 40 had died" has none."""
    return i + 1 < len(tokens) and months[i + 1]
