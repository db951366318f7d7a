"""Tables of a document (ECMA-376 part 1, 17.4): where each cell is, what its text stands on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from singleout.draft.collector import Collector
from singleout.draft.docx_names import KIND, first, flag, is_on, tags, value, w_attribute
from singleout.draft.docx_styles import CONDITIONS, PLAIN, Look, Styles, number, shading
from singleout.draft.grid import Grid, Merge, is_number
from singleout.draft.limits import Budget
from singleout.draft.model import Place

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
# An unseen part of a table is a table of its own from this many cells on
LEAST_UNSEEN = 4
WIDEST = 16_384


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


@dataclass(slots=True)
class Table:
    """A table's cells and merged ranges; cells of hidden and deleted rows say so."""

    cells: list[Cell]
    merges: tuple[Merge, ...]


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
    root: etree._Element, styles: Styles, budget: Budget
) -> tuple[list[Table], dict[etree._Element, Cell]]:
    """Place the cells of every table under an element, nested ones on their own.

    Returns
    -------
    tables : list of Table
        In the document's order.
    by_element : dict
        Each cell by its ``w:tc`` element.
    """
    tables: list[Table] = []
    by_element: dict[etree._Element, Cell] = {}
    for tbl in root.iter(*tags("tbl")):
        budget.check_time()
        tables.append(_place(tbl, styles, by_element, budget))
    return tables, by_element


def _place(
    tbl: etree._Element, styles: Styles, by_element: dict[etree._Element, Cell], budget: Budget
) -> Table:
    properties = first(tbl, "tblPr")
    rows = list(within(tbl, "tr"))
    looks = _TableLook(properties, styles, len(rows))
    table = Table([], ())
    merges: list[Merge] = []
    open_below: dict[int, tuple[int, int, int]] = {}  # column -> top, right, bottom of a merge
    for at, tr in enumerate(rows):
        trpr = first(tr, "trPr")
        unseen = ""
        if is_on(trpr, "hidden"):
            unseen = "hidden row"
        elif trpr is not None and first(trpr, "del") is not None:
            unseen = "deleted row"
        elif _flat(trpr):
            unseen = "row of no height"
        before = None if trpr is None else first(trpr, "gridBefore")
        column = 0 if before is None else int(number(value(before), 0))
        found = list(within(tr, "tc"))
        budget.charge_cells(len(found))
        for tc in found:
            tcpr = first(tc, "tcPr")
            span, merge = _spans(tcpr)
            if column >= WIDEST:
                break
            back, look = looks.of(at, column, column + span - 1 if tc is found[-1] else -1)
            direct = None if tcpr is None else shading(first(tcpr, "shd"), styles.theme)
            cell = Cell(at, column, direct or back, look, unseen)
            table.cells.append(cell)
            by_element[tc] = cell
            if merge == "restart":
                open_below[column] = (at, column + span - 1, at)
            elif merge and column in open_below:
                open_below[column] = (*open_below[column][:2], at)
            elif span > 1:
                merges.append((at, column, at, column + span - 1))
            if merge != "continue" and column in open_below and open_below[column][2] < at:
                top, right, bottom = open_below.pop(column)
                merges.append((top, column, bottom, right))
            column += span
    merges += [(top, left, bottom, right) for left, (top, right, bottom) in open_below.items()]
    table.merges = tuple(merge for merge in merges if merge[:2] != merge[2:])
    return table


def _flat(trpr: etree._Element | None) -> bool:
    """Whether a row is of an exact height (17.4.81) under two points."""
    height = None if trpr is None else first(trpr, "trHeight")
    if height is None or w_attribute(height, "hRule") != "exact":
        return False
    return number(value(height), 240) < 40


def _spans(tcpr: etree._Element | None) -> tuple[int, str]:
    """Columns that a cell spans, and its part in a vertical merge: restart, continue or none."""
    if tcpr is None:
        return 1, ""
    span, merge = first(tcpr, "gridSpan"), first(tcpr, "vMerge")
    wide = 1 if span is None else int(number(value(span), 1))
    return max(1, min(wide, WIDEST)), "" if merge is None else value(merge) or "continue"


class _TableLook:
    """What a table's style gives the cell at a row and column (17.7.6)."""

    def __init__(self, properties: etree._Element | None, styles: Styles, rows: int) -> None:
        named = None if properties is None else first(properties, "tblStyle")
        style = styles.whole(styles.table if named is None else value(named) or "")
        own = None if properties is None else shading(first(properties, "shd"), styles.theme)
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
        for code, why in (("hidden-row", "hidden row"), ("zero-size-row", "row of no height")):
            hidden = [c for c in table.cells if c.unseen_row == why and (c.seen or c.unseen)]
            if hidden:
                collector.add(code, place, count=len(hidden))
        _add(table, place, collector, why_unseen)


def _add(table: Table, place: Place, collector: Collector, why_unseen: str) -> None:
    seen: list[tuple[int, int, str, bool]] = []
    unseen: list[tuple[int, int, str, bool]] = []
    for cell in table.cells:
        text, out = "\n".join(cell.seen).strip(), "\n".join(cell.unseen).strip()
        if cell.unseen_row:
            text, out = "", "\n".join(filter(None, (text, out)))
        if text:
            seen.append((cell.row, cell.column, text, is_number(text)))
        if out:
            unseen.append((cell.row, cell.column, out, is_number(out)))
    if len(seen) > 1:
        collector.grid(
            _compact(seen, table.merges),
            place,
            visible=not why_unseen,
            why_unseen=why_unseen,
        )
    if len(unseen) >= LEAST_UNSEEN:
        columns, top = {c[1] for c in unseen}, min(c[0] for c in unseen)
        heads = [c for c in seen if c[0] == 0 and c[1] in columns and top > 0]
        collector.unseen_text(place, (c[2] for c in unseen), what="hidden part of a table")
        collector.grid(
            _compact([*heads, *unseen], table.merges),
            place,
            visible=False,
            why_unseen="hidden or deleted part of a table",
            unseen_finding=False,
        )


def _compact(cells: list[tuple[int, int, str, bool]], merges: tuple[Merge, ...]) -> Grid:
    """Leave out rows and columns without text: Word's grid has a column for every border of a cell,
    and one table is one table however its cells are merged."""
    rows = {row: i for i, row in enumerate(sorted({cell[0] for cell in cells}))}
    columns = {column: i for i, column in enumerate(sorted({cell[1] for cell in cells}))}
    placed = [(rows[r], columns[c], text, numeric) for r, c, text, numeric in cells]
    kept: list[Merge] = []
    for top, left, bottom, right in merges:
        down = [rows[r] for r in range(top, bottom + 1) if r in rows]
        across = [columns[c] for c in range(left, right + 1) if c in columns]
        if down and across and len(down) + len(across) > 2:
            kept.append((min(down), min(across), max(down), max(across)))
    return Grid.from_cells(placed, kept)
