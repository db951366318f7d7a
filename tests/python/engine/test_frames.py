"""Every kind of table goes in, and the same kind comes out."""

from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from pyarrow import feather, ipc, parquet

import singleout as so

DATA = {
    "rank": ["PC", "PC", "Sergeant", None, "PC"],
    "station": ["A", "B", "B", "B", "A"],
    "year": [2001, 2001, 2003, 2003, 2001],
}
UNIQUE = [2, 0, 0, 3, 2, 1, 3]


def relation(data):
    return duckdb.from_arrow(pa.table(data))


class Exporter:
    """Any object with the Arrow C stream interface."""

    def __init__(self, data):
        self._table = pa.table(data)

    def __arrow_c_stream__(self, requested_schema=None):
        return self._table.__arrow_c_stream__(requested_schema)


def values(column):
    return list(column) if isinstance(column, (list, pd.Series, pl.Series)) else column.to_pylist()


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (dict, dict),
        (pa.table, pa.Table),
        (lambda data: pa.RecordBatch.from_pydict(data), pa.Table),
        (pd.DataFrame, pd.DataFrame),
        (lambda data: pd.DataFrame(data).convert_dtypes(), pd.DataFrame),
        (lambda data: pd.DataFrame(data).astype({"station": "category"}), pd.DataFrame),
        (pl.DataFrame, pl.DataFrame),
        (pl.LazyFrame, pl.DataFrame),
        (Exporter, pa.Table),
    ],
)
def test_the_same_kind_comes_back(make, kind):
    assessment = so.score(make(DATA))
    combinations = assessment.combinations
    assert type(combinations) is kind
    assert values(combinations["unique_records"]) == UNIQUE
    assert [list(f) for f in values(combinations["fields"])][3] == ["rank", "station"]
    assert values(assessment.records["unique_combinations"])
    assert values(assessment.fields["field"]) == list(DATA)


def test_relations():
    combinations = so.score(relation(DATA)).combinations
    assert isinstance(combinations, duckdb.DuckDBPyRelation)
    assert [row[0] for row in combinations.select("unique_records").fetchall()] == UNIQUE


def test_pandas_lists_are_lists():
    frame = so.score(pd.DataFrame(DATA)).combinations
    assert frame["fields"][3] == ["rank", "station"]


def test_numbers_of_numpy_in_a_dict():
    found = so.score({"a": np.array([1.0, np.nan, 1.0]), "b": np.array(["x", "y", "x"])})
    assert found.fields["nulls"] == [1, 0]
    assert found.records["k"] == [2, 1, 2]


def test_columns_whose_names_are_numbers():
    assert so.score(pd.DataFrame({0: [1, 2, 2], 1: [1, 1, 2]})).fields["field"].tolist() == [
        "0",
        "1",
    ]


def test_files(tmp_path):
    table = pa.table(DATA)
    parquet.write_table(table, tmp_path / "a.parquet")
    feather.write_feather(table, tmp_path / "a.feather", compression="uncompressed")
    with ipc.new_stream(tmp_path / "a.arrows", table.schema) as sink:
        sink.write_table(table)
    csv = "rank,station,year\nPC,A,2001\nPC,B,2001\nSergeant,B,2003\n,B,2003\nPC,A,2001\n"
    (tmp_path / "a.csv").write_text(csv)
    (tmp_path / "bom.csv").write_bytes(csv.encode("utf-8-sig"))
    (tmp_path / "wide.csv").write_bytes(csv.encode("utf-16"))
    (tmp_path / "a.tsv").write_text(csv.replace(",", "\t"))
    (tmp_path / "semicolon.csv").write_text(csv.replace(",", ";").replace("\n", "\r\n"))
    for path in sorted(tmp_path.iterdir()):
        found = so.score(path)
        assert found.combinations["unique_records"].to_pylist() == UNIQUE, path.name
        assert path.name in found.summary()


def test_quoted_line_ends_and_western_letters(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes('name,post\n"Zo\xeb\nAsh",a\n"O""Neil, J",b\n'.encode("cp1252"))
    found = so.score(path)
    assert found.people == 2
    assert any("Windows-1252" in note for note in found.notes)


def test_text_stays_as_it_stands_in_the_file(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("code,half\n007,1.0\n7,1\n07,1.00\n")
    assert so.score(path).fields["distinct"].to_pylist() == [3, 3]
