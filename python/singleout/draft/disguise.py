"""Files that lie where something else should be: a picture, a font, what a system left behind.

One rule for every container: content whose format `opens_in_turn` is opened as a file of its own,
wherever it lies and whatever it is called.
"""

from __future__ import annotations

import re
import zlib

from lxml import etree

from singleout.draft.biff_strings import loose_texts
from singleout.draft.collector import Collector
from singleout.draft.markup_texts import markup_texts
from singleout.draft.model import Place
from singleout.draft.remarks import tell_remarks, without_remarks
from singleout.draft.sniff import sniff
from singleout.draft.xml import MarkupError, in_utf8, parse
from singleout.formats.registry import FORMATS, opens_in_turn

# Lines of an INI file ([MS-SHLLINK] has none, but Windows and KDE write their folders' settings so)
_SETTING = re.compile(r"(?:\[[^\]\r\n]*\]|[^=\r\n,;\t]+=[^\r\n]*|[;#][^\r\n]*)?")
# Markup without its first line
_ELEMENT = re.compile(rb"\s*<[A-Za-z]")
# A user's name and a moment: what programs write into the files by which they lock another
_MOST_OF_A_LOCK = 400
MOST_MARKUP = 400_000


def open_disguised(
    name: str, content: bytes, collector: Collector, depth: int, said: str, *, shown: bool = True
) -> bool:
    """Open content that is a file in the place of something else.

    Parameters
    ----------
    name : str
        Its part or member.
    content : bytes
        What is in it.
    collector : Collector
        Where to report.
    depth : int
        How deep in other files the container is.
    said : str
        What it should be, for the finding ("a picture by its folder").
    shown : bool
        Whether it should be something that is shown or played; content that is of no known format
        is told then.

    Returns
    -------
    bool
        Whether it was opened.
    """
    kind = sniff(content)
    if not content or (kind == "gzip" and is_packed_picture(content, collector)):
        return False
    if kind == "text" and not shown and not _is_whole_text(content):
        return False
    if opens_in_turn(kind):
        # Word for Mac keeps a PDF beside a picture
        if kind != "pdf":
            detail = f"{said}, {kind} by content"
            collector.add("unknown-part", Place(part=name), detail=detail)
        collector.open(name, content, depth)
        return True
    if shown and kind not in FORMATS:
        detail = f"{said}, nothing known by content"
        collector.add("unknown-part", Place(part=name), detail=detail)
    return False


def _is_whole_text(content: bytes) -> bool:
    """Whether bytes are text from the first to the last: settings begin with names, and go on."""
    return content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" not in content


def is_packed_picture(content: bytes, collector: Collector) -> bool:
    """Tell whether a gzip file holds a picture, as EMZ, WMZ and SVGZ do; the budget is charged."""
    engine = zlib.decompressobj(31)
    try:
        inner = engine.decompress(content, collector.budget.limits.ratio_free_bytes)
    except zlib.error:
        return False
    collector.budget.charge_bytes(len(inner), len(content))
    kind = sniff(inner)
    return kind in FORMATS and FORMATS[kind].kind == "picture"


def look_at_stray(name: str, content: bytes, collector: Collector, depth: int, what: str) -> None:
    """Open or search a member that belongs to no document: a system's file, an unreached part.

    Markup is a container's own language, and is searched; settings of a folder and locks are not
    rows, and are searched too.

    Parameters
    ----------
    name : str
        Its member.
    content : bytes
        What is in it.
    collector : Collector
        Where to report.
    depth : int
        How deep in other files the container is.
    what : str
        What it is, for a finding's detail.
    """
    kind = sniff(content)
    markup = kind == "xml" or (kind == "text" and bool(_ELEMENT.match(content)))
    if markup:
        collector.unseen_text(Place(part=name), _markup(name, content, collector), what=what)
    elif kind == "text" and is_settings(content):
        collector.unseen_text(Place(part=name), _lines(content), what=what)
    elif opens_in_turn(kind):
        collector.open(name, content, depth)
    else:
        collector.unseen_text(Place(part=name), loose_texts([content]), what=what)


def _markup(name: str, content: bytes, collector: Collector) -> list[str]:
    """Texts of markup, its comments told; as they stand where it is damaged."""
    content, remarks = without_remarks(in_utf8(content))
    tell_remarks(collector, name, remarks)
    try:
        return markup_texts(parse(content, collector.budget))
    except (etree.XMLSyntaxError, MarkupError):
        text = content[:MOST_MARKUP].decode("utf-8", "replace")
        return re.findall(r"[^<>\x00-\x1f]{4,}", text)


def is_settings(content: bytes) -> bool:
    """Tell whether a text is settings (INI), or one short line such as a lock's: no rows.

    Examples
    --------
    >>> is_settings(b"[.ShellClassInfo]\\nIconIndex=2\\n"), is_settings(b"ash,PC\\nbell,PS\\n")
    (True, False)
    """
    lines = _lines(content)
    if len(lines) <= 1 and len(content) <= _MOST_OF_A_LOCK:
        return True
    return all(_SETTING.fullmatch(line.strip()) for line in lines)


def _lines(content: bytes) -> list[str]:
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    return content.decode("utf-16" if wide else "utf-8", "replace").splitlines()
