"""Conditional formats (ECMA-376 part 1, 18.3.1.10): of which cells they hide what they hold."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc
from lxml import etree

from singleout.draft.collector import Collector
from singleout.draft.grid import Grid
from singleout.draft.model import Place
from singleout.draft.xlsx_cells import parse_ref
from singleout.draft.xlsx_sight import Sight
from singleout.draft.xlsx_styles import Styles, rule_look
from singleout.draft.xml import local
from singleout.inspection.common.cell_looks import covered_by_format, invisible
from singleout.inspection.common.conditions import Condition, holds, read_formula
from singleout.inspection.common.far import Area

Bools = npt.NDArray[np.bool_]
# A mark alone, an error or nought hides nobody
_NOTHING = r"\A\s*(?:[^\d\s]|[-+]?0*(?:\.0*)?(?:[eE][-+]?\d+)?|#[A-Z0-9_/]+[!?]?)\s*\z"
_MOST_RULES = 2_000
# 18.18.15: what a comparison's operator is in a formula
_SIGNS = {
    "equal": "=",
    "notEqual": "<>",
    "lessThan": "<",
    "lessThanOrEqual": "<=",
    "greaterThan": ">",
    "greaterThanOrEqual": ">=",
}


class Rules:
    """What the conditional formats of a worksheet do to its cells.

    Parameters
    ----------
    rest : lxml.etree._Element
        The worksheet.
    sight : Sight
        How its cells are shown without them.
    styles : Styles
        The workbook's formats.
    """

    def __init__(self, rest: etree._Element, sight: Sight, styles: Styles) -> None:
        self.sight, self.styles = sight, styles
        self.shown = np.zeros(len(sight.grid), np.bool_)
        self.hidden: list[tuple[str, Bools]] = []
        telling: Bools | None = None
        for n, rule in enumerate(rest.iter("{*}cfRule")):
            if n >= _MOST_RULES:
                break
            if telling is None:
                telling = ~_matches(sight.grid, _NOTHING)
            self._rule(rule, telling)

    def _rule(self, rule: etree._Element, telling: Bools) -> None:
        grid, ranges = self.sight.grid, area_of(rule)
        areas = [area for area in map(parse_ref, ranges.split()) if area is not None]
        inside = np.zeros(len(grid), np.bool_)
        for area in areas:
            inside |= _within(grid, area)
        at = np.flatnonzero(inside)
        if not len(at):
            return
        cells = grid.pick(at)
        applies, sure = holds(_condition(rule, areas[0]), cells)
        hides, changes = self._effect(rule, cells, at)
        found = np.zeros(len(grid), np.bool_)
        found[at] = applies & hides & telling[at]
        if found.any():
            self.hidden.append((ranges, found))
        elif sure and changes:
            self.shown[at] |= applies & ~hides

    def _effect(
        self, rule: etree._Element, cells: Grid, at: npt.NDArray[np.int64]
    ) -> tuple[Bools, bool]:
        """Which cells nobody sees where the rule holds; whether it changes colours at all."""
        ids, dates = self.sight.ids[at], self.sight.dates[at]
        hidden = np.zeros(len(cells), np.bool_)
        kinds = {local(e): e for e in rule}
        for name in ("dataBar", "iconSet"):
            if name in kinds and kinds[name].get("showValue") in ("0", "false"):
                hidden |= cells.numeric
        known, index = self.styles.rules, int(rule.get("dxfId") or -1)
        look = kinds.get("dxf", known[index] if 0 <= index < len(known) else None)
        scale = kinds.get("colorScale")
        used, index_of = np.unique(ids, return_inverse=True)
        own = index_of.astype(np.int32)
        looks = [self.sight.looks[i] for i in used]
        if scale is not None:
            stops = [self.styles.colours.of(e) for e in scale if local(e) == "color"]
            papers = tuple(stop for stop in stops if stop) if all(stops) else ()
            looks = [replace(one, papers=papers) for one in looks]
        elif look is not None:
            looks = [rule_look(one, look, self.styles.colours) for one in looks]
        else:
            return hidden, False
        hidden |= covered_by_format(cells, own, looks, dates)
        unseen = invisible(cells, own, looks, dates)
        if scale is not None:
            unseen &= cells.numeric
        return hidden | unseen, True

    def report(self, place: Place, collector: Collector) -> Bools:
        """Report the rules that hide something; return the cells of which they may hide it."""
        unseen = np.zeros(len(self.sight.grid), np.bool_)
        for ranges, found in self.hidden:
            collector.add("conditional-hiding", replace(place, cells=ranges))
            unseen |= found
        return unseen


def _matches(grid: Grid, pattern: str) -> Bools:
    found = pc.match_substring_regex(grid.texts, pattern).to_numpy(zero_copy_only=False)
    return np.asarray(found, np.bool_)


def _within(grid: Grid, area: Area) -> Bools:
    top, left, bottom, right = area
    first, last = np.searchsorted(grid.rows, [top, bottom + 1])
    mask = np.zeros(len(grid), np.bool_)
    columns = grid.columns[first:last]
    mask[first:last] = (columns >= left) & (columns <= right)
    return mask


def area_of(rule: etree._Element) -> str:
    """Return the ranges of a rule, as its file holds them."""
    parent = rule.getparent()
    if parent is None:
        return ""
    return str(parent.get("sqref") or parent.findtext("{*}sqref") or "")


def _condition(rule: etree._Element, area: Area) -> Condition:
    """18.18.12: what a rule asks of a cell."""
    formulas = [e.text or "" for e in rule if local(e) in ("formula", "f")]
    kind, sign = rule.get("type", ""), rule.get("operator", "")
    first = formulas[0] if formulas else ""
    if kind in ("colorScale", "dataBar", "iconSet", "notContainsErrors", "notContainsBlanks"):
        return Condition("always")
    if kind in ("containsErrors", "containsBlanks"):
        return Condition("never")
    if kind in ("containsText", "notContainsText", "beginsWith", "endsWith"):
        return Condition(kind, (rule.get("text", ""),)) if rule.get("text") else Condition()
    if kind == "cellIs" and sign in ("between", "notBetween"):
        return Condition(sign, tuple(formulas[:2]))
    if kind == "cellIs":
        return Condition(_SIGNS.get(sign, ""), (first,))
    if kind == "expression":
        return read_formula(first, area[0], area[1], wide=area[1] < area[3])
    return Condition()
