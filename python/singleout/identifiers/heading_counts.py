"""Headings that count or measure."""

from __future__ import annotations

from typing import Final

from singleout.identifiers.heading_grammar import (
    NOUNS,
    PERSONAL,
    SUBJECTS,
    Measure,
    Phrase,
    Reading,
    about,
    names_one,
)
from singleout.identifiers.heading_words import Word
from singleout.identifiers.meanings import Meaning as M
from singleout.identifiers.meanings import Subject

_NO_VALUES: Final = {M.PERSON_NAME: -2.0, M.NAME_PART: -2.0, M.PERSON_NUMBER: -2.0, M.AGE: -1.0}
_NO_COUNTS: Final = {M.COUNT_PEOPLE: -2.0, M.COUNT_THINGS: -2.0}
_MEASURES: Final = frozenset(("percent", "per", "rate", "average", "amount", "sum", "total"))
# Languages in which "number of" may be followed by what is numbered and by what is counted.
_COUNTING_NUMBERS: Final = frozenset(("en", "gd", "es", "it", "pt"))
_TALLIES: Final = frozenset(("count", "total", "sum"))


def measured(phrase: Phrase) -> Reading | None:
    """Percentages, rates, averages and sums."""
    words = phrase.words
    kinds = [word.kind for word in words]
    if _MEASURES.isdisjoint(kinds) and "bracket" not in kinds:
        return None
    if "percent" in kinds:
        before = kinds[: kinds.index("percent")]
        if "bracket" in before and any(kind in ("count", "number") for kind in before):
            return None  # "Number (%)" counts first
        return _measure(phrase, M.PERCENTAGE, 3.0, "percentage")
    if "bracket" in kinds:
        unit = _in_brackets(phrase)
        if unit is not None:
            return unit
    money = any(M.MONEY in word.says for word in words)
    first = kinds[: kinds.index("link")] if "link" in kinds else kinds
    rate = "rate" in (*first, kinds[-1]) or "per" in kinds[1:]
    if rate or "average" in first:
        found = _measure(phrase, M.RATE, 3.0, "rate" if rate else "average")
        if money:
            found.evidence[M.MONEY] = 2.0
        return found
    sums = "sum" in kinds or "total" in kinds
    if money and (sums or "amount" in kinds):
        return _measure(phrase, M.MONEY, 3.0, "sum")
    head = words[phrase.head] if phrase.head is not None else None
    if head is None or (head.kind in SUBJECTS and head.plural):
        return None  # "cumulative deaths" counts
    if head.kind == "amount" or "sum" in kinds:
        found = _measure(phrase, M.TEXT, 1.0, "sum")
        found.attribute = names_one(words)
        return found
    return None


def _in_brackets(phrase: Phrase) -> Reading | None:
    """ "Hotels (£)" is money and "absence (days)" an amount, whatever stands before."""
    kinds = [word.kind for word in phrase.words]
    inside = phrase.words[kinds.index("bracket") + 1 :]
    if not inside or kinds[0] == "bracket" or not phrase.whole:
        return None
    if all(M.MONEY in word.says for word in inside):
        found = _measure(phrase, M.MONEY, 3.0, "none" if _TALLIES.isdisjoint(kinds) else "sum")
        if any(M.MONEY in word.says and M.JOB in word.says for word in phrase.words):
            found.evidence[M.JOB] = 1.0  # "Salary (£)" is still of somebody's job
        return found
    if all(word.kind == "amount" for word in inside):
        return _measure(phrase, M.TEXT, 1.0, "sum")
    return None


def _measure(phrase: Phrase, meaning: M, weight: float, measure: Measure) -> Reading:
    subject, plural = about(phrase.words)
    evidence = {meaning: weight, **_NO_VALUES, **_NO_COUNTS}
    head = {"percentage": "percent", "none": "attr"}.get(measure, measure)
    return Reading(evidence, subject, False, plural, measure, head=head)


def counted(phrase: Phrase) -> Reading | None:
    """What says that it counts, or is a bare plural."""
    words = phrase.words
    kinds = [word.kind for word in words]
    at = next((i for i, kind in enumerate(kinds) if kind in _TALLIES), None)
    if at is None and "number" in kinds:
        at = _number_of(phrase)
    if at is not None:
        found = _tally(phrase, at)
        if found is not None:
            return found
    if phrase.head is None:
        group = next((word for word in words if word.kind == "group"), None)
        if group is None or not phrase.whole:
            return None
        return Reading({**group.says, M.PERSON_NAME: -1.0}, "people", False, True, head="group")
    noun = words[phrase.head]
    if noun.kind not in SUBJECTS or not noun.plural:
        return None
    found = _count(SUBJECTS[noun.kind], True, 2.0, noun.kind)
    if found.subject == "people":
        # "Mitarbeiter" is one and many, "staff" is many.
        found.evidence[M.PERSON_NAME] = 2.0 if noun.collective else 1.0
    elif noun.kind == "thing" and not any(word.kind == "act" for word in words):
        found.evidence |= {m: 1.0 for m, weight in noun.says.items() if weight > 1}
    return found


def _tally(phrase: Phrase, at: int) -> Reading | None:
    """A count of something, if what is counted can be."""
    word = phrase.words[at]
    noun = _noun_of_count(phrase, at)
    if word.kind in ("total", "sum") and noun is not None and noun.kind not in SUBJECTS:
        return None  # "total score"
    subject = _subject_of(noun) or about(phrase.words)[0] if noun is not None else None
    if word.kind == "count" and word.says and subject != "things":
        subject = "people"
    return _count(subject, noun is not None and noun.plural, 3.0 if noun else 2.0, "count")


def _count(subject: Subject | None, plural: bool, weight: float, head: str) -> Reading:
    evidence = dict(_NO_VALUES)
    if subject != "things":
        evidence[M.COUNT_PEOPLE] = weight if subject else 2.0
    if subject in ("things", None):
        evidence[M.COUNT_THINGS] = weight if subject else 2.0
    return Reading(evidence, subject, True, plural, "count", head=head)


def _number_of(phrase: Phrase) -> int | None:
    """The word "number" where it counts: "no. of arrests", "vehicle numbers", "number (%)"."""
    words = phrase.words
    for i, word in enumerate(words):
        if word.kind != "number":
            continue
        others = [w for w in words if w.kind in NOUNS and w is not word]
        if not others and (word.plural or any(w.kind == "percent" for w in words)):
            return i
        if word.language not in _COUNTING_NUMBERS:
            continue
        after = phrase.head_after(i)
        if after is not None and words[after].kind in SUBJECTS and words[after].plural:
            return i
        if word.plural and others and all(w.kind in ("role", "job", "case") for w in others):
            return i
    return None


def _noun_of_count(phrase: Phrase, at: int) -> Word | None:
    """What is counted: the noun before the counting word, else the head of what follows it."""
    words = phrase.words
    before = [word for word in words[:at] if word.kind in NOUNS]
    if before:
        return before[-1]
    after = phrase.head_after(at)
    if after is not None:
        return words[after]
    return next((word for word in words if word.kind == "group"), None)


def _subject_of(word: Word) -> Subject | None:
    if word.kind in SUBJECTS:
        return SUBJECTS[word.kind]
    if any(meaning in PERSONAL for meaning in word.says):
        return "people"
    return "things" if word.kind == "attr" else None
