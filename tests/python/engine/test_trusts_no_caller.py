"""The core trusts no caller: sizes, kinds and places of buffers, what changes meanwhile, forks."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from singleout import _core, _keyed
from singleout.walk import FIGURES

SOURCE = Path(__file__).resolve().parents[3] / "python"
NULLS = {"value": 0, "drop": 1, "any": 2}
FAR = 2**62


def made(rows: int, fields: int, distinct: int = 3) -> list[np.ndarray]:
    dice = np.random.default_rng(5)
    columns = [dice.integers(1, distinct + 1, rows).astype(np.uint32) for _ in range(fields)]
    for column in columns:
        column[:distinct] = np.arange(1, distinct + 1)
    return columns


def table(columns: list[np.ndarray], distinct: int = 3) -> _core.Table:
    return _core.Table(tuple((one, distinct, False) for one in columns), len(columns[0]))


def figures(fields: int, size: int) -> np.ndarray:
    return np.zeros(_core.count_combinations(fields, size), dtype=FIGURES)


def test_the_list_of_combinations_has_room_for_all() -> None:
    offsets = np.zeros(16, np.uint32)
    for members in (0, 1, 31, 33):
        with pytest.raises(ValueError, match="not usable"):
            _core.list_combinations(4, 4, offsets, np.zeros(members, np.uint32), members)
    members = np.zeros(32, np.uint32)
    _core.list_combinations(4, 4, offsets, members, 32)
    assert offsets[-1] == 32
    _core.list_combinations(0, 4, np.zeros(1, np.uint32), np.zeros(0, np.uint32), 0)


def test_sizes_do_not_overflow() -> None:
    nothing = np.zeros(0, np.uint8)
    for call in (
        lambda: _core.entropy_bits(nothing, nothing, 2**58, 5, False),
        lambda: _core.entropy_bits(nothing, nothing, -1, 5, False),
        lambda: _core.Table(((nothing, 1, False),), FAR),
        lambda: _core.Table((), FAR, nothing),
        lambda: _core.list_combinations(4, 4, np.zeros(16, np.uint32), nothing, FAR),
        lambda: _core.Table((), FAR).unique_records(nothing, nothing, 1, 0, 1, None),
        lambda: _core.Table((), FAR).exposure(nothing, 1, 0, 1, None),
        lambda: _core.Table((), FAR).classes(None, nothing, 0),
        lambda: _core.Table((), FAR).risk(nothing, nothing, nothing, 1, 0.0, 1, 0, 1, None),
    ):
        with pytest.raises((ValueError, OverflowError)):
            call()


def test_more_people_than_can_be_numbered_have_no_entropy() -> None:
    one, out = np.zeros(1, FIGURES), np.zeros(1)
    one["classes"] = one["people"] = 5
    for people in (2**32, 2**60, 2**64 - 1):
        for reciprocal in (False, True):
            with pytest.raises(OverflowError):
                _core.entropy_bits(one, out, 1, people, reciprocal)


@pytest.mark.parametrize("kind", [np.float32, np.int32, np.dtype(">u4"), np.dtype("V4")])
def test_what_is_no_code_is_not_taken_for_one(kind: np.dtype) -> None:
    codes = np.ones(8).astype(np.uint32)
    other = codes.view(kind) if kind == np.dtype("V4") else codes.astype(kind)
    with pytest.raises(ValueError, match="of the right kind"):
        _core.Table(((other, 1, False),), 8)
    assert _core.Table(((codes, 1, False),), 8).memory(1, 0, 1) > 0


def test_integers_are_not_taken_for_chances() -> None:
    columns = made(40, 2)
    out, rest = np.zeros(40), np.zeros(40)
    with pytest.raises(ValueError, match="of the right kind"):
        table(columns).risk(out, rest, np.ones(2, np.int64), 2, 0.0, 2, 0, 1, None)


def misaligned(items: int, kind: type) -> np.ndarray:
    whole = np.zeros(items * np.dtype(kind).itemsize + 1, np.uint8)
    return whole[1:].view(kind)


def test_misaligned_buffers_are_refused() -> None:
    with pytest.raises(ValueError, match="aligned"):
        _core.Table(((misaligned(8, np.uint32), 0, True),), 8)
    whole = table(made(40, 2))
    for call in (
        lambda: whole.combinations(misaligned(24, np.uint64).view(np.uint8), 2, 5, 0, 1, None),
        lambda: whole.classes(None, misaligned(40, np.uint32), 0),
        lambda: whole.classes(misaligned(40, np.uint32), np.zeros(40, np.uint32), 0),
    ):
        with pytest.raises(ValueError, match="aligned"):
            call()


# --- what changes while the core works


def spoiling(columns: list[np.ndarray]) -> Callable[[float], None]:
    def progress(_: float) -> None:
        for one in columns:
            one[:] = 2**31

    return progress


# So many fields of so many values do not fit a packed key: they are read row by row, and again.
@pytest.mark.parametrize(
    ("nulls", "rows", "fields", "distinct"),
    [("value", 3000, 45, 900), ("drop", 3000, 45, 900), ("any", 3000, 9, 300)],
)
def test_codes_that_the_progress_function_changes_are_not_read(
    nulls: str, rows: int, fields: int, distinct: int
) -> None:
    columns = made(rows, fields, distinct)
    expected, found = figures(fields, 2), figures(fields, 2)
    asked = (2, 5, NULLS[nulls], 2)
    table([one.copy() for one in columns], distinct).combinations(expected, *asked, None)
    table(columns, distinct).combinations(found, *asked, spoiling(columns))
    assert (expected == found).all()


def test_chances_and_classes_that_another_thread_changes() -> None:
    columns = made(60_000, 8, 200)
    whole = table(columns, 200)
    chances, class_of, size_of = np.full(8, 0.5), *(np.zeros(60_000, np.uint32) for _ in range(2))
    over = threading.Event()

    def meddle() -> None:
        while not over.is_set():
            chances[:] = np.nan
            class_of[:] = 2**32 - 2
            chances[:] = 0.5

    thread = threading.Thread(target=meddle)
    thread.start()
    try:
        for _ in range(20):
            whole.classes(class_of, size_of, NULLS["value"])
    finally:
        over.set()
        thread.join()
    assert size_of.sum() >= 60_000


FORKING = """
import os, sys, numpy as np
from singleout import _core
from singleout.walk import FIGURES
rows, fields = 20_000, 12
dice = np.random.default_rng(5)
columns = [dice.integers(1, 31, rows).astype(np.uint32) for _ in range(fields)]
for one in columns:
    one[:30] = np.arange(1, 31)
table = _core.Table(tuple((one, 30, False) for one in columns), rows)
children = []
def progress(done):
    if not children and done > 0:
        children.append(os.fork())
def walk():
    table.combinations(np.zeros(_core.count_combinations(fields, 6), FIGURES), 6, 5, 0, 2, progress)
def risk():
    chances = np.full(fields, 0.5)
    table.risk(np.zeros(rows), np.zeros(rows), chances, fields, 0.0, fields, 0, 2, progress)
try:
    globals()[sys.argv[1]]()
except RuntimeError as problem:
    assert children == [0], children
    assert "forked" in str(problem)
    os._exit(7)
assert children[0] > 0, children
_, status = os.waitpid(children[0], 0)
assert os.waitstatus_to_exitcode(status) == 7, status
print("both went on")
"""


@pytest.mark.parametrize("what", ["walk", "risk"])
def test_a_child_that_the_progress_function_forks_does_not_hang(what: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FORKING, what],
        capture_output=True,
        text=True,
        timeout=600,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
    )
    assert (done.returncode, done.stdout) == (0, "both went on\n"), done.stderr


def test_offsets_are_whole_and_in_order() -> None:
    secret = _keyed.Secret(bytes(32))
    for offsets in (
        np.array([0, 9], np.int64),
        np.array([2, 1], np.int64),
        np.array([-1, 1], np.int64),
        np.zeros(0, np.int64),
        np.array([0, 1, 2], np.int64).view(np.uint8)[:-1],
        misaligned(2, np.int64),
    ):
        with pytest.raises(ValueError, match="not usable"):
            secret.codes(b"name", b"text", offsets)
