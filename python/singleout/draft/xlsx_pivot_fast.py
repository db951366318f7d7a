"""Records of a pivot cache by whole-array steps over their bytes, where the markup is plain."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from lxml import etree

from singleout.draft.grid import Grid, numbers_among
from singleout.draft.limits import Budget
from singleout.draft.xlsx_fast import CHUNK, Unusual, check_gaps, follow, strings_between, tags
from singleout.draft.xml import local, parse, plain

Longs = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
_INDEX, _NUMBER, _MISSING = b"xnm"
_VALUES = tuple(b"xnsdbe")
_START = b' v="'
# Kinds of tags, and which may follow which
_OPEN, _END, _CELL = 1, 2, 3
_FOLLOWERS = {0: (_OPEN,), _OPEN: (_CELL, _END), _CELL: (_CELL, _END), _END: (_OPEN,)}


def fast_records(
    data: bytes, names: list[str], shared: list[list[str | None]], budget: Budget
) -> tuple[Grid, int] | None:
    """Read the records, or return None if the markup is unusual.

    Parameters
    ----------
    data : bytes
        The part `pivotCacheRecords` (18.10.1.67).
    names : list of str
        The stored fields' names: they become row 0.
    shared : list of list of str or None
        Each stored field's shared items.
    budget : Budget
        Charged for cells and time.

    Returns
    -------
    (Grid, int) or None
        The same as the reader of any valid part gives, and the number of records.
    """
    head = data[:200].lower()
    at, end = data.find(b"<r>"), data.rfind(b"</r>") + 4
    if at < 0 or end < at or (b"encoding" in head and b"utf-8" not in head) or not plain(data):
        return None
    # One record stands for all: where a parser takes it, it takes them
    try:
        rest = parse(data[:at] + b"<r/>" + data[end:], budget)
    except etree.XMLSyntaxError:  # damaged, or records in records: the parser tells
        return None
    texts = [rest.text, *(record.tail for record in rest)]
    if [local(record) for record in rest] != ["r"] or any(
        (text or "").strip(" \t\r\n") for text in texts
    ):
        return None
    items = pa.array([item for field in shared for item in field], pa.string())
    firsts = np.cumsum([0, *map(len, shared)])
    named = np.flatnonzero([bool(name) for name in names])
    pieces = [(np.zeros(len(named), np.int64), named, np.zeros(len(named), np.bool_))]
    texts, count = [pa.array([name for name in names if name], pa.string())], 0
    try:
        while at < end:
            stop = end if end - at <= CHUNK else data.rfind(b"</r>", at, at + CHUNK) + 4
            if stop < at + 4:
                return None
            records, rows, columns, kinds, values = _chunk(data[at:stop])
            budget.charge_cells(len(rows))
            inside = columns < len(names)
            rows, columns, kinds = rows[inside], columns[inside], kinds[inside]
            values, numeric = _resolved(
                columns, kinds, values.filter(pa.array(inside)), items, firsts
            )
            filled = pc.fill_null(pc.greater(pc.binary_length(values), 0), False)
            kept = filled.to_numpy(zero_copy_only=False)
            pieces.append((rows[kept] + count + 1, columns[kept], numeric[kept]))
            texts.append(values.filter(filled))
            count += records
            at = stop
    except (Unusual, IndexError, pa.ArrowInvalid):
        return None
    down, across, numeric = (np.concatenate(parts) for parts in zip(*pieces, strict=True))
    grid = Grid(down.astype(np.int32), across.astype(np.int32), pa.concat_arrays(texts), numeric)
    return grid, count


def _chunk(data: bytes) -> tuple[int, Longs, Longs, Bytes, pa.Array]:
    """Number of records; record, field, kind and text of each value."""
    # Zeros after the end let the steps below look ahead
    buffer = np.frombuffer(data + bytes(16), np.uint8)
    starts, ends = tags(buffer)
    one, two, length = buffer[starts + 1], buffer[starts + 2], ends - starts + 1
    opens = (one == ord("r")) & (length == 3)
    valued = np.isin(one, _VALUES) & (two == 32)
    missing = (one == _MISSING) & (two == 47) & (length == 4)
    kinds = np.zeros(len(starts), np.uint8)
    kinds[opens] = _OPEN
    kinds[(one == 47) & (two == ord("r")) & (length == 4)] = _END
    kinds[valued | missing] = _CELL
    follow(kinds, _FOLLOWERS, (_END,))
    check_gaps(data, buffer, starts, ends, np.zeros(len(starts), np.bool_))
    cells = valued | missing
    record = np.cumsum(opens) - 1
    # A cell's field is its place after its record's start
    order = np.cumsum(cells) - 1
    before = order[opens] + 1
    at = starts[valued]
    for i, letter in enumerate(_START):
        if (buffer[at + 2 + i] != letter).any():
            raise Unusual
    quotes = np.flatnonzero(buffer == 34)
    first = at + 2 + len(_START)
    place = np.searchsorted(quotes, first)
    last = quotes[place]
    if (buffer[last + 1] != 47).any() or (last + 2 != ends[valued]).any():
        raise Unusual
    breaks = np.flatnonzero((buffer == 9) | (buffer == 10))
    if (np.searchsorted(breaks, first) != np.searchsorted(breaks, last)).any():
        # A parser makes blanks of them
        raise Unusual
    rows = record[valued]
    columns = order[valued] - before[rows]
    return int(opens.sum()), rows, columns, one[valued], strings_between(buffer, first, last)


def _resolved(
    columns: Longs, kinds: Bytes, values: pa.Array, items: pa.Array, firsts: Longs
) -> tuple[pa.Array, npt.NDArray[np.bool_]]:
    """Put the shared items in place of their indices; tell which values are numbers."""
    by_index = kinds == _INDEX
    numeric = kinds == _NUMBER
    if not by_index.any():
        return values, numeric
    mask = pa.array(by_index)
    codes = pc.cast(values.filter(mask), pa.int64()).to_numpy(zero_copy_only=False)
    field = columns[by_index]
    index = codes + firsts[field]
    known = (codes >= 0) & (index < firsts[field + 1])
    taken = items.take(pa.array(np.where(known, index, 0), mask=~known))
    told = numbers_among(items)
    numeric[by_index] = known & np.append(told, False)[np.where(known, index, -1)]
    return pc.replace_with_mask(values, mask, taken), numeric
