"""Property sets ([MS-OLEPS]): who wrote the file, and what else its properties tell."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from singleout.draft.biff_strings import encoding_of
from singleout.draft.collector import Collector
from singleout.draft.media import report_thumbnail
from singleout.draft.model import Place, is_path
from singleout.draft.sniff import sniff
from singleout.formats.registry import PICTURES, opens_in_turn
from singleout.inspection.byproducts.properties import judge_property

# [MS-OSHARED]: sets by their identifier's bytes, properties by number
_SUMMARY = bytes.fromhex("e0859ff2f94f6810ab9108002b27b3d9")
_DOCUMENT = bytes.fromhex("02d5cdd59c2e1b10939708002b2cf9ae")
_CUSTOM = bytes.fromhex("05d5cdd59c2e1b10939708002b2cf9ae")
_NAMES: dict[bytes, dict[int, tuple[str, str]]] = {
    _SUMMARY: {
        2: ("document-property", "title"),
        3: ("document-property", "subject"),
        4: ("author-property", "creator"),
        5: ("document-property", "keywords"),
        6: ("document-property", "description"),
        7: ("path", "template"),
        8: ("author-property", "lastModifiedBy"),
        17: ("thumbnail", "thumbnail"),
    },
    _DOCUMENT: {
        2: ("document-property", "category"),
        14: ("author-property", "Manager"),
        15: ("author-property", "Company"),
        27: ("document-property", "contentStatus"),
    },
}
# Custom properties that programs write themselves: links of cells, the base of links, an identifier
_OWN = {"_PID_HLINKS": "links", "_PID_GUID": "identifier"}
_WRITERS = ("creator", "lastModifiedBy")
_MOST = 2_000
# VT_CF, a picture: its size, its format, its bytes
_CLIPBOARD = 0x47
# Types of texts: VT_LPSTR and VT_BSTR in the set's code page, VT_LPWSTR in UTF-16
_NARROW, _WIDE = (0x1E, 0x08), 0x1F
_TEXTS = (*_NARROW, _WIDE)
# [MS-OLEPS] 2.1: a set's language, and how its names are compared, both of type VT_UI4
_LOCALE, _BEHAVIOR, _UNSIGNED = 0x80000000, 0x80000003, 0x13


@dataclass(frozen=True, slots=True)
class Property:
    """A property: its set's identifier, number, name (custom ones), type and value as text."""

    family: bytes
    number: int
    name: str
    type: int
    text: str
    size: int
    content: bytes = b""


def read_set(data: bytes) -> tuple[list[Property], int]:
    """Read a property set stream (PropertySetStream).

    Returns
    -------
    found : list of Property
        What could be read, properties outside the size that their set declares included.
    faults : int
        Properties that lie outside their set, and sets that are cut off.

    Raises
    ------
    ValueError
        If it is no property set.
    """
    if data[:2] != b"\xfe\xff" or len(data) < 28:
        raise ValueError("it is not a property set")
    (count,) = struct.unpack_from("<I", data, 24)
    found: list[Property] = []
    faults = 0
    for i in range(min(count, 4)):
        if 48 + 20 * i > len(data):
            return found, faults + 1
        family = data[28 + 20 * i : 44 + 20 * i]
        (at,) = struct.unpack_from("<I", data, 44 + 20 * i)
        more, wrong = _section(data, at, family)
        found += more
        faults += wrong
    return found, faults


def _section(data: bytes, at: int, family: bytes) -> tuple[list[Property], int]:
    if at + 8 > len(data):
        return [], 1
    size, count = struct.unpack_from("<II", data, at)
    section = data[at:]
    inside = size if size >= 8 else len(section)
    entries = [
        struct.unpack_from("<II", section, 8 + 8 * i)
        for i in range(min(count, _MOST))
        if 16 + 8 * i <= len(section)
    ]
    faults = min(count, _MOST) - len(entries)
    encoding = "cp1252"
    for number, place in entries:
        if number == 1 and place + 6 <= len(section):
            encoding = encoding_of(struct.unpack_from("<H", section, place + 4)[0])
            if struct.unpack_from("<H", section, place + 4)[0] == 65001:
                encoding = "utf-8"
    names: dict[int, str] = {}
    for number, place in entries:
        if number == 0 and place + 4 <= len(section):
            names = _dictionary(section, place, encoding)
    found = []
    # Some programs declare a set that ends before its properties do: they are there all the same
    end = min(inside, len(section))
    for number, place in entries:
        if number <= 1 or place + 8 > len(section):
            faults += place + (8 if number > 1 else 4) > end
        else:
            kind, text, length = _value(section, place, encoding)
            faults += place + 8 + (length if kind in _TEXTS else 0) > end
            if number in (_LOCALE, _BEHAVIOR) and kind == _UNSIGNED:
                continue
            picture = section[place + 12 : place + 8 + length] if kind == _CLIPBOARD else b""
            name = names.get(number, "")
            found.append(Property(family, number, name, kind, text, length, picture))
    return found, faults


def _dictionary(section: bytes, at: int, encoding: str) -> dict[int, str]:
    """Dictionary: names of the custom properties."""
    (count,) = struct.unpack_from("<I", section, at)
    at += 4
    names: dict[int, str] = {}
    for _ in range(min(count, _MOST)):
        if at + 8 > len(section):
            break
        number, length = struct.unpack_from("<II", section, at)
        at += 8
        size = length * 2 if encoding == "utf-16-le" else length
        names[number] = section[at : at + size].decode(encoding, "replace").rstrip("\x00")
        at += (size + 3) // 4 * 4 if encoding == "utf-16-le" else size
    return names


def _value(section: bytes, at: int, encoding: str) -> tuple[int, str, int]:
    """A typed value (TypedPropertyValue): its type, its text where it is one, its bytes."""
    kind = struct.unpack_from("<I", section, at)[0] & 0xFFFF
    (size,) = struct.unpack_from("<I", section, at + 4)
    if kind in _NARROW:
        raw = section[at + 8 : at + 8 + size]
        return kind, raw.decode(encoding, "replace").split("\x00")[0], size
    if kind == _WIDE:
        raw = section[at + 8 : at + 8 + 2 * size]
        return kind, raw.decode("utf-16-le", "replace").split("\x00")[0], 2 * size
    if kind in (0x02, 0x03, 0x12, 0x13, 0x16, 0x17, 0x0B):
        return kind, str(size), 4
    if kind == 0x05 and at + 12 <= len(section):
        return kind, f"{struct.unpack_from('<d', section, at + 4)[0]:.12g}", 8
    return kind, "", size


def report_properties(data: bytes, name: str, collector: Collector, depth: int = 0) -> None:
    """Report the properties of one set.

    Parameters
    ----------
    data : bytes
        The stream.
    name : str
        Its name, without control characters.
    collector : Collector
        Where to report.
    depth : int
        How deep in other files the set is.
    """
    if not data.strip(b"\x00"):
        # JExcelApi writes such: there is nothing in it that could be lost
        detail = "zeros where properties should be"
        collector.add("unknown-part", Place(part=name), severity="note", detail=detail)
        return
    other: list[str] = []
    entries, faults = read_set(data)
    if faults:
        collector.unread(Place(part=name), f"{faults} properties lie outside their set")
    for entry in entries:
        if entry.family == _CUSTOM:
            _custom(entry, name, collector)
            continue
        if entry.family not in _NAMES:
            other.append(entry.text)
            continue
        known = _NAMES[entry.family].get(entry.number)
        if known is None:
            continue
        code, item = known
        place = Place(part=name, item=item)
        if code == "thumbnail":
            if entry.size:
                _picture(entry.content, name, item, collector, depth)
        elif code == "path":
            if is_path(entry.text):
                collector.add(code, place)
        elif entry.text.strip():
            collector.add(code, place)
            if code == "document-property":
                told = [entry.text]
                collector.unseen_text(place, told, what="document property", sort="property")
            else:
                what = "author" if item in _WRITERS else "document property"
                collector.text(place, [entry.text], sort="property", what=what, seen=False)
    if other:
        place = Place(part=name)
        collector.add(
            "unknown-part", place, count=len(other), detail="properties of an unknown set"
        )
        collector.unseen_text(place, other, what="property")


def _picture(content: bytes, part: str, item: str, collector: Collector, depth: int) -> None:
    """[MS-OLEPS] 2.11: a tag of four bytes says how long the name of the format is, or that a
    number follows; a metafile has a header of its own. Any of these places may begin a file."""
    for at in (at for at in (0, 4, 8, 12, 16, 20) if at < len(content)):
        kind = sniff(content[at:])
        if kind in PICTURES:
            report_thumbnail(content[at:], Place(part=part), collector)
            return
        if opens_in_turn(kind) and (kind != "text" or b"\x00" not in content[at:] or at == 4):
            collector.add("thumbnail", Place(part=part))
            collector.open(f"{part}/{item}", content[at:], depth)
            return
    collector.add("thumbnail", Place(part=part))


def _custom(entry: Property, name: str, collector: Collector) -> None:
    place = Place(part=name, item=entry.name)
    if entry.name in _OWN or not (entry.name or entry.text):
        return
    if entry.name == "_PID_LINKBASE":
        collector.add("document-property", Place(part=name, item="HyperlinkBase"))
    else:
        code, severity = judge_property(entry.name, entry.text)
        collector.add(code, place, severity=severity)
    collector.unseen_text(place, [entry.text], what="custom property", sort="property")
    collector.text(place, [entry.name], sort="name", what="custom property", seen=False)
