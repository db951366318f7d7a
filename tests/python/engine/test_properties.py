"""Random tables against the slow count; order of rows, threads and fields changes nothing."""

from __future__ import annotations

import random

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import singleout as so

from .brute import class_sizes, figures, shapley, subsets


@st.composite
def tables(draw, most_rows=14, most_fields=5):
    m = draw(st.integers(1, most_fields))
    n = draw(st.integers(1, most_rows))
    spread = draw(st.integers(1, 6))
    value = (
        st.one_of(st.none(), st.integers(1, spread))
        if draw(st.booleans())
        else st.integers(1, spread)
    )
    rows = [tuple(draw(value) for _ in range(m)) for _ in range(n)]
    counts = [draw(st.integers(1, 3)) for _ in range(n)] if draw(st.booleans()) else [1] * n
    return rows, counts


def frame(rows, counts, names):
    columns = {name: pa.array([row[i] for row in rows], pa.int64()) for i, name in enumerate(names)}
    return pa.table({**columns, "people": pa.array(counts, pa.int64())})


def close(a, b):
    if a is None or b is None:
        return a is b
    return a == pytest.approx(b, rel=1e-9, abs=1e-9)


@settings(max_examples=400, deadline=None)
@given(
    tables(),
    st.sampled_from(["value", "drop", "any"]),
    st.integers(1, 5),
    st.integers(1, 5),
    st.sampled_from([1, 2, 3]),
)
def test_figures_match_the_slow_count(table, nulls, size, threshold, threads):
    rows, counts = table
    m = len(rows[0])
    names = [f"f{i}" for i in range(m)]
    assessment = so.score(
        frame(rows, counts, names),
        counts="people",
        max_size=size,
        threshold=threshold,
        nulls=nulls,
        threads=threads,
        identifiers="include",
    )
    roles = assessment.fields["role"].to_pylist()
    kept = [i for i in range(m) if roles[i] != "constant"]
    found = assessment.combinations.to_pylist()
    wanted = [tuple(kept[i] for i in chosen) for chosen in subsets(len(kept), size)]
    assert [row["fields"] for row in found] == [[names[i] for i in s] for s in wanted]
    for row, chosen in zip(found, wanted, strict=True):
        for name, value in figures(rows, counts, chosen, nulls, threshold).items():
            assert close(row[name], value), (name, chosen, row[name], value)

    records = assessment.records.to_pylist()
    sizes = [class_sizes(rows, counts, chosen, nulls) for chosen in wanted]
    everything = class_sizes(rows, counts, tuple(range(m)), nulls)
    for at, record in enumerate(records):
        assert record["k"] == (everything[at] or None)
        singling = [s for s, k in zip(wanted, sizes, strict=True) if k[at] == 1]
        assert record["unique_combinations"] == len(singling)
        first = [names[i] for i in singling[0]] if singling else None
        assert record["smallest_combination"] == first

    contribution = assessment.fields["contribution"].to_pylist()
    cut = [tuple(row[i] for i in kept) for row in rows]
    for i, value in zip(kept, shapley(cut, counts, len(kept), size, nulls), strict=True):
        assert contribution[i] == pytest.approx(value, abs=1e-12)


@settings(max_examples=200, deadline=None)
@given(tables(), st.sampled_from(["value", "drop", "any"]))
def test_a_constant_field_changes_nobodys_k(table, nulls):
    rows, counts = table
    names = [f"f{i}" for i in range(len(rows[0]))]
    data = frame(rows, counts, names)
    plain = so.score(data, counts="people", nulls=nulls, identifiers="include")
    padded = so.score(
        data.append_column("same", pa.array(["x"] * len(rows))),
        counts="people",
        nulls=nulls,
        identifiers="include",
    )
    assert padded.fields["role"].to_pylist()[-1] == "constant"
    assert padded.combinations.equals(plain.combinations)
    same = ["k", "unique_combinations", "smallest_combination"]  # SUDA counts every field passed
    assert padded.records.select(same).equals(plain.records.select(same))


@settings(max_examples=200, deadline=None)
@given(tables(most_rows=20), st.sampled_from(["value", "drop"]), st.randoms(use_true_random=False))
def test_rows_in_any_order_and_threads_give_the_same_bytes(table, nulls, shuffle):
    rows, counts = table
    names = [f"f{i}" for i in range(len(rows[0]))]
    order = list(range(len(rows)))
    shuffle.shuffle(order)
    one = so.score(frame(rows, counts, names), counts="people", nulls=nulls, threads=1)
    other = so.score(
        frame([rows[i] for i in order], [counts[i] for i in order], names),
        counts="people",
        nulls=nulls,
        threads=4,
    )
    assert other.combinations.equals(one.combinations)
    assert other.fields.equals(one.fields)
    assert other.records.equals(one.records.take(order))
    assert other.summary() == one.summary()


@settings(max_examples=100, deadline=None)
@given(tables(), st.randoms(use_true_random=False))
def test_fields_in_any_order_give_the_same_figures(table, shuffle):
    rows, counts = table
    m = len(rows[0])
    names = [f"f{i}" for i in range(m)]
    order = list(range(m))
    shuffle.shuffle(order)
    data = frame(rows, counts, names)
    moved = data.select([names[i] for i in order] + ["people"])

    def by_set(data):
        found = so.score(data, counts="people").combinations.to_pylist()
        return {frozenset(row.pop("fields")): row for row in found}

    assert by_set(moved) == by_set(data)


def test_wide_keys_match_narrow_ones():
    """Rows that differ in a field of few values, beside fields that fill 64, 128, 256 bits."""
    source = random.Random(7)
    n = 300
    base = {f"a{i}": [source.randrange(3) for _ in range(n)] for i in range(4)}
    wanted = so.score(pa.table(base)).combinations.to_pylist()
    for extra in (7, 14, 30):
        wide = {f"w{i}": [source.randrange(250) for _ in range(n)] for i in range(extra)}
        found = so.score(pa.table({**wide, **base}), max_size=4 if extra < 14 else 2).combinations
        figures_of = {tuple(row["fields"]): row for row in found.to_pylist()}
        for row in wanted:
            if tuple(row["fields"]) in figures_of:
                assert figures_of[tuple(row["fields"])] == row
        assert ("a0", "a1") in figures_of
