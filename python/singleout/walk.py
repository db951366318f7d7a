"""Which fields the walk takes, how large its combinations get, and its run in the core."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from singleout import _core
from singleout.coding import Coded
from singleout.errors import InputError
from singleout.machine import free_bytes, in_words
from singleout.progress import Progress
from singleout.table import CodedTable

Nulls = Literal["value", "drop", "any"]
Identifiers = Literal["separate", "include"]
Role = Literal["field", "constant", "direct identifier"]
NULLS: Final[dict[str, int]] = {"value": 0, "drop": 1, "any": 2}

MANY_FIELDS = 16  # above so many fields the size of combinations is limited by default
MOST_COMBINATIONS = 200_000  # ... so that there are no more than these
NONE = np.uint32(0xFFFFFFFF)

FIGURES = np.dtype(
    [
        (name, np.uint64)
        for name in (
            "classes",
            "unique",
            "below",
            "people",
            "squares",
            "entropy",
            "smallest",
            "largest",
        )
    ]
)


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked of `score`, checked.

    Parameters
    ----------
    max_size : int or None
        The largest number of fields in a combination; None: as `default_size` says.
    threshold : int
        Records in classes smaller than this are counted as below it.
    nulls : {"value", "drop", "any"}
        What a null is.
    identifiers : {"separate", "include"}
        Whether a field unique by itself stays out of larger combinations.
    threads : int
        How many threads walk.
    progress : bool or None
        Show a bar: always, never, or where a person watches.
    """

    max_size: int | None
    threshold: int
    nulls: Nulls
    identifiers: Identifiers
    threads: int
    progress: bool | None


def role_of(column: Coded, table: CodedTable, options: Options) -> Role:
    """Tell a field that changes nothing, or that singles everybody out by itself, from the rest.

    Examples
    --------
    >>> import pyarrow as pa
    >>> from singleout.coding import code
    >>> column = code("number", pa.array([4, 7, 9]))
    >>> options = Options(None, 5, "value", "separate", 1, False)
    >>> role_of(column, CodedTable((column,), 3), options)
    'direct identifier'
    """
    if options.nulls == "value":
        if column.distinct + column.nullable == 1:
            return "constant"
        one_each = column.distinct + column.nulls == table.rows and column.nulls <= 1
    elif options.nulls == "any":
        if column.distinct <= 1:
            return "constant"
        one_each = column.distinct == table.rows
    else:
        if column.distinct == 1 and not column.nulls:
            return "constant"
        one_each = column.distinct == table.rows
    return "direct identifier" if one_each and table.people == table.rows else "field"


def default_size(fields: int) -> int:
    """Return the largest size of combinations that is walked when nobody says.

    Examples
    --------
    >>> default_size(16), default_size(30), default_size(10_000)
    (16, 5, 1)
    """
    if fields <= MANY_FIELDS:
        return max(fields, 1)
    size, total, here = 1, fields, fields
    while size < fields:
        here = here * (fields - size) // (size + 1)
        total += here
        if total > MOST_COMBINATIONS:
            break
        size += 1
    return size


@dataclass(frozen=True, eq=False)
class Walk:
    """The combinations of a coded table, and what the core says of each.

    Parameters
    ----------
    table : CodedTable
        Every field passed.
    options : Options
        What was asked.
    """

    table: CodedTable
    options: Options

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        """What each field is, in the table's order."""
        return tuple(role_of(column, self.table, self.options) for column in self.table.columns)

    @cached_property
    def walked(self) -> tuple[int, ...]:
        """Places of the fields that are combined."""
        left_out = {"constant"}
        if self.options.identifiers == "separate":
            left_out.add("direct identifier")
        return tuple(place for place, role in enumerate(self.roles) if role not in left_out)

    @cached_property
    def separate(self) -> tuple[int, ...]:
        """Places of the direct identifiers that stand apart."""
        if self.options.identifiers == "include":
            return ()
        return tuple(p for p, role in enumerate(self.roles) if role == "direct identifier")

    @cached_property
    def size(self) -> int:
        """The largest number of fields in a combination."""
        wanted = self.options.max_size
        most = max(len(self.walked), 1)
        return default_size(len(self.walked)) if wanted is None else min(wanted, most)

    @cached_property
    def count(self) -> int:
        """How many combinations are walked."""
        try:
            return _core.count_combinations(len(self.walked), self.size)
        except OverflowError:
            fits = default_size(len(self.walked))
            raise InputError(
                f"combinations of up to {self.size} of {len(self.walked)} fields are more than can "
                f"be numbered: use max_size={fits}, or choose fewer fields"
            ) from None

    @cached_property
    def core(self) -> _core.Table:
        """The core's view of the walked fields."""
        return self.table.core(self.walked)

    def check_memory(self) -> None:
        """Raise InputError if the walk and its results may need more memory than is free."""
        free = free_bytes()
        if free is None or not self.walked:
            return
        needed = self._bytes(self.size, self.count)
        if needed <= free:
            return
        fits = self.size
        while fits > 1:
            fits -= 1
            if self._bytes(fits, _core.count_combinations(len(self.walked), fits)) <= free:
                break
        remedy = f"use max_size={fits}" if fits < self.size else "choose fewer fields"
        raise InputError(f"needs about {in_words(needed)}, {in_words(free)} free: {remedy}")

    def _bytes(self, size: int, count: int) -> int:
        walking = self.core.memory(size, NULLS[self.options.nulls], self.options.threads)
        columns = 13 * 8 + 12 * size  # of the results, a combination
        return walking + count * (FIGURES.itemsize + columns)

    @cached_property
    def figures(self) -> NDArray[np.void]:
        """What the core says of each combination; structured, shape (count,)."""
        options = self.options
        figures = np.zeros(self.count, dtype=FIGURES)
        if self.walked:
            with Progress("combinations", self.count, options.progress) as progress:
                self.core.combinations(
                    figures,
                    self.size,
                    options.threshold,
                    NULLS[options.nulls],
                    options.threads,
                    progress.done,
                )
        return figures

    @cached_property
    def single(self) -> NDArray[np.void]:
        """What the core says of each field passed by itself; structured, shape (fields,)."""
        options = self.options
        figures = np.zeros(len(self.table.columns), dtype=FIGURES)
        core = self.table.core(range(len(self.table.columns)))
        core.combinations(figures, 1, options.threshold, NULLS[options.nulls], 1, None)
        return figures

    @cached_property
    def members(self) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
        """Offsets, shape (count + 1,), and for each combination the places of its fields."""
        walked = np.array(self.walked, dtype=np.uint32)
        return list_members(walked, self.size, self.count)

    @cached_property
    def unique_records(self) -> tuple[NDArray[np.uint64], NDArray[np.uint32]]:
        """For each row: how many walked combinations single it out, and the first (or NONE)."""
        options = self.options
        unique_in = np.zeros(self.table.rows, dtype=np.uint64)
        first = np.full(self.table.rows, NONE, dtype=np.uint32)
        if self.walked:
            with Progress("records", self.table.rows, options.progress) as progress:
                self.core.unique_records(
                    unique_in,
                    first,
                    self.size,
                    NULLS[options.nulls],
                    options.threads,
                    progress.done,
                )
        return unique_in, first

    @cached_property
    def k(self) -> NDArray[np.uint32]:
        """For each row, how many people share its values on every field passed."""
        size_of = np.zeros(self.table.rows, dtype=np.uint32)
        core = self.table.core(range(len(self.table.columns)))
        core.classes(None, size_of, NULLS[self.options.nulls])
        return size_of


def list_members(
    fields: NDArray[np.uint32], size: int, count: int
) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """List the fields of every combination, by size, then in the order of `fields`.

    Parameters
    ----------
    fields : ndarray of uint32, shape (m,)
        What to combine.
    size : int
        The largest size.
    count : int
        How many combinations there are.

    Returns
    -------
    offsets : ndarray of uint32, shape (count + 1,)
        Combination i is ``members[offsets[i]:offsets[i + 1]]``.
    members : ndarray of uint32
        Entries of `fields`.

    Examples
    --------
    >>> offsets, members = list_members(np.array([4, 7], dtype=np.uint32), 2, 3)
    >>> members.tolist()
    [4, 7, 4, 7]
    """
    from math import comb

    total = sum(s * comb(len(fields), s) for s in range(1, min(size, len(fields)) + 1))
    offsets = np.zeros(count + 1, dtype=np.uint32)
    members = np.zeros(total, dtype=np.uint32)
    if count:
        _core.list_combinations(len(fields), size, offsets, members, total)
    return offsets, fields[members] if count else members


def bits_of(figures: NDArray[np.void], people: int, reciprocal: bool = False) -> NDArray[Any]:
    """Entropy in bits of each combination, or its mean 1/k where nulls match everything."""
    out = np.zeros(len(figures), dtype=np.float64)
    _core.entropy_bits(figures, out, len(figures), people, reciprocal)
    return out
