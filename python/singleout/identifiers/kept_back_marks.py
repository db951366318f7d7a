"""Marks that stand in a cell for a count that is not shown, and what each says of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from singleout.identifiers.number_words import FIRST_WORDS
from singleout.identifiers.stated_bounds import (
    FIRST_OF_BOUNDS,
    MAY_STATE_BOUNDS,
    Bounds,
    bounds_within,
    stated_bounds,
)
from singleout.identifiers.word_sets import one_of

# Signs by which statistical offices show that a count is kept back: asterisks, the c and x of the
# Government Statistical Service and of Statistics Canada, the s of Stats NZ and Scotland, the D of
# the US Census Bureau, the np of the Australian Bureau of Statistics.
_SIGNS = one_of("*|**|***|#|##|~|c|x|s|d|np|n.p.|ds|sup|supp|conf|(c)|(x)|(s)|(d)|(*)")
_KEPT_BACK = _SIGNS | one_of(
    "suppressed|redacted|withheld|confidential|exempt|not disclosed|not shown|not published|"
    "undisclosed|wedi'i atal|wedi’i atal|cyfrinachol|faoi rún|rúnda|dìomhair|fo chleith|"
    "supprimé|supprimée|confidentiel|confidentielle|secret statistique|masqué|geheim|"
    "geheimgehalten|gesperrt|unterdrückt|vertraulich|suprimido|suprimida|confidencial|reservado|"
    "utajnione|utajniono|poufne|ukryto|محجوب|سري|محذوف|保密|不公开|隐去|不公布|已隐藏"
)
# Signs that stand for nothing counted, nothing known or nothing shown, as each body has it.
_OPEN = one_of(
    ".|..|...|\u2026|:|-|--|---|\u2013|\u2014|\u2015|\u2212|/|\u00b7|?|n/a|na|n.a.|n/k|nk|n.k.|n.d.|"
    "nd|n/d|z|(z)|(w)|(u)|k.a.|b.d.|s.o.|n.c.|not available|not applicable|not known|unknown"
)
_BRACKETED = re.compile(r"\[[a-z]{1,3}\d?\]")
# In square brackets: [z] not applicable, [x] not available, [w] none, [u] unreliable ... (GSS)
_OPEN_BRACKETED = one_of("[z]|[x]|[w]|[u]|[n]|[na]|[nil]")
_BLANK = one_of(
    "blank|empty|gwag|folamh|falamh|vide|leer|leere|vacía|vacío|puste|pusta|فارغة|فارغ|空白"
)
# A note or the sign of a footnote behind what is stated
_NOTE = re.compile(r"\s?(?:\([^()]{1,30}\)|\[[^\[\]]{1,30}\]|[*\u2020\u2021#~^]{1,3})$")
_NAMED_ASTERISK = re.compile(
    r"asterisk|asterisks|\bstars?\b|seren|réalt|rionnag|astérisque|sternchen|asterisco|gwiazdk[aiąę]|"
    r"نجمة|星号"
)
# A legend with an "or" says more than one thing of the cells with the mark.
_OR = re.compile(
    r"\b(?:or|also|secondary|neu|hefyd|nó|no|ou|aussi|oder|auch|o|u|también|lub|albo|także)\b|"
    r"أو|أيضا|或|也"
)
_OPENING, _CLOSING = set("'\"\u2018\u201c(["), set("'\"\u2019\u201d)]")
_SENTENCE = re.compile(r"[\n;\u3002\uff1b]|(?<=[.!?])\s")


MOST_CHARACTERS = 60  # of a mark; what is longer is a sentence


class Mark(NamedTuple):
    """What stands in a cell for a count that is not shown.

    `key` tells marks apart; `bounds` is what it says by itself; `kept_back` is whether it surely
    stands for a count (a dash may stand for none, or for none that anybody knows).
    """

    key: str
    bounds: Bounds
    kept_back: bool


def read_mark(text: str) -> Mark | None:
    """Return the mark that a cell holds, or None where it is no mark.

    Examples
    --------
    >>> read_mark("<5")
    Mark(key='<5', bounds=Bounds(low=None, high=4), kept_back=True)
    >>> read_mark("..").kept_back, read_mark("[c]").kept_back, read_mark("12")
    (False, True, None)
    """
    if len(text) > MOST_CHARACTERS:
        return None
    key = unicodedata.normalize("NFKC", text.strip()).casefold()
    if key in _OPEN or key in _OPEN_BRACKETED or not key.strip("-\u2013\u2014. "):
        return Mark(key, Bounds(), False) if key else None
    if key in _KEPT_BACK or _BRACKETED.fullmatch(key) or not key.strip("*"):
        return Mark(key, Bounds(), True)
    bare = key[1:-1] if key[0] in "([" and key[-1] in ")]" else _NOTE.sub("", key)
    bounds = stated_bounds(bare)
    return None if bounds is None else Mark(key, bounds, True)


def may_be_marks(texts: pa.Array) -> npt.NDArray[np.bool_]:
    """Tell which texts `read_mark` has to look at; it knows all others to be no marks.

    Examples
    --------
    >>> may_be_marks(pa.array(["12", "*", "Sergeant", "<5"])).tolist()
    [False, True, False, True]
    """
    bare = pc.utf8_trim_whitespace(texts)
    first = pc.replace_substring_regex(bare, r"[\s-].*", "")
    found = pc.and_(
        pc.less_equal(pc.utf8_length(texts), MOST_CHARACTERS),
        pc.or_(
            pc.or_(
                pc.is_in(pc.utf8_lower(bare), pa.array(sorted(_KEPT_BACK | _OPEN))),
                pc.match_substring_regex(bare, r"(?i)\A(?:[^0-9\pL]+|\[[a-z]{1,3}[0-9]?\])\z"),
            ),
            pc.or_(
                pc.match_substring_regex(bare, MAY_STATE_BOUNDS),
                pc.is_in(pc.utf8_lower(first), pa.array(sorted(FIRST_WORDS | FIRST_OF_BOUNDS))),
            ),
        ),
    )
    return np.asarray(found.to_numpy(zero_copy_only=False), np.bool_)


def legend_bounds(notes: Sequence[str], keys: Iterable[str]) -> dict[str, Bounds]:
    """Return what the notes of a file say of the cells with each mark.

    A sentence says something of every such cell if it names the mark, states bounds, and gives no
    other ground on which a cell may bear the mark.

    Parameters
    ----------
    notes : sequence of str
        Notes, titles and other texts of the file.
    keys : iterable of str
        Marks as `Mark.key` has them; an empty text is a blank cell.

    Returns
    -------
    dict of str to Bounds

    Examples
    --------
    >>> legend_bounds(["* = fewer than 5; figures are provisional"], ["*"])
    {'*': Bounds(low=None, high=4)}
    >>> legend_bounds(["* = fewer than 5, or kept back to protect another cell"], ["*"])
    {}
    """
    found: dict[str, Bounds] = {}
    wanted = sorted(set(keys))
    for note in notes if wanted else ():
        for sentence in _SENTENCE.split(note.casefold()):
            said = bounds_within(sentence)
            if len(said) != 1:
                continue
            start, end, bounds = said[0]
            rest = f"{sentence[:start]} {sentence[end:]}"
            if _OR.search(rest):
                continue
            for key in wanted:
                if key not in found and _names(rest, key):
                    found[key] = bounds
    return found


def _names(sentence: str, key: str) -> bool:
    """Whether a sentence speaks of a mark: as a word of its own, in quotes, by its name."""
    if not key:
        return not _BLANK.isdisjoint(re.findall(r"[^\W\d_]+", sentence)) or "空白" in sentence
    if set(key) == {"*"} and _NAMED_ASTERISK.search(sentence):
        return True
    start = sentence.find(key)
    while start >= 0:
        before, after = sentence[:start][-1:], sentence[start + len(key) :][:1]
        if key[0].isalnum():
            # A letter is a mark only where it is set off, or what the sentence begins with
            begins = not sentence[:start].strip() and after in set(" =:-\u2013")
            if begins or (before in _OPENING and after in _CLOSING):
                return True
        elif before != key[-1] and after != key[0]:
            return True
        start = sentence.find(key, start + 1)
    return False
