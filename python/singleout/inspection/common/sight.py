"""Cells of a sheet that nobody sees for how they, their rows or columns are formatted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from singleout.draft.grid import Grid
from singleout.inspection.common.cell_looks import CellLook, covered_by_format, invisible, too_small
from singleout.inspection.common.extent import (
    Extent,
    Frame,
    cut_off,
    extent,
    pushed_out,
    shrunk,
    too_low,
    too_narrow,
)

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int32]


class Sight:
    """How a sheet shows its cells.

    Parameters
    ----------
    grid : Grid
        The cells.
    ids : int32 array, shape (n_cells,)
        Each cell's index in `looks`.
    looks : sequence of CellLook
        The looks.
    dates : bool array, shape (n_cells,)
        Cells that hold a date.
    frame : Frame
        Rows and columns.
    zoom : float
        How large the sheet is shown when it is opened; 1 is as it is printed.
    """

    def __init__(
        self,
        grid: Grid,
        ids: Ints,
        looks: Sequence[CellLook],
        dates: Bools,
        frame: Frame,
        zoom: float = 1.0,
    ) -> None:
        self.grid, self.ids, self.looks, self.dates, self.zoom = grid, ids, looks, dates, zoom
        self.room: Extent = extent(grid, ids, looks, frame, grid.numeric | dates)

    def hidings(self) -> Iterator[tuple[str, Bools]]:
        """Iterate over finding codes with the cells that they are about."""
        grid, ids, looks = self.grid, self.ids, self.looks
        yield "hiding-format", covered_by_format(grid, ids, looks, self.dates)
        yield "invisible-text", invisible(grid, ids, looks, self.dates)
        small = too_small(ids, looks, self.zoom)
        yield "tiny-font", small | shrunk(self.room, ids, looks, grid, self.zoom)
        yield "cut-text", pushed_out(self.room, ids, looks)

    @property
    def low(self) -> Bools:
        """Cells in rows lower than half their letters."""
        return too_low(self.room, self.ids, self.looks)

    @property
    def narrow(self) -> Bools:
        """Cells with room for fewer than two letters."""
        return too_narrow(self.room, self.ids, self.looks, self.grid)

    @property
    def cut(self) -> Bools:
        """Cells whose text goes on out of sight."""
        return cut_off(self.room, self.ids, self.looks, self.grid)
