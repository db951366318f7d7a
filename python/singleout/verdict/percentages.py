"""Counts that a percentage and its base in one row give away: 2 % of 50 staff is one person."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa

from singleout.draft.model import DraftTable
from singleout.identifiers.headings import read_heading
from singleout.identifiers.word_sets import one_of
from singleout.identifiers.written_counts import Floats, read_counts

# Percentages of growth have their base in another year
_CHANGE: Final = one_of(
    "change|changes|changed|increase|decrease|growth|difference|variance|rise|fall|newid|cynnydd|"
    "gostyngiad|variation|évolution|hausse|baisse|veränderung|zunahme|abnahme|cambio|variación|"
    "zmiana|wzrost|spadek"
)

_BARE: Final = one_of(
    "%|percent|per|cent|percentage|proportion|share|pct|of|total|canran|pourcentage|anteil"
)


def is_share_of_base(name: str, base: str) -> bool:
    """Tell whether a heading is that of percentages of what a count beside it counts.

    Parameters
    ----------
    name, base : str
        The heading of the percentages, and that of the count.

    Examples
    --------
    >>> is_share_of_base("Disabled (%)", "Staff"), is_share_of_base("Change (%)", "Staff")
    (True, False)
    >>> is_share_of_base("% of staff", "Staff")  # the row's share of the column
    False
    """
    heading = read_heading(name)
    words = {word.lower() for word in heading.words}
    own = words - _BARE - {word.lower() for word in read_heading(base).words}
    # A bare "%" is as often the row's share of the column
    return heading.measure == "percentage" and bool(own) and not _CHANGE & words


def implied_counts(table: DraftTable, index: int, base: Floats) -> Floats:
    """Return the counts that a column of percentages and their bases give; NaN where none.

    Parameters
    ----------
    table : DraftTable
        The table.
    index : int
        The column of percentages.
    base : float64 array, shape (n_rows,)
        The base of each row.

    Returns
    -------
    float64 array, shape (n_rows,)
        A whole number where no other fits the percentage as it is rounded.
    """
    texts = table.data.column(index).combine_chunks()
    bare = pa.array([t and t.replace("%", "").strip() for t in texts.to_pylist()], pa.string())
    shares = read_counts(bare)
    places = np.array([len(t.partition(".")[2]) if t else 0 for t in bare.to_pylist()], np.float64)
    found = np.full(len(shares), np.nan)
    if np.isnan(shares).all() or np.nanmin(shares) < 0 or np.nanmax(shares) > 100:
        return found
    if len(shares) > 2 and 98.5 <= np.nansum(shares) <= 101.5:
        return found  # Each is the row's share of the column
    half = 0.5 * 10.0**-places
    low = np.ceil(base * (shares - half) / 100 - 1e-9)
    high = np.floor(base * (shares + half) / 100 + 1e-9)
    sure = (low == high) & (shares > 0)
    found[sure] = low[sure]
    return found
