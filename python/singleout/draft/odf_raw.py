"""One table of an OpenDocument as read: its cells in arrays, and what is set for its rows."""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from lxml import etree

from singleout.draft.grid import Grid, Merge
from singleout.draft.keptback import is_kept_back
from singleout.inspection.common.shown_value import tells

# Row and column numbers never pass this, whatever a repetition says
EDGE = 1 << 30
FLUSH = 200_000
_FIGURES, _WORD = re.compile(r"[0-9]+"), re.compile(r"[^\W\d_]{3,}")
Span = tuple[int, int]


def untold(value: str, shown: str, numeric: bool) -> bool:
    """Tell whether a text that a cell shows (``text:p``) does not say the cell's value.

    Parameters
    ----------
    value, shown : str
        The value, and the text; none where the value is the text.
    numeric : bool
        Whether the value is a number; else it is a date, a time or a truth value.

    Examples
    --------
    >>> untold("3", "<5", True), untold("3.14159", "3.1", True), untold("2021-04-01", "x", False)
    (True, False, True)
    """
    if not shown or shown == value:
        return False
    return not tells(value, shown) if numeric else is_kept_back(shown)


@dataclass(slots=True)
class RawTable:
    """One ``table:table`` as read.

    Parameters
    ----------
    element : lxml.etree._Element
        It, without its cells.
    rows, columns, styles : array of int
        Cells with content in order; styles are indices in `names`, 0 where the column's counts.
    numeric, covered, untold : bytearray
        Whether each holds a number, whether it lies under merged cells, and whether the text that
        it shows does not say its value.
    collapsed, filtered, grouped : list of (int, int)
        First and last of rows that are hidden, filtered out, in a collapsed group.
    row_styles : dict of str to list of (int, int)
        Rows by their style.
    others : list of (int, int, element)
        What cells hold beside text: notes, drawings, links to ranges.
    inner : list of (int, str)
        Cells (by index) and styles of pieces of their text.
    formulas, typed : list of str, set of str
        Formulas with addresses of other files; those with texts in them.
    beside : dict of str to str
        Words that stand in cells beside the values that they hold, each once without its figures.
    """

    element: etree._Element
    rows: array[int] = field(default_factory=lambda: array("i"))
    columns: array[int] = field(default_factory=lambda: array("i"))
    styles: array[int] = field(default_factory=lambda: array("i"))
    numeric: bytearray = field(default_factory=bytearray)
    covered: bytearray = field(default_factory=bytearray)
    untold: bytearray = field(default_factory=bytearray)
    texts: list[str | bytes] = field(default_factory=list)
    chunks: list[pa.Array] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=lambda: {"": 0})
    merges: list[Merge] = field(default_factory=list)
    collapsed: list[Span] = field(default_factory=list)
    filtered: list[Span] = field(default_factory=list)
    grouped: list[Span] = field(default_factory=list)
    row_styles: dict[str, list[Span]] = field(default_factory=dict)
    others: list[tuple[int, int, etree._Element]] = field(default_factory=list)
    inner: list[tuple[int, str]] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)
    typed: set[str] = field(default_factory=set)
    beside: dict[str, str] = field(default_factory=dict)
    differing: int = 0
    unknown: int = 0
    repeated: int = 0
    cut: bool = False
    at: int = 0
    flushed: int = 0

    def keep(self, shown: str) -> None:
        """Note what a cell shows beside a value of another form, if it has words in it."""
        key = _FIGURES.sub("", shown)
        if key not in self.beside and _WORD.search(key):
            self.beside[key] = shown

    def grid(self) -> Grid:
        """Return the cells as a grid."""
        chunks = [*self.chunks, pa.array(self.texts, pa.string())]
        return Grid(
            np.frombuffer(self.rows, np.int32) if self.rows else np.zeros(0, np.int32),
            np.frombuffer(self.columns, np.int32) if self.columns else np.zeros(0, np.int32),
            pa.concat_arrays(chunks),
            np.frombuffer(self.numeric, np.bool_) if self.numeric else np.zeros(0, np.bool_),
            tuple(self.merges),
        )

    def flush(self) -> None:
        """Hand the texts read so far to Arrow: a tenth of their memory as Python's."""
        if self.texts:
            self.chunks.append(pa.array(self.texts, pa.string()))
            self.flushed += len(self.texts)
            self.texts.clear()

    def settings(self, style: str, visibility: str, repeat: int, *, folded: bool) -> None:
        """Note what is set for the row at hand, which stands for so many."""
        span = (self.at, min(self.at + repeat, EDGE) - 1)
        if visibility == "collapse":
            self.collapsed.append(span)
        elif visibility == "filter":
            self.filtered.append(span)
        if folded:
            self.grouped.append(span)
        if style:
            spans = self.row_styles.setdefault(style, [])
            if spans and spans[-1][1] + 1 == span[0]:
                spans[-1] = (spans[-1][0], span[1])
            else:
                spans.append(span)

    def style_ids(self) -> npt.NDArray[np.int32]:
        """Return each cell's index in `names`."""
        return np.frombuffer(self.styles, np.int32) if self.styles else np.zeros(0, np.int32)

    def style_id(self, name: str | None) -> int:
        """Return a style's index, a new one if it has none."""
        return self.names.setdefault(name, len(self.names)) if name else 0
