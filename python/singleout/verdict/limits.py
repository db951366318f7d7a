"""The policy's limits on rows about people: group size, risk of a record, sensitive values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from singleout.errors import InputError
from singleout.verdict.attacked import attacked
from singleout.verdict.groups import Ints, distinct_in_groups, sizes, together
from singleout.verdict.reasons import Reason, reason
from singleout.verdict.standing import Measured, measure
from singleout.verdict.words import listed

if TYPE_CHECKING:
    from singleout.verdict.people import PeopleTable

_SHOWN_SIZE = 3  # combinations for the text go up to this where the verdict rests on all fields
_ALL_SIZES = 12


def measured(
    seen: PeopleTable, names: Sequence[str]
) -> tuple[list[Reason], list[str], Measured | None]:
    """Measure the quasi-identifiers of a table against the policy's limits.

    With a person key, a person's rows that look alike count once, so that groups are of people.

    Parameters
    ----------
    seen : PeopleTable
        The table under its policy.
    names : sequence of str
        Its quasi-identifiers.

    Returns
    -------
    reasons : list of Reason
        Limits that are broken.
    not_checked : list of str
        What the reader must know besides, in plain English.
    measured : Measured or None
        What the engine said; None where it could not measure the table.
    """
    rules = seen.policy.people
    n = seen.table.n_rows
    groups = together([seen.column(name) for name in names], n)
    if seen.key is None:
        rows = np.arange(n)
    else:
        _, rows = np.unique(together([groups, seen.column(seen.key)], n), return_index=True)
        rows = np.sort(rows)
    capped = rules.max_size is not None and rules.max_size < len(names)
    shown = None if len(names) <= _ALL_SIZES else _SHOWN_SIZE
    try:
        found = measure(
            seen.table,
            names,
            max_size=rules.max_size if capped else shown,
            threshold=rules.threshold or 1,
            data=None if len(rows) == n else seen.table.data.take(rows),
        )
    except InputError as problem:
        what = f"A table of {n:,} rows could not be measured ({problem})"
        place = seen.table.place
        return [reason("too-large-to-measure", "review", what, place, n, "rows")], [], None
    reasons: list[Reason] = []
    notes: list[str] = []
    if capped:
        reasons += _capped(seen, names, rows, found)
    else:
        alike = sizes(groups[rows])
        reasons += _threshold(seen, names, rows, alike, found)
        if rules.attacker is None:
            reasons += _risk(seen, names, rows, alike, len(np.unique(groups)))
    limited = rules.max_risk is not None or rules.max_mean_risk is not None
    if rules.attacker is not None and limited:
        more, notes = attacked(seen, names, rows)
        reasons += more
    if seen.key is not None and (capped or rules.attacker is not None):
        notes += _split_people(seen, rows)
    if rules.min_distinct is not None and rules.min_distinct > 1:
        reasons += _alike_sensitive(seen, names, groups, rules.min_distinct)
    return reasons, notes, found


def _split_people(seen: PeopleTable, rows: Ints) -> list[str]:
    """Where fewer than all fields are known, rows of a person that differ elsewhere count apart."""
    count, word = seen.people(rows)
    if count == len(rows):
        return []
    return [
        f"{seen.table.place.text()}: that {len(rows):,} different rows are of {count:,} {word}, "
        "whose groups by some of the fields are counted in rows, so may be of fewer people"
    ]


def _row(seen: PeopleTable, row: int) -> str:
    return f"row {seen.table.row_number(row):,}"


def _threshold(
    seen: PeopleTable, names: Sequence[str], rows: Ints, alike: Ints, found: Measured
) -> list[Reason]:
    limit = seen.policy.people.threshold
    if limit is None or int(alike.min()) >= limit:
        return []
    below, alone = rows[alike < limit], rows[alike == 1]
    count, word = seen.people(below)
    what = f"{count:,} {word} in groups of fewer than {limit} by {listed(names)}"
    if len(alone):
        what += f", {seen.people(alone)[0]:,} of them alone"
    first = int(alone[0] if len(alone) else below[0])
    place = seen.table.place
    return [
        reason(
            "below-threshold", "refuse", what, place, count, word,
            example=_row(seen, first), detail=found.text(),
        )
    ]  # fmt: skip


def _risk(
    seen: PeopleTable, names: Sequence[str], rows: Ints, alike: Ints, n_groups: int
) -> list[Reason]:
    rules, place = seen.policy.people, seen.table.place
    risk = 1.0 / alike
    found = []
    if rules.max_risk is not None and float(risk.max()) > rules.max_risk:
        above = rows[risk > rules.max_risk]
        count, word = seen.people(above)
        what = (
            f"{count:,} {word} with a risk above {rules.max_risk:g} from someone who knows "
            f"{listed(names)}; the largest is {float(risk.max()):.4g}, in a group of "
            f"{int(alike.min()):,}"
        )
        example = _row(seen, int(rows[np.argmax(risk)]))
        found.append(reason("record-risk", "refuse", what, place, count, word, example=example))
    mean = n_groups / len(rows)  # the mean of 1/k over the rows, without rounding on the way
    if rules.max_mean_risk is not None and mean > rules.max_mean_risk:
        count, word = seen.people(rows)
        what = (
            f"The mean risk of {count:,} {word} is {mean:.4g}, above "
            f"{rules.max_mean_risk:g}, from someone who knows {listed(names)}"
        )
        found.append(reason("mean-risk", "refuse", what, place, count, word))
    return found


def _capped(seen: PeopleTable, names: Sequence[str], rows: Ints, found: Measured) -> list[Reason]:
    """The limits where at most `max_size` fields are known: the worst combination counts."""
    rules, place = seen.policy.people, seen.table.place
    reasons: list[Reason] = []
    data = None if len(rows) == seen.table.n_rows else seen.table.data.take(rows)
    for code, limit in (("below-threshold", rules.threshold), ("record-risk", rules.max_risk)):
        if limit is None or (code == "record-risk" and rules.attacker is not None):
            continue
        least = int(limit) if code == "below-threshold" else smallest_group(limit)
        result = found
        if least != found.threshold:
            result = measure(seen.table, names, max_size=rules.max_size, threshold=least, data=data)
        worst = result.most_below
        if worst is None or not worst.rows_below:
            continue
        alike = sizes(together([seen.column(name)[rows] for name in worst.fields], len(rows)))
        below = rows[alike < least]
        count, word = seen.people(below)
        limit_words = (
            f"in groups of fewer than {least}"
            if code == "below-threshold"
            else f"with a risk above {limit:g}, in groups of fewer than {least},"
        )
        what = (
            f"{count:,} {word} {limit_words} by {listed(worst.fields)}, the worst combination of "
            f"at most {rules.max_size} fields"
        )
        example = _row(seen, int(rows[int(np.argmin(alike))]))
        reasons.append(reason(code, "refuse", what, place, count, word, example=example))
    mean = found.largest_mean_risk if rules.attacker is None else 0.0
    if rules.max_mean_risk is not None and mean > rules.max_mean_risk:
        count, word = seen.people(rows)
        what = (
            f"The mean risk of {count:,} {word} is {found.largest_mean_risk:.4g}, above "
            f"{rules.max_mean_risk:g}, by the worst combination of at most {rules.max_size} fields"
        )
        reasons.append(reason("mean-risk", "refuse", what, place, count, word))
    return reasons


def smallest_group(max_risk: float) -> int:
    """Return the least k with 1/k at most a risk.

    Examples
    --------
    >>> smallest_group(0.09), smallest_group(0.5)
    (12, 2)
    """
    k = max(1, int(1.0 / max_risk) - 1)
    while 1.0 / k > max_risk:
        k += 1
    return k


def _alike_sensitive(
    seen: PeopleTable, names: Sequence[str], groups: Ints, least: int
) -> list[Reason]:
    found = []
    for name in seen.of("sensitive"):
        different = distinct_in_groups(groups, seen.column(name))
        rows = np.flatnonzero(different < least)
        if not len(rows):
            continue
        count, word = seen.people(rows)
        what = (
            f"{count:,} {word} in groups by {listed(names)} with fewer than {least} different "
            f"values of '{name}'"
        )
        found.append(
            reason(
                "same-sensitive-value", "refuse", what, seen.table.place, count, word,
                example=_row(seen, int(rows[0])),
            )
        )  # fmt: skip
    return found
