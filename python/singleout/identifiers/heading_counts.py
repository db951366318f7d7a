"""Headings that count or measure."""

from __future__ import annotations

from typing import Final

from singleout.identifiers.heading_grammar import (
    _HEADS,
    BETWEEN,
    HEAD_LAST,
    NOUNS,
    PERSONAL,
    SUBJECTS,
    Reading,
    about,
    head_of,
    names_one,
)
from singleout.identifiers.heading_words import Word
from singleout.identifiers.meanings import Meaning as M
from singleout.identifiers.meanings import Subject

NO_VALUES: Final = {M.PERSON_NAME: -2.0, M.NAME_PART: -2.0, M.PERSON_NUMBER: -2.0, M.AGE: -1.0}
NO_COUNTS: Final = {M.COUNT_PEOPLE: -2.0, M.COUNT_THINGS: -2.0}
_MEASURES: Final = frozenset(("percent", "per", "rate", "average", "amount", "sum", "total"))
# Languages in which "number of" may be followed by what is numbered and by what is counted.
_COUNTING_NUMBERS: Final = frozenset(("en", "gd"))


def measured(words: list[Word]) -> Reading | None:
    """Percentages, rates, averages and sums."""
    kinds = [word.kind for word in words]
    if _MEASURES.isdisjoint(kinds):
        return None
    subject, plural = about(words)
    money = any(M.MONEY in word.says for word in words)
    if "percent" in kinds:
        i = kinds.index("percent")
        if "bracket" in kinds[:i] and any(kind in ("count", "number") for kind in kinds[:i]):
            return None  # "Number (%)" counts first
        evidence = {M.PERCENTAGE: 3.0, **NO_VALUES, **NO_COUNTS}
        return Reading(evidence, subject, False, plural, "percentage", head="percent")
    per = "per" in kinds and 0 < kinds.index("per") < len(kinds) - 1
    if per or "rate" in kinds:
        evidence = {M.RATE: 3.0, **NO_VALUES, **NO_COUNTS}
        if money:
            evidence[M.MONEY] = 2.0
        return Reading(evidence, subject, False, plural, "rate", head="rate")
    if "average" in kinds:
        evidence = {M.RATE: 3.0, **NO_VALUES, **NO_COUNTS}
        if money:
            evidence[M.MONEY] = 2.0
        return Reading(evidence, subject, False, plural, "average", head="average")
    if "amount" in kinds or "sum" in kinds or ("total" in kinds and money):
        head = head_of(words)
        if money:
            evidence = {M.MONEY: 3.0, **NO_VALUES, **NO_COUNTS}
            return Reading(evidence, subject, False, plural, "sum", head="sum")
        if "sum" in kinds or (head is not None and words[head].kind == "amount"):
            evidence = {M.TEXT: 1.0, **NO_VALUES, **NO_COUNTS}
            return Reading(evidence, subject, False, plural, "sum", names_one(words), head="sum")
    return None


def counted(words: list[Word]) -> Reading | None:
    """What says that it counts, or is a bare plural."""
    kinds = [word.kind for word in words]
    at = next((i for i, kind in enumerate(kinds) if kind in ("count", "total")), None)
    if at is None and "number" in kinds:
        at = _number_of(words)
    if at is not None:
        noun = _noun_of_count(words, at)
        subject = _subject_of(noun) if noun is not None else None
        if words[at].kind == "count" and words[at].says and subject != "things":
            subject = "people"
        return _count(subject, noun is not None and noun.plural, 3.0 if noun else 2.0, "count")
    head = head_of(words)
    if head is None:
        group = next((word for word in words if word.kind == "group"), None)
        if group is None:
            return None
        return Reading({**group.says, M.PERSON_NAME: -1.0}, "people", False, True, head="group")
    noun = words[head]
    if noun.kind not in SUBJECTS or not noun.plural:
        return None
    found = _count(SUBJECTS[noun.kind], True, 2.0, noun.kind)
    if found.subject == "people":
        found.evidence[M.PERSON_NAME] = 1.0
    elif noun.kind == "thing" and not any(word.kind == "act" for word in words):
        found.evidence |= {m: 1.0 for m, weight in noun.says.items() if weight > 1}
    return found


def _count(subject: Subject | None, plural: bool, weight: float, head: str) -> Reading:
    evidence = dict(NO_VALUES)
    if subject != "things":
        evidence[M.COUNT_PEOPLE] = weight if subject else 2.0
    if subject in ("things", None):
        evidence[M.COUNT_THINGS] = weight if subject else 2.0
    return Reading(evidence, subject, True, plural, "count", head=head)


def _number_of(words: list[Word]) -> int | None:
    """The word "number" where it counts: "no. of arrests", "vehicle numbers", "number"."""
    for i, word in enumerate(words):
        if word.kind != "number":
            continue
        others = [w for w in words if w.kind in NOUNS and w is not word]
        if not others and (word.plural or any(w.kind == "percent" for w in words)):
            return i
        if word.language not in _COUNTING_NUMBERS:
            continue
        after = next((w for w in words[i + 1 :] if w.kind in NOUNS), None)
        if after is not None and after.kind in SUBJECTS and after.plural:
            return i
        if word.plural and others and all(w.kind in ("role", "job", "case") for w in others):
            return i
    return None


def _noun_of_count(words: list[Word], at: int) -> Word | None:
    """What is counted: the head of what follows the counting word, else the noun before it."""
    after = words[at + 1 :]
    while after and after[0].kind in BETWEEN:
        after = after[1:]
    head = head_of(after) if words[at].language in HEAD_LAST or after else None
    if head is not None and not (at and _is_apart(words, at)):
        return after[head]
    before = [word for word in words[:at] if word.kind in NOUNS]
    if before:
        return before[-1]
    if head is not None:
        return after[head]
    return next((word for word in words if word.kind == "group"), None)


def _is_apart(words: list[Word], at: int) -> bool:
    """Whether a noun stands before the counting word, which then looks back to it."""
    return any(word.kind in _HEADS for word in words[:at])


def _subject_of(word: Word) -> Subject | None:
    if word.kind in SUBJECTS:
        return SUBJECTS[word.kind]
    if any(meaning in PERSONAL for meaning in word.says):
        return "people"
    return "things" if word.kind == "attr" else None
