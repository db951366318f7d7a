"""What must not change a verdict: other headings, orders, sides, places, formats of the same table.

The verdict of people and cases does not fall, that of clean tables does not rise.
"""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspection.made_tables import Made, cased, cases, clean, disclosing, people, renamed
from inspection.written import FORMATS, Rows, as_csv
from singleout import review

ORDER = ("release", "review", "refuse")
EXAMPLES = int(os.environ.get("METAMORPHIC_EXAMPLES", "12"))
metamorphic = settings(
    deadline=None,
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
    database=None,
)
TITLES = ("Table 1: answer to the request", "Figures for 2023/24", "Requested information")
NOTES = ("Source: management system", "Figures are as at 31 March 2024", "Extracted in April 2024")


def verdict(data: bytes, form: str = "csv") -> int:
    return ORDER.index(review(data, name=f"answer.{form}").verdict)


def unheaded(table: Made) -> Made:
    return Made(table.meanings, None, table.body)


def of(*tables: Made) -> int:
    return verdict(as_csv(*(table.rows for table in tables)))


def turned(rows: Rows) -> Rows:
    return list(zip(*rows, strict=True))


@metamorphic
@given(people())
def test_people_are_refused(table: Made) -> None:
    assert of(table) == 2


@metamorphic
@given(cases())
def test_cases_go_at_least_to_a_person(table: Made) -> None:
    assert of(table) >= 1


@metamorphic
@given(clean())
def test_clean_tables_are_released(table: Made) -> None:
    assert of(table) == 0


@metamorphic
@given(st.data(), disclosing())
def test_other_headings_do_not_lower(data: st.DataObject, table: Made) -> None:
    assert of(data.draw(renamed(table))) >= of(table)


@metamorphic
@given(st.data(), clean())
def test_other_headings_do_not_raise(data: st.DataObject, table: Made) -> None:
    assert of(data.draw(renamed(table))) <= of(table)


@metamorphic
@given(disclosing())
def test_no_headings_do_not_lower(table: Made) -> None:
    assert of(unheaded(table)) >= of(table)


def test_no_headings_never_refuse_clean_tables_and_raise_few() -> None:
    came: list[int] = []

    @metamorphic
    @given(clean())
    def reviewed(table: Made) -> None:
        came.append(of(unheaded(table)))

    reviewed()
    assert max(came) < 2
    assert sum(came) <= 0.2 * len(came)


@metamorphic
@given(st.data(), disclosing())
def test_orders_do_not_lower(data: st.DataObject, table: Made) -> None:
    body = tuple(data.draw(st.permutations(table.body)))
    columns = data.draw(st.permutations(range(len(table.meanings))))
    assert of(Made(table.meanings, table.heads, body).ordered(columns)) >= of(table)


@metamorphic
@given(st.data(), clean())
def test_orders_of_rows_do_not_raise(data: st.DataObject, table: Made) -> None:
    body = tuple(data.draw(st.permutations(table.body)))
    assert of(Made(table.meanings, table.heads, body)) <= of(table)


@metamorphic
@given(disclosing())
def test_the_other_side_does_not_lower(table: Made) -> None:
    assert verdict(as_csv(turned(table.rows))) >= of(table)


@metamorphic
@given(st.data(), disclosing(), st.booleans())
def test_split_tables_do_not_lower(data: st.DataObject, table: Made, again: bool) -> None:
    at = data.draw(st.integers(1, len(table.body) - 1))
    upper = Made(table.meanings, table.heads, table.body[:at])
    lower = Made(table.meanings, table.heads if again else None, table.body[at:])
    assert of(upper, lower) >= of(table)


@metamorphic
@given(st.data(), clean())
def test_split_tables_do_not_raise(data: st.DataObject, table: Made) -> None:
    at = data.draw(st.integers(1, len(table.body) - 1))
    parts = [Made(table.meanings, table.heads, body) for body in (table.body[:at], table.body[at:])]
    assert of(*parts) <= of(table)


def around(table: Made, title: str, note: str) -> bytes:
    rows: list[tuple[str, ...]] = [(title,), (), *table.rows, (), (note,)]
    return as_csv(rows)


@metamorphic
@given(disclosing(), st.sampled_from(TITLES), st.sampled_from(NOTES))
def test_titles_and_notes_do_not_lower(table: Made, title: str, note: str) -> None:
    assert verdict(around(table, title, note)) >= of(table)


@metamorphic
@given(clean(), st.sampled_from(TITLES), st.sampled_from(NOTES))
def test_titles_and_notes_do_not_raise(table: Made, title: str, note: str) -> None:
    assert verdict(around(table, title, note)) <= of(table)


@metamorphic
@given(disclosing(), st.sampled_from(("Total", "Grand total", "Cyfanswm", "Gesamt")))
def test_totals_do_not_lower(table: Made, label: str) -> None:
    if "days" not in table.meanings:
        last = [str(len(table.body)) if j == 1 else "" for j in range(len(table.meanings))]
    else:
        total = str(sum(int(row[table.meanings.index("days")]) for row in table.body))
        last = [total if one == "days" else "" for one in table.meanings]
    last[0] = label
    assert of(Made(table.meanings, table.heads, (*table.body, tuple(last)))) >= of(table)


@pytest.mark.parametrize("change", [str.upper, str.lower], ids=["upper", "lower"])
@metamorphic
@given(table=disclosing())
def test_case_does_not_lower(table: Made, change: Callable[[str], str]) -> None:
    assert of(cased(table, change)) >= of(table)


@pytest.mark.parametrize("change", [str.upper, str.lower], ids=["upper", "lower"])
@metamorphic
@given(table=clean())
def test_case_does_not_raise(table: Made, change: Callable[[str], str]) -> None:
    assert of(cased(table, change)) <= of(table)


few = settings(metamorphic, max_examples=max(4, EXAMPLES // 5))
BEFORE = [("Make", "Miles driven"), ("Ford", "8812"), ("Skoda", "9310"), ("Volvo", "7044")]


@pytest.mark.parametrize("form", ["xlsx", "ods", "docx"])
@few
@given(table=disclosing())
def test_formats_do_not_lower(form: str, table: Made) -> None:
    assert verdict(FORMATS[form](table.rows), form) >= of(table)
    assert verdict(FORMATS[form](BEFORE, table.rows), form) >= of(table)


@pytest.mark.parametrize("form", ["xlsx", "ods", "docx"])
@few
@given(table=clean())
def test_formats_do_not_raise(form: str, table: Made) -> None:
    assert verdict(FORMATS[form](table.rows), form) <= of(table)
    assert verdict(FORMATS[form](BEFORE, table.rows), form) <= of(table)


@pytest.mark.parametrize("between", [True, False], ids=["empty row", "no row"])
@settings(metamorphic, max_examples=1)
@given(table=people())
def test_people_behind_many_rows_are_refused(between: bool, table: Made) -> None:
    many = [BEFORE[0], *((f"Make {i}", str(1000 + i)) for i in range(100_000))]
    parts = (many, table.rows) if between else ([*many, *table.rows],)
    assert verdict(as_csv(*parts)) >= of(table)
