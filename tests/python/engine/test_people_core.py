"""Minimal sample uniques, exposure and an attacker's chances against their definitions."""

from __future__ import annotations

from itertools import combinations
from math import factorial

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from singleout.table import code_table
from singleout.walk import NULLS

from .brute import class_sizes, subsets
from .test_properties import frame, tables


def core_of(rows, counts):
    names = [f"f{i}" for i in range(len(rows[0]))]
    table = code_table(frame(rows, counts, names), None, "people", 1)
    return table.core(range(len(names)))


@settings(max_examples=300, deadline=None)
@given(tables(most_fields=7), st.integers(1, 7), st.sampled_from([1, 2, 3]))
def test_minimal_uniques(table, cap, threads):
    rows, counts = table
    m, n = len(rows[0]), len(rows)
    cap = min(cap, m)
    weights = np.array([0.0, *(factorial(m - s) for s in range(1, cap + 1))])
    sets, score = np.zeros(n, np.uint32), np.zeros(n)
    part, by_size = np.zeros((n, m)), np.zeros(cap + 1, np.uint64)
    core_of(rows, counts).minimal(sets, score, part, by_size, weights, cap, threads, None)
    k = {s: class_sizes(rows, counts, s, "drop") for s in subsets(m, m)}
    for row in range(n):
        minimal = [
            s
            for s in subsets(m, cap)
            if k[s][row] == 1
            and not any(k[t][row] == 1 for size in range(1, len(s)) for t in combinations(s, size))
        ]
        assert sets[row] == len(minimal)
        assert score[row] == sum(factorial(m - len(s)) for s in minimal)
        for field in range(m):
            assert part[row, field] == sum(factorial(m - len(s)) for s in minimal if field in s)
    assert by_size.sum() == sets.sum()


@settings(max_examples=300, deadline=None)
@given(tables(most_fields=7), st.integers(1, 7), st.sampled_from(["value", "drop", "any"]))
def test_exposure(table, cap, nulls):
    rows, counts = table
    m, n = len(rows[0]), len(rows)
    cap = min(cap, m)
    out = np.zeros((n, cap + 1), np.uint64)
    core_of(rows, counts).exposure(out, cap, NULLS[nulls], 2, None)
    wanted = np.zeros((n, cap + 1), np.uint64)
    for s in subsets(m, cap):
        wanted[:, len(s)] += np.array(class_sizes(rows, counts, s, nulls)) == 1
    assert (out == wanted).all()


@settings(max_examples=300, deadline=None)
@given(
    tables(),
    st.lists(st.sampled_from([0.0, 0.1, 0.5, 0.9, 1.0]), min_size=5, max_size=5),
    st.integers(0, 6),
    st.integers(1, 6),
    st.sampled_from(["value", "drop", "any"]),
    st.sampled_from([1, 3]),
)
def test_risk(table, chances, most, max_size, nulls, threads):
    rows, counts = table
    m, n = len(rows[0]), len(rows)
    p = np.array(chances[:m])
    out, left = np.zeros(n), np.ones(n)
    core_of(rows, counts).risk(out, left, p, most, 0.0, max_size, NULLS[nulls], threads, None)
    wanted = np.full(n, float(np.prod(1 - p)) / sum(counts))
    for s in subsets(m, min(most, max_size)):
        chance = float(np.prod([p[f] if f in s else 1 - p[f] for f in range(m)]))
        k = np.array(class_sizes(rows, counts, s, nulls), float)
        wanted += np.divide(chance, k, out=np.zeros(n), where=k > 0)
    assert out == pytest.approx(wanted, abs=1e-12)
    assert not left.any()
    core_of(rows, counts).risk(out, left, p, most, 0.1, max_size, NULLS[nulls], threads, None)
    assert (out <= wanted + 1e-12).all()
    assert (wanted <= out + left + 1e-12).all()


def test_threads_and_blocks_change_nothing():
    source = np.random.default_rng(3)
    table = pa.table({f"f{i}": source.integers(0, 4 + 3 * i, 3000) for i in range(9)})
    coded = code_table(table, None, None, 1)
    core = coded.core(range(9))
    found = []
    for threads in (1, 2, 5):
        out = np.zeros(3000)
        core.risk(out, np.zeros(3000), np.full(9, 0.5), 9, 0.0, 9, 0, threads, None)
        score, sets = np.zeros(3000), np.zeros(3000, np.uint32)
        weights = np.array([0.0, *(factorial(9 - s) for s in range(1, 10))])
        core.minimal(sets, score, None, None, weights, 9, threads, None)
        found.append((out.tobytes(), score.tobytes(), sets.tobytes()))
    assert found[0] == found[1] == found[2]
    assert score.any()


def test_more_fields_than_bits_of_a_slot():
    """Numbered by size: caps on many fields, keys of 256 bits and beyond, nulls dropped."""
    source = np.random.default_rng(4)
    columns = {}
    for i in range(40):
        values = source.integers(0, 300 if i < 34 else 2, 60).astype(float)
        values[source.random(60) < 0.1] = np.nan
        columns[f"f{i}"] = values
    coded = code_table(pa.table(columns), None, None, 1)
    core = coded.core(range(40))
    codes = [column.codes for column in coded.columns]
    cap = 2
    by_size = np.zeros(cap + 1, np.uint64)
    sets = np.zeros(60, np.uint32)
    core.minimal(sets, None, None, by_size, np.zeros(cap + 1), cap, 3, None)
    rows = [tuple(None if c[r] == 0 else int(c[r]) for c in codes) for r in range(60)]
    k = {s: class_sizes(rows, [1] * 60, s, "drop") for s in subsets(40, cap)}
    wanted = [
        sum(
            k[s][r] == 1 and (len(s) == 1 or not any(k[(f,)][r] == 1 for f in s))
            for s in subsets(40, cap)
        )
        for r in range(60)
    ]
    assert sets.tolist() == wanted
    assert by_size.tolist()[1] == sum(k[(f,)][r] == 1 for f in range(40) for r in range(60))
