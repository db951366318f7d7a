"""Titles, ranks and jobs before a name in running text, and whether what follows them is a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from singleout.identifiers.lists import Flag
from singleout.identifiers.prose import BUILT, WORDS, WRITTEN, Prose, Run
from singleout.identifiers.tokens import Form

__all__ = ["PLURAL", "Lead", "holds", "lead_at"]

_SURNAME: Final = int(Flag.SURNAME)
_HEAD: Final = int(Flag.TITLE | Flag.RANK | Flag.JOB)


@dataclass(frozen=True, slots=True)
class Lead:
    """Titles, ranks and jobs before a name."""

    end: int
    strong: bool  # a title or rank, and not as an ordinary word
    rank: bool
    plural: bool
    number: bool
    plain: bool  # a title or rank that is no ordinary word: Mr, PC


def lead_at(prose: Prose, i: int) -> Lead | None:
    """Return the titles and ranks that start at a token."""
    j, heads = i, 0
    strong = plural = rank = number = plain = False
    while j < prose.size and j - i < 8:
        if prose.has(j, _HEAD) and prose.is_form(j, WORDS | int(Form.MIXED)):
            if heads and prose.given(j) and prose.nameish(j + 1):
                break  # "Sergeant Dean Marshall"
            if strong and _is_surname(prose, j):
                break  # "PC Cook"
            heads += 1
            rank = rank or prose.has(j, int(Flag.RANK))
            word = prose.has(j, int(Flag.WORD | Flag.FUNCTION)) and not prose.is_form(j, WRITTEN)
            strong = strong or (prose.has(j, int(Flag.TITLE | Flag.RANK)) and not word)
            plain = plain or not prose.has(j, int(Flag.WORD | Flag.JOB))
            plural = prose.words[j].lower().endswith("s") and len(prose.words[j]) > 3
        elif heads and not number and prose.is_form(j, int(Form.DIGITS | Form.MIXED)):
            number = True
        elif not (
            (prose.has(j, int(Flag.RANK_PART)) and prose.is_form(j, WORDS))
            or (j > i and _abbreviated(prose, j))
            or (j == i and prose.initial(j) and prose.words[j + 1] == "/")
        ):
            break
        j += 1
    return Lead(j, strong, rank, plural, number, plain) if heads else None


def _is_surname(prose: Prose, j: int) -> bool:
    """Tell whether a title or job after a rank is the name: a surname too, and no name follows."""
    surname = prose.sure(j) or (prose.written(j) and prose.has(j, _SURNAME))
    if prose.has(j, int(Flag.RANK | Flag.RANK_PART)) or not surname:
        return False
    return not prose.nameish(j + 1) and not prose.has(j + 1, _HEAD | int(Flag.RANK_PART))


def _abbreviated(prose: Prose, j: int) -> bool:
    """Tell whether a token is the stop of "Insp." or the stroke of "T/Sgt"."""
    short = len(prose.words[j - 1]) <= 5 and prose.is_form(j - 1, WORDS)
    return (prose.dot(j) and short) or prose.words[j] == "/"


# What stands before all but the first of several names.
PLURAL: Final = Lead(0, strong=True, rank=True, plural=True, number=False, plain=False)


def holds(prose: Prose, run: Run, lead: Lead) -> bool:
    """Tell whether a run after a title is a name; after a word like "nurse" it must be listed."""
    solid = [k for k in run.words if prose.solid(k)]
    if not lead.strong:
        return any(prose.flags[k] or len(run.words) > 1 for k in solid)
    frequent = int(Flag.WORD_FREQUENT) | BUILT
    if solid or any(prose.sure(k) and not prose.has(k, frequent) for k in run.words):
        return True
    if run.initials and any(prose.has(k, _SURNAME) for k in run.words):
        return True  # "PC J Ash"
    # "Mr Hall" and "Sergeant White", but "Lady Lane" is a street.
    often = [k for k in run.words if prose.has(k, int(Flag.SURNAME_OFTEN))]
    if any(lead.plain or not prose.has(k, BUILT) for k in often):
        return True
    return lead.plain and not lead.rank and any(prose.has(k, _SURNAME) for k in run.words)
