"""How much of a cell's text its row, its column and the cell beside it let through.

Nobody has the fonts here: letters are taken for narrow ones, which errs to the side of what is
seen. What an author hides lies far beyond.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from singleout.draft.grid import Grid, Merge
from singleout.inspection.common.cell_looks import BLANK_CLASS, CellLook
from singleout.inspection.common.thresholds import (
    BLANK,
    BLANK_LINES,
    BLANKS,
    LETTER,
    LINE,
    LOW,
    NARROW,
    SCREEN_WIDTH,
    SMALL,
)

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
# Rows and columns beyond are as wide as the rest: no sheet has more (2^20 rows, 2^14 columns)
_MOST_ROWS, _MOST_COLUMNS = 1 << 20, 1 << 14
_BLANK = re.compile(
    "[\\s\u00a0\u1680\u2000-\u200d\u2028\u2029\u202f\u205f\u2060\u2800\u3000\u3164\ufeff]"
)
_RUN = re.compile(f"{_BLANK.pattern}{{{BLANKS},}}")


@dataclass(frozen=True, slots=True)
class Frame:
    """A sheet's rows and columns, in points.

    Parameters
    ----------
    widths : float64 array, shape (n_columns,)
        The first columns' widths, 0 where hidden.
    width : float
        Of all columns after these.
    rows, heights : int32 and float64 arrays
        Rows that have a height of their own, in order.
    height : float
        Of all other rows; infinite where they grow with what they hold.
    """

    widths: Floats
    width: float
    rows: Ints
    heights: Floats
    height: float = np.inf

    def edges(self, last: int) -> Floats:
        """Return the left edges of the columns up to `last`, and that column's right edge."""
        wide = np.full(min(last, _MOST_COLUMNS) + 1, self.width)
        wide[: len(self.widths)] = self.widths[: len(wide)]
        return np.concatenate(([0.0], np.cumsum(wide)))

    def of_rows(self, rows: Ints) -> Floats:
        """Return the heights of these rows."""
        if not len(self.rows):
            return np.full(len(rows), self.height)
        at = np.minimum(np.searchsorted(self.rows, rows), len(self.rows) - 1)
        return np.where(self.rows[at] == rows, self.heights[at], self.height)


@dataclass(frozen=True, slots=True)
class Extent:
    """Room for each cell's text, in points.

    Parameters
    ----------
    heights, widths : float64 arrays, shape (n_cells,)
        Of the cell itself, merged ones whole.
    visible : float64 array, shape (n_cells,)
        The width over which its text is drawn: a text that is not wrapped runs on over empty cells.
    """

    heights: Floats
    widths: Floats
    visible: Floats


def extent(grid: Grid, ids: Ints, looks: Sequence[CellLook], frame: Frame, fixed: Bools) -> Extent:
    """Measure the room for each cell's text.

    Parameters
    ----------
    grid : Grid
        The cells.
    ids : int32 array, shape (n_cells,)
        Each cell's index in `looks`.
    looks : sequence of CellLook
        The looks.
    frame : Frame
        Rows and columns.
    fixed : bool array, shape (n_cells,)
        Numbers and dates: they never run on over the next cell.
    """
    columns = np.minimum(grid.columns, _MOST_COLUMNS - 1)
    last = int(columns.max()) + 1 if len(columns) else 0
    edges = frame.edges(last + 64)
    heights = frame.of_rows(grid.rows)
    right = columns + 1
    for cell, merge in _merged(grid):
        right[cell] = min(merge[3], _MOST_COLUMNS - 1, last + 62) + 1
        down = np.arange(merge[0], min(merge[2], merge[0] + 4_096) + 1, dtype=np.int32)
        heights[cell] = frame.of_rows(down).sum()
    left_edge, right_edge = edges[columns], edges[right]
    before, after = _neighbours(grid, columns)
    # Beyond the last cell of a row its text runs on to the edge of the screen
    far_left = np.where(before < 0, np.maximum(right_edge - SCREEN_WIDTH, 0), edges[before + 1])
    far_right = np.where(after < 0, left_edge + SCREEN_WIDTH, edges[np.maximum(after, right - 1)])
    aligned = np.array([_ALIGNED.get(look.align, 0) for look in looks] or [0])[ids]
    bound = fixed | np.array([look.wrap for look in looks] or [False])[ids]
    toward_left = (aligned != 0) & ~bound
    toward_right = (aligned != 1) & ~bound
    start = np.where(toward_left, np.minimum(far_left, left_edge), left_edge)
    stop = np.where(toward_right, np.maximum(far_right, right_edge), right_edge)
    return Extent(heights, right_edge - left_edge, stop - start)


_ALIGNED = {"right": 1, "center": 2}


def _merged(grid: Grid) -> Iterable[tuple[int, Merge]]:
    """Merged ranges whose first cell holds something, with the cell's index."""
    key = grid.rows.astype(np.int64) * _MOST_COLUMNS + np.minimum(grid.columns, _MOST_COLUMNS - 1)
    if not grid.merges or not len(key):
        return
    wanted = np.array([top * _MOST_COLUMNS + left for top, left, _, _ in grid.merges], np.int64)
    at = np.minimum(np.searchsorted(key, wanted), len(key) - 1)
    for n in np.flatnonzero(key[at] == wanted):
        yield int(at[n]), grid.merges[int(n)]


def _neighbours(grid: Grid, columns: Ints) -> tuple[Ints, Ints]:
    """The columns of the cells with content before and after each in its row; -1 for none."""
    none = np.full(len(grid), -1, np.int32)
    before, after = none.copy(), none
    if len(grid) > 1:
        same = grid.rows[1:] == grid.rows[:-1]
        before[1:] = np.where(same, columns[:-1], -1)
        after[:-1] = np.where(same, columns[1:], -1)
    return before, after


def _sizes(ids: Ints, looks: Sequence[CellLook]) -> Floats:
    return np.array([look.size for look in looks] or [11.0], np.float64)[ids]


def too_low(room: Extent, ids: Ints, looks: Sequence[CellLook]) -> Bools:
    """Tell which cells stand in a row so low that their letters cannot be read."""
    return np.asarray(room.heights < LOW * _sizes(ids, looks), np.bool_)


def too_narrow(room: Extent, ids: Ints, looks: Sequence[CellLook], grid: Grid) -> Bools:
    """Tell which cells have room for fewer than two letters, or for none of a single one."""
    letters = pc.utf8_length(grid.texts).to_numpy(zero_copy_only=False)
    need = np.minimum(letters, NARROW) * LETTER * _sizes(ids, looks)
    return np.asarray(room.visible < need, np.bool_)


def shrunk(room: Extent, ids: Ints, looks: Sequence[CellLook], grid: Grid, zoom: float) -> Bools:
    """Tell which cells' letters were made so small, to fit, that they cannot be read."""
    mask = np.array([look.shrink and not look.wrap for look in looks] or [False])[ids]
    if not mask.any():
        return mask
    letters = pc.utf8_length(grid.texts).to_numpy(zero_copy_only=False)
    sizes = _sizes(ids, looks)
    share = room.widths / np.maximum(letters * LETTER * sizes, 1e-9)
    return np.asarray(mask & (sizes * np.minimum(share, 1.0) * zoom < SMALL), np.bool_)


def pushed_out(room: Extent, ids: Ints, looks: Sequence[CellLook]) -> Bools:
    """Tell which cells' texts begin, for their indent, beyond where they are drawn."""
    indents = np.array([look.indent for look in looks] or [0.0])[ids]
    return np.asarray((indents > 0) & (indents >= room.visible), np.bool_)


def cut_off(room: Extent, ids: Ints, looks: Sequence[CellLook], grid: Grid) -> Bools:
    """Tell which cells' texts go on where nobody expects it: lines of a wrapped cell under its
    edge or under blank lines, or text after a run of blanks beyond the next cell or the screen."""
    sizes = _sizes(ids, looks)
    wrapped = np.array([look.wrap for look in looks] or [False])[ids]
    mask = np.zeros(len(grid), np.bool_)
    if wrapped.any():
        at = np.flatnonzero(wrapped)
        breaks = pc.count_substring(grid.texts.take(pa.array(at)), "\n")
        at = at[breaks.to_numpy(zero_copy_only=False) > 0]
        for i, text in zip(at.tolist(), grid.texts.take(pa.array(at)).to_pylist(), strict=True):
            mask[i] = _goes_under(text, float(room.heights[i] / sizes[i]))
    runs = pc.match_substring_regex(grid.texts, f"{BLANK_CLASS}{{{BLANKS}}}")
    at = np.flatnonzero(runs.to_numpy(zero_copy_only=False) & ~wrapped)
    for i, text in zip(at.tolist(), grid.texts.take(pa.array(at)).to_pylist(), strict=True):
        mask[i] |= _after_blanks(text) * sizes[i] >= room.visible[i]
    return mask


def _goes_under(text: str, height: float) -> bool:
    """Whether lines of a text lie under a height in sizes of its letters, or under blank ones."""
    lines = [bool(line.strip()) for line in text.rstrip().split("\n")]
    blank = 0
    for line in lines:
        blank = 0 if line else blank + 1
        if blank >= BLANK_LINES:
            return True
    # A line of which a quarter is seen is missed by nobody
    return len(lines) > 1 and (len(lines) - 1) * LINE >= height - LINE / 4


def _after_blanks(text: str) -> float:
    """Where the text after its last run of blanks begins, as a share of the letters' size."""
    ends = [match.end() for match in _RUN.finditer(text) if match.end() < len(text)]
    if not ends:
        return -1.0
    before = text[: ends[-1]]
    blanks = len(_BLANK.findall(before))
    return BLANK * blanks + LETTER * (len(before) - blanks)
