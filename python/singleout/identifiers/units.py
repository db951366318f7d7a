"""A text that is read as one, and what the words in it and beside it say of what it holds."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from singleout.identifiers.lists import Flag, lookup
from singleout.identifiers.local_parts import is_role
from singleout.identifiers.mailboxes import Bodies
from singleout.identifiers.sayings import residue, says_nothing
from singleout.identifiers.text_words import BODIES, CONTACT, FUNCTION, HEALTH, JOBS, PERSON, PLAIN

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LOCAL: Final = re.compile(r"([\w.!#$%&'*+/=?^`{|}~-]{1,64})@[\w-]+\.")
_STOP: Final = re.compile(r"[.;!?。]\s+(?=[^\W\d_])|\n")
# Characters up to which a text is a card or a signature, that is read whole
_BRIEF: Final = 240
_DIGITS: Final = re.compile(r"\d[\d ()-]{6,}\d")
# Words of vehicles, without which letters and digits of that form are any code
_DRIVEN: Final = re.compile(
    r"(?i)\b(?:vehicle|car|van|lorry|bike|motorcycle|reg(?:istration)?|vrm|plate|driv\w*|parked|cerbyd|car|feithicil"
    r"|carbad|voiture|véhicule|immatricul\w*|fahrzeug|kennzeichen|vehículo|coche|matrícula|pojazd\w*|samoch\w*)\b"
)
# Words that say that a mailbox is there to be written to
_ASK: Final = (CONTACT | JOBS | BODIES) - FUNCTION
_PAYING: Final = re.compile(
    r"(?i)\b(?:payable|pay to|payments? (?:to|should|can|by)|our (?:bank|account)|bacs|remit\w*"
    r"|invoice|cheque"
    r"|transfer the fee|fees?|council|ltd|limited|authority)\b"
)
_HEALTH: Final = re.compile(
    "(?i)" + "|".join(rf"(?<!\w){re.escape(h)}" if h[0] < "\u0600" else h for h in HEALTH)
)


@dataclass(frozen=True)
class Unit:
    """A text that is read as one: a paragraph, a block of short lines, a cell.

    Parameters
    ----------
    text : str
        The text.
    people : sequence of (int, int)
        Where it names people.
    bodies : Bodies
        The domains that are the body's own.
    beside : str
        What stands beside it: the cell to its left or above.
    cell : bool
        Whether it is a cell of a table.
    """

    text: str
    people: Sequence[tuple[int, int]]
    bodies: Bodies
    beside: str = ""
    cell: bool = False

    @cached_property
    def contact(self) -> bool:
        """Whether it only says whom to ask in what post, or how to reach an office."""
        if not self.people:
            return False
        words = set(_WORD.findall(f"{self.beside} {residue(self.text, self.people)}".lower()))
        told = words & (JOBS | BODIES | (CONTACT - PLAIN))
        return bool(told or self.office_mail) and says_nothing(self.text, self.people)

    def for_contact(self, start: int, end: int) -> bool:
        """Whether an identifier stands where the text, or what is beside it, says whom to ask."""
        if self.people:
            return self.contact
        whole = len(self.text) <= _BRIEF
        near = f"{self.beside} {self.text if whole else self.around(start, end)}"
        words = set(_WORD.findall(near.lower()))
        if words & (PERSON - JOBS):
            return False
        return bool(words & _ASK) or (self.cell and bool(_DIGITS.search(self.beside)))

    def contact_line(self, start: int, end: int) -> bool:
        """Whether the line in which a number stands only says whose post and office it is."""
        start = self.text.rfind("\n", max(0, start - _BRIEF), start) + 1
        end = self.text.find("\n", end, end + _BRIEF)
        line = self.text[start : end if end >= 0 else len(self.text)]
        if len(line) > _BRIEF:
            return False
        inside = [(a - start, b - start) for a, b in self.people if start <= a < start + len(line)]
        words = {word.lower() for word in _WORD.findall(residue(line, inside))}
        return bool(inside and words & (JOBS | BODIES)) and says_nothing(line, inside)

    @cached_property
    def posted(self) -> bool:
        """Whether it says what post or body somebody is of."""
        words = {word.lower() for word in _WORD.findall(residue(self.text, self.people))}
        return bool(words & (JOBS | BODIES))

    @cached_property
    def office_mail(self) -> bool:
        """Whether an office's mailbox stands in it."""
        return any(is_role(local) for local in _LOCAL.findall(self.text))

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words and those beside it, in small letters."""
        return frozenset(_WORD.findall(f"{self.beside} {self.text}".lower()))

    @cached_property
    def of_health(self) -> bool:
        """Whether it, or what is beside it, speaks of health or care."""
        return bool(_HEALTH.search(f"{self.beside} {self.text}"))

    @cached_property
    def of_driving(self) -> bool:
        """Whether it speaks of vehicles."""
        return bool(_DRIVEN.search(self.text))

    @cached_property
    def of_paying(self) -> bool:
        """Whether it says where to pay a body."""
        return bool(_PAYING.search(self.text))

    @cached_property
    def names_anybody(self) -> bool:
        """Whether a word that is nothing but a name stands in it."""
        words = [word for word in _WORD.findall(self.text) if word[0].isupper()]
        flags = lookup(words)
        name = (flags & int(Flag.GIVEN_SURE | Flag.SURNAME_SURE)) > 0
        other = (flags & int(Flag.WORD | Flag.PLACE | Flag.MONTH)) > 0
        return bool((name & ~other).any())

    @cached_property
    def _ends(self) -> list[int]:
        return sorted(end for _, end in self.people)

    def named_before(self, start: int, reach: int) -> int:
        """Where the last name within reach before a place ends; -1 where there is none."""
        at = bisect_right(self._ends, start) - 1
        return self._ends[at] if at >= 0 and self._ends[at] >= start - reach else -1

    def around(self, start: int, end: int) -> str:
        """The sentence or line in which something stands, itself left out."""
        before = self.text[max(0, start - 100) : start]
        after = self.text[end : end + 60]
        stops = list(_STOP.finditer(before))
        stop = _STOP.search(after)
        lead = before[stops[-1].end() :] if stops else before
        return f"{lead} {after[: stop.start()] if stop else after}"
