"""The imprint of a publication: who made it, and whom to ask. It tells nothing of anybody else."""

from __future__ import annotations

import re
from typing import Final

import pyarrow as pa

from singleout.identifiers.meanings import Meaning
from singleout.identifiers.text_words import CONTACT, FUNCTION, IMPRINT, JOBS
from singleout.inspection.tables.columns import Read, read_column
from singleout.inspection.tables.judgement import Judgement
from singleout.inspection.tables.profile import Column
from singleout.inspection.tables.view import View

# Rows of an imprint, and people whom it names
_MOST_ROWS, _MOST_NAMES = 15, 3
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
_OF_PEOPLE: Final = (
    Meaning.PERSON_NUMBER,
    Meaning.BIRTH_DATE,
    Meaning.AGE,
    Meaning.SEX,
    Meaning.ETHNICITY,
    Meaning.HEALTH,
    Meaning.ADDRESS,
    Meaning.MONEY,
)


def imprint(view: View) -> Judgement | None:
    """A field and its value a row, of which only those on who made the publication name people."""
    rows = _fields(view)
    if not any(_says_who(key) for key, _ in rows):
        return None
    values = [_field(key, value) for key, value in rows]
    named = [i for i, read in enumerate(values) if read.naming.values > 0.3]
    if not 1 <= len(named) <= _MOST_NAMES or not all(_says_who(rows[i][0]) for i in named):
        return None
    if any(read.odds.get(meaning, 0.0) >= 1.0 for read in values for meaning in _OF_PEOPLE):
        return None
    return Judgement("things", ("it says who made the publication, and whom to ask",))


def _fields(view: View) -> list[tuple[str, str]]:
    """Keys and values of a table of two columns with a few rows, its headings among them."""
    filled = [read.column for read in view.telling]
    if len(filled) != 2 or view.n_rows > _MOST_ROWS:
        return []
    keys, values = (column.texts.to_pylist() for column in filled)
    rows = list(zip(keys, values, strict=True))
    if view.headed:
        rows.insert(0, (filled[0].name, filled[1].name))
    return [(key, value) for key, value in rows if key and value]


def _field(key: str, value: str) -> Read:
    return read_column(Column(0, key, pa.array([value], pa.string())))


def _says_who(key: str) -> bool:
    """Whether a field is on who made the publication, or whom to ask: nothing else is in it."""
    words = {word.lower() for word in _WORD.findall(key)}
    return bool(words & IMPRINT) and words <= (IMPRINT | CONTACT | JOBS | FUNCTION)
