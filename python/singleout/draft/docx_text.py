"""The text of a document's part, run by run: what of it a reader sees (ECMA-376 part 1, 17.3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from singleout.draft.docx_fields import Fields
from singleout.draft.docx_names import CHANGES, COMPATIBILITY, KIND, first, tags, value, w_attribute
from singleout.draft.docx_shapes import box_background
from singleout.draft.docx_styles import (
    AUTOMATIC,
    PLAIN,
    Look,
    Style,
    Styles,
    exact_line,
    read_look,
    shading,
)
from singleout.draft.docx_tables import TRANSPARENT, Cell, Table, read_tables
from singleout.draft.limits import Budget
from singleout.draft.xlsx_styles import TINY

_FALLBACK = f"{{{COMPATIBILITY}}}Fallback"
_INLINE = frozenset([*TRANSPARENT, "hyperlink", "fldSimple", "dir", "bdo", "rubyBase"])
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# How a run may be out of sight -> its finding
HIDDEN, INVISIBLE, SMALL = "hidden-text", "invisible-text", "tiny-font"


@dataclass(slots=True)
class Story:
    """What the runs of one part say.

    Parameters
    ----------
    seen : list of str
        Paragraphs' text in sight.
    unseen : dict
        Finding code -> texts of the runs that it is about.
    deleted, moved : list of str
        Runs deleted, and runs moved from where they are, by change tracking.
    deletions : int
        Elements of deleted text.
    changes : Counter of str
        Tracked changes by kind.
    authors : set of str
        Who made them.
    tables : list of Table
        Tables with their texts.
    fields : Fields
        Field codes.
    """

    seen: list[str] = field(default_factory=list)
    unseen: dict[str, list[str]] = field(default_factory=dict)
    deleted: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    deletions: int = 0
    changes: Counter[str] = field(default_factory=Counter)
    authors: set[str] = field(default_factory=set)
    tables: list[Table] = field(default_factory=list)
    fields: Fields = field(default_factory=Fields)


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """What holds for all runs of a paragraph."""

    style: str
    back: str | None
    table: Look
    exact: bool


def read_story(root: etree._Element, styles: Styles, budget: Budget) -> Story:
    """Read the text of one part.

    Parameters
    ----------
    root : lxml.etree._Element
        The part, or a piece of it.
    styles : Styles
        The document's styles.
    budget : Budget
        Charged for cells and time.
    """
    story = Story()
    story.tables, cells = read_tables(root, styles, budget)
    reader = _Reader(story, styles, cells)
    for i, paragraph in enumerate(root.iter(*tags("p"))):
        if i % 2048 == 0:
            budget.check_time()
        reader.paragraph(paragraph)
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
        self._boxes: dict[etree._Element, tuple[bool, str | None]] = {}
        self._plain: dict[_Paragraph, str] = {}  # how runs with no properties are out of sight

    def paragraph(self, p: etree._Element) -> None:
        """Read one paragraph's runs, those of text boxes in it left for later."""
        cell, fallback, box = self._around(p)
        if fallback:
            return
        ppr = first(p, "pPr")
        context = self._context(ppr, cell, box)
        seen: list[str] = []
        unseen: list[str] = []
        for run, state in _runs(p, self.story.fields):
            self._run(run, state, context, seen, unseen)
        text = "".join(seen)
        if text.strip():
            self.story.seen.append(text)
        if cell is not None:
            if text.strip():
                cell.seen.append(text)
            if unseen:
                cell.unseen.append("".join(unseen))

    def _around(self, p: etree._Element) -> tuple[Cell | None, bool, str | None]:
        """The cell that holds a paragraph, whether it is a fallback's, its text box's colour."""
        parent = p.getparent()
        while parent is not None:
            kind = KIND.get(parent.tag)
            if kind == "tc":
                return self.cells.get(parent), False, None
            if kind == "txbxContent":
                if parent not in self._boxes:
                    fallback = any(e.tag == _FALLBACK for e in parent.iterancestors())
                    self._boxes[parent] = fallback, box_background(parent, self.styles.theme)
                fallback, colour = self._boxes[parent]
                return None, fallback, colour
            if parent.tag == _FALLBACK:
                return None, True, None
            if kind not in TRANSPARENT:
                return None, False, None
            parent = parent.getparent()
        return None, False, None

    def _context(
        self, ppr: etree._Element | None, cell: Cell | None, box: str | None
    ) -> _Paragraph:
        named = None if ppr is None else first(ppr, "pStyle")
        style = self.styles.paragraph if named is None else value(named) or ""
        whole: Style = self.styles.whole(style)
        own = None if ppr is None else shading(first(ppr, "shd"), self.styles.theme)
        exact = None if ppr is None else exact_line(ppr)
        return _Paragraph(
            style,
            own or whole.fill or (box if cell is None else cell.back) or self.styles.page,
            PLAIN if cell is None else cell.look,
            bool(whole.exact if exact is None else exact),
        )

    def _run(
        self,
        run: etree._Element,
        state: str,
        context: _Paragraph,
        seen: list[str],
        unseen: list[str],
    ) -> None:
        rpr: etree._Element | None = None
        pieces: list[str] = []
        story = self.story
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
            unseen.append(text)
            return
        if story.fields.in_code:
            story.fields.code(text)
            return
        how = self._how(rpr, context) if text.strip() else ""
        if how:
            story.unseen.setdefault(how, []).append(text)
            unseen.append(text)
        else:
            seen.append(text)

    def _how(self, rpr: etree._Element | None, context: _Paragraph) -> str:
        """How a run is out of sight: a finding's code, or nothing."""
        if rpr is None:
            if context not in self._plain:
                self._plain[context] = self._judge(PLAIN, "", context)
            return self._plain[context]
        named = first(rpr, "rStyle")
        direct = read_look(rpr, self.styles.theme)
        if named is None and direct == PLAIN:
            return self._how(None, context)
        return self._judge(direct, "" if named is None else value(named) or "", context)

    def _judge(self, direct: Look, character: str, context: _Paragraph) -> str:
        look = self.styles.look(direct, character, context.style, context.table)
        if look.vanish:
            return HIDDEN
        back = look.back if look.back not in (None, AUTOMATIC) else context.back
        if look.clear or (look.colour not in (None, AUTOMATIC) and look.colour == back):
            return INVISIBLE
        if context.exact or (look.size is not None and look.size < TINY):
            return SMALL
        return ""


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
        if kind == "r":
            yield child, state
        elif kind in _INLINE:
            if kind == "fldSimple":
                fields.simple(w_attribute(child, "instr") or "")
            state = {"del": "deleted", "moveFrom": "moved"}.get(kind or "", state)
            waiting.append((iter(child), state))
