"""Attackers: what they may be made of, the presets, and the brute force that checks the walk."""

from __future__ import annotations

import doctest
import math
import pickle
from pathlib import Path

import pyarrow.csv
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import singleout.attacker
from attacker_brute import exposure, risk
from singleout.attacker import PRESETS, Attacker, colleague, known_by, preset, stranger, uniform
from singleout.errors import InputError
from singleout.roles import MEANINGS, suggest_roles

ROOT = Path(__file__).parents[2]
CHANCES = st.lists(st.sampled_from([0.0, 0.1, 0.5, 0.9, 1.0]), min_size=1, max_size=4)


def test_an_attacker_is_checked_on_creation_and_cannot_be_changed():
    attacker = Attacker({"surname": 1.0, "rank": 0.9}, max_known=1)
    with pytest.raises(AttributeError):
        attacker.max_known = 3
    with pytest.raises(TypeError):
        attacker.known["rank"] = 0.1
    assert pickle.loads(pickle.dumps(attacker)) == attacker
    assert len({attacker, Attacker({"rank": 0.9, "surname": 1.0}, max_known=1)}) == 1
    given_mapping = {"rank": 0.5}
    kept = Attacker(given_mapping)
    given_mapping["rank"] = 0.9
    assert kept.known["rank"] == 0.5


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (({"rank": 1.2},), "'rank' must be from 0 to 1"),
        (({"rank": -0.1},), "from 0 to 1"),
        (({"rank": math.nan},), "from 0 to 1"),
        (({"rank": "often"},), "from 0 to 1"),
        (({"rank": True},), "from 0 to 1"),
        (({}, None, 7.0), "every other field"),
        (({"rank": 0.5}, -1), "max_known"),
        (({"rank": 0.5}, 1.5), "max_known"),
        (({"rank": 1.0, "unit": 1.0}, 1), "2 fields are known for certain"),
    ],
)
def test_bad_attackers_are_refused_in_words(arguments, says):
    with pytest.raises(InputError, match=says):
        Attacker(*arguments)


def test_probabilities_follow_the_table():
    attacker = Attacker({"rank": 0.9}, others=0.25)
    assert attacker.probabilities(["unit", "rank"]).tolist() == [0.25, 0.9]
    with pytest.raises(InputError, match="did you mean 'rank'"):
        Attacker({"rnak": 0.9}).probabilities(["rank"])
    with pytest.raises(InputError, match="known for certain"):
        Attacker({}, max_known=1, others=1.0).probabilities(["rank", "unit"])
    with pytest.raises(InputError, match="from 0 to 1"):
        uniform(math.inf)


def test_presets_on_the_staff_list():
    roles = suggest_roles(pyarrow.csv.read_csv(ROOT.parent / "shared" / "data" / "staff.csv"))
    inside, outside = colleague(roles), stranger(roles)
    assert inside.name == "colleague"
    assert set(inside.known) == {one.name for one in roles.fields}
    assert inside.known["rank_or_grade"] == PRESETS["colleague"]["rank"]
    assert inside.known["extract_date"] == 0.0
    assert all(inside.known[name] >= outside.known[name] for name in inside.known)
    with pytest.raises(InputError, match="choose one of 'stranger'"):
        preset("spy", roles)
    own = suggest_roles({"unit": ["a", "b"]}, {"unit": "neither"})
    assert colleague(own).known == {"unit": 0.0}


def test_every_preset_figure_is_a_probability_for_a_known_meaning():
    for chances in PRESETS.values():
        for meaning, chance in chances.items():
            assert 0 <= chance < 1
            assert meaning in MEANINGS or meaning.startswith("any other ")


def test_the_documented_figures_are_those_of_the_code():
    people = ["stranger", "neighbour", "colleague", "journalist"]
    documented = {}
    for line in (ROOT / "docs" / "attackers.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) >= 5 and cells[1].replace(".", "").isdigit():
            documented[cells[0]] = [float(cell) for cell in cells[1:5]]
    assert documented == {
        meaning: [PRESETS[person][meaning] for person in people] for meaning in PRESETS["stranger"]
    }


@given(CHANCES)
def test_the_number_of_fields_known_is_the_sum_over_combinations(chances):
    law = known_by(chances)
    m = len(chances)
    expected = [0.0] * (m + 1)
    for mask in range(2**m):
        mass = math.prod(p if mask >> i & 1 else 1 - p for i, p in enumerate(chances))
        expected[mask.bit_count()] += mass
    assert law.tolist() == pytest.approx(expected)


# --- the oracle itself, against what can be said without it --------------------------------

VALUES = st.sampled_from(["x", "y", None])


@st.composite
def tables(draw):
    chances = draw(CHANCES)
    row = st.tuples(*[VALUES] * len(chances))
    rows = draw(st.lists(st.tuples(row, st.integers(1, 3)), min_size=1, max_size=6))
    return [r for r, _ in rows], [c for _, c in rows], chances


def test_risk_by_hand():
    # Ann and Bob share x, Cy has y; the attacker knows the first field with 0.5, the second never.
    rows = [("x", 1), ("x", 2), ("y", 3)]
    found = risk(rows, [1, 1, 1], [0.5, 0.0])
    assert found.low == pytest.approx([0.5 / 3 + 0.5 / 2] * 2 + [0.5 / 3 + 0.5 / 1])
    assert found.high == found.low


@settings(deadline=None)
@given(tables(), st.sampled_from(["value", "drop", "any"]))
def test_the_interval_holds_the_risk(table, nulls):
    rows, counts, chances = table
    exact = risk(rows, counts, chances, nulls=nulls)
    assert exact.high == pytest.approx(exact.low)
    for size in range(len(chances) + 1):
        part = risk(rows, counts, chances, nulls=nulls, max_size=size)
        for low, true, high in zip(part.low, exact.low, part.high, strict=True):
            assert low <= true + 1e-12
            assert true <= high + 1e-12


@settings(deadline=None)
@given(tables())
def test_knowing_all_or_nothing(table):
    rows, counts, chances = table
    m, people = len(chances), sum(counts)
    assert risk(rows, counts, [0.0] * m).low == pytest.approx([1 / people] * len(rows))
    everything = risk(rows, counts, [1.0] * m).low
    same = [sum(c for r, c in zip(rows, counts, strict=True) if r == row) for row in rows]
    assert everything == pytest.approx([1 / k for k in same])
    if 1.0 not in chances:
        capped = risk(rows, counts, chances, max_known=0).low
        assert capped == pytest.approx([1 / people] * len(rows))


def test_exposure_by_hand():
    rows = [("x", 1), ("x", 2), ("y", 2)]
    assert exposure(rows, [1, 1, 1], 1) == [0.5, 0.0, 0.5]
    assert exposure(rows, [1, 1, 1], 2) == [1.0, 1.0, 1.0]
    assert exposure(rows, [1, 2, 1], 2) == [1.0, 0.0, 1.0]


def test_docstring_examples():
    failed, tried = doctest.testmod(singleout.attacker)
    assert failed == 0
    assert tried > 0
