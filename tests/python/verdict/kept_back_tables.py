"""Tables of counts with cells kept back, and every table of whole numbers that agrees with one."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import cast

import pyarrow as pa

from singleout.draft.model import DraftTable, Place
from singleout.identifiers.written_counts import read_count
from singleout.verdict.counts import CountTable
from singleout.verdict.derive import Derived, derivable

FAR = 10**6
Cell = tuple[int, int]
# What a mark by itself says where noughts are shown, the strongest reading first
READINGS: dict[str, list[tuple[int, int]]] = {
    "*": [(1, FAR), (0, FAR)],
    "c": [(1, FAR), (0, FAR)],
    "<5": [(1, 4), (0, 4)],
    "1-4": [(1, 4)],
    "0-4": [(0, 4)],
}


def with_totals(cells: Sequence[Sequence[int]]) -> list[list[int]]:
    """Counts with their totals to the right and below."""
    lines = [[*line, sum(line)] for line in cells]
    return [*lines, [sum(column) for column in zip(*lines, strict=True)]]


def written(full: Sequence[Sequence[int]], hidden: dict[Cell, str]) -> list[list[object]]:
    """A table with totals as rows of a file, some cells replaced by marks."""
    width = len(full[0])
    names = [f"women aged {20 + 10 * j} to {29 + 10 * j}" for j in range(width - 1)]
    rows: list[list[object]] = [["area", *names, "Total"]]
    for i, line in enumerate(full):
        label = "Total" if i == len(full) - 1 else f"district {'ABCDEFGHIJ'[i]}"
        rows.append([label, *(hidden.get((i, j), n) for j, n in enumerate(line))])
    return rows


@dataclass
class Column:
    """A column that counts, by its position."""

    index: int


class Counted:
    """A table as the verdict reads it: the columns with numbers count, the others are labels."""

    def __init__(self, rows: Sequence[Sequence[object]]) -> None:
        names = [str(name) for name in rows[0]]
        texts = [[str(text) or None for text in column] for column in zip(*rows[1:], strict=True)]
        self.table = DraftTable(
            place=Place(),
            visible=True,
            why_unseen="",
            kind="counts",
            reasons=(),
            names=tuple(names),
            data=pa.table([pa.array(column, pa.string()) for column in texts], names=names),
            origin=(1, 0),
        )
        self.shares: list[str] = []
        self.magnitudes: list[str] = []
        self.columns = [
            Column(j)
            for j, column in enumerate(texts)
            if any(text is not None and read_count(text) is not None for text in column)
        ]

    def cell(self, row: int, column: int) -> str:
        """The name of a cell."""
        return f"row {row + 2} of column '{self.table.names[column]}'"


def found_in(
    rows: Sequence[Sequence[object]], low: int = 1, high: int = 4, **more: object
) -> Derived:
    """What can be worked out of a table."""
    return derivable(cast(CountTable, Counted(rows)), low, high, **more)  # type: ignore[arg-type]


def place(rows: Sequence[Sequence[object]], cell: Cell) -> str:
    """How a finding names a cell of a table with totals."""
    return f"row {cell[0] + 2} of column '{rows[0][cell[1] + 1]}'"


def agreeing(
    full: Sequence[Sequence[int]], hidden: dict[Cell, str], bounds: dict[str, tuple[int, int]]
) -> Iterator[dict[Cell, int]]:
    """Every way to fill the hidden cells within bounds so that all sums hold."""
    height, width = len(full), len(full[0])
    inner = sorted(c for c in hidden if c[0] < height - 1 and c[1] < width - 1)
    margins = [(i, width - 1) for i in range(height)]
    margins += [(height - 1, j) for j in range(width - 1)]
    # What is hidden with its total, and all that contains it, is as large as one likes
    most = full[-1][-1] + 12
    trial = [list(line) for line in full]

    def room(cell: Cell, later: Sequence[Cell]) -> range:
        """Values of one cell that leave none of its shown totals too small or too large."""
        least, top = bounds[hidden[cell]][0], min(bounds[hidden[cell]][1], most)
        for total, axis in (((cell[0], width - 1), 0), ((height - 1, cell[1]), 1)):
            if total in hidden:
                continue
            line = [(i, j) for i in range(height - 1) for j in range(width - 1)
                    if (i, j)[axis] == cell[axis] and (i, j) != cell]  # fmt: skip
            left = full[total[0]][total[1]] - sum(
                trial[i][j] for i, j in line if (i, j) not in later
            )
            top = min(top, left)
            if not any(other in later for other in line):
                least = max(least, left)
        return range(least, top + 1)

    def fill(at: int) -> Iterator[dict[Cell, int]]:
        if at == len(inner):
            again = with_totals([line[:-1] for line in trial[:-1]])
            if all(
                bounds[hidden[m]][0] <= again[m[0]][m[1]] <= bounds[hidden[m]][1]
                if m in hidden
                else again[m[0]][m[1]] == full[m[0]][m[1]]
                for m in margins
            ):
                yield {cell: again[cell[0]][cell[1]] for cell in hidden}
            return
        i, j = inner[at]
        for value in room(inner[at], inner[at + 1 :]):
            trial[i][j] = value
            yield from fill(at + 1)

    yield from fill(0)


def worked_out(
    full: Sequence[Sequence[int]], hidden: dict[Cell, str], low: int, high: int, width: int
) -> tuple[set[Cell], set[Cell]]:
    """The cells that follow exactly and those that are narrowed, by trying all tables."""
    marks = sorted(set(hidden.values()))
    choices = sorted(
        product(*(range(len(READINGS[mark])) for mark in marks)), key=lambda c: (sum(c), c)
    )
    for chosen in choices:
        bounds = {m: READINGS[m][at] for m, at in zip(marks, chosen, strict=True)}
        answers = list(agreeing(full, hidden, bounds))
        if not answers:
            continue
        exact, narrowed = set(), set()
        for cell, mark in hidden.items():
            values = {answer[cell] for answer in answers}
            span = max(values) - min(values)
            own = bounds[mark][1] - bounds[mark][0]
            if span < min(own, width) and min(values) <= high and max(values) >= low:
                (narrowed if span else exact).add(cell)
        return exact, narrowed
    raise AssertionError("the table itself agrees under one of the readings")


def random_table(chance: random.Random, most: int) -> list[list[int]]:
    """Counts from 0 to `most` with totals, up to 5 x 5."""
    height, width = chance.randint(2, 5), chance.randint(2, 5)
    return with_totals([[chance.randint(0, most) for _ in range(width)] for _ in range(height)])
