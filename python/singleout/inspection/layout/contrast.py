"""Whether the cell above a column is of the column's own kind, or another: then it is a heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

import pyarrow as pa
import pyarrow.compute as pc

from singleout.identifiers.person_names import read_names

# Cells below the first that are looked at; of more as many, evenly spaced
_MOST = 400
_MOSTLY = 0.7
_SHAPES = (
    re.compile(r"\d{4}-\d\d-\d\d|\d\d?[/.-]\d\d?[/.-]\d{2,4}"),
    re.compile(r"\d\d?[:.]\d\d"),
    re.compile(r"\S+@\S+"),
    re.compile(r"[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}"),
    re.compile(r"[£$€]"),
    re.compile(r"(?=\S*\d)[A-Za-z\d/._-]+$"),
    # Marks of a list: Roman numerals, letters in brackets
    re.compile(r"\(?(?:[ivxIVX]{1,5}|[A-Za-z])[.)]?$"),
)
# A text of so many words is a sentence and heads no column
_WORDS = 12
# A share of names from which a column is one of names, and a score from which a text is a name
_NAMES = 0.5


class Contrast(Enum):
    """What the first cell of a column is to those below."""

    SAME = "of the same kind"
    NAMES = "somebody's name above names"
    OTHER = "of another kind"
    UNKNOWN = "nothing tells them apart"


def contrasts(tops: Sequence[str | None], below: Sequence[pa.Array]) -> list[Contrast]:
    """Compare the first cell of each column with those below it.

    Parameters
    ----------
    tops : sequence of str or None
        The first cells.
    below : sequence of pyarrow.Array of string
        The cells below each.

    Examples
    --------
    >>> found = contrasts(["Opened", "Unit"], [pa.array(["2024-01-03"]), pa.array(["Unit", "X"])])
    >>> [one.name for one in found]
    ['OTHER', 'SAME']
    """
    result: list[Contrast | None] = []
    asked: list[tuple[int, str, list[str]]] = []
    for j, (top, column) in enumerate(zip(tops, below, strict=True)):
        if top is None:
            result.append(Contrast.UNKNOWN)
        elif pc.any(pc.equal(column, top)).as_py():
            result.append(Contrast.SAME)
        else:
            step = max(1, len(column) // _MOST)
            found = list(dict.fromkeys(text for text in column[::step].to_pylist() if text))
            result.append(_by_shape(top, found))
            if result[-1] is None:
                asked.append((j, top, found))
    scores = read_names([text for _, top, found in asked for text in (top, *found)]).score
    at = 0
    for j, _, found in asked:
        own, others = scores[at], scores[at + 1 : at + 1 + len(found)]
        at += 1 + len(found)
        if float((others >= _NAMES).mean()) >= _NAMES:
            result[j] = Contrast.NAMES if own >= _NAMES else Contrast.OTHER
    return [one or Contrast.UNKNOWN for one in result]


def _by_shape(top: str, found: list[str]) -> Contrast | None:
    """What the shapes of the texts say; None where they are for names to tell."""
    if not found:
        return Contrast.UNKNOWN
    if is_sentence(top) and sum(map(is_sentence, found)) >= _MOSTLY * len(found):
        return Contrast.SAME
    for shape in _SHAPES:
        if sum(shape.match(text) is not None for text in found) >= _MOSTLY * len(found):
            return Contrast.SAME if shape.match(top) else Contrast.OTHER
    return None


def is_sentence(text: str) -> bool:
    """Tell whether a text has so many words that it heads no column of texts like it."""
    return text.count(" ") >= _WORDS - 1
