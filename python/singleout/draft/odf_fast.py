"""Rows of plain cells taken out of a content part before it is parsed, several times as fast.

A row is plain if it holds only cells, each with at most one paragraph of text and with attributes
of a short list. Each run of plain rows is replaced by one empty row that names the run; whatever is
unusual anywhere stays and is read element by element. A property test holds the two equal.
"""

from __future__ import annotations

import re
from array import array

import numpy as np
from lxml import etree

from singleout.draft.limits import Budget
from singleout.draft.odf_names import SPACES
from singleout.draft.odf_raw import EDGE, FLUSH, RawTable, untold
from singleout.draft.xml import plain, resolved

_START, _END = b"<table:table-row", b"</table:table-row>"
# A cell's start tag, and the mark of a number taken out of it
_HELD = b" held"
_TAG = re.compile(rb"table:(covered-|)table-cell((?:\s+[^<>/\"]+\"[^<>\"]*\")*)\s*(/?)>( held)?")
_ATTRIBUTE = re.compile(rb'(?<!\s)\s++([\w:.-]++)\s*+=\s*+"([^"<>\n\t]*)"')
_VALUE = b' office:value="'
_FIGURES = b"0123456789.,+-/:% "
_NUMBERS = ("float", "currency", "percentage")
_CELL_ATTRIBUTES = frozenset(
    [
        "table:style-name",
        "office:value-type",
        "calcext:value-type",
        "office:currency",
        "office:date-value",
        "office:boolean-value",
        "table:number-columns-repeated",
    ]
)
_ROW_ATTRIBUTES = frozenset(
    [
        "table:style-name",
        "table:default-cell-style-name",
        "table:number-rows-repeated",
        "table:visibility",
    ]
)
# Shorter runs are not worth the cut; more repetition than this is left to the careful reader
_SHORTEST, _MOST_REPEATED = 32, 4096


class _NotPlain(Exception):
    """The row must be read element by element."""


def cut_rows(data: bytes, budget: Budget) -> tuple[bytes, str, list[RawTable]]:
    """Take runs of plain rows out of a content part.

    Parameters
    ----------
    data : bytes
        ``content.xml``.
    budget : Budget
        Charged for cells and time.

    Returns
    -------
    rest : bytes
        The part, each run replaced by one row.
    mark : str
        The attribute by which such a row names its run.
    runs : list of RawTable
        The runs, rows counted from 0.
    """
    mark = "run"
    while mark.encode() in data:
        mark += "n"
    if not _fit(data):
        return data, mark, []
    reader = _Reader(budget)
    pieces: list[bytes] = []
    runs: list[RawTable] = []
    kept = at = 0
    while True:
        start = data.find(_START, at)
        if start < 0:
            break
        run, stop, count = reader.run(data, start)
        if count >= _SHORTEST:
            pieces += [data[kept:start], f'<table:table-row {mark}="{len(runs)}"/>'.encode()]
            runs.append(run)
            kept = stop
        at = max(stop, start + len(_START))
    pieces.append(data[kept:])
    return b"".join(pieces) if runs else data, mark, runs


def _fit(data: bytes) -> bool:
    """Whether tags can be told by their bytes: UTF-8, the usual prefixes, nothing but elements."""
    head = data[:200]
    coded = re.search(rb'encoding\s*=\s*["\']([\w-]+)', head)
    if coded is not None and coded[1].lower() != b"utf-8":
        return False
    if head.startswith((b"\xff", b"\xfe", b"\x00")) or b"\r" in data or data.count(b"<?") > 1:
        return False
    if b"<!" in data or not plain(data):
        return False
    first = data.find(b"<office:document-content")
    root = data[first : data.find(b">", first) + 1] if first >= 0 else b""
    if data.count(b"xmlns:") != root.count(b"xmlns:"):
        return False
    for prefix in ("office", "table", "text"):
        if f' xmlns:{prefix}="{SPACES[prefix]}"'.encode() not in root.replace(b"\n", b" "):
            return False
    return True


class _Reader:
    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self._cells: dict[bytes, _Look] = {}
        self._rows: dict[bytes, tuple[str, str, int, str]] = {}
        self._shapes: dict[tuple[tuple[_Look | int, ...], str], _Shape] = {}
        self._names: dict[str, int] = {"": 0}

    def run(self, data: bytes, start: int) -> tuple[RawTable, int, int]:
        """Read plain rows from here on: them, where they stop, and how many there are."""
        table = RawTable(etree.Element("run"), names=self._names)
        at, count = start, 0
        while data.startswith(_START, at):
            end = data.find(_END, at)
            if end < 0:
                break
            try:
                self._row(table, data[at:end])
            except (_NotPlain, UnicodeDecodeError):
                break
            count += 1
            at = end + len(_END)
            while data[at : at + 1] in (b" ", b"\n", b"\t"):
                at += 1
        table.flush()
        return table, at, count

    def _row(self, table: RawTable, row: bytes) -> None:
        pieces = row.split(b"<")
        if b"&" in row:
            pieces = [_plain(piece) for piece in pieces]
        style, default, repeat, visibility = self._row_settings(pieces[1])
        shape: list[_Look | int] = []
        texts: list[bytes] = []
        covers = bytearray()
        at, known, count = 2, self._cells, len(pieces)
        pieces += (b"", b"", b"")
        while at < count:
            tag = pieces[at]
            value = b""
            look = known.get(tag)
            if look is None:
                tag, value = _without_value(tag)
                look = known.get(tag)
                if look is None:
                    look = known[tag] = self._cell(tag)
            text = b""
            if look.closed:
                at += 1
            elif pieces[at + 3] == look.end and pieces[at + 2] == b"/text:p>":
                text = pieces[at + 1]
                if text[:7] != b"text:p>":
                    raise _NotPlain
                text = text[7:]
                at += 4
            elif pieces[at + 1] == look.end:
                at += 2
            else:
                raise _NotPlain
            content = look.content or value or text
            if content is not text and text != content and text.translate(None, _FIGURES):
                table.keep(text.decode())
            if content:
                shape.append(look)
                texts.append(content)
                covers.append(
                    content is not text
                    and text != b""
                    and untold(content.decode(), text.decode(), look.numeric)
                )
            else:
                shape.append(look.many)
        self._put(table, tuple(shape), texts, covers, default, repeat, visibility, style)

    def _put(
        self,
        table: RawTable,
        shape: tuple[_Look | int, ...],
        texts: list[bytes],
        covers: bytearray,
        default: str,
        repeat: int,
        visibility: str,
        style: str,
    ) -> None:
        """Set down a row's cells, as often as they are repeated."""
        key = (shape, default)
        if key not in self._shapes:
            self._shapes[key] = _Shape(shape, table.style_id(default), table.names)
        cells = self._shapes[key]
        width = len(cells.columns)
        if width * repeat > _MOST_REPEATED and repeat > 1:
            raise _NotPlain
        if cells.again is not None:
            texts = [text for text, n in zip(texts, cells.again, strict=True) for _ in range(n)]
            covers = bytearray(
                cover for cover, n in zip(covers, cells.again, strict=True) for _ in range(n)
            )
        if repeat > 1 or cells.again is not None:
            table.repeated += width * repeat
            if table.repeated > self.budget.limits.repeated_cells // 4:
                raise _NotPlain
        table.settings(style, visibility, repeat, folded=False)
        for again in range(repeat if width else 0):
            table.rows.extend([table.at + again] * width)
            table.columns.extend(cells.columns)
            table.styles.extend(cells.styles)
            table.numeric += cells.numeric
            table.covered += cells.covered
            table.untold += covers
            table.texts += texts
        self.budget.used_cells += width * repeat
        table.at = min(table.at + repeat, EDGE)
        if len(table.texts) >= FLUSH:
            self.budget.charge_cells(0)
            table.flush()

    def _row_settings(self, head: bytes) -> tuple[str, str, int, str]:
        """Style, default style of cells, repetition and visibility of a row."""
        if head not in self._rows:
            if not head.endswith(b">") or head.endswith(b"/>"):
                raise _NotPlain
            found = _attributes(head[len(_START) - 1 : -1], _ROW_ATTRIBUTES)
            repeat = found.get("table:number-rows-repeated", "1")
            if not repeat.isdigit():
                raise _NotPlain
            self._rows[head] = (
                found.get("table:style-name", ""),
                found.get("table:default-cell-style-name", ""),
                max(1, min(int(repeat), EDGE)),
                found.get("table:visibility", ""),
            )
        return self._rows[head]

    def _cell(self, tag: bytes) -> _Look:
        """What a cell's tag says beside a number."""
        match = _TAG.fullmatch(tag)
        if match is None:
            raise _NotPlain
        found = _attributes(match[2], _CELL_ATTRIBUTES)
        many = found.get("table:number-columns-repeated", "1")
        kind = found.get("office:value-type", "")
        if not many.isdigit() or (match[4] is not None and kind not in _NUMBERS):
            raise _NotPlain
        content = ""
        if kind == "date":
            content = found.get("office:date-value", "").removesuffix("T00:00:00")
        elif kind == "boolean":
            content = found.get("office:boolean-value", "").upper()
        elif kind not in ("", "string", *_NUMBERS):
            raise _NotPlain
        return _Look(
            found.get("table:style-name", ""),
            kind in _NUMBERS and match[4] is not None,
            bool(match[1]),
            max(1, min(int(many), EDGE)),
            content.encode(),
            bool(match[3]),
            b"/table:%btable-cell>" % match[1],
        )


class _Look:
    """What the tag of a cell says, its number left out; compared by identity."""

    __slots__ = ("closed", "content", "covered", "end", "many", "numeric", "style")

    def __init__(
        self,
        style: str,
        numeric: bool,
        covered: bool,
        many: int,
        content: bytes,
        closed: bool,
        end: bytes,
    ) -> None:
        self.style = style
        self.numeric = numeric
        self.covered = covered
        self.many = many
        self.content = content
        self.closed = closed
        self.end = end


class _Shape:
    """Where the cells with content of rows of one shape are, and what their tags say.

    Parameters
    ----------
    shape : tuple
        For each cell of the row what its tag says, or the columns that it takes if it is empty.
    default : int
        The style of cells without one.
    names : dict
        Styles' indices.
    """

    def __init__(self, shape: tuple[_Look | int, ...], default: int, names: dict[str, int]) -> None:
        self.columns, self.styles = array("i"), array("i")
        self.numeric, self.covered = bytearray(), bytearray()
        repeats: list[int] = []
        column = 0
        for look in shape:
            if isinstance(look, int):
                column = min(column + look, EDGE)
                continue
            if look.many > 64:
                raise _NotPlain
            style = names.setdefault(look.style, len(names)) if look.style else default
            self.columns.extend(range(column, column + look.many))
            self.styles.extend([style] * look.many)
            self.numeric.extend([look.numeric] * look.many)
            self.covered.extend([look.covered] * look.many)
            repeats.append(look.many)
            column += look.many
        self.again = repeats if max(repeats, default=1) > 1 else None


def _without_value(tag: bytes) -> tuple[bytes, bytes]:
    """Take a number out of a cell's tag; the mark left in its place tells that there was one."""
    first = tag.find(_VALUE)
    if first < 0:
        return tag, b""
    last = tag.find(b'"', first + len(_VALUE))
    value = tag[first + len(_VALUE) : last]
    if last < 0 or not value or any(mark in value for mark in (b"&", b"\n", b"\t")):
        raise _NotPlain
    return tag[:first] + tag[last + 1 :] + _HELD, value


def _plain(piece: bytes) -> bytes:
    """Resolve the entities of a text; those of a tag stay for its attributes."""
    if not piece.startswith(b"text:p>") or b"&" not in piece:
        return piece
    return b"text:p>" + _text(piece[7:]).encode()


def _attributes(text: bytes, allowed: frozenset[str]) -> dict[str, str]:
    """Attributes by name; nothing else may stand between them."""
    found: dict[str, str] = {}
    at = 0
    for match in _ATTRIBUTE.finditer(text):
        name = match[1].decode()
        if match.start() != at or name not in allowed or name in found:
            raise _NotPlain
        found[name] = _text(match[2])
        at = match.end()
    if text[at:].strip():
        raise _NotPlain
    return found


def _text(raw: bytes) -> str:
    """Decode a text and its references."""
    return resolved(raw.decode())


def put_back(table: RawTable, run: RawTable, *, folded: bool) -> None:
    """Add a run's cells to the table that it was cut from, at the row reached there.

    Parameters
    ----------
    table : RawTable
        The table.
    run : RawTable
        The run.
    folded : bool
        Whether it lies in a collapsed group.
    """
    start = table.at
    rows = (
        np.frombuffer(run.rows, np.int32) + np.int32(start) if run.rows else np.zeros(0, np.int32)
    )
    table.rows.frombytes(np.minimum(rows, EDGE).astype(np.int32).tobytes())
    table.columns.extend(run.columns)
    ids = np.array([table.style_id(name) for name in run.names], np.int32)
    if run.styles:
        table.styles.frombytes(ids[np.frombuffer(run.styles, np.int32)].tobytes())
    table.numeric.extend(run.numeric)
    table.covered.extend(run.covered)
    table.untold.extend(run.untold)
    table.flush()
    table.chunks += run.chunks
    table.flushed += run.flushed
    table.repeated += run.repeated
    for name, spans in run.row_styles.items():
        table.row_styles.setdefault(name, []).extend((a + start, b + start) for a, b in spans)
    table.beside = {**run.beside, **table.beside}
    table.collapsed += [(a + start, b + start) for a, b in run.collapsed]
    table.filtered += [(a + start, b + start) for a, b in run.filtered]
    if folded and run.at:
        table.grouped.append((start, start + run.at - 1))
    table.at = min(start + run.at, EDGE)
