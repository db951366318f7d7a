"""The release of 8 August 2023 in three forms: the people behind the counts are found."""

from __future__ import annotations

import csv
from importlib.util import find_spec

import pytest
from builders.psni import IN_SIGHT, SHAPES

from conftest import SHARED
from singleout.draft import inspect

NEEDS = {"workbook in a document": "singleout.draft.docx"}
WHY = {
    "hidden sheet": "hidden sheet",
    "pivot cache": "pivot cache",
    "workbook in a document": "embedded file",
}


@pytest.fixture(scope="module")
def staff() -> list[list[str]]:
    path = SHARED / "data" / "staff.csv"
    if not path.is_file():
        pytest.skip("the shared staff list is not here: set SINGLEOUT_SHARED")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("shape", SHAPES)
def test_people_behind_the_counts_are_found(shape: str, staff: list[list[str]]) -> None:
    if shape in NEEDS and find_spec(NEEDS[shape]) is None:
        pytest.skip(f"the reader {NEEDS[shape]} is not there yet")
    name, make = SHAPES[shape]
    draft = inspect(make(staff), name=name, expect="counts")
    (table,) = (table for table in draft.unseen if table.kind == "people")
    assert (table.n_rows, len(table.names)) == (10_799, 32)
    assert table.names == tuple(staff[0])
    assert table.why_unseen in (WHY[shape], "hidden sheet")
    assert table.data.slice(10_798).to_pylist() == [dict(zip(staff[0], staff[-1], strict=True))]
    (finding,) = draft.of("unseen-people-table")
    assert (finding.severity, finding.count) == ("refuse", 10_799)
    assert any(f.count == 10_799 for f in draft.of("unexpected-table"))
    seen = [t for t in draft.tables if t.visible]
    assert [t.kind for t in seen] == ["counts"]
    assert staff[1][1] not in str(draft.to_dict())


def test_the_table_found_can_be_scored(staff: list[list[str]]) -> None:
    import singleout as so

    name, make = SHAPES["hidden sheet"]
    table = inspect(make(staff), name=name).unseen[0]
    fields = ["gender", "rank_or_grade", "location", "department"]
    found = so.score(table.data, fields)
    assert len(found.records["k"]) == 10_799


@pytest.mark.parametrize("shape", IN_SIGHT)
def test_people_in_sight_are_found(shape: str, staff: list[list[str]]) -> None:
    name, make = IN_SIGHT[shape]
    draft = inspect(make(staff), name=name, expect="counts")
    (table,) = draft.tables
    assert (table.visible, table.kind, table.n_rows) == (True, "people", 10_799)
    assert table.names == tuple(staff[0])
    assert table.data.slice(10_798).to_pylist() == [dict(zip(staff[0], staff[-1], strict=True))]
    assert draft.complete
    assert [f.code for f in draft.findings] == ["people-table", "unexpected-table"]
