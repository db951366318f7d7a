"""Judge every text of a draft: identifiers, people of whom it speaks, officials' addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from singleout.inspection.passages import Passage
from singleout.inspection.tallies import MOST, Tally, report

if TYPE_CHECKING:
    from singleout.draft.collector import Collector
    from singleout.draft.model import Place
    from singleout.identifiers.named_people import Mention

Bools = npt.NDArray[np.bool_]
Key = tuple["Place", bool, str, str]

# Words of what readers call texts out of sight: those that are cells, and those that name who wrote
# or edited, where a name alone says nothing.
_TABULAR: Final = re.compile(
    r"pivot|cell|cache|row|column|chart|filter|value|sheet|table\b|list|dictionary"
)
_WRITERS: Final = re.compile(r"author|edit|user|titles of parts|signature|statement|people")
# What readers call bytes that no program shows as text
_BINARY: Final = re.compile(r"printer|settings|stream|byte|binary|macro|script|control")
# Properties of a document that say who made it, not of whom it is
_MADE_BY: Final = re.compile(
    r"(?i)creator|author|modif|manager|company|printed|editor|saved|application|producer"
)
# Lines so short are parts of one block: an address, a card, a signature
_SHORT, _MOST_LINES = 60, 12
_SENTENCE: Final = re.compile(r"[.!?。][\"')\]]?\s*\Z")
_LONE_MAIL: Final = re.compile(r"[\w.+'-]{1,64}@[\w-]+(?:\.[\w-]+){1,8}")
# Texts that are searched for names at once: enough to be fast, few enough to stop in time
_BATCH: Final = 2_000


def judge_texts(collector: Collector) -> None:
    """Judge all texts that readers and tables handed over, and add what is found to the findings.

    Parameters
    ----------
    collector : Collector
        The outermost file's; `results.passages` are read in the order in which they stand.

    Notes
    -----
    One finding a place, a code and a kind of text, with a count. Identifiers in sight are
    ``identifier-in-text``, out of sight ``unseen-identifier``; people of whom something is said are
    ``people-in-text``, officials' addresses ``staff-address``. Offices' mailboxes, telephones and
    addresses are nothing.

    Examples
    --------
    >>> from singleout.draft.collector import Collector
    >>> from singleout.draft.limits import Budget
    >>> from singleout.draft.model import Place
    >>> collector = Collector(Budget(100))
    >>> collector.text(Place(), ["Ann Lee, born 4 July 1980, was dismissed."], sort="paragraph")
    >>> judge_texts(collector)
    >>> [(found.code, found.severity) for found in collector.results.findings]
    [('identifier-in-text', 'refuse'), ('people-in-text', 'review')]
    """
    passages = collector.results.passages
    if passages:
        for tally in _Judge(passages).tallies():
            report(collector, tally)


def blocks(lines: Sequence[str]) -> Iterator[list[int]]:
    """Put short lines that follow each other together, which say one thing; leave others single.

    Parameters
    ----------
    lines : sequence of str
        Lines in order.

    Yields
    ------
    list of int
        The numbers of the lines of a block.

    Examples
    --------
    >>> list(blocks(["Ms A Lee", "3 Larch Close", "This line says something of its own."]))
    [[0, 1], [2]]
    """
    from singleout.identifiers.letters import is_courtesy

    block: list[int] = []
    for i, line in enumerate(lines):
        short = len(line) <= _SHORT and not _SENTENCE.search(line) and not is_courtesy(line)
        if block and (not short or len(block) >= _MOST_LINES):
            yield block
            block = []
        if short:
            block.append(i)
        else:
            yield [i]
    if block:
        yield block


class _Judge:
    """The passages of one draft while they are judged."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        from singleout.identifiers.mailboxes import Bodies
        from singleout.identifiers.numbered_people import NUMBERED
        from singleout.identifiers.surname_lists import ENUMERATED
        from singleout.inspection import candidates

        self.passages = passages
        texts = pa.array([passage.text for passage in passages], pa.string())
        count = len(passages)
        addressed = candidates.matches(texts, r"@|(?i:https?://|www\.)")
        told = [passages[i].text for i in np.flatnonzero(addressed).tolist()]
        self.bodies = Bodies.shown_by(["\n".join(told)])
        hidden = np.fromiter((not one.seen for one in passages), np.bool_, count)
        link = np.fromiter((one.sort == "link" for one in passages), np.bool_, count)
        codes = candidates.matches(texts, candidates.POSTCODE)
        searched = np.fromiter((one.names for one in passages), np.bool_, count)
        self.name: Bools = candidates.may_name(texts) & searched
        self.identify: Bools = (
            candidates.may_identify(texts) | candidates.may_address(texts) | (codes & hidden)
        )
        running = np.fromiter((one.sort == "paragraph" for one in passages), np.bool_, count)
        self.listed: Bools = candidates.matches(texts, ENUMERATED) & running
        self.numbered: Bools = candidates.matches(texts, NUMBERED) & running
        self.any: Bools = self.identify | self.name | link | self.listed | self.numbered
        self.done: set[tuple[str, str, str, str]] = set()

    def tallies(self) -> Iterator[Tally]:
        """Give what is found, one tally for the texts of one place that are of one kind."""
        found: dict[Key, Tally] = {}
        for key, group in groupby(range(len(self.passages)), self._key):
            at = np.fromiter(group, np.int64)
            if not self.any[at].any():
                continue
            tally = found.setdefault(key, Tally(self.passages[int(at[0])]))
            if key[3] == "link":
                self._links(at.tolist(), tally)
            elif key[3] == "paragraph":
                self._running(at.tolist(), tally)
            else:
                self._single(at[self.any[at]].tolist(), tally)
        yield from found.values()

    def _key(self, at: int) -> Key:
        one = self.passages[at]
        return one.place, one.seen, one.what, one.sort

    def _running(self, at: Sequence[int], tally: Tally) -> None:
        """Paragraphs in order: a letter, a list, a text."""
        from singleout.identifiers.named_people import mentions_in
        from singleout.identifiers.sentences import told

        lines = [line for i in at for line in self.passages[i].text.split("\n") if line.strip()]
        named = mentions_in(lines)
        tally.people += told(lines, named) + self._unnamed(at, lines)
        if self.identify[at].any():
            for block in blocks(lines):
                people = _joined([lines[i] for i in block], [named[i] for i in block])
                self._identifiers("\n".join(lines[i] for i in block), people, tally)

    def _unnamed(self, at: Sequence[int], lines: Sequence[str]) -> int:
        """People told by a surname in a list, or by a number."""
        found = 0
        if self.listed[at].any():
            from singleout.identifiers.surname_lists import listed_surnames

            found += sum(map(listed_surnames, lines))
        if self.numbered[at].any():
            from singleout.identifiers.numbered_people import numbered_people

            found += numbered_people(lines)
        return found

    def _single(self, at: Sequence[int], tally: Tally) -> None:
        """Texts that stand alone, each once: a cell, a note, a text box, a property."""
        from singleout.identifiers.named_people import mentions_in

        left = [i for i in at if self._first(i)]
        for start in range(0, len(left), _BATCH):
            batch = left[start : start + _BATCH]
            if tally.people >= MOST:  # more of them change nothing
                batch = [i for i in batch if self.identify[i]]
            if tally.full:
                batch = [i for i in batch if self.name[i] and tally.people < MOST]
            named = mentions_in([self.passages[i].text if self.name[i] else "" for i in batch])
            for i, spans in zip(batch, named, strict=True):
                self._one(i, spans, tally)

    def _first(self, i: int) -> bool:
        """Whether a text is met at its place for the first time, in whichever way it was kept."""
        one = self.passages[i]
        key = (one.place.file, one.place.part, one.place.sheet, one.text)
        known = key in self.done
        self.done.add(key)
        return not known

    def _one(self, i: int, spans: Sequence[Mention], tally: Tally) -> None:
        from singleout.identifiers.named_people import mentions_by_line
        from singleout.identifiers.sentences import stands_alone, told

        one = self.passages[i]
        cell = is_cell(one)
        beside = one.shown if one.sort == "cell" else one.place.item
        if spans and one.sort != "name" and tally.people < MOST:
            lines, named = mentions_by_line(one.text, spans)
            said = told(lines, named, letter=False, beside=beside, bare=_bare_says(one))
            tally.people += said
            tally.alone += not said and stands_alone(one.text, spans, beside)
        if self.identify[i] and not tally.full:
            people = [(span.start, span.end) for span in spans]
            self._identifiers(one.text, people, tally, beside=beside, cell=cell)

    def _links(self, at: Sequence[int], tally: Tally) -> None:
        """Addresses of links, once each, and only what their own text does not show."""
        from singleout.identifiers.named_people import mentions_in
        from singleout.inspection.links import link_text

        done = dict.fromkeys((self.passages[i].text, self.passages[i].shown) for i in at)
        for target, shown in done:
            said = link_text(target)
            tally.people += int(said.named)
            left = [line for line in said.words.split("\n") if not repeats(line, shown)]
            words = "\n".join(left)
            people = [(span.start, span.end) for span in mentions_in([words])[0]] if words else []
            if said.named and not people:
                people = [(0, 0)]
            self._identifiers(words, people, tally, beside=shown)

    def _identifiers(
        self,
        text: str,
        people: Sequence[tuple[int, int]],
        tally: Tally,
        *,
        beside: str = "",
        cell: bool = False,
    ) -> None:
        from singleout.identifiers.direct import identifiers_in, lone_mail
        from singleout.identifiers.units import Unit

        if not text:
            return
        unit = Unit(text, people, self.bodies, beside, cell)
        lone = _LONE_MAIL.fullmatch(text) is not None
        for one in [lone_mail(unit)] if lone else identifiers_in(unit):
            tally.count(one, contact=one.weight == "staff" and unit.for_contact(one.start, one.end))


def _joined(lines: Sequence[str], named: Sequence[Sequence[Mention]]) -> list[tuple[int, int]]:
    """Where lines name people, counted from the start of the lines joined to one text."""
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    return [
        (start + one.start, start + one.end)
        for start, spans in zip(starts, named, strict=False)
        for one in spans
    ]


def repeats(line: str, shown: str) -> bool:
    """Tell whether a link's own text shows what a line of its address says.

    Parameters
    ----------
    line : str
        A mailbox, or another part of the address.
    shown : str
        The text on which the link lies.

    Returns
    -------
    bool
        True too where the text asks to write to somebody and names whose mailbox it is.

    Examples
    --------
    >>> repeats("foi@x.uk", "Write to foi@x.uk"), repeats("a.lee@x.uk", "Constable")
    (True, False)
    """
    from singleout.identifiers.sayings import says_nothing

    if line in shown:
        return True
    parts = set(re.findall(r"[^\W\d_]{3,}", line.partition("@")[0].lower()))
    words = {word.lower() for word in re.findall(r"[^\W\d_]{3,}", shown)}
    if not parts or not parts <= words:
        return False
    at = [m.span() for m in re.finditer(r"[^\W\d_]{3,}", shown) if m[0].lower() in parts]
    return says_nothing(shown, at) and len(words) > len(parts)


def is_cell(one: Passage) -> bool:
    """Tell whether a text is one of many of a table, in sight or not.

    Parameters
    ----------
    one : Passage
        The text.
    """
    return one.sort == "cell" or (one.sort == "kept" and bool(_TABULAR.search(one.what)))


def _bare_says(one: Passage) -> bool:
    """Whether a name with nothing beside it says something where it stands."""
    if one.sort == "object":
        return True
    if one.sort == "property" or "property" in one.what:
        return not _MADE_BY.search(f"{one.place.item} {one.what}")
    if one.sort != "kept" or not one.what:
        return False
    return not any(kind.search(one.what) for kind in (_WRITERS, _TABULAR, _BINARY))
