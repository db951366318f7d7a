"""What `score` was asked beyond the walk: weights, attacker, sensitive fields; checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from singleout.coding import Coded, code
from singleout.errors import InputError
from singleout.sources import Source
from singleout.table import CodedTable, check_names, code_table, unknown_field, usable_threads
from singleout.walk import NULLS, Identifiers, Nulls, Options

if TYPE_CHECKING:
    from singleout.attacker import Attacker


@dataclass(frozen=True, slots=True)
class Asked:
    """The arguments of `score` that do not concern the walk, as they came.

    Parameters
    ----------
    weights : str or None
        The column of sampling weights.
    sampling_fraction : float or None
        Share of the population that the rows are.
    attacker : Attacker, str or None
        What is known of people; a string names a preset.
    sensitive : sequence of str or None
        Fields whose value must not be given away.
    sensitive_values : mapping or None
        Values whose presence must be reported, by field.
    normalise : mapping or None
        How names are compared, by field.
    roles : mapping or None
        What fields are, where the caller knows better than `suggest_roles`.
    """

    weights: str | None = None
    sampling_fraction: float | None = None
    attacker: Attacker | str | None = None
    sensitive: Sequence[str] | None = None
    sensitive_values: Mapping[str, Sequence[Any]] | None = None
    normalise: Mapping[str, str] | None = None
    roles: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Given:
    """The same, checked and coded.

    Parameters
    ----------
    weights : ndarray of float64, shape (rows,), or None
        How many people of the population each row stands for.
    sampling_fraction : float or None
        Above 0, at most 1.
    attacker : Attacker, str or None
        A string names a preset.
    sensitive : tuple of Coded
        The sensitive fields, coded.
    sensitive_values : mapping of str to tuple
        By field; each field is in `sensitive`.
    normalise : mapping of str to str
        By field.
    roles : mapping of str to str
        By field.
    """

    weights: NDArray[np.float64] | None
    sampling_fraction: float | None
    attacker: Attacker | str | None
    sensitive: tuple[Coded, ...]
    sensitive_values: Mapping[str, tuple[Any, ...]]
    normalise: Mapping[str, str]
    roles: Mapping[str, str]


def options_of(
    max_size: int | None,
    threshold: int,
    identifiers: Identifiers,
    nulls: Nulls,
    threads: int | None,
    progress: bool | None,
) -> Options:
    """Check what concerns the walk; raise InputError on what cannot be."""
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


@contextmanager
def named(source: Source) -> Iterator[None]:
    """Put the file's name before the message of any InputError."""
    try:
        yield
    except InputError as problem:
        if source.name:
            raise InputError(f"{source.name}: {problem}") from None
        raise


def normalised(source: Source, how: Mapping[str, str] | None) -> Source:
    """Return the source with columns of names in the form in which they are compared.

    Parameters
    ----------
    source : Source
        The table as it came.
    how : mapping of str to {"name", "initials"}, or None
        By field.

    Returns
    -------
    Source
        Its notes say what was done.

    Raises
    ------
    InputError
        If a field is unknown or not text, or a way of comparing is.
    """
    if not how:
        return source
    from singleout.normalise import normalise

    table, notes = source.table, list(source.notes)
    check_names(table.column_names)
    for name, way in _mapping("normalise", how, "'name' or 'initials'").items():
        if name not in table.column_names:
            raise unknown_field(name, table.column_names)
        done = normalise(name, table.column(name), way)
        table = table.set_column(table.column_names.index(name), name, done.values)
        notes.append(f"{done.note}.")
    return replace(source, table=table, notes=tuple(notes))


def coded(
    source: Source,
    fields: Sequence[str] | None,
    counts: str | None,
    threads: int,
    asked: Asked,
) -> tuple[CodedTable, Given]:
    """Code the fields, and check the other arguments against the table.

    Parameters
    ----------
    source : Source
        The table, normalised.
    fields : sequence of str or None
        The fields that leave together.
    counts : str or None
        The column of counts.
    threads : int
        How many columns may be coded at a time.
    asked : Asked
        The other arguments.

    Returns
    -------
    CodedTable
        The fields.
    Given
        The rest.

    Raises
    ------
    InputError
        If anything does not fit; the message says what to do.
    """
    names = source.table.column_names
    check_names(names)
    weights = None if asked.weights is None else _weights(source, asked.weights, counts)
    if asked.weights is not None:
        if fields is None:
            fields = [name for name in names if name not in (counts, asked.weights)]
            if not fields:
                raise InputError(f"besides '{asked.weights}' there is no field to measure")
        elif asked.weights in fields:
            raise InputError(f"'{asked.weights}' is the sampling weight: take it out of fields")
    table = code_table(source.table, fields, counts, threads)
    roles = _mapping("roles", asked.roles, "'sensitive'")
    if roles:
        from singleout.roles import checked_roles

        checked_roles(roles, names)
    values = _sensitive_values(asked.sensitive_values)
    marked = [name for name, role in roles.items() if role == "sensitive"]
    sensitive = sensitive_columns(source, table, asked.sensitive, [*values, *marked])
    given = Given(
        weights,
        _fraction(asked.sampling_fraction),
        _attacker(asked.attacker, table),
        sensitive,
        values,
        dict(asked.normalise or {}),
        roles,
    )
    return table, given


def _mapping(argument: str, value: Mapping[str, str] | None, example: str) -> dict[str, str]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise InputError(f"{argument} must map field names: {argument}={{field: {example}}}")
    return dict(value)


def _weights(source: Source, name: str, counts: str | None) -> NDArray[np.float64]:
    import pyarrow as pa

    if name not in source.table.column_names:
        raise unknown_field(name, source.table.column_names)
    if name == counts:
        raise InputError(f"'{name}' cannot be both counts and weights: leave one of them out")
    column = source.table.column(name)
    remedy = "give every row a weight above 0: how many people of the population it stands for"
    try:
        numbers = column.cast(pa.float64()).to_numpy()
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        raise InputError(
            f"column '{name}' holds something that is not a number; {remedy}"
        ) from None
    bad = ~(np.isfinite(numbers) & (numbers > 0))
    if bad.any():
        raise InputError(f"column '{name}', row {int(np.argmax(bad)) + 1}: no weight; {remedy}")
    result: NDArray[np.float64] = numbers.astype(np.float64)
    return result


def _fraction(value: float | None) -> float | None:
    if value is None:
        return None
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not number or not 0 < value <= 1:
        raise InputError("sampling_fraction must be above 0 and at most 1")
    return float(value)


def _attacker(value: Attacker | str | None, table: CodedTable) -> Attacker | str | None:
    if value is None:
        return None
    check_attacker(value, table.names)
    return value


def check_attacker(value: Any, names: Sequence[str]) -> None:
    """Raise InputError unless `value` is a preset's name, or an Attacker on these fields."""
    from singleout.attacker import PRESETS, Attacker

    if isinstance(value, str):
        if value not in PRESETS:
            listed = ", ".join(f"'{one}'" for one in PRESETS)
            raise InputError(f"attacker: there is no preset '{value}'; choose one of {listed}")
    elif isinstance(value, Attacker):
        value.probabilities(names)
    else:
        raise InputError(
            "attacker must be an Attacker, so.Attacker({field: probability}), or a preset's name"
        )


def _sensitive_values(
    values: Mapping[str, Sequence[Any]] | None,
) -> dict[str, tuple[Any, ...]]:
    if values is None:
        return {}
    if not isinstance(values, Mapping):
        raise InputError("sensitive_values must map fields to lists of values")
    for name, some in values.items():
        if isinstance(some, str) or not isinstance(some, Sequence):
            raise InputError(f"sensitive_values: give '{name}' a list of values")
    return {name: tuple(some) for name, some in values.items()}


def sensitive_columns(
    source: Source, table: CodedTable, names: Sequence[str] | None, more: Sequence[str] = ()
) -> tuple[Coded, ...]:
    """Code the sensitive fields, which need not be among the fields that are combined.

    Parameters
    ----------
    source : Source
        Where the columns come from.
    table : CodedTable
        What is coded already.
    names, more : sequences of str
        The fields; a name may come twice.

    Raises
    ------
    InputError
        If there is no such column.
    """
    if isinstance(names, str):
        raise InputError(f"sensitive must be a list of names: sensitive=['{names}']")
    have = {column.name: column for column in table.columns}
    found: dict[str, Coded] = {}
    for name in [*(names or ()), *more]:
        if name in found:
            continue
        if name not in source.table.column_names:
            raise unknown_field(name, source.table.column_names)
        found[name] = have.get(name) or code(name, source.table.column(name))
    return tuple(found.values())
