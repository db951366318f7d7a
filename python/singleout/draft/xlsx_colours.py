"""Colours of a workbook (ECMA-376 part 1, 18.3.1.15): of its theme, of its palette, as written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from singleout.draft.xml import local
from singleout.inspection.common.cell_looks import BLACK, WHITE
from singleout.inspection.common.colours import PALETTE, tinted

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
# 18.8.27: the system's text and window
_SYSTEM = {64: BLACK, 65: WHITE}
_WRITTEN = re.compile("[0-9A-F]{6}")


@dataclass(frozen=True, slots=True)
class Colours:
    """What a workbook's colours are.

    Parameters
    ----------
    theme : sequence of str
        The theme's, in the order in which formats count them.
    palette : sequence of str
        Those that the workbook gives indices; none for the usual ones.
    """

    theme: Sequence[str] = field(default=_THEME)
    palette: Sequence[str] = ()

    def of(self, entry: etree._Element | None) -> str | None:
        """Return an element's colour, ``RRGGBB``; None for an automatic or unknown one."""
        if entry is None or entry.get("auto") in ("1", "true"):
            return None
        colour: str | None = None
        if entry.get("rgb"):
            colour = entry.get("rgb", "")[-6:].upper()
        elif entry.get("theme") is not None:
            at = int(entry.get("theme", 0))
            colour = self.theme[at] if 0 <= at < len(self.theme) else None
        elif entry.get("indexed") is not None:
            colour = self._indexed(int(entry.get("indexed", 64)))
        if colour is None or not _WRITTEN.fullmatch(colour):
            return None
        tint = float(entry.get("tint", 0))
        return tinted(colour, tint) if tint else colour

    def _indexed(self, at: int) -> str | None:
        if at in _SYSTEM:
            return _SYSTEM[at]
        if 0 <= at < len(self.palette):
            return self.palette[at]
        # 18.8.27: 0 to 7 repeat 8 to 15
        at = at - 8 if at >= 8 else at
        return PALETTE[at] if 0 <= at < len(PALETTE) else None

    def papers(self, fill: etree._Element | None) -> tuple[str, ...]:
        """Return the colours that a fill (18.8.20) puts behind text; none if that is not known."""
        if fill is None:
            return (WHITE,)
        stops = [self.of(stop) for stop in fill.iterfind("{*}gradientFill/{*}stop/{*}color")]
        pattern = fill.find("{*}patternFill")
        if pattern is None:
            return tuple(stop for stop in stops if stop) if all(stops) else ()
        kind = pattern.get("patternType", "none")
        if kind == "none":
            return (WHITE,)
        fore = self.of(pattern.find("{*}fgColor"))
        if kind == "solid":
            return () if fore is None else (fore,)
        return (fore or BLACK, self.of(pattern.find("{*}bgColor")) or WHITE)


def read_colours(root: etree._Element, theme: etree._Element | None) -> Colours:
    """Read the colours of a styles part and of the theme part, which may be missing."""
    palette = [
        e.get("rgb", "")[-6:].upper() for e in root.iterfind(".//{*}indexedColors/{*}rgbColor")
    ]
    return Colours(_theme_colours(theme), palette)


def _theme_colours(theme: etree._Element | None) -> Sequence[str]:
    scheme = None if theme is None else next(theme.iter("{*}clrScheme"), None)
    found = []
    for entry in () if scheme is None else scheme:
        value = next(iter(entry), None)
        if local(entry) and value is not None:
            found.append((value.get("lastClr") or value.get("val") or "").upper())
    if len(found) < 4:
        return _THEME
    # 18.8.3: theme="0" is lt1 and "1" dk1, the other way round from the scheme's order
    found[0], found[1], found[2], found[3] = found[1], found[0], found[3], found[2]
    return found
