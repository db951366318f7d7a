"""What of a sheet is out of sight: where it is, its texts, and its tables with their headings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from singleout.draft.collector import Collector
from singleout.draft.grid import Grid, distinct
from singleout.draft.model import Place, range_name
from singleout.draft.zipread import Archive
from singleout.inspection.common.far import Area, unprinted
from singleout.inspection.common.rules import Judged

Bools = npt.NDArray[np.bool_]
# A hidden part of a sheet is a table of its own from this many cells on
LEAST_UNSEEN = 4
# Packed bytes out of sight from which, and times those in sight from which, a file is oversized
LARGE, TIMES = 100_000, 3


def within(values: npt.NDArray[np.int32], spans: Iterable[tuple[int, int]]) -> Bools:
    """Tell which values lie in any of the spans (first, last), which may be many.

    Examples
    --------
    >>> within(np.array([1, 5, 9], np.int32), [(4, 6), (9, 20)]).tolist()
    [False, True, True]
    """
    ordered = sorted(spans)
    if not ordered or not len(values):
        return np.zeros(len(values), np.bool_)
    firsts = np.array([span[0] for span in ordered], np.int64)
    reach = np.maximum.accumulate(np.array([span[1] for span in ordered], np.int64))
    at = np.searchsorted(firsts, values, side="right") - 1
    return np.asarray((at >= 0) & (values <= reach[np.maximum(at, 0)]), np.bool_)


def where(grid: Grid, mask: Bools) -> str:
    """Return the smallest range that holds the chosen cells."""
    rows, columns = grid.rows[mask], grid.columns[mask]
    return range_name(int(rows.min()), int(columns.min()), int(rows.max()), int(columns.max()))


def headings(grid: Grid, unseen: Bools) -> Bools:
    """Cells of the first row of the area that the unseen cells are in: their headings."""
    row = int(grid.rows[np.flatnonzero(unseen)[0]])
    filled = distinct(grid.rows[grid.rows <= row])
    breaks = np.flatnonzero(np.diff(filled) > 1)
    top = int(filled[breaks[-1] + 1]) if len(breaks) else int(filled[0])
    columns = distinct(grid.columns[unseen])
    return np.asarray((grid.rows == top) & np.isin(grid.columns, columns), np.bool_)


def report_unseen(
    grid: Grid, unseen: Bools, place: Place, collector: Collector, why_unseen: str
) -> None:
    """Detect direct identifiers in cells out of sight, and add the tables of a sheet.

    The texts of cells are kept with the tables, those of a few hidden cells here.

    Parameters
    ----------
    grid : Grid
        The sheet's cells.
    unseen : bool array, shape (n_cells,)
        Cells out of sight on a sheet that is in sight.
    place : Place
        The sheet.
    collector : Collector
        Where to report.
    why_unseen : str
        What keeps the whole sheet out of sight; empty if it is in sight.
    """
    tables = collector.grid(
        grid, place, visible=not why_unseen, why_unseen=why_unseen, unseen_finding=False
    )
    if why_unseen and len(grid):
        collector.cells(grid, place, tables, why_unseen=why_unseen)
    if not why_unseen:
        report_hidden_part(grid, unseen, place, collector)


def report_hidden_part(grid: Grid, unseen: Bools, place: Place, collector: Collector) -> None:
    """Detect direct identifiers in cells out of sight on a sheet in sight, and add their table."""
    if unseen.any():
        texts = grid.texts.filter(pa.array(unseen)).to_pylist()
        there = replace(place, cells=where(grid, unseen))
        if len(texts) < LEAST_UNSEEN:
            collector.text(there, texts, sort="cell", what="hidden cells", seen=False)
        collector.identifiers(there, texts, what="hidden cells")
    if np.count_nonzero(unseen) >= LEAST_UNSEEN:
        collector.grid(
            grid.pick(unseen | headings(grid, unseen)),
            place,
            visible=False,
            why_unseen="hidden rows, columns or cells",
            unseen_finding=False,
        )


def report_mask(
    code: str, grid: Grid, mask: Bools, place: Place, collector: Collector, detail: str = ""
) -> None:
    """Add a finding about these cells of a sheet, if there are any."""
    if mask.any():
        there = replace(place, cells=where(grid, mask))
        collector.add(code, there, count=int(np.count_nonzero(mask)), detail=detail)


def report_rules(judged: Judged, place: Place, collector: Collector) -> None:
    """Report the conditional formats of a sheet that hide what cells hold."""
    for ranges, _ in judged.hidden:
        collector.add("conditional-hiding", replace(place, cells=ranges))


def report_cut(grid: Grid, cut: Bools, place: Place, collector: Collector) -> None:
    """Report cells in sight of whose text a part is not, and detect identifiers in it."""
    report_mask("cut-text", grid, cut, place, collector, "only the beginning is shown")
    if cut.any():
        texts = grid.texts.filter(pa.array(cut)).to_pylist()
        there = replace(place, cells=where(grid, cut))
        collector.identifiers(there, texts, what="text that is cut off")


def report_unprinted(
    grid: Grid, areas: Sequence[Area], told: Bools, place: Place, collector: Collector
) -> None:
    """Report cells outside the print areas: a reader of the file sees those beside them.

    Parameters
    ----------
    grid : Grid
        The sheet's cells.
    areas : sequence of Area
        The print areas.
    told : bool array, shape (n_cells,)
        Cells to tell of: those with content that no other finding has.
    place, collector
        The sheet, and where to report.
    """
    beside, away = unprinted(grid, areas)
    outside = (beside | away) & told
    if outside.any():
        collector.add(
            "far-cells",
            replace(place, cells=where(grid, outside)),
            count=int(np.count_nonzero(outside)),
            detail="outside the print area",
            severity=None if (away & told).any() else "note",
        )


def report_oversize(archive: Archive, seen: Callable[[str], bool], collector: Collector) -> None:
    """Report a package most of whose packed bytes are in members that are not in sight.

    Parameters
    ----------
    archive : Archive
        The package.
    seen : callable
        Tells whether what a member holds is in sight.
    collector : Collector
        Where to report.
    """
    packed = {name: archive.packed(name) for name in archive.names}
    hidden = {name: size for name, size in packed.items() if not seen(name)}
    unseen = sum(hidden.values())
    visible = sum(packed.values()) - unseen
    if unseen > LARGE and unseen > TIMES * visible:
        collector.add(
            "oversized",
            Place(part=max(hidden, key=lambda name: hidden[name])),
            count=unseen,
            detail=f"{unseen:,} packed bytes are out of sight, {visible:,} are in sight",
        )
