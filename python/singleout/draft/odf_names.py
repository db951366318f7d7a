"""Names, lengths and addresses of OpenDocument (ODF 1.3 part 3)."""

from __future__ import annotations

import re

from lxml import etree

from singleout.draft.xlsx_cells import parse_ref
from singleout.draft.xml import namespace

_BASE = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES: dict[str, str] = {
    "office": f"{_BASE}office:1.0",
    "table": f"{_BASE}table:1.0",
    "text": f"{_BASE}text:1.0",
    "style": f"{_BASE}style:1.0",
    "draw": f"{_BASE}drawing:1.0",
    "number": f"{_BASE}datastyle:1.0",
    "fo": f"{_BASE}xsl-fo-compatible:1.0",
    "svg": f"{_BASE}svg-compatible:1.0",
    "chart": f"{_BASE}chart:1.0",
    "form": f"{_BASE}form:1.0",
    "meta": f"{_BASE}meta:1.0",
    "config": f"{_BASE}config:1.0",
    "manifest": f"{_BASE}manifest:1.0",
    "script": f"{_BASE}script:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xlink": "http://www.w3.org/1999/xlink",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
}
# Namespaces by how they begin -> why they are known.
NAMESPACES: tuple[tuple[str, str], ...] = (
    (_BASE, "ODF 1.0 to 1.4"),
    ("urn:oasis:names:tc:opendocument:xmlns:digitalsignature", "ODF part 2: signatures"),
    ("urn:org:documentfoundation:names:experimental:", "LibreOffice's published extensions"),
    ("urn:openoffice:names:experimental:", "OpenOffice's published extensions"),
    ("http://openoffice.org/", "OpenOffice's published extensions"),
    ("http://www.gnumeric.org/odf-extension/", "Gnumeric's extensions: which cells are selected"),
    ("http://purl.org/dc/elements/1.1/", "Dublin Core in meta.xml"),
    ("http://www.w3.org/1998/Math/MathML", "formulas"),
    ("http://www.w3.org/2001/xml-events", "events: read as macros"),
    ("http://www.w3.org/2002/xforms", "forms: read as controls"),
    ("http://www.w3.org/1999/xhtml", "RDFa in text"),
    ("http://www.w3.org/2000/09/xmldsig#", "signatures"),
    ("http://www.w3.org/XML/1998/namespace", "xml:id, xml:space"),
)

_LENGTH = re.compile(r"\s*(-?[\d.]+)\s*(cm|mm|in|inch|pt|pc|px)\s*$")
_POINTS = {"cm": 72 / 2.54, "mm": 72 / 25.4, "in": 72, "inch": 72, "pt": 1, "pc": 12, "px": 0.75}
_PIECE = re.compile(
    r"(?:\$?(?:'(?:[^']|'')*'|[^'.$\s:]+))?\.?(\$?[A-Za-z]{1,3}\$?\d{1,7}|\$?[A-Za-z]{1,3}|\$?\d{1,7})"
)
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384


def q(name: str) -> str:
    """Return the full name of ``prefix:local``.

    Examples
    --------
    >>> q("text:p")
    '{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p'
    """
    prefix, _, local = name.partition(":")
    return f"{{{SPACES[prefix]}}}{local}"


def get(element: etree._Element, name: str) -> str | None:
    """Return the attribute ``prefix:local`` of an element."""
    found = element.get(q(name))
    return None if found is None else str(found)


def points(length: str | None) -> float | None:
    """Return a length (18.3.18) in points; None if it is none.

    Examples
    --------
    >>> points("1in"), points("10%")
    (72.0, None)
    """
    match = _LENGTH.match(length or "")
    return None if match is None else float(match[1]) * _POINTS[match[2]]


def sheet_of(address: str) -> str:
    """Return the sheet's name in a cell or range address (18.3.1), empty if it names none.

    Examples
    --------
    >>> sheet_of("$'My sheet'.$A$1:.B2"), sheet_of("Sheet1.A1")
    ('My sheet', 'Sheet1')
    """
    text = address.strip().removeprefix("$")
    if text.startswith("'"):
        end = re.match(r"'((?:[^']|'')*)'", text)
        return end[1].replace("''", "'") if end else ""
    return text.split(".", 1)[0] if "." in text.split(":", 1)[0] else ""


def area_of(address: str) -> tuple[int, int, int, int] | None:
    """Return top, left, bottom, right (zero-based) of a range address; None if it is none.

    Examples
    --------
    >>> area_of("Sheet1.B3:Sheet1.C4"), area_of("$'a.b'.$A$1")
    ((2, 1, 3, 2), (0, 0, 0, 0))
    """
    ends = []
    for piece in re.split(r":(?=(?:[^']*'[^']*')*[^']*$)", address.strip()):
        match = _PIECE.fullmatch(piece.strip())
        if match is None:
            return None
        ends.append(match[1])
    return parse_ref(":".join(ends[:2]))


def ranges(text: str) -> list[str]:
    """Split a list of range addresses (18.3.3) at blanks outside quotes."""
    return re.findall(r"(?:'(?:[^']|'')*'|[^\s'])+", text)


def known_namespace(space: str) -> bool:
    """Tell whether a namespace is in the table."""
    return any(space.startswith(begin) for begin, _ in NAMESPACES)


def unknown_elements(root: etree._Element) -> int:
    """Count the elements under an element in namespaces that are not known."""
    seen: dict[object, bool] = {}
    count = 0
    for element in root.iter(etree.Element):
        tag = element.tag
        if tag not in seen:
            seen[tag] = not known_namespace(namespace(element))
        count += seen[tag]
    return count
