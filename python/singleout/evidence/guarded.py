"""A ledger's file behind its seals: nothing is read or written that they do not hold for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import Connection

from singleout import _keyed
from singleout.evidence.errors import EvidenceError
from singleout.evidence.records import DamagedError, read_meta
from singleout.evidence.rings import SEAL_BYTES, Ring
from singleout.evidence.schema import CHANGED, upgrade
from singleout.evidence.store import Store


class Guarded:
    """An open ledger file and its secrets.

    Parameters
    ----------
    store : Store
        The file.
    root : Secret
        Its key.
    key : str
        What to call the key where it is not this file's.

    Raises
    ------
    EvidenceError
        If the key is not its key, or the file cannot be read.
    """

    def __init__(self, store: Store, root: _keyed.Secret, key: str) -> None:
        self.store = store
        self._seal = b""
        with self._view() as connection:
            self.ring = Ring.open(root, read_meta(connection), str(store.path), key)

    @property
    def seal(self) -> str:
        """The seal of the file as it was last read or written here; empty before."""
        return self._seal[:SEAL_BYTES].hex()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view of a file that is whole.

        Raises
        ------
        EvidenceError
            If it was changed without the key, or is damaged.
        """
        with self._view() as connection:
            self._must_hold(connection)
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """All that is written inside, sealed, or nothing of it; what is not whole stays so.

        Raises
        ------
        EvidenceError
            If it was changed without the key, or is damaged; then nothing is written.
        """
        ring = self.ring
        try:
            with self.store.writing() as connection:
                self._must_hold(connection)
                upgrade(connection)
                yield connection
                seal = self.ring.seal(connection)
        except DamagedError:
            self.ring = ring
            raise EvidenceError(f"{self.store.path}: {CHANGED}") from None
        except BaseException:
            self.ring = ring
            raise
        self._seal = seal

    def faults(self, after: str | None) -> tuple[str, ...]:
        """Say what is damaged or was changed, or that the file does not come after a seal."""
        wanted = None if after is None else _seal_of(after)
        with self._view() as connection:
            faults = self._broken(connection)
            if faults or wanted is None:
                return faults
            earlier = read_meta(connection).get("earlier", b"")
        seals = [earlier[at : at + SEAL_BYTES] for at in range(0, len(earlier), SEAL_BYTES)]
        if wanted in (*seals, self._seal[:SEAL_BYTES]):
            return ()
        return (f"does not come after seal {after}: an older copy, or another ledger",)

    @contextmanager
    def _view(self) -> Iterator[Connection]:
        try:
            with self.store.reading() as connection:
                yield connection
        except DamagedError:
            raise EvidenceError(f"{self.store.path}: {CHANGED}") from None

    def _must_hold(self, connection: Connection) -> None:
        faults = self._broken(connection)
        if faults:
            raise EvidenceError(f"{self.store.path}: {faults[0]}")

    def _broken(self, connection: Connection) -> tuple[str, ...]:
        said = [row[0] for row in connection.execute("PRAGMA integrity_check(5)")]
        if said != ["ok"]:
            return ("SQLite finds the file damaged: go back to a backup",)
        if read_meta(connection).get("check") != self.ring.meta["check"]:
            raise EvidenceError(f"{self.store.path}: its key was replaced meanwhile; open it anew")
        faults = self.ring.broken(connection, self.store.version)
        if not faults:
            self._seal = read_meta(connection)["seal"]
        return faults


def _seal_of(text: str) -> bytes:
    try:
        seal = bytes.fromhex(text)
    except ValueError:
        seal = b""
    if len(seal) != SEAL_BYTES:
        raise EvidenceError(f"a seal is {2 * SEAL_BYTES} hexadecimal digits")
    return seal
