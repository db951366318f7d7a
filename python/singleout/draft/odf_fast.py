"""Rows of plain cells taken out of a content part before it is parsed, several times as fast.

A row is plain if it holds only cells, each with at most one paragraph of text and with attributes
of a short list. Each run of plain rows is replaced by one empty row that names the run; whatever is
unusual anywhere stays and is read element by element. A property test holds the two equal.
"""

from __future__ import annotations

import re

import numpy as np
from lxml import etree

from singleout.draft.limits import Budget
from singleout.draft.odf_names import SPACES
from singleout.draft.odf_raw import EDGE, FLUSH, RawTable

_START, _END = b"<table:table-row", b"</table:table-row>"
_CELL = re.compile(
    rb"<table:(covered-|)table-cell([^<>]*)>\s*(?:(<text:p>)([^<]*)</text:p>\s*)?"
    rb"(</table:\1table-cell>)?"
)
_ATTRIBUTE = re.compile(rb'\s+([\w:.-]+)\s*=\s*"([^"<>]*)"')
_ENTITY = re.compile(r"&(?:(lt|gt|amp|quot|apos)|#(\d{1,7})|#x([0-9A-Fa-f]{1,6}));")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_VALUE = b' office:value="'
_NUMBERS = (b"float", b"currency", b"percentage")
_CELL_ATTRIBUTES = frozenset(
    [
        b"table:style-name",
        b"office:value-type",
        b"calcext:value-type",
        b"office:currency",
        b"office:date-value",
        b"office:boolean-value",
        b"table:number-columns-repeated",
    ]
)
_ROW_ATTRIBUTES = frozenset(
    [
        b"table:style-name",
        b"table:default-cell-style-name",
        b"table:number-rows-repeated",
        b"table:visibility",
    ]
)
# Shorter runs are not worth the cut; more repetition than this is left to the careful reader
_SHORTEST, _MOST_REPEATED = 32, 4096
_NONE, _NUMBER, _FIXED = range(3)


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
    if b"<!" in data:
        return False
    for prefix in ("office", "table", "text", "calcext"):
        found = set(re.findall(rb"xmlns:" + prefix.encode() + rb"\s*=\s*(\S*?)[\s/>]", data))
        wanted = {f'"{SPACES[prefix]}"'.encode()}
        if not found <= wanted or (not found and prefix != "calcext"):
            return False
    return True


class _Reader:
    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self._cells: dict[bytes, tuple[str | None, int, int, str]] = {}
        self._rows: dict[bytes, tuple[str, str, int, str]] = {}

    def run(self, data: bytes, start: int) -> tuple[RawTable, int, int]:
        """Read plain rows from here on: them, where they stop, and how many there are."""
        table = RawTable(etree.Element("run"))
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
        close = row.find(b">")
        style, default, repeat, visibility = self._row_settings(row[len(_START) : close])
        cells = _CELL.findall(row, close + 1)
        columns: list[int] = []
        styles: list[int] = []
        numeric: list[bool] = []
        covered: list[bool] = []
        texts: list[str] = []
        column, tags = 0, 1
        ids, known, fixed = table.names, self._cells, table.style_id(default)
        for under, attributes, opened, text, closed in cells:
            if attributes[-1:] == b"/" and not opened and not closed:
                attributes = attributes[:-1]
            elif not closed:
                raise _NotPlain
            tags += 1 + (2 if opened else 0) + bool(closed)
            value = b""
            first = attributes.find(_VALUE)
            if first >= 0:
                last = attributes.find(b'"', first + len(_VALUE))
                value = attributes[first + len(_VALUE) : last]
                attributes = attributes[:first] + attributes[last + 1 :]
            look = known.get(attributes)
            if look is None:
                look = known[attributes] = self._cell(attributes)
            name, kind, many, content = look
            if kind == _NUMBER and value:
                content = _text(value)
            elif kind != _FIXED:
                content = _text(text)
            if content:
                if many > 64:
                    raise _NotPlain
                one = fixed if name is None else ids.setdefault(name, len(ids))
                for i in range(column, column + many):
                    columns.append(i)
                    styles.append(one)
                    numeric.append(kind == _NUMBER and bool(value))
                    covered.append(bool(under))
                    texts.append(content)
            column = min(column + many, EDGE)
        if tags != row.count(b"<") or len(columns) * repeat > _MOST_REPEATED:
            raise _NotPlain
        if repeat > 1:
            table.repeated += len(columns) * repeat
            if table.repeated > self.budget.limits.repeated_cells // 4:
                raise _NotPlain
        table.settings(style, visibility, repeat, folded=False)
        for again in range(repeat if columns else 0):
            table.rows.extend([table.at + again] * len(columns))
            table.columns.extend(columns)
            table.styles.extend(styles)
            table.numeric.extend(numeric)
            table.covered.extend(covered)
            table.texts.extend(texts)
        self.budget.charge_cells(len(columns) * repeat)
        table.at = min(table.at + repeat, EDGE)
        if len(table.texts) >= FLUSH:
            table.flush()

    def _row_settings(self, head: bytes) -> tuple[str, str, int, str]:
        """Style, default style of cells, repetition and visibility of a row."""
        if head not in self._rows:
            found = _attributes(head, _ROW_ATTRIBUTES)
            repeat = found.get(b"table:number-rows-repeated", "1")
            if not repeat.isdigit():
                raise _NotPlain
            self._rows[head] = (
                found.get(b"table:style-name", ""),
                found.get(b"table:default-cell-style-name", ""),
                max(1, min(int(repeat), EDGE)),
                found.get(b"table:visibility", ""),
            )
        return self._rows[head]

    def _cell(self, attributes: bytes) -> tuple[str | None, int, int, str]:
        """Style, kind of value, repetition, and the value where the attributes hold it."""
        found = _attributes(attributes, _CELL_ATTRIBUTES)
        many = found.get(b"table:number-columns-repeated", "1")
        kind = found.get(b"office:value-type", "").encode()
        if not many.isdigit():
            raise _NotPlain
        content, how = "", _NUMBER if kind in _NUMBERS else _NONE
        if kind == b"date":
            content = found.get(b"office:date-value", "").removesuffix("T00:00:00")
        elif kind == b"boolean":
            content = found.get(b"office:boolean-value", "").upper()
        elif kind not in (b"", b"string", *_NUMBERS):
            raise _NotPlain
        how = _FIXED if content else how
        return found.get(b"table:style-name") or None, how, max(1, min(int(many), EDGE)), content


def _attributes(text: bytes, allowed: frozenset[bytes]) -> dict[bytes, str]:
    """Attributes by name; nothing else may stand between them."""
    found: dict[bytes, str] = {}
    at = 0
    for match in _ATTRIBUTE.finditer(text):
        if match.start() != at or match[1] not in allowed or match[1] in found:
            raise _NotPlain
        found[match[1]] = _text(match[2])
        at = match.end()
    if text[at:].strip():
        raise _NotPlain
    return found


def _text(raw: bytes) -> str:
    """Decode a text and its entities; any but the five of XML is left to the parser."""
    text = raw.decode()
    if "&" not in text:
        return text
    if len(_ENTITY.findall(text)) != text.count("&"):
        raise _NotPlain
    return _ENTITY.sub(_entity, text)


def _entity(match: re.Match[str]) -> str:
    if match[1]:
        return _NAMED[match[1]]
    code = int(match[2]) if match[2] else int(match[3], 16)
    if code < 32 or 0xD7FF < code < 0xE000 or 0xFFFD < code < 0x10000 or code > 0x10FFFF:
        raise _NotPlain
    return chr(code)


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
    table.flush()
    table.chunks += run.chunks
    table.flushed += run.flushed
    table.repeated += run.repeated
    for name, spans in run.row_styles.items():
        table.row_styles.setdefault(name, []).extend((a + start, b + start) for a, b in spans)
    table.collapsed += [(a + start, b + start) for a, b in run.collapsed]
    table.filtered += [(a + start, b + start) for a, b in run.filtered]
    if folded and run.at:
        table.grouped.append((start, start + run.at - 1))
    table.at = min(start + run.at, EDGE)
