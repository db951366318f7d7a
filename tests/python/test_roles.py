"""What each column is taken for, and that the reasons name no value."""

from __future__ import annotations

import datetime
import decimal
import doctest
import math
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.csv
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import singleout.dependencies
import singleout.lexicon
import singleout.roles
from singleout.detect_checks import nhs_valid
from singleout.errors import InputError
from singleout.lexicon import look_up
from singleout.roles import suggest_roles

SHARED = Path(__file__).parents[2].parent / "shared"

STAFF = {
    "direct identifier": ["service_number", "surname", "post_number"],
    "sensitive": ["status", "vetting_level", "pay_point", "absence_flag"],
    "neither": ["extract_date"],
}


def test_the_staff_list():
    table = pyarrow.csv.read_csv(SHARED / "data" / "staff.csv")
    found = suggest_roles(table)
    for role, names in STAFF.items():
        assert list(found.named(role)) == names
    assert len(found.named("quasi-identifier")) == 32 - sum(map(len, STAFF.values()))
    assert found["unit"].meaning == "unit"
    assert "6 of its values use words for sensitive duties" in " ".join(found["unit"].reasons)
    assert "nearly every row" in " ".join(found["service_number"].reasons)
    assert "same value in every row" in " ".join(found["extract_date"].reasons)


def test_the_adult_survey():
    found = suggest_roles(pyarrow.csv.read_csv(SHARED / "data" / "adult.csv"))
    assert found.named("sensitive") == ("race", "salary-class")
    assert found.named("direct identifier") == ()


@pytest.mark.parametrize(
    ("name", "meaning", "role"),
    [
        ("Officer Collar No.", "service-number", "direct identifier"),
        ("Warrant Card Number", "service-number", "direct identifier"),
        ("EmployeeID", "pay-number", "direct identifier"),
        ("payrollNumber", "pay-number", "direct identifier"),
        ("National Insurance No", "national-insurance", "direct identifier"),
        ("Known As", "forename", "direct identifier"),
        ("Line Manager", "name", "direct identifier"),
        ("Line Manager Grade", "rank", "quasi-identifier"),
        ("Crime Ref", "case-number", "direct identifier"),
        ("D.O.B.", "birth-date", "quasi-identifier"),
        ("Country of Birth", "nationality", "quasi-identifier"),
        ("Post Code", "postcode", "quasi-identifier"),
        ("Post Title", "job", "quasi-identifier"),
        ("Length of Service", "service", "quasi-identifier"),
        ("STATION_NAME", "location", "quasi-identifier"),
        ("Reason for leaving", "reason", "sensitive"),
        ("Sick days", "health", "sensitive"),
        ("Community background", "religion", "sensitive"),
        ("Pay Grade", "pay", "sensitive"),
        ("sampling_weight", "sampling-weight", "neither"),
        ("Row", "row-number", "neither"),
    ],
)
def test_names_of_columns(name, meaning, role):
    entry = look_up(name)
    assert (entry.meaning, entry.role) == (meaning, role)


def test_a_name_that_says_nothing():
    assert look_up("x17") is None
    assert look_up("stage") is None  # "age" is not a word of it
    assert look_up("") is None


def nhs_numbers(count: int) -> list[str]:
    numbers = (str(4_000_000_000 + step * 7919) for step in range(20 * count))
    return [number for number in numbers if nhs_valid(number)][:count]


@pytest.mark.parametrize(
    ("values", "meaning", "role"),
    [
        ([f"a.person{i}@force.example.org" for i in range(30)], "email", "direct identifier"),
        ([f"07700 900{i:03d}" for i in range(120, 160)], "phone", "direct identifier"),
        ([f"AB{i:06d}C" for i in range(123456, 123490)], "national-insurance", "direct identifier"),
        (nhs_numbers(30), "nhs-number", "direct identifier"),
        ([int(number) for number in nhs_numbers(30)], "nhs-number", "direct identifier"),
        ([f"10.20.{i}.7" for i in range(40)], "ip-address", "direct identifier"),
        ([f"AB{12 + i}CDE" for i in range(12)], "vehicle", "direct identifier"),
        ([f"BT{1 + i % 9} {i % 9}GG" for i in range(60)], "postcode", "quasi-identifier"),
    ],
)  # fmt: skip
def test_values_tell_where_the_name_does_not(values, meaning, role):
    field = suggest_roles({"c7": values})["c7"]
    assert (field.role, field.meaning) == (role, meaning)
    assert f"{len(set(values)):,} of" in field.reasons[0]


def test_values_count_more_than_a_harmless_name():
    field = suggest_roles({"unit": [f"a.person{i}@example.org" for i in range(30)]})["unit"]
    assert field.role == "direct identifier"
    assert len(field.reasons) >= 2


def test_ten_digits_are_no_health_number_when_one_fails_its_check():
    values = [*nhs_numbers(29), "4000000001"]
    assert suggest_roles({"c7": values})["c7"].meaning == ""


def test_shape():
    remarks = [f"Spoke to the complainant about matter {i} and agreed a plan" for i in range(30)]
    names = [f"{a} {b}" for a in ("Anna", "Ben", "Cara", "Dan", "Eve") for b in
             ("Archer", "Baker", "Cooper", "O'Dyer", "Smith-Fox")]  # fmt: skip
    found = suggest_roles(
        {
            "c1": remarks,
            "c2": [*names, *names[:5]],
            "c3": list(range(1000, 1030)),
            "c4": [i / 7 for i in range(30)],
            "c5": ["x", "y", "z"] * 10,
            "c6": [None] * 30,
            "c7": [1] * 30,
            "c8": [1] * 29 + [None],
        }
    )
    assert [field.role for field in found.fields] == [
        "direct identifier",
        "direct identifier",
        "direct identifier",
        "quasi-identifier",
        "quasi-identifier",
        "neither",
        "neither",
        "quasi-identifier",
    ]
    assert "free text" in found["c1"].reasons[0]
    assert "people's names" in found["c2"].reasons[0]
    assert "could not know" in found["c5"].reasons[0]


def test_the_analyst_decides():
    data = {"rank": ["PC", "Sergeant"] * 20, "surname": ["A", "B"] * 20}
    found = suggest_roles(data, {"surname": "quasi-identifier", "rank": "quasi-identifier"})
    assert found.named("quasi-identifier") == ("rank", "surname")
    assert found["surname"].given
    assert found["surname"].reasons[:2] == ("as you say", "suggested was: direct identifier")
    assert "suggested" not in " ".join(found["rank"].reasons)
    with pytest.raises(InputError, match="did you mean 'rank'"):
        suggest_roles(data, {"rnak": "neither"})
    with pytest.raises(InputError, match="choose one of 'direct identifier'"):
        suggest_roles(data, {"rank": "secret"})
    with pytest.raises(InputError, match="no column 'age'"):
        found["age"]


def test_kinds_of_frames_and_columns_agree():
    data = {
        "surname": ["Ash", "Birch"] * 20,
        "joined": [datetime.date(2001, 2, 3), None] * 20,
        "photo": [b"\x00", b"\xff"] * 20,
    }
    expected = suggest_roles(pa.table(data))
    assert suggest_roles(data) == expected
    assert suggest_roles(pl.DataFrame(data)) == expected
    assert suggest_roles(pd.DataFrame(data)) == expected
    encoded = pa.table(data).set_column(0, "surname", pa.array(data["surname"]).dictionary_encode())
    assert suggest_roles(encoded) == expected
    assert str(expected).count("\n") == 3


def test_every_kind_of_column_is_looked_at():
    columns = {
        "c1": pa.array(["a", "b", "c"] * 10, pa.string_view()),
        "c2": pa.array([b"x", b"y", None] * 10, pa.binary_view()),
        "c3": pa.array([b"ab"] * 30, pa.binary(2)),
        "c4": pa.array([None] * 30, pa.dictionary(pa.int8(), pa.string())),
        "c5": pa.nulls(30),
        "c6": pa.array([math.nan, 1.0, 2.5] * 10),
        "c7": pa.array([decimal.Decimal("1.1"), None] * 15),
        "c8": pa.array([datetime.time(1, 2), datetime.time(3)] * 15),
        "c9": pa.array([datetime.timedelta(1), datetime.timedelta(2)] * 15),
        "c10": pa.array([True, False] * 15),
        "c11": pa.RunEndEncodedArray.from_arrays([30], ["a"]),
        "c12": pa.array([1, 2, 3] * 10).dictionary_encode(),
    }
    found = suggest_roles(pa.table(columns))
    neither = {"c3", "c4", "c5", "c11"}
    for field in found.fields:
        assert field.role == ("neither" if field.name in neither else "quasi-identifier")
    long = pa.table({name: pa.concat_arrays([column] * 2000) for name, column in columns.items()
                     if name not in ("c1", "c2", "c11")})  # fmt: skip
    again = suggest_roles(long)
    assert [one.role for one in again.fields] == [found[one.name].role for one in again.fields]


def test_an_empty_table_has_columns_without_values():
    found = suggest_roles(pa.table({"surname": pa.array([], pa.string())}))
    assert found["surname"].reasons == ("no value in any row",)


def test_nested_columns_are_taken_for_the_worst():
    field = suggest_roles(pa.table({"tags": [[1, 2], [3]]}))["tags"]
    assert field.role == "direct identifier"
    assert "not looked into" in field.reasons[0]


def test_long_tables_are_sampled_and_it_is_said():
    rows = 120_000
    twice = np.repeat(np.arange(rows // 2), 2)  # looks nearly unique in a sample, and is not
    constant = np.zeros(rows, np.int64)
    constant[1] = 1  # in no sampled row
    table = pa.table({"c1": twice, "c2": constant, "c3": np.arange(rows)})
    found = suggest_roles(table)
    assert "50,000 of 120,000 rows" in found.notes[0]
    roles = [field.role for field in found.fields]
    assert roles == ["quasi-identifier", "quasi-identifier", "direct identifier"]
    assert suggest_roles(table) == found


VALUE = st.text(st.characters(codec="utf-8"), min_size=6, max_size=30)


@settings(deadline=None, max_examples=40)
@given(st.lists(VALUE, min_size=1, max_size=40), st.sampled_from(["c1", "surname", "nhs number"]))
def test_reasons_hold_no_value(values, name):
    field = suggest_roles({name: values})[name]
    told = " ".join(field.reasons)
    own = " ".join(suggest_roles({name: ["Zzyzx-Qqq" * 3]})[name].reasons)
    for value in values:
        assert value.strip() == "" or value not in told or value in own


@pytest.mark.parametrize(
    "module", [singleout.roles, singleout.lexicon, singleout.dependencies], ids=lambda m: m.__name__
)
def test_docstring_examples(module):
    failed, tried = doctest.testmod(module)
    assert failed == 0
    assert tried > 0
