"""Rows by home address: they lead to the few who live there, named or not."""

from __future__ import annotations

import re

import numpy as np

from singleout.identifiers.meanings import Meaning
from singleout.inspection.tables.columns import Read
from singleout.inspection.tables.judgement import Judgement
from singleout.inspection.tables.view import View, quoted

_THING = (Meaning.ORGANISATION, Meaning.PREMISES)
_FLAT = re.compile(r"(?i)(?:flat|apartment|apt|fflat|wohnung|appartement|piso)\.? ?\w{1,4}\b")
_HOUSE = re.compile(r"(?:[^\W\d_]{2,12}\.? ?\w{1,4}, ?)?\d{1,4}[A-Za-z]?,? [^\W\d_]{2}")
# The heading of a column of houses' numbers is made of these
_OF_HOUSES = frozenset({"house", "number", "no", "flat", "hse", "num", "nr", "property"})


def homes(view: View) -> Judgement | None:
    """Rows by home address or full postcode lead to the few who live there."""
    things = view.having(*_THING)
    for read in view.labels:
        aside = _beside_number(view, read) or _flats(read)
        if read.column.numeric or (things and not aside):
            continue
        street = read.odds.get(Meaning.STREET, 0.0) + read.odds.get(Meaning.ADDRESS, 0.0) >= 2.0
        if (street or _flats(read)) and (read.column.share("house") >= 0.6 or aside):
            if any(one.kind in ("amount", "count") for one in view.numbers) or view.attributes:
                return Judgement("people", (f"column {quoted([read])} holds home addresses",))
            return Judgement(
                "unclear", (f"column {quoted([read])} holds addresses of homes or not",)
            )
        named = any(one.naming.shares.firm >= 0.5 for one in view.labels if one is not read)
        if read.column.share("postcode") >= 0.6 and view.counting and not named:
            why = f"column {quoted([read])} holds full postcodes, each of a few homes"
            return Judgement("unclear", (why,))
    for heads in view.heads:
        street = heads.odds.get(Meaning.STREET, 0.0) >= 1.5
        if street and len(heads.column.words) > 1 and heads.column.share("house") >= 0.6:
            return Judgement("unclear", ("a house's address stands above each column",))
    return None


def _flats(read: Read) -> bool:
    """Whether addresses of houses are those of homes: flats are among them."""
    texts = read.column.words
    houses = sum(_HOUSE.match(text) is not None for text in texts)
    return houses >= 0.6 * max(len(texts), 3) and any(_FLAT.match(text) for text in texts)


def _beside_number(view: View, street: Read) -> bool:
    """Whether the number of the house stands in a column of its own, left of the street's."""
    at = street.column.index
    if at == 0 or street.odds.get(Meaning.STREET, 0.0) < 2.0:
        return False
    column = view.reads[at - 1].column
    own = {word.lower() for word in column.heading.words}
    said = not column.name or bool(own and own <= _OF_HOUSES)
    known = column.numbers[~np.isnan(column.numbers)]
    return (
        said
        and column.numeric
        and column.whole
        and bool((known >= 1).all() and (known < 2000).all())
    )
