"""What a combination of fields gives away about sensitive ones, without singling anybody out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from singleout.arguments import Given
from singleout.coding import Coded
from singleout.errors import InputError
from singleout.models.attribute import attribute_disclosure, certainty, marked_values
from singleout.models.crosstab import crosstab, in_value_order
from singleout.sources import Back
from singleout.table import unknown_field
from singleout.walk import Nulls, Walk
from singleout.weighted import class_numbers


@dataclass(frozen=True, eq=False)
class Disclosure:
    """Attribute disclosure on one combination of fields.

    Parameters
    ----------
    fields : tuple of str
        The combination.
    measures : frame
        One row a sensitive field: ``field`` and the attributes of
        `singleout.models.attribute.AttributeDisclosure`; those of them that nothing bounds are
        infinite.
    records : frame
        One row a record, one column a sensitive field: how surely the record's value can be told
        from its class; null where it has none or takes no part.
    marked : frame
        One row a value of `sensitive_values`: ``field``, ``value`` (as text), ``people``,
        ``classes``, ``certain_people``, ``certainty``.
    """

    fields: tuple[str, ...]
    measures: Any
    records: Any
    marked: Any


def places_of(walk: Walk, fields: Sequence[str] | None, without: Sequence[str]) -> list[int]:
    """Return the places of a combination's fields, in the table's order.

    Parameters
    ----------
    walk : Walk
        The scored table.
    fields : sequence of str or None
        The combination; None: all fields that were scored.
    without : sequence of str
        Fields that must not be in it.

    Raises
    ------
    InputError
        If a name is unknown, or is one of `without`, or none is left.
    """
    names = walk.table.names
    if isinstance(fields, str):
        raise InputError(f"fields must be a list of names: fields=['{fields}']")
    for name in fields or ():
        if name not in names:
            raise unknown_field(name, names)
        if name in without:
            raise InputError(f"'{name}' is sensitive: take it out of fields, or out of sensitive")
    chosen = set(names if fields is None else fields) - set(without)
    if not chosen:
        raise InputError("no field is left to form classes with: name some in fields")
    return [place for place, name in enumerate(names) if name in chosen]


def partition(walk: Walk, what: str) -> Nulls:
    """Return how nulls are taken; raise InputError where there are no classes."""
    if walk.options.nulls == "any" and any(c.nulls for c in walk.table.columns):
        raise InputError(
            f"{what} needs classes, and there are none where a null matches everything: score with "
            "nulls='value' or nulls='drop'"
        )
    return "drop" if walk.options.nulls == "drop" else "value"


def disclose(
    walk: Walk, given: Given, sensitive: Sequence[Coded], fields: Sequence[str] | None, back: Back
) -> Disclosure:
    """Measure what a combination of fields gives away.

    Parameters
    ----------
    walk : Walk
        The scored table.
    given : Given
        Marked values by field.
    sensitive : sequence of Coded
        The sensitive fields.
    fields : sequence of str or None
        The combination; None: all scored fields that are not sensitive.
    back : callable
        Makes the caller's kind of frame.

    Returns
    -------
    Disclosure

    Raises
    ------
    InputError
        If there is nothing sensitive, or the fields do not fit.
    """
    if not sensitive:
        raise InputError(
            "no sensitive field is named: disclosure(sensitive=['...']), or score with sensitive=, "
            "sensitive_values= or roles={'...': 'sensitive'}"
        )
    nulls = partition(walk, "attribute disclosure")
    apart = [column.name for column in sensitive]
    places = places_of(walk, fields, apart)
    class_of = class_numbers(walk.table, places, nulls)
    counts = walk.table.counts
    rows, sure, marked = [], {}, []
    for column in sensitive:
        values = in_value_order(column.codes, column.values)
        found = attribute_disclosure(class_of, values, counts)
        rows.append({"field": column.name, **asdict(found)})
        share = certainty(crosstab(class_of, values, counts))
        sure[column.name] = pa.array(share, mask=np.isnan(share))
        wanted = given.sensitive_values.get(column.name, ())
        marked += _marked(column, class_of, counts, wanted)
    return Disclosure(
        tuple(walk.table.names[place] for place in places),
        back(pa.Table.from_pylist(rows)),
        back(pa.table(sure)),
        back(pa.Table.from_pylist(marked, schema=_MARKED)),
    )


_MARKED = pa.schema(
    [
        ("field", pa.string()),
        ("value", pa.string()),
        ("people", pa.int64()),
        ("classes", pa.int64()),
        ("certain_people", pa.int64()),
        ("certainty", pa.float64()),
    ]
)


def _marked(
    column: Coded,
    class_of: NDArray[np.int64],
    counts: NDArray[np.uint32] | None,
    wanted: Sequence[Any],
) -> list[dict[str, Any]]:
    if not wanted:
        return []
    code_of = {value: code for code, value in enumerate(column.values.to_pylist(), 1)}
    absent = column.distinct + 1
    codes = [code_of.get(value, absent) for value in wanted]
    found = marked_values(crosstab(class_of, column.codes, counts), codes)
    return [
        {
            "field": column.name,
            "value": str(value),
            "people": one.people,
            "classes": one.classes,
            "certain_people": one.certain_people,
            "certainty": one.certainty,
        }
        for value, one in zip(wanted, found, strict=True)
    ]
