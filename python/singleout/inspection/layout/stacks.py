"""Many blocks of one layout, as report writers make them, read as one table each layout.

A page of a report has a block for each office or person: the same columns, the same headings or the
same labels, over and over. Each block alone says little and costs as much as a table; together they
are rows of one table, or a record each.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from singleout.draft.grid import Grid
from singleout.inspection.layout.area import Area, area_of
from singleout.inspection.layout.blocks import Block

Line = tuple[str | None, ...]

# From so many blocks on a sheet on, and so many of one layout, they are put together
MANY_BLOCKS = 40
_ALIKE = 8
_MOSTLY = 0.8
# A card has no more fields than this
_FIELDS = 60


def stacks(grid: Grid, blocks: Sequence[Block]) -> list[Area]:
    """Return the areas of blocks, those of one layout put together where there are many.

    Parameters
    ----------
    grid : Grid
        The cells.
    blocks : sequence of Block
        As `find_blocks` gives them.
    """
    if len(blocks) < MANY_BLOCKS:
        return [area_of(grid, block) for block in blocks]
    alike: defaultdict[tuple[int, int], list[Block]] = defaultdict(list)
    for block in blocks:
        alike[block.left, block.right].append(block)
    areas: list[Area] = []
    for group in alike.values():
        if len(group) < _ALIKE:
            areas += [area_of(grid, block) for block in group]
            continue
        cards, rest = _cards(grid, group)
        if cards is not None:
            areas.append(cards)
        if rest:
            areas += _stacked(grid, rest)
    return sorted(areas, key=lambda area: (int(area.rows[0]), area.left))


def _stacked(grid: Grid, group: Sequence[Block]) -> list[Area]:
    """Rows of all blocks below each other, under the headings that each block has; what stands
    above the headings of each block is an area of its own."""
    first = group[0]
    index = np.sort(np.concatenate([block.index for block in group]))
    bottom = max(block.bottom for block in group)
    area = area_of(grid, Block(index, first.top, first.left, bottom, first.right))
    lines = list(zip(*[column.to_pylist() for column in area.columns], strict=True))
    head = _heading(area, lines, len(group))
    if head is None:
        return [area]
    heads = np.fromiter((line == head for line in lines), np.bool_, len(lines))
    tops = np.array([block.top for block in group])
    block = np.searchsorted(tops, area.rows, side="right") - 1
    last = np.full(len(group), -1)
    last[block[heads]] = np.flatnonzero(heads)
    above = np.arange(len(lines)) < last[block]
    below = ~above & ~heads
    areas = [_taken(area, np.flatnonzero(above & ~heads))] if above.any() else []
    if below.any():
        body = np.flatnonzero(below)
        areas.append(_taken(area, np.concatenate((np.flatnonzero(heads)[:1], body))))
    return areas


def _heading(area: Area, lines: list[tuple[str | None, ...]], blocks: int) -> Line | None:
    """The row that most of the blocks have and that fills most columns; None where there is none
    of two texts or more."""
    found: list[tuple[int, int, Line]] = []
    for line, times in Counter(lines).items():
        filled = sum(text is not None for text in line)
        if filled >= 2 and times >= max(2, _MOSTLY * blocks):
            at = lines.index(line)
            if area.kinds[:, at].max() < 2 and not any(t and t.rstrip()[-1:] == ":" for t in line):
                found.append((filled, -at, line))
    return max(found, key=lambda one: one[:2])[2] if found else None


def _taken(area: Area, rows: npt.NDArray[np.intp]) -> Area:
    """Some rows of an area; those of headings before the others."""
    kept = pa.array(rows)
    return Area(
        [column.take(kept) for column in area.columns],
        area.kinds[:, rows],
        area.rows[rows],
        area.left,
        area.merges,
    )


def _cards(grid: Grid, group: Sequence[Block]) -> tuple[Area | None, list[Block]]:
    """Blocks of two columns with the same labels in the first: a record each."""
    if group[0].right - group[0].left != 1:
        return None, list(group)
    texts = grid.texts.to_pylist()
    labels: list[tuple[str, ...]] = []
    for block in group:
        first = block.index[grid.columns[block.index] == block.left]
        labels.append(tuple(texts[int(i)] for i in first[: _FIELDS + 1]))
    usual, times = Counter(labels).most_common(1)[0]
    if times < max(_ALIKE, _MOSTLY * len(group)) or not 2 <= len(usual) <= _FIELDS:
        return None, list(group)
    chosen = [b for b, label in zip(group, labels, strict=True) if label == usual]
    rest = [b for b, label in zip(group, labels, strict=True) if label != usual]
    width, height = len(usual), len(chosen)
    cells: list[list[str | None]] = [[label, *[None] * height] for label in usual]
    kinds = np.zeros((width, height + 1), np.int8)
    kinds[:, 0] = 1
    for k, block in enumerate(chosen, 1):
        rows = grid.rows[block.index]
        order = {row: j for j, row in enumerate(np.unique(rows).tolist())}
        for i in block.index[grid.columns[block.index] == block.right].tolist():
            j = order[int(grid.rows[i])]
            if j < width:
                cells[j][k] = texts[i]
                kinds[j, k] = 2 if grid.numeric[i] else 1
    tops = np.array([chosen[0].top, *[block.top + 1 for block in chosen]], np.int32)
    columns = [pa.array(column, pa.string()) for column in cells]
    return Area(columns, kinds, tops, chosen[0].left), rest
