"""Tables of counts: small, derivable and unrounded cells, as the policy asks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Literal

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from singleout.draft.model import DraftTable, NumberColumn, cell_name
from singleout.identifiers.written_counts import read_counts
from singleout.policy.model import Counts, Effect
from singleout.tabular.arrow import codes_of
from singleout.verdict.percentages import implied_counts, is_share_of_base
from singleout.verdict.reasons import Reason, Stops, reason
from singleout.verdict.words import column_name
from singleout.verdict.words import counted as in_words

Floats = npt.NDArray[np.float64]

_MEAN = re.compile(r"(?i)\b(mean|average|median|avg)\b")
_MOST_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class CountColumn:
    """A column of counts: its index, name, values (NaN where kept back or empty), what it is."""

    index: int
    name: str
    values: Floats
    number: NumberColumn


class CountTable:
    """A draft's table of counts as numbers.

    Parameters
    ----------
    table : DraftTable
        A table with columns of numbers.
    of : {"auto", "people", "things"}
        What its counts are of, where the policy says so.
    """

    def __init__(self, table: DraftTable, of: Literal["auto", "people", "things"] = "auto") -> None:
        self.table = table
        self.of = of
        self.columns: list[CountColumn] = []
        self.magnitudes: list[str] = []
        self.shares: list[str] = []
        self.unread: list[str] = []
        known = {one.index: one for one in table.numbers}
        for index, name in enumerate(table.names):
            one = known.get(index)
            if one is None:
                texts = table.data.column(index).drop_null()
                if not np.isnan(read_counts(pc.unique(texts.combine_chunks()))).all():
                    self.unread.append(name)
            elif one.kind == "count":
                self.columns.append(CountColumn(index, name, _values(table, index), one))
            elif one.kind == "amount" or (one.kind == "share" and _MEAN.search(name)):
                self.magnitudes.append(name)
            if one is not None and one.kind == "share":
                self.shares.append(name)
        self.implied = self._implied()

    def _implied(self) -> list[CountColumn]:
        """Counts of people that percentages of the one count beside them give."""
        people = [column for column in self.columns if self.subject(column) == "people"]
        if len(people) != 1:
            return []
        found = []
        other = {one.index for one in self.table.numbers if one.kind != "share"}
        for index, name in enumerate(self.table.names):
            if index not in other and is_share_of_base(name, people[0].name):
                values = implied_counts(self.table, index, people[0].values)
                found.append(CountColumn(index, name, values, people[0].number))
        return found

    def subject(self, column: CountColumn) -> Literal["people", "things", "unknown"]:
        """What a column counts: by the policy, else by its heading, the titles and the labels."""
        if self.of != "auto":
            return self.of
        if column.number.subject is None:
            return "unknown"
        return "things" if column.number.subject == "things" else "people"

    @cached_property
    def adds_up(self) -> bool:
        """Whether totals below the table add up, which says that its numbers count."""
        totals = self.table.total_rows
        if totals is None or not totals.num_rows:
            return False
        for column in self.columns:
            below = read_counts(totals.column(column.index).combine_chunks().slice(0, 1))[0]
            if not np.isnan(below) and below and np.nansum(column.values) == below:
                return True
        return False

    def cell(self, row: int, column: int) -> str:
        """Return the name of a cell that a reader can find."""
        table = self.table
        if table.place.sheet and table.origin is not None:
            return cell_name(table.row_number(row) - 1, table.origin[1] + column)
        return f"row {table.row_number(row):,} of column '{column_name(table.names[column])}'"


def _values(table: DraftTable, index: int) -> Floats:
    coded = table.data.column(index).combine_chunks().dictionary_encode()
    numbers = np.append(read_counts(coded.dictionary), np.nan)
    at = codes_of(coded)
    return np.asarray(numbers[at], np.float64)


def concerns_counts(table: DraftTable, rules: Counts) -> bool:
    """Tell whether a table's numbers are held against the rules on counts."""
    if table.kind == "counts":
        return True
    counts = any(one.kind == "count" for one in table.numbers)
    if not table.visible or not counts or table.kind == "people":
        return False
    return rules.applies_to == "all" or rules.of == "people"


def check(table: DraftTable, rules: Counts) -> tuple[list[Reason], list[str]]:
    """Apply a policy's rules to one table of counts.

    Parameters
    ----------
    table : DraftTable
        With columns of numbers.
    rules : Counts
        The policy's part on counts.

    Returns
    -------
    reasons : list of Reason
        What the policy stops.
    not_checked : list of str
        What was not checked, in plain English.
    """
    counted = CountTable(table, rules.of)
    where = table.place.text()
    if rules.level == "national" and rules.national == "ignore":
        return [], [f"{where}: counts, since the policy declares them national"]
    subjects = {counted.subject(column) for column in counted.columns}
    if rules.applies_to == "people" and subjects == {"things"}:
        return [], [f"{where}: small counts, since its names tell of things and not of people"]
    doubt = rules.applies_to == "people" and "people" not in subjects
    reasons = [*_cells(counted, rules)]
    notes: list[str] = []
    if rules.derivable != "ignore":
        from singleout.verdict.derive import reasons_of

        columns = [c.index for c in counted.columns if not _left_out(counted, c, rules)]
        found, more = reasons_of(counted, rules, doubt, columns)
        reasons.extend(found)
        notes.extend(f"{where}: {note}" for note in more)
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


def _left_out(counted: CountTable, column: CountColumn, rules: Counts) -> bool:
    return rules.applies_to == "people" and counted.subject(column) == "things"


def _judged(counted: CountTable, rules: Counts) -> Iterator[tuple[list[CountColumn], bool]]:
    """The columns that rules hold for, and those of which it is not known whom they count.

    An unknown subject needs a witness that the column counts at all.
    """
    if rules.applies_to == "all":
        yield counted.columns, False
        return
    people = [column for column in counted.columns if counted.subject(column) == "people"]
    yield people, False
    unknown = [column for column in counted.columns if counted.subject(column) == "unknown"]
    yield [c for c in unknown if c.number.witness or counted.adds_up], True


def _cells(counted: CountTable, rules: Counts) -> Iterator[Reason]:
    low, high = rules.small_from, rules.small_to
    for columns, doubt in _judged(counted, rules):
        if not columns:
            continue
        small = _effect(rules.small, doubt)
        if small is not None and high >= low:
            asked = columns if doubt else [*columns, *counted.implied]
            yield from _reason_for(
                counted, asked, "small-count", small, lambda v: (v >= low) & (v <= high),
                f"from {low} to {high}", doubt,
            )  # fmt: skip
        zero = _effect(rules.zero, doubt)
        if zero is not None:
            yield from _reason_for(
                counted, columns, "zero-count", zero, lambda v: v == 0, "of zero", doubt
            )
        unrounded = _effect(rules.unrounded, doubt)
        if unrounded is not None and rules.round_to:
            base = rules.round_to
            yield from _reason_for(
                counted, columns, "unrounded-count", unrounded,
                partial(_not_rounded, high, base),
                f"that are not multiples of {base}", doubt,
            )  # fmt: skip


def _not_rounded(high: int, base: int, values: Floats) -> npt.NDArray[np.bool_]:
    return np.asarray((values > high) & (values % base != 0), np.bool_)


def _reason_for(
    counted: CountTable,
    columns: Sequence[CountColumn],
    code: str,
    effect: Stops,
    test: Callable[[Floats], npt.NDArray[np.bool_]],
    words: str,
    doubt: bool,
) -> Iterator[Reason]:
    found: list[str] = []
    total = implied = 0
    for column in columns:
        hits = np.flatnonzero(test(np.nan_to_num(column.values, nan=-1.0)))
        total += len(hits)
        implied += len(hits) if any(column is one for one in counted.implied) else 0
        for row in hits[: max(0, _MOST_EXAMPLES - len(found))].tolist():
            found.append(counted.cell(row, column.index))
    if total:
        whose = " of people or things (the names do not tell which)" if doubt else ""
        what = f"{in_words(total, 'counts')}{whose} {words}"
        example = ", ".join(found)
        detail = "a percentage and the count beside it give them" if implied == total else ""
        if 0 < implied < total:
            detail = f"{implied} of them by a percentage and the count beside it"
        yield reason(
            code, effect, what, counted.table.place, total, "cells", detail=detail, example=example
        )
