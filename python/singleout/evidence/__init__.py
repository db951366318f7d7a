"""Evidence: signed approvals of releases, and a keyed ledger of earlier ones."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from singleout.evidence.approval import approve
    from singleout.evidence.errors import EvidenceError
    from singleout.evidence.ledger import Ledger
    from singleout.evidence.linkage import Linkage
    from singleout.evidence.verify import Verified, verify

__all__ = ["EvidenceError", "Ledger", "Linkage", "Verified", "approve", "verify"]

_HOME = {
    "EvidenceError": "singleout.evidence.errors",
    "Ledger": "singleout.evidence.ledger",
    "Linkage": "singleout.evidence.linkage",
    "Verified": "singleout.evidence.verify",
    "approve": "singleout.evidence.approval",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'singleout.evidence' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
