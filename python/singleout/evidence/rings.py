"""What is derived from a ledger's key: coding secrets, seals, and the check of the key itself."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from sqlite3 import Connection

from singleout import _keyed
from singleout.evidence.codes import KeyedColumn
from singleout.evidence.errors import EvidenceError
from singleout.evidence.normal import VERSION as NORMAL
from singleout.evidence.records import (
    DamagedError,
    Row,
    has_strays,
    read_columns,
    read_meta,
    read_numbering,
    read_rows,
)

_PURPOSE = b"singleout ledger 1 "
_WRAPPED_BYTES = 40
SEAL_BYTES = 16  # of a seal, as it is shown and kept of earlier ones
_CHANGED = "was changed without the ledger's key: go back to a backup"


@dataclass(frozen=True, slots=True)
class Ring:
    """The secrets of an open ledger.

    Parameters
    ----------
    chain : tuple of Secret
        The coding secrets, of the ledger's first key first.
    sealing : Secret
        Seals what only the key's holder may write.
    meta : dict of str to bytes
        What the file says of them: ``salt``, ``check`` (of the key), ``chain`` (the earlier coding
        secrets, wrapped under this key), ``normal`` (the normal form of values).
    """

    chain: tuple[_keyed.Secret, ...]
    sealing: _keyed.Secret
    meta: dict[str, bytes]

    @classmethod
    def open(cls, root: _keyed.Secret, meta: dict[str, bytes], path: str, key: str) -> Ring:
        """Derive the secrets of a ledger.

        Raises
        ------
        EvidenceError
            If the key is not this ledger's.
        """
        salt = meta.get("salt", b"")
        if not _keyed.equal(_check(root, salt), meta.get("check", b"")):
            raise EvidenceError(f"{path}: {key} is not its key; nothing was read or changed")
        if meta.get("normal") != str(NORMAL).encode():
            raise EvidenceError(f"{path}: its codes were made by another version of singleout")
        wrapping = root.derive(salt, _PURPOSE + b"wrap")
        wrapped = meta.get("chain", b"")
        try:
            earlier = [
                wrapping.unwrap(wrapped[at : at + _WRAPPED_BYTES])
                for at in range(0, len(wrapped), _WRAPPED_BYTES)
            ]
        except _keyed.Error:
            raise EvidenceError(f"{path}: the ledger {_CHANGED}") from None
        coding = root.derive(salt, _PURPOSE + b"codes")
        sealing = root.derive(salt, _PURPOSE + b"seal")
        kept = {name: meta.get(name, b"") for name in ("salt", "check", "chain", "normal")}
        return cls((*earlier, coding), sealing, kept)

    def next(self, root: _keyed.Secret) -> Ring:
        """Return the ring of the same ledger under a new key.

        Raises
        ------
        EvidenceError
            If the key is the one that it has.
        """
        salt = bytes(_keyed.random(16))
        if _keyed.equal(_check(root, self.meta["salt"]), self.meta["check"]):
            raise EvidenceError("the new key is the ledger's key already")
        wrapping = root.derive(salt, _PURPOSE + b"wrap")
        wrapped = b"".join(wrapping.wrap(secret) for secret in self.chain)
        meta = {**self.meta, "salt": salt, "check": _check(root, salt), "chain": wrapped}
        coding = root.derive(salt, _PURPOSE + b"codes")
        return Ring((*self.chain, coding), root.derive(salt, _PURPOSE + b"seal"), meta)

    def content(self, columns: Sequence[KeyedColumn]) -> bytes:
        """Return what stands for a release's whole content: equal for equal rows and columns."""
        parts = []
        for one in columns:
            parts += [one.name.encode(), one.link.encode(), _digest(one)]
        return self.sealing.hmac(_framed(b"content", *parts))

    def seal(self, connection: Connection) -> bytes:
        """Seal every release, which releases there are, and after which seals this one comes.

        Returns
        -------
        bytes
            The seal of the whole.
        """
        for row in read_rows(connection):
            connection.execute(
                "UPDATE release SET seal = ? WHERE id = ?", (self._release_seal(row), row.id)
            )
        before = read_meta(connection)
        earlier = before.get("earlier", b"") + before["seal"][:SEAL_BYTES]
        seal = self._ledger_seal(connection, read_rows(connection), earlier)
        connection.executemany(
            "INSERT OR REPLACE INTO meta VALUES (?, ?)", (("earlier", earlier), ("seal", seal))
        )
        return seal

    def broken(self, connection: Connection, version: int) -> tuple[str, ...]:
        """Say what does not match its seal."""
        try:
            rows, meta = read_rows(connection), read_meta(connection)
            faults = [
                f"release {row.id} {_CHANGED}" for row in rows if not self._holds(connection, row)
            ]
            names = {*self.meta, "seal"} | ({"earlier"} if version > 1 else set())
            earlier = meta.get("earlier", b"") if version > 1 else None
            whole = set(meta) == names and not has_strays(connection)
            whole = whole and all(meta[name] == value for name, value in self.meta.items())
            seal = self._ledger_seal(connection, rows, earlier)
            if not (whole and _keyed.equal(seal, meta["seal"])):
                faults.append(f"the list of releases {_CHANGED}")
        except DamagedError:
            return (f"the ledger {_CHANGED}",)
        return tuple(faults)

    def _holds(self, connection: Connection, row: Row) -> bool:
        if not _keyed.equal(self._release_seal(row), row.seal):
            return False
        try:
            return _keyed.equal(self.content(read_columns(connection, row.id)), row.content)
        except ValueError:
            return False

    def _release_seal(self, row: Row) -> bytes:
        numbers = struct.pack(">QQ", row.id, row.rows)
        texts = (row.name.encode(), row.added.encode(), row.approval.encode())
        return self.sealing.hmac(_framed(b"release", numbers, *texts, row.content))

    def _ledger_seal(
        self, connection: Connection, rows: Sequence[Row], earlier: bytes | None
    ) -> bytes:
        """The seal of the whole; that of version 1 where there is no word of earlier seals."""
        seals = [self._release_seal(row) for row in rows]
        if earlier is None:
            return self.sealing.hmac(_framed(b"ledger", *self._names(), *seals))
        return self._chained_seal(read_numbering(connection), seals, earlier)

    def _chained_seal(self, number: int, seals: Sequence[bytes], earlier: bytes) -> bytes:
        parts = (struct.pack(">Q", number), earlier, *self._names(), *seals)
        return self.sealing.hmac(_framed(b"ledger 2", *parts))

    def _names(self) -> list[bytes]:
        pairs = sorted((name.encode(), value) for name, value in self.meta.items())
        return [name + b"=" + value for name, value in pairs]


def ring_meta(root: _keyed.Secret, normal: int) -> dict[str, bytes]:
    """Return what a new ledger's file says of its key."""
    salt = bytes(_keyed.random(16))
    meta = {
        "salt": salt,
        "check": _check(root, salt),
        "chain": b"",
        "normal": str(normal).encode(),
    }
    sealing = root.derive(salt, _PURPOSE + b"seal")
    seal = Ring((), sealing, meta)._chained_seal(0, (), b"")
    return {**meta, "earlier": b"", "seal": seal}


def _check(root: _keyed.Secret, salt: bytes) -> bytes:
    return root.derive(salt, _PURPOSE + b"check").hmac(b"")


def _digest(column: KeyedColumn) -> bytes:
    cells = column.cells.astype("<u4").tobytes()
    return _keyed.sha256(_framed(column.codes.tobytes(), cells))


def _framed(*parts: bytes) -> bytes:
    """The parts, each after its length, so that no two lists of parts give the same bytes."""
    return b"".join(struct.pack(">Q", len(part)) + part for part in parts)
