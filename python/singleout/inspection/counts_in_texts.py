"""Small counts of people that stand in sentences and cells and not in a table of counts."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from singleout.draft.collector import Collector
    from singleout.draft.model import Place

# A small number and then a word, or a share
_SIGN: Final = r"(?i)(?:^|[^\w.,/£$€-])(?:[1-4]|one|two|three|four)\s+[^\d\s\W]|\d ?%|cent\b|\bby\b"
_RUNNING: Final = frozenset(("paragraph", "object", "margin"))


def judge_counts(collector: Collector) -> None:
    """Report the small counts of people in the running texts that readers handed over.

    Parameters
    ----------
    collector : Collector
        The outermost file's.
    """
    from singleout.identifiers.counted_lists import SMALL_NUMBER, listed_counts

    passages = [one for one in collector.results.passages if one.sort in _RUNNING]
    found: Counter[Place] = Counter()
    texts = pa.array([one.text for one in passages], pa.string())
    for i, counts in _counted(texts):
        found[passages[i].place] += counts
    listed = set(pc.indices_nonzero(pc.match_substring_regex(texts, SMALL_NUMBER)).to_pylist())
    for place, group in groupby(range(len(passages)), lambda i: passages[i].place):
        at = list(group)
        if not listed.isdisjoint(at):
            lines = [line for i in at for line in passages[i].text.split("\n")]
            found[place] += listed_counts(lines)
    for place, counts in found.items():
        if counts:
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
    from singleout.identifiers.counted_shares import derived_counts

    if not len(texts):
        return []
    at = pc.indices_nonzero(pc.match_substring_regex(texts, _SIGN)).to_pylist()
    said = [(i, texts[i].as_py()) for i in at]
    found = [(i, small_counts(text) + derived_counts(text)) for i, text in said]
    return [(i, counts) for i, counts in found if counts]
