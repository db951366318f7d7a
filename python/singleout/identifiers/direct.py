"""Direct identifiers in a text, and what makes each a private person's or an office's."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, Literal, NamedTuple

from singleout.detect import Detection, scan
from singleout.detect_checks import digits_of, nhs_valid
from singleout.identifiers.addresses import Address, addresses_in
from singleout.identifiers.births import Birth, births_in
from singleout.identifiers.phones import line, national, speaks_of_office, speaks_of_own
from singleout.identifiers.text_words import BODIES, PERSON, REFERENCES
from singleout.identifiers.units import Unit

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


_TEN: Final = re.compile(r"(?<![\w.+/-])\d{10}(?![\w/-])")
_NUMBERED: Final = re.compile(r"(?i)\b(?:no|number|num|nr|id|#)\b\.?|[:#]")
_CALLED: Final = re.compile(
    r"(?i)\b(?:ring|call|phone|contact|reach|text|speak to|contactez|appelez|anrufen|llame"
    r"|zadzwo\w*|ffoniwch)\b"
)
_LABEL: Final = re.compile(r"[^\W\d_] ?[:\uff1a]")
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
    >>> from singleout.identifiers.mailboxes import Bodies
    >>> text = "Ann Lee, born 4 July 1980, foi@police.example.uk"
    >>> unit = Unit(text, [(0, 7)], Bodies())
    >>> [(one.kind, one.weight) for one in identifiers_in(unit)]
    [('birth-date', 'private'), ('email', 'office')]
    """
    text = unit.text
    held = bytearray(len(text))
    found: list[Identifier] = []

    def hold(one: Identifier) -> None:
        if held.find(1, one.start, one.end) < 0:
            held[one.start : one.end] = b"\x01" * (one.end - one.start)
            found.append(one)

    for birth in births_in(text):
        hold(_birth(unit, birth))
    for one in scan(text):
        weigh = _WEIGH.get(one.kind)
        weight: Weight = "private" if weigh is None else weigh(unit, one)
        hold(Identifier(one.kind, one.start, one.end, weight))
    for start, end in national(text):
        hold(Identifier("phone", start, end, _phone(unit, Detection("phone", start, end))))
    for start, end in _tens(unit):
        hold(Identifier("nhs-number", start, end, "private"))
    found += [_address(unit, address) for address in addresses_in(text)]
    return sorted(found, key=lambda one: one.start)


def lone_mail(unit: Unit) -> Identifier:
    """Weigh a text that is nothing but a mail address, as `identifiers_in` does and much faster.

    Examples
    --------
    >>> from singleout.identifiers.mailboxes import Bodies
    >>> lone_mail(Unit("foi@police.example.uk", [], Bodies())).weight
    'office'
    """
    return Identifier("email", 0, len(unit.text), unit.bodies.owner(unit.text))


def _birth(unit: Unit, birth: Birth) -> Identifier:
    if unit.people or (birth.labelled and unit.names_anybody):
        weight: Weight = "private"
    elif birth.labelled or unit.words & PERSON:
        weight = "doubtful"
    else:
        weight = "unmarked"
    return Identifier("birth-date", birth.start, birth.end, weight)


def _address(unit: Unit, address: Address) -> Identifier:
    named = unit.named_before(address.start, 80) >= 0
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
    if unit.contact or unit.contact_line(one.start, one.end):
        if kind != "mobile" or unit.posted:
            return "office"
        return "private" if _CALLED.search(around) and not _LABEL.search(around) else "doubtful"
    if unit.cell and number.isdigit() and number == unit.text.strip():
        return "unmarked"  # nothing but digits: a column of numbers is judged as a column
    if kind == "mobile":
        return "private"
    near = unit.named_before(one.start, 60)
    if near >= 0:
        called = _CALLED.search(unit.text[max(0, near - 60) : one.start])
        return "private" if called else "doubtful"
    return "unmarked"


def _nhs(unit: Unit, one: Detection) -> Weight:
    before = unit.text[max(0, one.start - 40) : one.start]
    if _REFERENCE.search(before) and not (unit.people or unit.of_health):
        return "unmarked"
    return "private"


def _bank(unit: Unit, one: Detection) -> Weight:
    if not unit.people and (unit.of_paying or unit.office_mail):
        return "office"
    return "private"


def _number(unit: Unit, one: Detection) -> Weight:
    label = unit.text[max(0, one.start - 12) : one.start]
    return "doubtful" if unit.people or _NUMBERED.search(label) else "unmarked"


def _vehicle(unit: Unit, one: Detection) -> Weight:
    if not unit.of_driving:
        return "unmarked"
    return "private" if unit.people else "doubtful"


def _ip(unit: Unit, one: Detection) -> Weight:
    return "private" if unit.people else "unmarked"


def _postcode(unit: Unit, one: Detection) -> Weight:
    return "office" if unit.words & BODIES or unit.office_mail else "unmarked"


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


def _tens(unit: Unit) -> list[tuple[int, int]]:
    """Numbers of ten digits with the NHS number's check digit where the text speaks of a "
    "patient."""
    more = []
    for match in _TEN.finditer(unit.text):
        start, end = match.span()
        if not nhs_valid(digits_of(match[0])):
            continue
        before = f"{unit.beside} {unit.text[max(0, start - 40) : start]}"
        if unit.of_health and not _REFERENCE.search(before):
            more.append((start, end))
    return more
