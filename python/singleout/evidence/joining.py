"""What the ledger knows, joined to a review: its reasons, and with them the verdict."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from singleout.evidence.codes import read_links
from singleout.evidence.errors import EvidenceError
from singleout.evidence.ledger import Ledger
from singleout.evidence.store import Waiting
from singleout.verdict.judge import accept
from singleout.verdict.reasons import Reason, order

if TYPE_CHECKING:
    from singleout.draft.model import DraftTable
    from singleout.verdict.result import Review, Verdict

_NOT_CHECKED = "Releases that are not in the ledger, and values that one of them writes otherwise"


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
        if table.visible and table.kind not in ("counts", "things") and table.n_rows:
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
        not_checked=(*review.not_checked, _NOT_CHECKED),
    )


@contextmanager
def joining(
    path: str | os.PathLike[str] | None,
    key: str | os.PathLike[str] | None,
    links: Sequence[str] = (),
    *,
    waiting: Waiting | None = None,
) -> Iterator[Callable[[Review], Review]]:
    """Open a ledger, and give what joins it to reviews.

    Parameters
    ----------
    path, key : path, optional
        The ledger and its key file; with neither, reviews stay as they are.
    links : sequence of str
        ``FIELD=NAME``, as on the command line.
    waiting : callable, optional
        Told, once, when another process is writing to the ledger.

    Raises
    ------
    EvidenceError
        If one of the two is given without the other, or the ledger cannot be opened.
    """
    if path is None and key is None and not links:
        yield lambda review: review
        return
    if path is None or key is None:
        raise EvidenceError("give both the ledger and its key: --ledger L --ledger-key K")
    link = read_links(links)
    with Ledger(path, key, waiting=waiting) as ledger:
        yield lambda review: join(review, ledger, link=link)


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
