"""Marks for counts that are kept back: what they say, in a cell, a column and a legend."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from singleout.draft.keptback import is_kept_back, marks_among
from singleout.identifiers.kept_back_marks import legend_bounds, may_be_marks, read_mark
from singleout.identifiers.stated_bounds import bounds_within

BOUNDED = [
    ("<5", None, 4),
    ("< 5", None, 4),
    ("\uff1c5", None, 4),
    ("(<5)", None, 4),
    ("<5*", None, 4),
    ("<5 [note 2]", None, 4),
    ("≤4", None, 4),
    ("<=4", None, 4),
    ("1-4", 1, 4),
    ("1\u20134", 1, 4),
    ("0-4", 0, 4),
    ("1 to 4", 1, 4),
    ("between 1 and 4", 1, 4),
    ("one to four", 1, 4),
    ("fewer than 10", None, 9),
    ("Fewer than 5 people", None, 4),
    ("under 5", None, 4),
    ("less than five", None, 4),
    ("4 or fewer", None, 4),
    ("up to 4", None, 4),
    ("llai na 5", None, 4),
    ("níos lú ná cúig", None, 4),
    ("nas lugha na 5", None, 4),
    ("moins de 5", None, 4),
    ("weniger als 5", None, 4),
    ("menos de 5", None, 4),
    ("mniej niż 5", None, 4),
    ("أقل من 5", None, 4),
    ("少于5", None, 4),
    ("4以下", None, 4),
    ("entre 1 et 4", 1, 4),
    ("zwischen 1 und 4", 1, 4),
    (">100", 101, None),
]
UNBOUNDED = ["*", "**", " * ", "c", "x", "[c]", "[C]", "#", "suppressed", "Redacted", "geheim"]
OPEN = ["-", "\u2013", "..", "\u2026", ":", "n/a", "[z]", "[x]", "not available"]
NO_MARKS = [
    "12",
    "none",
    "2*",
    "",
    "Under 5s",
    "under 5 years",
    "Sergeant",
    "4-1",
    "3 (1.7%)",
    "1/2",
]


@pytest.mark.parametrize(("text", "low", "high"), BOUNDED)
def test_a_mark_that_states_bounds(text: str, low: int | None, high: int | None) -> None:
    mark = read_mark(text)
    assert mark is not None
    assert (tuple(mark.bounds), mark.kept_back) == ((low, high), True)


@pytest.mark.parametrize("text", [*UNBOUNDED, *OPEN])
def test_a_mark_that_states_none(text: str) -> None:
    mark = read_mark(text)
    assert mark is not None
    assert tuple(mark.bounds) == (None, None)
    assert mark.kept_back is (text in UNBOUNDED)


@pytest.mark.parametrize("text", NO_MARKS)
def test_what_is_no_mark(text: str) -> None:
    assert read_mark(text) is None
    assert not is_kept_back(text)


def test_a_column_is_looked_at_in_no_other_way() -> None:
    texts = [text for text, _, _ in BOUNDED] + UNBOUNDED + OPEN + NO_MARKS
    found = may_be_marks(pa.array(texts))
    assert all(may for text, may in zip(texts, found, strict=True) if read_mark(text))


@settings(deadline=None)
@given(st.text(max_size=30))
def test_any_text(text: str) -> None:
    if read_mark(text) is not None:
        assert may_be_marks(pa.array([text]))[0]


def test_bands_are_no_marks() -> None:
    assert not marks_among(pa.array(["0", "1-4", "5-9", "10-14"])).any()
    assert marks_among(pa.array(["0", "12", "1-4"])).tolist() == [False, False, True]


@pytest.mark.parametrize(
    ("note", "key", "high"),
    [
        ("* = fewer than 5", "*", 4),
        ("An asterisk indicates a value of less than five.", "*", 4),
        ("[c] indicates counts of less than 10", "[c]", 9),
        ("Note 3: * denotes a value between 1 and 4.", "*", 4),
        ("c: confidential, less than five", "c", 4),
        ("'x' means fewer than 10 patients", "x", 9),
        ("Blank cells are fewer than five", "", 4),
        ("Figures under 5 are shown as *. Data for 2019 to 2020.", "*", 4),
        ("Mae * yn golygu llai na 5", "*", 4),
        ("Sternchen: weniger als 5", "*", 4),
        ("* : moins de 5", "*", 4),
    ],
)
def test_legends(note: str, key: str, high: int) -> None:
    assert legend_bounds(["Officers by rank", note], [key])[key].high == high


@pytest.mark.parametrize(
    "note",
    [
        "* fewer than 5, or kept back so that another cell cannot be worked out",
        "Figures are rounded. Fewer than 5 took part.",
        "* not shown; fewer than 5 districts answered",
        "c'est moins de 5",
        "** fewer than 5",
    ],
)
def test_what_is_no_legend_of_a_mark(note: str) -> None:
    assert legend_bounds([note], ["*", "c"]) == {}


def test_years_are_no_bounds() -> None:
    assert bounds_within("from 2019 to 2021") == []
