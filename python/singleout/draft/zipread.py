"""Read a ZIP from its own records (APPNOTE 6.3.10), and report every byte that no member owns.

The standard library's reader finds members; it does not tell of bytes between them, of two members
over the same bytes, or of a local header that says something else than the directory.
"""

from __future__ import annotations

import io
import struct
import zlib
from urllib.parse import unquote

from lxml import etree

from singleout.draft.collector import Collector
from singleout.draft.limits import Budget, LimitError
from singleout.draft.model import Place
from singleout.draft.xml import parse
from singleout.draft.zipcheck import check
from singleout.draft.zipdirectory import LOCAL, Member, ZipDamaged, read_directory

_METHODS = {0, 8}
# Packed bytes taken at once of members from that size on
_PIECE = 1 << 18
# 4.4.5: other ways to pack
METHODS = {
    9: "deflate64",
    12: "bzip2",
    14: "LZMA",
    93: "Zstandard",
    95: "XZ",
    98: "PPMd",
    99: "AES",
}


class Archive:
    """A ZIP held in memory: names, contents, and findings for whatever lies outside members.

    Parameters
    ----------
    data : bytes
        The file.
    collector : Collector
        Told of bytes outside members, overlaps, unsafe and double names (see `zipcheck`).
    budget : Budget
        Charged for parts and bytes.

    Raises
    ------
    ZipDamaged
        If there is no directory to follow.

    Notes
    -----
    Names are as in the directory with ``\\`` read as ``/``; a name that is there twice is read
    from its last entry, as most programs do; the others are in `shadowed`. `outside` holds the
    first and last offsets of the bytes that no member owns.
    """

    def __init__(self, data: bytes, collector: Collector, budget: Budget) -> None:
        self.data = data
        self._collector = collector
        self.budget = budget
        directory = read_directory(data)
        budget.charge_parts(len(directory.members))
        self.members: dict[str, Member] = {}
        self.shadowed: list[Member] = []
        self._read: set[str] = set()
        self._wrong: set[int] = set()
        for member in directory.members:
            if member.name in self.members:
                self.shadowed.append(self.members[member.name])
            self.members[member.name] = member
        self._fold = {name.lower(): name for name in self.members}
        self.outside = check(data, directory, collector)

    @property
    def names(self) -> list[str]:
        """Names of members that are not folders, in the directory's order."""
        return [name for name, member in self.members.items() if not member.is_folder]

    @property
    def unread(self) -> list[str]:
        """Names never read so far."""
        return [name for name in self.names if name not in self._read]

    def find(self, name: str) -> str | None:
        """Return the name as stored, letter case ignored; None if there is no such member."""
        return name if name in self.members else self._fold.get(name.lower())

    def __contains__(self, name: str) -> bool:
        return self.find(name) is not None

    def size(self, name: str) -> int:
        """Bytes of a member as the directory says."""
        stored = self.find(name)
        return 0 if stored is None else self.members[stored].size

    def packed(self, name: str) -> int:
        """Compressed bytes of a member as the directory says."""
        stored = self.find(name)
        return 0 if stored is None else self.members[stored].packed

    def read(self, name: str) -> bytes:
        """Return a member's bytes; a wrong size or CRC is reported.

        Raises
        ------
        KeyError
            If there is no such member.
        LimitError
            If it is larger, or expands more, than allowed, is encrypted or packed in another way.
        ValueError
            If it is damaged.
        """
        stored = self.find(name)
        if stored is None:
            raise KeyError(name)
        self._read.add(stored)
        content = self.content(self.members[stored])
        self._collector.part(stored)
        return content

    def content(self, member: Member) -> bytes:
        """Return the bytes of a member, also of a `shadowed` one; raises as `read`."""
        data, at = self.data, member.header
        if at < 0 or data[at : at + 4] != LOCAL or at + 30 > len(data):
            raise ValueError("its header is missing")
        if member.flags & 1:
            raise LimitError("a member is encrypted", whole=False, code="encrypted")
        if member.method not in _METHODS:
            how = METHODS.get(member.method, f"method {member.method}")
            raise LimitError(f"it is packed by {how}, which is not read", whole=False)
        n, m = struct.unpack_from("<HH", data, at + 26)
        first = at + 30 + n + m
        if first + member.packed > len(data):
            raise ValueError("it ends after the file")
        packed = memoryview(data)[first : first + member.packed]
        self.budget.charge_bytes(member.size, member.packed)
        name = member.name
        content = bytes(packed) if member.method == 0 else self._inflate(packed, member, name)
        if len(content) != member.size or zlib.crc32(content) != member.crc:
            # What is there may tell all the same: programs that repair a file show it
            if member.header not in self._wrong:
                self._collector.unread(Place(part=name), "its checksum is wrong")
            self._wrong.add(member.header)
        return content

    def _inflate(self, packed: memoryview, member: Member, name: str) -> bytes:
        engine = zlib.decompressobj(-15)
        if member.size < _PIECE:
            content = engine.decompress(packed, member.size + 1)
        else:
            content = _in_pieces(engine, packed, member.size)
        if len(content) > member.size:
            raise LimitError("a part is larger than its directory says", whole=False)
        if not engine.eof:
            content += engine.flush()
        if engine.unused_data:
            self._collector.add(
                "unknown-part",
                Place(part=name),
                count=len(engine.unused_data),
                detail="bytes after the end of the member's packed content",
            )
        return content


def _in_pieces(engine: zlib._Decompress, packed: memoryview, size: int) -> bytes:
    """Unpack no more than a byte above `size`, the content held once: zlib joins its pieces."""
    content = io.BytesIO()
    for at in range(0, len(packed), _PIECE):
        content.write(engine.decompress(packed[at : at + _PIECE], size + 1 - content.tell()))
        if content.tell() > size:
            break
    return content.getvalue()


def open_archive(data: bytes, collector: Collector, budget: Budget) -> Archive | None:
    """Open a ZIP; report `unreadable` and return None if its directory cannot be followed."""
    try:
        return Archive(data, collector, budget)
    except (ZipDamaged, struct.error) as problem:
        why = str(problem) if isinstance(problem, ZipDamaged) else "its directory is damaged"
        collector.unread(None, f"the ZIP cannot be opened: {why}", code="unreadable")
        return None


_CONTENT_TYPES: tuple[tuple[bytes, str], ...] = (
    (b"sheet.binary.macroenabled.main", "xlsb"),
    (b"vnd.ms-excel.sheet.macroenabled.main", "xlsm"),
    (b"vnd.ms-excel.template.macroenabled.main", "xlsm"),
    (b"vnd.ms-excel.addin.macroenabled.main", "xlsm"),
    (b"spreadsheetml.sheet.main", "xlsx"),
    (b"spreadsheetml.template.main", "xlsx"),
    (b"vnd.ms-word.document.macroenabled.main", "docm"),
    (b"vnd.ms-word.template.macroenabledtemplate.main", "docm"),
    (b"wordprocessingml.document.main", "docx"),
    (b"wordprocessingml.template.main", "docx"),
    (b"presentationml.", "pptx"),
    (b"ms-visio.", "vsdx"),
    (b"ms-package.xps", "xps"),
)
_ODF = {
    "spreadsheet": "ods",
    "spreadsheet-template": "ods",
    "text": "odt",
    "text-template": "odt",
    "presentation": "odp",
    "graphics": "odg",
}
_BY_NAME = (
    ("xl/workbook.bin", "xlsb"),
    ("xl/workbook.xml", "xlsx"),
    ("word/document.xml", "docx"),
    ("ppt/presentation.xml", "pptx"),
)


def package_format(data: bytes) -> str:
    """Tell what a ZIP is a package of; ``zip`` when it is of nothing known.

    Parameters
    ----------
    data : bytes
        The file.

    Returns
    -------
    str
        ``xlsx``, ``xlsm``, ``xlsb``, ``docx``, ``docm``, ``pptx``, ``ods``, ``odt`` ... or ``zip``.
    """
    try:
        archive = Archive(data, Collector(Budget(len(data))), Budget(len(data)))
    except (ZipDamaged, LimitError, struct.error):
        return "zip"
    for head in (_main_type(archive), _peek(archive, "[Content_Types].xml").lower()):
        for mark, name in _CONTENT_TYPES:
            if mark in head:
                return name
    kind = _peek(archive, "mimetype").strip().decode("ascii", "replace")
    prefix = "application/vnd.oasis.opendocument."
    if kind.startswith(prefix):
        return _ODF.get(kind.removeprefix(prefix), "odf")
    for name, found in _BY_NAME:
        if name in archive:
            return found
    return "ods" if "content.xml" in archive and "META-INF/manifest.xml" in archive else "zip"


def _main_type(archive: Archive) -> bytes:
    """The content type of the main part, in small letters; empty if it cannot be told.

    The types of other parts, and those declared for endings that no part has, say nothing of it:
    SheetJS declares binary workbooks in every workbook.
    """
    budget = Budget(0)
    try:
        links = parse(_peek(archive, "_rels/.rels"), budget)
        types = parse(_peek(archive, "[Content_Types].xml"), budget)
    except (etree.XMLSyntaxError, ValueError, LimitError):
        return b""
    for link in links.iter("{*}Relationship"):
        if not link.get("Type", "").endswith("/officeDocument"):
            continue
        name = "/" + unquote(link.get("Target", "")).lstrip("/").lower()
        for entry in types.iter("{*}Override"):
            if entry.get("PartName", "").lower() == name:
                return str(entry.get("ContentType", "")).lower().encode()
        for entry in types.iter("{*}Default"):
            if name.endswith("." + entry.get("Extension", "").lower()):
                return str(entry.get("ContentType", "")).lower().encode()
    return b""


def _peek(archive: Archive, name: str) -> bytes:
    """A member's bytes if it can be read, a damaged one's as far as they go."""
    try:
        return archive.read(archive.find(name) or name)
    except (KeyError, ValueError, LimitError, zlib.error, struct.error):
        return b""
