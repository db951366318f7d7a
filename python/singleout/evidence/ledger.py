"""The ledger: what earlier releases held, as keyed codes that only the key's holder can read."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from singleout import _keyed
from singleout.evidence import store as files
from singleout.evidence.codes import CODE_BYTES, Coder, KeyedColumn, in_order, recode, shuffled
from singleout.evidence.errors import EvidenceError
from singleout.evidence.guarded import Guarded
from singleout.evidence.keys import read_secret, write_new
from singleout.evidence.linkage import Linkage, link_releases
from singleout.evidence.normal import VERSION as NORMAL
from singleout.evidence.records import (
    Release,
    insert_fields,
    insert_release,
    read_columns,
    read_releases,
)
from singleout.evidence.rings import Ring, ring_meta
from singleout.sources import open_source
from singleout.table import check_names, unknown_field, usable_threads

__all__ = ["Ledger", "Release", "new_key"]

KEY_BYTES = 32


def new_key(path: str | os.PathLike[str]) -> None:
    """Make a ledger key: a file of 32 random bytes that only its owner may read.

    Raises
    ------
    EvidenceError
        If there is a file of that name, or it cannot be written.
    """
    key = _keyed.random(KEY_BYTES)
    try:
        write_new(path, key, 0o600)
    finally:
        _keyed.cleanse(key)


class Ledger:
    """An open ledger; use it in a ``with``, or call `close`.

    Parameters
    ----------
    path : path
        The ledger's SQLite file.
    key : path
        The key file, kept apart from it.
    threads : int, optional
        How many threads make codes; as many as there are processors when left out.
    waiting : callable, optional
        Told, once, when another process is writing to the file.

    Raises
    ------
    EvidenceError
        If there is no ledger, the key is not its key, or either cannot be read.

    Examples
    --------
    >>> Ledger.new("releases.ledger", "ledger.key")  # doctest: +SKIP
    >>> with Ledger("releases.ledger", "ledger.key") as ledger:  # doctest: +SKIP
    ...     ledger.add("march.csv")
    ...     print(ledger.check("april.csv").summary())
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        key: str | os.PathLike[str],
        *,
        threads: int | None = None,
        waiting: files.Waiting | None = None,
    ) -> None:
        root = _read_key(key)
        self._threads = usable_threads() if threads is None else threads
        self._store = files.Store(Path(path), waiting)
        try:
            self._file = Guarded(self._store, root, str(key))
        except BaseException:
            self.close()
            raise

    @staticmethod
    def new(path: str | os.PathLike[str], key: str | os.PathLike[str]) -> None:
        """Make an empty ledger, and its key where there is no file of that name."""
        if not Path(key).exists():
            if Path(path).exists():
                raise EvidenceError(f"{path}: is there already; give the key that it was made with")
            new_key(key)
        root = _read_key(key)
        meta = ring_meta(root, NORMAL)
        files.initialise(Path(path), meta)

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def releases(self) -> tuple[Release, ...]:
        """The releases, in the order in which they were added."""
        with self._file.reading() as connection:
            return read_releases(connection)

    @property
    def seal(self) -> str:
        """The seal of the ledger as it was last read or written here; empty before.

        Whoever keeps it can tell later whether the file has come after it: `verify`.
        """
        return self._file.seal

    def add(
        self,
        release: Any,
        *,
        name: str | None = None,
        link: Mapping[str, str] | None = None,
        fields: Sequence[str] | None = None,
        approval: str = "",
    ) -> int:
        """Add a release, whole or not at all.

        Parameters
        ----------
        release : frame, mapping or path
            The table that left, as `singleout.score` takes it.
        name : str, optional
            What to call it; the file's name when left out.
        link : mapping of str to str, optional
            For columns that another release names otherwise: ``{"rank": "grade"}`` says that this
            table's ``rank`` is what is elsewhere called ``grade``.
        fields : sequence of str, optional
            The columns that left; all when left out.
        approval : str
            SHA-256 of the approval that was checked.

        Returns
        -------
        int
            Its number in the ledger.

        Raises
        ------
        EvidenceError
            If it is in the ledger already, or the ledger cannot be written; nothing is added then.
        singleout.InputError
            If the table cannot be read.
        """
        table, found = _table(release, fields)
        label = name or found
        if not label:
            raise EvidenceError("say what to call the release: name=...")
        columns = shuffled(self._code(table, link))
        content = self._file.ring.content(columns)
        with self._file.writing() as connection:
            again = connection.execute(
                "SELECT id FROM release WHERE content = ?", (content,)
            ).fetchone()
            if again:
                raise EvidenceError(f"{label}: is in the ledger already, as release {again[0]}")
            return insert_release(connection, label, columns, approval, content)

    def check(
        self,
        draft: Any,
        *,
        link: Mapping[str, str] | None = None,
        fields: Sequence[str] | None = None,
        key: str | None = None,
        threshold: int = 5,
    ) -> Linkage:
        """Measure what a draft gives away together with the releases in the ledger.

        Parameters
        ----------
        draft : frame, mapping or path
            The table that is to leave.
        link, fields : optional
            As in `add`.
        key : str, optional
            The draft's column that names a person, to tell who was changed between versions.
        threshold : int
            Fewer people than this are few.

        Returns
        -------
        Linkage
            Release by release, and over chains of releases.

        Raises
        ------
        EvidenceError
            If the ledger cannot be read, or was changed by someone without the key.
        singleout.InputError
            If the table cannot be read.
        """
        table, name = _table(draft, fields)
        if key is not None and key not in table.column_names:
            raise unknown_field(key, table.column_names)
        columns = self._code(table, link)
        with self._file.reading() as connection:
            return link_releases(
                columns,
                read_releases(connection),
                lambda release: read_columns(connection, release),
                name=name,
                key=key,
                threshold=threshold,
            )

    def remove(self, release: int) -> None:
        """Remove a release, and overwrite what the file held of it.

        Raises
        ------
        EvidenceError
            If there is no release of that number.
        """
        with self._file.writing() as connection:
            gone = connection.execute("DELETE FROM release WHERE id = ?", (release,)).rowcount
            if not gone:
                raise EvidenceError(f"there is no release {release} in the ledger")
        self._store.shrink()

    def rotate(self, key: str | os.PathLike[str]) -> None:
        """Put every code under a new key; the old key then opens nothing in this file.

        Parameters
        ----------
        key : path
            The new key; it is made when there is no file of that name.
        """
        if not Path(key).exists():
            new_key(key)
        ring = self._file.ring.next(_read_key(key))
        with self._file.writing() as connection:
            for release in read_releases(connection):
                columns = [self._under(ring, one) for one in read_columns(connection, release.id)]
                columns = shuffled(columns)
                connection.execute("DELETE FROM field WHERE release = ?", (release.id,))
                insert_fields(connection, release.id, columns)
                connection.execute(
                    "UPDATE release SET content = ? WHERE id = ?",
                    (ring.content(columns), release.id),
                )
            connection.executemany(
                "INSERT OR REPLACE INTO meta VALUES (?, ?)", sorted(ring.meta.items())
            )
            self._file.ring = ring
        self._store.shrink()

    def backup(self, target: str | os.PathLike[str]) -> None:
        """Copy the ledger to a file that was not there; the key opens the copy too."""
        with self._file.reading():
            self._store.backup(Path(target))

    def verify(self, after: str | None = None) -> tuple[str, ...]:
        """Say what is damaged in the file or was changed without the key; nothing when all is well.

        Parameters
        ----------
        after : str, optional
            A seal that was shown earlier: the ledger must be that one, or have come from it.

        Returns
        -------
        tuple of str
            One sentence a fault.
        """
        return self._file.faults(after)

    def _code(self, table: pa.Table, link: Mapping[str, str] | None) -> list[KeyedColumn]:
        links = dict(link or {})
        for name in links:
            if name not in table.column_names:
                raise unknown_field(name, table.column_names)
        columns = Coder(self._file.ring.chain, self._threads).code_table(table, links)
        seen: dict[str, str] = {}
        for one in columns:
            folded = one.link.strip().casefold()
            if folded in seen:
                raise EvidenceError(
                    f"columns '{seen[folded]}' and '{one.name}' have the same link name "
                    f"'{one.link}': give one of them another with link="
                )
            seen[folded] = one.name
        return columns

    def _under(self, ring: Ring, column: KeyedColumn) -> KeyedColumn:
        codes = recode(ring.chain[-1], column.link, column.codes.tobytes(), self._threads)
        made = np.frombuffer(codes, np.uint8).reshape(-1, CODE_BYTES)
        return in_order(KeyedColumn(column.name, column.link, made, column.cells))


def _read_key(path: str | os.PathLike[str]) -> _keyed.Secret:
    data = read_secret(path)
    try:
        if len(data) != KEY_BYTES:
            raise EvidenceError(f"{path}: not a ledger key ({KEY_BYTES} bytes)")
        return _keyed.Secret(data)
    finally:
        _keyed.cleanse(data)


def _table(data: Any, fields: Sequence[str] | None) -> tuple[pa.Table, str]:
    source = open_source(data)
    table = source.table
    check_names(table.column_names)
    for name in fields or ():
        if name not in table.column_names:
            raise unknown_field(name, table.column_names)
    if fields is not None:
        table = table.select(list(fields))
    if table.num_rows == 0:
        raise EvidenceError("the table has no rows")
    return table, source.name
