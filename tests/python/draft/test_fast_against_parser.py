"""What goes by bytes refuses whatever a parser refuses, and else reads the same."""

from __future__ import annotations

import random

import pytest
from builders.ods import Sheet, Spreadsheet
from builders.xlsx import MAIN, Workbook, packed
from mutating import READERS, difference, mutated

from singleout.draft import inspect


@pytest.mark.parametrize("name", READERS)
def test_damaged_parts_are_read_as_a_parser_reads_them(name: str) -> None:
    chance = random.Random(20230808)
    for _ in range(2_500):
        data = mutated(READERS[name][0](chance), chance)
        assert difference(name, data) == "", data


_PLAIN = '<row r="1"><c r="A1"><f>B1+1</f><v>1</v></c></row>'
_SHEETS = {
    "cell left open": ("</c></row>", "</row>"),
    "row left open": ("</row>", ""),
    "ends crossed": ("</v></c>", "</c></v>"),
    "attribute twice": ('r="A1"', 'r="A1" s="1" s="1"'),
    "row's attribute twice": ('row r="1"', 'row r="1" ht="9" ht="9"'),
    "prefix of no namespace": ("<f>", '<f x:t="a">'),
    "end of a section": ("B1+1", "B1]]>1"),
    "bytes that are no UTF-8": ("B1+1", "\udcff"),
    "another name at the end": ("</row>", "</rows>"),
    "formula of another name": ("<f>B1+1</f>", "<f/x>"),
}


@pytest.mark.parametrize("change", _SHEETS.values(), ids=_SHEETS)
def test_a_damaged_sheet_is_never_whole(change: tuple[str, str]) -> None:
    data = f'<worksheet xmlns="{MAIN}"><sheetData>{_PLAIN}</sheetData></worksheet>'
    assert change[0] in data
    assert difference("sheet", data.encode()) == ""
    broken = data.replace(*change).encode("utf-8", "surrogateescape")
    assert difference("sheet", broken) == ""
    members = Workbook().members()
    part = "xl/worksheets/sheet1.xml"
    assert part in members
    assert inspect(packed({**members, part: data.encode()}), name="a.xlsx").complete
    assert not inspect(packed({**members, part: broken}), name="a.xlsx").complete


_BLOCKS = {
    "sheet": ("worksheet", f"<sheetData>{_PLAIN}</sheetData>"),
    "strings": ("sst", "<si><t>a</t></si><si><t>b</t></si>"),
    "records": ("pivotCacheRecords", '<r><n v="1"/></r><r><n v="2"/></r>'),
}


@pytest.mark.parametrize("name", _BLOCKS)
def test_content_where_it_has_no_place(name: str) -> None:
    """In an attribute, in an instruction, before or after everything."""
    root, block = _BLOCKS[name]
    for text in (
        f'<{root} xmlns="{MAIN}">{block}</{root}>',
        f'<{root} xmlns="{MAIN}" a="{block}"/>',
        f'<{root} xmlns="{MAIN}" a="{block}"></{root}>',
        f'<{root} xmlns="{MAIN}"><?a {block}?></{root}>',
        f'{block}<{root} xmlns="{MAIN}"/>',
        f'<{root} xmlns="{MAIN}"></{root}>{block}',
        f'<{root} xmlns="{MAIN}">{block}</{root}>{block}',
        f'<{root} xmlns="{MAIN}"><a>{block}</a></{root}>',
    ):
        assert difference(name, text.encode()) == "", text


def test_brackets_in_attributes_are_no_text() -> None:
    for a in ("x/>y", "x>y"):
        data = f'<pivotCacheRecords xmlns="{MAIN}" a="{a}"><r><n v="1"/></r></pivotCacheRecords>'
        assert difference("records", data.encode()) == ""
        data = (
            f'<worksheet xmlns="{MAIN}"><sheetData><row r="1" spans="{a}"/></sheetData></worksheet>'
        )
        assert difference("sheet", data.encode()) == ""


def test_date_of_no_day() -> None:
    cell = '<table:table-cell office:value-type="date" office:date-value="T00:00:00">'
    rows = f"<table:table-row>{cell}<text:p>1.1.</text:p></table:table-cell></table:table-row>"
    data = Spreadsheet([Sheet(rows=rows * 2)]).members()["content.xml"]
    assert difference("content", data) == ""


def test_only_blanks_of_xml_are_blank() -> None:
    data = f'<pivotCacheRecords xmlns="{MAIN}"><r><n v="1"/></r>\x85</pivotCacheRecords>'
    assert difference("records", data.encode()) == ""


def test_records_in_records_and_cells_in_two_places() -> None:
    inner = f'<pivotCacheRecords xmlns="{MAIN}"><r><n v="1"/></r>{{}}</pivotCacheRecords>'
    assert difference("records", inner.format(inner.format("")).encode()) == ""
    cells = f"<sheetData>{_PLAIN}</sheetData>"
    sheet = f'<worksheet xmlns="{MAIN}">{cells}<x>{cells}</x></worksheet>'
    assert difference("sheet", sheet.encode()) == ""


def test_index_before_the_first_item() -> None:
    data = f'<pivotCacheRecords xmlns="{MAIN}"><r><x v="-1"/></r></pivotCacheRecords>'
    assert difference("records", data.encode()) == ""


@pytest.mark.parametrize("end", ["</pivotCacheRecords", "</pivotCacheRecords><a/>", "</other>"])
def test_records_are_whole_up_to_their_end(end: str) -> None:
    data = f'<pivotCacheRecords xmlns="{MAIN}"><r><n v="1"/></r></pivotCacheRecords>'
    assert difference("records", data.encode()) == ""
    assert difference("records", data.replace("</pivotCacheRecords>", end).encode()) == ""
