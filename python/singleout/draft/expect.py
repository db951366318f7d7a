"""Compare what was asked for with what is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from singleout.draft.collector import Collector
from singleout.draft.words import column_name
from singleout.errors import InputError


def compare(expect: str | Sequence[str], collector: Collector) -> None:
    """Add a finding for everything that was not asked for.

    Parameters
    ----------
    expect : "counts" or sequence of str
        Tables of counts only, or these columns only (letter case and spaces at the ends ignored).
    collector : Collector
        Its tables are compared; findings are added.

    Raises
    ------
    InputError
        If `expect` is another word.
    """
    if isinstance(expect, str):
        if expect != "counts":
            raise InputError(
                f"expect={expect!r} is not known: give 'counts' or a list of column names"
            )
        for table in collector.results.tables:
            if table.kind != "counts":
                collector.add(
                    "unexpected-table",
                    replace(table.place),
                    count=table.n_rows,
                    detail=f"counts were asked for; this is {_word(table.kind)}",
                )
        return
    wanted = {name.strip().lower() for name in expect}
    found: set[str] = set()
    for table in collector.results.tables:
        names = {name.strip().lower() for name in table.names}
        found |= names
        extra = [name for name in table.names if name.strip().lower() not in wanted]
        if extra:
            shown = ", ".join(f"'{column_name(name)}'" for name in extra[:8])
            more = f" and {len(extra) - 8} more" if len(extra) > 8 else ""
            collector.add(
                "unexpected-column", table.place, count=len(extra), detail=f"{shown}{more}"
            )
    missing = [name for name in expect if name.strip().lower() not in found]
    if missing:
        shown = ", ".join(f"'{name}'" for name in missing)
        collector.add("missing-column", None, count=len(missing), detail=shown)


def _word(kind: str) -> str:
    return {
        "people": "a table of people",
        "cases": "a table with a row for each case",
        "things": "a table of things",
    }.get(kind, "neither counts nor known to be people")
