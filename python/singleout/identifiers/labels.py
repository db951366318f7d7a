"""Tell whether a name of a file, sheet, member, range or bookmark names a person.

Labels join their words by underscores, hyphens, stops or capitals, are often in small letters, and
say what the file is about before or after the name: ``whitcombe_james_misconduct.csv``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from singleout.identifiers.evidence import Witness
from singleout.identifiers.lists import Flag, name_shape
from singleout.identifiers.mentions import mentions_of, prose_of
from singleout.identifiers.prose import Prose
from singleout.identifiers.script_mentions import script_mentions
from singleout.identifiers.scripts import is_east_asian_name
from singleout.identifiers.thing_words import CALLED, PHASES
from singleout.identifiers.tokens import TOKEN, Form, forms

__all__ = ["label_words", "like_a_name", "names_in_label"]

_EXTENSION: Final = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,4}$")
_JOINTS: Final = re.compile(r"[_+=~#]|%20")
# fooBar, Foo2024, 2024foo, HRReview
_CAMEL: Final = re.compile(
    r"(?<=[a-zß-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ])|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])"
)
_PREFIX: Final = re.compile(r"\b(Mc|Mac|Fitz|O|D) (?=[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ])")


def label_words(label: str) -> str:
    """Return a label as words with spaces between.

    Examples
    --------
    >>> label_words("OrlaMcGarrity_statement-v2.docx")
    'Orla McGarrity statement v 2'
    """
    text = _EXTENSION.sub("", label.strip())
    if text[:1].islower() and text.isalpha() and not text.islower():
        text = text[:1].upper() + text[1:]  # orlaMcGarrity
    text = _JOINTS.sub(" ", text)
    # A stop after one letter is an initial's; a hyphen between words joins as a space does.
    text = re.sub(r"(?<=[^\W\d_]{2})[.]|(?<=\d)[.]|(?<=\w)[-\u2010-\u2015]+(?=\w)", " ", text)
    text = _CAMEL.sub(" ", text)
    return _PREFIX.sub(r"\1", text)


@lru_cache(maxsize=4096)
def names_in_label(text: str) -> bool:
    """Tell whether a label names a person.

    Parameters
    ----------
    text : str
        The name of a file, sheet, member, range, bookmark or column.

    Examples
    --------
    >>> names_in_label("whitcombe_james_misconduct.csv"), names_in_label("Faith Schools.xlsx")
    (True, False)
    """
    words = label_words(text)
    spots = [match.span() for match in TOKEN.finditer(words)]
    tokens = [words[a:b] for a, b in spots]
    form = forms(tokens).tolist()
    if sum(1 for one in form if not one & _NO_WORD) < 2 and words.isascii():
        return False  # One word names nobody in particular; no list need be read.
    prose = prose_of(tokens)
    if any(_is_person(prose, m.start, m.end, m.witness) for m in mentions_of(prose)):
        return True
    if any(_pair(prose, i) for i in range(len(tokens))):
        return True
    eastern = [i for i, one in enumerate(form) if one & int(Form.HAN | Form.HANGUL)]
    if eastern and any(
        is_east_asian_name([tokens[i] for i in eastern], [form[i] for i in eastern])
    ):
        return True
    return bool(script_mentions(words, spots, form))


@lru_cache(maxsize=4096)
def like_a_name(text: str) -> bool:
    """Tell whether a label could be a person's name that no list knows: two to four such words.

    Enough to mask it, not to report it.

    Examples
    --------
    >>> like_a_name("Quelvane Ostrelli"), like_a_name("Travel Budget"), like_a_name("Sheet1")
    (True, False, False)
    """
    words = label_words(text)
    tokens = TOKEN.findall(words)
    if not 2 <= len(tokens) <= 4 or not words[:1].isupper():
        return False
    prose = prose_of(tokens)
    return all(prose.solid(i) or prose.initial(i) for i in range(prose.size))


_NO_WORD: Final = int(
    Form.DIGITS
    | Form.MIXED
    | Form.COMMA
    | Form.DOT
    | Form.JOINT
    | Form.AMPERSAND
    | Form.PUNCTUATION
)
_KINDS: Final = int(
    Flag.STREET
    | Flag.ORGANISATION
    | Flag.PREMISES
    | Flag.AREA
    | Flag.UNIT
    | Flag.SUBJECT
    | Flag.DIRECTION
)
_MATTER: Final = int(Flag.MATTER)
_THINGS: Final = int(Flag.THING)
_TITLED: Final = Witness.TITLE | Witness.RANK | Witness.RANK_NUMBER
# Mean log-odds from which letters are a name's
_NAMELY: Final = 0.0
# Words between a name and what the label says of the person
_REACH: Final = 2


def _is_person(prose: Prose, start: int, end: int, witness: Witness) -> bool:
    """Tell whether a mention is a person's: no kind of thing is beside it."""
    if not witness or _kind(prose, end):
        return False
    if witness & _TITLED:
        return True
    after = prose.words[end].lower()
    if after in PHASES | CALLED or (prose.has(end, _THINGS) and not prose.has(end, _MATTER)):
        return False
    first = prose.words[start].lower()
    return first not in CALLED and not (start and prose.words[start - 1].lower() in CALLED)


def _kind(prose: Prose, i: int) -> bool:
    return prose.has(i, _KINDS) and not prose.has(i, int(Flag.NAMELY))


def _pair(prose: Prose, i: int) -> bool:
    """Tell of what only a label says of a person: "Trevanion R", "Haldane grievance"."""
    if prose.sure(i) and prose.comma(i + 1) and prose.initial(i + 2):
        return True  # "Ash, J."
    if not prose.solid(i) or _kind(prose, i + 1) or (i and prose.has(i - 1, int(Flag.DIRECTION))):
        return False
    listed_name = prose.has(i, int(Flag.GIVEN | Flag.SURNAME))
    for j in (i + 1, i - 1):
        if prose.initial(j):
            letter = prose.words[j].upper()
            beyond = prose.words[j + 1 : j + 2]
            if (letter > "H" or listed_name) and not (beyond and beyond[0].isdigit()):
                return True
    near = range(max(0, i - _REACH), i + _REACH + 1) if listed_name else (i - 1, i + 1)
    matter = any(j != i and j >= 0 and prose.has(j, _MATTER) for j in near)
    return matter and (listed_name or _shaped(prose.words[i]))


def _shaped(word: str) -> bool:
    """Tell whether the letters of a word that no list knows are those of a name."""
    return len(word) > 4 and float(name_shape([word])[0]) > _NAMELY
