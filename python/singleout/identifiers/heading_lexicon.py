"""Words of the lexicon of headings, and the forms in which they are met."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from singleout.identifiers.meanings import Meaning

# What is written in two ways and means one letter: after decomposition, marks are dropped.
_MARKS: Final = re.compile("[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640\u200b-\u200f]+")
_LETTERS: Final = (
    ("\u0142", "l"),
    ("\u00f8", "o"),
    ("\u0111", "d"),
    ("\u0131", "i"),
    # Arabic yeh, kaf and heh as other languages write them
    ("\u0649", "\u064a"),
    ("\u06cc", "\u064a"),
    ("\u06d0", "\u064a"),
    ("\u06a9", "\u0643"),
    ("\u06c1", "\u0647"),
    ("\u06be", "\u0647"),
    ("\u06c3", "\u0647"),
    ("\u0629", "\u0647"),
)


class Entry(NamedTuple):
    """A word or phrase as the lexicon has it.

    Attributes
    ----------
    language : str
        Its language, or ``*``.
    kind : str
        Its part in a heading; the kinds are listed in ``data/headings.tsv``.
    says : Mapping of Meaning to float
        What it says of the column, if it does so by itself.
    plural : bool
        Whether it speaks of many.
    collective : bool
        Whether it is the same for one and many ("Mitarbeiter").
    listed : bool
        Whether it stands in the lexicon, or its singular does.
    """

    language: str
    kind: str
    says: Mapping[Meaning, float]
    plural: bool
    collective: bool
    listed: bool = True


def fold(text: str) -> str:
    """Return `text` in small letters without accents and variants of letters.

    Examples
    --------
    >>> fold("Prénom"), fold("Stanowisko służbowe"), fold("STRASSE") == fold("Straße")
    ('prenom', 'stanowisko sluzbowe', True)
    """
    if text.isascii():
        return text.lower()
    return _fold(text.casefold())


def _fold(text: str) -> str:
    text = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    for written, meant in _LETTERS:
        text = text.replace(written, meant)
    return text


@cache
def _lines() -> list[str]:
    text = (Path(__file__).with_name("data") / "headings.tsv").read_text("utf-8")
    return _fold(text.replace("ß", "ss")).split("\n")


@cache
def _index() -> dict[str, list[int]]:
    """For each word or phrase, the lines of the file with it; they are parsed when looked up."""
    found: dict[str, list[int]] = {}
    for number, line in enumerate(_lines()):
        if line and not line.startswith("# "):
            words = line[: line.index("\t")].replace("/=", "")
            for word in words.replace("/", ",").split(","):
                if word in found:
                    found[word].append(number)
                else:
                    found[word] = [number]
    return found


@lru_cache(maxsize=8192)
def entries(word: str) -> tuple[Entry, ...]:
    """Return what the lexicon has under a folded word or phrase, as it stands."""
    found = []
    for number in _index().get(word, ()):
        words, language, kind, says, _ = _lines()[number].split("\t")
        forms = f",{words},"
        same = f",{word}/=," in forms
        plural = same or (f"/{word}," in forms)
        entry = Entry(language, kind, _says(says), plural, same)
        if entry not in found:
            found.append(entry)
    return tuple(found)


@cache
def _says(text: str) -> Mapping[Meaning, float]:
    found = {}
    for part in text.split():
        place = max(part.find("+"), part.find("-"))
        found[Meaning[part[:place]]] = float(part[place:])
    return MappingProxyType(found)


@lru_cache(maxsize=8192)
def forms(word: str) -> tuple[Entry, ...]:
    """Return what the lexicon has for a folded word, as it stands or in another of its forms.

    Examples
    --------
    >>> [(e.language, e.kind) for e in forms("swyddogion")], forms("allegations")[0].plural
    ([('cy', 'role')], True)
    """
    found = entries(word)
    if found or len(word) < 3:
        return found
    if word in _glued():
        return entries(_glued()[word])
    index = _index()
    for stem, languages in _stems(word):
        if stem not in index:
            continue
        found = tuple(e for e in entries(stem) if e.language in languages)
        if found:
            many = languages in (_EN, _ROMANCE)
            listed = languages is _EN
            return tuple(e._replace(plural=e.plural or many, listed=listed) for e in found)
    return ()


def own(found: Sequence[Entry], language: str) -> Entry | None:
    """The first entry of that language, or of systems, or of English."""
    for wanted in (language, "*", "en"):
        for entry in found:
            if entry.language == wanted:
                return entry
    return None


def has_entry(word: str) -> bool:
    """Whether the lexicon has a folded word or phrase as it stands."""
    return word in _index()


def is_part(word: str) -> bool:
    """Whether a folded word is in the lexicon, alone or in a phrase."""
    return word in _parts()


@cache
def _glued() -> dict[str, str]:
    """Phrases by what they are when written as one: maidenname."""
    return {phrase.replace(" ", ""): phrase for phrase in _index() if " " in phrase}


@cache
def _parts() -> frozenset[str]:
    return frozenset(" ".join(_index()).split())


def phrases(words: str) -> tuple[Entry, ...]:
    """Return what the lexicon has for a folded phrase, as it stands or as an English plural."""
    found = entries(words)
    if found or words[-1] != "s":
        return found
    singular = entries(words[:-1]) or (words.endswith("ies") and entries(words[:-3] + "y")) or ()
    return tuple(e._replace(plural=True) for e in singular if e.language == "en")


_EN: Final = ("en",)
_DE: Final = ("de",)
_GAELIC: Final = ("ga", "gd")
_ROMANCE: Final = ("es", "fr", "pt")
_MUTATED: Final = (
    ("ngh", "c"), ("mh", "p"), ("nh", "t"), ("ng", "g"), ("ch", "c"), ("ph", "p"), ("th", "t"),
    ("dd", "d"), ("g", "c"), ("b", "p"), ("d", "t"), ("f", "b"), ("f", "m"), ("l", "ll"),
    ("r", "rh"), ("n", "d"), ("m", "b"), ("h", ""),
)  # fmt: skip
_ECLIPSED: Final = ("mb", "gc", "nd", "bhf", "ng", "bp", "dt")


def _stems(token: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what a word may be a form of, with the languages where that is so."""
    if "\u0600" <= token[0] < "\u0700":
        for prefix in ("ال", "وال", "لل", "بال", "و"):
            if token.startswith(prefix):
                yield token[len(prefix) :], ("ar",)
                yield "ال" + token[len(prefix) :], ("ar",)
        yield "ال" + token, ("ar",)
        return
    if token.endswith("s") and not token.endswith("ss"):
        if token.endswith("ies"):
            yield token[:-3] + "y", _EN
        yield token[:-1], _EN
        if token.endswith("es"):
            yield token[:-2], _EN
        yield token[:-1], _ROMANCE
    for ending in ("innen", "in", "es", "en", "s", "n", "e"):
        if token.endswith(ending) and len(token) > len(ending) + 3:
            yield token[: -len(ending)], _DE
    for written, meant in (("ae", "a"), ("oe", "o"), ("ue", "u")):
        if written in token:
            yield token.replace(written, meant), _DE
    for genitive, root in (("eora", "eoir"), ("ora", "oir"), ("aich", "ach"), ("eir", "ear")):
        if token.endswith(genitive):
            yield token[: -len(genitive)] + root, _GAELIC
    if token[0] in _CONSONANTS and token[1] == "h":
        yield token[0] + token[2:], _GAELIC
    for sound in _ECLIPSED:
        if token.startswith(sound):
            yield token[len(sound) - 1 :], _GAELIC
    for changed, root in _MUTATED:
        if token.startswith(changed):
            yield root + token[len(changed) :], ("cy",)
    if token[0] in "aeiouwylr":
        yield "g" + token, ("cy",)


_CONSONANTS: Final = frozenset("bcdfgmpst")
