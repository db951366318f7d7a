"""Names inside text of scripts without capitals: Chinese, Japanese, Korean, Arabic and others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from singleout.identifiers.evidence import Against, Witness
from singleout.identifiers.lists import Flag, lookup
from singleout.identifiers.tokens import Form, listed

__all__ = ["script_mentions"]

Found = tuple[int, int, Witness, Against]

# What stands right before and after a name in running text.
_AROUND: Final = frozenset(
    "被是在因于於的说說向对對與与和将將已曾为為未有等由把给給从自遭并也均及はがをのにとへもや"
)
_KOREAN: Final = ("은", "는", "이", "가", "을", "를", "의", "씨", "님", "에게", "과", "와")
_NO_NAME: Final = int(
    Flag.PLACE | Flag.WORD | Flag.ORGANISATION | Flag.PREMISES | Flag.JOB | Flag.UNIT | Flag.STREET
    | Flag.MONTH | Flag.WEEKDAY | Flag.RANK | Flag.DEMONYM | Flag.FUNCTION
)  # fmt: skip
_HELD: Final = int(Flag.TITLE | Flag.RANK)
_BEFORE: Final = _HELD | int(Flag.JOB | Flag.PERSON)
_LONGEST: Final = 5


def script_mentions(
    text: str, spots: Sequence[tuple[int, int]], form: Sequence[int]
) -> list[Found]:
    """Return the names in the tokens of these scripts.

    Parameters
    ----------
    text : str
    spots : sequence of (int, int)
        Where its tokens stand.
    form : sequence of int
        `Form` of each.
    """
    caseless = [i for i, one in enumerate(form) if one & int(Form.CASELESS)]
    if not caseless:
        return []
    found: list[Found] = []
    spaced: list[int] = []
    for i in caseless:
        if form[i] & int(Form.HAN):
            found += _han(text, *spots[i])
        elif form[i] & int(Form.HANGUL):
            found += _hangul(text, *spots[i])
        else:
            spaced.append(i)
    return found + _spaced(text, spots, spaced)


def _han(text: str, start: int, end: int) -> list[Found]:
    """Names in one unbroken piece: a family name, one or two signs, and what ends a name."""
    spans = [(a, b) for a in range(start, end) for b in range(a + 1, min(a + 4, end) + 1)]
    flags = dict(zip(spans, lookup([text[a:b] for a, b in spans]).tolist(), strict=True))
    found: list[Found] = []
    i = start
    while i < end:
        stop = _han_at(text, i, start, end, flags)
        if stop:
            found.append((i, stop, Witness.SCRIPT, Against(0)))
        i = stop or i + 1
    return found


def _han_at(text: str, i: int, start: int, end: int, flags: dict[tuple[int, int], int]) -> int:
    """Return where a name that starts here ends, 0 where none does."""
    before = flags.get((i - 3, i), 0) | flags.get((i - 2, i), 0) | flags.get((i - 1, i), 0)
    opened = i == start or text[i - 1] in _AROUND or bool(before & _BEFORE)
    for family in (2, 1):
        after = i + family
        if not flags.get((i, after), 0) & int(Flag.SURNAME):
            continue
        for title in (2, 1):
            if flags.get((after, after + title), 0) & _HELD:
                return after + title
        for more in (2, 1):
            stop = after + more
            if not opened or stop > end or not (stop == end or text[stop] in _AROUND):
                continue
            rest = flags[after, stop]
            if rest & int(Flag.GIVEN):
                return stop
            # A name in no list: only in a sentence, not a short label such as a heading.
            plain = not rest & _NO_NAME and not flags.get((i, stop), 0) & _NO_NAME
            if plain and more == 2 and end - start > 3:
                return stop
    return 0


def _hangul(text: str, start: int, end: int) -> list[Found]:
    word = text[start:end]
    for tail in ("", *_KOREAN):
        name = word.removesuffix(tail)
        if len(name) != 3 or len(name) + len(tail) != len(word):
            continue
        family, rest = (int(flags) for flags in lookup([name[0], name[1:]]))
        if family & int(Flag.SURNAME) and (rest & int(Flag.GIVEN) or tail in ("씨", "님")):
            return [(start, start + 3, Witness.SCRIPT, Against(0))]
    return []


def _spaced(text: str, spots: Sequence[tuple[int, int]], at: Sequence[int]) -> list[Found]:
    """Names of scripts with spaces: a known given name, and a name or a particle with one next."""
    words = [text[spots[i][0] : spots[i][1]] for i in at]
    flags = listed(words).tolist()
    found: list[Found] = []
    k = 0
    while k < len(at):
        titled = bool(flags[k] & _HELD) and not flags[k] & int(Flag.GIVEN)
        first = k + 1 if titled else k
        last, given = first, False
        while last < len(at) and at[last] - at[k] == last - k and last - first < _LONGEST:
            mine = flags[last]
            name = mine & int(Flag.GIVEN | Flag.SURNAME | Flag.PARTICLE)
            joined = last > first and flags[last - 1] & int(Flag.PARTICLE)
            article = last > first and words[last].startswith("ال") and not mine & _NO_NAME
            unlisted = mine == 0 and (joined or (titled and given))
            if not (name or article or unlisted):
                break
            given = given or bool(mine & int(Flag.GIVEN) and not mine & int(Flag.FUNCTION))
            last += 1
            if unlisted and not article:
                break
        if given and last - first >= (1 if titled else 2):
            witness = (Witness.TITLE if titled else Witness.GIVEN) | Witness.SCRIPT
            found.append((spots[at[k]][0], spots[at[last - 1]][1], witness, Against(0)))
            k = last
        else:
            k += 1
    return found
