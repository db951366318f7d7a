"""How large each picture of an office package is shown, in every place where it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lxml import etree

from singleout.draft.opc import Package
from singleout.draft.xlsx_cells import RawCells
from singleout.draft.xlsx_layout import column_edges, row_edges
from singleout.draft.xml import local, parse
from singleout.inspection.byproducts.small_pictures import Shown, sheet_anchor, uses

# What a part of markup may take to be read once more for the sizes of its pictures
_MOST_BYTES = 20_000_000
_Anchor = Callable[[etree._Element], Shown | None]


def note_sheet(package: Package, part: str, raw: RawCells, kinds: Iterable[str]) -> None:
    """Note how large the pictures of a sheet's drawings are, which its columns and rows tell.

    Parameters
    ----------
    package : Package
        The file; its `shown` is added to.
    part : str
        The sheet's part.
    raw : RawCells
        The sheet as read.
    kinds : iterable of str
        Kinds of relationships that lead to pictures.
    """
    for name in package.related(part, "drawing"):
        _note(package, name, frozenset(kinds), _measure(raw))


def note_rest(package: Package, kinds: Iterable[str]) -> None:
    """Note how large the pictures of all parts are that no sheet's drawing is.

    Parameters
    ----------
    package : Package
        The file; its `shown` is added to.
    kinds : iterable of str
        Kinds of relationships that lead to pictures.
    """
    wanted = frozenset(kinds)
    for name in ("", *sorted(package.source_of)):
        if name not in package.measured:
            _note(package, name, wanted, _loose)


def _note(package: Package, name: str, kinds: frozenset[str], anchor: _Anchor) -> None:
    package.measured.add(name)
    targets = {
        relation.id: relation.target
        for relation in package.relations(name)
        if relation.kind in kinds and not relation.external and relation.target in package.archive
    }
    if not targets:
        return
    found: dict[str, list[Shown | None]] = {}
    if name in package.archive and package.archive.size(name) <= _MOST_BYTES:
        try:
            root = parse(package.read(name), package.budget)
            found = uses(root, frozenset(targets), anchor)
        except (etree.XMLSyntaxError, ValueError):
            found = {}
    for identifier, target in targets.items():
        package.shown.setdefault(target, []).extend(found.get(identifier, [None]))


def _loose(anchor: etree._Element) -> Shown | None:
    """An anchor that says its size itself; one between two cells needs the sheet."""
    return None if anchor.find("{*}to") is not None else sheet_anchor(anchor, float, float)


def _measure(raw: RawCells) -> _Anchor:
    """How to find an anchor's size among a sheet's columns and rows."""

    def measured(anchor: etree._Element) -> Shown | None:
        ends = [int(float(e.text or 0)) for e in anchor.iter("{*}col")]
        lines = [int(float(e.text or 0)) for e in anchor.iter("{*}row")]
        if any(local(e) == "to" for e in anchor) and ends and lines:
            across = column_edges(raw.rest, min(max(ends), 16_383))
            down = row_edges(raw.rest, raw.settings.heights, min(max(lines), 1_048_575))
            return sheet_anchor(
                anchor,
                lambda at: float(across[min(at, len(across) - 1)]),
                lambda at: float(down[min(at, len(down) - 1)]),
            )
        return _loose(anchor)

    return measured
