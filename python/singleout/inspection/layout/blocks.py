"""Cut a grid of cells into blocks at its empty rows and columns, and join what belongs together."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from singleout.draft.grid import Grid, Ints, distinct

# A band of headings above an empty row has no more rows than this
MOST_HEADER_ROWS = 4
_PERIOD = re.compile(r"(?:19|20)\d\d(?:\.0)?")


@dataclass(frozen=True, slots=True)
class Block:
    """Cells of one area: their indices in the grid, and the area's corners."""

    index: npt.NDArray[np.intp]
    top: int
    left: int
    bottom: int
    right: int


def find_blocks(grid: Grid) -> list[Block]:
    """Cut at empty rows, then at empty columns, until nothing is left to cut; join again what one
    empty row separates though it belongs together.

    Examples
    --------
    >>> grid = Grid.from_rows([["rank", "n"], ["pc", "7"], [], ["a", "b"], ["c", "8"]])
    >>> [(block.top, block.bottom) for block in find_blocks(grid)]
    [(0, 1), (3, 4)]
    """
    return _joined(grid, _cut(grid))


def _runs(sorted_values: Ints) -> list[tuple[int, int]]:
    """First and last of each run of consecutive values."""
    found = distinct(sorted_values)
    breaks = np.flatnonzero(np.diff(found) > 1)
    starts = np.concatenate(([0], breaks + 1))
    stops = np.concatenate((breaks, [len(found) - 1]))
    return [(int(found[a]), int(found[b])) for a, b in zip(starts, stops, strict=True)]


def _cut(grid: Grid) -> list[Block]:
    if not len(grid):
        return []
    done: list[Block] = []
    open_: list[tuple[npt.NDArray[np.intp], bool, bool]] = [(np.arange(len(grid)), True, False)]
    while open_:
        index, by_rows, settled = open_.pop()
        axis = grid.rows if by_rows else grid.columns
        runs = _runs(axis[index])
        if len(runs) == 1 and settled:
            rows, columns = grid.rows[index], grid.columns[index]
            done.append(
                Block(
                    index, int(rows.min()), int(columns.min()), int(rows.max()), int(columns.max())
                )
            )
            continue
        if len(runs) == 1:
            open_.append((index, not by_rows, True))
            continue
        if not by_rows and _sparse(grid, index, runs):
            open_.append((index, True, True))
            continue
        values = axis[index]
        order = np.argsort(values, kind="stable")
        edges = np.searchsorted(values[order], [first for first, _ in runs])
        for piece in np.split(order, edges[1:]):
            open_.append((index[np.sort(piece)], not by_rows, False))
    done.sort(key=lambda block: (block.top, block.left))
    return done


def _sparse(grid: Grid, index: npt.NDArray[np.intp], runs: list[tuple[int, int]]) -> bool:
    """Whether empty columns only space the columns of one table, as on pages of report writers:
    mostly single columns that are filled in the same rows."""
    widths = [last - first + 1 for first, last in runs]
    if max(widths) > 2 or 2 * widths.count(1) <= len(widths):
        return False
    rows = grid.rows[index]
    beside = np.bincount(rows - rows.min())
    return bool(2 * np.count_nonzero(beside > 1) > np.count_nonzero(beside))


def _joined(grid: Grid, blocks: list[Block]) -> list[Block]:
    """Put together what one empty row separates: a body below its headings, a body that goes on."""
    result: list[Block] = []
    last_by_columns: dict[tuple[int, int], int] = {}
    for block in blocks:
        key = (block.left, block.right)
        at = last_by_columns.get(key)
        if at is not None:
            above = result[at]
            near = block.top - above.bottom == 2
            if near and (_continues(grid, above, block) or _heads(grid, above, block)):
                index = np.concatenate((above.index, block.index))
                result[at] = Block(index, above.top, above.left, block.bottom, above.right)
                continue
        last_by_columns[key] = len(result)
        result.append(block)
    return result


def kinds_of_row(grid: Grid, block: Block, row: int) -> list[int]:
    """Return each column's kind in a row of a block: 0 empty, 1 text, 2 number."""
    index = block.index[grid.rows[block.index] == row]
    kinds = [0] * (block.right - block.left + 1)
    for i in index.tolist():
        kinds[int(grid.columns[i]) - block.left] = 2 if grid.numeric[i] else 1
    return kinds


def _continues(grid: Grid, above: Block, below: Block) -> bool:
    """Whether the lower block's first row has the kinds of the upper one's last (not a header)."""
    if below.right == below.left:
        return False
    first, last = kinds_of_row(grid, below, below.top), kinds_of_row(grid, above, above.bottom)
    return first == last and 2 in first


def _heads(grid: Grid, above: Block, below: Block) -> bool:
    """Whether the upper block is nothing but headings, and the lower one has none of its own."""
    if below.right == below.left or above.bottom - above.top >= MOST_HEADER_ROWS:
        return False
    heading = kinds_of_row(grid, above, above.bottom)
    first = kinds_of_row(grid, below, below.top)
    if sum(kind > 0 for kind in heading) < max(2, len(heading) - 1):
        return False
    numbers = [grid.texts[int(i)].as_py() for i in above.index[grid.numeric[above.index]]]
    if not all(_PERIOD.fullmatch(text) for text in numbers):
        return False
    return 2 in first and any(f == 2 and h != 2 for f, h in zip(first, heading, strict=True))
