"""Read the words of a heading, part by part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from singleout.identifiers.heading_counts import counted, measured
from singleout.identifiers.heading_grammar import (
    BETWEEN,
    NOUNS,
    PERSONAL,
    UNREAD,
    Phrase,
    Reading,
    merged,
)
from singleout.identifiers.heading_nouns import described
from singleout.identifiers.heading_words import Sentence, Word
from singleout.identifiers.meanings import Meaning as M

_OF_PERIODS: Final = BETWEEN | {"period", "act", "date", "digits"}
_PLACES: Final = frozenset((M.PLACE, M.PREMISES, M.ORGANISATION, M.UNIT))


def read_sentence(sentence: Sentence) -> Reading:
    """Read a heading in one language; what "and" or a slash joins is read apart.

    Parameters
    ----------
    sentence : Sentence
        The heading's words in that language.

    Returns
    -------
    Reading
    """
    if all(word.kind != "and" for word in sentence.words):
        return _read_part(sentence.words, sentence.language)
    parts: list[list[Word]] = [[]]
    inside = False  # what is in brackets is not parted: (dd/mm/yyyy)
    for word in sentence.words:
        inside |= word.kind == "bracket"
        if word.kind == "and" and not inside:
            parts.append([])
        else:
            parts[-1].append(word)
    language = sentence.language
    known = [part for part in parts if any(word.kind not in UNREAD for word in part)]
    whole = [word for part in parts for word in part]
    if len(known) < 2 or any(word.kind in ("percent", "rate", "per", "average") for word in whole):
        return _read_part(whole, language)
    readings = [_read_part(part, language) for part in known]
    if not all(reading.head in NOUNS or reading.counting for reading in readings):
        return _read_part(whole, language)
    found = merged(readings)
    named = any(r.head == "name" and r.evidence[M.PERSON_NAME] > 0 for r in readings)
    if named and any(r.head != "name" and _speaks_of_people(r) for r in readings):
        found.evidence[M.PERSON_NAME] = 3.0  # "rank and name"
    return found


def _speaks_of_people(reading: Reading) -> bool:
    return any(weight > 1 and meaning in PERSONAL for meaning, weight in reading.evidence.items())


def _read_part(words: Sequence[Word], language: str) -> Reading:
    kinds = {word.kind for word in words}
    if _is_period(words, kinds):
        return Reading(period=True)
    if "number" in kinds and "unknown" in kinds:
        words = _with_counts(words)
    known = [word for word in words if word.kind not in UNREAD]
    if not known:
        return Reading()
    phrase = Phrase(known, language, "unknown" not in kinds)
    found = measured(phrase) or counted(phrase) or described(phrase)
    return _of_named_place(words, found) if found.head == "thing" else found


def _with_counts(words: Sequence[Word]) -> list[Word]:
    """The words, where "number" before a plural that is not known is a word that counts."""
    pairs = zip(words, [*words[1:], None], strict=False)
    return [
        word._replace(kind="count", says={})
        if word.kind == "number" and after and after.kind == "unknown" and after.plural
        else word
        for word, after in pairs
    ]


def _of_named_place(words: Sequence[Word], found: Reading) -> Reading:
    """Say less where the words are a proper name: Castle Street, Kendal Hospital."""
    words = [word for word in words if word.kind != "digits"]
    last = words[-1]
    if len(words) < 2 or last.kind != "thing" or last.plural:
        return found
    before = words[-2].kind
    if M.STREET in last.says:
        named = before in ("unknown", "thing", "group", "period", "act", "attr")
        return Reading() if named else found
    if before == "unknown" and _PLACES & set(last.says):
        found.evidence = {m: max(-1.0, min(w, 1.0)) for m, w in found.evidence.items()}
    return found


def _is_period(words: Sequence[Word], kinds: set[str]) -> bool:
    """Whether the words name a time: a month, a year, a quarter; nothing else is among them."""
    if not kinds <= _OF_PERIODS:
        return False
    if any(word.kind == "period" and not word.says for word in words):
        return True
    if "period" in kinds and "digits" in kinds:
        return True
    return any(1800 < word.number < 2200 for word in words)
