"""What is known of each record -> `Assessment.records`, one row a record, in input order."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from singleout.per_combination import Combinations
from singleout.walk import NONE, Walk


def records_table(walk: Walk, combinations: Combinations) -> pa.Table:
    """Return the table that `Assessment.records` shows.

    Parameters
    ----------
    walk : Walk
        The walked table.
    combinations : Combinations
        All its combinations; their order settles which of the smallest comes first.

    Returns
    -------
    pyarrow.Table
        ``k``: people who share the record's values on every field passed (null where nulls are
        dropped and it has one); ``unique_combinations``: how many of `Assessment.combinations`
        single it out; ``smallest_combination``: the first of them, null if none.
    """
    walked_unique, walked_first = walk.unique_records
    unique_in = walked_unique.astype(np.int64)
    none = len(combinations.figures)
    ranks = np.append(combinations.rank_of_walked, none)
    first = ranks[np.where(walked_first == NONE, len(ranks) - 1, walked_first)]
    if walk.separate:  # each of them singles out every record
        unique_in += len(walk.separate)
        first = np.minimum(first, combinations.rank_of_separate.min())
    k = walk.k.astype(np.int64)
    return pa.table(
        {
            "k": pa.array(k, mask=k == 0),
            "unique_combinations": pa.array(unique_in),
            "smallest_combination": fields_by_rank(walk, combinations, first),
        }
    )


def fields_by_rank(walk: Walk, combinations: Combinations, rank: np.ndarray) -> pa.Array:
    """Return each record's combination as a list of names; null where the rank is past the last.

    Parameters
    ----------
    walk : Walk
        Where the names come from.
    combinations : Combinations
        What the ranks number.
    rank : ndarray of intp, shape (rows,)
        A rank a record.

    Returns
    -------
    pyarrow.ListArray of string, length rows
        The fields in the table's order.
    """
    none = len(combinations.figures)
    known, place = np.unique(rank, return_inverse=True)
    lists = [
        None if at == none else [walk.table.names[i] for i in combinations.fields_of(int(at))]
        for at in known
    ]
    return pa.array(lists, type=pa.list_(pa.string())).take(pa.array(place))
