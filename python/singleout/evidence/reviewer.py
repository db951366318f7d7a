"""The review that an approval is based on."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from singleout.evidence.approval import Review, Reviewer
from singleout.evidence.joining import joining
from singleout.policy.model import Policy
from singleout.verdict import review


@contextmanager
def reviewing(
    ledger: str | os.PathLike[str] | None = None,
    key: str | os.PathLike[str] | None = None,
    links: Sequence[str] = (),
) -> Iterator[Reviewer]:
    """Give what reviews a draft for its approval, joined to a ledger where there is one.

    Parameters
    ----------
    ledger, key : path, optional
        The ledger of earlier releases, and its key file.
    links : sequence of str
        ``FIELD=NAME``: what earlier releases call a field of the draft.
    """
    with joining(ledger, key, links) as joined:

        def reviewer(
            draft: bytes | Path, name: str, policy: Policy, as_of: dt.date | None
        ) -> Review:
            return joined(review(draft, policy, as_of=as_of, name=name))

        yield reviewer
