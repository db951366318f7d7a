"""What is drawn in a document (DrawingML and VML): backgrounds, crops, hidden shapes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from singleout.draft.docx_names import COMPATIBILITY
from singleout.draft.docx_styles import number
from singleout.draft.drawn_texts import AUTOMATIC
from singleout.draft.model import is_path
from singleout.draft.xlsx_cells import TRUE
from singleout.draft.xml import local

_FILLS = {"solidFill", "gradFill", "blipFill", "pattFill", "grpFill"}
_VML = "urn:schemas-microsoft-com:vml"
_OFFICE = "urn:schemas-microsoft-com:office:office"
_ALTERNATIVE = f"{{{COMPATIBILITY}}}AlternateContent"
_HEX = re.compile(r"#([0-9A-Fa-f]{6})\b")
_NAMED = {"white": "FFFFFF", "black": "000000", "red": "FF0000", "window": "FFFFFF"}
# Colours of a theme by the names that DrawingML gives them (20.1.10.54)
_SCHEME = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}
UNKNOWN = "?"


def box_background(content: etree._Element, theme: dict[str, str]) -> str | None:
    """Return the colour that a text box's text stands on.

    Parameters
    ----------
    content : lxml.etree._Element
        ``w:txbxContent``.
    theme : dict
        The theme's colours.

    Returns
    -------
    str or None
        RRGGBB; None for the page's; `UNKNOWN` where it is a picture, a pattern or a style's.
    """
    for above in content.iterancestors():
        name = local(above)
        if name == "wsp":
            look = next((e for e in above if local(e) == "spPr"), None)
            fill = None if look is None else next((e for e in look if local(e) in _FILLS), None)
            if fill is not None:
                return _solid(fill, theme)
            if look is not None and any(local(e) == "noFill" for e in look):
                return None
            style = next((e for e in above if local(e) == "style"), None)
            return None if style is None else UNKNOWN
        if above.tag in (f"{{{_VML}}}shape", f"{{{_VML}}}rect", f"{{{_VML}}}roundrect"):
            if above.get("filled") in ("f", "false"):
                return None
            colour = (above.get("fillcolor") or "#ffffff").split(" ")[0]
            match = _HEX.match(colour)
            return match[1].upper() if match else _NAMED.get(colour, UNKNOWN)
    return None


def _solid(fill: etree._Element, theme: dict[str, str]) -> str:
    colour = next((e for e in fill if local(e)), None)
    if local(fill) != "solidFill" or colour is None or any(local(e) for e in colour):
        return UNKNOWN
    written = colour.get("val", "")
    if local(colour) == "srgbClr":
        return str(written).upper()
    return theme.get(_SCHEME.get(written, written), UNKNOWN)


@dataclass(slots=True)
class Drawn:
    """What is drawn in one part.

    Parameters
    ----------
    hidden : int
        Shapes that are not shown.
    cropped : int
        Pictures of which only a part is shown.
    described : list of str
        Alternative texts.
    paths : int
        Alternative texts and titles that are paths.
    ink : int
        Drawn by hand, in VML.
    fallback : list of str
        Texts that only programs without a newer feature show.
    art, links : list of str
        Texts of WordArt (a watermark, for one) and addresses of links, in VML.
    """

    hidden: int = 0
    cropped: int = 0
    described: list[str] = field(default_factory=list)
    paths: int = 0
    ink: int = 0
    fallback: list[str] = field(default_factory=list)
    art: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)


def look_at_drawn(root: etree._Element) -> Drawn:
    """Read what the drawings of a part hide."""
    drawn = Drawn()
    for element in root.iter("{*}docPr", "{*}cNvPr"):
        drawn.hidden += element.get("hidden") in TRUE
        _describe(drawn, element.get("descr"), element.get("title"))
    for element in root.iter("{*}srcRect"):
        sides = (element.get(side, "0") for side in ("l", "t", "r", "b"))
        drawn.cropped += any(number(side.rstrip("%"), 0) > 0 for side in sides)
    for element in root.iter(f"{{{_VML}}}*"):
        style = (element.get("style") or "").replace(" ", "").lower()
        drawn.hidden += "visibility:hidden" in style or "display:none" in style
        if local(element) == "imagedata":
            crops = (element.get(f"crop{side}") for side in ("left", "top", "right", "bottom"))
            drawn.cropped += any(c and number(c.rstrip("f"), 1) > 0 for c in crops)
            _describe(drawn, element.get(f"{{{_OFFICE}}}title"))
        else:
            _describe(drawn, element.get("alt"), element.get("title"))
        drawn.art += filter(None, [element.get("string")])
        drawn.links += filter(None, [element.get("href")])
    drawn.ink = sum(1 for _ in root.iter(f"{{{_OFFICE}}}ink"))
    for element in root.iter(_ALTERNATIVE):
        drawn.fallback += _only_elsewhere(element)
    return drawn


def _describe(drawn: Drawn, *texts: str | None) -> None:
    for text in texts:
        if text and not AUTOMATIC.match(text.strip()):
            drawn.described.append(text)
            drawn.paths += is_path(text)


def _only_elsewhere(element: etree._Element) -> list[str]:
    """Texts of the alternatives that the first one does not have."""
    options = [e for e in element if local(e) in ("Choice", "Fallback")]
    texts = ["".join(t.text or "" for t in option.iter("{*}t")) for option in options]
    shown = "".join(texts[0].split()) if texts else ""
    return [text for text in texts[1:] if "".join(text.split()) not in (shown, "")]
