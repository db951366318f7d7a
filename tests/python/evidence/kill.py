"""Kill `ledger add` at random moments, and look at the ledger each time.

usage: PYTHONPATH=python python -m tests.python.evidence.kill [TIMES]      (200)

Each time another process adds a release and is ended by SIGKILL somewhere between its start and a
little after its usual end. Then the ledger must open, be whole, and hold the release or not; a
release that was reported as added must be there.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from singleout.evidence.ledger import Ledger

from .conftest import python
from .people import staff, write_csv

PROGRAM = """
import sys
from singleout.evidence.ledger import Ledger
path, key, table, name = sys.argv[1:]
sys.stdout.write("ready\\n"); sys.stdout.flush()
with Ledger(path, key) as ledger:
    ledger.add(table, name=name)
sys.stdout.write("added\\n"); sys.stdout.flush()
"""


def attempt(folder: Path, name: str, moment: float | None) -> tuple[str, float]:
    """Add a release, killed `moment` seconds after it began (or not at all)."""
    path, key = folder / "releases.ledger", folder / "ledger.key"
    table = write_csv(folder / "table.csv", staff(3000, seed=random.randrange(10**9)))
    process = python("-c", PROGRAM, str(path), str(key), str(table), name)
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    start = time.perf_counter()
    if moment is not None:
        time.sleep(moment)
        process.kill()
    out, _ = process.communicate(timeout=60)
    taken = time.perf_counter() - start
    with Ledger(path, key) as ledger:
        faults = ledger.verify()
        assert faults == (), f"{name}: {faults}"
        held = [one for one in ledger.releases if one.name == name]
        assert all(one.rows == 3000 and len(one.fields) == 4 for one in held)
    if b"added" in out:
        assert held, f"{name}: reported as added, and not there"
    return ("in" if held else "out"), taken


def kill_many(folder: Path, times: int) -> Counter[str]:
    """Kill so many times; how often the release was in and out afterwards."""
    Ledger.new(folder / "releases.ledger", folder / "ledger.key")
    usual = max(attempt(folder, f"whole {i}", None)[1] for i in range(2))
    found: Counter[str] = Counter()
    for number in range(times):
        state, _ = attempt(folder, f"killed {number}", random.uniform(0, 1.1 * usual))
        found[state] += 1
        if (folder / "releases.ledger").stat().st_size > 20_000_000:
            (folder / "releases.ledger").unlink()
            Ledger.new(folder / "releases.ledger", folder / "ledger.key")
    return found


def main() -> int:
    """Run it and print the counts."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as folder:
        found = kill_many(Path(folder), times)
    print(f"killed {times} times: {found['in']} in, {found['out']} out, the ledger whole each time")
    return 0


if __name__ == "__main__":
    sys.exit(main())
