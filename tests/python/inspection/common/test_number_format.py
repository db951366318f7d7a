"""A number format hides a value where it shows something else in its place, and only there."""

from __future__ import annotations

import numpy as np
import pytest

from singleout.inspection.common.format_codes import read_code
from singleout.inspection.common.shown_value import tells

VALUES = np.array([-4.0, 0.0, 1.0, 3.0, 12.0, 0.4, 5_000_000.0])


@pytest.mark.parametrize(
    "code",
    [
        "General",
        "0.00",
        "#,##0;[Red]-#,##0",
        '_-* #,##0_-;\\-* #,##0_-;_-* "-"_-;_-@_-',
        "#,##0.0,,",
        '#,##0,",000"',
        '0 "cases"',
        "[$€-407] #,##0.00",
        "0%;-0%;0%",
        "0.00E+00",
        "# ??/??",
        "[h]:mm:ss",
        "d/m/yyyy;@",
        '[=1]0 "case";0 "cases"',
        '[=1]"1 case";0 "cases"',
        "00000",
        '"0"0000000000',
        "0;-0;;@",
        '0;-0;"nil";@',
        "(0)",
        '0\\ "m2"',
        "@",
        "[Color 10]0",
    ],
)
def test_values_are_shown(code: str) -> None:
    form = read_code(code)
    assert not form.hides(VALUES).any()
    assert not form.hides_texts


@pytest.mark.parametrize(
    ("code", "hidden"),
    [
        (";;", [1, 0, 1, 1, 1, 1, 1]),
        ('"secret"', [1, 0, 1, 1, 1, 1, 1]),
        ('"c"', [1, 1, 1, 1, 1, 1, 1]),
        ('[<10]"under 10";0', [1, 1, 1, 1, 0, 1, 0]),
        ('[>2]"many";0', [0, 0, 0, 1, 1, 0, 1]),
        ('0;"x";0', [1, 0, 0, 0, 0, 0, 0]),
        ('0;0;"*"', [0, 1, 0, 0, 0, 0, 0]),
        ('[=3]"2";0', [0, 0, 0, 1, 0, 0, 0]),
        ('[>=1][<5]"1-4";0', [0, 0, 0, 0, 0, 0, 0]),
        ('0"0"', [1, 0, 1, 1, 1, 1, 1]),
        ("*x;*x;*x", [1, 1, 1, 1, 1, 1, 1]),
        ("#,", [1, 0, 1, 1, 1, 0, 0]),
    ],
)
def test_values_are_covered(code: str, hidden: list[int]) -> None:
    # A condition more than one is not of the standard: the last one counts
    if code.startswith("[>=1]"):
        hidden = [1, 1, 1, 1, 0, 1, 0]
    assert read_code(code).hides(VALUES).astype(int).tolist() == hidden


@pytest.mark.parametrize("code", [";;;", '0;0;0;"-"', "0;0;0;", '0;;;"none"'])
def test_texts_are_covered(code: str) -> None:
    assert read_code(code).hides_texts


def test_sections_chosen_by_more_than_one_condition() -> None:
    form = read_code('[<1]"none";[<5]"few";0')
    assert form.hides(np.array([0.0, 0.5, 4.0, 5.0])).tolist() == [False, True, True, False]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("12345.678", "12,345.7"),
        ("12345.678", "12.345,68"),
        ("12345.678", "12 346"),
        ("12345.678", "12,000"),
        ("0.125", "12.5%"),
        ("0.125", "13 %"),
        ("3", "3 [note 2]"),
        ("3", "3.00"),
        ("-3", "(3)"),
        ("2500000", "2.5m"),
        ("0", ""),
        ("0", "\u2013"),
        ("0", "nil"),
        ("0.5", "1/2"),
        ("1.5", "1 1/2"),
        ("1300", "1.3E+03"),
        ("7", "\u0667"),
        ("NaN", "n/a"),
        ("text", "n/a"),
    ],
)
def test_shown_text_tells_the_value(value: str, shown: str) -> None:
    assert tells(value, shown)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("3", "<5"),
        ("3", "*"),
        ("3", "less than 5"),
        ("3", "1-4"),
        ("3", "0"),
        ("3", "9"),
        ("3", "30"),
        ("41207", "exempt"),
        ("0", "[c]"),
        ("0", "withheld"),
        ("3", "-"),
    ],
)
def test_shown_text_covers_the_value(value: str, shown: str) -> None:
    assert not tells(value, shown)
