"""The same records whatever the order of the rows and the number of threads; very many fields."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

import singleout as so
from engine.shared import STAFF12, staff

OPTIONS = {
    "weights": "w",
    "sampling_fraction": 0.3,
    "attacker": so.Attacker({"surname": 0.99, "unit": 0.4}, others=0.55, max_known=6),
}


def weighted(table: pa.Table) -> pa.Table:
    return table.append_column("w", pa.array(1.0 + np.arange(table.num_rows) % 7))


@pytest.mark.parametrize("nulls", ["value", "drop"])
def test_order_of_rows_and_threads_change_nothing(nulls):
    data = weighted(staff().select(STAFF12))
    order = np.random.default_rng(3).permutation(data.num_rows)
    one = so.score(data, nulls=nulls, threads=1, max_size=5, **OPTIONS)
    other = so.score(data.take(order), nulls=nulls, threads=3, max_size=5, **OPTIONS)
    assert other.records.drop_columns(["population_k", "individual_risk"]).equals(
        one.records.take(order).drop_columns(["population_k", "individual_risk"])
    )
    assert other.exposure.equals(one.exposure.take(order))
    assert other.curve.equals(one.curve)
    assert other.suda_contributions.overall.equals(one.suda_contributions.overall)
    assert (other.risk().mean, other.risk().worst) == (one.risk().mean, one.risk().worst)
    assert other.summary() == one.summary()
    assert not one.risk().exact
    # weights are added up in the order of the rows
    for name in ("population_k", "individual_risk"):
        moved = other.records[name].to_numpy()
        np.testing.assert_allclose(moved, one.records[name].to_numpy()[order], rtol=1e-12)


def test_threads_change_no_byte_of_weights_either():
    data = weighted(staff().select(STAFF12[:6]))
    one = so.score(data, threads=1, **{**OPTIONS, "attacker": "colleague"})
    other = so.score(data, threads=2, **{**OPTIONS, "attacker": "colleague"})
    assert other.records.equals(one.records)


def test_a_score_that_no_number_holds_is_left_out_and_said():
    rng = np.random.default_rng(1)
    data = pa.table({f"f{i}": rng.integers(0, 12, 30) for i in range(180)})
    assessment = so.score(data, max_size=2, sampling_fraction=0.5)
    assert assessment.records["suda_score"].null_count == 30
    assert "SUDA score is too large" in assessment.notes[-1]
    dis = assessment.records["dis_suda"].to_numpy()
    assert np.all((dis > 0) & (dis <= 1))
    few = so.score(data.select(range(150)), max_size=2)
    assert few.records["suda_score"].null_count == 0
    assert np.all(np.isfinite(few.records["suda_score"].to_numpy()))
    shares = assessment.suda_contributions.overall["share"].to_numpy()
    assert shares.sum() == pytest.approx(2.0, abs=0.2)  # nearly all sets have two fields
