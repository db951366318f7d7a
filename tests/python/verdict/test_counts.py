"""Tables of counts: each preset at its boundaries, what is counted, what can be worked out."""

from __future__ import annotations

import pytest
from verdict_shapes import codes, policy, reviewed


def table(*counts: object, head: str = "patients") -> list[list[object]]:
    """A column of counts beside labels, with a large last row."""
    return [["area", head], *([f"area {i}", n] for i, n in enumerate(counts)), ["rest", 900]]


@pytest.mark.parametrize(
    ("preset", "count", "verdict"),
    [
        ("foi-strict", 0, "release"),
        ("foi-strict", 1, "review"),
        ("foi-strict", 4, "review"),
        ("foi-strict", 5, "release"),
        ("cms-11", 0, "release"),
        ("cms-11", 1, "refuse"),
        ("cms-11", 10, "refuse"),
        ("cms-11", 11, "release"),
        ("nhs-digital", 0, "release"),
        ("nhs-digital", "*", "release"),
        ("nhs-digital", 1, "refuse"),
        ("nhs-digital", 5, "refuse"),
        ("nhs-digital", 9, "refuse"),
        ("nhs-digital", 10, "release"),
        ("nhs-digital", 12, "refuse"),
        ("nhs-digital", 15, "release"),
        ("acro-10", 0, "refuse"),
        ("acro-10", 9, "refuse"),
        ("acro-10", 10, "release"),
    ],
)
def test_boundaries(preset: str, count: object, verdict: str) -> None:
    review = reviewed(table(120, count, 45), preset)
    assert review.verdict == verdict, str(review)
    if verdict != "release":
        assert "row 3" in review.reasons[0].example


def test_national_counts_are_exempt_when_declared() -> None:
    rows = table(3, 17)
    assert reviewed(rows, "nhs-digital").verdict == "refuse"
    declared = reviewed(rows, policy("nhs-digital", counts={"level": "national"}))
    assert declared.verdict == "release"
    assert any("national" in text for text in declared.not_checked)


def test_counts_of_things_are_ignored_and_doubt_goes_to_a_person() -> None:
    assert reviewed(table(3, head="vehicles"), "foi-strict").verdict == "release"
    unknown = reviewed(table(3, head="n"), "foi-strict")
    assert unknown.verdict == "review"
    assert "do not tell which" in unknown.reasons[0].what
    assert reviewed(table(3, head="n"), "nhs-digital").verdict == "review"
    assert reviewed(table(3, head="n"), "cms-11").verdict == "refuse"
    assert reviewed(table(3, head="n"), policy(counts={"of": "things"})).verdict == "release"


def test_years_shares_and_row_labels_are_no_counts() -> None:
    rows = [
        ["year", "patients", "percent of patients"],
        [2019, 120, 3],
        [2020, 130, 4],
        [2021, 99, 2],
    ]
    review = reviewed(rows, "cms-11")
    assert review.verdict == "release", str(review)
    assert any("percentages" in text for text in review.not_checked)


@pytest.mark.parametrize(
    ("head", "values"),
    [
        ("patients", [3, 120, 45.5, 90]),
        ("staff by pay band 3", [3, 120, 45, 90]),
        ("number of patients (rate in brackets)", [3, 120, 45, 90]),
    ],
)
def test_small_counts_are_seen_beside_what_is_no_count(head: str, values: list[object]) -> None:
    rows = [["area", head], *([f"area {i}", v] for i, v in enumerate(values))]
    assert "small-count" in codes(reviewed(rows, "cms-11"))


def test_first_column_of_counts_is_no_row_label() -> None:
    rows = [["men", "women"], [3, 120], [40, 45], [90, 60]]
    assert "small-count" in codes(reviewed(rows, policy("cms-11", counts={"of": "people"})))
    ages = [["age", "patients"], [3, 120], [4, 45], [5, 60]]
    assert reviewed(ages, "cms-11").verdict == "release"


def test_numbers_among_texts_are_said() -> None:
    rows = [["area", "patients", "remark"], *([f"a {i}", 50 + i, "none"] for i in range(9))]
    rows.append(["b", 70, 3])
    review = reviewed(rows, "cms-11")
    assert any("'remark'" in text for text in review.not_checked)


def test_sums_need_contributors() -> None:
    rows = [["region", "patients", "total pay"], ["north", 120, 90210.5], ["south", 130, 80310.25]]
    review = reviewed(rows, "acro-10")
    assert (review.verdict, codes(review)) == ("review", ["not-checkable"])
    assert "90%" in review.reasons[0].detail
    assert reviewed(rows, "cms-11").verdict == "release"


def test_count_kept_back_that_the_total_gives_away() -> None:
    rows = [["area", "patients"], ["a", 120], ["b", "*"], ["c", 30], ["Total", 157]]
    review = reviewed(rows, "cms-11")
    assert (review.verdict, codes(review)) == ("refuse", ["derivable-count"])
    assert "row 3" in review.reasons[0].example
    assert reviewed(rows, "foi-strict").verdict == "release"  # 7 is not small there
    rows[2][1], rows[3][1] = "*", "*"
    assert reviewed(rows, "cms-11").verdict == "release"


def test_remainder_of_a_total_is_derivable() -> None:
    rows = [["area", "patients"], ["a", 120], ["b", 30], ["Total", 157]]
    review = reviewed(rows, "cms-11")
    assert codes(review) == ["derivable-count"]
    assert "leaves over" in review.reasons[0].example


def test_complement_of_a_part_is_derivable() -> None:
    rows = [["area", "total patients", "women"], ["a", 120, 113], ["b", 300, 150]]
    review = reviewed(rows, "cms-11")
    assert codes(review) == ["derivable-count"]
    assert "row 2" in review.reasons[0].example


def test_two_ways_of_totals_give_a_cell_away() -> None:
    # Each row and column with a kept-back cell has two of them, but the four add up to one answer
    # only where a total is zero.
    rows = [
        ["area", "men", "women", "total"],
        ["a", "*", "*", 12],
        ["b", "*", "*", 0],
        ["c", 50, 60, 110],
        ["Total", 57, 65, 122],
    ]
    review = reviewed(rows, "cms-11")
    assert "derivable-count" in codes(review)
    open_rows = [
        ["area", "men", "women", "total"],
        ["a", "*", "*", 30],
        ["b", "*", "*", 40],
        ["Total", 35, 35, 70],
    ]
    assert reviewed(open_rows, "cms-11").verdict == "release"
