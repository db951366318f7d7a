"""Where a letter names its addressee and its signatory, who are no news to anybody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal

from singleout.identifiers.text_words import CLOSINGS, SALUTATIONS

Zone = Literal["salutation", "closing", "signature", "body"]

# Lines after a closing that can be the block of names below it, and the longest such line
_BLOCK, _LINE = 7, 90
_OPENING: Final = 80
# Words of a name and a post behind a closing on its line
_SIGNED: Final = 14


def _starts(phrases: Sequence[str]) -> re.Pattern[str]:
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    latin = "|".join(re.escape(p) for p in ordered if p[0] < "\u0600")
    other = "|".join(re.escape(p) for p in ordered if p[0] >= "\u0600")
    return re.compile(rf"\s*(?:(?:{latin})(?!\w)|{other})", re.IGNORECASE)


_SALUTATION: Final = _starts(SALUTATIONS)
_CLOSING: Final = _starts(CLOSINGS)
# "Mr Lin:" in Chinese, whose title stands behind the name
_CHINESE: Final = re.compile(
    r"\s*[\u4e00-\u9fff]{1,12}(?:先生|女士|小姐|同志)[:\uff1a,\uff0c]?\s*\Z"
)
# Courtesies that are whole sentences
_FORMAL: Final = re.compile(r"(?i)\s*(?:veuillez|je vous prie|wyrazy|وتفضلوا)")
_SENTENCE: Final = re.compile(r"[.!?。][\"')]?\s*\Z")


def zones(lines: Sequence[str]) -> list[Zone]:
    """Tell of each line of a letter, in order, whether it greets, closes, signs or says something.

    Parameters
    ----------
    lines : sequence of str
        Paragraphs or lines, in the order in which they stand; any text will do.

    Returns
    -------
    list of {"salutation", "closing", "signature", "body"}
        One a line.

    Examples
    --------
    >>> zones(["Dear Ms Lee", "Nothing is held.", "Yours sincerely", "P. Hart", "Decision Maker"])
    ['salutation', 'body', 'closing', 'signature', 'signature']
    """
    found: list[Zone] = []
    left = 0
    for line in lines:
        short = len(line) <= _LINE
        if short and is_salutation(line):
            found.append("salutation")
            left = 0
        elif len(line) <= 2 * _LINE and is_closing(line):
            found.append("closing")
            left = _BLOCK
        elif left and short and not _says(line):
            found.append("signature")
            left -= 1
        else:
            found.append("body")
            left = 0
    return found


def is_salutation(line: str) -> bool:
    """Tell whether a line is a letter's first, which names whom it is for.

    >>> is_salutation("Annwyl Mrs Evans,"), is_salutation("Dear stock is kept at Leeds.")
    (True, False)
    """
    if len(line) > _OPENING or _SENTENCE.search(line):
        return False
    return bool(_SALUTATION.match(line) or _CHINESE.match(line))


def is_closing(line: str) -> bool:
    """Tell whether a line is the courtesy below which a letter is signed.

    >>> is_closing("Mit freundlichen Grüßen"), is_closing("Thank you for your request of May.")
    (True, False)
    """
    match = _CLOSING.match(line)
    if match is None:
        return False
    if _FORMAL.match(line):
        return True
    rest = line[match.end() :]
    if rest.startswith((",", "\uff0c")) and " " in match[0].strip():
        # "Yours sincerely, Ann Hart, Records Manager"
        return len(rest.split()) <= _SIGNED and not _SENTENCE.search(rest)
    return len(line[match.end() :].split()) <= 2 and not line.rstrip().endswith(("?", ":"))


def is_courtesy(line: str) -> bool:
    """Tell whether a line is a letter's salutation or closing.

    >>> is_courtesy("Dear Ms Lee"), is_courtesy("Ms Lee")
    (True, False)
    """
    return is_salutation(line) or is_closing(line)


def _says(line: str) -> bool:
    """Whether a short line is a sentence: it ends like one and has several words."""
    return bool(_SENTENCE.search(line)) and len(line.split()) > 5
