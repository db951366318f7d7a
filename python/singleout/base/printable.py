"""Names are data: every name of a file, member, sheet or column is made printable before output.

A character that a terminal, a browser or a pipeline would act on is written as its escape: control
characters (C0, C1), line and paragraph separators, marks that turn the direction of text, and
others that are not seen. So are the marks with which lines of a log become commands (``::`` and
``##``), since a file may be called ``::error::`` or ``##[group]``.
"""

from __future__ import annotations

import re
from html import escape as _escape
from typing import Any
from unicodedata import category

# Cc, Cf, Cs, Zl, Zp; the last two of each plane are no characters at all
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_JOINERS = frozenset("\u200c\u200d")
_COMMANDS = re.compile(r"::|##(?=[A-Za-z]*\[)")


def printable(text: str) -> str:
    """Return a text with its escapes in place of what is not to be printed.

    Parameters
    ----------
    text : str
        A name, or a sentence with names in it; one line.

    Returns
    -------
    str
        The same text where all of it can be printed; it is printable in turn.

    Examples
    --------
    >>> printable("Rank"), printable("a\\nb"), printable("\\x1b[2J"), printable("ab\\u202ecd")
    ('Rank', 'a\\\\nb', '\\\\x1b[2J', 'ab\\\\u202ecd')
    >>> printable("::error::x.csv")
    '\\\\x3a\\\\x3aerror\\\\x3a\\\\x3ax.csv'
    """
    if not text.isprintable():
        text = "".join(_shown(text, i, mark) for i, mark in enumerate(text))
    if "::" in text or "##" in text:
        text = _COMMANDS.sub(lambda found: "".join(f"\\x{ord(c):02x}" for c in found[0]), text)
    return text


def printable_lines(text: str) -> str:
    """Return a text of several lines, each of them printable.

    Examples
    --------
    >>> printable_lines("one\\ntwo\\r")
    'one\\ntwo\\\\r'
    """
    return "\n".join(map(printable, text.split("\n")))


def printable_data(value: Any) -> Any:
    """Return data for JSON with every text in it printable, names of keys too.

    Examples
    --------
    >>> printable_data({"name": ["a\\x1bb", 1]})
    {'name': ['a\\\\x1bb', 1]}
    """
    if isinstance(value, str):
        return printable_lines(value)
    if isinstance(value, dict):
        return {printable_data(key): printable_data(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [printable_data(one) for one in value]
    return value


def escape(text: str) -> str:
    """Return a printable text for HTML.

    Examples
    --------
    >>> escape("<b>\\x1b")
    '&lt;b&gt;\\\\x1b'
    """
    return _escape(printable_lines(text))


def _shown(text: str, at: int, mark: str) -> str:
    if mark.isprintable() or category(mark) not in _UNSEEN:
        return mark if ord(mark) & 0xFFFE != 0xFFFE else _escaped(mark)
    if mark in _JOINERS and _joins(text[at - 1 : at], text[at + 1 : at + 2]):
        return mark
    return _escaped(mark)


def _escaped(mark: str) -> str:
    return mark.encode("unicode_escape").decode()


def _joins(before: str, after: str) -> bool:
    """Whether a joiner stands between letters, where several scripts write it."""
    return bool(before and after) and category(before)[0] in "LM" and category(after)[0] in "LM"
