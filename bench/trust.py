"""What a review says of labelled drafts: the matrix by kind.

``python bench/trust.py [FOLDER]`` reviews every draft of a folder with an ``expected.csv`` (the
trust corpus when left out, which is written first) and prints the matrix by label and kind and each
draft that is not as labelled; ``--kinds`` restricts it to some kinds.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
LABELS = ("refuse", "stop", "clean")
VERDICTS = ("release", "review", "refuse", "error")


@dataclass(frozen=True)
class Case:
    """One labelled draft, and what came of it."""

    file: str
    kind: str
    label: str
    why: str
    verdict: str = ""
    codes: str = ""
    seconds: float = 0.0

    @property
    def wrong(self) -> bool:
        """Whether the verdict is a failure for the label."""
        if self.verdict == "error":
            return True
        return self.verdict != "release" if self.label == "clean" else self.verdict == "release"

    @property
    def weak(self) -> bool:
        """Whether a draft to refuse only goes to a person."""
        return self.label == "refuse" and self.verdict == "review"


def write_trust() -> Path:
    """Write the trust corpus into a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="trust-"))
    command = [sys.executable, str(SHARED / "trust" / "make_cases.py"), str(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return folder


def _reviewed(folder: Path, row: dict[str, str]) -> Case:
    import singleout

    start = time.process_time()
    try:
        review = singleout.review(folder / row["file"])
        verdict = str(review.verdict)
        codes = ", ".join(sorted({f"{one.code}:{one.effect}" for one in review.reasons}))
    except Exception as problem:  # The corpus counts every error as a failure
        verdict, codes = "error", f"{type(problem).__name__}: {problem}"
    seconds = time.process_time() - start
    return Case(row["file"], row["kind"], row["label"], row["why"], verdict, codes, seconds)


def reviewed(folder: Path, kinds: set[str] | None = None) -> list[Case]:
    """Review the drafts of a folder, on all cores."""
    with (folder / "expected.csv").open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if kinds is None or row["kind"] in kinds]
    with ProcessPoolExecutor() as pool:
        return list(pool.map(_reviewed, [folder] * len(rows), rows, chunksize=16))


def show(cases: list[Case], *, misses: bool = True) -> None:
    """Print the matrix, the kinds that have misses, and the misses."""
    total = Counter((case.label, case.verdict) for case in cases)
    print(f"{'label':<10}" + "".join(f"{v:>10}" for v in VERDICTS) + f"{'all':>10}")
    for label in LABELS:
        row = [total[label, verdict] for verdict in VERDICTS]
        print(f"{label:<10}" + "".join(f"{n:>10}" for n in (*row, sum(row))))
    by_kind: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for case in cases:
        side = "clean" if case.label == "clean" else "disclosing"
        by_kind[case.kind][side] += 1
        by_kind[case.kind][f"{side} wrong"] += case.wrong
        by_kind[case.kind]["weak"] += case.weak
    print("\nkind: released / disclosing, weak, clean stopped / clean")
    for kind, n in sorted(by_kind.items(), key=lambda item: (-_badness(item[1]), item[0])):
        if _badness(n):
            print(
                f"{kind:<28}{n['disclosing wrong']:>4} / {n['disclosing']:<4}{n['weak']:>4}"
                f"   {n['clean wrong']:>4} / {n['clean']:<4}"
            )
    if misses:
        print("\nnot as labelled")
        for case in cases:
            if case.wrong or case.weak or (case.label == "stop" and case.verdict == "refuse"):
                print(
                    f"{case.label:>7} -> {case.verdict:<8}{case.file:<44}{case.why} [{case.codes}]"
                )
    size = {label: max(1, sum(total[label, v] for v in VERDICTS)) for label in LABELS}
    released = total["refuse", "release"] + total["stop", "release"]
    print(
        f"\nreleased though they disclose: {released}; of refuse refused: "
        f"{total['refuse', 'refuse'] / size['refuse']:.1%}; of stop refused: "
        f"{total['stop', 'refuse'] / size['stop']:.1%}; clean refused: {total['clean', 'refuse']}; "
        f"clean to a person: {total['clean', 'review'] / size['clean']:.1%}; errors: "
        f"{sum(total[label, 'error'] for label in LABELS)}"
    )


def _badness(n: Counter[str]) -> int:
    return n["disclosing wrong"] + n["clean wrong"] + n["weak"]


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="a folder with an expected.csv")
    parser.add_argument("--kinds", nargs="+", help="only these kinds")
    options = parser.parse_args()
    folder = options.folder or write_trust()
    show(reviewed(folder, set(options.kinds) if options.kinds else None))


if __name__ == "__main__":
    main()
