"""Styles of an OpenDocument (ODF 1.3 part 3, 16): what hides text, cells, rows, columns, sheets."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from singleout.draft.odf_names import SPACES, get, points, q
from singleout.draft.xml import local, namespace
from singleout.inspection.common.number_format import NumberFormat

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
# Under half a point a row or column is a line
THIN = 0.5


@dataclass(slots=True)
class Look:
    """A style's properties, its parents' included.

    Parameters
    ----------
    text : dict
        Properties of text, cells, tables, rows, columns and graphics by local name.
    data : str
        Name of the data style.
    maps : tuple of (str, str, str)
        Conditions, the styles that they put in its place, and the cell from which they count.
    """

    text: dict[str, str] = field(default_factory=dict)
    data: str = ""
    maps: tuple[tuple[str, str, str], ...] = ()

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
    formats: dict[str, NumberFormat] = field(default_factory=dict)
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


def _apply(look: Look, entry: etree._Element) -> None:
    look.data = get(entry, "style:data-style-name") or look.data
    told = ("style:condition", "style:apply-style-name", "style:base-cell-address")
    maps = tuple(
        (get(e, told[0]) or "", get(e, told[1]) or "", get(e, told[2]) or "")
        for e in entry.iterfind(q("style:map"))
    )
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
