"""What a rule gives: what a row stands for, and why."""

from __future__ import annotations

from dataclasses import dataclass

from singleout.draft.model import Kind


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a row stands for, and why, in plain English without any value."""

    kind: Kind
    reasons: tuple[str, ...]
