"""The people of a file among those of the population that it was taken from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from singleout.arguments import normalised
from singleout.coding import Coded, code, without_views
from singleout.disclosure import partition, places_of
from singleout.errors import InputError
from singleout.models.estimate import ClassSizes, Estimate, class_sizes
from singleout.models.register import PopulationRisk, known_strata, population_risk
from singleout.sources import Source, open_source
from singleout.table import code_table
from singleout.walk import NULLS, Walk
from singleout.weighted import class_numbers

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Population:
    """What is known, or can be estimated, of the population behind a file.

    Parameters
    ----------
    fields : tuple of str
        The fields that people are compared on.
    estimates : frame or None
        With a size: one row a model, ``model``, ``population_uniques``, ``share_of_population``,
        ``share_of_sample_uniques`` (how many of those unique in the file are so in the
        population), ``parameters``, ``chosen``, ``assumptions``, ``refused`` (why there is no
        figure, else null).
    risk : PopulationRisk or None
        With a population table: k-map, journalist risk and delta-presence, of the file and of each
        record.
    records : frame or None
        One row a record: with a table ``population_k`` and ``journalist_risk``; with strata
        ``population_k_at_most`` and ``journalist_risk_at_least``.
    complete_strata : tuple of str
        Strata that are in the file as a whole, as ``field: value``.
    """

    fields: tuple[str, ...]
    estimates: Any
    risk: PopulationRisk | None
    records: Any
    complete_strata: tuple[str, ...]


def in_population(
    walk: Walk,
    source: Source,
    fields: Sequence[str] | None,
    size: int | None,
    table: Any,
    counts: str | None,
    strata: Mapping[str, Mapping[Any, int]] | None,
    normalise: Mapping[str, str],
) -> Population:
    """Answer `Assessment.population`; its parameters are described there."""
    if size is None and table is None and strata is None:
        raise InputError(
            "say what is known of the population: its size, a table of it, or sizes of strata"
        )
    if table is None and counts is not None:
        raise InputError("counts names a column of the population table: give the table too")
    partition(walk, "comparison with a population")
    estimates = risk = None
    columns: dict[str, Any] = {}
    complete: tuple[str, ...] = ()
    places = places_of(walk, fields, ())
    if table is not None:
        places, mine, other, people = _joined(walk, source, fields, table, counts, normalise)
        risk = population_risk(mine, other, counts=walk.table.counts, population_counts=people)
        columns["population_k"] = pa.array(risk.population_k)
        columns["journalist_risk"] = pa.array(risk.risk)
    if size is not None:
        estimates = source.back(_estimates(_sizes(walk, places), size))
    if strata is not None:
        bounds, complete = _strata(walk, places, strata)
        columns |= bounds
    names = tuple(walk.table.names[place] for place in places)
    records = source.back(pa.table(columns)) if columns else None
    return Population(names, estimates, risk, records, complete)


def _classes(walk: Walk, places: list[int]) -> tuple[Ints, Ints]:
    """Each record's class (-1: none) and each class's people."""
    nulls = partition(walk, "comparison with a population")
    class_of = class_numbers(walk.table, places, nulls)
    size_of = np.zeros(walk.table.rows, dtype=np.uint32)
    walk.table.core(places).classes(None, size_of, NULLS[nulls])
    sizes = np.zeros(int(class_of.max(initial=-1)) + 1, dtype=np.int64)
    part = class_of >= 0
    sizes[class_of[part]] = size_of[part]
    return class_of, sizes


def _sizes(walk: Walk, places: list[int]) -> ClassSizes:
    sizes = _classes(walk, places)[1]
    return class_sizes(sizes[sizes > 0])


def _estimates(sample: ClassSizes, size: int) -> pa.Table:
    from singleout.models.lognormal import poisson_lognormal
    from singleout.models.population import dankar, pitman, snb, zayatz

    if isinstance(size, bool) or not isinstance(size, int) or size < 1:
        raise InputError("the population's size must be a whole number from 1")
    models = (dankar, zayatz, pitman, snb, poisson_lognormal)
    found = [model(sample, size) for model in models]

    def known(values: list[float]) -> Any:
        return pa.array(values, pa.float64(), mask=np.isnan(np.array(values)))

    return pa.table(
        {
            "model": [one.model for one in found],
            "population_uniques": known([one.uniques for one in found]),
            "share_of_population": known([one.share for one in found]),
            "share_of_sample_uniques": known([one.of_sample_uniques for one in found]),
            "parameters": [_parameters(one) for one in found],
            "chosen": pa.array([one.chosen for one in found], pa.string()),
            "assumptions": [one.assumptions for one in found],
            "refused": pa.array([one.refused for one in found], pa.string()),
        }
    )


def _parameters(estimate: Estimate) -> str:
    return ", ".join(f"{name} = {value:.6g}" for name, value in estimate.parameters)


def _joined(
    walk: Walk,
    source: Source,
    fields: Sequence[str] | None,
    table: Any,
    counts: str | None,
    normalise: Mapping[str, str],
) -> tuple[list[int], Ints, Ints, Any]:
    """The shared fields of file and population, and both tables' classes on them."""
    names = walk.table.names
    other = open_source(table)
    there = [name for name in other.table.column_names if name != counts]
    shared = [name for name in (names if fields is None else fields) if name in there]
    if not shared:
        raise InputError("the population table shares no field with the file: rename its columns")
    if fields is not None and len(shared) < len(fields):
        missing = next(name for name in fields if name not in shared)
        raise InputError(f"the population table has no field '{missing}'")
    places = places_of(walk, shared, ())
    shared = [names[place] for place in places]
    other = normalised(other, {name: normalise[name] for name in shared if name in normalise})
    people = code_table(other.table, shared, counts, 1).counts
    codes = [
        _coded_alike(name, source.table.column(name), other.table.column(name)) for name in shared
    ]
    both = np.stack([column.codes for column in codes], axis=1).astype(np.int64)
    return places, both[: walk.table.rows], both[walk.table.rows :], people


def _coded_alike(name: str, mine: Any, theirs: Any) -> Coded:
    """One column of both tables, so that equal values have equal codes."""
    plain = [
        column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column
        for column in (without_views(mine), without_views(theirs))
    ]
    try:
        joined = pa.concat_tables(
            [pa.table({name: column}) for column in plain], promote_options="permissive"
        )
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError):
        raise InputError(
            f"column '{name}' holds {plain[0].type} in the file but {plain[1].type} in the "
            "population table: make them one kind"
        ) from None
    return code(name, joined.column(name))


def _strata(
    walk: Walk, places: list[int], strata: Mapping[str, Mapping[Any, int]]
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Bounds of each record's class from the sizes of strata; the tightest where there are more."""
    class_of, sizes = _classes(walk, places)
    members = class_of >= 0
    most = np.full(len(sizes), -1, dtype=np.int64)
    complete = []
    for name, known in strata.items():
        (place,) = places_of(walk, [name], ())
        if place not in places:
            raise InputError(f"strata: '{name}' must be among the fields that are compared")
        column = walk.table.columns[place]
        stratum_of = np.zeros(len(sizes), dtype=np.int64)
        stratum_of[class_of[members]] = column.codes[members]
        code_of = {value: number for number, value in enumerate(column.values.to_pylist(), 1)}
        there = {code_of[value]: people for value, people in known.items() if value in code_of}
        found = known_strata(sizes, stratum_of, there)
        value_of = {number: value for value, number in code_of.items()}
        complete += [f"{name}: {value_of[number]}" for number in found.complete_strata]
        tighter = (found.at_most >= 0) & ((most < 0) | (found.at_most < most))
        most = np.where(tighter, found.at_most, most)
    each = np.where(members, most[class_of], -1) if len(sizes) else np.full(len(class_of), -1)
    unknown = each <= 0
    return {
        "population_k_at_most": pa.array(each, mask=unknown),
        "journalist_risk_at_least": pa.array(1.0 / np.where(unknown, 1, each), mask=unknown),
    }, tuple(complete)
