"""Drawings and charts (ECMA-376 part 1, 20 and 21): cached values, hidden shapes, crops."""

from __future__ import annotations

import re

from lxml import etree

from singleout.draft.charts import caches, chart_grid, points
from singleout.draft.drawn import tell_chart_texts, tell_drawn_texts, tell_vml_texts
from singleout.draft.drawn_texts import AUTOMATIC as _AUTOMATIC
from singleout.draft.grid import is_number
from singleout.draft.model import Place
from singleout.draft.xlsx_book import Book
from singleout.draft.xlsx_cells import parse_ref
from singleout.draft.xlsx_layout import is_hidden
from singleout.draft.xml import local, text_of

_SOURCES = ("{*}numRef", "{*}strRef", "{*}multiLvlStrRef")
# A comma that is not in a sheet's quoted name
_BETWEEN = re.compile(r",(?=(?:[^']*'[^']*')*[^']*$)")


def read_drawings(book: Book) -> None:
    """Report charts' cached values and what drawings hide."""
    for part in book.package.of_kind("chart", "chartEx"):
        with book.collector.guard(Place(part=part)):
            _chart(book, part)
    for part in book.package.of_kind("drawing", "chartUserShapes"):
        with book.collector.guard(Place(part=part)):
            _drawing(book, part)
    for part in book.package.of_kind("vmlDrawing"):
        with book.collector.guard(Place(part=part)):
            book.collector.part(part)
            _vml(book, part)


def _chart(book: Book, part: str) -> None:
    root = book.package.tree(part)
    found = points(root)
    place = Place(part=part)
    tell_chart_texts(book.package, part, root, seen=_drawn_in_sight(book, part))
    if not found:
        return
    sources = (*_SOURCES, "{*}numDim", "{*}strDim", "{*}datalabelsRange")
    same = all(_visible(book, e) for e in root.iter(*sources))
    literal = any(local(e) in ("numLit", "strLit") for e in caches(root))
    equal = same and not literal
    book.collector.add(
        "chart-cache",
        place,
        count=found,
        severity="note" if equal else "review",
        detail="equal to cells in sight" if equal else "not equal to cells in sight",
    )
    if equal:
        return
    grid, texts = chart_grid(root)
    book.collector.identifiers(place, texts, what="chart")
    book.collector.grid(
        grid,
        place,
        visible=False,
        why_unseen="values kept behind a chart",
        unseen_finding=False,
    )


def _visible(book: Book, reference: etree._Element) -> bool:
    """Whether each cached point is the value of some cell in sight of the range it names."""
    formula = next((e.text or "" for e in reference if local(e) == "f"), "").strip()
    several = formula.startswith("(") and formula.endswith(")")
    held: set[str] = set()
    for area in _BETWEEN.split(formula[1:-1]) if several else [formula]:
        here = _held(book, area)
        if here is None:
            return False
        held |= here
    points = [_plain(text_of(e)) for e in reference.iter("{*}pt")]
    return all(point in held or point == "" for point in points) or _dates(points, held)


def _held(book: Book, formula: str) -> set[str] | None:
    """The values of a range in sight; None if it is none, or not all of it is in sight."""
    sheet, _, ref = formula.rpartition("!")
    name = sheet.strip("'").replace("''", "'")
    entry = next((s for s in book.sheets if s.name == name), None)
    area = parse_ref(ref)
    if entry is None or entry.why_unseen or area is None or name not in book.grids:
        return None
    if book.hidden_cells.get(name):
        return None
    grid = book.grids[name]
    inside = (
        (grid.rows >= area[0])
        & (grid.rows <= area[2])
        & (grid.columns >= area[1])
        & (grid.columns <= area[3])
    )
    return {_plain(t) for t in grid.pick(inside).texts.to_pylist()}


def _dates(points: list[str], held: set[str]) -> bool:
    """A chart keeps a date as its serial number; the cell's text is a date then."""
    return (
        bool(points)
        and all(is_number(p) for p in points)
        and all(re.match(r"\d{4}-\d\d-\d\d", h) for h in held)
        and bool(held)
    )


def _plain(text: str) -> str:
    text = text.strip()
    try:
        return f"{float(text):.12g}"
    except ValueError:
        return text


def _drawing(book: Book, part: str) -> None:
    root = book.package.tree(part)
    collector, place = book.collector, Place(part=part)
    hidden = [e for e in root.iter("{*}cNvPr") if is_hidden(e)]
    if hidden:
        collector.add("hidden-object", place, count=len(hidden))
    holders = [
        p for e in hidden if (n := e.getparent()) is not None and (p := n.getparent()) is not None
    ]
    tell_drawn_texts(book.package, part, root, holders, seen=_in_sight(book, part))
    told = [(e, e.get(k, "").strip()) for e in root.iter("{*}cNvPr") for k in ("descr", "title")]
    described = [(e, text) for e, text in told if not _AUTOMATIC.match(text)]
    if described:
        shapes = {e for e, _ in described}
        collector.add("alt-text", place, count=len(shapes), severity="note")
        collector.unseen_text(place, [text for _, text in described], what="alt text")
    cropped = [
        e
        for e in root.iter("{*}srcRect")
        if any(int(e.get(side, 0)) > 0 for side in ("l", "t", "r", "b"))
    ]
    if cropped:
        collector.add("cropped-picture", place, count=len(cropped))


def _in_sight(book: Book, drawing: str) -> bool:
    """Whether a sheet in sight has this drawing."""
    kinds = ("drawing", "legacyDrawing", "vmlDrawing")
    holders = [s for s in book.sheets if drawing in book.package.related(s.part, *kinds)]
    return not holders or any(not sheet.why_unseen for sheet in holders)


def _drawn_in_sight(book: Book, chart: str) -> bool:
    """Whether a drawing of a sheet in sight shows this chart."""
    drawings = book.package.of_kind("drawing")
    holders = [d for d in drawings if chart in book.package.related(d, "chart", "chartEx")]
    return not holders or any(_in_sight(book, drawing) for drawing in holders)


def _vml(book: Book, part: str) -> None:
    """VML is often not well formed: its text is taken as it is."""
    text = book.package.read(part).decode("utf-8", "replace")
    tell_vml_texts(book.collector, Place(part=part), text, seen=_in_sight(book, part))
