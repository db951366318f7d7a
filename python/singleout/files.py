"""The path of a CSV, Parquet or Arrow file -> an Arrow table, or an error that says what to do."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from singleout.base.files import own_descriptor, problem_of, reason_of
from singleout.base.printable import printable
from singleout.errors import InputError
from singleout.other_files import refusal
from singleout.sources import Source

if TYPE_CHECKING:
    from singleout.dialect import Problem, Records

_HEAD = 512
_PARQUET = b"PAR1"
_ARROW = (b"ARROW1", b"\xff\xff\xff\xff")
_ZIPPED: tuple[tuple[bytes, str], ...] = (
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
)


def read_file(path: str | os.PathLike[str]) -> Source:
    """Read a file of rows; its content says what it is, and its name must not say otherwise.

    Parameters
    ----------
    path : path
        CSV, TSV or another delimited text, Parquet, or Arrow IPC (file or stream).

    Returns
    -------
    Source
        The table (delimited text as strings, an empty field as null), the file's name, and what
        was noticed.

    Raises
    ------
    InputError
        If it cannot be read whole and for certain; the message names the file, the row where there
        is one, and the remedy.

    Examples
    --------
    >>> read_file("no-such-file.csv")
    Traceback (most recent call last):
    ...
    singleout.errors.InputError: no-such-file.csv: no such file
    """
    path = Path(path)
    label = printable(path.name or str(path))
    stream = own_descriptor(path) is not None
    odd = "" if stream else problem_of(path)
    if odd:  # opening a pipe would wait for whoever writes to it
        raise InputError(f"{label}: {odd}")
    try:
        if path.is_dir():
            raise InputError(f"{label}: is a folder; give the path of a file in it")
        if stream:  # what is read of a pipe is gone: it is read once, and whole
            return read_bytes(path.read_bytes(), label)
        with path.open("rb") as file:
            head = file.read(_HEAD)
        size = path.stat().st_size
    except OSError as problem:
        raise InputError(f"{label}: {reason_of(problem)}") from None
    _check(path, label, head, size)
    if head.startswith(_PARQUET):
        return Source(_columnar(path, label, "Parquet", size), _as_is, label)
    if head.startswith(_ARROW):
        return Source(_columnar(path, label, "Arrow", size), _as_is, label)
    try:
        data = path.read_bytes()
    except OSError as problem:
        raise InputError(f"{label}: {reason_of(problem)}") from None
    return _delimited(data, label)


def read_bytes(data: bytes, name: str) -> Source:
    """Read the bytes of a file of rows, as `read_file` reads the file.

    Parameters
    ----------
    data : bytes
        All of them.
    name : str
        What they are called.

    Returns
    -------
    Source
        The table.

    Raises
    ------
    InputError
        As `read_file`.

    Examples
    --------
    >>> read_bytes(b"rank,unit\\nPC,a\\n", "ranks.csv").table.num_rows
    1
    """
    label = printable(name)
    head = data[:_HEAD]
    _check(Path(label), label, head, len(data), data)
    if head.startswith((_PARQUET, *_ARROW)):
        kind = "Parquet" if head.startswith(_PARQUET) else "Arrow"
        return Source(_columnar(data, label, kind, len(data)), _as_is, label)
    return _delimited(data, label)


def _check(path: Path, label: str, head: bytes, size: int, data: bytes | None = None) -> None:
    """Raise where it is no file of rows; `data` is all of it where there is no file to read."""
    if not head:
        raise InputError(f"{label}: the file is empty")
    for start, what in _ZIPPED:
        if head.startswith(start):
            raise InputError(f"{label}: is compressed ({what}); unpack it first")
    refused = refusal(path, label, head, size, data)
    if refused is not None:
        raise InputError(f"{label}: {refused}")


def _as_is(table: pa.Table) -> pa.Table:
    return table


def _columnar(where: Path | bytes, label: str, kind: str, size: int) -> pa.Table:
    held = isinstance(where, bytes)
    try:
        if kind == "Parquet":
            from pyarrow import parquet

            return parquet.read_table(pa.BufferReader(where) if held else where)
        with pa.BufferReader(where) if held else pa.memory_map(str(where)) as source:
            head = source.read(6)
            source.seek(0)
            opened = pa.ipc.open_file if head == b"ARROW1" else pa.ipc.open_stream
            return opened(source).read_all()
    except (pa.ArrowException, OSError, ValueError):
        raise InputError(
            f"{label}: damaged or cut short ({size:,} bytes): this is not a whole {kind} file; get "
            "it again from where it came"
        ) from None


def _delimited(data: bytes, label: str) -> Source:
    from singleout.dialect import read_records

    records = read_records(data)
    _refuse(records, label)
    if not records.columns or not len(records.columns[0]):
        raise InputError(f"{label}: the file holds no rows")
    names, start, notes = _header(records, label)
    if len(records.columns[0]) <= start:
        raise InputError(f"{label}: the file has a header but no rows below it")
    table = pa.table([column.slice(start) for column in records.columns], names=names)
    return Source(table, _as_is, label, (*notes, *_noticed(records)))


# Problems that leave it open what a row holds, and what to do about each.
_REFUSED: dict[str, str] = {
    "undecodable": "save the file again as UTF-8",
    "nul": "the file is damaged or not text; save it again as CSV in UTF-8",
    "control": "the file is damaged or not text; save it again as CSV in UTF-8",
    "end-mark": "the file was joined from several; save it again as CSV",
    "unclosed-quote": 'close the quote, or double it ("") where it belongs to the text',
    "long-row": "give every row as many fields as the header, with quotes around a field that "
    "holds the delimiter",
    "short-row": "give every row as many fields as the header",
}


def _refuse(records: Records, label: str) -> None:
    for problem in records.problems:
        remedy = _REFUSED.get(problem.code)
        if remedy is not None:
            raise InputError(f"{label}: {_where(problem)}: {_what(problem)}; {remedy}")
    for problem in records.problems:
        if problem.code == "guessed-encoding":
            row = _unlikely(records)
            if row is not None:
                raise InputError(
                    f"{label}: row {row:,}: bytes that are not UTF-8 and make no sense as "
                    f"Windows-1252 either; {_REFUSED['undecodable']}"
                )


def _where(problem: Problem) -> str:
    return f"row {problem.rows[0]:,}" if problem.rows else "somewhere"


def _what(problem: Problem) -> str:
    words = {
        "long-row": "more fields than most rows have",
        "short-row": "fewer fields than most rows have",
        "undecodable": "bytes that cannot be decoded",
        "unclosed-quote": "a quote that is never closed",
    }.get(problem.code, problem.detail)
    more = len(problem.rows) - 1
    return words + (f" (and {problem.count - 1:,} more)" if more > 0 else "")


# Currency signs, quotation marks, dashes, fractions, signs of measure
_LIKELY = frozenset(
    "\u00a3\u20ac\u00a5\u00a2\u2018\u2019\u201c\u201d\u201e\u201a\u2013\u2014\u2026\u2022\u00a9"
    "\u00ae\u2122\u00b0\u00bd\u00bc\u00be\u00a7\u00ab\u00bb\u00b7\u00a1\u00bf\u00b2\u00b3\u00b9"
    "\u00b1\u00d7\u00f7\u00b4\u00ac\u00b6\u00a0\u00ad"
)


def _unlikely(records: Records) -> int | None:
    """The first row with a character that Western text written as Windows-1252 does not have."""
    odd = {
        mark
        for mark in set(records.text.decode("utf-8", "replace"))
        if ord(mark) > 127 and mark not in _LIKELY and (not mark.isalpha() or mark in "ÿþ")
    }
    if not odd:
        return None
    text = records.text.decode("utf-8", "replace")
    first = min(text.index(mark) for mark in odd)
    return text.count("\n", 0, first) + 1


def _header(records: Records, label: str) -> tuple[list[str], int, list[str]]:
    """The columns' names, the first record below them, and what must be said of them."""
    from singleout.dialect import comments_before

    first = comments_before(records)
    cells: list[Any] = [
        column[first].as_py() if first < len(column) else None for column in records.columns
    ]
    if not any(cells):
        raise InputError(f"{label}: the file has no header: name the columns in its first row")
    names = [(cell or "").strip() or f"column {i + 1}" for i, cell in enumerate(cells)]
    seen: dict[str, int] = {}
    for i, name in enumerate(names):
        if name in seen:
            from singleout.draft.words import column_name

            raise InputError(
                f"{label}: columns {seen[name] + 1} and {i + 1} are both named "
                f"'{column_name(name)}': rename one"
            )
        seen[name] = i
    notes = []
    if any(_number(name) for name in names):
        notes.append(
            "The first row was taken for the names of the columns though it holds a number: if the "
            "file has no header, give it one."
        )
    if first:
        notes.append(f"{first} lines that start with # were left out.")
    return names, first + 1, notes


def _number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _noticed(records: Records) -> list[str]:
    said = []
    for problem in records.problems:
        if problem.code == "guessed-encoding":
            said.append("The file is not UTF-8; it was read as Windows-1252.")
        elif problem.code == "blank-row":
            said.append(f"{problem.count:,} blank rows were left out.")
        elif problem.code == "stray-quote":
            said.append(
                f"{problem.count:,} rows have a quote inside a field; it was kept as it is."
            )
    return said
