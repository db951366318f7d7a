"""Seconds of `singleout review` on the PSNI-shaped workbook, process start to verdict.

python bench/review_speed.py            # five runs, the median, and where the time goes
"""

from __future__ import annotations

import argparse
import csv
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from picture import SHARED, workbook

import singleout as so

PACKAGE = Path(so.__file__).parents[1]


def main() -> int:
    """Time the command, then its two steps within one process."""
    parser = argparse.ArgumentParser(description="Time singleout review on 10,799 x 32 rows.")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with (SHARED / "data" / "staff.csv").open(newline="") as file:
        rows = list(csv.reader(file))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "officers-by-rank.xlsx"
        path.write_bytes(workbook(rows))
        command = [sys.executable, "-m", "singleout.cli", "review", str(path)]
        seconds = []
        before = os.times()
        for _ in range(options.runs):
            start = time.perf_counter()
            done = subprocess.run(
                command,
                capture_output=True,
                check=False,
                env={**os.environ, "PYTHONPATH": str(PACKAGE)},
            )
            seconds.append(time.perf_counter() - start)
            if done.returncode != 1:
                print(done.stdout.decode(), done.stderr.decode(), file=sys.stderr)
                return 1
        after = os.times()
        busy = after.children_user + after.children_system
        busy -= before.children_user + before.children_system
        start = time.perf_counter()
        draft = so.inspect(path)
        read = time.perf_counter() - start
        start = time.perf_counter()
        so.review(draft)
        judged = time.perf_counter() - start
    median = statistics.median(seconds)
    print(f"{len(rows) - 1:,} rows x {len(rows[0])} columns, {path.name}")
    print(f"command, median of {options.runs}: {median:.2f} s (limit 4 s); all: "
          f"{', '.join(f'{s:.2f}' for s in seconds)}")  # fmt: skip
    print(
        f"processor time a run: {busy / options.runs:.2f} s; this machine may be busy with others"
    )
    print(f"in one process: inspect {read:.2f} s, measure and judge {judged:.2f} s")
    return 0 if median < 4 else 1


if __name__ == "__main__":
    sys.exit(main())
