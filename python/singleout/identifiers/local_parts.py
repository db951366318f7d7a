"""Whether the part of a mail address before the ``@`` is an office's or names a person."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import Final

from singleout.identifiers.lists import Flag, lookup
from singleout.identifiers.mailbox_words import BRIEF, MAILBOX, ONES_OWN
from singleout.identifiers.text_words import BODIES, CONTACT, FUNCTION, JOBS

PARTS: Final = re.compile(r"[^\W\d_]+|\d+")
_ROLES: Final = MAILBOX | CONTACT | JOBS | BODIES | FUNCTION
# Letters from which on a word may be several written together, and the longest of them
_JOINED: Final = 8
_LONGEST: Final = max(map(len, _ROLES))


@lru_cache(65_536)
def is_role(local: str) -> bool:
    """Tell whether the part before the ``@`` is made of words of an office, and of no name.

    Parameters
    ----------
    local : str
        The local part.

    Examples
    --------
    >>> is_role("press.office"), is_role("PublicOrderStatistics"), is_role("rhys.trevanion")
    (True, True, False)
    """
    if local.islower():
        return _of_roles(local)
    return _of_roles(_CAMEL.sub(" ", local)) or _of_roles(_UPPER.sub(" ", local))


# "PublicOrderStatistics", "CCRBdata"
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_UPPER: Final = re.compile(r"(?<=[A-Z]{2})(?=[a-z]{3})")


def _of_roles(local: str) -> bool:
    words = [part.lower() for part in PARTS.findall(local)]
    letters = [word for word in words if not word.isdigit()]
    if not letters:
        return False
    known = [len(word) > 1 and (word in _ROLES or _made_of_roles(word)) for word in letters]
    if all(known):
        return not ONES_OWN.issuperset(letters)
    # A place or an abbreviation beside a word of an office: "carlisle.enquiries", "olss.team"
    strong = [word for word in letters if word in _STRONG or _made_of_roles(word)]
    rest = [word for word in letters if word not in strong]
    return bool(strong) and all(
        len(word) > 1 and not _is_given(word) and not _is_family(word) for word in rest
    )


_STRONG: Final = (MAILBOX | BODIES | JOBS | CONTACT) - FUNCTION - ONES_OWN


_ENDS: Final = frozenset(
    word for word in MAILBOX | BODIES | CONTACT if len(word) > 3 and word not in FUNCTION
)


def _ordinary(word: str) -> bool:
    flags = _flags(word)
    return (word in _ROLES or flags & _KNOWN > 0) and not flags & _NAMELY


@lru_cache(65_536)
def _made_of_roles(word: str) -> bool:
    """Whether a word is two or more words of an office written together."""
    if len(word) < 5 or _flags(word) & _ANY_FAMILY:
        return False
    for n in (1, 2, 3):
        if word[:-n] in _ENDS or word[n:] in _ENDS:
            return True  # an abbreviation before or after: "hpstats", "statsni"
    if len(word) < _JOINED:
        return False
    # 1: words so far, 2: and one of an office among them
    reached = [0] * (len(word) + 1)
    reached[0] = 1
    for end in range(2, len(word) + 1):
        for start in range(max(0, end - _LONGEST), end - 1):
            piece = word[start:end]
            if reached[start] and (piece in BRIEF or (len(piece) > 3 and _ordinary(piece))):
                strong = piece in _ROLES or reached[start] == 2
                reached[end] = max(reached[end], 2 if strong else 1)
    return reached[-1] == 2


_FLAGS: Final[dict[str, int]] = {}
_MOST_KEPT: Final = 100_000


def _flags(word: str) -> int:
    if word not in _FLAGS:
        learn([word])
    return _FLAGS[word]


def learn(words: Collection[str]) -> None:
    """Look many words up at once, which is much faster than when each is asked for.

    >>> learn(["jane", "smith"])
    """
    if len(_FLAGS) > _MOST_KEPT:
        _FLAGS.clear()
    left = [word for word in dict.fromkeys(words) if word not in _FLAGS]
    _FLAGS.update(zip(left, lookup(left).tolist(), strict=True))


# Plain numbers: an enumeration's operators are slow, and a directory has thousands of addresses
_GIVEN: Final = int(Flag.GIVEN_SURE)
_GIVEN_OR_WORD: Final = int(Flag.GIVEN_SURE | Flag.WORD_COMMON | Flag.PLACE_SURE)
_FAMILY: Final = int(Flag.SURNAME_SURE)
_ANY_FAMILY: Final = int(Flag.SURNAME)
_WORD_OR_PLACE: Final = int(Flag.WORD_COMMON | Flag.PLACE)
_KNOWN: Final = int(Flag.WORD_FREQUENT | Flag.PLACE)
_NAMELY: Final = int(Flag.NAMELY)
_THINGS: Final = int(Flag.WORD | Flag.PLACE | Flag.ORGANISATION | Flag.UNIT | Flag.PREMISES)


def _is_given(word: str) -> bool:
    return _flags(word) & _GIVEN_OR_WORD == _GIVEN


def _is_family(word: str) -> bool:
    flags = _flags(word)
    return bool(flags & _FAMILY) and (not flags & _WORD_OR_PLACE or bool(flags & _NAMELY))


def names_somebody(local: str) -> bool:
    """Tell whether a local part names a person: two parts, an initial, a given or a family name.

    Examples
    --------
    >>> names_somebody("j.smith"), names_somebody("olss")
    (True, False)
    """
    if is_role(local):
        return False
    words = [word.lower() for word in PARTS.findall(local) if not word.isdigit()]
    if len(words) > 1:
        return True
    if not words:
        return bool(re.search(r"\d", local))  # a staff number
    word = words[0]
    if _is_given(word) or _is_family(word):
        return True
    if len(word) < 5:
        return False
    joined = _is_family(word[1:]) or _is_family(word[:-1]) or _is_given(word[:-1])
    return joined or not _flags(word) & _THINGS
