"""Counted words, one row, two rows; and columns' names, none of which may be a value."""

from __future__ import annotations

import re
from collections.abc import Sequence

from singleout.base.printable import printable
from singleout.detect import scan
from singleout.draft.model import names_person
from singleout.identifiers.person_names import read_names

# A score from which a heading is taken for somebody's name
_A_NAME = 0.5
_MASKED = "(name masked)"
_BEFORE_DIGITS = re.compile(r"[^\d_@]*")
_LETTER = re.compile(r"[^\W\d_]")
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
    return column_names([name])[0]


def _may_name(name: str) -> bool:
    """Whether two words of letters stand in front of any digit, or another script's sign."""
    if name and not name[0].isascii():
        return True
    part = _BEFORE_DIGITS.match(name)
    words = part[0] if part else ""
    first = _LETTER.search(words)
    space = words.find(" ", first.start()) if first else -1
    return space >= 0 and _LETTER.search(words, space) is not None


def column_names(names: Sequence[str]) -> list[str]:
    """Return columns' names, each masked where it is a value; together they cost little more than
    one.

    Examples
    --------
    >>> column_names(["Rank", "Owen Tranmore"])
    ['Rank', '(name masked)']
    """
    # Nobody's name is one word of small letters or holds a digit or an underscore
    asked = [i for i, name in enumerate(names) if _may_name(name)]
    scores = read_names([names[i] for i in asked]).score if asked else ()
    masked = {i for i, score in zip(asked, scores, strict=True) if score >= _A_NAME}
    return [
        _MASKED if i in masked or names_person(name) or scan(name) else printable(name)
        for i, name in enumerate(names)
    ]
