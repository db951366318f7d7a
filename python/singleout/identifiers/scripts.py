"""Names in scripts that put no spaces into them: Chinese, Japanese, Korean."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from singleout.identifiers.evidence import Witness
from singleout.identifiers.lists import Flag, lookup
from singleout.identifiers.tokens import Form, Tokens

__all__ = ["east_asian_kinds", "is_east_asian_name", "script_names"]

_SURNAME: Final = int(Flag.SURNAME)
_NO_NAME: Final = int(
    Flag.PLACE | Flag.WORD_COMMON | Flag.ORGANISATION | Flag.PREMISES | Flag.JOB | Flag.UNIT
    | Flag.MONTH | Flag.WEEKDAY | Flag.RANK | Flag.DEMONYM | Flag.FUNCTION
)  # fmt: skip
_KINDS: Final = int(
    Flag.STREET | Flag.ORGANISATION | Flag.PREMISES | Flag.AREA | Flag.UNIT | Flag.RANK | Flag.JOB
)
_TITLE: Final = int(Flag.TITLE)


def _cut(word: str, form: int) -> list[tuple[str, str]]:
    """(family name, rest) in each way that a word of this length can be cut."""
    if form & int(Form.HANGUL):
        return [(word[:1], word[1:])] if 2 <= len(word) <= 4 else []
    if not 2 <= len(word) <= 6:
        return []
    ways = [(word[:n], word[n:]) for n in (1, 2, 3) if 1 <= len(word) - n <= 3]
    return [(one, rest) for one, rest in ways if len(one) > 1 or len(rest) <= 2]


def is_east_asian_name(words: list[str], forms: list[int]) -> list[bool]:
    """Tell of each word in Han, kana or Hangul whether it can be a whole personal name.

    Parameters
    ----------
    words : list of str
    forms : list of int
        `Form` of each.

    Examples
    --------
    >>> han = int(Form.HAN | Form.CASELESS)
    >>> is_east_asian_name(["王伟", "北京", "图书馆"], [han, han, han])
    [True, False, False]
    """
    asked: list[str] = []
    for word, form in zip(words, forms, strict=True):
        for one, rest in _cut(word, form):
            asked += [one, rest]
        asked += [word, word[-1:], word[-2:], word[:-1], word[:-2]]
    flags = dict(zip(asked, lookup(asked).tolist(), strict=True))
    return [_names(word, form, flags) for word, form in zip(words, forms, strict=True)]


def _names(word: str, form: int, flags: dict[str, int]) -> bool:
    for title in (word[-1:], word[-2:]):
        if (
            len(word) > len(title)
            and flags[title] & _TITLE
            and flags[word[: -len(title)]] & _SURNAME
        ):
            return True
    if flags[word] & (_NO_NAME | int(Flag.WORD)):
        return False
    if (len(word) > 2 and flags[word[-2:]] & _KINDS) or (
        len(word) > 1 and flags[word[-1:]] & _KINDS
    ):
        return False
    for one, rest in _cut(word, form):
        if not flags[one] & _SURNAME:
            continue
        if form & int(Form.HANGUL):
            if len(rest) == 2 or flags[rest] & int(Flag.GIVEN):
                return True
            continue
        # One sign is a family name of China, two or three of Japan; what follows a family name of
        # two signs is known, or it has two.
        if flags[rest] & _NO_NAME and not flags[rest] & int(Flag.GIVEN):
            continue
        return True
    return False


def east_asian_kinds(words: list[str]) -> list[int]:
    """Return the flags of the one or two signs that end each word: street, firm, school ..."""
    ends = [end for word in words for end in (word[-1:], word[-2:])]
    flags = lookup(ends).reshape(-1, 2)
    return np.bitwise_or(flags[:, 0], flags[:, 1]).tolist() if len(words) else []


def script_names(tokens: Tokens, count: int) -> NDArray[np.uint32]:
    """Return `Witness.SCRIPT` for each text that is one such name, with a space in it or not."""
    result = np.zeros(count, np.uint32)
    eastern = (tokens.form & int(Form.HAN | Form.HANGUL)) != 0
    if not eastern.any():
        return result
    number = np.bincount(tokens.text, minlength=count)
    mine = np.bincount(tokens.text[eastern], minlength=count)
    spots = np.flatnonzero((mine == number) & (number >= 1) & (number <= 2))
    first = tokens.starts[spots]
    words = [
        "".join(tokens.unique[w] for w in tokens.word[a : a + n].tolist())
        for a, n in zip(first.tolist(), number[spots].tolist(), strict=True)
    ]
    good = is_east_asian_name(words, tokens.form[first].tolist())
    result[spots[np.array(good, np.bool_)]] = int(Witness.SCRIPT)
    return result
