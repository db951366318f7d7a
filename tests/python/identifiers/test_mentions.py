"""People named inside running text, and what is no person there."""

from __future__ import annotations

import time

import pytest

from singleout.identifiers.evidence import Witness
from singleout.identifiers.mentions import people_in, people_in_each

NAMED = [
    ("Dismissed were Sergeant Callum Haldane (Barrow) and DC Tariq Siddiqi.", 2),
    ("Your neighbour Yasmin Penhallow complained to us in May.", 1),
    ("Interviewed J. R. Ash and K. Novak on Tuesday.", 2),
    ("PC 2203 attended with DI K Novak.", 2),
    ("A/Sgt Purcell was late; T/Ch Insp Farquhar was not.", 2),
    ("Messrs Trevanion and Haldane", 2),
    ("PC Cook and Sgt Porter arrested Mr Bishop.", 3),
    ("Mrs Begum said that PC White and Mr Hall left.", 3),
    ("Trevanion, Rhys was dismissed", 1),
    ("SGT TREVANION SUSPENDED AFTER COMPLAINT", 1),
    ("rhys trevanion suspended", 1),
    ("Jan van der Berg and Noor binti Hashim left.", 2),
    ("Mr & Mrs Okonkwo told nurse Adaeze Eze.", 2),
    ("Le sergent Dupont a été suspendu.", 1),
    ("Frau Müller und Herr Schmidt wurden entlassen.", 2),
    ("Pan Kowalski złożył skargę.", 1),
    ("Cafodd y Rhingyll Trefor Prydderch ei ddiswyddo.", 1),
    ("Bhí an Garda Seán Ó Súilleabháin i láthair.", 1),
    ("El señor Ruiz fue despedido.", 1),
    ("王伟被停职。", 1),
    ("被投诉人是李娜\uff0c她在北京工作。", 1),
    ("تم إيقاف الرقيب محمد الأحمد عن العمل", 1),
    ("김민준은 해고되었다.", 1),
    ("Иван Петрович Кузнецов был уволен.", 1),
]
NOBODY = [
    "Northmoor Police, Skiddaw House, Penrith CA97 2BB.",
    "Information Rights Unit 01632 960101",
    "Freedom of Information request FOI 2025/0417",
    "Thank you for your request of 6 January 2025.",
    "Section 40(2) applies to the names of officers below the rank of superintendent.",
    "The Chief Constable of Northmoor wrote to the Home Secretary.",
    "Victoria Road Station is closed. Grace Thornley House opened in May.",
    "Thomas & Daughters Locksmiths and Harrison Reeve Catering were paid.",
    "Robert Lowther School and King's Head are in Albert Street.",
    "Milton Keynes, St Albans and Bishop Auckland had none.",
    "Please see Annex A and Table B. Grade C staff.",
    "Mark the form and will the change. May June and August apply.",
    "Detective Constable numbers fell. Police Sergeant posts rose.",
    "Constable: 418 officers, Sergeant 127",
    "Lord Street, King Street and Lady Lane",
    "General Hospital, Major Crime Unit and Private Hire",
    "DC Power supply and PC Support",
    "HMS Victoria and St Mary Church; Mount Stewart.",
    "Ford Focus, Vauxhall Corsa and Land Rover Discovery.",
    "Clare's Law and Sarah's Law disclosures.",
    "Isle of Man, San Francisco, Los Angeles, Jordan Valley.",
    "Die Polizei in Frankfurt am Main hat keine Angaben.",
    "北京市公安局没有这些信息。",
    "شرطة دبي في الإمارات العربية المتحدة",
    "",
]


@pytest.mark.parametrize(("text", "number"), NAMED)
def test_people_are_found(text: str, number: int) -> None:
    assert len(people_in(text)) == number


@pytest.mark.parametrize("text", NOBODY)
def test_nobody_is_found(text: str) -> None:
    assert people_in(text) == []


def test_a_span_is_the_name_with_its_title() -> None:
    text = "On Monday Det. Sgt. Bethan Culverhouse (Kendal) resigned."
    (span,) = people_in(text)
    assert text[span.start : span.end] == "Det. Sgt. Bethan Culverhouse"
    assert Witness.RANK in span.witness
    assert Witness.GIVEN in span.witness


def test_many_texts_are_read_as_each() -> None:
    texts = [text for text, _ in NAMED] + NOBODY
    assert people_in_each(texts) == [people_in(text) for text in texts]


@pytest.mark.parametrize(
    "piece",
    ["J ", "van ", "J. ", "Sgt ", "de la ", "Ann ", "A, ", "王", "بن ", "x" * 9, "McA", "''"],
)
def test_time_grows_with_the_length_alone(piece: str) -> None:
    def took(times: int) -> float:
        text = piece * times
        start = time.process_time()
        people_in(text)
        return time.process_time() - start

    took(100)
    short, long = min(took(400) for _ in range(3)), took(8000)
    assert long < 60 * max(short, 0.01)
