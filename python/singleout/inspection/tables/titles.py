"""What the titles above a table say it counts."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Literal, NamedTuple

from singleout.identifiers.headings import read_heading
from singleout.identifiers.meanings import Meaning, Subject

Measure = Literal["count", "share", "amount", ""]

# A title is no longer
_LONGEST = 300
_SHARES = frozenset(("rate", "percentage", "average"))


class _Words(NamedTuple):
    """The patterns that data/titles.toml makes."""

    numbered: re.Pattern[str]
    empty: re.Pattern[str]
    by: re.Pattern[str]
    change: re.Pattern[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    text = (files("singleout.identifiers") / "data" / "titles.toml").read_text("utf-8")
    data = tomllib.loads(text)

    def any_of(kind: str) -> str:
        longest_first = sorted(data[kind], key=lambda word: (-len(word), word))
        return "|".join(map(re.escape, longest_first))

    return _Words(
        re.compile(rf"\s*(?:{any_of('numbered')})?[\s_]*[\d.]*[a-z]?\s*[:.\u2013)-]\s*", re.I),
        re.compile(rf"\W*(?:{any_of('empty')})?[\W\d_]*", re.I),
        re.compile(rf"\s(?:{any_of('by')})\s|[:;,(]", re.I),
        re.compile(rf"\b(?:{any_of('change')})\b", re.I),
    )


def subject_of_title(titles: Sequence[str]) -> tuple[Subject | None, Measure]:
    """Return what a table's titles say it counts, by the words before "by", "at" and the like, and
    whether they say that its numbers are shares or sums of money.

    Parameters
    ----------
    titles : sequence of str
        The sheet's name and the titles above the table, the nearest last.

    Returns
    -------
    subject : {"people", "cases", "things"} or None
        What is counted; None where no title tells.
    measure : {"count", "share", "amount", ""}
        What the numbers are; empty where no title tells.

    Examples
    --------
    >>> subject_of_title(["Table 3: Officers by rank at 31 March 2024"])
    ('people', 'count')
    >>> subject_of_title(["Percentage of officers off sick by district"])[1]
    'share'
    """
    known = _words()
    for title in reversed(titles):
        if len(title) > _LONGEST or known.empty.fullmatch(title):
            continue
        numbered = known.numbered.match(title)
        text = title[numbered.end() :] if numbered else title
        head = next((piece for piece in known.by.split(text) if len(piece.strip()) > 2), "")
        found = read_heading(head)
        if not found.counting and (found.measure in _SHARES or known.change.search(head)):
            return found.subject, "share"
        if "%" in head and not found.counting:
            return found.subject, "share"
        if found.evidence.get(Meaning.MONEY, 0.0) >= 2.0:
            return "things", "amount"
        if found.subject is not None and (found.plural or found.counting):
            return found.subject, "count"
    return None, ""
