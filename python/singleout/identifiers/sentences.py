"""Of how many people a text says something: in sentences, in lists, on forms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from singleout.identifiers.letters import zones
from singleout.identifiers.named_people import Mention
from singleout.identifiers.sayings import is_prose, residue, says_nothing, says_outcome
from singleout.identifiers.text_words import BODIES, CONTACT, COPULA, FUNCTION, JOBS

# From so many names on, a list of them says something by itself
LIST: Final = 3

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_END: Final = re.compile(r"(?<=[\w)\]\"'’]{2})[.!?]\s+(?=[^\W\d_a-z])|[。\uff01\uff1f]|\n\s*\n")
# Words of a line above a name that says whom to ask: "Author", "Report by"
_LABELS: Final = CONTACT | FUNCTION | JOBS
# "Reason for absence: stress"
_FIELD: Final = re.compile(r"[^:\uff1a\n]{1,40}[:\uff1a\t] *\S.{0,80}\Z")
_DATE: Final = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}")
_ABOUT: Final = re.compile(
    r"(?i)(?<!\w)(?:about|regarding|concerning|against|re:?|photos? of|picture of|case of|über"
    r"|betreffend|gegen"
    r"|sobre|contra|au sujet de|concernant|contre|dotyczy|w sprawie|przeciwko|ynghylch|yn erbyn"
    r"|faoi|i gcoinne"
    r"|mu dheidhinn|an aghaidh)\s+\Z|(?:بشأن|ضد|关于|针对)\s*\Z"
)


def told(
    lines: Sequence[str],
    named: Sequence[Sequence[Mention]],
    *,
    letter: bool = True,
    beside: str = "",
    bare: bool = False,
) -> int:
    """Count the people of whom a text says something.

    Parameters
    ----------
    lines : sequence of str
        Paragraphs or lines of one place, in the order in which they stand; or one cell.
    named : sequence of sequence of Mention
        Whom each of them names, as `mentions_in` finds it.
    letter : bool
        Whether lines can be those of a letter: then the addressee in the salutation and the
        signatory below the closing are left out, there and only there. False for cells.
    beside : str
        For a cell: what stands beside it.
    bare : bool
        Whether a name with nothing beside it says something by itself, as in a title.

    Returns
    -------
    int
        People of whom anything is said, or who stand in a list of at least three; each once.

    Examples
    --------
    >>> from singleout.identifiers.named_people import mentions_in
    >>> lines = ["Dear Ms Lee", "Sgt Ann Hart was dismissed.", "Yours sincerely", "Tom Brown"]
    >>> told(lines, mentions_in(lines))
    1
    >>> lines = ["Contact: Ann Hart, Head of Statistics"]
    >>> told(lines, mentions_in(lines))
    0
    """
    kinds = zones(lines) if letter else ["body"] * len(lines)
    opened = "salutation" in kinds or "closing" in kinds  # a name in the body answers something
    said: set[str] = set()
    listed: set[str] = set()
    previous = beside
    for line, kind, spans in zip(lines, kinds, named, strict=True):
        if not spans:
            previous = line if line.strip() else previous
            continue
        if kind != "body" and _expected(line, kind, spans, previous):
            previous = line
            continue
        for sentence, inside in _sentences(line, spans):
            keys = {one.key for one in inside}
            state = _judge(sentence, inside, previous, cell=not letter, bare=bare or opened)
            if state == "said":
                said |= keys
            if state != "contact":
                listed |= keys
        previous = line
    said |= _on_cards(lines, kinds, named)
    if len(listed) >= LIST:
        said |= listed
    return len(said)


def _expected(line: str, kind: str, spans: Sequence[Mention], previous: str) -> bool:
    """Whether a line names somebody only as the letter's addressee or as its signatory."""
    places = [(one.start, one.end) for one in spans]
    if kind == "salutation":
        return not says_outcome(residue(line, places))
    words = _lower(residue(line, places))
    # An officer signs above the name of the unit, not below it.
    below = any(one.ranked for one in spans) and bool(_lower(previous) & BODIES)
    return not below and not words & COPULA and says_nothing(line, places)


def _on_cards(
    lines: Sequence[str], kinds: Sequence[str], named: Sequence[Sequence[Mention]]
) -> set[str]:
    """People of whom a form says something on another line: a name, and an absence below it."""
    said: set[str] = set()
    start = 0
    fields = [
        kind == "body" and _FIELD.match(line) is not None
        for line, kind in zip(lines, kinds, strict=True)
    ]
    for end in range(len(lines) + 1):
        if end < len(lines) and fields[end]:
            continue
        card = range(start, end)
        tells = any(
            not named[i] and says_outcome(lines[i]) and not _for_contact(_lower(lines[i]))
            for i in card
        )
        if tells:
            said |= {one.key for i in card for one in named[i]}
        start = end + 1
    return said


def _lower(line: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(line)}


def _sentences(line: str, spans: Sequence[Mention]) -> list[tuple[str, list[Mention]]]:
    """The sentences of a line that name people, the names' places counted from each one's start."""
    found, start = [], 0
    ends = [match.end() for match in _END.finditer(line)]
    ends = [end for end in ends if not any(one.start < end < one.end for one in spans)]
    for end in [*ends, len(line)]:
        inside = [
            replace(one, start=one.start - start, end=one.end - start)
            for one in spans
            if start <= one.start and one.end <= end
        ]
        if inside:
            found.append((line[start:end], inside))
        start = end
    return found


def _judge(
    sentence: str, spans: Sequence[Mention], previous: str, *, cell: bool, bare: bool
) -> str:
    """Whether a sentence says something of those whom it names, only lists them, or is for "
    "contact."""
    places = [(one.start, one.end) for one in spans]
    rest = residue(sentence, places)
    words = {word.lower() for word in _WORD.findall(rest)}
    asked = any(line.rstrip().endswith(("?", "\uff1f")) for line in previous.split("\n"))
    label = _lower(previous) if len(previous) <= 60 else set()
    if not (cell or previous.rstrip().endswith((":", "\uff1a")) or label <= _LABELS):
        label = set()
    if any(_ABOUT.search(sentence[max(0, start - 24) : start]) for start, _ in places):
        return "said"
    if _DATE.search(rest):
        return "said"
    if not words:
        if _for_contact(label) and not asked:
            return "contact"
        titled = not cell and any(one.titled for one in spans)
        return "said" if asked or bare or titled else "listed"
    if says_nothing(sentence, places):
        # "The officer is Sgt Hart" is no label, "Our statistician is Ann Hart" is
        stated = bool(words & COPULA) or any(one.ranked for one in spans)
        if words & (CONTACT - FUNCTION) or (_for_contact(words) and not stated):
            return "contact"
        if stated and words - FUNCTION:
            return "said"
        return "said" if not cell and any(one.titled for one in spans) else "listed"
    if cell and not (is_prose(sentence, places) or says_outcome(rest)):
        return "listed"
    return "said"


def stands_alone(text: str, named: Sequence[Mention], beside: str) -> bool:
    """Tell whether a cell is a name with a title or a rank, with no sentence around it.

    One such cell answers or entitles something; a column of them is judged as a table.

    Parameters
    ----------
    text : str
        The cell.
    named : sequence of Mention
        Whom it names.
    beside : str
        What stands beside it.

    Examples
    --------
    >>> from singleout.identifiers.named_people import mentions_in
    >>> cell = "Sgt Rhys Trevanion, Barrow"
    >>> stands_alone(cell, mentions_in([cell])[0], "A1")
    True
    """
    places = [(one.start, one.end) for one in named]
    if not any(one.titled for one in named) or is_prose(text, places):
        return False
    near = {word.lower() for word in _WORD.findall(beside)} if len(beside) <= 60 else set()
    words = {word.lower() for word in _WORD.findall(residue(text, places))}
    return not _for_contact(near | words)


def _for_contact(words: set[str]) -> bool:
    return bool(words & (CONTACT | JOBS | BODIES))
