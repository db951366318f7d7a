"""Which cells of a grid hold more than a value: they are judged as texts with all others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from singleout.inspection.passages import Passage

if TYPE_CHECKING:
    from singleout.draft.collector import Collector
    from singleout.draft.model import Place

Bools = npt.NDArray[np.bool_]

# Nothing but a number that is no mobile's: a column of them is judged as a column
_LONE_LINE: Final = r"^\s*(?:\(?0(?:[1239]\d|8[0-24-9])|\+44 ?\(?0?\)? ?[12389])[\d ()./-]*\s*$"
# A number as a table has it, and what an identifier cannot be without
_NUMBER: Final = r"^[-+£$€]?[\d.,%]*$"
_SIGN: Final = r"[\p{Nd}@]"
# Two words of which the first may be a title
_TWO: Final = r"^\W*\p{Lu}[\p{L}.]* +[\p{L}\d]"
# A word in small letters beside another, or several of a script without them: maybe a sentence
_PROSE: Final = (
    r"[\s(\"'\x{2018}-]\p{Ll}{2,}|^\p{Ll}{2,}[\s,.:;)-]+\p{L}"
    r"|\p{Han}{6,}|(?:\p{Arabic}+\s+){2}\p{Arabic}"
)
_LISTS: Final = r"(?s)\p{Lu}.*[,;\n/&].*\p{Lu}.*(?:[,;\n/&]| and ).*\p{Lu}"
_ASKED: Final = r"[?\x{ff1f}]\s*(?:\n|$)"
_WEB: Final = r"(?i)https?://|www\."
# Cells with a web page that are looked at for the body's own domain
_MOST_PAGES: Final = 500


def judge_cells(
    texts: pa.Array,
    place: Place,
    collector: Collector,
    *,
    labels: Bools | None = None,
    beside: pa.Array | None = None,
    seen: bool = True,
    what: str = "",
) -> None:
    """Hand over the cells of a grid that `texts.judge_texts` has to judge.

    Parameters
    ----------
    texts : pyarrow.Array of string, length n
        The distinct texts of the cells, in any order; no nulls.
    place : Place
        The grid's.
    collector : Collector
        Where they are kept until all texts are known.
    labels : bool array, shape (n,), optional
        Cells of a column (or row) of labels or of names, which are judged as a table: they are
        searched for identifiers alone.
    beside : pyarrow.Array of string, length n, optional
        What stands to the left of each cell and above it, a line each; may hold nulls. It tells
        ``Contact:`` and ``Who was it?`` from other labels.
    seen : bool
        Whether a reader sees the cells.
    what : str
        What keeps them out of sight.

    Notes
    -----
    A cell is handed over for an identifier's form, for an address with words that somebody lives
    there or with a name, and for a name in a sentence, with a title or a rank, or among others. A
    name alone, a place and a date alone are not. The order of the cells does not matter.
    """
    kept = np.flatnonzero(~_found(texts, _NUMBER))
    if not len(kept):
        return
    if len(kept) < len(texts):
        texts = texts.take(pa.array(kept))
        labels = None if labels is None else labels[kept]
        beside = None if beside is None else beside.take(pa.array(kept))
    name = _named(texts, beside)
    chosen = np.zeros(len(texts), np.bool_)
    if _found(texts, _SIGN).any():
        from singleout.inspection import candidates

        chosen = candidates.may_identify(texts) & ~_found(texts, _LONE_LINE)
        if not seen:
            chosen |= _found(texts, candidates.POSTCODE)
        lives = _found(texts, candidates.LIVES)
        chosen |= candidates.may_address(texts) & (lives | name)
    said = name & (np.ones(len(texts), np.bool_) if labels is None else ~labels)
    pages = np.flatnonzero(_found(texts, _WEB) & ~chosen & ~said)
    at = np.flatnonzero(chosen | said)
    at = np.concatenate([at, pages[:_MOST_PAGES]]) if len(pages) <= _MOST_PAGES else at
    order = pc.sort_indices(texts.take(pa.array(at))).to_numpy()
    found = at[order]
    there = collector.place(place)
    near = [None] * len(found) if beside is None else beside.take(pa.array(found)).to_pylist()
    seen = seen and not collector.unseen
    collector.results.passages += [
        Passage(text, there, "cell", seen, what, left or "", names)
        for text, left, names in zip(
            texts.take(pa.array(found)).to_pylist(), near, said[found].tolist(), strict=True
        )
    ]


def _found(texts: pa.Array, pattern: str) -> Bools:
    found: Bools = pc.match_substring_regex(texts, pattern).to_numpy(zero_copy_only=False)
    return found


def _named(texts: pa.Array, beside: pa.Array | None) -> Bools:
    """Cells that may name somebody and are more than a name: a sentence, a title, several."""
    more = _found(texts, _PROSE) | _found(texts, _LISTS)
    if beside is not None:
        more |= _found(beside.fill_null(""), _ASKED)
    found = np.zeros(len(texts), np.bool_)
    at = np.flatnonzero(more | _found(texts, _TWO))
    if len(at):
        from singleout.inspection import candidates

        at = at[more[at] | candidates.titled(texts.take(pa.array(at)))]
        found[at] = candidates.may_name(texts.take(pa.array(at)))
    return found
