"""`Assessment`: who can be singled out in a table, and all that follows from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from singleout.arguments import Given, check_attacker
from singleout.errors import InputError
from singleout.per_combination import (
    Combinations,
    Worst,
    all_combinations,
    combinations_table,
    curve_table,
    worst_combinations,
)
from singleout.per_field import fields_table
from singleout.per_record import (
    SudaContributions,
    exposure_table,
    records_table,
    sizes_table,
    suda_tables,
)
from singleout.sources import Source
from singleout.suda import Suda
from singleout.summary import notes, summary
from singleout.table import CodedTable
from singleout.walk import Options, Walk

if TYPE_CHECKING:
    from singleout.attack import AttackerRisk
    from singleout.attacker import Attacker
    from singleout.dependencies import Dependency
    from singleout.disclosure import Disclosure
    from singleout.in_population import Population
    from singleout.plots import Plot
    from singleout.roles import Roles

__all__ = ["Assessment"]


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

    def __init__(self, source: Source, table: CodedTable, options: Options, given: Given) -> None:
        self._source = source
        self._given = given
        self._walk = Walk(table, options)
        self._walk.check_memory()
        self._suda = Suda(table, options)

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
        return (*self._source.notes, *notes(self._walk), *self._suda.notes())

    @cached_property
    def _combinations(self) -> Combinations:
        return all_combinations(self._walk)

    @cached_property
    def _fields(self) -> pa.Table:
        return fields_table(self._walk)

    @cached_property
    def _curve(self) -> pa.Table:
        return curve_table(self._walk)

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
            smallest of them; null if none), ``minimal_uniques`` (how many minimal sample uniques
            it has), ``suda_score``. With `attacker`: ``risk``, and where some combinations were not
            walked ``risk_at_least`` (`risk` is then the upper end of an interval). With
            `sampling_fraction`: ``dis_suda``. With `weights`: ``population_k`` (the weights of its
            class, F_k) and ``individual_risk`` (Benedetti and Franconi's).
        """
        risk = None if self._given.attacker is None else self.risk()
        table = records_table(self._walk, self._combinations, self._suda, self._given, risk)
        return self._source.back(table)

    @cached_property
    def exposure(self) -> Any:
        """One row a record: the share of the combinations of each size that single it out.

        Returns
        -------
        frame
            ``size_1``, ``size_2`` ..., each 0 to 1. Constant fields and separate direct
            identifiers are not among those combined.
        """
        return self._source.back(exposure_table(self._walk))

    @cached_property
    def curve(self) -> Any:
        """One row a size: whom an attacker singles out who knows any so many of the fields.

        Returns
        -------
        frame
            ``size``, ``combinations``, ``singled_out`` (share of the people, the mean over the
            combinations of that size), ``least`` and ``most`` (over the combinations). Constant
            fields and separate direct identifiers are not among those combined.
        """
        return self._source.back(self._curve)

    def minimal_uniques(self, row: int) -> list[list[str]]:
        """Return the smallest sets of fields that single one record out.

        Parameters
        ----------
        row : int
            The record's place, from 0, in input order.

        Returns
        -------
        list of list of str
            By size, then in the table's order, up to the size that SUDA scores count; empty if
            nothing singles it out.

        Raises
        ------
        InputError
            If there is no such row.

        Examples
        --------
        >>> import singleout as so
        >>> data = {"rank": ["PC", "PC", "Sergeant"], "station": ["A", "B", "B"]}
        >>> so.score(data).minimal_uniques(1)
        [['rank', 'station']]
        """
        from singleout.minimal_sets import minimal_sets

        table = self._walk.table
        if isinstance(row, bool) or not 0 <= row < table.rows:
            raise InputError(f"there is no such row: rows are 0 to {table.rows - 1}")
        sets = minimal_sets(table, int(row), self._suda.max_size)
        return [[table.names[place] for place in chosen] for chosen in sets]

    @cached_property
    def minimal_unique_sizes(self) -> Any:
        """One row a size: how many minimal sample uniques of that size all records have.

        Returns
        -------
        frame
            ``size``, ``minimal_uniques``.
        """
        return self._source.back(sizes_table(self._suda))

    @cached_property
    def suda_contributions(self) -> SudaContributions:
        """Each field's share of the SUDA score: the score of the sets with it over that of all.

        Returns
        -------
        SudaContributions
            ``overall``, a frame with a row a field (``field``, ``share``), and ``records``, a
            frame with a row a record and a column a field (null where the record has no score).
        """
        overall, each = suda_tables(self._suda, self._walk.table.names)
        return SudaContributions(self._source.back(overall), self._source.back(each))

    @cached_property
    def dependencies(self) -> tuple[Dependency, ...]:
        """Fields that give another away: a combination with both says no more than with one.

        Returns
        -------
        tuple of Dependency
            ``determinant``, ``dependent``, ``mutual``, ``support``; in the table's order. A null
            counts as a value.

        Examples
        --------
        >>> import singleout as so
        >>> data = {"unit": ["dogs", "dogs", "patrol"], "branch": ["ops", "ops", "law"]}
        >>> [(one.determinant, one.dependent) for one in so.score(data).dependencies]
        [(('unit',), 'branch'), (('branch',), 'unit')]
        """
        from singleout.dependencies import functional_dependencies

        return functional_dependencies({c.name: c.codes for c in self._walk.table.columns})

    @cached_property
    def roles(self) -> Roles:
        """What each scored field seems to be; advice that changes no other figure.

        Returns
        -------
        Roles
            From `suggest_roles`, with the `roles` given to `score`.
        """
        from singleout.roles import suggest_roles

        names = self._walk.table.names
        given = {name: role for name, role in self._given.roles.items() if name in names}
        return suggest_roles(self._source.table.select(names), given)

    def risk(self, attacker: Attacker | str | None = None) -> AttackerRisk:
        """Return how likely an attacker, who knows some fields of somebody, picks him out.

        Parameters
        ----------
        attacker : Attacker or str, optional
            What he knows, or a preset's name ("stranger", "neighbour", "colleague",
            "journalist"); when left out, the `attacker` given to `score`.

        Returns
        -------
        AttackerRisk
            Each record's risk, exact or an interval, and the headline: ``worst``, ``mean``,
            ``share_above()``.

        Raises
        ------
        InputError
            If no attacker is given, or he does not fit the fields.

        Examples
        --------
        >>> import singleout as so
        >>> data = {"rank": ["PC", "PC", "Sergeant"], "station": ["A", "B", "B"]}
        >>> found = so.score(data).risk(so.Attacker({"rank": 0.9, "station": 0.5}))
        >>> round(found.worst, 4), round(found.mean, 4)
        (0.9417, 0.8)
        """
        wanted = self._given.attacker if attacker is None else attacker
        if wanted is None:
            raise InputError(
                "no attacker is given: risk('colleague'), risk(so.Attacker({field: probability})), "
                "or score with attacker="
            )
        check_attacker(wanted, self._walk.table.names)
        if isinstance(wanted, str):
            from singleout.attacker import preset

            wanted = preset(wanted, self.roles)
        if wanted not in self._risks:
            from singleout.attack import attacker_risk

            self._risks[wanted] = attacker_risk(self._walk, wanted)
        return self._risks[wanted]

    @cached_property
    def _risks(self) -> dict[Attacker, AttackerRisk]:
        return {}

    def disclosure(
        self, fields: Sequence[str] | None = None, *, sensitive: Sequence[str] | None = None
    ) -> Disclosure:
        """Return what a combination of fields gives away about sensitive ones.

        Parameters
        ----------
        fields : sequence of str, optional
            The combination; all scored fields that are not sensitive when left out.
        sensitive : sequence of str, optional
            Sensitive fields; those that `score` was told of when left out.

        Returns
        -------
        Disclosure
            ``measures`` (a row a sensitive field: people whose class gives them away, diversity,
            closeness), ``records`` (how surely each record's value can be told), ``marked``
            (people with the `sensitive_values`).

        Raises
        ------
        InputError
            If nothing sensitive is named, a field is unknown, or nulls match everything.

        Examples
        --------
        >>> import singleout as so
        >>> data = {"rank": ["PC", "PC", "Sergeant"], "leave": ["sick", "sick", "none"]}
        >>> so.score(data).disclosure(["rank"], sensitive=["leave"]).measures["homogeneous_people"]
        [3]
        """
        from singleout.arguments import sensitive_columns
        from singleout.disclosure import disclose

        chosen = self._given.sensitive
        if sensitive is not None:
            chosen = sensitive_columns(self._source, self._walk.table, sensitive)
        return disclose(self._walk, self._given, chosen, fields, self._source.back)

    def population(
        self,
        size: int | None = None,
        *,
        table: Any = None,
        counts: str | None = None,
        strata: Mapping[str, Mapping[Any, int]] | None = None,
        fields: Sequence[str] | None = None,
    ) -> Population:
        """Compare the file's people with the population that they come from.

        Parameters
        ----------
        size : int, optional
            How many people the population has; without it and the other two it follows from
            `sampling_fraction`. The people unique in it are estimated.
        table : frame, mapping or path, optional
            Everyone in the population; joined on the fields that both have.
        counts : str, optional
            The column of `table` that says how many people a row stands for.
        strata : mapping of str to mapping, optional
            Known numbers: ``{"rank": {"Chief Superintendent": 7}}``.
        fields : sequence of str, optional
            The fields to compare on; all scored fields (that `table` has) when left out.

        Returns
        -------
        Population

        Raises
        ------
        InputError
            If nothing is known of the population, or it does not fit the file.

        Examples
        --------
        >>> import singleout as so
        >>> file = {"rank": ["PC", "PC", "Sergeant"]}
        >>> everyone = {"rank": ["PC"] * 9 + ["Sergeant"] * 2}
        >>> so.score(file).population(table=everyone).risk.k_map
        2
        """
        from singleout.in_population import in_population

        fraction = self._given.sampling_fraction
        if size is None and table is None and strata is None and fraction is not None:
            size = round(self.people / fraction)
        return in_population(
            self._walk, self._source, fields, size, table, counts, strata, self._given.normalise
        )

    @property
    def plot(self) -> Plot:
        """Pictures: ``curve()``, ``contributions()``, ``pairs()``, ``classes()``.

        They need matplotlib: ``pip install 'singleout[notebook]'``.
        """
        from singleout.plots import Plot

        return Plot(self)

    @cached_property
    def fields(self) -> Any:
        """One row a field, in the table's order.

        Returns
        -------
        frame
            ``field``, ``role``, ``distinct``, ``nulls``, ``entropy_bits``, ``unique_values``,
            ``contribution`` (its Shapley value over the singled-out share, summed up to
            combinations of ``contribution_up_to`` fields).
        """
        return self._source.back(self._fields)

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
        said = [summary(self._walk, self._combinations, self._source.name), *self._source.notes]
        if self._given.attacker is not None:
            said.append(str(self.risk()))
        return " ".join(said)

    def _repr_html_(self) -> str:
        from singleout.notebook_html import html

        return html(self)

    def __repr__(self) -> str:
        table = self._walk.table
        return (
            f"<Assessment of {table.rows:,} rows, {len(table.columns)} fields, combinations of up "
            f"to {self._walk.size}>"
        )
