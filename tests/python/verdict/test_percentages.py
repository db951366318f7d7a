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
