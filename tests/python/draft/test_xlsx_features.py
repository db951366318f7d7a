"""Every feature is found in the file that has it, and its clean twin gives nothing but notes."""

from __future__ import annotations

import pytest
from builders.xlsx_features import CASES, CLEAN

from singleout.draft import inspect


@pytest.mark.parametrize("name", CASES)
def test_feature_is_found_and_twin_is_not(name: str) -> None:
    code, count, data, twin = CASES[name]()
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
    assert not list(clean.of(code))


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
