"""Several people in one cell: a list of names, with or without what is said of each."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

import numpy as np

from singleout.identifiers.evidence import Witness
from singleout.identifiers.person_names import read_names
from singleout.identifiers.text_words import IMPRINT
from singleout.inspection.tables.columns import Read
from singleout.inspection.tables.judgement import Judgement
from singleout.inspection.tables.view import View, quoted

# Names in one cell that make it a list, and the share of its items that they must be
_LEAST, _SHARE = 2, 0.6
# Names in a column of such cells
_LEAST_IN_ALL = 3
_LONGEST = 4_000
_BETWEEN: Final = re.compile(r"[;\n\u2022|\uff1b\u3001]| / ")
_COMMAS: Final = re.compile(r"[,\uff0c\u060c](?: and )?| (?:and|&) ")
# What follows a name in an item: "Ann Lee (dismissed)", "Ann Lee - 4 days"
_AFTER: Final = re.compile(r"[,:(\u2013\u2014\uff1a]| - |[\u00a3$\u20ac]|\d")
_MARK: Final = re.compile(r"(?:[*\u2022-]|\(?\d{1,3}[.)])\s+")
_STRONG: Final = int(
    Witness.TITLE
    | Witness.RANK
    | Witness.INITIALS
    | Witness.GIVEN
    | Witness.PARTICLE
    | Witness.SCRIPT
)


def listed(view: View) -> Judgement | None:
    """Cells that each list people make rows about them; one such note among others is a text."""
    asked = [read for read in view.telling if not read.column.numeric and not _by_authors(read)]
    cells = [(read, items) for read in asked for items in _items(read)]
    if not cells:
        return None
    found = read_names([item for _, items in cells for item in items])
    strong = ((found.witness & _STRONG) != 0) & (found.against == 0)
    shaped = strong | (((found.witness & int(Witness.SHAPE)) != 0) & (found.against == 0))
    at = 0
    lists: Counter[int] = Counter()
    people: Counter[int] = Counter()
    for read, items in cells:
        named = int(np.count_nonzero(strong[at : at + len(items)]))
        like = int(np.count_nonzero(shaped[at : at + len(items)]))
        at += len(items)
        # Lists know two thirds of the names; the others have their shape
        if named >= 1 + (len(items) > 3) and like >= max(_LEAST, _SHARE * len(items)):
            lists[read.column.index] += 1
            people[read.column.index] += like
    for read in asked:
        many = people[read.column.index] >= _LEAST_IN_ALL
        if many and 2 * lists[read.column.index] >= len(read.column.cells):
            return Judgement("people", (f"cells of column {quoted([read])} list people",))
    return None


def _items(read: Read) -> list[list[str]]:
    """The items of each cell that may be a list, without what is said of each."""
    found = []
    for text in read.column.cells:
        if len(text) > _LONGEST:
            continue
        items = [item for item in _BETWEEN.split(text) if item.strip()]
        if len(items) >= _LEAST:
            items = [_AFTER.split(_unmarked(item), maxsplit=1)[0].strip() for item in items]
        else:
            items = [item for item in _COMMAS.split(text) if item.strip()]
            items = [_AFTER.split(_unmarked(item), maxsplit=1)[0].strip() for item in items]
        if len(items) >= _LEAST:
            found.append(items)
    return found


def _unmarked(item: str) -> str:
    """An item without its bullet or number."""
    item = item.strip()
    mark = _MARK.match(item)
    return item[mark.end() :] if mark else item


def _by_authors(read: Read) -> bool:
    """Whether a column says who wrote what the row is about."""
    return bool(IMPRINT & {word.lower() for word in read.column.heading.words})
