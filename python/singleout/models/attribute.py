"""Attribute disclosure: what a class of records gives away without singling anyone out.

An attacker who knows that somebody is among the records of a class learns what the class says of
a sensitive field. If all of them have the same value, he learns it for certain, however large the
class is. Each measure here is one way of saying how much he learns; docs/measures has a page each.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from singleout.errors import InputError
from singleout.models.crosstab import Crosstab, Floats, Ints, crosstab

__all__ = [
    "AttributeDisclosure",
    "MarkedValue",
    "attribute_disclosure",
    "certainty",
    "class_measures",
    "marked_values",
    "recursive_c",
    "recursive_l",
]


@dataclass(frozen=True, slots=True)
class AttributeDisclosure:
    """What one combination of fields gives away about one sensitive field.

    Attributes
    ----------
    classes, people, null_people : int
        Classes with a known sensitive value; people in them; people who take part with a null
        (in none of the figures below but `smallest_class`).
    homogeneous_classes, homogeneous_people : int
        Classes in which all the known values are the same, and the people in them.
    homogeneous_shared_people : int
        Those of them whose class has two people or more: not singled out, and given away all the
        same.
    smallest_class : int
        k of (alpha, k)-anonymity, null values included; 0 where there is no class.
    alpha : float
        Largest share of one value in a class.
    distinct_l : int
        Fewest distinct values in a class.
    entropy_l : float
        exp of the smallest entropy (nats) of a class: entropy l-diversity holds up to this l.
    recursive_c : float
        For ``l = 2``: recursive (c, 2)-diversity holds for every c above this; infinite where a
        class has one value.
    t_equal, t_ordered : float
        Largest distance of a class from all the people: EMD with equal distances (categories) and
        with ordered distances (the codes' order).
    beta : float
        Basic beta-likeness: largest relative gain (q - p) / p of a value in a class.
    beta_enhanced : float
        The same where enhanced beta-likeness can hold at all, else infinite.
    delta : float
        delta-disclosure: largest ``|ln(q / p)|``; infinite where a class lacks a value.
    delta_present : float
        The same over the values that each class has.

    Notes
    -----
    All floats are NaN where no class has a known value.
    """

    classes: int
    people: int
    null_people: int
    homogeneous_classes: int
    homogeneous_people: int
    homogeneous_shared_people: int
    smallest_class: int
    alpha: float
    distinct_l: int
    entropy_l: float
    recursive_c: float
    t_equal: float
    t_ordered: float
    beta: float
    beta_enhanced: float
    delta: float
    delta_present: float


@dataclass(frozen=True, slots=True)
class MarkedValue:
    """A sensitive value whose mere presence must be reported.

    Attributes
    ----------
    code : int
        The value's code, as passed.
    people, classes : int
        People who have it, and classes that it occurs in.
    certain_people : int
        Those of them whose class has no other known value.
    certainty : float
        Its largest share in a class; 0 where nobody has it.
    """

    code: int
    people: int
    classes: int
    certain_people: int
    certainty: float


@dataclass(frozen=True, slots=True)
class ClassMeasures:
    """Diversity of each class, arrays of shape (g,) in the order of `Crosstab.class_ids`."""

    distinct: Ints
    entropy_l: Floats
    alpha: Floats
    t_equal: Floats
    t_ordered: Floats
    beta: Floats


def _entropy_l(table: Crosstab) -> Floats:
    """exp(H) of each class; H = ln n - (sum of c ln c) / n, exactly 0 for one value."""
    terms = np.add.reduceat(table.count * np.log(table.count), table.starts[:-1])
    entropy = np.log(table.size) - terms / table.size
    entropy[np.diff(table.starts) == 1] = 0.0
    result: Floats = np.exp(np.maximum(entropy, 0.0))
    return result


def _share(table: Crosstab) -> tuple[Floats, Floats]:
    """Each pair's share of its class, q, and of all the people, p."""
    q = table.count / np.repeat(table.size, np.diff(table.starts))
    return q, table.total[table.value] / table.people


def _ordered_distance(table: Crosstab) -> Floats:
    """EMD over equally spaced ordered values: mean of |Q(i) - P(i)| over the first v - 1 of them.

    Q is constant between two values that a class has, and P never falls, so each stretch splits
    where P passes Q, and prefix sums of P give both parts: no step over the values in between.
    """
    values = len(table.total)
    if values == 1:
        return np.zeros(len(table.size))
    cumulated = np.cumsum(table.total)
    p = cumulated / table.people
    prefix = np.concatenate(([0.0], np.cumsum(p)))
    owner = table.class_of_pair
    before = np.concatenate(([0], np.cumsum(table.count)))
    level = (before[1:] - before[table.starts[owner]]) / table.size[owner]
    start = table.value
    end = np.empty_like(start)
    end[:-1] = start[1:]
    end[table.starts[1:] - 1] = values
    # P and Q are both 1 at the last value: it adds nothing, and is left in for simplicity.
    split = np.clip(np.searchsorted(p, level), start, end)
    below = level * (split - start) - (prefix[split] - prefix[start])
    above = (prefix[end] - prefix[split]) - level * (end - split)
    stretches = np.add.reduceat(below + above, table.starts[:-1])
    ahead = prefix[table.value[table.starts[:-1]]]
    result: Floats = np.maximum(stretches + ahead, 0.0) / (values - 1)
    return result


def class_measures(table: Crosstab) -> ClassMeasures:
    """Measure the diversity of each class.

    Parameters
    ----------
    table : Crosstab
        From `crosstab`; at least one class.

    Returns
    -------
    ClassMeasures

    Examples
    --------
    >>> measures = class_measures(crosstab([0, 0, 1, 1], [1, 2, 1, 1]))
    >>> measures.distinct.tolist(), measures.alpha.tolist()
    ([2, 1], [0.5, 1.0])
    """
    first = table.starts[:-1]
    q, p = _share(table)
    return ClassMeasures(
        distinct=np.diff(table.starts),
        entropy_l=_entropy_l(table),
        alpha=np.maximum.reduceat(table.count, first) / table.size,
        t_equal=np.add.reduceat(np.maximum(q - p, 0.0), first),
        t_ordered=_ordered_distance(table),
        beta=np.maximum(np.maximum.reduceat((q - p) / p, first), 0.0),
    )


def _descending(table: Crosstab) -> tuple[Ints, Ints, Ints]:
    """Each class's counts from the largest, their rank (0 first), and what is left from there."""
    owner = table.class_of_pair
    count = table.count[np.lexsort((-table.count, owner))]
    rank = np.arange(len(count)) - table.starts[owner]
    before = np.concatenate(([0], np.cumsum(count)))
    return count, rank, before[table.starts[owner + 1]] - before[:-1]


def recursive_l(table: Crosstab, c: float) -> Ints:
    """Return the largest l for which each class is recursively (c, l)-diverse.

    Parameters
    ----------
    table : Crosstab
        From `crosstab`.
    c : float
        The constant of the definition, above 0.

    Returns
    -------
    (g,) array of int64
        0 where not even ``l = 1`` holds (only if c <= 1).

    Raises
    ------
    InputError
        If c is not positive.

    Notes
    -----
    Machanavajjhala et al., l-diversity: counts r1 >= r2 >= ... >= rm of a class are recursively
    (c, l)-diverse if ``r1 < c * (rl + ... + rm)``.

    Examples
    --------
    >>> recursive_l(crosstab([0] * 6, [1, 1, 1, 2, 2, 3]), c=2.0).tolist()
    [2]
    """
    if not c > 0:
        raise InputError("c of recursive (c, l)-diversity must be positive")
    count, _, left = _descending(table)
    largest = count[table.starts[:-1]]
    holds = largest[table.class_of_pair] < c * left
    if not len(count):
        return np.zeros(0, np.int64)
    result: Ints = np.add.reduceat(holds.astype(np.int64), table.starts[:-1])
    return result


def recursive_c(table: Crosstab, l: int) -> Floats:  # noqa: E741 - the definition's letter
    """Return the constant above which each class is recursively (c, l)-diverse.

    Parameters
    ----------
    table : Crosstab
        From `crosstab`.
    l : int
        At least 1.

    Returns
    -------
    (g,) array of float64
        r1 / (rl + ... + rm); infinite where a class has fewer than l values.

    Raises
    ------
    InputError
        If l is below 1.

    Examples
    --------
    >>> recursive_c(crosstab([0] * 6, [1, 1, 1, 2, 2, 3]), l=2).tolist()
    [1.0]
    """
    if l < 1:
        raise InputError("l of recursive (c, l)-diversity must be 1 or more")
    count, rank, left = _descending(table)
    result = np.full(len(table.size), math.inf)
    at = np.flatnonzero(rank == l - 1)
    owner = table.class_of_pair[at]
    result[owner] = count[table.starts[owner]] / left[at]
    return result


def certainty(table: Crosstab) -> Floats:
    """Return how surely each record's own sensitive value can be inferred from its class.

    Parameters
    ----------
    table : Crosstab
        From `crosstab`.

    Returns
    -------
    (n,) array of float64
        Share of the people in the record's class (known values only) who have its value; NaN
        where the record takes no part or its value is null.

    Examples
    --------
    >>> certainty(crosstab([0, 0, 0, -1], [1, 1, 2, 1])).round(3).tolist()
    [0.667, 0.667, 0.333, nan]
    """
    result = np.full(len(table.pair_of), np.nan)
    part = table.pair_of >= 0
    q, _ = _share(table)
    result[part] = q[table.pair_of[part]]
    return result


def _deltas(table: Crosstab) -> tuple[float, float]:
    q, p = _share(table)
    present = float(np.abs(np.log(q / p)).max())
    lacking = bool((np.diff(table.starts) < len(table.total)).any())
    return (math.inf if lacking else present), present


def _enhanced(table: Crosstab, beta: float) -> float:
    """Return beta if every gain is also within -ln p, else infinity: no beta would do then."""
    q, p = _share(table)
    return beta if bool(np.all((q - p) / p <= -np.log(p))) else math.inf


def _nothing(table: Crosstab) -> AttributeDisclosure:
    """Return what can be said where no class has a known value."""
    nan = math.nan
    people = (table.null_people, 0, 0, 0, table.smallest_class)
    return AttributeDisclosure(0, 0, *people, nan, 0, nan, nan, nan, nan, nan, nan, nan, nan)


def attribute_disclosure(
    class_of: npt.ArrayLike, sensitive: npt.ArrayLike, counts: npt.ArrayLike | None = None
) -> AttributeDisclosure:
    """Measure what one combination of fields gives away about one sensitive field.

    Parameters
    ----------
    class_of : (n,) array of int
        The class of each record on the combination; negative: the record takes no part.
    sensitive : (n,) array of int
        Code of each record's sensitive value in the order of the values; 0 is null.
    counts : (n,) array of int, optional
        How many people each row stands for (default 1).

    Returns
    -------
    AttributeDisclosure

    Raises
    ------
    InputError
        As `crosstab`.

    Notes
    -----
    Sources: docs/measures, a page each. Classes are compared with the distribution of the people
    who take part and whose value is known.

    Examples
    --------
    >>> found = attribute_disclosure([0, 0, 1, 1, 1], [1, 1, 1, 2, 3])
    >>> found.homogeneous_people, found.distinct_l, round(found.t_equal, 3)
    (2, 1, 0.4)
    """
    table = crosstab(class_of, sensitive, counts)
    if not len(table.size):
        return _nothing(table)
    measures = class_measures(table)
    same = measures.distinct == 1
    beta = float(measures.beta.max())
    delta, present = _deltas(table)
    return AttributeDisclosure(
        classes=len(table.size),
        people=table.people,
        null_people=table.null_people,
        homogeneous_classes=int(same.sum()),
        homogeneous_people=int(table.size[same].sum()),
        homogeneous_shared_people=int(table.size[same & (table.size > 1)].sum()),
        smallest_class=table.smallest_class,
        alpha=float(measures.alpha.max()),
        distinct_l=int(measures.distinct.min()),
        entropy_l=float(measures.entropy_l.min()),
        recursive_c=float(recursive_c(table, 2).max()),
        t_equal=float(measures.t_equal.max()),
        t_ordered=float(measures.t_ordered.max()),
        beta=beta,
        beta_enhanced=_enhanced(table, beta),
        delta=delta,
        delta_present=present,
    )


def marked_values(table: Crosstab, codes: Iterable[int]) -> tuple[MarkedValue, ...]:
    """Report the people who have certain sensitive values, and how surely that can be told.

    Parameters
    ----------
    table : Crosstab
        From `crosstab`.
    codes : iterable of int
        Codes of the marked values; one that nobody has is reported with 0 people.

    Returns
    -------
    tuple of MarkedValue
        In the order of `codes`.

    Examples
    --------
    >>> marked_values(crosstab([0, 0, 1], [7, 7, 3]), [7])
    (MarkedValue(code=7, people=2, classes=1, certain_people=2, certainty=1.0),)
    """
    q, _ = _share(table) if len(table.size) else (np.zeros(0), None)
    found = []
    for code in codes:
        place = int(np.searchsorted(table.value_ids, code))
        if place == len(table.value_ids) or table.value_ids[place] != code:
            found.append(MarkedValue(int(code), 0, 0, 0, 0.0))
            continue
        pairs = np.flatnonzero(table.value == place)
        count, share = table.count[pairs], q[pairs]
        sure = int(count[share == 1.0].sum())
        found.append(MarkedValue(int(code), int(count.sum()), len(pairs), sure, float(share.max())))
    return tuple(found)
