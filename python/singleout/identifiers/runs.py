"""Which tokens of each text come first, last, before or after others: whole arrays at a time."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from singleout.identifiers.tokens import Form, Tokens

__all__ = [
    "after",
    "at",
    "before_dot",
    "first",
    "last",
    "of_word",
    "run_from_end",
    "run_from_start",
]

Truth = NDArray[np.bool_]
Index = NDArray[np.int64]


def first(where: Truth, tokens: Tokens, count: int) -> Index:
    """Return the first token of each text for which `where` holds, -1 where there is none."""
    found = np.full(count, -1, np.int64)
    spots = np.flatnonzero(where)[::-1]
    found[tokens.text[spots]] = spots  # The last written stays: the first of the text.
    return found


def last(where: Truth, tokens: Tokens, count: int) -> Index:
    """Return the last token of each text for which `where` holds, -1 where there is none."""
    found = np.full(count, -1, np.int64)
    spots = np.flatnonzero(where)
    found[tokens.text[spots]] = spots
    return found


def at(values: NDArray[Any], index: Index) -> NDArray[Any]:
    """Return the value of the token at each index, zero for -1."""
    if not len(values):
        return np.zeros(len(index), values.dtype)
    return np.where(index >= 0, values[index], np.zeros(1, values.dtype))


def run_from_start(where: Truth, tokens: Tokens, count: int) -> Truth:
    """Tell for each token whether `where` holds for it and all before it in its text."""
    end = first(~where, tokens, count)
    end[end < 0] = len(where)
    return np.asarray(np.arange(len(where)) < end[tokens.text])


def run_from_end(where: Truth, tokens: Tokens, count: int) -> Truth:
    """Tell for each token whether `where` holds for it and all after it in its text."""
    return np.asarray(np.arange(len(where)) > last(~where, tokens, count)[tokens.text])


def after(where: Truth, tokens: Tokens) -> Truth:
    """Tell for each token whether `where` holds for one before it in its text."""
    if not len(where):
        return where
    before: NDArray[np.int64] = np.cumsum(where) - where
    return np.asarray(before > before[tokens.starts[tokens.text]])


def before_dot(tokens: Tokens) -> Truth:
    """Tell for each token whether a full stop follows it."""
    result = np.zeros(len(tokens.text), np.bool_)
    dot = (tokens.form[1:] & int(Form.DOT)) != 0
    result[:-1] = dot & (tokens.text[1:] == tokens.text[:-1])
    return result


def of_word(values: list[bool], tokens: Tokens) -> Truth:
    """Return for each token what is said of its distinct word."""
    return np.array(values, np.bool_)[tokens.word]
