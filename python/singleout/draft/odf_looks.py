"""Styles of an OpenDocument's cells as looks, and its rows and columns as a frame."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import numpy as np
from lxml import etree

from singleout.draft.model import range_name
from singleout.draft.odf_formats import read_format
from singleout.draft.odf_names import area_of, get, points, q, ranges
from singleout.draft.odf_raw import RawTable, Span
from singleout.draft.odf_styles import Look, Styles
from singleout.draft.xml import local
from singleout.inspection.common.cell_looks import WHITE, CellLook
from singleout.inspection.common.conditions import Condition, read_formula
from singleout.inspection.common.extent import Frame
from singleout.inspection.common.far import Area
from singleout.inspection.common.number_format import NumberFormat
from singleout.inspection.common.rules import Rule, in_colours

_COLOUR = re.compile("#([0-9A-Fa-f]{6})")
_ALIGN = {"start": "left", "left": "left", "end": "right", "right": "right", "center": "center"}
_CLEAR = re.compile(r"0*(?:\.0*)?%?")
# Where no style says more: LibreOffice's sizes, in points
_SIZE, _WIDE = 10.0, 64.0
_MOST_ROWS = 1 << 20
# A longer condition is not looked into
_LONGEST = 1_000
# calcext:value and style:condition: a comparison, a range, a formula, a text
_COMPARED = re.compile(r"(?:cell-content\(\))?\s*(<=|>=|!=|<|>|=)\s*(.+)", re.DOTALL)
_BETWEEN = re.compile(r"(?:cell-content-is-)?(not-)?between\((.+)\)", re.DOTALL)
_FORMULA = re.compile(r"(?:formula-is|is-true-formula)\((.*)\)", re.DOTALL)
_TEXT = re.compile(
    r'(begins-with|ends-with|contains-text|not-contains-text)\("?(.*?)"?\)', re.DOTALL
)
_TEXTS = {
    "begins-with": "beginsWith",
    "ends-with": "endsWith",
    "contains-text": "containsText",
    "not-contains-text": "notContainsText",
}
_REFERENCE = re.compile(r"\[\.([^\]:]+)\]")


def cell_look(look: Look, styles: Styles) -> CellLook:
    """Return how cells with these properties are shown.

    Parameters
    ----------
    look : Look
        The style's properties.
    styles : Styles
        For its data style.
    """
    said = look.text
    back = colour_of(said.get("text:background-color")) or colour_of(look.back) or WHITE
    ink = colour_of(said.get("text:color"))
    align = said.get("other:text-align", "")
    return CellLook(
        format=_format(look.data, styles),
        ink=None if said.get("text:use-window-font-color") == "true" else ink,
        papers=(back,),
        size=points(said.get("text:font-size")) or _SIZE,
        wrap=said.get("cell:wrap-option") == "wrap" or align == "justify",
        kept_in=said.get("cell:repeat-content") == "true",
        shrink=said.get("cell:shrink-to-fit") == "true",
        turned=said.get("cell:rotation-angle", "0").removesuffix("deg") not in ("0", "")
        or said.get("cell:direction") == "ttb",
        indent=max(0.0, points(said.get("other:margin-left")) or 0.0),
        align=_ALIGN.get(align, ""),
        gone=bool(_CLEAR.fullmatch(said.get("text:opacity", "100%"))),
    )


def _format(name: str, styles: Styles) -> NumberFormat:
    if name not in styles.formats:
        styles.formats[name] = read_format(name, styles.data)
    return styles.formats[name]


def colour_of(written: str | None) -> str | None:
    """Return a colour (18.3.9) as ``RRGGBB``; None for a transparent or unknown one."""
    match = _COLOUR.fullmatch(written or "")
    return None if match is None else match[1].upper()


def frame_of(
    raw: RawTable, widths: Iterable[tuple[int, int, float]], last: Span, styles: Styles
) -> Frame:
    """Return a sheet's rows and columns.

    Parameters
    ----------
    raw : RawTable
        The sheet, for its rows' styles.
    widths : iterable of (int, int, float)
        First and last columns, and their width in points.
    last : (int, int)
        The last row and column that hold anything.
    styles : Styles
        For the rows' heights.
    """
    high, wide = min(last[0] + 1, _MOST_ROWS), min(last[1] + 65, 1 << 14)
    columns = np.full(wide, _WIDE)
    for first, stop, width in widths:
        columns[first : stop + 1] = width
    heights = np.full(high, np.inf)
    for name, spans in raw.row_styles.items():
        height = points(styles.look("table-row", name).text.get("other:row-height"))
        for first, stop in spans if height is not None else ():
            heights[first : stop + 1] = height
    return Frame(columns, _WIDE, np.arange(high, dtype=np.int32), heights)


def read_rules(
    table: etree._Element, names: Iterable[tuple[int, str]], styles: Styles
) -> Iterator[Rule]:
    """Read a sheet's conditional formats: LibreOffice's own, and the maps of cells' styles (16.3).

    Parameters
    ----------
    table : lxml.etree._Element
        ``table:table``, without its cells.
    names : iterable of (int, str)
        The styles that its cells have, and the indices of their looks.
    styles : Styles
        All styles.
    """
    for entry in table.iter(q("calcext:conditional-format")):
        told = ranges(get(entry, "calcext:target-range-address") or "")
        areas = [area for area in map(area_of, told) if area is not None]
        for rule in entry if areas else ():
            yield from _rule(rule, areas, styles)
    changes: dict[str, Callable[[CellLook], CellLook]] = {}
    for index, style in names:
        for asked, name, base in styles.look("table-cell", style).maps if style else ():
            first = area_of(base) or (0, 0, 0, 0)
            condition = _condition(asked, (*first[:2], _MOST_ROWS, 1 << 14))
            if name not in changes:
                changes[name] = _change(name, styles)
            yield Rule((), condition, changes[name], style=index)


def _rule(entry: etree._Element, areas: list[Area], styles: Styles) -> Iterator[Rule]:
    kind = local(entry)
    name = get(entry, "calcext:apply-style-name") or ""
    if kind == "color-scale":
        stops = [colour_of(get(e, "calcext:color")) for e in entry if local(e)]
        yield Rule(areas, Condition("always"), lambda look: in_colours(look, stops), True)
    elif kind in ("icon-set", "data-bar"):
        if get(entry, "calcext:show-value") == "false":
            yield Rule(areas, Condition("always"), replaces=True)
    elif name:
        condition = _condition(get(entry, "calcext:value") or "", areas[0])
        first, last = areas[0][:2], areas[0][2:]
        where = range_name(*first, *last)
        yield Rule(areas, condition, _change(name, styles), name=where)


def _change(name: str, styles: Styles) -> Callable[[CellLook], CellLook]:
    """What putting a style in its place makes of a cell's look."""
    put = styles.look("table-cell", name)
    shown = cell_look(put, styles)

    def change(look: CellLook) -> CellLook:
        own = put.text.keys()
        return replace(
            look,
            format=shown.format if put.data else look.format,
            ink=shown.ink if own & {"text:color", "text:use-window-font-color"} else look.ink,
            papers=shown.papers if "cell:background-color" in own else look.papers,
            size=shown.size if "text:font-size" in own else look.size,
            gone=look.gone or shown.gone or put.text.get("text:display") == "none",
        )

    return change


def _condition(asked: str, area: Area) -> Condition:
    """19.471 and calcext:value: what a rule asks of a cell."""
    asked = asked.strip()
    if asked in ("is-error", "is-no-error"):
        return Condition("never" if asked == "is-error" else "always")
    if len(asked) > _LONGEST:
        return Condition()
    text, between = _TEXT.fullmatch(asked), _BETWEEN.fullmatch(asked)
    formula, compared = _FORMULA.fullmatch(asked), _COMPARED.fullmatch(asked)
    if text is not None:
        return Condition(_TEXTS[text[1]], (text[2],))
    if between is not None and "," in between[2]:
        low, _, high = between[2].rpartition(",")
        return Condition("notBetween" if between[1] else "between", (low, high))
    if formula is not None:
        told = _REFERENCE.sub(r"\1", formula[1])
        return read_formula(told, area[0], area[1], wide=area[1] < area[3])
    if compared is not None:
        return Condition(compared[1].replace("!=", "<>"), (compared[2].strip(),))
    return Condition()
