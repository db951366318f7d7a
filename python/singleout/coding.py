"""Arrow columns -> codes: 0 for null, 1..distinct for the values.

They are in order of appearance, those of a dictionary or of runs in the order of its values.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from singleout import _core
from singleout.errors import InputError

try:  # pyarrow.compute makes a wrapper for each of its functions, a fifth of the program's start
    from pyarrow._compute import call_function
except ImportError:
    from pyarrow.compute import call_function

# What views become
_OFFSETS = {pa.string_view(): pa.large_string(), pa.binary_view(): pa.large_binary()}
_MANY_CELLS = 50_000  # below this, threads cost more than they bring
_AT_ONCE = 1_000_000  # cells a thread between two looks at whether the user has had enough
# Whoever writes a file cannot choose values that are slow to tell apart; codes do not depend on it
_SEED = int.from_bytes(os.urandom(8), "little")


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """A column as codes.

    Parameters
    ----------
    name : str
        The column's name.
    codes : ndarray of uint32, shape (rows,)
        0 for null, else 1..distinct; every code up to `distinct` occurs.
    distinct : int
        How many values there are besides null.
    nulls : int
        How many rows are null.
    take : callable
        Gives `values`.
    """

    name: str
    codes: NDArray[np.uint32]
    distinct: int
    nulls: int
    take: Callable[[], Any]

    @property
    def values(self) -> Any:
        """A pyarrow.Array, length distinct: ``values[code - 1]`` is the value of a code.

        Views come as text with 64-bit offsets, half floats as floats, extension types as what they
        are stored as. The array is made each time that it is asked for: few ask.
        """
        return self.take()

    @property
    def nullable(self) -> bool:
        """Whether a row is null."""
        return self.nulls > 0


def code(name: str, column: Any) -> Coded:
    """Give every distinct value of an Arrow column a number.

    Equal means equal as the type says: ``"7"`` and ``"07"`` differ, 0.0 and -0.0 do not, NaN is
    null.

    Parameters
    ----------
    name : str
        The column's name, for the result and for errors.
    column : pyarrow.Array or pyarrow.ChunkedArray
        Any type but nested ones.

    Returns
    -------
    Coded
        The codes; they do not share memory with the column.

    Raises
    ------
    InputError
        If the column is nested (a list, a struct, a map, a union), or refers to what is outside it.

    Examples
    --------
    >>> coded = code("rank", pa.array(["PC", None, "Sergeant", "PC"]))
    >>> coded.codes.tolist(), coded.distinct, coded.nulls
    ([1, 0, 2, 1], 2, 1)
    """
    return code_all([(name, column)], 1)[0]


def code_all(columns: Sequence[tuple[str, Any]], threads: int) -> list[Coded]:
    """Give every distinct value of each of several Arrow columns a number.

    Parameters
    ----------
    columns : sequence of (str, pyarrow.Array or pyarrow.ChunkedArray)
        What `code` takes.
    threads : int
        How many columns may be coded at a time.

    Returns
    -------
    list of Coded
        In the same order.

    Raises
    ------
    InputError
        If a column is nested, or refers to what is outside it.

    Examples
    --------
    >>> columns = [("rank", pa.array(["PC", "PC"])), ("year", pa.array([2001, 1999]))]
    >>> [coded.distinct for coded in code_all(columns, 2)]
    [1, 2]
    """
    coded: dict[int, Coded] = {}
    waiting: dict[int, _Laid] = {}
    cells = 0

    def code_waiting() -> None:
        coded.update(zip(waiting, _code_laid(list(waiting.values()), threads), strict=True))
        waiting.clear()

    for place, (name, column) in enumerate(columns):
        plain = _plain(name, column)
        if done := _referred(name, plain):
            coded[place] = done
            continue
        waiting[place] = _lay(name, plain)
        cells += len(plain)
        if cells >= _AT_ONCE * threads and len(waiting) >= threads:
            code_waiting()
            cells = 0
    code_waiting()
    return [coded[place] for place in range(len(columns))]


def _referred(name: str, column: Any) -> Coded | None:
    """Nulls, and columns whose cells refer to values."""
    if pa.types.is_null(column.type):
        codes = np.zeros(len(column), dtype=np.uint32)
        return Coded(name, codes, 0, len(column), lambda: pa.nulls(0))
    if pa.types.is_dictionary(column.type):
        parts = [(chunk.dictionary, _places(name, chunk)) for chunk in column.chunks]
        return _recode(name, parts, column.type.value_type)
    if pa.types.is_run_end_encoded(column.type):
        runs = [(chunk.values, _runs(chunk)) for chunk in column.chunks]
        return _recode(name, runs, column.type.value_type)
    return None


class _Laid(NamedTuple):
    """A column whose cells the core reads."""

    name: str
    kind: Any
    chunks: list[Any]
    laid: tuple[Any, ...]
    codes: NDArray[np.uint32]
    first: NDArray[np.uint32]


def _lay(name: str, column: Any) -> _Laid:
    cells, width = _layout(name, column.type)
    chunks = [chunk for chunk in column.chunks if len(chunk)]
    laid = tuple(_laid(chunk, cells, width) for chunk in chunks)
    codes, first = (np.empty(len(column), dtype=np.uint32) for _ in range(2))
    return _Laid(name, column.type, chunks, laid, codes, first)


def _code_laid(columns: Sequence[_Laid], threads: int) -> list[Coded]:
    if sum(len(c.codes) for c in columns) < _MANY_CELLS:
        threads = 1
    found = _core.code_columns(tuple((c.laid, c.codes, c.first) for c in columns), _SEED, threads)
    return [_coded(column, counts) for column, counts in zip(columns, found, strict=True)]


def _coded(column: _Laid, counts: tuple[int, int] | None) -> Coded:
    if counts is None:
        raise _damaged(column.name)
    rows = column.first[: counts[0]].copy()
    kind, chunks = column.kind, column.chunks
    return Coded(column.name, column.codes, *counts, lambda: _values(kind, chunks, rows))


def _damaged(name: str) -> InputError:
    return InputError(
        f"column '{name}' is damaged: it refers to what is outside it; write the table anew"
    )


def _unusable(name: str, kind: Any) -> str:
    return (
        f"column '{name}' holds {kind} values, which cannot be compared as one field: leave it out "
        "(fields=...) or spread it over columns of its own"
    )


def _plain(name: str, column: Any) -> Any:
    """A chunked column of a type that the core reads, of nulls, or of references to values."""
    if not isinstance(column, pa.ChunkedArray):
        column = pa.chunked_array([column])
    kind = column.type
    if isinstance(kind, pa.BaseExtensionType):
        storages = [chunk.storage for chunk in column.chunks]
        return _plain(name, pa.chunked_array(storages, kind.storage_type))
    if pa.types.is_run_end_encoded(kind) or pa.types.is_dictionary(kind):
        return column
    if pa.types.is_nested(kind):
        raise InputError(_unusable(name, kind))
    if pa.types.is_float16(kind):
        return column.cast(pa.float32())
    return column.cast(pa.binary()) if kind == pa.binary(0) else column


# How Arrow lays out values of variable size, by the names of their types
_TEXTS = {
    "string": _core.TEXT_32,
    "binary": _core.TEXT_32,
    "large_string": _core.TEXT_64,
    "large_binary": _core.TEXT_64,
    "string_view": _core.VIEWS,
    "binary_view": _core.VIEWS,
}


def _layout(name: str, kind: Any) -> tuple[int, int]:
    """How the core is to read a type, and its bytes a value (a truth value is made a byte)."""
    if str(kind) in _TEXTS:
        return _TEXTS[str(kind)], 0
    if pa.types.is_floating(kind):
        return _core.FLOATS, kind.bit_width // 8
    if pa.types.is_boolean(kind):
        return _core.FIXED, 1
    try:
        return _core.FIXED, kind.bit_width // 8
    except ValueError:
        raise InputError(_unusable(name, kind)) from None


def _laid(chunk: Any, cells: int, width: int) -> tuple[int, int, int, int, Any, Any, Any]:
    """Where a chunk's cells lie, as the core takes it."""
    if pa.types.is_boolean(chunk.type):
        chunk = chunk.cast(pa.uint8())
    valid, values, *data = chunk.buffers()
    if not chunk.null_count:
        valid = None
    return cells, width, chunk.offset, len(chunk), valid, values, tuple(data)


def _values(kind: Any, chunks: list[Any], first: NDArray[np.uint32]) -> Any:
    """The values in the rows in which they first appear, which are in order."""
    ends = np.cumsum([len(chunk) for chunk in chunks])
    cuts = np.searchsorted(first, ends)
    parts, start, row = [], 0, 0
    for chunk, cut, end in zip(chunks, cuts.tolist(), ends.tolist(), strict=True):
        parts.append(_taken(chunk, first[start:cut] - np.uint32(row)))
        start, row = cut, end
    values = _joined(parts) if parts else without_views(pa.nulls(0, kind))
    if pa.types.is_floating(kind):
        return arrow(values.to_numpy() + 0.0, values.type)  # -0.0 + 0.0 is 0.0
    return values


def _joined(parts: list[Any]) -> Any:
    """One array; of text with 64-bit offsets where 32 bits do not reach its end."""
    kind = parts[0].type
    if str(kind) in ("string", "binary") and sum(part.nbytes for part in parts) >= 1 << 31:
        large = pa.large_string() if str(kind) == "string" else pa.large_binary()
        parts = [part.cast(large) for part in parts]
    return pa.concat_arrays(parts)


def arrow(numbers: NDArray[Any], kind: Any) -> Any:
    """An array of these numbers; pa.array() would import pandas where it is installed, for long."""
    return pa.Array.from_buffers(kind, len(numbers), [None, pa.py_buffer(numbers)])


def without_views(column: Any) -> Any:
    """Text as offsets and bytes, which all of Arrow's functions take; of views few do.

    Parameters
    ----------
    column : pyarrow.Array or pyarrow.ChunkedArray
        Any type.

    Returns
    -------
    pyarrow.Array or pyarrow.ChunkedArray
        The column itself unless it, or the dictionary that it refers to, is of views.
    """
    kind = column.type
    if pa.types.is_dictionary(kind) and kind.value_type in _OFFSETS:
        values = _OFFSETS[kind.value_type]
        return column.cast(pa.dictionary(kind.index_type, values, kind.ordered))
    return column.cast(_OFFSETS[kind]) if kind in _OFFSETS else column


def _taken(chunk: Any, rows: NDArray[np.uint32]) -> Any:
    """Some rows of a chunk; of views, which Arrow cannot take, as text with offsets."""
    if chunk.type not in _OFFSETS:
        return call_function("take", [chunk, arrow(rows, pa.uint32())])
    _, views, *data = chunk.buffers()
    chosen = np.frombuffer(views, dtype="V16")[chunk.offset :][rows]
    buffers = [None, pa.py_buffer(chosen), *data]
    return without_views(pa.Array.from_buffers(chunk.type, len(rows), buffers))


def _places(name: str, chunk: Any) -> NDArray[np.int64]:
    """Where in its dictionary each cell's value is; -1 where it has none."""
    indices = chunk.indices
    start, n = indices.offset, len(indices)
    if not n:
        return np.empty(0, np.int64)
    kind = np.dtype(indices.type.to_pandas_dtype())
    raw = np.frombuffer(indices.buffers()[1], dtype=kind, count=start + n)[start:]
    places = raw.astype(np.int64)
    here = _valid(indices) if indices.null_count else np.ones(n, bool)
    if ((places[here] < 0) | (places[here] >= len(chunk.dictionary))).any():
        raise _damaged(name)
    places[~here] = -1
    return places


def _runs(chunk: Any) -> NDArray[np.int64]:
    """Which run each cell is in."""
    rows = np.arange(chunk.offset, chunk.offset + len(chunk))
    ends: NDArray[np.int64] = chunk.run_ends.to_numpy()
    return np.searchsorted(ends, rows, side="right").astype(np.int64)


def _valid(array: Any) -> NDArray[np.bool_]:
    start, n = array.offset, len(array)
    bits = np.frombuffer(array.buffers()[0], dtype=np.uint8, count=(start + n + 7) // 8)
    return np.unpackbits(bits, bitorder="little")[start : start + n].astype(bool)


def _recode(name: str, parts: list[tuple[Any, NDArray[np.int64]]], kind: Any) -> Coded:
    """Cells that refer to values, which may be unused, equal or null; chunk by chunk."""
    inner = code(name, pa.chunked_array([values for values, _ in parts], kind))
    code_of = np.concatenate([np.zeros(1, dtype=np.uint32), inner.codes])
    base, pieces = 1, [np.empty(0, np.uint32)]
    for values, places in parts:
        pieces.append(code_of[np.where(places < 0, 0, places + base)])
        base += len(values)
    codes = np.concatenate(pieces)
    used = np.zeros(inner.distinct + 1, dtype=bool)
    used[codes] = True
    used[0] = False
    place = np.cumsum(used, dtype=np.uint32)
    place[~used] = 0
    codes = place[codes]
    kept = np.flatnonzero(used[1:]).astype(np.uint32)

    def take() -> Any:
        return call_function("take", [inner.values, arrow(kept, pa.uint32())])

    return Coded(name, codes, len(kept), int((codes == 0).sum()), take)
