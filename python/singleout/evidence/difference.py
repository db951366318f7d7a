"""Two versions of one table: who was added, removed, changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from singleout.evidence.matching import Codes, classes_of

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Difference:
    """What comparing a draft with an earlier version of the same table shows.

    Parameters
    ----------
    unchanged : int
        Rows that are in both.
    added : tuple of int
        The draft's rows (from 1) that no row there corresponds to.
    removed : int
        Rows there that no row of the draft corresponds to.
    changed : dict of str to int
        For each field, in how many rows it changed; a row changed in several counts in each.
    changed_rows : tuple of int
        The draft's rows (from 1) that were changed.
    """

    unchanged: int
    added: tuple[int, ...]
    removed: int
    changed: dict[str, int]
    changed_rows: tuple[int, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the counts as plain data for JSON."""
        return {
            "unchanged": self.unchanged,
            "added": len(self.added),
            "removed": self.removed,
            "changed": len(self.changed_rows),
            "changed_fields": dict(self.changed),
        }


def compare(
    names: Sequence[str], ours: Sequence[Codes], theirs: Sequence[Codes], key: str | None
) -> Difference | None:
    """Compare two versions of a table.

    A row that is in one version only is paired with a row of the other by the person key where
    there is one; else where the two agree on all fields but one, and are the only such rows.

    Parameters
    ----------
    names : sequence of str
        The shared fields.
    ours, theirs : sequence of ndarray of uint32
        Their values in the draft and in the earlier release, numbered by one `Codebook`.
    key : str, optional
        The field among `names` that names a person.

    Returns
    -------
    Difference or None
        None when fewer than half of the smaller table's rows have a counterpart: then the two are
        not versions of one table.
    """
    left, right = _leftover(ours, theirs)
    unchanged = len(ours[0]) - len(left)
    if key is not None and key in names:
        ours_left, theirs_right = _paired_by(
            ours[names.index(key)], theirs[names.index(key)], left, right
        )
    else:
        ours_left, theirs_right = _paired_by_most(ours, theirs, left, right)
    pairs = len(ours_left)
    if 2 * (unchanged + pairs) < min(len(ours[0]), len(theirs[0])):
        return None
    changed = {
        name: int(np.count_nonzero(a[ours_left] != b[theirs_right]))
        for name, a, b in zip(names, ours, theirs, strict=True)
    }
    added = np.setdiff1d(left, ours_left)
    return Difference(
        unchanged,
        tuple(int(row) + 1 for row in added),
        len(right) - pairs,
        {name: count for name, count in changed.items() if count},
        tuple(int(row) + 1 for row in np.sort(ours_left)),
    )


def _leftover(ours: Sequence[Codes], theirs: Sequence[Codes]) -> tuple[Rows, Rows]:
    """The rows of each table that are more than their equals in the other."""
    rows = len(ours[0])
    classes = classes_of([np.concatenate(pair) for pair in zip(ours, theirs, strict=True)], "value")
    count = int(classes.max()) + 1
    mine, others = classes[:rows], classes[rows:]
    return (
        _beyond(mine, np.bincount(others, minlength=count)),
        _beyond(others, np.bincount(mine, minlength=count)),
    )


def _beyond(classes: Codes, allowed: NDArray[np.int64]) -> Rows:
    """The rows past the first allowed[class] of their class."""
    order = np.argsort(classes, kind="stable")
    ranked = classes[order]
    start = np.searchsorted(ranked, ranked)
    rank = np.arange(len(ranked)) - start
    rows: Rows = np.sort(order[rank >= allowed[ranked]]).astype(np.int64)
    return rows


def _paired_by(ours: Codes, theirs: Codes, left: Rows, right: Rows) -> tuple[Rows, Rows]:
    """Pairs of leftover rows that have a value of their own in common."""
    a, b = ours[left], theirs[right]
    once_a, place_a = _once(a)
    once_b, place_b = _once(b)
    _, at_a, at_b = np.intersect1d(once_a, once_b, assume_unique=True, return_indices=True)
    return left[place_a[at_a]], right[place_b[at_b]]


def _once(values: Codes) -> tuple[Codes, Rows]:
    """The values that occur once, missing ones left out, and where."""
    found, place, count = np.unique(values, return_index=True, return_counts=True)
    keep = (count == 1) & (found != 0)
    return found[keep], place[keep].astype(np.int64)


def _paired_by_most(
    ours: Sequence[Codes], theirs: Sequence[Codes], left: Rows, right: Rows
) -> tuple[Rows, Rows]:
    """Pairs of leftover rows that agree on all fields but one, field after field."""
    pairs: list[tuple[Rows, Rows]] = []
    for place in range(len(ours) if len(ours) > 1 else 0):
        if not len(left) or not len(right):
            break
        rest = [
            np.concatenate([a[left], b[right]])
            for at, (a, b) in enumerate(zip(ours, theirs, strict=True))
            if at != place
        ]
        classes = classes_of(rest, "value") + np.uint32(1)
        mine, others = classes[: len(left)], classes[len(left) :]
        found = _paired_by(mine, others, np.arange(len(left)), np.arange(len(right)))
        pairs.append((left[found[0]], right[found[1]]))
        left, right = np.delete(left, found[0]), np.delete(right, found[1])
    if not pairs:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    return np.concatenate([a for a, _ in pairs]), np.concatenate([b for _, b in pairs])
