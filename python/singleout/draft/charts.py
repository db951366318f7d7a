"""The values that a chart keeps (ECMA-376 part 1, 21.2; chartex in [MS-ODRAWXML])."""

from __future__ import annotations

from lxml import etree

from singleout.draft.grid import Grid, is_number
from singleout.draft.xml import local, text_of

_CACHES = ("numCache", "strCache", "lvl", "numLit", "strLit", "dlblRangeCache")


def caches(root: etree._Element) -> list[etree._Element]:
    """Return the elements that hold a chart's points, one a column of its table."""
    return [e for e in root.iter(etree.Element) if local(e) in _CACHES]


def points(root: etree._Element) -> int:
    """Count the points in all of a chart's caches."""
    return sum(1 for cache in caches(root) for e in cache if local(e) == "pt")


def chart_grid(root: etree._Element) -> tuple[Grid, list[str]]:
    """Return a chart's points as a grid, one cache a column, and their texts."""
    cells: list[tuple[int, int, str, bool]] = []
    for column, cache in enumerate(caches(root)):
        for point in cache:
            if local(point) == "pt":
                text = text_of(point).strip()
                index = point.get("idx", "0")
                row = int(index) if index.isdigit() else 0
                cells.append((min(row, 1_048_575), column, text, is_number(text)))
    return Grid.from_cells(cells), [cell[2] for cell in cells]
