"""The parts of short texts: titles and ranks at both ends, and the core between them.

The core is what must look like a name. All arrays have one element a token of `Tokens`; `some`,
`number`, `opening` and `closing` turn them into one element a text.
"""

from __future__ import annotations

from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from singleout.identifiers.lists import Flag
from singleout.identifiers.runs import (
    after,
    at,
    before_dot,
    first,
    last,
    of_word,
    run_from_end,
    run_from_start,
)
from singleout.identifiers.tokens import Form, Tokens

__all__ = ["KIND", "Core"]

Truth = NDArray[np.bool_]
Counts = NDArray[np.int64]

# Words that say what kind of thing a name is of.
KIND: Final = (
    Flag.STREET
    | Flag.ORGANISATION
    | Flag.PREMISES
    | Flag.AREA
    | Flag.UNIT
    | Flag.SUBJECT
    | Flag.MONTH
    | Flag.WEEKDAY
    | Flag.JOB
    | Flag.FUNCTION
    | Flag.DEMONYM
    | Flag.VERB
)
_HEAD: Final = Flag.TITLE | Flag.RANK | Flag.JOB
_NAME: Final = Flag.GIVEN | Flag.SURNAME
_PUNCTUATION: Final = Form.DOT | Form.JOINT | Form.COMMA


class Core:
    """Tokens of many texts with the part that each plays."""

    def __init__(self, tokens: Tokens, count: int) -> None:
        self.tokens = tokens
        self.count = count
        letters = Form.CAPITAL | Form.UPPER | Form.LOWER | Form.CASELESS
        self.single: Truth = self.form(Form.INITIAL)
        self.word: Truth = self.form(letters)
        self.words: Counts = self.number(self.word)
        self.namely: Truth = self.has(Flag.NAMELY)
        self.named: Truth = self.has(_NAME)
        self.sure: Truth = self.has(Flag.GIVEN_SURE | Flag.SURNAME_SURE) | self.namely
        # Only a word, or a word as well as a name.
        self.ordinary: Truth = self.has(Flag.WORD | KIND) & ~self.namely
        self.only_word: Truth = self.ordinary & ~self.named
        self.dotted: Truth = before_dot(tokens)
        self.numbers: Truth = self.form(Form.DIGITS | Form.MIXED)
        self.punctuation: Truth = self.form(_PUNCTUATION)
        self.lead, self.trail = self._ends()
        self.core: Truth = ~(self.lead | self.trail)

    def has(self, flag: int) -> Truth:
        """Tell of each token whether it has one of these flags."""
        return np.asarray((self.tokens.flags & int(flag)) != 0)

    def form(self, form: int) -> Truth:
        """Tell of each token whether it is written in one of these ways."""
        return np.asarray((self.tokens.form & int(form)) != 0)

    def number(self, where: Truth) -> Counts:
        """Return for each text how many of its tokens these are."""
        return np.bincount(self.tokens.text[where], minlength=self.count).astype(np.int64)

    def some(self, where: Truth) -> Truth:
        """Tell of each text whether it has one of these tokens."""
        return np.asarray(self.number(where) > 0)

    def spread(self, texts: Truth) -> Truth:
        """Return for each token what holds of its text."""
        return texts[self.tokens.text]

    def after(self, where: Truth) -> Truth:
        """Tell of each token whether one of these stands before it in its text."""
        return after(where, self.tokens)

    def opening(self, where: Truth) -> NDArray[np.uint32]:
        """Return for each text the flags of the first of these tokens."""
        return at(self.tokens.flags, first(where, self.tokens, self.count))

    def closing(self, where: Truth) -> NDArray[np.uint32]:
        """Return for each text the flags of the last of these tokens."""
        return at(self.tokens.flags, last(where, self.tokens, self.count))

    @cached_property
    def lower(self) -> Truth:
        """Texts in small letters throughout."""
        capital = self.form(Form.CAPITAL | Form.UPPER) | (self.single & self._upper)
        return ~self.some(capital) & self.some(self.form(Form.LOWER))

    @cached_property
    def _upper(self) -> Truth:
        unique = self.tokens.unique
        return of_word([w[:1].isupper() or w.lower() == w.upper() for w in unique], self.tokens)

    @cached_property
    def initial(self) -> Truth:
        """Single letters that can be initials; "a" and "y" in small letters are words."""
        return self.single & (self._upper | self.spread(self.lower))

    @cached_property
    def written(self) -> Truth:
        """Words written as a name is: with a capital, unless the text or the script has none."""
        small = self.form(Form.LOWER) & self.spread(self.lower)
        return self.word & (self.form(Form.CAPITAL | Form.UPPER | Form.CASELESS) | small)

    @cached_property
    def particle(self) -> Truth:
        """Words like van, bin and ap, where they are not written as names."""
        as_name = self.named & self.form(Form.CAPITAL | Form.UPPER) & ~self.ordinary
        # In "Medway Towns UA" the capitals are no Irish "ua".
        code = self.form(Form.UPPER) & self.spread(self.some(self.form(Form.CAPITAL)))
        return self.word & self.has(Flag.PARTICLE) & ~as_name & ~code

    def _ends(self) -> tuple[Truth, Truth]:
        heads = self.has(_HEAD) & ~self.form(Form.DIGITS) & (~self.single | self.dotted)
        parts = heads | self.has(Flag.RANK_PART)
        head_follows = self._follows(heads)
        slash = of_word([w in "/&+" for w in self.tokens.unique], self.tokens)
        # "Ambulance Technician", "st. sierż.", "T/Sgt", "Mr & Mrs": all of it is before the name.
        before_head = (
            (self.only_word & self.word) | self.initial | slash | (self.word & self.dotted)
        )
        front = parts | (head_follows & before_head)
        soft = self.punctuation | (self.numbers & self.after(heads))
        lead = run_from_start(front | soft, self.tokens, self.count)
        # What follows the last head is the name: in "Field Marshal Field", the second.
        lead &= self._follows(lead & heads) | heads | soft
        lead &= self.spread(self.some(lead & heads))
        parts_behind = self.has(Flag.RANK_PART) & ~(self.named & self.sure)
        back = (self.has(Flag.POSTNOMINAL | Flag.RANK) | parts_behind) & self.written
        behind = run_from_end(back | self.punctuation | self.numbers, self.tokens, self.count)
        behind &= ~lead
        ranks = self.has(Flag.POSTNOMINAL | Flag.RANK) & behind
        behind &= self.spread(self.some(ranks | (lead & self.has(Flag.RANK))))
        # Titles and jobs that are names too are the name if nothing else is: "Dean Marshall",
        # "PC Cook", "N. Begum".
        empty = self.number(self.word & ~lead & ~behind) == 0
        as_name = self.named & self.sure & ~self.has(Flag.RANK_PART) & self.word
        initial = self.initial & (self.dotted | self._late)
        lone = self.some(initial) & (self.number(self.word) == 1)
        both = (self.number(as_name) >= 2) | (lone & self.some(self.word & self.named))
        held = self.spread(empty & both)
        final = np.zeros(len(held), np.bool_)
        ends = last(self.word, self.tokens, self.count)
        final[ends[ends >= 0]] = True
        holder = heads & self.has(Flag.TITLE | Flag.RANK) & ~final
        surname = final & self.named & self.has(Flag.TITLE | Flag.JOB)
        surname &= ~self.has(Flag.RANK | Flag.RANK_PART) & (self.sure | ~self.has(Flag.WORD_COMMON))
        surname &= self.spread(empty & ~both & self.some(holder)) & self.after(holder)
        held |= surname
        self.held_surname: Truth = self.some(surname)
        return lead & ~held, behind & ~held

    def _follows(self, where: Truth) -> Truth:
        """Tell of each token whether one of these stands after it in its text."""
        left = self.number(where)[self.tokens.text]
        seen = np.cumsum(where)
        base = (seen - where)[self.tokens.starts[self.tokens.text]] if len(where) else seen
        return np.asarray(left > seen - base)

    @cached_property
    def core_word(self) -> Truth:
        """Words of the core that are no particles and no initials."""
        return self.word & self.core & ~self.particle & ~self.initial_block

    @cached_property
    def core_words(self) -> Counts:
        """How many they are."""
        return self.number(self.core_word)

    @cached_property
    def initial_block(self) -> Truth:
        """Two capitals that no list has beside a longer word: Stobbart KJ."""
        short = of_word([len(w) == 2 for w in self.tokens.unique], self.tokens)
        block = self.form(Form.UPPER) & short & (self.tokens.flags == 0)
        others = self.number(self.word & self.core & ~short & ~self.only_word)
        return np.asarray(block & self.core & self.spread((others >= 1) & (others <= 2)))

    @cached_property
    def initials(self) -> Truth:
        """Initials of the core."""
        return (self.initial & self.core & ~self.particle) | self.initial_block

    @cached_property
    def unknown(self) -> Truth:
        """Words in no list."""
        return np.asarray(self.word & (self.tokens.flags == 0))

    @cached_property
    def town(self) -> Truth:
        """Places that are not small ones with the name of many people."""
        return self.has(Flag.PLACE) & (~self.sure | self.has(Flag.PLACE_SURE))

    @cached_property
    def nameish(self) -> Truth:
        """Words of the core that a name could hold."""
        # HMS, NHS, BMW: a few capitals beside words that are written otherwise.
        short = of_word([len(w) <= 4 for w in self.tokens.unique], self.tokens)
        capitals = self.spread(self.some(self.form(Form.CAPITAL)))
        acronym = self.form(Form.UPPER) & self.unknown & short & capitals
        place = self.has(Flag.PLACE) & ~self.ordinary
        # Charlotte de la Tour: after a particle in small letters any word with a capital is a name.
        joined = np.zeros(len(self.tokens.text), np.bool_)
        small = self.particle & self.form(Form.LOWER) & ~self.spread(self.lower)
        joined[1:] = small[:-1] & (self.tokens.text[1:] == self.tokens.text[:-1])
        joined &= self.after(self.has(Flag.GIVEN) & self.word & ~self.only_word)
        known = self.unknown | self.named | place | joined
        return self.core_word & self.written & ~acronym & known

    @cached_property
    def solid(self) -> Truth:
        """Words of the core that are in no list of anything but names."""
        pure = self.named & ~self.ordinary & ~self.town
        return self.nameish & (self.unknown | pure | self.namely)

    @cached_property
    def double(self) -> Truth:
        """Words of the core that are names and ordinary words."""
        return self.core_word & self.named & self.ordinary

    @cached_property
    def name_like(self) -> Truth:
        """Texts whose core is nothing but words like names, initials, particles and points."""
        good = self.nameish | self.particle | self.initials | self.punctuation
        good |= self.form(Form.UNDERSCORE) | self.initial
        broken = self.some(self.core & ~good)
        return ~broken & (self.core_words >= 1) & (self.core_words <= 5)

    @cached_property
    def _late(self) -> Truth:
        return of_word([w.upper() > "H" for w in self.tokens.unique], self.tokens)

    @cached_property
    def late_initial(self) -> Truth:
        """Texts with an initial that is no mere letter of a series: J., J R, or after H."""
        single = self.initials & (self.dotted | self._late | self.initial_block)
        return self.some(single) | (self.number(self.initials) >= 2)
