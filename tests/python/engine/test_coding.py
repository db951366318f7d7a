"""Every Arrow type of a staff list: which values are the same, which are null."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import singleout as so
from singleout import coding
from singleout.coding import code, code_all

DAY = dt.date(2023, 8, 8)
NEXT = dt.date(2023, 8, 9)
UTC = dt.UTC


@pytest.mark.parametrize(
    ("kind", "a", "b"),
    [
        (pa.string(), "7", "07"),
        (pa.large_string(), "é", "e"),
        (pa.string_view(), "a much longer text than fits a view", "b"),
        (pa.binary(), b"\xff", b"\xfe"),
        (pa.large_binary(), b"", b"\x00"),
        (pa.binary_view(), b"x" * 40, b"y"),
        (pa.binary(2), b"ab", b"cd"),
        (pa.bool_(), True, False),
        (pa.int8(), -1, 1),
        (pa.uint64(), 2**64 - 1, 2**63),
        (pa.int64(), -(2**63), 2**63 - 1),
        (pa.float32(), 1.5, 2.5),
        (pa.float64(), 0.1, 0.2),
        (pa.decimal128(10, 2), Decimal("1.10"), Decimal("1.11")),
        (pa.decimal256(50, 2), Decimal("1.10"), Decimal("1.11")),
        (pa.date32(), DAY, NEXT),
        (pa.date64(), DAY, NEXT),
        (pa.time32("s"), dt.time(1), dt.time(2)),
        (pa.time64("us"), dt.time(1), dt.time(2)),
        (pa.timestamp("ns"), dt.datetime(2023, 8, 8), dt.datetime(2023, 8, 9)),
        (pa.timestamp("us", "UTC"), dt.datetime(2023, 8, 8, tzinfo=UTC), dt.datetime.now(UTC)),
        (pa.duration("s"), dt.timedelta(1), dt.timedelta(2)),
        (pa.dictionary(pa.int8(), pa.string()), "a", "b"),
        (pa.month_day_nano_interval(), pa.MonthDayNano([1, 2, 3]), pa.MonthDayNano([1, 2, 4])),
        (pa.uuid(), b"a" * 16, b"b" * 16),
    ],
)
def test_each_type(kind, a, b):
    values = [a, None, b, a, None]
    column = pa.array(values, kind)
    for form in (
        column,
        pa.array([b, *values, b], kind).slice(1, 5),
        pa.chunked_array([column.slice(0, 2), column.slice(2)]),
    ):
        coded = code("x", form)
        codes = coded.codes.tolist()
        assert codes[0] == codes[3] > 0
        assert codes[1] == codes[4] == 0
        assert codes[2] not in (0, codes[0])
        assert (coded.distinct, coded.nulls) == (2, 2)
        assert coded.codes.dtype == np.uint32
        value = coded.values[codes[0] - 1].as_py()
        assert value == (a if kind == pa.uuid() else column[0].as_py())


CELLS = st.one_of(
    st.none(), st.sampled_from(["", "a", "aa", "é" * 8, "b" * 12, "b" * 13, "c" * 17])
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.one_of(CELLS, st.text(max_size=40)), max_size=30), max_size=4))
@pytest.mark.parametrize("kind", [pa.string(), pa.large_binary(), pa.string_view()])
def test_codes_are_those_of_pyarrow(kind, pieces):
    texts = pa.chunked_array(pieces, pa.string())
    column = texts.cast(pa.binary()).cast(kind) if kind == pa.large_binary() else texts.cast(kind)
    coded = code("x", column)
    encoded = texts.combine_chunks().dictionary_encode()
    wanted = [0 if i is None else i + 1 for i in encoded.indices.to_pylist()]
    assert coded.codes.tolist() == wanted
    assert (coded.distinct, coded.nulls) == (len(encoded.dictionary), wanted.count(0))
    assert (
        coded.values.cast(pa.binary()).to_pylist()
        == encoded.dictionary.cast(pa.binary()).to_pylist()
    )


def test_values_of_many_kinds_of_chunk():
    numbers = pa.chunked_array([[3, 1], [], [1, None, 2], [3, 4]], pa.int16())
    coded = code("x", numbers)
    assert coded.codes.tolist() == [1, 2, 2, 0, 3, 1, 4]
    assert coded.values.equals(pa.array([3, 1, 2, 4], pa.int16()))
    truths = pa.chunked_array([[True, False], [None, True]]).slice(1)
    assert code("x", truths).values.to_pylist() == [False, True]
    nothing = code("x", pa.array([b"", None, b""], pa.binary(0)))
    assert (nothing.codes.tolist(), nothing.distinct) == ([1, 0, 1], 1)
    empty = code("x", pa.array([], pa.string_view()))
    assert (len(empty.codes), empty.distinct, len(empty.values)) == (0, 0, 0)


def test_numbers_that_no_double_holds_are_told_apart():
    close = pa.array([2**63 - 1, 2**63 - 2, 2**63 - 1])
    assert code("x", close).codes.tolist() == [1, 2, 1]
    assert code("x", pa.array([5e-324, 0.0, -5e-324])).distinct == 3


def test_text_that_points_outside_its_bytes_is_refused():
    offsets = pa.py_buffer(np.array([0, 9, 3], np.int32))
    broken = pa.Array.from_buffers(pa.string(), 2, [None, offsets, pa.py_buffer(b"abc")])
    with pytest.raises(so.InputError, match="'x' is damaged"):
        code("x", broken)


def test_half_floats():
    coded = code("x", pa.array(np.array([1, 2, 1], np.float16)))
    assert coded.codes.tolist() == [1, 2, 1]


def test_floats_are_the_same_when_people_would_say_so():
    coded = code("x", pa.array([0.0, -0.0, float("nan"), None, 1.0]))
    assert coded.codes.tolist() == [1, 1, 0, 0, 2]


def test_nothing_but_nulls():
    coded = code("x", pa.nulls(3))
    assert (coded.codes.tolist(), coded.distinct, coded.nulls) == ([0, 0, 0], 0, 3)
    assert code("x", pa.array([None, None], pa.string())).nulls == 2


def test_dictionaries_with_unused_equal_and_null_values():
    dictionary = pa.array(["unused", "a", None, "a", "b"])
    column = pa.DictionaryArray.from_arrays(pa.array([3, 1, 2, None, 4], pa.int8()), dictionary)
    coded = code("x", column)
    assert coded.codes.tolist() == [1, 1, 0, 0, 2]
    assert coded.distinct == 2
    assert coded.values.to_pylist() == ["a", "b"]
    one = pa.array(["a", "b"]).dictionary_encode()
    other = pa.array(["b", "c"]).dictionary_encode()
    assert code("x", pa.chunked_array([one, other])).codes.tolist() == [1, 2, 2, 3]


def test_run_ends_and_extensions():
    runs = pa.RunEndEncodedArray.from_arrays([2, 3], ["a", "b"])
    assert code("x", runs).codes.tolist() == [1, 1, 2]
    ids = pa.ExtensionArray.from_storage(pa.uuid(), pa.array([b"a" * 16, b"b" * 16], pa.binary(16)))
    assert code("x", ids).codes.tolist() == [1, 2]


@pytest.mark.parametrize(
    "kind",
    [
        pa.list_(pa.int64()),
        pa.struct([("a", pa.int64())]),
        pa.map_(pa.string(), pa.int64()),
        pa.list_(pa.int64(), 2),
    ],
)
def test_nested_types_name_the_column(kind):
    with pytest.raises(so.InputError, match=r"column 'skills' holds .* leave it out"):
        so.score(pa.table({"skills": pa.nulls(2, kind), "rank": ["a", "b"]}))


def test_bytes_that_are_not_text_are_values():
    table = pa.table({"raw": pa.array([b"\xff\xfe", b"\xff", b"\xff"])})
    assert so.score(table).records["k"].to_pylist() == [1, 2, 2]


def dictionary(indices, values, kind=None):
    return pa.DictionaryArray.from_arrays(pa.array(indices), pa.array(values, kind))


@pytest.mark.parametrize(
    ("chunks", "codes"),
    [
        ([dictionary([0, 1], ["a", None]), dictionary([1, 0, None], ["a", "b"])], [1, 0, 2, 1, 0]),
        ([dictionary([0], [1.5], pa.float16()), dictionary([0, 1], [1.5, 2.0], pa.float16())],
         [1, 1, 2]),
        ([dictionary([0, 1], [0.0, -0.0]), dictionary([0, 1], [float("nan"), 0.0])], [1, 1, 0, 1]),
        ([dictionary([0, 0], [b"a"], pa.large_binary())] * 2, [1, 1, 1, 1]),
        ([dictionary([1, 0], [b"a" * 16, b"b" * 16], pa.uuid())] * 2, [2, 1, 2, 1]),
    ],
)  # fmt: skip
def test_chunks_with_dictionaries_of_their_own(chunks, codes):
    coded = code("x", pa.chunked_array(chunks))
    assert coded.codes.tolist() == codes
    assert coded.distinct == max(codes) == len(coded.values)


def test_more_dictionaries_than_their_indices_could_number_together():
    parts = [
        pa.DictionaryArray.from_arrays(
            pa.array(range(100), pa.int8()), pa.array([f"{i} {j}" for j in range(100)])
        )
        for i in range(3)
    ]
    assert code("x", pa.chunked_array(parts)).codes.tolist() == list(range(1, 301))


@pytest.mark.parametrize("index", [-1, 5, 2**32])
def test_indices_outside_their_dictionary_are_refused(index):
    indices = pa.py_buffer(np.array([0, index], np.int64))
    kind = pa.dictionary(pa.int64(), pa.string())
    values = pa.array(["a", "b"])
    broken = pa.DictionaryArray.from_buffers(kind, 2, [None, indices], values)
    with pytest.raises(so.InputError, match="'x' is damaged"):
        code("x", broken)


def test_runs_of_slices_and_of_every_kind_of_value():
    runs = pa.RunEndEncodedArray.from_arrays([2, 5, 6], ["a", "b", "a"])
    for start in range(6):
        wanted = [{"a": 1, "b": 2}[t] for t in "aabbba"[start:]]
        if "a" not in "aabbba"[start:] or "b" not in "aabbba"[start:]:
            wanted = [1] * len(wanted)
        assert code("x", runs.slice(start)).codes.tolist() == wanted
    both = pa.chunked_array([runs.slice(1, 2), runs.slice(4)])
    assert code("x", both).codes.tolist() == [1, 2, 2, 1]
    views = pa.RunEndEncodedArray.from_arrays([2, 3], pa.array(["a" * 20, None], pa.string_view()))
    assert code("x", views).codes.tolist() == [1, 1, 0]


@pytest.mark.parametrize("threads", [1, 2, 5])
@pytest.mark.parametrize("at_once", [1, 100, 10**9])
def test_several_columns_are_coded_as_each_is_alone(threads, at_once, monkeypatch):
    monkeypatch.setattr(coding, "_MANY_CELLS", 0)
    monkeypatch.setattr(coding, "_AT_ONCE", at_once)
    numbers = [None if i % 7 == 0 else i % 50 for i in range(300)]
    texts = [None if n is None else f"text number {n}" for n in numbers]
    columns = [
        ("numbers", pa.array(numbers)),
        ("texts", pa.chunked_array([texts[:90], texts[90:]])),
        ("nothing", pa.nulls(300)),
        ("dictionary", pa.array(texts).dictionary_encode()),
        ("views", pa.array(texts, pa.string_view())),
        ("half", pa.array([i < 150 for i in range(300)])),
    ]
    for (name, column), coded in zip(columns, code_all(columns, threads), strict=True):
        alone = code(name, column)
        assert coded.name == name
        assert (coded.distinct, coded.nulls) == (alone.distinct, alone.nulls)
        assert coded.codes.tolist() == alone.codes.tolist()
        assert coded.values.equals(alone.values)
    lying = pa.Array.from_buffers(
        pa.string(), 2, [None, pa.py_buffer(np.array([0, 9, 3], np.int32)), pa.py_buffer(b"abc")]
    )
    columns.insert(2, ("lying", lying))
    with pytest.raises(so.InputError, match="'lying' is damaged"):
        code_all(columns, threads)
