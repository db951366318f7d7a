"""What the words of a column's heading say that the column means.

The words are data (``data/headings.tsv``); how they go together is in the modules ``heading_*``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from singleout.identifiers.heading_grammar import Measure, merged
from singleout.identifiers.heading_phrase import read_sentence
from singleout.identifiers.heading_split import split
from singleout.identifiers.heading_words import find, has_unknown
from singleout.identifiers.meanings import Meaning, Subject

__all__ = ["Heading", "Measure", "is_heading_word", "read_heading"]

# Heads whose word alone is a label and hardly ever a value.
_LABELS: Final = frozenset((
    "attr", "name", "number", "ident", "code", "date", "time", "period", "sort", "label", "amount",
    "field", "key", "by", "count", "average", "rate", "percent", "sum",
))  # fmt: skip
_MOST_LABEL_WORDS = 8
_LONGEST_LABEL = 80
# Kinds of words that surnames and places seem to be made of: Newman, Chapeltown.
_NAMELY: Final = frozenset(("role", "job", "case", "thing", "act"))


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading says.

    Attributes
    ----------
    words : tuple of str
        Its words in small letters, parted at signs, case and digits.
    evidence : Mapping of Meaning to float
        Log-odds for (3 decisive, 2 strong, 1 weak) or against each meaning of which it speaks;
        empty if no word is known, or if the heading is a period ("2023/24", "Q1").
    subject : {"people", "cases", "things"} or None
        Whom or what its nouns are about.
    counting : bool
        Whether it says that the column counts.
    plural : bool
        Whether the noun of `subject` is a plural.
    measure : {"count", "sum", "average", "rate", "percentage", "none"}
        How numbers below it were made.
    attribute : bool
        Whether it names a property of one person ("officer rank").
    period : bool
        Whether it names a time for which the column holds ("Week 12"), not what the values are.
    """

    words: tuple[str, ...]
    evidence: Mapping[Meaning, float]
    subject: Subject | None = None
    counting: bool = False
    plural: bool = False
    measure: Measure = "none"
    attribute: bool = False
    period: bool = False


@lru_cache(maxsize=4096)
def read_heading(text: str) -> Heading:
    """Return what a column's heading says of the column.

    Parameters
    ----------
    text : str
        The heading as it stands; of more than 300 characters only the first count.

    Returns
    -------
    Heading

    Examples
    --------
    >>> max(read_heading("emp_LastNm").evidence.items(), key=lambda pair: pair[1])[0].name
    'NAME_PART'
    >>> read_heading("Officers").counting, read_heading("Officer").counting
    (True, False)
    >>> read_heading("Count of Surname").measure, read_heading("xyzzy").evidence
    ('count', mappingproxy({}))
    """
    tokens = split(text)
    reading = merged([read_sentence(sentence) for sentence in find(tokens)])
    return Heading(
        tuple(token for token in tokens if token[0].isalnum()),
        MappingProxyType(reading.evidence),
        reading.subject,
        reading.counting,
        reading.plural,
        reading.measure,
        reading.attribute,
        reading.period,
    )


@lru_cache(maxsize=4096)
def is_heading_word(text: str) -> bool:
    """Whether a whole text reads as a heading or field label rather than as a value.

    Parameters
    ----------
    text : str
        A cell's text.

    Returns
    -------
    bool
        False for what is as often a value: a plural ("Vehicles"), an occupation ("Nurse"), a
        group ("Female"), a period ("2023").

    Examples
    --------
    >>> [is_heading_word(t) for t in ("Surname", "Collar no", "DOB", "F1", "Enw")]
    [True, True, True, True, True]
    >>> [is_heading_word(t) for t in ("Davies", "Sergeant", "Female", "2023", "Old Church Lane")]
    [False, False, False, False, False]
    """
    if not text or len(text) > _LONGEST_LABEL or text.rstrip().endswith("?"):
        return False
    tokens = split(text)
    if not tokens or len(tokens) > _MOST_LABEL_WORDS or has_unknown(tokens):
        return False
    words = (sentence := find(tokens)[0]).words
    if any(word.kind == "unknown" for word in words):
        return False
    if any(not word.listed and word.kind in _NAMELY for word in words):
        return False
    reading = read_sentence(sentence)
    if reading.period or reading.head == "":
        return False
    if reading.head == "thing" and (tokens[-1].isdigit() or len(tokens[-1]) == 1):
        return False  # "Unit A", "Ward 3"
    if reading.head in ("role", "thing"):
        return not reading.plural
    if reading.head == "act":
        return Meaning.NAME_PART in reading.evidence
    return reading.head in _LABELS
