"""Markup that writers leave behind and that says nothing: empty notes, words for their own rows."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from singleout.draft.xml import local

# R's flextable writes after a row's settings which part of its table the row is
_ROW = re.compile(r"\s*(?:header|body|footer) ?\d+\s*")
_NOTES = frozenset({"footnotes", "endnotes", "hdr", "ftr"})
_HOLDERS = frozenset(
    {"drawing", "pict", "object", "instrText", "altChunk", "sdt", "control", "delText", "sym"}
)


def are_words_of_rows(texts: Iterable[str]) -> bool:
    """Tell whether texts beside elements are only the parts of a table that rows are of.

    Examples
    --------
    >>> are_words_of_rows(["header 1", "body 2"]), are_words_of_rows(["body of evidence"])
    (True, False)
    """
    return all(_ROW.fullmatch(text) for text in texts)


def holds_no_notes(root: etree._Element) -> bool:
    """Tell whether a part of notes, or a header or footer, has no text and nothing drawn.

    Templates keep such, and no text leads to them.

    Examples
    --------
    >>> holds_no_notes(etree.fromstring("<footnotes><footnote type='separator'/></footnotes>"))
    True
    >>> holds_no_notes(etree.fromstring("<footnotes><footnote>Ash</footnote></footnotes>"))
    False
    """
    if local(root) not in _NOTES:
        return False
    if any(text.strip() for text in root.itertext(tag=etree.Element)):
        return False
    return not any(local(element) in _HOLDERS for element in root.iter(etree.Element))
