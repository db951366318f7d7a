# ruff: noqa: E501  XML is kept as it is written
"""Every feature is found in the spreadsheet that has it, and its clean twin gives only notes."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pytest
from builders.ods import Sheet, Spreadsheet, cell, row
from builders.ods_features import CASES
from builders.ods_looks import CASES as LOOKS
from builders.ods_made import CLEAN
from builders.xlsx import COUNTS, PEOPLE

from singleout.draft import inspect
from singleout.draft.limits import Limits

# People in sight are for a person to judge; some twins show them
ALLOWED = {"picture", "people-table"}


@pytest.mark.parametrize("name", [*CASES, *LOOKS])
def test_feature_is_found_and_twin_is_not(name: str) -> None:
    code, count, data, twin = {**CASES, **LOOKS}[name]()
    draft, clean = inspect(data, name="a.ods"), inspect(twin, name="a.ods")
    found = [f for f in draft.of(code) if f.count == count]
    assert found, [(f.code, f.count, f.place.text(), f.detail) for f in draft.findings]
    assert clean.complete
    more = [(f.code, f.count, f.detail) for f in clean.findings if f.severity != "note"]
    assert [line for line in more if line[0] not in ALLOWED] == []
    assert not [f for f in clean.of(code) if f.severity == found[0].severity]


def test_clean_spreadsheet_gives_nothing() -> None:
    draft = inspect(CLEAN, name="a.ods")
    assert draft.findings == ()
    assert draft.clean
    assert [(t.kind, t.visible, t.n_rows, t.names) for t in draft.tables] == [
        ("counts", True, 3, ("rank", "officers"))
    ]


def test_values_by_type() -> None:
    cells = [
        '<table:table-cell office:value-type="date" office:date-value="2023-08-08"><text:p>8.8.</text:p></table:table-cell>',
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>yes</text:p></table:table-cell>',
        '<table:table-cell office:value-type="percentage" office:value="0.5"><text:p>50 %</text:p></table:table-cell>',
        '<table:table-cell office:value-type="string"><text:p>a<text:s text:c="2"/>b<text:tab/>c<text:span>d</text:span>e</text:p><text:p>f</text:p></table:table-cell>',
    ]
    lines = row(["day", "sworn", "share", "words"]) + row(cells) + row(cells)
    (found,) = inspect(Spreadsheet([Sheet(rows=lines)]).bytes(), name="a.ods").tables
    assert found.data.to_pylist()[0] == {
        "day": "2023-08-08",
        "sworn": "TRUE",
        "share": "0.5",
        "words": "a  b\tcde\nf",
    }


def test_repeated_cells_are_set_down() -> None:
    lines = row(["rank", "a", "b"]) + row(
        ["PC", cell(7, 'table:number-columns-repeated="2"')], 'table:number-rows-repeated="3"'
    )
    (found,) = inspect(Spreadsheet([Sheet(rows=lines)]).bytes(), name="a.ods").tables
    assert found.data.to_pydict() == {"rank": ["PC"] * 3, "a": ["7"] * 3, "b": ["7"] * 3}


def test_whole_sheet_declared_costs_nothing() -> None:
    """Formats down to the last row and column are in most files."""
    empty = cell(None, 'table:style-name="ce1" table:number-columns-repeated="16384"')
    lines = "".join(row(v) for v in COUNTS) + row([empty], 'table:number-rows-repeated="1048572"')
    columns = '<table:table-column table:number-columns-repeated="16384"/>'
    start = time.process_time()
    draft = inspect(Spreadsheet([Sheet(rows=lines, columns=columns)]).bytes(), name="a.ods")
    assert time.process_time() - start < 5
    assert draft.clean
    assert len(draft.tables) == 1


def test_whole_sheet_of_content_is_not_fully_read() -> None:
    full = row(
        [cell(1, 'table:number-columns-repeated="16384"')], 'table:number-rows-repeated="1048576"'
    )
    draft = inspect(
        Spreadsheet([Sheet(rows=full)]).bytes(), name="a.ods", limits=Limits(repeated_cells=50_000)
    )
    assert list(draft.of("not-fully-read"))
    assert not draft.complete


def test_hidden_part_is_a_table_with_its_headings() -> None:
    lines = row(PEOPLE[0]) + "".join(row(v, 'table:visibility="collapse"') for v in PEOPLE[1:])
    draft = inspect(Spreadsheet([Sheet(rows=lines)]).bytes(), name="a.ods")
    assert [(t.kind, t.names, t.n_rows) for t in draft.unseen] == [("people", tuple(PEOPLE[0]), 4)]
    assert [f.place.cells for f in draft.of("hidden-row")] == ["A2:D5"]


def test_of_another_writer(tmp_path: Path) -> None:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    document = OpenDocumentSpreadsheet()
    sheet = Table(name="Counts")
    for values in COUNTS:
        line = TableRow()
        for value in values:
            kind = (
                {"valuetype": "float", "value": value}
                if isinstance(value, int)
                else {"valuetype": "string"}
            )
            entry = TableCell(**kind)
            entry.addElement(P(text=str(value)))
            line.addElement(entry)
        sheet.addElement(line)
    document.spreadsheet.addElement(sheet)
    stream = io.BytesIO()
    document.write(stream)
    draft = inspect(stream.getvalue(), name="a.ods")
    assert [(f.code, f.detail) for f in draft.findings if f.severity != "note"] == []
    assert draft.tables[0].data.to_pydict() == {
        "rank": ["sergeant", "inspector", "superintendent"],
        "officers": ["120", "45", "23"],
    }
