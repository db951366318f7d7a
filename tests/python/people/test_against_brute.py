"""Random tables against the definitions: minimal sets, SUDA, attacker risk, exposure, weights."""

from __future__ import annotations

from itertools import combinations
from math import comb, factorial

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import attacker_brute
import singleout as so
from engine.brute import class_sizes, matches
from engine.test_properties import frame, tables


def minimal_by_definition(rows, counts, at, largest):
    """Sets that single the row out, nulls dropped, without those that hold another."""
    m, found = len(rows[0]), []
    for size in range(1, largest + 1):
        for chosen in combinations(range(m), size):
            inside = any(set(small) <= set(chosen) for small in found)
            if not inside and class_sizes(rows, counts, chosen, "drop")[at] == 1:
                found.append(chosen)
    return found


def scored(table, **options):
    rows, counts = table
    names = [f"f{i}" for i in range(len(rows[0]))]
    return so.score(frame(rows, counts, names), counts="people", **options), names


@settings(max_examples=300, deadline=None)
@given(tables(), st.sampled_from([None, 1, 2, 3]), st.sampled_from([1, 2]))
def test_minimal_uniques_and_suda_match_the_definition(table, size, threads):
    rows, counts = table
    m = len(rows[0])
    assessment, names = scored(table, max_size=size, threads=threads)
    records = assessment.records.to_pylist()
    parts = assessment.suda_contributions
    by_size = np.zeros(m + 1, dtype=int)
    total, total_of = 0, np.zeros(m)
    for at in range(len(rows)):
        sets = minimal_by_definition(rows, counts, at, size or m)
        assert assessment.minimal_uniques(at) == [[names[i] for i in s] for s in sets]
        assert records[at]["minimal_uniques"] == len(sets)
        score = sum(factorial(m - len(s)) for s in sets)
        assert records[at]["suda_score"] == score
        for i, name in enumerate(names):
            part = sum(factorial(m - len(s)) for s in sets if i in s)
            share = parts.records[name][at].as_py()
            assert share == (pytest.approx(part / score) if score else None)
            total_of[i] += part
        total += score
        for s in sets:
            by_size[len(s)] += 1
    found = assessment.minimal_unique_sizes
    for s, n in zip(found["size"].to_pylist(), found["minimal_uniques"].to_pylist(), strict=True):
        assert n == by_size[s]
    assert sum(found["minimal_uniques"].to_pylist()) == by_size.sum()
    overall = parts.overall["share"].to_pylist()
    assert overall == pytest.approx((total_of / total if total else total_of).tolist())


some_chances = st.sampled_from([0.0, 1e-6, 0.05, 0.5, 0.9, 1 - 1e-6, 1.0])
chances = st.lists(some_chances | st.floats(0, 1, exclude_max=True), min_size=5, max_size=5)


@settings(max_examples=400, deadline=None)
@given(
    tables(),
    chances,
    st.sampled_from([None, 0, 1, 2, 3]),
    st.sampled_from([None, 1, 2]),
    st.sampled_from(["value", "drop", "any"]),
    st.sampled_from([1, 3]),
)
def test_the_attackers_risk_matches_the_definition(table, chances, cap, size, nulls, threads):
    rows, counts = table
    m = len(rows[0])
    assume(cap is None or sum(chance == 1.0 for chance in chances[:m]) <= cap)
    known = {f"f{i}": chances[i] for i in range(m)}
    attacker = so.Attacker(known, max_known=cap)
    assessment, _ = scored(
        table, max_size=size, nulls=nulls, threads=threads, identifiers="include"
    )
    close = 1e-12
    found = assessment.risk(attacker)
    exact = attacker_brute.risk(rows, counts, chances[:m], nulls=nulls, max_known=cap)
    wide = attacker_brute.risk(rows, counts, chances[:m], nulls=nulls, max_known=cap, max_size=size)
    if found.exact:
        assert found.risk.tolist() == pytest.approx(exact.low, abs=close)
    # Identifiers, constants and fields never known need no walk, which makes the interval tighter.
    for low, high, true, lowest, highest in zip(
        found.at_least, found.risk, exact.low, wide.low, wide.high, strict=True
    ):
        assert lowest - close <= low <= true + close
        assert true - close <= high <= highest + close
    people = sum(counts)
    mean = sum(r * c for r, c in zip(found.risk, counts, strict=True)) / people
    assert found.mean == pytest.approx(mean)
    assert found.worst == max(found.risk)
    above = sum(c for r, c in zip(found.risk, counts, strict=True) if r > 0.4) / people
    assert found.share_above(0.4) == pytest.approx(above)


@settings(max_examples=300, deadline=None)
@given(tables(), st.sampled_from(["value", "drop", "any"]), st.sampled_from([1, 3]))
def test_exposure_and_curve_match_the_definition(table, nulls, threads):
    rows, counts = table
    assessment, _ = scored(table, nulls=nulls, threads=threads)
    roles = assessment.fields["role"].to_pylist()
    walked = [i for i, role in enumerate(roles) if role == "field"]
    cut = [tuple(row[i] for i in walked) for row in rows]
    assert assessment.exposure.num_rows == len(rows)
    curve = assessment.curve.to_pylist()
    assert [line["size"] for line in curve] == list(range(1, len(walked) + 1))
    people = sum(counts)
    for line in curve:
        size = line["size"]
        wanted = attacker_brute.exposure(cut, counts, size, nulls=nulls)
        assert assessment.exposure[f"size_{size}"].to_pylist() == pytest.approx(wanted)
        assert line["combinations"] == comb(len(walked), size)
        share = sum(e * c for e, c in zip(wanted, counts, strict=True)) / people
        assert line["singled_out"] == pytest.approx(share)
        shares = [
            sum(
                c for c, k in zip(counts, class_sizes(cut, counts, s, nulls), strict=True) if k == 1
            )
            / people
            for s in combinations(range(len(walked)), size)
        ]
        assert line["least"] == pytest.approx(min(shares))
        assert line["most"] == pytest.approx(max(shares))


@settings(max_examples=300, deadline=None)
@given(tables(), st.sampled_from(["value", "drop", "any"]), st.randoms(use_true_random=False))
def test_population_k_is_the_weight_of_who_matches(table, nulls, source):
    rows, counts = table
    weights = [source.choice([1.0, 2.5, 10.0]) for _ in rows]
    names = [f"f{i}" for i in range(len(rows[0]))]
    data = frame(rows, counts, names).append_column("w", pa.array(weights))
    records = so.score(data, counts="people", weights="w", nulls=nulls, max_size=1).records
    for at, row in enumerate(rows):
        if nulls == "drop" and None in row:
            assert records["population_k"][at].as_py() is None
            assert records["individual_risk"][at].as_py() is None
            continue
        mine = [matches(row, o) if nulls == "any" else row == o for o in rows]
        wanted = sum(w * c for w, c, same in zip(weights, counts, mine, strict=True) if same)
        assert records["population_k"][at].as_py() == pytest.approx(wanted)
        assert 0 < records["individual_risk"][at].as_py() <= 1


def test_ties_of_many_fields_are_exact_beyond_64():
    rng = np.random.default_rng(5)
    data = {f"f{i}": rng.integers(0, 30, 40).tolist() for i in range(70)}
    assessment = so.score(data, max_size=2)
    records = assessment.records
    for row in (0, 17, 39):
        sets = assessment.minimal_uniques(row)
        assert len(sets) == records["minimal_uniques"][row]
        assert {len(s) for s in sets} <= {1, 2}
