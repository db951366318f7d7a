"""Which small counts a reader can work out, or narrow, from totals and what the marks say."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from singleout.identifiers.kept_back_marks import legend_bounds
from singleout.verdict.kept_back.cells import CountCells, count_cells
from singleout.verdict.kept_back.equations import Cell, Equations, equations_of, unknown_cells
from singleout.verdict.kept_back.ranges import Work, fits, ranges
from singleout.verdict.kept_back.readings import Interval, combined, intervals
from singleout.verdict.kept_back.whole_numbers import Equation, System
from singleout.verdict.reasons import Reason, Stops, reason
from singleout.verdict.words import counted as in_words

if TYPE_CHECKING:
    from singleout.policy.model import Counts
    from singleout.verdict.counts import CountTable

_MOST_EXAMPLES = 3
_ANYTHING = Interval(0, math.inf)


@dataclass
class Derived:
    """What a reader can work out of a table, each thing by its place.

    Parameters
    ----------
    exact : list of str
        Small counts that are not shown and follow from what is.
    narrowed : list of str
        Cells kept back that can be one of a few numbers only, a small one among them.
    unproved : list of str
        Cells kept back of which nothing could be proved: totals that do not add up, or are
        rounded, or more cells than can be computed.
    wrong : int
        Totals with all parts shown that are not their sum.
    """

    exact: list[str] = field(default_factory=list)
    narrowed: list[str] = field(default_factory=list)
    unproved: list[str] = field(default_factory=list)
    wrong: int = 0


def derivable(
    counted: CountTable,
    low: int,
    high: int,
    *,
    width: int = 3,
    zeros_shown: bool = True,
    columns: Collection[int] | None = None,
    notes: Sequence[str] = (),
) -> Derived:
    """Find counts from `low` to `high` that are not shown but follow, or nearly, from what is.

    Every cell that is kept back is a whole number between the bounds that its mark states: at
    least one where noughts are shown, at most what the mark or a legend says of all such cells. The
    reader is taken to read the marks in the strongest way under which the table's sums have a
    solution. Only what totals and other cells add to the mark counts: a cell is derivable where
    one number is left, and narrowed where the least and the most that it can be are closer than
    the mark itself says and than `width`.

    Parameters
    ----------
    counted : CountTable
        The table as numbers.
    low, high : int
        The range of small counts.
    width : int
        How far apart the least and the most that a kept-back cell can be must stay.
    zeros_shown : bool
        Whether a nought would be shown as one (also taken so where the table shows one).
    columns : collection of int, optional
        Positions in the table of the columns of which counts are looked for; all when left out.
    notes : sequence of str
        The file's notes, titles and other texts, for what they say of the marks.

    Returns
    -------
    Derived

    Notes
    -----
    Bounds of each cell over all tables with the same totals: Dobra and Fienberg, "Bounds for cell
    entries in contingency tables given marginal totals and decomposable graphs" (PNAS 97, 2000);
    in tables with two ways of sums flows in a network: Gusfield, "A graph theoretic approach to
    statistical data security" (SIAM Journal on Computing 17, 1988).
    """
    counting = {column.index for column in counted.columns} if columns is None else set(columns)
    cells = count_cells(counted)
    if cells is None or not counting:
        return Derived()
    wanted = {j for j, at in enumerate(cells.columns) if at in counting or j in cells.bare}
    found = equations_of(cells)
    derived = Derived(wrong=found.wrong)
    derived.exact += [
        f"what {one.where} leaves over"
        for one in found.rests
        if low <= one.left <= high and one.column in wanted
    ]
    unsure = [cell for line in found.unsure for cell in line]
    derived.unproved += _kept_back(cells, unsure, wanted)
    unknown = unknown_cells(cells, found.sums)
    if unknown:
        legends = legend_bounds(notes, [mark.key for mark in cells.kinds])
        shown = zeros_shown or cells.shows_zero
        ways = intervals(cells.kinds, legends, shown)
        _Audit(cells, found, unknown, ways).run(derived, (low, high), width, wanted)
    return derived


class _Audit:
    """The unknown cells of a table under its sums."""

    def __init__(
        self,
        cells: CountCells,
        found: Equations,
        unknown: list[Cell],
        ways: list[list[Interval]],
    ) -> None:
        self.cells, self.unknown, self.ways = cells, unknown, ways
        self.kind = [int(cells.marks[cell]) for cell in unknown]
        self.used = sorted(set(self.kind))
        number = {cell: i for i, cell in enumerate(unknown)}
        rests = sum(one.rest for one in found.sums)
        equations: list[Equation] = []
        loose = len(unknown)
        for one in found.sums:
            right, terms = 0.0, []
            for cell, factor in (*((part, 1) for part in one.parts), (one.total, -1)):
                if cell in number:
                    terms.append((number[cell], factor))
                else:
                    right -= factor * float(cells.values[cell])
            if one.rest:
                terms.append((loose, 1))
                loose += 1
            equations.append(Equation(tuple(terms), right))
        self.size = len(unknown) + rests
        self.system = System(equations, self.size)
        self.groups = self.system.groups(range(self.size))
        self.work = Work()

    def run(self, derived: Derived, small: tuple[int, int], width: int, columns: set[int]) -> None:
        """Put what can be worked out of cells in some columns into `derived`."""
        reading, solvable = self._strongest()
        lost = {u for group in self.groups for u in group} - {u for g in solvable for u in g}
        needs = {
            unknown: needed
            for unknown, cell in enumerate(self.unknown)
            if cell[1] in columns and (needed := min(float(width), reading[unknown].width)) > 0
        }
        for group in solvable:
            outcome = ranges(self.system, group, reading, needs, small, self.work)
            lost |= outcome.unsolved
            for unknown, found in sorted(outcome.ranges.items()):
                if found.width < needs[unknown] and not found.apart(small):
                    place = self.cells.place(*self.unknown[unknown])
                    (derived.narrowed if found.width else derived.exact).append(place)
        places = [self.unknown[u] for u in sorted(lost) if u < len(self.unknown)]
        derived.unproved += _kept_back(self.cells, places, columns)

    def _weakest(self) -> list[Interval]:
        return self._bounds(tuple(way[-1] for way in self.ways))

    def _bounds(self, chosen: Sequence[Interval]) -> list[Interval]:
        own = [chosen[kind] for kind in self.kind]
        return own + [_ANYTHING] * (self.size - len(own))

    def _strongest(self) -> tuple[list[Interval], list[list[int]]]:
        """The strongest reading that fits, as bounds; groups that fit under any reading at all."""
        used = [self.ways[kind] for kind in self.used]
        groups: list[list[int]] | None = None
        for chosen in combined(used):
            by_kind = dict(zip(self.used, chosen, strict=True))
            bounds = self._bounds(
                [by_kind.get(kind, way[-1]) for kind, way in enumerate(self.ways)]
            )
            if self._fit(bounds, self.groups if groups is None else groups):
                return bounds, self.groups if groups is None else groups
            if groups is None:
                groups = [g for g in self.groups if self._fit(self._weakest(), [g])]
        return self._weakest(), groups or []

    def _fit(self, bounds: Sequence[Interval], groups: Sequence[Sequence[int]]) -> bool:
        return all(fits(self.system, group, bounds, self.work) for group in groups)


def _kept_back(cells: CountCells, places: Sequence[Cell], columns: set[int]) -> list[str]:
    """Names of the cells that are surely kept back: a blank or a dash may be no count at all."""
    found = {cell for cell in places if cells.marks[cell] >= 0 and cell[1] in columns}
    surely = [mark.kept_back for mark in cells.kinds]
    return [cells.place(*cell) for cell in sorted(found) if surely[cells.marks[cell]]]


def reasons_of(
    counted: CountTable,
    rules: Counts,
    doubt: bool,
    columns: Collection[int],
) -> tuple[list[Reason], list[str]]:
    """Apply a policy's rule on counts that can be worked out to one table.

    Parameters
    ----------
    counted : CountTable
        The table as numbers.
    rules : Counts
        The policy's part on counts; `derivable` is not "ignore".
    doubt : bool
        Whether it is not known that people are counted: a person then decides.
    columns : collection of int
        Positions in the table of the columns that the rule holds for.

    Returns
    -------
    reasons : list of Reason
        What the policy stops.
    not_checked : list of str
        What was not checked, in plain English.
    """
    if rules.derivable == "ignore":
        return [], []
    effect: Stops = "review" if doubt else rules.derivable
    derived = derivable(
        counted,
        rules.small_from if rules.zero == "ignore" else 0,
        rules.small_to,
        width=rules.protect_width,
        zeros_shown=rules.zero == "ignore",
        columns=columns,
        notes=(*counted.table.titles, *counted.table.remarks),
    )
    place = counted.table.place
    found = []
    for code, places, stops, said in (
        ("derivable-count", derived.exact, effect,
         "{} kept back or not shown can be worked out from the totals"),
        ("narrowed-count", derived.narrowed, effect,
         "{} kept back can be only one of a few numbers, by the totals"),
        ("unproved-count", derived.unproved, "review",
         "{} kept back, of which it cannot be proved that totals do not give them away"),
    ):  # fmt: skip
        if places:
            number = in_words(len(places), "small counts" if code != "unproved-count" else "counts")
            what = said.format(number)
            example = "; ".join(places[:_MOST_EXAMPLES])
            found.append(reason(code, stops, what, place, len(places), "cells", example=example))
    if derived.wrong:
        said = f"whether small counts follow from {in_words(derived.wrong, 'totals')}"
        return found, [f"{said} that are not the sum of what stands beside them"]
    return found, []
