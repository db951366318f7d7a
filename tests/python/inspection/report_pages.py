"""Pages as report writers export them: thousands of blocks, each with labels, headings, sub-totals.

``python report_pages.py [BLOCKS]`` prints how long a review of each page takes (processor time).
"""

from __future__ import annotations

import csv
import io
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import xlsxwriter

BLOCKS = 5_000
# The columns that a page uses: all others are empty, as a report writer's fields lie on a canvas
LABEL, VALUE, SECOND, THIRD, LAST = 1, 4, 9, 14, 18
WIDTH = LAST + 1

Row = dict[int, object]


@dataclass(frozen=True)
class Page:
    """One page: what a block is about, its headings, and where its rows come from."""

    place: str
    headings: tuple[str, str, str, str]
    people: bool = False
    driver: bool = False


PEOPLE = Page("Station", ("Collar no.", "Name", "Rank", "Days lost"), people=True)
# People in the pairs above each table, nobody in the tables
DRIVERS = Page("Driver", ("Vehicle type", "Make", "Workshop", "Miles driven"), driver=True)
CLEAN = Page("Depot", ("Vehicle type", "Make", "Workshop", "Miles driven"))
PAGES = {"people": PEOPLE, "drivers": DRIVERS, "clean": CLEAN}

_GIVEN = ("Aled", "Chidi", "Katarzyna", "Farah", "Jonathan", "Siobhan", "Gareth", "Priya", "Tomasz")
_SURNAMES = (
    "Pritchard",
    "Okonkwo",
    "Wójcik",
    "Siddiqui",
    "Featherstone",
    "Gallagher",
    "Mbeki",
    "Lindqvist",
    "Castellano",
    "Haraldsen",
    "Thwaites",
)
_RANKS = ("Constable", "Sergeant", "Inspector", "Chief Inspector")
_TOWNS = ("Hexham", "Morpeth", "Alnwick", "Berwick", "Amble", "Ashington", "Blyth", "Rothbury")
_SORTS = ("Van", "Saloon", "Estate", "Minibus", "Motorcycle")
_MAKES = ("Vauxhall", "Ford", "Skoda", "Peugeot", "Renault", "Toyota", "Volvo")
_WORKSHOPS = ("Main workshop", "Tyre workshop", "Body workshop")


def rows(page: Page, blocks: int = BLOCKS) -> Iterator[Row]:
    """Yield a page's rows: of each the columns that hold something."""
    yield {LABEL: "Days lost by station" if page.people else "Miles driven by depot"}
    yield {}
    for block in range(blocks):
        town = _TOWNS[block % len(_TOWNS)]
        about = _name(block) if page.driver else f"{town} {block // len(_TOWNS) + 1}"
        yield {LABEL: f"{page.place}:", VALUE: about}
        yield {LABEL: "Period:", VALUE: f"Q{block % 4 + 1} 2023/24"}
        yield dict(zip((LABEL, VALUE, SECOND, THIRD), page.headings, strict=True))
        total = 0
        for line in range(5 + block % 4):
            number = block * 7 + line
            amount = 30 + number * 37 % 900
            total += amount
            yield dict(
                zip((LABEL, VALUE, SECOND, THIRD), (*_line(page, number), amount), strict=True)
            )
        yield {LABEL: "Sub-total", THIRD: total, LAST: "c/f"}
        yield {}


def _name(number: int) -> str:
    return f"{_GIVEN[number // 3 % len(_GIVEN)]} {_SURNAMES[number % len(_SURNAMES)]}"


def _line(page: Page, number: int) -> tuple[object, object, object]:
    if page.people:
        return 10_000 + number, _name(number), _RANKS[number % len(_RANKS)]
    return (
        _SORTS[number % len(_SORTS)],
        _MAKES[number // 3 % len(_MAKES)],
        _WORKSHOPS[number % len(_WORKSHOPS)],
    )


def as_csv(page: Page, blocks: int = BLOCKS) -> bytes:
    """Return a page as CSV."""
    file = io.StringIO()
    writer = csv.writer(file)
    for row in rows(page, blocks):
        writer.writerow([row.get(column, "") for column in range(WIDTH)])
    return file.getvalue().encode()


def as_xlsx(page: Page, blocks: int = BLOCKS) -> bytes:
    """Return a page as a workbook."""
    file = io.BytesIO()
    options = {"constant_memory": True, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet: Any = book.add_worksheet("Report")
        for at, row in enumerate(rows(page, blocks)):
            for column, value in sorted(row.items()):
                sheet.write(at, column, value)
    return file.getvalue()


def main(blocks: int) -> None:
    """Print how long the review of each page takes."""
    import singleout

    for name, page in PAGES.items():
        for form, made in (("csv", as_csv), ("xlsx", as_xlsx)):
            data = made(page, blocks)
            start = time.process_time()
            review = singleout.review(data, name=f"report.{form}")
            seconds = time.process_time() - start
            print(
                f"{name} {form}, {blocks} blocks, {len(data) / 1e6:.1f} MB: {seconds:.2f} s, "
                f"{review.verdict}, {len(review.draft.tables)} tables, "
                f"complete: {review.draft.complete}"
            )
            print("   " + ", ".join(sorted({f"{r.code}:{r.effect}" for r in review.reasons})))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else BLOCKS)
