"""What each field adds to the share of people who are singled out."""

from __future__ import annotations

from math import comb

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from singleout.walk import Walk, bits_of


def contributions(walk: Walk) -> NDArray[np.float64]:
    """Return each walked field's Shapley value over the singled-out share.

    With v(S) the share of all people whom the combination S singles out, and T the largest size:
    1/m times the sum over sizes s = 1..T of the mean, over the sets S of size s that hold the
    field, of v(S) - v(S without it). v of no field is 1 if there is one person, else 0. For T = m
    this is the Shapley value; the fields' sum is the mean of v at size T less v of no field.

    Parameters
    ----------
    walk : Walk
        The walked table.

    Returns
    -------
    ndarray of float64, shape (walked fields,)
        Shares, in the table's order.

    References
    ----------
    L. S. Shapley, "A Value for n-Person Games", Contributions to the Theory of Games II (1953),
    section 3, equation 12, here summed by size of set.
    """
    m, people = len(walk.walked), walk.table.people
    result = np.zeros(m)
    if not m:
        return result
    place = {field: i for i, field in enumerate(walk.walked)}
    local = np.zeros(max(walk.walked) + 1, dtype=np.intp)
    local[list(place)] = list(place.values())
    _, members = walk.members
    share = walk.figures["unique"] / people
    before_with = np.zeros(m)  # sum of v over the sets of the size before that hold the field
    before_all = 1.0 if people == 1 else 0.0
    start = at = 0
    for size in range(1, walk.size + 1):
        count = comb(m, size)
        v = share[start : start + count]
        sets = local[members[at : at + count * size]].reshape(count, size)
        with_field = np.zeros(m)
        for column in sets.T:
            with_field += np.bincount(column, weights=v, minlength=m)
        result += (with_field - (before_all - before_with)) / (m * comb(m - 1, size - 1))
        before_with, before_all = with_field, float(v.sum())
        start, at = start + count, at + count * size
    return result


def fields_table(walk: Walk) -> pa.Table:
    """Return the table that `Assessment.fields` shows.

    Parameters
    ----------
    walk : Walk
        The walked table.

    Returns
    -------
    pyarrow.Table
        One row a field passed: ``field``, ``role``, ``distinct`` values besides null, ``nulls``
        (people), ``entropy_bits`` (null where nulls match everything), ``unique_values`` (people
        whom the field singles out by itself), ``contribution`` (null for a separate direct
        identifier, 0 for a constant field) and ``contribution_up_to``, the largest size of
        combinations that it was summed over.
    """
    figures, table = walk.single, walk.table
    nobody = figures["people"] == 0
    contribution = np.zeros(len(table.columns))
    contribution[list(walk.walked)] = contributions(walk)
    apart = np.zeros(len(table.columns), dtype=bool)
    apart[list(walk.separate)] = True
    bits = bits_of(figures, table.people)
    classless = np.full(len(figures), walk.options.nulls == "any") | nobody
    nulls = [
        c.nulls if table.counts is None else int(table.counts[c.codes == 0].sum(dtype=np.uint64))
        for c in table.columns
    ]
    return pa.table(
        {
            "field": pa.array(table.names, type=pa.string()),
            "role": pa.array(walk.roles, type=pa.string()),
            "distinct": pa.array([c.distinct for c in table.columns], type=pa.int64()),
            "nulls": pa.array(nulls, type=pa.int64()),
            "entropy_bits": pa.array(bits, mask=classless),
            "unique_values": pa.array(figures["unique"].astype(np.int64)),
            "contribution": pa.array(contribution, mask=apart),
            "contribution_up_to": pa.array(np.full(len(apart), walk.size, dtype=np.int64)),
        }
    )
