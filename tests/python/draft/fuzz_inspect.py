"""Damage real drafts at random and inspect them: `python fuzz_inspect.py FOLDER SECONDS [SEED]`.

Stops at the first exception, wait of more than 10 s, use of more than 1 GB, or clean verdict on a
file that other programs refuse, and says which run of which seed it was: the same seed and folder
give the same files. `fuzz_atheris.py` beside this file looks for new paths through the code.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from pathlib import Path

from fuzzing import judge, mutated, seeds


def main() -> int:
    """Run until the time is over."""
    folder, seconds = Path(sys.argv[1]), float(sys.argv[2])
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    files = seeds(folder)
    end, runs, longest = time.monotonic() + seconds, 0, 0.0
    while time.monotonic() < end:
        chance = random.Random(f"{seed}-{runs}")
        name, content = chance.choice(files)
        try:
            _, taken = judge(mutated(content, chance), name)
        except Exception as problem:
            print(f"run {runs} of seed {seed}, {name}: {type(problem).__name__} {problem}")
            raise
        longest = max(longest, taken)
        runs += 1
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{runs} files, longest {longest:.2f} s, {memory} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
