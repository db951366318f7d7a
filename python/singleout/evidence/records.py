"""Releases and their columns as rows of the ledger's tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from sqlite3 import Connection
from typing import Any, NamedTuple

import numpy as np

from singleout.evidence.codes import CODE_BYTES, KeyedColumn
from singleout.evidence.errors import EvidenceError


@dataclass(frozen=True, slots=True)
class Release:
    """A release that the ledger holds.

    Parameters
    ----------
    id : int
        Its number in the ledger.
    name : str
        What it was called when it was added.
    rows : int
        How many rows it has.
    added : str
        When, in UTC.
    approval : str
        SHA-256 of the approval that was checked then; empty when none was.
    fields : tuple of str
        Its columns.
    """

    id: int
    name: str
    rows: int
    added: str
    approval: str
    fields: tuple[str, ...]


class DamagedError(Exception):
    """A row that no ledger holds; a file that was made by hand may say anything."""


class Row(NamedTuple):
    """A release as it is sealed."""

    id: int
    name: str
    rows: int
    added: str
    approval: str
    content: bytes
    seal: bytes


_KINDS = (int, str, int, str, str, bytes, bytes)
_COLUMN = (str, str, bytes, bytes)


def read_meta(connection: Connection) -> dict[str, bytes]:
    found = connection.execute("SELECT name, value FROM meta").fetchall()
    return dict(_typed(row, (str, bytes)) for row in found)


def read_rows(connection: Connection) -> list[Row]:
    """Return the releases as they are in the file, whose types are ours at least.

    Raises
    ------
    DamagedError
        If they are not.
    """
    found = connection.execute(
        "SELECT id, name, rows, added, approval, content, seal FROM release ORDER BY id"
    )
    rows = [Row(*_typed(row, _KINDS)) for row in found.fetchall()]
    if any(row.id < 1 or row.rows < 0 for row in rows):
        raise DamagedError
    return rows


def read_numbering(connection: Connection) -> int:
    """Return the highest number that a release ever had."""
    found = connection.execute("SELECT name, seq FROM sqlite_sequence").fetchall()
    if not found:
        return 0
    if len(found) != 1 or _typed(found[0], (str, int))[0] != "release" or found[0][1] < 0:
        raise DamagedError
    return int(found[0][1])


def has_strays(connection: Connection) -> bool:
    """Whether there are columns of no release."""
    return bool(
        connection.execute(
            "SELECT EXISTS (SELECT 1 FROM field WHERE release NOT IN (SELECT id FROM release))"
        ).fetchone()[0]
    )


def _typed(row: tuple[Any, ...], kinds: tuple[type, ...]) -> tuple[Any, ...]:
    if any(type(value) is not kind for value, kind in zip(row, kinds, strict=True)):
        raise DamagedError
    return row


def read_releases(connection: Connection) -> tuple[Release, ...]:
    found = connection.execute("SELECT id, name, rows, added, approval FROM release ORDER BY id")
    names: dict[int, list[str]] = {}
    for release, name in connection.execute(
        "SELECT release, name FROM field ORDER BY release, place"
    ):
        names.setdefault(release, []).append(name)
    return tuple(
        Release(identity, name, rows, added, approval, tuple(names.get(identity, ())))
        for identity, name, rows, added, approval in found.fetchall()
    )


def read_columns(connection: Connection, release: int) -> list[KeyedColumn]:
    rows = connection.execute(
        "SELECT name, link, codes, cells FROM field WHERE release = ? ORDER BY place", (release,)
    )
    return [
        KeyedColumn(
            name,
            link,
            np.frombuffer(codes, np.uint8).reshape(-1, CODE_BYTES),
            np.frombuffer(cells, "<u4"),
        )
        for name, link, codes, cells in (_typed(row, _COLUMN) for row in rows)
    ]


def insert_release(
    connection: Connection,
    name: str,
    columns: Sequence[KeyedColumn],
    approval: str,
    content: bytes,
) -> int:
    added = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    identity = connection.execute(
        "INSERT INTO release (name, rows, added, approval, content, seal) VALUES (?,?,?,?,?,?)",
        (name, len(columns[0].cells), added, approval, content, b""),
    ).lastrowid
    if identity is None:
        raise EvidenceError("the ledger gave the release no number; nothing was added")
    insert_fields(connection, identity, columns)
    return identity


def insert_fields(connection: Connection, release: int, columns: Sequence[KeyedColumn]) -> None:
    connection.executemany(
        "INSERT INTO field VALUES (?, ?, ?, ?, ?, ?)",
        (
            (
                release,
                place,
                one.name,
                one.link,
                one.codes.tobytes(),
                one.cells.astype("<u4").tobytes(),
            )
            for place, one in enumerate(columns)
        ),
    )
