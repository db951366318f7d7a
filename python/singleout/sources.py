"""Any table -> an Arrow table, and a result back into the kind of frame that came."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa

from singleout.errors import InputError
from singleout.table import check_names

# Turns a result (an Arrow table) into the caller's kind of frame.
Back = Callable[[pa.Table], Any]

# What pyarrow raises on values that it has no type for
_NOT_ARROW = (
    pa.ArrowInvalid,
    pa.ArrowTypeError,
    pa.ArrowNotImplementedError,
    TypeError,
    OverflowError,
    UnicodeError,
)
KINDS = (
    "a pandas, polars or pyarrow frame, a duckdb relation, a dict of lists, the path of a CSV, "
    "Parquet or Arrow file, or anything with __arrow_c_stream__"
)


@dataclass(frozen=True, slots=True)
class Source:
    """An input as an Arrow table.

    Parameters
    ----------
    table : pyarrow.Table
        The columns.
    back : callable
        Turns an Arrow table into the kind of frame that the input was.
    name : str
        The file's name; empty for a frame in memory.
    notes : tuple of str
        What the reader of the results must know of how the input was read.
    """

    table: pa.Table
    back: Back
    name: str = ""
    notes: tuple[str, ...] = ()


def open_source(data: Any) -> Source:
    """Take any table.

    Parameters
    ----------
    data : frame, mapping or path
        A pandas, polars or pyarrow frame, a duckdb relation, a dict of lists, the path of a CSV,
        TSV, Parquet or Arrow IPC file, or anything with ``__arrow_c_stream__``.

    Returns
    -------
    Source
        The Arrow table, and the way back to the same kind.

    Raises
    ------
    InputError
        If it is none of these, or a column cannot be read.

    Examples
    --------
    >>> open_source({"rank": ["PC", "Sergeant"]}).table.num_rows
    2
    """
    if isinstance(data, Source):
        return data
    if isinstance(data, (str, os.PathLike)):
        from singleout.files import read_file

        return read_file(data)
    if isinstance(data, pa.Table):
        return Source(data, _as_is)
    if isinstance(data, pa.RecordBatch):
        return Source(pa.Table.from_batches([data]), _as_is)
    if isinstance(data, Mapping):
        return Source(_from_mapping(data), _to_mapping)
    return _from_frame(data)


def _as_is(table: pa.Table) -> pa.Table:
    return table


def _to_mapping(table: pa.Table) -> dict[str, list[Any]]:
    result: dict[str, list[Any]] = table.to_pydict()
    return result


def _from_mapping(data: Mapping[Any, Any]) -> pa.Table:
    names = [str(name) for name in data]
    check_names(names)
    columns = [_array(name, values) for name, values in zip(names, data.values(), strict=True)]
    lengths = {len(column) for column in columns}
    if len(lengths) > 1:
        first = len(columns[0])
        at = next(i for i, column in enumerate(columns) if len(column) != first)
        raise InputError(
            f"column '{names[at]}' has {len(columns[at]):,} values but '{names[0]}' has {first:,}: "
            "every column needs one value a row"
        )
    return pa.table(columns, names=names)


def _array(name: str, values: Any) -> Any:
    if isinstance(values, (pa.Array, pa.ChunkedArray)):
        return values
    try:
        return pa.array(values)
    except _NOT_ARROW:
        raise InputError(
            f"column '{name}' mixes kinds of value (text with numbers, say), or holds what "
            "Arrow does not (a number of more than 64 bits, broken text): make it one kind, "
            "for example text"
        ) from None


def _from_frame(data: Any) -> Source:
    import narwhals as nw

    if nw.dependencies.is_pandas_dataframe(data):
        return Source(_from_pandas(data), _to_pandas)
    if nw.dependencies.is_polars_dataframe(data):
        return Source(_from_polars(data), _to_polars)
    try:
        frame = nw.from_native(data)
    except TypeError:  # not one of the kinds that narwhals knows
        pass
    else:
        return _from_narwhals(data, frame)
    if hasattr(data, "__arrow_c_stream__"):
        with contextlib.suppress(pa.ArrowInvalid):  # a stream of single values, not of rows
            return Source(pa.table(data), _as_is)
    raise InputError(f"{type(data).__name__} is not a table that singleout can take: give {KINDS}")


def _from_narwhals(data: Any, frame: Any) -> Source:
    import narwhals as nw

    backend = frame.implementation
    if nw.dependencies.is_duckdb_relation(data):
        return Source(data.to_arrow_table(), _to_duckdb)
    if isinstance(frame, nw.LazyFrame):
        table = frame.collect("pyarrow").to_native()
        native = backend if backend is nw.Implementation.POLARS else nw.Implementation.PYARROW
    else:
        check_names([str(name) for name in frame.columns])
        table = frame.to_arrow()
        native = backend

    def back(result: pa.Table) -> Any:
        return nw.from_arrow(result, backend=native).to_native()

    return Source(table, back)


def _to_duckdb(table: pa.Table) -> Any:
    import duckdb

    return duckdb.from_arrow(table)


def _from_polars(data: Any) -> pa.Table:
    """Text as views, as polars keeps it: nothing is copied."""
    import polars as pl

    for name, kind in data.schema.items():
        if kind == pl.Object:
            raise InputError(
                f"column '{name}' holds Python objects, which cannot be told apart by value: make "
                "it one kind, for example text"
            )
    try:
        table: pa.Table = data.to_arrow(compat_level=pl.CompatLevel.newest())
    except pa.ArrowInvalid:  # a kind that only polars has
        name = next(name for name in data.columns if not _exported(data.select(name)))
        raise InputError(
            f"column '{name}' holds {data.schema[name]} values, which Arrow does not have: cast it "
            "to Int64, Decimal or text"
        ) from None
    return table


def _exported(data: Any) -> bool:
    import polars as pl

    try:
        data.to_arrow(compat_level=pl.CompatLevel.newest())
    except pa.ArrowInvalid:
        return False
    return True


def _to_polars(table: pa.Table) -> Any:
    import polars as pl

    return pl.from_arrow(table)


def _from_pandas(data: Any) -> pa.Table:
    names = [str(name) for name in data.columns]
    check_names(names)
    columns = []
    for place, name in enumerate(names):
        column = data.iloc[:, place]
        try:
            columns.append(pa.Array.from_pandas(column))
        except _NOT_ARROW:
            raise InputError(
                f"column '{name}' mixes kinds of value (text with numbers, say), or holds what "
                "Arrow does not (a number of more than 64 bits, broken text): make it one kind, "
                f"for example data['{name}'].astype('string')"
            ) from None
    return pa.table(columns, names=names)


def _to_pandas(table: pa.Table) -> Any:
    import pandas as pd

    columns: dict[str, Any] = {}
    for name in table.column_names:
        column = table.column(name)
        if pa.types.is_list(column.type):
            lists = _lists(column.combine_chunks())
            columns[name] = np.fromiter(lists, dtype=object, count=len(lists))
        elif _is_number(column.type) and not column.null_count:
            columns[name] = column.to_numpy()  # the same, and ten times as fast
        else:
            columns[name] = column.to_pandas()
    return pd.DataFrame(columns)


def _is_number(kind: Any) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind))


def _lists(column: Any) -> list[list[str] | None]:
    """Lists of names: the same few texts again and again, so each is made once."""
    coded = column.values.dictionary_encode()
    names = coded.dictionary.to_pylist()
    texts = [names[i] for i in coded.indices.to_numpy().tolist()]
    offsets = column.offsets.to_numpy().tolist()
    lists: list[list[str] | None] = [texts[a:b] for a, b in pairwise(offsets)]
    if column.null_count:
        for row in column.is_null().to_numpy(zero_copy_only=False).nonzero()[0].tolist():
            lists[row] = None
    return lists
