"""Time the readers of documents and spreadsheets: `python measure_documents.py [FOLDER OF DRAFTS]`.

Prints wall and CPU seconds and the largest memory so far for: each kind of file in the folder, a
workbook of the shape of 2023 in a document, and an ODS of 100,000 rows and 12 columns.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from pathlib import Path

from builders.docx_made import embedded
from builders.ods import Sheet as Table
from builders.ods import Spreadsheet
from builders.xlsx import COUNTS, Sheet, Workbook

from singleout.draft import inspect


def timed(label: str, data: bytes, name: str) -> float:
    """Inspect, print what it took, and return the CPU seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    draft = inspect(data, name=name)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    whole = "" if draft.complete else ", not fully read"
    print(f"{label}: {wall:.2f} s, {cpu:.2f} s of CPU, {memory} MB so far{whole}")
    return cpu


def shape_of_2023() -> bytes:
    """10,799 people of 32 fields on a hidden sheet of a workbook in a document."""
    head = ["service number", "surname", "initials", "rank", *(f"field {i}" for i in range(28))]
    body = [[10_000 + i, f"Name{i % 4_000}", "AB", "PC", *range(28)] for i in range(10_799)]
    return embedded(
        Workbook([Sheet("Counts", COUNTS), Sheet("Source", [head, *body], "hidden")]).bytes()
    )


def long_spreadsheet() -> bytes:
    """100,000 rows of 12 columns, half of them numbers."""
    chance = random.Random(1)
    rows: list[list[object]] = [[f"field {i}" for i in range(12)]]
    for i in range(100_000):
        numbers = [10_000 + i, *(chance.randrange(100) for _ in range(5))]
        rows.append([*numbers, *(f"unit {chance.randrange(500)}" for _ in range(6))])
    return Spreadsheet([Table(values=rows)]).bytes()


def main() -> int:
    """Run all."""
    inspect(b"a,b\n1,2\n", name="a.csv")
    for extension in ("docx", "ods") if len(sys.argv) > 1 else ():
        files = sorted(Path(sys.argv[1]).rglob(f"*.{extension}"))
        spent = {f.name: timed(f"  {f.name}", f.read_bytes(), f.name) for f in files}
        worst = max(spent, key=lambda name: spent[name])
        print(f"{len(files)} {extension}: {sum(spent.values()):.2f} s of CPU, most in {worst}")
    timed("shape of 2023 in a document", shape_of_2023(), "a.docx")
    timed("ODS of 100,000 x 12", long_spreadsheet(), "a.ods")
    return 0


if __name__ == "__main__":
    sys.exit(main())
