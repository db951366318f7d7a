"""Lines of a text file that are text and no row: prose, titles, remarks, fixed columns."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from singleout.dialect import Records
from singleout.draft.collector import Collector
from singleout.draft.grid import Grid
from singleout.draft.lists import find_lists
from singleout.draft.model import Place

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
# A line of so many words goes on in the next, if it does not end as a sentence does
LEAST_WORDS = 8
_ENDS = (".", "!", "?", ":", ";")
# Three digits behind a comma that groups a number's
_GROUP = re.compile(r"^[0-9]{3}(?:[^0-9]|$)")
# Lines of text from which on a file is a text, with tables in it or not
LEAST_TEXT = 4
# Blank lines that may stand between two lines of one list
MOST_BLANK = 2


def text_rows(records: Records) -> Bools:
    """Tell which records are one text: those of one field of several words, and sentences that are
    cut at their commas.

    In rows of data a delimiter stands right between two values; in sentences a blank follows it,
    or it groups the digits of one number: "Grade 6, £31,000".
    """
    filled = np.zeros(len(records.rows), np.int64)
    for column in records.columns:
        whole = column.null_count == 0
        filled += 1 if whole else column.is_valid().to_numpy(zero_copy_only=False)
    at = np.searchsorted(records.rows, np.array([row for row, _, _ in records.beyond], np.int64))
    np.add.at(filled, at, 1)
    alone = filled == 1
    # A text of one word has no blank in it; one that is cut has a blank after each delimiter
    spaced = np.zeros(len(records.rows), np.bool_)
    for j, column in enumerate(records.columns):
        if alone.any():
            spaced |= _has(
                column, lambda texts: pc.match_substring(pc.utf8_trim(texts, " \t"), " ")
            )
        if j == 0 and alone.all():
            break
    cut = filled > 1
    if f"{records.delimiter} ".encode() not in records.text:
        cut[:] = False
    indented = np.zeros(len(records.rows), np.bool_)
    for before, column in pairwise(records.columns):
        if not cut.any():
            break
        empty = column.is_null().to_numpy(zero_copy_only=False)
        blank = _has(column, _indented)
        indented |= blank
        cut &= empty | blank | (_has(column, _group) & _has(before, _ends_in_digit))
    further = [text.startswith(" ") for _, _, text in records.beyond]
    indented[at[further]] = True
    cut[
        at[[not text.startswith(" ") and not _GROUP.match(text) for _, _, text in records.beyond]]
    ] = False
    cut &= indented
    return np.asarray((alone & spaced) | cut, np.bool_)


def _indented(texts: pa.Array) -> pa.Array:
    return pc.starts_with(texts, " ")


def _group(texts: pa.Array) -> pa.Array:
    return pc.match_substring_regex(texts, _GROUP.pattern)


def _ends_in_digit(texts: pa.Array) -> pa.Array:
    return pc.match_substring_regex(texts, r"[0-9]$")


def _has(column: pa.Array, test: Callable[[pa.Array], pa.Array]) -> Bools:
    found = pc.fill_null(test(column), False)
    return np.asarray(found.to_numpy(zero_copy_only=False), np.bool_)


def lines_of(records: Records, chosen: Bools) -> dict[int, str]:
    """Return the chosen records as they stand in the file, by their rows from 0."""
    at = np.flatnonzero(chosen)
    columns = [column.take(at).to_pylist() for column in records.columns]
    lines = {
        int(row): [text or "" for text in texts]
        for row, texts in zip(records.rows[at], zip(*columns, strict=True), strict=True)
    }
    for row, column, text in records.beyond:
        if row in lines:
            fields = lines[row]
            fields += [""] * (column + 1 - len(fields))
            fields[column] = text
    return {row: records.delimiter.join(fields).rstrip(records.delimiter + " ")
            for row, fields in lines.items()}  # fmt: skip


def paragraphs(lines: dict[int, str]) -> list[str]:
    """Join lines that a program broke where they were full.

    Examples
    --------
    >>> paragraphs({0: "It was said of the officer that he had", 1: "left.", 3: "Yours"})
    ['It was said of the officer that he had left.', 'Yours']
    """
    found: list[str] = []
    last = -2
    for row, line in lines.items():
        text = line.strip()
        before = found[-1].rsplit("\n", 1)[-1] if found else ""
        goes_on = row == last + 1 and len(before.split()) >= LEAST_WORDS
        if goes_on and not before.endswith(_ENDS):
            found[-1] = f"{found[-1]} {text}"
        else:
            found.append(text)
        last = row
    return found


def tell_lines(records: Records, collector: Collector) -> Bools:
    """Hand over the lines that are text, and the tables of a fixed width among them.

    Parameters
    ----------
    records : Records
        The file.
    collector : Collector
        Where to report.

    Returns
    -------
    bool array, shape (n_records,)
        Records that are in such a table or single lines of a text, and no cells of another.
    """
    chosen = text_rows(records)
    taken = np.zeros(len(records.rows), np.bool_)
    if not chosen.any():
        return taken
    lines = lines_of(records, chosen)
    rows = np.array(list(lines), np.int64)
    remarks = {row: line for row, line in lines.items() if line.startswith("#")}
    prose = {row: line for row, line in lines.items() if row not in remarks}
    for texts, what in ((paragraphs(prose), ""), (list(remarks.values()), "comment line")):
        collector.text(Place(), dict.fromkeys(texts), sort="paragraph", what=what)
    for start, stop in _blocks(rows, records.rows):
        block = [lines.get(row, "") for row in range(start, stop + 1)]
        for first, last, fields in find_lists(block, fixed=True, keyed=True):
            top, bottom = start + first, start + last
            place = Place(cells=f"rows {top + 1}-{bottom + 1}")
            collector.grid(Grid.from_rows(fields, top), place)
            taken |= (records.rows >= top) & (records.rows <= bottom)
    return taken | _single(records, chosen)


def _single(records: Records, chosen: Bools) -> Bools:
    """Lines of a text with no other line like them beside: commas in one make no table of it."""
    rows = records.rows
    if np.count_nonzero(chosen) < LEAST_TEXT:
        return np.zeros(len(rows), np.bool_)
    several = np.zeros(len(rows), np.bool_)
    for column in records.columns[1:]:
        several |= column.is_valid().to_numpy(zero_copy_only=False)
    apart = np.diff(rows) > 1
    # A line of one field is no row of a table, whatever stands beside it
    like = several[1:] & several[:-1] & ~apart
    before, after = np.concatenate(([False], like)), np.concatenate((like, [False]))
    lone = np.concatenate(([True], apart)) & np.concatenate((apart, [True]))
    return chosen & ((several & ~before & ~after) | lone)


def _blocks(rows: Ints, every: Ints) -> list[tuple[int, int]]:
    """First and last of chosen rows that follow one another, but for a few blank ones."""
    order = np.searchsorted(every, rows)
    apart = (np.diff(rows) > MOST_BLANK + 1) | (np.diff(order) > 1)
    cuts = [0, *(np.flatnonzero(apart) + 1).tolist(), len(rows)]
    return [(int(rows[a]), int(rows[b - 1])) for a, b in pairwise(cuts)]
