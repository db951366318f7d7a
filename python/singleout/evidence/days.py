"""The days in an approval: whose word they are, and what had expired on them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from singleout.evidence.errors import EvidenceError
from singleout.evidence.keys import PublicKey
from singleout.evidence.statement import Approval, Statement

# A day of a review is the reviewer's own, a statement's time is in UTC
_ZONES = dt.timedelta(days=1)


def reviewed_on(body: dict[str, Any]) -> dt.date | None:
    """Return the day on which a review judged acceptances; None where it does not say."""
    return _day(body["result"].get("as_of"))


def vouched(approval: Approval, trusted: Collection[PublicKey]) -> Statement | None:
    """Return the statement by a trusted key whose own time is the day of the review.

    Parameters
    ----------
    approval : Approval
        Whose statements hold.
    trusted : collection of PublicKey
        Keys that the caller has from elsewhere.
    """
    day = reviewed_on(approval.body)
    if day is None:
        return None
    keys = {key.raw.hex() for key in trusted}
    mine = (one for one in approval.statements if one.public_key in keys)
    return next((one for one in mine if abs(_signed_on(one) - day) <= _ZONES), None)


def expired(body: dict[str, Any], day: dt.date) -> dt.date | None:
    """Return the last day of what a review let pass and had expired on a day; None for nothing.

    Examples
    --------
    >>> expired({"accepted": [{"accepted_until": "2026-03-31"}], "result": {}}, dt.date(2026, 4, 1))
    datetime.date(2026, 3, 31)
    """
    ends = _ends(body["accepted"], "accepted_until")
    ends += _ends(body["result"].get("taken_as_said"), "until")
    return min((end for end in ends if end < day), default=None)


def expired_when_signed(body: dict[str, Any], statement: Statement) -> dt.date | None:
    """Return the last day of what had expired when a statement was made; None for nothing."""
    return expired(body, _signed_on(statement) - _ZONES)


def _ends(passed: object, name: str) -> list[dt.date]:
    entries = passed if isinstance(passed, list) else []
    days = (_day(one.get(name)) for one in entries if isinstance(one, dict))
    return [day for day in days if day is not None]


def _signed_on(statement: Statement) -> dt.date:
    day = _day(statement.time[:10])
    if day is None:
        raise EvidenceError(f"a statement's time is none (key {statement.key_id[:16]})")
    return day


def _day(said: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        return None
