"""Of how many people a text says something: in sentences, in lists, on forms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from singleout.identifiers.counted_lists import counts_people, happened
from singleout.identifiers.headings import read_heading
from singleout.identifiers.letters import zones
from singleout.identifiers.named_people import Mention
from singleout.identifiers.sayings import is_prose, residue, says_nothing, says_outcome
from singleout.identifiers.text_words import BODIES, CONTACT, COPULA, FUNCTION, JOBS
from singleout.identifiers.thing_words import CALLED

# From so many names on, a list of them says something by itself
LIST: Final = 3

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_END: Final = re.compile(r"(?<=[\w)\]\"'’]{2})[.!?]\s+(?=[^\W\d_a-z])|[。\uff01\uff1f]|\n\s*\n")
# Words of a line above a name that says whom to ask: "Author", "Report by"
_LABELS: Final = CONTACT | FUNCTION | JOBS
# "Reason for absence: stress"
_FIELD: Final = re.compile(r"[^:\uff1a\n]{1,40}[:\uff1a\t] *\S.{0,80}\Z")
# Right before a name: whom to write to
_INVITES: Final = re.compile(
    r"(?i)(?<!\w)(?:contact(?:ing)?|(?:write|writing|complain|appeal|apply|e-?mail|addressed|sent|send"
    r"|report|speak) (?:\w+ ){0,3}?to|e-?mail|phone|call|ring|ask for)\s+\Z"
)
_COMPLAIN: Final = re.compile(r"(?i)\b(?:complain\w*|appeal\w*|interview|review)\b")
_ITEM_WORDS: Final = 5
# Lines of a signature, and the longest of them
_SIGNATURE, _WIDEST = 8, 120
_STOPS: Final = re.compile(r"[.!?。]\s*\Z")
_MONEY: Final = re.compile(r"[£$€]\s?\d|\d\s?(?:€|EUR\b|GBP\b|zł)")
_DATED: Final = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|\b(?:19|20)\d\d\b")
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
    for i in _signed_below(lines, named) if letter else ():
        kinds[i] = "signature"
    opened = "salutation" in kinds or "closing" in kinds  # a name in the body answers something
    said: set[str] = set()
    listed: set[str] = set()
    previous = head = beside
    for line, kind, spans in zip(lines, kinds, named, strict=True):
        if not spans:
            if line.strip():
                # An item of a list of things has its head above, as the next one has
                head = head if letter and _is_item(line) and _of_things(head) else line
                previous = line
            continue
        if kind != "body" and _expected(line, kind, spans, previous):
            previous = line
            continue
        for sentence, inside in _sentences(line, spans):
            keys = {one.key for one in inside}
            state = _judge(sentence, inside, previous, cell=not letter, bare=bare or opened)
            if letter:
                state = _below(head, sentence, inside, state)
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
    if kind == "closing" and "," in line:  # "Yours sincerely, Ann Hart, Records Manager"
        return says_nothing(residue(line, places).partition(",")[2], [])
    words = _lower(residue(line, places))
    # An officer signs above the name of the unit, not below it.
    below = any(one.ranked for one in spans) and bool(_lower(previous) & BODIES)
    return not below and not words & COPULA and says_nothing(line, places)


def _signed_below(lines: Sequence[str], named: Sequence[Sequence[Mention]]) -> range:
    """The last lines of a text, where they are no more than who signs it in what post."""
    nobody = range(0)
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    start, posts, people = end, False, 0
    while start and end - start < _SIGNATURE and not _STOPS.search(lines[start - 1]):
        line = lines[start - 1]
        places = [(one.start, one.end) for one in named[start - 1]]
        asks = line.rstrip().endswith((":", "\uff1a"))
        if len(line) > _WIDEST or asks or not says_nothing(line, places):
            return nobody
        words = _lower(residue(line, places))
        if words & COPULA - FUNCTION:
            return nobody
        posts = posts or bool(words & (JOBS | BODIES))
        people += len(places)
        start -= 1
    signed = posts and people == 1 and start > 0 and lines[start - 1].rstrip().endswith((".", "。"))
    return range(start, end) if signed else nobody


def _below(head: str, sentence: str, spans: Sequence[Mention], state: str) -> str:
    """What the line above a list makes of a name in it: a thing's, or somebody's who acted."""
    if len(head) > 160:
        return state
    called = _lower(head.partition(" ")[0].removesuffix("s")) <= CALLED
    bare = not _WORD.search(residue(sentence, [(one.start, one.end) for one in spans]))
    ranked = any(one.ranked for one in spans)
    if bare and (called or not ranked) and _of_things(head):
        return "contact"
    words = _lower(head)
    told = head.rstrip().endswith((":", "\uff1a")) and (words & COPULA or happened(head))
    return "said" if told and not words & (CONTACT - FUNCTION) and counts_people(head) else state


def _is_item(line: str) -> bool:
    return len(line.split()) <= _ITEM_WORDS and not line.rstrip().endswith(
        (":", "\uff1a", ".", "?")
    )


def _of_things(head: str) -> bool:
    """Whether a line above a list says that the list is of things: "Ships that called in May:"."""
    words = _WORD.findall(head.lower())
    ends = head.lower().rstrip(" :\uff1a").endswith(tuple(f" {word}" for word in FUNCTION))
    if not words or ends or says_outcome(head):
        return False
    if words[0] in CALLED or words[0].removesuffix("s") in CALLED:
        return True
    found = read_heading(head)
    return found.subject == "things" and found.plural and not happened(head.partition(" ")[0])


def _on_cards(
    lines: Sequence[str], kinds: Sequence[str], named: Sequence[Sequence[Mention]]
) -> set[str]:
    """People of whom a form says something on another line: a name, and an absence below it."""
    said = _above_entries(lines, kinds, named)
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


def _above_entries(
    lines: Sequence[str], kinds: Sequence[str], named: Sequence[Sequence[Mention]]
) -> set[str]:
    """People whose name stands alone above what was paid to them or happened to them."""
    said: set[str] = set()
    for i, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        spans = named[i]
        below = next((k for k in range(i + 1, len(lines)) if lines[k].strip()), 0)
        if len(spans) != 1 or kind != "body" or not below or named[below]:
            continue
        if kinds[below] != "body" or len(lines[below]) > _WIDEST:
            continue
        if _WORD.search(residue(line, [(spans[0].start, spans[0].end)])):
            continue
        entry = lines[below]
        dated = _DATED.search(entry) is not None and bool(_lower(entry) - CONTACT - FUNCTION)
        if _MONEY.search(entry) or (dated and happened(entry)) or _is_entry(entry):
            said.add(spans[0].key)
    return said


def _is_entry(line: str) -> bool:
    return _FIELD.match(line) is not None and says_outcome(line)


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
    invited = all(_INVITES.search(sentence[max(0, start - 40) : start]) for start, _ in places)
    if invited and not says_outcome(_COMPLAIN.sub(" ", rest)):
        return "contact"
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
