"""Counted words: one row, two rows."""

from __future__ import annotations

from collections.abc import Sequence

from singleout.detect import scan
from singleout.draft.model import names_person

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
    return "(name masked)" if names_person(name) or scan(name) else name


def listed(names: Sequence[str]) -> str:
    """Return columns' names in quotes, the first five and how many more.

    Examples
    --------
    >>> listed(["rank"]), listed(["rank", "unit", "station"])
    ("'rank'", "'rank', 'unit' and 'station'")
    """
    shown = [f"'{column_name(name)}'" for name in names[:5]]
    if len(names) > 5:
        return f"{', '.join(shown)} and {len(names) - 5} more"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
