"""Marks that stand in a cell for a count that is kept back."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

_MARK = (
    r"\s*(?:\*+|[<≤]\s*=?\s*\d+|-+|\x{2013}|\x{2014}|\.\.+|…|x|s|c|\[[a-z]\]|#|~|suppressed|"
    r"redacted|withheld|(?:fewer|less) than \w+|under \d+|n/?[ad]\.?)\s*"
)
_PYTHON = re.compile(_MARK.replace(r"\x{2013}", "\u2013").replace(r"\x{2014}", "\u2014"), re.I)


def is_kept_back(text: str) -> bool:
    """Tell whether a cell says that its count is kept back.

    Examples
    --------
    >>> is_kept_back("*"), is_kept_back("<5"), is_kept_back("12")
    (True, True, False)
    """
    return _PYTHON.fullmatch(text) is not None


def counts_with_marks(
    data: pa.Table, kinds: npt.NDArray[np.int8], numeric: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    """Return which columns hold numbers, where such a mark beside numbers counts as one.

    Parameters
    ----------
    data : pyarrow.Table
        Columns of strings.
    kinds : int8 array, shape (n_columns, n_rows)
        0 an empty cell, 1 text, 2 a number.
    numeric : bool array, shape (n_columns,)
        Columns that are mostly numbers without looking at marks.

    Returns
    -------
    bool array, shape (n_columns,)
    """
    result = numeric.copy()
    for j in np.flatnonzero(~numeric & (kinds == 2).any(axis=1)):
        marks = pc.sum(pc.match_substring_regex(data.column(int(j)), f"(?i)^(?:{_MARK})$")).as_py()
        filled = np.count_nonzero(kinds[j])
        result[j] = np.count_nonzero(kinds[j] == 2) + (marks or 0) >= 0.7 * filled
    return result
