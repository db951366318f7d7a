"""Delimited text as it comes: encodings, delimiters, quotes, records that do not fit."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from singleout.dialect import read_delimited, read_records

TEXT = "rank;größe\nPC;1\nPS;2\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + TEXT.encode(), "utf-8-sig"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-32"), "utf-32-le"),
        (TEXT.encode("cp1252"), "windows-1252"),
        (TEXT.replace("\n", "\r\n").encode(), "utf-8"),
        (TEXT.replace("\n", "\r").encode(), "utf-8"),
        (TEXT.encode() + b"\x1a", "utf-8"),
        (b"sep=;\n" + TEXT.encode(), "utf-8"),
    ],
)
def test_encodings_and_line_ends(data: bytes, encoding: str) -> None:
    found = read_delimited(data)
    assert found.table.to_pydict() == {"rank": ["PC", "PS"], "größe": ["1", "2"]}
    assert (found.encoding, found.delimiter, found.header) == (encoding, ";", True)
    guessed = encoding == "windows-1252"
    assert [p.code for p in found.problems] == ["guessed-encoding"] * guessed


@pytest.mark.parametrize(
    ("data", "row"),
    [
        (b"a,b\n\xc3\xa9,1\n\xc3\xa9,2\nx\xff,3\n", 4),
        (b"\xef\xbb\xbfa,b\nx\xff,3\n", 2),
        (b"\xff\xfe" + "a,b\n1,2\n3,".encode("utf-16-le") + b"\x00\xd8", 3),
        (b"a,b\nx\x81,1\n", 2),
    ],
)
def test_undecodable_bytes_are_told_by_row(data: bytes, row: int) -> None:
    problem = read_delimited(data).problem("undecodable")
    assert problem is not None
    assert problem.rows == (row,)


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b\n1,2\n", ","),
        ("a\tb\n1,5\t2,5\n", "\t"),
        ("name;cost\na;1,5\nb;2,5\n", ";"),
        ("a|b\nx, y|2\n", "|"),
        ('"a;b",c\n"1;2",3\n"4",5\n', ","),
        ("Title, with a comma\n\na;b;c\n1;2;3\n4;5;6\n", ";"),
        ("one column\n1\n", ","),
    ],
)
def test_delimiter(text: str, delimiter: str) -> None:
    assert read_delimited(text.encode()).delimiter == delimiter


def test_ragged_rows_are_told_and_never_silent() -> None:
    found = read_delimited(b'a,b\n"x\ny",2\n3,4,5\n\n6\n')
    assert found.table.to_pydict() == {"a": ["x\ny", "3", "6"], "b": ["2", "4", None]}
    assert found.rows.tolist() == [2, 3, 5]
    told = {p.code: p.rows for p in found.problems}
    assert told == {"long-row": (3,), "short-row": (5,), "blank-row": (4,)}
    assert read_records(b"a,b\n1,2\n3,4,5\n").beyond == ((2, 2, "5"),)


def test_quotes_where_none_may_be() -> None:
    found = read_delimited(b'a,b\n"x"y,5" pipe\n"open,3\n4,5\n')
    assert found.table.to_pydict() == {"a": ["xy", '"open', "4"], "b": ['5" pipe', "3", "5"]}
    told = {p.code: p.rows for p in found.problems}
    assert told == {"stray-quote": (2,), "unclosed-quote": (3,)}
    assert read_delimited(b'a\tb\n5" pipe\t3\n').table.to_pydict() == {"a": ['5" pipe'], "b": ["3"]}


def test_bytes_that_are_no_text() -> None:
    told = {
        p.code: (p.rows, p.count) for p in read_delimited(b"a,b\n\x001,2\n\x1a3,\x014\n").problems
    }
    assert told == {"nul": ((2,), 1), "end-mark": ((3,), 1), "control": ((3,), 1)}


@pytest.mark.parametrize("data", [b"", b"\n\n", b",,\n,,\n", b"\xef\xbb\xbf", b"\xff\xfe", b'"'])
def test_next_to_nothing(data: bytes) -> None:
    assert read_delimited(data).table.num_rows == 0


def test_header() -> None:
    assert not read_delimited(b"1,2\n3,4\n").header
    assert not read_delimited(b"a,a\n3,4\n").header
    assert read_delimited(b"a,b,\n1,2,\n").table.column_names == ["a", "b"]
    noted = read_delimited(b"# extracted\n# by us\nname,n\nx,1\ny,2\nz,3\n")
    assert noted.table.column_names == ["name", "n"]
    assert {p.code: p.rows for p in noted.problems}["comment"] == (1, 2)


FIELDS = st.text(st.sampled_from('ab1é",;\n\t '), max_size=5)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(FIELDS, min_size=1, max_size=4), min_size=1, max_size=6))
def test_reads_what_the_standard_library_writes(rows: list[list[str]]) -> None:
    """With a wide first record no other delimiter fits as well."""
    rows = [["h1", "h2", "h3", "h4", "h5"]] * 9 + rows
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    records = read_records(stream.getvalue().encode())
    assert records.delimiter == ","
    cells = {
        (int(records.rows[i]), j): text
        for j, column in enumerate(records.columns)
        for i, text in enumerate(column.to_pylist())
        if text is not None
    } | {(row, column): text for row, column, text in records.beyond}
    wanted = {(i, j): text for i, row in enumerate(rows) for j, text in enumerate(row) if text}
    assert cells == wanted


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from('ab",\n'), max_size=40))
def test_any_quotes_give_the_rows_that_are_there(text: str) -> None:
    records = read_records(("x,y\n" * 5 + text).encode())
    assert records.rows.tolist()[:5] == [0, 1, 2, 3, 4] or '"' in text
    held = "".join(t or "" for c in records.columns for t in c.to_pylist())
    held += "".join(cell for _, _, cell in records.beyond)
    assert sum(map(held.count, "ab")) == sum(map(text.count, "ab"))
