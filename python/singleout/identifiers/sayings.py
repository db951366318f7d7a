"""Whether a text says anything of the people whom it names, or only whom to ask."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from singleout.identifiers.lists import Flag, lookup
from singleout.identifiers.text_words import BODIES, CONTACT, FUNCTION, JOBS, NOT_SAID, SAID

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CONTACT_DETAIL: Final = re.compile(
    r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w.-]{3,255}|(?:https?://|www\.)\S{2,400}"
    r"|[+(]?\d[\d ()+.-]{6,18}\d|\b[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2}\b"
)
_CHUNKS: Final = re.compile(r"[,;:|\n\t()\[\]]|\s[-\u2013—]\s|\.\s")
_SAID_LATIN: Final = re.compile(
    "(?i)(?<![^\\W\\d_])(?:" + "|".join(re.escape(s) for s in sorted(SAID) if s[0] < "\u0600") + ")"
)
_SAID_OTHER: Final = re.compile("|".join(re.escape(s) for s in sorted(SAID) if s[0] >= "\u0600"))
# Stems of `SAID` that are also words of posts and bodies
_HARMLESS: Final = JOBS | BODIES | CONTACT | NOT_SAID


def residue(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return what a text holds beside names and contact details; names become commas.

    Examples
    --------
    >>> residue("Contact: Ann Lee, 020 7946 0000", [(9, 16)]).split()
    ['Contact:', ',', ',']
    """
    pieces, at = [], 0
    for start, end in sorted(spans):
        if start >= at:
            pieces += [text[at:start], " , "]
            at = end
    pieces.append(text[at:])
    return _CONTACT_DETAIL.sub(" ", "".join(pieces))


def says_outcome(rest: str) -> bool:
    """Tell whether words speak of an act, an outcome, health, a relation or a complaint.

    >>> says_outcome("suspended"), says_outcome("Head of Statistics")
    (True, False)
    """
    for match in _SAID_LATIN.finditer(rest):
        word = _WORD.match(rest, match.start())
        if word is None or word[0].lower() not in _HARMLESS:
            return True
    return bool(_SAID_OTHER.search(rest))


def says_nothing(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a text only says of people in what post they are, or how to reach them.

    Parameters
    ----------
    text : str
        A line, a sentence or a cell.
    spans : sequence of (int, int)
        Where it names people.

    Returns
    -------
    bool
        False as soon as one word is neither of a contact line, a post or a body.

    Examples
    --------
    >>> says_nothing("Contact: Ann Lee, Head of Prices, 020 7946 0000", [(9, 16)])
    True
    >>> says_nothing("Ann Lee was moved to Kendal", [(0, 7)])
    False
    """
    rest = residue(text, spans)
    if says_outcome(rest):
        return False
    return all(_harmless(chunk) for chunk in _CHUNKS.split(rest))


def _harmless(chunk: str) -> bool:
    words = [word for word in _WORD.findall(chunk) if len(word) > 1 or word >= "\u0600"]
    lower = [word.lower() for word in words]
    other = [
        w for w, low in zip(words, lower, strict=True) if low not in FUNCTION and low not in CONTACT
    ]
    other = [word for word in other if not _decorates(word)]
    if not other:
        return not any(char >= "\u0600" for word in words for char in word)
    if not any(low in JOBS or low in BODIES for low in lower):
        return False
    # A post or a body: its own words begin with capitals, but for those known to be such
    return all(w[0].isupper() or w.lower() in JOBS or w.lower() in BODIES for w in other)


@lru_cache(4096)
def _decorates(word: str) -> bool:
    """Whether a word is a title or letters beside a name: Mr, MBE, LLB."""
    flags = Flag.TITLE | Flag.POSTNOMINAL
    return word[0].isupper() and (word == "Hons" or bool(int(lookup([word])[0]) & int(flags)))


def is_prose(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Tell whether there are words in small letters beside the names: a sentence, not a label.

    >>> is_prose("Ann Lee was moved", [(0, 7)]), is_prose("Ann Lee North", [(0, 7)])
    (True, False)
    """
    rest = residue(text, spans)
    words = _WORD.findall(rest)
    return any((w[0].islower() and w.lower() not in FUNCTION) or w[0] >= "\u0600" for w in words)
