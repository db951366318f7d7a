"""Split a column's heading into words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from singleout.identifiers.heading_lexicon import entries

_LONGEST = 300  # Characters of a heading that are read
_MOST_WORDS = 40
_SIGNS: Final = {c: c for c in "%#£$€&+("} | {"/": "&", "|": "&", ",": "&", ";": "&", "[": "("}
_SPELLED: Final = re.compile(r"(?<=\b[^\W\d_])/(?=[^\W\d_]\b)")  # D/O/B
# The same as `_other_pieces` does with all letters: "PCSOs" is one word, "NHSNo" is two.
_ASCII: Final = re.compile(
    r"[A-Z]{2,}s(?![a-z])|[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[%#$&+(/|,;\[]"
)


def split(text: str) -> list[str]:
    """Split a heading at signs, case and digits.

    Returns
    -------
    list of str
        Words and numbers in small letters, and signs that mean something (``% # £ $ € & + (``);
        a slash, bar, comma or semicolon is ``&``.

    Examples
    --------
    >>> split("EmpLastNm"), split("D.O.B."), split("officer's NHSNo1"), split("Tel (home)")
    (['emp', 'last', 'nm'], ['dob'], ['officer', 'nhs', 'no', '1'], ['tel', '(', 'home'])
    """
    if 2 <= len(text) <= 5 and text.isalpha() and entries(text.casefold()):
        return [text.casefold()]  # DoB
    tokens: list[str] = []
    letters = 0  # how many tokens at the end are single letters with a dot or blank between
    text = text[:_LONGEST]
    if "/" in text:
        text = _SPELLED.sub(".", text)
    for token, gap in _pieces(text):
        if len(token) == 1 and token.isalpha() and token < "\u2e80":
            if letters and gap in (".", ". ", " "):
                letters += 1
            elif gap in ("'", "\u2019") and tokens and token in "sS":
                continue
            else:
                letters = 1
            tokens.append(token.casefold())
            continue
        _join(tokens, letters)
        letters = 0
        tokens.append(token.casefold())
        if len(tokens) >= _MOST_WORDS:
            break
    _join(tokens, letters)
    return tokens


def _join(tokens: list[str], letters: int) -> None:
    """Make one word of the last single letters, if the lexicon knows it: D.O.B."""
    if letters > 1:
        word = "".join(tokens[-letters:])
        if entries(word):
            tokens[-letters:] = [word]


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Yield runs of letters of one case pattern, of digits, and signs, each with the gap before."""
    if not text.isascii():
        yield from _other_pieces(text)
        return
    end = 0
    for found in _ASCII.finditer(text):
        token = found[0]
        yield _SIGNS.get(token, token), text[end : found.start()]
        end = found.end()


def _other_pieces(text: str) -> Iterator[tuple[str, str]]:
    start, gap, before = 0, "", ""
    for i, c in enumerate(text):
        kind = _kind(c)
        if kind == "s":
            if start < i:
                yield text[start:i], gap
                gap = ""
            if c in _SIGNS:
                yield _SIGNS[c], gap
                gap = ""
            else:
                gap += c
            start = i + 1
        elif start < i and _parts(before, kind, text, i, start):
            yield text[start:i], gap
            gap, start = "", i
        before = kind
    if start < len(text):
        yield text[start:], gap


def _kind(c: str) -> str:
    if c.isalpha() or unicodedata.category(c)[0] == "M":
        return "u" if c.isupper() else "c" if "\u2e80" <= c < "\ua000" else "l"
    return "d" if c.isdigit() else "s"


def _parts(before: str, kind: str, text: str, i: int, start: int) -> bool:
    """Whether a word ends before text[i], which is of `kind` and follows a letter or digit."""
    if before != kind and ("d" in (before, kind) or "c" in (before, kind)):
        return True
    if before == "l":
        return kind == "u"
    if before == "u" and kind == "u" and i > start:
        after = text[i + 1 : i + 3]
        if not after or _kind(after[0]) != "l":
            return False
        # "NHSNo" ends before "No", "PCSOs" does not end before "Os".
        return not (after[0] == "s" and (len(after) == 1 or _kind(after[1]) != "l"))
    return False
