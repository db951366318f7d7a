"""The form in which a short text is written: a date, a time, a sum of money, a code, a band ..."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Final, NamedTuple

# No form is longer
_LONGEST: Final = 60
_WORDS: Final = re.compile(r"[^\W\d_]+")
_PIECE: Final = re.compile(r"<([a-z]+)>")


class _Forms(NamedTuple):
    """The patterns of data/forms.toml, compiled when the first text is met."""

    with_digits: re.Pattern[str]
    without_digits: re.Pattern[str]
    ethnic: frozenset[str]
    telling: frozenset[str]


@lru_cache(maxsize=1)
def _forms() -> _Forms:
    text = (files("singleout.identifiers") / "data" / "forms.toml").read_text("utf-8")
    data = tomllib.loads(text)

    def filled(pattern: str) -> str:
        while _PIECE.search(pattern):
            pattern = _PIECE.sub(lambda found: data["pieces"][found[1]], pattern)
        return pattern

    def compiled(kind: str) -> re.Pattern[str]:
        # One pattern, whose groups are called after the forms, takes a quarter of the time of many
        rows = enumerate(data[kind])
        each = (
            f"(?P<{row['form'].replace('-', '_')}_{i}>{filled(row['pattern'])})" for i, row in rows
        )
        return re.compile("|".join(each), re.I)

    ethnicity = data["ethnicity"]
    return _Forms(
        compiled("with_digits"),
        compiled("without_digits"),
        frozenset(ethnicity["words"]),
        frozenset(ethnicity["telling"]),
    )


def form_of(text: str) -> str:
    """Return the form in which a text is written, as a whole; empty where it is none of them.

    Parameters
    ----------
    text : str
        A cell's text.

    Returns
    -------
    str
        ``"date"``, ``"time"``, ``"period"``, ``"percentage"``, ``"money"``, ``"band"``,
        ``"postcode"``, ``"district"`` (the first half of a postcode), ``"phone"``, ``"house"`` (a
        number and a street), ``"code"``, ``"email"``, ``"link"``, ``"sex"``, ``"ethnicity"``,
        ``"yes-no"``, ``"unstated"`` or empty.

    Examples
    --------
    >>> [form_of(text) for text in ("3 May 2024", "Q3 2021/22", "£20,000 to £29,999", "BT1 5GG")]
    ['date', 'period', 'money', 'postcode']
    >>> form_of("Carlisle")
    ''
    """
    text = text.strip()
    if not text or len(text) > _LONGEST:
        return ""
    if "@" in text and " " not in text:
        return "email"
    if text[:4].lower() in ("http", "www."):
        return "link"
    known = _forms()
    digits = any(c.isdigit() for c in text)
    found = (known.with_digits if digits else known.without_digits).fullmatch(text)
    if found is not None and found.lastgroup is not None:
        return found.lastgroup.rpartition("_")[0].replace("_", "-")
    if not digits:
        words = set(_WORDS.findall(text.lower()))
        if words & known.telling and words <= known.ethnic:
            return "ethnicity"
    return ""
