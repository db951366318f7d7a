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
from singleout import _core
from singleout.errors import SingleoutError
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


def check_nothing_kept(table: object, once: Callable[[], None], calls: int = 1_000) -> None:
    once()
    references = sys.getrefcount(table)
    arrow = pa.total_allocated_bytes()
    for _ in range(3):  # a heap may settle late, once; what leaks grows every time
        grown, objects = growth(once, calls)
        if grown < MOST_GROWTH:
            break
    assert grown < MOST_GROWTH, f"{grown / 2**20:.1f} MiB more after {calls} calls"
    assert objects < min(100, calls // 2), f"{objects} objects more after {calls} calls"
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


@pytest.mark.parametrize("nulls", [0, 2], ids=["value", "any"])
def test_sixty_stops_keep_nothing(nulls: int) -> None:
    # It asks about every 50 ms: the table takes longer, and is so large that what a few stops
    # left would show.
    rows, fields = 50_000, 12
    draw = np.random.default_rng(5)
    columns = tuple((draw.integers(1, 5, rows, dtype=np.uint32), 4, False) for _ in range(fields))
    coded = _core.Table(columns, rows)
    figures = np.zeros(2**fields - 1, dtype=FIGURES)

    def stop(share: float) -> None:
        raise KeyboardInterrupt

    def once() -> None:
        with pytest.raises(KeyboardInterrupt):
            coded.combinations(figures, fields, 5, nulls, 1, stop)

    check_nothing_kept(coded, once, calls=60)
