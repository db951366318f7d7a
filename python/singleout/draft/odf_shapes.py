"""What is drawn on a sheet (ODF 1.3 part 3, 10): what it covers, hides, crops and describes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from lxml import etree

from singleout.draft.drawn_texts import AUTOMATIC
from singleout.draft.grid import Grid
from singleout.draft.odf_cells import plain_text
from singleout.draft.odf_names import SPACES, area_of, get, points, q
from singleout.draft.odf_styles import Styles
from singleout.draft.xml import local, namespace, text_of

_PARAGRAPHS = (q("text:p"), q("text:h"))
_SOLID = {"image", "object", "object-ole", "text-box", "plugin", "applet", "floating-frame"}
_FIGURES = {"rect", "custom-shape", "ellipse", "circle", "polygon", "path"}
_QUARTER = 0.25


@dataclass(slots=True)
class Drawn:
    """What is drawn on one sheet: counts; texts in sight, and of hidden shapes; their names."""

    hidden: int = 0
    cropped: int = 0
    described: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


def shapes(roots: list[etree._Element]) -> Iterator[etree._Element]:
    """Iterate over the drawn elements under these, themselves included."""
    for root in roots:
        for element in root.iter(etree.Element):
            if namespace(element) == SPACES["draw"]:
                yield element


def look_at_drawn(roots: list[etree._Element], styles: Styles) -> Drawn:
    """Read what the drawings of a sheet hide."""
    drawn = Drawn()
    for element in shapes(roots):
        drawn.hidden += _is_hidden(element)
        style = get(element, "draw:style-name")
        clip = styles.look("graphic", style).text.get("other:clip", "") if style else ""
        drawn.cropped += any(float(n) > 0 for n in re.findall(r"\d+(?:\.\d+)?", clip))
        text = own_text(element)
        if text.strip():
            out = any(map(_is_hidden, (element, *element.iterancestors())))
            (drawn.texts if out else drawn.shown).append(text)
        name = get(element, "draw:name") or ""
        if not AUTOMATIC.match(name.strip()):
            drawn.names.append(name)
    for root in roots:
        for element in root.iter(q("svg:title"), q("svg:desc")):
            text = text_of(element)
            if not AUTOMATIC.match(text.strip()):
                drawn.described.append(text)
    return drawn


def _is_hidden(element: etree._Element) -> bool:
    """Whether a shape is shown nowhere, or only printed (19.183)."""
    shown = (str(v) for k, v in element.attrib.items() if str(k).endswith("}display"))
    return namespace(element) == SPACES["draw"] and any(v in ("none", "printer") for v in shown)


def own_text(holder: etree._Element) -> str:
    """Return the paragraphs of a shape, title or note, whole; those of shapes in it are theirs."""
    lines: list[str] = []
    waiting = [iter(holder)]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
        elif child.tag in _PARAGRAPHS:
            lines.append(plain_text(child))
        elif namespace(child) == SPACES["text"]:
            waiting.append(iter(child))
    return "\n".join(lines)


@dataclass(slots=True)
class Sizes:
    """Edges of rows and columns in points from the sheet's corner, as far as there are cells."""

    columns: npt.NDArray[np.float64]
    rows: npt.NDArray[np.float64]


def covered(
    placed: list[tuple[int, int, etree._Element]],
    free: list[etree._Element],
    grid: Grid,
    sizes: Sizes,
    styles: Styles,
) -> npt.NDArray[np.bool_]:
    """Cells wholly under a picture, object or filled shape.

    Parameters
    ----------
    placed : list of (int, int, element)
        Drawings anchored at a cell.
    free : list of element
        Drawings anchored at the sheet.
    grid : Grid
        The sheet's cells.
    sizes : Sizes
        Where rows and columns begin.
    styles : Styles
        For fills.
    """
    mask = np.zeros(len(grid), np.bool_)
    anchored: list[tuple[int, int, etree._Element]] = [(-1, -1, e) for e in free]
    for row, column, element in [*placed, *anchored]:
        if not _covers(element, styles):
            continue
        box = _box(row, column, element, sizes)
        if box is not None:
            top, left, bottom, right = box
            mask |= (
                (grid.rows >= top)
                & (grid.rows <= bottom)
                & (grid.columns >= left)
                & (grid.columns <= right)
            )
    return mask


def _covers(element: etree._Element, styles: Styles) -> bool:
    kind = local(element)
    if kind == "frame":
        inner = {local(child) for child in element}
        if inner & (_SOLID - {"text-box"}):
            return True
        if "text-box" not in inner:
            return False
    elif kind not in _FIGURES:
        return False
    style = get(element, "draw:style-name") or ""
    return styles.look("graphic", style).text.get("other:fill", "none") not in ("none", "")


def _box(
    row: int, column: int, element: etree._Element, sizes: Sizes
) -> tuple[int, int, int, int] | None:
    """First and last rows and columns that lie wholly under a drawing."""
    x, y = points(get(element, "svg:x")) or 0.0, points(get(element, "svg:y")) or 0.0
    wide, high = points(get(element, "svg:width")), points(get(element, "svg:height"))
    end = area_of(get(element, "table:end-cell-address") or "")
    if row >= len(sizes.rows) or column >= len(sizes.columns):
        return None
    if row >= 0:
        # 19.577: offsets of a drawing in a cell count from the cell
        x, y = sizes.columns[column] + x, sizes.rows[row] + y
    if end is not None and row >= 0:
        far_x = _edge(sizes.columns, end[1]) + (points(get(element, "table:end-x")) or 0.0)
        far_y = _edge(sizes.rows, end[0]) + (points(get(element, "table:end-y")) or 0.0)
    elif wide is not None and high is not None:
        far_x, far_y = x + wide, y + high
    else:
        return None
    left, right = _inside(sizes.columns, x, far_x)
    top, bottom = _inside(sizes.rows, y, far_y)
    return (top, left, bottom, right) if bottom >= top and right >= left else None


def _edge(edges: npt.NDArray[np.float64], at: int) -> float:
    return float(edges[at]) if at < len(edges) else float("inf")


def _inside(edges: npt.NDArray[np.float64], start: float, stop: float) -> tuple[int, int]:
    """First and last stretch between edges that lie inside, a quarter of it overlooked."""
    sizes = np.diff(edges)
    slack = _QUARTER * sizes
    inside = (edges[:-1] >= start - slack) & (edges[1:] <= stop + slack) & (sizes > 0)
    found = np.flatnonzero(inside)
    return (int(found[0]), int(found[-1])) if len(found) else (0, -1)
