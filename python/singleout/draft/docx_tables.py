"""Tables of a document (ECMA-376 part 1, 17.4): where each cell is, what its text stands on."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from lxml import etree

from singleout.draft.collector import Collector
from singleout.draft.docx_fast import WHOLE, WIDEST, Cut, PlainRows, spans
from singleout.draft.docx_names import KIND, first, flag, is_on, tags, value, w_attribute
from singleout.draft.docx_page import is_off, table_box
from singleout.draft.docx_styles import CONDITIONS, PLAIN, TWIP, Look, Styles, number, shading
from singleout.draft.grid import Grid, Merge, numbers_among
from singleout.draft.limits import Budget
from singleout.draft.model import Place
from singleout.inspection.common.thresholds import NO_HEIGHT

# What may stand between a table, its rows, their cells and the paragraphs in them
TRANSPARENT = frozenset(
    ["sdt", "sdtContent", "customXml", "smartTag", "ins", "del", "moveFrom", "moveTo"]
)
# 17.4.55: bits of tblLook/@val where its attributes are left out
_BITS = {
    "firstRow": 0x20,
    "lastRow": 0x40,
    "firstColumn": 0x80,
    "lastColumn": 0x100,
    "noHBand": 0x200,
    "noVBand": 0x400,
}
OFF_PAGE = "table off the page"
# What keeps a row out of sight -> its finding
_FINDINGS = (
    ("hidden-row", "hidden row"),
    ("zero-size-row", "row of no height"),
    ("cut-text", OFF_PAGE),
)
_MANY_LETTERS = 1_000_000
# An unseen part of a table is a table of its own from this many cells on
LEAST_UNSEEN = 4


@dataclass(slots=True)
class Cell:
    """A cell: its position, what it stands on, and its text in and out of sight."""

    row: int
    column: int
    back: str | None = None
    look: Look = PLAIN
    unseen_row: str = ""
    seen: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    high: float = float("inf")
    lines: int = 0


@dataclass(slots=True)
class Texts:
    """Texts by their cells' rows and columns."""

    rows: array[int] = field(default_factory=lambda: array("i"))
    columns: array[int] = field(default_factory=lambda: array("i"))
    texts: list[str] = field(default_factory=list)

    def add(self, row: int, column: int, text: str) -> None:
        """Add the text of one cell."""
        self.rows.append(row)
        self.columns.append(column)
        self.texts.append(text)


@dataclass(slots=True)
class Table:
    """A table's cells and merged ranges, and what the cells say in and out of sight.

    Parameters
    ----------
    cells : list of Cell
        Cells that have an element; `settle` takes over their texts.
    merges : tuple
        Merged ranges.
    seen, unseen : Texts
        Texts of cells.
    hidden : Counter of str
        Cells with text in rows out of sight, by why the row is.
    """

    cells: list[Cell] = field(default_factory=list)
    merges: tuple[Merge, ...] = ()
    seen: Texts = field(default_factory=Texts)
    unseen: Texts = field(default_factory=Texts)
    hidden: Counter[str] = field(default_factory=Counter)

    def put(
        self, row: int, column: int, seen: Sequence[str], unseen: Sequence[str], unseen_row: str
    ) -> None:
        """Add a cell's paragraphs in and out of sight."""
        text, out = "\n".join(seen).strip(), "\n".join(unseen).strip()
        if unseen_row:
            self.hidden[unseen_row] += bool(seen or unseen)
            text, out = "", "\n".join(filter(None, (text, out)))
        if text:
            self.seen.add(row, column, text)
        if out:
            self.unseen.add(row, column, out)

    def settle(self) -> None:
        """Take over the texts of the cells that have an element."""
        for cell in self.cells:
            self.put(cell.row, cell.column, cell.seen, cell.unseen, cell.unseen_row)
        self.cells = []


@dataclass(slots=True)
class Placed:
    """A run of plain rows at its place: its table, its first row there, the table's look."""

    rows: PlainRows
    table: Table
    at: int
    looks: TableLook


def within(element: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """Iterate over a table's rows or a row's cells, also those in content controls or markup."""
    waiting = [iter(element)]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
            continue
        kind = KIND.get(child.tag)
        if kind == wanted:
            yield child
        elif kind in TRANSPARENT:
            waiting.append(iter(child))


def read_tables(
    root: etree._Element, styles: Styles, budget: Budget, cut: Cut = WHOLE
) -> tuple[list[Table], dict[etree._Element, Cell], dict[etree._Element, Placed]]:
    """Place the cells of every table under an element, nested ones on their own.

    Returns
    -------
    tables : list of Table
        In the document's order.
    by_element : dict
        Each cell by its ``w:tc`` element.
    by_row : dict
        Each run of plain rows by the ``w:tr`` element that stands for it.
    """
    tables: list[Table] = []
    placer = _Placer(styles, budget, cut)
    for tbl in root.iter(*tags("tbl")):
        budget.check_time()
        tables.append(placer.table(tbl))
    return tables, placer.by_element, placer.by_row


class _Placer:
    def __init__(self, styles: Styles, budget: Budget, cut: Cut) -> None:
        self.styles = styles
        self.budget = budget
        self.cut = cut
        self.by_element: dict[etree._Element, Cell] = {}
        self.by_row: dict[etree._Element, Placed] = {}

    def table(self, tbl: etree._Element) -> Table:
        """Place one table's rows."""
        rows = [(tr, self.cut.of(tr)) for tr in within(tbl, "tr")]
        count = sum(1 if run is None else len(run.texts) for _, run in rows)
        looks = TableLook(first(tbl, "tblPr"), self.styles, count)
        table, merges = Table(), _Merges()
        at = 0
        for tr, run in rows:
            if run is None:
                self._row(tr, at, table, looks, merges)
                at += 1
                continue
            self.by_row[tr] = Placed(run, table, at, looks)
            self.budget.charge_cells(sum(len(shape.cells) for shape in run.shapes))
            for shape in run.shapes:
                if shape.merged or merges.open:
                    for column, cell in zip(shape.columns, shape.cells, strict=True):
                        merges.cell(at, column, cell.span, cell.merge)
                at += 1
        table.merges = merges.all()
        return table

    def _row(
        self, tr: etree._Element, at: int, table: Table, looks: TableLook, merges: _Merges
    ) -> None:
        trpr = first(tr, "trPr")
        unseen = why_unseen_row(trpr) or looks.unseen
        before = None if trpr is None else first(trpr, "gridBefore")
        column = 0 if before is None else int(number(value(before), 0))
        found = list(within(tr, "tc"))
        self.budget.charge_cells(len(found))
        for tc in found:
            tcpr = first(tc, "tcPr")
            span, merge = spans(tcpr)
            if column >= WIDEST:
                break
            back, look = looks.of(at, column, column + span - 1 if tc is found[-1] else -1)
            direct = None if tcpr is None else shading(first(tcpr, "shd"), self.styles.theme)
            cell = Cell(at, column, direct or back, look, unseen, high=exact_height(trpr))
            table.cells.append(cell)
            self.by_element[tc] = cell
            merges.cell(at, column, span, merge)
            column += span


class _Merges:
    """A table's merged ranges, put together cell by cell."""

    def __init__(self) -> None:
        self.done: list[Merge] = []
        self.open: dict[int, tuple[int, int, int]] = {}  # column -> top, right, bottom

    def cell(self, at: int, column: int, span: int, merge: str) -> None:
        """Add a cell: its row and column, the columns it spans, its part in a vertical merge."""
        if merge == "restart":
            self.open[column] = (at, column + span - 1, at)
        elif merge and column in self.open:
            self.open[column] = (*self.open[column][:2], at)
        elif span > 1:
            self.done.append((at, column, at, column + span - 1))
        if merge != "continue" and column in self.open and self.open[column][2] < at:
            top, right, bottom = self.open.pop(column)
            self.done.append((top, column, bottom, right))

    def all(self) -> tuple[Merge, ...]:
        """Return the ranges of more than one cell."""
        last = ((top, left, bottom, right) for left, (top, right, bottom) in self.open.items())
        return tuple(merge for merge in (*self.done, *last) if merge[:2] != merge[2:])


def why_unseen_row(trpr: etree._Element | None) -> str:
    """Return what keeps a row out of sight, given its properties; empty if nothing does."""
    if is_on(trpr, "hidden"):
        return "hidden row"
    if trpr is not None and first(trpr, "del") is not None:
        return "deleted row"
    return "row of no height" if exact_height(trpr) < NO_HEIGHT else ""


def exact_height(trpr: etree._Element | None) -> float:
    """Return a row's exact height (17.4.81) in points; infinite where it grows with its cells."""
    height = None if trpr is None else first(trpr, "trHeight")
    if height is None or w_attribute(height, "hRule") != "exact":
        return float("inf")
    return number(value(height), 240) / TWIP


class TableLook:
    """What a table's style gives the cell at a row and column (17.7.6)."""

    def __init__(self, properties: etree._Element | None, styles: Styles, rows: int) -> None:
        named = None if properties is None else first(properties, "tblStyle")
        style = styles.whole(styles.table if named is None else value(named) or "")
        own = None if properties is None else shading(first(properties, "shd"), styles.theme)
        box = table_box(properties, styles.paper)
        # Text in it makes a table wider: only what begins beyond the right or bottom edge is off
        self.unseen = OFF_PAGE if is_off(box, styles.paper, _MANY_LETTERS) else ""
        self.fill = own or style.fill
        self.look = style.look
        self.parts = style.parts
        self.rows = rows
        self.on = self._options(None if properties is None else first(properties, "tblLook"))
        self._known: dict[frozenset[str], tuple[str | None, Look]] = {}

    def _options(self, look: etree._Element | None) -> dict[str, bool]:
        if look is None:
            return dict.fromkeys(_BITS, False)
        try:
            bits = int(value(look) or "0", 16)
        except ValueError:
            bits = 0
        return {
            name: bool(bits & bit)
            if w_attribute(look, name) is None
            else flag(w_attribute(look, name))
            for name, bit in _BITS.items()
        }

    def kind(self, row: int) -> tuple[bool, ...]:
        """Return what of a row's number its cells' looks depend on."""
        return (row == 0, row == self.rows - 1, row % 2 == 0) if self.parts else ()

    def of(self, row: int, column: int, last: int) -> tuple[str | None, Look]:
        """Background and look at a cell; `last` is not negative for the last cell of its row."""
        if not self.parts:
            return self.fill, self.look
        on, kinds = self.on, {"wholeTable"}
        top, bottom = row == 0 and on["firstRow"], row == self.rows - 1 and on["lastRow"]
        left, right = column == 0 and on["firstColumn"], last >= 0 and on["lastColumn"]
        if not on["noHBand"] and not top and not bottom:
            kinds.add("band1Horz" if (row - on["firstRow"]) % 2 == 0 else "band2Horz")
        if not on["noVBand"] and not left and not right:
            kinds.add("band1Vert" if (column - on["firstColumn"]) % 2 == 0 else "band2Vert")
        named = (
            ("firstRow", top),
            ("lastRow", bottom),
            ("firstCol", left),
            ("lastCol", right),
            ("nwCell", top and left),
            ("neCell", top and right),
            ("swCell", bottom and left),
            ("seCell", bottom and right),
        )
        key = frozenset({*kinds, *(name for name, there in named if there)})
        if key not in self._known:
            fill, look = self.fill, self.look
            for name in CONDITIONS:
                if name in key and name in self.parts:
                    part, colour = self.parts[name]
                    look, fill = part.over(look), colour or fill
            self._known[key] = (fill, look)
        return self._known[key]


def report_tables(
    tables: list[Table], part: str, collector: Collector, *, why_unseen: str = ""
) -> None:
    """Add each table, and what of it is out of sight as a table of its own.

    Parameters
    ----------
    tables : list of Table
        Tables with their texts filled in.
    part : str
        The part that they are in.
    collector : Collector
        Where to report.
    why_unseen : str
        What keeps the whole part out of sight; empty if it is in sight.
    """
    for n, table in enumerate(tables, 1):
        place = Place(part=part, item=f"table {n}")
        table.settle()
        for code, why in _FINDINGS:
            if table.hidden[why]:
                collector.add(code, place, count=table.hidden[why])
        _add(table, place, collector, why_unseen)


def _add(table: Table, place: Place, collector: Collector, why_unseen: str) -> None:
    seen, unseen = _Sorted(table.seen), _Sorted(table.unseen)
    if len(seen.rows) > 1:
        collector.grid(
            _compact(seen, table.merges),
            place,
            visible=not why_unseen,
            why_unseen=why_unseen,
        )
    texts, hidden = unseen.texts.to_pylist(), "hidden part of a table"
    collector.identifiers(place, texts, what=hidden)
    if len(texts) < LEAST_UNSEEN:
        collector.text(place, texts, sort="cell", what=hidden, seen=False)
    else:
        if unseen.rows[0] > 0:
            unseen = unseen.under(seen)
        collector.grid(
            _compact(unseen, table.merges),
            place,
            visible=False,
            why_unseen="hidden or deleted part of a table",
            unseen_finding=False,
        )


class _Sorted:
    """Texts by row, then column, as arrays."""

    def __init__(self, texts: Texts) -> None:
        rows, columns = np.array(texts.rows, np.int32), np.array(texts.columns, np.int32)
        order = np.lexsort((columns, rows))
        self.rows, self.columns = rows[order], columns[order]
        self.texts = pa.array(texts.texts, pa.string()).take(pa.array(order))

    def under(self, other: _Sorted) -> _Sorted:
        """Return these texts with the other's of the first row over them, in their columns."""
        heads = np.flatnonzero((other.rows == 0) & np.isin(other.columns, self.columns))
        result = _Sorted(Texts())
        result.rows = np.concatenate((other.rows[heads], self.rows))
        result.columns = np.concatenate((other.columns[heads], self.columns))
        result.texts = pa.concat_arrays([other.texts.take(pa.array(heads)), self.texts])
        return result


def _compact(cells: _Sorted, merges: tuple[Merge, ...]) -> Grid:
    """Leave out rows and columns without text: Word's grid has a column for every border of a cell,
    and one table is one table however its cells are merged."""
    all_rows, at = np.unique(cells.rows, return_inverse=True)
    all_columns, across_at = np.unique(cells.columns, return_inverse=True)
    rows = {row: i for i, row in enumerate(all_rows.tolist())}
    columns = {column: i for i, column in enumerate(all_columns.tolist())}
    kept: list[Merge] = []
    for top, left, bottom, right in merges:
        down = [rows[r] for r in range(top, bottom + 1) if r in rows]
        across = [columns[c] for c in range(left, right + 1) if c in columns]
        if down and across and len(down) + len(across) > 2:
            kept.append((min(down), min(across), max(down), max(across)))
    numeric = numbers_among(cells.texts)
    return Grid(at.astype(np.int32), across_at.astype(np.int32), cells.texts, numeric, tuple(kept))
