"""Counts as people write them: with thousands, footnotes, shares beside them, or in words."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from singleout.identifiers.kept_back_marks import read_mark
from singleout.identifiers.measures_in_words import CJK_MEASURES, MEASURES
from singleout.identifiers.number_words import FIRST_WORDS, number_in_words
from singleout.identifiers.word_sets import one_of
from singleout.tabular.arrow import codes_of

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
# What a dot is between digits: of thousands, or in front of a fraction.
Dot = Literal["thousands", "fraction"]

_LONGEST = 80  # characters; what is longer is a sentence
_FEW = 200  # texts that are looked at one by one sooner than sifted
_MOST_OTHERS = 100  # texts of a column among which a mark for a count is looked for
_SPACES = " \u00a0\u2007\u2009\u202f"
# A number alone, as programs write it: no zero in front of another digit, as codes have.
_PLAIN = r"[+-]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?"
_BY_PROGRAM = re.compile(_PLAIN)
# What a German writes for a thousand and more, and a program for a number and a fraction
_NONE = one_of(
    "none|nil|nought|nobody|no one|dim|neb|aon|aucun|aucune|keine|keiner|ninguno|ninguna|żaden"
)
# "1.1% (2)": the count stands behind its share
_SHARE_FIRST = re.compile(r"\d{1,3}(?:[.,]\d{1,3})? ?% ?\((\d[\d,]{0,10})\)")
_ONE_DOT = r"-?[1-9][0-9]{0,2}\.[0-9]{3}"
_DOTTED = re.compile(_ONE_DOT)
_GROUPED = re.compile(rf"-?[1-9][0-9]{{0,2}}(?:([,.'’{_SPACES}])[0-9]{{3}})(?:\1[0-9]{{3}})*")
_INDIAN = re.compile(r"-?[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}")
_WITH_FRACTION = re.compile(
    rf"-?(?:0|[1-9][0-9]{{0,2}}(?:([.'’{_SPACES}])[0-9]{{3}})(?:\1[0-9]{{3}})*|[1-9][0-9]*)"
    r",[0-9]{1,2}"
)
_GROUPED_FRACTION = re.compile(
    rf"-?[1-9][0-9]{{0,2}}(?:([,'’{_SPACES}])[0-9]{{3}})(?:\1[0-9]{{3}})*\.[0-9]+"
)
# What may stand behind a count: a share or a note in brackets, marks of footnotes, letters that
# statisticians put beside provisional and revised figures.
_BRACKETS = re.compile(r"\s*(?:\([^()\[\]]{1,40}\)|\[[^()\[\]]{1,40}\])$")
_MARKS = re.compile(r"\s*[*\u2020\u2021\u00a7\u00b6#~^\u00b0]{1,4}$")
_LETTER = re.compile(r"(?<=\d)\s?[prPR]$")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_CJK = re.compile("(-?[0-9]+)\\s*([\u4e00-\u9fff]{1,3})")
_CJK_WORD = re.compile("([零〇一二两三四五六七八九十]{1,2})\\s*([\u4e00-\u9fff]{1,2})")


def read_count(text: str, dot: Dot = "thousands") -> float | None:
    """Return the number that a cell of a table of counts shows, or None.

    Footnotes, a share in brackets and the word for what is counted may stand beside it; marks of a
    footnote (``2*``) belong to a count, a mark alone does not. Money, shares, measures, ranges,
    dates, times, telephone numbers and codes with a zero in front are no counts.

    Parameters
    ----------
    text : str
        What the cell shows.
    dot : {"thousands", "fraction"}
        What ``1.204`` is, which alone could be either.

    Returns
    -------
    float or None

    Examples
    --------
    >>> [read_count(text) for text in ("1,204", "3 (1.7%)", "2*", "three", "2 officers")]
    [1204.0, 3.0, 2.0, 3.0, 2.0]
    >>> [read_count(text) for text in ("*", "10-14", "1/2", "12:30", "45%", "£3", "007")]
    [None, None, None, None, None, None, None]
    """
    if len(text) > _LONGEST:
        return None
    if dot == "fraction" and _BY_PROGRAM.fullmatch(text):
        return _finite(text)
    share = _SHARE_FIRST.fullmatch(text.strip())
    if share is not None:
        return _number(share[1], dot)
    shortened = _without_notes(_plain(text))
    for shorter in shortened:
        found = _number(shorter, dot)
        if found is not None:
            return found
    return _with_word(shortened[-1], dot)


def read_counts(texts: pa.Array | pa.ChunkedArray | Sequence[str | None]) -> Floats:
    """Return the number that each cell of a column shows, NaN where it shows none.

    What a dot between digits means is told from the whole column: ``1.204`` beside ``87`` or a
    mark for a count kept back is German for more than a thousand, beside ``0.5`` it is a fraction.

    Parameters
    ----------
    texts : pyarrow.Array or ChunkedArray of string, or sequence of str
        The column's cells; null where one is empty.

    Returns
    -------
    float64 array, shape (n_cells,)

    Examples
    --------
    >>> read_counts(pa.array(["1.204", "87", "*", None, "3 (1.7%)"])).tolist()
    [1204.0, 87.0, nan, nan, 3.0]
    >>> read_counts(pa.array(["1.204", "0.5"])).tolist()
    [1.204, 0.5]
    """
    if isinstance(texts, pa.ChunkedArray):
        texts = texts.combine_chunks()
    if len(texts) <= _FEW:
        return _few_counts(texts.to_pylist() if isinstance(texts, pa.Array) else texts)
    if not isinstance(texts, pa.Array):
        texts = pa.array(texts, pa.string())
    coded = texts.dictionary_encode()
    distinct = coded.dictionary.cast(pa.string())
    values = _distinct_counts(distinct)
    known = np.append(values, np.nan)
    return np.asarray(known[codes_of(coded)])


def _few_counts(texts: Sequence[str | None]) -> Floats:
    """The same as for many, text by text: Arrow's steps cost more than so few texts."""
    distinct = list(dict.fromkeys(text for text in texts if text is not None))
    plain = [_BY_PROGRAM.fullmatch(text) is not None for text in distinct]
    values = [_finite(t) if one else None for t, one in zip(distinct, plain, strict=True)]
    dot: Dot = "fraction"
    if any("." in text for text in distinct):
        dot = _dot(
            lambda form: np.array([re.fullmatch(form, text) is not None for text in distinct]),
            pa.array(distinct, pa.string()),
            np.array(plain),
            np.array(values, np.float64),
        )
    for i, text in enumerate(distinct):
        if not plain[i]:
            values[i] = read_count(text, dot)
        elif dot == "thousands" and _DOTTED.fullmatch(text):
            values[i] = round(float(text) * 1000)
    missing = [text for text, v in zip(distinct, values, strict=True) if v is None]
    bare = all(text.casefold() in _NONE for text in missing)
    if missing and bare and any(number_in_words(text) is not None for text in distinct):
        # "None" beside "three" is nought; beside figures it says as often that nothing is known
        values = [
            0.0 if text.casefold() in _NONE else v for text, v in zip(distinct, values, strict=True)
        ]
    known = dict(zip(distinct, values, strict=True))
    return np.array([None if text is None else known[text] for text in texts], np.float64)


def _distinct_counts(distinct: pa.Array) -> Floats:
    plain = pc.match_substring_regex(distinct, rf"\A(?:{_PLAIN})\z")
    values = pc.cast(pc.if_else(plain, distinct, pa.scalar(None, pa.string())), pa.float64())
    result = np.array(pc.fill_null(values, np.nan).to_numpy(zero_copy_only=False), np.float64)
    result[~np.isfinite(result)] = np.nan
    is_plain = plain.to_numpy(zero_copy_only=False)
    if is_plain.all() and not pc.any(pc.match_substring(distinct, ".")).as_py():
        return result
    dot = _dot(lambda form: _matching(distinct, form), distinct, is_plain, result)
    at = np.flatnonzero(~is_plain)
    if len(at) > _FEW:
        at = at[_may_be_count(distinct.take(pa.array(at)))]
    for i, text in zip(at.tolist(), distinct.take(pa.array(at)).to_pylist(), strict=True):
        found = read_count(text, dot)
        if found is not None:
            result[i] = found
    if dot == "thousands":
        grouped = _matching(distinct, _ONE_DOT)
        result[grouped] = np.round(result[grouped] * 1000)
    return result


def _may_be_count(distinct: pa.Array) -> Bools:
    """Texts that begin as a count does: all others need not be looked at one by one."""
    short = pc.less_equal(pc.binary_length(distinct), 4 * _LONGEST)
    digit = pc.match_substring_regex(distinct, r"\A[\s\p{Z}\p{Cf}]*[-+\x{2212}\x{ff0d}]?\p{Nd}")
    other = pc.match_substring_regex(distinct, r"\A[0-9]{1,4}(?:[:/]|-[0-9])")
    first = pc.replace_substring_regex(pc.utf8_trim_whitespace(distinct), r"[\s-].*", "")
    word = pc.is_in(pc.utf8_lower(first), pa.array(sorted(FIRST_WORDS)))
    cjk = pc.match_substring_regex(distinct, "\\A\\s*[零〇一二两三四五六七八九十]")
    worded = pc.or_(word, cjk)
    found = pc.and_(short, pc.or_(pc.and_(digit, pc.invert(other)), worded))
    return np.asarray(found.to_numpy(zero_copy_only=False), np.bool_)


def _dot(
    matching: Callable[[str], Bools], distinct: pa.Array, is_plain: Bools, values: Floats
) -> Dot:
    """What a dot means in a column: of thousands only where something in the column says so."""
    grouped = matching(rf"{_ONE_DOT}(?:\.[0-9]{{3}})*")
    if not grouped.any():
        return "fraction"
    if matching(rf"{_ONE_DOT}(?:\.[0-9]{{3}})+").any():
        return "thousands"
    dotted = matching(r"(?s).*\..*")
    numbers = ~np.isnan(values)
    rest = values[numbers & ~dotted]
    if (numbers & dotted & ~grouped).any() or (np.abs(rest) >= 1000).any():
        return "fraction"
    others = distinct.filter(pa.array(~is_plain & ~grouped)).slice(0, _MOST_OTHERS).to_pylist()
    return "thousands" if len(rest) or any(map(read_mark, others)) else "fraction"


def _matching(texts: pa.Array, form: str) -> Bools:
    """Which texts are as a whole of a form."""
    found = pc.match_substring_regex(texts, rf"\A(?:{form})\z").to_numpy(zero_copy_only=False)
    return np.asarray(found, np.bool_)


def _plain(text: str) -> str:
    """The text with ASCII digits, without footnotes in superscript, in one line."""
    if text.isascii():
        return text.strip()
    kept = []
    for character in text:
        if unicodedata.decomposition(character).startswith("<super>"):
            continue
        if character.isdecimal():
            character = str(unicodedata.decimal(character))
        elif character in "\u2212\uff0d":
            character = "-"
        elif character in "\u066c\uff0c":
            character = ","
        elif "\uff08" <= character <= "\uff09":
            character = chr(ord(character) - 0xFEE0)
        kept.append(character)
    return "".join(kept).strip(f"{_SPACES}\t\r\n\u200b\ufeff\u200e\u200f")


def _without_notes(text: str) -> list[str]:
    """The text, and what is left of it as notes are taken off from behind."""
    found = [text]
    for _ in range(3):
        for form in (_BRACKETS, _MARKS, _LETTER):
            shorter = form.sub("", found[-1])
            if shorter != found[-1] and shorter:
                found.append(shorter)
    return found


def _number(text: str, dot: Dot) -> float | None:
    """The number that a text is as a whole."""
    if dot == "thousands" and "." in text and _GROUPED.fullmatch(text):
        return _finite(text.replace(".", "")) if "," not in text else None
    if _BY_PROGRAM.fullmatch(text):
        return _finite(text)
    if _GROUPED.fullmatch(text) or _INDIAN.fullmatch(text):
        return _finite(re.sub(r"[^0-9-]", "", text)) if "." not in text else None
    if _WITH_FRACTION.fullmatch(text):
        whole, part = text.rsplit(",", 1)
        return _finite(f"{re.sub(r'[^0-9-]', '', whole)}.{part}")
    if _GROUPED_FRACTION.fullmatch(text):
        return _finite(re.sub(r"[^0-9.-]", "", text))
    found = number_in_words(text)
    return None if found is None else float(found)


def _with_word(text: str, dot: Dot) -> float | None:
    """The number in front of one to three words for what is counted."""
    for form in (_CJK, _CJK_WORD):
        match = form.fullmatch(text)
        if match:
            return None if match[2][0] in CJK_MEASURES else _number(match[1], dot)
    number, *words = text.split() or [""]
    if not 1 <= len(words) <= 3:
        return None
    if any(not _WORD.fullmatch(w) or w.casefold() in MEASURES for w in words):
        return None
    # Two capitalised words behind a number are a street, not what is counted
    if len(words) > 1 and any(word[0].isupper() for word in words):
        return None
    value = _number(number, dot)
    if value is None or not value.is_integer() or value < 0:
        return None
    return value


def _finite(text: str) -> float | None:
    value = float(text)
    return value if math.isfinite(value) else None
