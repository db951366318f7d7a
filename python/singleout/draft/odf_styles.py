"""Styles of an OpenDocument (ODF 1.3 part 3, 16): what hides text, cells, rows, columns, sheets."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from singleout.draft.odf_names import SPACES, get, points, q
from singleout.draft.xml import local, namespace
from singleout.inspection.common.thresholds import SMALL

_NUMBER = SPACES["number"]
_DATA_STYLES = {
    "number-style",
    "currency-style",
    "percentage-style",
    "date-style",
    "time-style",
    "boolean-style",
    "text-style",
}
# Children of a data style that show nothing by themselves (16.29)
_SILENT = {"text-properties", "map", "fill-character"}
# Under half a point a row or column is a line
THIN = 0.5
WHITE = "#ffffff"


@dataclass(slots=True)
class Look:
    """A style's properties, its parents' included.

    Parameters
    ----------
    text : dict
        Properties of text, cells, tables, rows, columns and graphics by local name.
    data : str
        Name of the data style.
    maps : tuple of str
        Styles that conditions put in its place.
    """

    text: dict[str, str] = field(default_factory=dict)
    data: str = ""
    maps: tuple[str, ...] = ()

    @property
    def back(self) -> str | None:
        """The background's colour, ``#rrggbb``; None if there is none of its own."""
        colour = self.text.get("cell:background-color", "transparent").lower()
        return None if colour == "transparent" else colour


@dataclass(slots=True)
class Styles:
    """All styles by family and name."""

    styles: dict[tuple[str, str], etree._Element] = field(default_factory=dict)
    defaults: dict[str, etree._Element] = field(default_factory=dict)
    data: dict[str, etree._Element] = field(default_factory=dict)
    _known: dict[tuple[str, str], Look] = field(default_factory=dict)

    def add(self, root: etree._Element, *sections: str) -> None:
        """Add the styles of ``office:styles`` and ``office:automatic-styles`` of a part."""
        for section in root.iter(*(q(f"office:{name}") for name in sections)):
            for entry in section:
                family = get(entry, "style:family") or ""
                name = get(entry, "style:name") or ""
                if local(entry) == "style":
                    self.styles[family, name] = entry
                elif local(entry) == "default-style":
                    self.defaults[family] = entry
                elif namespace(entry) == _NUMBER and local(entry) in _DATA_STYLES:
                    self.data[name] = entry

    def look(self, family: str, name: str) -> Look:
        """Return a style with its parents' properties (16.2); the family's default for no name."""
        key = (family, name)
        if key in self._known:
            return self._known[key]
        chain: list[etree._Element] = []
        at, seen = name, set()
        while (family, at) in self.styles and at not in seen:
            seen.add(at)
            chain.append(self.styles[family, at])
            at = get(chain[-1], "style:parent-style-name") or ""
        if family in self.defaults:
            chain.append(self.defaults[family])
        result = Look()
        for entry in reversed(chain):
            _apply(result, entry)
        self._known[key] = result
        return result

    def hides(self, name: str, depth: int = 0) -> bool:
        """Tell whether a data style shows nothing, whatever the value."""
        entry = self.data.get(name)
        if entry is None or depth > 8:
            return False
        for child in entry:
            kind = local(child)
            if kind == "map":
                if not self.hides(get(child, "style:apply-style-name") or "", depth + 1):
                    return False
            elif kind == "text":
                if (child.text or "").strip():
                    return False
            elif kind not in ("", *_SILENT):
                return False
        return True

    def data_colour(self, name: str) -> str | None:
        """Return the colour that a data style gives to text; None if it gives none."""
        entry = self.data.get(name)
        inside = None if entry is None else entry.find(q("style:text-properties"))
        return None if inside is None else get(inside, "fo:color")


def _apply(look: Look, entry: etree._Element) -> None:
    look.data = get(entry, "style:data-style-name") or look.data
    maps = tuple(get(e, "style:apply-style-name") or "" for e in entry.iterfind(q("style:map")))
    look.maps = maps or look.maps
    for properties in entry:
        kind = local(properties)
        if not kind.endswith("-properties"):
            continue
        group = {"table-cell-properties": "cell", "text-properties": "text"}.get(kind, "other")
        for key, value in properties.attrib.items():
            name = str(key).rpartition("}")[2]
            if name == "font-size" and str(value).endswith("%"):
                value = _percent(look.text.get("text:font-size"), str(value))
            if name == "color":
                look.text.pop("text:use-window-font-color", None)
            look.text[f"{group}:{name}"] = str(value)


def _percent(under: str | None, share: str) -> str:
    size = points(under) or 10.0
    try:
        return f"{size * float(share.rstrip('%')) / 100}pt"
    except ValueError:
        return under or ""


def hidden_text(look: Look) -> bool:
    """Tell whether text is not displayed at all (text:display)."""
    return look.text.get("text:display") == "none"


def invisible(look: Look, back: str | None, colour: str | None = None) -> bool:
    """Tell whether text has its background's colour, or is wholly transparent.

    Parameters
    ----------
    look : Look
        The text's style.
    back : str or None
        The colour behind it; None for the sheet's white.
    colour : str, optional
        A colour that a data style gives.
    """
    opacity = look.text.get("text:opacity", "100%")
    if re.fullmatch(r"0*(\.0*)?%?", opacity):
        return True
    under = look.text.get("text:background-color", "transparent").lower()
    under = (back or WHITE) if under == "transparent" else under
    if colour is None and look.text.get("text:use-window-font-color") == "true":
        return False
    ink = (colour or look.text.get("text:color") or "").lower()
    return bool(ink) and ink == under


def tiny(look: Look) -> bool:
    """Tell whether text is too small to read."""
    size = points(look.text.get("text:font-size"))
    return size is not None and size < SMALL
