"""Find the tables in a grid of cells, and tell of each what its rows stand for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pyarrow as pa

from singleout.draft.grid import Grid, Ints
from singleout.draft.model import DraftTable, NumberColumn, Place, SmallCell, cell_name, range_name
from singleout.identifiers.person_names import read_names
from singleout.inspection.layout.area import Area, area_of, area_of_columns
from singleout.inspection.layout.bands import Bands, column_names, find_bands
from singleout.inspection.layout.blocks import Block, find_blocks
from singleout.inspection.layout.stacks import MANY_BLOCKS, stacks
from singleout.inspection.tables.profile import NamesOf
from singleout.inspection.tables.rows import judge
from singleout.inspection.tables.segments import split_rows
from singleout.inspection.tables.view import View

MOST_SMALL = 10
_MANY = 20_000
# Lone texts of a sheet that are kept as its remarks: how many, and how long each
_REMARKS, _LONG = 200, 2_000


def find(
    grid: Grid,
    place: Place,
    *,
    visible: bool = True,
    why_unseen: str = "",
    names_of: NamesOf = read_names,
) -> Iterator[DraftTable]:
    """Find the tables in a grid.

    Parameters
    ----------
    grid : Grid
        Cells with content.
    place : Place
        Where the grid is; each table's place has `cells` filled in.
    visible, why_unseen : bool, str
        Passed on to the tables.
    names_of : callable
        Tells which of many texts name a person.

    Yields
    ------
    DraftTable
        One for each area of cells that is separated from others by empty rows or columns, or is
        of another nature than what stands above it, and has a row of data: at least two cells.

    Raises
    ------
    LimitError
        If an area is too large for its few cells, or wider than a sheet.
    """
    blocks = find_blocks(grid)
    lone = [_is_lone(grid, block) for block in blocks]
    remarks = _remarks(grid, [block for block, one in zip(blocks, lone, strict=True) if one])
    if len(blocks) >= MANY_BLOCKS:
        for area in stacks(grid, [b for b, one in zip(blocks, lone, strict=True) if not one]):
            yield from _of_area(area, place, visible, why_unseen, [], remarks, names_of)
        return
    titles: list[str] = []
    for block, one in zip(blocks, lone, strict=True):
        if one:
            titles = [*titles, *_texts(grid, block)][-4:]
        area = area_of(grid, block)
        found = list(_of_area(area, place, visible, why_unseen, titles, remarks, names_of))
        if found and not one:
            titles = []
        yield from found


def of_columns(
    columns: list[pa.Array], rows: Ints, place: Place, *, visible: bool = True, why_unseen: str = ""
) -> Iterator[DraftTable]:
    """Find the tables of an area that no empty row or column cuts.

    Parameters
    ----------
    columns : list of pyarrow.Array of string
        One a column from the sheet's first on; null where a cell is empty.
    rows : int32 array, shape (n_rows,)
        Zero-based sheet row of each row of the columns.
    place, visible, why_unseen : Place, bool, str
        As in `find`.

    Yields
    ------
    DraftTable
        The same as `find` gives for the same cells.

    Raises
    ------
    LimitError
        If there are more columns than a sheet has.
    """
    yield from _of_area(area_of_columns(columns, rows), place, visible, why_unseen, [], ())


def _is_lone(grid: Grid, block: Block) -> bool:
    """Whether a block is a title or a note: one column of a few texts."""
    few = block.left == block.right and block.bottom - block.top < 3
    return few and not grid.numeric[block.index].any()


def _texts(grid: Grid, block: Block) -> list[str]:
    return [str(text) for text in grid.texts.take(pa.array(block.index)).to_pylist()]


def _remarks(grid: Grid, blocks: Sequence[Block]) -> tuple[str, ...]:
    found: list[str] = []
    for block in blocks[:_REMARKS]:
        found += [text[:_LONG] for text in _texts(grid, block)]
    return tuple(found)


def _of_area(
    area: Area,
    place: Place,
    visible: bool,
    why_unseen: str,
    titles: Sequence[str],
    remarks: tuple[str, ...],
    names_of: NamesOf = read_names,
) -> Iterator[DraftTable]:
    bands = find_bands(area)
    if bands is None:
        return
    above = tuple(text for text in (place.sheet, *titles, *bands.titles) if text)
    view = _view(area, bands, above, visible, names_of)
    cuts = [bands.start + cut for cut in split_rows(view)]
    if not cuts:
        yield _table(area, bands, view, place, visible, why_unseen, remarks)
        return
    upper = replace(bands, stop=cuts[0] - 1, totals=0)
    yield _table(
        area,
        upper,
        _view(area, upper, above, visible, names_of),
        place,
        visible,
        why_unseen,
        remarks,
    )
    for first, last in pairwise([*cuts, bands.stop + bands.totals + 1]):
        part = area.part(first, last)
        yield from _of_area(part, place, visible, why_unseen, [], remarks, names_of)


def _view(area: Area, bands: Bands, titles: tuple[str, ...], seen: bool, names_of: NamesOf) -> View:
    size = bands.stop + 1 - bands.start
    columns = tuple(column.slice(bands.start, size) for column in area.columns)
    heads = _headings(area, bands) if bands.headed else [""] * area.width
    above = range(bands.first, bands.start)
    rows = tuple(tuple(text or "" for text in area.row(i)) for i in above)
    return View(
        tuple(heads),
        columns,
        titles,
        bands.headed,
        rows if len(rows) > 1 else (),
        seen=seen,
        names_of=names_of,
    )


def _table(
    area: Area,
    bands: Bands,
    view: View,
    place: Place,
    visible: bool,
    why_unseen: str,
    remarks: tuple[str, ...],
) -> DraftTable:
    start, stop = bands.start, bands.stop
    names = column_names(area, bands.first, bands.start)
    judgement = judge(view)
    numbers = tuple(view.numbers)
    at = area.rows[start : stop + 1]
    consecutive = int(at[-1]) - int(at[0]) + 1 == len(at)
    end = int(area.rows[stop + (1 if bands.totals else 0)])
    left = area.left
    cells = range_name(int(area.rows[bands.first]), left, end, left + area.width - 1)
    below = [column.slice(stop + 1, bands.totals) for column in area.columns]
    return DraftTable(
        place=Place(place.part, place.sheet, cells, place.item, place.file, place.index),
        visible=visible,
        why_unseen="" if visible else why_unseen,
        kind=judgement.kind,
        reasons=judgement.reasons,
        names=tuple(names),
        data=pa.table(list(view.columns), names=names),
        origin=(int(at[0]), left),
        rows_at=None if consecutive else tuple(at.tolist()),
        totals=bands.totals,
        small_cells=small_cells(view, numbers, names, at, left)
        if judgement.kind == "counts"
        else (),
        total_rows=pa.table(below, names=names),
        headed=bands.headed,
        numbers=numbers,
        titles=view.titles,
        remarks=(*bands.titles, *bands.notes, *remarks),
    )


def _headings(area: Area, bands: Bands) -> list[str]:
    """Headings without the numbers that make equal ones distinct; empty where there is none."""
    named = column_names(area, bands.first, bands.start)
    found = []
    for j, name in enumerate(named):
        empty = all(area.columns[j][i].as_py() is None for i in range(bands.first, bands.start))
        found.append("" if empty and name == f"column {j + 1}" else name)
    return found


def small_cells(
    view: View, numbers: Sequence[NumberColumn], names: Sequence[str], rows: Ints, left: int
) -> tuple[SmallCell, ...]:
    """Cells of counts that hold 1 to 10, at most 20,000 of them.

    Parameters
    ----------
    view : View
        The table.
    numbers : sequence of NumberColumn
        What its columns of numbers are.
    names : sequence of str
        Its columns' names.
    rows : int array, shape (n_rows,)
        Zero-based sheet row of each data row.
    left : int
        Zero-based sheet column of the first column.
    """
    found: list[SmallCell] = []
    for one in numbers:
        if one.kind != "count":
            continue
        values = view.reads[one.index].column.values
        with np.errstate(invalid="ignore"):
            small = (values >= 1) & (values <= MOST_SMALL) & (values == np.floor(values))
        for i in np.flatnonzero(small).tolist():
            cell = cell_name(int(rows[i]), left + one.index)
            found.append(SmallCell(i, names[one.index], int(values[i]), cell))
            if len(found) >= _MANY:
                return tuple(found)
    return tuple(found)
