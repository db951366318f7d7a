"""Direct identifiers in a text, with what makes each a private person's, an official's or an "
"office's."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, NamedTuple

from singleout.detect import Detection, scan
from singleout.detect_checks import digits_of, nhs_valid
from singleout.identifiers.addresses import Address, addresses_in
from singleout.identifiers.births import Birth, births_in
from singleout.identifiers.lists import Flag, lookup
from singleout.identifiers.local_parts import is_role
from singleout.identifiers.mailboxes import Bodies
from singleout.identifiers.phones import line, national, speaks_of_office, speaks_of_own
from singleout.identifiers.sayings import residue, says_nothing
from singleout.identifiers.text_words import (
    BODIES,
    CONTACT,
    FUNCTION,
    HEALTH,
    JOBS,
    PERSON,
    PLAIN,
    REFERENCES,
)

Weight = Literal["private", "doubtful", "staff", "office", "unmarked"]


class Identifier(NamedTuple):
    """A direct identifier: ``text[start:end]``.

    `kind` is one of `detect.KINDS` or ``address``. `weight` is ``private`` (a private person's:
    must not leave), ``doubtful`` (somebody's, nobody is named: a person must look), ``staff`` (an
    official's address at a public body), ``office`` (a body's own) or ``unmarked`` (nothing beside
    it says whose).
    """

    kind: str
    start: int
    end: int
    weight: Weight


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

    def for_contact(self, one: Identifier) -> bool:
        """Whether an identifier stands where the text, or what is beside it, says whom to ask."""
        if self.people:
            return self.contact
        whole = len(self.text) <= _BRIEF
        near = f"{self.beside} {self.text if whole else self.around(one.start, one.end)}"
        words = set(_WORD.findall(near.lower()))
        if words & (PERSON - JOBS):
            return False
        return bool(words & _ASK) or (self.cell and bool(_DIGITS.search(self.beside)))

    def contact_line(self, one: Detection) -> bool:
        """Whether the line in which a number stands only says whose post and office it is."""
        start = self.text.rfind("\n", 0, one.start) + 1
        end = self.text.find("\n", one.end)
        line = self.text[start : end if end >= 0 else len(self.text)]
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
    def sentence_words(self) -> frozenset[str]:
        return frozenset(_WORD.findall(self.text.lower()))

    def around(self, start: int, end: int) -> str:
        """The sentence or line in which something stands, itself left out."""
        before = self.text[max(0, start - 100) : start]
        after = self.text[end : end + 60]
        stops = list(_STOP.finditer(before))
        stop = _STOP.search(after)
        lead = before[stops[-1].end() :] if stops else before
        return f"{lead} {after[: stop.start()] if stop else after}"


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
_TEN: Final = re.compile(r"(?<![\w.+/-])\d{10}(?![\w/-])")
_PAYING: Final = re.compile(
    r"(?i)\b(?:payable|pay to|payments? (?:to|should|can|by)|our (?:bank|account)|bacs|remit\w*"
    r"|invoice|cheque"
    r"|transfer the fee|fees?|council|ltd|limited|authority)\b"
)
_NUMBERED: Final = re.compile(r"(?i)\b(?:no|number|num|nr|id|#)\b\.?|[:#]")
_CALLED: Final = re.compile(
    r"(?i)\b(?:ring|call|phone|contact|reach|text|speak to|contactez|appelez|anrufen|llame"
    r"|zadzwo\w*|ffoniwch)\b"
)
_LABEL: Final = re.compile(r"[^\W\d_] ?[:\uff1a]")
_HEALTH: Final = re.compile(
    "(?i)" + "|".join(rf"(?<!\w){re.escape(h)}" if h[0] < "\u0600" else h for h in HEALTH)
)
_REFERENCE: Final = re.compile(
    r"(?i)(?<!\w)(?:"
    + "|".join(map(re.escape, sorted(REFERENCES, key=lambda r: (-len(r), r))))
    + r")(?:['’]?s)?(?:\s+(?:no|number|num|nr|id|is|was|are|of|code))*[\s.:#=]*\Z"
)


def identifiers_in(unit: Unit) -> list[Identifier]:
    """Find the direct identifiers in a text and weigh each by the words around it.

    Parameters
    ----------
    unit : Unit
        The text and what is known about it.

    Returns
    -------
    list of Identifier
        In order of place; those of offices too, so that nobody else need tell them.

    Notes
    -----
    Kinds and check digits are those of `detect.scan`. A date of birth, a number of ten digits and a
    postal address are found here, since only the words beside them make them what they are.

    Examples
    --------
    >>> text = "Ann Lee, born 4 July 1980, foi@police.example.uk"
    >>> unit = Unit(text, [(0, 7)], Bodies())
    >>> [(one.kind, one.weight) for one in identifiers_in(unit)]
    [('birth-date', 'private'), ('email', 'office')]
    """
    text = unit.text
    found = [_birth(unit, birth) for birth in births_in(text)]
    found += [_address(unit, address) for address in addresses_in(text)]
    for one in scan(text):
        if not any(a.start < one.end and one.start < a.end for a in found if a.kind != "address"):
            weigh = _WEIGH.get(one.kind)
            weight: Weight = "private" if weigh is None else weigh(unit, one)
            found.append(Identifier(one.kind, one.start, one.end, weight))
    for start, end in national(text):
        if not any(a.start < end and start < a.end for a in found):
            found.append(
                Identifier("phone", start, end, _phone(unit, Detection("phone", start, end)))
            )
    found += _tens(unit, found)
    return sorted(found, key=lambda one: one.start)


def lone_mail(unit: Unit) -> Identifier:
    """Weigh a text that is nothing but a mail address, as `identifiers_in` does and much faster.

    Examples
    --------
    >>> lone_mail(Unit("foi@police.example.uk", [], Bodies())).weight
    'office'
    """
    return Identifier("email", 0, len(unit.text), unit.bodies.owner(unit.text))


def _birth(unit: Unit, birth: Birth) -> Identifier:
    if unit.people or (birth.labelled and _names_anybody(unit.text)):
        weight: Weight = "private"
    elif birth.labelled or unit.sentence_words & PERSON:
        weight = "doubtful"
    else:
        weight = "unmarked"
    return Identifier("birth-date", birth.start, birth.end, weight)


def _names_anybody(text: str) -> bool:
    """Whether a word that is nothing but a name stands in a text: beside a birth date that is "
    "enough."""
    words = [word for word in _WORD.findall(text) if word[0].isupper()]
    flags = lookup(words)
    name = (flags & int(Flag.GIVEN_SURE | Flag.SURNAME_SURE)) > 0
    return bool((name & ((flags & int(Flag.WORD | Flag.PLACE | Flag.MONTH)) == 0)).any())


def _address(unit: Unit, address: Address) -> Identifier:
    named = any(address.start - 80 <= end <= address.start for _, end in unit.people)
    if address.kind == "home":
        weight: Weight = "private"
    elif address.kind == "premises" or unit.contact or unit.office_mail:
        weight = "office"
    elif named:
        weight = "private"
    elif address.kind == "residential" and not unit.cell:
        weight = (
            "doubtful" if address.postcode or _TOWN.match(unit.text, address.end) else "unmarked"
        )
    else:
        weight = "unmarked"
    return Identifier("address", address.start, address.end, weight)


_TOWN: Final = re.compile(r"[,\n] {0,3}[A-ZÀ-Ž]| (?:in|yn|i) [A-ZÀ-Ž]")


def _email(unit: Unit, one: Detection) -> Weight:
    return unit.bodies.owner(unit.text[one.start : one.end])


def _phone(unit: Unit, one: Detection) -> Weight:
    number = unit.text[one.start : one.end]
    around = f"{unit.beside} {unit.around(one.start, one.end)}"
    if speaks_of_own(around):
        return "private"
    kind = line(number)
    if kind == "office" or unit.office_mail or speaks_of_office(around):
        return "office"
    if unit.contact or unit.contact_line(one):
        if kind != "mobile" or unit.posted:
            return "office"
        return "private" if _CALLED.search(around) and not _LABEL.search(around) else "doubtful"
    if unit.cell and number.isdigit() and number == unit.text.strip():
        return "unmarked"  # nothing but digits: a column of numbers is judged as a column
    if kind == "mobile":
        return "private"
    near = [end for _, end in unit.people if one.start - 60 <= end <= one.start]
    if near:
        called = _CALLED.search(unit.text[max(0, near[-1] - 60) : one.start])
        return "private" if called else "doubtful"
    return "unmarked"


def _nhs(unit: Unit, one: Detection) -> Weight:
    before = unit.text[max(0, one.start - 40) : one.start]
    if _REFERENCE.search(before) and not (unit.people or _HEALTH.search(unit.text)):
        return "unmarked"
    return "private"


def _bank(unit: Unit, one: Detection) -> Weight:
    if not unit.people and (_PAYING.search(unit.text) or unit.office_mail):
        return "office"
    return "private"


def _number(unit: Unit, one: Detection) -> Weight:
    label = unit.text[max(0, one.start - 12) : one.start]
    return "doubtful" if unit.people or _NUMBERED.search(label) else "unmarked"


def _vehicle(unit: Unit, one: Detection) -> Weight:
    if not _DRIVEN.search(unit.text):
        return "unmarked"
    return "private" if unit.people else "doubtful"


def _ip(unit: Unit, one: Detection) -> Weight:
    return "private" if unit.people else "unmarked"


def _postcode(unit: Unit, one: Detection) -> Weight:
    words = set(_WORD.findall(f"{unit.beside} {unit.text}".lower()))
    return "office" if words & BODIES or unit.office_mail else "unmarked"


_WEIGH: Final[dict[str, Callable[[Unit, Detection], Weight]]] = {
    "email": _email,
    "phone": _phone,
    "nhs-number": _nhs,
    "bank-account": _bank,
    "sort-code": _bank,
    "service-number": _number,
    "pay-number": _number,
    "vehicle": _vehicle,
    "ip-address": _ip,
    "postcode": _postcode,
}


def _tens(unit: Unit, found: Sequence[Identifier]) -> list[Identifier]:
    """Numbers of ten digits with the NHS number's check digit where the text speaks of a "
    "patient."""
    more = []
    for match in _TEN.finditer(unit.text):
        start, end = match.span()
        if not nhs_valid(digits_of(match[0])) or any(
            a.start < end and start < a.end for a in found
        ):
            continue
        before = f"{unit.beside} {unit.text[max(0, start - 40) : start]}"
        if _HEALTH.search(f"{unit.beside} {unit.text}") and not _REFERENCE.search(before):
            more.append(Identifier("nhs-number", start, end, "private"))
    return more
