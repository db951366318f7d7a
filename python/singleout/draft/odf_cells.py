"""Cells of tables (ODF 1.3 part 3, 9.1): values, repeated rows and columns, rows' settings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from lxml import etree

from singleout.draft.limits import Budget
from singleout.draft.odf_fast import cut_rows, put_back
from singleout.draft.odf_names import get, known_namespace, q
from singleout.draft.odf_raw import EDGE, FLUSH, RawTable, untold
from singleout.draft.xml import local, namespace, sweep

_ROW, _CELL, _COVERED, _TABLE = map(
    q, ("table:table-row", "table:table-cell", "table:covered-table-cell", "table:table")
)
_GROUP = q("table:table-row-group")
_P, _H, _S, _TAB, _BREAK, _SPAN, _NOTE = map(
    q,
    ("text:p", "text:h", "text:s", "text:tab", "text:line-break", "text:span", "office:annotation"),
)
_TYPE, _VALUE, _STRING, _DATE, _TIME, _BOOLEAN = (
    q(f"office:{name}")
    for name in ("value-type", "value", "string-value", "date-value", "time-value", "boolean-value")
)
_KEPT = {"date": _DATE, "time": _TIME, "boolean": _BOOLEAN}
_COLUMNS_REPEATED = q("table:number-columns-repeated")
_ROWS_REPEATED = q("table:number-rows-repeated")
_ACROSS, _DOWN = q("table:number-columns-spanned"), q("table:number-rows-spanned")
_STYLE, _TEXT_STYLE = q("table:style-name"), q("text:style-name")
_DEFAULT = q("table:default-cell-style-name")
_FORMULA, _VISIBILITY = q("table:formula"), q("table:visibility")
_NUMBERS = frozenset(["float", "currency", "percentage"])
# Elements in text that say more than their text
_TOLD = frozenset(
    ["a", "hidden-text", "hidden-paragraph", "conditional-text", "annotation", "ruby"]
)


@dataclass(slots=True)
class Content:
    """A content part: its root without cells, and its tables in order of their ends."""

    root: etree._Element
    tables: dict[etree._Element, RawTable]


def read_content(data: bytes, budget: Budget, *, fast: bool = True) -> Content:
    """Read a content part.

    Parameters
    ----------
    data : bytes
        ``content.xml``.
    budget : Budget
        Charged for cells and time.
    fast : bool
        Take runs of plain rows by their bytes; False reads every element.
    """
    rest, mark, runs = cut_rows(data, budget) if fast else (data, "", [])
    reader = _Reader(budget, mark, runs)
    root = sweep(rest, budget, [_ROW], reader.row)
    return Content(root, reader.tables)


class _Reader:
    def __init__(self, budget: Budget, mark: str, runs: list[RawTable]) -> None:
        self.budget = budget
        self.mark = mark
        self.runs = runs
        self.tables: dict[etree._Element, RawTable] = {}
        self._parents: dict[etree._Element, tuple[RawTable, bool]] = {}

    def _table(self, parent: etree._Element) -> tuple[RawTable, bool]:
        """The table of rows in this parent, and whether a group around them is collapsed."""
        if parent not in self._parents:
            folded = False
            above: etree._Element | None = parent
            while above is not None and above.tag != _TABLE:
                folded |= above.tag == _GROUP and get(above, "table:display") == "false"
                above = above.getparent()
            key = parent if above is None else above
            table = self.tables.setdefault(key, RawTable(key))
            self._parents[parent] = table, folded
        return self._parents[parent]

    def row(self, row: etree._Element) -> None:
        """Read one row, and count the rows that it stands for."""
        parent = row.getparent()
        if parent is None:
            return
        table, folded = self._table(parent)
        named = row.get(self.mark) if self.mark else None
        if named is not None:
            put_back(table, self.runs[int(named)], folded=folded)
            return
        first = len(table.rows)
        repeat = max(1, int(row.get(_ROWS_REPEATED) or 1))
        default = table.style_id(row.get(_DEFAULT))
        column = 0
        table.unknown += bool(row.text and row.text.strip())
        for cell in row:
            table.unknown += bool(cell.tail and cell.tail.strip())
            covered = cell.tag == _COVERED
            if not covered and cell.tag != _CELL:
                table.unknown += isinstance(cell.tag, str)
                continue
            times = cell.get(_COLUMNS_REPEATED)
            many = max(1, int(times)) if times else 1
            if (
                len(cell)
                or cell.text
                or cell.get(_TYPE) is not None
                or cell.get(_FORMULA) is not None
            ):
                self._cell(table, cell, column, many, default, covered)
            column = min(column + many, EDGE)
        table.settings(row.get(_STYLE) or "", row.get(_VISIBILITY) or "", repeat, folded=folded)
        if repeat > 1 and len(table.rows) > first:
            self._repeat(table, first, repeat)
        self.budget.charge_cells(len(table.rows) - first)
        table.at = min(table.at + repeat, EDGE)
        if len(table.texts) >= FLUSH:
            table.flush()

    def _cell(
        self,
        table: RawTable,
        cell: etree._Element,
        column: int,
        many: int,
        default: int,
        covered: bool,
    ) -> None:
        pieces = len(table.inner)
        text, numeric, shown = self._value(table, cell, column)
        down, across = cell.get(_DOWN), cell.get(_ACROSS)
        if down is not None or across is not None:
            bottom = table.at + min(int(down or 1), EDGE) - 1
            right = column + min(int(across or 1), EDGE) - 1
            if (bottom, right) != (table.at, column):
                table.merges.append((table.at, column, bottom, right))
        formula = cell.get(_FORMULA)
        if formula is not None and ("'" in formula or "DDE" in formula):
            table.formulas.append(formula)
        if formula is not None and '"' in formula:
            table.typed.add(formula)
        if not text:
            del table.inner[pieces:]
            return
        if many > 1:
            many = self._allowed(table, many)
        style = cell.get(_STYLE)
        table.rows.extend([table.at] * many)
        table.columns.extend(range(column, column + many))
        table.styles.extend([table.style_id(style) if style else default] * many)
        table.numeric.extend([numeric] * many)
        table.covered.extend([covered] * many)
        table.untold.extend([untold(text, shown, numeric)] * many)
        table.texts.extend([text] * many)

    def _value(self, table: RawTable, cell: etree._Element, column: int) -> tuple[str, bool, str]:
        """A cell's value as text, whether it is a number (19.385), and what it shows if not so."""
        kind = cell.get(_TYPE)
        shown = ""
        if len(cell) == 1 and cell[0].tag == _P and not len(cell[0]):
            shown = cell[0].text or ""
            style = cell[0].get(_TEXT_STYLE)
            if style:
                table.inner.append((len(table.rows), style))
        elif len(cell) or cell.text:
            shown = self._shown(table, cell, column)
        if kind in _NUMBERS:
            value = cell.get(_VALUE)
            if value is None:
                return shown or cell.get(_STRING) or "", False, ""
            table.keep(shown)
            return value, True, shown
        kept = cell.get(_KEPT.get(kind or "", _STRING))
        if kind == "boolean":
            table.keep("" if shown.upper() == (kept or shown).upper() else shown)
            return (kept or shown).upper(), False, shown
        if kind in _KEPT and kept:
            table.keep(shown)
            text = kept.removesuffix("T00:00:00") if kind == "date" else kept
            return text or shown, False, shown
        if kind not in _KEPT and kept is not None and shown and kept.split() != shown.split():
            table.differing += 1
            table.keep(shown if kept else "")
        return kept or shown, False, ""

    def _shown(self, table: RawTable, cell: etree._Element, column: int) -> str:
        lines = []
        strays = (cell.text, *(child.tail for child in cell))
        table.unknown += sum(bool(stray and stray.strip()) for stray in strays)
        for child in cell:
            if child.tag == _P or child.tag == _H:
                lines.append(plain_text(child))
                names = [child.get(_TEXT_STYLE), *(e.get(_TEXT_STYLE) for e in child.iter(_SPAN))]
                table.inner += [(len(table.rows), name) for name in names if name]
                for element in child.iter(etree.Element):
                    table.unknown += not known_namespace(namespace(element))
                    if element is not child and local(element) in _TOLD:
                        table.others.append((table.at, column, element))
            elif isinstance(child.tag, str):
                table.others.append((table.at, column, child))
        return "\n".join(lines)

    def _allowed(self, table: RawTable, many: int) -> int:
        """How many of so many equal cells are kept: a whole column is normal, a whole sheet not."""
        left = self.budget.limits.repeated_cells - table.repeated
        table.cut |= many > left
        many = max(1, min(many, left))
        table.repeated += many
        return many

    def _repeat(self, table: RawTable, first: int, repeat: int) -> None:
        """Set down a row's cells again for every row that it stands for."""
        width = len(table.rows) - first
        more = self._allowed(table, width * repeat) // width - 1
        flags = (table.numeric, table.covered, table.untold)
        for values in (table.columns, table.styles, *flags):
            values.extend(values[first:] * more)
        table.texts.extend(table.texts[first - table.flushed :] * more)
        start = table.at + 1
        again = np.repeat(np.arange(start, start + more, dtype=np.int32), width)
        table.rows.frombytes(again.tobytes())


def plain_text(paragraph: etree._Element) -> str:
    """Return a paragraph's text (6.1), blanks and breaks resolved, notes in it left out."""
    pieces = [paragraph.text or ""]
    waiting = [iter(paragraph)]
    tails: list[str] = []
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
            if tails:
                pieces.append(tails.pop())
            continue
        tag, tail = child.tag, child.tail or ""
        if tag == _S:
            pieces.append(" " * min(int(child.get(q("text:c")) or 1), 1000))
        elif tag == _TAB:
            pieces.append("\t")
        elif tag == _BREAK:
            pieces.append("\n")
        elif isinstance(tag, str) and tag != _NOTE:
            pieces.append(child.text or "")
            waiting.append(iter(child))
            tails.append(tail)
            continue
        pieces.append(tail)
    return "".join(pieces)
