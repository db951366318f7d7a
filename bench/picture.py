"""Make docs/pictures/review.svg: a hidden staff list refused, as a terminal shows it.

    python bench/picture.py

The workbook is made here from ../shared/data/make_staff.py's invented people: a sheet of officers
by rank in sight, and behind it the 10,799 rows that it was made of.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
import re
import sys
from collections import Counter
from pathlib import Path

import xlsxwriter
from rich.console import Console

import singleout as so
from singleout.verdict.terminal import show

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("SINGLEOUT_SHARED", ROOT.parent / "shared"))
PICTURE = ROOT / "docs" / "pictures" / "review.svg"
AS_OF = dt.date(2026, 11, 24)


def workbook(rows: list[list[str]]) -> bytes:
    """Officers by rank in sight, the rows that were counted on a hidden sheet."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": dt.datetime(2026, 11, 24)})
    seen, hidden = book.add_worksheet("Officers by rank"), book.add_worksheet("Source")
    seen.write_row(0, 0, ["Rank", "Officers"])
    for row, one in enumerate(sorted(Counter(line[4] for line in rows[1:]).items()), 1):
        seen.write_row(row, 0, one)
    for row, line in enumerate(rows):
        hidden.write_row(row, 0, line)
    hidden.hide()
    book.close()
    return out.getvalue()


def main() -> int:
    """Write the picture."""
    with (SHARED / "data" / "staff.csv").open(newline="") as file:
        rows = list(csv.reader(file))
    review = so.review(workbook(rows), name="officers-by-rank.xlsx", as_of=AS_OF)
    console = Console(
        record=True, width=100, file=io.StringIO(), highlight=False, force_terminal=True
    )
    console.print("[bold green]$[/] singleout review officers-by-rank.xlsx")
    show(review, console=console)
    console.print(f"[dim]exit code {review.exit_code}[/dim]")
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    drawn = console.export_svg(title="singleout", unique_id="review")
    # Rich asks for a font from elsewhere; a picture in the documentation loads nothing.
    PICTURE.write_text(re.sub(r"\s*@font-face \{.*?\}", "", drawn, flags=re.DOTALL), "utf-8")
    print(f"{PICTURE.relative_to(ROOT)}: {review.headline}")
    return 0 if review.verdict == "refuse" else 1


if __name__ == "__main__":
    sys.exit(main())
