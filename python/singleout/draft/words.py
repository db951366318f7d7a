"""Counted words, one row, two rows; and columns' names, none of which may be a value."""

from __future__ import annotations

from singleout.detect import scan
from singleout.draft.model import names_person
from singleout.identifiers.person_names import read_names

# A score from which a heading is taken for somebody's name
_A_NAME = 0.5
_ONE = {"people": "person", "queries": "query", "properties": "property", "entries": "entry"}


def counted(count: int, plural: str) -> str:
    """Return a count with its word.

    Examples
    --------
    >>> counted(1, "rows"), counted(2, "people"), counted(1, "properties")
    ('1 row', '2 people', '1 property')
    """
    word = plural if count != 1 else _ONE.get(plural, plural.removesuffix("s"))
    return f"{count:,} {word}"


def column_name(name: str) -> str:
    """Return a column's name, masked where it is a value: a table without a header starts with one.

    Examples
    --------
    >>> column_name("Contact name"), column_name("jane.smith@example.org")
    ('Contact name', '(name masked)')
    """
    if names_person(name) or scan(name):
        return "(name masked)"
    return "(name masked)" if read_names([name]).score[0] >= _A_NAME else name
