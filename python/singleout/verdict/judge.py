"""`review`: inspect a draft, measure its tables of people, apply a policy, say why."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase

from singleout.draft import Draft, inspect
from singleout.draft.codes import CODES
from singleout.draft.model import DraftTable, Finding, Place
from singleout.policy.model import Acceptance, Effect, Policy
from singleout.policy.never import UNREAD, UNSEEN
from singleout.verdict import counts, people
from singleout.verdict.reasons import Accepted, Reason, from_finding, order, reason
from singleout.verdict.result import Review, Verdict
from singleout.verdict.settled import Settled, check_given, how_to_settle, settled
from singleout.verdict.standing import Measured, evidence

Say = Callable[[str], None]

# These findings are judged from the tables themselves, by the policy's own limits.
_BY_TABLE = frozenset({"people-table", "small-count"})
# These too where the policy declares the table's columns, or says what its rows are.
_UNLESS_DECLARED = frozenset({"case-table", "unclear-table"})
_MOST_LISTED = 10
_MOST_MEASURED = 20  # tables that are stopped anyway and measured for the text
# A letter need not hold a table; a spreadsheet without one is no answer to a request.
_LETTERS = frozenset({"docx", "docm"})
# A text file is a letter from so many paragraphs on
_PARAGRAPHS = 2


def review(
    source: str | os.PathLike[str] | bytes | Draft,
    policy: str | os.PathLike[str] | Policy | None = None,
    *,
    as_of: dt.date | None = None,
    name: str | None = None,
    show_values: bool = False,
    say: Say | None = None,
    rows: Mapping[str, str] | None = None,
) -> Review:
    """Say whether a file may leave under a policy, and if not, why.

    Parameters
    ----------
    source : path, bytes or Draft
        The draft, as it would be sent.
    policy : path, str or Policy, optional
        A policy file, a preset's name or a policy; ``foi-strict`` when left out.
    as_of : datetime.date, optional
        The day on which acceptances are judged; today when left out. It is part of the result.
    name : str, optional
        The file's name where `source` is bytes.
    show_values : bool
        Show names of files, sheets and parts that look like a person or a path.
    say : callable, optional
        Told in words what is being done.
    rows : mapping of str to str, optional
        What the rows of unclear tables are, by the place that a review names (``{"A1:C9":
        "things"}``): listed first in every output.

    Returns
    -------
    Review

    Raises
    ------
    InputError
        If there is no such file, or it may not be read; PolicyError, a kind of it, if the policy
        cannot be used.

    Examples
    --------
    >>> import singleout as so
    >>> so.review(b"rank,officers\\nsergeant,120\\ninspector,45\\n", name="a.csv").verdict
    'release'
    """
    rules = Policy.load(policy)
    told = say or (lambda words: None)
    if isinstance(source, Draft):
        draft = source
    else:
        told("reading the file as the public will")
        draft = inspect(source, name=name)
    check_given(rows or {}, draft)
    day = dt.date.today() if as_of is None else as_of
    work = _Work(draft, rules, told, day, dict(rows or {}))
    work.all()
    reasons, accepted = accept(work.reasons, rules, draft.name, day)
    return Review(
        verdict=_verdict(reasons, draft),
        reasons=tuple(sorted(reasons, key=order)),
        accepted=tuple(sorted(accepted, key=lambda a: order(a.reason))),
        not_checked=tuple(work.not_checked()),
        policy=rules,
        draft=draft,
        as_of=day,
        measured=tuple(work.measured),
        settled=tuple(work.settled),
        show_values=show_values,
    )


def _verdict(reasons: list[Reason], draft: Draft) -> Verdict:
    effects = {one.effect for one in reasons}
    if "refuse" in effects:
        return "refuse"
    return "review" if effects or not draft.complete else "release"


@dataclass
class _Work:
    """One review while it is made."""

    draft: Draft
    policy: Policy
    say: Say
    day: dt.date
    given: dict[str, str] = field(default_factory=dict)
    settled: list[Settled] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    measured: list[Measured] = field(default_factory=list)
    things: list[DraftTable] = field(default_factory=list)

    def all(self) -> None:
        """Everything that may stop the file."""
        self.findings()
        self.tables()
        self.shape()

    def findings(self) -> None:
        """What `inspect` found, and what was not asked for."""
        found = list(self.draft.findings)
        expect = self.policy.expect
        if expect.content is not None or expect.columns is not None:
            found += [f for f in _unexpected(self.draft, self.policy) if f not in found]
        for one in found:
            effect = self._effect(one)
            if effect == "ignore" or one.code in _BY_TABLE:
                continue
            table = self._table_of(one) if one.code in _UNLESS_DECLARED else None
            if table is not None and self._is_declared(table):
                continue
            told = self._with_evidence(from_finding(one, effect), one)
            if table is not None and table.kind == "unclear":
                told = replace(told, note=f"{how_to_settle(table, self.draft.name)}.")
            self.reasons.append(told)

    def _table_of(self, finding: Finding) -> DraftTable | None:
        return next((t for t in self.draft.tables if t.place == finding.place), None)

    def _is_declared(self, table: DraftTable) -> bool:
        """Whether the policy declares the table's columns, or somebody said what its rows are."""
        if people.concerns_people(table, self.policy):
            return True
        known = settled(table, self.policy, self.draft.name, self.day, self.given)
        if known is not None:
            self.settled.append(known)
        return known is not None

    def _effect(self, finding: Finding) -> Effect:
        rules = self.policy.findings
        if finding.code in UNSEEN:
            return "refuse"
        # A code's effect is for its usual severity; a finding that its reader lowered stays lower.
        by_severity: dict[str, Effect] = {
            "refuse": rules.refuse,
            "review": rules.review,
            "note": rules.note,
        }
        never = finding.code in UNREAD or finding.code in _UNLESS_DECLARED
        if never and by_severity[finding.severity] == "ignore":
            return rules.codes.get(finding.code, "review")
        return rules.codes.get(finding.code, by_severity[finding.severity])

    def _with_evidence(self, one: Reason, finding: Finding) -> Reason:
        """Say of a table of cases, or of people out of sight, who stands out in it."""
        kind = {"unseen-people-table": "people", "case-table": "cases"}.get(finding.code)
        table = next(
            (t for t in self.draft.tables if t.kind == kind and t.place == finding.place), None
        )
        if table is None or len(self.measured) >= _MOST_MEASURED:
            return one
        self.say(f"measuring {table.n_rows:,} rows{'' if table.visible else ' out of sight'}")
        found = evidence(table)
        if found is None:
            return one
        self.measured.append(found)
        detail = "; ".join(text for text in (one.detail, found.text()) if text)
        return replace(one, detail=detail, example=found.example(table))

    def tables(self) -> None:
        """Counts by the policy's limits on cells, visible people by its limits on people."""
        for table in self.draft.tables:
            if people.concerns_people(table, self.policy):
                if not table.visible:
                    continue
                self.say(f"measuring {table.n_rows:,} rows of people")
                outcome = people.check(table, self.policy)
                self.reasons.extend(outcome.reasons)
                self.notes.extend(outcome.not_checked)
                if outcome.measured is not None:
                    self.measured.append(outcome.measured)
            elif counts.concerns_counts(table, self.policy.counts):
                reasons, notes = counts.check(table, self.policy.counts)
                self.reasons.extend(reasons)
                self.notes.extend(notes)
            elif table.visible and table.kind == "things":
                self.things.append(table)

    def shape(self) -> None:
        """What is wrong with the file as a whole."""
        if any(one.code in UNREAD for one in self.reasons):
            return
        if not self.draft.complete:
            known = CODES["not-fully-read"]
            told = Finding("not-fully-read", "review", Place(), 1, known.how, known.remedy)
            self.reasons.append(from_finding(told, "review"))
        elif not self.draft.tables and not self._letter():
            what = "No table was found in the file"
            self.reasons.append(reason("no-table", "review", what, Place(), 1, "files"))

    def _letter(self) -> bool:
        draft = self.draft
        return draft.format in _LETTERS or (
            draft.format == "text" and draft.paragraphs >= _PARAGRAPHS
        )

    def not_checked(self) -> list[str]:
        """What the verdict says nothing about, in plain English."""
        found = list(dict.fromkeys(self.notes))
        if self.things:
            places = [t.place.text() for t in self.things[:_MOST_LISTED]]
            more = len(self.things) - len(places)
            rest = f" and {more} more" if more > 0 else ""
            found.append(
                "Tables whose rows are taken for things, so that no limit was applied: "
                f"{'; '.join(places)}{rest}"
            )
        unread = [f for f in self.draft.findings if f.code in UNREAD]
        if unread:
            found.append(f"What could not be read: {len(unread)} places, named among the reasons")
        found.append("What pictures show")
        if not self.draft.tables:
            found.append("Anything about people: the file has no table to measure")
        found.append("What others know already: earlier releases, the press, local knowledge")
        if not any(t.kind == "counts" for t in self.draft.tables):
            return found
        if self.policy.counts.derivable == "ignore":
            found.append("Whether small counts that are kept back follow from totals")
        return found


def _unexpected(draft: Draft, policy: Policy) -> list[Finding]:
    """Compare what the policy expects with the draft's tables."""
    from singleout.draft.collector import Collector
    from singleout.draft.expect import compare
    from singleout.draft.limits import Budget

    collector = Collector(Budget(0))
    collector.results.tables.extend(draft.tables)
    expect = policy.expect
    compare(expect.content or list(expect.columns or ()), collector)
    return collector.results.findings


def accept(
    reasons: list[Reason], policy: Policy, file: str, day: dt.date
) -> tuple[list[Reason], list[Accepted]]:
    """Take out what the policy accepts on a day; say of what has expired that it has.

    Parameters
    ----------
    reasons : list of Reason
        What was found.
    policy : Policy
        Its acceptances.
    file : str
        The draft's name.
    day : datetime.date
        The day on which they are judged.

    Returns
    -------
    list of Reason, list of Accepted
        What stays, and what was let pass.
    """
    kept: list[Reason] = []
    accepted: list[Accepted] = []
    for one in reasons:
        fitting = [entry for entry in policy.accept if _fits(entry, one, file)]
        valid = [entry for entry in fitting if day <= entry.expires]
        if valid and one.code not in UNREAD | UNSEEN:
            accepted.append(Accepted(one, valid[0].reason, valid[0].expires))
        elif fitting:
            last = max(entry.expires for entry in fitting)
            kept.append(replace(one, note=f"An acceptance of this expired on {last.isoformat()}."))
        else:
            kept.append(one)
    return kept, accepted


def _fits(entry: Acceptance, one: Reason, file: str) -> bool:
    return (
        entry.code == one.code
        and (entry.file is None or fnmatchcase(file, entry.file))
        and (entry.place is None or entry.place in (one.place.text(), one.place.text(False)))
        and (entry.at_most is None or one.count <= entry.at_most)
    )
