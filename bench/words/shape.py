"""Make the letter model: log-odds of letter trigrams, names against ordinary words and places."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from singleout.identifiers.lists import Flag, trigrams

SCALE = 16.0


def shape_table(flags: Mapping[str, Flag]) -> np.ndarray:
    """Return 16 times the log-odds of each trigram, as int8."""
    counts = np.zeros((2, 28**3))
    for word, flag in flags.items():
        if not word.isalpha() or not word[0] < "ɐ":
            continue
        named = bool(flag & (Flag.GIVEN | Flag.SURNAME))
        other = bool(flag & (Flag.WORD | Flag.PLACE))
        if named != other:
            np.add.at(counts[0 if named else 1], trigrams(word), 1.0)
    smooth = 0.5
    odds = [np.log((c + smooth) / (c.sum() + smooth * c.size)) for c in counts]
    seen = counts.sum(axis=0) > 0
    return np.where(seen, np.clip(np.rint(SCALE * (odds[0] - odds[1])), -127, 127), 0).astype(
        np.int8
    )
