"""Functional dependencies against a dictionary's view of the same rows."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import pyarrow.csv
import pytest
from hypothesis import given
from hypothesis import strategies as st

from singleout.dependencies import functional_dependencies, without_determined
from singleout.errors import InputError

SHARED = Path(__file__).parents[2].parent / "shared"
NAMES = "abcde"


def depends(rows, left, right) -> bool:
    seen = {}
    return all(
        seen.setdefault(tuple(row[i] for i in left), row[right]) == row[right] for row in rows
    )


def classes(rows, fields) -> int:
    return len({tuple(row[i] for i in fields) for row in rows})


ROWS = st.integers(2, 5).flatmap(
    lambda m: st.lists(st.tuples(*[st.integers(0, 3)] * m), min_size=1, max_size=14)
)


@given(ROWS)
def test_single_dependencies_are_all_and_only_those_that_hold(rows):
    m = len(rows[0])
    codes = {NAMES[i]: np.array([row[i] for row in rows]) for i in range(m)}
    found = {(one.determinant, one.dependent): one for one in functional_dependencies(codes)}
    for i in range(m):
        values = [row[i] for row in rows]
        repeated = sum(values.count(value) > 1 for value in values)
        for j in range(m):
            trivial = i == j or classes(rows, [j]) == 1 or classes(rows, [i]) == 1 or not repeated
            expected = not trivial and depends(rows, [i], j)
            assert (((NAMES[i],), NAMES[j]) in found) == expected
            if expected:
                one = found[((NAMES[i],), NAMES[j])]
                assert one.mutual == depends(rows, [j], i)
                assert one.support == repeated / len(rows)


@given(ROWS)
def test_pairs_hold_and_are_not_said_by_one_field(rows):
    m = len(rows[0])
    codes = {NAMES[i]: np.array([row[i] for row in rows]) for i in range(m)}
    found = functional_dependencies(codes, pairs=True)
    doubles = [one for one in found if len(one.determinant) == 2]
    for one in doubles:
        left = [NAMES.index(name) for name in one.determinant]
        right = NAMES.index(one.dependent)
        assert depends(rows, left, right)
        assert not any(depends(rows, [i], right) for i in left)
        assert one.support >= 0.5
    assert set(functional_dependencies(codes)) <= set(found)


@given(ROWS)
def test_dropping_determined_fields_keeps_the_classes(rows):
    m = len(rows[0])
    codes = {NAMES[i]: np.array([row[i] for row in rows]) for i in range(m)}
    found = functional_dependencies(codes, pairs=True)
    for size in range(1, m + 1):
        for fields in combinations(range(m), size):
            left = without_determined([NAMES[i] for i in fields], found)
            assert classes(rows, [NAMES.index(name) for name in left]) == classes(rows, fields)
            assert without_determined(left, found) == left


def test_a_difference_far_down_is_seen():
    unit = np.repeat(np.arange(5), 400)
    branch = unit // 2
    assert len(functional_dependencies({"unit": unit, "branch": branch})) == 1
    branch[-1] += 1
    assert functional_dependencies({"unit": unit, "branch": branch}) == ()


def test_the_staff_list_says_what_determines_what():
    table = pyarrow.csv.read_csv(SHARED / "data" / "staff.csv")
    codes = {
        name: np.unique(column.to_numpy(), return_inverse=True)[1]
        for name, column in zip(table.column_names, table.columns, strict=True)
    }
    found = functional_dependencies(codes)
    pairs = {(one.determinant[0], one.dependent) for one in found}
    for expected in [
        ("unit", "branch"),
        ("unit", "department"),
        ("branch", "cost_centre"),
        ("location", "district"),
        ("district", "region"),
        ("building_code", "location"),
        ("start_year", "service_band"),
        ("status", "absence_flag"),
    ]:
        assert (expected in pairs) == depends(
            list(zip(codes[expected[0]].tolist(), codes[expected[1]].tolist(), strict=True)), [0], 1
        )
    assert ("unit", "branch") in pairs
    assert ("branch", "unit") not in pairs
    assert not any("extract_date" in pair for pair in pairs)
    assert not any(left == "service_number" for left, _ in pairs)


def test_columns_must_be_of_one_length():
    with pytest.raises(InputError, match="different numbers of rows"):
        functional_dependencies({"a": [1, 2], "b": [1]})
