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
from singleout.evidence.records import read_columns, read_meta

_PURPOSE = b"singleout ledger 1 "
_WRAPPED_BYTES = 40
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
        kept = {name: meta[name] for name in ("salt", "check", "chain", "normal")}
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

    def seal(self, connection: Connection) -> None:
        """Seal every release, and which releases there are."""
        rows = connection.execute(_ROWS).fetchall()
        for row in rows:
            connection.execute(
                "UPDATE release SET seal = ? WHERE id = ?", (self._release_seal(row), row[0])
            )
        connection.execute(
            "INSERT OR REPLACE INTO meta VALUES ('seal', ?)", (self._ledger_seal(rows),)
        )

    def broken(self, connection: Connection) -> tuple[str, ...]:
        """Say what does not match its seal."""
        rows = connection.execute(_ROWS).fetchall()
        seals = dict(connection.execute("SELECT id, seal FROM release"))
        faults = []
        for row in rows:
            whole = _keyed.equal(self._release_seal(row), seals[row[0]])
            try:
                whole = whole and _keyed.equal(
                    self.content(read_columns(connection, row[0])), row[5]
                )
            except ValueError:
                whole = False
            if not whole:
                faults.append(f"release {row[0]} {_CHANGED}")
        meta = read_meta(connection)
        if not _keyed.equal(self._ledger_seal(rows), meta.get("seal", b"")):
            faults.append(f"the list of releases {_CHANGED}")
        return tuple(faults)

    def _release_seal(self, row: tuple[int, str, int, str, str, bytes]) -> bytes:
        identity, name, count, added, approval, content = row
        numbers = struct.pack(">QQ", identity, count)
        texts = (name.encode(), added.encode(), approval.encode())
        return self.sealing.hmac(_framed(b"release", numbers, *texts, content))

    def _ledger_seal(self, rows: Sequence[tuple[int, str, int, str, str, bytes]]) -> bytes:
        names = [
            name + b"=" + value
            for name, value in sorted((k.encode(), v) for k, v in self.meta.items())
        ]
        return self.sealing.hmac(_framed(b"ledger", *names, *map(self._release_seal, rows)))


_ROWS = "SELECT id, name, rows, added, approval, content FROM release ORDER BY id"


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
    return {**meta, "seal": Ring((), sealing, meta)._ledger_seal(())}


def _check(root: _keyed.Secret, salt: bytes) -> bytes:
    return root.derive(salt, _PURPOSE + b"check").hmac(b"")


def _digest(column: KeyedColumn) -> bytes:
    cells = column.cells.astype("<u4").tobytes()
    return _keyed.sha256(_framed(column.codes.tobytes(), cells))


def _framed(*parts: bytes) -> bytes:
    """The parts, each after its length, so that no two lists of parts give the same bytes."""
    return b"".join(struct.pack(">Q", len(part)) + part for part in parts)
