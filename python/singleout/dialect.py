"""Delimited text as programs write it: encoding, delimiter, quotes, records that do not fit.

RFC 4180 is what most files mean to be; what they are is told here, with row numbers and without
values, so that whoever reads a table from it can decide what to do. A row number counts records
from 1 (a quoted cell may hold line ends), as a spreadsheet numbers its rows.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import csv as pa_csv

from singleout.encodings import decode
from singleout.records import Layout, lay_out, sniff_delimiter

Ints = npt.NDArray[np.int64]
MOST_ROWS = 100
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about a delimited file that its reader must know.

    Parameters
    ----------
    code : str
        ``undecodable``, ``guessed-encoding``, ``nul``, ``control``, ``end-mark``, ``long-row``,
        ``short-row``, ``blank-row``, ``stray-quote``, ``unclosed-quote`` or ``comment``.
    detail : str
        What it is, in plain English, without any value of the file.
    count : int
        How many rows (bytes for ``nul`` and ``control``) it concerns.
    rows : tuple of int
        The rows, from 1; the first 100 of them.
    """

    code: str
    detail: str
    count: int
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Records:
    """All records of a file that are not blank, as columns, none taken for a header.

    Parameters
    ----------
    columns : list of pyarrow.Array of string
        One a field, as many as most records have; null where a field is empty or not there.
    rows : int array, shape (n_records,)
        Each record's row number, from 0; blank records have none here.
    beyond : tuple of (int, int, str)
        Fields beyond the columns: row and column (from 0), text.
    delimiter, encoding : str
        As found.
    text : bytes
        The content in UTF-8 with ``\\n`` as line end.
    problems : tuple of Problem
        By code.
    """

    columns: list[pa.Array]
    rows: Ints
    beyond: tuple[tuple[int, int, str], ...]
    delimiter: str
    encoding: str
    text: bytes = field(repr=False)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Delimited:
    """A delimited file as one table.

    Parameters
    ----------
    table : pyarrow.Table
        Columns of strings, null where a field is empty. Short records end in nulls and the fields
        of long ones beyond the last column are not in it: `problems` names these rows.
    delimiter : str
        ``,``, ``;``, tab or ``|``.
    encoding : str
        ``utf-8``, ``utf-8-sig``, ``utf-16-le``, ``utf-16-be``, ``utf-32-le``, ``utf-32-be`` or
        ``windows-1252``.
    header : bool
        Whether the first record gave the columns' names; else they are ``column 1`` and so on.
    problems : tuple of Problem
        What the caller must decide about.
    rows : int array, shape (n_rows,)
        Each row's number in the file, from 1.
    """

    table: pa.Table
    delimiter: str
    encoding: str
    header: bool
    problems: tuple[Problem, ...]
    rows: Ints

    def problem(self, code: str) -> Problem | None:
        """Return the problem of this code, None if the file has none."""
        return next((problem for problem in self.problems if problem.code == code), None)


def read_delimited(data: bytes) -> Delimited:
    """Read a delimited file whose first record is its header.

    Parameters
    ----------
    data : bytes
        The file.

    Returns
    -------
    Delimited
        Its table, and what does not fit.

    Notes
    -----
    The first record is the header when its fields are all filled, all different and none is a
    number. Lines before it that start with ``#`` are left out and told as ``comment``.

    Examples
    --------
    >>> found = read_delimited(b"rank;n\\nPC;1\\nPS;2;3\\n")
    >>> found.table.to_pydict(), found.delimiter
    ({'rank': ['PC', 'PS'], 'n': ['1', '2']}, ';')
    >>> [(problem.code, problem.rows) for problem in found.problems]
    [('long-row', (3,))]
    """
    from singleout.draft.grid import is_number

    records = read_records(data)
    problems = list(records.problems)
    first = comments_before(records)
    if first:
        at = records.rows[:first] + 1
        problems.append(_problem("comment", "lines before the header that start with #", at))
    columns = _without_empty_last(records.columns)
    head = [column[first].as_py() if first < len(column) else None for column in columns]
    header = (
        all(head)
        and len(set(head)) == len(head)
        and not any(is_number(str(name)) for name in head)
        and len(head) > 0
    )
    start = first + header
    names = [str(n).strip() for n in head] if header else _numbered(len(columns))
    if len(set(names)) < len(names):
        names = [str(n) for n in head]
    table = pa.table([column.slice(start) for column in columns], names=names)
    return Delimited(
        table,
        records.delimiter,
        records.encoding,
        header,
        tuple(sorted(problems, key=lambda problem: problem.code)),
        records.rows[start:] + 1,
    )


def read_records(data: bytes) -> Records:
    """Read every record of a delimited file, the first as any other.

    Parameters
    ----------
    data : bytes
        The file.

    Returns
    -------
    Records
        Columns of strings and where each record is.

    Examples
    --------
    >>> records = read_records(b"a,b\\n\\n1,2\\n")
    >>> records.rows.tolist(), [column.to_pylist() for column in records.columns]
    ([0, 2], [['a', '1'], ['b', '2']])
    """
    decoded = decode(data)
    text = decoded.text
    told, text = sniff_delimiter(text)
    layout = lay_out(text, told)
    problems = _problems(layout, decoded.guessed, decoded.failed)
    columns, rows, beyond = _columns(layout)
    return Records(
        columns, rows, beyond, told.decode(), decoded.encoding, layout.text, tuple(problems)
    )


def _columns(
    layout: Layout,
) -> tuple[list[pa.Array], Ints, tuple[tuple[int, int, str], ...]]:
    """Parse the records of the usual width at once, and the others one by one."""
    usual = layout.filled & (layout.fields == layout.width)
    columns = _parsed(layout, usual)
    rows = np.flatnonzero(usual)
    odd = np.flatnonzero(layout.filled & ~usual)
    if not len(odd):
        return columns, rows, ()
    lines: list[list[str | None]] = []
    beyond: list[tuple[int, int, str]] = []
    for row in odd.tolist():
        texts = layout.split(row)
        line: list[str | None] = [text or None for text in texts[: layout.width]]
        lines.append(line + [None] * (layout.width - len(line)))
        beyond += [(row, j, t) for j, t in enumerate(texts) if j >= layout.width and t]
    order = np.argsort(np.concatenate((rows, odd)), kind="stable")
    index = pa.array(order)
    merged = [
        pa.concat_arrays([column, pa.array(more, pa.string())]).take(index)
        for column, more in zip(columns, map(list, zip(*lines, strict=True)), strict=True)
    ]
    return merged, np.sort(np.concatenate((rows, odd))), tuple(beyond)


def _parsed(layout: Layout, usual: npt.NDArray[np.bool_]) -> list[pa.Array]:
    if not usual.any():
        return [pa.array([], pa.string()) for _ in range(layout.width)]
    names = [f"f{i}" for i in range(layout.width)]
    content = layout.kept(usual)
    table = pa_csv.read_csv(
        io.BytesIO(content),
        read_options=pa_csv.ReadOptions(
            column_names=names, block_size=max(_BLOCK, 2 * layout.longest + 2)
        ),
        parse_options=pa_csv.ParseOptions(
            delimiter=layout.delimiter.decode(),
            quote_char='"' if layout.quoted else False,
            newlines_in_values=layout.multiline,
            ignore_empty_lines=False,
        ),
        convert_options=pa_csv.ConvertOptions(
            check_utf8=False,
            column_types=dict.fromkeys(names, pa.string()),
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
        ),
    )
    return [_whole(column) for column in table.columns]


def _whole(column: pa.ChunkedArray) -> pa.Array:
    combined = column.combine_chunks()
    if isinstance(combined, pa.ChunkedArray):
        return (
            pa.concat_arrays(combined.chunks) if combined.num_chunks else pa.array([], pa.string())
        )
    return combined


def _problem(code: str, detail: str, rows: Ints, count: int | None = None) -> Problem:
    shown = tuple(int(row) for row in rows[:MOST_ROWS])
    return Problem(code, detail, len(rows) if count is None else count, shown)


def _problems(layout: Layout, guessed: bool, failed: bool) -> list[Problem]:
    found = []

    def at(code: str, detail: str, mask: npt.NDArray[np.bool_]) -> None:
        rows = np.flatnonzero(mask) + 1
        if len(rows):
            found.append(_problem(code, detail, rows))

    at("long-row", "rows with more fields than most have", layout.fields > layout.width)
    at("short-row", "rows with fewer fields than most have",
       layout.filled & (layout.fields < layout.width))  # fmt: skip
    at("blank-row", "blank rows", ~layout.filled)
    for code, detail, offsets in (
        ("stray-quote", "rows with a quote inside a field", layout.stray),
        ("unclosed-quote", "rows with a quote that is never closed", layout.unclosed),
    ):
        if len(offsets):
            found.append(_problem(code, detail, np.unique(layout.row_of(offsets)) + 1))
    buffer = np.frombuffer(layout.text, np.uint8)
    for code, detail, chosen in (
        ("nul", "NUL bytes", buffer == 0),
        ("control", "control characters", _CONTROL[buffer]),
        ("end-mark", "an end-of-file mark (Ctrl-Z) with text after it", buffer == 26),
    ):
        offsets = np.flatnonzero(chosen)
        if len(offsets):
            rows = np.unique(layout.row_of(offsets)) + 1
            found.append(_problem(code, detail, rows, len(offsets)))
    if failed:
        offsets = _lost(layout.text)
        rows = np.unique(layout.row_of(offsets)) + 1
        found.append(_problem("undecodable", "rows with bytes that cannot be decoded", rows))
    if guessed:
        rows = np.unique(layout.row_of(np.flatnonzero(buffer >= 128))) + 1
        detail = "rows whose letters are read as Windows-1252 since they are not UTF-8"
        found.append(_problem("guessed-encoding", detail, rows))
    return found


_CONTROL = np.zeros(256, np.bool_)
_CONTROL[[*range(1, 9), 11, 12, *range(14, 26), *range(27, 32), 127]] = True


def _lost(text: bytes) -> Ints:
    buffer = np.frombuffer(text, np.uint8)
    at = np.flatnonzero(buffer[:-2] == 0xEF)
    return np.asarray(at[(buffer[at + 1] == 0xBF) & (buffer[at + 2] == 0xBD)], np.int64)


def comments_before(records: Records) -> int:
    if not records.columns:
        return 0
    first = 0
    for text in records.columns[0].slice(0, 1000).to_pylist():
        alone = all(c[first].as_py() is None for c in records.columns[1:])
        if text is None or not text.startswith("#") or not alone or len(records.columns) < 2:
            break
        first += 1
    return first


def _without_empty_last(columns: list[pa.Array]) -> list[pa.Array]:
    """Leave out empty columns at the right: many writers end each row by a comma."""
    while columns and columns[-1].null_count == len(columns[-1]):
        columns = columns[:-1]
    return columns


def _numbered(n: int) -> Sequence[str]:
    return [f"column {i + 1}" for i in range(n)]


__all__ = ["Delimited", "Problem", "Records", "read_delimited", "read_records"]
