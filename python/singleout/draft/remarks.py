"""Comments and processing instructions in markup: no office program writes or shows them."""

from __future__ import annotations

import re

from singleout.draft.collector import Collector
from singleout.draft.model import Place

_COMMENT = re.compile(rb"<!--(.*?)-->", re.DOTALL)
# Instructions but for the declaration and Office's own (which program opens a file)
_INSTRUCTION = re.compile(rb"<\?(?!xml\s|mso-)(.*?)\?>", re.DOTALL)


def remarks(content: bytes) -> list[str]:
    """Return the texts of the comments and instructions of a part; none if it is no markup.

    Parameters
    ----------
    content : bytes
        The part.

    Examples
    --------
    >>> remarks(b"<?xml version='1.0'?><a><!-- one --><?two three?></a>")
    [' one ', 'two three']
    >>> remarks(b"<?one two?><a>three?</a>")
    ['one two']
    """
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        content = content.decode("utf-16", "replace").encode()
    head = content[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head.startswith(b"<"):
        return []
    # One byte is found much faster than two, and most parts have none of these
    found = _COMMENT.findall(content) if b"!" in content and b"<!--" in content else []
    declared = content.find(b"?>", 0, 256) + 1 if head.startswith(b"<?xml ") else 0
    if content.find(b"?", declared) >= 0:
        found += _INSTRUCTION.findall(content)
    return [text.decode("utf-8", "replace") for text in found if text.strip()]


def tell_remarks(collector: Collector, name: str, content: bytes) -> None:
    """Report the remarks of a part, and search their texts."""
    texts = remarks(content)
    if texts:
        place = Place(part=name)
        detail = "comments in the markup"
        collector.add("unknown-part", place, count=len(texts), detail=detail)
        collector.unseen_text(place, texts, what="comment in the markup")
