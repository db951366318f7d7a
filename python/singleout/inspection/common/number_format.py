"""What a number format shows of a value: the value, or a word, a mark or nothing in its place.

Rounding, thousands, added words, currency, dates and percentages show the value. A dash, a blank or
a word for nought hides nobody. Anything else in place of a value is a cover over it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from singleout.draft.keptback import is_kept_back

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
# What stands in `Section.pattern` for the digits of the value
DIGITS = "\0"
_COMPARED: dict[str, Callable[[Floats, float], Bools]] = {
    "<": lambda values, limit: values < limit,
    "<=": lambda values, limit: values <= limit,
    ">": lambda values, limit: values > limit,
    ">=": lambda values, limit: values >= limit,
    "=": lambda values, limit: values == limit,
    "<>": lambda values, limit: values != limit,
}
# Digits written into the format beside those of the value make another number of it
_BESIDE = re.compile(rf"[0-9][.,']?{DIGITS}|{DIGITS}[.,']?[0-9]")
_ZEROS_BEFORE = re.compile(rf"(?<![0-9])0+(?={DIGITS})")
_ZEROS_AFTER = re.compile(rf"(?<={DIGITS})(?:[.,' ]?000)+(?![0-9])")
# A mark that says of nought that it is kept back: not one for nothing, as a dash is
_SAYS_MORE = re.compile(r"[\w*#<≤~]")
_PLAIN_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a format.

    Parameters
    ----------
    pattern : str
        What it shows, with `DIGITS` where the value's digits stand; empty if it shows nothing.
    text : bool
        Whether it shows a text.
    scale : int
        The power of ten by which the value is divided.
    optional : bool
        Whether a value of no whole part shows no digit at all (``#``).
    ink : str
        The colour that it gives the text, ``RRGGBB``; empty if it gives none.
    """

    pattern: str = DIGITS
    text: bool = True
    scale: int = 0
    optional: bool = False
    ink: str = ""

    @property
    def shows_number(self) -> bool:
        """Whether every value is shown as it is, or rounded."""
        return DIGITS in self.pattern and not self.optional and not self._is_changed()

    def _is_changed(self) -> bool:
        pattern = _ZEROS_BEFORE.sub("", self.pattern)
        if self.scale:
            pattern = _ZEROS_AFTER.sub("", pattern)
        return _BESIDE.search(pattern) is not None

    def hides(self, values: Floats) -> Bools:
        """Tell which of these values it does not show."""
        if self.shows_number:
            return np.zeros(len(values), np.bool_)
        if DIGITS in self.pattern:
            if self._is_changed():
                return np.asarray(values != 0, np.bool_)
            shown = np.round(np.abs(values) / 10.0**self.scale)
            return np.asarray((shown == 0) & (np.abs(values) >= 1), np.bool_)
        said = self.pattern.strip()
        numbers = _PLAIN_NUMBER.findall(said)
        hidden = values != 0
        if len(numbers) == 1 and not set("<>≤≥") & set(said):
            # "1 officer" for one officer says what is there
            hidden = values != float(numbers[0])
        elif numbers or (is_kept_back(said) and _SAYS_MORE.search(said)):
            hidden = np.ones(len(values), np.bool_)
        return np.asarray(hidden, np.bool_)


GENERAL_SECTION = Section()


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A number format, from whatever file.

    Parameters
    ----------
    cases : tuple of (str, float, Section)
        Comparison, limit and section; the first that holds of a number is shown.
    otherwise : Section
        The section of all other numbers.
    text : Section
        The section of texts.
    """

    cases: tuple[tuple[str, float, Section], ...] = ()
    otherwise: Section = GENERAL_SECTION
    text: Section = GENERAL_SECTION
    # Whether it shows every number and every text; whether it gives any text a colour
    plain: bool = field(init=False, compare=False, repr=False)
    coloured: bool = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        sections = self.sections
        plain = self.text.text and all(section.shows_number for section in sections)
        object.__setattr__(self, "plain", plain)
        coloured = any(section.ink for section in (*sections, self.text))
        object.__setattr__(self, "coloured", coloured)

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections of numbers: of each case, then of all others."""
        return (*(section for _, _, section in self.cases), self.otherwise)

    @property
    def hides_texts(self) -> bool:
        """Whether it shows nothing, or something else, in place of a text."""
        return not self.text.text

    def chosen(self, values: Floats) -> npt.NDArray[np.int64]:
        """Return which of `sections` shows each of these numbers, the last one for no number."""
        found = np.full(len(values), len(self.cases), np.int64)
        for i, (sign, limit, _) in reversed(list(enumerate(self.cases))):
            found[_COMPARED[sign](values, limit)] = i
        found[np.isnan(values)] = len(self.cases)
        return found

    def hides(self, values: Floats) -> Bools:
        """Tell which of these numbers it does not show.

        Parameters
        ----------
        values : float64 array
            Numbers; what is not a number is not hidden.

        Returns
        -------
        bool array of the same shape

        Examples
        --------
        >>> cover = NumberFormat((("<", 5.0, Section("<5", text=False)),))
        >>> cover.hides(np.array([2.0, 7.0])).tolist()
        [True, False]
        """
        hidden = np.zeros(len(values), np.bool_)
        chosen = self.chosen(values)
        for i, section in enumerate(self.sections):
            here = chosen == i
            hidden[here] = section.hides(values[here])
        return hidden & ~np.isnan(values)


GENERAL = NumberFormat()
