"""Tables of counts: small, derivable and unrounded cells, as the policy asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt

from singleout.draft.keptback import is_kept_back
from singleout.draft.model import DraftTable, cell_name
from singleout.policy.model import Counts, Effect
from singleout.verdict.reasons import Reason, Stops, reason
from singleout.verdict.words import column_name
from singleout.verdict.words import counted as in_words

Floats = npt.NDArray[np.float64]

_PEOPLE = re.compile(
    r"(?i)\b(officers?|people|persons?|staff|patients?|pupils?|students?|employees?|workers?|"
    r"workforce|headcount|fte|victims?|offenders?|suspects?|defendants?|prisoners?|children|adults?|"
    r"men|women|males?|females?|boys|girls|households?|families|deaths?|births?|admissions?|"
    r"discharges?|beneficiar(?:y|ies)|claimants?|residents?|applicants?|members|users|drivers|"
    r"attendances?|attendees|cases|arrests?|complaints?|complainants?|incidents?|offences?|crimes?|"
    r"convictions?|referrals?|diagnos[ei]s|gender|sex|ethnic(?:ity)?|religion|disability|ranks?|"
    r"sergeants?|constables?|inspectors?|superintendents?|population|respondents?|participants?|"
    r"volunteers?|nurses?|doctors?|teachers?|leavers?|joiners?|sickness|absence|procedures?)\b"
)
_THINGS = re.compile(
    r"(?i)(\b(vehicles?|cars?|vans?|dogs?|horses?|laptops?|phones?|devices?|computers?|requests?|"
    r"e-?mails?|documents?|files?|books?|buildings?|propert(?:y|ies)|items?|units?|stock|prices?|"
    r"costs?|amounts?|invoices?|payments?|sales|orders?|products?|quantit(?:y|ies)|qty|trees?|"
    r"roads?|miles|km|tonnes?|kg|litres?|kwh|hours|days|pages?|licen[cs]es?|permits?|parts?|"
    r"spend|budget|revenue|volume|weight|length|width|height|distance|temperature|rainfall)\b|[£$€])"
)
_SHARE = re.compile(
    r"(?i)(%|\b(per\s?cent(age)?|pct|rate|ratio|share|proportion|mean|average|median|avg)\b)"
)
_MAGNITUDE = re.compile(
    r"(?i)(\b(salar(?:y|ies)|pay|costs?|spend|amount|income|turnover|revenue|value|sum of|mean|"
    r"average|median|earnings|expenditure|fees?)\b|[£$€])"
)
_COUNTING = re.compile(r"(?i)\b(number of|no\.? of|counts?( of)?|headcount|how many)\b")
_LABEL = re.compile(
    r"(?i)^\s*(no\.?|nr\.?|#|id|row|index|code|age|rank|grade|band|quarter|day|hour|stage|level)?\s*$"
)
_WHOLE = 0.6  # the share of whole numbers from which a column may be one of counts
_YEAR = re.compile(r"(?i)\b(years?|period|date|month|week)\b")
TOTAL = re.compile(r"(?i)^\s*(grand\s+|overall\s+)?(totals?|sum|overall|all)\b")
_MOST_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class CountColumn:
    """A column of whole numbers: its index, name, and values (NaN where kept back or empty)."""

    index: int
    name: str
    values: Floats


class CountTable:
    """A draft's table of counts as numbers.

    Parameters
    ----------
    table : DraftTable
        A table of kind counts.
    """

    def __init__(self, table: DraftTable) -> None:
        self.table = table
        self.columns: list[CountColumn] = []
        self.magnitudes: list[str] = []
        self.shares: list[str] = []
        self.unread: list[str] = []
        for index, name in enumerate(table.names):
            texts = table.data.column(index).to_pylist()
            values = _numbers(texts)
            if values is None:
                if any(text is not None and parse(text) is not None for text in texts):
                    self.unread.append(name)
                continue
            self._sort_in(CountColumn(index, name, values))

    def _sort_in(self, column: CountColumn) -> None:
        """Counts, shares, sums and labels; what may be counts as well is taken for counts too."""
        name = column.name
        present = column.values[~np.isnan(column.values)]
        counting = _COUNTING.search(name) is not None
        mostly_whole = np.count_nonzero(present == np.floor(present)) >= _WHOLE * len(present)
        magnitude = _MAGNITUDE.search(name) is not None and not counting
        if magnitude or not mostly_whole:
            self.magnitudes.append(name)
        if _SHARE.search(name) and not counting:
            self.shares.append(name)
        elif mostly_whole and not _is_label(column.index, name, present):
            self.columns.append(column)

    @cached_property
    def subject(self) -> Literal["people", "things", "unknown"]:
        """What is counted, by the names of columns and sheet."""
        place = self.table.place
        words = " ; ".join((*self.table.names, place.sheet, place.item))
        words = re.sub(r"[_\W]+", " ", words) + "".join(re.findall(r"[£$€]", words))
        if _PEOPLE.search(words):
            return "people"
        return "things" if _THINGS.search(words) else "unknown"

    def cell(self, row: int, column: int) -> str:
        """Return the name of a cell that a reader can find."""
        table = self.table
        if table.place.sheet and table.origin is not None:
            return cell_name(table.row_number(row) - 1, table.origin[1] + column)
        return f"row {table.row_number(row):,} of column '{column_name(table.names[column])}'"


def _numbers(texts: list[str | None]) -> Floats | None:
    """Values of a column that is mostly numbers, else None."""
    values = np.full(len(texts), np.nan)
    filled = 0
    for i, text in enumerate(texts):
        if text is None or not text.strip():
            continue
        filled += 1
        number = parse(text)
        if number is not None:
            values[i] = number
    known = np.count_nonzero(~np.isnan(values))
    marks = sum(1 for t in texts if t and is_kept_back(t))
    if not known or known + marks < 0.7 * filled:
        return None
    return values


def parse(text: str) -> float | None:
    """Return the number that a cell shows, or None.

    Examples
    --------
    >>> parse("1,204"), parse("*")
    (1204.0, None)
    """
    try:
        value = float(text.replace(",", "").strip())
    except ValueError:
        return None
    return value if np.isfinite(value) else None


def _is_label(index: int, name: str, present: Floats) -> bool:
    """Whether whole numbers name rows: years, or 1, 2, 3 ... in the first column."""
    if len(present) == 0 or (present < 0).any():
        return True
    years = ((present >= 1900) & (present <= 2100)).all()
    if years and (_YEAR.search(name) or index == 0):
        return True
    if index != 0 or len(present) < 2:
        return False
    steps = np.diff(present)
    return bool((steps == 1).all() or (_LABEL.match(name) and (steps > 0).all()))


def concerns_counts(table: DraftTable, rules: Counts) -> bool:
    """Tell whether a table's numbers are held against the rules on counts.

    Numbers without labels beside them are not known to be counts; they are held against the rules
    where the policy is for every table, or the names tell of people.
    """
    if table.kind == "counts":
        return True
    counted = CountTable(table)
    if not table.visible or not counted.columns:
        return False
    return rules.applies_to == "all" or rules.of == "people" or counted.subject == "people"


def check(table: DraftTable, rules: Counts) -> tuple[list[Reason], list[str]]:
    """Apply a policy's rules to one table of counts.

    Parameters
    ----------
    table : DraftTable
        Of kind counts.
    rules : Counts
        The policy's part on counts.

    Returns
    -------
    reasons : list of Reason
        What the policy stops.
    not_checked : list of str
        What was not checked, in plain English.
    """
    counted = CountTable(table)
    subject = counted.subject if rules.of == "auto" else rules.of
    where = table.place.text()
    if rules.level == "national" and rules.national == "ignore":
        return [], [f"{where}: counts, since the policy declares them national"]
    if rules.applies_to == "people" and subject == "things":
        return [], [f"{where}: small counts, since its names tell of things and not of people"]
    doubt = rules.applies_to == "people" and subject == "unknown"
    reasons = [*_cells(counted, rules, doubt)]
    notes: list[str] = []
    if rules.derivable != "ignore":
        from singleout.verdict.derive import derivable

        found, more = derivable(counted, rules.small_from, rules.small_to)
        notes.extend(f"{where}: {note}" for note in more)
        effect = _effect(rules.derivable, doubt)
        if found and effect is not None:
            what = (
                f"{in_words(len(found), 'small counts')} kept back or not shown can be worked out "
                "from the totals"
            )
            reasons.append(
                reason("derivable-count", effect, what, table.place, len(found), "cells",
                       example="; ".join(found[:_MOST_EXAMPLES]))
            )  # fmt: skip
    checkable = _effect(rules.not_checkable, False)
    if counted.magnitudes and checkable is not None:
        names = ", ".join(f"'{column_name(n)}'" for n in counted.magnitudes[:3])
        n, k, p = rules.dominance_n, rules.dominance_k, rules.p_percent
        what, detail = f"Sums or means in {names}", ""
        if n and k and p:
            detail = (
                f"whether the largest {n} contributors make up {k:.0%} or more, or the rest less "
                f"than {p:.0%} of the largest, is not checkable from the table"
            )
        count = len(counted.magnitudes)
        reasons.append(
            reason("not-checkable", checkable, what, table.place, count, "columns", detail=detail)
        )
    if counted.unread:
        names = ", ".join(f"'{column_name(n)}'" for n in counted.unread[:3])
        notes.append(f"{where}: small counts in {names}, where numbers stand among texts")
    if counted.magnitudes and checkable is None:
        notes.append(f"{where}: whether sums or means lead back to a few people")
    if counted.shares:
        notes.append(f"{where}: whether percentages, rates or means lead back to small counts")
    return reasons, notes


def _effect(effect: Effect, doubt: bool) -> Stops | None:
    """What a rule does; a person decides where it is not known whether people are counted."""
    if effect == "ignore":
        return None
    return "review" if doubt else effect


def _cells(counted: CountTable, rules: Counts, doubt: bool) -> Iterator[Reason]:
    low, high = rules.small_from, rules.small_to
    small = _effect(rules.small, doubt)
    if small is not None and high >= low:
        yield from _reason_for(
            counted, "small-count", small, lambda v: (v >= low) & (v <= high),
            f"from {low} to {high}", doubt,
        )  # fmt: skip
    zero = _effect(rules.zero, doubt)
    if zero is not None:
        yield from _reason_for(counted, "zero-count", zero, lambda v: v == 0, "of zero", doubt)
    unrounded = _effect(rules.unrounded, doubt)
    if unrounded is not None and rules.round_to:
        base = rules.round_to
        yield from _reason_for(
            counted, "unrounded-count", unrounded, lambda v: (v > high) & (v % base != 0),
            f"that are not multiples of {base}", doubt,
        )  # fmt: skip


def _reason_for(
    counted: CountTable,
    code: str,
    effect: Stops,
    test: object,
    words: str,
    doubt: bool,
) -> Iterator[Reason]:
    assert callable(test)
    found: list[str] = []
    total = 0
    for column in counted.columns:
        hits = np.flatnonzero(test(np.nan_to_num(column.values, nan=-1.0)))
        total += len(hits)
        for row in hits[: max(0, _MOST_EXAMPLES - len(found))].tolist():
            found.append(counted.cell(row, column.index))
    if total:
        whose = " of people or things (the names do not tell which)" if doubt else ""
        what = f"{in_words(total, 'counts')}{whose} {words}"
        example = ", ".join(found)
        yield reason(code, effect, what, counted.table.place, total, "cells", example=example)
