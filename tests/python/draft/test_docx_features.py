"""Every feature is found in the document that has it, and its clean twin gives only notes."""

from __future__ import annotations

import random
import time

import pytest
from builders.docx import Document, cell, paragraph, run, table
from builders.docx_features import CASES
from builders.docx_looks import CASES as LOOKS
from builders.docx_made import CLEAN, embedded
from builders.xlsx import COUNTS, PEOPLE, Sheet, Workbook

from singleout.draft import inspect

# The twin has a picture, a glossary or a list of the harmless kind
ALLOWED = {"picture"}


@pytest.mark.parametrize("name", [*CASES, *LOOKS])
def test_feature_is_found_and_twin_is_not(name: str) -> None:
    code, count, data, twin = {**CASES, **LOOKS}[name]()
    draft, clean = inspect(data, name="a.docx"), inspect(twin, name="a.docx")
    found = [f for f in draft.of(code) if f.count == count]
    assert found, [(f.code, f.count, f.place.text(), f.detail) for f in draft.findings]
    assert clean.complete
    more = [(f.code, f.count, f.detail) for f in clean.findings if f.severity != "note"]
    assert [line for line in more if line[0] not in ALLOWED] == []
    assert not [f for f in clean.of(code) if f.severity == found[0].severity]


def test_clean_document_gives_nothing() -> None:
    draft = inspect(CLEAN, name="a.docx")
    assert draft.findings == ()
    assert draft.clean
    assert [(t.kind, t.visible, t.n_rows, t.names) for t in draft.tables] == [
        ("counts", True, 3, ("rank", "officers"))
    ]


def test_strict_document_reads_the_same() -> None:
    members = Document(Document().body + paragraph(run("aside", "<w:vanish/>"))).members()
    old = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    new = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    from builders.xlsx import packed

    draft = inspect(packed({k: v.replace(old, new) for k, v in members.items()}), name="a.docx")
    assert [(f.code, f.count) for f in draft.findings] == [("hidden-text", 1)]
    assert len(draft.tables) == 1


def test_merged_cells_keep_a_table_whole() -> None:
    two, three = '<w:gridSpan w:val="2"/>', '<w:gridSpan w:val="3"/>'
    lines = [
        cell("rank", '<w:vMerge w:val="restart"/>') + cell("officers", three),
        cell("", "<w:vMerge/>") + cell("men", two) + cell("women"),
        cell("sergeant") + cell("70", two) + cell("50"),
        cell("inspector") + cell("30", two) + cell("15"),
    ]
    body = "".join(f"<w:tr>{line}</w:tr>" for line in lines)
    draft = inspect(Document(f"<w:tbl>{body}</w:tbl>").bytes(), name="a.docx")
    (found,) = draft.tables
    assert found.names == ("rank", "officers men", "officers women")
    assert found.data.to_pydict()["officers men"] == ["70", "30"]


def test_people_in_a_header_are_in_sight_and_in_a_comment_are_not() -> None:
    from builders.docx import story

    def made(kind: str, root: str, section: str = "") -> bytes:
        content = story(table(PEOPLE) + paragraph("x"), root)
        return Document(
            section=section,
            parts={"word/more.xml": ("", content)},
            relations=[("rIdH", kind, "more.xml")],
        ).bytes()

    shown = made("header", "hdr", '<w:headerReference w:type="default" r:id="rIdH"/>')
    assert [f.code for f in inspect(shown, name="a.docx").findings if f.severity == "refuse"] == []
    unseen = inspect(made("comments", "comments"), name="a.docx")
    assert [t.n_rows for t in unseen.unseen] == [4]


def test_the_shape_of_2023_in_a_document() -> None:
    """A workbook with a hidden sheet of 10,799 people behind a table of counts in a document."""
    head = ["service number", "surname", "initials", "rank", *(f"field {i}" for i in range(28))]
    body = [[10_000 + i, f"Name{i % 4_000}", "AB", "PC", *range(28)] for i in range(10_799)]
    data = embedded(
        Workbook([Sheet("Counts", COUNTS), Sheet("Source", [head, *body], "hidden")]).bytes()
    )
    start = time.process_time()
    draft = inspect(data, name="counts.docx", expect="counts")
    assert time.process_time() - start < 4
    assert [(f.severity, f.count) for f in draft.of("unseen-people-table")] == [("refuse", 10_799)]
    assert next(draft.of("unseen-people-table")).place.file.endswith("Worksheet.xlsx")
    assert [len(t.names) for t in draft.unseen if t.kind == "people"] == [32]


def test_file_far_larger_than_what_it_shows() -> None:
    parts = {"word/old.bin": ("", random.Random(1).randbytes(150_000))}
    (found,) = inspect(Document(parts=parts).bytes(), name="a.docx").of("oversized")
    assert found.place.part == "word/old.bin"
    assert found.count > 150_000


def test_values_never_in_what_is_shown() -> None:
    _, _, data, _ = CASES["hidden people in a table"]()
    draft = inspect(data, name="a.docx")
    assert "Adeyemi" not in str(draft.to_dict()) + draft._repr_html_()
    assert "Adeyemi" in str(draft.unseen[0].data.to_pylist())
