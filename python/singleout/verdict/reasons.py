"""One reason of a verdict, and how it is ordered among others."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from singleout.base.printable import printable
from singleout.draft.codes import CODES
from singleout.draft.model import Finding, Place
from singleout.policy.never import UNREAD
from singleout.verdict.codes import REASONS
from singleout.verdict.words import counted

Stops = Literal["refuse", "review"]

_FORMAT_CHANGE = re.compile(r"(?i)\b(csv|new file|convert|xlsx|picture of it)\b")
SECTION_11 = (
    "If the requester asked for a particular format (FOIA section 11), say why you change it."
)
# Findings that outweigh the others of their severity, worst first.
_WORST = ("unseen-people-table", "unseen-identifier", "picture-location", "unexpected-table")
# Those that may hold rows come before those that hold a text or two.
_HOLD_ROWS = (
    "unreadable",
    "encrypted",
    "not-fully-read",
    "unsupported-format",
    "empty-file",
    "pivot-cache",
    "data-model",
    "embedded-object",
    "query-rows",
    "rich-data",
    "external-link-cache",
    "linked-table",
    "saved-version",
    "unseen-table",
    "very-hidden-sheet",
    "hidden-sheet",
    "hidden-column",
    "hidden-row",
    "filtered-row",
    "far-cells",
    "oversized",
)


@dataclass(frozen=True, slots=True, repr=False)
class Reason:
    """Why a file is stopped.

    Parameters
    ----------
    code : str
        A key of `singleout.draft.codes.CODES` or `singleout.verdict.codes.REASONS`.
    effect : {"refuse", "review"}
        What the policy makes of it.
    what : str
        What was found, in a few words to read aloud, without any value of the file.
    place : Place
        Where it is.
    count : int
        How many of `unit`.
    unit : str
        What is counted: people, rows, cells, sheets ...
    example : str
        One instance by its place ("row 4,117"), never by its value; empty when the place says it.
    why : str
        Why it matters.
    remedy : str
        What to do.
    detail : str
        How it shows: columns, numbers, combinations; never a value.
    note : str
        What else is to be said, such as an acceptance that has expired.
    """

    code: str
    effect: Stops
    what: str
    place: Place
    count: int
    unit: str
    example: str
    why: str
    remedy: str
    detail: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        for name in ("what", "example", "detail", "note", "remedy", "why"):
            object.__setattr__(self, name, printable(getattr(self, name)))

    @property
    def where(self) -> str:
        """The place in words, names that look like a person or a path masked."""
        return self.place.text()

    def sentence(self, *, show_values: bool = False) -> str:
        """Return what and where as one phrase."""
        where = self.place.text(not show_values)
        return self.what if where == "the file" else f"{self.what}, in {where}"

    def __repr__(self) -> str:
        return f"<Reason {self.code} ({self.effect}): {self.sentence()}>"

    def to_dict(self, *, show_values: bool = False) -> dict[str, Any]:
        """Return the reason as plain data for JSON."""
        return {
            "code": self.code,
            "effect": self.effect,
            "what": self.what,
            "detail": self.detail,
            "where": self.place.text(not show_values),
            "count": self.count,
            "unit": self.unit,
            "example": self.example,
            "why": self.why,
            "remedy": self.remedy,
            "note": self.note,
        }


@dataclass(frozen=True, slots=True)
class Accepted:
    """A reason that the policy lets pass: by whose reasoning, and until when."""

    reason: Reason
    because: str
    expires: dt.date

    def to_dict(self, *, show_values: bool = False) -> dict[str, Any]:
        """Return it as plain data for JSON."""
        return {
            **self.reason.to_dict(show_values=show_values),
            "accepted_because": self.because,
            "accepted_until": self.expires.isoformat(),
        }


def reason(
    code: str,
    effect: Stops,
    what: str,
    place: Place,
    count: int,
    unit: str,
    *,
    example: str = "",
    detail: str = "",
) -> Reason:
    """Make a reason of a known code; why and what to do come from the table."""
    known = REASONS[code]
    remedy = with_format_note(known.remedy)
    return Reason(code, effect, what, place, count, unit, example, known.why, remedy, detail)


def with_format_note(remedy: str) -> str:
    """Add the reminder of the requester's preference where the remedy changes the format.

    Examples
    --------
    >>> with_format_note("Delete the sheet.")
    'Delete the sheet.'
    """
    return f"{remedy} {SECTION_11}" if _FORMAT_CHANGE.search(remedy) else remedy


def from_finding(finding: Finding, effect: Stops) -> Reason:
    """Turn a finding that the policy stops into a reason."""
    known = CODES[finding.code]
    title = f"{known.title[:1].upper()}{known.title[1:]}"
    number = counted(finding.count, known.counts)
    said = finding.count == 1 and number.removeprefix("1 ") in known.title
    what = title if said else f"{title}: {number}"
    if finding.code == "unseen-people-table":
        what = f"{number} about people are out of sight"
    if finding.code in UNREAD:
        why = f"What was not read may hold anything. {finding.how_to_see}"
    else:
        why = f"Anyone who has the file can get at it. {finding.how_to_see}"
    return Reason(
        code=finding.code,
        effect=effect,
        what=what,
        place=finding.place,
        count=finding.count,
        unit=known.counts,
        example="",
        why=why,
        remedy=with_format_note(finding.remedy),
        detail=finding.detail,
    )


def order(one: Reason) -> tuple[Any, ...]:
    """Key that puts the worst reason first."""
    if one.code in _WORST:
        rank = _WORST.index(one.code)
    elif one.code in REASONS:
        rank = REASONS[one.code].rank
    else:
        rank = 60 + (_HOLD_ROWS.index(one.code) if one.code in _HOLD_ROWS else 90)
    return (one.effect != "refuse", rank, one.code, -one.count, one.place.text(False), one.what)


def grouped(reasons: Sequence[Reason]) -> list[tuple[Reason, list[Reason]]]:
    """Put reasons of one code and effect together: the worst, and the others.

    Examples
    --------
    >>> grouped([])
    []
    """
    groups: dict[tuple[str, str], list[Reason]] = {}
    for one in reasons:
        groups.setdefault((one.code, one.effect), []).append(one)
    return [(members[0], members[1:]) for members in groups.values()]
