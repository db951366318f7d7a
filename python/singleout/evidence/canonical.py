"""Canonical JSON (RFC 8785): one sequence of bytes for one value, so that it can be signed."""

from __future__ import annotations

import json
from typing import Any

import rfc8785

from singleout.evidence.errors import EvidenceError


class NotCanonicalError(EvidenceError):
    """The bytes are not JSON, or not the canonical form of what they say."""


def dumps(value: Any) -> bytes:
    """Return the canonical form of a value.

    Parameters
    ----------
    value : dict, list, str, int, float, bool or None
        Plain data; whole numbers within 2^53.

    Returns
    -------
    bytes
        UTF-8, keys sorted by their UTF-16 code units, no white space (RFC 8785, section 3.2).

    Raises
    ------
    EvidenceError
        If the value has no canonical form: a lone surrogate, NaN, a number past 2^53.

    Examples
    --------
    >>> dumps({"b": 1.0, "a": "é"})
    b'{"a":"\\xc3\\xa9","b":1}'
    """
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, RecursionError):
        raise EvidenceError("the review's result has no canonical JSON form (RFC 8785)") from None


def loads(data: bytes) -> Any:
    """Read canonical JSON, and nothing but canonical JSON.

    Parameters
    ----------
    data : bytes
        What `dumps` wrote.

    Returns
    -------
    dict, list, str, int, float, bool or None
        The value.

    Raises
    ------
    NotCanonicalError
        If the bytes are anything but the canonical form of the value that they hold.

    Examples
    --------
    >>> loads(b'{"a":1,"b":[]}')
    {'a': 1, 'b': []}
    """
    try:
        value = json.loads(data.decode("utf-8"), parse_int=_number)
        same = rfc8785.dumps(value) == data
    except (ValueError, RecursionError, rfc8785.CanonicalizationError):
        raise NotCanonicalError("not JSON that can be read") from None
    if not same:
        raise NotCanonicalError("its bytes are not its canonical form (RFC 8785)")
    return value


def _number(text: str) -> int | float:
    """A number without a point; past 2^53 the double that it is the text of."""
    return float(text) if len(text) > 15 else int(text)
