"""Small counts of people below a heading, on a form and in an answer: "Officers dismissed: 2"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from singleout.identifiers.headings import read_heading
from singleout.identifiers.meanings import Meaning
from singleout.identifiers.number_words import NUMBER_WORDS, number_in_words
from singleout.identifiers.sayings import says_outcome

_BULLET: Final = re.compile(
    r"\s*(?:[-*\u2022\u2013\u2014\u00b7\u25aa\u25e6\u2023]\s{1,4}|\(?(?:\d{1,2}|[a-z]{1,3})[.)]\s{1,4})"
)
# A text that may hold a small number; RE2, which is linear in time
SMALL_NUMBER: Final = (
    r"(?i)(?:^|[^\pL\d])(?:0?[1-4]|"
    + "|".join(sorted(word for word, number in NUMBER_WORDS.items() if 1 <= number <= 4))
    + r")(?:[^\pL\d]|$)"
)
# What stands between a label and its number
_BETWEEN: Final = re.compile(
    r"\s{0,4}(?::|\uff1a|=|(?<!\.)\.{2,200}|\u2026|[-\u2013\u2014]|\t)\s{0,4}\Z"
)
_TAIL: Final = re.compile(r"\s{0,4}\([^()]{0,40}\)\s{0,4}\Z|(?<![\s.,;])[\s.,;]+\Z")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_TOKEN: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,:/-]\d+)*%?|[^\w\s]")
_ASKS: Final = re.compile(
    r"(?i)(?<!\w)(?:how many|number of|sawl|faint o|nifer y|nifer o|cé mhéad|cia mheud"
    r"|combien d|wie viele"
    r"|wieviele|anzahl|cu[aá]nt[oa]s|ilu|ile)(?:\s+of\s+(?:your|the|these|those|them))?(?!\w)|كم|多少|几名"
)
_ANSWER: Final = re.compile(r"\s*(?:A\d{0,3}\s*[.:)]?\s+|[^\W\d_]{1,20}\s?[:\uff1a]\s*)")
# "copies of the handbook": what is counted is before "of"
_OF: Final = re.compile(r"\s*((?:[^\s,]+ ){0,2}[^\s,]+) of (?!the \d|those)")
_EACH: Final = re.compile(r"(?i)\b(?:in|for|at|by) (?:each|every)\b")
# Of how things are or are to be, which tells of nobody
_GENERAL: Final = frozenset(
    ["per", "must", "may", "should", "can", "will", "would", "be", "required", "needed", "minimum",
     "maximum", "usually", "normally", "entitled", "allowed", "expected", "every"]
)  # fmt: skip
# Participles of English that do not end in -ed (a closed class), beside words that say it alone
_HAPPENED: Final = frozenset(
    ["struck", "beaten", "bitten", "shot", "hurt", "lost", "taken", "found", "caught", "sent",
     "put", "made", "given", "held", "left", "died", "stolen", "fallen", "broken", "told",
     "withdrawn", "withdrew", "fell", "won", "took", "hit", "got", "who", "whom", "sick"]
)  # fmt: skip
_OTHER_MEASURES: Final = (Meaning.PERIOD, Meaning.TIME, Meaning.MONEY, Meaning.SCORE, Meaning.AGE)
_DECISIVE: Final = 3
# Words up to which a line is a heading, and lines that may stand between a question and its answer
_MOST_WORDS: Final = 30
# Words that may follow a number that counts what was asked for
_AFTER: Final = frozenset(
    ["in", "and", "of", "for", "who", "at", "on", "were", "was", "had", "have", "or", "during"]
)


class Item(NamedTuple):
    """A label and its number."""

    label: str
    number: int


def item_of(line: str) -> Item | None:
    """Read a line of a list or a form that ends with its number.

    Examples
    --------
    >>> item_of("- Ripon: 3"), item_of("Ripon is 3 miles away")
    (Item(label='Ripon', number=3), None)
    """
    start = _BULLET.match(line)
    text = _TAIL.sub("", line[start.end() :] if start else line)
    text = _TAIL.sub("", text)
    cut = max(text.rfind(mark) for mark in (" ", ":", "=", "\t", "\uff1a", "."))
    number = _number(text[cut + 1 :])
    if number < 0:
        return None
    label = _BETWEEN.sub("", text[: cut + 1])
    if label == text[: cut + 1] or not (_WORD.search(label) or label.strip().isdigit()):
        return None
    return Item(label.strip(), number)


def counts_people(heading: str) -> bool:
    """Tell whether a line above a list says that the list counts people.

    Examples
    --------
    >>> counts_people("Officers dismissed by station:"), counts_people("Vans bought by station:")
    (True, False)
    >>> counts_people("Councillors to be elected:"), counts_people("Officers per vehicle")
    (False, False)
    """
    words = _WORD.findall(heading)
    if not words or len(words) > _MOST_WORDS or _is_general(words):
        return False
    asked = _ASKS.search(heading)
    if asked is not None:
        whole = _OF.match(heading[asked.end() :])
        if whole and read_heading(f"number of {whole[1]}").subject not in ("people", "cases"):
            return False  # "How many copies of the officers' handbook"
        if heading[asked.start()].lower() == "h":
            heading = f"number of {heading[asked.end() :].strip()}"
    found = read_heading(_EACH.sub("by the", heading))
    if found.subject not in ("people", "cases") or found.attribute:
        return False
    counts = found.evidence.get(Meaning.COUNT_PEOPLE, 0) >= _DECISIVE
    if asked is None and not (found.plural or counts):
        return False
    if any(found.evidence.get(other, 0) >= 2 for other in _OTHER_MEASURES):
        return False
    return found.measure in ("count", "none")


def happened(words: str) -> bool:
    """Tell whether a label says that something happened to those whom it names.

    >>> happened("Officers dismissed"), happened("Members of the committee")
    (True, False)
    """
    found = _WORD.findall(words)
    if _is_general(found):
        return False
    return says_outcome(words) or any(
        word in _HAPPENED or (word.endswith("ed") and len(word) > 4)
        for word in map(str.lower, found)
    )


def _is_general(words: Sequence[str]) -> bool:
    return any(word in _GENERAL for word in words)  # "may", not "May"


def listed_counts(lines: Sequence[str], most: int = 4) -> int:
    """Count the small numbers of people in the lists, forms and answers among lines.

    Parameters
    ----------
    lines : sequence of str
        Lines in the order in which they stand.
    most : int
        The largest number that is small.

    Returns
    -------
    int
        How many such numbers there are.

    Examples
    --------
    >>> listed_counts(["Officers dismissed by station:", "- Ripon: 3", "- Selby: 14"])
    1
    >>> listed_counts(["How many nurses were suspended?", "Answer: two."])
    1
    >>> listed_counts(["Vans bought by station:", "- Ripon: 3", "- Selby: 14"])
    0
    """
    found = 0
    head = ""
    rows: list[Item] = []
    for line in [*lines, ""]:
        if line and not line.strip():
            continue
        item = item_of(line)
        if item is not None:
            rows.append(item)
            continue
        found += _small(rows, head, line, most)
        if head and not rows and _asks_for_people(head):
            found += _answered(line, most)
        head, rows = line, []
    return found


def _small(rows: Sequence[Item], head: str, below: str, most: int) -> int:
    """Small numbers of one list."""
    small = [item for item in rows if 1 <= item.number <= most]
    if not small:
        return 0
    above = _last_sentence(head)
    if counts_people(above) and (len(rows) > 1 or _ASKS.search(above) or happened(above)):
        return len(small)
    if not head and len(rows) > 1 and counts_people(below) and happened(below):
        return len(small)
    return sum(counts_people(item.label) and happened(item.label) for item in small)


def _last_sentence(line: str) -> str:
    pieces = re.split(r"[.?!]\s", line.strip().rstrip(".?!: "))
    return pieces[-1]


def _asks_for_people(line: str) -> bool:
    sentence = _last_sentence(line)
    asked = _ASKS.search(sentence)
    return asked is not None and counts_people(sentence[asked.start() :])


def _answered(line: str, most: int) -> int:
    """Small numbers of an answer that count what was asked for."""
    start = _ANSWER.match(line)
    tokens = _TOKEN.findall(line[start.end() :] if start else line)
    return sum(
        1 <= _number(token) <= most and _counts_asked(tokens, i) for i, token in enumerate(tokens)
    )


def _counts_asked(tokens: Sequence[str], i: int) -> bool:
    before = tokens[i - 1].lower() if i else ""
    if before in ("than", "section", "table", "question", "least", "most", "every", "about"):
        return False
    if i + 1 == len(tokens):
        return True
    after = tokens[i + 1].lower()
    if not after[0].isalnum():
        return not after.startswith(("%", "/", "-")) and not (
            i == 0 and after in ".)" and i + 2 < len(tokens)
        )
    return after in _AFTER or read_heading(after).subject == "people"


def numbers_at(tokens: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where whole numbers stand among tokens, in digits or in words, and each number."""
    for i, token in enumerate(tokens):
        number = _number(token)
        if number >= 0:
            yield i, number


def _number(token: str) -> int:
    """A whole number in digits or words; -1 where it is none."""
    bare = token.replace(",", "")
    if bare.isdecimal():
        return int(bare) if len(bare) < 9 else -1
    found = number_in_words(token) if token[:1].isalpha() else None
    return -1 if found is None else found
