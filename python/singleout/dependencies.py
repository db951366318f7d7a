"""Functional dependencies: fields whose value another field already gives away.

If the unit determines the branch, then a combination with both singles out exactly the people that
the one with the unit does, and a report that lists the two counts the same thing twice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
import numpy.typing as npt

from singleout.errors import InputError

__all__ = ["Dependency", "functional_dependencies", "without_determined"]

Codes = npt.NDArray[np.int64]

_GLANCE: Final = 512  # rows that settle most pairs which do not depend


@dataclass(frozen=True, slots=True)
class Dependency:
    """Fields that determine another.

    Attributes
    ----------
    determinant : tuple of str
        One field, or two.
    dependent : str
        The field whose value they give.
    mutual : bool
        Whether the dependent determines the (one) determinant too: the same thing by two names.
    support : float
        Share of the rows whose determinant occurs in another row as well: without any, the
        dependency would mean nothing.
    """

    determinant: tuple[str, ...]
    dependent: str
    mutual: bool
    support: float


@dataclass(frozen=True, slots=True, eq=False)
class _Column:
    """A column as classes 0..count-1, with the first row of each."""

    codes: Codes
    first: Codes
    support: float

    @property
    def count(self) -> int:
        return len(self.first)


def _column(codes: npt.ArrayLike) -> _Column:
    _, first, code, size = np.unique(
        np.asarray(codes), return_index=True, return_inverse=True, return_counts=True
    )
    repeated = int(size[size > 1].sum())
    return _Column(code.astype(np.int64), first.astype(np.int64), repeated / max(1, len(code)))


def _determines(left: _Column, right: _Column) -> bool:
    """Whether rows that are equal on the left are equal on the right: all as the first of them."""
    if right.count > left.count:
        return False
    expected = right.codes[left.first]
    for rows in (slice(0, _GLANCE), slice(_GLANCE, None)):
        if not np.array_equal(expected[left.codes[rows]], right.codes[rows]):
            return False
    return True


def _single(columns: Mapping[str, _Column]) -> Iterator[Dependency]:
    for name, left in columns.items():
        for other, right in columns.items():
            if name == other or not _determines(left, right):
                continue
            yield Dependency((name,), other, left.count == right.count, left.support)


def _double(columns: Mapping[str, _Column], found: Iterable[Dependency]) -> Iterator[Dependency]:
    known = {(one.determinant[0], one.dependent) for one in found}
    for (name, left), (other, right) in combinations(columns.items(), 2):
        if (name, other) in known or (other, name) in known:
            continue  # the two say no more than one of them
        both = _column(left.codes * right.count + right.codes)
        if both.support < 0.5:
            continue
        for third, column in columns.items():
            if third in (name, other) or (name, third) in known or (other, third) in known:
                continue
            if _determines(both, column):
                yield Dependency((name, other), third, False, both.support)


def functional_dependencies(
    codes: Mapping[str, npt.ArrayLike], *, pairs: bool = False
) -> tuple[Dependency, ...]:
    """Find the fields that determine others, exactly.

    Parameters
    ----------
    codes : mapping of str to (n,) array of int
        Codes of each column, null a code of its own; in the table's order.
    pairs : bool
        Also look for two fields that determine a third which neither determines, where half the
        rows or more share both values with another row (others depend by chance). Takes time
        proportional to fields^3.

    Returns
    -------
    tuple of Dependency
        In the table's order. Left out as trivial: constant columns, and columns without a value
        that occurs twice as determinants.

    Raises
    ------
    InputError
        If the columns have different lengths.

    Examples
    --------
    >>> found = functional_dependencies({"unit": [1, 2, 3, 1], "branch": [1, 1, 2, 1]})
    >>> [(one.determinant, one.dependent, one.support) for one in found]
    [(('unit',), 'branch', 0.5)]
    """
    lengths = {len(np.asarray(column)) for column in codes.values()}
    if len(lengths) > 1:
        raise InputError("the columns have different numbers of rows")
    columns = {name: _column(column) for name, column in codes.items()}
    usable = {name: column for name, column in columns.items() if column.count > 1}
    single = [one for one in _single(usable) if one.support > 0]
    return (*single, *_double(usable, single)) if pairs else tuple(single)


def without_determined(
    fields: Collection[str], dependencies: Iterable[Dependency]
) -> tuple[str, ...]:
    """Drop from a combination the fields that others in it determine: k stays the same.

    Parameters
    ----------
    fields : collection of str
        The combination.
    dependencies : iterable of Dependency
        From `functional_dependencies`.

    Returns
    -------
    tuple of str
        What is left, in the given order. Of two that determine each other the first stays.

    Examples
    --------
    >>> found = functional_dependencies({"unit": [1, 2, 3, 1], "branch": [1, 1, 2, 1]})
    >>> without_determined(["branch", "unit"], found)
    ('unit',)
    """
    left = list(fields)
    rules = tuple(dependencies)
    for name in reversed(tuple(fields)):
        others = set(left) - {name}
        if name in left and any(
            rule.dependent == name and others.issuperset(rule.determinant) for rule in rules
        ):
            left.remove(name)
    return tuple(left)
