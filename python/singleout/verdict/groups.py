"""Rows that look alike on some columns: how many share each row's values."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Ints = npt.NDArray[np.int64]


def codes(column: pa.ChunkedArray) -> Ints:
    """Number a column's distinct values from 0, in order of appearance; null is a value.

    Parameters
    ----------
    column : pyarrow.ChunkedArray
        One column.

    Returns
    -------
    int64 array, shape (n_rows,)

    Examples
    --------
    >>> import pyarrow as pa
    >>> codes(pa.chunked_array([["a", "b", None, "a"]])).tolist()
    [0, 1, 2, 0]
    """
    coded = column.combine_chunks().dictionary_encode(null_encoding="encode")
    return np.asarray(coded.indices.to_numpy(zero_copy_only=False), np.int64)


def together(columns: Sequence[Ints], n_rows: int) -> Ints:
    """Number the distinct rows of several coded columns from 0.

    Examples
    --------
    >>> together([np.array([0, 0, 1]), np.array([0, 1, 0])], 3).tolist()
    [0, 1, 2]
    """
    result = np.zeros(n_rows, np.int64)
    for column in columns:
        span = int(column.max(initial=0)) + 1
        _, result = np.unique(result * span + column, return_inverse=True)
    return result


def sizes(groups: Ints) -> Ints:
    """Return for each row how many rows are in its group.

    Examples
    --------
    >>> sizes(np.array([0, 0, 1])).tolist()
    [2, 2, 1]
    """
    return np.bincount(groups)[groups] if len(groups) else groups


def distinct_in_groups(groups: Ints, values: Ints) -> Ints:
    """Return for each row how many different values its group has.

    Examples
    --------
    >>> distinct_in_groups(np.array([0, 0, 1]), np.array([5, 6, 5])).tolist()
    [2, 2, 1]
    """
    if not len(groups):
        return groups
    pairs = np.unique(np.column_stack((groups, values)), axis=0)
    return np.bincount(pairs[:, 0], minlength=int(groups.max()) + 1)[groups]
