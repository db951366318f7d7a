"""How a reader may take the marks of a table: the bounds of each, the strongest first."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from singleout.identifiers.kept_back_marks import Mark
from singleout.identifiers.stated_bounds import Bounds

# Combinations of readings that are tried before the weakest of all
_MOST = 250


class Interval(NamedTuple):
    """What a mark by itself says of its cells: from the least to the most that they can be."""

    least: float
    most: float

    @property
    def width(self) -> float:
        """How far the ends are apart."""
        return self.most - self.least

    def apart(self, other: tuple[float, float]) -> bool:
        """Tell whether no number lies in both."""
        return self.most < other[0] or self.least > other[1]


def readings_of(mark: Mark, legend: Bounds | None, zeros_shown: bool) -> list[Interval]:
    """Return the ways in which a reader may take one mark, the strongest first.

    A count that is kept back is at least one where noughts are shown as they are. What a mark
    states holds; what a legend states of it holds unless the sums contradict it, since some keep
    back further cells under the same mark. A dash or a blank may stand for nought.

    Parameters
    ----------
    mark : Mark
        The mark.
    legend : Bounds or None
        What the notes say of every cell with the mark.
    zeros_shown : bool
        Whether a nought would be shown.

    Examples
    --------
    >>> readings_of(Mark("*", Bounds(), True), None, True)
    [Interval(least=1, most=inf), Interval(least=0, most=inf)]
    """
    lows = [1, 0] if zeros_shown else [0]
    low, high = mark.bounds
    if low is not None or high is not None:
        most = math.inf if high is None else high
        found = [Interval(least, most) for least in ([low] if low is not None else lows)]
        return [one for one in found if one.least <= one.most]
    found = []
    if legend is not None:
        most = math.inf if legend.high is None else legend.high
        own = [legend.low] if legend.low is not None else lows
        found += [Interval(least, most) for least in own if least <= most]
    if not mark.kept_back:
        found.append(Interval(0, 0))
    found += [Interval(least, math.inf) for least in lows]
    return list(dict.fromkeys(found))


def combined(ways: Sequence[Sequence[Interval]]) -> Iterator[tuple[Interval, ...]]:
    """Yield one reading of each mark at a time, the strongest together first, the weakest last.

    Examples
    --------
    >>> a, b = Interval(1, 4), Interval(0, 9)
    >>> list(combined([[a, b]]))
    [(Interval(least=1, most=4),), (Interval(least=0, most=9),)]
    """
    ranks = product(*(range(len(way)) for way in ways))
    weakest = tuple(way[-1] for way in ways)
    few = math.prod(len(way) for way in ways) <= _MOST
    if few:
        chosen = sorted(ranks, key=lambda rank: (sum(rank), rank))
    else:  # too many marks: all are weakened together
        deepest = max(len(way) for way in ways)
        chosen = [tuple(min(d, len(way) - 1) for way in ways) for d in range(deepest)]
    for rank in chosen:
        yield tuple(way[at] for way, at in zip(ways, rank, strict=True))
    if not few:
        yield weakest


def intervals(
    marks: Sequence[Mark], legends: Mapping[str, Bounds], zeros_shown: bool
) -> list[list[Interval]]:
    """Return the readings of several marks."""
    return [readings_of(mark, legends.get(mark.key), zeros_shown) for mark in marks]
