"""What each unknown of a system can be, under the strongest reading of the marks that fits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from singleout.verdict.kept_back.flows import Network
from singleout.verdict.kept_back.programmes import Programme
from singleout.verdict.kept_back.readings import Interval
from singleout.verdict.kept_back.whole_numbers import Part, System

# What one table may cost: arcs looked at in networks, and (dearer) the size of programmes
_MOST_ARCS = 8_000_000
_MOST_PROGRAMMES = 150_000


@dataclass
class Work:
    """What may still be spent on a table, and what is solved already.

    The same table always comes to the same end, however fast the machine.
    """

    arcs: int = _MOST_ARCS
    programmes: int = _MOST_PROGRAMMES
    solvers: dict[Part, Network | Programme | bool | None] = field(default_factory=dict)

    def may_run(self, size: int) -> bool:
        """Take a programme's size from what is left; False where it is not enough."""
        self.programmes -= size
        return self.programmes >= 0


@dataclass
class Outcome:
    """What is known of a system's unknowns.

    Parameters
    ----------
    ranges : dict of int to Interval
        The least and the most of each unknown that was asked for, or ends inside of them that
        are as far apart as was needed.
    unsolved : set of int
        Unknowns whose sums have no solution, or of which it could not be computed.
    """

    ranges: dict[int, Interval] = field(default_factory=dict)
    unsolved: set[int] = field(default_factory=set)


def fits(
    system: System, group: Sequence[int], bounds: Sequence[Interval], work: Work
) -> bool | None:
    """Tell whether the sums of a group have a solution; None where that could not be computed."""
    low, high = _ends(bounds)
    if not system.tighten(group, low, high):
        return False
    known: bool | None = True
    for part in system.open_parts(group, low, high):
        if part.is_tree:
            continue
        solved = _solver(part, work)
        if solved is False:
            return False
        if solved is None:
            known = None
    return known


def ranges(
    system: System,
    group: Sequence[int],
    bounds: Sequence[Interval],
    needs: Mapping[int, float],
    wanted: tuple[float, float],
    work: Work,
) -> Outcome:
    """Return what the unknowns of a group can be.

    Parameters
    ----------
    system : System
        The sums.
    group : sequence of int
        Unknowns that have to do with one another, for which the sums have a solution.
    bounds : sequence of Interval
        The bounds of every unknown of the system.
    needs : mapping of int to float
        The unknowns that are asked for, and the width from which more is not asked for.
    wanted : tuple of (float, float)
        Unknowns that can be none of these numbers are not asked for.
    work : Work
        What may still be spent.
    """
    low, high = _ends(bounds)
    found = Outcome()
    if not system.tighten(group, low, high):
        found.unsolved.update(group)
        return found
    for unknown in group:
        outer = Interval(low[unknown], high[unknown])
        if unknown in needs and not outer.apart(wanted):
            found.ranges[unknown] = outer
    for part in system.open_parts(group, low, high):
        if not part.is_tree:
            _ranges_of(part, needs, work, found)
    return found


def _ends(bounds: Sequence[Interval]) -> tuple[list[float], list[float]]:
    return [one.least for one in bounds], [one.most for one in bounds]


def _solver(part: Part, work: Work) -> Network | Programme | bool | None:
    """A solver that has a solution; False if there is none, None if that could not be computed."""
    if part not in work.solvers:
        work.solvers[part] = _new_solver(part, work)
    return work.solvers[part]


def _new_solver(part: Part, work: Work) -> Network | Programme | bool | None:
    network = Network.of(part)
    if network is None:
        programme = Programme(part)
        solved = programme.solve(work.may_run)
        return programme if solved else solved
    if work.arcs <= 0:
        return None
    solved, looked = network.solve()
    work.arcs -= looked
    return network if solved else False


def _ranges_of(part: Part, needs: Mapping[int, float], work: Work, found: Outcome) -> None:
    solver = _solver(part, work)
    wanted = {
        i: min(needs[unknown], part.high[i] - part.low[i])
        for i, unknown in enumerate(part.unknowns)
        if unknown in found.ranges
    }
    if isinstance(solver, Programme):
        solver.spread(wanted, work.may_run)
    for i, need in wanted.items():
        unknown = part.unknowns[i]
        ends = None
        if isinstance(solver, Network) and work.arcs > 0:
            least, most, arcs = solver.range_of(i, need)
            work.arcs -= arcs
            ends = least, most
        elif isinstance(solver, Programme):
            ends = solver.range_of(i, need, work.may_run)
        if ends is None:
            found.unsolved.add(unknown)
            del found.ranges[unknown]
        else:
            found.ranges[unknown] = Interval(*ends)
