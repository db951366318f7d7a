"""One area of cells as columns: what is in each cell, and where it stands on its sheet."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from singleout.draft.grid import Grid, Ints, Merge, distinct, numbers_among
from singleout.draft.limits import DEFAULT, LimitError
from singleout.inspection.layout.blocks import Block

Kinds = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Area:
    """One area's cells as columns.

    Parameters
    ----------
    columns : list of pyarrow.Array of string
        Null where a cell is empty.
    kinds : int8 array, shape (n_columns, n_rows)
        0 an empty cell, 1 text, 2 a number.
    rows : int array, shape (n_rows,)
        Zero-based sheet row of each row.
    left : int
        Zero-based sheet column of the first column.
    merges : tuple of (int, int, int, int)
        Merged ranges of the sheet: top, left, bottom, right.
    """

    columns: list[pa.Array]
    kinds: Kinds
    rows: Ints
    left: int
    merges: tuple[Merge, ...] = ()

    @property
    def width(self) -> int:
        """Columns."""
        return len(self.columns)

    @property
    def height(self) -> int:
        """Rows."""
        return int(self.kinds.shape[1])

    def row(self, at: int) -> list[str | None]:
        """Return the texts of one row."""
        return [column[at].as_py() for column in self.columns]

    def part(self, first: int, stop: int) -> Area:
        """Return the rows from `first` up to, not with, `stop` as an area of their own."""
        return Area(
            [column.slice(first, stop - first) for column in self.columns],
            self.kinds[:, first:stop],
            self.rows[first:stop],
            self.left,
            self.merges,
        )


def check_width(width: int) -> None:
    """Raise `LimitError` where an area is wider than a sheet."""
    if width > DEFAULT.table_columns:
        raise LimitError(f"a table has more than {DEFAULT.table_columns} columns", whole=False)


def area_of(grid: Grid, block: Block) -> Area:
    """Return a block's cells as columns.

    Raises
    ------
    LimitError
        If the area is too large for its few cells, or wider than a sheet.
    """
    rows = distinct(grid.rows[block.index])
    width = block.right - block.left + 1
    check_width(width)
    if len(rows) * width > DEFAULT.table_cells:
        raise LimitError("its cells are spread over too large an area", whole=False)
    at = np.searchsorted(rows, grid.rows[block.index])
    across = grid.columns[block.index] - block.left
    where = np.full((width, len(rows)), -1, np.int64)
    where[across, at] = block.index
    kinds = np.where(where < 0, 0, np.where(grid.numeric[where], 2, 1)).astype(np.int8)
    empty = pa.nulls(len(rows), pa.string())  # Two far cells may have thousands between them
    held = [bool(line.any()) for line in kinds]
    columns = [
        grid.texts.take(pa.array(line, mask=line < 0)) if filled else empty
        for line, filled in zip(where, held, strict=True)
    ]
    return Area(columns, kinds, rows.astype(np.int32), block.left, grid.merges)


def area_of_columns(columns: list[pa.Array], rows: Ints) -> Area:
    """Return columns of texts as an area that no empty row or column cuts.

    Parameters
    ----------
    columns : list of pyarrow.Array of string
        One a column from the sheet's first on; null where a cell is empty.
    rows : int32 array, shape (n_rows,)
        Zero-based sheet row of each row of the columns.

    Raises
    ------
    LimitError
        If there are more columns than a sheet has.
    """
    check_width(len(columns))
    kinds = np.zeros((len(columns), len(rows)), np.int8)
    for line, column in zip(kinds, columns, strict=True):
        line[column.is_valid().to_numpy(zero_copy_only=False)] = 1
        line[numbers_among(column)] = 2
    return Area(columns, kinds, rows, 0)
