"""What an outsider ends up holding who joins a draft to one earlier release after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from singleout.evidence.codes import KeyedColumn
from singleout.evidence.matching import Codebook, Codes, match, sizes_of

MOST_CHAINS = 20
Load = Callable[[int], list[KeyedColumn]]


@dataclass(frozen=True, slots=True)
class Chain:
    """One way through earlier releases that some of the draft's people can be followed on.

    Parameters
    ----------
    releases : tuple of int
        The releases in the order in which they are joined, two or more.
    people : int
        How many of the draft's rows can be followed so far, and no further.
    fields : tuple of str
        The fields that are then held together.
    singled_before, singled_after : int
        How many of them are the only one with their values in the draft, and among the joined
        records.
    example_row : int
        One of the draft's rows (from 1).
    """

    releases: tuple[int, ...]
    people: int
    fields: tuple[str, ...]
    singled_before: int
    singled_after: int
    example_row: int

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data for JSON."""
        return {
            "releases": list(self.releases),
            "people": self.people,
            "fields": list(self.fields),
            "singled_before": self.singled_before,
            "singled_after": self.singled_after,
            "example_row": self.example_row,
        }


class _Held:
    """What is known of every row of the draft, field after field, and by which releases."""

    def __init__(self, draft: Sequence[KeyedColumn], book: Codebook) -> None:
        self.book = book
        self.rows = len(draft[0].cells)
        self.values: dict[str, Codes] = {_folded(c.link): book.cells(c) for c in draft}
        self.names: dict[str, str] = {_folded(c.link): c.name for c in draft}
        self.paths: list[tuple[int, ...]] = [()]
        self.path: NDArray[np.int64] = np.zeros(self.rows, np.int64)

    def join(self, release: int, columns: Sequence[KeyedColumn]) -> bool:
        """Fill in what a release adds to the rows that match exactly one of its rows."""
        theirs = {_folded(c.link): self.book.cells(c) for c in columns}
        for column in columns:
            link = _folded(column.link)
            if link not in self.values:
                self.values[link] = np.zeros(self.rows, np.uint32)
                self.names[link] = column.name
        links = list(theirs)
        known = np.stack([self.values[link] != 0 for link in links])
        patterns, of_row = np.unique(known, axis=1, return_inverse=True)
        grown = False
        for number, pattern in enumerate(patterns.T):
            if not pattern.any() or pattern.all():
                continue
            rows = np.nonzero(of_row.reshape(-1) == number)[0]
            grown |= self._fill(release, rows, links, pattern, theirs)
        return grown

    def _fill(
        self,
        release: int,
        rows: NDArray[np.int64],
        links: Sequence[str],
        pattern: NDArray[np.bool_],
        theirs: dict[str, Codes],
    ) -> bool:
        shared = [link for link, is_known in zip(links, pattern, strict=True) if is_known]
        found = match([self.values[link][rows] for link in shared], [theirs[x] for x in shared])
        hit = found.there == 1
        gained = np.zeros(int(hit.sum()), bool)
        for link in links:
            if link in shared:
                continue
            values = theirs[link][found.first[hit]]
            gained |= values != 0
            self.values[link][rows[hit]] = values
        if not gained.any():
            return False
        self._walked(release, rows[hit][gained])
        return True

    def _walked(self, release: int, rows: NDArray[np.int64]) -> None:
        for old in np.unique(self.path[rows]):
            step = (*self.paths[old], release)
            if step not in self.paths:
                self.paths.append(step)
            self.path[rows[self.path[rows] == old]] = self.paths.index(step)


def _folded(link: str) -> str:
    return link.strip().casefold()


def chains(draft: Sequence[KeyedColumn], releases: Sequence[int], load: Load) -> tuple[Chain, ...]:
    """Follow every row of a draft through the releases until nothing more is gained.

    Parameters
    ----------
    draft : sequence of KeyedColumn
        The draft's columns.
    releases : sequence of int
        The earlier releases.
    load : callable
        Gives a release's columns.

    Returns
    -------
    tuple of Chain
        Those over two releases or more besides the draft, the most people first; at most 20.
    """
    if len(releases) < 2:
        return ()
    held = _Held(draft, Codebook())
    before = sizes_of(list(held.values.values()))
    for _ in releases:
        grown = False
        for release in releases:
            grown |= held.join(release, load(release))
        if not grown:
            break
    after = sizes_of(list(held.values.values()))
    found = []
    for number, path in enumerate(held.paths):
        rows = np.nonzero(held.path == number)[0]
        if len(path) < 2 or not len(rows):
            continue
        links = [link for link, values in held.values.items() if values[rows].any()]
        found.append(
            Chain(
                path,
                len(rows),
                tuple(held.names[link] for link in links),
                int(np.count_nonzero(before[rows] == 1)),
                int(np.count_nonzero(after[rows] == 1)),
                int(rows[0]) + 1,
            )
        )
    found.sort(key=lambda chain: (-chain.people, chain.releases))
    return tuple(found[:MOST_CHAINS])
