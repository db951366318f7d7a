"""The policy's limits on rows about people: group size, risk of a record, sensitive values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from singleout.verdict.groups import Ints, distinct_in_groups, sizes, together
from singleout.verdict.reasons import Reason, reason

if TYPE_CHECKING:
    from singleout.verdict.people import _Table


def measured(seen: _Table, names: Sequence[str]) -> tuple[list[Reason], list[str]]:
    """Measure the quasi-identifiers of a table against the policy's limits.

    With a person key, a person's rows that look alike count once, so that groups are of people.

    Parameters
    ----------
    seen : _Table
        The table under its policy.
    names : sequence of str
        Its quasi-identifiers.

    Returns
    -------
    reasons : list of Reason
        Limits that are broken.
    not_checked : list of str
        What was not checked.
    """
    n = seen.table.n_rows
    if n == 0:
        return [], []
    groups = together([seen.column(name) for name in names], n)
    alike = sizes(groups) if seen.key is None else distinct_in_groups(groups, seen.column(seen.key))
    reasons: list[Reason] = []
    notes: list[str] = []
    rules = seen.policy.people
    wide = rules.max_size is not None and rules.max_size < len(names)
    if wide:
        from singleout.verdict.walk import capped

        found, more = capped(seen, names)
        reasons += found
        notes += more
    else:
        reasons += _threshold(seen, names, alike)
    reasons += _risk(seen, names, alike)
    if rules.min_distinct is not None and rules.min_distinct > 1:
        reasons += _alike_sensitive(seen, names, groups, rules.min_distinct)
    return reasons, notes


def _threshold(seen: _Table, names: Sequence[str], alike: Ints) -> list[Reason]:
    limit = seen.policy.people.threshold
    if limit is None or int(alike.min()) >= limit:
        return []
    below = np.flatnonzero(alike < limit)
    alone = np.flatnonzero(alike == 1)
    count, word = seen.people(below)
    what = f"{count:,} {word} in groups of fewer than {limit} by {listed(names)}"
    if len(alone):
        what += f", {seen.people(alone)[0]:,} of them alone"
    first = int(alone[0] if len(alone) else below[0])
    return [
        reason("below-threshold", "refuse", what, seen.table.place, count, word,
               example=f"row {seen.table.row_number(first):,}")
    ]  # fmt: skip


def _risk(seen: _Table, names: Sequence[str], alike: Ints) -> list[Reason]:
    rules = seen.policy.people
    risk = 1.0 / alike
    found = []
    if rules.max_risk is not None and float(risk.max()) > rules.max_risk:
        above = np.flatnonzero(risk > rules.max_risk)
        worst = int(np.argmax(risk))
        count, word = seen.people(above)
        what = (
            f"{count:,} {word} with a risk above {rules.max_risk:g} for who knows "
            f"{listed(names)}; the worst is {float(risk.max()):.4g}, in a group of "
            f"{int(alike.min())}"
        )
        example = f"row {seen.table.row_number(worst):,}"
        found.append(
            reason("record-risk", "refuse", what, seen.table.place, count, word, example=example)
        )
    if rules.max_mean_risk is not None and float(risk.mean()) > rules.max_mean_risk:
        count, word = seen.people(np.arange(len(alike)))
        what = (
            f"The mean risk of {count:,} {word} is {float(risk.mean()):.4g}, above "
            f"{rules.max_mean_risk:g}, for who knows {listed(names)}"
        )
        found.append(reason("mean-risk", "refuse", what, seen.table.place, count, word))
    return found


def _alike_sensitive(
    seen: _Table, names: Sequence[str], groups: Ints, least: int
) -> list[Reason]:
    found = []
    for name in seen.of("sensitive"):
        different = distinct_in_groups(groups, seen.column(name))
        rows = np.flatnonzero(different < least)
        if len(rows):
            count, word = seen.people(rows)
            what = (
                f"{count:,} {word} in groups by {listed(names)} with fewer than {least} different "
                f"values of '{name}'"
            )
            example = f"row {seen.table.row_number(int(rows[0])):,}"
            found.append(
                reason("same-sensitive-value", "refuse", what, seen.table.place, count, word,
                       example=example)
            )  # fmt: skip
    return found


def listed(names: Sequence[str]) -> str:
    """Return names in quotes, the first five and how many more.

    Examples
    --------
    >>> listed(["rank", "unit"])
    "'rank', 'unit'"
    """
    shown = ", ".join(f"'{name}'" for name in names[:5])
    return f"{shown} and {len(names) - 5} more" if len(names) > 5 else shown
