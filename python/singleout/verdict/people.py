"""Tables of people: which columns may leave, and how many people stand out in what is left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from singleout.draft.model import DraftTable
from singleout.policy.model import Field, Policy
from singleout.roles import suggest_roles
from singleout.verdict.groups import Ints, codes
from singleout.verdict.limits import measured
from singleout.verdict.reasons import Reason, Stops, reason
from singleout.verdict.standing import Measured, evidence
from singleout.verdict.words import listed

UNDECLARED = Field(role="quasi-identifier", release=True)


def concerns_people(table: DraftTable, policy: Policy) -> bool:
    """Tell whether a table's rows are measured as people's under a policy.

    A table that names or numbers people always; any other one where the policy declares a column
    of it (every column, where it counts), or where it measures or names every column anyway.
    """
    if table.kind == "people":
        return True
    declared = [policy.field(name) is not None for name in table.names]
    if table.kind == "counts":
        return all(declared)
    strict = policy.people.undeclared == "score" or policy.people.require_purpose
    return any(declared) or strict


@dataclass
class PeopleTable:
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


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check gave: reasons, what was not checked, and what was measured."""

    reasons: tuple[Reason, ...] = ()
    not_checked: tuple[str, ...] = ()
    measured: Measured | None = None


def check(table: DraftTable, policy: Policy) -> Outcome:
    """Apply a policy to a table of people that a reader sees.

    Parameters
    ----------
    table : DraftTable
        Whose rows `concerns_people`.
    policy : Policy
        What may leave.

    Returns
    -------
    Outcome
        What the policy stops, what was not checked, and what was measured.
    """
    seen = PeopleTable(table, policy)
    if seen.undeclared and policy.people.undeclared != "score":
        found = evidence(table)
        return Outcome((_undeclared(seen, policy.people.undeclared, found),), (), found)
    reasons = [*_columns(seen), *_sensitive(seen)]
    names = [name for name in seen.of("quasi-identifier") if name != seen.key]
    where = table.place.text()
    notes: list[str] = []
    if released := [n for n in seen.of("direct identifier") if seen.fields[n].may_leave]:
        notes.append(f"{where}: whether {listed(released)} should leave; the policy lets them")
    if seen.undeclared:
        notes.append(
            f"{where}: what {listed(seen.undeclared)} are; they count as known to an attacker"
        )
    if doubted := _doubted(seen):
        notes.append(
            f"{where}: whether {listed(doubted)} are what the policy declares; names or values "
            "suggest direct identifiers"
        )
    if not names:
        notes.append(f"{where}: who stands out, since no quasi-identifier is declared in it")
        return Outcome(tuple(reasons), tuple(notes))
    if table.n_rows == 0:
        return Outcome(tuple(reasons), tuple(notes))
    found_reasons, more, result = measured(seen, names)
    notes += more
    return Outcome((*reasons, *found_reasons), tuple(notes), result)


def _undeclared(seen: PeopleTable, effect: Stops, found: Measured | None) -> Reason:
    table = seen.table
    count, word = seen.people(np.arange(table.n_rows))
    of = " about people" if word.startswith("row") else ""
    what = f"{count:,} {word}{of}, with columns that the policy does not declare"
    more = "" if found is None or not found.text() else f"; {found.text()}"
    direct = [f.name for f in suggest_roles(table.data).fields if f.role == "direct identifier"]
    if direct:
        more = f"; direct identifiers by name or values: {listed(direct)}{more}"
    return reason(
        "undeclared-people-table",
        effect,
        what,
        table.place,
        count,
        word,
        example="" if found is None else found.example(table),
        detail=f"{len(table.names)} columns, not declared: {listed(seen.undeclared)}{more}",
    )


def _doubted(seen: PeopleTable) -> list[str]:
    """Columns that look like direct identifiers and are declared as something else."""
    suggested = suggest_roles(seen.table.data).fields
    declared = [f for f in suggested if f.name not in seen.undeclared]
    return [
        f.name
        for f in declared
        if f.role == "direct identifier" and seen.fields[f.name].role != "direct identifier"
    ]


def _columns(seen: PeopleTable) -> Iterator[Reason]:
    """Columns that may not be there, or not without a purpose, or not beside each other."""
    table, rules = seen.table, seen.policy.people
    count, word = seen.people(np.arange(table.n_rows))
    direct = [n for n in seen.of("direct identifier") if not seen.fields[n].may_leave]
    if direct:
        what = f"{listed(direct)} say who each of {count:,} {word} is about"
        yield reason("direct-identifier", "refuse", what, table.place, count, word)
    kept = [n for n, f in seen.fields.items() if f.role != "direct identifier" and not f.may_leave]
    if kept:
        what = f"{listed(kept)} may not leave"
        yield reason("field-not-released", "refuse", what, table.place, len(kept), "columns")
    if rules.require_purpose:
        without = [n for n, f in seen.fields.items() if not f.purpose.strip()]
        if without:
            what = f"No purpose is stated for {listed(without)}"
            yield reason("no-purpose", "refuse", what, table.place, len(without), "columns")
    both = seen.of("direct identifier"), seen.of("sensitive")
    if rules.identifiers_with_sensitive != "ignore" and all(both):
        what = f"{listed(both[0])} stand beside {listed(both[1])} for {count:,} {word}"
        effect = rules.identifiers_with_sensitive
        yield reason("identifiers-with-sensitive", effect, what, table.place, count, word)


def _sensitive(seen: PeopleTable) -> Iterator[Reason]:
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
