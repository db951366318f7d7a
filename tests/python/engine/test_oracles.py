"""Every figure that numpy and ARX gave for the same data."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

import singleout as so

from .shared import STAFF12, adult, expected, staff

PAIRS = {
    "classes": "classes",
    "unique_records": "unique_records",
    "records_below_5": "records_below_threshold",
    "smallest_class": "smallest_class",
    "largest_class": "largest_class",
}


def joined(combinations: pa.Table) -> list[str]:
    return ["+".join(fields) for fields in combinations["fields"].to_pylist()]


@pytest.mark.parametrize(
    ("name", "table", "rows"),
    [
        ("adult_combinations.csv.gz", adult, 511),
        ("staff12_combinations.csv.gz", lambda: staff().select(STAFF12), 4095),
    ],
)
@pytest.mark.parametrize("threads", [1, 3])
def test_every_combination_agrees_with_numpy(name, table, rows, threads):
    found = so.score(table(), threads=threads).combinations
    wanted = expected(name)
    assert found.num_rows == wanted.num_rows == rows
    place = {fields: i for i, fields in enumerate(joined(found))}
    order = [place[fields] for fields in wanted["fields"].to_pylist()]
    found = found.take(order)
    for theirs, ours in PAIRS.items():
        assert found[ours].to_pylist() == wanted[theirs].to_pylist(), ours
    bits = found["entropy_bits"].to_numpy()
    assert np.abs(bits - wanted["entropy_bits"].to_numpy()).max() < 6e-10  # they print 9 digits


def test_distinction_and_separation_agree_with_arx():
    found = so.score(adult()).combinations
    wanted = expected("adult_distinction_separation.csv")
    place = {fields: i for i, fields in enumerate(joined(found))}
    found = found.take([place[fields] for fields in wanted["fields"].to_pylist()])
    assert found.num_rows == wanted.num_rows == 511
    for name in ("distinction", "separation"):
        theirs = wanted[name].to_numpy()
        assert np.abs(found[name].to_numpy() / theirs - 1).max() < 1e-9, name


def test_records_agree_with_the_combinations():
    table = staff().select(STAFF12)
    assessment = so.score(table)
    combinations, records = assessment.combinations, assessment.records
    singled = int(np.sum(records["unique_combinations"].to_numpy()))
    assert singled == int(np.sum(combinations["unique_records"].to_numpy()))
    assert records["k"].to_pylist() == [1] * table.num_rows
    contribution = assessment.fields["contribution"].to_numpy()
    assert contribution.sum() == pytest.approx(1.0, abs=1e-12)
