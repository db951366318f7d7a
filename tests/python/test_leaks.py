"""What `score` takes it gives back, done or failed: memory, objects, references."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

import singleout as so
from singleout.errors import SingleoutError
from singleout.table import code_table
from singleout.walk import FIGURES

ROWS = 2_000
FIELDS = 6
# One call codes 2,000 x 6 cells in 48,000 bytes: leaked in 1,000 calls they would be 46 MiB.
MOST_GROWTH = 6 << 20


def staff() -> pa.Table:
    draw = np.random.default_rng(5)
    columns = {
        f"field{i}": pa.array(draw.integers(0, 3 + 9 * i, ROWS)).cast(pa.string())
        for i in range(FIELDS)
    }
    return pa.table(columns)


def resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096


def growth(once: Callable[[], None], calls: int) -> tuple[int, int]:
    """Return by how many bytes and by how many objects the process grows over the calls."""
    for _ in range(calls // 5):  # caches fill, the heap finds its size
        once()
    gc.collect()
    before, objects = resident(), len(gc.get_objects())
    for _ in range(calls):
        once()
    gc.collect()
    return resident() - before, len(gc.get_objects()) - objects


def check_nothing_kept(table: pa.Table, once: Callable[[], None], calls: int = 1_000) -> None:
    once()
    references = sys.getrefcount(table)
    arrow = pa.total_allocated_bytes()
    grown, objects = growth(once, calls)
    assert grown < MOST_GROWTH, f"{grown / 2**20:.1f} MiB more after {calls} calls"
    assert objects < 100, f"{objects} objects more after {calls} calls"
    assert sys.getrefcount(table) == references
    assert pa.total_allocated_bytes() <= arrow + (1 << 16)


def test_a_thousand_scores_keep_nothing() -> None:
    table = staff()

    def once() -> None:
        assessment = so.score(table, threads=2)
        assert assessment.combinations.num_rows == 2**FIELDS - 1

    check_nothing_kept(table, once)


def test_the_tables_of_records_and_fields_keep_nothing() -> None:
    table = staff().slice(0, 200)

    def once() -> None:
        assessment = so.score(table, max_size=3, threads=1, nulls="drop")
        assert assessment.records.num_rows == 200
        assert assessment.fields.num_rows == FIELDS

    check_nothing_kept(table, once, calls=300)


def test_a_thousand_refusals_keep_nothing() -> None:
    table = staff()

    def once() -> None:
        with pytest.raises(SingleoutError):
            so.score(table, fields=["no such field"])

    check_nothing_kept(table, once)


def test_stops_keep_nothing() -> None:
    """A walk long enough to be asked, which is after 50 ms, is stopped at once."""
    draw = np.random.default_rng(6)
    table = pa.table({f"field{i}": draw.integers(0, 30, 60_000) for i in range(16)})
    coded = code_table(table, None, None, 1).core(range(16))
    figures = np.zeros(2**16 - 1, dtype=FIGURES)

    def stop(share: float) -> None:
        raise KeyboardInterrupt

    def once() -> None:
        with pytest.raises(KeyboardInterrupt):
            coded.combinations(figures, 16, 5, 0, 2, stop)

    check_nothing_kept(table, once, calls=60)
