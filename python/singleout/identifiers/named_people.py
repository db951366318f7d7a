"""Whom a text names: people, without those after whom a law, a court case or a house is called."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate
from typing import Final

from singleout.identifiers.called_like_people import people_among
from singleout.identifiers.evidence import Witness
from singleout.identifiers.lists import Flag, lookup
from singleout.identifiers.mentions import Span, people_in_each

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_COURT: Final = re.compile(
    r"\[(?:19|20)\d\d\]|\b(?:UKUT|UKFTT|EWHC|EWCA|UKSC|UKHL|EWFC|NICA|NIQB|CSIH|CSOH|IEHC|IESC|ECLI|AC|QB|WLR)\b"
)
_AGAINST: Final = re.compile(
    r"(?:^|[^\w])(?:v|vs|gegen|c|contre)\.?\s+(?:the\s+)?\Z|\A[^.;]{0,40}?\s(?:v|vs|gegen|c|contre)\.?\s"
)
_CITED: Final = re.compile(
    r"\A[^.;]{0,60}?(?:\bet al\b|\((?:19|20)\d\d[a-z]?\)|,? (?:19|20)\d\d[a-z]?\)|eds?\.\))"
)
_EPONYM: Final = re.compile(
    r"\A(?:['’]s)?\s+(?:law|laws|report|review|inquiry|enquiry|act|bill|award|prize|trophy|cup|medal|scale|index"
    r"|test|method|syndrome|disease|principle|principles|model|curve|day|rule|rules|formula|questionnaire"
    r"|lecture|fellowship|scholarship|bequest|collection|archive|memorial|house|building|centre|center|hall|wing"
    r"|ward|unit|suite|room|park|gardens?|bridge|stadium|theatre|hospital|hospice|school|academy|college|library"
    r"|foundation|trust|charity|fund|institute|ltd|limited|plc|llp|inc|gmbh|solicitors|surgery|practice"
    r"|& |and (?:co|sons?|daughters?|partners?|brothers|company)\b)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A person named in a line: ``line[start:end]``.

    `titled` by a title, a rank or a number, `ranked` by one of the last two; `key` is the last word
    of the name, by which mentions of one person are told to be such.
    """

    start: int
    end: int
    titled: bool
    ranked: bool
    key: str


# The witnesses that are more than the words of a name
_TITLED: Final = Witness.TITLE | Witness.RANK | Witness.RANK_NUMBER


def mentions_in(texts: Sequence[str]) -> list[list[Mention]]:
    """Find the people whom texts name, without those after whom a law, a court case or a house is.

    Parameters
    ----------
    texts : sequence of str
        Paragraphs, lines or cells; all at once is much faster than one by one.

    Returns
    -------
    list of list of Mention
        For each text, in order of place.

    Examples
    --------
    >>> line = "PC Jane Smith left. See Smith v Jones [2018] UKUT 229."
    >>> [line[one.start : one.end] for one in mentions_in([line])[0]]
    ['PC Jane Smith']
    """
    found = []
    for text, spans in zip(texts, people_in_each(texts), strict=True):
        mentions = (_mention(text, span) for span in spans)
        named = [one for one in mentions if one is not None]
        found.append(_enumerated(text, people_among(text, named) if named else named))
    return found


def mentions_by_line(text: str, spans: Sequence[Mention]) -> tuple[list[str], list[list[Mention]]]:
    """Split a text into its lines, and whom it names into those of each line.

    Examples
    --------
    >>> text = "Sgt Ann Hart\\nleft"
    >>> mentions_by_line(text, mentions_in([text])[0])[0]
    ['Sgt Ann Hart', 'left']
    """
    lines = text.split("\n")
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    named: list[list[Mention]] = [[] for _ in lines]
    for one in spans:
        number = bisect_right(starts, one.start) - 1
        at = starts[number]
        named[number].append(replace(one, start=one.start - at, end=one.end - at))
    return lines, named


# "Yr Hendy" is a place; "Sir" stands before a given name, or is Welsh for a shire
_ARTICLES: Final = frozenset({"y", "yr", "the"})
_KNIGHTS: Final = frozenset({"sir", "dame", "syr"})
# Items from which on a line enumerates, and the share of them that must be names to be people
_MANY, _SHARE = 8, 0.25
_ITEM: Final = re.compile(r"[,;:\u060c\u3001(][ ]*\Z")


def _enumerated(line: str, named: Sequence[Mention]) -> list[Mention]:
    """Leave out items of an enumeration that look like names where the others do not: languages."""
    plain = [one for one in named if not one.titled]
    items = line.count(",") + line.count("\u060c") + line.count("\u3001")
    if items < _MANY or len(plain) > _SHARE * items:
        return list(named)
    return [one for one in named if one.titled or not _ITEM.search(line[: one.start])]


def _abbreviated(words: Sequence[str]) -> bool:
    """Whether one of two words is an abbreviation: "ROI Cross", "Scotland ECOSS"."""
    if len(words) != 2 or words[0].isupper() == words[1].isupper():
        return False
    if words[0].isupper():
        return len(words[0]) > 2
    sure = _flags_of(words[0]) & Flag.GIVEN_SURE or _flags_of(words[1]) & Flag.SURNAME
    return not sure and len(words[1]) > 1


def _given(words: Sequence[str]) -> bool:
    return bool(words) and (len(words[0]) == 1 or bool(_flags_of(words[0]) & Flag.GIVEN))


@lru_cache(4096)
def _flags_of(word: str) -> int:
    return int(lookup([word])[0])


def _mention(text: str, span: Span) -> Mention | None:
    start, end = span.start, span.end
    before, after = text[max(0, start - 24) : start], text[end : end + 80]
    if span.against or _EPONYM.match(after):
        return None
    if (_AGAINST.search(before) or _AGAINST.match(after[:48])) and _COURT.search(text):
        return None
    titled = bool(span.witness & _TITLED)
    words = _WORD.findall(text[start:end])
    if not titled and _CITED.match(after):
        return None
    first = words[0].lower() if words else ""
    if first in _ARTICLES or (first in _KNIGHTS and not _given(words[1:2])):
        return None
    if not titled and (_flags_of(text[start : end - 1]) & Flag.PLACE or _abbreviated(words)):
        return None  # "Sri Lankan"
    ranked = bool(span.witness & (Witness.RANK | Witness.RANK_NUMBER))
    return Mention(start, end, titled, ranked, words[-1].lower() if words else text[start:end])
