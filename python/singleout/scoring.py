"""`score`: from any table to an `Assessment` of who can be singled out in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from singleout.arguments import Asked, coded, named, normalised, options_of
from singleout.assessment import Assessment
from singleout.sources import open_source
from singleout.walk import Identifiers, Nulls

if TYPE_CHECKING:
    from singleout.attacker import Attacker

__all__ = ["score"]


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
    weights: str | None = None,
    sampling_fraction: float | None = None,
    attacker: Attacker | str | None = None,
    sensitive: Sequence[str] | None = None,
    sensitive_values: Mapping[str, Sequence[Any]] | None = None,
    normalise: Mapping[str, str] | None = None,
    roles: Mapping[str, str] | None = None,
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
    weights : str, optional
        The column of sampling weights: how many people of the population a row stands for. Gives
        ``population_k`` and ``individual_risk`` in `records`.
    sampling_fraction : float, optional
        Share of the population that the rows are, above 0 and at most 1. Gives ``dis_suda``.
    attacker : Attacker or str, optional
        What an attacker knows of people, or a preset's name. Gives ``risk``.
    sensitive : sequence of str, optional
        Fields whose value must not be given away, for `disclosure`; they are combined all the same
        if they are among `fields`.
    sensitive_values : mapping of str to sequence, optional
        Values whose mere presence must be reported, by field: ``{"unit": ["Surveillance"]}``.
    normalise : mapping of str to {"name", "initials"}, optional
        Compare these fields as people compare names, before anything else; `notes` says so.
    roles : mapping of str to str, optional
        What fields are, where you know better than `suggest_roles`. "sensitive" counts as named in
        `sensitive`; no role keeps a field out of the combinations.

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
    options = options_of(max_size, threshold, identifiers, nulls, threads, progress)
    asked = Asked(
        weights, sampling_fraction, attacker, sensitive, sensitive_values, normalise, roles
    )
    source = open_source(data)
    with named(source):
        source = normalised(source, normalise)
        table, given = coded(source, fields, counts, options.threads, asked)
    return Assessment(source, table, options, given)
