"""What the engine says of a table of people: which combinations single rows out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import comb
from typing import Any

import numpy as np
import pyarrow as pa

from singleout.base.printable import printable
from singleout.draft.model import DraftTable, Place
from singleout.verdict.groups import Ints, codes, sizes, together
from singleout.verdict.words import column_name, listed

_SHOWN = 12
_ENOUGH = 0.9
_GAIN = 1.05  # a field more must single out a twentieth more rows to be worth naming
_EVIDENCE_SIZE = 3
_EVIDENCE_COMBINATIONS = 20_000


@dataclass(frozen=True, slots=True)
class Combination:
    """One combination of columns and whom it singles out."""

    fields: tuple[str, ...]
    unique_rows: int
    rows_below: int
    smallest_group: int


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of one table of people.

    Parameters
    ----------
    place : Place
        The table.
    visible : bool
        Whether a reader sees it.
    rows : int
        Rows measured: of people where the policy names their key, else of the table.
    fields : tuple of str
        The columns that were combined.
    max_size : int
        The most columns in a combination.
    threshold : int
        Rows in groups smaller than this count as below it.
    combinations : tuple of Combination
        The smallest and worst first, at most 12.
    by_size : tuple of (int, float, float)
        Size of a combination, the mean and the largest share of rows that one of this size
        singles out.
    most_below : Combination or None
        The combination with most rows in small groups.
    largest_mean_risk : float
        The largest mean of 1/k over any combination.
    """

    place: Place
    visible: bool
    rows: int
    fields: tuple[str, ...]
    max_size: int
    threshold: int
    combinations: tuple[Combination, ...]
    by_size: tuple[tuple[int, float, float], ...]
    most_below: Combination | None
    largest_mean_risk: float

    @property
    def worst(self) -> Combination | None:
        """The combination to name: the first, unless it singles nobody out."""
        first = self.combinations[0] if self.combinations else None
        return first if first is not None and first.unique_rows else None

    def text(self) -> str:
        """Return a sentence part that says who stands out; empty when nobody does."""
        worst = self.worst
        if worst is None:
            return ""
        names = listed(worst.fields)
        one = len(worst.fields) == 1
        if worst.unique_rows == self.rows:
            return f"{names} {'alone tells' if one else 'together tell'} every row apart"
        verb = "singles" if one else "single"
        return f"{names} {verb} out {worst.unique_rows:,} of {self.rows:,} rows"

    def example(self, table: DraftTable) -> str:
        """Return one row that stands out, by its place."""
        worst = self.worst
        if worst is None:
            return ""
        n = table.n_rows
        alike = sizes(together([codes(table.data.column(f)) for f in worst.fields], n))
        alone = np.flatnonzero(alike == 1)
        if not len(alone):
            return ""
        number = table.row_number(int(alone[0]))
        return f"row {number:,} is the only one with its values of these columns"

    def to_dict(self, *, show_values: bool = False) -> dict[str, Any]:
        """Return it as plain data for JSON."""
        data = asdict(self)
        return {
            **data,
            "place": self.place.text(not show_values),
            "fields": _names(self.fields, show_values),
            "combinations": [
                {**c, "fields": _names(c["fields"], show_values)} for c in data["combinations"]
            ],
            "most_below": None
            if self.most_below is None
            else {**asdict(self.most_below), "fields": _names(self.most_below.fields, show_values)},
            "largest_mean_risk": round(self.largest_mean_risk, 9),
            "by_size": [
                {"size": size, "mean_share": round(mean, 6), "largest_share": round(most, 6)}
                for size, mean, most in self.by_size
            ],
        }  # fmt: skip


def _names(fields: Sequence[str], show_values: bool) -> list[str]:
    return [printable(name) if show_values else column_name(name) for name in fields]


def measure(
    table: DraftTable,
    names: Sequence[str],
    *,
    max_size: int | None,
    threshold: int,
    data: pa.Table | None = None,
) -> Measured:
    """Score a table of people and keep what a verdict and its report need.

    Parameters
    ----------
    table : DraftTable
        The table.
    names : sequence of str
        The columns to combine.
    max_size : int or None
        The most columns in a combination.
    threshold : int
        Groups smaller than this are small.
    data : pyarrow.Table, optional
        The rows, where they are not the table's own.

    Raises
    ------
    InputError
        If the engine cannot measure it within its memory.
    """
    from singleout.scoring import score

    rows = table.data if data is None else data
    scored = score(
        rows,
        list(names),
        max_size=max_size,
        threshold=threshold,
        identifiers="include",
        progress=False,
    )
    found: pa.Table = scored.combinations
    unique = found["unique_records"].to_numpy()
    below = found["records_below_threshold"].to_numpy()
    size = found["size"].to_numpy()
    n = rows.num_rows
    return Measured(
        place=table.place,
        visible=table.visible,
        rows=n,
        fields=tuple(names),
        max_size=scored.max_size,
        threshold=threshold,
        combinations=_listed(found, _order(found, unique, below, size)),
        by_size=tuple(
            (int(s), float(unique[size == s].mean()) / n, float(unique[size == s].max()) / n)
            for s in np.unique(size)
        ),
        most_below=next(iter(_listed(found, np.argsort(-below, kind="stable")[:1])), None),
        largest_mean_risk=float(found["mean_risk"].to_numpy().max(initial=0.0)),
    )


def _order(found: pa.Table, unique: Ints, below: Ints, size: Ints) -> Ints:
    """The combinations to name: the smallest that does nearly all that any does comes first.

    One that hardly beats a part of itself is left out: its other fields add nothing.
    """
    fields = [frozenset(names) for names in found["fields"].to_pylist()]
    alone = dict(zip(fields, unique.tolist(), strict=True))
    worth = np.array(
        [
            len(names) == 1
            or alone[names] > _GAIN * max(alone.get(names - {name}, 0) for name in names)
            for names in fields
        ],
        bool,
    )
    enough = worth & (unique >= _ENOUGH * unique.max(initial=0))
    order = np.lexsort((np.arange(len(unique)), -below, -unique, size, ~enough, ~worth))
    return np.asarray(order[: min(_SHOWN, int(worth.sum()))], np.int64)


def _listed(found: pa.Table, order: Ints) -> tuple[Combination, ...]:
    picked = found.take(pa.array(order))
    return tuple(
        Combination(
            tuple(row["fields"]),
            row["unique_records"],
            row["records_below_threshold"],
            row["smallest_class"],
        )
        for row in picked.select(
            ["fields", "unique_records", "records_below_threshold", "smallest_class"]
        ).to_pylist()
    )


def _affordable(fields: int) -> int:
    """The most columns to combine, three at most, so that the evidence is not what takes long."""
    size = 1
    while (
        size < min(_EVIDENCE_SIZE, fields)
        and sum(comb(fields, s) for s in range(1, size + 2)) <= _EVIDENCE_COMBINATIONS
    ):
        size += 1
    return size


def evidence(table: DraftTable) -> Measured | None:
    """Measure up to three columns together of a table that is stopped anyway, for its text."""
    from singleout.errors import InputError

    names = [
        name
        for name, column in zip(table.names, table.data.columns, strict=True)
        if column.null_count <= table.n_rows // 2
    ]
    if table.n_rows < 2 or not names:
        return None
    try:
        return measure(table, names, max_size=_affordable(len(names)), threshold=5)
    except InputError:
        return None
