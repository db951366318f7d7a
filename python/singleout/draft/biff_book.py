"""What the readers of a workbook stream share: its version, texts, links and streams."""

from __future__ import annotations

from dataclasses import dataclass, field

from singleout.draft.biff_strings import Texts
from singleout.draft.collector import Collector
from singleout.draft.limits import Budget
from singleout.draft.opc import Package, Relationship
from singleout.draft.xlsx_book import Book
from singleout.inspection.byproducts.small_pictures import Shown


class Stream(Package):
    """A workbook that is one stream: no parts, no relationships.

    Parameters
    ----------
    collector : Collector
        Where to report.
    budget : Budget
        Charged for what is read.
    """

    def __init__(self, collector: Collector, budget: Budget) -> None:
        self.collector = collector
        self.budget = budget
        self.source_of = {}
        self.linked = set()

    def relations(self, name: str) -> list[Relationship]:
        """Return no relationships."""
        return []


@dataclass(slots=True)
class Link:
    """A supporting workbook (2.4.271): what it is, its sheets' names, the cells kept of it.

    `kind` is ``"self"``, ``"add-in"``, ``"unused"``, ``"other"`` (another workbook) or ``"dde"``.
    """

    kind: str
    path: str = ""
    sheets: list[str] = field(default_factory=list)
    runs: int = 0
    cells: dict[int, list[tuple[int, int, str, bool]]] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    values: int = 0


@dataclass(slots=True)
class BiffBook(Book):
    """A workbook stream: `part` is its stream's name, `shown` the sizes at which shapes show each
    picture of its store, by the picture's number."""

    texts: Texts = field(default_factory=Texts)
    links: list[Link] = field(default_factory=list)
    tabs: list[tuple[int, int, int]] = field(default_factory=list)
    depth: int = 0
    unseen_bytes: int = 0
    shown: dict[int, list[Shown | None]] = field(default_factory=dict)

    def external(self, index: int) -> bool:
        """Tell whether an entry of EXTERNSHEET leads to another workbook."""
        if not 0 <= index < len(self.tabs):
            return False
        link = self.tabs[index][0]
        return 0 <= link < len(self.links) and self.links[link].kind == "other"

    def sheet_name(self, index: int) -> str:
        """Return the name of the sheet that an entry of EXTERNSHEET leads to, empty if none."""
        if not 0 <= index < len(self.tabs):
            return ""
        link, first, _ = self.tabs[index]
        if 0 <= link < len(self.links) and self.links[link].kind == "self":
            names = {sheet.index: sheet.name for sheet in self.sheets}
            return names.get(first + 1, "")
        return ""
