"""How cells are formatted, from whatever file, and which of them nobody sees for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from singleout.draft.grid import Grid
from singleout.inspection.common.colours import alike
from singleout.inspection.common.number_format import GENERAL, NumberFormat
from singleout.inspection.common.thresholds import SMALL

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int32]
# Blanks of Unicode, and letters that are drawn as blanks
BLANK_CLASS = (
    r"[\s\x{00a0}\x{1680}\x{2000}-\x{200d}\x{2028}\x{2029}\x{202f}\x{205f}\x{2060}\x{2800}"
    r"\x{3000}\x{3164}\x{feff}]"
)
BLACK, WHITE = "000000", "FFFFFF"


@dataclass(frozen=True, slots=True)
class CellLook:
    """What a cell's format says of how its content is shown.

    Parameters
    ----------
    format : NumberFormat
        Its number format.
    ink : str or None
        The text's colour, ``RRGGBB``; None where the program chooses one that can be read.
    papers : tuple of str
        Colours behind it, more than one of a pattern; empty where nobody knows.
    size : float
        Of its letters, in points.
    wrap, kept_in, shrink, turned : bool
        Whether lines are broken at the cell's edge; whether the text ends there; whether letters
        are made to fit; whether they do not run from left to right.
    indent : float
        Points between the cell's edge and the text.
    align : str
        ``left``, ``right``, ``center``, or empty where the value's kind decides.
    gone : bool
        Whether nothing is shown at all, whatever the cell holds.
    """

    format: NumberFormat = GENERAL
    ink: str | None = BLACK
    papers: tuple[str, ...] = (WHITE,)
    size: float = 11.0
    wrap: bool = False
    kept_in: bool = False
    shrink: bool = False
    turned: bool = False
    indent: float = 0.0
    align: str = ""
    gone: bool = False

    @property
    def invisible(self) -> bool:
        """Whether its text cannot be told from what it stands on."""
        return self.gone or (self.ink is not None and alike(self.ink, self.papers))


def holding(grid: Grid) -> Bools:
    """Tell which cells hold more than blanks: nobody misses the others.

    Examples
    --------
    >>> holding(Grid.from_cells([(0, 0, "a", False), (0, 1, " ", False)])).tolist()
    [True, False]
    """
    blank = pc.match_substring_regex(grid.texts, rf"\A{BLANK_CLASS}*\z")
    return np.asarray(~blank.to_numpy(zero_copy_only=False), np.bool_)


def of_styles(ids: Ints, looks: Sequence[CellLook], wanted: Callable[[CellLook], bool]) -> Bools:
    """Tell which cells have a look of some kind.

    Parameters
    ----------
    ids : int32 array, shape (n_cells,)
        Each cell's index in `looks`.
    looks : sequence of CellLook
        The looks.
    wanted : callable
        Tells whether a look is of the kind.
    """
    chosen = [i for i, look in enumerate(looks) if wanted(look)]
    return np.isin(ids, chosen) if chosen else np.zeros(len(ids), np.bool_)


def covered_by_format(grid: Grid, ids: Ints, looks: Sequence[CellLook], dates: Bools) -> Bools:
    """Tell which cells show something else than their value, or nothing, by a number format.

    Parameters
    ----------
    grid : Grid
        The cells.
    ids : int32 array, shape (n_cells,)
        Each cell's index in `looks`.
    looks : sequence of CellLook
        The looks.
    dates : bool array, shape (n_cells,)
        Cells that hold a date: the grid has it as a text.
    """
    mask = np.zeros(len(grid), np.bool_)
    for i in np.unique(ids):
        look = looks[i]
        if look.format.plain:
            continue
        here = ids == i
        if look.format.hides_texts:
            mask |= here & ~grid.numeric & ~dates
        at = np.flatnonzero(here & grid.numeric)
        if len(at):
            mask[at] = look.format.hides(numbers(grid.texts.take(pa.array(at))))
        at = np.flatnonzero(here & dates)
        if len(at):
            mask[at] = look.format.hides(_serials(grid.texts.take(pa.array(at))))
    return mask


def invisible(grid: Grid, ids: Ints, looks: Sequence[CellLook], dates: Bools) -> Bools:
    """Tell which cells' texts cannot be told from what they stand on; arguments as above."""
    mask = of_styles(ids, looks, lambda look: look.invisible)
    for i in np.unique(ids):
        look = looks[i]
        if look.gone or not look.format.coloured:
            continue
        here = ids == i
        text = look.format.text
        mask[here] = replace(look, ink=text.ink or look.ink).invisible
        at = np.flatnonzero(here & (grid.numeric | dates))
        told = grid.texts.take(pa.array(at))
        chosen = look.format.chosen(np.where(dates[at], _serials(told), numbers(told)))
        inks = [replace(look, ink=s.ink or look.ink).invisible for s in look.format.sections]
        mask[at] = np.array(inks)[chosen]
    return mask


def numbers(texts: pa.Array) -> npt.NDArray[np.float64]:
    """Return the numbers that texts hold; NaN for a text that is none."""
    try:
        return np.asarray(pc.cast(texts, pa.float64()).to_numpy(zero_copy_only=False))
    except pa.ArrowInvalid:
        return np.array([_number(text) for text in texts.to_pylist()], np.float64)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


def _serials(texts: pa.Array) -> npt.NDArray[np.float64]:
    """Days since the end of 1899, as number formats compare dates."""
    found = []
    for text in texts.to_pylist():
        try:
            found.append(float((np.datetime64(text, "s") - _DAY_ZERO) / np.timedelta64(1, "D")))
        except ValueError:
            found.append(_number(text))
    return np.array(found, np.float64)


_DAY_ZERO = np.datetime64("1899-12-30", "s")


def too_small(ids: Ints, looks: Sequence[CellLook], zoom: float) -> Bools:
    """Tell which cells' letters are too small to read, as shown at this zoom."""
    return of_styles(ids, looks, lambda look: look.size * zoom < SMALL)
