"""Headings that are values: a file without headings begins with somebody's row."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pyarrow as pa

from singleout.base.printable import printable
from singleout.sources import Source

_LOOKED_AT = 500  # rows, to tell whether the first is a heading
_NOTE = "The first row holds values, so that its columns are named by their number here."


def without_values(source: Source) -> tuple[Source, dict[str, str]]:
    """Return a table whose columns' names show no value, and what each name has become.

    A name that looks like a value is masked, as `review` masks it. Where the first row is one of
    values, as the reader of drafts tells it, all of them are called by their number.

    Parameters
    ----------
    source : Source
        A table that was read from a file.

    Returns
    -------
    Source
        The same under names that can be shown.
    dict of str to str
        Old name to new, for names that a caller gives.

    Examples
    --------
    >>> table = pa.table({"jane.smith@example.org": ["owen@example.org"], "Rank": ["PC"]})
    >>> without_values(Source(table, lambda t: t))[0].table.column_names
    ['column 1 (name masked)', 'Rank']
    """
    from singleout.draft.words import column_names

    old = list(source.table.column_names)
    masked = column_names(old)
    notes = source.notes
    if (masked != old or _recur(source.table)) and _values_above(source.table):
        new = [f"column {i}" for i in range(1, len(old) + 1)]
        notes = (*notes, _NOTE)
    else:
        new = [
            printable(name) if name == before else f"column {i} {name}"
            for i, (name, before) in enumerate(zip(masked, old, strict=True), 1)
        ]
    named = dict(zip(old, new, strict=True))
    if new == old:
        return source, named
    return replace(source, table=source.table.rename_columns(new), notes=notes), named


def _recur(table: Any) -> bool:
    """Whether a column's name is among its own values."""
    return any(
        name in column.slice(0, _LOOKED_AT).to_pylist()
        for name, column in zip(table.column_names, table.columns, strict=True)
    )


def _values_above(table: Any) -> bool:
    """Whether the reader of drafts takes the names for a row of values."""
    from pyarrow import csv

    from singleout.draft import inspect

    sink = pa.BufferOutputStream()
    csv.write_csv(table.slice(0, _LOOKED_AT), sink)
    tables = inspect(sink.getvalue().to_pybytes(), name="rows.csv").tables
    return bool(tables) and not tables[0].headed
