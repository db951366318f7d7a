"""Counts as they are written in tables: one text, and a column."""

from __future__ import annotations

import math
import time

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from singleout.identifiers.written_counts import read_count, read_counts

COUNTS = [
    ("0", 0),
    ("17", 17),
    ("-3", -3),
    ("\u22123", -3),
    ("5.0", 5),
    ("1E5", 100_000),
    (" 12 ", 12),
    ("1,204", 1204),
    ("1 204", 1204),
    ("1\u202f204", 1204),
    ("1\u00a0204", 1204),
    ("1'204", 1204),
    ("1.204", 1204),
    ("1.204.567", 1_204_567),
    ("1,20,400", 120_400),
    ("1,204.5", 1204.5),
    ("1.204,5", 1204.5),
    ("1,5", 1.5),
    ("\uff11\uff12", 12),
    ("\u0663", 3),
    ("3 (1.7%)", 3),
    ("3 (1,7 %)", 3),
    ("1,204 (3.5%)", 1204),
    ("3 [note 1]", 3),
    ("3 [c] [note 2]", 3),
    ("4 (p)", 4),
    ("4 r", 4),
    ("2*", 2),
    ("2 **", 2),
    ("4~", 4),
    ("3^", 3),
    ("6\u2020", 6),
    ("3\u00b9", 3),
    ("12\u00b2", 12),
    ("3\u1d56", 3),
    ("3 *(p)", 3),
    ("three", 3),
    ("zero", 0),
    ("dix-sept", 17),
    ("tri", 3),
    ("dwa", 2),
    ("三", 3),
    ("2 officers", 2),
    ("2 Officers", 2),
    ("Three officers", 3),
    ("4 female sergeants", 4),
    ("3 Frauen", 3),
    ("3人", 3),
    ("两名", 2),
]
NO_COUNTS = """*
<5
..
-
10-14
10 \u2013 14
10 to 14
1/2
01/02/2023
2023-01-02
12:30
12.30 pm
45%
20,5%
£3
$1,204
007
020 7946 0000
07700 900123
123 456 7890
12 Abbots Way
3 Chapel Street
2 days
3 per cent
5 km
12 Monate
3年
1st
(3)
#3
No. 3
B7
5a
100+
8 or more
3 and 4
2019/20
1,2,3
1.2.3
nan
inf
1e999
many
none
null
officers""".splitlines()


@pytest.mark.parametrize(("text", "number"), COUNTS)
def test_counts(text: str, number: float) -> None:
    assert read_count(text) == number


@pytest.mark.parametrize("text", NO_COUNTS)
def test_what_is_no_count(text: str) -> None:
    assert read_count(text) is None


def test_a_column_gives_the_same_as_its_cells() -> None:
    texts = [text for text, _ in COUNTS if "." not in text] + NO_COUNTS
    found = read_counts(pa.chunked_array([pa.array([*texts, None])]))
    for text, number in zip(texts, found.tolist(), strict=False):
        wanted = read_count(text, "fraction")
        assert math.isnan(number) if wanted is None else number == wanted, text
    assert math.isnan(found[-1])


@pytest.mark.parametrize(
    ("texts", "numbers"),
    [
        (["1.204", "87"], [1204, 87]),
        (["1.204", "*"], [1204, math.nan]),
        (["1.204", "1.204.567"], [1204, 1_204_567]),
        (["2.350 (3,1 %)", "1.204", "87"], [2350, 1204, 87]),
        (["1.204", "0.5"], [1.204, 0.5]),
        (["1.204", "2.310"], [1.204, 2.31]),
        (["1.204", "15000"], [1.204, 15000]),
    ],
)
def test_what_a_dot_means_is_told_from_the_column(texts: list[str], numbers: list[float]) -> None:
    assert read_counts(pa.array(texts)).tolist() == pytest.approx(numbers, nan_ok=True)


@settings(deadline=None)
@given(st.lists(st.integers(-(10**12), 10**12)))
def test_plain_numbers(numbers: list[int]) -> None:
    assert read_counts(pa.array([str(n) for n in numbers], pa.string())).tolist() == numbers
    grouped = [f"{n:,}" for n in numbers]
    assert read_counts(pa.array(grouped, pa.string())).tolist() == numbers


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    found = read_count(text)
    assert found is None or math.isfinite(found)
    if "." not in text:
        alone = read_counts(pa.array([text]))[0]
        assert (None if math.isnan(alone) else alone) == found


def test_long_texts_are_left_quickly() -> None:
    start = time.process_time()
    read_counts(pa.array(["3 " + "(1" * 500_000, "1" * 1_000_000, "1 " * 500_000]))
    assert time.process_time() - start < 2


_WRITTEN = st.one_of(
    st.sampled_from(
        ["1.204", "1.204.306", "0.5", "87", "*", "12*", "three", "1,204", "+5", "1e400"]
    ),
    st.from_regex(r"-?[0-9]{0,4}[.,]?[0-9]{0,3}( ?\([0-9]%\)|\*|\n)?", fullmatch=True),
)


@settings(deadline=None)
@given(st.lists(st.one_of(st.none(), _WRITTEN), max_size=12))
def test_few_texts_read_as_among_many(texts: list[str | None]) -> None:
    more = [str(number) for number in range(300)]
    few = read_counts(pa.array([*texts, "7"], pa.string()))[: len(texts)]
    many = read_counts(pa.array([*texts, "7", *more], pa.string()))[: len(texts)]
    np.testing.assert_array_equal(few, many)
