"""Lists of people in letters: lines that begin with a name and say something."""

from __future__ import annotations

import pytest
from builders.docx import Document, paragraph

import singleout as so
from singleout.draft.named_lines import find_named

NAMES = ["Rhys Trevanion", "Orla McGarrity", "Kwame Iqbal", "Henrietta Quarmby"]
LETTER = ["Anytown Council", "Dear Ms Lee", "Thank you for your request.", "{}", "Yours faithfully"]


def lines_of(form: str) -> list[str]:
    return [form.format(i=i, name=name) for i, name in enumerate(NAMES, 1)]


FORMS = [
    "{name} \u2013 dismissed on 0{i}/05/2024",
    "{name}: dismissed",
    "{name} (suspended)",
    "{name} was dismissed for theft.",
    "\u2022 {name}, Grade {i}, \u00a33{i},000",
    "{i}. {name}, Porter: fractured wrist",
    "({i}) {name} - warned",
    "Apologies: {name} (chemotherapy)",
    "Mr {name} : cong\u00e9 de longue maladie",
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["a.txt", "a.docx"])
def test_a_letter_that_lists_people_is_refused(form: str, name: str) -> None:
    lines = LETTER[:3] + lines_of(form) + LETTER[4:]
    if name.endswith("txt"):
        data = "\n\n".join(lines).encode()
    else:
        data = Document("".join(map(paragraph, lines))).bytes()
    review = so.review(data, name=name)
    assert review.verdict == "refuse"
    assert [t.kind for t in review.draft.tables if t.kind == "people"] == ["people"]
    said = str(review) + review.to_json()
    assert not any(word in said for one in NAMES for word in one.split())


def test_surnames_with_initials_are_names() -> None:
    lines = ["Kamara, C. Demoted", "Ankrah, B. Demoted", "Dhillon, T. Demoted"]
    assert [rows[0] for _, _, rows in find_named(lines)] == [["Kamara, C", "Demoted"]]


@pytest.mark.parametrize(
    "lines",
    [
        ["Law: 2", "Medicine: 4", "Dentistry: 11"],
        ["Victoria Road: resurfaced", "Albert Street: closed", "Lawson Way: open"],
        ["We asked Rhys Trevanion.", "He did not answer.", "It was closed.", "Nothing was held."],
        ["Rhys Trevanion", "Head of Governance", "Anytown Council"],
        ["Rhys Trevanion: left", "Orla McGarrity: left"],
    ],
)
def test_what_lists_nobody_is_no_list(lines: list[str]) -> None:
    assert list(find_named(lines)) == []


def test_a_letter_as_text_needs_no_table() -> None:
    text = "\n\n".join(
        ["Anytown Council", "Dear Ms Lee", "We do not hold it, sadly.", "Yours truly"]
    )
    review = so.review(text.encode(), name="a.txt")
    assert (review.verdict, review.draft.format) == ("release", "text")


def test_a_signature_with_a_comma_is_no_row() -> None:
    lines = ["Dear Ms Lee", "We hold no record of swans.", "Harriet Postgate, Senior Officer"]
    review = so.review("\n\n".join([*lines, "Information Unit"]).encode(), name="a.txt")
    assert review.verdict == "release"
