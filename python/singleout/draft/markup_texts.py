"""Texts of markup that no reader takes apart: paragraphs whole, all other texts, attributes."""

from __future__ import annotations

import re

from lxml import etree

from singleout.draft.xml import local

# Elements whose text is one, however it is cut into runs: paragraphs, strings, comments
_BLOCKS = frozenset(["p", "h", "si", "is", "comment", "annotation"])
_WORD = re.compile(r"[^\W\d_]{2,}")


def markup_texts(root: etree._Element) -> list[str]:
    """Return the texts under an element with a word in them.

    Parameters
    ----------
    root : lxml.etree._Element
        Any markup.

    Examples
    --------
    >>> root = etree.fromstring("<a b='to Ash'><p><r>Jane </r><r>Ball</r></p><c>of 7</c>away</a>")
    >>> markup_texts(root)
    ['Jane Ball', 'of 7', 'away', 'to Ash']
    """
    found: list[str] = []
    attributes: list[str] = []
    inside: set[etree._Element] = set()
    for element in root.iter(etree.Element):
        attributes += map(str, element.attrib.values())
        above = element.getparent()
        if above is not None and above in inside:
            inside.add(element)
            continue
        if local(element) in _BLOCKS:
            inside.add(element)
            found.append("".join(map(str, element.itertext(tag=etree.Element))))
        elif element.text:
            found.append(str(element.text))
    for element in root.iter(etree.Element):
        above = element.getparent()
        if element.tail and above is not None and above not in inside:
            found.append(str(element.tail))
    return [text.strip() for text in (*found, *attributes) if _WORD.search(text)]
