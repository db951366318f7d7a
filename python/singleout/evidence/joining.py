"""What the ledger knows, joined to a review: its reasons, and with them the verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from singleout.evidence.ledger import Ledger
from singleout.verdict.judge import accept
from singleout.verdict.reasons import Reason, order

if TYPE_CHECKING:
    from singleout.draft.model import DraftTable
    from singleout.verdict.result import Review, Verdict

_LOOKED_AT = "Releases that are not in the ledger, and values that are written otherwise in an earlier release"


def join(
    review: Review,
    ledger: Ledger,
    *,
    link: Mapping[str, str] | None = None,
    threshold: int = 5,
) -> Review:
    """Add what a draft gives away together with earlier releases to its review.

    Parameters
    ----------
    review : Review
        The draft's review.
    ledger : Ledger
        The earlier releases.
    link : mapping of str to str, optional
        For columns that earlier releases name otherwise: ``{"rank": "grade"}``.
    threshold : int
        Fewer people than this are few.

    Returns
    -------
    Review
        With the reasons of every table in sight but counts; each asks for a person, unless the
        policy accepts it, and none turns a refusal into less.

    Raises
    ------
    EvidenceError
        If the ledger cannot be read, or was changed without its key.
    """
    found: list[Reason] = []
    for table in review.draft.tables:
        if table.visible and table.kind != "counts" and table.n_rows:
            found += _reasons(table, review, ledger, link or {}, threshold)
    kept, accepted = accept(found, review.policy, review.draft.name, review.as_of)
    verdict: Verdict = review.verdict
    if kept and verdict == "release":
        verdict = "review"
    return replace(
        review,
        verdict=verdict,
        reasons=tuple(sorted((*review.reasons, *kept), key=order)),
        accepted=tuple(sorted((*review.accepted, *accepted), key=lambda a: order(a.reason))),
        not_checked=(*review.not_checked, _LOOKED_AT),
    )


def _reasons(
    table: DraftTable, review: Review, ledger: Ledger, link: Mapping[str, str], threshold: int
) -> Iterator[Reason]:
    names = table.data.column_names
    key = review.policy.people.key
    linkage = ledger.check(
        table.data,
        link={field: other for field, other in link.items() if field in names},
        key=key if key in names else None,
        threshold=threshold,
    )
    for one in linkage.reasons():
        row = one["row"]
        yield Reason(
            code=one["code"],
            effect="review",
            what=one["what"],
            place=table.place,
            count=one["count"],
            unit=one["unit"],
            example=f"row {table.row_number(row - 1):,}" if row else "",
            why=one["why"],
            remedy=one["remedy"],
            detail=one["detail"],
        )
