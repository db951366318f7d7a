"""Comments and instructions in markup: taken out of every part, told, and cutting no text."""

from __future__ import annotations

import time

import pytest
from builders.docx import MAIN as WORD
from builders.docx import Document, cell, paragraph, run
from builders.ods import Sheet, Spreadsheet
from builders.xlsx import HEAD, MAIN, Workbook, packed

from singleout.draft import inspect
from singleout.draft.docx_fast import cut_rows as cut_document_rows
from singleout.draft.limits import Budget
from singleout.draft.odf_cells import read_content
from singleout.draft.odf_fast import cut_rows
from singleout.draft.remarks import without_remarks
from singleout.draft.xlsx_book import read_strings
from singleout.draft.xlsx_cells import read_cells
from singleout.draft.xlsx_pivot_fast import fast_records
from singleout.draft.xlsx_styles import Styles
from singleout.draft.xml import MarkupError, events, in_utf8, parse, sweep

BREAKS = ["<!-- of someone -->", "<!-- -->", "<!---->", "<?one two?>", "<?mso-x y?>"]


@pytest.mark.parametrize("remark", BREAKS)
def test_parsers_join_what_a_remark_cuts(remark: str) -> None:
    data = f"<a><v>see below{remark}Jane Ball</v></a>".encode()
    assert parse(data, Budget(9))[0].text == "see belowJane Ball"
    assert [e.text for e in events(data, Budget(9), "v")] == ["see belowJane Ball"]
    found: list[str | None] = []
    sweep(data, Budget(9), ["v"], lambda element: found.append(element.text))
    assert found == ["see belowJane Ball"]


@pytest.mark.parametrize("remark", BREAKS)
def test_what_goes_by_bytes_takes_no_remark(remark: str) -> None:
    """Each of these readers may be given a part as it is in the file."""
    text = f"see below{remark}Jane Ball"
    rows = f'<row r="1"><c r="A1" t="str"><v>{text}</v></c></row>' * 3
    sheet = f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    cells = read_cells(sheet.encode(), Budget(9))
    assert set(cells.values.to_pylist()) == {"see belowJane Ball"}
    strings = f'{HEAD}<sst xmlns="{MAIN}"><si><t>{text}</t></si></sst>'
    read = read_strings(strings.encode(), Budget(9), [], Styles(), [])
    assert read.to_pylist() == ["see belowJane Ball"]
    records = f'<pivotCacheRecords><r><s v="a"/>{remark}</r></pivotCacheRecords>'
    assert fast_records(records.encode(), ["rank"], [[]], Budget(9)) is None
    content = Spreadsheet([Sheet(values=[["plain"]] * 50)]).members()["content.xml"]
    assert cut_rows(content, Budget(9))[2]
    content = content.replace(b"plain", text.encode())
    assert not cut_rows(content, Budget(9))[2]
    (table,) = read_content(content, Budget(9)).tables.values()
    assert set(table.grid().texts.to_pylist()) == {"see belowJane Ball"}
    row = f"<w:tr>{cell(paragraph(run('x')))}</w:tr>"
    document = f'<w:document xmlns:w="{WORD}"><w:body><w:tbl>{{}}</w:tbl></w:body></w:document>'
    assert cut_document_rows(document.format(row * 50).encode(), Budget(9)).runs
    cut = document.format(row.replace(">x<", f">{text}<") * 50)
    assert not cut_document_rows(cut.encode(), Budget(9)).runs


def test_only_what_says_or_cuts_something_is_told() -> None:
    prolog = b"<?xml version='1.0'?><?mso-application progid='Word.Document'?>"
    data = prolog + b"<a><!-- --><b>x</b> <!---->\n<?mso-y?><c/></a>"
    assert without_remarks(data) == (
        b"<?xml version='1.0'?><a><b>x</b> \n<c/></a>",
        [],
    )
    for text in (b"x<!-- -->", b"<!-- -->x", b"x <!-- --> ", b" <!-- -->\n<?mso-y?> x"):
        assert without_remarks(b"<a>" + text + b"</a>")[1], text


def test_what_looks_like_a_remark_stays() -> None:
    for data in (b"<a><![CDATA[<!-- no -->]]></a>", b"<a><!-- open</a>", b"no <!-- markup -->"):
        assert without_remarks(data) == (data, [])


def test_many_remarks_take_time_in_proportion() -> None:
    def took(many: int) -> float:
        data = b"<a>" + b" <!-- -->" * many + b"x</a>"
        start = time.perf_counter()
        assert len(without_remarks(data)[1]) == many
        return time.perf_counter() - start

    took(1_000)
    assert took(200_000) < 5


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"])
def test_remarks_in_other_encodings(encoding: str) -> None:
    name = encoding.upper().removesuffix("-LE").removesuffix("-BE")
    strings = (
        f'<?xml version="1.0" encoding="{name}"?><sst xmlns="{MAIN}">'
        "<si><t>see below<!-- -->Jane Ball</t></si></sst>"
    ).encode(encoding)
    assert b"see below" in in_utf8(strings)
    book = Workbook(
        parts={"xl/sharedStrings.xml": ("", strings)},
        relations=[("rIdS", "sharedStrings", "sharedStrings.xml")],
    )
    draft = inspect(book.bytes(), name="a.xlsx")
    assert [f.detail for f in draft.of("unknown-part")] == ["comments in the markup"]


@pytest.mark.parametrize("encoding", ["utf-7", "cp037", "iso-2022-jp", "hz"])
def test_encodings_in_which_bytes_mislead(encoding: str) -> None:
    data = f'<?xml version="1.0" encoding="{encoding}"?><a/>'
    with pytest.raises(MarkupError):
        parse(data.encode("ascii" if encoding != "cp037" else "cp037"), Budget(9))


def test_remarks_of_every_part_are_told() -> None:
    """Also of parts that no reader looks into, and whose remarks stand among text."""
    for made, name in (
        (Workbook().members(), "a.xlsx"),
        (Document(styles="<w:docDefaults/>", settings="<w:zoom/>").members(), "a.docx"),
    ):
        for part in (p for p in made if p.endswith((".xml", ".rels"))):
            at = made[part].rindex(b"</")
            members = {**made, part: made[part][:at] + b"<!-- of someone -->" + made[part][at:]}
            found = [f.place.part for f in inspect(packed(members), name=name).of("unknown-part")]
            assert found == [part]
