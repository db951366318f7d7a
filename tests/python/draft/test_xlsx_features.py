"""Every feature is found in the file that has it, and its clean twin gives nothing but notes."""

from __future__ import annotations

import pytest
from builders.xlsx_features import CASES, CLEAN
from builders.xlsx_looks import CASES as LOOKS
from builders.xlsx_more import CASES as MORE
from builders.xlsx_more import chartex

from singleout.draft import inspect


@pytest.mark.parametrize("name", [*CASES, *MORE, *LOOKS])
def test_feature_is_found_and_twin_is_not(name: str) -> None:
    code, count, data, twin = {**CASES, **MORE, **LOOKS}[name]()
    draft, clean = inspect(data, name="a.xlsx"), inspect(twin, name="a.xlsx")
    found = [f for f in draft.of(code) if f.count == count]
    assert found, [(f.code, f.count, f.place.text(), f.detail) for f in draft.findings]
    assert draft.complete
    assert clean.complete
    assert [
        (f.code, f.count, f.detail)
        for f in clean.findings
        if f.severity != "note" and f.code != "picture"
    ] == []
    assert not [f for f in clean.of(code) if f.severity != "note"]


def test_newer_chart_of_cells_in_sight_is_a_note() -> None:
    draft = inspect(chartex("120"), name="a.xlsx")
    assert [(f.code, f.severity) for f in draft.findings] == [("chart-cache", "note")]


def test_clean_workbook_gives_nothing() -> None:
    draft = inspect(CLEAN, name="a.xlsx")
    assert draft.findings == ()
    assert draft.clean
    assert [(t.kind, t.visible, t.n_rows, t.names) for t in draft.tables] == [
        ("counts", True, 3, ("rank", "officers"))
    ]


def test_values_never_in_what_is_shown() -> None:
    _, _, data, _ = CASES["people on a hidden sheet"]()
    draft = inspect(data, name="a.xlsx")
    shown = str(draft.to_dict()) + draft._repr_html_()
    assert "Adeyemi" not in shown
    assert "Adeyemi" in str(draft.unseen[0].data.to_pylist())
    assert "surname" in shown


def test_the_shape_of_2023() -> None:
    """Counts in sight, 10,799 rows of 32 fields on a hidden sheet."""
    from builders.xlsx import Sheet, Workbook

    head = ["service number", "surname", "initials", "rank", *(f"field {i}" for i in range(28))]
    body = [[10_000 + i, f"Name{i % 4_000}", "AB", "PC", *range(28)] for i in range(10_799)]
    data = Workbook([Sheet("Counts"), Sheet("Source", [head, *body], "hidden")]).bytes()
    draft = inspect(data, name="counts.xlsx", expect="counts")
    (table,) = draft.unseen
    assert (table.kind, table.n_rows, len(table.names)) == ("people", 10_799, 32)
    assert table.why_unseen == "hidden sheet"
    assert table.row_number(10_798) == 10_800
    assert [f.count for f in draft.of("unseen-people-table")] == [10_799]
    assert [f.severity for f in draft.of("unseen-people-table")] == ["refuse"]
    assert list(draft.of("unexpected-table"))
