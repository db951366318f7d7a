"""JSON and JSON lines are read as rows; what is no JSON is told."""

from __future__ import annotations

import json

import pytest
from passages_of import Handed

from singleout.draft import inspect
from singleout.draft.json_records import tables

PEOPLE = [
    {"surname": "Adeyemi", "rank": "sergeant", "born": "1980-07-04"},
    {"surname": "Brennan", "rank": "inspector", "born": "1975-01-09"},
    {"surname": "Castell", "rank": "constable", "born": "1991-11-30"},
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("name", ["a.json", "a.txt", "a.jsonl"])
def test_records_are_rows(name: str, encoding: str) -> None:
    text = "\n".join(map(json.dumps, PEOPLE)) if name != "a.json" else json.dumps(PEOPLE, indent=1)
    draft = inspect(text.encode(encoding), name=name)
    assert draft.complete
    (found,) = draft.tables
    assert found.names == ("surname", "rank", "born")
    assert found.data.to_pylist() == PEOPLE
    assert found.kind == "people"


def test_every_text_is_in_a_cell() -> None:
    content = {
        "unit": "said of a unit",
        "head": {"name": "said of a head", "posts": ["said of a post", "said of another"]},
        "staff": [{"name": "said of staff", "left": [{"why": "said of leaving"}]}, "said of none"],
        "mixed": [["said of a pair", 1.50], {"x": "said of a third"}],
        "flags": [True, None],
    }
    told = Handed(json.dumps(content).encode(), "a.json")
    kinds = (
        "a unit",
        "a head",
        "a post",
        "another",
        "staff",
        "leaving",
        "none",
        "a pair",
        "a third",
    )
    assert [kind for kind in kinds if not told.cells_of(f"said of {kind}")] == []


def test_both_values_of_a_key_that_is_there_twice() -> None:
    told = Handed(b'[{"a": "one", "a": "two"}, {"a": "three", "b": 1}]', "a.json")
    assert {text for text, _ in told.cells} >= {"one", "two", "three", "a 2"}


def test_tables_in_tables_have_a_place() -> None:
    content = {"units": [{"name": "x", "staff": PEOPLE}, {"name": "y", "staff": PEOPLE[:1]}]}
    found = dict(tables(content))
    assert [row["surname"] for row in found["units.staff"]] == [
        "Adeyemi",
        "Brennan",
        "Castell",
        "Adeyemi",
    ]


@pytest.mark.parametrize("data", [b'{"a": ', b'{"a": 1} x', b"[1] [2]", b"[" * 200_000])
def test_what_is_no_json_is_told(data: bytes) -> None:
    draft = inspect(data, name="a.json")
    assert not draft.complete
