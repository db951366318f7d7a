"""Minimal sample uniques of every record, and the SUDA score that they add up to.

A record's minimal sample uniques are the smallest sets of fields that single it out: no set inside
one of them does. Few fields single a record out only if it is special, so small sets score high.
Always: a missing value forms no item (a record takes no part where it has one), and every field
passed counts, constant fields and direct identifiers too.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from math import factorial, fsum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from singleout.machine import require, threads_within
from singleout.progress import Progress
from singleout.table import CodedTable
from singleout.walk import NULLS, Options, Walk

Floats = NDArray[np.float64]

MOST_FIELDS = 150  # 149! is 4e260: a float64 holds the sum of any number of them that can be


class Scores(NamedTuple):
    """What the core says of minimal sample uniques.

    ``sets``: how many each row has, shape (rows,); ``score``: the sum of their weights, shape
    (rows,); ``part``: the same over those that hold a field, shape (rows, m), or None;
    ``by_size``: how many there are of each size, shape (max_size + 1,).
    """

    sets: NDArray[np.uint32]
    score: Floats
    part: Floats | None
    by_size: NDArray[np.uint64]


class Suda:
    """Minimal sample uniques of a coded table, computed when first asked for.

    Parameters
    ----------
    table : CodedTable
        Every field passed.
    options : Options
        What was asked of `score`; how nulls and identifiers are taken does not matter here.
    """

    def __init__(self, table: CodedTable, options: Options) -> None:
        self._walk = Walk(table, replace(options, nulls="drop", identifiers="separate"))

    @property
    def max_size(self) -> int:
        """The largest minimal set that is looked for."""
        return self._walk.size

    @property
    def complete(self) -> bool:
        """Whether no minimal set can be larger than those looked for."""
        return self._walk.size >= len(self._walk.walked)

    @property
    def fields(self) -> int:
        """How many fields count, m."""
        return len(self._walk.table.columns)

    @property
    def scored(self) -> bool:
        """Whether the score, a sum of factorials, can be written as a number at all."""
        return self.fields <= MOST_FIELDS

    def notes(self) -> list[str]:
        """Return in words what cannot be given, one sentence each."""
        if self.scored:
            return []
        return [
            f"With more than {MOST_FIELDS} fields a SUDA score is too large for a number and left "
            "empty; shares and DIS-SUDA do not suffer."
        ]

    @cached_property
    def weights(self) -> Floats:
        """(m - s)! for each size s; divided by (m - 1)! where that is too large for a number.

        Shares and DIS-SUDA are the same either way.
        """
        m = self.fields
        sizes = range(1, self.max_size + 1)
        if self.scored:
            return np.array([0.0, *(float(factorial(m - s)) for s in sizes)])
        steps = [1.0 / (m - s) for s in sizes[:-1]]
        return np.concatenate(([0.0, 1.0], np.cumprod(steps)))

    @cached_property
    def scores(self) -> Scores:
        """Sets and scores, without the fields' parts."""
        return self._run(False)

    @cached_property
    def with_parts(self) -> Scores:
        """The same with the fields' parts; InputError if memory would not hold them."""
        needed = 2 * 8 * self._walk.table.rows * self.fields  # and the shares
        require(needed, f"shares of {self.fields:,} fields in every score", "choose fewer fields")
        return self._run(True)

    def _run(self, with_parts: bool) -> Scores:
        options, table = self._walk.options, self._walk.table
        rows = table.rows
        found = Scores(
            np.zeros(rows, np.uint32),
            np.zeros(rows, np.float64),
            np.zeros((rows, self.fields), np.float64) if with_parts else None,
            np.zeros(self.max_size + 1, np.uint64),
        )
        core = table.core(range(self.fields))
        threads = threads_within(
            options.threads,
            lambda threads: core.minimal_memory(self.max_size, NULLS["drop"], threads),
            "minimal uniques",
        )
        with Progress("minimal uniques", rows, options.progress) as progress:
            core.minimal(
                found.sets,
                found.score,
                found.part,
                found.by_size,
                self.weights,
                self.max_size,
                threads,
                progress.done,
            )
        return found

    def dis(self, fraction: float) -> Floats:
        """Return DIS-SUDA of each record, shape (rows,), for a sampling fraction."""
        from singleout.models.sampling import dis_suda

        pairs = self._walk.k == 2
        counts = self._walk.table.counts
        people = int(pairs.sum() if counts is None else counts[pairs].sum(dtype=np.uint64))
        return dis_suda(self.scores.score, people, self.fields, fraction)

    def shares(self) -> tuple[Floats, Floats]:
        """Return each field's share of the score of all records, and of each record.

        Returns
        -------
        overall : ndarray of float64, shape (m,)
            0 where no record has a score.
        each : ndarray of float64, shape (rows, m)
            NaN where the record has no score.
        """
        _, score, parts, _ = self.with_parts
        assert parts is not None
        whole = _sum(score)
        overall = np.array([_sum(column) / whole if whole else 0.0 for column in parts.T])
        with np.errstate(invalid="ignore"):
            each = parts / np.where(score > 0, score, np.nan)[:, None]
        return overall, each


def _sum(values: Floats) -> float:
    """Add up, whatever the order of the rows: sums of whole numbers below 2^53 are exact anyway."""
    total = float(values.sum())
    return total if total < 2**53 and not (values % 1).any() else fsum(values)
