"""Read CSV, TSV and other delimited text: its tables, and what a reader of it would not notice."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from singleout.dialect import Problem, Records, read_records
from singleout.draft.collector import Collector
from singleout.draft.grid import Grid, numbers_among
from singleout.draft.limits import Budget
from singleout.draft.model import Place, range_name
from singleout.draft.text_lines import tell_lines
from singleout.draft.vcard import is_vcard
from singleout.draft.vcard import read as read_cards
from singleout.encodings import decode
from singleout.inspection.common.thresholds import FAR_COLUMNS
from singleout.inspection.tables.find import of_columns

Ints = npt.NDArray[np.int64]
# A text file has no page: what is a screen below the rest is not found by chance.
FAR_ROWS = 50
# Rows from which an area is read as columns at once
MANY_ROWS = 2_000
PADDING = 100
# What stands for no letter: zero width, direction, tags ([Unicode 15.0] 23.2, 23.8, 23.9)
_UNSEEN = re.compile(
    rb"(\xe2\x80[\x8b-\x8d]|\xe2\x81[\xa0-\xa4]|\xef\xbb\xbf|\xc2\xad|\xe1\xa0\x8e"
    rb"|\xf3\xa0[\x80-\x87][\x80-\xbf])|\xe2\x80[\x8e\x8f\xaa-\xae]|\xe2\x81[\xa6-\xa9]|\xd8\x9c"
)
# Signs, figures and spaces only: a number or a telephone number, which runs nothing
_PLAIN = "\\A[-+][-()0-9.,\u00a0\u202f \u00a3$\u20ac%/]*\\z|\\A[-+][0-9.,]+[eE][-+]?[0-9]+\\z"
# A dash, a blank and words is a bullet: what runs needs a bracket, a sign or a reference
_PLAIN += r"|\A[-+] [^(=!|\n]*\z"
_RISKY = np.zeros(256, np.bool_)
_RISKY[list(b"=+-@\t\n")] = True
_WIDE = ("\uff1d", "\uff0b", "\uff0d", "\uff20")
# Text that is not mostly text: this share of its bytes are no characters
_BROKEN = 0.01


def read(data: bytes, collector: Collector, budget: Budget, depth: int) -> None:
    """Read a file of delimited text.

    Parameters
    ----------
    data : bytes
        The file.
    collector : Collector
        Where to report; its `format` becomes ``csv``, ``tsv`` or (one column) ``text``.
    budget : Budget
        Charged for what is read.
    depth : int
        How deep in other files this one is.
    """
    budget.charge_bytes(len(data))
    if b"VCARD" in data[:64].upper().replace(b"\0", b"") and is_vcard(text := decode(data).text):
        collector.format = "text"
        read_cards(text, collector)
        return
    records = read_records(data)
    budget.charge_cells(sum(len(c) - c.null_count for c in records.columns) + len(records.beyond))
    several = len(records.columns) > 1 or bool(records.beyond)
    collector.format = ("tsv" if records.delimiter == "\t" else "csv") if several else "text"
    if not len(records.rows):
        collector.unread(None, "the file holds no text", code="empty-file")
        return
    _problems(records, collector)
    _unseen_characters(records, collector)
    if len(records.columns) > budget.limits.table_columns:
        most = budget.limits.table_columns
        collector.unread(None, f"a table has more than {most} columns")
        return
    if several:  # In plain text a dash before a line is no formula
        _formulas(records, collector)
    _comments(records, collector)
    _padding(records, collector)
    listed = tell_lines(records, collector)
    if listed.all():
        collector.format = "text"  # A letter with commas in its lines
        return
    areas = _areas(_without(records, listed) if listed.any() else records)
    _far(areas, collector)
    for area in areas:
        budget.check_time()
        _ragged(area, collector)
        _tables(area, collector)


def _rows(rows: tuple[int, ...] | Ints) -> Place:
    """The place of rows numbered from 1."""
    first, last = int(min(rows)), int(max(rows))
    return Place(cells=f"row {first}" if first == last else f"rows {first}-{last}")


def _problems(records: Records, collector: Collector) -> None:
    found: dict[str, Problem] = {problem.code: problem for problem in records.problems}
    for code in ("undecodable", "unclosed-quote"):
        if code in found:
            problem = found[code]
            collector.unread(_rows(problem.rows), f"{problem.count} {problem.detail}")
    controls = sum(found[code].count for code in ("nul", "control") if code in found)
    if controls > max(2, _BROKEN * len(records.text)):
        collector.unread(None, "part of it is no text")
    for code in ("nul", "control", "end-mark"):
        if code in found:
            problem = found[code]
            place = _rows(problem.rows)
            collector.add("unknown-part", place, count=problem.count, detail=problem.detail)
    if "guessed-encoding" in found:
        problem = found["guessed-encoding"]
        collector.add("guessed-encoding", count=problem.count, detail=records.encoding)


def _unseen_characters(records: Records, collector: Collector) -> None:
    if records.text.isascii():
        return
    zero = turned = 0
    offsets = []
    for match in _UNSEEN.finditer(records.text):
        zero += match[1] is not None
        turned += match[1] is None
        offsets.append(match.start())
    if not offsets:
        return
    words = [f"{zero} of no width"] * bool(zero) + [f"{turned} that turn the text"] * bool(turned)
    detail = ", ".join(words)
    collector.add("zero-width", count=len(offsets), detail=detail)


def _formulas(records: Records, collector: Collector) -> None:
    """Cells that a spreadsheet would run (OWASP, CSV injection): ``= + - @``, tab, line end."""
    count = 0
    area: list[tuple[int, int]] = []
    beyond = [(row, column, text) for row, column, text in records.beyond if _runs(text)]
    for j, column in enumerate(records.columns):
        at = _starting(column)
        if not len(at):
            continue
        texts = column.take(pa.array(at))
        plain = pc.match_substring_regex(texts, _PLAIN).to_numpy(zero_copy_only=False)
        at = at[~plain]
        count += len(at)
        if len(at):
            rows = records.rows[at]
            area += [(int(rows.min()), j), (int(rows.max()), j)]
    area += [(row, column) for row, column, _ in beyond]
    if area:
        rows, columns = zip(*area, strict=True)
        cells = range_name(min(rows), min(columns), max(rows), max(columns))
        collector.add("formula-injection", Place(cells=cells), count=count + len(beyond))


def _starting(column: pa.Array) -> Ints:
    """Indices of the cells whose first character may start a formula."""
    if not len(column):
        return np.zeros(0, np.int64)
    offsets = np.frombuffer(column.buffers()[1], np.int32)[
        column.offset : column.offset + len(column) + 1
    ]
    body = column.buffers()[2]
    if body is None or not body.size:
        return np.zeros(0, np.int64)
    content = np.frombuffer(body, np.uint8)
    filled = offsets[1:] > offsets[:-1]
    first = content[np.minimum(offsets[:-1], len(content) - 1)]
    chosen = _RISKY[first]
    wide = first == 0xEF
    if (wide & filled).any():
        starts = pc.utf8_slice_codeunits(column, 0, 1)
        chosen |= pc.is_in(starts, pa.array(_WIDE)).to_numpy(zero_copy_only=False)
    return np.flatnonzero(chosen & filled)


def _runs(text: str) -> bool:
    risky = text[:1] in ("=", "+", "-", "@", "\t", "\n", *_WIDE)
    return risky and not re.match(_PLAIN.replace(r"\z", r"\Z"), text)


def _comments(records: Records, collector: Collector) -> None:
    """Lines that programs which read data pass over, and that people may overlook."""
    first = pc.fill_null(pc.starts_with(records.columns[0], "#"), False)
    marked = first.to_numpy(zero_copy_only=False)
    for column in records.columns[1:]:
        if not marked.any():
            return
        marked &= column.is_null().to_numpy(zero_copy_only=False)
    if len(records.columns) > 1 and marked.any():
        collector.add(
            "comment",
            _rows(records.rows[marked] + 1),
            count=int(np.count_nonzero(marked)),
            detail="lines that start with #",
            severity="note",
        )


def _padding(records: Records, collector: Collector) -> None:
    """Text pushed out of sight inside a cell by blanks."""
    if b" " * PADDING not in records.text:
        return
    count = sum(1 for _ in re.finditer(rb" {%d}[^ \n]" % PADDING, records.text))
    if count:
        collector.add(
            "far-cells", count=count, detail=f"text after {PADDING} or more blanks in a cell"
        )


def _without(records: Records, rows: npt.NDArray[np.bool_]) -> Records:
    """The records without these, which were told as lists."""
    kept = pa.array(~rows)
    gone = set(records.rows[rows].tolist())
    return replace(
        records,
        columns=[column.filter(kept) for column in records.columns],
        rows=records.rows[~rows],
        beyond=tuple(cell for cell in records.beyond if cell[0] not in gone),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """Rows between blank ones: columns, rows from 0, and fields beyond the columns."""

    columns: list[pa.Array]
    rows: Ints
    beyond: list[tuple[int, int, str]]

    def grid(self) -> Grid:
        """Return its cells, those beyond included."""
        rows, columns, texts, numeric = [], [], [], []
        for j, column in enumerate(self.columns):
            at = np.flatnonzero(column.is_valid().to_numpy(zero_copy_only=False))
            rows.append(self.rows[at])
            columns.append(np.full(len(at), j))
            texts.append(column.drop_null())
            numeric.append(numbers_among(texts[-1]))
        more = pa.array([text for _, _, text in self.beyond], pa.string())
        rows.append(np.array([row for row, _, _ in self.beyond], np.int64))
        columns.append(np.array([column for _, column, _ in self.beyond], np.int64))
        texts.append(more)
        numeric.append(numbers_among(more))
        down, across = np.concatenate(rows), np.concatenate(columns)
        order = np.lexsort((across, down))
        return Grid(
            down[order].astype(np.int32),
            across[order].astype(np.int32),
            pa.concat_arrays(texts).take(pa.array(order)),
            np.concatenate(numeric)[order],
        )


def _areas(records: Records) -> list[_Part]:
    """Cut at two or more blank rows; one blank row is left to the finder of tables."""
    rows = records.rows
    cuts = [0, *(np.flatnonzero(np.diff(rows) > 2) + 1).tolist(), len(rows)]
    many = [0, *(np.flatnonzero(np.diff(rows) > 1) + 1).tolist(), len(rows)]
    if max(b - a for a, b in pairwise(many)) >= MANY_ROWS:
        cuts = many
    parts = []
    at = 0
    for start, stop in pairwise(cuts):
        last = int(rows[stop - 1])
        begin = at
        while at < len(records.beyond) and records.beyond[at][0] <= last:
            at += 1
        columns = [column.slice(start, stop - start) for column in records.columns]
        parts.append(_Part(columns, rows[start:stop], list(records.beyond[begin:at])))
    return parts


def _far(areas: list[_Part], collector: Collector) -> None:
    """Rows a screen or more away from the largest area, fields far to the right."""
    main = max(range(len(areas)), key=lambda i: len(areas[i].rows))
    far = set()
    for step, order in ((1, range(main + 1, len(areas))), (-1, range(main - 1, -1, -1))):
        away = False
        for i in order:
            near, here = areas[i - step].rows, areas[i].rows
            gap = here[0] - near[-1] if step == 1 else near[0] - here[-1]
            away = away or gap > FAR_ROWS
            if away:
                far.add(i)
    for i in sorted(far):
        grid = areas[i].grid()
        cells = range_name(
            int(grid.rows[0]), int(grid.columns.min()), int(grid.rows[-1]), int(grid.columns.max())
        )
        detail = f"more than {FAR_ROWS} blank rows away from the main table"
        collector.add("far-cells", Place(cells=cells), count=len(grid), detail=detail)
        collector.identifiers(Place(cells=cells), grid.texts.to_pylist(), what="far rows")
    for area in areas:
        edge = len(area.columns) + FAR_COLUMNS
        right = [cell for cell in area.beyond if cell[1] >= edge]
        if right:
            rows, columns, texts = zip(*right, strict=True)
            place = Place(cells=range_name(min(rows), min(columns), max(rows), max(columns)))
            collector.add("far-cells", place, count=len(right), detail="far from the main table")
            collector.identifiers(place, texts, what="far columns")


def _ragged(area: _Part, collector: Collector) -> None:
    """Rows longer than most of their area have: the rest stands under no heading."""
    if not area.beyond:
        return
    width = len(area.columns)
    reach = np.zeros(len(area.rows), np.int64)
    for j, column in enumerate(area.columns):
        reach[column.is_valid().to_numpy(zero_copy_only=False)] = j + 1
    for row, column, _ in area.beyond:
        at = int(np.searchsorted(area.rows, row))
        reach[at] = max(reach[at], column + 1)
    usual = max(width, int(np.bincount(np.minimum(reach, 65_536)).argmax()))
    long = area.rows[reach > usual]
    if len(long):
        # What stands beyond is looked at like all else: a second table may be wider than the first
        collector.add("ragged-row", _rows(long + 1), count=len(long), severity="note")
        texts = [text for _, column, text in area.beyond if column >= usual]
        collector.identifiers(_rows(long + 1), texts, what="fields beyond the last column")


def _tables(area: _Part, collector: Collector) -> None:
    columns = area.columns
    while columns and columns[-1].null_count == len(columns[-1]):
        columns = columns[:-1]
    plain = len(area.rows) >= MANY_ROWS and int(area.rows[-1] - area.rows[0]) + 1 == len(area.rows)
    if not plain or not columns or any(c.null_count == len(c) for c in columns):
        collector.grid(area.grid(), Place())
        return
    tables = list(of_columns(columns, area.rows.astype(np.int32), Place()))
    for found in tables:
        collector.table(found)
    collector.cells(_Part(columns, area.rows, []).grid(), Place(), tables)
    if area.beyond:
        collector.grid(_Part([], area.rows, area.beyond).grid(), Place())


__all__ = ["read"]
