"""Tables of which somebody has said what a row stands for, where the program could not tell."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from glob import escape
from typing import Any

from singleout.draft.model import Draft, DraftTable, Place
from singleout.errors import InputError
from singleout.policy.model import Policy
from singleout.policy.show import toml_value

ROWS = ("things",)
_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Settled:
    """What somebody said of one table.

    Parameters
    ----------
    place : Place
        The table.
    rows : {"things"}
        What a row stands for.
    because : str
        The reason stated in the policy, or that the command line says so.
    expires : datetime.date or None
        The last day on which it holds; None for the command line.
    """

    place: Place
    rows: str
    because: str
    expires: dt.date | None = None

    def sentence(self, *, show_values: bool = False) -> str:
        """Return it as a sentence.

        Examples
        --------
        >>> Settled(Place(sheet="Sites"), "things", "the command line says so").sentence()
        "Rows of sheet 'Sites' are taken for things, since the command line says so."
        """
        until = "" if self.expires is None else f" (until {self.expires.isoformat()})"
        where = self.place.text(not show_values)
        because = self.because.rstrip(".")
        return f"Rows of {where} are taken for {self.rows}, since {because}{until}."

    def to_dict(self, *, show_values: bool = False) -> dict[str, Any]:
        """Return it as plain data for JSON."""
        return {
            "where": self.place.text(not show_values),
            "rows": self.rows,
            "because": self.because,
            "until": None if self.expires is None else self.expires.isoformat(),
        }


def headings_digest(names: Sequence[str]) -> str:
    """Return what binds a declaration to a table's headings: the start of their SHA-256.

    Examples
    --------
    >>> headings_digest(["Site", "Ref"]) == headings_digest([" site", "REF"])
    True
    """
    text = "\x1f".join(name.strip().casefold() for name in names)
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]


def settled(
    table: DraftTable, policy: Policy, file: str, day: dt.date, given: Mapping[str, str]
) -> Settled | None:
    """Return what the policy or the caller says of an unclear table in sight; None if nothing.

    Only a table that is unclear and in sight can be settled: what names or numbers people stays so,
    and so does what is out of sight.
    """
    if table.kind != "unclear" or not table.visible:
        return None
    places = (table.place.text(), table.place.text(False))
    for place, rows in given.items():
        if place in places:
            return Settled(table.place, rows, "the command line says so")
    digest = headings_digest(table.names)
    for entry in policy.tables:
        if (
            entry.place in places
            and entry.headings == digest
            and fnmatchcase(file, entry.file)
            and day <= entry.expires
        ):
            return Settled(table.place, entry.rows, entry.reason, entry.expires)
    return None


def how_to_settle(table: DraftTable, file: str) -> str:
    """Return what to write to settle a table, after reading it."""
    where = table.place.text()
    shown = Place(part=file).text()
    # A name that is masked fits no pattern; a bracket or star in a name would be one itself
    pattern = escape(file) if shown == file else "*"
    return (
        f'If its rows are no people: --rows "{where}=things", or in the policy [[tables]] with '
        f'rows = "things", file = {toml_value(pattern)}, place = {toml_value(where)}, '
        f'headings = "{headings_digest(table.names)}", a reason and an expiry date'
    )


def check_given(given: Mapping[str, str], draft: Draft) -> None:
    """Raise `InputError` where the caller names a table that is not there, or no such rows."""
    for place, rows in given.items():
        if rows not in ROWS:
            raise InputError(f"--rows {place}={rows}: rows can be said to be: {', '.join(ROWS)}")
        known = [table for table in draft.tables if place in _places(table)]
        if not known:
            unclear = [t.place.text() for t in draft.tables if t.kind == "unclear" and t.visible]
            there = f"the unclear ones are: {'; '.join(unclear)}" if unclear else "none is unclear"
            raise InputError(f"--rows: the file has no table in that place; {there}")
        if len(known) > 1:
            raise InputError(
                f"--rows: {len(known)} tables are in that place as it is shown; name one by its "
                "place as --show-values shows it"
            )


def _places(table: DraftTable) -> tuple[str, str]:
    return table.place.text(), table.place.text(False)
