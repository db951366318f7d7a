"""A ledger whose writers are killed, or are two at once."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

from singleout.evidence.ledger import Ledger

from .conftest import python
from .kill import kill_many
from .people import columns, staff, write_csv


def test_killed_at_any_moment_the_ledger_is_whole(tmp_path: Path) -> None:
    """The same, 200 times: python -m tests.python.evidence.kill."""
    found = kill_many(tmp_path, 5)
    assert found.total() == 5


def test_two_processes_add_at_once(ledger_path: Path, key: Path, tmp_path: Path) -> None:
    started = []
    for number in range(4):
        table = write_csv(tmp_path / f"release {number}.csv", staff(2000, seed=number))
        arguments = ("--ledger", str(ledger_path), "--key", str(key), str(table))
        started.append(python("-m", "singleout.cli", "ledger", "add", *arguments))
    for process in started:
        _, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
    with Ledger(ledger_path, key) as ledger:
        assert ledger.verify() == ()
        assert sorted(one.name for one in ledger.releases) == [f"release {i}.csv" for i in range(4)]


def test_who_waits_says_so(ledger_path: Path, key: Path) -> None:
    said: list[str] = []
    with closing(
        sqlite3.connect(ledger_path, isolation_level=None, check_same_thread=False)
    ) as other:
        other.execute("BEGIN EXCLUSIVE")
        release = threading.Timer(0.8, lambda: other.execute("COMMIT"))
        release.start()
        with Ledger(ledger_path, key, waiting=said.append) as ledger:
            ledger.add(columns(staff(10), "rank"), name="march")
            assert [one.name for one in ledger.releases] == ["march"]
        release.join()
    assert said == [f"{ledger_path}: another process is writing to the ledger; waiting"]
