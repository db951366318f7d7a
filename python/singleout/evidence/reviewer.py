"""The review that an approval is based on."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from singleout.evidence.approval import Review


def review_for_approval(
    path: Path, policy: str | os.PathLike[str] | None, as_of: dt.date | None
) -> Review:
    """Review a draft with `singleout.verdict`."""
    from singleout.verdict import review

    found: Review = review(path, policy, as_of=as_of)
    return found
