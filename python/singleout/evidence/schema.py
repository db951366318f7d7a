"""What a ledger's SQLite file must hold besides its rows: nothing but our own tables."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cache

from singleout.evidence.errors import EvidenceError

APPLICATION = 0x736F4C31  # "soL1"
VERSION = 2
OLDEST = 1  # as 2, but that seals are not chained
CHANGED = "the ledger's file was changed without its key: go back to a backup"
_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
CREATE TABLE release (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    rows INTEGER NOT NULL,
    added TEXT NOT NULL,
    approval TEXT NOT NULL,
    content BLOB NOT NULL UNIQUE,
    seal BLOB NOT NULL
) STRICT;
CREATE TABLE field (
    release INTEGER NOT NULL REFERENCES release (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    link TEXT NOT NULL,
    codes BLOB NOT NULL,
    cells BLOB NOT NULL,
    PRIMARY KEY (release, place)
) STRICT;
"""
_OURS = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"


def create(connection: sqlite3.Connection) -> None:
    """Make the tables."""
    for statement in filter(str.strip, _SCHEMA.split(";")):
        connection.execute(statement)


def distrust(connection: sqlite3.Connection) -> None:
    """Let the file's own SQL do as little as SQLite can be told to; before any other statement.

    Python before 3.12 has no way to SQLite's defensive mode.
    """
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    settle = getattr(connection, "setconfig", None)
    if settle is not None:
        settle(getattr(sqlite3, "SQLITE_DBCONFIG_DEFENSIVE"), True)  # noqa: B009


def version(connection: sqlite3.Connection, path: str) -> int:
    """Return the file's version, where its schema is ours to the letter.

    Raises
    ------
    EvidenceError
        If it is another version's, holds a table, index, view or trigger that is not ours, or
        keeps its journal in another way.
    """
    found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if not OLDEST <= found <= VERSION:
        raise EvidenceError(f"{path}: a ledger of another version ({found})")
    journal = connection.execute("PRAGMA journal_mode").fetchone()[0]
    if journal != "delete" or connection.execute(_OURS).fetchall() != _ours():
        raise EvidenceError(f"{path}: {CHANGED}")
    return found


def upgrade(connection: sqlite3.Connection) -> None:
    """Say that the file is of this version; in the transaction that seals it anew."""
    connection.execute(f"PRAGMA user_version = {VERSION}")


@cache
def _ours() -> list[tuple[str, str, str, str | None]]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        create(connection)
        return connection.execute(_OURS).fetchall()
