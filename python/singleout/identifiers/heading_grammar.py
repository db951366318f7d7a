"""The grammar of headings: which word is the head, and which say of whom or what it is.

A heading is a noun phrase. Its head comes last in English ("officer *rank*") and first in Welsh
("*rheng* swyddog"), and before a preposition in all languages ("*age* of victim").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from singleout.identifiers.heading_words import Word
from singleout.identifiers.meanings import Meaning as M
from singleout.identifiers.meanings import Subject

Measure = Literal["count", "sum", "average", "rate", "percentage", "none"]

SUBJECTS: Final[dict[str, Subject]] = {
    "role": "people",
    "job": "people",
    "group": "people",
    "key": "people",
    "case": "cases",
    "thing": "things",
}
"""Kinds of words that are about somebody or something."""

NOUNS: Final = frozenset(SUBJECTS) | {
    "attr", "name", "number", "ident", "code", "date", "time", "period", "sort", "label",
    "amount",
}  # fmt: skip
PERSONAL: Final = frozenset((
    M.PERSON_NAME, M.NAME_PART, M.PERSON_NUMBER, M.BIRTH_DATE, M.AGE, M.SEX, M.ETHNICITY,
    M.HEALTH, M.JOB,
))  # fmt: skip
"""Meanings that only people have."""

UNREAD: Final = frozenset(("digits", "unknown"))
BETWEEN: Final = frozenset(("link", "by", "bracket", "per"))
_HEADS: Final = NOUNS - {"group", "key"}
# Kinds and meanings of words that in names of fields are the head wherever they stand.
_GENERAL: Final = frozenset(("name", "number", "ident", "date"))
_PARTICULAR: Final = frozenset((M.NAME_PART, M.PERSON_NUMBER, M.BIRTH_DATE, M.AGE, M.SEX))
# Languages whose compound nouns end in what the whole is.
_HEAD_LAST: Final = frozenset(("en", "de", "nl", "zh", "ur"))


@dataclass(slots=True)
class Reading:
    """What some words of a heading say: `Heading`, before it is fixed.

    Attributes
    ----------
    head : str
        The kind of the head; empty if none was found.
    """

    evidence: dict[M, float] = field(default_factory=dict)
    subject: Subject | None = None
    counting: bool = False
    plural: bool = False
    measure: Measure = "none"
    attribute: bool = False
    period: bool = False
    head: str = ""


@dataclass(slots=True)
class Phrase:
    """Words of a heading that belong together.

    Attributes
    ----------
    words : list of Word
        Those that the lexicon knows.
    language : str
        The language that they are read in.
    whole : bool
        Whether all its words are known.
    segments : list of range
        Stretches of words between prepositions.
    head : int or None
        Place of the word that says what the whole is.
    """

    words: list[Word]
    language: str
    whole: bool
    segments: list[range] = field(init=False)
    head: int | None = field(init=False)

    def __post_init__(self) -> None:
        self.segments = _segments(self.words)
        self.head = self.head_of(self.segments)

    def head_of(self, segments: Sequence[range]) -> int | None:
        """Place of the head of some of the segments."""
        words = self.words
        for segment in segments:
            nouns = [i for i in segment if _may_be_head(words[i])]
            if not nouns:
                continue
            usual, other = nouns[-1], nouns[0]
            if self.language not in _HEAD_LAST:
                usual, other = other, usual
            return other if self._is_general(words[other], words[usual]) else usual
        return None

    def _is_general(self, word: Word, beside: Word) -> bool:
        """Whether a word is the head in spite of its place: NAME_OFFICER, surname_client."""
        if beside.kind not in SUBJECTS or word.language not in ("*", self.language):
            return False
        if word.kind in _GENERAL:
            return True
        return word.kind == "attr" and beside.kind == "role" and bool(_PARTICULAR & set(word.says))

    def head_after(self, place: int) -> int | None:
        """Place of the head of what follows a word."""
        rest = [range(max(s.start, place + 1), s.stop) for s in self.segments]
        return self.head_of([segment for segment in rest if segment])

    def modifiers(self) -> list[Word]:
        """The words but the head, nearest first, with those after a preposition last."""
        head = self.head
        if head is None:
            return []
        own: range = range(0)
        others: list[int] = []
        for segment in self.segments:
            if head in segment:
                own = segment
            else:
                others += segment
        before = [i for i in reversed(own) if i < head]
        after = [i for i in own if i > head]
        near = before + after if self.language in _HEAD_LAST else after + before
        return [self.words[i] for i in near + others]


def _may_be_head(word: Word) -> bool:
    return word.kind in _HEADS if word.kind not in ("key", "period") else bool(word.says)


def _segments(words: list[Word]) -> list[range]:
    if BETWEEN.isdisjoint([word.kind for word in words]):
        return [range(len(words))]
    found, start = [], 0
    for i, word in enumerate(words):
        if word.kind in BETWEEN:
            if i > start:
                found.append(range(start, i))
            start = i + 1
    if len(words) > start:
        found.append(range(start, len(words)))
    return found


def merged(readings: Sequence[Reading]) -> Reading:
    """Several readings in one: what one of them speaks for weighs more than what one is against."""
    if len(readings) > 1:
        readings = [r for r in readings if r.evidence or r.period] or readings[:1]
    if len(readings) < 2:
        return readings[0] if readings else Reading()
    found = Reading(head=readings[0].head)
    for reading in readings:
        for meaning, weight in reading.evidence.items():
            before = found.evidence.get(meaning)
            stronger = before is None or abs(weight) > abs(before)
            if weight > 0 > (before or 0) or (stronger and not weight < 0 < (before or 0)):
                found.evidence[meaning] = weight
        found.subject = found.subject or reading.subject
        found.counting |= reading.counting
        found.plural |= reading.plural
        found.attribute |= reading.attribute
    surest = max(readings, key=lambda r: (max(r.evidence.values(), default=0.0), r.counting))
    found.measure = surest.measure
    found.period = all(reading.period for reading in readings)
    return found


def about(words: Sequence[Word]) -> tuple[Subject | None, bool]:
    """Subject of the first noun that has one, and whether it is a plural."""
    noun = next((word for word in words if word.kind in SUBJECTS), None)
    return (SUBJECTS[noun.kind], noun.plural) if noun else (None, False)


def names_one(words: Sequence[Word]) -> bool:
    """Whether one person is spoken of."""
    return any(word.kind in ("role", "job") and not word.plural for word in words)
