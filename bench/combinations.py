"""singleout beside numpy, pandas, polars, DuckDB and pyarrow: same frames, same figures, one run.

    python bench/combinations.py                      every case below (about 15 minutes)
    python bench/combinations.py staff12 adult        some of them
    python bench/combinations.py --growth             how time grows with rows and with fields
    python bench/combinations.py million --whole      peers do every combination of the million rows

Each engine works in a process of its own, from a frame in memory (its own kind of frame) to one
row a combination: classes, people singled out, people below 5, smallest and largest class, entropy.
The figures of all engines must agree. The first run is not counted; of the others, which take a
second at least, the median is; the engines of the smaller tables run in turn, and the round in the
middle counts.
Peers that would take minutes do a sample of the combinations, evenly spaced, and their time is
scaled; the table says so with "~". Data: data/staff.csv, data/adult.csv and data/make_staff.py in a
folder `shared` beside the project.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import engines
import numpy as np
import pyarrow as pa
from pyarrow import csv, parquet

from singleout.coding import code

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
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


class Case(NamedTuple):
    """A table: the largest size of combinations, one in how many peers do, the ratio aimed at, how
    often all engines run in turn."""

    largest: int
    sample: dict[str, int]
    target: int
    rounds: int


EVERY = dict.fromkeys(engines.PEERS, 1)
CASES = {
    "staff12": Case(12, {**EVERY, "polars": 8, "duckdb": 4}, 80, 3),
    "adult": Case(9, EVERY, 40, 5),
    "staff30": Case(
        4, {"numpy": 10, "pandas": 40, "polars": 160, "duckdb": 80, "pyarrow": 40}, 40, 3
    ),
    "million": Case(
        12, {"numpy": 64, "pandas": 256, "polars": 256, "duckdb": 256, "pyarrow": 256}, 150, 1
    ),
}


def table_of(case: str, rows: int = 1_000_000) -> pa.Table:
    """The table of a case; made, for the million rows."""
    if case == "adult":
        return csv.read_csv(SHARED / "adult.csv")
    if case == "million":
        sys.path.insert(0, str(SHARED))
        import make_staff

        return pa.Table.from_pandas(make_staff.make(rows, 1)[STAFF12], preserve_index=False)
    staff = csv.read_csv(SHARED / "staff.csv")
    if case == "staff30":
        return staff.drop_columns(["service_number", "extract_date"])
    return staff.select(STAFF12)


def child(path: str, engine: str, largest: int, every: int, runs: int) -> None:
    """Time one engine in this process; print what it took and what it found."""
    table = parquet.read_table(path)
    m = table.num_columns
    chosen = [c for size in range(1, largest + 1) for c in combinations(range(m), size)]
    work = engines.ENGINES[engine](table, largest)
    frame_bytes = table.nbytes
    before = engines.memory()
    seconds, found = [], None
    sample = chosen[::every]
    while len(seconds) < 1 or (every == 1 and (len(seconds) <= runs or sum(seconds) < 1)):
        start = time.perf_counter()
        found = work(sample if every > 1 else chosen)
        seconds.append(time.perf_counter() - start)
    counted = seconds[1:] or seconds
    answer = {
        "seconds": statistics.median(counted) * (len(chosen) / len(sample)),
        "peak": engines.peak_memory() - before,
        "frame": frame_bytes,
        "figures": engines.digest(found, len(chosen), every),
    }
    print(json.dumps(answer))


def measure(path: Path, engine: str, largest: int, every: int, runs: int) -> dict[str, Any]:
    """Run one engine in a process of its own."""
    command = [
        sys.executable,
        __file__,
        "--child",
        str(path),
        engine,
        str(largest),
        str(every),
        str(runs),
    ]
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode:
        return {"failed": (run.stderr.strip().splitlines() or ["killed"])[-1]}
    answer: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return answer


def compare(case: str, whole: bool, runs: int) -> None:
    """Print one case's table of times, ratios and memory."""
    spec = CASES[case]
    table = table_of(case)
    count = sum(
        1 for s in range(1, spec.largest + 1) for _ in combinations(range(table.num_columns), s)
    )
    print(f"\n### {case}: {table.num_rows:,} rows x {table.num_columns} fields, "
          f"combinations of up to {spec.largest}: {count:,}\n", flush=True)  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.parquet"
        parquet.write_table(table, path)
        del table
        rounds: dict[str, list[dict[str, Any]]] = {engine: [] for engine in engines.ENGINES}
        for _ in range(spec.rounds):
            for engine, results in rounds.items():
                every = 1 if whole else spec.sample.get(engine, 1)
                results.append({"every": every})
                results[-1] |= measure(path, engine, spec.largest, every, runs)
                print(f"{engine}: {results[-1].get('seconds', results[-1].get('failed'))}",
                      file=sys.stderr, flush=True)  # fmt: skip
        found = {engine: middle(results) for engine, results in rounds.items()}
        written = parquet.read_table(path)
    report(found, spec)
    coding(written, runs)


def middle(results: list[dict[str, Any]]) -> dict[str, Any]:
    """The round with the median time, how far all were apart, the most memory; or a failure."""
    if failed := [result for result in results if "failed" in result]:
        return failed[0]
    ordered = sorted(results, key=lambda result: float(result["seconds"]))
    return ordered[len(ordered) // 2] | {
        "peak": max(result["peak"] for result in results),
        "spread": [ordered[0]["seconds"], ordered[-1]["seconds"]],
    }


def coding(table: pa.Table, runs: int) -> None:
    """Print what numbering the distinct values takes, here and by pyarrow, on one thread."""
    ways: dict[str, Callable[[str, pa.ChunkedArray], object]] = {
        "here": code,
        "by pyarrow's dictionary_encode": lambda _, column: (
            column.combine_chunks().dictionary_encode()
        ),
    }
    said = []
    for way, encode in ways.items():
        seconds = []
        for _ in range(runs + 1):
            start = time.perf_counter()
            for name in table.column_names:
                encode(name, table.column(name))
            seconds.append(time.perf_counter() - start)
        said.append(f"{1000 * statistics.median(seconds[1:]):.3g} ms {way}")
    cells = table.num_rows * table.num_columns
    print(f"\nCoding the {cells:,} cells on one thread: {', '.join(said)}.", flush=True)


def report(found: dict[str, dict[str, Any]], spec: Case) -> None:
    """Print the rows, each with its ratio to the fastest peer, and whether all figures agree."""
    done = {name: f for name, f in found.items() if "seconds" in f}
    fastest = min((f["seconds"], name) for name, f in done.items() if name in engines.PEERS)
    print("| engine | seconds | all rounds | fastest peer / this | memory above the frame, MB |")
    print("|---|---|---|---|---|")
    for name, f in found.items():
        if name not in done:
            print(f"| {name} | failed: {f['failed'][:80]} | | | |")
            continue
        about = "~" if f["every"] > 1 else ""
        ratio = fastest[0] / f["seconds"]
        rounds = " to ".join(f"{seconds:.3g}" for seconds in f["spread"]) if spec.rounds > 1 else ""
        print(f"| {name} | {about}{f['seconds']:.4g} | {rounds} | {ratio:.3g}x "
              f"| {f['peak'] / 1e6:.0f} |")  # fmt: skip
    print(f"\nFastest peer: {fastest[1]}. Aimed at: {spec.target}x from a frame.")
    reference = done["singleout from pyarrow"]["figures"]
    for name, f in done.items():
        wanted = reference.get(str(f["every"]))
        if wanted is not None and not np.allclose(f["figures"][str(f["every"])], wanted, rtol=1e-9):
            sys.exit(f"{name} does not agree with singleout")
    print("All figures agree.", flush=True)


def growth(runs: int) -> None:
    """Print how the engine's time grows with rows and with fields, and the fitted powers."""
    million = table_of("million", 3_000_000)
    print(
        "\n### Growth of the engine's time\n\n"
        "| rows | fields | combinations | seconds |\n|---|---|---|---|"
    )
    points = []
    for rows in (10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000):
        seconds = engines.walk_seconds(million.slice(0, rows), 12, runs)
        points.append((rows, seconds))
        print(f"| {rows:,} | 12 | 4,095 | {seconds:.4g} |", flush=True)
    x, y = np.log(np.array(points)).T
    print(f"\nFitted: time grows with rows to the power {np.polyfit(x, y, 1)[0]:.2f}.\n")
    print("| rows | fields | combinations | seconds |\n|---|---|---|---|")
    staff = csv.read_csv(SHARED / "staff.csv").drop_columns(
        ["service_number", "extract_date", "post_number"]
    )
    points = []
    for fields in range(6, 21, 2):
        seconds = engines.walk_seconds(staff.select(range(fields)), fields, runs)
        points.append((fields, seconds))
        print(f"| {staff.num_rows:,} | {fields} | {2**fields - 1:,} | {seconds:.4g} |", flush=True)
    x, y = np.array(points).T
    more = np.exp(np.polyfit(x, np.log(y), 1)[0])
    print(f"\nFitted: each field more takes {more:.2f} times as long.")


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "cases", nargs="*", choices=[*CASES, []], metavar="CASE", help=", ".join(CASES)
    )
    parser.add_argument("--whole", action="store_true", help="peers do every combination")
    parser.add_argument("--growth", action="store_true", help="how time grows, instead of peers")
    parser.add_argument("--runs", type=int, default=5, help="counted runs (5)")
    parser.add_argument("--child", nargs=5, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        path, engine, *numbers = options.child
        child(path, engine, *map(int, numbers))
    elif options.growth:
        growth(options.runs)
    else:
        print(engines.versions())
        for case in options.cases or CASES:
            compare(case, options.whole, options.runs)


if __name__ == "__main__":
    main()
