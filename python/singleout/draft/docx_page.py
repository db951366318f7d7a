"""Where a document's pages end, and what is put beyond them (ECMA-376 part 1, 17.3.1, 17.6)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree

from singleout.draft.docx_names import first, tags, w_attribute
from singleout.draft.docx_styles import TWIP, Page, number
from singleout.draft.xml import local
from singleout.inspection.common.thresholds import NARROW

EMU = 12_700  # of a point
_VML = "urn:schemas-microsoft-com:vml"
_STYLED = re.compile(r"(?:^|;)\s*([a-z-]+)\s*:\s*([^;]*)", re.IGNORECASE)
_LENGTH = re.compile(r"\s*(-?[0-9.]+)\s*(pt|in|cm|mm|px|pc)?\s*$")
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 7.2 / 2.54, "px": 0.75, "pc": 12.0}
# A letter's size where nothing is said
_SIZE = 10.0


@dataclass(frozen=True, slots=True)
class Box:
    """Where something lies on a page, in points; a size of None grows with what it holds."""

    x: float | None = None
    y: float | None = None
    width: float | None = None
    height: float | None = None


def page_of(root: etree._Element) -> Page:
    """Return the page of a document's part: what lies beyond it lies beyond each of its pages."""
    sizes = list(root.iter(*tags("pgSz")))
    margins = list(root.iter(*tags("pgMar")))
    page = Page()
    if sizes:
        page = replace(
            page,
            width=max(_twips(e, "w", page.width) for e in sizes),
            height=max(_twips(e, "h", page.height) for e in sizes),
        )
    if margins:
        page = replace(
            page,
            left=min(_twips(e, "left", page.left) for e in margins),
            top=min(_twips(e, "top", page.top) for e in margins),
        )
    return page


def is_off(box: Box, page: Page, letters: int) -> bool:
    """Tell whether nothing of a box is on a page, or it is too small for two letters.

    Parameters
    ----------
    box : Box
        Where it is.
    page : Page
        The page.
    letters : int
        How long its text is, for a box that grows with it.

    Examples
    --------
    >>> is_off(Box(x=2000.0), Page(), 9), is_off(Box(x=-50.0), Page(), 90)
    (True, False)
    """
    wide = _SIZE * letters if box.width is None else box.width
    high = 1.5 * _SIZE * (1 + letters) if box.height is None else box.height
    if box.x is not None and not -wide < box.x < page.width:
        return True
    if box.y is not None and not -high < box.y < page.height:
        return True
    small = NARROW * _SIZE / 4
    return any(side is not None and side < small for side in (box.width, box.height))


def frame_of(ppr: etree._Element | None, page: Page) -> Box | None:
    """Return where a paragraph's frame (17.3.1.11) is; None if it is in none."""
    frame = None if ppr is None else first(ppr, "framePr")
    if frame is None:
        return None
    across = {"page": 0.0}.get(w_attribute(frame, "hAnchor") or "", page.left)
    down = {"page": 0.0, "margin": page.top}.get(w_attribute(frame, "vAnchor") or "")
    x, y = w_attribute(frame, "x"), w_attribute(frame, "y")
    high = w_attribute(frame, "h") if w_attribute(frame, "hRule") == "exact" else None
    return Box(
        None if x is None else across + number(x, 0) / TWIP,
        None if y is None else _down(down, number(y, 0) / TWIP, page),
        _positive(w_attribute(frame, "w")),
        _positive(high),
    )


def table_box(properties: etree._Element | None, page: Page) -> Box:
    """Return where a table is put: as it floats (17.4.57), or by its indent (17.4.50)."""
    if properties is None:
        return Box()
    floating, indent = first(properties, "tblpPr"), first(properties, "tblInd")
    if floating is not None:
        across = 0.0 if w_attribute(floating, "horzAnchor") == "page" else page.left
        down = {"page": 0.0, "margin": page.top}.get(w_attribute(floating, "vertAnchor") or "")
        x, y = w_attribute(floating, "tblpX"), w_attribute(floating, "tblpY")
        return Box(
            None if x is None else across + number(x, 0) / TWIP,
            None if y is None else _down(down, number(y, 0) / TWIP, page),
        )
    if indent is not None and w_attribute(indent, "type") in (None, "dxa"):
        return Box(page.left + _twips(indent, "w", 0.0))
    return Box()


def drawn_box(content: etree._Element, page: Page) -> Box:
    """Return where the shape that holds a text box's content is (20.4.2.3, or VML's style)."""
    for above in content.iterancestors():
        if local(above) == "anchor":
            return _anchor(above, page)
        if str(above.tag).startswith(f"{{{_VML}}}") and above.get("style"):
            return _styled(str(above.get("style")), page)
    return Box()


def _anchor(anchor: etree._Element, page: Page) -> Box:
    found: dict[str, float | None] = {"positionH": None, "positionV": None}
    for place in anchor:
        name = local(place)
        offset = next((e for e in place if local(e) == "posOffset"), None)
        if name in found and offset is not None:
            moved = number(offset.text, 0) / EMU
            start = place.get("relativeFrom", "")
            if name == "positionH":
                found[name] = moved + (0.0 if start == "page" else page.left)
            else:
                found[name] = _down({"page": 0.0, "margin": page.top}.get(start), moved, page)
    extent = next((e for e in anchor if local(e) == "extent"), None)
    size = (None, None) if extent is None else (extent.get("cx"), extent.get("cy"))
    wide, high = (None if s is None else number(s, 0) / EMU for s in size)
    return Box(found["positionH"], found["positionV"], wide, high)


def _styled(style: str, page: Page) -> Box:
    """VML: where a shape of an absolute position is, by its style."""
    told = {key.lower(): value.strip() for key, value in _STYLED.findall(style)}
    if told.get("position", "").lower() != "absolute":
        return Box(None, None, _points(told.get("width")), _points(told.get("height")))
    x, y = _points(told.get("margin-left")), _points(told.get("margin-top"))
    across = 0.0 if told.get("mso-position-horizontal-relative") == "page" else page.left
    start = told.get("mso-position-vertical-relative", "")
    down = {"page": 0.0, "margin": page.top}.get(start)
    return Box(
        None if x is None else across + x,
        None if y is None else _down(down, y, page),
        _points(told.get("width")),
        _points(told.get("height")),
    )


def _down(start: float | None, moved: float, page: Page) -> float:
    """How far down the page something is; from a place in the text, as near as it may be."""
    if start is not None:
        return start + moved
    return moved if moved > 0 else moved + page.height


def _twips(element: etree._Element, name: str, default: float) -> float:
    written = w_attribute(element, name)
    return default if written is None else number(written, default * TWIP) / TWIP


def _positive(written: str | None) -> float | None:
    size = number(written, 0) / TWIP
    return size if size > 0 else None


def _points(length: str | None) -> float | None:
    match = _LENGTH.match(length or "")
    if match is None:
        return None
    return number(match[1], 0.0) * _POINTS[match[2] or "pt"]
