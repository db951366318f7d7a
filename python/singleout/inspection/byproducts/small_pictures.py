"""Small pictures: a logo on a cover is a note, a screenshot of a list is not."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from lxml import etree

from singleout.draft.sniff import sniff
from singleout.draft.xml import local, namespace
from singleout.formats.picture_size import size_of

# Width and height as shown, in English Metric Units (ECMA-376 part 1, 20.1.10.16)
Shown = tuple[float, float]
_EMU = {"mm": 36_000, "cm": 360_000, "in": 914_400, "pt": 12_700, "pc": 152_400, "px": 9_525}
# A logo on a cover. A list of names is read at three dots and a millimetre and a half a line:
# twenty such lines would fill it
MOST_PIXELS, MOST_WIDTH, MOST_HEIGHT = 40_000, 60 * _EMU["mm"], 30 * _EMU["mm"]
# Bytes of lines and areas: a letter drawn by its outline takes about 400
MOST_DRAWN = 50_000
# A page's picture for a list of files: at so many dots a side its text is not read
MOST_PREVIEW = 512
# A picture narrower or lower than this is out of sight, but for dots that keep a place free
_LEAST, _FEW_PIXELS = 2 * _EMU["mm"], 400
# Sizes are rounded to whole dots when they are stored
_SLACK = 1.02
_LENGTH = re.compile(r"(\d+(?:\.\d*)?|\.\d+)(mm|cm|in|pt|pc|px)?")
_VML = "urn:schemas-microsoft-com:vml"
_RELATED = etree.XPath(
    "//@r:* | //@s:* | //@o:relid",
    namespaces={
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "s": "http://purl.oclc.org/ooxml/officeDocument/relationships",
        "o": "urn:schemas-microsoft-com:office:office",
    },
)


def is_small(content: bytes, shown: Sequence[Shown | None]) -> bool:
    """Tell whether a picture is so small, wherever it is shown, that no list can be read in it.

    Parameters
    ----------
    content : bytes
        The picture.
    shown : sequence of (float, float) or None
        Width and height of each place where it is shown, in EMU; None where that is not known. A
        picture that no place shows is not small.

    Examples
    --------
    >>> dot = b"GIF89a" + bytes([100, 0, 50, 0])
    >>> is_small(dot, [(914_400, 457_200)]), is_small(dot, [None]), is_small(dot, [])
    (True, False, False)
    """
    size = size_of(content, sniff(content))
    if size is None or size.pixels > MOST_PIXELS or size.drawn > MOST_DRAWN or size.texts:
        return False
    least = 0 if 0 < size.pixels <= _FEW_PIXELS else _LEAST
    return bool(shown) and all(place is not None and _fits(place, least) for place in shown)


def _fits(shown: Shown, least: float) -> bool:
    """Whether a place is small, and yet not squeezed out of sight."""
    width, height = shown
    return (
        least <= min(width, height)
        and width <= MOST_WIDTH * _SLACK
        and height <= MOST_HEIGHT * _SLACK
    )


def is_preview(content: bytes) -> bool:
    """Tell whether a picture of the first page is as small as programs make it for lists of files.

    Examples
    --------
    >>> is_preview(b"GIF89a" + bytes([0, 1, 0, 1])), is_preview(b"GIF89a" + bytes([0, 9, 0, 9]))
    (True, False)
    """
    size = size_of(content, sniff(content))
    if size is None or size.texts or size.drawn > MOST_DRAWN:
        return False
    # Excel for Windows keeps a picture of dots in a metafile
    return 0 < size.longest <= MOST_PREVIEW or 0 < size.pixels <= MOST_PREVIEW**2


def length(text: str | None) -> float | None:
    """Return a length with its unit in EMU; one without is in dots of 1/96 inch, as VML has it.

    Examples
    --------
    >>> length("2.54cm"), length("96"), length("10%")
    (914400.0, 914400.0, None)
    """
    match = _LENGTH.fullmatch((text or "").strip())
    return None if match is None else float(match[1]) * _EMU[match[2] or "px"]


def uses(
    root: etree._Element, wanted: frozenset[str], anchor: Callable[[etree._Element], Shown | None]
) -> dict[str, list[Shown | None]]:
    """Return how large a part shows what these relationships of it lead to.

    Parameters
    ----------
    root : lxml.etree._Element
        The part.
    wanted : frozenset of str
        Ids of its relationships to pictures.
    anchor : callable
        The size of an anchor on a sheet; None if it is not known.

    Returns
    -------
    dict of str to list
        Id -> the sizes of the places where it is shown, None among them where one is not known.
    """
    found: dict[str, list[Shown | None]] = {}
    for value in _RELATED(root):
        if value in wanted:
            found.setdefault(str(value), []).append(_shown(value.getparent(), anchor))
    return found


def _shown(
    element: etree._Element, anchor: Callable[[etree._Element], Shown | None]
) -> Shown | None:
    """The size of the frame that a picture is in: of the anchor, or of the outermost shape."""
    size: Shown | None = None
    for above in (element, *element.iterancestors()):
        name = local(above)
        if namespace(above) == _VML:
            size = _styled(above) or size
        elif name in ("inline", "anchor"):
            extent = next((e for e in above if local(e) == "extent"), None)
            return None if extent is None else _extent(extent)
        elif name.endswith("Anchor"):
            return anchor(above)
    return size


def _extent(extent: etree._Element) -> Shown | None:
    try:
        return float(extent.get("cx", "")), float(extent.get("cy", ""))
    except ValueError:
        return None


def _styled(shape: etree._Element) -> Shown | None:
    """The size in a VML shape's style."""
    pairs = (piece.partition(":") for piece in (shape.get("style") or "").split(";"))
    style = {key.strip().lower(): value for key, _, value in pairs}
    width, height = length(style.get("width")), length(style.get("height"))
    return None if width is None or height is None else (width, height)


def sheet_anchor(
    element: etree._Element, across: Callable[[int], float], down: Callable[[int], float]
) -> Shown | None:
    """Return the size of an anchor of a spreadsheet's drawing (20.5.2.33, 20.5.2.24, 20.5.2.1).

    Parameters
    ----------
    element : lxml.etree._Element
        The anchor.
    across, down : callable
        Left edge of a column, top edge of a row, both counted from 0, in EMU.
    """
    parts = {local(e): e for e in element if local(e)}
    if "from" in parts and "to" in parts:
        start, stop = _point(parts["from"], across, down), _point(parts["to"], across, down)
        return abs(stop[0] - start[0]), abs(stop[1] - start[1])
    return _extent(parts["ext"]) if "ext" in parts else None


def _point(
    element: etree._Element, across: Callable[[int], float], down: Callable[[int], float]
) -> tuple[float, float]:
    at = {local(e): int(float(e.text or 0)) for e in element if local(e)}
    return (
        across(at.get("col", 0)) + at.get("colOff", 0),
        down(at.get("row", 0)) + at.get("rowOff", 0),
    )
