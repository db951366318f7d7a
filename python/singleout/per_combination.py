"""What the core says of each combination -> `Assessment.combinations`, one row a combination."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import comb
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from singleout.walk import Walk, bits_of

COLUMNS = (
    "fields",
    "size",
    "classes",
    "unique_records",
    "records_below_threshold",
    "smallest_class",
    "largest_class",
    "entropy_bits",
    "mean_risk",
    "max_risk",
    "distinction",
    "separation",
)


@dataclass(frozen=True, slots=True, eq=False)
class Combinations:
    """All combinations, walked ones and direct identifiers, by size, then in the table's order.

    Parameters
    ----------
    offsets : ndarray of uint32, shape (count + 1,)
        Combination i has the fields ``members[offsets[i]:offsets[i + 1]]``.
    members : ndarray of uint32
        Places of fields in the table.
    figures : structured ndarray, shape (count,)
        What the core says of each; see `walk.FIGURES`.
    rank_of_walked : ndarray, shape (walked,)
        Where each walked combination stands here.
    rank_of_separate : ndarray, shape (identifiers,)
        Where each separate direct identifier stands here.
    """

    offsets: NDArray[np.uint32]
    members: NDArray[np.uint32]
    figures: NDArray[np.void]
    rank_of_walked: NDArray[np.intp]
    rank_of_separate: NDArray[np.intp]

    @property
    def sizes(self) -> NDArray[np.uint32]:
        """How many fields each combination has, shape (count,)."""
        return np.diff(self.offsets)

    def fields_of(self, rank: int) -> NDArray[np.uint32]:
        """Return the places of one combination's fields."""
        return self.members[self.offsets[rank] : self.offsets[rank + 1]]


def all_combinations(walk: Walk) -> Combinations:
    """Put the walked combinations and the separate identifiers into one order.

    Parameters
    ----------
    walk : Walk
        The combinations to walk; they are walked if they have not been.

    Returns
    -------
    Combinations
        By size, then in the table's order.
    """
    offsets, members = walk.members
    figures = walk.figures
    if not walk.separate:
        order = np.arange(len(figures))
        return Combinations(offsets, members, figures, order, np.empty(0, dtype=np.intp))
    alone = np.array(walk.separate, dtype=np.uint32)
    singles = len(walk.walked)
    firsts = np.concatenate([members[:singles], alone])
    order = np.argsort(firsts, kind="stable")
    rank = np.empty(len(firsts), dtype=np.intp)
    rank[order] = np.arange(len(firsts))
    sizes = np.concatenate([np.ones(len(firsts), dtype=np.uint32), np.diff(offsets)[singles:]])
    return Combinations(
        offsets=np.concatenate([[0], np.cumsum(sizes)]).astype(np.uint32),
        members=np.concatenate([firsts[order], members[singles:]]),
        figures=np.concatenate(
            [np.concatenate([figures[:singles], walk.single[alone]])[order], figures[singles:]]
        ),
        rank_of_walked=np.concatenate(
            [rank[:singles], np.arange(singles, len(figures)) + len(alone)]
        ),
        rank_of_separate=rank[singles:],
    )


def curve_table(walk: Walk) -> pa.Table:
    """Return the table that `Assessment.curve` shows.

    Parameters
    ----------
    walk : Walk
        The walked table.

    Returns
    -------
    pyarrow.Table
        ``size``, ``combinations``, ``singled_out``, ``least``, ``most``; no row where nothing is
        combined.
    """
    m, people = len(walk.walked), walk.table.people
    counts = [comb(m, size) for size in range(1, walk.size + 1)] if m else []
    edges = np.cumsum([0, *counts])
    unique = walk.figures["unique"]
    parts = [unique[a:b] for a, b in pairwise(edges)]
    return pa.table(
        {
            "size": pa.array(range(1, len(counts) + 1), pa.int64()),
            "combinations": pa.array(counts, pa.int64()),
            "singled_out": pa.array(
                [int(part.sum()) / (len(part) * people) for part in parts], pa.float64()
            ),
            "least": pa.array([int(part.min()) / people for part in parts], pa.float64()),
            "most": pa.array([int(part.max()) / people for part in parts], pa.float64()),
        }
    )


class Worst(NamedTuple):
    """One combination that singles out many: its fields, and how many people it concerns."""

    fields: tuple[str, ...]
    unique_records: int
    records_below_threshold: int


def worst_combinations(
    walk: Walk, combinations: Combinations, each: int, largest: int
) -> tuple[Worst, ...]:
    """Return the combinations of each size that single out most, smallest sizes first.

    One that singles out no more than a part of itself is left out: its other fields add nothing.

    Parameters
    ----------
    walk : Walk
        Where the names come from.
    combinations : Combinations
        What to choose from.
    each : int
        How many of each size.
    largest : int
        The largest size.

    Returns
    -------
    tuple of Worst
        By size, then most singled out first, then most below the threshold, then the table's order.
    """
    sizes, figures = combinations.sizes, combinations.figures
    unique, below = figures["unique"].astype(np.int64), figures["below"].astype(np.int64)
    chosen: list[Worst] = []
    parts: dict[tuple[int, ...], int] = {}  # of the size before: how many each singles out
    for size in range(1, largest + 1):
        start, stop = np.searchsorted(sizes, [size, size + 1])
        places = [tuple(combinations.fields_of(rank).tolist()) for rank in range(start, stop)]
        taken = 0
        for at in np.lexsort((-below[start:stop], -unique[start:stop])).tolist():
            fields, alone = places[at], int(unique[start + at])
            if size > 1 and any(
                parts.get(fields[:i] + fields[i + 1 :], 0) >= alone for i in range(size)
            ):
                continue
            names = tuple(walk.table.names[place] for place in fields)
            chosen.append(Worst(names, alone, int(below[start + at])))
            taken += 1
            if taken == each:
                break
        parts = dict(zip(places, unique[start:stop].tolist(), strict=True))
    return tuple(chosen)


def combinations_table(walk: Walk, combinations: Combinations) -> pa.Table:
    """Return the table that `Assessment.combinations` shows.

    Parameters
    ----------
    walk : Walk
        Where the combinations come from.
    combinations : Combinations
        What to show.

    Returns
    -------
    pyarrow.Table
        The columns of `COLUMNS`; null where nobody takes part, and for the figures of classes
        where a null matches everything (there are no classes then).
    """
    figures = combinations.figures
    any_match = walk.options.nulls == "any"
    people = figures["people"]
    nobody = people == 0
    classless = np.ones(len(figures), dtype=bool) if any_match else nobody
    n = np.where(nobody, 1, people).astype(np.float64)
    share = figures["classes"] / n
    bits = bits_of(figures, walk.table.people, any_match)
    columns: list[Any] = [
        _fields(walk, combinations),
        pa.array(combinations.sizes.astype(np.int64)),
        _column(figures["classes"], classless if any_match else None),
        _column(figures["unique"]),
        _column(figures["below"]),
        _column(figures["smallest"], nobody),
        _column(figures["largest"], nobody),
        pa.array(bits, mask=classless),
        pa.array(bits if any_match else share, mask=nobody),
        pa.array(1.0 / np.maximum(figures["smallest"], 1), mask=nobody),
        pa.array(share, mask=classless),
        _separation(figures, classless),
    ]
    return pa.table(columns, names=list(COLUMNS))


def _column(values: NDArray[Any], mask: NDArray[np.bool_] | None = None) -> Any:
    return pa.array(values.astype(np.int64), mask=mask)


def _fields(walk: Walk, combinations: Combinations) -> Any:
    names = pa.array(walk.table.names, type=pa.string())
    members = names.take(pa.array(combinations.members))
    return pa.ListArray.from_arrays(pa.array(combinations.offsets.astype(np.int32)), members)


def _separation(figures: NDArray[np.void], classless: NDArray[np.bool_]) -> Any:
    """The share of pairs of people told apart: Motwani & Xu, "Efficient Algorithms for Masking
    and Finding Quasi-Identifiers" (2007), definition 2."""
    people = figures["people"]
    pairs = people * np.where(people == 0, 0, people - 1)
    apart = people * people - figures["squares"]
    with np.errstate(divide="ignore", invalid="ignore"):
        return pa.array(apart / pairs, mask=classless | (pairs == 0))
