"""Which rows or columns of a table are totals of others: by their labels, and by sums that hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from singleout.identifiers.total_words import Total, total_of

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

TOLERANCE = 1e-6
# Items in a row that are tried as the parts of one total without a label
_LONGEST_RUN = 200
# Items from which on totals without a label are not looked for
_MANY = 3000
# Totals by their labels up to which other parts than those next to one are tried
_FEW_TOTALS = 40
# How unlikely (in bits) sums must be to hold by chance, beyond the number of tries: for an item
# without a label, for one that is called a total, for one that may be
_SURE, _CALLED, _MAYBE = 12.0, 6.0, 5.0
_UNCALLED = 2.0  # for a last item without any label
# By how much, as a share, an item may miss a sum and still be taken for its total, by its label
_NEAR = 0.1
# The same where the sum is never too large: there may be parts that are not shown
_PARTLY = 0.5
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Sum:
    """An item (a row or a column) that is the sum of others.

    Parameters
    ----------
    total : int
        The item that is the total.
    parts : tuple of int
        The items that add up to it.
    sure : bool
        Whether it adds up wherever that can be seen.
    """

    total: int
    parts: tuple[int, ...]
    sure: bool


@dataclass(frozen=True, slots=True)
class Lines:
    """Items as intervals: their least and most in each line across, and their labels.

    Parameters
    ----------
    low, high : float64 array, shape (n_items, n_lines)
        Equal where a number is shown.
    labels : tuple of str
        One an item.
    witnesses : bool array, shape (n_lines,)
        Lines that say something by themselves: not those that are totals of others.
    """

    low: Floats
    high: Floats
    labels: tuple[str, ...]
    witnesses: Bools


@dataclass(frozen=True, slots=True)
class _Found:
    """Parts of a total; lines in which they are too large for it, too small, and what holds.

    `off` is by how much they miss it in all lines with nothing kept back, as a share of it.
    """

    parts: tuple[int, ...]
    over: int
    under: int
    bits: float
    off: float = 0.0

    @property
    def wrong(self) -> int:
        return self.over + self.under


def find_sums(lines: Lines) -> list[Sum]:
    """Find the items that are sums of others.

    An item is one if its label says so, or if it equals the sum of the items next to it in so many
    lines that chance is no explanation. Totals may stand before or behind their parts, in several
    levels; parts that are totals themselves stand for their own parts.

    Parameters
    ----------
    lines : Lines
        Rows with their columns as lines, or columns with their rows.

    Returns
    -------
    list of Sum
        In the order of their totals.
    """
    return _Search(lines).all()


class _Search:
    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.size = len(lines.labels)
        self.kinds = [total_of(label) for label in lines.labels]
        for end in {0, self.size - 1} if self.size > 1 else ():
            if not lines.labels[end].strip():
                self.kinds[end] = Total.MAYBE
        self.plain = [i for i, kind in enumerate(self.kinds) if kind < Total.PART]
        self.words = [set(_WORD.findall(label.casefold())) for label in lines.labels]
        self.tries = np.log2(max(2, self.size * min(self.size, _LONGEST_RUN)))
        self.unknown = bool((lines.low != lines.high).any())
        self.search = self.unknown and self.size <= _MANY
        self.found: dict[tuple[int, tuple[int, ...]], Sum] = {}
        self.doubtful: dict[int, list[_Found]] = {}
        self.covered: set[int] = set()

    def all(self) -> list[Sum]:
        totals = self.size - len(self.plain)
        # Where all is shown, totals tell only of rests, which an export with many totals has not
        if self.size < 2 or not (self.unknown or (any(self.kinds) and totals <= _FEW_TOTALS)):
            return []
        first = any(kind >= Total.PART for kind in self.kinds[:1])
        last = any(kind >= Total.PART for kind in self.kinds[-1:])
        before = first and not last
        for backwards in (True, False) if before else (False, True):
            self._pass(backwards)
        settled = {one.total for one in self.found.values()}
        for item in sorted(set(self.doubtful) - settled):
            self._doubted(item)
        return sorted(self.found.values(), key=lambda one: (one.total, one.parts))

    def _doubted(self, item: int) -> None:
        """Take what a total most nearly adds up, if nothing next to it adds up to it."""
        kind = self.kinds[item]
        plain = tuple(one for one in self.plain if one != item)
        tried = [one for one in self.doubtful[item] if len(one.parts) > 1 or one.parts == plain]
        free = tuple(one for one in plain if one not in self.covered)
        if free and kind >= Total.TOTAL and self.size - len(self.plain) == 1:
            apart = self.tried(item, free)
            if apart.wrong or apart.bits >= _CALLED:
                tried.append(apart)
        if not tried:
            return
        best = min(tried, key=lambda one: (one.wrong > 0, one.over, round(one.off, 6)))
        # Of all officers and of women, the men are known as well
        complement = self._at_end(item) and not best.over and len(best.parts) == 1
        near = best.off <= (_NEAR if best.over or not self._at_end(item) else _PARTLY)
        if not best.wrong or complement or (near and kind is not Total.MAYBE):
            self._take(item, best, not best.wrong)

    def _pass(self, backwards: bool) -> None:
        """Go through the items; those that a total has taken up stand for themselves no more."""
        order = range(self.size - 1, -1, -1) if backwards else range(self.size)
        stack: list[int] = []
        settled = {one.total for one in self.found.values()}
        for item in order:
            if item in self.covered:
                continue
            for parts in self._parts_of(item, stack, item in settled):
                stack = [one for one in stack if one not in parts]
            stack.append(item)

    def _parts_of(self, item: int, stack: list[int], settled: bool) -> Iterator[frozenset[int]]:
        kind = self.kinds[item]
        if not stack:
            return
        if kind is Total.NO or settled:
            found = self._best_run(item, stack, _SURE + self.tries) if self.search else None
            if found is not None:
                yield self._take(item, found, True)
            return
        found = self._labelled(item, stack)
        if found is None:
            return
        yield self._take(item, found, True)
        # One total may have several sets of parts beside each other: by sex, by age
        rest = [one for one in stack if one not in found.parts]
        while rest and found is not None:
            found = self._best_run(item, rest, _CALLED + float(np.log2(len(rest))))
            if found is not None:
                yield self._take(item, found, True)
                rest = [one for one in rest if one not in found.parts]

    def _take(self, item: int, found: _Found, sure: bool) -> frozenset[int]:
        one = Sum(item, tuple(sorted(found.parts)), sure)
        self.found.setdefault((one.total, one.parts), one)
        if sure:
            self.covered.update(found.parts)
        return frozenset(found.parts)

    def _labelled(self, item: int, stack: list[int]) -> _Found | None:
        """The best reading of what an item that is called a total adds up."""
        kind = self.kinds[item]
        tried = [self.tried(item, parts) for parts in self._natural(item, stack)]
        fitting = [one for one in tried if not one.wrong]
        least = _CALLED + float(np.log2(len(stack))) if fitting or kind is Total.MAYBE else 1.0
        free = self._best_run(item, stack, least)
        if free is not None and (not fitting or free.bits > max(f.bits for f in fitting) + 1):
            fitting = [free]
        if fitting:
            best = max(fitting, key=lambda one: round(one.bits, 6))
            return best if kind is not Total.MAYBE or best.bits >= self._doubt(item) else None
        if self.lines.labels[item].strip():
            self.doubtful.setdefault(item, []).extend(tried)
        return None

    def _doubt(self, item: int) -> float:
        """How much must speak for an item that may be a total."""
        if not self.lines.labels[item].strip():
            return _UNCALLED if item else _MAYBE
        return 0.0 if self._at_end(item) else _MAYBE

    def _at_end(self, item: int) -> bool:
        return item in (0, self.size - 1)

    def _natural(self, item: int, stack: list[int]) -> list[tuple[int, ...]]:
        """Sets of parts that a total's label and place suggest, the likeliest first."""
        section: list[int] = []
        for one in reversed(stack):
            if self.kinds[one] >= Total.PART:
                break
            section.append(one)
        few = self.size - len(self.plain) <= _FEW_TOTALS
        plain = tuple(one for one in stack if self.kinds[one] < Total.PART) if few else ()
        found = [tuple(section), tuple(stack)]
        outer = self.kinds[item] is Total.GRAND or self._at_end(item)
        if outer and self.kinds[item] is not Total.PART:
            found.reverse()
        found = [self._alike(item, plain), *found, plain]
        return [parts for i, parts in enumerate(found) if parts and parts not in found[:i]]

    def _alike(self, item: int, plain: tuple[int, ...]) -> tuple[int, ...]:
        """Items that share the words beside "total" in a total's label: "2022" in "Total 2022"."""
        own = self.words[item]
        rest = {word for word in own if total_of(word) is Total.NO}
        if not rest or len(rest) == len(own):
            return ()
        return tuple(one for one in plain if rest <= self.words[one])

    def tried(self, item: int, parts: Sequence[int]) -> _Found:
        low, high = self.lines.low[list(parts)], self.lines.high[list(parts)]
        over, under, bits = self._evidence(item, low.sum(0), high.sum(0), low.max(0))
        least, most = self.lines.low[item], self.lines.high[item]
        shown = (least == most) & self.lines.witnesses & (low == high).all(0)
        off = np.abs(low.sum(0) - least)[shown]
        share = float(off.sum()) / max(1.0, float(np.abs(least[shown]).sum()))
        return _Found(tuple(parts), int(over), int(under), float(bits), share)

    def _best_run(self, item: int, stack: list[int], least: float) -> _Found | None:
        """The run of at least two items next to a total that surely adds up to it."""
        run = stack[: -_LONGEST_RUN - 1 : -1]
        if len(run) < 2 or (self.lines.high[item] < self.lines.low[run[0]] - TOLERANCE).any():
            return None
        low, high = np.cumsum(self.lines.low[run], 0), np.cumsum(self.lines.high[run], 0)
        largest = np.maximum.accumulate(self.lines.low[run], 0)
        over, under, bits = self._evidence(item, low, high, largest)
        bits = np.where((over + under == 0) & (np.arange(len(run)) > 0), bits, -1.0)
        best = int(np.argmax(np.round(bits, 6)))
        return (
            _Found(tuple(run[: best + 1]), 0, 0, float(bits[best])) if bits[best] >= least else None
        )

    def _evidence(
        self, item: int, low: Floats, high: Floats, largest: Floats
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], Floats]:
        """In how many lines parts are too large, too small, and what those that hold say (in bits).

        A sum that holds says the more the more there is beside its largest part, since things of
        one size are alike by themselves; one with gaps says less by what the gaps must fill.
        """
        least, most = self.lines.low[item], self.lines.high[item]
        with np.errstate(invalid="ignore"):
            over, under = low > most + TOLERANCE, high < least - TOLERANCE
            gap = np.where(high > low, np.maximum(0.0, least - low), 0.0)
            said = np.log2((np.maximum(0.0, low - largest) + 1) / (gap + 1))
        counted = (least == most) & self.lines.witnesses & ~over & ~under
        bits = np.where(counted, np.maximum(0.0, said), 0.0)
        return over.sum(-1), under.sum(-1), bits.sum(-1)


def label_sums(labels: Sequence[Sequence[str]], lines: Lines) -> list[Sum]:
    """Find the totals of a long table by its labels: in one column of them "total", else alike.

    Parameters
    ----------
    labels : sequence of sequence of str
        Each row's labels, as many in every row.
    lines : Lines
        The rows, with the columns of counts as lines.

    Returns
    -------
    list of Sum
        Those that hold wherever that can be seen.
    """
    width = len(labels[0]) if labels else 0
    if width < 2:
        return []
    search = _Search(lines)
    kinds = [[total_of(label) for label in line] for line in labels]
    found: list[Sum] = []
    for d in range(width):
        groups: dict[tuple[str, ...], list[int]] = {}
        for i, line in enumerate(labels):
            groups.setdefault((*line[:d], *line[d + 1 :]), []).append(i)
        for rows in groups.values():
            least = max(Total.MAYBE, min(Total.PART, max(kinds[i][d] for i in rows)))
            above = [i for i in rows if kinds[i][d] >= least]
            parts = tuple(i for i in rows if kinds[i][d] < least)
            alone = len(above) != 1 or not parts or (len(parts) == 1 and len(groups) == 1)
            if not alone and not search.tried(above[0], parts).wrong:
                found.append(Sum(above[0], parts, True))
    return found
