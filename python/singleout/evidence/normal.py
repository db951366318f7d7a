"""The normal form of values: what two releases write differently and mean alike becomes equal."""

from __future__ import annotations

import unicodedata
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

# Part of what a code is made of: a ledger says which normal form its codes come from.
VERSION = 1

# Quotes and dashes that word processors put in place of the keyboard's.
_TYPED = str.maketrans("\u2018\u2019\u02bc\u2010\u2011\u2012\u2013", "'''----")
_SPACES = r"\s+"
# 40.50 and 40.5, 40.0 and 40, midnight of a day and the day are one value; 007 and 7 are two.
_SAME = (
    (r"^([+-]?[0-9]+\.[0-9]*[1-9])0+$", r"\1"),
    (r"^([+-]?[0-9]+)\.0*$", r"\1"),
    (r"^([0-9]{4}-[0-9]{2}-[0-9]{2})[ t]00:00:00(?:\.0+)?$", r"\1"),
)


def normalise(values: pa.Array) -> pa.Array:
    """Return values as text in normal form.

    Parameters
    ----------
    values : pyarrow.Array, length n
        Distinct values of a column, of any type that is not nested.

    Returns
    -------
    pyarrow.LargeStringArray, length n
        Unicode NFKC (Unicode Standard Annex 15), letter case folded, typographic quotes and dashes
        as typed ones, white space at the ends gone and one blank elsewhere, numbers without
        trailing zeros, booleans as true and false; null where nothing is left. Two values may
        become equal.

    Examples
    --------
    >>> normalise(pa.array([" O'Brien ", "O\\u2019BRIEN", "40.0", "007", " "])).to_pylist()
    ["o'brien", "o'brien", '40', '007', None]
    """
    text = _text(values)
    ascii_only = pc.all(pc.string_is_ascii(text)).as_py()
    if ascii_only is False:
        text = _folded(text)
    text = pc.ascii_lower(text)
    text = pc.utf8_trim_whitespace(text)
    if pc.any(pc.match_substring_regex(text, r"\s\s|[\t\n\v\f\r]")).as_py():
        text = pc.replace_substring_regex(text, _SPACES, " ")
    if pc.any(pc.match_substring_regex(text, r"^[+-]?[0-9]+[.-]")).as_py():
        for pattern, replacement in _SAME:
            text = pc.replace_substring_regex(text, pattern, replacement)
    return pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.large_string()), text)


def _text(values: Any) -> pa.Array:
    kind = values.type
    if pa.types.is_null(kind):
        return pa.nulls(len(values), pa.large_string())
    if (
        pa.types.is_binary(kind)
        or pa.types.is_large_binary(kind)
        or pa.types.is_fixed_size_binary(kind)
    ):
        return pa.array(
            [None if one is None else one.hex() for one in values.to_pylist()], pa.large_string()
        )
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return pa.array([_number(one) for one in values.to_pylist()], pa.large_string())
    return values.cast(pa.large_string())


def _number(value: Any) -> str | None:
    """A decimal without an exponent, as a spreadsheet's text would have it."""
    if value is None:
        return None
    from decimal import Decimal

    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    return f"{exact:f}"


def _folded(text: pa.Array) -> pa.Array:
    """NFKC and full case folding, of the few values that are not ASCII."""
    plain = pc.string_is_ascii(text)
    others = text.filter(pc.invert(plain))
    folded = pa.array([_fold(one) for one in others.to_pylist()], pa.large_string())
    return pc.replace_with_mask(text, pc.invert(plain), folded)


def _fold(text: str) -> str:
    nfkc = unicodedata.normalize
    return nfkc("NFKC", nfkc("NFKC", text.translate(_TYPED)).casefold())
