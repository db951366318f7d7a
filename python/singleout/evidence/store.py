"""The ledger's SQLite file: opening it, whole transactions, errors that say what to do."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any

from singleout.evidence import schema
from singleout.evidence.errors import EvidenceError
from singleout.evidence.keys import write_new

_DAMAGED = "the ledger is damaged: go back to a backup"
_PATIENCE = 60.0  # seconds to wait for another process

Waiting = Callable[[str], object]


class Store:
    """An open ledger file.

    Parameters
    ----------
    path : Path
        The file.
    waiting : callable, optional
        Told, once, that another process is writing.
    """

    def __init__(self, path: Path, waiting: Waiting | None) -> None:
        self.path = path
        self.version = schema.VERSION
        self._waiting = waiting
        if not path.is_file() or path.stat().st_size == 0:
            raise EvidenceError(f"{path}: no ledger there; make one with `singleout ledger new`")
        with self.errors():
            self.connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=rw",
                uri=True,
                isolation_level=None,
                timeout=0.2,
                check_same_thread=False,
            )
        try:
            with self.errors():
                self._prepare()
        except EvidenceError:
            self.connection.close()
            raise

    def _prepare(self) -> None:
        schema.distrust(self.connection)
        # Journal and temporary tables hold codes too: the first is deleted, the second in memory.
        for pragma in (
            "secure_delete = ON",
            "temp_store = MEMORY",
            "foreign_keys = ON",
            "synchronous = EXTRA",
        ):
            self._ask(pragma)
        if self._ask("application_id") != schema.APPLICATION:
            raise EvidenceError(f"{self.path}: not a ledger of singleout")
        self._patiently(self._same_schema)

    def _same_schema(self) -> None:
        self.version = schema.version(self.connection, str(self.path))

    def _ask(self, pragma: str) -> Any:
        """Run a pragma; the first value that it answers."""
        row = self._patiently(lambda: self.connection.execute(f"PRAGMA {pragma}").fetchone())
        return row[0] if row else None

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Turn SQLite's errors into errors that say what to do; they hold no data."""
        try:
            yield
        except (sqlite3.Error, UnicodeDecodeError) as problem:
            raise EvidenceError(f"{self.path}: {explain(problem)}") from None

    def reading(self) -> AbstractContextManager[sqlite3.Connection]:
        """One consistent view of the file."""
        return self._transaction("BEGIN")

    def writing(self) -> AbstractContextManager[sqlite3.Connection]:
        """All that is written inside, or nothing of it."""
        return self._transaction("BEGIN IMMEDIATE")

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        run = self.connection.execute
        with self.errors():
            self._patiently(lambda: run(begin))
            try:
                self._patiently(self._same_schema)
                yield self.connection
                self._patiently(lambda: run("COMMIT"))
            except BaseException:
                if self.connection.in_transaction:
                    run("ROLLBACK")
                raise

    def _patiently(self, action: Callable[[], Any]) -> Any:
        """Do it, again and again while another process holds the file."""
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                return action()
            except sqlite3.OperationalError as problem:
                if not _busy(problem) or time.monotonic() > until:
                    raise
            if self._waiting is not None:
                self._waiting(f"{self.path}: another process is writing to the ledger; waiting")
                self._waiting = None

    def backup(self, target: Path) -> None:
        """Copy the ledger, whole and consistent, to a file that was not there."""
        create(target)
        try:
            with self.errors(), closing(sqlite3.connect(target, isolation_level=None)) as copy:
                self.connection.backup(copy)
        except BaseException:
            target.unlink(missing_ok=True)
            raise

    def shrink(self) -> None:
        """Write the file anew without the room of what was deleted."""
        with self.errors():
            self._patiently(self._same_schema)
            self._patiently(lambda: self.connection.execute("VACUUM"))


def create(path: Path) -> None:
    """Make an empty file that only its owner may read, where there was none."""
    write_new(path, b"", 0o600)


def initialise(path: Path, meta: dict[str, bytes]) -> None:
    """Make a ledger file without releases.

    Raises
    ------
    EvidenceError
        If there is a file of that name, or it cannot be written; then nothing is left behind.
    """
    create(path)
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            run = connection.execute
            run("BEGIN IMMEDIATE")
            run(f"PRAGMA application_id = {schema.APPLICATION}")
            run(f"PRAGMA user_version = {schema.VERSION}")
            schema.create(connection)
            connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
            run("COMMIT")
    except sqlite3.Error as problem:
        path.unlink(missing_ok=True)
        raise EvidenceError(f"{path}: {explain(problem)}") from None


def _busy(problem: sqlite3.Error) -> bool:
    return getattr(problem, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


def explain(problem: sqlite3.Error | UnicodeDecodeError) -> str:
    """Return what an error of SQLite means and what to do, without what SQLite says of data."""
    if isinstance(problem, UnicodeDecodeError):
        return _DAMAGED
    if isinstance(problem, sqlite3.OperationalError) and not hasattr(problem, "sqlite_errorname"):
        return _DAMAGED  # Python's own: a text that is no UTF-8
    name = getattr(problem, "sqlite_errorname", "") or type(problem).__name__
    for start, words in (
        (
            "SQLITE_BUSY",
            "another process kept it for a minute; nothing was changed, try again",
        ),
        (
            "SQLITE_LOCKED",
            "another process kept it for a minute; nothing was changed, try again",
        ),
        ("SQLITE_FULL", "the disk is full; nothing was changed: make room and try again"),
        ("SQLITE_IOERR", "the disk is full or fails; nothing was changed: make room, try again"),
        ("SQLITE_READONLY", "the ledger or its folder is read-only for you; nothing was changed"),
        ("SQLITE_CANTOPEN", "the ledger or its folder cannot be opened or written"),
        ("SQLITE_PERM", "the ledger or its folder cannot be opened or written"),
        ("SQLITE_NOTADB", "not a ledger, or damaged: go back to a backup"),
        ("SQLITE_CORRUPT", _DAMAGED),
        ("SQLITE_TOOBIG", "the release is too large for one ledger (1 GB a column)"),
    ):
        if name.startswith(start):
            return words
    return f"SQLite failed ({name}); nothing was changed"
