"""What is known of each record -> `Assessment.records`, one row a record, in input order."""

from __future__ import annotations

from collections.abc import Sequence
from math import comb
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from singleout.arguments import Given
from singleout.machine import threads_within
from singleout.per_combination import Combinations
from singleout.progress import Progress
from singleout.suda import Suda
from singleout.walk import NONE, NULLS, Walk

if TYPE_CHECKING:
    from singleout.attack import AttackerRisk


def records_table(
    walk: Walk,
    combinations: Combinations,
    suda: Suda,
    given: Given,
    risk: AttackerRisk | None,
) -> pa.Table:
    """Return the table that `Assessment.records` shows.

    Parameters
    ----------
    walk : Walk
        The walked table.
    combinations : Combinations
        All its combinations; their order settles which of the smallest comes first.
    suda : Suda
        Its minimal sample uniques.
    given : Given
        What was given with the table: a column for each of sampling fraction and weights.
    risk : AttackerRisk or None
        The risk from the attacker that was given.

    Returns
    -------
    pyarrow.Table
        As `Assessment.records` says.
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
    columns = {
        "k": pa.array(k, mask=k == 0),
        "unique_combinations": pa.array(unique_in),
        "smallest_combination": fields_by_rank(walk, combinations, first),
    }
    if risk is not None:
        columns["risk"] = pa.array(risk.risk)
        if not risk.exact:
            columns["risk_at_least"] = pa.array(risk.at_least)
    scores = suda.scores
    columns["minimal_uniques"] = pa.array(scores.sets.astype(np.int64))
    columns["suda_score"] = pa.array(scores.score, mask=np.full(len(k), not suda.scored))
    if given.sampling_fraction is not None:
        columns["dis_suda"] = pa.array(suda.dis(given.sampling_fraction))
    if given.weights is not None:
        columns |= _in_population(walk, given.weights)
    return pa.table(columns)


def _in_population(walk: Walk, weights: NDArray[np.float64]) -> dict[str, pa.Array]:
    from singleout.models.sampling import individual_risk
    from singleout.weighted import weight_of_class

    big = weight_of_class(walk.table, weights, walk.options.nulls)
    risk = individual_risk(walk.k, big)
    out = walk.k == 0
    return {
        "population_k": pa.array(big, mask=out),
        "individual_risk": pa.array(risk, mask=out),
    }


def exposure_table(walk: Walk) -> pa.Table:
    """Return the table that `Assessment.exposure` shows.

    Parameters
    ----------
    walk : Walk
        The walked table.

    Returns
    -------
    pyarrow.Table
        Columns ``size_1``, ``size_2`` ...: the share of the walked combinations of that size which
        single the record out.
    """
    m, options = len(walk.walked), walk.options
    out = np.zeros((walk.table.rows, walk.size + 1), dtype=np.uint64)
    if m:
        nulls = NULLS[options.nulls]
        threads = threads_within(
            options.threads,
            lambda threads: walk.core.minimal_memory(walk.size, nulls, threads),
            "shares of each size",
        )
        with Progress("exposure", walk.table.rows, options.progress) as progress:
            walk.core.exposure(out, walk.size, nulls, threads, progress.done)
    return pa.table({f"size_{s}": out[:, s] / max(comb(m, s), 1) for s in range(1, walk.size + 1)})


class SudaContributions(NamedTuple):
    """Each field's share of SUDA scores: one row a field, and one row a record."""

    overall: Any
    records: Any


def sizes_table(suda: Suda) -> pa.Table:
    """Return the table that `Assessment.minimal_unique_sizes` shows."""
    found = suda.scores.by_size[1:].astype(np.int64)
    return pa.table({"size": np.arange(1, len(found) + 1), "minimal_uniques": found})


def suda_tables(suda: Suda, names: Sequence[str]) -> tuple[pa.Table, pa.Table]:
    """Return the two tables of `Assessment.suda_contributions`."""
    overall, each = suda.shares()
    return (
        pa.table({"field": pa.array(names, pa.string()), "share": overall}),
        pa.table(
            {
                name: pa.array(column, mask=np.isnan(column))
                for name, column in zip(names, each.T, strict=True)
            }
        ),
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
