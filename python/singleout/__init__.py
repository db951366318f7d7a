"""Measure, before a disclosure is approved, who can be singled out in it.

    import singleout as so
    so.score(frame)          # which combinations of fields single people out

Names are imported on first use, so that `import singleout` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from singleout.errors import InputError, PolicyError, SingleoutError

if TYPE_CHECKING:
    from singleout.assessment import Assessment
    from singleout.attacker import (
        Attacker,
        colleague,
        journalist,
        neighbour,
        stranger,
        uniform,
    )
    from singleout.draft import Draft as Draft
    from singleout.draft.inspect import inspect
    from singleout.policy import Policy
    from singleout.roles import suggest_roles
    from singleout.scoring import score
    from singleout.verdict import Review
    from singleout.verdict.judge import review

__version__ = "0.1.0"

__all__ = [
    "Assessment",
    "Attacker",
    "Draft",
    "InputError",
    "Policy",
    "PolicyError",
    "Review",
    "SingleoutError",
    "colleague",
    "inspect",
    "journalist",
    "neighbour",
    "review",
    "score",
    "stranger",
    "suggest_roles",
    "uniform",
]

# No module may be named like what it gives here: importing it would put the module in its place.
_HOME = {
    "Draft": "singleout.draft",
    "inspect": "singleout.draft",
    "Policy": "singleout.policy",
    "Review": "singleout.verdict",
    "review": "singleout.verdict",
    "Assessment": "singleout.assessment",
    "score": "singleout.scoring",
    "Attacker": "singleout.attacker",
    "uniform": "singleout.attacker",
    "stranger": "singleout.attacker",
    "neighbour": "singleout.attacker",
    "colleague": "singleout.attacker",
    "journalist": "singleout.attacker",
    "suggest_roles": "singleout.roles",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'singleout' has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
