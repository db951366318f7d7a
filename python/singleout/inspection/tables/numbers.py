"""Which columns of numbers count, and what they count: asked before anything is denied."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from singleout.draft.model import NumberColumn
from singleout.identifiers.forms import form_of
from singleout.identifiers.headings import Heading, read_heading
from singleout.identifiers.meanings import Meaning, Subject
from singleout.inspection.tables.columns import Read, is_order, like_codes, runs_on
from singleout.inspection.tables.statistics import in_series, is_keyed
from singleout.inspection.tables.titles import subject_of_title

Number = Literal["count", "label", "amount", "share"]

# Meanings that make a number something else than a count, when its heading or form says so
_NO_COUNT = {
    Meaning.PERIOD: "label",
    Meaning.CODE: "label",
    Meaning.PERSON_NUMBER: "label",
    Meaning.DATE: "label",
    Meaning.TIME: "label",
    Meaning.AGE: "label",
    Meaning.PHONE: "label",
    Meaning.SCORE: "share",
    Meaning.RATE: "share",
    Meaning.PERCENTAGE: "share",
    Meaning.MONEY: "amount",
}
_COUNTS = (Meaning.COUNT_PEOPLE, Meaning.COUNT_THINGS)
_PLACES = (Meaning.PLACE, Meaning.PREMISES, Meaning.STREET)
_CODES = (Meaning.CODE, Meaning.PERSON_NUMBER)
_MOST_LABELS = 60
_FEW_SORTS = 12
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
# What tables in long form call their column of numbers (SDMX: OBS_VALUE), and how it may be made
_VALUES = (("value",), ("values",), ("obs", "value"), ("data", "value"), ("val",))
_MADE = ("rate", "percentage", "average", "sum", "count")
_SUBJECTS: tuple[Subject, ...] = ("people", "cases", "things")
# What partitions people: labels of these meanings say whom a table counts
PEOPLE_LABELS = frozenset(
    {Meaning.SEX, Meaning.ETHNICITY, Meaning.AGE, Meaning.HEALTH, Meaning.JOB}
)


def read_numbers(
    columns: Sequence[Read], titles: Sequence[str], headed: bool
) -> list[NumberColumn]:
    """Return what each column of numbers of a table is, in order.

    Parameters
    ----------
    columns : sequence of Read
        All columns of the table.
    titles : sequence of str
        Titles above the table, sheet's name first.
    headed : bool
        Whether the columns have headings.
    """
    numeric = [read for read in columns if read.column.numeric]
    labels = [read for read in columns if not read.column.numeric]
    title_subject, measure = subject_of_title(titles)
    whom = _labelled(labels)
    found: list[NumberColumn] = []
    keys = _keys(columns)
    series = in_series(columns)
    units = _units(labels)
    for read in numeric:
        if _numbers_title(read, titles):
            found.append(NumberColumn(read.column.index, "label"))
            continue
        if read.column.heading.words in _VALUES and (units is not None or is_keyed(columns)):
            found.append(_value(read, units, title_subject or whom))
        elif series and _counts_by_time(read):
            subject = _subject(read) or title_subject or whom
            why = f"its heading '{read.column.name}'"
            found.append(NumberColumn(read.column.index, "count", subject, why))
        else:
            is_key = read.column.index in keys
            found.append(_number(read, title_subject, measure, whom, is_key, columns))
    return _alike(_shares_of_a_whole(found, columns), labels)


def _numbers_title(read: Read, titles: Sequence[str]) -> bool:
    """Whether a number alone before a text is that of the table, which its sheet has too."""
    column = read.column
    if column.index or column.name or len(column.texts) != 1 or not titles:
        return False
    return str(column.distinct[0].as_py()) in _DIGITS.findall(titles[0])


def _units(labels: Sequence[Read]) -> list[Heading] | None:
    """What the values of a column say of each row's number, where it is their unit or measure."""
    for read in labels:
        found = [read_heading(text) for text in read.column.words[:_MOST_LABELS]]
        known = sum(one.measure != "none" for one in found)
        if known and known >= 0.6 * len(found) and any(o.measure in _MADE for o in found):
            return found
    return None


def _value(read: Read, units: list[Heading] | None, subject: Subject | None) -> NumberColumn:
    """The one column of numbers of a table in long form."""
    index, column = read.column.index, read.column
    counting = [unit for unit in units or () if unit.counting]
    if not column.whole or (units and not counting):
        return NumberColumn(index, "share")
    told = next((unit.subject for unit in counting if unit.subject), None)
    return NumberColumn(index, "count", told or subject, "the labels of its rows")


def _counts_by_time(read: Read) -> bool:
    """Whether whole numbers of a series in time count what a heading names; codes are no series."""
    heading = read.column.heading
    coded = any(heading.evidence.get(meaning, 0.0) > 0 for meaning in _NO_COUNT)
    plain = heading.measure in ("none", "count") and not coded and not heading.attribute
    return read.column.whole and plain and heading.subject is not None


def _labelled(labels: Sequence[Read]) -> Subject | None:
    """What the labels' headings, meanings and values say is counted: "Women by rank", ranks, sexes,
    rows called "Pupils on roll"."""
    for read in labels:
        heading = read.column.heading
        if heading.subject is not None and heading.plural and not heading.attribute:
            return heading.subject
    if any(read.meaning in PEOPLE_LABELS for read in labels):
        return "people"
    for read in labels[:1]:
        found = [read_heading(text) for text in read.column.words[:_MOST_LABELS]]
        for subject in _SUBJECTS:
            named = sum(one.subject == subject and one.plural for one in found)
            if found and named >= 0.6 * len(found):
                return subject
    return None


def _keys(columns: Sequence[Read]) -> set[int]:
    """Columns of small whole numbers without which the labels do not tell the rows apart."""
    texts = [read for read in columns if not read.column.numeric]
    if not columns or not texts or len(columns[0].column.texts) < 4:
        return set()
    height = len(columns[0].column.texts)
    held = np.zeros(height, np.int64)
    for read in texts:
        if read.meaning is not Meaning.NARRATIVE:
            held = _combined(held, read.column.codes)
    found: set[int] = set()
    for read in columns:
        if not read.column.numeric or read.column.index == len(columns) - 1:
            continue
        groups = len(np.unique(held))
        if groups >= 0.95 * height:
            break
        column = read.column
        few = len(column.distinct) <= max(60, height // groups + 1) and column.whole
        said = read.odds_of(*_COUNTS) >= 1.0 or column.heading.counting
        if not few or said:
            continue
        joined = _combined(held, column.codes)
        if len(np.unique(joined)) >= min(height, 0.95 * groups * len(column.distinct)):
            held = joined
            found.add(column.index)
    return found if len(np.unique(held)) >= 0.95 * height else set()


def _combined(held: np.ndarray, codes: np.ndarray) -> np.ndarray:
    return np.unique(held * (int(codes.max()) + 2) + codes + 1, return_inverse=True)[1]


def _number(
    read: Read,
    title_subject: Subject | None,
    measure: str,
    whom: Subject | None,
    is_key: bool,
    columns: Sequence[Read],
) -> NumberColumn:
    column, heading = read.column, read.column.heading
    index = column.index
    counts = read.odds_of(*_COUNTS)
    other = max(_NO_COUNT, key=lambda m: (read.odds.get(m, 0.0), m.name))
    against = read.odds.get(other, 0.0)
    if is_key or _names_rows(read, columns):
        return NumberColumn(index, "label")
    known = column.numbers[~np.isnan(column.numbers)]
    if (known < 0).any():  # A change, a balance, a temperature
        return NumberColumn(index, "share")
    if heading.measure in ("rate", "percentage", "average"):
        # "Number of patients (rate in brackets)" counts
        first = read_heading(column.name.partition("(")[0])
        if not (first.counting and column.whole):
            return NumberColumn(index, "share")
        return NumberColumn(index, "count", first.subject, f"its heading '{column.name}'")
    if heading.measure == "sum":
        return NumberColumn(index, "amount")
    # "No." above numbers that are no codes says how many
    vague = other in _CODES and against <= 1.0 and not like_codes(column) and index > 0
    if vague and column.whole:
        return NumberColumn(index, "count", title_subject or whom, f"its heading '{column.name}'")
    if against > 0 and against >= counts and not (heading.counting and against < 3):
        return NumberColumn(index, _NO_COUNT[other])  # type: ignore[arg-type]
    single = not (heading.counting or heading.plural or counts > 0)
    if single and column.name and (read.meaning is Meaning.HEALTH or _by_days(columns)):
        return NumberColumn(index, "amount")  # A weight, an award: of the one in the row
    if heading.counting or counts > 0 or heading.subject is not None:
        subject = _subject(read) or title_subject or whom
        # "Prison" above a column of a table of people is where they are, not what is counted
        category = subject == "things" and not (heading.plural or heading.counting)
        if category and (title_subject or whom) in ("people", "cases"):
            subject = title_subject or whom
        return NumberColumn(index, "count", subject, f"its heading '{column.name}'")
    if not column.whole:
        return NumberColumn(index, "share")
    # "Level", "Type" alone above few numbers: their codes
    sort = len(heading.words) == 1 and heading.evidence.get(Meaning.TEXT, 0.0) >= 2.0
    if sort and len(column.distinct) <= _FEW_SORTS:
        return NumberColumn(index, "label")
    if index == 0 and (runs_on(column) or like_codes(column)):
        return NumberColumn(index, "label")
    if is_order(column):
        return NumberColumn(index, "share")
    if measure in ("share", "amount"):
        return NumberColumn(index, "share" if measure == "share" else "amount")
    labels = {one.meaning for one in columns if not one.column.numeric}
    if not column.name and Meaning.DATE in labels and labels & PEOPLE_LABELS:
        return NumberColumn(index, "label")  # Beside a day and a sex a number is an age
    if title_subject is not None:
        return NumberColumn(index, "count", title_subject, "the table's title")
    if whom is not None:
        return NumberColumn(index, "count", whom, "the labels of its rows")
    if form_of(column.name) == "period":
        return NumberColumn(index, "count", None, "a period above it")
    if column.name and not heading.evidence:
        return NumberColumn(index, "count", None, "a heading that is not understood")
    return NumberColumn(index, "count", None, "")


def _by_days(columns: Sequence[Read]) -> bool:
    """Whether each row is of another day, beside other texts: events, and no series."""
    texts = [one.column for one in columns if not one.column.numeric and one.column.words]
    return len(texts) > 1 and any(
        column.share("date") >= 0.6 and len(column.distinct) >= 0.8 * column.filled
        for column in texts
    )


def _names_rows(read: Read, columns: Sequence[Read]) -> bool:
    """Whether a first column of numbers without a heading names the rows beside it: ages, years."""
    column = read.column
    if column.index or column.name or not any(r.column.numeric for r in columns[1:]):
        return False
    return len(column.distinct) == column.filled and not any(
        not r.column.numeric and r.column.words for r in columns[1:]
    )


def _subject(read: Read) -> Subject | None:
    people, things = (read.odds.get(meaning, 0.0) for meaning in _COUNTS)
    if read.column.heading.subject is not None:
        return read.column.heading.subject
    if people != things:
        return "people" if people > things else "things"
    return None


def _alike(found: list[NumberColumn], labels: Sequence[Read]) -> list[NumberColumn]:
    """Columns of which nothing is known count what those beside them count, or the labels name."""
    counts = [one for one in found if one.kind == "count"]
    known = {"people" if one.subject != "things" else "things" for one in counts if one.subject}
    things = any(label.column.heading.subject == "things" for label in labels)
    subject: Subject | None = None
    if len(known) == 1:
        subject = "people" if "people" in known else "things"
    elif not known and things and labels[0].meaning not in _PLACES:
        subject = "things"
    if subject is None:
        return found
    return [
        replace(one, subject=subject) if one.kind == "count" and one.subject is None else one
        for one in found
    ]


def _shares_of_a_whole(found: list[NumberColumn], columns: Sequence[Read]) -> list[NumberColumn]:
    """Columns without a word for it whose numbers add up to 100 are percentages."""
    result = []
    for one in found:
        if one.kind == "count" and not one.witness.startswith("its heading"):
            values = columns[one.index].column.values
            total = float(np.nansum(values))
            known = int(np.count_nonzero(~np.isnan(values)))
            if known >= 3 and 98.5 <= total <= 101.5:
                result.append(NumberColumn(one.index, "share"))
                continue
        result.append(one)
    return result
