"""Tables of people: which columns may leave, and how many people stand out in what is left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from singleout.draft.model import DraftTable
from singleout.policy.model import Field, Policy
from singleout.verdict.groups import Ints, codes, distinct_in_groups, sizes, together
from singleout.verdict.reasons import Reason, Stops, reason
from singleout.verdict.standing import Standing, worst_combination

_MOST_NAMES = 5
UNDECLARED = Field(role="quasi-identifier", release=True)


def concerns_people(table: DraftTable, policy: Policy) -> bool:
    """Tell whether a table's rows are taken for people under a policy.

    A table that shows neither people nor counts is one where the policy declares a column of it,
    or where it measures or names every column anyway.
    """
    if table.kind == "people":
        return True
    declared = [policy.field(name) is not None for name in table.names]
    if table.kind == "counts":
        return all(declared)
    strict = policy.people.undeclared == "score" or policy.people.require_purpose
    return any(declared) or strict


@dataclass
class _Table:
    """A table under a policy: what each column is, and the coded columns, made once."""

    table: DraftTable
    policy: Policy
    fields: dict[str, Field] = field(default_factory=dict)
    undeclared: list[str] = field(default_factory=list)
    coded: dict[str, Ints] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in self.table.names:
            known = self.policy.field(name)
            if known is None:
                self.undeclared.append(name)
            self.fields[name] = UNDECLARED if known is None else known

    def of(self, *roles: str) -> list[str]:
        return [name for name, known in self.fields.items() if known.role in roles]

    def column(self, name: str) -> Ints:
        if name not in self.coded:
            self.coded[name] = codes(self.table.data.column(name))
        return self.coded[name]

    @property
    def key(self) -> str | None:
        """The column that names a person, if the table has it."""
        wanted = self.policy.people.key
        if wanted is None:
            return None
        return next((n for n in self.table.names if n.casefold() == wanted.casefold()), None)

    def people(self, rows: Ints) -> tuple[int, str]:
        """How many people (or rows, without a key) some rows are of, and the word for it."""
        if self.key is None:
            return len(rows), "row" if len(rows) == 1 else "rows"
        count = len(np.unique(self.column(self.key)[rows]))
        return count, "person" if count == 1 else "people"


def check(table: DraftTable, policy: Policy) -> tuple[list[Reason], list[str]]:
    """Apply a policy to a table of people that a reader sees.

    Parameters
    ----------
    table : DraftTable
        Whose rows `concerns_people`.
    policy : Policy
        What may leave.

    Returns
    -------
    reasons : list of Reason
        What the policy stops.
    not_checked : list of str
        What was not checked, in plain English.
    """
    seen = _Table(table, policy)
    if seen.undeclared and policy.people.undeclared != "score":
        return [_undeclared(seen, policy.people.undeclared)], []
    reasons = [*_columns(seen), *_sensitive(seen)]
    names = seen.of("quasi-identifier")
    if policy.people.key is not None:
        names = [name for name in names if name != seen.key]
    notes: list[str] = []
    where = table.place.text()
    if released := [n for n in seen.of("direct-identifier") if seen.fields[n].may_leave]:
        notes.append(f"{where}: whether {_listed(released)} should leave: the policy lets them")
    if not names:
        notes.append(f"{where}: who stands out, since the policy declares no quasi-identifier in it")
        return reasons, notes
    if seen.undeclared:
        notes.append(
            f"{where}: what {_listed(seen.undeclared)} are; they count as known to an attacker"
        )
    from singleout.verdict.limits import measured

    found, more = measured(seen, names)
    return reasons + found, notes + [f"{where}: {note}" for note in more]


def _undeclared(seen: _Table, effect: Stops) -> Reason:
    table = seen.table
    count, word = seen.people(np.arange(table.n_rows))
    missing = seen.undeclared
    standing = worst_combination(table)
    what = (
        f"A table of {count:,} {word} of people" if word.startswith("row") else
        f"A table of {count:,} {word}"
    ) + f" and {len(table.names)} columns; the policy does not declare {_listed(missing)}"  # fmt: skip
    if standing is not None:
        what += f"; {standing.text()}"
    return reason(
        "undeclared-people-table",
        effect,
        what,
        table.place,
        count,
        word,
        example="" if standing is None else standing.example(table),
    )


def _columns(seen: _Table) -> Iterator[Reason]:
    """Columns that may not be there, or not without a purpose, or not beside each other."""
    table, rules = seen.table, seen.policy.people
    count, word = seen.people(np.arange(table.n_rows))
    direct = [n for n in seen.of("direct-identifier") if not seen.fields[n].may_leave]
    if direct:
        what = f"{_listed(direct)} say who each of {count:,} {word} is about"
        yield reason("direct-identifier", "refuse", what, table.place, count, word)
    kept = [n for n, f in seen.fields.items() if f.role != "direct-identifier" and not f.may_leave]
    if kept:
        what = f"{_listed(kept)} may not leave"
        yield reason("field-not-released", "refuse", what, table.place, len(kept), "columns")
    if rules.require_purpose:
        without = [n for n, f in seen.fields.items() if not f.purpose.strip()]
        if without:
            what = f"No purpose is stated for {_listed(without)}"
            yield reason("no-purpose", "refuse", what, table.place, len(without), "columns")
    both = seen.of("direct-identifier"), seen.of("sensitive")
    if rules.identifiers_with_sensitive != "ignore" and all(both):
        what = f"{_listed(both[0])} stand beside {_listed(both[1])} for {count:,} {word}"
        effect = rules.identifiers_with_sensitive
        yield reason("identifiers-with-sensitive", effect, what, table.place, count, word)


def _sensitive(seen: _Table) -> Iterator[Reason]:
    """Values whose mere presence refuses; they are counted and never named."""
    for name, known in seen.fields.items():
        if not known.sensitive_values:
            continue
        listed = {value.strip().casefold() for value in known.sensitive_values}
        texts = seen.table.data.column(name).to_pylist()
        rows = np.array([i for i, t in enumerate(texts) if t and t.strip().casefold() in listed])
        if len(rows):
            count, word = seen.people(rows)
            what = f"{count:,} {word} with a value of '{name}' that the policy lists as sensitive"
            example = f"row {seen.table.row_number(int(rows[0])):,}"
            yield reason("sensitive-value", "refuse", what, seen.table.place, count, word,
                         example=example)  # fmt: skip


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(f"'{name}'" for name in names[:_MOST_NAMES])
    more = len(names) - _MOST_NAMES
    return f"{shown} and {more} more" if more > 0 else shown


def unseen_standing(table: DraftTable) -> Standing | None:
    """Who stands out in a table of people that is out of sight, for its reason's text."""
    return worst_combination(table)
