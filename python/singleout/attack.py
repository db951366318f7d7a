"""How likely an attacker, who knows some fields of somebody, picks out that person's record."""

from __future__ import annotations

import math
from dataclasses import dataclass
from math import fsum

import numpy as np
from numpy.typing import NDArray

from singleout.attacker import Attacker, known_by
from singleout.errors import InputError
from singleout.machine import threads_within
from singleout.progress import Progress
from singleout.walk import NULLS, Walk, default_size

Floats = NDArray[np.float64]

# With max_known the sum is divided by how likely it is to know so few fields, and with it the
# rounding of the core's terms, 2^-63 each: below this, sizes are summed one by one (`_by_size`).
SELDOM = 1e-3
# Among many fields only the likeliest branches of the walk are followed: so many that rows times
# branches come to this, but no fewer and no more than the two numbers below it.
_VISITS = 1_000_000_000
_BRANCHES = 20_000, 1_000_000


def chance(value: float) -> str:
    """Return a probability in words, never rounded to 0 or 1 when it is neither.

    Examples
    --------
    >>> chance(0.123), chance(0.9961), chance(1.0), chance(0.0004)
    ('0.12', 'over 0.99', '1', 'under 0.01')
    """
    if 0 < value < 0.01:
        return "under 0.01"
    return "over 0.99" if 0.99 < value < 1 else f"{value:.2g}"


@dataclass(frozen=True, eq=False)
class AttackerRisk:
    """Each record's risk from one attacker, and the file's.

    Parameters
    ----------
    attacker : Attacker
        What he knows.
    risk : ndarray of float64, shape (rows,)
        Sum of P(S) / k_S over the subsets S of the fields; its upper end where some subsets were
        not walked.
    at_least : ndarray of float64, shape (rows,)
        Its lower end; the same where all was walked.
    threshold : int
        What `share_above` compares with when not told otherwise: a risk of 1/threshold.
    counts : ndarray of uint32, shape (rows,), or None
        How many people each row stands for.
    not_walked : float
        The most that was not walked, as a probability: that he knows more fields than the
        combinations that were walked have, or, among many fields, combinations that are too
        unlikely to look at each.
    """

    attacker: Attacker
    risk: Floats
    at_least: Floats
    threshold: int
    counts: NDArray[np.uint32] | None
    not_walked: float

    @property
    def exact(self) -> bool:
        """Whether each risk is a number, not an interval."""
        return self.not_walked == 0.0

    @property
    def worst(self) -> float:
        """The largest risk of a record (the upper end)."""
        return float(self.risk.max())

    @property
    def mean(self) -> float:
        """The mean risk over people (the upper end)."""
        return self._mean(self.risk)

    @property
    def worst_at_least(self) -> float:
        """The lower end of the largest risk."""
        return float(self.at_least.max())

    @property
    def mean_at_least(self) -> float:
        """The lower end of the mean risk."""
        return self._mean(self.at_least)

    def _mean(self, values: Floats) -> float:
        # fsum rounds once: the order of the rows does not matter.
        if self.counts is None:
            return fsum(values) / len(values)
        return fsum(values * self.counts) / int(self.counts.sum(dtype=np.uint64))

    def share_above(self, level: float | None = None) -> float:
        """Return the share of people whose risk is above a level.

        Parameters
        ----------
        level : float, optional
            A probability; 1/threshold when left out: the risk in a class just large enough.

        Examples
        --------
        >>> import singleout as so
        >>> data = {"rank": ["PC", "PC", "Sergeant"], "station": ["A", "B", "B"]}
        >>> so.score(data).risk(so.Attacker({"rank": 0.9})).share_above(0.5)
        0.3333333333333333
        """
        at = 1 / self.threshold if level is None else level
        above = self.risk > at
        if self.counts is None:
            return int(above.sum()) / len(above)
        people = int(self.counts.sum(dtype=np.uint64))
        return int(self.counts[above].sum(dtype=np.uint64)) / people

    def __str__(self) -> str:
        """Return the headline in words; worst first."""

        def figure(low: float, high: float) -> str:
            least, most = chance(low), chance(high)
            return most if least == most else f"{least} to {most}"

        return (
            f"Attacker ({self.attacker.name}): picks out the worst record with probability "
            f"{figure(self.worst_at_least, self.worst)}, the mean one with "
            f"{figure(self.mean_at_least, self.mean)}; {100 * self.share_above():.1f} % of the "
            f"people are above 1/{self.threshold}."
        )


@dataclass(frozen=True, slots=True)
class _Plan:
    """Which fields need the walk, and what is known without it.

    A direct identifier needs none: k is 1 on every subset that holds it. Nor does a field that is
    never known, or, without a cap on how many are, a constant one.
    """

    walked: list[int]
    chances: Floats
    law: Floats  # how many of the walked fields he knows, up to the cap
    total: float  # mass of all subsets within the cap
    without: float  # probability that he knows no identifier
    identified: float  # mass of the subsets with one
    size: int
    seldom: float  # branches of the walk less likely than that are passed over


def _plan(walk: Walk, attacker: Attacker) -> _Plan:
    chances = attacker.probabilities(walk.table.names)
    takes_part = walk.options.nulls != "drop" or not any(c.nulls for c in walk.table.columns)
    known = [place for place in range(len(chances)) if chances[place] > 0]
    apart = [p for p in known if takes_part and walk.roles[p] == "direct identifier"]
    free = attacker.max_known is None
    walked = [p for p in known if p not in apart and not (free and walk.roles[p] == "constant")]
    cap = len(known) if attacker.max_known is None else attacker.max_known
    law = known_by(chances[walked])[: cap + 1]
    all_known = known_by(chances[walked + apart])[: cap + 1] if apart else law
    without = float(np.prod(1 - chances[apart]))
    total = fsum(all_known)
    if not total > 0:
        raise InputError(
            "attacker: he never knows as few fields as max_known says: raise it, or make fewer "
            "fields nearly certain"
        )
    identified = max(0.0, total - without * fsum(law)) if apart else 0.0
    wanted, every = walk.options.max_size, min(len(walked), cap)
    size = min(default_size(len(walked)) if wanted is None else wanted, every)
    seldom = 0.0
    if wanted is None and size < every and total >= SELDOM and walk.options.nulls != "any":
        size, seldom = every, _affordable(chances[walked], every, law, walk.table.rows)
    return _Plan(walked, chances[walked], law, total, without, identified, size, seldom)


def _affordable(chances: Floats, cap: int, law: Floats, rows: int) -> float:
    """How seldom a branch must be to be passed over, so that not too many are walked.

    A branch is a choice, for some of the fields in turn, of knowing each or not; it is as likely as
    that, and that he knows no more than `cap` in the end. Branches are counted by likelihood, in
    steps of a fiftieth of a natural logarithm, down to 1e-7 of all.
    """
    bins = _steps(1e-7 * float(law.sum())) + 1
    branches = np.zeros(bins)
    limited = cap < len(chances)
    rest = _at_most(chances, cap) if limited else []
    here = np.zeros((cap + 1 if limited else 1, bins))  # by how many he knows, and how likely it is
    here[0, 0] = 1
    for place, chance in enumerate(chances.tolist()):
        taken = _less_likely(here, chance)
        if limited:
            taken = np.concatenate((np.zeros((1, bins)), taken[:-1]))
            for known in range(1, cap + 1):
                branches += _less_likely(taken[known], float(rest[place + 1][cap - known]))
            here[cap] = 0
        else:
            branches += taken[0]
        here = _less_likely(here, 1 - chance) + taken
    most = min(max(_VISITS // rows, _BRANCHES[0]), _BRANCHES[1])
    few = int(np.searchsorted(np.cumsum(branches), most))
    return math.exp(-min(few, bins - 1) / _A_STEP)


_A_STEP = 50  # steps of likelihood to a natural logarithm


def _steps(chance: float) -> int:
    return round(-math.log(chance) * _A_STEP) if chance > 0 else 1 << 30


def _less_likely(counts: Floats, chance: float) -> Floats:
    """Move counts by likelihood, along the last axis, down by a probability."""
    places = min(_steps(chance), counts.shape[-1])
    moved = np.zeros_like(counts)
    moved[..., places:] = counts[..., : counts.shape[-1] - places]
    return moved


def _at_most(chances: Floats, cap: int) -> list[Floats]:
    """From each field on, the last one first made: that at most 0, 1 .. cap fields are known."""
    law = np.zeros(cap + 1)
    law[0] = 1
    found = [np.cumsum(law)]
    for chance in chances[::-1].tolist():
        law = law * (1 - chance) + np.concatenate(([0.0], law[:-1])) * chance
        found.append(np.cumsum(law))
    return found[::-1]


def attacker_risk(walk: Walk, attacker: Attacker) -> AttackerRisk:
    """Compute each record's risk from an attacker.

    Parameters
    ----------
    walk : Walk
        The table and what was asked.
    attacker : Attacker
        What he knows.

    Returns
    -------
    AttackerRisk

    Raises
    ------
    InputError
        If the attacker does not fit the fields.

    Notes
    -----
    The measure, with its formula and an example by hand: docs/measures/attacker-risk.md.

    Examples
    --------
    >>> import pyarrow as pa
    >>> from singleout.table import code_table
    >>> from singleout.walk import Options
    >>> data = pa.table({"rank": ["PC", "PC", "Sergeant"], "station": ["A", "B", "B"]})
    >>> options = Options(None, 5, "value", "separate", 1, False)
    >>> walk = Walk(code_table(data, None, None, 1), options)
    >>> found = attacker_risk(walk, Attacker({"rank": 0.9, "station": 0.5}))
    >>> found.risk.round(4).tolist()
    [0.7417, 0.7167, 0.9417]
    """
    plan = _plan(walk, attacker)
    left = np.zeros(walk.table.rows)
    if not plan.size or not plan.without:
        out = np.full(walk.table.rows, plan.law[0] / walk.table.people)
    elif plan.total >= SELDOM:
        out, left = _summed(walk, plan, plan.chances, len(plan.law) - 1, plan.size)
    else:
        out = _by_size(walk, plan)
    low = np.minimum((plan.identified + plan.without * out) / plan.total, 1.0)
    left *= plan.without / plan.total
    beyond = plan.without * fsum(plan.law[plan.size + 1 :]) / plan.total
    rest = beyond + float(left.max())
    high = low if rest == 0 else np.minimum(low + _unwalked(walk, plan, left), 1.0)
    return AttackerRisk(attacker, high, low, walk.options.threshold, walk.table.counts, rest)


def _summed(
    walk: Walk, plan: _Plan, chances: Floats, most: int, size: int
) -> tuple[Floats, Floats]:
    """Sum P(S) / k_S in the core over subsets of the walked fields, and what is passed over."""
    table, options = walk.table, walk.options
    out, left = np.zeros(table.rows), np.zeros(table.rows)
    if not size:
        return out + float(np.prod(1 - chances)) / table.people, left
    core = table.core(plan.walked)
    threads = threads_within(
        options.threads,
        lambda threads: core.risk_memory(most, size, NULLS[options.nulls], threads),
        "risks",
    )
    with Progress("attacker", table.rows, options.progress) as progress:
        core.risk(
            out,
            left,
            chances,
            most,
            plan.seldom,
            size,
            NULLS[options.nulls],
            threads,
            progress.done,
        )
    return out, left


def _by_size(walk: Walk, plan: _Plan) -> Floats:
    """The same sum where all of its terms are small, one size of subset after another.

    Multiplying the odds p / (1 - p) of all fields by one number changes how likely each size is,
    but not how likely the subsets of one size are among themselves: so each size is summed with
    odds that make it a common one.
    """
    out = np.full(walk.table.rows, plan.law[0] / walk.table.people)
    for size in range(1, plan.size + 1):
        if plan.law[size] * plan.without > 1e-18 * plan.total:
            chances = _tilted(plan.chances, size)
            within, _ = _summed(walk, plan, chances, size, size)
            within -= _summed(walk, plan, chances, size - 1, size - 1)[0]
            out += plan.law[size] / known_by(chances)[size] * np.maximum(within, 0.0)
    return out


def _tilted(chances: Floats, size: int) -> Floats:
    """Multiply all odds by one number, so that about `size` fields are known on average."""
    with np.errstate(divide="ignore", over="ignore"):
        logit = np.log(chances) - np.log1p(-chances)
        low, high = -800.0, 800.0
        for _ in range(60):
            middle = (low + high) / 2
            tilted: Floats = 1 / (1 + np.exp(-(logit + middle)))
            low, high = (low, middle) if tilted.sum() > size else (middle, high)
    return tilted


def _unwalked(walk: Walk, plan: _Plan, left: Floats) -> Floats:
    """What the subsets that were not walked can add: their mass over the least that k can be.

    That is k on all the fields of these subsets; where nulls are dropped, on those of them that the
    record has, the only ones in whose subsets it takes part.
    """
    table = walk.table
    if walk.options.nulls != "drop":
        mass = plan.without * fsum(plan.law[plan.size + 1 :]) / plan.total
        every: Floats = (mass + left) / _sizes(walk, plan.walked)
        return every
    added = np.zeros(table.rows)
    null = np.stack([table.columns[p].codes == 0 for p in plan.walked], axis=1)
    patterns, pattern_of = np.unique(null, axis=0, return_inverse=True)
    for number, pattern in enumerate(patterns):
        rows = pattern_of.ravel() == number
        own = [p for p, gone in zip(plan.walked, pattern, strict=True) if not gone]
        law = known_by(plan.chances[~pattern])[plan.size + 1 : len(plan.law)]
        mass = plan.without * float(np.prod(1 - plan.chances[pattern])) * fsum(law) / plan.total
        if mass or left.any():
            added[rows] = (mass + left[rows]) / _sizes(walk, own)[rows]
    return added


def _sizes(walk: Walk, places: list[int]) -> NDArray[np.uint32]:
    size_of = np.zeros(walk.table.rows, dtype=np.uint32)
    walk.table.core(places).classes(None, size_of, NULLS[walk.options.nulls])
    return size_of
