"""Names compared as people compare them: O'Neill, O'NEILL and Oneill are one surname.

Off unless asked for: it makes classes larger, so it must be stated wherever its result is.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from singleout.coding import without_views
from singleout.errors import InputError

__all__ = ["DESCRIPTIONS", "Normalised", "fold_initials", "fold_name", "normalise"]

DESCRIPTIONS: Final[dict[str, str]] = {
    "name": "compared as names: case, Unicode forms, spaces, apostrophes, hyphens and full stops "
    "do not count; accents and the order of double-barrelled parts do",
    "initials": "compared by initials: of each forename the first letter, a word of one to three "
    "capitals being initials already",
}
"""What `normalise` can do, in plain English."""

# Besides dashes (Pd), spaces and invisible characters (Cf): apostrophes and what is typed for them
# (quotation marks, modifier letters, primes, grave and acute accents), full stop, minus sign.
_DROPPED: Final = frozenset(
    "'\u2018\u2019\u201b\u02bc\u02bb\u02bd\u02b9\u2032\u0060\u00b4\uff07.\u2212"
)


@dataclass(frozen=True, slots=True, eq=False)
class Normalised:
    """A column after normalisation.

    Attributes
    ----------
    values : pyarrow.Array of large_string, one a row
        The normal forms; null stays null.
    spellings, distinct : int
        Distinct values before and after.
    note : str
        What was done, for the result; counts and the column's name, no value.
    """

    values: Any
    spellings: int
    distinct: int
    note: str


def _drops(char: str) -> bool:
    return char in _DROPPED or char.isspace() or unicodedata.category(char) in ("Pd", "Cf")


def fold_name(text: str) -> str:
    """Return the form in which equal names are equal.

    Parameters
    ----------
    text : str
        A name as written.

    Returns
    -------
    str
        NFKC and case-folded, without spaces, apostrophes, dashes, full stops and invisible
        characters. Folding it again changes nothing.

    Notes
    -----
    Unicode 15, section 3.13, "Default Caseless Matching" (NFKC_Casefold: D147), repeated after
    characters are dropped, because what then stands side by side may compose.

    Examples
    --------
    >>> {fold_name(name) for name in ("O'Neill", "O\u2019NEILL", "Oneill", "O Neill")}
    {'oneill'}
    >>> fold_name("Smith-Jones") == fold_name("SMITH JONES")
    True
    """
    # An acute accent by itself stands for an apostrophe; NFKC would put it on the letter before.
    folded = "".join(char for char in unicodedata.normalize("NFC", text) if not _drops(char))
    before = None
    while folded != before:
        before = folded
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFD", folded).casefold())
        folded = "".join(char for char in folded if not _drops(char))
        folded = unicodedata.normalize("NFKC", folded.casefold())
    return folded


_SPLIT: Final = re.compile(r"[\s.,;/&+]+")


def fold_initials(text: str) -> str:
    """Return the initials of forenames, or initials in one way of writing.

    Parameters
    ----------
    text : str
        Forenames or initials as written.

    Returns
    -------
    str
        Small letters with a space between. Folding them again changes nothing.

    Examples
    --------
    >>> [fold_initials(text) for text in ("John Paul", "J.P.", "JP", "john-paul", "J P")]
    ['j p', 'j p', 'j p', 'j p', 'j p']
    """
    initials: list[str] = []
    plain = unicodedata.normalize("NFKC", text)
    dashes = "".join(" " if unicodedata.category(char) == "Pd" else char for char in plain)
    for word in _SPLIT.split(dashes):
        letters = "".join(char for char in word if char.isalpha())
        capitals = letters.isupper() and len(letters) <= 3
        for part in letters if capitals else (letters,):
            folded = fold_name(part)
            if folded:
                initials.append(folded[0])
    return " ".join(initials)


_FOLDS: Final = {"name": fold_name, "initials": fold_initials}


def normalise(field: str, values: Any, how: str) -> Normalised:
    """Bring a column of names into the form in which equal names are equal.

    Parameters
    ----------
    field : str
        The column's name, for the note and for errors.
    values : pyarrow.Array or pyarrow.ChunkedArray of strings
        The column; dictionary-encoded strings too.
    how : {"name", "initials"}
        A key of `DESCRIPTIONS`.

    Returns
    -------
    Normalised

    Raises
    ------
    InputError
        If `how` is unknown or the column is not text.

    Notes
    -----
    Only the distinct values are folded.

    Examples
    --------
    >>> found = normalise("surname", pa.array(["O'Dea", "ODEA", None]), "name")
    >>> found.values.to_pylist(), found.spellings, found.distinct
    (['odea', 'odea', None], 2, 1)
    """
    if how not in _FOLDS:
        listed = " or ".join(f"'{name}'" for name in _FOLDS)
        raise InputError(f"normalise: '{field}' cannot be compared as '{how}'; choose {listed}")
    column = without_views(values)
    column = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if not _is_text(column.type):
        raise InputError(
            f"normalise: column '{field}' is not text, so it cannot be compared as names; leave it "
            "out of normalise, or make it text"
        )
    encoded = pc.dictionary_encode(column.cast(pa.large_string()))
    fold = _FOLDS[how]
    spelled = encoded.dictionary.to_pylist()
    folded = [fold(text) for text in spelled]
    result = pa.array(folded, pa.large_string()).take(encoded.indices)
    distinct = len(set(folded))
    note = (
        f"'{field}' was {DESCRIPTIONS[how]}; {len(spelled):,} spellings became {distinct:,} values"
    )
    return Normalised(result, len(spelled), distinct, note)


def _is_text(kind: Any) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))
