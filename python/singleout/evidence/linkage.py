"""What a draft and earlier releases give away together that neither gives away alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from singleout.evidence.chains import Chain, Load, chains
from singleout.evidence.codes import KeyedColumn
from singleout.evidence.difference import Difference, compare
from singleout.evidence.matching import Codebook, match, sizes_of

if TYPE_CHECKING:
    from singleout.evidence.records import Release

__all__ = ["Joined", "Linkage", "link_releases"]


@dataclass(frozen=True, slots=True)
class Joined:
    """A draft joined to one earlier release.

    Parameters
    ----------
    release : int
        The release's number in the ledger.
    name : str
        What it is called there.
    shared : tuple of str
        The draft's fields that the release has too.
    gained : tuple of str
        The release's other fields, which an outsider then holds together with the draft's.
    people : int
        The draft's rows.
    matched : int
        Those of them that match exactly one row of the release on the shared fields.
    both_ways : int
        Those of these that are the only one of the draft with those values.
    few : int
        Those that match at least one row there and fewer than `threshold`.
    threshold : int
        Fewer than this are few.
    singled_before, singled_after : int
        How many of the draft's rows are the only one with their values: on the draft's fields, and
        on the joined record.
    mean_risk_before, mean_risk_after : float
        The mean over the draft's rows of 1/k, from 0 to 1: on the draft's fields, and joined.
    max_risk_before, max_risk_after : float
        The largest 1/k.
    example_row : int
        The first of the draft's rows (from 1) that match exactly one; 0 when none does.
    difference : Difference or None
        Who was added, removed, changed, when the two are versions of one table.
    """

    release: int
    name: str
    shared: tuple[str, ...]
    gained: tuple[str, ...]
    people: int
    matched: int
    both_ways: int
    few: int
    threshold: int
    singled_before: int
    singled_after: int
    mean_risk_before: float
    mean_risk_after: float
    max_risk_before: float
    max_risk_after: float
    example_row: int
    difference: Difference | None

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data for JSON."""
        plain = {name: getattr(self, name) for name in self.__slots__}
        plain["shared"], plain["gained"] = list(self.shared), list(self.gained)
        plain["difference"] = None if self.difference is None else self.difference.to_dict()
        return plain


@dataclass(frozen=True, slots=True)
class Linkage:
    """What `Ledger.check` found.

    Parameters
    ----------
    name : str
        The draft's file name; empty for a table in memory.
    people : int
        The draft's rows.
    joined : tuple of Joined
        One for each earlier release that shares a field, in the ledger's order.
    chains : tuple of Chain
        Ways over two or more earlier releases.
    apart : tuple of int
        The releases that share no field with the draft.
    """

    name: str
    people: int
    joined: tuple[Joined, ...]
    chains: tuple[Chain, ...]
    apart: tuple[int, ...]

    @property
    def found(self) -> bool:
        """Whether someone can be followed, or versions be told apart."""
        return bool(self.reasons())

    def reasons(self) -> tuple[dict[str, Any], ...]:
        """Return what a person must look at, worst first, without a value of any table.

        Returns
        -------
        tuple of dict
            ``code``, ``what``, ``detail``, ``count``, ``unit``, ``row`` (one of the draft's, from
            1; 0 for none), ``why``, ``remedy``.
        """
        from singleout.evidence.wording import reasons

        return reasons(self)

    def summary(self) -> str:
        """Return the reasons as text in plain English."""
        from singleout.evidence.wording import summary

        return summary(self)

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data for JSON."""
        return {
            "draft": self.name,
            "people": self.people,
            "joined": [one.to_dict() for one in self.joined],
            "chains": [one.to_dict() for one in self.chains],
            "apart": list(self.apart),
            "reasons": list(self.reasons()),
        }


def link_releases(
    draft: Sequence[KeyedColumn],
    releases: Sequence[Release],
    load: Load,
    *,
    name: str,
    key: str | None,
    threshold: int,
) -> Linkage:
    """Join a draft to every earlier release, one by one and one after another.

    Parameters
    ----------
    draft : sequence of KeyedColumn
        The draft's columns.
    releases : sequence of Release
        The earlier releases.
    load : callable
        Gives the columns of a release by its number.
    name : str
        The draft's file name.
    key : str, optional
        The draft's column that names a person.
    threshold : int
        Fewer than this are few.

    Returns
    -------
    Linkage
        Release by release, and over chains.
    """
    joined, apart = [], []
    for release in releases:
        one = _join(draft, release, load(release.id), key, threshold)
        if one is None:
            apart.append(release.id)
        else:
            joined.append(one)
    return Linkage(
        name,
        len(draft[0].cells),
        tuple(joined),
        chains(draft, [release.id for release in releases], load),
        tuple(apart),
    )


def _join(
    draft: Sequence[KeyedColumn],
    release: Release,
    columns: Sequence[KeyedColumn],
    key: str | None,
    threshold: int,
) -> Joined | None:
    book = Codebook()
    theirs = {_folded(one): one for one in columns}
    pairs = [(one, theirs[_folded(one)]) for one in draft if _folded(one) in theirs]
    if not pairs:
        return None
    shared_links = {_folded(ours) for ours, _ in pairs}
    more = [one for one in columns if _folded(one) not in shared_links]
    ours = [book.cells(one) for one, _ in pairs]
    others = [book.cells(one) for _, one in pairs]
    found = match(ours, others)
    hit = found.there == 1
    own = [book.cells(one) for one in draft]
    gained = []
    for one in more:
        values = np.zeros(len(hit), np.uint32)
        values[hit] = book.cells(one)[found.first[hit]]
        gained.append(values)
    before, after = sizes_of(own), sizes_of([*own, *gained])
    names = tuple(one.name for one, _ in pairs)
    return Joined(
        release=release.id,
        name=release.name,
        shared=names,
        gained=tuple(one.name for one in more),
        people=len(hit),
        matched=int(hit.sum()),
        both_ways=int((hit & (found.here == 1)).sum()),
        few=int(((found.there > 0) & (found.there < threshold)).sum()),
        threshold=threshold,
        singled_before=int((before == 1).sum()),
        singled_after=int((after == 1).sum()),
        mean_risk_before=float(np.mean(1.0 / before)),
        mean_risk_after=float(np.mean(1.0 / after)),
        max_risk_before=1.0 / int(before.min()),
        max_risk_after=1.0 / int(after.min()),
        example_row=int(np.argmax(hit)) + 1 if hit.any() else 0,
        difference=compare(names, ours, others, key) if _versions(draft, columns, names) else None,
    )


def _versions(
    draft: Sequence[KeyedColumn], columns: Sequence[KeyedColumn], shared: tuple[str, ...]
) -> bool:
    """Whether the fields allow that the two are versions of one table."""
    least, most = sorted((len(draft), len(columns)))
    return len(shared) == least and 2 * len(shared) >= most


def _folded(column: KeyedColumn) -> str:
    return column.link.strip().casefold()
