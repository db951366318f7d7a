"""What can go wrong with keys, approvals and the ledger, in words without a key or a value."""

from __future__ import annotations

from singleout.errors import SingleoutError


class EvidenceError(SingleoutError):
    """A key, an approval or the ledger cannot be used; the message says which and what to do."""


class RefusedError(EvidenceError):
    """The draft must not be approved as it is; the message says why."""
