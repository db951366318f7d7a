"""Tables that are written as lines of a document or of a text file."""

from __future__ import annotations

import time

import pytest
from builders.docx import Document, cell, paragraph, run, table
from passages_of import Handed

from singleout.draft import inspect
from singleout.draft.lists import find_lists

PEOPLE = [
    ("Adeyemi", "sergeant", "north"),
    ("Brennan", "inspector", "south"),
    ("Castell-Ross", "constable", "east"),
    ("Dunmore", "constable", "west"),
    ("Ellery", "sergeant", "north"),
]


def document(*paragraphs: str) -> bytes:
    return Document("".join(paragraph(line) for line in paragraphs)).bytes()


def columns(data: bytes, name: str) -> list[list[str]]:
    """The first column of each table."""
    tables = inspect(data, name=name).tables
    return [[t.names[0], *map(str, t.data.column(0).to_pylist())] for t in tables]


def test_lines_with_tabs_are_a_table() -> None:
    rows = ["\t".join(row) for row in PEOPLE]
    rows[1] = rows[1].replace("\t", "\t\t")
    data = document("The officers are", *rows, "Yours faithfully")
    assert len(columns(data, "a.docx")) == 1
    told = Handed(data, "a.docx")
    for row in PEOPLE:
        assert [seen for text in row[:1] for seen in told.cells_of(text)] == [True]
        assert [(p.sort, p.seen) for p in told.of(row[0])] == [("paragraph", True)]


@pytest.mark.parametrize("between", [", ", "; ", " - ", " \u2013 "])
def test_lines_with_commas_are_a_table(between: str) -> None:
    told = Handed(document(*(between.join(row) for row in PEOPLE)), "a.docx")
    assert {text for text, _ in told.cells} == {text for row in PEOPLE for text in row}


@pytest.mark.parametrize(
    "lines",
    [
        ["1.\tThe first part", "2.\tThe second part", "(iii)\tThe third part", "b)\tThe fourth"],
        ["\u2022\tThe first part", "\u2022\tThe second part", "\u2022\tThe third part"],
        ["It was seen, so we asked.", "No one came, we left.", "He said, she said.", "So, no."],
        ["We looked at all the papers that we hold on it, and found none of that kind"] * 6,
        ["Tel:\t01632 960101", "Yours\tfaithfully"],
        ["Yours, etc", "By hand, today", "One copy"],
    ],
)
def test_sentences_and_numbered_paragraphs_are_no_table(lines: list[str]) -> None:
    assert not Handed(document(*lines), "a.docx").cells
    assert not list(find_lists(lines, fixed=True))


def test_a_table_between_two_lines_parts_them() -> None:
    two = [paragraph("\t".join(row)) for row in PEOPLE[:2]]
    for rows in ([["a", "b"], [1, 2]], [["a", "b"]] * 40):
        for short, many in ((two[:1], 0), (two, 1)):
            body = "".join(short) + table(rows) + "".join(two[1:])
            told = Handed(Document(body).bytes(), "a.docx")
            assert len(told.cells_of("Adeyemi")) == many


def fixed(rows: list[tuple[str, ...]], gap: int) -> list[str]:
    widths = [max(map(len, column)) + gap for column in zip(*rows, strict=True)]
    return ["".join(t.ljust(w) for t, w in zip(row, widths, strict=True)).rstrip() for row in rows]


@pytest.mark.parametrize("gap", [1, 2, 9])
@pytest.mark.parametrize("title", [[], ["Officers who left in the year to 31 March 2024"]])
def test_columns_of_a_fixed_width(gap: int, title: list[str]) -> None:
    rows = [("surname", "rank", "unit"), *PEOPLE]
    data = "\n".join([*title, *fixed(rows, gap)]).encode()
    told = Handed(data, "a.txt")
    for row in rows:
        for text in row:
            assert (text, True) in told.cells, text
    (found,) = inspect(data, name="a.txt").people
    assert found.names == ("surname", "rank", "unit")


def test_prose_is_no_table_of_a_fixed_width() -> None:
    prose = (
        "It was said of the officer that he had been there\n"
        "at the time. We do not hold any paper\n"
        "which says so, and have asked the force for it.\n"
        "They say that there is none, and that all\n"
        "of those who were asked have since left it.\n"
        "We have no more to say on this matter now.\n"
    )
    told = Handed(prose.encode(), "a.txt")
    assert not list(find_lists(prose.split("\n"), fixed=True))
    (first, *_) = [p.text for p in told.passages if p.sort == "paragraph"]
    assert first.startswith("It was said of the officer that he had been there at the time. We")


def test_sentences_cut_at_commas_are_whole() -> None:
    lines = [
        "The officer, A. Brennan, born 4 July 1980, left in May.",
        "No other, we are told, did.",
    ]
    told = Handed("\n".join(lines).encode(), "a.txt")
    assert [p.text for p in told.passages if p.sort == "paragraph"] == lines


def test_rows_of_data_are_no_sentences() -> None:
    data = "\n".join(",".join(row) for row in [("surname", "rank", "unit"), *PEOPLE]).encode()
    told = Handed(data, "a.csv")
    assert not [p for p in told.passages if p.sort == "paragraph"]
    titled = Handed(b"Officers in 2024\n\n" + data, "a.csv")
    assert [p.text for p in titled.passages if p.sort == "paragraph"] == ["Officers in 2024"]


def test_lines_of_keys_and_values_of_a_text_file() -> None:
    told = Handed(b"Name: A. Brennan\nRank: inspector\nBorn: 4 July 1980\n", "a.txt")
    assert {text for text, _ in told.cells} >= {"Name", "A. Brennan", "Born", "4 July 1980"}


def test_remarks_of_a_csv() -> None:
    told = Handed(b"# by the clerk of Brennan\nrank,officers\nPC,120\nPS,45\n", "a.csv")
    assert [(p.text, p.sort, p.seen, p.what) for p in told.of("Brennan")] == [
        ("# by the clerk of Brennan", "paragraph", True, "comment line")
    ]


CARD = (
    'BEGIN:VCARD\r\nVERSION:3.0\r\nN:{0};Ann;;Dr\r\nitem1.TEL;TYPE="home,x":01632 960{1}\r\n'
    "NOTE:left in\\, say\\n M\r\n ay\r\nEND:VCARD\r\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_address_cards(encoding: str) -> None:
    text = "".join(CARD.format(row[0], 100 + i) for i, row in enumerate(PEOPLE))
    (found,) = inspect(text.encode(encoding), name="a.vcf").tables
    assert found.names == ("name", "telephone", "note")
    assert found.data.column(0).to_pylist()[0] == "Adeyemi Ann Dr"
    assert found.data.column(2).to_pylist()[0] == "left in, say\n May"


def test_links_in_plain_rows_have_their_text() -> None:
    """Rows that are read by their bytes, too."""
    link = '<w:p><w:hyperlink r:id="rId{0}">{1}</w:hyperlink></w:p>'
    linked = (cell(link.format(n, run(f"a{n}@example.org"))) for n in range(1, 60))
    rows = "".join(f"<w:tr>{one}</w:tr>" for one in linked)
    links = [(f"rId{n}", "hyperlink", f"mailto:a{n}@example.org") for n in range(1, 60)]
    made = Document(f"<w:tbl>{rows}</w:tbl>", relations=links)
    told = [p for p in Handed(made.bytes(), "a.docx").passages if p.sort == "link"]
    assert [(p.text, p.shown) for p in told] == [
        (f"mailto:a{n}@example.org", f"a{n}@example.org") for n in range(1, 60)
    ]


@pytest.mark.parametrize(
    "line", [f"a{' ' * 200_000}b", "," * 200_000, ", " * 100_000, "\t " * 100_000, "x. " * 60_000]
)
def test_strange_lines_take_time_in_proportion(line: str) -> None:
    start = time.thread_time()
    list(find_lists([line] * 5, fixed=True, keyed=True))
    assert time.thread_time() - start < 5
