"""People told by a number instead of a name: "Student 20417733 failed"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from singleout.identifiers.counted_lists import happened
from singleout.identifiers.lists import Flag, lookup
from singleout.identifiers.text_words import FUNCTION

# A text that may hold one; RE2, which is linear in time
NUMBERED: Final = (
    r"(?m)^[^\pL\d]*\p{Lu}{0,3}\d{3,9}\s*[-:=,\t\x{2013}]"
    r"|\p{L}{4,}\W{1,3}(?:\p{L}{2,9}\W{1,3})?\p{Lu}{0,3}\d{3,9}"
)
_CODE: Final = r"[A-Z]{0,3}\d{3,9}[A-Z]{0,3}"
_LABEL: Final = r"(?:no\.?|number|nr\.?|ref\.?|reference|id|#)"
_ONE: Final = re.compile(
    rf"(?<!\w)(?P<who>[^\W\d_]{{4,20}})(?P<label> (?i:{_LABEL}))?(?: is| was)? ?[:#]? ?"
    rf"(?P<code>{_CODE})(?![\w/.%-]*\d)(?P<rest>[^.;\n]{{0,80}})"
)
_ROW: Final = re.compile(rf"\s*(?:[-*\u2022] )?(?P<code>{_CODE})\s*(?:[-:=,\t\u2013]|\s)\s*\S")
_HEAD: Final = re.compile(rf"(?i)(?<!\w)([^\W\d_]{{4,20}})(?: {_LABEL}s?(?!\w)| \w+s?\b)")
_YEAR: Final = re.compile(r"(?:19|20)\d\d\Z")
_PEOPLE: Final = int(Flag.PERSON | Flag.JOB | Flag.RANK)
_WORD: Final = re.compile(r"[^\W\d_]+")
# Rows of codes from which on they are a list
_ROWS: Final = 2
_LEAST: Final = 4  # digits of a code without a word for it
_SCORES: Final = re.compile(
    r"(?i)(?<!\w)(?:scored|owes?|got|received|mark|grade|passed|failed)(?!\w)"
)


def numbered_people(lines: Sequence[str]) -> int:
    """Count the people whom lines tell by a number and of whom they say something.

    Parameters
    ----------
    lines : sequence of str
        Lines in the order in which they stand.

    Examples
    --------
    >>> numbered_people(["Student 20417733 scored 41% in the resit."])
    1
    >>> numbered_people(["Staff 2023 headcount: 418"])
    0
    """
    found, rows, head = 0, 0, ""
    for line in [*lines, ""]:
        if line and not line.strip():
            continue
        row = _ROW.match(line)
        if row is not None and not _YEAR.match(row["code"]):
            rows += 1
            continue
        if rows >= _ROWS and _heads_people(head):
            found += rows
        found += sum(map(_tells, _ONE.finditer(line)))
        head, rows = line, 0
    return found


def _tells(match: re.Match[str]) -> bool:
    """Whether it is a person whose number it is, and something is said of them."""
    digits = sum(map(str.isdigit, match["code"]))
    if not match["label"] and (_YEAR.match(match["code"]) or digits < _LEAST):
        return False
    if not _is_person(match["who"]):
        return False
    rest = match["rest"]
    words = [word.lower() for word in _WORD.findall(rest)]
    if not words or words[0] in FUNCTION - {"was", "is"}:
        return False
    return happened(rest) or bool(_SCORES.search(rest))


def _is_person(word: str) -> bool:
    return bool(int(lookup([word])[0]) & _PEOPLE)


def _heads_people(head: str) -> bool:
    match = _HEAD.search(head)
    return match is not None and len(head) <= 80 and _is_person(match[1])
