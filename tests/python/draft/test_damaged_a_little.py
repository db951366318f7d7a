"""Cells that show nothing are counted; small damage is told, and what else is there is read."""

from __future__ import annotations

import pytest
from builders import damaged
from builders.xls import Book

from singleout.draft import Draft, inspect


def _counts(draft: Draft, code: str) -> list[int]:
    return [finding.count for finding in draft.of(code)]


@pytest.mark.parametrize("name", damaged.EMPTY_CASES)
def test_empty_texts_in_hidden_cells_are_counted(name: str) -> None:
    """A formula that gives an empty text may give another one tomorrow."""
    code, count, data, clean = damaged.EMPTY_CASES[name]()
    file = "a.xls" if "old" in name else "a.xlsx"
    draft = inspect(data, name=file)
    assert _counts(draft, code) == [count]
    assert draft.complete
    assert not list(inspect(clean, name=file).of(code))


def test_empty_texts_take_part_in_the_place() -> None:
    _, _, data, _ = damaged.EMPTY_CASES["hidden row"]()
    assert [f.place.cells for f in inspect(data, name="a.xlsx").of("hidden-row")] == ["A1:D1"]


def test_names_of_link_items_are_no_values() -> None:
    names, value = damaged.items_of_a_link()
    draft = inspect(names, name="a.xls")
    assert not list(draft.of("external-link-cache"))
    assert list(draft.of("external-link"))
    assert draft.complete
    assert _counts(inspect(value, name="a.xls"), "external-link-cache") == [1]


@pytest.mark.parametrize(("value", "count"), [("<v></v>", 2), ("<v>y</v>", 2), ("", 1)])
def test_empty_cells_of_another_workbook_are_counted(value: str, count: int) -> None:
    draft = inspect(damaged.external(value), name="a.xlsx")
    assert _counts(draft, "external-link-cache") == [count]


def test_cells_beside_one_whose_string_is_lost_are_read() -> None:
    draft = inspect(damaged.lost_strings(), name="a.xlsx")
    assert _counts(draft, "hidden-row") == [3]
    told = [f.detail for f in draft.of("not-fully-read")]
    assert told == ["1 cells refer to strings that are not there"]
    assert not draft.complete


def test_one_long_text_in_many_cells_is_a_limit() -> None:
    draft = inspect(damaged.long_strings(), name="a.xlsx")
    told = [f.detail for f in draft.of("not-fully-read")]
    assert told == ["the texts of its cells are too long together"]
    assert not draft.complete


@pytest.mark.parametrize("content", [None, b"<Relationships", b"<Relationships/>"])
def test_main_part_is_found_without_relationships(content: bytes | None) -> None:
    draft = inspect(damaged.without_relations(content), name="a.xlsx")
    assert _counts(draft, "hidden-row") == [2]
    assert [f.place.item for f in draft.of("author-property")] == ["creator"]
    assert "_rels/.rels" in [f.place.part for f in draft.of("not-fully-read")]
    assert not draft.complete
    assert not list(draft.of("unreadable"))


def test_properties_that_no_relationship_reaches_are_read_and_told() -> None:
    draft = inspect(damaged.unreached_properties(), name="a.xlsx")
    assert [f.place.item for f in draft.of("author-property")] == ["creator"]
    assert [f.place.part for f in draft.of("unknown-part")] == ["docProps/core.xml"]


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "docProps/core.xml"])
def test_part_with_a_wrong_checksum_is_read_and_told(part: str) -> None:
    data = damaged.wrong_checksum(damaged.with_author(), part)
    draft = inspect(data, name="a.xlsx")
    assert _counts(draft, "hidden-row") == [2]
    assert [f.place.item for f in draft.of("author-property")] == ["creator"]
    told = [(f.place.part, f.detail) for f in draft.of("not-fully-read")]
    assert told == [(part, "its checksum is wrong")]
    assert not draft.complete
    assert inspect(damaged.with_author(), name="a.xlsx").complete


@pytest.mark.parametrize("state", ["", "hidden", "veryHidden"])
@pytest.mark.parametrize("link", ["", "rIdNone"])
def test_sheet_without_a_part_is_hidden_all_the_same(state: str, link: str) -> None:
    """A module of Excel 5 has no part any more, but its name and state (18.2.19)."""
    draft = inspect(damaged.without_part(state, link), name="a.xlsx")
    code = {"hidden": "hidden-sheet", "veryHidden": "very-hidden-sheet"}
    told = [(f.code, f.place.sheet) for f in draft.findings if f.code in code.values()]
    assert told == ([(code[state], "Module1")] if state else [])
    assert draft.complete == (not link)
    assert draft.clean == (not link)


@pytest.mark.parametrize("size", [0, 32, 40, 60, 1])
def test_properties_outside_their_set_are_read_and_told(size: int) -> None:
    draft = inspect(damaged.short_set(size), name="a.xls")
    assert [f.place.item for f in draft.of("author-property")] == ["creator"]
    assert [f.place.item for f in draft.of("document-property")] == ["title"]
    assert draft.complete == (size < 8)
    assert bool(list(draft.of("not-fully-read"))) == (size >= 8)


def test_zeros_where_properties_should_be_are_a_note() -> None:
    draft = inspect(Book(streams={"\x05SummaryInformation": bytes(4096)}).bytes(), name="a.xls")
    assert [(f.severity, f.place.part) for f in draft.of("unknown-part")] == [
        ("note", "SummaryInformation")
    ]
    assert draft.complete


def test_stream_that_is_cut_off_is_read_as_far_as_it_goes() -> None:
    draft = inspect(damaged.cut_chain(), name="a.xls")
    assert [f.place.sheet for f in draft.of("hidden-sheet")] == ["Staff"]
    assert "the stream is cut off" in [f.detail for f in draft.of("not-fully-read")]
    assert draft.tables
    assert not draft.complete
