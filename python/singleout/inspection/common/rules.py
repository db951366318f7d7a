"""Conditional formats of whatever file: of which cells they hide what they hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from singleout.draft.grid import Grid
from singleout.inspection.common.cell_looks import CellLook, covered_by_format, invisible, too_small
from singleout.inspection.common.conditions import Condition, holds
from singleout.inspection.common.far import Area
from singleout.inspection.common.thresholds import SMALL

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int32]
# A mark alone, an error or nought hides nobody
_NOTHING = r"\A\s*(?:[^\d\s]|[-+]?0*(?:\.0*)?(?:[eE][-+]?\d+)?|#[A-Z0-9_/]+[!?]?)\s*\z"
MOST_RULES = 2_000


@dataclass(frozen=True, slots=True)
class Rule:
    """One conditional format.

    Parameters
    ----------
    areas : sequence of Area
        The cells that it is for; all that have the look of `style` where there are none.
    condition : Condition
        What it asks of them.
    change : callable or None
        Gives the look of a cell for which it holds; None where that stays as it is.
    numbers : bool
        Whether it is for numbers alone, as scales are.
    replaces : bool
        Whether a bar or a sign is shown in place of numbers.
    name : str
        The ranges, as a finding names them.
    style : int
        The index of a look.
    """

    areas: Sequence[Area]
    condition: Condition
    change: Callable[[CellLook], CellLook] | None = None
    numbers: bool = False
    replaces: bool = False
    name: str = ""
    style: int = -1


@dataclass(slots=True)
class Judged:
    """What rules do to cells.

    Parameters
    ----------
    hidden : list of (str, bool array)
        The ranges of each rule that hides anything, and the cells of which it may hide it.
    shown : bool array, shape (n_cells,)
        Cells to which a rule is known to give a look that can be read.
    """

    shown: Bools
    hidden: list[tuple[str, Bools]] = field(default_factory=list)

    @property
    def unseen(self) -> Bools:
        """Cells that a rule hides or may hide."""
        found = np.zeros(len(self.shown), np.bool_)
        for _, mask in self.hidden:
            found |= mask
        return found


def judge(
    rules: Iterable[Rule], grid: Grid, ids: Ints, looks: Sequence[CellLook], dates: Bools
) -> Judged:
    """Tell which cells rules hide: those for which they hold, all of them where nobody knows.

    Parameters
    ----------
    rules : iterable of Rule
        The rules.
    grid : Grid
        The cells.
    ids : int32 array, shape (n_cells,)
        Each cell's index in `looks`.
    looks : sequence of CellLook
        How cells are shown without the rules.
    dates : bool array, shape (n_cells,)
        Cells that hold a date.
    """
    judged = Judged(np.zeros(len(grid), np.bool_))
    present = np.bincount(ids, minlength=len(looks)) > 0
    telling: Bools | None = None
    for n, rule in enumerate(rules):
        if n >= MOST_RULES:
            break
        if rule.style >= 0 and (not present[rule.style] or _is_idle(rule, looks[rule.style])):
            continue
        inside = ids == rule.style
        for area in rule.areas:
            inside |= _within(grid, area)
        at = np.flatnonzero(inside)
        used, own = np.unique(ids[at], return_inverse=True)
        if all(_is_idle(rule, looks[i]) for i in used):
            continue
        if telling is None:
            nothing = pc.match_substring_regex(grid.texts, _NOTHING)
            telling = np.asarray(~nothing.to_numpy(zero_copy_only=False), np.bool_)
        cells = grid.pick(at)
        applies, sure = holds(rule.condition, cells)
        hides = _effect(rule, cells, own.astype(np.int32), [looks[i] for i in used], dates[at])
        found = np.zeros(len(grid), np.bool_)
        found[at] = applies & hides & telling[at]
        if found.any():
            judged.hidden.append((rule.name, found))
        elif sure and rule.change is not None:
            judged.shown[at] |= applies & ~hides
    return judged


def _is_idle(rule: Rule, look: CellLook) -> bool:
    """Whether a rule neither hides a cell of this look nor brings it to light."""
    if rule.change is None or rule.replaces:
        return rule.change is None and not rule.replaces
    return _is_open(look) and _is_open(rule.change(look))


def _is_open(look: CellLook) -> bool:
    """Whether all that a cell of this look can hold is seen."""
    shown = look.format.plain and not look.format.coloured
    return shown and look.size >= SMALL and not look.invisible


def _effect(rule: Rule, cells: Grid, ids: Ints, looks: Sequence[CellLook], dates: Bools) -> Bools:
    """Which cells nobody sees where the rule holds."""
    hidden = cells.numeric.copy() if rule.replaces else np.zeros(len(cells), np.bool_)
    if rule.change is None:
        return hidden
    changed = [rule.change(look) for look in looks]
    unseen = invisible(cells, ids, changed, dates) | too_small(ids, changed, 1.0)
    unseen |= covered_by_format(cells, ids, changed, dates)
    return hidden | (unseen & cells.numeric if rule.numbers else unseen)


def in_colours(look: CellLook, papers: Sequence[str | None]) -> CellLook:
    """Return a look on any of these colours; on an unknown one if one of them is."""
    known = tuple(paper for paper in papers if paper)
    return replace(look, papers=known if len(known) == len(papers) else ())


def _within(grid: Grid, area: Area) -> Bools:
    top, left, bottom, right = area
    first, last = np.searchsorted(grid.rows, [top, bottom + 1])
    mask = np.zeros(len(grid), np.bool_)
    columns = grid.columns[first:last]
    mask[first:last] = (columns >= left) & (columns <= right)
    return mask
