"""Systems of sums of whole numbers, and the bounds that each sum by itself puts on its unknowns."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

_TOLERANCE = 1e-6
# Looks at each sum, on average, before bounds that only creep are left as they are
_ROUNDS = 60


class Equation(NamedTuple):
    """Unknowns with their factors, 1 or -1, and what they add up to."""

    terms: tuple[tuple[int, int], ...]
    right: float


@dataclass(frozen=True, slots=True)
class Part:
    """Unknowns that sums join and bounds leave open; all others are put in for.

    Parameters
    ----------
    unknowns : tuple of int
        Their numbers in the whole system.
    low, high : tuple of float
        Their bounds, whole or infinite.
    rows : tuple of Equation
        The sums, with unknowns numbered by their position in `unknowns`.
    """

    unknowns: tuple[int, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    rows: tuple[Equation, ...]

    @property
    def is_tree(self) -> bool:
        """Whether no two ways lead from one unknown to another: bounds are then all there is."""
        edges = sum(len(row.terms) for row in self.rows)
        return edges == len(self.unknowns) + len(self.rows) - 1


@dataclass
class System:
    """Sums of unknowns that are whole numbers between bounds.

    Parameters
    ----------
    equations : sequence of Equation
        The sums.
    size : int
        How many unknowns there are.
    """

    equations: Sequence[Equation]
    size: int
    at: list[list[int]] = field(init=False)

    def __post_init__(self) -> None:
        self.at = [[] for _ in range(self.size)]
        for e, one in enumerate(self.equations):
            for unknown, _ in one.terms:
                self.at[unknown].append(e)

    def groups(self, unknowns: Iterable[int]) -> list[list[int]]:
        """Return the unknowns in groups that sums join, directly or through one another."""
        wanted, seen = set(unknowns), set[int]()
        found = []
        for start in sorted(wanted):
            if start in seen:
                continue
            seen.add(start)
            group, todo = [], [start]
            while todo:
                one = todo.pop()
                group.append(one)
                for e in self.at[one]:
                    for other, _ in self.equations[e].terms:
                        if other in wanted and other not in seen:
                            seen.add(other)
                            todo.append(other)
            found.append(sorted(group))
        return found

    def tighten(self, group: Sequence[int], low: list[float], high: list[float]) -> bool:
        """Draw a group's bounds together in place as far as single sums do.

        Each bound is that of one sum with all others at their ends; where no two ways lead from
        one unknown to another, the bounds are then exactly what each can be (domains that are
        consistent with each of the sums of an acyclic system are so with all of them: Dechter,
        "Constraint Processing", 2003, chapter 4).

        Returns
        -------
        bool
            False if the sums have no solution within the bounds.
        """
        queue = deque(sorted({e for unknown in group for e in self.at[unknown]}))
        waiting = set(queue)
        for _ in range(_ROUNDS * len(queue)):
            if not queue:
                break
            e = queue.popleft()
            waiting.discard(e)
            changed = _tightened(self.equations[e], low, high)
            if changed is None:
                return False
            for unknown in changed:
                for other in self.at[unknown]:
                    if other != e and other not in waiting:
                        waiting.add(other)
                        queue.append(other)
        return True

    def open_parts(
        self, group: Sequence[int], low: Sequence[float], high: Sequence[float]
    ) -> list[Part]:
        """Return what bounds leave open of a group, in parts that do not touch each other."""
        parts = []
        for unknowns in self.groups(u for u in group if low[u] < high[u]):
            number = {unknown: i for i, unknown in enumerate(unknowns)}
            rows = []
            for e in sorted({e for unknown in unknowns for e in self.at[unknown]}):
                terms, right = self.equations[e]
                right -= sum(factor * low[u] for u, factor in terms if u not in number)
                inside = tuple((number[u], factor) for u, factor in terms if u in number)
                rows.append(Equation(inside, right))
            parts.append(
                Part(
                    tuple(unknowns),
                    tuple(low[u] for u in unknowns),
                    tuple(high[u] for u in unknowns),
                    tuple(rows),
                )
            )
        return parts


def _tightened(one: Equation, low: list[float], high: list[float]) -> list[int] | None:
    """The unknowns whose bounds one sum draws together; None where it cannot hold."""
    right = round(one.right)
    if abs(right - one.right) > _TOLERANCE:
        return None
    ends = [(low[u], high[u]) if factor > 0 else (-high[u], -low[u]) for u, factor in one.terms]
    least, most = _Sum(end[0] for end in ends), _Sum(end[1] for end in ends)
    if not ends:
        return [] if right == 0 else None
    changed = []
    for (unknown, factor), (floor, roof) in zip(one.terms, ends, strict=True):
        below, above = right - most.without(roof), right - least.without(floor)
        bounds = (below, above) if factor > 0 else (-above, -below)
        new_low, new_high = max(low[unknown], bounds[0]), min(high[unknown], bounds[1])
        if new_low > new_high:
            return None
        if new_low > low[unknown] or new_high < high[unknown]:
            low[unknown], high[unknown] = new_low, new_high
            changed.append(unknown)
    return changed


class _Sum:
    """A sum of numbers, some of them infinite (all of one sign), and the sum without one."""

    def __init__(self, numbers: Iterable[float]) -> None:
        self.finite, self.infinite, self.sign = 0.0, 0, 0.0
        for number in numbers:
            if math.isinf(number):
                self.infinite += 1
                self.sign = number
            else:
                self.finite += number

    def without(self, number: float) -> float:
        if math.isinf(number):
            return self.finite if self.infinite == 1 else self.sign
        return self.sign if self.infinite else self.finite - number
