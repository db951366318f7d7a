"""CSV and TSV: each thing that a reader would not notice is found, and its clean twin is clean."""

from __future__ import annotations

import random

import pytest

from singleout.draft import Draft, inspect
from singleout.draft import delimited as reader

COUNTS = "rank,officers\nsergeant,120\ninspector,45\nsuperintendent,23\n"
PEOPLE = "surname,initials,rank\nAdeyemi,J,sergeant\nBrennan,K,inspector\nCastell,M,sergeant\n"
MAIL = "a.person@example.org"


def _found(data: str | bytes, name: str = "a.csv") -> Draft:
    return inspect(data.encode() if isinstance(data, str) else data, name=name)


CASES: dict[str, tuple[str, int, str | bytes, str | bytes]] = {
    "formula": ("formula-injection", 1, COUNTS + "=1+1,2\n", COUNTS + "1=1,2\n"),
    "command": ("formula-injection", 1, COUNTS + "-2+3+cmd|' /C calc'!D2,2\n", COUNTS + "-2.5,2\n"),
    "at sign": ("formula-injection", 1, COUNTS + "@SUM(A1),2\n", COUNTS + "+44 28 9065 0222,2\n"),
    "tab": ("formula-injection", 1, COUNTS + '"\t=1",2\n', COUNTS + '"1\t",2\n'),
    "wide sign": ("formula-injection", 1, COUNTS + "\uff1d1+1,2\n", COUNTS + "\uff11,2\n"),
    "zero width": ("zero-width", 2, COUNTS + "chief\u200b\u2060,12\n", COUNTS + "chief,12\n"),
    "turned text": ("zero-width", 1, COUNTS + "chief\u202e,12\n", COUNTS + "chief\u00e9,12\n"),
    "NUL": ("unknown-part", 1, COUNTS + "chief\x00,12\n", COUNTS + "chief,12\n"),
    "end mark": ("unknown-part", 1, COUNTS + "\x1achief,12\n", COUNTS + "\x1a"),
    "far row": ("far-cells", 8, COUNTS + "\n" * 60 + COUNTS, COUNTS + "\n\n" + COUNTS),
    "row far above": ("far-cells", 1, "x\n" + "\n" * 60 + COUNTS, "x\n\n" + COUNTS),
    "far column": ("far-cells", 1, COUNTS + "a,1" + "," * 60 + "x\n", COUNTS + "a,1" + "," * 60),
    "blanks": ("far-cells", 1, COUNTS + "a" + " " * 200 + "b,1\n", COUNTS + "a b,1\n"),
    "long row": ("ragged-row", 1, COUNTS + "chief,12,x\n", COUNTS + "chief,12,\n"),
    "comment": ("comment", 1, "# by someone\n" + COUNTS, COUNTS),
    "other encoding": ("guessed-encoding", 1, COUNTS.encode() + b"r\xe9serve,12\n",
                       (COUNTS + "réserve,12\n").encode()),
    "mail in a far column": ("unseen-identifier", 1, COUNTS + "a,1" + "," * 60 + MAIL + "\n",
                             COUNTS),
    "mail beyond the last column": ("unseen-identifier", 1, COUNTS + f"a,1,{MAIL}\n", COUNTS),
    "people below": ("people-table", 3, COUNTS + "\n\n" + PEOPLE, COUNTS),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_feature_is_found_and_twin_is_not(name: str) -> None:
    code, count, data, twin = CASES[name]
    draft, clean = _found(data), _found(twin)
    assert draft.complete
    assert count in [f.count for f in draft.of(code)], draft.findings
    assert clean.clean
    assert not list(clean.of(code)), clean.findings


def test_clean_file_gives_nothing() -> None:
    draft = _found(COUNTS)
    assert draft.findings == ()
    assert (draft.format, draft.complete) == ("csv", True)
    (table,) = draft.tables
    assert (table.kind, table.names, table.row_number(0)) == ("counts", ("rank", "officers"), 2)


@pytest.mark.parametrize(
    ("data", "name", "format"),
    [
        (COUNTS.replace(",", "\t"), "a.tsv", "tsv"),
        (COUNTS.replace(",", "\t"), "a.csv", "tsv"),
        (COUNTS.replace(",", ";"), "a.csv", "csv"),
        (COUNTS.replace(",", "|"), "a.txt", "csv"),
        (COUNTS.encode("utf-16"), "a.csv", "csv"),
        (b"\xef\xbb\xbf" + COUNTS.encode(), "a.csv", "csv"),
    ],
)
def test_dialects_give_the_same_table(data: str | bytes, name: str, format: str) -> None:
    draft = _found(data, name)
    assert (draft.format, draft.findings) == (format, ())
    assert draft.tables[0].data == _found(COUNTS).tables[0].data


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        ("<html><table><tr><td>1</td></tr></table></html>", {"unsupported-format", "unknown-part"}),
        ('<?xml version="1.0"?><Workbook/>', {"unsupported-format", "unknown-part"}),
        ("{\\rtf1 hello}", {"unsupported-format", "unknown-part"}),
        ("ID;PWXL;N;E\nC;X1;Y1;K1\nE\n", {"unsupported-format", "unknown-part"}),
        (bytes(range(256)) * 40, {"unsupported-format", "unknown-part"}),
        (b"%PDF-1.7", {"unsupported-format", "unknown-part"}),
    ],
)
@pytest.mark.parametrize("name", ["a.csv", "a.xls"])
def test_name_that_does_not_fit(data: str | bytes, codes: set[str], name: str) -> None:
    draft = _found(data, name)
    assert not draft.clean
    assert not draft.complete
    assert {f.code for f in draft.findings} == codes


def test_text_under_the_name_of_a_workbook() -> None:
    assert [f.code for f in _found(COUNTS, "a.xls").findings] == ["unknown-part"]


@pytest.mark.parametrize(
    "data",
    [
        "é,b\n".encode() * 40 + b"x\xff,3\n",
        COUNTS + '"chief,12\n',
        COUNTS.encode() * 2000 + random.Random(1).randbytes(20_000),
        "\n\n",
        ",,,\n,,,\n",
    ],
    ids=["undecodable", "unclosed quote", "half of it is no text", "blank", "delimiters only"],
)
def test_what_cannot_be_read_is_never_clean(data: str | bytes) -> None:
    draft = _found(data)
    assert not draft.complete
    assert not draft.clean


def test_wide_and_long_files_cost_little() -> None:
    draft = _found("a" + "," * 2_000_000 + "b\n" + COUNTS)
    assert list(draft.of("far-cells"))
    assert not list(_found("a\n" * 200_000).of("not-fully-read"))


def test_no_value_in_what_is_shown() -> None:
    draft = _found(COUNTS + "\n" * 60 + PEOPLE.replace("Castell", MAIL))
    shown = str(draft.to_dict()) + draft._repr_html_()
    assert "Adeyemi" not in shown
    assert MAIL not in shown


@pytest.mark.parametrize("tail", ["", "Total,9\n", "Source: payroll\n", "\nx,y\n1,2\n"])
@pytest.mark.parametrize("head", ["", "Officers by name\n", "rank,n\n"])
def test_columns_at_once_give_what_cells_give(
    head: str, tail: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = "".join(f"unit {i % 7},{i},0{i % 3}\n" for i in range(reader.MANY_ROWS + 5))
    data = head + body + tail
    fast = _found(data)
    monkeypatch.setattr(reader, "MANY_ROWS", 10**9)
    slow = _found(data)
    assert fast.findings == slow.findings
    pairs = zip(fast.tables, slow.tables, strict=False)
    assert [(a.place, a.kind, a.data, a.totals) for a, _ in pairs if a.n_rows > 50] == [
        (b.place, b.kind, b.data, b.totals) for b in slow.tables if b.n_rows > 50
    ]
