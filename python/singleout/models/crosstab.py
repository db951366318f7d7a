"""Equivalence classes against the values of a sensitive field, counted without a dense table.

Only the (class, value) pairs that occur are kept, sorted by class and then by value, so that
every measure is a sum, minimum or maximum over a run of neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from singleout.errors import InputError

__all__ = ["Crosstab", "crosstab", "in_value_order"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Crosstab:
    """How many people of each class have each sensitive value.

    Attributes
    ----------
    class_ids : (g,) int64
        The caller's number of each class that has a known sensitive value, ascending.
    value_ids : (v,) int64
        The caller's code of each sensitive value that occurs, ascending.
    starts : (g + 1,) int64
        Class j owns the pairs ``starts[j]:starts[j + 1]``.
    value : (p,) int64
        Index into `value_ids` of each pair, ascending within a class.
    count : (p,) int64
        People in each pair.
    pair_of : (n,) int64
        The pair that each input row belongs to, -1 where it takes no part or its value is null.
    size : (g,) int64
        People in each class whose sensitive value is known.
    total : (v,) int64
        People with each value, over all the classes.
    null_people : int
        People who take part and whose sensitive value is null.
    smallest_class : int
        People in the smallest class, those with a null value included; 0 where there is no class.
    """

    class_ids: Ints
    value_ids: Ints
    starts: Ints
    value: Ints
    count: Ints
    pair_of: Ints
    size: Ints
    total: Ints
    null_people: int
    smallest_class: int

    @property
    def people(self) -> int:
        """People who take part and whose sensitive value is known."""
        return int(self.size.sum())

    @property
    def class_of_pair(self) -> Ints:
        """Index of the class that owns each pair, shape (p,)."""
        return np.repeat(np.arange(len(self.size)), np.diff(self.starts))


def _runs(key: Ints) -> tuple[Ints, Ints, Ints]:
    """Sort `key`: the order, where each distinct key starts in it, and each row's run."""
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    first = np.ones(len(key), dtype=bool)
    first[1:] = ordered[1:] != ordered[:-1]
    run = np.empty(len(key), dtype=np.int64)
    run[order] = np.cumsum(first) - 1
    return order, np.flatnonzero(first), run


def _checked(
    class_of: npt.ArrayLike, sensitive: npt.ArrayLike, counts: npt.ArrayLike | None
) -> tuple[Ints, Ints, Ints]:
    arrays = [np.asarray(class_of), np.asarray(sensitive)]
    arrays.append(np.ones(len(arrays[0]), np.int64) if counts is None else np.asarray(counts))
    for name, array in zip(("class_of", "sensitive", "counts"), arrays, strict=True):
        if array.ndim != 1 or (array.size and not np.issubdtype(array.dtype, np.integer)):
            raise InputError(f"{name} must be a one-dimensional array of integers")
        if len(array) != len(arrays[0]):
            raise InputError(
                f"{name} has {len(array)} entries, class_of has {len(arrays[0])}: one a record"
            )
    classes, values, people = (array.astype(np.int64, copy=False) for array in arrays)
    if values.size and values.min() < 0:
        raise InputError("sensitive holds a negative code: codes start at 1, and 0 is null")
    if people.size and people.min() < 1:
        raise InputError("counts must be positive: how many people each row stands for")
    return classes, values, people


def crosstab(
    class_of: npt.ArrayLike, sensitive: npt.ArrayLike, counts: npt.ArrayLike | None = None
) -> Crosstab:
    """Count each sensitive value in each class.

    Parameters
    ----------
    class_of : (n,) array of int
        The class of each record on a combination of fields; negative: the record takes no part.
    sensitive : (n,) array of int
        Code of each record's sensitive value; 0 is null. Codes are in the order of the values.
    counts : (n,) array of int, optional
        How many people each row stands for (default 1).

    Returns
    -------
    Crosstab

    Raises
    ------
    InputError
        Arrays of different lengths, not integers, negative codes, or counts below 1.

    Notes
    -----
    A null is left out: it says nothing of the person, and counted as a value it would hide that
    everyone else in the class has the same one.

    Examples
    --------
    >>> table = crosstab([0, 0, 0, 1], [5, 5, 9, 5])
    >>> table.count.tolist(), table.total.tolist()
    ([2, 1, 1], [3, 1])
    """
    classes, values, people = _checked(class_of, sensitive, counts)
    part = classes >= 0
    known = part & (values > 0)
    smallest, null_people = 0, int(people[part & ~known].sum())
    if part.any():
        order, first, _ = _runs(classes[part])
        smallest = int(np.add.reduceat(people[part][order], first).min())
    class_ids, class_index = np.unique(classes[known], return_inverse=True)
    value_ids, value_index = np.unique(values[known], return_inverse=True)
    key = class_index.astype(np.int64) * max(1, len(value_ids)) + value_index
    order, first, run = _runs(key)
    pair_of = np.full(len(classes), -1, dtype=np.int64)
    pair_of[known] = run
    pair_key = key[order][first]
    weight = people[known][order]
    count = np.add.reduceat(weight, first) if len(first) else np.zeros(0, np.int64)
    owner, value = np.divmod(pair_key, max(1, len(value_ids)))
    starts = np.searchsorted(owner, np.arange(len(class_ids) + 1)).astype(np.int64)
    size = np.add.reduceat(count, starts[:-1]) if len(count) else np.zeros(0, np.int64)
    total = np.zeros(len(value_ids), np.int64)
    np.add.at(total, value, count)
    return Crosstab(
        class_ids, value_ids, starts, value, count, pair_of, size, total, null_people, smallest
    )


def in_value_order(codes: npt.ArrayLike, values: Any) -> Ints:
    """Number a column's codes anew, in the order of its values.

    Parameters
    ----------
    codes : (n,) array of int
        0 for null, else 1..v, in any order.
    values : pyarrow.Array, length v
        ``values[code - 1]`` is the value of a code; of a type that has an order.

    Returns
    -------
    (n,) array of int64
        0 for null; the smallest value has 1. Numbers by size, text by code point, time by time.

    Examples
    --------
    >>> import pyarrow as pa
    >>> in_value_order([1, 0, 2, 1], pa.array([30, 4])).tolist()
    [2, 0, 1, 2]
    """
    import pyarrow.compute as pc

    rank = np.zeros(len(values) + 1, np.int64)
    order = pc.sort_indices(values).to_numpy().astype(np.int64)
    rank[order + 1] = np.arange(1, len(values) + 1)
    result: Ints = rank[np.asarray(codes, np.int64)]
    return result
