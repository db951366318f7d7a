"""Counts that percentages give away beside their base."""

from __future__ import annotations

import pytest

import singleout as so


def verdict(*rows: str) -> tuple[str, list[str]]:
    review = so.review("\n".join(rows).encode(), name="a.csv")
    return review.verdict, [reason.code for reason in review.reasons]


def test_a_percentage_of_few_people_is_a_small_count() -> None:
    rows = ["Team,Employees,Disabled (%)", "Parks,50,2", "Print,25,36", "Post,150,30"]
    assert verdict(*rows) == ("review", ["small-count"])
    said = str(so.review("\n".join(rows).encode(), name="a.csv"))
    assert "a percentage and the count beside it give them" in said


@pytest.mark.parametrize(
    "rows",
    [
        ["Team,Employees,Disabled (%)", "Parks,5000,2", "Print,2500,36", "Post,1500,30"],
        ["Team,Employees,Change (%)", "Parks,50,2", "Print,25,36", "Post,150,30"],
        ["Team,Employees,%", "Parks,50,22", "Print,75,33", "Post,101,45"],
        ["Team,Lorries,Electric (%)", "Parks,50,2", "Print,25,36", "Post,150,30"],
    ],
    ids=["many", "change", "share of the column", "things"],
)
def test_other_percentages_are_none(rows: list[str]) -> None:
    assert verdict(*rows) == ("release", [])


def test_words_for_none_count_beside_words_for_numbers() -> None:
    rows = ["School,Teachers suspended", "Larkrise,one", "Bellweather,three", "Saltby,none"]
    assert verdict(*rows) == ("review", ["small-count"])


def test_percentages_with_their_sign_and_counts_behind_shares_count() -> None:
    rows = ["School,Teachers,% with a grievance", "Orrin,50,2%", "Saltings,40,5%", "Tarrow,20,5%"]
    assert verdict(*rows) == ("review", ["small-count"])
    rows = ["Faculty,Students who left", "Law,1.1% (2)", "Music,4.0% (31)", "Nursing,0.9% (12)"]
    assert verdict(*rows) == ("review", ["small-count"])


def test_a_remark_among_labels_is_searched() -> None:
    said = "Hit by van, driver Shona Petrie was drunk"
    rows = ["Job,Cost (£),Remarks", "Roof,14100,Done", "Gates,3900,Done", f'Boiler,8800,"{said}"']
    assert verdict(*rows) == ("review", ["people-in-text"])
