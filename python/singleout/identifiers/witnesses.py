"""What of a short text's parts speaks for a person's name: one function for each witness."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from singleout.identifiers.core import KIND, Core
from singleout.identifiers.evidence import Witness
from singleout.identifiers.lists import Flag
from singleout.identifiers.runs import of_word
from singleout.identifiers.tokens import Form

__all__ = [
    "ambiguous_pair",
    "beside_given",
    "couple",
    "household",
    "titled",
    "with_rank",
    "witnesses",
]

Truth = NDArray[np.bool_]

_NAME: Final = Flag.GIVEN | Flag.SURNAME
_WORDS: Final = Flag.WORD | KIND


def titled(core: Core) -> Truth:
    """Tell of texts with a title before a name: Mr Okonkwo, Cllr Siân ap Gwilym."""
    rank = core.spread(core.some(core.lead & core.has(Flag.RANK)))
    title = core.lead & core.has(Flag.TITLE) & ~(core.has(Flag.RANK | Flag.RANK_PART) & rank)
    title &= ~core.initial | core.dotted
    # "Sister Ward", "Private Hire": where the title is a word, the name must be none.
    joining = core.has(Flag.FUNCTION) & core.form(Form.LOWER)
    plain = core.some(title & ~core.has(Flag.WORD) & ~joining)
    often = core.some(core.core_word & core.has(Flag.SURNAME_OFTEN))
    initial = core.some(core.initials) & core.some(core.named & core.core)
    held = plain | core.some(core.solid) | often | initial
    return core.name_like & core.some(title) & held


def with_rank(core: Core) -> Truth:
    """Tell of texts with a rank or job before or after a name: DI K Novak, Haldane (PC)."""
    rank = ~core.core & core.has(Flag.RANK)
    job = core.lead & core.has(Flag.JOB) & ~core.named
    sure = core.core_word & core.named & core.sure & ~core.has(Flag.WORD_FREQUENT)
    sure |= core.core_word & core.has(Flag.SURNAME_OFTEN)
    # "PCSO 7731 Quick", "Sgt J Field": with a number or an initial a word is a name.
    marked = core.some(core.numbers & core.lead) | core.some(core.initials)
    word = core.some(core.core_word & core.named) & marked
    held = core.some(core.solid) | ((core.some(sure) | word) & core.some(rank)) | core.held_surname
    return core.name_like & core.some(rank | (job & core.word)) & held


def rank_number(core: Core) -> Truth:
    """Tell of texts that are a rank and a number of two to six digits: PC 2203."""
    unique = core.tokens.unique
    collar = of_word([2 <= sum(map(str.isdigit, w)) <= 6 for w in unique], core.tokens)
    ranks = core.has(Flag.RANK) & ~core.core
    joined = core.numbers & core.has(Flag.RANK)  # PC2203
    digits = core.numbers & ~core.core & (core.after(ranks) | joined)
    lone = ~core.some(core.core & ~core.punctuation)
    return np.asarray(
        core.some(ranks) & lone & (core.number(digits) == 1) & core.some(digits & collar)
    )


def with_initials(core: Core) -> Truth:
    """Tell of texts with initials beside one or two names: J. R. Ash, Ash J, Stobbart KJ."""
    few = (core.core_words >= 1) & (core.core_words <= 2) & core.some(core.initials)
    # "Block A", "Grade B" and "A Level" have none; "Ash J" and "J. Ash" do.
    word = (core.number(core.double) == core.core_words) & core.late_initial
    return np.asarray(core.name_like & few & (core.some(core.solid) | word))


def in_comma_form(core: Core) -> Truth:
    """Tell of texts that are "Surname, Forename" or "Surname, J."."""
    comma = core.core & core.form(Form.COMMA)
    after = core.after(comma)
    left = core.number(core.core_word & ~after)
    right = core.number((core.core_word | core.initials) & after)
    given = core.core_word & after & (core.has(Flag.GIVEN) | core.unknown)
    town = core.some(core.core_word & after & core.has(Flag.PLACE) & ~core.has(Flag.GIVEN))
    # "Sheffield, Hallam": a large place and its part.
    large = ~core.some(core.core_word & ~after & ~core.has(Flag.PLACE_SURE))
    pure = core.some(given & ~core.has(Flag.WORD | Flag.PLACE | Flag.SURNAME) & ~core.unknown)
    place = town | (large & ~pure & ~core.some(core.initials))
    sizes = (left >= 1) & (left <= 3) & (right >= 1) & (right <= 3) & (core.number(comma) == 1)
    good = core.some((core.initials & after) | given) & core.some(core.solid)
    return np.asarray(core.name_like & sizes & good & ~place)


def ambiguous_pair(core: Core) -> Truth:
    """Tell of two words that are a frequent given name and surname, and ordinary words too.

    "Mark Stone", "Heather Wood", and also "Rose Garden": the rest of the column must tell.
    """
    start, end = core.opening(core.core_word), core.closing(core.core_word)
    given = (start & int(Flag.GIVEN_SURE)) != 0
    surname = (end & int(Flag.SURNAME_SURE)) != 0
    kind = (start | end) & int(KIND & ~(Flag.VERB | Flag.MONTH)) != 0
    return np.asarray(core.name_like & (core.core_words == 2) & given & surname & ~kind)


def beside_given(core: Core) -> Truth:
    """Tell of texts with a given name beside another word like a name."""
    given = core.nameish & core.has(Flag.GIVEN)
    pure = given & (~core.ordinary | core.namely) & ~core.town
    fair = core.nameish & (core.solid | core.sure | core.has(Flag.PLACE))
    # One of the two must be nothing but a name.
    beside = core.some(pure) & (core.number(fair) >= 2)
    beside |= core.some(given) & core.some(core.solid) & (core.core_words >= 2)
    # Jan van der Berg: a given name first, and a particle in small letters.
    starts = (core.opening(core.core_word) & int(Flag.GIVEN)) != 0
    joined = core.some(joins(core) & core.form(Form.LOWER)) & ~core.lower
    beside |= starts & (core.core_words >= 2) & (joined | core.some(strict_joins(core)))
    return core.name_like & (beside | ambiguous_pair(core))


def couple(core: Core) -> Truth:
    """Tell of two given names and a surname: Ann & Rhys Trevanion, no firm."""
    both = core.form(Form.AMPERSAND)
    both |= core.has(Flag.FUNCTION) & core.form(Form.LOWER) & _and(core)
    given = core.word & core.has(Flag.GIVEN) & ~core.has(Flag.WORD)
    text = core.tokens.text
    around = np.zeros(len(text), np.bool_)
    same = (text[2:] == text[1:-1]) & (text[1:-1] == text[:-2])
    around[1:-1] = both[1:-1] & given[:-2] & given[2:] & same
    return core.some(around) & (core.number(core.word & core.named) >= 2)


def _and(core: Core) -> Truth:
    return of_word([word.lower() in _AND for word in core.tokens.unique], core.tokens)


_AND: Final = frozenset(["and", "a", "ac", "agus", "et", "und", "y", "e", "i"])


def household(core: Core) -> Truth:
    """Tell of a family by its name: the Trevanion family, Adeyemi household."""
    words = of_word([word.lower() in _HOUSEHOLDS for word in core.tokens.unique], core.tokens)
    named = core.word & core.named & (core.unknown | ~core.has(Flag.WORD)) & ~core.form(Form.LOWER)
    few = core.number(core.word) <= 4
    after = core.word & words & core.after(named)
    return core.some(after) & few


_HOUSEHOLDS: Final = frozenset(
    ["family", "household", "teulu", "famille", "familie", "familia", "rodzina"]
)


def joins(core: Core) -> Truth:
    """Return the tokens that are particles of names."""
    return core.particle & core.core & ~core.has(Flag.VERB)


def strict_joins(core: Core) -> Truth:
    """Return those that are no words besides."""
    return joins(core) & ~core.has(Flag.FUNCTION | Flag.AREA | Flag.STREET | Flag.WORD)


def with_particle(core: Core) -> Truth:
    """Tell of texts with a particle or a prefix of surnames: ap Gwilym, O'Dea, McGarrity."""
    prefixed = core.some(core.core_word & core.form(Form.PREFIXED))
    several = core.some(joins(core)) & (core.core_words >= 2)
    patronymic = core.some(_patronymics(core)) & (core.core_words >= 2)
    held = core.some(core.solid) | beside_given(core)
    return core.name_like & (
        prefixed | patronymic | ((core.some(strict_joins(core)) | several) & held)
    )


_PATRONYMICS: Final = ("ович", "евич", "ївна", "івна", "овна", "евна", "инична", "ovich", "evich")


def _patronymics(core: Core) -> Truth:
    ends = [len(w) > 6 and w.lower().endswith(_PATRONYMICS) for w in core.tokens.unique]
    return core.core_word & of_word(ends, core.tokens)


def witnesses(core: Core) -> NDArray[np.uint32]:
    """Return the flags of every witness that the parts of each text give."""
    start = core.opening(core.core_word)
    found = {
        Witness.TITLE: titled(core) | household(core),
        Witness.RANK: with_rank(core),
        Witness.INITIALS: with_initials(core),
        Witness.COMMA: in_comma_form(core),
        Witness.GIVEN: beside_given(core) | couple(core),
        Witness.PARTICLE: with_particle(core),
        Witness.RANK_NUMBER: rank_number(core),
    }
    # "Dominic J.": a given name that is no word, and the surname's initial
    pure_given = core.core_word & core.has(Flag.GIVEN) & core.solid
    found[Witness.GIVEN] |= found[Witness.INITIALS] & core.some(pure_given)
    listed = np.logical_or.reduce(list(found.values()))
    single = core.name_like & (core.core_words == 1) & ~core.some(core.initials) & ~listed
    single &= ~core.some(core.lead | core.trail)
    # Codes of two or three capitals are given names by chance.
    code = of_word(
        [len(w) <= 3 and w.isascii() and w.isupper() for w in core.tokens.unique], core.tokens
    )
    given = single & ((start & int(Flag.GIVEN)) != 0) & ~core.some(core.core_word & code)
    pure = (start & int(_WORDS | Flag.PLACE)) == 0
    found[Witness.GIVEN_ONLY] = given
    known = single | (core.name_like & (core.core_words == 1) & found[Witness.PARTICLE])
    found[Witness.SURNAME_ONLY] = known & ~given & ((start & int(Flag.SURNAME)) != 0) & pure
    found[Witness.SHAPE] = (
        core.name_like
        & ~listed
        & (core.core_words >= 2)
        & (core.core_words <= 4)
        & core.some(core.solid)
        & ~core.some(core.core & core.form(Form.COMMA))
    )
    result = np.zeros(core.count, np.uint32)
    for witness, where in found.items():
        result[where] |= np.uint32(int(witness))
    return result
