"""What readers append to while they read: findings, tables, parts, and what could not be read."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from singleout.draft.codes import CODES, Severity
from singleout.draft.limits import Budget, LimitError
from singleout.draft.model import DraftTable, Finding, Place, names_person
from singleout.inspection.passages import Passage, Sort

if TYPE_CHECKING:
    from singleout.draft.grid import Grid
    from singleout.identifiers.person_names import Remembered


@dataclass(slots=True)
class Results:
    """What one call of `inspect` has found so far, shared by the collectors of embedded files."""

    findings: list[Finding] = field(default_factory=list)
    tables: list[DraftTable] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    per_code: Counter[tuple[str, str]] = field(default_factory=Counter)
    complete: bool = True
    names_of: Remembered | None = None


class Collector:
    """The readers' one way to report.

    Parameters
    ----------
    budget : Budget
        The limits of the whole call.
    file : str
        The embedded file that this collector reports on; empty for the file itself.
    results : Results, optional
        Shared results; new ones when left out.
    unseen : str
        What keeps the whole file out of sight (``"embedded file"``); every table of it is unseen
        then. Empty for the file itself.

    Examples
    --------
    >>> collector = Collector(Budget(100))
    >>> collector.add("hidden-sheet", Place(sheet="Data"))
    >>> collector.results.findings[0].severity
    'review'
    """

    def __init__(
        self,
        budget: Budget,
        file: str = "",
        results: Results | None = None,
        unseen: str = "",
    ) -> None:
        self.budget = budget
        self.file = file
        self.results = Results() if results is None else results
        self.unseen = unseen
        self.format = "unknown"

    def place(self, place: Place | None) -> Place:
        """Return the place as seen from the outermost file."""
        place = Place() if place is None else place
        return place.inside(self.file) if self.file else place

    def add(
        self,
        code: str,
        place: Place | None = None,
        *,
        count: int = 1,
        detail: str = "",
        severity: Severity | None = None,
        how_to_see: str | None = None,
        remedy: str | None = None,
    ) -> None:
        """Add a finding; severity and texts come from `codes.CODES` when left out.

        Parameters
        ----------
        code : str
            A key of `codes.CODES`.
        place : Place, optional
            Where; the file itself when left out.
        count : int
            How many of what `CODES[code].counts` names.
        detail : str
            What was found, without any value of the file.
        severity : {"note", "review", "refuse"}, optional
            Where this finding differs from its code's default.
        how_to_see, remedy : str, optional
            Where this finding's texts differ from its code's.
        """
        known = CODES[code]
        self.results.per_code[(self.file, code)] += 1
        kept = self.budget.limits.findings
        if self.results.per_code[(self.file, code)] > kept:
            if self.results.per_code[(self.file, code)] == kept + 1:
                self.unread(place, f"there are more than {kept} findings of the code {code}")
            return
        self.results.findings.append(
            Finding(
                code=code,
                severity=known.severity if severity is None else severity,
                place=self.place(place),
                count=count,
                how_to_see=known.how if how_to_see is None else how_to_see,
                remedy=known.remedy if remedy is None else remedy,
                detail=detail,
            )
        )

    def unread(self, place: Place | None, why: str, *, code: str = "not-fully-read") -> None:
        """Report that something could not be read (`code`: not-fully-read, unreadable, encrypted,
        unsupported-format); the draft is not complete from here on."""
        self.results.complete = False
        self.add(code, place, detail=why)

    def part(self, name: str) -> None:
        """Note that a part, stream or member was read."""
        self.results.parts.append(f"{self.file}!{name}" if self.file else name)

    @contextlib.contextmanager
    def guard(self, place: Place | None) -> Iterator[None]:
        """Turn whatever goes wrong in the block into `not-fully-read` at this place.

        A limit on the whole file (time, all bytes, cells) goes on upwards, so that reading ends.
        No exception's text is kept: it may hold a value of the file.
        """
        try:
            yield
        except LimitError as limit:
            if limit.whole:
                raise
            self.unread(place, str(limit), code=limit.code)
        except MemoryError:
            self.unread(place, "there was not enough memory")
        except RecursionError:
            self.unread(place, "it is nested too deeply")
        except Exception as problem:
            name = type(problem).__name__
            self.unread(place, f"it is damaged or not as its format says ({name})")

    def table(self, table: DraftTable, *, unseen_finding: bool = True) -> None:
        """Add a table as found by `find.find`, and the finding that goes with its kind.

        Parameters
        ----------
        table : DraftTable
            The table, its place as seen from this file.
        unseen_finding : bool
            False where another finding already tells of an unseen table that is not of people.
        """
        if self.unseen and table.visible:
            table = replace(table, visible=False, why_unseen=self.unseen)
        reasons = "; ".join(table.reasons)
        self.results.tables.append(replace(table, place=self.place(table.place)))
        if table.kind == "people":
            code = "people-table" if table.visible else "unseen-people-table"
            detail = reasons if table.visible else f"{table.why_unseen}; {reasons}"
            self.add(code, table.place, count=table.n_rows, detail=detail)
        elif table.kind in ("cases", "unclear") and table.visible:
            code = {"cases": "case-table", "unclear": "unclear-table"}[table.kind]
            self.add(code, table.place, count=table.n_rows, detail=reasons)
        elif table.kind in ("cases", "unclear"):
            detail = f"{table.why_unseen}; {reasons}"
            self.add("unseen-table", table.place, count=table.n_rows, detail=detail)
        elif not table.visible and unseen_finding:
            self.add("unseen-table", table.place, count=table.n_rows, detail=table.why_unseen)
        if table.small_cells and table.kind == "counts":
            severity: Severity = "note" if table.visible else "review"
            self.add("small-count", table.place, count=len(table.small_cells), severity=severity)

    def grid(
        self,
        grid: Grid,
        place: Place,
        *,
        visible: bool = True,
        why_unseen: str = "",
        unseen_finding: bool = True,
    ) -> list[DraftTable]:
        """Find the tables in a grid of cells and add each.

        Parameters
        ----------
        grid : Grid
            Cells of one sheet, cache or document table.
        place : Place
            The place without `cells`, which are filled in for each table.
        visible, why_unseen : bool, str
            Whether a reader sees it, and if not, what keeps it out of sight.
        unseen_finding : bool
            As in `table`.

        Returns
        -------
        list of DraftTable
            The tables found, their places as seen from this file.
        """
        from singleout.identifiers.person_names import Remembered
        from singleout.inspection.tables.find import find

        if self.results.names_of is None:
            self.results.names_of = Remembered()
        names_of = self.results.names_of
        tables = []
        for found in find(grid, place, visible=visible, why_unseen=why_unseen, names_of=names_of):
            self.budget.check_time()
            self.table(found, unseen_finding=unseen_finding)
            tables.append(found)
        if visible and len(grid):
            self.cells(grid, place, tables)
        return tables

    def cells(
        self, grid: Grid, place: Place, tables: Sequence[DraftTable], *, why_unseen: str = ""
    ) -> None:
        """Keep those cells that hold more than a value, for the judgement of all texts.

        Parameters
        ----------
        grid : Grid
            The cells.
        place : Place
            The place without `cells`.
        tables : sequence of DraftTable
            The tables among them: their labels and names are judged as tables.
        why_unseen : str
            What keeps the cells out of sight; empty where they are in sight.
        """
        from singleout.inspection.cells import judge_cells
        from singleout.inspection.counts_in_texts import judge_cells_for_counts
        from singleout.inspection.neighbours import distinct_texts, labels_among

        if grid.numeric.all():
            return
        texts, beside = distinct_texts(grid)
        labels = labels_among(texts, tables)
        seen = not why_unseen
        judge_cells(texts, place, self, labels=labels, beside=beside, seen=seen, what=why_unseen)
        judge_cells_for_counts(texts, place, self)

    def text(
        self,
        place: Place,
        texts: Iterable[str | None],
        *,
        sort: Sort,
        what: str = "",
        seen: bool = True,
        shown: str = "",
    ) -> None:
        """Keep texts for the judgement of all texts together, in the order in which they stand.

        Parameters
        ----------
        place : Place
            Where the texts are.
        texts : iterable of str or None
            The texts, each whole: a paragraph, a note, a text box.
        sort : str
            What kind of text it is, one of `passages.Sort`.
        what : str
            What they are, for a finding's detail (``"footnote"``).
        seen : bool
            Whether a reader sees them without doing anything.
        shown : str
            For links: the text on which the link lies.
        """
        there, seen = self.place(place), seen and not self.unseen
        kept = [text for text in texts if text and text.strip()]
        self.results.passages += [Passage(text, there, sort, seen, what, shown) for text in kept]
        if sort == "name" and any(map(names_person, kept)):
            self.add("name-in-place", place)

    def unseen_text(
        self, place: Place, texts: Iterable[str | None], *, what: str = "", sort: Sort = "kept"
    ) -> None:
        """Keep texts that a reader does not see, for the judgement of all texts together.

        Parameters
        ----------
        place : Place
            Where the texts are.
        texts : iterable of str or None
            The texts, each whole.
        what : str
            What they are, for the finding's detail (``"comment"``).
        sort : str
            What kind of text it is, one of `passages.Sort`.
        """
        self.text(place, texts, sort=sort, what=what, seen=False)

    def identifiers(self, place: Place, texts: Iterable[str | None], *, what: str = "") -> None:
        """Keep those of many values out of sight that hold an identifier or speak of somebody.

        Parameters
        ----------
        place : Place
            Where the values are.
        texts : iterable of str or None
            The values, such as the cells of a hidden sheet.
        what : str
            What they are, for the finding's detail (``"pivot cache"``).
        """
        import pyarrow as pa

        from singleout.inspection.cells import judge_cells

        distinct = sorted({text for text in texts if text})
        judge_cells(pa.array(distinct, pa.string()), place, self, seen=False, what=what)

    def names(self, names: Sequence[tuple[str, Place]], *, seen: bool = True) -> None:
        """Keep names of files, sheets and members, and report those that look like a person's."""
        for name, place in names:
            self.text(place, [name], sort="name", seen=seen)

    def open(
        self, name: str, data: bytes, depth: int, *, why_unseen: str = "embedded file"
    ) -> None:
        """Open an embedded file or archive member in turn, one deeper, by its content.

        Parameters
        ----------
        name : str
            Its part or member name (its place for the reader).
        data : bytes
            Its content.
        depth : int
            The depth of the file that it is in.
        why_unseen : str
            What keeps its tables out of sight; empty for members of a plain archive.
        """
        from singleout.draft.inspect import read_any

        inner = Collector(
            self.budget,
            f"{self.file}!{name}" if self.file else name,
            self.results,
            self.unseen or why_unseen,
        )
        with inner.guard(None):
            self.budget.check_depth(depth + 1)
            read_any(data, name.rsplit("/", 1)[-1], inner, self.budget, depth + 1)
