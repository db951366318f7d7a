"""Colours: how far apart ink and paper are (WCAG 2.2), lighter and darker ones of a theme."""

from __future__ import annotations

import colorsys
from collections.abc import Iterable
from functools import lru_cache

from singleout.inspection.common.thresholds import CONTRAST

# ECMA-376 part 1, 18.8.27: the colours of a workbook that gives none of its own, from index 8 on
# fmt: off
PALETTE = (
    "000000", "FFFFFF", "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF",
    "800000", "008000", "000080", "808000", "800080", "008080", "C0C0C0", "808080",
    "9999FF", "993366", "FFFFCC", "CCFFFF", "660066", "FF8080", "0066CC", "CCCCFF",
    "000080", "FF00FF", "FFFF00", "00FFFF", "800080", "800000", "008080", "0000FF",
    "00CCFF", "CCFFFF", "CCFFCC", "FFFF99", "99CCFF", "FF99CC", "CC99FF", "FFCC99",
    "3366FF", "33CCCC", "99CC00", "FFCC00", "FF9900", "FF6600", "666699", "969696",
    "003366", "339966", "003300", "333300", "993300", "993366", "333399", "333333",
)
# fmt: on


@lru_cache(maxsize=4096)
def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, each ``RRGGBB`` (WCAG 2.2, "contrast ratio").

    Examples
    --------
    >>> round(contrast("000000", "FFFFFF")), contrast("336699", "336699")
    (21, 1.0)
    """
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def alike(ink: str, papers: Iterable[str]) -> bool:
    """Tell whether a text cannot be told from any of the colours that it may stand on.

    Parameters
    ----------
    ink : str
        The text's colour, ``RRGGBB``.
    papers : iterable of str
        The colours behind it: one, or those of a pattern. None of them: nobody knows, False.

    Examples
    --------
    >>> alike("F2F2F2", ["FFFFFF"]), alike("D9D9D9", ["FFFFFF"]), alike("FFFFFF", [])
    (True, False, False)
    """
    behind = list(papers)
    return bool(behind) and all(contrast(ink, paper) < CONTRAST for paper in behind)


def tinted(colour: str, tint: float) -> str:
    """Return a colour made darker (`tint` from -1) or lighter (up to 1): ECMA-376 part 1, 18.8.19.

    Examples
    --------
    >>> tinted("FFFFFF", -0.05), tinted("000000", 0.5), tinted("1F497D", 0)
    ('F2F2F2', '808080', '1F497D')
    """
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    parts = colorsys.hls_to_rgb(hue, min(1.0, max(0.0, light)), saturation)
    return "".join(f"{min(255, max(0, int(part * 255 + 0.5))):02X}" for part in parts)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
