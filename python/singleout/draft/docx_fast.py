"""Rows of plain cells taken out of a document before it is parsed, many times as fast.

Tables of thousands of rows repeat the same markup around their texts. A row is plain if it is
text in cells made of paragraphs and runs, with formatting from a short list. Each run of plain rows
is replaced by one empty row that names it; each distinct markup of a cell goes through the parser
once, and through the reader of runs once for each look that its table gives it. Whatever is unusual
anywhere stays and is read element by element. A property test holds the two equal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from lxml import etree

from singleout.draft.docx_names import TRANSITIONAL, first, value
from singleout.draft.docx_styles import number
from singleout.draft.limits import Budget
from singleout.draft.xml import plain, resolved

_START, _END, _CELL = b"<w:tr", b"</w:tr>", b"<w:tc>"
_TEXT = re.compile(rb'<w:t(?: xml:space="preserve")?>([^<]*)</w:t>')
# What stands for a text; markup that has it already is not plain, as the number of texts tells
_SLOT = b"<w:t/>"
# Ids that differ in every paragraph and say nothing: their values are made equal, and they stay in
# place, so that the parser sees an attribute that is there twice
_IDS = re.compile(rb' w14:paraId="[0-9A-F]{8}"')
_REVISIONS = re.compile(rb' (w:rsid[A-Za-z]*)="[0-9A-F]{8}"')
_ROOT = re.compile(rb"(?:\xef\xbb\xbf)?(?:<\?xml[^<>]*\?>)?\s*(<w:document\s[^<>]*>)")
_ENCODING = re.compile(rb'encoding\s*=\s*["\'](?!(?i:utf-8)["\'])')
_LINKS = re.compile(rb' r:id="rId[0-9]+"')
# The prefixes of plain rows: `_name` knows the elements and attributes of no others
_PREFIXES = re.compile(rb"xmlns:w(?:14)?\s*=")
_SPACE = f"{{{TRANSITIONAL}}}"
_ATTRIBUTES = (
    _SPACE,
    "{http://schemas.microsoft.com/office/word/2010/wordml}",
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}",
)
# Formatting that no finding is about, or that `docx_styles` reads: by what holds it
_PROPERTIES: dict[str, frozenset[str]] = {
    kind: frozenset(names.split())
    for kind, names in {
        "trPr": """cantSplit cnfStyle gridAfter hidden jc tblCellSpacing tblHeader trHeight
            wAfter""",
        "tcPr": """cnfStyle gridSpan hideMark noWrap shd tcBorders tcFitText tcMar tcW
            textDirection vAlign vMerge
            top left start bottom right end insideH insideV tl2br tr2bl""",
        "pPr": """adjustRightInd autoSpaceDE autoSpaceDN bidi cnfStyle contextualSpacing ind jc
            keepLines keepNext kinsoku outlineLvl pBdr pStyle rPr shd snapToGrid spacing
            suppressAutoHyphens suppressLineNumbers tab tabs textAlignment widowControl wordWrap
            top left bottom right between bar""",
        "rPr": """b bCs bdr caps color cs em highlight i iCs kern lang noProof outline position
            rFonts rStyle rtl shadow shd smallCaps spacing strike sz szCs u vanish vertAlign w""",
    }.items()
}
# Shorter runs are not worth the cut. More markups than this do not repeat. libxml2 refuses texts
# of 10,000,000 bytes, and the format columns from the 64th on; rows near that are not plain.
_SHORTEST, _MOST_MARKUPS = 32, 4_000
_LONGEST, _WIDEST = 1_000_000, 1_024
# Columns beyond this are left out
WIDEST = 16_384


@dataclass(eq=False, slots=True)
class PlainCell:
    """One distinct markup of a cell.

    Parameters
    ----------
    element : lxml.etree._Element
        The cell, with an empty ``w:t`` for each text.
    texts : int
        How many texts it has.
    span, merge : int, str
        As `spans` gives them.
    """

    element: etree._Element
    texts: int
    span: int
    merge: str


@dataclass(eq=False, slots=True)
class PlainShape:
    """Rows with the same markup: their properties, their cells, and in which columns these are."""

    properties: etree._Element | None
    cells: tuple[PlainCell, ...]
    columns: tuple[int, ...]
    merged: bool


@dataclass(slots=True)
class PlainRows:
    """A run of rows: the shape and the texts of each; links in them, each by its relationship and
    the text it lies on."""

    start: int
    stop: int
    shapes: list[PlainShape] = field(default_factory=list)
    texts: list[list[str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)


class Cut:
    """Runs of plain rows, and the attribute by which a row in the tree names one.

    Parameters
    ----------
    mark : str
        The attribute's name.
    runs : list of PlainRows
        The runs.
    """

    def __init__(self, mark: str = "", runs: Sequence[PlainRows] = ()) -> None:
        self.mark = mark
        self.runs = runs

    def of(self, row: etree._Element) -> PlainRows | None:
        """Return the run that stands at a row of the tree; None for a row that is its own."""
        named = row.get(self.mark) if self.runs else None
        return None if named is None else self.runs[int(named)]

    def rest(self, data: bytes) -> bytes:
        """Return the part with each run replaced by one empty row."""
        pieces: list[bytes] = []
        kept = 0
        for n, run in enumerate(self.runs):
            pieces += [data[kept : run.start], f'<w:tr {self.mark}="{n}"/>'.encode()]
            kept = run.stop
        return b"".join([*pieces, data[kept:]]) if pieces else data

    def placed(self, root: etree._Element) -> Cut:
        """Return the runs that lie in tables of the body itself: no other element's text has them.

        Parameters
        ----------
        root : lxml.etree._Element
            `rest` as parsed.
        """
        if not self.runs:
            return self
        placed = {
            int(row.get(self.mark, ""))
            for body in root.iterchildren(f"{_SPACE}body")
            for table in body.iterchildren(f"{_SPACE}tbl")
            for row in table.iterchildren(f"{_SPACE}tr")
            if row.get(self.mark) is not None
        }
        return Cut(self.mark, [run for n, run in enumerate(self.runs) if n in placed])


WHOLE = Cut()


def cut_rows(data: bytes, budget: Budget) -> Cut:
    """Find the runs of plain rows of a document's main part.

    Parameters
    ----------
    data : bytes
        The part.
    budget : Budget
        Charged for time; the cells are charged where they are placed.

    Returns
    -------
    Cut
        The runs; none where the part cannot be read by its bytes.
    """
    root = _ROOT.match(data)
    if root is None or _ENCODING.search(data, 0, root.start(1)):
        return WHOLE
    if root[1].count(f'xmlns:w="{TRANSITIONAL}"'.encode()) != 1:
        return WHOLE
    mark = "cutrows"
    while mark.encode() in data:
        mark += "s"
    reader = _Reader(root[1])
    runs: list[PlainRows] = []
    at = 0
    while (start := data.find(_START, at)) >= 0:
        run = reader.run(data, start, budget)
        if len(run.texts) >= _SHORTEST:
            runs.append(run)
        at = max(run.stop, start + len(_START))
    found = Cut(mark, runs)
    # Elsewhere declared, a prefix may mean something else
    if not runs or len(_PREFIXES.findall(found.rest(data))) > len(_PREFIXES.findall(root[1])):
        return WHOLE
    return found


class _Reader:
    """Rows by their bytes."""

    def __init__(self, root: bytes) -> None:
        self.before = root + b"<w:body><w:tbl>"
        self.after = b"</w:tbl></w:body></w:document>"
        self._cells: dict[bytes, PlainCell | None] = {}
        self._heads: dict[bytes, etree._Element | None] = {}
        self._shapes: dict[tuple[etree._Element, tuple[PlainCell, ...]], PlainShape] = {}
        self._texts: dict[str, str] = {}

    def run(self, data: bytes, start: int, budget: Budget) -> PlainRows:
        """Read plain rows from here on, up to one that is not."""
        run = PlainRows(start, start)
        while data.startswith((b"<w:tr>", b"<w:tr "), run.stop):
            end = data.find(_END, run.stop, run.stop + _LONGEST)
            if end < 0 or not self._row(run, data[run.stop : end]):
                break
            run.stop = end + len(_END)
            if len(run.texts) % 256 == 0:
                budget.check_time()
        return run

    def _row(self, run: PlainRows, row: bytes) -> bool:
        """Add a row, its end tag left out, and tell whether it was plain."""
        raw = _TEXT.findall(row)
        markup = _IDS.sub(b' w14:paraId="0"', _TEXT.sub(_SLOT, row))
        if b"<w:hyperlink" in markup:
            markup = _LINKS.sub(b' r:id="0"', markup)
        head, *pieces = markup.split(_CELL)
        texts = self._decoded(raw)
        properties = self._head(head)
        if texts is None or properties is None or not 0 < len(pieces) <= _WIDEST:
            return False
        cells: list[PlainCell] = []
        for piece in pieces:
            cell = self._cells[piece] if piece in self._cells else self._cell(piece)
            if cell is None:
                return False
            cells.append(cell)
        if sum(cell.texts for cell in cells) != len(texts):
            return False
        key = (properties, tuple(cells))
        shape = self._shapes.get(key)
        if shape is None:
            *columns, wide = accumulate((cell.span for cell in cells), initial=0)
            if wide > _WIDEST:
                return False
            merged = wide > len(cells) or any(cell.merge for cell in cells)
            shape = PlainShape(first(properties, "trPr"), key[1], tuple(columns), merged)
            self._shapes[key] = shape
        run.shapes.append(shape)
        run.texts.append(texts)
        if b"<w:hyperlink" in row:
            run.links += self._links(row)
        return True

    def _links(self, row: bytes) -> Iterator[tuple[str, str]]:
        """Links of a plain row: after each start tag stand its runs."""
        for piece in row.split(b"<w:hyperlink")[1:]:
            tag, _, inside = piece.partition(b"</w:hyperlink")[0].partition(b">")
            found = _LINKS.search(tag)
            if found is not None:
                texts = self._decoded(_TEXT.findall(inside)) or []
                yield found[0][len(b' r:id="') : -1].decode(), "".join(texts)

    def _decoded(self, raw: list[bytes]) -> list[str] | None:
        """Texts as a parser would give them; None if it would refuse or change one."""
        joined = b"\n".join(raw)
        if b"\r" in joined or not plain(joined):
            return None
        try:
            texts = joined.decode().split("\n") if raw else []
        except UnicodeDecodeError:
            return None
        if len(texts) != len(raw):
            return None
        if b"&" in joined:
            texts = [resolved(text) for text in texts]
        return [self._texts.setdefault(text, text) for text in texts]

    def _head(self, head: bytes) -> etree._Element | None:
        """A row's start tag and properties."""
        if head not in self._heads:
            if len(self._heads) >= _MOST_MARKUPS:
                return None
            same = _REVISIONS.sub(rb' \1="0"', head)
            if same == head:
                row = self._parsed(head + _END)
                self._heads[head] = row if row is not None and _is_head(row) else None
            else:
                self._heads[head] = self._head(same)
        return self._heads[head]

    def _cell(self, piece: bytes) -> PlainCell | None:
        """A cell's markup after its start tag."""
        if piece not in self._cells:
            if len(self._cells) >= _MOST_MARKUPS:
                return None
            same = _REVISIONS.sub(rb' \1="0"', piece)
            if same == piece:
                cell = self._parsed(_START + b">" + _CELL + piece + _END)
                texts = -1 if cell is None or len(cell) != 1 else _texts_of(cell[0])
                self._cells[piece] = None
                if cell is not None and texts >= 0:
                    span, merge = spans(first(cell[0], "tcPr"))
                    self._cells[piece] = PlainCell(cell[0], texts, span, merge)
            else:
                self._cells[piece] = self._cell(same)
        return self._cells[piece]

    def _parsed(self, row: bytes) -> etree._Element | None:
        """The row as the parser sees it at its place; None if it refuses it."""
        if b"xmlns" in row:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            element = etree.fromstring(self.before + row + self.after, parser)
        except etree.XMLSyntaxError:
            return None
        for _ in ("body", "tbl", "tr"):  # markup that ends what it did not begin leaves more
            if len(element) != 1 or element.text or element[0].tail:
                return None
            element = element[0]
        return element


def _is_head(row: etree._Element) -> bool:
    """Whether a row holds nothing but formatting."""
    if _name(row) != "tr" or len(row) > 1:
        return False
    return all(_name(child) == "trPr" and _only_formats(child) for child in row)


def _texts_of(cell: etree._Element) -> int:
    """How many texts a plain cell has; -1 if it is not plain."""
    if _name(cell) != "tc":
        return -1
    blocks = list(cell)
    if blocks and _name(blocks[0]) == "tcPr" and not _only_formats(blocks.pop(0)):
        return -1
    if not blocks:
        return -1
    counts = [_texts_in(block) if _name(block) == "p" else -1 for block in blocks]
    return -1 if min(counts) < 0 else sum(counts)


def _texts_in(holder: etree._Element) -> int:
    """How many texts a plain paragraph or link has, at most one a run; -1 if it is not plain."""
    found = 0
    for n, child in enumerate(holder):
        name = _name(child)
        if name == "pPr" and n == 0:
            texts = 0 if _only_formats(child) else -1
        elif name == "r":
            texts = _texts_of_run(child)
        elif name == "hyperlink" and child.get(f"{_SPACE}tooltip") is None:
            texts = _texts_in(child)
        else:
            texts = 0 if name == "proofErr" and not len(child) else -1
        if texts < 0:
            return -1
        found += texts
    return found


def _texts_of_run(run: etree._Element) -> int:
    pieces = list(run)
    if pieces and _name(pieces[0]) == "rPr" and not _only_formats(pieces.pop(0)):
        return -1
    if pieces and _name(pieces[0]) == "lastRenderedPageBreak" and not len(pieces[0]):
        pieces.pop(0)
    if not pieces:
        return 0
    return 1 if len(pieces) == 1 and _name(pieces[0]) == "t" and not len(pieces[0]) else -1


def _only_formats(properties: etree._Element) -> bool:
    """Whether properties hold formatting of the short list only."""
    for holder in properties.iter():
        name = _name(holder)
        if name not in _PROPERTIES and holder is properties:
            return False
        parent = holder.getparent()
        if holder is not properties and parent is not None:
            above = _name(parent)
            outer = above if above in _PROPERTIES else _name(properties)
            if name not in _PROPERTIES[outer]:
                return False
    return True


def _name(element: etree._Element) -> str:
    """An element's local name; empty where it is none of the main namespace, has text, a tail, or
    an attribute of another namespace than the format's own."""
    tag = element.tag
    if not isinstance(tag, str) or not tag.startswith(_SPACE) or element.text or element.tail:
        return ""
    for key in element.attrib:
        if not str(key).startswith(_ATTRIBUTES):
            return ""
    return tag[len(_SPACE) :]


def spans(tcpr: etree._Element | None) -> tuple[int, str]:
    """Columns that a cell spans, and its part in a vertical merge: restart, continue or none."""
    if tcpr is None:
        return 1, ""
    span, merge = first(tcpr, "gridSpan"), first(tcpr, "vMerge")
    wide = 1 if span is None else int(number(value(span), 1))
    return max(1, min(wide, WIDEST)), "" if merge is None else value(merge) or "continue"


def slots(cell: PlainCell) -> Iterator[tuple[etree._Element, list[etree._Element]]]:
    """Iterate over a plain cell's paragraphs with their runs, one for each text."""
    for paragraph in cell.element.iterchildren(f"{_SPACE}p"):
        yield paragraph, [text.getparent() for text in paragraph.iter(f"{_SPACE}t")]
