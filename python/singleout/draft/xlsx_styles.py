"""Cell formats (ECMA-376 part 1, 18.8): which hide their cells, which hold dates."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from singleout.draft.xml import children, local

# 18.8.30: built-in formats that show dates or times
_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
# 18.8.27: the indexed palette, from 8; 0 to 7 repeat 8 to 15; 64 and 65 are the system's text and
# window
_PALETTE = [
    "000000",
    "FFFFFF",
    "FF0000",
    "00FF00",
    "0000FF",
    "FFFF00",
    "FF00FF",
    "00FFFF",
    "800000",
    "008000",
    "000080",
    "808000",
    "800080",
    "008080",
    "C0C0C0",
    "808080",
    "9999FF",
    "993366",
    "FFFFCC",
    "CCFFFF",
    "660066",
    "FF8080",
    "0066CC",
    "CCCCFF",
    "000080",
    "FF00FF",
    "FFFF00",
    "00FFFF",
    "800080",
    "800000",
    "008080",
    "0000FF",
    "00CCFF",
    "CCFFFF",
    "CCFFCC",
    "FFFF99",
    "99CCFF",
    "FF99CC",
    "CC99FF",
    "FFCC99",
    "3366FF",
    "33CCCC",
    "99CC00",
    "FFCC00",
    "FF9900",
    "FF6600",
    "666699",
    "969696",
    "003366",
    "339966",
    "003300",
    "333300",
    "993300",
    "993366",
    "333399",
    "333333",
]
_THEME = (
    "FFFFFF",
    "000000",
    "EEECE1",
    "1F497D",
    "4F81BD",
    "C0504D",
    "9BBB59",
    "8064A2",
    "4BACC6",
    "F79646",
    "0000FF",
    "800080",
)
TINY = 3.0


@dataclass(slots=True)
class Styles:
    """What each cell format (its index in `cellXfs`) does."""

    dates: set[int] = field(default_factory=set)
    hiding: set[int] = field(default_factory=set)
    hiding_numbers: set[int] = field(default_factory=set)
    hiding_texts: set[int] = field(default_factory=set)
    invisible: set[int] = field(default_factory=set)
    tiny: set[int] = field(default_factory=set)
    hidden_formula: set[int] = field(default_factory=set)
    hiding_rules: set[int] = field(default_factory=set)
    colours: list[str] = field(default_factory=lambda: list(_THEME))
    palette: list[str] = field(default_factory=list)

    def run_is_hidden(self, look: etree._Element) -> bool:
        """Tell whether a run of rich text (its `rPr`, 18.4.7) is white, or too small to read."""
        size, ink = look.find("{*}sz"), _colour(look.find("{*}color"), self.colours, self.palette)
        small = size is not None and float(size.get("val", 11)) < TINY
        return small or (ink is not None and alike(ink, "FFFFFF"))


def sections_of(code: str) -> list[str]:
    """Return what each section of a number format shows (18.8.31), blanks and fillers left out."""
    bare = re.sub(r"\[[^\]]*\]|[_*\\].", "", code)
    return [re.sub(r'^[\s"]*$', "", section) for section in bare.split(";")]


def is_hiding(code: str) -> bool:
    """Tell whether a number format shows nothing: every section that it has is empty.

    Examples
    --------
    >>> is_hiding(";;;"), is_hiding("0;-0;;@"), is_hiding(";;")
    (True, False, True)
    """
    sections = sections_of(code)
    return len(sections) >= 3 and not any(sections)


def hides_numbers(code: str) -> bool:
    """Tell whether a number format shows no positive number, whatever it does with text.

    Examples
    --------
    >>> hides_numbers(";;;@"), hides_numbers("0;;;@"), hides_numbers('""')
    (True, False, True)
    """
    return not sections_of(code)[0] and code.strip().lower() not in ("", "general")


def hides_texts(code: str) -> bool:
    """Tell whether a number format shows no text: its fourth section is there and empty.

    Examples
    --------
    >>> hides_texts("0;0;0;"), hides_texts("0;0;0")
    (True, False)
    """
    sections = sections_of(code)
    return len(sections) == 4 and not sections[3]


def alike(ink: str, paper: str) -> bool:
    """Tell whether two colours cannot be told apart: contrast (WCAG 2.2) under 1.1 to 1.

    Examples
    --------
    >>> alike("FEFEFE", "FFFFFF"), alike("F2F2F2", "FFFFFF"), alike("000000", "FFFFFF")
    (True, False, False)
    """
    one, two = sorted((_luminance(ink), _luminance(paper)))
    return (two + 0.05) / (one + 0.05) < 1.1 and max(
        abs(int(ink[i : i + 2], 16) - int(paper[i : i + 2], 16)) for i in (0, 2, 4)
    ) < 24


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# 18.8.31: colours that a number format may give
_NAMED = {"black": "000000", "white": "FFFFFF", "red": "FF0000", "green": "00FF00",
          "blue": "0000FF", "yellow": "FFFF00", "magenta": "FF00FF", "cyan": "00FFFF"}  # fmt: skip


def _ink_of(code: str) -> str | None:
    """The colour that every section of a number format gives its text, None if any gives none."""
    found = set()
    for section in code.split(";"):
        match = re.search(r"(?i)\[(color ?(\d+)|[a-z]+)\]", section)
        if match is None:
            return None
        at = int(match[2] or 0)
        named = _NAMED.get(match[1].lower())
        found.add(_PALETTE[at - 1] if 1 <= at <= len(_PALETTE) else named)
    return found.pop() if len(found) == 1 else None


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
    styles = Styles()
    colours = _theme_colours(theme)
    palette = [
        e.get("rgb", "")[-6:].upper() for e in root.iterfind(".//{*}indexedColors/{*}rgbColor")
    ]
    formats = {int(e.get("numFmtId", 0)): e.get("formatCode", "") for e in root.iter("{*}numFmt")}

    def section(name: str) -> list[etree._Element]:
        found = next(children(root, name), None)
        return [] if found is None else [e for e in found if local(e)]

    fonts, fills = section("fonts"), section("fills")
    for i, xf in enumerate(section("cellXfs")):
        number = int(xf.get("numFmtId", 0))
        if number in _DATES or (number in formats and is_date(formats[number])):
            styles.dates.add(i)
        code = formats.get(number, "General")
        for hides, chosen in (
            (is_hiding, styles.hiding),
            (hides_numbers, styles.hiding_numbers),
            (hides_texts, styles.hiding_texts),
        ):
            if hides(code):
                chosen.add(i)
        font, fill = int(xf.get("fontId", 0)), int(xf.get("fillId", 0))
        if font < len(fonts):
            size = fonts[font].find("{*}sz")
            if size is not None and float(size.get("val", 11)) < TINY:
                styles.tiny.add(i)
            back = _fill(fills[fill], colours, palette) if fill < len(fills) else "FFFFFF"
            ink = _ink_of(code) or _colour(fonts[font].find("{*}color"), colours, palette)
            if back and ink and alike(ink, back):
                styles.invisible.add(i)
        protection = xf.find("{*}protection")
        if protection is not None and protection.get("hidden") in ("1", "true"):
            styles.hidden_formula.add(i)
    styles.colours, styles.palette = colours, palette
    styles.hiding_rules = {i for i, dxf in enumerate(section("dxfs")) if rule_hides(dxf, styles)}
    return styles


def rule_hides(look: etree._Element, styles: Styles) -> bool:
    """Tell whether the format of a conditional rule (18.8.14 dxf) hides the cell's value."""
    form = look.find("{*}numFmt")
    code = "" if form is None else form.get("formatCode", "")
    ink = _colour(look.find("{*}font/{*}color"), styles.colours, styles.palette)
    fill = "{*}fill/{*}patternFill/{*}bgColor"
    paper = _colour(look.find(fill), styles.colours, styles.palette) or "FFFFFF"
    return (bool(code) and (is_hiding(code) or hides_numbers(code))) or (
        ink is not None and alike(ink, paper)
    )


def _theme_colours(theme: etree._Element | None) -> list[str]:
    if theme is None:
        return list(_THEME)
    scheme = next(theme.iter("{*}clrScheme"), None)
    found = []
    for entry in [] if scheme is None else scheme:
        value = next(iter(entry), None)
        if local(entry) and value is not None:
            found.append((value.get("lastClr") or value.get("val") or "").upper())
    if len(found) < 4:
        return list(_THEME)
    # 18.8.3: theme="0" is lt1 and "1" dk1, the other way round from the scheme's order
    found[0], found[1], found[2], found[3] = found[1], found[0], found[3], found[2]
    return found


def _colour(entry: etree._Element | None, theme: list[str], palette: list[str]) -> str | None:
    """A colour as RRGGBB; None for automatic."""
    if entry is None or entry.get("auto") in ("1", "true"):
        return None
    colour = None
    if entry.get("rgb"):
        colour = entry.get("rgb", "")[-6:].upper()
    elif entry.get("theme") is not None:
        at = int(entry.get("theme", 0))
        colour = theme[at] if at < len(theme) else None
    elif entry.get("indexed") is not None:
        at = int(entry.get("indexed", 64))
        if at in (64, 65):
            return "000000" if at == 64 else "FFFFFF"
        if palette and at < len(palette):
            colour = palette[at]
        else:
            at = at - 8 if at >= 8 else at
            colour = _PALETTE[at] if at < len(_PALETTE) else None
    if colour is None or not re.fullmatch("[0-9A-F]{6}", colour):
        return None
    tint = float(entry.get("tint", 0))
    return _tinted(colour, tint) if tint else colour


def _tinted(colour: str, tint: float) -> str:
    """18.8.19: darken or lighten; per channel is near enough to compare two colours."""
    parts = [int(colour[i : i + 2], 16) for i in (0, 2, 4)]
    shade = [p * (1 + tint) if tint < 0 else p + (255 - p) * tint for p in parts]
    return "".join(f"{min(255, max(0, round(p))):02X}" for p in shade)


def _fill(fill: etree._Element, theme: list[str], palette: list[str]) -> str | None:
    """The background's colour; None for a pattern or gradient that no single colour hides in."""
    pattern = fill.find("{*}patternFill")
    if pattern is None:
        return None
    kind = pattern.get("patternType", "none")
    if kind == "none":
        return "FFFFFF"
    return _colour(pattern.find("{*}fgColor"), theme, palette) if kind == "solid" else None
