"""How surely a column names people: what its heading says, and what its values look like.

Lists cannot tell surname, place and word apart, so no list decides alone: a column names people on
two independent witnesses. Each witness gives points; `WEIGHTS` says how many.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from singleout.identifiers.meanings import Meaning
from singleout.identifiers.person_names import Against, Witness
from singleout.inspection.tables.profile import Bools, Column
from singleout.inspection.tables.weights import WEIGHTS

_TITLED = Witness.TITLE | Witness.RANK | Witness.RANK_NUMBER
_FORM = Witness.INITIALS | Witness.COMMA
_CULTURE = Witness.PARTICLE | Witness.SCRIPT
_THINGS = (
    Against.STREET
    | Against.PLACE
    | Against.ORGANISATION
    | Against.PREMISES
    | Against.WORDS
    | Against.PRODUCT
    | Against.MONTH
    | Against.JOB
    | Against.NAMED_AFTER
)


_FIRM = Against.STREET | Against.ORGANISATION | Against.PREMISES | Against.NAMED_AFTER


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares of a column's distinct texts that show each sign; 0 where there is no text.

    The first four tell the texts by their strongest sign, so that none counts twice: `titled`: a
    title, a rank or a number; `given`: a given name beside another name; `form`: initials or a
    comma; `culture`: a particle (ap, de) or a script in which names are known. `both`: of these
    texts, those with two such signs that do not hang together. `given_only` and `surname_only`:
    one word of a list; `login`: the name of an account made of a name; `shape`: nothing but the
    shape of a name; `things`: evidence against; `firm`: what of it no surname can be, such as a
    firm, a street or premises; `unknown`: neither; `texts`: how many there are.
    """

    titled: float = 0.0
    given: float = 0.0
    form: float = 0.0
    culture: float = 0.0
    both: float = 0.0
    given_only: float = 0.0
    surname_only: float = 0.0
    login: float = 0.0
    shape: float = 0.0
    things: float = 0.0
    firm: float = 0.0
    sentence: float = 0.0
    unknown: float = 0.0
    texts: int = 0


@dataclass(frozen=True, slots=True)
class Naming:
    """The signs that a column names people, each from 0 to 1, and their points."""

    signs: Mapping[str, float]
    shares: Shares

    @property
    def heading(self) -> float:
        """Points that the heading gives."""
        return points_of({sign: self.signs.get(sign, 0.0) for sign in _HEADING})

    @property
    def values(self) -> float:
        """Points that the values give."""
        return points_of({k: v for k, v in self.signs.items() if k not in _HEADING})

    @property
    def points(self) -> float:
        """Points of heading and values together."""
        return points_of(self.signs)

    @property
    def why(self) -> tuple[str, ...]:
        """The signs in words, the strongest first."""
        told = [sign for sign in _WORDS if WEIGHTS[sign] * self.signs.get(sign, 0.0) >= 0.5]
        return tuple(_WORDS[sign] for sign in sorted(told, key=lambda s: -self.signs[s]))


def points_of(signs: Mapping[str, float]) -> float:
    """Return the points that signs give together.

    Examples
    --------
    >>> points_of({"heading": 1.0}) == WEIGHTS["heading"]
    True
    """
    return sum(WEIGHTS[sign] * amount for sign, amount in sorted(signs.items()))


def shares_of(column: Column) -> Shares:
    """Return what shares of a column's distinct texts show which sign."""
    count = len(column.words)
    if not count:
        return Shares()
    witness, against = column.names.witness, column.names.against
    # "ABC, DEF" is a list of codes
    witness = np.where(np.fromiter(map(_is_codes, column.words), np.bool_, count), 0, witness)
    strong = (witness & int(_TITLED | _FORM | _CULTURE)) != 0
    things = ((against & int(_THINGS)) != 0) & ~strong
    # A surname may be a place's name too: beside a given name that says nothing either way
    either = ((witness & int(Witness.GIVEN)) != 0) & (against == int(Against.PLACE))
    things &= ~either
    sentence = (against & int(Against.SENTENCE)) != 0

    short = np.fromiter(
        (text.count(" ") < 3 and "," not in text for text in column.words), np.bool_, count
    )

    free = ~things & ~sentence

    def having(flags: Witness) -> Bools:
        return np.asarray(((witness & int(flags)) != 0) & free)

    def share(flags: Witness) -> float:
        return float(having(flags).mean())

    titled, given, form = having(_TITLED), having(Witness.GIVEN), having(_FORM)
    initial, comma = having(Witness.INITIALS), having(Witness.COMMA)
    return Shares(
        titled=float(titled.mean()),
        given=float((given & ~titled).mean()),
        form=float((form & ~titled & ~given).mean()),
        culture=float((having(_CULTURE) & ~titled & ~given & ~form).mean()),
        both=float(((titled & given) | (given & form) | (initial & comma)).mean()),
        given_only=share(Witness.GIVEN_ONLY),
        surname_only=share(Witness.SURNAME_ONLY),
        login=float(((witness & int(Witness.LOGIN)) != 0).mean()),
        shape=share(Witness.SHAPE),
        things=float(things.mean()),
        firm=float((((against & int(_FIRM)) != 0) & ~strong).mean()),
        sentence=float(sentence.mean()),
        unknown=float(((witness == 0) & (against == 0) & short).mean()),
        texts=count,
    )


def _is_codes(text: str) -> bool:
    """Whether a text is nothing but capitals of one length in pieces: codes, not names."""
    pieces = text.replace(",", " ").split()
    return text.isupper() and len(pieces) > 1 and {len(p) for p in pieces} in ({2}, {3})


def naming_of(column: Column) -> Naming:
    """Return how surely a column names people, by its heading and its values."""
    evidence = column.heading.evidence
    said = max(evidence.get(Meaning.PERSON_NAME, 0.0), evidence.get(Meaning.NAME_PART, 0.0))
    against = min(evidence.get(Meaning.PERSON_NAME, 0.0), 0.0)
    if {word.lower() for word in column.heading.words} <= _GENERIC:
        against = 0.0  # "Item" is what anything may be called
    if column.heading.counting or column.heading.measure != "none":
        said = 0.0
    shares = shares_of(column)
    heading = max(0.0, min(said, 3.0)) / 3.0
    signs = {
        "heading": heading,
        "heading against": min(-against, 3.0) / 3.0,
        # Under a heading that says so, Ash and Baker are surnames and not words
        "things": max(shares.firm, shares.things * (1.0 - heading)),
        "sentence": shares.sentence,
    }
    # The root, since a list that knows two thirds of the names knows them all the same
    strong = shares.titled + shares.given + shares.form + shares.culture
    root = math.sqrt(strong) if strong else 1.0
    for sign in _WORDS:
        if sign in _STRONG:
            signs[sign] = getattr(shares, sign) / root
        elif sign != "heading":
            signs[sign] = math.sqrt(getattr(shares, sign.replace(" ", "_")))
    return Naming({sign: amount for sign, amount in signs.items() if amount}, shares)


_GENERIC = frozenset(
    [
        "item",
        "entry",
        "record",
        "line",
        "row",
        "label",
        "labels",
        "detail",
        "details",
        "description",
        "text",
        "particulars",
        "value",
        "content",
        "data",
        "eitem",
        "postyn",
        "poste",
        "zeile",
        "elemento",
        "pozycja",
    ]
)
_HEADING = ("heading", "heading against")
_STRONG = frozenset({"titled", "given", "form", "culture", "both"})
_WORDS = {
    "heading": "its heading says so",
    "titled": "its values have titles, ranks or numbers",
    "form": "its values have initials or the surname first",
    "given": "its values are given names beside other names",
    "culture": "its values are built like names of people",
    "both": "its values are so in two ways",
    "given only": "its values are given names",
    "surname only": "its values are surnames",
    "login": "its values are names of accounts",
    "shape": "its values have the shape of names",
}
