"""Parts behind a workbook are found; a binary workbook tells the same as one of XML."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from builders.xlsx import MAIN, Workbook
from builders.xlsx_features import CLEAN
from builders.xlsx_parts import CASES, xlsb

from singleout.draft import inspect
from singleout.draft.limits import Budget
from singleout.draft.vba import decompress, sources


@pytest.mark.parametrize("name", CASES)
def test_part_is_found(name: str) -> None:
    code, count, data = CASES[name]()
    draft = inspect(data, name="a.xlsx")
    found = [f.count for f in draft.of(code)]
    assert count in found, [(f.code, f.count, f.place.text(), f.detail) for f in draft.findings]
    assert draft.complete == (name not in ("data model", "macros"))


def test_items_of_one_field_are_a_table() -> None:
    """Fields without items beside it do not turn its rows into notes."""
    body = (
        f'<pivotCacheDefinition xmlns="{MAIN}"><cacheFields><cacheField name="surname">'
        '<sharedItems><s v="Ash"/><s v="Birch"/></sharedItems></cacheField><cacheField name="n"/>'
        "</cacheFields></pivotCacheDefinition>"
    )
    book = Workbook(
        parts={"xl/pivotCache/pivotCacheDefinition1.xml": ("", body.encode())},
        relations=[("rIdX", "pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml")],
    )
    draft = inspect(book.bytes(), name="a.xlsx")
    assert [f.count for f in draft.of("unseen-people-table")] == [2]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<a><b></a>", "not-fully-read"),
        (b"<a>a.person@example.org</a>", "unseen-identifier"),
        (b'<a xmlns="urn:surprise"/>', "unknown-part"),
        (CLEAN, "unknown-part"),
    ],
    ids=["broken", "mail", "namespace", "workbook"],
)
def test_part_that_should_be_harmless(content: bytes, code: str) -> None:
    book = Workbook(
        parts={"xl/theme/style1.xml": ("", content)},
        relations=[("rIdX", "chartStyle", "theme/style1.xml")],
    )
    draft = inspect(book.bytes(), name="a.xlsx")
    assert code in [f.code for f in draft.findings]
    assert not draft.clean


def test_source_of_macros(drafts: Path) -> None:
    found = []
    for path in sorted(drafts.glob("*/*.xlsm")):
        with zipfile.ZipFile(path) as archive:
            if "xl/vbaProject.bin" in archive.namelist():
                content = archive.read("xl/vbaProject.bin")
                texts = [line for lines, _ in sources(content, Budget(0)) for line in lines]
                found.append('    MsgBox "Hello from vba!"' in texts)
                assert not list(inspect(path).of("not-fully-read"))
    assert sum(found) == 2
    assert len(found) == 5


def test_example_of_packed_source() -> None:
    """[MS-OVBA] 3.2.2, a container of one chunk with copies."""
    packed = (
        "012fb00023616161626364658266007061676869"
        "6a013808616b6c00306d6e6f700671027004107273747576107778797a003c"
    )
    plain = b"#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa"
    assert decompress(bytes.fromhex(packed), Budget(9)) == plain


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
