"""Words written as one: lastname, Personalnummer, and all of Chinese."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from singleout.identifiers.heading_lexicon import Entry, entries, has_entry, own

_LONGEST = 36
_SHORTEST = 5
_IDEOGRAPHS = "\u2e80"  # the first sign of East Asian scripts
# Short words that may be a piece at the start or end.
_SHORT_FIRST: Final = frozenset(("no", "id", "dt", "ni", "ee"))
_SHORT_LAST: Final = frozenset(("no", "nm", "id", "dt", "cd", "nr"))
_NO_PIECE: Final = frozenset(("link", "by", "and", "group", "field", "per"))
_JOINTS: Final = ("s", "es", "n", "en", "e", "er")
_UNKNOWN: Final = Entry("", "unknown", {}, False, False)
_ENDINGS: Final = ("s", "n", "e", "en", "es")


@lru_cache(maxsize=8192)
def pieces_of(token: str, language: str) -> list[Entry]:
    """Split a word into the fewest known ones.

    Parameters
    ----------
    token : str
        A folded word.
    language : str
        Whose words are tried, beside those of English and of systems.

    Returns
    -------
    list of Entry
        Empty if it cannot be split; of Chinese, with ``unknown`` for each sign that is not known.

    Examples
    --------
    >>> [e.kind for e in pieces_of("lastname", "en")], pieces_of("trevanion", "en")
    (['act', 'name'], [])
    """
    if not token.isalpha() or len(token) > _LONGEST:
        return []
    if token[0] >= _IDEOGRAPHS:
        return _split(token, language, ideographs=True)
    if len(token) < _SHORTEST:
        return []
    return _split(token, language, ideographs=False)


def _split(token: str, language: str, *, ideographs: bool) -> list[Entry]:
    length = len(token)
    best: list[list[Entry] | None] = [None] * (length + 1)
    best[length] = []
    ends = [length]  # where a piece may end, since the rest can be split
    for start in range(length - 1, -1, -1):
        for end in ends:
            if start == 0 and end == length and not ideographs:
                continue  # not a compound
            entry = _piece(token, start, end, language, ideographs)
            rest = best[end]
            here = best[start]
            if entry and rest is not None and (here is None or len(rest) + 1 < len(here)):
                best[start] = [entry, *rest]
        if ideographs and best[start] is None:
            best[start] = [_UNKNOWN, *(best[start + 1] or [])]
        if best[start] is not None:
            ends.append(start)
    return best[0] or []


def _piece(token: str, start: int, end: int, language: str, ideographs: bool) -> Entry | None:
    piece = token[start:end]
    if ideographs:
        return own(entries(piece), "zh") if has_entry(piece) else None
    last = end == len(token)
    if piece == "of" and start and not last:
        return own(entries(piece), "en")  # numberofstaff
    if len(piece) < 3 and not (
        (not start and piece in _SHORT_FIRST) or (last and piece in _SHORT_LAST)
    ):
        return None
    entry = own(entries(piece), language) if has_entry(piece) else None
    if entry is None:
        for ending in _ENDINGS if last else _JOINTS:
            stem = piece[: -len(ending)]
            if piece.endswith(ending) and len(stem) > 3 and has_entry(stem):
                entry = own(entries(stem), language)
                if entry and last and ending in ("s", "n", "en"):
                    entry = entry._replace(plural=True)
                if entry and (last or language != "en"):
                    break
                entry = None
    if entry is None or entry.kind in _NO_PIECE or (entry.kind == "period" and not entry.says):
        return None
    return entry
