"""What of a short text's parts speaks against a person's name: one function for each kind."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from singleout.identifiers.core import Core
from singleout.identifiers.evidence import Against
from singleout.identifiers.lists import Flag
from singleout.identifiers.runs import of_word
from singleout.identifiers.tokens import Form
from singleout.identifiers.witnesses import (
    beside_given,
    couple,
    household,
    rank_number,
    titled,
    with_rank,
)

__all__ = ["counter_witnesses", "possessed"]

Truth = NDArray[np.bool_]

_STRONG: Final = Flag.GIVEN | Flag.SURNAME_SURE | Flag.NAMELY


def _kind_at_an_end(core: Core, kind: Flag) -> Truth:
    """Tell of texts that end with a word for this kind, or begin with one that is no name."""
    whole = core.core & core.word
    start, end = core.opening(whole), core.closing(whole)
    ends = ((end & int(kind)) != 0) & ((end & int(Flag.NAMELY)) == 0)
    begins = ((start & int(kind)) != 0) & ((start & int(_STRONG)) == 0)
    return np.asarray((ends | begins) & (core.words >= 2))


def _organisation(core: Core) -> Truth:
    kind = core.word & ~core.lead & core.has(Flag.ORGANISATION | Flag.UNIT) & ~core.named
    both = core.form(Form.AMPERSAND) & ~core.lead
    return core.some(kind | both) | _kind_at_an_end(core, Flag.ORGANISATION)


def _premises(core: Core) -> Truth:
    inside = core.core & core.word & core.has(Flag.PREMISES) & ~core.named
    return core.some(inside) | _kind_at_an_end(core, Flag.PREMISES)


def _place(core: Core, person: Truth) -> Truth:
    pure = core.named & ~core.ordinary & ~core.town
    listed = core.core_word & core.has(Flag.PLACE)
    towns = core.number(listed & ~pure) == core.core_words
    single = (core.core_words == 1) & core.some(listed)
    places = (core.core_words >= 1) & (towns | single) & ~core.some(core.initials)
    start = core.opening(core.core & core.word)
    direction = ((start & int(Flag.DIRECTION)) != 0) & (core.words >= 2)
    return np.asarray((places | direction) & ~person)


def _only_words(core: Core) -> Truth:
    words = core.word & core.core
    plain = words & (core.ordinary | core.has(Flag.PARTICLE))
    return np.asarray(
        (core.number(plain) == core.number(words)) & core.some(plain) & (core.core_words >= 1)
    )


def _sentence(core: Core) -> Truth:
    small = core.word & core.form(Form.LOWER) & ~core.particle
    verb = core.some(small & core.has(Flag.VERB)) & (core.words >= 3) & ~core.lower
    joined = (core.number(small & core.has(Flag.FUNCTION | Flag.VERB)) >= 2) & (core.words >= 4)
    return (core.words > 8) | verb | joined


def possessed(core: Core) -> Truth:
    """Tell of texts that are what somebody has, or what is called so: Martha's Moor."""
    whose = core.word & of_word(
        [word.lower().endswith(("'s", "\u2019s")) for word in core.tokens.unique], core.tokens
    )
    return core.some(core.word & core.after(whose))


def counter_witnesses(core: Core, places: Truth) -> NDArray[np.uint32]:
    """Return the flags of every counter-witness.

    Parameters
    ----------
    core : Core
    places : numpy.ndarray of bool
        Which texts are places of the lists as they stand.
    """
    given = beside_given(core)
    held = titled(core) | with_rank(core)
    initials = core.some(core.initials) & core.late_initial & core.name_like
    people = couple(core) | household(core)
    # "Sgt Field" and "Mr J Hall" are no fields or halls.
    alone = held & (core.core_words == 1)
    end = core.closing(core.core & core.word)
    last_is_word = ((end & int(Flag.WORD)) != 0) & ((end & int(Flag.GIVEN | Flag.SURNAME)) == 0)
    month = core.word & core.has(Flag.MONTH | Flag.WEEKDAY)
    others = core.some(core.core_word & ~core.ordinary & ~month)
    nobody = (core.core_words == 0) & core.some(~core.core & core.word) & ~rank_number(core)
    job = core.some(core.core & core.word & core.has(Flag.JOB) & ~core.named) & ~core.name_like
    digits = core.some(core.numbers & core.core)
    found = {
        Against.STREET: _kind_at_an_end(core, Flag.STREET) & ~alone,
        Against.PLACE: places | _place(core, held) | (_kind_at_an_end(core, Flag.AREA) & ~held),
        Against.ORGANISATION: _organisation(core) & ~alone & ~people,
        Against.PREMISES: _premises(core) & ~alone,
        Against.WORDS: _only_words(core) & ~(given | held | initials | people),
        Against.PRODUCT: digits,
        Against.SENTENCE: _sentence(core),
        Against.MONTH: core.some(month) & ~others & ~given & ~held,
        Against.JOB: nobody | job,
        Against.NAMED_AFTER: possessed(core)
        | ((core.core_words >= 2) & core.some(core.nameish) & last_is_word & ~people),
    }
    result = np.zeros(core.count, np.uint32)
    for against, where in found.items():
        result[where] |= np.uint32(int(against))
    return result
