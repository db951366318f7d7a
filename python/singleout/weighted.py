"""How many people of the population a record's class stands for, by sampling weights."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from singleout import _core
from singleout.table import CodedTable
from singleout.walk import NULLS, Nulls

Floats = NDArray[np.float64]
Classes = NDArray[np.int64]


def class_numbers(table: CodedTable, places: list[int], nulls: Nulls) -> Classes:
    """Number the classes of some fields.

    Parameters
    ----------
    table : CodedTable
        The coded table.
    places : list of int
        Which fields.
    nulls : {"value", "drop"}
        Whether a null is a value or keeps the row out.

    Returns
    -------
    ndarray of int64, shape (rows,)
        In order of first appearance; -1 where the row takes no part.
    """
    class_of = np.zeros(table.rows, dtype=np.uint32)
    size_of = np.zeros(table.rows, dtype=np.uint32)
    core: _core.Table = table.core(places)
    core.classes(class_of, size_of, NULLS[nulls])
    numbers: Classes = np.where(size_of == 0, -1, class_of.astype(np.int64))
    return numbers


def weight_of_class(table: CodedTable, weights: Floats, nulls: Nulls) -> Floats:
    """Sum the weights of everyone in each record's class on all fields, F_k.

    Parameters
    ----------
    table : CodedTable
        The coded table; `counts` multiply the weights.
    weights : ndarray of float64, shape (rows,)
        People of the population each row's people stand for, each.
    nulls : {"value", "drop", "any"}
        What a null is; with "any" the classes overlap, as in sdcMicro's `freqCalc`.

    Returns
    -------
    ndarray of float64, shape (rows,)
        0 where the record takes no part.

    Examples
    --------
    >>> import pyarrow as pa
    >>> from singleout.table import code_table
    >>> coded = code_table(pa.table({"rank": ["PC", None, "PC", "DC"]}), None, None, 1)
    >>> weight_of_class(coded, np.array([10.0, 1.0, 20.0, 5.0]), "any").tolist()
    [31.0, 36.0, 31.0, 6.0]
    """
    mass = weights if table.counts is None else weights * table.counts
    everything = list(range(len(table.columns)))
    if nulls != "any" or not any(c.nulls for c in table.columns):
        class_of = class_numbers(table, everything, "drop" if nulls == "drop" else "value")
        return _summed(class_of, class_of, mass)
    return _matching(table, mass)


def _summed(of: Classes, over: Classes, mass: Floats) -> Floats:
    """For each entry of `of`, the mass of the entries of `over` that are equal; -1: 0."""
    part = over >= 0
    sums = np.zeros(int(max(of.max(initial=-1), over.max(initial=-1))) + 2)
    sums[:-1] = np.bincount(over[part], weights=mass[part], minlength=len(sums) - 1)
    result: Floats = sums[of]
    return result


def _matching(table: CodedTable, mass: Floats) -> Floats:
    """Two records match where neither is null: join the null patterns, each with each."""
    null = np.stack([column.codes == 0 for column in table.columns], axis=1)
    patterns, pattern_of = np.unique(null, axis=0, return_inverse=True)
    pattern_of = pattern_of.ravel()
    total = np.zeros(table.rows)
    for both in np.unique(_unions(patterns), axis=0):
        places = [int(p) for p in np.flatnonzero(~both)]
        numbers = (
            class_numbers(table, places, "value") if places else np.zeros(table.rows, np.int64)
        )
        for mine, one in enumerate(patterns):
            others = [o for o, other in enumerate(patterns) if ((one | other) == both).all()]
            if others:
                rows = pattern_of == mine
                theirs = np.where(np.isin(pattern_of, others), numbers, -1)
                total[rows] += _summed(numbers[rows], theirs, mass)
    return total


def _unions(patterns: NDArray[np.bool_]) -> NDArray[np.bool_]:
    joined = patterns[:, None, :] | patterns[None, :, :]
    result: NDArray[np.bool_] = joined.reshape(-1, patterns.shape[1])
    return result
