"""Look for new paths through `inspect` with atheris: `python fuzz_atheris.py FOLDER SECONDS`.

Needs `pip install atheris`. libFuzzer keeps what reaches new code; the damage itself is that of
`fuzzing.py`, inside parts and streams. A file that breaks a promise is left as `crash-...` in the
current folder, unless its inspection was right to be refused.
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["singleout"]):
    from singleout import detect, dialect
    from singleout.commands import inspect as command
    from singleout.draft import delimited, inspect, xlsb, xlsx

from fuzzing import MOST, judge, mutated, seeds

INSTRUMENTED = (detect, dialect, command, delimited, inspect, xlsb, xlsx)
NAMES = {b"PK": "a.xlsx", b"\xd0\xcf": "a.xls"}


def one(data: bytes) -> None:
    """Judge one file, its name by its first bytes."""
    judge(data, NAMES.get(data[:2], "a.csv"))


def change(data: bytes, most: int, seed: int) -> bytes:
    """Damage a file as its format makes sense for; plain mutation for what is no file yet."""
    chance = random.Random(seed)
    found = mutated(data, chance) if chance.random() < 0.9 else atheris.Mutate(data, most)
    return found if len(found) <= most else data[:most]


def main() -> None:
    """Write the seeds to a folder of their own, and run."""
    folder, seconds = Path(sys.argv[1]), int(sys.argv[2])
    with tempfile.TemporaryDirectory() as corpus:
        for i, (_, content) in enumerate(seeds(folder)):
            if len(content) < 300_000:
                (Path(corpus) / str(i)).write_bytes(content)
        # `judge` counts the 10 s of the program's own time; libFuzzer's wait is by the clock
        options = [
            f"-max_total_time={seconds}",
            f"-max_len={MOST}",
            "-timeout=60",
            "-rss_limit_mb=1024",
        ]
        arguments = [sys.argv[0], corpus, *options, "-print_final_stats=1", "-verbosity=1"]
        atheris.Setup(arguments, one, custom_mutator=change)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
