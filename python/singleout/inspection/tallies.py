"""What is found in the texts of one place, counted, and the findings that tell it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from singleout.detect import KINDS
from singleout.inspection.passages import Passage

if TYPE_CHECKING:
    from singleout.draft.codes import Severity
    from singleout.draft.collector import Collector
    from singleout.identifiers.direct import Identifier

# Kinds whose form other things have too (a version number is written like an IP address): out of
# sight a person must look, the file is not stopped.
WEAK_KINDS: Final = frozenset({"ip-address", "postcode"})
# Kinds that nothing beside them makes anybody's: out of sight a person looks at them
_LOOKED_AT: Final = WEAK_KINDS | {"phone", "nhs-number"}
# So many cells that are a name with a title are a column
COLUMN: Final = 5
# People and identifiers of one place that are counted one by one
MOST: Final = 500


@dataclass(slots=True)
class Tally:
    """What the texts of one place hold.

    Parameters
    ----------
    first : Passage
        The first of the texts: where they are and what they are.
    private, doubtful : Counter of str
        Identifiers by kind: a private person's, and somebody's of whom nothing else is said.
    staff : int
        Officials' addresses.
    people : int
        People of whom something is said.
    alone : int
        Cells that are a name with a title; a column of them is judged as a table.
    """

    first: Passage
    private: Counter[str] = field(default_factory=Counter)
    doubtful: Counter[str] = field(default_factory=Counter)
    staff: int = 0
    people: int = 0
    alone: int = 0

    @property
    def full(self) -> bool:
        """Whether so much is found that more of it changes nothing."""
        return sum(self.private.values()) >= MOST

    def count(self, one: Identifier, *, contact: bool) -> None:
        """Count an identifier by its weight.

        Parameters
        ----------
        one : Identifier
            What was found.
        contact : bool
            Whether it stands where the text says whom to ask.
        """
        seen = self.first.seen
        if one.weight == "private":
            self.private[one.kind] += 1
        elif one.weight == "staff":
            self.staff += not (contact and seen)
        elif one.weight == "office":
            return
        elif seen or one.kind == "address":
            self.doubtful[one.kind] += one.weight == "doubtful"
        elif one.kind in _LOOKED_AT:
            self.doubtful[one.kind] += 1
        else:
            self.private[one.kind] += 1


def report(collector: Collector, tally: Tally) -> None:
    """Add the findings of one place: at most one a code.

    Parameters
    ----------
    collector : Collector
        Where to report.
    tally : Tally
        What was found.
    """
    first = tally.first
    what = "" if first.seen else first.what
    kinds = +tally.private + +tally.doubtful
    if kinds:
        refuse = set(+tally.private) - (set() if first.seen else WEAK_KINDS)
        # A printer is named by its address on the office's network.
        printer = "printer" in what and set(kinds) <= WEAK_KINDS
        severity: Severity = "refuse" if refuse else "note" if printer else "review"
        words = ", ".join(
            f"{KINDS.get(kind, kind)} ({n:,})" if first.seen else f"{n} {kind}"
            for kind, n in sorted(kinds.items())
        )
        collector.add(
            "identifier-in-text" if first.seen else "unseen-identifier",
            first.place,
            count=sum(kinds.values()),
            detail=f"{what}: {words}" if what else words,
            severity=severity,
        )
    if tally.staff:
        collector.add("staff-address", first.place, count=tally.staff, detail=what)
    people = tally.people + (tally.alone if tally.alone < COLUMN else 0)
    if people:
        collector.add("people-in-text", first.place, count=min(people, MOST), detail=what)
