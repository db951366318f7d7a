"""Keyed codes against a bare loop of libcrypto's EVP_MAC: same values, same threads, same run.

usage: python bench/keyed.py [--rows 1000000] [--threads 2] [--repeats 5]

Two tables of 12 fields: one in which values repeat as in a staff list, one in which none does. For
each, best of the repeats, the two in turns:
  loop     the bare loop over the distinct values in their normal form (keyed_loop.c, built here)
  codes    singleout's C code over the same values (prefixed with the link name, as in the ledger)
  table    from the Arrow table to the keyed columns: finding the distinct values and their normal
           form, coding them, putting them in order
Exit code 1 when `codes` reaches less than 60 % of the loop's speed.
"""

from __future__ import annotations

import argparse
import ctypes
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa

from singleout import _keyed
from singleout.coding import code
from singleout.evidence.codes import Coder, link_bytes, text_buffers
from singleout.evidence.normal import normalise

TARGET = 0.60
KEY = bytes(range(32))
# Distinct values of the 12 fields of a staff list, as the shared generator makes them.
DISTINCT = (1_000_000, 6_000, 26, 2, 13, 72, 11, 300, 186, 4, 20, 40)


def build_loop(folder: Path) -> ctypes.CDLL:
    """Compile the bare loop."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        sys.exit("bench/keyed.py needs a C compiler: on Debian, apt-get install gcc libssl-dev")
    source, library = Path(__file__).with_name("keyed_loop.c"), folder / "keyed_loop.so"
    command = [compiler, "-std=c11", "-O3", "-shared", "-fPIC", "-pthread", str(source)]
    subprocess.run([*command, "-o", str(library), "-lcrypto"], check=True)
    loop = ctypes.CDLL(str(library))
    loop.bare_loop.argtypes = [
        ctypes.c_char_p,
        ctypes.c_void_p,
        ctypes.c_void_p,
        ctypes.c_size_t,
        ctypes.c_uint,
        ctypes.c_void_p,
    ]
    return loop


def table(rows: int, repeat: bool) -> pa.Table:
    """Return 12 text columns."""
    dice = np.random.default_rng(20230808)
    columns = {}
    for place, distinct in enumerate(DISTINCT):
        if repeat and distinct < rows:
            cells = dice.integers(0, distinct, rows)
        else:
            cells = dice.permutation(rows)
        words = pa.array([f"value {place} {i}" for i in range(int(cells.max()) + 1)])
        columns[f"field_{place:02d}"] = words.take(pa.array(cells))
    return pa.table(columns)


def best(repeats: int, *actions: Callable[[], object]) -> list[float]:
    """The shortest time of each action, the actions in turns."""
    times = [float("inf")] * len(actions)
    for _ in range(repeats):
        for place, action in enumerate(actions):
            start = time.perf_counter()
            action()
            times[place] = min(times[place], time.perf_counter() - start)
    return times


def measure(name: str, data: pa.Table, threads: int, repeats: int, loop: ctypes.CDLL) -> float:
    """Print one table's line; the share of the loop's speed that `codes` reaches."""
    secret = _keyed.Secret(KEY)
    texts = [
        text_buffers(normalise(code(one, data.column(one)).values)) for one in data.column_names
    ]
    links = [link_bytes(one) for one in data.column_names]
    rooms = [np.empty(16 * (len(offsets) - 1), np.uint8) for _, offsets in texts]

    def bare() -> None:
        for (words, offsets), room in zip(texts, rooms, strict=True):
            count = len(offsets) - 1
            where = (words.address, offsets.ctypes.data, count, threads, room.ctypes.data)
            if not loop.bare_loop(KEY, *where):
                sys.exit("the bare loop failed")

    def coded() -> None:
        for link, (words, offsets) in zip(links, texts, strict=True):
            secret.codes(link, words, offsets, threads)

    def whole() -> None:
        Coder([secret], threads).code_table(data, {})

    total = sum(len(offsets) - 1 for _, offsets in texts)
    cells = data.num_rows * data.num_columns
    slow, fast, all_of_it = best(repeats, bare, coded, whole)
    print(
        f"{name:<10} {cells:>12,} {total:>12,} {slow:>8.3f} {fast:>8.3f} {slow / fast:>7.0%} "
        f"{all_of_it:>8.3f} {slow / all_of_it:>7.0%} {cells / all_of_it / 1e6:>10.1f}"
    )
    return slow / fast


def main() -> int:
    """Run both tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    version, fips = _keyed.library()
    print(f"{version}{', FIPS' if fips else ''}; {options.threads} threads; seconds, best of turns")
    print(
        f"{'values':<10} {'cells':>12} {'distinct':>12} {'loop':>8} {'codes':>8} {'share':>7} "
        f"{'table':>8} {'share':>7} {'Mcells/s':>10}"
    )
    with tempfile.TemporaryDirectory() as folder:
        loop = build_loop(Path(folder))
        shares = [
            measure(name, table(options.rows, repeat), options.threads, options.repeats, loop)
            for name, repeat in (("repeat", True), ("all apart", False))
        ]
    if min(shares) < TARGET:
        print(f"below the target of {TARGET:.0%}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
