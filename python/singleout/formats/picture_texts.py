"""Texts that pictures keep beside their dots, those that programs write of themselves left out.

Sources: W3C PNG 11.3.4, IPTC IIM 4.2, Adobe XMP part 1 and 2, ITU-T T.81 B.2.4.5.
"""

from __future__ import annotations

import re
import struct
import zlib

from lxml import etree

# PNG keywords that name the program or a moment
_DULL_KEYS = re.compile(
    rb"(?i)software|date:.*|creation time|(create|modify)-date|png:.*|signature"
)
# Comments in which a JPEG's encoder names itself
_ENCODERS = re.compile(
    rb"(?i)creator: gd-jpeg|created with|lead technologies|jpeg (library|encoder)|lavc\d|applemark"
    rb"|acd systems|handmade software|optimized by|compressed (by|with)|adobe"
)
# IPTC's second record: its version; dates and times; the program and its version
_DULL_SETS = frozenset({0, 55, 60, 62, 63, 65, 70})
# XMP's namespaces that tell of the file, its colours and its editing, by how they begin
_DULL_SPACES = (
    "adobe:ns:meta/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://www.w3.org/XML/1998/namespace",
    "http://ns.adobe.com/xap/1.0/mm/",
    "http://ns.adobe.com/xap/1.0/sType/",
    "http://ns.adobe.com/xap/1.0/t/",
    "http://ns.adobe.com/xap/1.0/g/",
    "http://ns.adobe.com/camera-raw",
    "http://ns.adobe.com/illustrator/",
    "http://ns.adobe.com/pdf/1.3/",
    "http://ns.adobe.com/photoshop/1.0/camera-profiles",
    "http://www.gimp.org/xmp/",
    "http://ns.adobe.com/tiff/1.0/",
    "http://ns.adobe.com/exif/1.0/",
    "http://cipa.jp/exif/1.0/",
)
# Of the namespaces above, what tells all the same; of the others, what does not
_TELLING = frozenset(
    {"Artist", "ImageDescription", "Copyright", "Make", "Model", "UserComment", "filePath"}
    | {"SerialNumber", "BodySerialNumber", "CameraOwnerName", "manifest"}
)
_DULL = frozenset(
    {"CreatorTool", "CreateDate", "ModifyDate", "MetadataDate", "format", "ColorMode", "Rating"}
    | {"ICCProfile", "LegacyIPTCDigest", "DateCreated", "DocumentAncestors", "History", "Headers"}
)
_PLACE = frozenset({"GPSLatitude", "GPSLongitude"})
_MOST = 1_000_000


def png_text(kind: bytes, body: bytes) -> tuple[int, bool]:
    """Return how many texts a chunk of a PNG tells, and whether a place is among them.

    Parameters
    ----------
    kind : bytes
        ``tEXt``, ``zTXt`` or ``iTXt``.
    body : bytes
        Its content.

    Examples
    --------
    >>> png_text(b"tEXt", b"Software\\x00a program"), png_text(b"tEXt", b"Author\\x00Ash")
    ((0, False), (1, False))
    """
    key, _, rest = body.partition(b"\x00")
    if kind == b"iTXt" and key == b"XML:com.adobe.xmp":
        packed = rest[:1] == b"\x01"
        text = rest[2:].split(b"\x00", 2)[-1]
        return xmp(_unpacked(text) if packed else text)
    if kind == b"tEXt" and (not rest.strip(b" \x00") or _ENCODERS.search(rest)):
        return 0, False
    return int(not _DULL_KEYS.fullmatch(key)), False


def _unpacked(content: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(content, _MOST)
    except zlib.error:
        return content


def jpeg_comment(body: bytes) -> int:
    """Return 1 if a comment says more than which program made the picture.

    Examples
    --------
    >>> jpeg_comment(b"CREATOR: gd-jpeg v1.0"), jpeg_comment(b"the suspect")
    (0, 1)
    """
    return int(bool(body.strip(b" \x00")) and not _ENCODERS.search(body[:200]))


def iptc(body: bytes) -> int:
    """Return how many fields of Photoshop's IPTC block (resource 0x0404) tell something.

    Examples
    --------
    >>> head = b"Photoshop 3.0\\x008BIM\\x04\\x04\\x00\\x00"
    >>> iptc(head + bytes(4)), iptc(head + b"\\0\\0\\0\\x08\\x1c\\x02\\x50\\x00\\x03Ash")
    (0, 1)
    """
    told, at = 0, body.find(b"8BIM\x04\x04")
    if at < 0 or at + 12 > len(body):
        return 0
    at += 6
    at += (2 + body[at]) & ~1
    (size,) = struct.unpack_from(">I", body, at)
    data, at = body[at + 4 : at + 4 + size], 0
    while at + 5 <= len(data) and data[at] == 0x1C:
        record, field, length = struct.unpack_from(">BBH", data, at + 1)
        told += record == 2 and field not in _DULL_SETS and bool(data[at + 5 : at + 6].strip())
        at += 5 + (length & 0x7FFF)
    return told


def xmp(content: bytes) -> tuple[int, bool]:
    """Return how many properties of an XMP packet tell something, and whether a place is told.

    Examples
    --------
    >>> tool = b'<a xmlns:x="http://ns.adobe.com/xap/1.0/" x:CreatorTool="a program"/>'
    >>> xmp(tool), xmp(b"<a xmlns:d='http://purl.org/dc/elements/1.1/'><d:creator>Ash</d:creator></a>")
    ((0, False), (1, False))
    """
    begin, end = content.find(b"<"), content.rfind(b">")
    if begin < 0 or len(content) > _MOST or b"<!" in content:
        return 1, False
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(content[begin : end + 1], parser)
    except (etree.XMLSyntaxError, ValueError):
        return 1, False
    told, place = 0, False
    for element in root.iter(etree.Element):
        named = _property(element) if (element.text or "").strip() else ""
        pairs = [(named, element.text or ""), *element.attrib.items()]
        for name, text in pairs:
            space, _, short = str(name)[1:].rpartition("}")
            if not text.strip() or not space:
                continue
            place = place or short in _PLACE
            dull = space.startswith(_DULL_SPACES) or short in _DULL
            told += short in _TELLING or short in _PLACE or not dull
    return told, place


def _property(element: etree._Element) -> str:
    """The property that a text is of: the first element above that is no list or its item."""
    for above in (element, *element.iterancestors()):
        if not str(above.tag).startswith("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"):
            return str(above.tag)
    return ""
