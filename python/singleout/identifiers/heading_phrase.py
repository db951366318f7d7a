"""Read the words of a heading, part by part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from singleout.identifiers.heading_counts import counted, measured
from singleout.identifiers.heading_grammar import BETWEEN, NOUNS, PERSONAL, UNREAD, Reading, merged
from singleout.identifiers.heading_nouns import described
from singleout.identifiers.heading_words import Word
from singleout.identifiers.meanings import Meaning as M

_PLACES: Final = frozenset((M.STREET, M.PLACE, M.PREMISES, M.ORGANISATION, M.UNIT))


def read_words(words: Sequence[Word]) -> Reading:
    """Read a heading in one language; what "and" or a slash joins is read apart."""
    parts: list[list[Word]] = [[]]
    for word in words:
        if word.kind == "and":
            parts.append([])
        else:
            parts[-1].append(word)
    known = [part for part in parts if any(word.kind not in UNREAD for word in part)]
    if len(known) < 2:
        return _read_part([word for part in parts for word in part])
    whole = [word for part in known for word in part]
    if any(word.kind in ("percent", "rate", "per", "average") for word in whole):
        return _read_part(whole)
    readings = [_read_part(part) for part in known]
    if any(not _stands(reading) for reading in readings):
        return _read_part(whole)
    found = merged(readings)
    named = any(r.head == "name" and r.evidence[M.PERSON_NAME] > 0 for r in readings)
    if named and any(r.head != "name" and _speaks_of_people(r) for r in readings):
        found.evidence[M.PERSON_NAME] = 3.0  # "rank and name"
    return found


def _speaks_of_people(reading: Reading) -> bool:
    return any(weight > 1 and meaning in PERSONAL for meaning, weight in reading.evidence.items())


def _stands(reading: Reading) -> bool:
    return reading.head in NOUNS or reading.counting


def _read_part(words: Sequence[Word]) -> Reading:
    known = [word for word in words if word.kind not in UNREAD]
    if _is_period(words):
        return Reading(period=True)
    if not known:
        return Reading()
    if _is_named_place(words):
        return Reading()
    return measured(known) or counted(known) or described(known)


def _is_named_place(words: Sequence[Word]) -> bool:
    """Whether it is a proper name: "Castle Street", "Kendal Hospital", not "home street"."""
    last = words[-1]
    if last.kind != "thing" or last.plural or len(words) < 2:
        return False
    before = words[-2]
    if before.kind == "unknown":
        return bool(set(last.says) & _PLACES)
    return M.STREET in last.says and before.kind in ("thing", "group", "period", "act", "attr")


def _is_period(words: Sequence[Word]) -> bool:
    """Whether the words name a time: a month, a year, a quarter; nothing else is among them."""
    kinds = {word.kind for word in words}
    if kinds - {"period", "act", "date", "digits", *BETWEEN}:
        return False
    if any(word.kind == "period" and not word.says for word in words):
        return True
    if "period" in kinds and "digits" in kinds:
        return True
    return any(1800 < word.number < 2200 for word in words)
