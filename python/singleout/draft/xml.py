"""XML of strangers: no entities, no network, no DTD, bounded depth and size."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from lxml import etree

from singleout.draft.limits import Budget, LimitError

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["attribute", "children", "events", "local", "namespace", "parse", "sweep", "text_of"]

# libxml2's own ceiling on depth (256) and on text nodes stays on unless a part is large.
_LARGE = 9_000_000


class MarkupError(ValueError):
    """The part is not XML that may be read."""


# Encodings in which a byte of ASCII is that character and no other; UTF-16 is told by its bytes
_ENCODING = re.compile(
    rb"(?i)(utf-?(8|16)|(us-)?ascii|iso-?8859-\d+|(windows|cp)-?125\d|koi8-[ru]|gb(2312|k|18030)|"
    rb"big5|euc-(jp|kr|tw)|shift_jis)$"
)
_DECLARED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([^"']*)""")
_EBCDIC = b"\x4c\x6f\xa7\x94"


def _check(data: bytes) -> None:
    """Refuse a document type (office formats never carry one; entities and external references
    need it), and an encoding in which what goes by bytes would take one character for another."""
    head = data[:4096]
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = data[:8192].decode("utf-16", "ignore").encode("utf-8", "ignore")
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head or b"<!DOCTYPE" in data:
        raise MarkupError("it declares a document type, as entity attacks do")
    declared = _DECLARED.search(data[:256])
    if data.startswith(_EBCDIC) or (declared is not None and not _ENCODING.match(declared[1])):
        raise MarkupError("it is in an encoding that office files do not have")


def parse(data: bytes, budget: Budget) -> _Element:
    """Parse a part as a whole.

    Parameters
    ----------
    data : bytes
        The part.
    budget : Budget
        Charged for time.

    Returns
    -------
    lxml.etree._Element
        The root.

    Raises
    ------
    MarkupError
        If it declares a document type.
    lxml.etree.XMLSyntaxError
        If it is not well formed, or nested deeper than 256.
    """
    budget.check_time()
    _check(data)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(data, parser)


def events(data: bytes, budget: Budget, *tags: str) -> Iterator[_Element]:
    """Iterate over the elements with these tags at their ends, and free each after use.

    Parameters
    ----------
    data : bytes
        The part.
    budget : Budget
        Charged for time.
    *tags : str
        Full names ``{namespace}local`` or ``{*}local``; all elements when left out.

    Yields
    ------
    lxml.etree._Element
        A complete element; it is emptied when the next is asked for.
    """
    _check(data)
    steps = etree.iterparse(
        io.BytesIO(data),
        events=("end",),
        tag=tags or None,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=len(data) > _LARGE,
        remove_comments=True,
        remove_pis=True,
    )
    for i, (_, element) in enumerate(steps):
        if i % 4096 == 0:
            budget.check_time()
            if _depth(element) > budget.limits.xml_depth:
                raise LimitError("its elements are nested too deeply", whole=False)
        yield element
        element.clear(keep_tail=False)
        while element.getprevious() is not None:
            parent = element.getparent()
            if parent is None:
                break
            del parent[0]


def _depth(element: _Element) -> int:
    return sum(1 for _ in element.iterancestors())


def local(element: _Element) -> str:
    """Return an element's name without its namespace; empty for comments and instructions.

    Examples
    --------
    >>> from lxml import etree
    >>> local(etree.fromstring("<a xmlns='urn:x'/>"))
    'a'
    """
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def namespace(element: _Element) -> str:
    """Return an element's namespace; empty if it has none."""
    tag = element.tag
    return tag[1:].partition("}")[0] if isinstance(tag, str) and tag.startswith("{") else ""


def children(element: _Element, name: str) -> Iterator[_Element]:
    """Iterate over the children with this local name, whatever their namespace."""
    return (child for child in element if local(child) == name)


def attribute(element: _Element, name: str) -> str | None:
    """Return an attribute by its local name, whatever its namespace."""
    value = element.get(name)
    if value is not None:
        return str(value)
    for key, found in element.attrib.items():
        if isinstance(key, str) and key.rpartition("}")[2] == name:
            return str(found)
    return None


def text_of(element: _Element) -> str:
    """Return all text under an element, comments and instructions left out."""
    return "".join(str(piece) for piece in element.itertext(tag=etree.Element))


def sweep(
    data: bytes, budget: Budget, tags: Sequence[str], handle: Callable[[_Element], None]
) -> _Element:
    """Parse a part, hand over each element with these tags at its end, then empty it.

    Parameters
    ----------
    data : bytes
        The part.
    budget : Budget
        Charged for time.
    tags : sequence of str
        Full names ``{namespace}local``.
    handle : callable
        Called with each such element while it is whole; children that it keeps stay whole.

    Returns
    -------
    lxml.etree._Element
        The root: everything else, and of each run of such elements the last one, emptied.
    """
    _check(data)
    steps = etree.iterparse(
        io.BytesIO(data),
        events=("end",),
        tag=list(tags),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=len(data) > _LARGE,
        remove_comments=True,
        remove_pis=True,
    )
    for i, (_, element) in enumerate(steps):
        if i % 1024 == 0:
            budget.check_time()
            if _depth(element) > budget.limits.xml_depth:
                raise LimitError("its elements are nested too deeply", whole=False)
        handle(element)
        element.clear()
        before, parent = element.getprevious(), element.getparent()
        if parent is not None and before is not None and before.tag == element.tag:
            parent.remove(before)
    return steps.root


# XML 1.0, production 2: of the control characters only tab, line feed and carriage return
_FORBIDDEN = bytes(sorted({*range(32)} - {9, 10, 13}))
_REFERENCE = re.compile(rb"&(?:lt|gt|amp|quot|apos|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));")


def _utf8(data: bytes) -> bool:
    ends = pa.py_buffer(np.array([0, len(data)], np.int64))
    whole = pa.Array.from_buffers(pa.large_string(), 1, [None, ends, pa.py_buffer(data)])
    try:
        whole.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def plain(data: bytes) -> bool:
    """Tell whether all characters and references of UTF-8 markup are such as XML allows.

    What reads markup by its bytes would else take for text what a parser refuses; the end of a
    CDATA section is refused in text too.

    Parameters
    ----------
    data : bytes
        Markup in UTF-8.

    Returns
    -------
    bool
        False if a parser would refuse a character or a reference, or might.

    Examples
    --------
    >>> plain(b"<t>a &amp; b</t>"), plain(b"<t>\\x01</t>"), plain(b"<t>&nbsp;</t>"), plain(b"&#1;")
    (True, False, False, False)
    >>> plain(b"<t>a[0]</t>"), plain(b"<t>a]]>b</t>")
    (True, False)
    """
    if len(data.translate(None, _FORBIDDEN)) != len(data):
        return False
    if b"]" in data and b"]]>" in data:  # one byte is found much faster
        return False
    if not data.isascii() and not _utf8(data):
        return False
    if b"\xef\xbf\xbe" in data or b"\xef\xbf\xbf" in data:  # U+FFFE, U+FFFF
        return False
    references = data.count(b"&")
    if not references:
        return True
    found = _REFERENCE.findall(data)
    numbers = {int(d) if d else int(x, 16) for d, x in found if d or x}
    return len(found) == references and all(
        code in (9, 10, 13)
        or 32 <= code < 0xD800
        or 0xE000 <= code < 0xFFFE
        or 0x10000 <= code < 0x110000
        for code in numbers
    )


_SIGNS = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_RESOLVED = re.compile(r"&(?:(lt|gt|amp|quot|apos)|#([0-9]+)|#x([0-9A-Fa-f]+));")


def resolved(text: str) -> str:
    """Resolve the references of a text that `plain` has accepted.

    Examples
    --------
    >>> resolved("a &lt; b &amp;lt; &#233;&#xE9;")
    'a < b &lt; éé'
    """

    def sign(match: re.Match[str]) -> str:
        name, code, hexadecimal = match.groups()
        return _SIGNS[name] if name else chr(int(code) if code else int(hexadecimal, 16))

    return _RESOLVED.sub(sign, text)


_DECLARATION = re.compile(r"""(<\?xml[^>]*?encoding\s*=\s*)["'][^"']*["']""")
# Appendix F of XML 1.0: how markup in these encodings begins, with a mark and without
_BEGINS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"<\x00?\x00", "utf-16-le"),
    (b"\x00<\x00?", "utf-16-be"),
)


def in_utf8(data: bytes) -> bytes:
    """Return markup in UTF-16 or UTF-32 in UTF-8 instead; anything else as it is.

    Examples
    --------
    >>> in_utf8('<?xml version="1.0" encoding="UTF-16"?><a/>'.encode("utf-16"))
    b'<?xml version="1.0" encoding="UTF-8"?><a/>'
    """
    encoding = next((name for begin, name in _BEGINS if data.startswith(begin)), None)
    if encoding is None:
        return data
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return data
    if not text.lstrip().startswith("<"):
        return data
    head = _DECLARATION.sub(r'\1"UTF-8"', text[:200])
    return (head + text[200:]).encode()
