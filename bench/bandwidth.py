"""How far the walk is from what this machine's memory allows, and what the rest is spent on.

    python bench/bandwidth.py            staff12, adult and the million rows
    python bench/bandwidth.py staff12

Counts the tuples that the walk visits and the bytes it reads and writes for them, and divides by
the speed of a plain copy on as many threads. Where `valgrind` is there, it also counts instructions
and mispredicted branches, and names the functions that take most.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import combinations
import numpy as np

from singleout.table import code_table

CSRC = Path(__file__).resolve().parents[1] / "csrc"


def build(folder: Path) -> Path:
    """Compile the core with the counting program."""
    program = folder / "walk_bytes"
    core = sorted(str(path) for path in CSRC.glob("*.c") if not path.name.startswith("keyed"))
    source = str(Path(__file__).with_name("walk_bytes.c"))
    flags = ["-std=c11", "-D_GNU_SOURCE", "-O3", "-g", "-pthread", "-Wl,--wrap=so_node_take"]
    subprocess.run(["cc", *flags, source, *core, "-o", str(program)], check=True)
    return program


def dump(case: str, path: Path) -> None:
    """Write a case's codes as the program reads them."""
    table = code_table(combinations.table_of(case), None, None, 2)
    with path.open("wb") as file:
        np.array([len(table.columns), table.rows], dtype=np.uint64).tofile(file)
        for column in table.columns:
            column.codes.tofile(file)


def instructions(program: Path, data: Path, folder: Path) -> str:
    """What valgrind counts on one thread: instructions, mispredictions, functions behind them."""
    out = folder / "callgrind.out"
    command = ["valgrind", "--tool=callgrind", "--branch-sim=yes", f"--callgrind-out-file={out}"]
    run = subprocess.run([*command, str(program), str(data), "1"], capture_output=True, text=True)
    said = subprocess.run(["callgrind_annotate", str(out)], capture_output=True, text=True).stdout
    lines = [line for line in said.splitlines() if re.search(r"csrc/.*:so_", line)]
    counts = [line for line in run.stderr.splitlines() if re.search("refs:|Mispredicts", line)]
    return (
        "\n".join(re.sub(r"^==\d+== ", "", line) for line in counts) + "\n" + "\n".join(lines[:8])
    )


def main() -> None:
    """Print one row a case."""
    cases = sys.argv[1:] or ["staff12", "adult", "million"]
    print(
        "| case | threads | tuples visited | GB touched | copy, GB/s | at that speed, s | took, s |"
    )
    print("|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        program = build(folder)
        for case in cases:
            data = folder / case
            dump(case, data)
            for threads in (1, 2):
                run = subprocess.run([str(program), str(data), str(threads)], capture_output=True)
                found = json.loads(run.stdout)
                least = found["bytes"] / found["bandwidth"]
                print(
                    f"| {case} | {threads} | {found['visits']:,} | {found['bytes'] / 1e9:.3f} | "
                    f"{found['bandwidth'] / 1e9:.1f} | {least:.4f} | {found['seconds']:.4f} |",
                    flush=True,
                )
        if shutil.which("valgrind"):
            for case in cases:
                if case != "million":
                    print(f"\n{case}, five walks and their set-up on one thread:\n")
                    print(instructions(program, folder / case, folder))


if __name__ == "__main__":
    main()
