"""Find the tables in a grid of cells: several on a sheet, titles above, totals and notes below."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from singleout.draft.classify import classify, small_cells
from singleout.draft.grid import Grid, Ints, Merge, distinct, numbers_among
from singleout.draft.keptback import counts_with_marks
from singleout.draft.limits import DEFAULT, LimitError
from singleout.draft.model import DraftTable, Place, range_name

__all__ = ["Grid", "find", "of_columns"]

_TOTAL = re.compile(
    r"(?i)^\s*(grand\s+|sub-?\s*|overall\s+)?(totals?|sum|overall|all|gesamt|summe|insgesamt|"
    r"total\s+général|totale?s?|somme|итого)\b[\s\w]{0,24}:?\s*$"
)
MOST_HEADER_ROWS = 4
_TYPED_SAMPLE = 200


@dataclass(frozen=True, slots=True)
class _Block:
    """Cells of one area: their indices in the grid, and the area's corners."""

    index: npt.NDArray[np.intp]
    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class _Area:
    """One table's cells as columns: their kinds (0 empty, 1 text, 2 number), where they are."""

    columns: list[pa.Array]
    kinds: npt.NDArray[np.int8]
    rows: Ints
    left: int
    merges: tuple[Merge, ...]


def find(
    grid: Grid, place: Place, *, visible: bool = True, why_unseen: str = ""
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

    Yields
    ------
    DraftTable
        One for each area of cells that is separated from others by empty rows or columns and has
        a row of data: at least two cells.

    Raises
    ------
    LimitError
        If an area is too large for its few cells, or wider than a sheet.
    """
    for block in _joined(grid, _blocks(grid)):
        table = _table(grid, block, place, visible, why_unseen)
        if table is not None:
            yield table


def _runs(sorted_values: Ints) -> list[tuple[int, int]]:
    """First and last of each run of consecutive values."""
    found = distinct(sorted_values)
    breaks = np.flatnonzero(np.diff(found) > 1)
    starts = np.concatenate(([0], breaks + 1))
    stops = np.concatenate((breaks, [len(found) - 1]))
    return [(int(found[a]), int(found[b])) for a, b in zip(starts, stops, strict=True)]


def _blocks(grid: Grid) -> list[_Block]:
    """Cut at empty rows, then at empty columns, until nothing is left to cut."""
    if not len(grid):
        return []
    done: list[_Block] = []
    open_: list[tuple[npt.NDArray[np.intp], bool, bool]] = [(np.arange(len(grid)), True, False)]
    while open_:
        index, by_rows, settled = open_.pop()
        axis = grid.rows if by_rows else grid.columns
        runs = _runs(axis[index])
        if len(runs) == 1 and settled:
            rows, columns = grid.rows[index], grid.columns[index]
            done.append(
                _Block(
                    index, int(rows.min()), int(columns.min()), int(rows.max()), int(columns.max())
                )
            )
            continue
        if len(runs) == 1:
            open_.append((index, not by_rows, True))
            continue
        values = axis[index]
        order = np.argsort(values, kind="stable")
        edges = np.searchsorted(values[order], [first for first, _ in runs])
        for piece in np.split(order, edges[1:]):
            open_.append((index[np.sort(piece)], not by_rows, False))
    done.sort(key=lambda block: (block.top, block.left))
    return done


def _joined(grid: Grid, blocks: list[_Block]) -> list[_Block]:
    """Put together what one empty row separates when the lower part continues the upper one."""
    result: list[_Block] = []
    last_by_columns: dict[tuple[int, int], int] = {}
    for block in blocks:
        key = (block.left, block.right)
        at = last_by_columns.get(key)
        if at is not None:
            above = result[at]
            if block.top - above.bottom == 2 and _continues(grid, above, block):
                index = np.concatenate((above.index, block.index))
                result[at] = _Block(index, above.top, above.left, block.bottom, above.right)
                continue
        last_by_columns[key] = len(result)
        result.append(block)
    return result


def _kinds(grid: Grid, block: _Block, row: int) -> list[int]:
    """Each column's kind in a row: 0 empty, 1 text, 2 number."""
    index = block.index[grid.rows[block.index] == row]
    kinds = [0] * (block.right - block.left + 1)
    for i in index.tolist():
        kinds[int(grid.columns[i]) - block.left] = 2 if grid.numeric[i] else 1
    return kinds


def _continues(grid: Grid, above: _Block, below: _Block) -> bool:
    """Whether the lower block's first row has the kinds of the upper one's last (not a header)."""
    if below.right == below.left:
        return False
    first, last = _kinds(grid, below, below.top), _kinds(grid, above, above.bottom)
    return first == last and 2 in first


def _dense(grid: Grid, block: _Block) -> tuple[list[pa.Array], npt.NDArray[np.int8], Ints]:
    """Columns of the block's texts, the kinds of its cells, the sheet row of each of its rows."""
    rows = distinct(grid.rows[block.index])
    width = block.right - block.left + 1
    _check_width(width)
    if len(rows) * width > DEFAULT.table_cells:
        raise LimitError("its cells are spread over too large an area", whole=False)
    at = np.searchsorted(rows, grid.rows[block.index])
    across = grid.columns[block.index] - block.left
    where = np.full((width, len(rows)), -1, np.int64)
    where[across, at] = block.index
    kinds = np.where(where < 0, 0, np.where(grid.numeric[where], 2, 1)).astype(np.int8)
    columns = [grid.texts.take(pa.array(line, mask=line < 0)) for line in where]
    return columns, kinds, rows.astype(np.int32)


def _check_width(width: int) -> None:
    if width > DEFAULT.table_columns:
        raise LimitError(f"a table has more than {DEFAULT.table_columns} columns", whole=False)


def _table(
    grid: Grid, block: _Block, place: Place, visible: bool, why_unseen: str
) -> DraftTable | None:
    columns, kinds, rows = _dense(grid, block)
    area = _Area(columns, kinds, rows, block.left, grid.merges)
    return _of_area(area, place, visible, why_unseen)


def of_columns(
    columns: list[pa.Array], rows: Ints, place: Place, *, visible: bool = True, why_unseen: str = ""
) -> DraftTable | None:
    """Find the one table of an area that no empty row or column cuts.

    Parameters
    ----------
    columns : list of pyarrow.Array of string
        One a column from the sheet's first on; null where a cell is empty.
    rows : int32 array, shape (n_rows,)
        Zero-based sheet row of each row of the columns.
    place, visible, why_unseen : Place, bool, str
        As in `find`.

    Returns
    -------
    DraftTable or None
        The same as `find` gives for the same cells.

    Raises
    ------
    LimitError
        If there are more columns than a sheet has.
    """
    _check_width(len(columns))
    kinds = np.zeros((len(columns), len(rows)), np.int8)
    for line, column in zip(kinds, columns, strict=True):
        line[column.is_valid().to_numpy(zero_copy_only=False)] = 1
        line[numbers_among(column)] = 2
    return _of_area(_Area(columns, kinds, rows, 0, ()), place, visible, why_unseen)


def _of_area(area: _Area, place: Place, visible: bool, why_unseen: str) -> DraftTable | None:
    columns, kinds, rows, left = area.columns, area.kinds, area.rows, area.left
    first, last = _without_titles_and_notes(kinds)
    header = _header_rows(columns, kinds, first, last)
    start = first + header
    stop, totals = _totals(columns, kinds, start, last)
    if stop < start or (stop == start and np.count_nonzero(kinds[:, start]) < 2 and not header):
        return None
    names = _names(area, first, start)
    data = pa.table([c.slice(start, stop + 1 - start) for c in columns], names=list(names))
    within = kinds[:, start : stop + 1]
    numeric = counts_with_marks(data, within, _numeric_columns(within))
    kind, reasons = classify(data, numeric, headed=header > 0)
    at = rows[start : stop + 1]
    consecutive = int(at[-1]) - int(at[0]) + 1 == len(at)
    small = small_cells(data, numeric, at.tolist(), left) if kind == "counts" else ()
    end = int(rows[stop + (1 if totals else 0)])
    cells = range_name(int(rows[first]), left, end, left + len(columns) - 1)
    return DraftTable(
        place=Place(place.part, place.sheet, cells, place.item, place.file, place.index),
        visible=visible,
        why_unseen="" if visible else why_unseen,
        kind=kind,
        reasons=reasons,
        names=tuple(names),
        data=data,
        origin=(int(at[0]), left),
        rows_at=None if consecutive else tuple(at.tolist()),
        totals=totals,
        small_cells=small,
        total_rows=pa.table([c.slice(stop + 1, totals) for c in columns], names=list(names)),
    )


def _without_titles_and_notes(kinds: npt.NDArray[np.int8]) -> tuple[int, int]:
    """First and last row that are neither title nor note (one cell in a wide block)."""
    width, height = kinds.shape
    filled = np.count_nonzero(kinds, axis=0)
    first, last = 0, height - 1
    if width >= 2 and int(filled.max()) >= 2:
        while first < last and filled[first] <= 1 and kinds[:, first].max() < 2:
            first += 1
        while last > first and filled[last] <= 1 and kinds[:, last].max() < 2:
            last -= 1
    return first, last


def _numeric_columns(kinds: npt.NDArray[np.int8]) -> npt.NDArray[np.bool_]:
    """Columns whose filled cells are mostly (70 %) numbers."""
    filled = np.count_nonzero(kinds, axis=1)
    numbers = np.count_nonzero(kinds == 2, axis=1)
    return np.asarray((filled > 0) & (numbers >= 0.7 * filled), np.bool_)


def _header_rows(
    columns: list[pa.Array], kinds: npt.NDArray[np.int8], first: int, last: int
) -> int:
    """How many rows from `first` on are header rows."""
    height = last - first + 1
    if height < 2:
        return 0
    sample = slice(min(first + MOST_HEADER_ROWS, last), min(last + 1, first + _TYPED_SAMPLE))
    typed = _numeric_columns(kinds[:, sample])
    if typed.any():
        count = 0
        while count < min(MOST_HEADER_ROWS, height - 1):
            line = kinds[typed, first + count]
            if (line == 2).any() or not (kinds[:, first + count] == 1).any():
                break
            count += 1
        if count:
            return count
        return int(_years(columns, kinds, first))
    texts = [column[first].as_py() for column in columns]
    filled = [text for text in texts if text is not None]
    if len(filled) < max(1, len(texts) - 1) or len(set(filled)) < len(filled):
        return 0
    if kinds[:, first].max() == 2:
        return 0
    for column, text in zip(columns, texts, strict=True):
        below = column.slice(first + 1, min(last - first, 1000)).to_pylist()
        if text is not None and text in below:
            return 0
    return 1


def _years(columns: list[pa.Array], kinds: npt.NDArray[np.int8], row: int) -> bool:
    """A first row whose numbers are all different years is a header too."""
    years = []
    for column, kind in zip(columns, kinds[:, row], strict=True):
        text = column[row].as_py()
        if kind == 2:
            if not re.fullmatch(r"(19|20)\d\d(\.0)?", text):
                return False
            years.append(text)
    return len(years) >= 2 and len(set(years)) == len(years)


def _totals(
    columns: list[pa.Array], kinds: npt.NDArray[np.int8], start: int, last: int
) -> tuple[int, int]:
    """Last row of data, and how many rows of totals follow it."""
    stop = last
    while stop > start:
        label = next((c[stop].as_py() for c in columns if c[stop].is_valid), "")
        if not (_TOTAL.match(label) and (kinds[:, stop] == 2).any()):
            break
        stop -= 1
    return stop, last - stop


def _names(area: _Area, first: int, start: int) -> list[str]:
    """One distinct name a column, from all header rows; a merged one names all columns under it."""
    columns, rows, left = area.columns, area.rows, area.left
    right, above = left + len(columns) - 1, int(rows[0])
    across: dict[tuple[int, int], tuple[int, int]] = {}
    heads = rows[first:start].tolist()
    for top, begin, bottom, stop in area.merges if heads else ():
        if above <= top <= heads[-1] and stop - begin < 1000 and bottom - top < 1000:
            for row in (head for head in heads if top <= head <= bottom):
                for column in range(begin, stop + 1):
                    across[row, column] = (top, begin)
    at = {int(row): i for i, row in enumerate(rows[:start])}
    names: list[str] = []
    for j in range(left, right + 1):
        words: list[str] = []
        for i in range(first, start):
            row, column = across.get((int(rows[i]), j), (int(rows[i]), j))
            if row not in at or not left <= column <= right:
                continue
            text = columns[column - left][at[row]].as_py()
            if text is not None and text.strip() and text.strip() not in words:
                words.append(" ".join(text.split()))
        names.append(" ".join(words) or f"column {j - left + 1}")
    return _distinct(names)


def _distinct(names: list[str]) -> list[str]:
    seen: dict[str, int] = {}
    taken = set(names)
    result = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        new = name
        while seen[name] > 1 and new in taken:
            new = f"{name} ({seen[name]})"
            seen[name] += new in taken
        taken.add(new)
        result.append(new)
    return result
