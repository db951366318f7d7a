"""Lists of allowed values: answers and ordinary words are by-products of a form, names are not."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from singleout.identifiers.lists import Flag, lookup
from singleout.inspection.byproducts.properties import says_nothing

# Answers that forms offer: English, Welsh, Irish, Scottish Gaelic, French, German, Spanish, Polish,
# Italian, Dutch, Portuguese, Arabic, Chinese
_ANSWERS = """
yes no y n true false on off na n/a unknown not known none nil other others all any blank
not applicable not stated not recorded not yet known don't know prefer not to say please select
select choose an item choose one select one
high medium low very high very low red amber green pass fail open closed male female m f
ie nage oes nac oes ydw nac ydw gwir anwir arall anhysbys dim dim un
tá níl fíor bréagach eile anaithnid chan eil seadh
oui non vrai faux autre inconnu aucun ja nein wahr falsch andere unbekannt keine
sí si no verdadero falso otro desconocido ninguno tak nie prawda fałsz inne nieznane brak
vero falso altro sconosciuto nessuno nee waar onwaar overig onbekend geen
sim não verdadeiro outro desconhecido nenhum نعم لا أخرى غير معروف 是 否 其他 未知 无 無
"""
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_NAMES = Flag.GIVEN | Flag.SURNAME
_ORDINARY = Flag.WORD_COMMON | Flag.FUNCTION | Flag.RANK | Flag.JOB | Flag.UNIT | Flag.DEMONYM
_LONGEST = 60
# April, May and June may be people; with July and August they are months
_FEW_DAYS = 5


def _phrases() -> frozenset[str]:
    words = _ANSWERS.split()
    runs = {" ".join(words[i : i + n]) for n in (1, 2, 3, 4) for i in range(len(words))}
    return frozenset(runs)


_KNOWN = _phrases()


def names_nobody(values: Sequence[str]) -> bool:
    """Tell whether allowed values are answers, numbers, dates or ordinary words, and no names.

    A list of ordinary words may be one of surnames (Green, Young, Cook): at least half of its
    values must hold a word that is never a name, and none may be made of names only.

    Parameters
    ----------
    values : sequence of str
        The values of one list.

    Examples
    --------
    >>> names_nobody(["Yes", "No"]), names_nobody(["Open", "Closed", "Awaiting reply"])
    (True, True)
    >>> names_nobody(["Green", "Young", "Cook"]), names_nobody(["Rhys Trevanion", "None"])
    (False, False)
    """
    left = [
        text
        for value in values
        if not says_nothing(text := value.strip()) and text.casefold().rstrip(".") not in _KNOWN
    ]
    if not left:
        return True
    if any(len(text) > _LONGEST for text in left):
        return False
    if len(left) >= _FEW_DAYS and np.all(lookup(left) & int(Flag.MONTH | Flag.WEEKDAY)):
        return True
    sure = 0
    for text in left:
        words = [word for word in _WORD.findall(text) if len(word) > 1]
        flags = lookup(words)
        never = (flags & int(_ORDINARY) != 0) & (flags & int(_NAMES) == 0)
        ordinary = (flags & int(_ORDINARY) != 0) & (flags & int(Flag.NAMELY) == 0)
        if not np.all(ordinary) or (len(words) > 1 and not np.any(never)):
            return False
        sure += bool(np.any(never)) or not words
    return 2 * sure >= len(left)
