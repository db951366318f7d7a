"""Ranges of unknowns under sums: networks, programmes and bounds against trying all numbers."""

from __future__ import annotations

import math
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from singleout.verdict.kept_back.flows import Network
from singleout.verdict.kept_back.programmes import Programme
from singleout.verdict.kept_back.ranges import Work, fits, ranges
from singleout.verdict.kept_back.readings import Interval
from singleout.verdict.kept_back.whole_numbers import Equation, System

WIDE = 100.0


@st.composite
def systems(draw: st.DrawFn) -> tuple[System, list[Interval]]:
    """Up to five unknowns between 0 and 6 under up to four sums and differences."""
    size = draw(st.integers(1, 5))
    bounds = []
    for _ in range(size):
        low = draw(st.integers(0, 3))
        bounds.append(Interval(low, low + draw(st.integers(0, 3))))
    truth = [draw(st.integers(int(b.least), int(b.most))) for b in bounds]
    equations = []
    for _ in range(draw(st.integers(0, 4))):
        within = draw(st.lists(st.integers(0, size - 1), min_size=1, unique=True))
        terms = tuple((u, draw(st.sampled_from([1, 1, -1]))) for u in sorted(within))
        off = draw(st.sampled_from([0, 0, 0, 0, 0, 0, 0, 1]))
        equations.append(Equation(terms, sum(f * truth[u] for u, f in terms) + off))
    return System(equations, size), bounds


def solutions(system: System, bounds: list[Interval]) -> list[tuple[int, ...]]:
    """All whole numbers within bounds for which the sums hold."""
    spans = [range(int(b.least), int(b.most) + 1) for b in bounds]
    return [
        x
        for x in product(*spans)
        if all(sum(f * x[u] for u, f in e.terms) == e.right for e in system.equations)
    ]


@settings(max_examples=400, deadline=None)
@given(systems())
def test_ranges_are_those_of_all_solutions(drawn: tuple[System, list[Interval]]) -> None:
    system, bounds = drawn
    answers = solutions(system, bounds)
    work = Work()
    groups = system.groups(range(system.size))
    assert all(fits(system, g, bounds, work) for g in groups) == bool(answers)
    if not answers:
        return
    for group in groups:
        needs = dict.fromkeys(group, WIDE)
        found = ranges(system, group, bounds, needs, (-math.inf, math.inf), work)
        assert not found.unsolved
        for unknown in group:
            values = [x[unknown] for x in answers]
            assert found.ranges[unknown] == Interval(min(values), max(values))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_network_gives_the_same_as_programmes(data: st.DataObject) -> None:
    """Cells of a table with two ways of sums, some of them unknown, totals too."""
    height, width = data.draw(st.integers(2, 4)), data.draw(st.integers(2, 4))
    cells = [[data.draw(st.integers(0, 9)) for _ in range(width)] for _ in range(height)]
    hidden = [(i, j) for i in range(height) for j in range(width) if data.draw(st.booleans())]
    number = {cell: n for n, cell in enumerate(hidden)}
    equations = []
    for i in range(height):
        terms = tuple((number[i, j], 1) for j in range(width) if (i, j) in number)
        equations.append(Equation(terms, sum(cells[c][d] for c, d in hidden if c == i)))
    for j in range(width):
        terms = tuple((number[i, j], 1) for i in range(height) if (i, j) in number)
        equations.append(Equation(terms, sum(cells[c][d] for c, d in hidden if d == j)))
    system = System([e for e in equations if e.terms], len(hidden))
    low = [0.0] * len(hidden)
    high = [math.inf] * len(hidden)
    for group in system.groups(range(len(hidden))):
        assert system.tighten(group, low, high)
        for part in system.open_parts(group, low, high):
            network = Network.of(part)
            assert network is not None
            programme = Programme(part)
            assert network.solve()[0]
            assert programme.solve(lambda size: True)
            for u in range(len(part.unknowns)):
                least, most, _ = network.range_of(u, WIDE)
                assert (least, most) == programme.range_of(u, WIDE, lambda size: True)


def test_three_ways_are_no_network() -> None:
    """Each cell of a cube is in three sums; the opposite corners of one move together."""
    cube = list(product((0, 1), repeat=3))
    number = {cell: n for n, cell in enumerate(cube)}
    equations = []
    for axis in range(3):
        for rest in product((0, 1), repeat=2):
            line = [c for c in cube if (*c[:axis], *c[axis + 1 :]) == rest]
            equations.append(Equation(tuple((number[c], 1) for c in line), 6))
    system = System(equations, 8)
    bounds = [Interval(0, math.inf)] * 8
    bounds[0] = Interval(1, 2)
    found = ranges(system, list(range(8)), bounds, dict.fromkeys(range(8), WIDE), (0, 9), Work())
    assert found.ranges[0] == Interval(1, 2)
    assert found.ranges[1] == Interval(4, 5)
    assert found.ranges[7] == Interval(4, 5)


def test_what_costs_too_much_is_unsolved_and_no_error() -> None:
    cube = list(product(range(3), repeat=3))
    number = {cell: n for n, cell in enumerate(cube)}
    equations = []
    for axis in range(3):
        for rest in product(range(3), repeat=2):
            line = [c for c in cube if (*c[:axis], *c[axis + 1 :]) == rest]
            equations.append(Equation(tuple((number[c], 1) for c in line), 7))
    system = System(equations, 27)
    bounds = [Interval(0, math.inf)] * 27
    for work in (Work(programmes=0), Work(programmes=300)):
        found = ranges(
            system, list(range(27)), bounds, dict.fromkeys(range(27), WIDE), (0, 99), work
        )
        assert found.unsolved
        assert not found.unsolved & set(found.ranges)


def test_a_sum_with_a_fraction_has_no_solution() -> None:
    system = System([Equation(((0, 1), (1, 1)), 2.5)], 2)
    assert not fits(system, [0, 1], [Interval(0, math.inf)] * 2, Work())


def test_large_numbers_stay_whole() -> None:
    large = 10**15
    system = System([Equation(((0, 1), (1, 1)), large), Equation(((0, 1), (2, -1)), 3)], 3)
    bounds = [Interval(1, math.inf), Interval(1, math.inf), Interval(0, 4)]
    found = ranges(system, [0, 1, 2], bounds, dict.fromkeys(range(3), WIDE), (0, large), Work())
    assert found.ranges == {
        0: Interval(3, 7),
        1: Interval(large - 7, large - 3),
        2: Interval(0, 4),
    }
