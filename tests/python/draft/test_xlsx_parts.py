"""Parts behind a workbook are found; a binary workbook tells the same as one of XML."""

from __future__ import annotations

import pytest
from builders.xlsx_parts import CASES, xlsb

from singleout.draft import inspect


@pytest.mark.parametrize("name", CASES)
def test_part_is_found(name: str) -> None:
    code, count, data = CASES[name]()
    draft = inspect(data, name="a.xlsx")
    found = [f.count for f in draft.of(code)]
    assert count in found, [(f.code, f.count, f.place.text(), f.detail) for f in draft.findings]
    assert draft.complete == (name != "data model")


def test_binary_workbook() -> None:
    draft = inspect(xlsb(), name="a.xlsb")
    assert (draft.format, draft.findings) == ("xlsb", ())
    assert draft.tables[0].data.to_pydict() == {"rank": ["PC", "PS"], "officers": ["120", "45"]}


@pytest.mark.parametrize(
    ("data", "code", "count"),
    [
        (xlsb(hidden_sheet=1), "hidden-sheet", 1),
        (xlsb(hidden_sheet=2), "very-hidden-sheet", 1),
        (xlsb(hidden_row=True), "hidden-row", 2),
        (xlsb(hidden_column=True), "hidden-column", 3),
        (xlsb(cut=3), "not-fully-read", 1),
    ],
    ids=["hidden", "very hidden", "row", "column", "cut"],
)
def test_binary_workbook_hides(data: bytes, code: str, count: int) -> None:
    draft = inspect(data, name="a.xlsb")
    assert [f.count for f in draft.of(code)] == [count]
    assert not draft.clean


def test_binary_cells_without_a_column() -> None:
    draft = inspect(xlsb(short=True), name="a.xlsb")
    assert draft.tables[0].data.to_pydict() == {"rank": ["PC"], "officers": ["120"]}
