"""Types of relationships as ISO/IEC 29500 strict and newer programs write them, and names that
pivot caches keep."""

from __future__ import annotations

import struct

import pytest
from builders.ods_made import made_after
from builders.xlsx import HEAD, MAIN, Workbook

from singleout.draft import inspect

EMAIL = "jane.roe@mail.example.org"
_MS = "http://schemas.microsoft.com/office/"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships/"


def test_properties_of_strict_files() -> None:
    """Their types are written in one word."""
    space = "http://purl.oclc.org/ooxml/officeDocument"
    company = (
        f'{HEAD}<Properties xmlns="{space}/extendedProperties">'
        "<Company>Constabulary</Company></Properties>"
    )
    custom = (
        f'{HEAD}<Properties xmlns="{space}/customProperties" xmlns:vt="{space}/docPropsVTypes">'
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="Case">'
        "<vt:lpwstr>17</vt:lpwstr></property></Properties>"
    )
    draft = inspect(
        Workbook(
            parts={
                "docProps/app.xml": ("", company.encode()),
                "docProps/custom.xml": ("", custom.encode()),
            },
            root=[
                ("rId8", f"{_STRICT}extendedProperties", "docProps/app.xml"),
                ("rId9", f"{_STRICT}customProperties", "docProps/custom.xml"),
            ],
        ).bytes(),
        name="a.xlsx",
    )
    assert [(f.code, f.place.item) for f in draft.findings] == [
        ("author-property", "Company"),
        ("custom-property", "Case"),
    ]


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (
            "2022/11/relationships/FeaturePropertyBag",
            f'{HEAD}<FeaturePropertyBags xmlns="{_MS}spreadsheetml/2022/featurepropertybag">'
            '<bag type="Checkbox"/></FeaturePropertyBags>',
        ),
        ("2006/relationships/wsSortMap", f'{HEAD}<worksheetSortMap xmlns="{_MS}excel/2006/main"/>'),
    ],
)
def test_parts_of_newer_programs_are_known(kind: str, content: str) -> None:
    part = "xl/more.xml"
    draft = inspect(
        Workbook(
            parts={part: ("", content.encode())}, relations=[("rId9", _MS + kind, "more.xml")]
        ).bytes(),
        name="a.xlsx",
    )
    assert not draft.findings
    assert draft.complete


def test_scripts_of_cells_are_searched() -> None:
    script = (
        f'{HEAD}<python xmlns="{_MS}spreadsheetml/2023/python"><environmentDefinition id="1">'
        f"<initialization><code># ask {EMAIL}</code></initialization>"
        "</environmentDefinition></python>"
    )
    draft = inspect(
        Workbook(
            parts={"xl/python.xml": ("", script.encode())},
            relations=[("rId9", f"{_MS}2023/09/relationships/Python", "python.xml")],
        ).bytes(),
        name="a.xlsx",
    )
    assert [f.code for f in draft.findings] == ["unseen-identifier"]


def test_three_dimensional_model_is_a_picture() -> None:
    model = b"glTF" + struct.pack("<II", 2, 12)
    draft = inspect(
        Workbook(
            parts={"xl/media/model3d1.glb": ("", model)},
            relations=[("rId9", f"{_MS}2017/06/relationships/model3d", "media/model3d1.glb")],
        ).bytes(),
        name="a.xlsx",
    )
    assert [f.code for f in draft.findings] == ["picture"]


def test_extensions_of_libreoffice_are_known() -> None:
    more = (
        '<extLst><ext xmlns:loext="http://schemas.libreoffice.org/" '
        'uri="{7626C862-2A13-11E5-B345-FEFF819CDC9F}">'
        '<loext:extCalcPr stringRefSyntax="CalcA1"/></ext></extLst>'
    )
    assert not inspect(Workbook(book=more).bytes(), name="a.xlsx").findings


def test_groups_of_a_pivot_cache_are_searched() -> None:
    cache = (
        f'{HEAD}<pivotCacheDefinition xmlns="{MAIN}"><cacheFields>'
        '<cacheField name="unit" databaseField="0"><fieldGroup base="0"><groupItems count="1">'
        f'<s v="{EMAIL}"/></groupItems></fieldGroup></cacheField></cacheFields>'
        "</pivotCacheDefinition>"
    )
    draft = inspect(
        Workbook(
            parts={"xl/pivotCache/pivotCacheDefinition1.xml": ("", cache.encode())},
            relations=[("rId9", "pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml")],
        ).bytes(),
        name="a.xlsx",
    )
    assert [f.detail for f in draft.findings] == ["pivot groups: 1 email"]


def test_groups_of_a_pilot_are_searched() -> None:
    more = (
        '<table:data-pilot-tables><table:data-pilot-table table:name="Pilot">'
        '<table:data-pilot-field table:source-field-name="rank"><table:data-pilot-groups '
        f'table:source-field-name="rank"><table:data-pilot-group table:name="{EMAIL}"/>'
        "</table:data-pilot-groups></table:data-pilot-field></table:data-pilot-table>"
        "</table:data-pilot-tables>"
    )
    draft = inspect(made_after(more).bytes(), name="a.ods")
    assert [f.detail for f in draft.findings] == ["groups of a pivot table: 1 email"]
