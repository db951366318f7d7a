"""Which few columns single out most rows: one sentence of evidence for a reason."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from singleout.draft.model import DraftTable
from singleout.verdict.groups import codes, sizes, together

_MOST_COLUMNS = 40


@dataclass(frozen=True, slots=True)
class Standing:
    """A combination of columns, how many rows it singles out, and the first of them (from 0)."""

    names: tuple[str, ...]
    rows: int
    of: int
    first: int

    def text(self) -> str:
        """Return the sentence's text."""
        shown = " and ".join(f"'{name}'" for name in self.names)
        if self.rows == self.of:
            return f"{shown} alone tell every row apart" if len(self.names) > 1 else (
                f"{shown} alone tells every row apart"
            )  # fmt: skip
        return f"{shown} single out {self.rows:,} of {self.of:,} rows"

    def example(self, table: DraftTable) -> str:
        """Return one row that is singled out, by its place."""
        return f"row {table.row_number(self.first):,} is the only one with its values of these"


def worst_combination(table: DraftTable) -> Standing | None:
    """Find the one or two columns that single out most rows.

    A single column wins over a pair that does no better by a tenth. Columns that are mostly empty
    or have one value only are left out.

    Parameters
    ----------
    table : DraftTable
        A table of people.

    Returns
    -------
    Standing or None
        None where there are fewer than two rows, or no row is singled out.
    """
    n = table.n_rows
    if n < 2:
        return None
    names = [
        name
        for name, column in zip(table.names, table.data.columns, strict=True)
        if column.null_count <= n // 2
    ][:_MOST_COLUMNS]
    coded = {name: codes(table.data.column(name)) for name in names}
    coded = {name: code for name, code in coded.items() if int(code.max()) > 0}
    best: tuple[float, tuple[str, ...]] | None = None
    alone = {name: int(np.count_nonzero(sizes(code) == 1)) for name, code in coded.items()}
    for name, unique in alone.items():
        if unique and (best is None or unique > best[0]):
            best = (unique, (name,))
    if best is None or best[0] < 0.9 * n:
        for one, two in combinations(coded, 2):
            if max(alone[one], alone[two]) >= 0.9 * n:
                continue
            span = int(coded[two].max()) + 1
            unique = _unique(coded[one] * span + coded[two])
            if unique and (best is None or unique > 1.1 * best[0]):
                best = (unique, (one, two))
    if best is None:
        return None
    alike = sizes(together([coded[name] for name in best[1]], n))
    return Standing(best[1], int(best[0]), n, int(np.flatnonzero(alike == 1)[0]))


def _unique(keys: np.typing.NDArray[np.int64]) -> int:
    """How many values occur once."""
    keys = np.sort(keys)
    apart = np.concatenate(([True], keys[1:] != keys[:-1], [True]))
    return int(np.count_nonzero(apart[1:] & apart[:-1]))
