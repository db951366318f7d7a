"""Conditional formats of a worksheet (ECMA-376 part 1, 18.3.1.10) as rules."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from singleout.draft.xlsx_cells import parse_ref
from singleout.draft.xlsx_styles import Styles, rule_look
from singleout.draft.xml import local
from singleout.inspection.common.conditions import Condition, read_formula
from singleout.inspection.common.far import Area
from singleout.inspection.common.rules import Rule, in_colours

# 18.18.15: what a comparison's operator is in a formula
_SIGNS = {
    "equal": "=",
    "notEqual": "<>",
    "lessThan": "<",
    "lessThanOrEqual": "<=",
    "greaterThan": ">",
    "greaterThanOrEqual": ">=",
}


def read_rules(rest: etree._Element, styles: Styles) -> Iterator[Rule]:
    """Read a worksheet's rules, those of newer programs among them.

    Parameters
    ----------
    rest : lxml.etree._Element
        The worksheet.
    styles : Styles
        The workbook's formats.
    """
    for entry in rest.iter("{*}cfRule"):
        ranges = area_of(entry)
        areas = [area for area in map(parse_ref, ranges.split()) if area is not None]
        if areas:
            yield _rule(entry, areas, ranges, styles)


def _rule(entry: etree._Element, areas: list[Area], ranges: str, styles: Styles) -> Rule:
    kinds = {local(e): e for e in entry}
    signs = [kinds[name] for name in ("dataBar", "iconSet") if name in kinds]
    condition = _condition(entry, areas[0])
    scale, colours = kinds.get("colorScale"), styles.colours
    if scale is not None:
        stops = [colours.of(e) for e in scale if local(e) == "color"]
        return Rule(areas, condition, lambda look: in_colours(look, stops), True, name=ranges)
    if any(sign.get("showValue") in ("0", "false") for sign in signs):
        return Rule(areas, condition, replaces=True, name=ranges)
    known, index = styles.rules, int(entry.get("dxfId") or -1)
    change = kinds.get("dxf", known[index] if 0 <= index < len(known) else None)
    if change is None:
        return Rule(areas, condition, name=ranges)
    return Rule(areas, condition, lambda look: rule_look(look, change, colours), name=ranges)


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
