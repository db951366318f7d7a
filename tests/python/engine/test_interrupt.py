"""Ctrl-C stops the walk, progress is told, and nothing is left behind."""

from __future__ import annotations

import io
import signal
import sys
import threading
import time

import numpy as np
import pyarrow as pa
import pytest

import singleout as so
from singleout import progress
from singleout.walk import Options, Walk


def large(fields=18, rows=60_000):
    source = np.random.default_rng(5)
    return pa.table({f"f{i}": source.integers(0, 40, rows) for i in range(fields)})


@pytest.mark.parametrize("part", ["combinations", "records"])
@pytest.mark.parametrize("nulls", ["value", "any"])
def test_control_c_stops_it(part, nulls):
    assessment = so.score(large(), max_size=18 if nulls == "value" else 5, nulls=nulls)
    if part == "records":
        _ = assessment._walk.core
    timer = threading.Timer(0.3, signal.raise_signal, [signal.SIGINT])
    timer.start()
    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        getattr(assessment, part)
    # Asked within 0.05 s; what is allowed here is for a machine with other things to do.
    assert time.monotonic() - start < 5
    timer.join()


def test_a_stopped_walk_can_be_asked_again():
    table = large(10, 20_000)
    assessment = so.score(table)
    walk = assessment._walk

    class Stop(Exception):
        pass

    def stop(share):
        raise Stop

    figures = np.zeros(walk.count, dtype=walk.figures.dtype)
    core = so.score(large(14, 60_000))._walk.core
    with pytest.raises(Stop):
        core.combinations(np.zeros(2**14 - 1, figures.dtype), 14, 5, 0, 2, stop)
    assert assessment.combinations.equals(so.score(table, threads=1).combinations)


def test_a_bar_is_shown_after_a_second_and_only_then(monkeypatch):
    table = large(12, 30_000)
    screen = io.StringIO()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(progress, "DELAY", 0.0)
    _ = so.score(table, progress=True, threads=1).combinations
    assert "combinations" in screen.getvalue()
    quiet = io.StringIO()
    monkeypatch.setattr(sys, "stderr", quiet)
    _ = so.score(table, progress=None, threads=1).combinations
    _ = so.score(table.slice(0, 50), progress=True).combinations
    assert quiet.getvalue() == ""


def test_shares_rise_to_one():
    shares: list[float] = []
    assessment = so.score(large(16, 40_000))
    walk: Walk = assessment._walk
    assert isinstance(walk.options, Options)
    walk.core.combinations(np.zeros(walk.count, walk.figures.dtype), 16, 5, 0, 2, shares.append)
    assert shares == sorted(shares)
    assert shares
    assert 0 <= shares[0] <= shares[-1] <= 1
