"""The data and the expected values that other programs made, beside the repository."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
from pyarrow import csv

SHARED = Path(__file__).resolve().parents[4] / "shared"
STAFF12 = [
    "surname",
    "initials",
    "rank_or_grade",
    "unit",
    "location",
    "duty_type",
    "contract_type",
    "gender",
    "department",
    "start_year",
    "shift_pattern",
    "status",
]


def staff() -> pa.Table:
    """All 32 columns of the staff list."""
    return csv.read_csv(SHARED / "data" / "staff.csv")


def adult() -> pa.Table:
    """UCI Adult, 30,162 rows of 9 fields."""
    return csv.read_csv(SHARED / "data" / "adult.csv")


def expected(name: str) -> pa.Table:
    """One file of expected values; `fields` is a tuple of names joined by ``+``."""
    return csv.read_csv(SHARED / "oracles" / name)
