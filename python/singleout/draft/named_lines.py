"""Lists of people that are written as lines: each begins with a name and says something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

# Lines that such a list has at least, and the share of them that name somebody for certain: lists
# of names know two thirds of them
LEAST, SHARE = 3, 0.6
# What is longer is a paragraph
LONGEST = 200
# Bullets, and numbers of paragraphs: 1. 2) (a) iv.
_MARK: Final = re.compile(
    r"\s*(?:[\u2022\u25e6\u25aa\u2023\u00b7*>-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)])\s+"
)
# "Apologies: ", "Witness - "
_LEAD: Final = re.compile(r"([^\W\d_][^:\t]{1,30}):\s+(?=\S)")
# What stands between a name and what is said
_BREAK: Final = re.compile(r"\s+[-\u2013\u2014]\s+|\s*[:;,\t(]\s*|\s*\uff1a\s*|\.\s+")
# "Ash, J." as lists have it
_SURNAME_FIRST: Final = re.compile(
    r"[^\W\d_][^\W\d_'\u2019-]+, ?(?:[^\W\d_]\.? ?){1,3}(?=[\s,:;(]|$)"
)
# What stands around a name and around what is said
_SIGNS: Final = " \t-\u2013\u2014:;,.()\uff1a"


class Line(NamedTuple):
    """A line that may be one of a list: whether it has a mark, what leads in, the text after that,
    and how much of it stands where a name would."""

    marked: bool
    lead: str
    text: str
    end: int

    def cut(self) -> list[str]:
        """The name, and what is said."""
        return [self.text[: self.end].strip(_SIGNS), self.text[self.end :].strip(_SIGNS)]


def find_named(lines: Sequence[str]) -> Iterator[tuple[int, int, list[list[str]]]]:
    """Find lists of people: first and last line, and of each line the name and what follows it.

    Parameters
    ----------
    lines : sequence of str
        Lines in order; blank ones between two are passed over.

    Yields
    ------
    tuple of int, int and list of list of str

    Examples
    --------
    >>> said = ["Rhys Trevanion: dismissed", "Orla McGarrity: warned", "Ann Lee (on leave)"]
    >>> list(find_named(["Dear Sir", *said]))[0][2][0]
    ['Rhys Trevanion', 'dismissed']
    """
    from singleout.identifiers.named_people import mentions_in

    at = [i for i, line in enumerate(lines) if line.strip()]
    parted = [_parted(lines[i]) for i in at]
    named = mentions_in([one.text if one else "" for one in parted])
    rows: list[_Row] = []
    for i, one, found in zip(at, parted, named, strict=True):
        listed = one and _SURNAME_FIRST.match(one.text)
        first = next((span.end for span in found if span.start == 0), listed and listed.end())
        if one is not None and first:
            one = one._replace(end=first)
        rows.append(_Row(i, one, bool(first)))
    yield from _runs(rows)


class _Row(NamedTuple):
    at: int
    line: Line | None
    names: bool


def _runs(rows: Sequence[_Row]) -> Iterator[tuple[int, int, list[list[str]]]]:
    """Lines next to one another that are built alike."""
    for key, group in groupby(rows, lambda row: row.line and (row.line.marked, row.line.lead)):
        run = list(group)
        # A line that names nobody may stand before or behind the list, as well as be one of it
        while run and not run[-1].names:
            run.pop()
        while run and not run[0].names:
            run.pop(0)
        found = [row.line.cut() for row in run if row.line is not None]
        named = sum(row.names for row in run)
        said = sum(bool(rest) for _, rest in found)
        if key is None or named < max(LEAST, SHARE * len(run)) or said < max(LEAST, 0.8 * len(run)):
            continue
        yield run[0].at, run[-1].at, found


def _parted(line: str) -> Line | None:
    """The parts of a line that may begin with a name; None of a paragraph."""
    line = line.strip()
    if not line or len(line) > LONGEST:
        return None
    mark = _MARK.match(line)
    text = line[mark.end() :] if mark else line
    lead = _LEAD.match(text)
    leads = ""
    if lead and len(lead[1].split()) <= 2 and not _two_capitals(lead[1]):
        leads, text = lead[1], text[lead.end() :]
    between = _BREAK.search(text)
    if between is None:
        return Line(mark is not None, leads, text, len(" ".join(text.split(" ", 2)[:2])))
    return Line(mark is not None, leads, text, between.start()) if between.start() else None


def _two_capitals(text: str) -> bool:
    """Whether a lead may be the name itself: "Ann Lee: ..."."""
    words = text.split()
    return len(words) == 2 and all(word[:1].isupper() for word in words)
