"""Attribute disclosure and the population, on the assessment: against pycanon, ARX and by hand."""

from __future__ import annotations

import json

import numpy as np
import pyarrow as pa
import pytest

import singleout as so
from engine.shared import SHARED, adult, expected

STAFF = {
    "rank": ["PC", "PC", "PC", "Sergeant", "Sergeant", "Chief"],
    "station": ["A", "A", "B", "B", "B", "A"],
    "unit": ["Surveillance", "Surveillance", "Response", "Response", "Custody", None],
}


def test_what_a_class_gives_away():
    assessment = so.score(
        STAFF, ["rank", "station"], sensitive_values={"unit": ["Surveillance", "Dogs"]}
    )
    found = assessment.disclosure()
    assert found.fields == ("rank", "station")
    assert found.measures["homogeneous_people"] == [3]
    assert found.measures["homogeneous_shared_people"] == [2]
    assert found.measures["null_people"] == [1]
    assert found.records["unit"] == [1.0, 1.0, 1.0, 0.5, 0.5, None]
    assert found.marked == {
        "field": ["unit", "unit"],
        "value": ["Surveillance", "Dogs"],
        "people": [2, 0],
        "classes": [1, 0],
        "certain_people": [2, 0],
        "certainty": [1.0, 0.0],
    }
    by_station = assessment.disclosure(["station"])
    assert by_station.measures["homogeneous_people"] == [2]
    # sensitive or not, a field that was scored is combined
    everything = so.score(STAFF, sensitive=["unit"])
    assert ["unit"] in everything.combinations["fields"]
    assert everything.disclosure().fields == ("rank", "station")


def test_disclosure_refuses_what_it_cannot_say():
    assessment = so.score(STAFF)
    with pytest.raises(so.InputError, match="no sensitive field is named"):
        assessment.disclosure()
    with pytest.raises(so.InputError, match="'unit' is sensitive: take it out"):
        assessment.disclosure(["unit"], sensitive=["unit"])
    with pytest.raises(so.InputError, match="no column 'stations'"):
        assessment.disclosure(["stations"], sensitive=["unit"])
    with pytest.raises(so.InputError, match=r"fields=\['rank'\]"):
        assessment.disclosure("rank", sensitive=["unit"])
    with pytest.raises(so.InputError, match="no field is left"):
        so.score({"unit": ["a", "b"]}).disclosure(sensitive=["unit"])
    with pytest.raises(so.InputError, match="needs classes"):
        so.score(STAFF, nulls="any").disclosure(sensitive=["unit"])


def test_disclosure_agrees_with_pycanon():
    path = SHARED / "oracles" / "adult_attribute_disclosure.json"
    assessment = so.score(adult())
    compared = 0
    for name, wanted in json.loads(path.read_text()).items():
        if name.startswith("_"):
            continue
        fields, sensitive = name.split(" / ")
        frame = assessment.disclosure(fields.split("+"), sensitive=[sensitive]).measures
        found = frame.to_pylist()[0]
        for ours, theirs in {
            "smallest_class": "k",
            "alpha": "alpha",
            "distinct_l": "l",
            "t_equal": "t",
            "beta": "basic_beta",
            "delta_present": "delta",
        }.items():
            assert found[ours] == pytest.approx(wanted[theirs], rel=1e-9), (name, ours)
            compared += 1
    assert compared == 18


def test_estimates_agree_with_arx():
    data = adult()
    for row in expected("adult_population.csv").to_pylist():
        fraction = row["sampling_fraction"]
        found = so.score(data, sampling_fraction=fraction).population().estimates.to_pylist()
        of = {line["model"]: line for line in found}
        # Above a fraction of 0.1 the rule turns to SNB, for which ARX gives 0.
        for model in ("zayatz", "pitman", *(["dankar"] if fraction <= 0.1 else [])):
            assert of[model]["share_of_population"] == pytest.approx(row[model], abs=1e-6)
        assert of["dankar"]["chosen"] == ("pitman" if fraction <= 0.1 else "snb")


def test_a_population_table_is_joined_on_what_both_have():
    everyone = {
        "station": ["A", "A", "B", "B", "B", "A", "C"],
        "rank": ["PC", "PC", "PC", "Sergeant", "Sergeant", "Chief", "PC"],
        "people": [3, 1, 2, 2, 1, 1, 9],
        "pay": [1, 2, 3, 4, 5, 6, 7],
    }
    assessment = so.score(STAFF)
    found = assessment.population(table=everyone, counts="people")
    assert found.fields == ("rank", "station")
    assert found.records["population_k"] == [4, 4, 2, 3, 3, 1]
    assert found.records["journalist_risk"] == [1 / 4, 1 / 4, 1 / 2, 1 / 3, 1 / 3, 1.0]
    assert (found.risk.k_map, found.risk.journalist_max) == (1, 1.0)
    assert found.risk.delta_min == 0.0
    by_rank = assessment.population(table=everyone, counts="people", fields=["rank"])
    assert by_rank.records["population_k"] == [15, 15, 15, 3, 3, 1]


def test_a_population_is_compared_as_the_file_is():
    file = so.score({"surname": ["O'Neill", "Smith"]}, normalise={"surname": "name"})
    found = file.population(table=pa.table({"surname": ["ONEILL", "O Neill", "SMITH"]}))
    assert found.records["population_k"] == [2, 1]
    dictionary = pa.table({"surname": pa.array(["ONEILL", "SMITH"]).dictionary_encode()})
    assert file.population(table=dictionary).records["population_k"] == [1, 1]


def test_a_known_stratum_bounds_its_classes():
    found = so.score(STAFF).population(
        fields=["rank", "station"], strata={"rank": {"Sergeant": 4, "Chief": 1, "Dog": 5}}
    )
    assert found.records["population_k_at_most"] == [None, None, None, 4, 4, 1]
    assert found.records["journalist_risk_at_least"] == [None, None, None, 0.25, 0.25, 1.0]
    assert found.complete_strata == ("rank: Chief",)
    assert found.estimates is None
    assert found.risk is None


def test_population_refuses_what_it_cannot_say():
    assessment = so.score(STAFF)
    for arguments, words in (
        ({}, "say what is known"),
        ({"size": 3}, "smaller than the sample"),
        ({"size": 1.5}, "whole number"),
        ({"counts": "n", "size": 9}, "give the table too"),
        ({"table": {"pay": [1]}}, "shares no field"),
        ({"table": {"rank": ["PC"]}, "fields": ["rank", "station"]}, "no field 'station'"),
        ({"table": {"rank": [1]}}, "make them one kind"),
        ({"strata": {"rnak": {"PC": 9}}}, "did you mean 'rank'"),
        ({"strata": {"rank": {"PC": 9}}, "fields": ["unit"]}, "must be among the fields"),
        ({"strata": {"rank": {"PC": 1}}}, "correct its size"),
    ):
        with pytest.raises(so.InputError, match=words):
            assessment.population(**arguments)
    with pytest.raises(so.InputError, match="needs classes"):
        so.score(STAFF, nulls="any").population(100)


def test_a_refused_estimate_gives_no_figure():
    found = so.score({"id": [1, 2, 3]}).population(30).estimates
    assert all(word.startswith("Everyone is unique") for word in found["refused"])
    assert found["population_uniques"] == [None] * 5
    assert found["share_of_sample_uniques"] == [None] * 5
    assert np.all([len(text) > 20 for text in found["assumptions"]])
