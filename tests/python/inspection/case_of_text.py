"""A case of a text: its lines, and the verdict that a careful officer wants."""

from __future__ import annotations

Case = tuple[list[str], str]


def one(verdict: str, *texts: str) -> list[Case]:
    """Cases of one line each."""
    return [([text], verdict) for text in texts]
