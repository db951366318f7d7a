"""Ranges of unknowns in tables with two ways of sums: whole numbers as flows in a network."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable

from singleout.verdict.kept_back.whole_numbers import Part


class Network:
    """Unknowns as arcs between sums: each adds to one sum and takes from another.

    A table's cells and the sums of its rows and columns are such a network, kept-back totals
    included (Gusfield, "A graph theoretic approach to statistical data security", SIAM Journal on
    Computing 17, 1988). Every solution is a flow, from any to any other lead circles, and a cell
    can change by one where a circle through it has room; so ranges are exact for whole numbers.

    Use `of` to make one.
    """

    def __init__(self, part: Part, tails: list[int], heads: list[int], supply: list[int]) -> None:
        self.low = [int(n) for n in part.low]
        self.high = [n if math.isinf(n) else int(n) for n in part.high]
        self.tails, self.heads, self.supply = tails, heads, supply
        self.flow: list[int] = []
        self.least: list[int] = []
        self.most: list[int] = []
        self.arcs: list[list[tuple[int, int]]] = [[] for _ in supply]
        for arc, (tail, head) in enumerate(zip(tails, heads, strict=True)):
            self.arcs[tail].append((arc, 1))
            self.arcs[head].append((arc, -1))

    @classmethod
    def of(cls, part: Part) -> Network | None:
        """Return a part as a network, or None where it is none."""
        ground = len(part.rows)
        ends: list[list[tuple[int, int]]] = [[] for _ in part.unknowns]
        for e, row in enumerate(part.rows):
            for unknown, factor in row.terms:
                ends[unknown].append((e, factor))
        if any(len(pair) > 2 for pair in ends) or any(math.isinf(low) for low in part.low):
            return None
        signs = _signs(len(part.rows), [pair for pair in ends if len(pair) == 2])
        if signs is None:
            return None
        tails, heads = [], []
        for pair in ends:
            first, factor = pair[0]
            second = pair[1][0] if len(pair) == 2 else ground
            forwards = factor * signs[first] > 0
            tails.append(first if forwards else second)
            heads.append(second if forwards else first)
        supply = [signs[e] * round(row.right) for e, row in enumerate(part.rows)]
        return cls(part, tails, heads, [*supply, -sum(supply)])

    def solve(self) -> tuple[bool, int]:
        """Find a solution by flow along shortest ways; tell whether there is one, and the work."""
        wanted = list(self.supply)
        for arc, least in enumerate(self.low):
            wanted[self.tails[arc]] -= least
            wanted[self.heads[arc]] += least
        self.flow = list(self.low)
        # Straight from what gives to what takes, which in a table leaves little to do
        for arc, (tail, head) in enumerate(zip(self.tails, self.heads, strict=True)):
            amount = int(min(wanted[tail], -wanted[head], self.high[arc] - self.flow[arc]))
            if amount > 0:
                self._push(wanted, [(arc, 1)], tail, head, amount)
        work = len(self.flow)
        for node in range(len(wanted)):
            while wanted[node] > 0:
                steps, goal, looked = self._way(node, lambda end: wanted[end] < 0, -1)
                work += looked
                if goal < 0:
                    return False, work
                amount = int(min(wanted[node], -wanted[goal], *(self._room(*s) for s in steps)))
                self._push(wanted, steps, node, goal, amount)
        self.least, self.most = list(self.flow), list(self.flow)
        return True, work

    def _push(
        self, wanted: list[int], steps: list[tuple[int, int]], tail: int, head: int, amount: int
    ) -> None:
        for arc, direction in steps:
            self.flow[arc] += direction * amount
        wanted[tail] -= amount
        wanted[head] += amount

    def range_of(self, arc: int, need: float) -> tuple[int, int, int]:
        """Return the least and the most of an unknown, as far apart as is needed, and the work.

        Parameters
        ----------
        arc : int
            The unknown's position in its part.
        need : float
            The width from which more is not asked for.
        """
        work = 0
        for way in (1, -1):
            while self.most[arc] - self.least[arc] < need:
                steps, looked = self._circle(arc, way)
                work += looked
                if not steps:
                    break
                self._turn(arc, way, steps, need)
        return self.least[arc], self.most[arc], work

    def _circle(self, arc: int, way: int) -> tuple[list[tuple[int, int]], int]:
        """Arcs with room (and ways along them) that close a circle with one arc; none if none."""
        if not self._room(arc, way):
            return [], 1
        start, goal = self.heads[arc], self.tails[arc]
        if way < 0:
            start, goal = goal, start
        steps, end, looked = self._way(start, lambda node: node == goal, arc)
        return ([(arc, way), *steps] if end >= 0 else []), looked

    def _way(
        self, start: int, wanted: Callable[[int], bool], without: int
    ) -> tuple[list[tuple[int, int]], int, int]:
        """The shortest way along arcs with room to a node that is wanted, its end, and the work."""
        came: dict[int, tuple[int, int, int]] = {start: (-1, -1, 0)}
        queue = deque([start])
        looked = 0
        goal = start if wanted(start) else -1
        while queue and goal < 0:
            node = queue.popleft()
            for arc, direction in self.arcs[node]:
                looked += 1
                end = self.heads[arc] if direction > 0 else self.tails[arc]
                if end in came or arc == without or not self._room(arc, direction):
                    continue
                came[end] = (node, arc, direction)
                if wanted(end):
                    goal = end
                    break
                queue.append(end)
        steps = []
        node = goal
        while node >= 0 and node != start:
            node, arc, direction = came[node]
            steps.append((arc, direction))
        return steps, goal, looked

    def _room(self, arc: int, way: int) -> float:
        flow = self.flow[arc]
        return self.high[arc] - flow if way > 0 else flow - self.low[arc]

    def _turn(self, arc: int, way: int, steps: list[tuple[int, int]], need: float) -> None:
        """Move along a circle, as far as is needed at most; what is met on the way is known."""
        short = need - (self.most[arc] - self.least[arc])
        beyond = self.most[arc] - self.flow[arc] if way > 0 else self.flow[arc] - self.least[arc]
        amount = int(min(*(self._room(*step) for step in steps), beyond + math.ceil(short)))
        for other, direction in steps:
            self.flow[other] += direction * amount
            self.least[other] = min(self.least[other], self.flow[other])
            self.most[other] = max(self.most[other], self.flow[other])


def _signs(count: int, pairs: list[list[tuple[int, int]]]) -> list[int] | None:
    """Signs of sums under which each unknown adds to one sum and takes from the other."""
    joined: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    for (first, one), (second, two) in pairs:
        if first == second:
            return None
        joined[first].append((second, -one * two))
        joined[second].append((first, -one * two))
    signs = [0] * count
    for start in range(count):
        if signs[start]:
            continue
        signs[start] = 1
        todo = [start]
        while todo:
            node = todo.pop()
            for other, same in joined[node]:
                if not signs[other]:
                    signs[other] = signs[node] * same
                    todo.append(other)
                elif signs[other] != signs[node] * same:
                    return None
    return signs
