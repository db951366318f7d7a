"""Comments and processing instructions in markup: no office program writes or shows them.

They are told, and taken out before anything reads the part: a parser gives the text of an element
only up to a comment in it, and what looks for texts by their bytes would miss one that is cut.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from singleout.draft.codes import Severity
from singleout.draft.collector import Collector
from singleout.draft.model import Place

_OPENS = re.compile(rb"<!--|<\?|<!\[CDATA\[")
_ENDS = {b"<!--": b"-->", b"<?": b"?>", b"<![CDATA[": b"]]>"}
_SIGNED = re.compile(
    r"(?i)\s*(?:[\w-]+ ){0,6}(?:generated|created|produced|exported) (?:by|with|using)\b.{0,160}\s*"
)
_BLANKS = b" \t\r\n"
# The declaration; and Office's own instructions (which program opens a file)
_DECLARATION, _OFFICE = re.compile(rb"xml[ \t\r\n]"), b"mso-"


class Remark(NamedTuple):
    """One comment or instruction: its first and last byte (exclusive), its text, whether an
    instruction."""

    first: int
    stop: int
    text: bytes
    instruction: bool


def _remarks(content: bytes) -> list[Remark]:
    """The remarks of a part in their order; none if it is no markup."""
    head = content[:64].lstrip(b"\xef\xbb\xbf" + _BLANKS)
    if not head.startswith(b"<"):
        return []
    # One byte is found much faster than two, and most parts have none of these
    declared = content.find(b"?>", 0, 256) + 1 if head.startswith(b"<?xml ") else 0
    instructed = content.find(b"?", declared) >= 0 and content.find(b"<?", declared) >= 0
    if not instructed and not (b"!" in content and b"<!--" in content):
        return []
    found: list[Remark] = []
    at = 0
    while (opens := _OPENS.search(content, at)) is not None:
        mark = opens[0]
        stop = content.find(_ENDS[mark], opens.end())
        if stop < 0:  # never closed: the parser tells
            break
        at = stop + len(_ENDS[mark])
        text = content[opens.end() : stop]
        if mark == b"<!--" or (mark == b"<?" and not _DECLARATION.match(text)):
            found.append(Remark(opens.start(), at, text, mark == b"<?"))
    return found


def without_remarks(content: bytes) -> tuple[bytes, list[str]]:
    """Take the comments and instructions out of a part.

    Parameters
    ----------
    content : bytes
        The part, in UTF-8.

    Returns
    -------
    content : bytes
        The part without them; the declaration stays.
    told : list of str
        The texts of those that a person must be told of: all that say something, and all that
        stand among text.

    Examples
    --------
    >>> without_remarks(b"<?xml version='1.0'?><a><!-- one --><?two three?></a>")
    (b"<?xml version='1.0'?><a></a>", [' one ', 'two three'])
    >>> without_remarks(b"<?mso-x y?><v>see below<!-- -->Jane Ball</v>")
    (b'<v>see belowJane Ball</v>', [' '])
    """
    found = _remarks(content)
    if not found:
        return content, []
    firsts = [0, *(remark.stop for remark in found)]
    stops = [*(remark.first for remark in found), len(content)]
    gaps = [content[first:stop] for first, stop in zip(firsts, stops, strict=True)]
    among = _among_text(gaps)
    told = [
        remark.text.decode("utf-8", "replace")
        for remark, inside in zip(found, among, strict=True)
        if inside or (remark.text.strip() and not _is_office(remark))
    ]
    return b"".join(gaps), told


def _is_office(remark: Remark) -> bool:
    return remark.instruction and remark.text.startswith(_OFFICE)


def _among_text(gaps: list[bytes]) -> list[bool]:
    """For each place between two pieces of a part, whether text stands right before or after it;
    pieces of blanks are looked through."""
    before, text = [], False
    for gap in gaps[:-1]:
        if piece := gap.rstrip(_BLANKS):
            text = not piece.endswith(b">") or piece.endswith(b"]]>")
        before.append(text)
    after, text = [], False
    for gap in reversed(gaps[1:]):
        if piece := gap.lstrip(_BLANKS):
            text = not piece.startswith(b"<") or piece.startswith(b"<![CDATA[")
        after.append(text)
    return [one or other for one, other in zip(before, reversed(after), strict=True)]


def tell_remarks(collector: Collector, name: str, told: list[str]) -> None:
    """Report the remarks of a part that `without_remarks` has found, and search their texts."""
    if told:
        place = Place(part=name)
        detail = "comments in the markup"
        # Report writers sign what they write
        signed = all(_SIGNED.fullmatch(text) for text in told)
        severity: Severity | None = "note" if signed else None
        collector.add("unknown-part", place, count=len(told), detail=detail, severity=severity)
        collector.unseen_text(place, told, what="comment in the markup")
