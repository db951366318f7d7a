"""What is known of single words: names, places, ordinary words, words for streets, firms, ranks ...

One file made by ``bench/words/freeze.py`` is mapped into memory when the first word is looked up.
Its schema's metadata name every list it was made from with origin, version and licence; so does
docs/decisions.md. A flag says "is in such a list", no more: a fifth of places and of ordinary
words are surnames too, so nothing is decided by one flag.
"""

from __future__ import annotations

import unicodedata
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntFlag
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["Flag", "fold", "key", "lookup", "name_shape", "origins", "trigrams"]


class Flag(IntFlag):
    """What a word is listed as."""

    GIVEN = 1 << 0  # a given name in some list
    GIVEN_SURE = 1 << 1  # in several, or frequent
    SURNAME = 1 << 2
    SURNAME_SURE = 1 << 3
    PLACE = 1 << 4  # a town, county, country; may have spaces in it
    PLACE_SURE = 1 << 5  # a large one
    WORD = 1 << 6  # an ordinary word
    WORD_COMMON = 1 << 7  # English: of the most common 25,000 forms
    WORD_FREQUENT = 1 << 8  # English: of the most common 8,000
    FUNCTION = 1 << 9  # articles, prepositions, pronouns
    STREET = 1 << 10
    ORGANISATION = 1 << 11
    PREMISES = 1 << 12
    AREA = 1 << 13  # ward, county, valley, north
    UNIT = 1 << 14  # team, unit, department
    TITLE = 1 << 15
    POSTNOMINAL = 1 << 16  # MBE, PhD, Jr
    RANK = 1 << 17
    RANK_PART = 1 << 18  # detective, chief, acting: beside a rank
    JOB = 1 << 19
    PERSON = 1 << 20  # a word for a kind of person: victim, shepherd
    MONTH = 1 << 21
    WEEKDAY = 1 << 22
    PARTICLE = 1 << 23  # ap, Ó, van, bin
    SUBJECT = 1 << 24  # of courses
    THING = 1 << 25  # animals, artefacts, food, plants, substances
    DEMONYM = 1 << 26
    VERB = 1 << 27
    DIRECTION = 1 << 29  # north, upper, new, mount: before the name of a place
    MATTER = 1 << 30  # of one person: grievance, statement, dismissal
    SURNAME_OFTEN = 1 << 31  # borne by three people in ten thousand or more
    NAMELY = 1 << 28  # a word that is more often a name: Smith, Grace


@dataclass(frozen=True, slots=True)
class _Lists:
    hashes: NDArray[np.uint32]
    ends: NDArray[np.int32]
    letters: bytes
    flags: NDArray[np.uint32]
    run: int
    shape: NDArray[np.int8]
    metadata: dict[str, str]


@lru_cache(maxsize=1)
def _lists() -> _Lists:
    import pyarrow as pa
    from pyarrow import ipc

    path = Path(__file__).with_name("data") / "words.arrow"
    table = ipc.open_file(pa.memory_map(str(path))).get_batch(0)
    raw = dict(table.schema.metadata)
    # Buffers, since to_numpy looks for pandas and imports it where it is installed.
    hashes, words, flags = (table.column(i).buffers() for i in range(3))
    return _Lists(
        np.frombuffer(hashes[1], np.uint32, table.num_rows),
        np.frombuffer(words[1], np.int32, table.num_rows + 1),
        words[2].to_pybytes(),
        np.frombuffer(flags[1], np.uint32, table.num_rows),
        int(raw.pop(b"run")),
        np.frombuffer(raw.pop(b"shape"), np.int8),
        {k.decode(): v.decode() for k, v in raw.items()},
    )


def origins() -> dict[str, str]:
    """Return origin, version and licence of every list, by what it holds.

    Examples
    --------
    >>> "licence" in " ".join(origins().values()).lower()
    True
    """
    return {
        name.removeprefix("list "): origin
        for name, origin in sorted(_lists().metadata.items())
        if name.startswith("list ")
    }


_KEY: Final = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u02bc\u02bb\u0060\u00b4\uff07", "'"),
        **dict.fromkeys("\u2010\u2011", "-"),
    }
)
_LETTERS: Final = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "\u0131": "i",
        "ð": "d",
        "þ": "th",
    }
)


def key(word: str) -> str:
    """Return the form in which a word is listed: NFC, small letters, plain apostrophe and hyphen.

    Examples
    --------
    >>> key("O\u2019DEA"), key("Müller")
    ("o'dea", 'müller')
    """
    if word.isascii():
        return word.lower().replace("`", "'")
    return unicodedata.normalize("NFC", word).lower().translate(_KEY)


def fold(word: str) -> str:
    """Return a key in Latin letters without diacritics; other scripts stay as they are.

    Examples
    --------
    >>> fold("łukasz"), fold("siân"), fold("Ольга")
    ('lukasz', 'sian', 'Ольга')
    """
    if word.isascii() or not any("À" <= c <= "ɏ" or "Ḁ" <= c <= "\u1eff" for c in word):
        return word
    apart = unicodedata.normalize("NFD", word.translate(_LETTERS))
    return "".join(c for c in apart if not unicodedata.combining(c))


def lookup(words: Sequence[str]) -> NDArray[np.uint32]:
    """Return the flags of each word.

    Parameters
    ----------
    words : sequence of str
        Words, or names of places with spaces in them, in any case.

    Returns
    -------
    numpy.ndarray of uint32, shape (len(words),)
        A union of `Flag`; 0 for what is in no list. A word with diacritics that is not listed as it
        stands is looked up without them.

    Examples
    --------
    >>> Flag.GIVEN in Flag(int(lookup(["Niamh"])[0])), int(lookup(["xqzt"])[0])
    (True, 0)
    """
    keys = [key(word) for word in words]
    found = _find(keys)
    again = [i for i in np.flatnonzero(found == 0).tolist() if not keys[i].isascii()]
    if again:
        folded = [(i, fold(keys[i])) for i in again]
        retried = [(i, bare) for i, bare in folded if bare != keys[i]]
        if retried:
            found[[i for i, _ in retried]] = _find([bare for _, bare in retried])
    return found


def _find(keys: Sequence[str]) -> NDArray[np.uint32]:
    known = _lists()
    flags = np.zeros(len(keys), np.uint32)
    if not keys:
        return flags
    raw = [word.encode("utf-8", "surrogatepass") for word in keys]
    asked = np.fromiter(map(zlib.crc32, raw), np.uint32, len(keys))
    at = np.searchsorted(known.hashes, asked)
    left = np.arange(len(keys))
    # Words of one hash stand side by side, at most `run` of them.
    for step in range(known.run):
        spots = at[left] + step
        inside = spots < len(known.hashes)
        left, spots = left[inside], spots[inside]
        same = known.hashes[spots] == asked[left]
        left, spots = left[same], spots[same]
        bounds = zip(known.ends[spots].tolist(), known.ends[spots + 1].tolist(), strict=True)
        equal = np.fromiter(
            (raw[i] == known.letters[a:b] for i, (a, b) in zip(left.tolist(), bounds, strict=True)),
            np.bool_,
            len(left),
        )
        flags[left[equal]] = known.flags[spots[equal]]
        left = left[~equal]
    return flags


def trigrams(word: str) -> list[int]:
    """Return the numbers of a word's trigrams of letters, with its ends.

    Examples
    --------
    >>> trigrams("ab")
    [30, 840]
    """
    codes = [0, *(ord(c) - 96 if "a" <= c <= "z" else 27 for c in fold(key(word))), 0]
    return [
        (one * 28 + two) * 28 + three
        for one, two, three in zip(codes, codes[1:], codes[2:], strict=False)
    ]


def name_shape(words: Sequence[str]) -> NDArray[np.float64]:
    """Return how much the letters of each word are those of a name.

    Parameters
    ----------
    words : sequence of str
        Words in Latin letters.

    Returns
    -------
    numpy.ndarray of float64, shape (len(words),)
        Mean log-odds of its trigrams, name against ordinary word or place: above 0 a name is more
        likely. It adds a little to other evidence and decides nothing alone.

    Examples
    --------
    >>> bool(name_shape(["Okonkwo"])[0] > name_shape(["interesting"])[0])
    True
    """
    keys = [fold(key(word)) for word in words]
    if not keys:
        return np.zeros(0)
    lengths = np.array([len(bare) + 2 for bare in keys], np.int64)
    joined = "`" + "``".join(keys) + "`"
    codes = np.frombuffer(joined.encode("utf-32-le"), np.uint32).astype(np.int64) - 96
    codes[(codes < 0) | (codes > 26)] = 27
    odds = np.zeros(len(codes))
    odds[2:] = _lists().shape[(codes[:-2] * 28 + codes[1:-1]) * 28 + codes[2:]]
    starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    # The first two places of each word would reach back into the word before.
    odds[starts] = 0.0
    odds[starts + 1] = 0.0
    means = np.add.reduceat(odds, starts) / np.maximum(lengths - 2, 1)
    return np.asarray(means / 16.0)
