"""Columns of a table -> the coded table that the core walks."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from singleout import _core
from singleout.coding import Coded, code_all
from singleout.errors import InputError

MOST_PEOPLE = _core.MAX_PEOPLE


@dataclass(frozen=True, slots=True, eq=False)
class CodedTable:
    """A table as codes.

    Parameters
    ----------
    columns : tuple of Coded
        The fields, in the table's order.
    rows : int
        How many rows.
    counts : ndarray of uint32, shape (rows,), or None
        How many people each row stands for; None: one each.
    """

    columns: tuple[Coded, ...]
    rows: int
    counts: NDArray[np.uint32] | None = None

    @property
    def people(self) -> int:
        """How many people the rows stand for."""
        return self.rows if self.counts is None else int(self.counts.sum(dtype=np.uint64))

    @property
    def names(self) -> tuple[str, ...]:
        """The fields' names."""
        return tuple(column.name for column in self.columns)

    def core(self, places: Sequence[int]) -> _core.Table:
        """Return the core's view of some of the fields, by their places."""
        chosen = (self.columns[place] for place in places)
        columns = tuple((column.codes, column.distinct, column.nullable) for column in chosen)
        return _core.Table(columns, self.rows, self.counts)


def usable_threads() -> int:
    """Return how many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def code_table(
    table: pa.Table, fields: Sequence[str] | None, counts: str | None, threads: int
) -> CodedTable:
    """Code the chosen columns of an Arrow table.

    Parameters
    ----------
    table : pyarrow.Table
        At least one row; at most 2^32 - 2.
    fields : sequence of str, optional
        Names of the fields; all but `counts` when left out.
    counts : str, optional
        The column of positive integers that says how many people a row stands for.
    threads : int
        How many columns may be coded at a time.

    Returns
    -------
    CodedTable
        Columns in the table's order, whatever the order of `fields`.

    Raises
    ------
    InputError
        If a name is unknown or doubled, the table is empty or too long, a count is not usable or
        a column is nested.

    Examples
    --------
    >>> coded = code_table(pa.table({"rank": ["PC", "PC"], "n": [3, 1]}), None, "n", 1)
    >>> coded.names, coded.people
    (('rank',), 4)
    """
    names = table.column_names
    check_names(names)
    if table.num_rows == 0:
        raise InputError("the table has a header but no rows: there is nobody in it to measure")
    if table.num_rows > MOST_PEOPLE:
        raise InputError(
            f"the table has {table.num_rows:,} rows; at most {MOST_PEOPLE:,} can be measured at a "
            "time: measure parts of it, or count equal rows first (counts=...)"
        )
    weights = None if counts is None else _counts(table, counts)
    places = _places(names, fields, counts)
    if len(places) > _core.MAX_FIELDS:
        raise InputError(
            f"{len(places):,} fields; at most {_core.MAX_FIELDS:,} can be measured: choose some "
            "with fields=..."
        )

    columns = code_all([(names[place], table.column(place)) for place in places], threads)
    return CodedTable(tuple(columns), table.num_rows, weights)


def check_names(names: Sequence[str]) -> None:
    """Raise InputError unless there is a column and every column has a name of its own."""
    if not names:
        raise InputError("the table has no columns")
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise InputError(f"two columns are named '{name}': rename one of them")
        seen.add(name)


def unknown_field(name: str, names: Sequence[str]) -> InputError:
    """Return the error for a name that no column has, the nearest names offered."""
    from difflib import get_close_matches

    folded = {other.casefold(): other for other in reversed(names)}
    near = [folded[key] for key in get_close_matches(str(name).casefold(), list(folded), 3, 0.5)]
    offer = "did you mean " + " or ".join(f"'{other}'" for other in near) + "?" if near else ""
    if not offer:
        listed = ", ".join(names[:8]) + (" ..." if len(names) > 8 else "")
        offer = f"the columns are: {listed}"
    return InputError(f"there is no column '{name}': {offer}")


def _places(names: Sequence[str], fields: Sequence[str] | None, counts: str | None) -> list[int]:
    if fields is None:
        places = [place for place, name in enumerate(names) if name != counts]
        if not places:
            raise InputError(f"besides '{counts}' the table has no columns")
        return places
    if isinstance(fields, str):
        raise InputError(f"fields must be a list of names: fields=['{fields}']")
    place_of = {name: place for place, name in enumerate(names)}
    chosen: set[int] = set()
    for name in fields:
        if name not in place_of:
            raise unknown_field(name, names)
        if name == counts:
            raise InputError(
                f"'{name}' says how many people a row stands for: take it out of fields"
            )
        if place_of[name] in chosen:
            raise InputError(f"fields names '{name}' twice")
        chosen.add(place_of[name])
    if not chosen:
        raise InputError("fields is empty: name at least one, or leave it out for all columns")
    return sorted(chosen)


def _counts(table: pa.Table, name: str) -> NDArray[np.uint32]:
    if name not in table.column_names:
        raise unknown_field(name, table.column_names)
    column = table.column(name)
    remedy = "give every row how many people it stands for, a whole number from 1"
    if column.null_count:
        row = column.is_null().index(pa.scalar(True)).as_py()
        raise InputError(f"column '{name}', row {row + 1}: no count; {remedy}")
    try:
        numbers = column.cast(pa.int64()).to_numpy()
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        raise InputError(
            f"column '{name}' holds something that is not a whole number; {remedy}"
        ) from None
    if numbers.min() < 1:
        row = int(np.argmax(numbers < 1))
        raise InputError(f"column '{name}', row {row + 1}: a count below 1; {remedy}")
    if numbers.max() > MOST_PEOPLE or int(numbers.sum(dtype=np.uint64)) > MOST_PEOPLE:
        raise InputError(f"column '{name}' adds up to more than {MOST_PEOPLE:,} people")
    people: NDArray[np.uint32] = numbers.astype(np.uint32)
    return people
