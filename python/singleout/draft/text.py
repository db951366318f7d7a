"""Texts out of sight: hand them to the detectors of direct identifiers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from singleout.detect import scan
from singleout.draft.limits import Budget

CHUNK = 20_000


def scan_unseen(texts: Iterable[str | None], budget: Budget) -> Counter[str]:
    """Count the direct identifiers in distinct texts, by kind.

    Parameters
    ----------
    texts : iterable of str or None
        The texts; at most `Limits.scanned_characters` of them are read.
    budget : Budget
        Charged for time.

    Returns
    -------
    Counter of str
        Detections by kind (``"email"``).
    """
    kinds: Counter[str] = Counter()
    left = budget.limits.scanned_characters
    seen: set[str] = set()
    chunk: list[str] = []
    length = 0
    for text in texts:
        if not text or text in seen:
            continue
        seen.add(text)
        chunk.append(text)
        length += len(text)
        if length >= min(CHUNK, left):
            kinds.update(found.kind for found in scan("\n".join(chunk)[:left]))
            left -= length
            chunk, length = [], 0
            budget.check_time()
            if left <= 0:
                return kinds
    if chunk:
        kinds.update(found.kind for found in scan("\n".join(chunk)[:left]))
    return kinds
