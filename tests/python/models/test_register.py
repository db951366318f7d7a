"""Risk against a population table and known strata, by brute force."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from singleout.errors import InputError
from singleout.models.register import known_strata, match_classes, population_risk

KEY = st.tuples(st.integers(-2, 2), st.integers(0, 2))


@given(
    st.lists(st.tuples(KEY, st.integers(1, 3)), min_size=1, max_size=12),
    st.lists(st.tuples(KEY, st.integers(1, 3)), min_size=1, max_size=20),
)
def test_population_risk_equals_a_count_of_everyone(sample, population):
    found = population_risk(
        np.array([key for key, _ in sample]),
        np.array([key for key, _ in population]),
        counts=[c for _, c in sample],
        population_counts=[c for _, c in population],
    )
    small = {key: sum(c for k, c in sample if k == key) for key, _ in sample + population}
    large = {key: sum(c for k, c in population if k == key) for key in small}
    assert found.population_k.tolist() == [large[key] for key, _ in sample]
    risks = [1 / (large[key] or small[key]) for key, _ in sample]
    assert found.risk.tolist() == pytest.approx(risks)
    people = sum(c for _, c in sample)
    mean = sum(r * c for r, (_, c) in zip(risks, sample, strict=True)) / people
    assert found.journalist_mean == pytest.approx(mean)
    assert found.journalist_max == max(risks)
    assert found.k_map == min((large[key] for key, _ in sample if large[key]), default=0)
    shares = [min(1.0, small[k] / large[k]) if large[k] else 1.0 for k in small]
    assert (found.delta_min, found.delta_max) == pytest.approx((min(shares), max(shares)))
    assert found.unmatched_people == sum(c for key, c in sample if not large[key])
    assert found.understated_people == sum(c for key, c in sample if 0 < large[key] < small[key])


@given(st.lists(KEY, max_size=15), st.lists(KEY, max_size=15))
def test_classes_are_numbered_alike(sample, population):
    mine, theirs = match_classes(
        np.array(sample, int).reshape(-1, 2), np.array(population, int).reshape(-1, 2)
    )
    keys, numbers = sample + population, [*mine.tolist(), *theirs.tolist()]
    for one, first in zip(keys, numbers, strict=True):
        for other, second in zip(keys, numbers, strict=True):
            assert (one == other) == (first == second)


def test_an_empty_sample_has_no_risk():
    found = population_risk(np.zeros((0, 1), int), [[1], [2]])
    assert (found.journalist_max, found.journalist_mean, found.k_map) == (0.0, 0.0, 0)
    assert (found.delta_min, found.delta_max) == (0.0, 0.0)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 5), st.integers(0, 4)), min_size=1))
def test_a_known_stratum_bounds_the_class_from_above(classes):
    # each class: its stratum, its people in the sample, and those that the sample missed
    strata = [stratum for stratum, _, _ in classes]
    k = [seen for _, seen, _ in classes]
    sizes = {s: sum(a + b for t, a, b in classes if t == s) for s in set(strata) if s < 3}
    bounds = known_strata(k, strata, sizes)
    rows = zip(classes, bounds.at_most, bounds.risk_at_least, strict=True)
    for (stratum, seen, missed), most, risk in rows:
        if stratum == 3:
            assert most == -1
            assert math.isnan(risk)
        else:
            assert seen + missed <= most
            assert risk == 1 / most
    whole = {s for s in sizes if all(missed == 0 for t, _, missed in classes if t == s)}
    assert set(bounds.complete_strata) == whole


def test_bad_input_is_refused_in_words():
    with pytest.raises(InputError, match="3 people has 5 in the sample"):
        known_strata([2, 3], [1, 1], {1: 3})
    with pytest.raises(InputError, match="same fields of both"):
        match_classes([[1, 2]], [[1]])
    with pytest.raises(InputError, match="integer codes"):
        match_classes([[1.5]], [[1]])
    with pytest.raises(InputError, match="population_counts"):
        population_risk([1], [1], population_counts=[0])
