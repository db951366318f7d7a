"""Cell formats (ECMA-376 part 1, 18.8): how they show their cells, which hold dates."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from lxml import etree

from singleout.draft.xlsx_colours import Colours, read_colours
from singleout.draft.xml import children, local
from singleout.inspection.common.cell_looks import BLACK, WHITE, CellLook
from singleout.inspection.common.colours import alike
from singleout.inspection.common.format_codes import read_code
from singleout.inspection.common.thresholds import SMALL

# 18.8.30: built-in formats that show dates or times
_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
# 18.8.1: an indent is as wide as three blanks of the default font, about nine pixels
_INDENT = 6.75
_TRUE = ("1", "true", "on")
# 18.18.40: alignments that break lines at the cell's edge, or repeat the text up to it
_BROKEN, _KEPT_IN = ("justify", "distributed"), ("fill",)
_ALIGN = {"right": "right", "center": "center", "centerContinuous": "center", "left": "left"}


@dataclass(slots=True)
class Styles:
    """What each cell format (its index in `cellXfs`) does.

    Parameters
    ----------
    looks : list of CellLook
        How cells of the format are shown.
    bare : set of int
        Formats without a background of their own.
    dates : set of int
        Formats that show dates or times.
    hidden_formula : set of int
        Formats that keep formulas from who may not edit the sheet.
    rules : list of lxml.etree._Element
        Formats of conditional rules (18.8.15 `dxfs`), by their index.
    colours : Colours
        Of the workbook.
    """

    looks: list[CellLook] = field(default_factory=list)
    bare: set[int] = field(default_factory=set)
    dates: set[int] = field(default_factory=set)
    hidden_formula: set[int] = field(default_factory=set)
    rules: list[etree._Element] = field(default_factory=list)
    colours: Colours = field(default_factory=Colours)

    def run_is_hidden(self, look: etree._Element) -> bool:
        """Tell whether a run of rich text (its `rPr`, 18.4.7) is white, or too small to read."""
        ink = self.colours.of(look.find("{*}color"))
        return _size(look) < SMALL or (ink is not None and alike(ink, [WHITE]))


def is_date(code: str) -> bool:
    """Tell whether a number format shows a date or time.

    Examples
    --------
    >>> is_date("dd/mm/yyyy"), is_date('0.00 "days"'), is_date("[Red]0")
    (True, False, False)
    """
    bare = re.sub(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]', "", code.split(";")[0]).lower()
    return bool(re.search(r"[ymdhs]", bare)) and "general" not in bare


def read_styles(root: etree._Element, theme: etree._Element | None) -> Styles:
    """Read the styles part.

    Parameters
    ----------
    root : lxml.etree._Element
        `styleSheet`.
    theme : lxml.etree._Element or None
        The theme part, for its colours.
    """
    styles = Styles(colours=read_colours(root, theme))
    codes = {int(e.get("numFmtId", 0)): e.get("formatCode", "") for e in root.iter("{*}numFmt")}

    def section(name: str) -> list[etree._Element]:
        found = next(children(root, name), None)
        return [] if found is None else [e for e in found if local(e)]

    fonts = [_font(font, styles.colours) for font in section("fonts")]
    fills = section("fills")
    papers = [styles.colours.papers(fill) for fill in fills]
    bare = {n for n, fill in enumerate(fills) if _is_bare(fill)}
    for i, xf in enumerate(section("cellXfs")):
        number = int(xf.get("numFmtId", 0))
        code = codes.get(number, "General")
        if number in _DATES or (number in codes and is_date(code)):
            styles.dates.add(i)
        font, fill = int(xf.get("fontId", 0)), int(xf.get("fillId", 0))
        look = fonts[font] if font < len(fonts) else CellLook()
        paper = papers[fill] if fill < len(papers) else (WHITE,)
        if fill in bare or fill >= len(fills):
            styles.bare.add(i)
        look = replace(look, format=read_code(code), papers=paper)
        styles.looks.append(_aligned(look, xf.find("{*}alignment")))
        protection = xf.find("{*}protection")
        if protection is not None and protection.get("hidden") in _TRUE:
            styles.hidden_formula.add(i)
    styles.rules = section("dxfs")
    return styles


def _is_bare(fill: etree._Element) -> bool:
    pattern = fill.find("{*}patternFill")
    return pattern is not None and pattern.get("patternType", "none") == "none"


def _font(font: etree._Element, colours: Colours) -> CellLook:
    colour = font.find("{*}color")
    ink = colours.of(colour)
    if ink is None and (colour is None or colour.get("auto") in _TRUE):
        ink = BLACK  # Excel's automatic ink is the system's text, on a dark cell too
    return CellLook(ink=ink, size=_size(font))


def _size(font: etree._Element) -> float:
    size = font.find("{*}sz")
    return 11.0 if size is None else float(size.get("val", 11))


def _aligned(look: CellLook, alignment: etree._Element | None) -> CellLook:
    """18.8.1."""
    if alignment is None:
        return look
    across = alignment.get("horizontal", "")
    return replace(
        look,
        wrap=alignment.get("wrapText") in _TRUE or across in _BROKEN,
        kept_in=across in _KEPT_IN,
        shrink=alignment.get("shrinkToFit") in _TRUE,
        turned=alignment.get("textRotation", "0") != "0",
        indent=_INDENT * float(alignment.get("indent", 0)),
        align=_ALIGN.get(across, ""),
    )


def rule_look(look: CellLook, rule: etree._Element, colours: Colours) -> CellLook:
    """Return a cell's look where a conditional rule's format (18.8.14 dxf) holds.

    Parameters
    ----------
    look : CellLook
        The cell's own.
    rule : lxml.etree._Element
        The format.
    colours : Colours
        The workbook's.
    """
    form, font = rule.find("{*}numFmt"), rule.find("{*}font")
    if form is not None:
        look = replace(look, format=read_code(form.get("formatCode", "")))
    ink = None if font is None else colours.of(font.find("{*}color"))
    if ink is not None:
        look = replace(look, ink=ink)
    fill = rule.find("{*}fill")
    if fill is not None:
        look = replace(look, papers=_rule_papers(fill, colours) or look.papers)
    return look


def _rule_papers(fill: etree._Element, colours: Colours) -> tuple[str, ...]:
    """18.8.20 in a dxf: without a pattern's name it is solid, in the background's colour."""
    pattern = fill.find("{*}patternFill")
    if pattern is None or pattern.get("patternType") not in (None, "solid"):
        return colours.papers(fill)
    colour = colours.of(pattern.find("{*}bgColor"))
    return () if colour is None else (colour,)
