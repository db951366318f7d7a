"""Tables that are written as lines: fields between tabs or commas, columns of a fixed width."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise

import numpy as np

from singleout.draft.collector import Collector
from singleout.draft.grid import Grid
from singleout.draft.model import Place
from singleout.draft.named_lines import find_named

Fields = list[str]
# Fields that a list has at least, in so many lines at least: two lines of a few words are no table
LEAST_FIELDS, LEAST_LINES = 6, 2
# Lines from which fields between commas are a list: sentences have some as well
LEAST_LISTED, LEAST_KEYED = 4, 3
# Between commas: what is longer than a name with its title, or ends as a sentence, is prose
LONGEST, MOST_WORDS = 60, 6
# Between tabs: what is longer is a paragraph
LONGEST_TABBED = 200
# Numbers of paragraphs: 1, 2.1., a), (iv)
_MARK = re.compile(r"\(?(?:[0-9]{1,3}|[A-Za-z]|[ivxlIVXL]{1,6})(?:[.)-][0-9A-Za-z]{0,3}){0,6}")
_ENDS = (".", "?", "!", ":", ";")
_TABS = re.compile(r"\t[\t ]*")
_BREAKS = (re.compile(r"[,;|]\s+"), re.compile(r"(?<=\s)[-\u2013\u2014]\s+"))
# Lines from which one blank between columns is no chance: a text of words has a blank at a sixth
# of its places, so five lines share one at a place once in eight thousand. Two blanks side by side
# are rare in words: three lines share them by chance hardly ever.
LEAST_ALIGNED, LEAST_APART = 5, 3
# Lines above the columns that may be a title
MOST_TITLES = 3
# Lines that are held side by side, characters of one that are looked at
MOST_LINES, MOST_CHARACTERS = 1_000_000, 2_000
_AT_ONCE = 1_000
# Share of the lines that may go over a blank: notes and totals among very many lines
MOST_ASTRAY = 0.01


def tell_lists(
    collector: Collector,
    lines: Sequence[str | None],
    place: Callable[[int, int], Place],
    *,
    why_unseen: str = "",
    fixed: bool = False,
) -> None:
    """Find tables among lines, and hand each over as a grid.

    Parameters
    ----------
    collector : Collector
        Where to report.
    lines : sequence of str or None
        Lines or paragraphs in order; None where something else stands between two.
    place : callable
        Gives the place of a list by its first and last line.
    why_unseen : str
        What keeps the lines out of sight; empty if they are in sight.
    fixed : bool
        Whether columns of a fixed width may be in them: letters are as wide as one another.
    """
    for first, last, rows in find_lists(lines, fixed=fixed):
        collector.grid(
            Grid.from_rows(rows), place(first, last), visible=not why_unseen, why_unseen=why_unseen
        )


def find_lists(
    lines: Sequence[str | None], *, fixed: bool = False, keyed: bool = False
) -> Iterator[tuple[int, int, list[Fields]]]:
    """Iterate over the tables among lines: first and last line, fields of each line between.

    Parameters
    ----------
    lines : sequence of str or None
        Lines in order; None where something else stands between two.
    fixed, keyed : bool
        Whether to look for columns of a fixed width, and for lines of a key, a colon and a value.

    Examples
    --------
    >>> list(find_lists(["Officers", "Rank\\tName\\tUnit", "PC\\tAsh\\tDogs", "Yours"]))
    [(1, 2, [['Rank', 'Name', 'Unit'], ['PC', 'Ash', 'Dogs']])]
    """
    at = 0
    for blank, group in groupby(lines, lambda line: line is None):
        block = [line or "" for line in group]
        if not blank:
            for first, last, rows in _in_block(block, fixed=fixed, keyed=keyed):
                yield at + first, at + last, rows
        at += len(block)


def _in_block(
    block: list[str], *, fixed: bool, keyed: bool
) -> Iterator[tuple[int, int, list[Fields]]]:
    taken = [False] * len(block)
    text = "\n".join(block)
    if "\t" in text:
        yield from _taking(taken, _runs(block, taken, _tabbed, LEAST_LINES))
    left = ["" if gone else line for line, gone in zip(block, taken, strict=True)]
    yield from _taking(taken, find_named(left))
    if keyed and ":" in text:
        yield from _taking(taken, _runs(block, taken, _keyed, LEAST_KEYED))
    if any(mark in text for mark in ",;|-\u2013\u2014"):
        yield from _taking(taken, _runs(block, taken, _listed, LEAST_LISTED))
    if fixed:
        yield from _aligned(block, taken)


def _taking(
    taken: list[bool], found: Iterator[tuple[int, int, list[Fields]]]
) -> Iterator[tuple[int, int, list[Fields]]]:
    """Pass on tables among lines of which none is another table's, and take their lines."""
    for first, last, rows in found:
        if any(taken[first : last + 1]):
            continue
        taken[first : last + 1] = [True] * (last + 1 - first)
        yield first, last, rows


def _runs(
    block: list[str], taken: list[bool], cut: Callable[[str], Fields], least: int
) -> Iterator[tuple[int, int, list[Fields]]]:
    """Lines next to one another (blank ones between overlooked) that are cut into fields."""
    run: list[tuple[int, Fields]] = []
    for i, line in enumerate([*block, "end"]):
        if i < len(block) and not line.strip():
            continue
        fields = cut(line) if i < len(block) and not taken[i] else []
        if len(fields) > 1 and (cut is _tabbed or not run or len(run[-1][1]) == len(fields)):
            run.append((i, fields))
            continue
        if len(run) >= least and sum(len(fields) for _, fields in run) >= LEAST_FIELDS:
            yield run[0][0], run[-1][0], [fields for _, fields in run]
        run = [(i, fields)] if len(fields) > 1 else []


def _tabbed(line: str) -> Fields:
    """Fields between tabs; several tabs in a row are one, as they are pressed to align. A text
    after its number is one text."""
    fields = _TABS.split(line.strip()) if "\t" in line else []
    if len(fields) == 2 and (_MARK.fullmatch(fields[0]) or not fields[0][:1].isalnum()):
        return []
    return fields if all(len(field) <= LONGEST_TABBED for field in fields) else []


def _keyed(line: str) -> Fields:
    """A key of a few words and its value."""
    key, colon, value = line.partition(":")
    short = bool(key.strip()) and len(key.split()) <= MOST_WORDS and len(key) <= LONGEST
    return [key.strip(), value.strip()] if short and colon and value[:1].isspace() else []


def _listed(line: str) -> Fields:
    """Short fields between commas or dashes, no sentence."""
    line = line.strip()
    if line.endswith(_ENDS) or "\n" in line or len(line) > LONGEST * MOST_WORDS:
        return []
    for between in _BREAKS:
        fields = [field.strip() for field in between.split(line)]
        if len(fields) > 1 and all(
            0 < len(field) <= LONGEST and len(field.split()) <= MOST_WORDS for field in fields
        ):
            return fields
    return []


def _aligned(block: list[str], taken: list[bool]) -> Iterator[tuple[int, int, list[Fields]]]:
    """Lines next to one another that all have blanks at the same places."""
    run: list[int] = []
    for i, line in enumerate([*block, ""]):
        if line.strip() and not taken[i] and len(run) < MOST_LINES:
            run.append(i)
            continue
        lines = [block[at].rstrip() for at in run]
        found = [
            (skipped, _cuts(lines[skipped:]))
            for skipped in range(min(MOST_TITLES, len(run) - LEAST_APART) + 1)
        ]
        skipped, cuts = max(found, key=lambda one: len(one[1]), default=(0, []))
        if cuts:
            skipped += _titles(lines[skipped:], cuts)
            cuts = _cuts(lines[skipped:]) or cuts
            edges = [0, *cuts, max(map(len, lines))]
            rows = [[line[a:b].strip() for a, b in pairwise(edges)] for line in lines[skipped:]]
            yield run[skipped], run[-1], rows
        run = []


def _titles(lines: list[str], cuts: list[int]) -> int:
    """How many of the first lines are titles: their words do not leave a column free as others do
    that are filled up with blanks."""
    padded = [any(line[cut - 2 : cut] == "  " for cut in cuts) for line in lines]
    if 2 * sum(padded) < len(lines):
        return 0
    first = padded.index(True)
    return first if first <= MOST_TITLES else 0


def _cuts(lines: list[str]) -> list[int]:
    """Where all lines are blank: at two places side by side, or at one if there are many lines.
    Only lines that go on after the blank count."""
    lines = list(dict.fromkeys(lines))  # the same line again shows no column
    lengths = np.sort([len(line) for line in lines])
    width = min(int(lengths[-1]), MOST_CHARACTERS)
    ink = np.zeros(width, np.int64)
    for at in range(0, len(lines), _AT_ONCE):
        text = "".join(line[:width].ljust(width) for line in lines[at : at + _AT_ONCE])
        signs = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        ink += (signs.reshape(-1, width) != ord(" ")).sum(axis=0)
    filled = ink > MOST_ASTRAY * len(lines)
    starts = np.flatnonzero(filled & ~np.concatenate(([False], filled[:-1])))
    ends = np.flatnonzero(filled & ~np.concatenate((filled[1:], [False]))) + 1
    cuts = []
    for start, end in zip(starts[1:].tolist(), ends[:-1].tolist(), strict=True):
        going = len(lines) - int(np.searchsorted(lengths, start, side="right"))
        if going >= (LEAST_APART if start - end > 1 else LEAST_ALIGNED):
            cuts.append(start)
    return cuts
