"""The text of a document's part, run by run: what of it a reader sees (ECMA-376 part 1, 17.3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from singleout.draft.docx_fast import WHOLE, Cut, PlainCell, PlainShape, slots
from singleout.draft.docx_fields import Fields
from singleout.draft.docx_names import (
    CHANGES,
    COMPATIBILITY,
    KIND,
    MATHEMATICS,
    first,
    tags,
    value,
    w_attribute,
)
from singleout.draft.docx_page import Box, drawn_box, frame_of, is_off
from singleout.draft.docx_shapes import box_background
from singleout.draft.docx_story import Line, Piece, Story
from singleout.draft.docx_styles import (
    AUTOMATIC,
    PLAIN,
    USUAL_SIZE,
    Look,
    Style,
    Styles,
    exact_line,
    indent_of,
    read_look,
    shading,
)
from singleout.draft.docx_tables import (
    TRANSPARENT,
    Cell,
    Placed,
    Table,
    TableLook,
    exact_height,
    read_tables,
    why_unseen_row,
)
from singleout.draft.limits import Budget
from singleout.draft.xml import namespace
from singleout.inspection.common.thresholds import LINE, SMALL
from singleout.inspection.common.thresholds import LOW as SHARE

_FALLBACK = f"{{{COMPATIBILITY}}}Fallback"
_INLINE = frozenset([*TRANSPARENT, "hyperlink", "fldSimple", "dir", "bdo", "rubyBase"])
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# Letters of a text that stands for many
_MANY = 8
# A text in a cell may go on as far as it likes
_ENDLESS = 1_000_000
# How a run may be out of sight -> its finding
HIDDEN, INVISIBLE, TINY, AWAY = "hidden-text", "invisible-text", "tiny-font", "cut-text"
LOW = "zero-size-row"


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """What holds for all runs of a paragraph."""

    style: str
    back: str | None
    table: Look
    exact: float
    high: float
    away: str


@dataclass(frozen=True, slots=True)
class _Box:
    """What a text box puts behind its text, and how it is out of sight itself."""

    back: str | None = None
    away: str = ""


_ON_PAGE = _Box()


@dataclass(frozen=True, slots=True)
class _PlainRow:
    """How the texts of rows of one shape are out of sight (``""``: in sight).

    Parameters
    ----------
    cells : tuple
        For each cell its paragraphs, for each of these its texts.
    unseen : str
        What keeps the whole row out of sight.
    columns : tuple of int or None
        The column of each text where all are in sight and no cell has more than one.
    """

    cells: tuple[tuple[tuple[str, ...], ...], ...]
    unseen: str
    columns: tuple[int, ...] | None


def read_story(root: etree._Element, styles: Styles, budget: Budget, cut: Cut = WHOLE) -> Story:
    """Read the text of one part.

    Parameters
    ----------
    root : lxml.etree._Element
        The part, or a piece of it.
    styles : Styles
        The document's styles.
    budget : Budget
        Charged for cells and time.
    cut : Cut
        Plain rows that were taken out of the part.
    """
    story = Story()
    story.tables, cells, runs = read_tables(root, styles, budget, cut)
    reader = _Reader(story, styles, cells)
    for i, element in enumerate(root.iter(*tags("p", "tr") if runs else tags("p"))):
        if i % 2048 == 0:
            budget.check_time()
        if KIND[element.tag] == "p":
            reader.paragraph(element)
        elif element in runs:
            reader.rows(runs[element])
            budget.check_time()
    story.fields.end()
    for change in root.iter(*tags(*CHANGES)):
        if w_attribute(change, "author") is not None or w_attribute(change, "id") is not None:
            story.changes[CHANGES[KIND[change.tag]]] += 1
            story.authors.add(w_attribute(change, "author") or "")
    story.deletions = sum(1 for _ in root.iter(*tags("delText")))
    return story


class _Reader:
    def __init__(self, story: Story, styles: Styles, cells: dict[etree._Element, Cell]) -> None:
        self.story = story
        self.styles = styles
        self.cells = cells
        self._boxes: dict[etree._Element, tuple[bool, _Box]] = {}
        self._plain: dict[_Paragraph, str] = {}  # how runs with no properties are out of sight
        self._rows: dict[tuple[TableLook, tuple[bool, ...], PlainShape], _PlainRow] = {}
        self._cells: dict[
            tuple[PlainCell, str | None, Look, float], tuple[tuple[str, ...], ...]
        ] = {}

    def paragraph(self, p: etree._Element) -> None:
        """Read one paragraph's runs, those of text boxes in it left for later."""
        cell, fallback, box = self._around(p)
        if fallback:
            return
        ppr = first(p, "pPr")
        context = self._context(ppr, cell, box, p)
        pieces: list[Piece] = []
        for run, state in _runs(p, self.story.fields):
            self._run(run, state, context, pieces)
        line = Line(tuple(pieces), cell)
        self.story.lines.append(line)
        text = line.seen
        if text.strip():
            self.story.seen.append(text)
        if cell is not None:
            if text.strip():
                cell.seen.append(text)
            unseen = "".join(text for text, how in pieces if how)
            if unseen:
                cell.unseen.append(unseen)

    def rows(self, placed: Placed) -> None:
        """Read a run of plain rows."""
        story, table = self.story, placed.table
        story.lines.append(Line((), Cell(placed.at, 0)))
        for row, (shape, texts) in enumerate(
            zip(placed.rows.shapes, placed.rows.texts, strict=True), placed.at
        ):
            if story.fields.in_code:
                for text in filter(None, texts):
                    story.fields.code(text)
                continue
            key = (placed.looks, placed.looks.kind(row), shape)
            known = self._rows.get(key)
            if known is None:
                known = self._rows[key] = self._plain_row(shape, row, placed.looks)
            if known.columns is None:
                self._plain_texts(known, shape, row, texts, table)
                continue
            for column, text in zip(known.columns, texts, strict=True):
                shown = text.strip()
                if shown:
                    story.seen.append(text)
                    table.seen.add(row, column, shown)

    def _plain_row(self, shape: PlainShape, row: int, looks: TableLook) -> _PlainRow:
        cells: list[tuple[tuple[str, ...], ...]] = []
        for column, cell in zip(shape.columns, shape.cells, strict=True):
            back, look = looks.of(row, column, column if column == shape.columns[-1] else -1)
            high = exact_height(shape.properties)
            if (cell, back, look, high) not in self._cells:
                self._cells[cell, back, look, high] = self._plain_cell(cell, back, look, high)
            cells.append(self._cells[cell, back, look, high])
        unseen = why_unseen_row(shape.properties) or looks.unseen
        simple = not unseen and all(
            cell.texts < 2 and not any(map(any, hows))
            for cell, hows in zip(shape.cells, cells, strict=True)
        )
        pairs = zip(shape.columns, shape.cells, strict=True)
        columns = tuple(column for column, cell in pairs if cell.texts)
        return _PlainRow(tuple(cells), unseen, columns if simple else None)

    def _plain_cell(
        self, cell: PlainCell, back: str | None, look: Look, high: float
    ) -> tuple[tuple[str, ...], ...]:
        """How the texts of a cell are out of sight, judged as `paragraph` and `_run` do."""
        tcpr = first(cell.element, "tcPr")
        direct = None if tcpr is None else shading(first(tcpr, "shd"), self.styles.theme)
        place = Cell(0, 0, direct or back, look, high=high)
        found: list[tuple[str, ...]] = []
        for p, runs in slots(cell):
            context = self._context(first(p, "pPr"), place, _ON_PAGE, p)
            found.append(tuple(self._how(first(run, "rPr"), context, _MANY) for run in runs))
        return tuple(found)

    def _plain_texts(
        self, known: _PlainRow, shape: PlainShape, row: int, texts: list[str], table: Table
    ) -> None:
        """Read a row with texts out of sight, or with cells of several texts."""
        left = iter(texts)
        for column, paragraphs in zip(shape.columns, known.cells, strict=True):
            lines: list[str] = []
            out: list[str] = []
            for hows in paragraphs:
                pieces = [self._piece(next(left), how) for how in hows]
                line = "".join(text for text, how in pieces if not how)
                if line.strip():
                    self.story.seen.append(line)
                    lines.append(line)
                unseen = "".join(text for text, how in pieces if how)
                if unseen:
                    out.append(unseen)
            table.put(row, column, lines, out, known.unseen)

    def _piece(self, text: str, how: str) -> Piece:
        """A run's text with how it is out of sight, which is noted; blanks are in sight."""
        if not how or not text.strip():
            return text, ""
        self.story.unseen.setdefault(how, []).append(text)
        return text, how

    def _around(self, p: etree._Element) -> tuple[Cell | None, bool, _Box]:
        """The cell that holds a paragraph, whether it is a fallback's, its text box."""
        parent = p.getparent()
        while parent is not None:
            kind = KIND.get(parent.tag)
            if kind == "tc":
                return self.cells.get(parent), False, _ON_PAGE
            if kind == "txbxContent":
                if parent not in self._boxes:
                    fallback = any(e.tag == _FALLBACK for e in parent.iterancestors())
                    self._boxes[parent] = fallback, self._box(parent)
                fallback, box = self._boxes[parent]
                return None, fallback, box
            if parent.tag == _FALLBACK:
                return None, True, _ON_PAGE
            if kind not in TRANSPARENT:
                return None, False, _ON_PAGE
            parent = parent.getparent()
        return None, False, _ON_PAGE

    def _box(self, content: etree._Element) -> _Box:
        paper, letters = self.styles.paper, sum(len(t.text or "") for t in content.iter(*tags("t")))
        away = AWAY if is_off(drawn_box(content, paper), paper, letters) else ""
        return _Box(box_background(content, self.styles.theme), away)

    def _context(
        self, ppr: etree._Element | None, cell: Cell | None, box: _Box, p: etree._Element
    ) -> _Paragraph:
        named = None if ppr is None else first(ppr, "pStyle")
        style = self.styles.paragraph if named is None else value(named) or ""
        whole: Style = self.styles.whole(style)
        own = None if ppr is None else shading(first(ppr, "shd"), self.styles.theme)
        exact = None if ppr is None else exact_line(ppr)
        exact = whole.exact if exact is None else exact
        return _Paragraph(
            style,
            own or whole.fill or (box.back if cell is None else cell.back) or self.styles.page,
            PLAIN if cell is None else cell.look,
            float("inf") if exact is None else exact,
            float("inf") if cell is None else cell.high,
            box.away or self._away(ppr, whole, p, cell) or self._under(cell),
        )

    def _away(
        self, ppr: etree._Element | None, style: Style, p: etree._Element, cell: Cell | None
    ) -> str:
        """Whether a paragraph, or the frame that it is in, lies off the page."""
        indent = None if ppr is None else indent_of(ppr)
        indent = style.indent if indent is None else indent
        frame = None if ppr is None else frame_of(ppr, self.styles.paper)
        if not indent and frame is None:
            return ""
        paper, letters = self.styles.paper, _ENDLESS
        if cell is None:
            letters = sum(len(t.text or "") for t in p.iter(*tags("t")))
        place = Box(x=paper.left + (indent or 0.0))
        off = is_off(place, paper, letters) or (frame is not None and is_off(frame, paper, letters))
        return AWAY if off else ""

    def _under(self, cell: Cell | None) -> str:
        """Whether a paragraph lies under the edge of a row of an exact height."""
        if cell is None:
            return ""
        size = self.styles.base.size or USUAL_SIZE
        top, cell.lines = cell.lines * LINE * size, cell.lines + 1
        return AWAY if top > 0 and top >= cell.high - LINE * size / 4 else ""

    def _run(
        self,
        run: etree._Element,
        state: str,
        context: _Paragraph,
        found: list[Piece],
    ) -> None:
        rpr: etree._Element | None = None
        pieces: list[str] = []
        story = self.story
        if namespace(run) in MATHEMATICS:
            pieces += [element.text or "" for element in run.iter("{*}t")]
        for child in run:
            kind = KIND.get(child.tag)
            if kind == "t":
                pieces.append(child.text or "")
            elif kind == "rPr":
                rpr = child
            elif kind == "delText":
                state = state or "deleted"
                pieces.append(child.text or "")
            elif kind in ("instrText", "delInstrText"):
                story.fields.code(child.text or "")
            elif kind == "fldChar":
                story.fields.mark(child)
            elif kind == "ruby":
                pieces += [t.text or "" for t in child.iter(*tags("t"))]
            elif kind in _SIGNS:
                pieces.append(_SIGNS[kind])
        text = "".join(pieces)
        if not text:
            return
        if state:
            (story.moved if state == "moved" else story.deleted).append(text)
            found.append((text, state))
            return
        if story.fields.in_code:
            story.fields.code(text)
            return
        story.fields.shown(text)
        how = self._how(rpr, context, len(text.strip())) if text.strip() else ""
        found.append(self._piece(text, how))

    def _how(self, rpr: etree._Element | None, context: _Paragraph, letters: int) -> str:
        """How a run is out of sight: a finding's code, or nothing."""
        if rpr is None:
            if context not in self._plain:
                self._plain[context] = self._judge(PLAIN, "", context, letters)
            return self._plain[context]
        named = first(rpr, "rStyle")
        direct = read_look(rpr, self.styles.theme)
        if named is None and direct == PLAIN:
            return self._how(None, context, letters)
        return self._judge(direct, "" if named is None else value(named) or "", context, letters)

    def _judge(self, direct: Look, character: str, context: _Paragraph, letters: int) -> str:
        look = self.styles.look(direct, character, context.style, context.table)
        size = look.size or USUAL_SIZE
        if look.vanish:
            return HIDDEN
        back = look.back if look.back not in (None, AUTOMATIC) else context.back
        if not look.unlike(back):
            return INVISIBLE
        if size < SMALL or look.squeezed(letters) or context.exact < SHARE * size:
            return TINY
        if context.high < SHARE * size:
            return LOW
        off = look.position is not None and abs(look.position) >= self.styles.paper.height / 2
        return AWAY if off else context.away


def _runs(p: etree._Element, fields: Fields) -> Iterator[tuple[etree._Element, str]]:
    """Each run of a paragraph with ``deleted``, ``moved`` or nothing."""
    waiting = [(iter(p), "")]
    while waiting:
        child = next(waiting[-1][0], None)
        if child is None:
            waiting.pop()
            continue
        state = waiting[-1][1]
        kind = KIND.get(child.tag)
        if kind == "r" or (kind is None and namespace(child) in MATHEMATICS):
            yield child, state
        elif kind in _INLINE:
            if kind == "fldSimple":
                result = "".join(text.text or "" for text in child.iter(*tags("t")))
                fields.simple(w_attribute(child, "instr") or "", result)
            state = {"del": "deleted", "moveFrom": "moved"}.get(kind or "", state)
            waiting.append((iter(child), state))
