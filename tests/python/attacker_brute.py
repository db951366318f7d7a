"""The attacker's risk by the definitions, one subset after another: the oracle for the walk."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import comb

from engine.brute import Row, class_sizes

__all__ = ["Risk", "exposure", "risk"]


@dataclass(frozen=True)
class Risk:
    """Each row's risk; two ends where subsets beyond a size were not looked at."""

    low: list[float]
    high: list[float]


def _mass(subset: tuple[int, ...], chances: list[float]) -> float:
    mass = 1.0
    for place, chance in enumerate(chances):
        mass *= chance if place in subset else 1 - chance
    return mass


def _subsets(m: int):
    return (subset for size in range(m + 1) for subset in combinations(range(m), size))


def risk(
    rows: list[Row],
    counts: list[int],
    chances: list[float],
    *,
    nulls: str = "value",
    max_known: int | None = None,
    max_size: int | None = None,
) -> Risk:
    """Sum P(S) / k_S over all subsets S of the fields, for every row.

    P is conditioned on `max_known`; no field known counts with k = all the people; a subset in
    which the row takes no part adds 0. Subsets larger than `max_size` add nothing to the low end,
    and to the high end their mass over the k on all the fields that the row takes part with.
    """
    m = len(chances)
    cap = m if max_known is None else max_known
    walked = m if max_size is None else max_size
    within = [subset for subset in _subsets(m) if len(subset) <= cap]
    total = sum(_mass(subset, chances) for subset in within)
    assert total > 0, "nothing left to condition on"
    low = [0.0] * len(rows)
    rest = [0.0] * len(rows)
    for subset in within:
        mass = _mass(subset, chances) / total
        for place, k in enumerate(class_sizes(rows, counts, subset, nulls)):
            if k and len(subset) <= walked:
                low[place] += mass / k
            elif k:
                rest[place] += mass
    high = []
    for place, row in enumerate(rows):
        # under "drop" a row takes part only in subsets of its own fields: their union bounds it
        own = tuple(i for i in range(m) if nulls != "drop" or row[i] is not None)
        k = class_sizes(rows, counts, own, nulls)[place]
        high.append(low[place] + rest[place] / k)
    return Risk(low, high)


def exposure(rows: list[Row], counts: list[int], size: int, *, nulls: str = "value") -> list[float]:
    """Share of the combinations of a size that single each row out (k = 1)."""
    m = len(rows[0])
    singled = [0] * len(rows)
    for subset in combinations(range(m), size):
        for place, k in enumerate(class_sizes(rows, counts, subset, nulls)):
            singled[place] += k == 1
    return [number / comb(m, size) for number in singled]
