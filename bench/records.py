"""singleout beside sdcMicro's SUDA2: the same table, the same scores, one run.

    python bench/records.py                  staff12 and adult
    python bench/records.py million          1,000,000 x 12 of make_staff.py (minutes in sdcMicro)

Each engine works in a process of its own, from a table in memory. sdcMicro runs where Rscript and
the package are installed; where they are not the table says so, and shows the figures that sdcMicro
5.8.1 took on a 2-core machine when the project began, marked "recorded": those ratios compare two
machines. Where sdcMicro runs, its scores must agree. The first run of singleout is not counted; of
the others the median is.
Data: data/staff.csv, data/adult.csv and data/make_staff.py in a folder `shared` beside the project.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from combinations import table_of
from engines import memory, peak_memory
from pyarrow import csv, parquet


class Case(NamedTuple):
    """sdcMicro's recorded seconds and megabytes, and the ratio aimed at."""

    seconds: float
    megabytes: float | None
    target: int


CASES = {
    "staff12": Case(0.85, None, 20),
    "adult": Case(0.26, None, 12),
    "million": Case(302.0, 1100.0, 25),
}

R_CODE = """
arguments <- commandArgs(TRUE)
if (!requireNamespace("sdcMicro", quietly = TRUE)) { cat("no sdcMicro"); quit(status = 3) }
table <- read.csv(arguments[1])
runs <- as.integer(arguments[3])
seconds <- numeric(runs)
for (i in seq_len(runs)) {
    seconds[i] <- system.time(found <- sdcMicro::suda2(table, DisFraction = 0.1))[["elapsed"]]
}
write.csv(data.frame(score = found$score, dis = found$disScore), arguments[2], row.names = FALSE)
peak <- grep("VmHWM", readLines("/proc/self/status"), value = TRUE)
cat(median(seconds), gsub("[^0-9]", "", peak), as.character(packageVersion("sdcMicro")))
"""


def works(table: pa.Table) -> dict[str, Callable[[], Any]]:
    """What is timed; each starts from the table in memory."""
    import singleout as so
    from singleout.arguments import options_of
    from singleout.suda import Suda
    from singleout.table import code_table, usable_threads

    options = options_of(None, 5, "separate", "value", None, False)

    def suda() -> Any:
        coded = code_table(table, None, None, usable_threads())
        found = Suda(coded, options)
        return found.scores.score, found.dis(0.1), found.scores.by_size

    return {
        "SUDA and DIS-SUDA": suda,
        "the same with each field's share": lambda: so.score(table).suda_contributions,
        "attacker risk, uniform(0.5)": lambda: so.score(table).risk(so.uniform(0.5)).risk,
        "exposure by size": lambda: so.score(table).exposure,
    }


def child(path: str, work: str, out: str, runs: int) -> None:
    """Time one thing in this process; print what it took."""
    table = parquet.read_table(path)
    todo = works(table)[work]
    before, seconds, found = memory(), [], None
    for _ in range(runs + 1):
        start = time.perf_counter()
        found = todo()
        seconds.append(time.perf_counter() - start)
    answer = {
        "seconds": statistics.median(seconds[1:] or seconds),
        "peak": peak_memory() - before,
    }
    if isinstance(found, tuple) and len(found) == 3:
        answer["sets"] = int(found[2].sum())
        np.save(out, np.stack(found[:2]))
    print(json.dumps(answer))


def measure(path: Path, work: str, out: Path, runs: int) -> dict[str, Any]:
    """Run one measurement in a process of its own."""
    command = [sys.executable, __file__, "--child", str(path), work, str(out), str(runs)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode:
        sys.exit(f"{work}: {(run.stderr.strip().splitlines() or ['killed'])[-1]}")
    answer: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return answer


def peer(table: pa.Table, folder: Path, runs: int) -> dict[str, Any]:
    """Run sdcMicro's suda2; say why not where it is not there."""
    if shutil.which("Rscript") is None:
        return {"skipped": "Rscript is not installed"}
    code, data, out = folder / "suda.R", folder / "table.csv", folder / "suda.csv"
    code.write_text(R_CODE)
    # As sorted codes: suda2 takes numbers, and 0 stands for missing.
    codes = {
        name: np.unique(column.to_numpy().astype(str), return_inverse=True)[1] + 1
        for name, column in zip(table.column_names, table.columns, strict=True)
    }
    csv.write_csv(pa.table(codes), data)
    run = subprocess.run(
        ["Rscript", str(code), str(data), str(out), str(runs)],
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        return {"skipped": run.stdout.strip() or run.stderr.strip().splitlines()[-1]}
    seconds, kilobytes, version = run.stdout.split()[-3:]
    scores = csv.read_csv(out)
    found = np.stack([scores["score"].to_numpy(), scores["dis"].to_numpy()])
    return {
        "seconds": float(seconds),
        "peak": 1024 * int(kilobytes),
        "version": version,
        "found": found,
    }


def compare(case: str, runs: int) -> None:
    """Print one case's table."""
    spec, table = CASES[case], table_of(case)
    print(f"\n### {case}: {table.num_rows:,} rows x {table.num_columns} fields\n")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path, out = folder / "table.parquet", folder / "ours.npy"
        parquet.write_table(table, path)
        other = peer(table, folder, runs)
        mine = {work: measure(path, work, out, runs) for work in works(table)}
        ours = np.load(out)
    base, where = spec.seconds, "sdcMicro 5.8.1, recorded"
    megabytes = "" if spec.megabytes is None else f"{spec.megabytes:.0f} in all"
    if "skipped" in other:
        print(f"sdcMicro was not run: {other['skipped']}.\n")
    else:
        base, where = other["seconds"], f"sdcMicro {other['version']}"
        megabytes = f"{other['peak'] / 1e6:.0f} in all"
        if not np.allclose(ours, other["found"], rtol=1e-6, atol=1e-6):
            sys.exit("sdcMicro does not agree with singleout")
    print("| | seconds | sdcMicro's SUDA2 / this | peak memory above the table, MB |")
    print("|---|---|---|---|")
    print(f"| {where} | {base:.4g} | 1x | {megabytes} |")
    for work, answer in mine.items():
        ratio = f"{base / answer['seconds']:.3g}x" if work.startswith(("SUDA", "the same")) else ""
        peak = answer["peak"] / 1e6
        print(f"| {work} | {answer['seconds']:.4g} | {ratio} | {peak:.0f} |")
    sets = next(answer["sets"] for answer in mine.values() if "sets" in answer)
    print(f"\n{sets:,} minimal sample uniques. Aimed at: {spec.target}x for SUDA and DIS-SUDA.")
    if "skipped" not in other:
        print("All scores agree.")


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("cases", nargs="*", metavar="CASE", help=", ".join(CASES))
    parser.add_argument("--runs", type=int, default=5, help="counted runs (5)")
    parser.add_argument("--child", nargs=4, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        path, work, out, runs = options.child
        child(path, work, out, int(runs))
        return
    for case in options.cases:
        if case not in CASES:
            parser.error(f"no case {case}: choose among {', '.join(CASES)}")
    for case in options.cases or ("staff12", "adult"):
        compare(case, options.runs)


if __name__ == "__main__":
    main()
