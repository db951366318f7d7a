"""What someone can read in a ledger's file without its key, and how fast with it.

usage: python bench/ledger_attacks.py [FILE]        (examples/staff.csv)

Half of the file's rows are added to a ledger. Then three people attack the ledger's file:
  frequency   has the file, and knows how frequent values are from the other half of the rows
  release     has the file and the very table that was added (it was published, after all)
  dictionary  has the file and the key
For the first two, by field: the share of the cells whose value is guessed right. For the third the
time to try every value of some kinds, on this machine.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Hashable, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

from singleout import _keyed
from singleout.evidence.codes import Coder, KeyedColumn, link_bytes, shuffled
from singleout.evidence.ledger import Ledger
from singleout.evidence.normal import normalise
from singleout.sources import open_source

ROUNDS = 4
KINDS = (
    ("service numbers of 6 digits", 10**6),
    ("surname and two initials, 100,000 surnames", 100_000 * 27 * 27),
    ("days of birth in 100 years", 36_525),
    ("numbers of 9 digits, as NHS numbers have before their check digit", 10**9),
)


def frequency(plain: Sequence[str], cells: Sequence[int], known: Sequence[str]) -> float:
    """The share of cells guessed right by giving the most frequent code the commonest value."""
    codes = [code for code, _ in Counter(cells).most_common()]
    values = [value for value, _ in Counter(known).most_common()]
    guess = dict(zip(codes, values, strict=False))
    return sum(guess.get(c) == v for c, v in zip(cells, plain, strict=True)) / len(plain)


def shapes(columns: Sequence[Sequence[Hashable]]) -> list[dict[Hashable, int]]:
    """For every value of every field, a number that depends on how values occur together alone."""
    now: list[dict[Hashable, int]] = [dict(Counter(column)) for column in columns]
    for _ in range(ROUNDS):
        rows = [
            hash(tuple(now[j][v] for j, v in enumerate(row))) for row in zip(*columns, strict=True)
        ]
        new: list[dict[Hashable, int]] = []
        for column in columns:
            seen: dict[Hashable, list[int]] = {}
            for value, row in zip(column, rows, strict=True):
                seen.setdefault(value, []).append(row)
            new.append({value: hash(tuple(sorted(found))) for value, found in seen.items()})
        now = new
    return now


def release(plain: Sequence[Sequence[str]], coded: Sequence[Sequence[int]]) -> list[float]:
    """The share of cells of each field whose value follows from the published table."""
    ours, theirs = shapes(plain), shapes(coded)
    shares = []
    for column, own, other in zip(coded, ours, theirs, strict=True):
        known = Counter(own.values())
        values = {shape: value for value, shape in own.items() if known[shape] == 1}
        there = Counter(other.values())
        read = {code for code, shape in other.items() if shape in values and there[shape] == 1}
        shares.append(sum(code in read for code in column) / len(column))
    return shares


def added(table: pa.Table, folder: Path) -> tuple[list[KeyedColumn], list[KeyedColumn]]:
    """The table's columns as a ledger holds them, and in the table's own order to judge guesses."""
    Ledger.new(folder / "l", folder / "k")
    secret = _keyed.Secret((folder / "k").read_bytes())
    columns = Coder([secret], 2).code_table(table, {})
    return shuffled(columns), columns


def tries_a_second() -> float:
    """How many values are coded in a second, on two threads."""
    count = 2_000_000
    data = np.arange(count, dtype=np.int64)
    offsets = np.arange(0, 8 * count + 1, 8, dtype=np.int64)
    start = time.perf_counter()
    _keyed.Secret(bytes(32)).codes(link_bytes("service_number"), data, offsets, 2)
    return count / (time.perf_counter() - start)


def shares(path: Path) -> list[tuple[str, int, float, float]]:
    """Field, distinct values, share by frequency, share by release."""
    table = open_source(path).table
    half = table.num_rows // 2
    ours, others = table.slice(0, half), table.slice(half)
    with tempfile.TemporaryDirectory() as folder:
        held, in_order = added(ours, Path(folder))
    plain = [
        normalise(ours.column(i).combine_chunks()).fill_null("").to_pylist()
        for i in range(ours.num_columns)
    ]
    aside = [
        normalise(others.column(i).combine_chunks()).fill_null("").to_pylist()
        for i in range(ours.num_columns)
    ]
    by_release = release(plain, [column.cells.tolist() for column in held])
    return [
        (
            name,
            len(set(plain[i])),
            frequency(plain[i], in_order[i].cells.tolist(), aside[i]),
            by_release[i],
        )
        for i, name in enumerate(ours.column_names)
    ]


def lines(path: Path) -> list[str]:
    """The table of shares, as the documentation has it."""
    said = ["| field | values | by frequency | with the published table |", "|---|---:|---:|---:|"]
    for name, values, one, two in shares(path):
        said.append(f"| {name} | {values:,} | {one:.0%} | {two:.0%} |")
    return said


def main() -> int:
    """Print what each attacker gets."""
    default = Path(__file__).resolve().parents[1] / "examples" / "staff.csv"
    print("\n".join(lines(Path(sys.argv[1]) if len(sys.argv) > 1 else default)))
    speed = tries_a_second()
    print(f"\nWith file and key, {speed / 1e6:.1f} million tries a second on two threads:")
    for name, count in KINDS:
        print(f"  {name}: {count / speed:,.2f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
