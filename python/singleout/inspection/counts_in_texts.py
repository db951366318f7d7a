"""Small counts of people that stand in sentences and cells and not in a table of counts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from singleout.draft.collector import Collector
    from singleout.draft.model import Place

# A small number and then a word
_SIGN: Final = r"(?i)(?:^|[^\w.,/£$€-])(?:[1-4]|one|two|three|four)\s+[^\d\s\W]"
_RUNNING: Final = frozenset(("paragraph", "object", "margin"))


def judge_counts(collector: Collector) -> None:
    """Report the small counts of people in the running texts that readers handed over.

    Parameters
    ----------
    collector : Collector
        The outermost file's.
    """
    passages = [one for one in collector.results.passages if one.sort in _RUNNING]
    found: Counter[Place] = Counter()
    texts = pa.array([one.text for one in passages], pa.string())
    for i, counts in _counted(texts):
        found[passages[i].place] += counts
    for place, counts in found.items():
        collector.add("small-count-in-text", place, count=counts)


def judge_cells_for_counts(texts: pa.Array, place: Place, collector: Collector) -> None:
    """Report the small counts of people in distinct texts of cells.

    Parameters
    ----------
    texts : pyarrow.Array of string
        The texts.
    place : Place
        The grid's.
    collector : Collector
        Where to report.
    """
    counts = sum(one for _, one in _counted(texts))
    if counts:
        collector.add("small-count-in-text", place, count=counts)


def _counted(texts: pa.Array) -> list[tuple[int, int]]:
    from singleout.identifiers.counted_people import small_counts

    if not len(texts):
        return []
    at = pc.indices_nonzero(pc.match_substring_regex(texts, _SIGN)).to_pylist()
    found = [(i, small_counts(texts[i].as_py())) for i in at]
    return [(i, counts) for i, counts in found if counts]
