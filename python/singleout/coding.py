"""One Arrow column -> codes: 0 for null, 1..distinct for the values, in order of appearance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from singleout.errors import InputError

try:  # pyarrow.compute makes a wrapper for each of its functions, a fifth of the program's start
    from pyarrow._compute import call_function
except ImportError:
    from pyarrow.compute import call_function


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
    values : pyarrow.Array, length distinct
        ``values[code - 1]`` is the value of a code.
    """

    name: str
    codes: NDArray[np.uint32]
    distinct: int
    nulls: int
    values: Any

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
        If the column is nested (a list, a struct, a map, a union).

    Examples
    --------
    >>> coded = code("rank", pa.array(["PC", None, "Sergeant", "PC"]))
    >>> coded.codes.tolist(), coded.distinct, coded.nulls
    ([1, 0, 2, 1], 2, 1)
    """
    column = _plain(name, column)
    if pa.types.is_null(column.type):
        codes = np.zeros(len(column), dtype=np.uint32)
        return Coded(name, codes, 0, len(column), pa.nulls(0))
    if pa.types.is_dictionary(column.type):
        return _recode(name, column)
    try:
        encoded = call_function("dictionary_encode", [column])
    except (pa.ArrowNotImplementedError, pa.ArrowInvalid) as problem:
        raise InputError(_unusable(name, column.type)) from problem
    codes, nulls = _indices(encoded)
    return Coded(name, codes, len(encoded.dictionary), nulls, encoded.dictionary)


def _unusable(name: str, kind: Any) -> str:
    return (
        f"column '{name}' holds {kind} values, which cannot be compared as one field: leave it out "
        "(fields=...) or spread it over columns of its own"
    )


def _plain(name: str, column: Any) -> Any:
    """One array of a type that Arrow can encode."""
    if isinstance(column, pa.ChunkedArray):
        if pa.types.is_dictionary(column.type):
            column = column.unify_dictionaries()
        column = column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
        if isinstance(column, pa.ChunkedArray):  # more text than one array of 32-bit offsets holds
            column = _wide(column)
    if isinstance(column, pa.ExtensionArray):
        return _plain(name, column.storage)
    kind = column.type
    if pa.types.is_run_end_encoded(kind):
        import pyarrow.compute as pc

        return _plain(name, pc.run_end_decode(column))
    if pa.types.is_nested(kind):
        raise InputError(_unusable(name, kind))
    if pa.types.is_floating(kind):
        return _without_nan(column)
    if kind == pa.string_view():
        return column.cast(pa.large_string())
    if kind == pa.binary_view():
        return column.cast(pa.large_binary())
    return column


def _wide(column: Any) -> Any:
    large = pa.large_string() if pa.types.is_string(column.type) else pa.large_binary()
    return column.cast(large).combine_chunks()


def _without_nan(column: Any) -> Any:
    """NaN becomes null and -0.0 becomes 0.0."""
    if pa.types.is_float16(column.type):
        column = column.cast(pa.float32())
    numbers = np.array(column.to_numpy(zero_copy_only=False), copy=True)
    numbers += 0.0  # -0.0 + 0.0 is 0.0
    return pa.array(numbers, from_pandas=True)


def _indices(encoded: Any) -> tuple[NDArray[np.uint32], int]:
    """Index + 1, or 0 where the index is null."""
    indices = encoded.indices
    nulls = int(indices.null_count)
    kind = np.dtype(indices.type.to_pandas_dtype())
    data = indices.buffers()[1]
    start, n = indices.offset, len(indices)
    raw = np.frombuffer(data, dtype=kind, count=start + n)[start:] if n else np.empty(0, kind)
    codes = raw.astype(np.uint32)
    codes += np.uint32(1)
    if nulls:
        codes[~_valid(indices)] = 0
    return codes, nulls


def _valid(array: Any) -> NDArray[np.bool_]:
    start, n = array.offset, len(array)
    bits = np.frombuffer(array.buffers()[0], dtype=np.uint8, count=(start + n + 7) // 8)
    return np.unpackbits(bits, bitorder="little")[start : start + n].astype(bool)


def _recode(name: str, column: Any) -> Coded:
    """A column that came as a dictionary: its values may be unused, equal or null."""
    inner = code(name, column.dictionary)
    index, _ = _indices(column)
    code_of = np.concatenate([np.zeros(1, dtype=np.uint32), inner.codes])
    codes = code_of[index]
    used = np.zeros(inner.distinct + 1, dtype=bool)
    used[codes] = True
    used[0] = False
    place = np.cumsum(used, dtype=np.uint32)
    place[~used] = 0
    codes = place[codes]
    values = inner.values.filter(pa.array(used[1:]))
    return Coded(name, codes, int(used.sum()), int((codes == 0).sum()), values)
