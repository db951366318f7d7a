"""What the words of a column's heading say that the column means.

The words are data (``data/headings.tsv``); here is how they go together. A heading is read as a
noun phrase: one word is its head ("officer *rank*", "*enw* swyddog", "*count* of surnames") and
the others say of whom or what it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Final, Literal

from singleout.identifiers.heading_split import split
from singleout.identifiers.heading_words import HEAD_LAST, Word, find
from singleout.identifiers.meanings import Meaning, Subject

__all__ = ["Heading", "Measure", "is_heading_word", "read_heading"]

Measure = Literal["count", "sum", "average", "rate", "percentage", "none"]

_M = Meaning
_SUBJECTS: Final[dict[str, Subject]] = {
    "role": "people",
    "job": "people",
    "group": "people",
    "key": "people",
    "case": "cases",
    "thing": "things",
}
_NOUNS: Final = frozenset(_SUBJECTS) | {
    "attr", "name", "number", "ident", "code", "date", "time", "period", "sort", "label",
    "amount", "field",
}  # fmt: skip
_OTHERS: Final = frozenset(("digits", "unknown"))
_HEADS: Final = _NOUNS - {"group", "key"}
_BETWEEN: Final = frozenset(("link", "by", "bracket", "per"))
_FIRST_HEADS: Final = frozenset(("name", "number", "ident", "date"))
_PERSONAL: Final = frozenset((
    _M.PERSON_NAME, _M.NAME_PART, _M.PERSON_NUMBER, _M.BIRTH_DATE, _M.AGE, _M.SEX, _M.ETHNICITY,
    _M.HEALTH, _M.JOB,
))  # fmt: skip
# Languages in which "number of" may be followed by what is numbered and by what is counted.
_COUNTING_NUMBERS: Final = frozenset(("en", "gd"))
_PLACES: Final = frozenset((_M.STREET, _M.PLACE, _M.PREMISES, _M.ORGANISATION, _M.UNIT))
# Headings with these may stand above people's names as well.
_MAY_NAME: Final = frozenset((_M.PERSON_NAME, _M.NAME_PART, _M.NARRATIVE, _M.TEXT))
_NO_VALUES: Final = {_M.PERSON_NAME: -2.0, _M.NAME_PART: -2.0, _M.PERSON_NUMBER: -2.0, _M.AGE: -1.0}
_NO_COUNTS: Final = {_M.COUNT_PEOPLE: -2.0, _M.COUNT_THINGS: -2.0}
# Heads whose word alone is a label and hardly ever a value.
_LABELS: Final = frozenset((
    "attr", "name", "number", "ident", "code", "date", "time", "period", "sort", "label", "amount",
    "field", "key", "by", "count", "average", "rate", "percent", "sum",
))  # fmt: skip
_MOST_LABEL_WORDS = 8


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading says.

    Attributes
    ----------
    words : tuple of str
        Its words in small letters, parted at signs, case and digits.
    evidence : Mapping of Meaning to float
        Log-odds for (3 decisive, 2 strong, 1 weak) or against each meaning of which it speaks;
        empty if no word is known, or if the heading is a period ("2023/24", "Q1").
    subject : {"people", "cases", "things"} or None
        Whom or what its nouns are about.
    counting : bool
        Whether it says that the column counts.
    plural : bool
        Whether the noun of `subject` is a plural.
    measure : {"count", "sum", "average", "rate", "percentage", "none"}
        How numbers below it were made.
    attribute : bool
        Whether it names a property of one person ("officer rank").
    period : bool
        Whether it names a time for which the column holds ("Week 12"), not what the values are.
    """

    words: tuple[str, ...]
    evidence: Mapping[Meaning, float]
    subject: Subject | None = None
    counting: bool = False
    plural: bool = False
    measure: Measure = "none"
    attribute: bool = False
    period: bool = False


@dataclass(slots=True)
class _Reading:
    evidence: dict[Meaning, float] = field(default_factory=dict)
    subject: Subject | None = None
    counting: bool = False
    plural: bool = False
    measure: Measure = "none"
    attribute: bool = False
    period: bool = False
    head: str = ""


@lru_cache(maxsize=4096)
def read_heading(text: str) -> Heading:
    """Return what a column's heading says of the column.

    Parameters
    ----------
    text : str
        The heading as it stands; of more than 300 characters only the first count.

    Returns
    -------
    Heading

    Examples
    --------
    >>> max(read_heading("emp_LastNm").evidence.items(), key=lambda pair: pair[1])[0].name
    'NAME_PART'
    >>> read_heading("Officers").counting, read_heading("Officer").counting
    (True, False)
    >>> read_heading("Count of Surname").measure, read_heading("xyzzy").evidence
    ('count', mappingproxy({}))
    """
    tokens = tuple(split(text))
    reading = _merged([_read_words(words) for words in find(tokens)])
    return Heading(
        tuple(token for token in tokens if token[0].isalnum()),
        MappingProxyType(dict(sorted(reading.evidence.items(), key=lambda pair: pair[0].name))),
        reading.subject,
        reading.counting,
        reading.plural,
        reading.measure,
        reading.attribute,
        reading.period,
    )


@lru_cache(maxsize=4096)
def is_heading_word(text: str) -> bool:
    """Whether a whole text reads as a heading or field label rather than as a value.

    Parameters
    ----------
    text : str
        A cell's text.

    Returns
    -------
    bool
        False for what is as often a value: a plural ("Vehicles"), an occupation ("Nurse"), a
        group ("Female"), a period ("2023").

    Examples
    --------
    >>> [is_heading_word(t) for t in ("Surname", "Collar no", "DOB", "F1", "Enw")]
    [True, True, True, True, True]
    >>> [is_heading_word(t) for t in ("Davies", "Sergeant", "Female", "2023", "Old Church Lane")]
    [False, False, False, False, False]
    """
    tokens = tuple(split(text))
    if not tokens or len(tokens) > _MOST_LABEL_WORDS:
        return False
    words = find(tokens)[0]
    if any(word.kind == "unknown" for word in words):
        return False
    reading = _read_words(words)
    if reading.period or reading.head == "":
        return False
    if reading.head in ("role", "thing"):
        return not reading.plural
    if reading.head == "act":
        return _M.NAME_PART in reading.evidence
    return reading.head in _LABELS


def _merged(readings: Sequence[_Reading]) -> _Reading:
    """Several readings in one: what one of them speaks for weighs more than what one is against."""
    readings = [r for r in readings if r.evidence or r.period] or list(readings[:1])
    if not readings:
        return _Reading()
    found = _Reading(head=readings[0].head)
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


def _read_words(words: Sequence[Word]) -> _Reading:
    """Read a heading in one language; what "and" or a slash joins is read apart."""
    parts: list[list[Word]] = [[]]
    for word in words:
        if word.kind == "and":
            parts.append([])
        else:
            parts[-1].append(word)
    known = [part for part in parts if any(word.kind not in _OTHERS for word in part)]
    if len(known) < 2:
        return _read_part([word for part in parts for word in part])
    whole = [word for part in known for word in part]
    if any(word.kind in ("percent", "rate", "per", "average") for word in whole):
        return _read_part(whole)
    readings = [_read_part(part) for part in known]
    if any(not _stands(reading) for reading in readings):
        return _read_part(whole)
    found = _merged(readings)
    named = any(r.head == "name" and r.evidence[_M.PERSON_NAME] > 0 for r in readings)
    if named and any(r.head != "name" and _speaks_of_people(r) for r in readings):
        found.evidence[_M.PERSON_NAME] = 3.0  # "rank and name"
    return found


def _speaks_of_people(reading: _Reading) -> bool:
    return any(weight > 1 and meaning in _PERSONAL for meaning, weight in reading.evidence.items())


def _stands(reading: _Reading) -> bool:
    return reading.head in _NOUNS or reading.counting


def _read_part(words: Sequence[Word]) -> _Reading:
    known = [word for word in words if word.kind not in _OTHERS]
    if _is_period(words):
        return _Reading(period=True)
    if not known:
        return _Reading()
    if _is_named_place(words):
        return _Reading()
    return _measured(known) or _counted(known) or _described(known)


def _is_named_place(words: Sequence[Word]) -> bool:
    """Whether it is a proper name: "Castle Street", "Kendal Hospital", not "home street"."""
    last = words[-1]
    if last.kind != "thing" or last.plural or len(words) < 2:
        return False
    before = words[-2]
    if before.kind == "unknown":
        return bool(set(last.says) & _PLACES)
    return _M.STREET in last.says and before.kind in ("thing", "group", "period", "act", "attr")


def _is_period(words: Sequence[Word]) -> bool:
    """Whether the words name a time: a month, a year, a quarter; nothing else is among them."""
    kinds = {word.kind for word in words}
    if kinds - {"period", "act", "date", "digits", *_BETWEEN}:
        return False
    if any(word.kind == "period" and not word.says for word in words):
        return True
    if "period" in kinds and "digits" in kinds:
        return True
    return any(1800 < word.number < 2200 for word in words)


def _measured(words: list[Word]) -> _Reading | None:
    """Percentages, rates, averages and sums."""
    kinds = [word.kind for word in words]
    subject, plural = _about(words)
    money = any(_M.MONEY in word.says for word in words)
    if "percent" in kinds:
        i = kinds.index("percent")
        if "bracket" in kinds[:i] and any(kind in ("count", "number") for kind in kinds[:i]):
            return None  # "Number (%)" counts first
        evidence = {_M.PERCENTAGE: 3.0, **_NO_VALUES, **_NO_COUNTS}
        return _Reading(evidence, subject, False, plural, "percentage", head="percent")
    per = "per" in kinds and 0 < kinds.index("per") < len(kinds) - 1
    if per or "rate" in kinds:
        evidence = {_M.RATE: 3.0, **_NO_VALUES, **_NO_COUNTS}
        if money:
            evidence[_M.MONEY] = 2.0
        return _Reading(evidence, subject, False, plural, "rate", head="rate")
    if "average" in kinds:
        evidence = {_M.RATE: 3.0, **_NO_VALUES, **_NO_COUNTS}
        if money:
            evidence[_M.MONEY] = 2.0
        return _Reading(evidence, subject, False, plural, "average", head="average")
    if "amount" in kinds or "sum" in kinds or ("total" in kinds and money):
        head = _head(words)
        if money:
            evidence = {_M.MONEY: 3.0, **_NO_VALUES, **_NO_COUNTS}
            return _Reading(evidence, subject, False, plural, "sum", head="sum")
        if "sum" in kinds or (head is not None and words[head].kind == "amount"):
            evidence = {_M.TEXT: 1.0, **_NO_VALUES, **_NO_COUNTS}
            return _Reading(evidence, subject, False, plural, "sum", _names_one(words), head="sum")
    return None


def _counted(words: list[Word]) -> _Reading | None:
    """What says that it counts, or is a bare plural."""
    kinds = [word.kind for word in words]
    at = next((i for i, kind in enumerate(kinds) if kind in ("count", "total")), None)
    if at is None:
        at = _number_of(words)
    if at is not None:
        noun = _noun_of_count(words, at)
        subject = _subject_of(noun) if noun is not None else None
        if words[at].kind == "count" and words[at].says and subject != "things":
            subject = "people"
        return _count(subject, noun is not None and noun.plural, 3.0 if noun else 2.0, "count")
    head = _head(words)
    if head is None:
        group = next((word for word in words if word.kind == "group"), None)
        if group is None:
            return None
        return _Reading({**group.says, _M.PERSON_NAME: -1.0}, "people", False, True, head="group")
    noun = words[head]
    if noun.kind not in _SUBJECTS or not noun.plural:
        return None
    found = _count(_SUBJECTS[noun.kind], True, 2.0, noun.kind)
    if found.subject == "people":
        found.evidence[_M.PERSON_NAME] = 1.0
    elif noun.kind == "thing" and not any(word.kind == "act" for word in words):
        found.evidence |= {m: 1.0 for m, weight in noun.says.items() if weight > 1}
    return found


def _count(subject: Subject | None, plural: bool, weight: float, head: str) -> _Reading:
    evidence = dict(_NO_VALUES)
    if subject != "things":
        evidence[_M.COUNT_PEOPLE] = weight if subject else 2.0
    if subject in ("things", None):
        evidence[_M.COUNT_THINGS] = weight if subject else 2.0
    return _Reading(evidence, subject, True, plural, "count", head=head)


def _number_of(words: list[Word]) -> int | None:
    """The word "number" where it counts: "no. of arrests", "vehicle numbers", "number"."""
    for i, word in enumerate(words):
        if word.kind != "number":
            continue
        others = [w for w in words if w.kind in _NOUNS and w is not word]
        if not others and (word.plural or any(w.kind == "percent" for w in words)):
            return i
        if word.language not in _COUNTING_NUMBERS:
            continue
        after = next((w for w in words[i + 1 :] if w.kind in _NOUNS), None)
        if after is not None and after.kind in _SUBJECTS and after.plural:
            return i
        if word.plural and others and all(w.kind in ("role", "job", "case") for w in others):
            return i
    return None


def _noun_of_count(words: list[Word], at: int) -> Word | None:
    """What is counted: the head of what follows the counting word, else the noun before it."""
    after = words[at + 1 :]
    while after and after[0].kind in _BETWEEN:
        after = after[1:]
    head = _head(after) if words[at].language in HEAD_LAST or after else None
    if head is not None and not (at and _is_apart(words, at)):
        return after[head]
    before = [word for word in words[:at] if word.kind in _NOUNS]
    if before:
        return before[-1]
    if head is not None:
        return after[head]
    return next((word for word in words if word.kind == "group"), None)


def _is_apart(words: list[Word], at: int) -> bool:
    """Whether a noun stands before the counting word, which then looks back to it."""
    return any(word.kind in _HEADS for word in words[:at])


def _subject_of(word: Word) -> Subject | None:
    if word.kind in _SUBJECTS:
        return _SUBJECTS[word.kind]
    if any(meaning in _PERSONAL for meaning in word.says):
        return "people"
    return "things" if word.kind == "attr" else None


def _about(words: list[Word]) -> tuple[Subject | None, bool]:
    """Subject of the first noun that has one, and whether it is a plural."""
    noun = next((word for word in words if word.kind in _SUBJECTS), None)
    return (_SUBJECTS[noun.kind], noun.plural) if noun else (None, False)


def _names_one(words: Sequence[Word]) -> bool:
    return any(word.kind in ("role", "job") and not word.plural for word in words)


def _segments(words: list[Word]) -> list[range]:
    """Stretches of words between prepositions."""
    found, start = [], 0
    for i, word in enumerate(words):
        if word.kind in _BETWEEN:
            found.append(range(start, i))
            start = i + 1
    found.append(range(start, len(words)))
    return [segment for segment in found if segment]


def _head(words: list[Word]) -> int | None:
    """Place of the word that says what the whole is."""
    for segment in _segments(words):
        nouns = [i for i in segment if words[i].kind in _HEADS]
        if not nouns:
            continue
        first, last = nouns[0], nouns[-1]
        if words[first].language not in HEAD_LAST:
            return first
        # In names of fields the general word may come first: NAME_OFFICER, DATE_HIRED.
        if words[first].kind in _FIRST_HEADS and words[last].kind in _SUBJECTS:
            return first
        return last
    return None


def _modifiers(words: list[Word], head: int) -> list[Word]:
    """The other words, nearest first, with those after a preposition last."""
    own: range = range(0)
    others: list[int] = []
    for segment in _segments(words):
        if head in segment:
            own = segment
        else:
            others += segment
    before = [i for i in reversed(own) if i < head]
    after = [i for i in own if i > head]
    near = before + after if words[head].language in HEAD_LAST else after + before
    return [words[i] for i in near + others]


def _described(words: list[Word]) -> _Reading:
    """A heading that names one thing: what its head says, of what its modifiers say."""
    place = _head(words)
    if place is None:
        if words[-1].kind == "by" and len(words) > 1:
            return _Reading({_M.PERSON_NAME: 2.0}, "people", head="by")
        found = next((w for w in words if w.kind in ("key", "act") and w.says), None)
        found = found or next((w for w in words if w.kind == "key"), None)
        if found is None:
            return _Reading(head=words[0].kind if words[0].kind == "field" else "")
        says = dict(found.says) or {_M.PERSON_NUMBER: 1.0}
        return _Reading(says, None, head=found.kind)
    head = words[place]
    modifiers = _modifiers(words, place)
    near = next((w for w in modifiers if w.kind in _SUBJECTS or w.kind == "attr"), None)
    evidence = _of_head(head, near, modifiers)
    best = max(evidence.items(), key=lambda pair: pair[1], default=(None, 0.0))
    if best[1] >= 2 and best[0] not in _MAY_NAME:
        evidence.setdefault(_M.PERSON_NAME, -1.0)
    subject, plural = _about([head, *modifiers])
    if head.kind not in _SUBJECTS and near is not None:
        subject = _SUBJECTS.get(near.kind, subject)
    attribute = (
        head.kind not in _SUBJECTS
        and evidence.get(_M.PERSON_NAME, 0.0) < 2
        and _names_one(modifiers)
    )
    counting = head.kind == "number" and _M.COUNT_PEOPLE in evidence
    measure: Measure = "count" if counting else "none"
    return _Reading(evidence, subject, counting, plural, measure, attribute, head=head.kind)


def _of_head(head: Word, near: Word | None, modifiers: list[Word]) -> dict[Meaning, float]:
    kind = near.kind if near is not None else ""
    says = near.says if near is not None else {}
    acts = [word for word in modifiers if word.kind == "act"]
    if head.kind == "name":
        return _of_name(head, near, acts)
    if head.kind in ("number", "ident", "code"):
        return _of_number(head, near)
    if head.kind in ("date", "period") and any(_M.BIRTH_DATE in w.says for w in modifiers):
        return {_M.BIRTH_DATE: 3.0}
    if head.kind == "date":
        return {_M.DATE: 3.0}
    if head.kind in ("sort", "label"):
        return _of_sort(head, near, acts)
    if head.kind in ("role", "job"):
        return dict(head.says) or (
            {_M.PERSON_NAME: 2.0, _M.NAME_PART: 1.0}
            if head.kind == "role"
            else {_M.PERSON_NAME: 1.0, _M.JOB: 1.0, _M.COUNT_PEOPLE: 1.0}
        )
    if head.kind == "case":
        return {_M.TEXT: 1.0, **head.says, _M.PERSON_NAME: -1.0}
    if head.kind == "thing":
        return {_M.PERSON_NAME: -2.0, **head.says}
    if head.kind == "attr" and kind == "thing" and set(head.says) & (_PERSONAL - {_M.JOB}):
        return {_M.TEXT: 1.0, _M.PERSON_NAME: -2.0, **{m: -1.0 for m in head.says if m != _M.TEXT}}
    if head.kind == "attr" and says and _M.ETHNICITY in says and _M.PLACE in head.says:
        return {_M.ETHNICITY: 2.0, **head.says}
    return dict(head.says)


def _of_name(head: Word, near: Word | None, acts: list[Word]) -> dict[Meaning, float]:
    """ "Name" is a person's beside a word for one, a thing's beside a thing, else unclear."""
    if any(_M.NAME_PART in word.says for word in acts):
        return {_M.NAME_PART: 3.0, _M.PERSON_NAME: 1.0}
    if near is None:
        return {_M.PERSON_NAME: 1.0, _M.NAME_PART: 1.0, **head.says}
    if near.kind in ("role", "job", "key"):
        return {_M.PERSON_NAME: 3.0, _M.NAME_PART: 1.0}
    if near.kind == "attr" and set(near.says) & {_M.PERSON_NAME, _M.NAME_PART}:
        return dict(near.says)
    says = {meaning: weight for meaning, weight in near.says.items() if weight > 0}
    return {**(says or {_M.TEXT: 2.0}), _M.PERSON_NAME: -3.0, _M.NAME_PART: -2.0}


def _of_number(head: Word, near: Word | None) -> dict[Meaning, float]:
    weak = {_M.PERSON_NUMBER: 1.0, _M.CODE: 1.0}
    if near is None:
        return {_M.CODE: 2.0} if head.kind == "code" else {**weak, **head.says}
    if near.kind in ("role", "job", "key"):
        return {_M.PERSON_NUMBER: 3.0} if head.kind != "code" else {_M.PERSON_NUMBER: 2.0, **weak}
    if near.kind in ("thing", "case"):
        against = -2.0 if near.kind == "thing" else -1.0
        return {_M.CODE: 3.0, _M.PERSON_NUMBER: against}
    if set(near.says) & {_M.PHONE, _M.ADDRESS, _M.PERSON_NUMBER, _M.CODE, _M.DATE}:
        return dict(near.says)
    return {**{m: min(w, 2.0) for m, w in near.says.items()}, _M.CODE: 2.0}


def _of_sort(head: Word, near: Word | None, acts: list[Word]) -> dict[Meaning, float]:
    """Types, groups, states and titles: of what is before them."""
    none = {_M.PERSON_NAME: -1.0, _M.TEXT: 2.0}
    if near is None:
        about = next((word.says for word in acts if _M.HEALTH in word.says), None)
        return dict(about) if about else {**none, **head.says}
    personal = {m: w for m, w in near.says.items() if m in _PERSONAL and w > 0}
    if near.kind == "attr":
        return dict(near.says)
    if personal:
        return {**none, _M.TEXT: 1.0, **{m: max(w, 2.0) for m, w in personal.items()}}
    if near.kind in ("role", "job"):
        return {**none, _M.JOB: 1.0}
    if head.kind == "label" and near.kind == "case":
        return {_M.NARRATIVE: 2.0, _M.TEXT: 1.0}
    if head.kind == "label":
        return {_M.PERSON_NAME: -2.0, **near.says}
    return {**none, _M.PERSON_NAME: -2.0}
