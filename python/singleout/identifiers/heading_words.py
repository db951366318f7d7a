"""Find the words of a heading in the lexicon, language by language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from singleout.identifiers.heading_compounds import pieces_of
from singleout.identifiers.heading_lexicon import Entry, fold, forms, is_part, own, phrases
from singleout.identifiers.meanings import Meaning

_GERMANIC: Final = frozenset(("de", "nl"))
_MOST_LANGUAGES = 3
_LONGEST_PHRASE = 4
_SHORT = 3


class Word(NamedTuple):
    """A word, phrase or number of a heading.

    Attributes
    ----------
    kind : str
        Its part in a heading: a kind of ``data/headings.tsv``, ``digits`` or ``unknown``.
    says : Mapping of Meaning to float
        What it says of the column, if it does so by itself.
    plural : bool
        Whether it speaks of many.
    collective : bool
        Whether it is the same for one and many ("staff").
    language : str
        Its language, or ``*``.
    length : int
        How many tokens it is made of; 0 for a piece of a compound but the first.
    number : int
        The number, if the kind is ``digits``.
    listed : bool
        Whether it stands in the lexicon as it is, or as the singular of an English plural.
    """

    kind: str
    says: Mapping[Meaning, float]
    plural: bool
    collective: bool
    language: str
    length: int
    number: int = 0
    listed: bool = True


class Sentence(NamedTuple):
    """A heading's words as one language reads them.

    Attributes
    ----------
    language : str
        The language.
    words : list of Word
        Its words, in order.
    """

    language: str
    words: list[Word]


def find(tokens: Sequence[str]) -> list[Sentence]:
    """Return what the lexicon knows of a heading's tokens, in the language that it is likely in.

    Parameters
    ----------
    tokens : sequence of str
        As `split` gives them.

    Returns
    -------
    list of Sentence
        More than one only where languages are equally likely; English alone if it is one of them.
    """
    folded = [fold(token) for token in tokens]
    english = _read(folded, "en")
    if all(_is_of(word, "en") for word in english):
        return [Sentence("en", english)]
    readings = {"en": english}
    for language in _languages(folded) | (
        _GERMANIC if any(word.kind == "unknown" for word in english) else set()
    ):
        readings[language] = _read(folded, language)
    votes = {
        # A phrase is surer than its words.
        language: sum(max(0, 2 * word.length - 1) for word in words if _is_of(word, language))
        for language, words in readings.items()
    }
    best = max(votes.values())
    likely = sorted(language for language, count in votes.items() if count == best)
    if "en" in likely:
        likely = ["en"]
    return [Sentence(language, readings[language]) for language in likely[:_MOST_LANGUAGES]]


def has_unknown(tokens: Sequence[str]) -> bool:
    """Whether a word among tokens is in no language's lexicon, alone or in a phrase."""
    return any(
        not is_part(token) and not forms(token) and not pieces_of(token, "de")
        for token in map(fold, tokens)
        if token.isalpha()
    )


def _is_of(word: Word, language: str) -> bool:
    return word.language in (language, "*")


def _languages(folded: list[str]) -> set[str]:
    found = {entry.language for token in folded for entry in forms(token)}
    for phrase in _phrases(folded):
        found.update(entry.language for entry in phrases(phrase))
    return found - {"*", "en"}


def _phrases(folded: list[str]) -> list[str]:
    return [
        " ".join(folded[i : i + k])
        for i in range(len(folded) - 1)
        for k in range(2, min(_LONGEST_PHRASE, len(folded) - i) + 1)
    ]


def _read(folded: list[str], language: str) -> list[Word]:
    found: list[Word] = []
    i = 0
    while i < len(folded):
        for k in range(min(_LONGEST_PHRASE, len(folded) - i), 1, -1):
            entry = own(phrases(" ".join(folded[i : i + k])), language)
            if entry:
                found.append(_word(entry, k))
                i += k
                break
        else:
            found += _read_token(folded[i], language)
            i += 1
    for place, word in enumerate(found):
        if word.kind == "prefix":
            # "emp" and "off" are people before another word of a field's name only.
            first = place == 0 and len(found) > 1
            found[place] = word._replace(kind="role" if first else "field")
    return found


def _read_token(token: str, language: str) -> list[Word]:
    found = forms(token)
    entry = own(found, language)
    if entry is None and found and (len(token) > _SHORT or not token.isascii()):
        entry = found[0]  # of a third language: short words are too often alike
    if entry:
        return [_word(entry, 1)]
    if len(token) == 1 and token.isascii() and token.isalpha():
        return [_LETTER]
    if token.isdigit():
        return [Word("digits", {}, False, False, "*", 0, int(token[:9]))]
    pieces = [_word(e, int(not n)) for n, e in enumerate(pieces_of(token, language))]
    many = len(token) > _SHORT and token[-1] == "s" and token[-2] != "s"
    return [word._replace(listed=False) for word in pieces] or [_PLURALS if many else _UNKNOWN]


_LETTER: Final = Word("field", {}, False, False, "*", 0)  # t1.street, column B
_UNKNOWN: Final = Word("unknown", {}, False, False, "", 0)
_PLURALS: Final = _UNKNOWN._replace(plural=True)


def _word(entry: Entry, length: int) -> Word:
    language, kind, says, plural, collective, listed = entry
    return Word(kind, says, plural, collective, language, length, 0, listed)
