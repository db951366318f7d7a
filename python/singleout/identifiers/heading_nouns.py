"""Headings that name what is in a column: what the head says, of what its modifiers say."""

from __future__ import annotations

from typing import Final

from singleout.identifiers.heading_grammar import (
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

# Headings with these may stand above people's names as well.
_MAY_NAME: Final = frozenset((M.PERSON_NAME, M.NAME_PART, M.NARRATIVE, M.TEXT))


def described(phrase: Phrase) -> Reading:
    """A heading that names one thing: what its head says, of what its modifiers say."""
    words = phrase.words
    if phrase.head is None:
        return _headless(phrase)
    head = words[phrase.head]
    modifiers = phrase.modifiers()
    near = next((w for w in modifiers if w.kind in SUBJECTS or w.kind == "attr"), None)
    evidence = _of_act_behind(phrase) or _of_head(head, near, modifiers)
    if head.kind == "number" and near is None and phrase.whole:
        evidence = {**evidence, **head.says}
    best = max(evidence.items(), key=lambda pair: pair[1], default=(None, 0.0))
    if best[1] >= 2 and best[0] not in _MAY_NAME:
        evidence.setdefault(M.PERSON_NAME, -1.0)
    subject, plural = about([head, *modifiers])
    if head.kind not in SUBJECTS and near is not None:
        subject = SUBJECTS.get(near.kind, subject)
    property_ = head.kind not in SUBJECTS or best[0] in (M.HEALTH, M.DATE)
    attribute = property_ and evidence.get(M.PERSON_NAME, 0.0) < 2 and names_one([head, *modifiers])
    counting = head.kind == "number" and M.COUNT_PEOPLE in evidence
    measure: Measure = "count" if counting else "none"
    return Reading(evidence, subject, counting, plural, measure, attribute, head=head.kind)


def _headless(phrase: Phrase) -> Reading:
    """ "Approved by", "first", "sick", "payroll", "field 1"."""
    words = phrase.words
    if words[-1].kind == "by" and (len(words) > 1 or not phrase.whole):
        return Reading({M.PERSON_NAME: 2.0 if phrase.whole else 1.0}, "people", head="by")
    found = next((w for w in words if w.kind in ("key", "act") and w.says), None)
    found = found or next((w for w in words if w.kind == "key"), None)
    if found is None:
        return Reading(head=words[0].kind if words[0].kind == "field" else "")
    says = dict(found.says) or {M.PERSON_NUMBER: 1.0}
    return Reading(says, None, head=found.kind)


def _of_act_behind(phrase: Phrase) -> dict[M, float] | None:
    """What is said of one person behind the word for them: mother_first, officer_collar."""
    place = phrase.head
    words = phrase.words
    if place is None or words[place].kind not in ("role", "job") or place + 1 >= len(words):
        return None
    behind = words[place + 1]
    if behind.kind == "key":
        return {M.PERSON_NUMBER: 2.0}
    if behind.kind != "act" or not behind.says:
        return None
    return {M.PERSON_NAME: 1.0, **behind.says}


def _of_head(head: Word, near: Word | None, modifiers: list[Word]) -> dict[M, float]:
    kind = near.kind if near is not None else ""
    says = near.says if near is not None else {}
    acts = [word for word in modifiers if word.kind == "act"]
    if head.kind == "name":
        sort = next((w for w in modifiers if w.kind == "sort"), None) if near is None else None
        return _of_name(head, near or sort, acts)
    if head.kind in ("number", "ident", "code"):
        one = near is not None and near.kind == "thing" and names_one(modifiers)
        return {M.CODE: 2.0, M.PERSON_NUMBER: 1.0} if one else _of_number(head, near)
    if head.kind in ("date", "period") and any(M.BIRTH_DATE in w.says for w in modifiers):
        return {M.BIRTH_DATE: 3.0}
    if head.kind == "date":
        return {M.DATE: 3.0}
    if head.kind in ("sort", "label"):
        return _of_sort(head, near, acts)
    if head.kind in ("role", "job"):
        return dict(head.says) or (
            {M.PERSON_NAME: 2.0, M.NAME_PART: 1.0}
            if head.kind == "role"
            else {M.PERSON_NAME: 1.0, M.JOB: 1.0, M.COUNT_PEOPLE: 1.0}
        )
    if head.kind == "case":
        return {M.TEXT: 1.0, **head.says, M.PERSON_NAME: -1.0}
    if head.kind == "key":
        return {M.PERSON_NAME: -1.0, **head.says}
    if M.PLACE in head.says and near is not None and M.ETHNICITY in near.says:
        return {M.ETHNICITY: 3.0, M.PLACE: 1.0}
    if head.kind == "thing":
        return {M.PERSON_NAME: -2.0, **head.says}
    if M.ADDRESS in head.says and any(M.EMAIL in word.says for word in modifiers):
        return {M.EMAIL: 3.0}
    if kind == "thing" and M.UNIT not in says:
        return _of_thing(head)
    return dict(head.says)


def _of_thing(head: Word) -> dict[M, float]:
    """What is a property of people, of a thing: a vehicle's age, a domain's rank."""
    if not set(head.says) & PERSONAL:
        return dict(head.says)
    if M.JOB not in head.says:
        return {M.TEXT: 1.0, M.PERSON_NAME: -2.0, **{m: -1.0 for m in head.says if m != M.TEXT}}
    return {M.SCORE: 2.0, M.JOB: 1.0} if M.SCORE in head.says else dict(head.says)


def _of_name(head: Word, near: Word | None, acts: list[Word]) -> dict[M, float]:
    """A name is a person's beside a word for one, a thing's beside a thing, else unclear."""
    if any(M.NAME_PART in word.says for word in acts):
        return {M.NAME_PART: 3.0, M.PERSON_NAME: 1.0}
    if near is None:
        return {M.PERSON_NAME: 1.0, M.NAME_PART: 1.0, **head.says}
    if near.kind in ("role", "job", "key"):
        return {M.PERSON_NAME: 3.0, M.NAME_PART: 1.0}
    if near.kind == "attr" and set(near.says) & {M.PERSON_NAME, M.NAME_PART}:
        return dict(near.says)
    says = {meaning: weight for meaning, weight in near.says.items() if weight > 0}
    return {**(says or {M.TEXT: 2.0}), M.PERSON_NAME: -3.0, M.NAME_PART: -2.0}


def _of_number(head: Word, near: Word | None) -> dict[M, float]:
    weak = {M.PERSON_NUMBER: 1.0, M.CODE: 1.0}
    if near is None:
        return {M.CODE: 2.0} if head.kind == "code" else weak
    if M.PHONE in near.says:
        return {M.PHONE: max(near.says[M.PHONE], 2.0)}
    if near.kind in ("role", "job", "key"):
        return {M.PERSON_NUMBER: 3.0} if head.kind != "code" else {M.PERSON_NUMBER: 2.0, **weak}
    if near.kind in ("thing", "case"):
        against = -2.0 if near.kind == "thing" else -1.0
        return {M.CODE: 3.0, M.PERSON_NUMBER: against}
    if set(near.says) & {M.ADDRESS, M.PERSON_NUMBER, M.CODE, M.DATE}:
        return dict(near.says)
    return {**{m: min(w, 2.0) for m, w in near.says.items()}, M.CODE: 2.0}


def _of_sort(head: Word, near: Word | None, acts: list[Word]) -> dict[M, float]:
    """Types, groups, states and titles: of what is before them."""
    none = {M.PERSON_NAME: -1.0, M.TEXT: 2.0}
    if near is None:
        about = next((word.says for word in acts if M.HEALTH in word.says), None)
        return dict(about) if about else {**none, **head.says}
    personal = {m: w for m, w in near.says.items() if m in PERSONAL and w > 0}
    if near.kind == "attr":
        return dict(near.says)
    if personal:
        return {**none, M.TEXT: 1.0, **{m: max(w, 2.0) for m, w in personal.items()}}
    if near.kind in ("role", "job"):
        return {**none, M.TEXT: 1.0, M.JOB: 1.0}
    if head.kind == "label" and near.kind == "case":
        narrative = 2.0 if M.NARRATIVE in head.says else -1.0
        return {M.NARRATIVE: narrative, M.TEXT: 1.0, M.PERSON_NAME: -1.0}
    if head.kind == "label":
        return {M.PERSON_NAME: -2.0, **near.says}
    return {**none, M.PERSON_NAME: -2.0}
