"""Frequencies, individual risk and DIS-SUDA: equal to sdcMicro, and to their definitions."""

from __future__ import annotations

import gzip
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from singleout.errors import InputError
from singleout.models.sampling import dis_suda, frequencies, individual_risk

ROOT = Path(__file__).parents[3]
SHARED = ROOT.parent / "shared"
ORACLES = (
    ROOT / "tests" / "data" / "oracles",
    SHARED / "oracles",
)  # small ones are in the repository


def table(name: str) -> dict[str, np.ndarray]:
    opened = gzip.open if name.endswith(".gz") else open
    path = next(
        (folder / name for folder in ORACLES if (folder / name).exists()), ORACLES[-1] / name
    )
    with opened(path, "rt") as file:
        names = file.readline().strip().split(",")
        rows = np.loadtxt(file, delimiter=",")
    return dict(zip(names, rows.T, strict=True))


def classes(data: dict[str, np.ndarray], keys: list[str]) -> np.ndarray:
    stacked = np.stack([data[key] for key in keys], axis=1)
    return np.unique(stacked, axis=0, return_inverse=True)[1].ravel()


TESTDATA_KEYS = ["urbrur", "roof", "walls", "water", "electcon", "relat", "sex"]


@pytest.mark.parametrize(
    ("name", "keys", "weight"),
    [
        ("francdat_risk.csv", ["Key1", "Key2", "Key3", "Key4"], "w"),
        ("testdata_risk_suda.csv", TESTDATA_KEYS, "sampling_weight"),
    ],
)
def test_frequencies_and_risk_agree_with_sdcmicro(name, keys, weight):
    data = table(name)
    fk, big = frequencies(classes(data, keys), data[weight])
    np.testing.assert_array_equal(fk, data["fk"])
    np.testing.assert_allclose(big, data["Fk"], rtol=1e-12)
    np.testing.assert_allclose(individual_risk(fk, big), data["risk"], atol=1e-12)


def test_dis_suda_agrees_with_sdcmicro_on_testdata():
    data = table("testdata_risk_suda.csv")
    fk, _ = frequencies(classes(data, TESTDATA_KEYS))
    found = dis_suda(data["suda"], int((fk == 2).sum()), len(TESTDATA_KEYS), 0.1)
    np.testing.assert_allclose(found, data["dis_suda"], atol=2e-7)


def test_dis_suda_agrees_with_sdcmicro_on_adult():
    data = table("adult_suda.csv.gz")
    rows = (SHARED / "data" / "adult.csv").read_text().splitlines()[1:]
    fk, _ = frequencies(np.unique(rows, return_inverse=True)[1])
    found = dis_suda(data["score"], int((fk == 2).sum()), 9, 0.1)
    np.testing.assert_allclose(found, data["dis"], atol=1e-6)
    assert np.ptp(found[found > 0]) > 0.5


@given(st.integers(1, 60), st.floats(0.0005, 0.999))
def test_exact_risk_is_the_expectation_of_one_in_the_class(f, p):
    # Sum of 1/h times the negative binomial law of h, far into its tail.
    h = np.arange(f, f + int(40 * (f + 20) / p) + 50, dtype=float)
    steps = np.log(h[:-1] / (h[:-1] - f + 1)) + math.log1p(-p)
    log_law = f * math.log(p) + np.concatenate(([0.0], np.cumsum(steps)))
    expected = float(np.exp(log_law - np.log(h)).sum())
    got = individual_risk([f], [f / p], "exact")[0]
    assert got == pytest.approx(expected, rel=1e-7)
    approximated = individual_risk([f], [f / p])[0]
    assert approximated == pytest.approx(got, rel=1e-9 if f <= 2 else 0.25)


@given(st.floats(1.0, 1e9))
def test_one_and_two_have_their_closed_forms(big):
    p = 1 / big
    if p < 0.9:  # nearer to 1 the closed forms cancel
        ratio, log = p / (1 - p), math.log(1 / p)
        assert individual_risk([1], [big])[0] == pytest.approx(ratio * log, rel=1e-9)
        two = ratio - ratio**2 * log
        assert individual_risk([2], [2 * big])[0] == pytest.approx(two, rel=1e-9)
    assert 0 < individual_risk([2], [2 * big])[0] <= individual_risk([1], [big])[0] <= 1


def test_a_class_that_is_whole_or_takes_no_part():
    risk = individual_risk([4, 4, 0, 1], [4.0, 3.0, 0.0, 1.0])
    assert risk[:2].tolist() == [0.25, 0.25]
    assert math.isnan(risk[2])
    assert risk[3] == 1.0
    fk, big = frequencies([-1, 2, 2], [math.nan, 1.0, 2.0])
    assert (fk.tolist(), big.tolist()) == ([0, 2, 2], [0.0, 3.0, 3.0])


@given(
    st.lists(st.integers(0, 6).map(lambda s: s and math.factorial(s)), min_size=1, max_size=20),
    st.integers(0, 40),
    st.integers(1, 40),
    st.floats(0.001, 1.0),
)
def test_dis_suda_equals_its_formula(scores, pairs, fields, fraction):
    q = 1 + (8 - fields) / 20
    total = sum(s**-q for s in scores if s)
    expected = [
        1 / (1 + pairs * (1 - fraction) / fraction / (s**q * total)) if s else 0.0 for s in scores
    ]
    assert dis_suda(scores, pairs, fields, fraction).tolist() == pytest.approx(expected, rel=1e-9)


def test_dis_suda_stands_large_scores():
    scores = np.array([float(math.factorial(60)), 1.0, 0.0])
    found = dis_suda(scores, 10, 61, 0.05)
    assert np.all(np.isfinite(found))
    assert found[2] == 0.0


def test_bad_input_is_refused_in_words():
    with pytest.raises(InputError, match="one a record"):
        frequencies([1, 2], [1.0])
    with pytest.raises(InputError, match="positive numbers"):
        frequencies([1, 2], [1.0, 0.0])
    with pytest.raises(InputError, match="array of integers"):
        frequencies([1.5])
    with pytest.raises(InputError, match="one of each"):
        individual_risk([1], [1.0, 2.0])
    with pytest.raises(InputError, match="0 or more"):
        individual_risk([1], [math.nan])
    with pytest.raises(InputError, match="approx"):
        individual_risk([1], [1.0], "guess")
    with pytest.raises(InputError, match="fraction"):
        dis_suda([1.0], 1, 3, 0.0)
    with pytest.raises(InputError, match="fields 1 or more"):
        dis_suda([1.0], 1, 0, 0.5)
