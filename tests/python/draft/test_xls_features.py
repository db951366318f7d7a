"""Every feature of old workbooks is found in the file that has it, and its clean twin gives
nothing but notes."""

from __future__ import annotations

import pytest
from builders import xls_features, xls_kept
from builders.xls import COUNTS, PEOPLE, Book, Sheet, bare, biff5, compound, rec
from builders.xls_features import CLEAN, _chart
from builders.xls_kept import _second, cache

from singleout.draft import inspect

CASES = {**xls_features.CASES, **xls_kept.CASES}


@pytest.mark.parametrize("name", CASES)
def test_feature_is_found_and_twin_is_not(name: str) -> None:
    code, count, data, twin = CASES[name]()
    draft, clean = inspect(data, name="a.xls"), inspect(twin, name="a.xls")
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
    draft = inspect(CLEAN, name="a.xls")
    assert draft.findings == ()
    assert draft.clean
    assert [(t.kind, t.visible, t.n_rows, t.names) for t in draft.tables] == [
        ("counts", True, 3, ("rank", "officers"))
    ]


@pytest.mark.parametrize("version", [2, 3, 4])
def test_one_sheet_of_old_versions(version: int) -> None:
    draft = inspect(bare(version, COUNTS), name="a.xls")
    assert draft.clean
    assert draft.format == "biff"
    assert [(t.kind, t.n_rows, t.names) for t in draft.tables] == [
        ("counts", 3, ("rank", "officers"))
    ]


def test_excel_5() -> None:
    data = compound({"Book": biff5([("Counts", 0, COUNTS), ("Staff", 2, PEOPLE)])})
    draft = inspect(data, name="a.xls")
    (table,) = draft.unseen
    assert (table.kind, table.n_rows, table.why_unseen) == ("people", 4, "very hidden sheet")
    assert [f.place.sheet for f in draft.of("very-hidden-sheet")] == ["Staff"]


def test_chart_equal_to_cells_is_a_note() -> None:
    draft = inspect(_chart(23), name="a.xls")
    assert [(f.count, f.severity) for f in draft.of("chart-cache")] == [(3, "note")]
    assert draft.clean


def test_copy_for_excel_5_with_the_same_cells_is_a_note() -> None:
    draft = inspect(_second(False), name="a.xls")
    assert [f.severity for f in draft.of("saved-version")] == ["note"]
    assert len(draft.tables) == 1


def test_pivot_records_as_a_table() -> None:
    draft = inspect(Book(streams={"_SX_DB_CUR/0001": cache(True)}).bytes(), name="a.xls")
    (table,) = draft.unseen
    assert table.names == ("surname", "unit", "pay")
    assert table.data.to_pylist()[3] == {"surname": "Dunmore", "unit": "south", "pay": "30003"}
    assert [f.place.part for f in draft.of("pivot-cache")] == ["_SX_DB_CUR/0001"]


def test_embedded_files_are_opened() -> None:
    for name in ("embedded workbook", "packaged file"):
        draft = inspect(CASES[name]()[2], name="a.xls")
        assert [(t.kind, t.n_rows, t.why_unseen) for t in draft.unseen] == [
            ("people", 4, "embedded file")
        ]
        assert draft.unseen[0].place.file.startswith("MBD0000000")
        assert draft.complete


def test_encrypted_is_never_clean() -> None:
    locked = rec(0x2F, bytes(54))
    for data, part in (
        (Book(extra=locked).bytes(), "Workbook"),
        (compound({"Book": biff5([("Counts", 0, COUNTS)], locked)}), "Book"),
        (
            compound({"EncryptedPackage": bytes(5000), "EncryptionInfo": bytes(90)}),
            "EncryptedPackage",
        ),
    ):
        draft = inspect(data, name="a.xls")
        assert [f.place.part for f in draft.of("encrypted")] == [part]
        assert not draft.complete


def test_other_formats_in_compound_files() -> None:
    for stream, told in (("WordDocument", "doc"), ("PowerPoint Document", "ppt")):
        draft = inspect(compound({stream: bytes(600)}), name=f"a.{told}")
        assert draft.format == told
        assert [f.code for f in draft.of("unsupported-format")] == ["unsupported-format"]
        assert not draft.clean


def test_strings_over_records() -> None:
    """Texts cut by CONTINUE records, the rest in another width."""
    long = "x" * 9_000
    rows = [["a", "b"], [long, "é" * 5_000], ["y" * 8_000, "end"]]
    draft = inspect(Book([Sheet("Sheet1", rows)]).bytes(), name="a.xls")
    assert draft.complete
    (table,) = draft.tables
    assert [list(row.values()) for row in table.data.to_pylist()] == [
        ["a", "b"],
        [long, "é" * 5_000],
        ["y" * 8_000, "end"],
    ]


def test_values_never_in_what_is_shown() -> None:
    _, _, data, _ = CASES["people on a hidden sheet"]()
    draft = inspect(data, name="a.xls")
    shown = str(draft.to_dict()) + draft._repr_html_()
    assert "Adeyemi" not in shown
    assert "Adeyemi" in str(draft.unseen[0].data.to_pylist())


def test_the_shape_of_2023() -> None:
    """Counts in sight, 10,799 rows of 32 fields on a hidden sheet, found well under the limit."""
    import time

    head = ["service number", "surname", "initials", "rank", *(f"field {i}" for i in range(28))]
    body = [[10_000 + i, f"Name{i % 400}", "AB", "PC", *range(28)] for i in range(10_799)]
    data = Book([Sheet("Counts"), Sheet("Source", [head, *body], 1)]).bytes()
    start = time.process_time()
    draft = inspect(data, name="counts.xls", expect="counts")
    assert time.process_time() - start < 4
    (table,) = draft.unseen
    assert (table.kind, table.n_rows, len(table.names)) == ("people", 10_799, 32)
    assert [f.severity for f in draft.of("unseen-people-table")] == ["refuse"]
