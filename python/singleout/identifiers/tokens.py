"""Texts taken apart into tokens, thousands at a time: how each is written, and what lists say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntFlag
from typing import Final

import numpy as np
from numpy.typing import NDArray

from singleout.identifiers.lists import Flag, lookup

__all__ = ["TOKEN", "Form", "Tokens", "forms", "listed", "tokens_of"]


class Form(IntFlag):
    """How a token is written."""

    CAPITAL = 1 << 0  # Haldane, McGarrity, Smith-Jones
    UPPER = 1 << 1  # HALDANE; two letters or more
    LOWER = 1 << 2
    INITIAL = 1 << 3  # one letter that has a case
    DIGITS = 1 << 4
    MIXED = 1 << 5  # letters and digits: XC60
    COMMA = 1 << 6
    DOT = 1 << 7
    JOINT = 1 << 8  # brackets, dashes, apostrophes between words: they break nothing
    AMPERSAND = 1 << 9
    PUNCTUATION = 1 << 10  # all other
    CASELESS = 1 << 11  # scripts without capitals
    HAN = 1 << 12  # Chinese or Japanese
    HANGUL = 1 << 13
    PREFIXED = 1 << 14  # O'Dea, D'Souza, McGarrity, MacLeod
    POSSESSIVE = 1 << 15  # King's
    UNDERSCORE = 1 << 16


# Letters with the marks and vowel signs that belong to them; Python's \w leaves those out.
_MARKS: Final = (
    "\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u200c\u200d\u0900-\u0963"
    "\u0966-\u0dff\u0e31-\u0e4e"
)
_PIECE: Final = rf"(?:[^\W_]|[{_MARKS}])+"
# The apostrophes and hyphens inside a word are no letters, so no character can be read in two ways.
TOKEN: Final = re.compile(rf"\n|{_PIECE}(?:['\u2019\u02bc\u2010\u2011-]{_PIECE})*|[^\w\s]|_")

_PREFIXED: Final = re.compile(r"(?:[ODdLl]['\u2019\u02bc]|Mc|Mac|Fitz|Ó|Ní)[A-ZÀ-Þ]")
_PUNCTUATION: Final = {
    ",": Form.COMMA,
    "،": Form.COMMA,
    "\uff0c": Form.COMMA,
    "、": Form.COMMA,
    ".": Form.DOT,
    "\uff0e": Form.DOT,
    "&": Form.AMPERSAND,
    "+": Form.AMPERSAND,
    "_": Form.UNDERSCORE,
    **dict.fromkeys("()[]-'’\u2010\u2011\u2013\u2014\"“”·・", Form.JOINT),
}


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """Tokens of many texts.

    Attributes
    ----------
    text : numpy.ndarray of int64, one a token
        Its text's number.
    word : numpy.ndarray of int64, one a token
        Its number in `unique`.
    unique : list of str
        Distinct tokens in the order in which they are met.
    form, flags : numpy.ndarray of uint32, one a token
        `Form` and `Flag` of it.
    starts : numpy.ndarray of int64, one a text and one more
        The text's first token.
    """

    text: NDArray[np.int64]
    word: NDArray[np.int64]
    unique: list[str]
    form: NDArray[np.uint32]
    flags: NDArray[np.uint32]
    starts: NDArray[np.int64]


def tokens_of(texts: Sequence[str]) -> Tokens:
    """Take texts apart.

    Parameters
    ----------
    texts : sequence of str
        Any texts; they are read in NFC.

    Examples
    --------
    >>> found = tokens_of(["Ash, J.", ""])
    >>> found.unique, found.text.tolist(), found.starts.tolist()
    (['Ash', ',', 'J', '.'], [0, 0, 0, 0], [0, 4, 4])
    """
    joined = "\n".join([text.replace("\n", " ") for text in texts])
    if not joined.isascii():
        joined = unicodedata.normalize("NFC", joined)
    numbers: dict[str, int] = {"\n": 0}
    found = TOKEN.findall(joined)
    number = numbers.setdefault
    word = np.fromiter((number(token, len(numbers)) for token in found), np.int64, len(found))
    breaks = word == 0
    text = np.cumsum(breaks)[~breaks]
    word = word[~breaks] - 1
    unique = list(numbers)[1:]
    form, flags = forms(unique), listed(unique)
    starts = np.searchsorted(text, np.arange(len(texts) + 1))
    return Tokens(text, word, unique, form[word], flags[word], starts)


def forms(words: Sequence[str]) -> NDArray[np.uint32]:
    """Return the form of each token.

    Examples
    --------
    >>> [Form(int(f)).name for f in forms(["Ash", "J", "&", "XC60"])]
    ['CAPITAL', 'INITIAL', 'AMPERSAND', 'MIXED']
    """
    return np.fromiter((int(_form(word)) for word in words), np.uint32, len(words))


def _form(word: str) -> Form:
    if word.isascii() and word.isalpha():
        if len(word) == 1:
            return Form.INITIAL
        if word.islower():
            return Form.LOWER
        if word.isupper():
            return Form.UPPER
        if word[0].islower():
            return Form.LOWER if not word[1:].islower() else Form.CAPITAL
        return Form.CAPITAL | (Form.PREFIXED if _PREFIXED.match(word) else Form(0))
    first = word[0]
    if len(word) == 3 and word[1] in "-\u2010\u2011" and word[0].isupper():
        return Form.INITIAL  # A-M Delacourt
    if not first.isalnum():
        return _PUNCTUATION.get(word, Form.PUNCTUATION if len(word) == 1 else Form.CASELESS)
    if word.isdigit():
        return Form.DIGITS
    if any(char.isdigit() for char in word):
        return Form.MIXED
    if "\u3400" <= first <= "\u9fff" or "\u3040" <= first <= "\u30ff":
        return Form.HAN | Form.CASELESS
    if "\uac00" <= first <= "\ud7a3":
        return Form.HANGUL | Form.CASELESS
    if first.lower() == first.upper():
        return Form.CASELESS
    extra = Form.PREFIXED if _PREFIXED.match(word) else Form(0)
    if word[-2:] in ("'s", "\u2019s", "'S", "\u2019S"):
        extra |= Form.POSSESSIVE
    if len(word) == 1:
        return Form.INITIAL
    if word.isupper():
        return Form.UPPER | extra
    return (Form.LOWER if first.islower() and not extra & Form.PREFIXED else Form.CAPITAL) | extra


_ANY: Final = int(Flag.GIVEN | Flag.GIVEN_SURE | Flag.SURNAME | Flag.SURNAME_SURE | Flag.NAMELY)


def listed(words: Sequence[str]) -> NDArray[np.uint32]:
    """Return the flags of each token; of a word with a hyphen or 's, what its parts have.

    A part that is a name makes the whole one; it is a word, place or kind only if every part is.

    Examples
    --------
    >>> Flag.GIVEN in Flag(int(listed(["Jean-Pierre"])[0]))
    True
    """
    flags = lookup(words)
    _mixed_ranks(words, flags)
    _with_article(words, flags)
    split: list[tuple[int, list[str]]] = []
    for i in np.flatnonzero(flags == 0).tolist():
        word = words[i]
        if len(word) > 2 and not word.isalnum():
            parts = [p for p in re.split("[-\u2010\u2011]", word) if p]
            parts = [p[:-2] if p[-2:] in ("'s", "\u2019s", "'S", "\u2019S") else p for p in parts]
            if parts != [word] and all(parts):
                split.append((i, parts))
    if split:
        known = lookup([part for _, parts in split for part in parts]).tolist()
        at = 0
        for i, parts in split:
            mine = known[at : at + len(parts)]
            at += len(parts)
            every, some = mine[0], 0
            for one in mine:
                every &= one
                some |= one & _ANY
            flags[i] = every | some
    return flags


_RANK_AND_NUMBER: Final = re.compile(r"([A-Z]{2,4})[0-9]{1,6}")


def _mixed_ranks(words: Sequence[str], flags: NDArray[np.uint32]) -> None:
    """Give PC2203 and WO2 the flag of their rank."""
    found = [(i, m[1]) for i, w in enumerate(words) if (m := _RANK_AND_NUMBER.fullmatch(w))]
    if found:
        ranks = lookup([letters for _, letters in found]) & int(Flag.RANK)
        flags[[i for i, _ in found]] |= ranks


_NAMED: Final = int(Flag.GIVEN | Flag.GIVEN_SURE | Flag.SURNAME | Flag.SURNAME_SURE)


def _with_article(words: Sequence[str], flags: NDArray[np.uint32]) -> None:
    """Give Arabic words with the article the flags of the word without it, names excepted."""
    found = [
        (i, w[2:])
        for i, w in enumerate(words)
        if w.startswith("ال") and len(w) > 4 and not flags[i]
    ]
    if found:
        flags[[i for i, _ in found]] = lookup([rest for _, rest in found]) & ~np.uint32(_NAMED)
