"""Sets of words as they are written in a module: between blanks, or between bars."""

from __future__ import annotations


def words(lists: str) -> frozenset[str]:
    """Return the words between the blanks of a text.

    Examples
    --------
    >>> sorted(words("rank unit"))
    ['rank', 'unit']
    """
    return frozenset(lists.split())


def one_of(lists: str) -> frozenset[str]:
    """Return the words and phrases between the bars of a text.

    Examples
    --------
    >>> sorted(one_of("no one|nil"))
    ['nil', 'no one']
    """
    return frozenset(lists.split("|"))
