"""Attribute disclosure against a plain reading of the definitions, pycanon and sdcMicro."""

from __future__ import annotations

import csv
import json
import math
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from singleout.coding import code
from singleout.errors import InputError
from singleout.models.attribute import (
    attribute_disclosure,
    certainty,
    class_measures,
    marked_values,
    recursive_c,
    recursive_l,
)
from singleout.models.crosstab import crosstab, in_value_order

ROOT = Path(__file__).parents[3]
SHARED = ROOT.parent / "shared"
ORACLES = ROOT / "tests" / "data" / "oracles"


def brute_recursive_l(counts: list[int], c: float) -> int:
    ordered = sorted(counts, reverse=True)
    return max(
        (size for size in range(1, len(ordered) + 1) if ordered[0] < c * sum(ordered[size - 1 :])),
        default=0,
    )


class Brute:
    """Every measure by loops over a dictionary of classes."""

    def __init__(self, classes, values, counts):
        self.groups: dict[int, Counter] = defaultdict(Counter)
        self.sizes: Counter = Counter()
        for group, value, count in zip(classes, values, counts, strict=True):
            if group < 0:
                continue
            self.sizes[group] += count
            if value:
                self.groups[group][value] += count
        self.total: Counter = sum(self.groups.values(), Counter())
        self.people = sum(self.total.values())
        self.p = {value: self.total[value] / self.people for value in sorted(self.total)}

    def q(self, group):
        size = sum(self.groups[group].values())
        return {value: self.groups[group][value] / size for value in self.p}

    def over_classes(self, measure):
        return [measure(self.q(group)) for group in sorted(self.groups)]

    def entropy_l(self, q):
        return math.exp(-sum(x * math.log(x) for x in q.values() if x))

    def t_equal(self, q):
        return sum(abs(q[v] - self.p[v]) for v in self.p) / 2

    def t_ordered(self, q):
        run = total = 0.0
        for value in self.p:
            run += q[value] - self.p[value]
            total += abs(run)
        return total / (len(self.p) - 1) if len(self.p) > 1 else 0.0

    def beta(self, q):
        return max(0.0, *((q[v] - self.p[v]) / self.p[v] for v in self.p))

    def delta(self, q):
        return max(abs(math.log(q[v] / self.p[v])) if q[v] else math.inf for v in self.p)


ROWS = st.lists(
    st.tuples(st.integers(-1, 5), st.integers(0, 6), st.integers(1, 4)), min_size=1, max_size=40
)


@given(ROWS)
def test_every_measure_equals_its_definition(rows):
    classes, values, counts = map(list, zip(*rows, strict=True))
    found = attribute_disclosure(classes, values, counts)
    brute = Brute(classes, values, counts)
    assert found.people == brute.people
    assert found.classes == len(brute.groups)
    assert found.null_people == sum(brute.sizes.values()) - brute.people
    assert found.smallest_class == min(brute.sizes.values(), default=0)
    if not brute.groups:
        assert math.isnan(found.alpha)
        assert math.isnan(found.delta)
        return
    homogeneous = [g for g in brute.groups.values() if len(g) == 1]
    assert found.homogeneous_classes == len(homogeneous)
    assert found.homogeneous_people == sum(sum(g.values()) for g in homogeneous)
    assert found.homogeneous_shared_people == sum(
        sum(g.values()) for g in homogeneous if sum(g.values()) > 1
    )
    assert found.distinct_l == min(len(g) for g in brute.groups.values())
    close = pytest.approx
    assert found.alpha == close(max(brute.over_classes(lambda q: max(q.values()))), abs=1e-12)
    assert found.entropy_l == close(min(brute.over_classes(brute.entropy_l)), abs=1e-12)
    assert found.t_equal == close(max(brute.over_classes(brute.t_equal)), abs=1e-12)
    assert found.t_ordered == close(max(brute.over_classes(brute.t_ordered)), abs=1e-12)
    assert found.beta == close(max(brute.over_classes(brute.beta)), abs=1e-12)
    assert found.delta == close(max(brute.over_classes(brute.delta)), abs=1e-12)


@given(ROWS, st.floats(0.2, 6.0), st.integers(1, 5))
def test_recursive_diversity_and_certainty_equal_their_definitions(rows, c, size):
    classes, values, counts = map(list, zip(*rows, strict=True))
    table = crosstab(classes, values, counts)
    brute = Brute(classes, values, counts)
    groups = [list(brute.groups[g].values()) for g in sorted(brute.groups)]
    assert recursive_l(table, c).tolist() == [brute_recursive_l(g, c) for g in groups]
    expected = [
        max(g) / sum(sorted(g, reverse=True)[size - 1 :]) if len(g) >= size else math.inf
        for g in groups
    ]
    assert recursive_c(table, size).tolist() == pytest.approx(expected)
    for sure, group, value in zip(certainty(table), classes, values, strict=True):
        if group < 0 or not value:
            assert math.isnan(sure)
        else:
            assert sure == pytest.approx(brute.q(group)[value])


@given(ROWS, st.randoms())
def test_order_of_rows_and_split_counts_change_nothing(rows, random):
    one_each = [(g, v, 1) for g, v, count in rows for _ in range(count)]
    random.shuffle(one_each)
    whole = attribute_disclosure(*zip(*rows, strict=True))
    split = attribute_disclosure(*zip(*one_each, strict=True))
    assert repr(whole) == repr(split)


@given(st.lists(st.none() | st.integers(-5, 5), min_size=1, max_size=30))
def test_codes_in_the_order_of_the_values(column):
    coded = code("c", pa.array(column, pa.int64()))
    ordered = in_value_order(coded.codes, coded.values).tolist()
    values = sorted({value for value in column if value is not None})
    assert ordered == [0 if value is None else values.index(value) + 1 for value in column]


def test_enhanced_beta_is_the_basic_one_or_does_not_exist():
    even = attribute_disclosure([0, 0, 1, 1], [1, 2, 1, 2])
    assert (even.beta, even.beta_enhanced) == (0.0, 0.0)
    # p = 1/4, q = 1: a gain of 3, more than -ln(1/4) = 1.39, so no beta makes it hold
    skewed = attribute_disclosure([0, 1, 1, 1], [1, 2, 2, 2])
    assert skewed.beta == 3.0
    assert skewed.beta_enhanced == math.inf


def test_marked_values_are_reported_even_when_nobody_has_them():
    table = crosstab([0, 0, 1, 1, 2], [4, 4, 4, 2, 2])
    present, absent = marked_values(table, [4, 9])
    assert (present.people, present.classes, present.certain_people) == (3, 2, 2)
    assert present.certainty == 1.0
    assert (absent.people, absent.classes, absent.certain_people, absent.certainty) == (0, 0, 0, 0)
    nobody = crosstab([-1], [1])
    assert marked_values(nobody, [1])[0].people == 0


@pytest.mark.parametrize(
    ("classes", "values", "counts", "says"),
    [
        ([0, 1], [1], None, "sensitive has 1 entries"),
        ([0], [-1], None, "negative code"),
        ([0], [1], [0], "positive"),
        ([0.5], [1], None, "class_of must be"),
        ([[0]], [1], None, "one-dimensional"),
    ],
)
def test_bad_input_is_refused_in_words(classes, values, counts, says):
    with pytest.raises(InputError, match=says):
        crosstab(classes, values, counts)


def adult() -> dict[str, np.ndarray]:
    with (SHARED / "data" / "adult.csv").open(newline="") as file:
        rows = list(csv.reader(file))
    columns = zip(*rows[1:], strict=True)
    return {
        name: np.unique(np.asarray(column), return_inverse=True)[1] + 1
        for name, column in zip(rows[0], columns, strict=True)
    }


def classes_of(columns: dict[str, np.ndarray], names: list[str]) -> np.ndarray:
    stacked = np.stack([columns[name] for name in names], axis=1)
    return np.unique(stacked, axis=0, return_inverse=True)[1].ravel()


@pytest.fixture(scope="module")
def adult_columns():
    return adult()


ADULT = json.loads((ORACLES / "adult_attribute_disclosure.json").read_text())
ADULT_KEYS = [key for key in ADULT if not key.startswith("_")]


@pytest.mark.parametrize("key", ADULT_KEYS)
def test_agrees_with_pycanon_on_adult(adult_columns, key):
    fields, sensitive = key.split(" / ")
    classes, values = classes_of(adult_columns, fields.split("+")), adult_columns[sensitive]
    found, expected = attribute_disclosure(classes, values), ADULT[key]
    assert found.smallest_class == expected["k"]
    assert found.alpha == pytest.approx(expected["alpha"], abs=1e-12)
    assert found.distinct_l == expected["l"]
    assert math.floor(found.entropy_l) == expected["entropy_l"]  # pycanon rounds down
    assert found.t_equal == pytest.approx(expected["t"], abs=1e-9)
    assert found.beta == pytest.approx(expected["basic_beta"], abs=1e-9)
    assert found.delta_present == pytest.approx(expected["delta"], abs=1e-9)
    # pycanon gives a number where the paper's definition holds for no beta and no delta:
    p = np.bincount(values)[1:] / len(values)
    pycanon_beta = max(min(found.beta, -math.log(share)) for share in p)
    assert pycanon_beta == pytest.approx(expected["enhanced_beta"], abs=1e-9)
    assert found.beta_enhanced == math.inf
    assert found.delta == math.inf


def test_agrees_with_sdcmicro_on_testdata():
    path = SHARED / "oracles" / "testdata_ldiversity.csv"
    data = np.genfromtxt(path, delimiter=",", skip_header=1)
    columns = {str(i): data[:, i] for i in range(4)}
    age = np.unique(data[:, 4], return_inverse=True)[1] + 1
    table = crosstab(classes_of(columns, list("0123")), age)
    measures = class_measures(table)
    owner = table.class_of_pair[table.pair_of]
    np.testing.assert_array_equal(measures.distinct[owner], data[:, 5])
    np.testing.assert_allclose(measures.entropy_l[owner], data[:, 6], atol=1e-9)
    np.testing.assert_array_equal(recursive_l(table, 2.0)[owner], data[:, 7])
