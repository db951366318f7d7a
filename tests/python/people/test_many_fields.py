"""The attacker's risk over more fields than can be combined one set at a time."""

from __future__ import annotations

import numpy as np
import pytest

import singleout as so

FIELDS, ROWS = 18, 30


def table(nulls: bool) -> dict[str, list[str | None]]:
    """Rows that resemble each other, so that no few fields tell them apart."""
    dice = np.random.default_rng(20230808)
    base = dice.integers(0, 3, (4, FIELDS))
    cells = base[dice.integers(0, 4, ROWS)]
    changed = dice.random((ROWS, FIELDS)) < 0.15
    cells = np.where(changed, dice.integers(0, 3, (ROWS, FIELDS)), cells)
    gone = dice.random((ROWS, FIELDS)) < (0.08 if nulls else 0)
    return {
        f"f{j}": [None if gone[i, j] else str(cells[i, j]) for i in range(ROWS)]
        for j in range(FIELDS)
    }


def by_all_sets(data: dict[str, list[str | None]], chances: list[float], cap: int, drop: bool):
    """The definition: every set of fields, its probability, and who shares its values."""
    sets = np.arange(1 << FIELDS)
    size, mass = np.zeros(len(sets), int), np.ones(len(sets))
    for j, chance in enumerate(chances):
        has = sets >> j & 1 == 1
        size += has
        mass *= np.where(has, chance, 1 - chance)
    mass = np.where(size <= cap, mass, 0.0)
    rows = list(zip(*data.values(), strict=True))
    null = [sum(1 << j for j, v in enumerate(row) if v is None) for row in rows]
    risk = []
    for i, row in enumerate(rows):
        k = np.zeros(len(sets), int)
        for other, theirs in enumerate(rows):
            differ = sum(1 << j for j in range(FIELDS) if row[j] != theirs[j])
            differ |= null[other] if drop else 0
            k += sets & differ == 0
        k = np.where((sets & null[i] != 0) & drop, 0, k)
        risk.append(float((mass[k > 0] / k[k > 0]).sum() / mass.sum()))
    return np.array(risk)


@pytest.mark.parametrize("nulls", ["value", "drop"])
@pytest.mark.parametrize(
    ("chances", "cap", "exact", "widest"),
    [
        ([0.5] * FIELDS, None, True, 1e-12),
        ([0.95, 0.1] * 9, None, False, 0.002),
        ([0.02] * FIELDS, None, False, 0.001),
        ([0.5] * FIELDS, 6, True, 1e-12),
    ],
)
def test_the_interval_holds_what_all_sets_come_to(chances, cap, exact, widest, nulls):
    data = table(nulls == "drop")
    attacker = so.Attacker(dict(zip(data, chances, strict=True)), max_known=cap)
    found = so.score(data, nulls=nulls).risk(attacker)
    truth = by_all_sets(data, chances, FIELDS if cap is None else cap, nulls == "drop")
    assert (found.at_least <= truth + 1e-12).all()
    assert (truth <= found.risk + 1e-12).all()
    assert float((found.risk - found.at_least).max()) < widest
    assert found.exact == exact


def test_who_knows_next_to_nothing_and_next_to_all():
    data = table(False)
    k = np.array(so.score(data, max_size=2).records["k"])
    for chance, wanted in ((1e-9, 1 / ROWS), (1 - 1e-9, 1 / k)):
        found = so.score(data).risk(so.uniform(chance))
        assert found.risk == pytest.approx(wanted, abs=1e-6)
        assert found.at_least == pytest.approx(wanted, abs=1e-6)


def test_threads_and_the_order_of_rows_change_no_byte():
    data = table(True)
    data |= {f"again {name}": values for name, values in data.items()}
    one = so.score(data, threads=1).risk(so.uniform(0.4))
    other = so.score(data, threads=4).risk(so.uniform(0.4))
    assert one.not_walked > 0
    assert one.risk.tobytes() == other.risk.tobytes()
    turned = {name: values[::-1] for name, values in data.items()}
    back = so.score(turned).risk(so.uniform(0.4))
    assert back.risk[::-1].tobytes() == one.risk.tobytes()
    assert back.at_least[::-1].tobytes() == one.at_least.tobytes()


def test_a_size_that_is_asked_for_is_kept_to():
    data = table(False)
    found = so.score(data, max_size=2).risk(so.uniform(0.5))
    assert found.not_walked == pytest.approx(1 - (1 + 18 + 153) / 2**18)
