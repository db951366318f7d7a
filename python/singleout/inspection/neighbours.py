"""What stands beside the cells of a grid, and which of them are labels or names of a table."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from singleout.draft.grid import Grid
from singleout.draft.model import DraftTable
from singleout.tabular.arrow import codes_of

Bools = npt.NDArray[np.bool_]

# Sheets are no wider
_WIDE = 1 << 15
# Labels are no longer, on the whole, in characters
_LABEL = 45.0
# Words in small letters from which a text is no label
_SMALL = 4


def distinct_texts(grid: Grid) -> tuple[pa.Array, pa.Array]:
    """Return the distinct texts of a grid's cells that are no numbers, and what stands to the left
    of the first of each and above it, a line each.

    Examples
    --------
    >>> grid = Grid.from_rows([["Contact", "A. Ash"], ["Rank", "12"]])
    >>> texts, beside = distinct_texts(grid)
    >>> texts.to_pylist(), beside.to_pylist()
    (['Contact', 'A. Ash', 'Rank'], ['', 'Contact', 'Contact'])
    """
    at = np.flatnonzero(~grid.numeric)
    texts = grid.texts.take(pa.array(at))
    codes = np.maximum(codes_of(texts.dictionary_encode()), 0)
    first = at[np.unique(codes, return_index=True)[1]]
    keys = grid.rows.astype(np.int64) * _WIDE + grid.columns
    near = []
    for step in (1, _WIDE):
        wanted = keys[first] - step
        found = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        there = (keys[found] == wanted) & (grid.columns[first] >= (1 if step == 1 else 0))
        chosen = pa.array(found, mask=~there)
        near.append(pc.fill_null(grid.texts.take(chosen), ""))
    beside = pc.utf8_trim_whitespace(pc.binary_join_element_wise(*near, "\n"))
    return grid.texts.take(pa.array(first)), beside


def labels_among(texts: pa.Array, tables: Sequence[DraftTable]) -> Bools:
    """Tell which texts are labels of counts or stand in tables of people: those are judged as
    tables, and searched for identifiers alone.

    Parameters
    ----------
    texts : pyarrow.Array of string
        Distinct texts of cells.
    tables : sequence of DraftTable
        The tables that were found among the cells.
    """
    found = np.zeros(len(texts), np.bool_)
    for table in tables:
        if table.kind not in ("people", "counts"):
            continue
        for column in table.data.columns:
            values = pc.unique(column.combine_chunks().drop_null())
            short = len(values) and float(pc.mean(pc.utf8_length(values)).as_py()) <= _LABEL
            if short and table.kind == "counts":
                # A remark among labels is a text: it has more words in small letters
                small = pc.count_substring_regex(values, r"\b\p{Ll}{2,}\b")
                values = values.filter(pc.less(small, _SMALL))
            if table.kind == "people" or short:
                found |= pc.is_in(texts, value_set=values).to_numpy(zero_copy_only=False)
    return found
