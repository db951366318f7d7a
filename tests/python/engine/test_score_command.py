"""`singleout score FILE` as a person and as a program uses it."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys

import pyarrow as pa
import pytest
from pyarrow import parquet

import singleout as so
from singleout.cli import main

from .shared import STAFF12, staff


@pytest.fixture(scope="module")
def listed(tmp_path_factory):
    path = tmp_path_factory.mktemp("score") / "staff.csv"
    from pyarrow import csv as arrow_csv

    arrow_csv.write_csv(staff().select([*STAFF12, "service_number"]).slice(0, 500), path)
    return path


def test_the_table_shows_counts_and_no_values(listed, capsys):
    assert main(["score", str(listed)]) == 0
    printed = capsys.readouterr().out
    assert "staff.csv: 500 rows, 13 fields, 4,096 combinations measured." in printed
    assert "service_number singles out every row by itself" in printed
    assert "surname + unit" in printed
    surnames = set(staff()["surname"].to_pylist())
    assert not surnames & set(printed.replace("+", " ").split())


def test_csv_json_and_parquet_agree(listed, capfdbinary):
    options = ["score", str(listed), "--fields", "surname,rank_or_grade", "unit", "--max-size", "2"]
    found = {}
    for kind in ("csv", "json", "parquet"):
        assert main([*options, "--format", kind]) == 0
        found[kind] = capfdbinary.readouterr().out
    rows = list(csv.DictReader(io.StringIO(found["csv"].decode())))
    objects = json.loads(found["json"])
    table = parquet.read_table(pa.BufferReader(found["parquet"]))
    expected = so.score(listed, ["surname", "rank_or_grade", "unit"], max_size=2).combinations
    assert table.equals(expected)
    assert objects == expected.to_pylist()
    assert [row["fields"] for row in rows] == ["+".join(row["fields"]) for row in objects]
    assert [int(row["unique_records"]) for row in rows] == [r["unique_records"] for r in objects]
    assert rows[3]["fields"] == "surname+rank_or_grade"


def test_options_have_the_names_of_the_arguments(tmp_path, capfd):
    path = tmp_path / "counts.csv"
    path.write_text("rank,unit,n\nPC,a,3\nPC,,1\nSergeant,b,9\n")
    options = ["--counts", "n", "--threshold", "4", "--nulls", "drop", "--identifiers", "include"]
    assert main(["score", str(path), *options, "--threads", "1", "--format", "json"]) == 0
    found = json.loads(capfd.readouterr().out)
    wanted = so.score(path, counts="n", threshold=4, nulls="drop", identifiers="include")
    assert found == wanted.combinations.to_pylist()
    assert found[1]["records_below_threshold"] == 3


def test_the_same_bytes_twice_and_for_any_threads(listed):
    command = [sys.executable, "-m", "singleout.cli", "score", str(listed), "--format", "csv"]
    runs = [subprocess.run([*command, "--threads", n], capture_output=True) for n in "124"]
    assert [run.returncode for run in runs] == [0, 0, 0]
    assert runs[0].stdout == runs[1].stdout == runs[2].stdout != b""
    assert all(run.stderr == b"" for run in runs)


def test_names_are_shown_as_they_are(tmp_path, capsys):
    path = tmp_path / "odd.csv"
    path.write_text("[bold]rank[/],unit\nPC,a\nPC,b\nSergeant,b\n")
    assert main(["score", str(path)]) == 0
    assert "[bold]rank[/]" in capsys.readouterr().out


def test_a_closed_pipe_is_no_error(listed):
    command = f"{sys.executable} -m singleout.cli score {listed} --format csv | head -1"
    run = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True)
    assert run.stdout.startswith("fields,size,classes") or run.stdout.startswith('"fields"')
    assert run.stderr == ""


def test_help_and_usage(capsys):
    assert main(["score", "--help"]) == 0
    assert "--max-size" in capsys.readouterr().out
    assert main(["score"]) == 2
    assert main([]) == 2
