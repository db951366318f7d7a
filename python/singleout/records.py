"""Where the records and fields of delimited text are, by whole-array steps over its bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
# Of two delimiters that fit as well, the rarer one in prose and numbers is the better guess
DELIMITERS = (b"\t", b"|", b";", b",")
_SAMPLE = 262_144
_SAMPLE_LINES = 400
_HINT = re.compile(rb'"?sep=([\t|;,])"?\n', re.IGNORECASE)
_NONE: Ints = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class Layout:
    """Offsets of records and fields in a text.

    Parameters
    ----------
    text : bytes
        UTF-8, every record ended by ``\\n``, quotes as RFC 4180 has them.
    delimiter : bytes
        One byte.
    starts, ends : int array, shape (n_records,)
        First byte of each record, and its line end.
    delimiters : int array
        Offsets of the delimiters between fields.
    fields : int array, shape (n_records,)
        Fields of each record; 0 for a blank one.
    width : int
        The number of fields that most records have.
    quoted, multiline : bool
        Whether quotes enclose fields; whether a field holds a line end.
    stray, unclosed : int array
        Offsets of fields with a quote where none may be, or one never closed.
    """

    text: bytes
    delimiter: bytes
    starts: Ints
    ends: Ints
    delimiters: Ints
    fields: Ints
    width: int
    quoted: bool
    multiline: bool
    stray: Ints
    unclosed: Ints

    @property
    def filled(self) -> Bools:
        """Records that are not blank."""
        return np.asarray(self.fields > 0, np.bool_)

    @property
    def longest(self) -> int:
        """Bytes of the longest record."""
        return int((self.ends - self.starts).max(initial=0))

    def row_of(self, offsets: Ints) -> Ints:
        """Return the record (from 0) that each offset is in."""
        return np.asarray(np.searchsorted(self.ends, offsets), np.int64)

    def kept(self, chosen: Bools) -> bytes:
        """Return the text of these records only."""
        if chosen.all():
            return self.text
        lengths = self.ends - self.starts + 1
        buffer = np.frombuffer(self.text, np.uint8)
        return bytes(buffer[np.repeat(chosen, lengths)].tobytes())

    def split(self, row: int) -> list[str]:
        """Return the fields of one record."""
        start, end = int(self.starts[row]), int(self.ends[row])
        first, last = np.searchsorted(self.delimiters, [start, end])
        cuts = [start - 1, *self.delimiters[first:last].tolist(), end]
        fields = []
        for a, b in pairwise(cuts):
            field = self.text[a + 1 : b]
            if self.quoted and len(field) > 1 and field[:1] == b'"' == field[-1:]:
                field = field[1:-1].replace(b'""', b'"')
            fields.append(field.decode("utf-8", "replace"))
        return fields


def sniff_delimiter(text: bytes) -> tuple[bytes, bytes]:
    """Tell the delimiter, and return the text without a first line ``sep=`` that names it.

    Parameters
    ----------
    text : bytes
        UTF-8 with ``\\n`` as line end.

    Returns
    -------
    delimiter : bytes
        The one that cuts most of the first 400 records into the same number of fields.
    text : bytes
        The same text; spreadsheets do not show a first line ``sep=;`` as a row.

    Examples
    --------
    >>> sniff_delimiter(b"name;cost\\na;1,5\\nb;2,5\\n")[0]
    b';'
    """
    hint = _HINT.match(text)
    if hint is not None:
        return hint[1], text[hint.end() :]
    sample = text[:_SAMPLE]
    if len(text) > _SAMPLE:
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    best, score = b",", (0.0, 0)
    for delimiter in DELIMITERS:
        if delimiter not in sample:
            continue
        fields = lay_out(sample, delimiter).fields
        fields = fields[fields > 0][:_SAMPLE_LINES]
        several = fields[fields > 1]
        if not len(several):
            continue
        width = int(np.bincount(np.minimum(several, 20_000)).argmax())
        found = (round(float((fields == width).mean()), 1), width if width > 2 else 0)
        if found[0] > score[0] or (found[0] == score[0] and _heads(sample, delimiter, best)):
            best, score = delimiter, found
    return best, text


def _heads(sample: bytes, delimiter: bytes, other: bytes) -> bool:
    """Whether the first line has this delimiter, and not the other."""
    line = sample.lstrip(b"\n").split(b"\n", 1)[0]
    return delimiter in line and other not in line


def lay_out(text: bytes, delimiter: bytes) -> Layout:
    """Find records and fields.

    Parameters
    ----------
    text : bytes
        UTF-8 with ``\\n`` as line end.
    delimiter : bytes
        One byte.

    Returns
    -------
    Layout
        A record of delimiters only counts as blank.
    """
    if not text.endswith(b"\n"):
        text += b"\n"
    text = _without_last_blank(text)
    stray, unclosed = _NONE, _NONE
    quotes = _quotes(text)
    quoted = bool(len(quotes)) and _any_opens(text, quotes, delimiter)
    if quoted and not _well_formed(text, quotes, delimiter):
        text, stray, unclosed = _requoted(text, delimiter)
        quotes = _quotes(text)
    elif len(quotes) and not quoted:
        stray = quotes
    buffer = np.frombuffer(text, np.uint8)
    ends = np.flatnonzero(buffer == 10)
    delimiters = np.flatnonzero(buffer == delimiter[0])
    lines = len(ends)
    if quoted:
        inside = np.add.accumulate(buffer == 34, dtype=np.uint8) & 1
        ends, delimiters = ends[inside[ends] == 0], delimiters[inside[delimiters] == 0]
    starts = np.concatenate(([0], ends[:-1] + 1)) if len(ends) else _NONE
    fields = np.diff(np.searchsorted(delimiters, ends), prepend=0) + 1
    fields[ends - starts == fields - 1] = 0
    filled = fields[fields > 0]
    width = int(np.bincount(np.minimum(filled, 65_536)).argmax()) if len(filled) else 0
    return Layout(
        text,
        delimiter,
        starts,
        ends,
        delimiters,
        fields,
        width,
        quoted,
        len(ends) < lines,
        stray,
        unclosed,
    )


def _without_last_blank(text: bytes) -> bytes:
    stripped = text.rstrip(b"\n")
    return stripped + b"\n" if len(stripped) + 1 < len(text) else text


def _quotes(text: bytes) -> Ints:
    if b'"' not in text:
        return _NONE
    return np.flatnonzero(np.frombuffer(text, np.uint8) == 34)


def _any_opens(text: bytes, quotes: Ints, delimiter: bytes) -> bool:
    """Whether any quote stands at a field's start."""
    buffer = np.frombuffer(text, np.uint8)
    before = buffer[quotes - 1]
    return bool(((before == delimiter[0]) | (before == 10) | (quotes == 0)).any())


def _well_formed(text: bytes, quotes: Ints, delimiter: bytes) -> bool:
    """Whether every quote opens a field, closes one, or is one of two inside one."""
    if len(quotes) % 2:
        return False
    buffer = np.frombuffer(text, np.uint8)
    opens, closes = quotes[0::2], quotes[1::2]
    before = buffer[opens - 1]
    paired = np.concatenate(([False], opens[1:] == closes[:-1] + 1))
    starts = (before == delimiter[0]) | (before == 10) | (opens == 0) | paired
    after = buffer[closes + 1]
    paired = np.concatenate((opens[1:] == closes[:-1] + 1, [False]))
    ends = (after == delimiter[0]) | (after == 10) | paired
    return bool(starts.all() and ends.all())


def _requoted(text: bytes, delimiter: bytes) -> tuple[bytes, Ints, Ints]:
    """Quote the fields with stray quotes as RFC 4180 has it; where they are in the new text.

    A quote counts at a field's start only; one that is never closed is part of the text.
    """
    cut = re.escape(delimiter)
    body = rb"[^%b\n]*+" % cut
    pattern = re.compile(
        rb'(?<![^%b\n])(?:("(?:[^"]++|"")*+")(%b)|[^%b\n"]*+"%b)' % (cut, body, cut, body)
    )
    stray: list[int] = []
    unclosed: list[int] = []
    shift = 0

    def fix(match: re.Match[bytes]) -> bytes:
        nonlocal shift
        whole, closed = match[0], match[1]
        if closed is not None and not match[2]:
            return whole
        value = whole if closed is None else closed[1:-1].replace(b'""', b'"') + match[2]
        fixed = b'"' + value.replace(b'"', b'""') + b'"'
        kind = unclosed if closed is None and whole.startswith(b'"') else stray
        kind.append(match.start() + shift)
        shift += len(fixed) - len(whole)
        return fixed

    text = pattern.sub(fix, text)
    return text, np.array(stray, np.int64), np.array(unclosed, np.int64)
