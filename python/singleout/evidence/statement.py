"""The approval file: its parts, their shape, and the bytes that an approver signs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from singleout import _keyed
from singleout.evidence import canonical
from singleout.evidence.keys import PublicKey

FORMAT = "singleout approval 1"
SUFFIX = ".approval.json"
MOST_BYTES = 64 << 20

_HEX32 = re.compile(r"[0-9a-f]{64}\Z")
_HEX64 = re.compile(r"[0-9a-f]{128}\Z")
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z\Z")
_BODY = {
    "accepted": list,
    "draft_bytes": int,
    "draft_sha256": str,
    "format": str,
    "policy": list,
    "result": dict,
    "result_sha256": str,
    "tool": dict,
    "verdict": str,
}
_STATEMENT = {
    "key_id": str,
    "override": bool,
    "public_key": str,
    "reason": str,
    "signature": str,
    "time": str,
}


@dataclass(frozen=True, slots=True)
class Statement:
    """What one approver says and signs.

    Parameters
    ----------
    key_id, public_key : str
        The key's, in hexadecimal. The key is there so that the signature can be checked for
        changes; it is trusted only when the verifier has it from elsewhere.
    time : str
        UTC, to the second: ``2026-11-24T20:40:00Z``.
    reason : str
        Why, in the approver's words.
    override : bool
        Whether it approves a draft that the review refused.
    signature : str
        In hexadecimal; empty before it is signed.
    """

    key_id: str
    public_key: str
    time: str
    reason: str
    override: bool
    signature: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data for JSON."""
        return {name: getattr(self, name) for name in _STATEMENT}

    def signed_bytes(self, body: dict[str, Any]) -> bytes:
        """Return what the signature is of: the canonical form of the body and this, unsigned."""
        plain = self.to_dict()
        del plain["signature"]
        return canonical.dumps({"body": body, "statement": plain})

    def holds(self, body: dict[str, Any]) -> bool:
        """Whether the signature is of this body and statement, by the key that it names."""
        raw = bytes.fromhex(self.public_key)
        return PublicKey(raw).key_id == self.key_id and _keyed.verify(
            raw, self.signed_bytes(body), bytes.fromhex(self.signature)
        )


@dataclass(frozen=True, slots=True)
class Approval:
    """An approval file's content.

    Parameters
    ----------
    body : dict
        What every approver signs.
    statements : tuple of Statement
        One an approver, in the order in which they signed.
    """

    body: dict[str, Any]
    statements: tuple[Statement, ...]

    def to_bytes(self) -> bytes:
        """Return the file's bytes."""
        return canonical.dumps(
            {"body": self.body, "statements": [one.to_dict() for one in self.statements]}
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> Approval:
        """Read an approval file.

        Raises
        ------
        NotCanonicalError
            If the bytes are not an approval in canonical form.
        """
        value = canonical.loads(data)
        if not isinstance(value, dict) or set(value) != {"body", "statements"}:
            raise canonical.NotCanonicalError("it is not an approval")
        body, statements = value["body"], value["statements"]
        if not _shaped(body, _BODY) or body["format"] != FORMAT:
            raise canonical.NotCanonicalError("its body is not that of an approval")
        if not isinstance(statements, list) or not statements:
            raise canonical.NotCanonicalError("it has no statement of an approver")
        if not all(_shaped(one, _STATEMENT) and _plausible(one) for one in statements):
            raise canonical.NotCanonicalError("an approver's statement is not one")
        return cls(body, tuple(Statement(**one) for one in statements))


def _shaped(value: Any, shape: dict[str, type]) -> bool:
    return (
        isinstance(value, dict)
        and set(value) == set(shape)
        and all(type(value[name]) is kind for name, kind in shape.items())
    )


def _plausible(one: dict[str, Any]) -> bool:
    return bool(
        _HEX32.match(one["key_id"])
        and _HEX32.match(one["public_key"])
        and _HEX64.match(one["signature"])
        and _TIME.match(one["time"])
    )
