"""Looks of text in a document (ECMA-376 part 1, 17.3.2, 17.7): hidden, its colour, its size."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from singleout.draft.docx_names import KIND, first, flag, value, w_attribute
from singleout.draft.xml import local
from singleout.inspection.common.colours import alike
from singleout.inspection.common.thresholds import OVERPRINTED, SQUEEZED

# 17.18.40: colours of the highlighter
_HIGHLIGHTS = {
    "black": "000000",
    "blue": "0000FF",
    "cyan": "00FFFF",
    "green": "00FF00",
    "magenta": "FF00FF",
    "red": "FF0000",
    "yellow": "FFFF00",
    "white": "FFFFFF",
    "darkBlue": "000080",
    "darkCyan": "008080",
    "darkGreen": "008000",
    "darkMagenta": "800080",
    "darkRed": "800000",
    "darkYellow": "808000",
    "darkGray": "808080",
    "lightGray": "C0C0C0",
}
# 17.18.97: names of theme colours -> the theme's own
_THEME_NAMES = {
    "background1": "lt1",
    "light1": "lt1",
    "text1": "dk1",
    "dark1": "dk1",
    "background2": "lt2",
    "light2": "lt2",
    "text2": "dk2",
    "dark2": "dk2",
    "hyperlink": "hlink",
    "followedHyperlink": "folHlink",
}
OFFICE_THEME = {"lt1": "FFFFFF", "dk1": "000000", "lt2": "EEECE1", "dk2": "1F497D"}
# 17.4.56 and 17.18.89: parts of a table that its style formats, weakest first
CONDITIONS = (
    "wholeTable",
    "band1Vert",
    "band2Vert",
    "band1Horz",
    "band2Horz",
    "firstCol",
    "lastCol",
    "firstRow",
    "lastRow",
    "neCell",
    "nwCell",
    "seCell",
    "swCell",
)
AUTOMATIC = "auto"
TWIP = 20  # of a point
# Where a document does not say how large its letters are (17.3.2.38)
USUAL_SIZE = 10.0
_SCHEME = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}
_COLOUR = re.compile("[0-9A-F]{6}")


@dataclass(frozen=True, slots=True)
class Look:
    """What properties say of a text; None where they say nothing.

    Parameters
    ----------
    vanish : bool or None
        Hidden.
    colour, back : str or None
        The text's and its background's colour, RRGGBB or ``auto``.
    size : float or None
        Points.
    clear : bool or None
        Filled with nothing ([MS-DOCX] 2.6.1, textFill).
    scale : float or None
        The letters' width, as a share of the usual one (17.3.2.43).
    spacing, position : float or None
        Points between letters, and points by which they are raised (17.3.2.35, 17.3.2.24).
    fit : float or None
        Points into which the run is squeezed (17.3.2.14).
    """

    vanish: bool | None = None
    colour: str | None = None
    back: str | None = None
    size: float | None = None
    clear: bool | None = None
    scale: float | None = None
    spacing: float | None = None
    position: float | None = None
    fit: float | None = None

    def over(self, base: Look) -> Look:
        """Return this look where it says something, `base` elsewhere."""
        if self is PLAIN:
            return base
        said = {key: told for key in _FIELDS if (told := getattr(self, key)) is not None}
        return replace(base, **said)

    def squeezed(self, letters: int) -> bool:
        """Tell whether letters are drawn too narrow, or over each other, to be read."""
        size = self.size or USUAL_SIZE
        fit = self.fit is not None and self.fit < SQUEEZED * size * letters / 2
        narrow = self.scale is not None and self.scale < SQUEEZED
        over = self.spacing is not None and self.spacing <= -OVERPRINTED * size
        return fit or narrow or over

    def unlike(self, back: str | None) -> bool:
        """Tell whether its text can be told from a background; a program chooses automatic ones."""
        if self.clear:
            return False
        known = all(_COLOUR.fullmatch(colour or "") for colour in (self.colour, back))
        return not known or not alike(str(self.colour), [str(back)])


_FIELDS = ("vanish", "colour", "back", "size", "clear", "scale", "spacing", "position", "fit")
PLAIN = Look()


@dataclass(slots=True)
class Style:
    """One style as written: `fill` is its paragraphs' or cells' background, `exact` and `indent`
    are points of their lines' height and from where they begin."""

    parent: str = ""
    look: Look = PLAIN
    fill: str | None = None
    exact: float | None = None
    indent: float | None = None
    parts: dict[str, tuple[Look, str | None]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """The largest page of a document, and its smallest margins, in points."""

    width: float = 612.0
    height: float = 792.0
    left: float = 72.0
    top: float = 72.0


@dataclass(slots=True)
class Styles:
    """All styles of a document, its theme's colours by name, its page and the page's colour."""

    theme: dict[str, str] = field(default_factory=lambda: dict(OFFICE_THEME))
    base: Look = PLAIN
    styles: dict[str, Style] = field(default_factory=dict)
    paragraph: str = ""
    table: str = ""
    page: str = "FFFFFF"
    paper: Page = field(default_factory=Page)
    _whole: dict[str, Style] = field(default_factory=dict)

    def whole(self, name: str) -> Style:
        """Return a style with all that it is based on (17.7.4.3); an empty one if there is none."""
        if name in self._whole:
            return self._whole[name]
        chain: list[Style] = []
        at, seen = name, set()
        while at in self.styles and at not in seen:
            seen.add(at)
            chain.append(self.styles[at])
            at = self.styles[at].parent
        result = Style()
        for style in reversed(chain):
            result.look = style.look.over(result.look)
            result.fill = result.fill if style.fill is None else style.fill
            result.exact = result.exact if style.exact is None else style.exact
            result.indent = result.indent if style.indent is None else style.indent
            for key, (look, fill) in style.parts.items():
                under = result.parts.get(key, (PLAIN, None))
                result.parts[key] = (look.over(under[0]), under[1] if fill is None else fill)
        self._whole[name] = result
        return result

    def look(self, direct: Look, character: str, paragraph: str, table: Look) -> Look:
        """Return what a run looks like in the end.

        Parameters
        ----------
        direct : Look
            Its own properties.
        character, paragraph : str
            Its styles' ids.
        table : Look
            What the table's style gives.
        """
        one, two = self.whole(character).look, self.whole(paragraph or self.paragraph).look
        found = direct.over(one.over(two.over(table.over(self.base))))
        if direct.vanish is None:
            # 17.7.3: a toggle property set at an odd number of levels is on
            levels = sum(bool(level.vanish) for level in (one, two, table))
            found = replace(found, vanish=bool(self.base.vanish) or levels % 2 == 1)
        return found


def read_styles(root: etree._Element | None, theme: etree._Element | None) -> Styles:
    """Read the styles part and the theme part; either may be missing."""
    styles = Styles()
    for scheme in () if theme is None else theme.iter("{*}clrScheme"):
        for entry in scheme:
            colour = next(iter(entry), None)
            if local(entry) and colour is not None:
                found = colour.get("lastClr") or colour.get("val") or ""
                styles.theme[local(entry)] = found.upper()
    if root is None:
        return styles
    for entry in root:
        kind = KIND.get(entry.tag)
        if kind == "docDefaults":
            rpr = next((e for e in entry.iter(etree.Element) if KIND.get(e.tag) == "rPr"), None)
            styles.base = read_look(rpr, styles.theme)
        elif kind == "style":
            name = w_attribute(entry, "styleId") or ""
            styles.styles[name] = _style(entry, styles.theme)
            if flag(w_attribute(entry, "default")):
                if w_attribute(entry, "type") == "paragraph":
                    styles.paragraph = name
                elif w_attribute(entry, "type") == "table":
                    styles.table = name
    return styles


def _style(entry: etree._Element, theme: dict[str, str]) -> Style:
    style = Style()
    for child in entry:
        kind = KIND.get(child.tag)
        if kind == "basedOn":
            style.parent = value(child) or ""
        elif kind == "rPr":
            style.look = read_look(child, theme)
        elif kind == "pPr":
            style.fill = shading(first(child, "shd"), theme)
            style.exact, style.indent = exact_line(child), indent_of(child)
        elif kind in ("tcPr", "tblPr") and style.fill is None:
            style.fill = shading(first(child, "shd"), theme)
        elif kind == "tblStylePr":
            part = w_attribute(child, "type") or ""
            cell = first(child, "tcPr")
            fill = None if cell is None else shading(first(cell, "shd"), theme)
            style.parts[part] = (read_look(first(child, "rPr"), theme), fill)
    return style


def exact_line(ppr: etree._Element) -> float | None:
    """Return the points of a paragraph's lines (17.3.1.33), infinite where they grow with their
    letters; None if the paragraph does not say."""
    spacing = first(ppr, "spacing")
    if spacing is None or w_attribute(spacing, "line") is None:
        return None
    exact = w_attribute(spacing, "lineRule") == "exact"
    return number(w_attribute(spacing, "line"), 240) / TWIP if exact else float("inf")


def indent_of(ppr: etree._Element) -> float | None:
    """Return how far a paragraph's first line is indented (17.3.1.12), in points; None if the
    paragraph does not say."""
    indent = first(ppr, "ind")
    if indent is None:
        return None
    sides = {key: number(w_attribute(indent, key), 0) for key in _SIDES}
    start = sides["left"] if w_attribute(indent, "start") is None else sides["start"]
    return (start + sides["firstLine"] - sides["hanging"]) / TWIP


_SIDES = ("start", "left", "firstLine", "hanging")


def read_look(rpr: etree._Element | None, theme: dict[str, str]) -> Look:
    """Read run properties (17.3.2); the strongest of shading and highlighter is the background."""
    if rpr is None:
        return PLAIN
    said: dict[str, Any] = {}
    for child in rpr:
        kind = KIND.get(child.tag)
        if kind == "vanish":
            said["vanish"] = flag(value(child) or "1")
        elif kind == "color":
            said.setdefault("colour", theme_colour(child, "val", "themeColor", theme))
        elif kind == "sz":
            said["size"] = number(value(child), 22) / 2
        elif kind == "highlight":
            said["back"] = _HIGHLIGHTS.get(value(child) or "", said.get("back"))
        elif kind == "shd":
            said["back"] = said.get("back") or shading(child, theme)
        elif kind == "w":
            said["scale"] = number((value(child) or "").rstrip("%"), 100) / 100
        elif kind == "spacing":
            said["spacing"] = number(value(child), 0) / TWIP
        elif kind == "position":
            said["position"] = number(value(child), 0) / 2
        elif kind == "fitText":
            said["fit"] = number(value(child), 1_000) / TWIP
        elif local(child) == "textFill":
            inside = list(child.iter(etree.Element))
            said["clear"] = any(local(e) == "noFill" or _transparent(e) for e in inside)
            # [MS-DOCX] 2.6.1: it counts instead of the colour
            said["colour"] = _filled(child, theme)
    return Look(**said)


def _filled(fill: etree._Element, theme: dict[str, str]) -> str:
    """The one colour of a text's fill; an automatic one where it is not known."""
    solid = next((e for e in fill if local(e) == "solidFill"), None)
    colour = None if solid is None else next((e for e in solid if local(e)), None)
    if colour is None or any(local(e) not in ("", "alpha") for e in colour):
        return AUTOMATIC
    written = next((str(v) for k, v in colour.attrib.items() if str(k).endswith("val")), "")
    if local(colour) == "srgbClr":
        return written.upper()
    return theme.get(_SCHEME.get(written, written), AUTOMATIC)


def _transparent(element: etree._Element) -> bool:
    return local(element) == "alpha" and any(
        number(str(v), 0) >= 99_000 for v in element.attrib.values()
    )


def number(text: str | None, default: float) -> float:
    """Return a number as written; `default` if it is none."""
    try:
        return float(text) if text is not None else default
    except ValueError:
        return default


def theme_colour(
    element: etree._Element, plain: str, named: str, theme: dict[str, str]
) -> str | None:
    """Return a colour given as RRGGBB, or else by its name in the theme."""
    written = (w_attribute(element, plain) or "").upper()
    if len(written) == 6:
        return written
    name = w_attribute(element, named)
    if name:
        return theme.get(_THEME_NAMES.get(name, name))
    return AUTOMATIC if written == "AUTO" else None


def shading(shd: etree._Element | None, theme: dict[str, str]) -> str | None:
    """Return a shading's colour (17.3.5); None if it has none of its own."""
    if shd is None or value(shd) == "nil":
        return None
    if value(shd) == "solid":
        found = theme_colour(shd, "color", "themeColor", theme)
        return "000000" if found == AUTOMATIC else found
    found = theme_colour(shd, "fill", "themeFill", theme)
    return None if found == AUTOMATIC else found
