"""What may leave: a policy read from TOML, checked, with presets that name their sources."""

from singleout.policy.load import PRESETS, load, preset
from singleout.policy.model import (
    Acceptance,
    Counts,
    Expect,
    Field,
    Findings,
    People,
    Policy,
    Source,
    TableRows,
)

__all__ = [
    "PRESETS",
    "Acceptance",
    "Counts",
    "Expect",
    "Field",
    "Findings",
    "People",
    "Policy",
    "Source",
    "TableRows",
    "load",
    "preset",
]
