"""Tell which of many texts name a person, and by what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from singleout.identifiers.core import KIND, Core
from singleout.identifiers.counter_witnesses import counter_witnesses, possessed
from singleout.identifiers.evidence import Against, NameEvidence, Witness, score
from singleout.identifiers.labels import names_in_label
from singleout.identifiers.lists import Flag, lookup
from singleout.identifiers.mentions import Span, people_in, people_in_each
from singleout.identifiers.scripts import script_names
from singleout.identifiers.tokens import tokens_of
from singleout.identifiers.witnesses import ambiguous_pair, witnesses

__all__ = [
    "Against",
    "NameEvidence",
    "Remembered",
    "Span",
    "Witness",
    "names_in_label",
    "people_in",
    "people_in_each",
    "read_names",
]

Flags = NDArray[np.uint32]
Truth = NDArray[np.bool_]


def read_names(texts: Sequence[str]) -> NameEvidence:
    """Tell what in each text speaks for and against its being a person's name.

    Parameters
    ----------
    texts : sequence of str
        Distinct texts, such as the values of a column. No text bears on another's result.

    Returns
    -------
    NameEvidence

    Examples
    --------
    >>> found = read_names(["Sgt Orla McGarrity", "Lawson Road"])
    >>> Witness.RANK in Witness(int(found.witness[0]))
    True
    >>> Against.STREET in Against(int(found.against[1]))
    True
    >>> bool(found.score[1] < 0.3 < found.score[0])
    True
    """
    texts = [_reordered(text) if ", " in text else text for text in texts]
    tokens = tokens_of(texts)
    core = Core(tokens, len(texts))
    places = _listed_places(core, texts)
    witness = witnesses(core)
    against = counter_witnesses(core, places)
    # A town of the lists as it stands: "Milton Keynes" is no Milton.
    witness[places] &= ~np.uint32(int(Witness.GIVEN | Witness.SHAPE))
    witness[possessed(core)] = 0
    witness |= script_names(tokens, len(texts))
    logins = _logins(texts)
    against[logins != 0] = 0  # The words of a domain are no counter-evidence.
    witness |= logins
    return NameEvidence(witness, against, score(witness, against, _doubtful(core, against)))


_TITLE_LAST: Final = re.compile(r"([^,\d]{2,40}), ([^\W\d_]{2,6}\.?) ([^,\d]{2,40})")


def _reordered(text: str) -> str:
    """ "Prendergast, Mrs Olwyn" as it is spoken."""
    found = _TITLE_LAST.fullmatch(text)
    if found is None or not int(lookup([found[2].rstrip(".")])[0]) & int(Flag.TITLE):
        return text
    return f"{found[2]} {found[3]} {found[1]}"


class Remembered:
    """`read_names` that reads each text of a draft once: a workbook's tables have the same labels.

    It lives as long as the call that reads the draft, and keeps no more than `most` texts.

    Examples
    --------
    >>> names_of = Remembered()
    >>> bool(names_of(["Ann Lee"]).score[0] == names_of(["Ann Lee"]).score[0])
    True
    """

    def __init__(self, most: int = 100_000) -> None:
        self._most = most
        self._at: dict[str, int] = {}
        self._witness = np.zeros(0, np.uint32)
        self._against = np.zeros(0, np.uint32)
        self._score = np.zeros(0, np.float64)

    def __call__(self, texts: Sequence[str]) -> NameEvidence:
        new = [text for text in dict.fromkeys(texts) if text not in self._at]
        if len(new) + len(self._at) > self._most:
            return read_names(texts)
        if new:
            found = read_names(new)
            self._at.update(zip(new, range(len(self._at), len(self._at) + len(new)), strict=True))
            self._witness = np.concatenate((self._witness, found.witness))
            self._against = np.concatenate((self._against, found.against))
            self._score = np.concatenate((self._score, found.score))
        at = np.fromiter(map(self._at.__getitem__, texts), np.int64, len(texts))
        return NameEvidence(self._witness[at], self._against[at], self._score[at])


# "David Lane", "Sarah Hall": person or street, the column must tell.
_SOFT: Final = int(Against.STREET | Against.PREMISES | Against.PLACE)


def _doubtful(core: Core, against: Flags) -> Truth:
    """Tell of a given name and a word that is a surname as well as a kind or a word."""
    start, end = core.opening(core.core_word), core.closing(core.core_word)
    pure = ((start & int(Flag.GIVEN)) != 0) & ((start & int(KIND | Flag.WORD)) == 0)
    kind = pure & ((end & int(Flag.SURNAME_SURE)) != 0) & ((against & _SOFT) != 0)
    return np.asarray(
        (core.core_words == 2) & (kind | (ambiguous_pair(core) & ~core.some(core.solid)))
    )


def _listed_places(core: Core, texts: Sequence[str]) -> Truth:
    found = np.zeros(len(texts), np.bool_)
    asked = np.flatnonzero((core.words >= 2) & (core.words <= 4))
    if len(asked):
        flags = lookup([texts[i].strip() for i in asked.tolist()])
        found[asked] = (flags & int(Flag.PLACE)) != 0
    return found


_LOGIN: Final = re.compile(r"([^\W\d_]+)[._-]([^\W\d_]+)\d{0,4}(?:@\S+)?", re.A)
_SHORT: Final = re.compile(r"([a-z]{5,20})\d{0,4}(?:@\S+)?")
_NAME: Final = int(Flag.GIVEN | Flag.SURNAME)
_NO_NAME: Final = int(
    Flag.WORD
    | Flag.ORGANISATION
    | Flag.UNIT
    | Flag.PREMISES
    | Flag.FUNCTION
    | Flag.JOB
    | Flag.SUBJECT
)


def _logins(texts: Sequence[str]) -> Flags:
    """Names of accounts and mailboxes made of a person's name."""
    result = np.zeros(len(texts), np.uint32)
    asked: list[str] = []
    spots: list[int] = []
    short: list[int] = []
    for i, text in enumerate(texts):
        if len(text) > 80 or not ("." in text or "_" in text or "@" in text):
            if len(text) <= 24 and text.islower() and _SHORT.fullmatch(text):
                short.append(i)
            continue
        match = _LOGIN.fullmatch(text)
        if match and (len(match[1]) > 1 or len(match[2]) > 1) and (text.islower() or "@" in text):
            asked += [match[1], match[2]]
            spots.append(i)
    if short:
        result[np.array(short)[_of_initial([texts[i] for i in short])]] = int(Witness.LOGIN)
    if not spots:
        return result
    flags = lookup(asked).reshape(-1, 2)
    length = np.array([len(part) for part in asked]).reshape(-1, 2)
    named = (flags & _NAME) != 0
    word = ((flags & _NO_NAME) != 0) & ((flags & int(Flag.NAMELY)) == 0)
    given = (flags & int(Flag.GIVEN)) != 0
    initial = length == 1
    good = (given | initial).any(axis=1) & ~(word & ~named).any(axis=1) & ~word.all(axis=1)
    good &= (named | ~word | initial).all(axis=1)
    result[np.array(spots)[good]] = int(Witness.LOGIN)
    return result


def _of_initial(names: Sequence[str]) -> Truth:
    """Tell which are an initial and a surname, "badeyemi", or the other way, and no word."""
    bare = [name.partition("@")[0].rstrip("0123456789") for name in names]
    whole, first, last = (
        lookup(part) for part in (bare, [name[1:] for name in bare], [name[:-1] for name in bare])
    )
    surname = int(Flag.SURNAME)
    long = np.array([len(name) >= 6 for name in bare])
    return np.asarray((whole == 0) & long & (((first | last) & surname) != 0))
