"""SUDA, DIS-SUDA, individual risk and frequencies: every figure that sdcMicro gave."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

import singleout as so
from engine.shared import STAFF12, adult, expected, staff

TESTDATA = ["urbrur", "roof", "walls", "water", "electcon", "relat", "sex"]


def contributions_of(wanted: pa.Table, fields: list[str]) -> np.ndarray:
    return np.stack([wanted[f"{f}_contribution"].to_numpy() for f in fields], axis=1)


def matrix(frame: pa.Table, fields: list[str]) -> np.ndarray:
    columns = [frame[f].to_numpy().astype(float) for f in fields]
    return np.nan_to_num(np.stack(columns, axis=1))


@pytest.mark.parametrize(
    ("name", "table"),
    [("adult_suda.csv.gz", adult), ("staff12_suda.csv.gz", lambda: staff().select(STAFF12))],
)
def test_suda_agrees_with_sdcmicro(name, table):
    data, wanted = table(), expected(name)
    assessment = so.score(data, sampling_fraction=0.1)
    records = assessment.records
    score = wanted["score"].to_numpy().astype(float)
    assert records["suda_score"].to_pylist() == score.tolist()
    assert np.abs(records["dis_suda"].to_numpy() - wanted["dis"].to_numpy()).max() < 1e-6
    fields = data.column_names
    found = assessment.suda_contributions
    each = matrix(found.records, fields)
    theirs = contributions_of(wanted, fields)
    twins = twin_items(data)
    differ = np.abs(each - theirs).max(axis=1) > 1e-6
    assert not differ[~twins.any(axis=1)].any()
    if name.startswith("adult"):
        assert not differ.any()
    # Where two of a record's values always come together sdcMicro books both fields' sets under one
    # of them: docs/measures/suda.md. Their sum is the same.
    shared = np.where(twins, 0.0, each - theirs)
    assert np.abs(shared).max() < 1e-6
    assert np.abs((each - theirs)[differ].sum(axis=1)).max(initial=0.0) < 1e-6
    assert differ.sum() == {"adult_suda.csv.gz": 0, "staff12_suda.csv.gz": 667}[name]
    overall = found.overall
    assert overall["field"].to_pylist() == fields
    whole = (theirs * score[:, None]).sum(axis=0) / score.sum()
    alone = ~twins.any(axis=0)
    assert alone.sum() >= 9
    assert np.abs(overall["share"].to_numpy() - whole)[alone].max() < 1e-6


def twin_items(data: pa.Table) -> np.ndarray:
    """For each record and field, whether another field's value marks the same records."""
    m = data.num_columns
    codes = [np.unique(c.to_numpy(), return_inverse=True)[1] for c in data.columns]
    twin = np.zeros((data.num_rows, m), dtype=bool)
    for i in range(m):
        for j in range(m):
            if i != j:
                pairs = np.unique(np.stack([codes[i], codes[j]], axis=1), axis=0)
                left, right = np.bincount(pairs[:, 0]) == 1, np.bincount(pairs[:, 1]) == 1
                twin[:, i] |= left[codes[i]] & right[codes[j]]
    return twin


@pytest.mark.parametrize("threads", [1, 2])
def test_testdata_agrees_with_sdcmicro(threads):
    data = expected("testdata_risk_suda.csv")
    assessment = so.score(
        data,
        [*TESTDATA],
        weights="sampling_weight",
        sampling_fraction=0.1,
        threads=threads,
    )
    records = assessment.records
    assert records["k"].to_pylist() == data["fk"].to_pylist()
    for ours, theirs in {
        "population_k": "Fk",
        "individual_risk": "risk",
        "suda_score": "suda",
        "dis_suda": "dis_suda",
    }.items():
        found, wanted = records[ours].to_numpy(), data[theirs].to_numpy()
        np.testing.assert_allclose(found, wanted, rtol=1e-9, atol=1e-6, err_msg=ours)
    each = matrix(assessment.suda_contributions.records, TESTDATA)
    assert np.abs(each - contributions_of(data, TESTDATA)).max() < 1e-6


def test_francdat_agrees_with_sdcmicro():
    data = expected("francdat_risk.csv")
    keys = ["Key1", "Key2", "Key3", "Key4"]
    records = so.score(data, keys, weights="w").records
    assert records["k"].to_pylist() == data["fk"].to_pylist()
    np.testing.assert_allclose(records["population_k"].to_numpy(), data["Fk"].to_numpy())
    np.testing.assert_allclose(records["individual_risk"].to_numpy(), data["risk"].to_numpy())


def test_missing_values_match_anything_as_in_freqcalc():
    data = expected("testdata_nulls_fk.csv")
    assert sum(data[name].null_count for name in TESTDATA) > 100
    weighted = data.append_column("weight", pa.array(np.full(data.num_rows, 3.0)))
    records = so.score(weighted, TESTDATA, nulls="any", weights="weight", max_size=1).records
    assert records["k"].to_pylist() == data["fk"].to_pylist()
    assert records["population_k"].to_pylist() == [3.0 * k for k in data["fk"].to_pylist()]


@pytest.mark.parametrize("row", [0, 1, 500, 7000])
def test_one_records_minimal_uniques_add_up_to_its_score(row):
    from math import factorial

    data = staff().select(STAFF12)
    assessment = so.score(data)
    sets = assessment.minimal_uniques(row)
    score = sum(factorial(12 - len(chosen)) for chosen in sets)
    assert score == assessment.records["suda_score"][row].as_py()
    assert len(sets) == assessment.records["minimal_uniques"][row].as_py()
    sizes = assessment.minimal_unique_sizes
    counted = sum(assessment.records["minimal_uniques"].to_pylist())
    assert sum(sizes["minimal_uniques"].to_pylist()) == counted
