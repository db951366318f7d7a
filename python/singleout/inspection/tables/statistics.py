"""What shows that a table is one of statistics: its rows are times, official areas, or groups."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from singleout.identifiers.meanings import Meaning
from singleout.inspection.tables.columns import Read

# Codes of the official areas of the United Kingdom (ONS, Register of Geographic Codes; NISRA)
_AREA = re.compile(r"[EWSNKJLM]\d{8}|95[A-Z]{2}\d{2}[A-Z]?\d?")
_MOSTLY = 0.9
# From so many rows on regular steps in time are no chance
_FEWEST = 6
# Days of a month, a quarter and a year
_STEPS = ((28, 31), (89, 92), (181, 184), (365, 366))
_DAYS = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ].*)?|(\d\d?)[/.](\d\d?)[/.](\d{4})")
# Rows that would have the labels of others, were each drawn by itself: with so many expected and
# none met, the labels are a key
_EXPECTED = 8.0


def by_area(columns: Sequence[Read]) -> bool:
    """Tell whether each row is an official area, by its code."""
    for read in columns[:_FEWEST]:
        column = read.column
        words = column.words
        if not words or len(column.distinct) < _MOSTLY * column.filled:
            continue
        if sum(_AREA.fullmatch(word) is not None for word in words) >= _MOSTLY * len(words):
            return True
    return False


def labels_codes(read: Read, columns: Sequence[Read]) -> bool:
    """Tell whether a column says in words what one of codes says: "SA2" beside "SA2 code"."""
    heading = read.column.heading
    own = set(heading.words)
    if not own or heading.subject == "people" or heading.evidence.get(Meaning.PERSON_NAME, 0.0) > 0:
        return False
    return any(
        own < set(other.column.heading.words)
        and other.column.heading.evidence.get(Meaning.CODE, 0.0) >= 1.0
        and len(other.column.distinct) >= _MOSTLY * len(read.column.distinct)
        for other in columns
        if other is not read and other.column.heading.subject != "people"
    )


def in_series(columns: Sequence[Read]) -> bool:
    """Tell whether the rows are times in regular steps: a first column of dates, each once.

    Examples
    --------
    >>> import pyarrow as pa
    >>> from singleout.inspection.tables.columns import read_column
    >>> from singleout.inspection.tables.profile import Column
    >>> weeks = [f"2024-01-{day:02}" for day in (1, 8, 15, 22, 29)] + ["2024-02-05"]
    >>> in_series([read_column(Column(0, "Week", pa.array(weeks)))])
    True
    """
    read = next(iter(columns), None)
    if read is None or read.column.numeric or len(read.column.texts) < _FEWEST:
        return False
    column = read.column
    if column.share("date") < _MOSTLY or len(column.distinct) < len(column.texts):
        return False
    for american in (False, True):
        days = _days([str(text) for text in column.distinct.to_pylist()], american)
        if days is None:
            continue
        steps = np.diff(np.sort(days))
        if (steps == steps[0]).mean() >= _MOSTLY:
            return True
        if any(((steps >= low) & (steps <= high)).mean() >= _MOSTLY for low, high in _STEPS):
            return True
    return False


def _days(texts: Sequence[str], american: bool) -> np.ndarray | None:
    found = []
    for text in texts:
        match = _DAYS.fullmatch(text.strip())
        if match is None:
            return None
        if match[1]:
            iso = f"{match[1]}-{match[2]}-{match[3]}"
        else:
            day, month = (match[5], match[4]) if american else (match[4], match[5])
            iso = f"{match[6]}-{int(month):02}-{int(day):02}"
        try:
            found.append(np.datetime64(iso, "D").astype(np.int64))
        except ValueError:
            return None
    return np.array(found, np.int64)


def is_keyed(columns: Sequence[Read]) -> bool:
    """Tell whether the labels of a table of numbers occur together once, though each occurs often.

    Records of people would meet by chance: so many rows of the same age, sex and place are to be
    expected. Where there are none, the labels were made to be a key, and each row is a group.
    """
    numbers = [r for r in columns if r.column.numeric and _measures(r)]
    labels = [r for r in columns if r not in numbers and r.meaning is not Meaning.NARRATIVE]
    if not numbers or len(labels) < 2:
        return False
    size = len(columns[0].column.texts)
    expected = size * (size - 1) / 2
    held = np.zeros(size, np.int64)
    for read in labels:
        share = np.bincount(read.column.codes + 1) / size
        expected *= float((share**2).sum())
        if expected < _EXPECTED:
            return False
        held = np.unique(held * (len(share) + 1) + read.column.codes + 1, return_inverse=True)[1]
    return len(np.unique(held)) >= size - 0.01 * expected


def _measures(read: Read) -> bool:
    """Whether a column of numbers is measured: it is no year, age or code that labels the row."""
    return read.meaning not in (
        Meaning.PERIOD, Meaning.AGE, Meaning.CODE, Meaning.PERSON_NUMBER, Meaning.DATE,
        Meaning.TIME, Meaning.BIRTH_DATE, Meaning.PHONE,
    )  # fmt: skip
