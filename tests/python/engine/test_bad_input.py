"""What cannot be measured: one clear sentence, exit code 2, and never a value of the table."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import parquet

import singleout as so
from singleout.cli import main

GOOD = "rank,unit\nPC,Surveillance\nPC,Vetting\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def files(folder):
    """name -> (bytes or None for a folder, what the message must say)."""
    parquet.write_table(pa.table({"rank": ["PC"] * 1000}), folder / "whole.parquet")
    whole = (folder / "whole.parquet").read_bytes()
    with pa.ipc.new_file(folder / "whole.arrow", pa.schema([("a", pa.int64())])) as sink:
        sink.write_table(pa.table({"a": [1, 2]}))
    arrow = (folder / "whole.arrow").read_bytes()
    return {
        "empty.csv": (b"", "empty"),
        "header.csv": (b"rank,unit\n", "header but no rows"),
        "blank.csv": (b"\n\n\n", "no rows"),
        "short.csv": (b"rank,unit\nPC,Vetting\nPC\nPC,Vetting\n", "row 3: fewer fields"),
        "long.csv": (b"rank,unit\nPC,Vetting\nPC,Vetting,x\nPC,Vetting\n", "row 3: more fields"),
        "twice.csv": (b"rank,unit,rank\nPC,Vetting,PC\n", "columns 1 and 3 are both named 'rank'"),
        "bytes.csv": (b"rank,unit\nPC,Vetting\nPC,\xff\xfe\x81\n", "row 3: bytes that"),
        "broken.csv": ("rank,unit\nPC,é è ü\n".encode() + b"PC,\xc3\n", "row 3: bytes that cannot"),
        "quote.csv": (b'rank,unit\nPC,"Vetting\nPC,Vetting\n', "quote that is never closed"),
        "nul.csv": (b"rank,unit\nPC,Vet\x00ting\nPC,a\n", "NUL"),
        "folder.csv": (None, "is a folder"),
        "cut.parquet": (whole[: len(whole) // 2], "damaged or cut short"),
        "cut.arrow": (arrow[: len(arrow) // 2], "damaged or cut short"),
        "flipped.parquet": (whole[:-20] + b"\xff" * 12 + whole[-8:], "damaged or cut short"),
        "cut.xlsx": (
            b"PK\x03\x04" + b"\x00" * 60,
            "content is a ZIP file without one: it is damaged",
        ),
        "cut.xls": (OLE + b"\x00" * 60, "an Excel 97 workbook that is damaged or cut short"),
        "zipped.csv.gz": (b"\x1f\x8b\x08\x00" + b"\x00" * 20, "compressed"),
    }


@pytest.mark.parametrize(
    "name",
    [
        "empty.csv",
        "header.csv",
        "blank.csv",
        "short.csv",
        "long.csv",
        "twice.csv",
        "bytes.csv",
        "broken.csv",
        "quote.csv",
        "nul.csv",
        "folder.csv",
        "cut.parquet",
        "cut.arrow",
        "flipped.parquet",
        "cut.xlsx",
        "cut.xls",
        "zipped.csv.gz",
    ],
)
def test_files_that_cannot_be_read(tmp_path, capsys, name):
    content, words = files(tmp_path)[name]
    path = tmp_path / name
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    with pytest.raises(so.InputError) as caught:
        so.score(path)
    assert words in str(caught.value)
    assert name in str(caught.value)
    assert main(["score", str(path)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    # The command looks for the files in a folder
    said = f"{path}: the folder holds no file" if content is None else caught.value
    assert printed.err.strip() == f"singleout: {said}"
    assert "Vetting" not in printed.err


def test_no_such_file(capsys):
    assert main(["score", "no-such-file.csv"]) == 2
    assert "no such file" in capsys.readouterr().err


def test_a_file_that_may_not_be_read(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(GOOD)
    looped = tmp_path / "b.csv"
    looped.symlink_to(looped)
    with pytest.raises(so.InputError, match=r"b\.csv: too many levels"):
        so.score(looped)


def test_no_such_field_offers_the_nearest(tmp_path, capsys):
    path = tmp_path / "a.csv"
    path.write_text(GOOD)
    assert main(["score", str(path), "--fields", "rnak", "unit"]) == 2
    assert "a.csv: there is no column 'rnak': did you mean 'rank'?" in capsys.readouterr().err
    with pytest.raises(so.InputError, match="the columns are: rank, unit"):
        so.score(path, fields=["zzz"])
    with pytest.raises(so.InputError, match="did you mean 'rank'"):
        so.score(path, counts="Rank")


@pytest.mark.parametrize(
    ("data", "options", "words"),
    [
        ({}, {}, "no columns"),
        ({"a": []}, {}, "no rows"),
        ({"a": [1], "b": [1, 2]}, {}, "'b' has 2 values but 'a' has 1"),
        ({"a": [1, "x"]}, {}, "column 'a' mixes kinds"),
        ({"a": [1, 2]}, {"fields": "a"}, "list of names"),
        ({"a": [1, 2]}, {"fields": []}, "fields is empty"),
        ({"a": [1, 2]}, {"fields": ["a", "a"]}, "twice"),
        ({"a": [1, 2]}, {"max_size": 0}, "max_size must be"),
        ({"a": [1, 2]}, {"max_size": True}, "max_size must be"),
        ({"a": [1, 2]}, {"threshold": 2.5}, "threshold must be"),
        ({"a": [1, 2]}, {"threshold": 2**32}, "below 2\\^32"),
        ({"a": [1, 2]}, {"threads": -1}, "threads must be"),
        ({"a": [1, 2]}, {"nulls": "ignore"}, "nulls must be"),
        ({"a": [1, 2]}, {"identifiers": "drop"}, "identifiers must be"),
        ({"a": [1, 2], "n": [1, 0]}, {"counts": "n"}, "column 'n', row 2: a count below 1"),
        ({"a": [1, 2], "n": [1, None]}, {"counts": "n"}, "column 'n', row 2: no count"),
        ({"a": [1, 2], "n": [1, 1.5]}, {"counts": "n"}, "not a whole number"),
        ({"a": [1, 2], "n": ["1", "x"]}, {"counts": "n"}, "not a whole number"),
        ({"a": [1, 2], "n": [2**32, 1]}, {"counts": "n"}, "more than 4,294,967,294 people"),
        ({"a": [1, 2], "n": [2**32 - 2, 1]}, {"counts": "n"}, "more than 4,294,967,294 people"),
        ({"a": [1, 2], "n": [1, 2]}, {"counts": "n", "fields": ["n"]}, "take it out of fields"),
        ({"n": [1, 2]}, {"counts": "n"}, "has no columns"),
    ],
)
def test_arguments(data, options, words):
    with pytest.raises(so.InputError, match=words):
        so.score(data, **options)


def test_people_up_to_the_limit():
    found = so.score({"a": [1, 2], "n": [2**32 - 3, 1]}, counts="n")
    assert found.records["k"] == [2**32 - 3, 1]


def test_more_rows_than_can_be_numbered():
    with pytest.raises(so.InputError, match=r"4,294,967,296 rows; at most 4,294,967,294"):
        so.score(pa.table({"a": pa.nulls(2**32)}))


def test_more_columns_than_can_be_measured():
    column = pa.array([1, 1])
    table = pa.table([column] * 10_001, names=[f"f{i}" for i in range(10_001)])
    with pytest.raises(so.InputError, match=r"10,001 fields; at most 10,000"):
        so.score(table)


def test_ten_thousand_columns():
    names = [f"f{i}" for i in range(10_000)]
    table = pa.table([pa.array([i % 3, 1, 2]) for i in range(10_000)], names=names)
    assessment = so.score(table)
    assert assessment.max_size == 1
    assert assessment.combinations.num_rows == 10_000
    assert any("up to 1 " in note for note in assessment.notes)
    with pytest.raises(so.InputError, match="max_size=1"):
        so.score(table, max_size=4)


@pytest.mark.parametrize("frame", [pd.DataFrame, pa.table])
def test_doubled_columns_and_mixed_kinds(frame):
    twice = (
        pd.DataFrame([[1, 2]], columns=["a", "a"])
        if frame is pd.DataFrame
        else pa.table([pa.array([1]), pa.array([2])], names=["a", "a"])
    )
    with pytest.raises(so.InputError, match="two columns are named 'a'"):
        so.score(twice)


def test_mixed_kinds_in_pandas():
    with pytest.raises(so.InputError, match=r"column 'a' mixes .* data\['a'\]\.astype"):
        so.score(pd.DataFrame({"a": [1, "x"]}))


@pytest.mark.parametrize("data", [3, None, [1, 2], "rank", pd.Series([1])])
def test_things_that_are_no_table(data):
    with pytest.raises(so.InputError):
        so.score(data)


def test_too_little_memory_is_said_before_the_walk(monkeypatch):
    table = {f"f{i}": [i % 2, 1, 2, i % 3] for i in range(14)}
    monkeypatch.setattr("singleout.walk.free_bytes", lambda: 3 << 20)
    with pytest.raises(so.InputError, match=r"needs about .*iB, 3\.0 MiB free: use max_size=\d+"):
        so.score(table, threads=1)
