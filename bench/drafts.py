"""Seconds and memory of `singleout.inspect`: `.venv/bin/python bench/drafts.py [STAFF.csv]`.

The shapes of the release of 8 August 2023 from file to scored answer, and 100,000 x 12 cells as
XLSX and 1,000,000 x 12 as CSV against the library that only reads them, in the same run. Each
measurement has a process of its own, so that its peak of memory is its own; the best of three.
"""

from __future__ import annotations

import csv
import io
import json
import multiprocessing
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STAFF = ROOT.parent / "shared" / "data" / "staff.csv"
FIELDS = 12
WIDE, LONG = 100_000, 1_000_000
TIMES = 3


def staff_like(staff: list[list[str]], rows: int) -> list[list[str]]:
    """Return rows of the list's first fields, drawn anew field by field, no number twice."""
    chance = random.Random(20230808)
    columns = list(zip(*staff[1:], strict=True))[1:FIELDS]
    drawn = [chance.choices(column, k=rows) for column in columns]
    numbers = map(str, range(10_000, 10_000 + rows))
    return [staff[0][:FIELDS], *map(list, zip(numbers, *drawn, strict=True))]


def as_xlsx(rows: list[list[str]], shared: bool) -> bytes:
    """Return a workbook as a program writes it: texts as shared strings, or inline."""
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"constant_memory": not shared, "strings_to_numbers": True})
    sheet = book.add_worksheet("Counts")
    for i, row in enumerate(rows):
        sheet.write_row(i, 0, row)
    book.close()
    return stream.getvalue()


def by_inspect(path: Path) -> object:
    from singleout.draft import inspect

    return inspect(path)


def by_calamine(path: Path) -> object:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def by_pyarrow(path: Path) -> object:
    from pyarrow import csv as arrow_csv

    return arrow_csv.read_csv(path)


def by_dialect(path: Path) -> object:
    from singleout.dialect import read_delimited

    return read_delimited(path.read_bytes())


def scored(path: Path) -> object:
    """From the file to the answer: the people's table, and who of them can be singled out."""
    import singleout as so
    from singleout.draft import inspect

    draft = inspect(path, expect="counts")
    table = next(table for table in draft.tables if table.kind == "people")
    return so.score(table.data, list(table.names[:FIELDS])).records


WAYS: dict[str, Callable[[Path], object]] = {
    "inspect": by_inspect,
    "inspect and score": scored,
    "python-calamine": by_calamine,
    "pyarrow.csv": by_pyarrow,
    "read_delimited": by_dialect,
}


def kib(name: str) -> int:
    """Return a figure of this process in KiB; `getrusage` counts the parent's peak as well."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.split(f"{name}:")[1].split()[0])


def child(way: str, path: str) -> None:
    """Print what one call takes beyond the imports, in a process of its own."""
    by_inspect(Path(__file__))  # imports
    for name in ("python_calamine", "pyarrow.csv"):
        __import__(name)
    before = kib("VmRSS")
    start, own = time.perf_counter(), time.process_time()
    WAYS[way](Path(path))
    seconds, own = time.perf_counter() - start, time.process_time() - own
    grown = kib("VmHWM") - before
    print(json.dumps([seconds, own, grown / 1024]))


def measured(way: str, path: Path) -> tuple[float, float, float]:
    """Return the best seconds, the process's own, and the MiB that memory grew by at its peak."""
    found = []
    for _ in range(TIMES):
        command = [sys.executable, __file__, "--child", way, str(path)]
        run = subprocess.run(command, capture_output=True, text=True, check=True)
        found.append(json.loads(run.stdout))
    seconds, own, grown = map(min, zip(*found, strict=True))
    return seconds, own, grown


def where(path: Path) -> None:
    """Print where the time of one inspection goes, the functions of most time of their own."""
    import cProfile
    import pstats

    by_inspect(path)  # imports
    profile = cProfile.Profile()
    profile.runcall(by_inspect, path)
    stream = io.StringIO()
    pstats.Stats(profile, stream=stream).sort_stats("tottime").print_stats(10)
    print("\n".join(line for line in stream.getvalue().splitlines() if "." in line[:20]))


def shapes(staff: list[list[str]], folder: Path) -> None:
    sys.path.insert(0, str(ROOT / "tests" / "python" / "draft"))
    from builders.psni import IN_SIGHT, SHAPES

    for shape, (name, make) in {**SHAPES, **IN_SIGHT}.items():
        path = folder / name
        path.write_bytes(make(staff))
        for way in ("inspect", "inspect and score"):
            seconds, own, grown = measured(way, path)
            print(f"{shape}, {way}: {own:.2f} s of processors, {seconds:.2f} s, {grown:.0f} MiB")


def against(path: Path, ours: str, other: str, content: int) -> None:
    """Print ours beside the other's, and memory beside the bytes of the content."""
    mine, theirs = measured(ours, path), measured(other, path)
    print(
        f"{path.name}, {ours} {mine[0]:.2f} s, {other} {theirs[0]:.2f} s: ratio "
        f"{mine[0] / theirs[0]:.2f} ({mine[1] / theirs[1]:.2f} of processors' time); "
        f"memory {mine[2]:.0f} MiB = {mine[2] * 2**20 / content:.1f} "
        f"times the content ({other}: {theirs[2] * 2**20 / content:.1f})"
    )


def main() -> int:
    if sys.argv[1:2] == ["--child"]:
        child(*sys.argv[2:4])
        return 0
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else STAFF
    with source.open(encoding="utf-8", newline="") as file:
        staff = list(csv.reader(file))
    print(f"{multiprocessing.cpu_count()} processors, best of {TIMES}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shapes(staff, folder)
        rows = staff_like(staff, WIDE)
        for label, shared in (("shared-strings", True), ("inline-strings", False)):
            path = folder / f"{label}.xlsx"
            path.write_bytes(as_xlsx(rows, shared))
            with zipfile.ZipFile(path) as archive:
                content = archive.getinfo("xl/worksheets/sheet1.xml").file_size
            against(path, "inspect", "python-calamine", content)
        where(path)
        path = folder / "rows.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(staff_like(staff, LONG))
        for ours in ("read_delimited", "inspect"):
            against(path, ours, "pyarrow.csv", path.stat().st_size)
    return 0


if __name__ == "__main__":
    sys.exit(main())
