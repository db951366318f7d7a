"""`score`: from any table to an `Assessment` of who can be singled out in it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from singleout.errors import InputError
from singleout.per_combination import (
    Combinations,
    Worst,
    all_combinations,
    combinations_table,
    worst_combinations,
)
from singleout.per_field import fields_table
from singleout.per_record import records_table
from singleout.sources import Source, open_source
from singleout.summary import notes, summary
from singleout.table import CodedTable, code_table, usable_threads
from singleout.walk import NULLS, Identifiers, Nulls, Options, Walk

__all__ = ["Assessment", "score"]


class Assessment:
    """Who can be singled out in a table, and by which combination of its fields.

    Made by `score`. Each table is computed when it is first asked for, and kept. Tables are of the
    kind of frame that went in.

    Examples
    --------
    >>> import singleout as so
    >>> data = {"rank": ["PC", "PC", "Sergeant"], "station": ["A", "B", "B"]}
    >>> so.score(data).combinations["unique_records"]
    [1, 1, 3]
    """

    def __init__(self, source: Source, table: CodedTable, options: Options) -> None:
        self._source = source
        self._walk = Walk(table, options)
        self._walk.check_memory()

    @property
    def max_size(self) -> int:
        """The largest number of fields in a combination that was measured."""
        return self._walk.size

    @property
    def threshold(self) -> int:
        """Records in classes smaller than this are counted as below it."""
        return self._walk.options.threshold

    @property
    def people(self) -> int:
        """How many people the rows stand for: the rows, or the sum of `counts`."""
        return self._walk.table.people

    @property
    def noun(self) -> str:
        """What is counted: ``"rows"``, or ``"people"`` where `counts` says how many there are."""
        return "rows" if self._walk.table.counts is None else "people"

    @property
    def notes(self) -> tuple[str, ...]:
        """What was set aside, cut short or read in a way that must be known, in words."""
        return (*self._source.notes, *notes(self._walk))

    @cached_property
    def _combinations(self) -> Combinations:
        return all_combinations(self._walk)

    @cached_property
    def combinations(self) -> Any:
        """One row a combination, by size, then in the table's order.

        Returns
        -------
        frame
            ``fields`` (list of names in the table's order), ``size``, ``classes``,
            ``unique_records`` (people alone in their class), ``records_below_threshold``,
            ``smallest_class``, ``largest_class``, ``entropy_bits``, ``mean_risk`` (the mean of
            1/k: classes/n), ``max_risk`` (1/smallest class), ``distinction`` (classes/n),
            ``separation`` (share of pairs told apart). Where nulls match everything there are no
            classes: the figures that need them are null, and ``mean_risk`` is the mean of 1/k.
        """
        return self._source.back(combinations_table(self._walk, self._combinations))

    @cached_property
    def records(self) -> Any:
        """One row a record, in input order.

        Returns
        -------
        frame
            ``k`` (people who share its values on every field passed), ``unique_combinations``
            (how many combinations single it out), ``smallest_combination`` (the first of the
            smallest of them; null if none).
        """
        return self._source.back(records_table(self._walk, self._combinations))

    @cached_property
    def fields(self) -> Any:
        """One row a field, in the table's order.

        Returns
        -------
        frame
            ``field``, ``role``, ``distinct``, ``nulls``, ``entropy_bits``, ``unique_records``,
            ``contribution`` (its Shapley value over the singled-out share, summed up to
            combinations of ``contribution_up_to`` fields).
        """
        return self._source.back(fields_table(self._walk))

    def worst(self, each: int = 5, largest: int = 4) -> tuple[Worst, ...]:
        """Return the small combinations that single out most.

        Parameters
        ----------
        each : int
            How many of each size.
        largest : int
            The largest size.

        Returns
        -------
        tuple of Worst
            ``fields``, ``unique_records``, ``records_below_threshold``; by size, the worst first.

        Examples
        --------
        >>> import singleout as so
        >>> so.score({"rank": ["PC", "PC", "Sergeant"], "sex": ["F", "M", "M"]}).worst(1)[1].fields
        ('rank', 'sex')
        """
        return worst_combinations(self._walk, self._combinations, each, largest)

    def summary(self) -> str:
        """Return a short paragraph in plain English; it holds no value of the table.

        Examples
        --------
        >>> import singleout as so
        >>> so.score({"rank": ["PC", "PC", "Sergeant"]}).summary()[:40]
        '3 rows, 1 field, 1 combination measured.'
        """
        words = summary(self._walk, self._combinations, self._source.name)
        return " ".join([words, *self._source.notes])

    def __repr__(self) -> str:
        table = self._walk.table
        return (
            f"<Assessment of {table.rows:,} rows, {len(table.columns)} fields, combinations of up "
            f"to {self._walk.size}>"
        )


def score(
    data: Any,
    fields: Sequence[str] | None = None,
    *,
    max_size: int | None = None,
    threshold: int = 5,
    counts: str | None = None,
    identifiers: Identifiers = "separate",
    nulls: Nulls = "value",
    threads: int | None = None,
    progress: bool | None = None,
) -> Assessment:
    """Measure who can be singled out in a table, by every combination of its fields.

    Parameters
    ----------
    data : frame, mapping or path
        A pandas, polars or pyarrow frame, a duckdb relation, a dict of lists, the path of a CSV,
        TSV, Parquet or Arrow IPC file, or anything with ``__arrow_c_stream__``.
    fields : sequence of str, optional
        The fields that leave together; all columns when left out.
    max_size : int, optional
        The largest number of fields in a combination. When left out: all of them up to 16 fields,
        and above that the largest size that keeps the combinations under 200,000.
    threshold : int
        Records in classes smaller than this are counted (``records_below_threshold``).
    counts : str, optional
        The column of whole numbers from 1 that says how many people a row stands for.
    identifiers : {"separate", "include"}
        Whether a field that is unique by itself is reported alone, or combined like the others.
    nulls : {"value", "drop", "any"}
        A null is a value of its own; or a row takes no part in a combination on which it is null;
        or a null matches everything, as in sdcMicro's freqCalc (slower: no classes then).
    threads : int, optional
        How many threads; as many as there are processors when left out. Results do not depend on
        it.
    progress : bool, optional
        Show a progress bar on what takes over a second; in a terminal or notebook when left out.

    Returns
    -------
    Assessment
        Its tables are computed when first asked for.

    Raises
    ------
    InputError
        If the table cannot be measured as it is, or would need more memory than is free; the
        message says what to do.

    Examples
    --------
    >>> import singleout as so
    >>> data = {"rank": ["PC", "PC", "Sergeant"], "station": ["A", "B", "B"]}
    >>> so.score(data).records["k"]
    [1, 1, 1]
    """
    options = _options(max_size, threshold, identifiers, nulls, threads, progress)
    source = open_source(data)
    table = _coded(source, fields, counts, options.threads)
    return Assessment(source, table, options)


def _coded(
    source: Source, fields: Sequence[str] | None, counts: str | None, threads: int
) -> CodedTable:
    try:
        return code_table(source.table, fields, counts, threads)
    except InputError as problem:
        if source.name:
            raise InputError(f"{source.name}: {problem}") from None
        raise


def _options(
    max_size: int | None,
    threshold: int,
    identifiers: Identifiers,
    nulls: Nulls,
    threads: int | None,
    progress: bool | None,
) -> Options:
    for name, value in (("max_size", max_size), ("threshold", threshold), ("threads", threads)):
        if value is not None and (
            not isinstance(value, int) or isinstance(value, bool) or value < 1
        ):
            raise InputError(f"{name} must be a whole number from 1")
    if threshold >= 1 << 32:
        raise InputError("threshold must be below 2^32")
    if nulls not in NULLS:
        raise InputError("nulls must be 'value', 'drop' or 'any'")
    if identifiers not in ("separate", "include"):
        raise InputError("identifiers must be 'separate' or 'include'")
    used = usable_threads() if threads is None else min(threads, 1024)
    return Options(max_size, threshold, nulls, identifiers, used, progress)
