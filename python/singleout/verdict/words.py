"""Counted words: one row, two rows."""

from __future__ import annotations

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
