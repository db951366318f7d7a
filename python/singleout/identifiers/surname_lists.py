"""Lists of people by their surnames alone: "Dismissed were Haldane, Trevanion and Novak"."""

from __future__ import annotations

import re
from typing import Final

from singleout.identifiers.headings import read_heading
from singleout.identifiers.lists import Flag, lookup
from singleout.identifiers.sayings import says_outcome
from singleout.identifiers.thing_words import CALLED

# A text that may hold such a list; RE2, which is linear in time
ENUMERATED: Final = (
    r"\p{Lu}[\p{L}'\x{2019}-]+(?:, ?| and | & | / |/)\p{Lu}[\p{L}'\x{2019}-]+"
    r"(?:, ?|,? and | & | / |/)(?:and )?\p{Lu}\p{L}"
)
_NAME: Final = r"[A-ZÀ-Ž][\w'\u2019-]{2,24}"
_LINK: Final = r"(?:,? and |,? & | ?/ ?|, ?)"
_LIST: Final = re.compile(rf"(?<![\w.'-]){_NAME}(?:{_LINK}{_NAME}){{2,40}}(?![\w-])")
_PARTS: Final = re.compile(_LINK)
_WORD: Final = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_SENTENCE: Final = re.compile(r"[.!?](?=\s)|\n")
_NO_NAME: Final = int(
    Flag.PLACE | Flag.WORD | Flag.STREET | Flag.ORGANISATION | Flag.PREMISES | Flag.AREA | Flag.UNIT
    | Flag.MONTH | Flag.WEEKDAY | Flag.DEMONYM | Flag.SUBJECT | Flag.FUNCTION | Flag.RANK | Flag.JOB
)  # fmt: skip
_NAME_FLAG: Final = int(Flag.SURNAME)
_PEOPLE: Final = int(Flag.PERSON | Flag.RANK | Flag.JOB)
_THINGS: Final = int(
    Flag.THING | Flag.ORGANISATION | Flag.PREMISES | Flag.STREET | Flag.UNIT | Flag.SUBJECT
)
# "May" is a plant too, and "left" a thing
_OTHER_USE: Final = _PEOPLE | int(Flag.VERB | Flag.FUNCTION | Flag.MONTH)
# What is right before a list of places, not of people
_WHERE: Final = frozenset(["at", "in", "near", "from", "to", "between", "via", "around", "across"])
_MET: Final = frozenset(
    [
        "present",
        "absent",
        "apologies",
        "attended",
        "attendees",
        "attending",
        "sick",
        "late",
        "shift",
    ]
)
# Names of those that must be in a list of surnames, and the share of others
_LISTED, _SHARE = 2, 0.5


def listed_surnames(line: str) -> int:
    """Count the people whom a line lists by surname and of whom it says something.

    Parameters
    ----------
    line : str
        A paragraph.

    Returns
    -------
    int
        0 where no list of at least three has something said of it.

    Examples
    --------
    >>> listed_surnames("The officers dismissed were Haldane, Novak and Purcell.")
    3
    >>> listed_surnames("The suppliers are Capita, Serco and Sopra.")
    0
    """
    found = 0
    start = 0
    for end in [*(match.end() for match in _SENTENCE.finditer(line)), len(line)]:
        sentence = line[start:end]
        start = end
        for match in _LIST.finditer(sentence):
            names = _PARTS.split(match[0])
            around = f"{sentence[: match.start()]} , {sentence[match.end() :]}"
            if _are_surnames(names) and _of_people(around, sentence[: match.start()]):
                found += len(names)
    return found


def _are_surnames(names: list[str]) -> bool:
    flags = lookup([name.removesuffix("'s").removesuffix("\u2019s") for name in names]).tolist()
    sure = int(Flag.NAMELY)
    listed = sum(mine & sure > 0 or mine & (_NO_NAME | _NAME_FLAG) == _NAME_FLAG for mine in flags)
    other = sum(mine & _NO_NAME > 0 and not mine & sure for mine in flags)
    return bool(listed >= _LISTED and other <= _SHARE * len(names) - 1)


def _of_people(around: str, before: str) -> bool:
    words = _WORD.findall(around.lower())
    lead = _WORD.findall(before.lower())
    if lead and lead[-1] in _WHERE:
        return False
    if not _MET.isdisjoint(words):
        return True
    if read_heading(before).subject == "things":
        return False
    singles = [word.removesuffix("s") if len(word) > 3 else word for word in words]
    flags = [a | b for a, b in zip(lookup(words).tolist(), lookup(singles).tolist(), strict=True)]
    if any(
        (mine & _THINGS and not mine & _OTHER_USE) or single in CALLED
        for mine, single in zip(flags, singles, strict=True)
    ):
        return False
    people = any(mine & _PEOPLE for mine in flags)
    said = says_outcome(around) or any(word.endswith("ed") and len(word) > 4 for word in words)
    return (people and said) or says_outcome(around)
