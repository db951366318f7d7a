"""Plain rows taken by their bytes say the same as every element read."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from builders.ods import Sheet, Spreadsheet
from builders.ods_features import CASES
from hypothesis import given, settings
from hypothesis import strategies as st

from singleout.draft import odf_fast
from singleout.draft.limits import Budget
from singleout.draft.odf_cells import Content, read_content

_TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=6)
_STYLES = st.sampled_from(["", ' table:style-name="a"', ' table:style-name="b"'])
_MANY = st.sampled_from(["", "", "", ' table:number-columns-repeated="3"'])


@st.composite
def _cells(draw: st.DrawFn) -> str:
    style, many, text = draw(_STYLES), draw(_MANY), draw(_TEXTS)
    value = draw(
        st.sampled_from(
            [
                "",
                ' office:value-type="string"',
                f' office:value-type="float" office:value="{draw(st.integers(-9, 99))}"',
                ' office:value-type="percentage"',
                ' office:value-type="date" office:date-value="2023-08-08T00:00:00"',
                ' office:value-type="boolean" office:boolean-value="true"',
                ' office:value-type="time" office:time-value="PT1H"',
                ' office:value-type="string" office:string-value="kept"',
                ' office:value-type="float" office:value="1" table:formula="of:=[.A1]&gt;1"',
                ' table:number-columns-spanned="2"',
            ]
        )
    )
    tag = draw(st.sampled_from(["table-cell", "table-cell", "covered-table-cell"]))
    inside = draw(
        st.sampled_from(
            [
                "",
                f"<text:p>{escape(text)}</text:p>",
                f"<text:p>{escape(text)}</text:p>",
                "<text:p>&#65;&quot;</text:p>",
                "<text:p>a<text:s/>b</text:p>",
                "<text:p/>",
                "<office:annotation><text:p>note</text:p></office:annotation>",
            ]
        )
    )
    if not inside and draw(st.booleans()):
        return f"<table:{tag}{style}{many}{value}/>"
    return f"<table:{tag}{style}{many}{value}>{inside}</table:{tag}>"


@st.composite
def _rows(draw: st.DrawFn) -> str:
    settings = draw(
        st.sampled_from(
            [
                "",
                "",
                ' table:style-name="ro1"',
                ' table:number-rows-repeated="4"',
                ' table:visibility="collapse" table:default-cell-style-name="c"',
                ' table:visibility="filter"',
            ]
        )
    )
    cells = "".join(draw(st.lists(_cells(), min_size=1, max_size=4)))
    row = f"<table:table-row{settings}>{cells}</table:table-row>"
    if draw(st.integers(0, 5)) == 0:
        return f'<table:table-row-group table:display="false">{row}</table:table-row-group>'
    return row


def _told(content: Content) -> list[object]:
    found: list[object] = []
    for raw in content.tables.values():
        grid, names = raw.grid(), list(raw.names)
        covered = list(raw.covered)
        styles = [names[i] for i in raw.style_ids()]
        rows = {name: _merged(spans) for name, spans in raw.row_styles.items()}
        found.append(
            (
                list(zip(grid.rows.tolist(), grid.columns.tolist(), strict=True)),
                grid.texts.to_pylist(),
                grid.numeric.tolist(),
                [styles, covered],
                [_merged(x) for x in (raw.collapsed, raw.filtered, raw.grouped)],
                [rows, grid.merges, raw.at, len(raw.others), raw.inner],
            )
        )
    return found


def _merged(spans: list[tuple[int, int]]) -> list[int]:
    return sorted({row for first, last in spans for row in range(first, last + 1)})


@settings(max_examples=150, deadline=None)
@given(st.lists(_rows(), min_size=1, max_size=12))
def test_fast_equals_careful(rows: list[str]) -> None:
    content = Spreadsheet([Sheet(rows="".join(rows))]).members()["content.xml"]
    shortest = odf_fast._SHORTEST
    odf_fast._SHORTEST = 1
    try:
        fast = read_content(content, Budget(1_000))
    finally:
        odf_fast._SHORTEST = shortest
    assert _told(fast) == _told(read_content(content, Budget(1_000), fast=False))


def test_plain_rows_are_taken() -> None:
    content = Spreadsheet([Sheet(values=[["a", 1]] * 100)]).members()["content.xml"]
    rest, _, runs = odf_fast.cut_rows(content, Budget(1_000))
    assert [run.at for run in runs] == [100]
    assert len(rest) < len(content) // 2


@pytest.mark.parametrize(
    "change",
    [
        (b"<office:body>", b"<!-- a --><office:body>"),
        (b'xmlns:text="urn:oasis', b'xmlns:text="urn:other'),
        (b'encoding="UTF-8"', b'encoding="UTF-16"'),
        (b"<office:body>", b"<office:body><![CDATA[<table:table-row/>]]>"),
    ],
)
def test_unusual_content_is_read_with_care(change: tuple[bytes, bytes]) -> None:
    content = Spreadsheet([Sheet(values=[["a", 1]] * 100)]).members()["content.xml"]
    assert odf_fast.cut_rows(content.replace(*change), Budget(1_000))[2] == []


def test_every_feature_is_the_same_either_way(drafts: Path) -> None:
    import io
    import zipfile

    files = [made()[2] for made in CASES.values()]
    files += [p.read_bytes() for p in drafts.glob("*/*.ods") if "pass_" not in p.name]
    for data in files:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            content = archive.read("content.xml")
        fast = read_content(content, Budget(10_000))
        assert _told(fast) == _told(read_content(content, Budget(10_000), fast=False))
