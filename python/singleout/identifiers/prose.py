"""The tokens of one running text, and the runs in it that look like names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from singleout.identifiers.lists import Flag, lookup
from singleout.identifiers.tokens import Form

__all__ = ["BUILT", "SURE", "THING", "WORDS", "WRITTEN", "Case", "Prose", "Run", "case_of", "roles"]

_NAME: Final = int(Flag.GIVEN | Flag.SURNAME)
SURE: Final = int(Flag.GIVEN_SURE | Flag.SURNAME_SURE | Flag.NAMELY)
_ORDINARY: Final = int(
    Flag.WORD | Flag.FUNCTION | Flag.VERB | Flag.MONTH | Flag.WEEKDAY | Flag.DEMONYM | Flag.JOB
    | Flag.STREET | Flag.ORGANISATION | Flag.PREMISES | Flag.AREA | Flag.UNIT | Flag.SUBJECT
)  # fmt: skip
# What a name before it is the name of: Victoria Road, Robert Lowther School, Lovell Trust.
THING: Final = int(
    Flag.STREET | Flag.ORGANISATION | Flag.PREMISES | Flag.AREA | Flag.UNIT | Flag.SUBJECT
)
BUILT: Final = int(Flag.STREET | Flag.PREMISES | Flag.ORGANISATION | Flag.UNIT)
WRITTEN: Final = int(Form.CAPITAL | Form.UPPER | Form.PREFIXED)
WORDS: Final = int(Form.CAPITAL | Form.UPPER | Form.LOWER | Form.PREFIXED | Form.CASELESS)
_GIVEN: Final = int(Flag.GIVEN)
_INITIAL: Final = int(Form.INITIAL)
_DOT: Final = int(Form.DOT)
_COMMA: Final = int(Form.COMMA)
_UPPER: Final = int(Form.UPPER)
_PARTICLE: Final = int(Flag.PARTICLE)
_PADDING: Final = (0,) * 12
_PADDING_WORDS: Final = ("",) * 12
_LEADS: Final = int(Flag.TITLE | Flag.RANK | Flag.JOB | Flag.RANK_PART)
_LOWER: Final = int(Form.LOWER)
_BEFORE: Final = frozenset(("st", "saint", "san", "santa", "sainte", "hms", "ss", "mount", "lake"))
_LONGEST: Final = 5  # words of a name
_INITIALS: Final = 4


@dataclass(frozen=True, slots=True)
class Run:
    """Tokens that could be a name: where they end, which are words, and what else is among them."""

    end: int
    words: tuple[int, ...]
    initials: int
    joined: bool


# What a token is in a text: bits of one number, worked out once for each distinct word.
_IS_WRITTEN, _IS_SOLID, _IS_NAMEISH, _BEGINS = 1, 2, 4, 8


def roles(
    words: Sequence[str], form: NDArray[np.uint32], flags: NDArray[np.uint32], case: Case
) -> list[int]:
    """Return what each distinct word is in texts of a kind of case.

    Written as names are; solid: in lists of names only, or in none; like a name: solid, or a name
    and a word or place as well; able to begin a name or its title.
    """
    lower = (form & int(Form.LOWER)) != 0
    upper = (form & int(Form.UPPER)) != 0
    lengths = np.fromiter(map(len, words), np.int64, len(words))
    capital = ((form & WRITTEN) != 0) & ~lower
    written = (form & WORDS) != 0 if case is Case.SMALL else capital
    code = upper & (case is not Case.CAPITALS)
    named = (flags & _NAME) != 0
    place = (flags & int(Flag.PLACE)) != 0
    small_town = place & ((flags & SURE) == 0)
    town = small_town | ((flags & int(Flag.PLACE_SURE)) != 0)
    unknown = (flags == 0) & (lengths > 1) & ~(code & (lengths <= 4))
    pure = named & ((flags & _ORDINARY) == 0) & ~town
    solid = written & (unknown | pure | ((flags & int(Flag.NAMELY)) != 0))
    nameish = solid | (written & (named | place) & ~(code & (lengths <= 2)))
    start = (form & (int(Form.INITIAL) | (WORDS if case is Case.SMALL else WRITTEN))) != 0
    # What no list knows begins no name in small letters.
    begins = ((flags & _LEADS) != 0) | (start & (~lower | named))
    bits = written * _IS_WRITTEN + solid * _IS_SOLID + nameish * _IS_NAMEISH + begins * _BEGINS
    return [int(one) for one in bits]


class Case(Enum):
    """How the letters of a text are: those in one case say nothing by their capitals."""

    MIXED = 0
    SMALL = 1
    CAPITALS = 2


def case_of(form: Sequence[int]) -> Case:
    """Return the kind of case of a text with these tokens."""
    union, upper = 0, 0
    for one in form:
        union |= one
        upper += one & _UPPER != 0
    if union & int(Form.CAPITAL):
        return Case.MIXED
    if union & _LOWER:
        return Case.MIXED if upper else Case.SMALL
    return Case.CAPITALS if upper > 2 else Case.MIXED


class Prose:
    """One text's tokens, with what is known of each.

    Parameters
    ----------
    words : list of str
    form, flags, role : list of int
        `Form`, `Flag` and `roles` of each.
    case : Case
    """

    def __init__(
        self, words: list[str], form: list[int], flags: list[int], role: list[int], case: Case
    ) -> None:
        self.size = len(words)
        # Past both ends stands nothing: a look at the token before the first meets the padding.
        self.words = [*words, *_PADDING_WORDS]
        self.form, self.flags = [*form, *_PADDING], [*flags, *_PADDING]
        self.role = [*role, *_PADDING]
        self.small, self.capitals = case is Case.SMALL, case is Case.CAPITALS
        self.one_case = case is not Case.MIXED

    def starts(self) -> list[int]:
        """Return where a name or its title can begin."""
        return [i for i, role in enumerate(self.role) if role & _BEGINS]

    def is_form(self, i: int, form: int) -> bool:
        """Tell whether a token is written in one of these ways; False outside the text."""
        return self.form[i] & form != 0

    def has(self, i: int, flag: int) -> bool:
        """Tell whether a token has one of these flags; False outside the text."""
        return self.flags[i] & flag != 0

    def written(self, i: int) -> bool:
        """Tell whether a token is written as names are."""
        return self.role[i] & _IS_WRITTEN != 0

    def solid(self, i: int) -> bool:
        """Tell whether it is in lists of names only, or in none."""
        return self.role[i] & _IS_SOLID != 0

    def nameish(self, i: int) -> bool:
        """Tell whether it can be part of a name: solid, or a name and a word or place as well."""
        return self.role[i] & _IS_NAMEISH != 0

    def sure(self, i: int) -> bool:
        """Tell whether it is a frequent name."""
        return self.written(i) and self.has(i, SURE) and self.has(i, _NAME)

    def given(self, i: int) -> bool:
        """Tell whether it is a given name, and perhaps a word too."""
        return self.written(i) and self.has(i, _GIVEN)

    def pure_given(self, i: int) -> bool:
        """Tell whether it is a given name and nothing else."""
        return self.given(i) and self.solid(i)

    def initial(self, i: int) -> bool:
        """Tell whether it is an initial; small letters are only in texts without capitals."""
        if self.is_form(i, _INITIAL):
            return self.small or self.words[i][:1].isupper()
        return False

    def dot(self, i: int) -> bool:
        """Tell whether it is a full stop."""
        return self.is_form(i, _DOT)

    def comma(self, i: int) -> bool:
        """Tell whether it is a comma."""
        return self.is_form(i, _COMMA)

    def run(self, i: int) -> Run:
        """Return the run like a name that starts at a token; without words if there is none."""
        words: list[int] = []
        initials, joins = 0, 0
        while i < self.size and len(words) < _LONGEST and joins < _LONGEST:
            if self.joins(i):
                joins += 1
                i += 1
            elif self.nameish(i):
                words.append(i)
                i += 1
                if self.is_form(i - 1, int(Form.POSSESSIVE)):
                    break
            elif initials < _INITIALS and self.initial(i) and self._goes_on(i):
                initials += 1
                i += 2 if self.dot(i + 1) else 1
            else:
                break
        return Run(i, tuple(words), initials, joins > 0)

    def _goes_on(self, i: int) -> bool:
        """Tell whether an initial belongs to a name: a dot, a name or an initial follows."""
        j = i + 2 if self.dot(i + 1) else i + 1
        steps = 0
        while self.initial(j) and steps < 3:
            j += 2 if self.dot(j + 1) else 1
            steps += 1
        return self.nameish(j) or self.dot(i + 1) or (steps == 0 and self.ends(i + 1))

    def joins(self, i: int) -> bool:
        """Tell whether a particle joins what is around it: a name follows, or another first."""
        if not self.has(i, _PARTICLE) or not self.is_form(i, WORDS):
            return False
        if self.is_form(i, int(Form.UPPER)) and not self.capitals:
            return False
        # "La Trinidad" begins no name by itself; "van der Berg" does after one.
        capital = self.is_form(i, int(Form.CAPITAL))
        if capital and self.has(i, int(Flag.WORD | Flag.FUNCTION)):
            return False
        j = i + 1
        while j < i + 3 and self.has(j, _PARTICLE) and not self.solid(j):
            j += 1
        return self.nameish(j) and (self.small or not self.is_form(j, int(Form.LOWER)))

    def ends(self, i: int) -> bool:
        """Tell whether a sentence, a clause or the text ends before this token."""
        closing = int(Form.DOT | Form.COMMA | Form.PUNCTUATION | Form.JOINT)
        return i >= self.size or self.words[i] == "\n" or self.is_form(i, closing)

    def thing_follows(self, i: int) -> bool:
        """Tell whether what comes next makes the run the name of a thing: Road, Ltd, School."""
        if self.is_form(i, int(Form.AMPERSAND)):
            return True
        if not self.written(i):
            return False
        if self.has(i, THING) and not self.has(i, int(Flag.NAMELY)):
            return True
        # In "Robert Ellery Supplies" the capital tells; in texts in one case, and in titles of
        # which every word has one, it tells nothing.
        word = self.has(i, int(Flag.WORD)) and not self.has(i, _NAME)
        return word and not self.one_case and not self.ends(i + 1) and not self.written(i + 1)

    def thing_before(self, i: int) -> bool:
        """Tell whether what stands before makes the run a place or a ship: St, Mount, HMS."""
        if i == 0 or self.one_case:
            return False
        j = i - 1
        if self.dot(j) and j and self.has(j - 1, int(Flag.STREET)):
            j -= 1
        return self.words[j].lower() in _BEFORE or self.is_form(j, int(Form.AMPERSAND))

    def listed_place(self, i: int, end: int) -> bool:
        """Tell whether these tokens are the name of a town: Milton Keynes, San Francisco."""
        if not 2 <= end - i <= 4:
            return False
        return bool(int(lookup([" ".join(self.words[i:end])])[0]) & int(Flag.PLACE))
