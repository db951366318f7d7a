"""Files that are no files of rows: what they are, whether name and content fit, and the remedy."""

from __future__ import annotations

import io
import zipfile

import pyarrow as pa
import pytest
import xlsxwriter
from pyarrow import parquet

import singleout as so
from singleout.cli import main
from singleout.other_files import refusal

ROWS = b"rank,unit\nPC,Surveillance\nPC,Vetting\n"
PAGE = b"<html><body><table><tr><td>Surveillance</td></tr></table></body></html>"
TEXT_OF_AN_ERROR = b"The attachment Surveillance.xls was not found!"


def book() -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as made:
        made.add_worksheet().write_column(0, 0, ["rank", "Surveillance"])
    return stream.getvalue()


def zipped(**members: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def sheet() -> bytes:
    return zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet")


NAMES_A_WORKBOOK = "its name says it is an Excel 97 workbook (.xls), but its content is "
NAMES_A_BOOK = "its name says it is an Excel workbook (.xlsx), but its content is "
# name, content, what the message must say, its remedy
CASES = [
    (
        "ranks.xls",
        TEXT_OF_AN_ERROR,
        NAMES_A_WORKBOOK + "plain text (46 bytes)",
        "inspect ranks.xls",
    ),
    ("ranks.xls", ROWS, NAMES_A_WORKBOOK + "plain text (37 bytes)", "rename it to .csv"),
    ("ranks.xls", PAGE, NAMES_A_WORKBOOK + "a web page", "save the sheet that you want as CSV"),
    ("ranks.xls", book(), NAMES_A_WORKBOOK + "an Excel workbook", "inspect ranks.xls"),
    ("ranks.xlsx", book(), "is an Excel workbook, not a file of rows", "inspect ranks.xlsx"),
    ("ranks.xlsx", book()[:900], NAMES_A_BOOK + "a ZIP file without one", "get it again"),
    ("ranks.xlsx", b"\x00\x01" * 90, NAMES_A_BOOK + "no such thing (180 bytes)", "get it again"),
    ("ranks.XLSX", ROWS, "(.xlsx), but its content is plain text", "rename it to .csv"),
    ("ranks.xlsm", ROWS, "an Excel workbook with macros (.xlsm)", "get it again"),
    ("ranks.xlsb", ROWS, "an Excel binary workbook (.xlsb)", "get it again"),
    ("ranks.ods", sheet(), "is an OpenDocument spreadsheet, not a file", "inspect ranks.ods"),
    ("ranks.ods", ROWS, "an OpenDocument spreadsheet (.ods)", "get it again"),
    ("ranks.docx", ROWS, "a Word document (.docx)", "inspect ranks.docx"),
    ("ranks.docx", b"%PDF-1.7", "(.docx), but its content is a PDF", "export its tables to CSV"),
    ("ranks.pdf", b"%PDF-1.7", "is a PDF, not a file of rows", "export its tables to CSV"),
    ("ranks.pdf", ROWS, "a PDF (.pdf), but its content is plain text", "get it again"),
    ("ranks.zip", zipped(a="b"), "is a ZIP archive, not a file of rows", "inspect ranks.zip"),
    ("ranks.zip", ROWS, "a ZIP archive (.zip), but its content", "get it again"),
    (
        "ranks.csv",
        book(),
        "it is CSV (.csv), but its content is an Excel work",
        "inspect ranks.csv",
    ),
    ("ranks.csv", PAGE, "it is CSV (.csv), but its content is a web page", "as CSV"),
    ("ranks", book(), "is an Excel workbook, not a file of rows", "inspect ranks"),
    ("ranks.json", b'[{"unit": "Surveillance"}]', "is JSON, not a file of rows", "to CSV"),
    ("ranks.parquet", ROWS, "a Parquet file (.parquet), but its content is plain", "get it again"),
    ("ranks.parquet", book(), "(.parquet), but its content is an Excel workbook", "as CSV"),
    ("ranks.arrow", ROWS, "an Arrow file (.arrow), but its content is plain text", "get it again"),
    ("ranks.feather", b"\x00\x07" * 40, "(.feather), but its content is no such", "get it again"),
]


@pytest.mark.parametrize(
    ("name", "content", "words", "remedy"), CASES, ids=[f"{i} {c[0]}" for i, c in enumerate(CASES)]
)
def test_what_it_is_and_what_to_do(tmp_path, capsys, name, content, words, remedy):
    path = tmp_path / name
    path.write_bytes(content)
    assert main(["score", str(path)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(f"singleout: {name}: ")
    assert words in printed.err
    assert remedy in printed.err
    assert "Surveillance" not in printed.err
    with pytest.raises(so.InputError):
        so.score(path)


@pytest.mark.parametrize("name", ["ranks.csv", "ranks.txt", "ranks", "ranks.2023", "ranks.dat"])
def test_rows_are_read_by_any_name_that_says_nothing_else(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(ROWS)
    assert so.score(path).records["k"].to_pylist() == [1, 1]


def test_a_parquet_file_is_read_by_any_name(tmp_path):
    for name in ("ranks.parquet", "ranks.xlsx", "ranks.csv"):
        parquet.write_table(pa.table({"rank": ["PC", "PS"]}), tmp_path / name)
        assert so.score(tmp_path / name).records["k"].to_pylist() == [1, 1]


def test_utf16_text_is_text(tmp_path):
    head = "rank,unit\n".encode("utf-16")
    found = refusal(tmp_path / "ranks.xls", "ranks.xls", head, len(head))
    assert found is not None
    assert "plain text" in found
