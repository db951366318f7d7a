"""Steps on Arrow's arrays that the package takes often."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc


def codes_of(coded: pa.DictionaryArray) -> npt.NDArray[np.int64]:
    """Return each row's position in the dictionary; -1 where the row is null.

    Parameters
    ----------
    coded : pyarrow.DictionaryArray
        A column with its distinct values told apart.

    Returns
    -------
    int64 array, shape (n_rows,)

    Examples
    --------
    >>> codes_of(pa.array(["b", None, "b"]).dictionary_encode()).tolist()
    [0, -1, 0]
    """
    indices = coded.indices
    if indices.null_count:  # Filling costs more than all else where the column is short
        indices = pc.fill_null(indices, -1)
    return np.asarray(indices.to_numpy(), np.int64)
