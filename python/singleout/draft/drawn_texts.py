"""Texts that are drawn (ECMA-376 part 1, 20 and 21; VML): text boxes, shapes, charts, diagrams."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from lxml import etree

from singleout.draft.xml import local, namespace

_DRAWING = (
    "http://schemas.openxmlformats.org/drawingml/2006/main",
    "http://purl.oclc.org/ooxml/drawingml/main",
)
# Names and descriptions that programs give by themselves
AUTOMATIC = re.compile(
    r"(?i)^(picture|image|chart|graphic|object|shape|text ?box|logo|bild|grafik|diagramm?|comment|"
    r"group|rectangle|line|oval|ellipse|connector|straight connector|arrow|drop ?down|button|"
    r"check ?box|option ?button|title|content placeholder)?\s*\d*$"
)
_SIGNS = {"br": "\n", "tab": "\t"}
# Elements in which a chart keeps text as it was typed, beside rich text and cached points
_TYPED = ("tx", "txData", "txPr")


def line(paragraph: etree._Element) -> str:
    """Return a paragraph's text (21.1.2.2.6), whole: its runs, fields and breaks.

    Examples
    --------
    >>> xml = f'<a:p xmlns:a="{_DRAWING[0]}"><a:r><a:t>Jane</a:t></a:r><a:br/><a:t>Ball</a:t></a:p>'
    >>> line(etree.fromstring(xml))
    'Jane\\nBall'
    """
    pieces = []
    for element in paragraph.iter(etree.Element):
        name = local(element)
        pieces.append(element.text or "" if name == "t" else _SIGNS.get(name, ""))
    return "".join(pieces)


def bodies(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Iterate over the bodies of text (21.1.2.1.1) under an element: each with its text, whole."""
    held: dict[etree._Element, list[str]] = {}
    for paragraph in root.iter("{*}p"):
        body = paragraph.getparent()
        if body is not None and namespace(paragraph) in _DRAWING:
            held.setdefault(body, []).append(line(paragraph))
    for body, lines in held.items():
        yield body, "\n".join(lines)


def chart_texts(root: etree._Element) -> list[str]:
    """Return what a chart shows as text: titles, labels, names of series that are typed in."""
    texts = [text for _, text in bodies(root)]
    texts += [
        element.text
        for element in root.iter("{*}v")
        if element.text and (above := element.getparent()) is not None and local(above) in _TYPED
    ]
    return texts


_SPLIT = re.compile(r"<([^<>]*)>")
_ENDS_LINE = re.compile(r"(?i)(?:/(?:\w+:)?(?:div|p|tr|li)\b|(?:\w+:)?br\b)")
_WORD = re.compile(r"[^\W\d_]{2,}")
_TEXT_BOX = re.compile(r"(?i)(/?)(?:\w+:)?textbox\b")
_TOLD = re.compile(r"""\b(alt|title|href|string)\s*=\s*("[^"<>]*"|'[^'<>]*')""")


def vml_texts(text: str) -> tuple[list[str], list[str], list[tuple[str, str]]]:
    """Return the texts of a VML part, which is often not well formed.

    Returns
    -------
    boxes : list of str
        What text boxes and controls show, each whole.
    others : list of str
        All other words between tags: settings, formulas.
    told : list of (str, str)
        Attributes with text: ``alt``, ``title``, ``href``, ``string`` (WordArt), and their values.

    Examples
    --------
    >>> vml_texts('<v:shape alt="a map"><v:textbox><div>Jane<br>Ball</div></v:textbox></v:shape>')
    (['Jane\\nBall'], [], [('alt', 'a map')])
    """
    boxes: list[str] = []
    others: list[str] = []
    told: list[tuple[str, str]] = []
    box: list[str] | None = None
    for i, piece in enumerate(_SPLIT.split(_without_cdata(text))):
        if i % 2 == 0:
            (others if box is None else box).append(piece)
            continue
        told += [(name, html.unescape(value[1:-1])) for name, value in _TOLD.findall(piece)]
        edge = _TEXT_BOX.match(piece)
        if edge is not None and not piece.endswith("/"):
            if box is not None:
                boxes.append("".join(box))
            box = None if edge[1] else []
        elif box is not None and _ENDS_LINE.match(piece):
            box.append("\n")
    if box is not None:
        boxes.append("".join(box))
    return (
        [html.unescape(shown.strip()) for shown in boxes if shown.strip()],
        [html.unescape(piece.strip()) for piece in others if _WORD.search(piece)],
        [(name, value) for name, value in told if value.strip()],
    )


def _without_cdata(text: str) -> str:
    """Markup with its CDATA sections as text; one that is never closed stays."""
    first, *rest = text.split("<![CDATA[")
    pieces = [first]
    for section in rest:
        inside, closed, after = section.partition("]]>")
        pieces.append(f"{html.escape(inside)}{after}" if closed else section)
    return "".join(pieces)
