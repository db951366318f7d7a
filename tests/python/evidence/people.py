"""Made-up people for the tests of evidence: no value of them occurs anywhere by chance."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

Table = dict[str, list[str]]


def staff(rows: int, seed: int = 8) -> Table:
    """A staff list whose every value is long enough to be searched for."""
    dice = np.random.default_rng(seed)
    stations = np.minimum(dice.zipf(1.4, rows), 60)
    return {
        "surname": [f"Zxsurname{i:04d}q" for i in dice.integers(0, rows, rows)],
        "station": [f"Zxstation{i:02d}q" for i in stations],
        "rank": [f"Zxrank{i}q" for i in dice.choice(6, rows, p=[0.6, 0.2, 0.1, 0.05, 0.03, 0.02])],
        "start": [f"Zxstart{i}q" for i in dice.integers(1990, 2024, rows)],
    }


def columns(table: Table, *names: str) -> Table:
    """Some of the columns."""
    return {name: table[name] for name in names}


def write_csv(path: Path, table: Table) -> Path:
    """Write the table; the path again."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(table)
        writer.writerows(zip(*table.values(), strict=True))
    return path


def values(table: Table) -> set[str]:
    """Every value, in its normal form too."""
    plain = {value for column in table.values() for value in column}
    return plain | {value.lower() for value in plain}
