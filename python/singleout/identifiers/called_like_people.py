"""Which names that look like people's are those of things: ships, works, schools, storms, inns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from singleout.identifiers.lists import Flag, lookup
from singleout.identifiers.sayings import says_outcome
from singleout.identifiers.thing_words import CALLED, HONOURING, NOBLE, PHASES, ROYAL

if TYPE_CHECKING:
    from singleout.identifiers.named_people import Mention

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# What may stand between the word for a thing and its name
_CLOSE: Final = re.compile(r"(?:\s{1,4}im\.)?\s{1,4}[\"\u201c'\u2018\u00ab\u201e]?\Z")
_JOINED: Final = re.compile(r"\s*(?:,|&|/|\band\b|\bor\b|\bby\b)\s*(?:the\s+)?\Z", re.IGNORECASE)
_FOLLOWING: Final = re.compile(r"((?: [A-ZÀ-Ž][\w’'-]{1,24}){1,3})")
_OPENED, _CLOSED = '"“«„', '"”»“'
_BY: Final = re.compile(r"\s+by\s+\Z")
_STARTS: Final = re.compile(r"(?:\A|[.:;\n(])\s*[-•*]?\s*\Z")
# A year that nobody alive can have written in: beside a name it is of the past
_PAST: Final = re.compile(
    r"(?:[,(]|\b(?:in|of|c|ca|circa|d|b|died|born|since|from|to|until|jan|feb|mar|apr|may|june?|july?|aug|sept?"
    r"|oct|nov|dec|[a-z]{3,9}ber|january|february|march|april|august)\.?|[-\u2013])\s?(?:1[0-8]\d\d|190\d)\b"
    r"(?!\s?(?:pounds|euros?|people|of|[,.]\d))",
    re.IGNORECASE,
)
_RECENT: Final = re.compile(r"\b(?:19[1-9]\d|20\d\d)\b")
_DETERMINERS: Final = frozenset(
    ["the", "a", "an", "our", "your", "this", "that", "its", "their", "le", "la", "les", "un",
     "une", "el", "los", "las", "il", "der", "die", "das", "den", "ein", "eine", "y", "yr", "na"]
)  # fmt: skip
# "in the kitchen Ann Hart ...": where something was, and no name of it
_WHERE: Final = frozenset(
    ["in", "on", "at", "from", "near", "by", "with", "into", "under", "behind", "for", "outside",
     "inside"]
)  # fmt: skip
# "copies of Oliver Twist and": names of the same kind before this one
_OTHERS: Final = re.compile(
    r"(?<=[a-z]) [A-Z][\w\u2019'-]{1,20}(?: [A-Z][\w\u2019'-]{1,20}){0,3},? and \Z"
)
_ELIDED: Final = re.compile(r"\A[ldLD]['’]")
_HONOURS: Final = NOBLE | {"sir", "dame"}
_KINDS: Final = int(Flag.STREET | Flag.PREMISES | Flag.ORGANISATION)
_SOMEBODY: Final = int(Flag.PERSON | Flag.JOB | Flag.RANK | Flag.TITLE)


def people_among(text: str, named: Sequence[Mention]) -> list[Mention]:
    """Leave out the names that are those of things, or of people long dead.

    Parameters
    ----------
    text : str
        A line.
    named : sequence of Mention
        The names in it, in order of place.

    Returns
    -------
    list of Mention

    Examples
    --------
    >>> from singleout.identifiers.named_people import Mention
    >>> line = "The ship Mary Rose was raised."
    >>> people_among(line, [Mention(9, 18, False, False, "rose")])
    []
    """
    if not named:
        return []
    if _PAST.search(text) and not _RECENT.search(text):
        return []
    kept: list[Mention] = []
    thing_end = -1
    for i, one in enumerate(named):
        chained = thing_end >= 0 and _JOINED.match(text[thing_end : one.start]) is not None
        following = named[i + 1] if i + 1 < len(named) else None
        if (chained and not one.titled) or is_thing(text, one) or _written_by(text, one, following):
            thing_end = one.end
        else:
            kept.append(one)
    return kept


def is_thing(text: str, one: Mention) -> bool:
    """Tell whether what stands around a name makes it a thing's.

    >>> from singleout.identifiers.named_people import Mention
    >>> is_thing("Storm Eunice closed 14 roads.", Mention(0, 12, False, False, "eunice"))
    True
    """
    name = text[one.start : one.end]
    words = _WORD.findall(name)
    first = words[0].lower() if words else ""
    before = text[max(0, one.start - 60) : one.start]
    after = text[one.end : one.end + 60]
    if first in ROYAL and not says_outcome(text):
        return True
    if _after_the(before) and not _matter_follows(after) and (not one.titled or first in NOBLE):
        return True
    if one.titled:
        return not one.ranked and first in _HONOURS and _kind_before(before, called_only=True)
    if len(words) > 1 and first in CALLED:
        return True
    bare = _ELIDED.sub("", first)
    if bare != first and int(lookup([bare])[0]) & _KINDS:
        return True  # "L'hôpital Georges Pompidou"
    if before[-1:] and before[-1] in _OPENED and after[:1] and after[0] in _CLOSED:
        return not says_outcome(text)
    if _kind_follows(words[-1] if words else "", after):
        return True
    return _kind_before(before)


def _after_the(before: str) -> bool:
    return before[-4:].lower() == "the " and not before[-5:-4].isalpha()


def _matter_follows(after: str) -> bool:
    word = _WORD.match(after.lstrip())
    if word is None:
        return False
    return bool(int(lookup([word[0]])[0]) & int(Flag.MATTER)) or says_outcome(after[:30])


def _kind_follows(last: str, after: str) -> bool:
    """ "Nelson Mandela Primary", "Rosa Parks Day Nursery", "Robert Koch-Institut"."""
    if "-" in last and int(lookup([last.rpartition("-")[2]])[0]) & _KINDS:
        return True
    match = _FOLLOWING.match(after)
    if match is None:
        return False
    words = match[0].split()
    flags = lookup(words).tolist()
    for word, mine in zip(words, flags, strict=True):
        if word.lower() in PHASES or (mine & _KINDS and not mine & int(Flag.NAMELY)):
            return True
        if not mine & int(Flag.WORD) or mine & int(Flag.GIVEN | Flag.NAMELY | _SOMEBODY):
            return False
    return False


def _kind_before(before: str, *, called_only: bool = False) -> bool:
    """ "The ship Mary Rose", "a statue of Robert Peel", "le lycée Victor Hugo"."""
    before = _OTHERS.sub(" ", before)
    gap = _CLOSE.search(before)
    if gap is None:
        return False
    clause = re.split(r"[.;:!?,()\n]", before[: gap.start()])[-1]
    words = _WORD.findall(clause)
    if not words:
        return False
    lower = [_ELIDED.sub("", word.lower()) for word in words]
    if lower[-1] in ("of", "to") and len(lower) > 1:
        return _singular(lower[-2]) in HONOURING or lower[-2] in HONOURING
    single = _singular(lower[-1])
    called = single in CALLED or lower[-1] in CALLED
    flags = int(lookup([lower[-1]])[0]) | int(lookup([single])[0])
    if called_only:
        return called or bool(flags & int(Flag.THING))
    if not called and (flags & _SOMEBODY or not flags & (_KINDS | int(Flag.THING))):
        return False
    if flags & _KINDS and not flags & int(Flag.WORD_COMMON):
        return True  # of a language in which the kind stands first
    at = len(lower) - 2
    verb = bool(flags & int(Flag.VERB)) and not called
    if at >= 0 and lower[at] not in _DETERMINERS and words[at][0].islower() and not verb:
        at -= 1  # "paddle steamer", "police horse"
    if at < 0:
        return called or not verb
    if lower[at] in _DETERMINERS:
        return at == 0 or lower[at - 1] not in _WHERE
    return called and lower[at] not in _WHERE


def _singular(word: str) -> str:
    return word.removesuffix("s") if len(word) > 3 else word


def _written_by(text: str, one: Mention, following: Mention | None) -> bool:
    """ "Jane Eyre by Charlotte Brontë", where a title stands."""
    if following is None or one.titled or following.titled:
        return False
    between = text[one.end : following.start]
    if not _BY.match(between) or not _STARTS.search(text[: one.start][-12:]):
        return False
    return not says_outcome(text)
