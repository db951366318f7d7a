"""What speaks for and against a text's naming a person."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from singleout.identifiers.person_names import Against, Witness, read_names

KEPT_OUT = {
    section: {name: texts.strip().splitlines() for name, texts in lists.items()}
    for section, lists in tomllib.loads(
        Path(__file__).with_name("names_kept_out.toml").read_text("utf-8")
    ).items()
}
PEOPLE = [
    ("Rhys Trevanion", Witness.GIVEN),
    ("Trevanion, Rhys", Witness.COMMA),
    ("trevanion r", Witness.INITIALS),
    ("J. R. Ash", Witness.INITIALS),
    ("Ash J", Witness.INITIALS),
    ("PC 2203 Haldane", Witness.RANK),
    ("DI K Novak", Witness.RANK),
    ("Haldane (PC)", Witness.RANK),
    ("PC 2203", Witness.RANK_NUMBER),
    ("PC2203", Witness.RANK_NUMBER),
    ("T/Sgt Hardcastle", Witness.RANK),
    ("Ambulance Technician Purcell", Witness.RANK),
    ("PC Cook", Witness.RANK),
    ("Sergeant White", Witness.RANK),
    ("PCSO 7731 Quick", Witness.RANK),
    ("Mr Bishop", Witness.TITLE),
    ("Mr & Mrs Purcell", Witness.TITLE),
    ("N. Begum", Witness.INITIALS),
    ("Purcell RJ", Witness.INITIALS),
    ("David Lane", Witness.GIVEN),
    ("Mark Stone", Witness.GIVEN),
    ("Mr Okonkwo", Witness.TITLE),
    ("Cllr Siân ap Gwilym", Witness.PARTICLE),
    ("Jan van der Berg", Witness.PARTICLE),
    ("D'Souza, Maria", Witness.PARTICLE),
    ("王伟", Witness.SCRIPT),
    ("김민준", Witness.SCRIPT),
    ("佐藤 健", Witness.SCRIPT),
    ("محمد الأحمد", Witness.GIVEN),
    ("Дмитрий Кравцов", Witness.GIVEN),
    ("Tariq", Witness.GIVEN_ONLY),
    ("Brannigan", Witness.SURNAME_ONLY),
    ("Quelvane Ostrelli", Witness.SHAPE),
    ("QUELVANE OSTRELLI", Witness.SHAPE),
    ("rhys.trevanion", Witness.LOGIN),
    ("r.trevanion@police.uk", Witness.LOGIN),
]
OTHERS = [
    ("Lawson Road", Against.STREET),
    ("Rue de la Paix", Against.STREET),
    ("St James", Against.STREET),
    ("Grace Thornley House", Against.PREMISES),
    ("Robert Lowther School", Against.PREMISES),
    ("Thomas & Daughters Locksmiths", Against.ORGANISATION),
    ("Harrison Reeve Catering", Against.NAMED_AFTER),
    ("Northmoor Police", Against.ORGANISATION),
    ("Victoria Ward", Against.PLACE),
    ("Milton Keynes", Against.PLACE),
    ("北京", Against.PLACE),
    ("Hate Crime", Against.WORDS),
    ("German Shepherd", Against.WORDS),
    ("King's Head", Against.WORDS),
    ("Volvo XC60", Against.PRODUCT),
    ("West Mercia", Against.PLACE),
    ("Barrow, Cumbria", Against.PLACE),
    ("Dean Park", Against.PREMISES),
    ("Constable Grade", Against.WORDS),
    ("June Returns", Against.MONTH),
    ("Chief Constable", Against.JOB),
    ("He was told to see the desk sergeant", Against.SENTENCE),
]


@pytest.mark.parametrize(("text", "witness"), PEOPLE)
def test_a_person_has_a_witness(text: str, witness: Witness) -> None:
    found = read_names([text])
    assert witness in Witness(int(found.witness[0]))
    assert found.score[0] >= 0.18


@pytest.mark.parametrize(("text", "against"), OTHERS)
def test_a_thing_has_a_counter_witness(text: str, against: Against) -> None:
    found = read_names([text])
    assert against in Against(int(found.against[0]))
    assert found.score[0] < 0.25


def test_a_text_is_read_by_itself() -> None:
    texts = [text for text, _ in PEOPLE] + ["", "  ", "\n", ","] + [text for text, _ in OTHERS]
    together = read_names(texts)
    for i, text in enumerate(texts):
        alone = read_names([text])
        assert alone.witness[0] == together.witness[i], text
        assert alone.against[0] == together.against[i], text
        assert alone.score[0] == together.score[i], text


def test_no_text_is_read() -> None:
    assert read_names([]).score.tolist() == []
    assert read_names([""]).witness.tolist() == [0]


# Shares in per cent that were reached on texts kept out of the making of the rules: of people with
# any witness, and of things that a column of them alone would take for people.
@pytest.mark.parametrize(
    ("form", "least"),
    [
        ("forename surname", 95),
        ("initials surname", 95),
        ("surname initials", 95),
        ("surname, forename", 95),
        ("title", 90),
        ("rank", 95),
        ("particles", 95),
        ("other scripts", 90),
        ("small letters", 95),
        ("capitals", 95),
        ("no list helps", 95),
    ],
)
def test_people_kept_out_are_found(form: str, least: int) -> None:
    found = read_names(KEPT_OUT["people"][form])
    assert 100 * (found.witness != 0).mean() >= least


@pytest.mark.parametrize("kind", sorted(KEPT_OUT["others"]))
def test_things_kept_out_are_not_taken_for_people(kind: str) -> None:
    found = read_names(KEPT_OUT["others"][kind])
    assert 100 * (found.score >= 0.2).mean() <= 20
    assert 100 * (found.score >= 0.5).mean() <= 15
