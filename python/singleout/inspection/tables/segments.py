"""Rows of another nature within a body: people below counts, with no gap and no heading."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from singleout.identifiers.person_names import Against, Witness, read_names
from singleout.inspection.tables.profile import MOST_TEXTS, Column
from singleout.inspection.tables.view import View

_STRONG = (
    Witness.TITLE | Witness.RANK | Witness.RANK_NUMBER | Witness.COMMA | Witness.GIVEN
    | Witness.SCRIPT | Witness.PARTICLE
)  # fmt: skip
_AGAINST = (
    Against.STREET | Against.PLACE | Against.ORGANISATION | Against.PREMISES | Against.WORDS
    | Against.SENTENCE | Against.PRODUCT
)  # fmt: skip
_IN_RUN = 0.8
# Different names of a run that does not reach an end of the body
_INSIDE = 10


def split_rows(view: View) -> list[int]:
    """Return the rows at which a body changes from other things to people or back.

    Parameters
    ----------
    view : View
        The table.

    Returns
    -------
    list of int
        First row of each further part; empty where the body is of one nature.

    Notes
    -----
    In each column of texts the run of rows that is likeliest to be one of names among rows that
    are not is found (the segment of largest log-likelihood ratio); it counts if its ratio exceeds
    what chance gives among so many rows.
    """
    if view.n_rows < 4:
        return []
    for read in view.reads:
        named = _named(read.column)
        if named is None:
            continue
        cuts = _runs(named, read.column.codes)
        if cuts:
            return cuts
    return []


def _named(column: Column) -> npt.NDArray[np.bool_] | None:
    """Which rows hold a name in this column; None where hardly any or most do."""
    texts = column.distinct.to_pylist()
    words = column.words
    if not words:
        return None
    names = column.names
    if len(texts) > MOST_TEXTS:  # Of so many only a part was read for shares
        words = [text for text in texts if " " in text and not any(map(str.isdigit, text))]
        names = read_names(words)
    if not words:
        return None
    strong = ((names.witness & int(_STRONG)) != 0) & ((names.against & int(_AGAINST)) == 0)
    if not strong.any():
        return None
    chosen = {words[i] for i in np.flatnonzero(strong).tolist()}
    flags = np.fromiter((text.strip() in chosen for text in texts), np.bool_, len(texts))
    named = np.append(flags, False)[column.codes]
    share = float(named.mean())
    return None if share == 0 or share > 0.5 else named


def _runs(named: npt.NDArray[np.bool_], codes: npt.NDArray[np.int64]) -> list[int]:
    """Edges of the likeliest run of names, if it is no work of chance.

    People who were put to other things stand at an end. In the middle of a list in order of its
    names those that look like people's stand together as well, so there it takes more.
    """
    size = len(named)
    # One value in many rows is one piece of evidence
    fresh = np.concatenate(([True], codes[1:] != codes[:-1]))
    base = float(named.mean())
    gain, start, stop = 0.0, 0, 0
    for _ in range(3):  # The share outside the run is not known before the run is
        hit = np.log(_IN_RUN / max(base, 1.0 / (size + 2)))
        miss = np.log((1 - _IN_RUN) / (1 - min(base, 0.75)))
        sums = np.concatenate(([0.0], np.cumsum(np.where(named, hit * fresh, miss))))
        rise = sums - np.minimum.accumulate(sums)
        stop = int(np.argmax(rise))
        start = int(np.argmin(sums[: stop + 1]))
        gain = float(rise[stop])
        outside = size - (stop - start)
        if outside <= 0:
            return []
        rest = int(named.sum()) - int(named[start:stop].sum())
        base = (rest + 0.5) / (outside + 1)
    different = len(np.unique(codes[start:stop][named[start:stop]]))
    at_end = start == 0 or stop == size
    least, ratio = (2, 6.0) if at_end else (_INSIDE, 30.0)
    if different < least or gain < ratio + np.log(size):
        return []
    return [edge for edge in (start, stop) if 0 < edge < size]
