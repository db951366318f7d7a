"""What the readers hand over of a file: its texts as passages, the texts of its cells."""

from __future__ import annotations

from importlib import import_module
from unittest.mock import patch

from singleout.draft.collector import Collector
from singleout.draft.grid import Grid
from singleout.draft.limits import Budget
from singleout.draft.model import DraftTable, Finding, Place
from singleout.inspection.passages import Passage


class Handed:
    """All that the readers hand over.

    Attributes
    ----------
    passages : list of Passage
        Texts, in their order.
    cells : list of (str, bool)
        Texts of cells, and whether their table is in sight.
    findings : list of Finding
        What is reported.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.cells: list[tuple[str, bool]] = []
        collector = Collector(Budget(len(data)))
        grid, table = Collector.grid, Collector.table

        def keep_grid(
            self_: Collector, cells: Grid, place: Place, *, visible: bool = True, **more: object
        ) -> list[DraftTable]:
            seen = visible and not self_.unseen
            self.cells += [(text, seen) for text in cells.texts.to_pylist()]
            with patch.object(Collector, "table", table):
                return grid(self_, cells, place, visible=visible, **more)  # type: ignore[arg-type]

        def keep_table(self_: Collector, found: DraftTable, **more: bool) -> None:
            seen = found.visible and not self_.unseen
            self.cells += [(text, seen) for text in found.names]
            self.cells += [
                (text, seen) for column in found.data.columns for text in column.to_pylist() if text
            ]
            table(self_, found, **more)

        inspect = import_module("singleout.draft.inspect")
        with (
            patch.object(Collector, "grid", keep_grid),
            patch.object(Collector, "table", keep_table),
        ):
            inspect.read_any(data, name, collector, collector.budget, 0)
            collector.names([(name.rsplit(".", 1)[0], Place(part=name))])
        self.passages: list[Passage] = collector.results.passages
        self.findings: list[Finding] = collector.results.findings
        self.complete = collector.results.complete

    def of(self, text: str) -> list[Passage]:
        """The passages that hold a text."""
        return [passage for passage in self.passages if text in passage.text]

    def cells_of(self, text: str) -> list[bool]:
        """For each cell that holds a text whether it is in sight."""
        return [seen for cell, seen in self.cells if text in cell]

    def holds(self, text: str) -> bool:
        """Whether a text is in any passage or cell."""
        return bool(self.of(text) or self.cells_of(text))
