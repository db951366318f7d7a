"""Columns' names in a sentence; counted words."""

from __future__ import annotations

from collections.abc import Sequence

from singleout.draft.words import column_name, counted

__all__ = ["column_name", "counted", "listed"]


def listed(names: Sequence[str]) -> str:
    """Return columns' names in quotes, the first five and how many more.

    Examples
    --------
    >>> listed(["rank"]), listed(["rank", "unit", "station"])
    ("'rank'", "'rank', 'unit' and 'station'")
    """
    shown = [f"'{column_name(name)}'" for name in names[:5]]
    if len(names) > 5:
        return f"{', '.join(shown)} and {len(names) - 5} more"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
