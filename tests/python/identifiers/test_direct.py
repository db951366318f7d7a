"""Dates of birth, mailboxes, telephones, addresses and the parts of letters, each by itself."""

# ruff: noqa: RUF001
from __future__ import annotations

import time

import pytest

from singleout.identifiers.addresses import addresses_in
from singleout.identifiers.births import births_in
from singleout.identifiers.direct import identifiers_in
from singleout.identifiers.letters import zones
from singleout.identifiers.local_parts import is_role, names_somebody
from singleout.identifiers.mailboxes import Bodies, registered
from singleout.identifiers.phones import line, national
from singleout.identifiers.units import Unit

BIRTHS = {
    "born 22/11/1972": "22/11/1972",
    "b. 1.2.1970": "1.2.1970",
    "D.O.B.: 3.2.70": "3.2.70",
    "DOB19720304": "19720304",
    "date of birth (4 July 1980)": "4 July 1980",
    "born on the 4th of July 1980": "4th of July 1980",
    "Born: July 4, 1980": "July 4, 1980",
    '"dob": "1972-11-22"': "1972-11-22",
    "née le 1er mars 1970": "1er mars 1970",
    "geboren am 3. Februar 1970": "3. Februar 1970",
    "ganwyd hi ar 4 Gorffennaf 1980": None,
    "ganwyd ar 4 Gorffennaf 1980": "4 Gorffennaf 1980",
    "dyddiad geni: 4/7/80": "4/7/80",
    "rugadh Gráinne Ní Cheallaigh ar 3 Márta 1970": "3 Márta 1970",
    "nacida el 4 de julio de 1980": "4 de julio de 1980",
    "ur. 4 VII 1980": "4 VII 1980",
    "出生日期：1980年7月4日": "1980年7月4日",
    "1980年7月4日出生": "1980年7月4日",
    "تاريخ الميلاد: ٤/٧/١٩٨٠": "٤/٧/١٩٨٠",
    "The contract began on 4 July 2020": None,
    "a stillbirth on 4 July 2020": None,
    "in the bureau 3.4.2020": None,
    "born 45/13/1972": None,
}


@pytest.mark.parametrize("text", BIRTHS)
def test_births(text: str) -> None:
    assert [text[one.start : one.end] for one in births_in(text)] == (
        [] if BIRTHS[text] is None else [BIRTHS[text]]
    )


OFFICES = """
enquiries press.office pressoffice crimeandpolicestats PublicOrderStatistics CCRBdata
dataprotectionofficer housingbenefit carlisle.enquiries team1 foi2024 info.bso school.stats
natural.capital.team office.manager chiefexecutive hpstats registrars.appleby ymholiadau
pressestelle accueil biuro
"""
SOMEBODY = """
j.smith jsmith smith okonkwo rhys.trevanion orla.mcgarrity77 i.weatherley.private a.khan
hannah.statistics yasmin yasminp wjones vandenberg lovegrove 51207
"""


@pytest.mark.parametrize("local", OFFICES.split())
def test_mailboxes_of_offices(local: str) -> None:
    assert is_role(local)
    assert not names_somebody(local)


@pytest.mark.parametrize("local", SOMEBODY.split())
def test_mailboxes_of_people(local: str) -> None:
    assert not is_role(local)
    assert names_somebody(local)


def test_owners() -> None:
    bodies = Bodies.shown_by(["See https://www.dales.example/open or ask foi@dales.example"])
    owners = {
        "foi@dales.example": "office",
        "o.tate@dales.example": "staff",
        "o.tate@mail.dales.example": "private",
        "o.tate@leeds.gov.uk": "staff",
        "o.tate@elsewhere.example": "private",
        "o.tate@gmail.com": "private",
        "hexhamparishcouncil@gmail.com": "office",
        "acme@acme.example": "office",
    }
    assert {address: bodies.owner(address) for address in owners} == owners
    assert registered("a.b.police.uk") == "b.police.uk"


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("07700 900617", "mobile"),
        ("+44 (0)7700 900617", "mobile"),
        ("070 1234 5678", "other"),
        ("076 1234 5678", "other"),
        ("06 12 34 56 78", "mobile"),
        ("0171 1234567", "other"),
        ("+49 171 1234567", "mobile"),
        ("+353 86 123 4567", "mobile"),
        ("0300 123 1234", "office"),
        ("0800 496 0000", "office"),
        ("01632 960101", "other"),
    ],
)
def test_lines(number: str, kind: str) -> None:
    assert line(number) == kind


def test_national_forms() -> None:
    text = "móvil 612 345 678, Tel:07700900617, ref 612 345 678"
    assert [text[a:b] for a, b in national(text)] == ["612 345 678", "07700900617"]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("lives at 31 Brampton Close, Keswick", ["home"]),
        ("the noise at 14 Larch Close, Penrith", ["residential"]),
        ("Flat 3, 22 Mill Lane", ["residential"]),
        ("outside 10 Market Street", ["street"]),
        ("Northmoor Council, 10 Larch Close", ["premises"]),
        ("Unit 4, 12 Mill Lane", ["premises"]),
        ("wohnhaft Lindenweg 5", ["home"]),
        ("Phase 2 Recruitment Drive", []),
        ("2019 Labour Market Street", []),
    ],
)
def test_addresses(text: str, kinds: list[str]) -> None:
    assert [one.kind for one in addresses_in(text)] == kinds


def test_letters_have_an_order() -> None:
    lines = [
        "A Quill",
        "Dear Mr Quill,",
        "Nothing is held.",
        "Je vous prie d'agréer, Monsieur, mes salutations distinguées.",
        "Luc Fournier",
        "Chef du service",
        "This sentence after the names says something of its own again.",
    ]
    want = ["body", "salutation", "body", "closing", "signature", "signature", "body"]
    assert zones(lines) == want


def test_time_grows_with_the_text() -> None:
    """Strangers' text: no pattern may take time that grows with the square of its length."""
    pieces = ("b. ", "12 A", "0 ", "a.", "@a", "Flat 1 ", "(0", "1-", "née X", "AA00 ", "ref: ")
    for piece in pieces:
        taken = []
        for size in (4_000, 16_000):
            text = piece * (size // len(piece))
            start = time.process_time()
            identifiers_in(Unit(text, [], Bodies()))
            taken.append(time.process_time() - start)
        assert taken[1] < 10 * max(taken[0], 0.05), piece
