"""The cells of a table of counts, totals among them: numbers, and marks for what is not shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from singleout.identifiers.kept_back_marks import Mark, read_mark
from singleout.identifiers.stated_bounds import Bounds
from singleout.identifiers.written_counts import read_counts
from singleout.verdict.words import column_name

if TYPE_CHECKING:
    from singleout.verdict.counts import CountTable

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

BLANK = Mark("", Bounds(), False)
# Any other text where its column has numbers: something that is not shown as a number
_TEXT = Mark("text", Bounds(), False)
_SHARE = re.compile(
    r"(?i)%|\bper ?cent\b|\bpercentages?\b|prozent|pour cent|por ciento|procent|y cant\b|"
    r"faoin gcéad|sa cheud|بالمئة|百分"
)


@dataclass(frozen=True)
class CountCells:
    """The cells of a table's columns of counts: the body's rows, then the totals below it.

    Parameters
    ----------
    values : float64 array, shape (n_rows, n_columns)
        The numbers; NaN where none is shown.
    marks : int array, shape (n_rows, n_columns)
        Position in `kinds` of what stands for a number; -1 where one is shown.
    kinds : tuple of Mark
        The marks that are used.
    labels : tuple of tuple of str
        Each row's labels, left to right, numbers in front of the counts among them.
    called : tuple of str
        What each row is called.
    heads : tuple of str
        Each column's name.
    row_at : tuple of int
        Each row's position among the table's rows, its rows of totals after the others.
    columns : tuple of int
        Each column's position in the table.
    bare : frozenset of int
        Columns that show nothing but marks for what is kept back.
    table : CountTable
        The table.
    """

    values: Floats
    marks: Ints
    kinds: tuple[Mark, ...]
    labels: tuple[tuple[str, ...], ...]
    called: tuple[str, ...]
    heads: tuple[str, ...]
    row_at: tuple[int, ...]
    columns: tuple[int, ...]
    bare: frozenset[int]
    table: CountTable

    @property
    def shows_zero(self) -> bool:
        """Whether a count of nought is shown anywhere."""
        return bool((self.values == 0).any())

    def place(self, row: int, column: int) -> str:
        """Return the name of a cell that a reader can find."""
        at, name = self.row_at[row], self.table.table.names[self.columns[column]]
        if at < self.table.table.n_rows:
            return self.table.cell(at, self.columns[column])
        return f"the total of column '{column_name(name)}'"

    def row_name(self, row: int) -> str:
        """Return what a row is called in a sentence."""
        at = self.row_at[row]
        inside = at < self.table.table.n_rows
        return f"row {self.table.table.row_number(at):,}" if inside else "the row of totals"

    def column_name(self, column: int) -> str:
        """Return what a column is called in a sentence."""
        return f"column '{column_name(self.table.table.names[self.columns[column]])}'"


def count_cells(counted: CountTable) -> CountCells | None:
    """Return the cells of a table's columns of counts, or None where it has none.

    Rows without any count (headings of sections) and rows of percentages are left out.
    """
    table = counted.table
    below = table.total_rows
    counting = [column.index for column in counted.columns]
    if not counting:
        return None
    bodies = [_joined(table.data.column(j), below, j) for j in range(len(table.names))]
    numbers = {j: read_counts(column) for j, column in enumerate(bodies)}
    worded = [j for j in range(len(bodies)) if j not in counting and _labels(numbers[j], bodies[j])]
    kept_back = [j for j in worded if _all_marks(bodies[j])]
    no_counts = {*counted.shares, *counted.magnitudes}
    # A column of numbers between counts is one of their sum, whatever else it was taken for
    between = [
        j
        for j in range(counting[0] + 1, counting[-1])
        if j not in worded and table.names[j] not in no_counts
    ]
    counting = sorted({*counting, *kept_back, *between})
    worded = [j for j in worded if j not in kept_back]
    keys = [j for j in range(counting[0]) if j not in worded]
    texts = [bodies[j].to_pylist() for j in counting]
    labels = _rows([bodies[j].to_pylist() for j in worded], len(bodies[0]))
    keyed = _rows([bodies[j].to_pylist() for j in sorted({*worded, *keys})], len(bodies[0]))
    values = np.column_stack([numbers[j] for j in counting])
    marks, kinds = _marks(texts, values)
    filled = np.array(
        [any(text and text.strip() for text in line) for line in zip(*texts, strict=True)]
    )
    shares = np.array([any(_SHARE.search(text) for text in line) for line in labels])
    kept = np.flatnonzero(filled & ~shares)
    if not len(kept):
        return None
    return CountCells(
        values[kept],
        marks[kept],
        kinds,
        tuple(keyed[i] for i in kept.tolist()),
        # The last of a row's labels, as in "North, Total" and in "North Total"
        tuple(next((t for t in reversed(labels[i]) if t), "") for i in kept.tolist()),
        tuple(table.names[j] for j in counting),
        tuple(kept.tolist()),
        tuple(counting),
        frozenset(j for j, at in enumerate(counting) if at in kept_back),
        counted,
    )


def _rows(columns: Sequence[Sequence[str | None]], height: int) -> list[tuple[str, ...]]:
    if not columns:
        return [()] * height
    return [tuple((text or "").strip() for text in line) for line in zip(*columns, strict=True)]


def _joined(body: pa.ChunkedArray, below: pa.Table | None, index: int) -> pa.Array:
    chunks = body.chunks if below is None else [*body.chunks, *below.column(index).chunks]
    return pa.chunked_array(chunks, pa.string()).combine_chunks()


def _labels(numbers: Floats, texts: pa.Array) -> bool:
    """Whether a column is mostly texts."""
    return 2 * int(np.count_nonzero(~np.isnan(numbers))) <= int(len(texts) - texts.null_count)


def _all_marks(texts: pa.Array) -> bool:
    """Whether a column shows nothing but marks for what is kept back."""
    found = [read_mark(str(text)) for text in texts.drop_null().unique().to_pylist()[:20]]
    marks = [mark for mark in found if mark is not None and mark.kept_back]
    return bool(marks) and len(marks) == len(found)


def _marks(texts: Sequence[Sequence[str | None]], values: Floats) -> tuple[Ints, tuple[Mark, ...]]:
    """Where which mark stands for a number, and the marks in the order of their keys."""
    at: dict[str, list[tuple[int, int]]] = {}
    found: dict[str, Mark] = {}
    for j, column in enumerate(texts):
        for i in np.flatnonzero(np.isnan(values[:, j])).tolist():
            text = (column[i] or "").strip()
            mark = (read_mark(text) or _TEXT) if text else BLANK
            found[mark.key] = mark
            at.setdefault(mark.key, []).append((i, j))
    marks = np.full(values.shape, -1, np.int64)
    for number, key in enumerate(sorted(found)):
        marks[tuple(zip(*at[key], strict=True))] = number
    return marks, tuple(found[key] for key in sorted(found))
