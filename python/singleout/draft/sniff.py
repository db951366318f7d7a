"""Tell a file's format by its content, never by its name."""

from __future__ import annotations

import re

# name's extension -> formats whose content may go by it
EXTENSIONS: dict[str, frozenset[str]] = {
    "xlsx": frozenset({"xlsx", "encrypted"}),
    "xlsm": frozenset({"xlsm", "encrypted"}),
    "xltx": frozenset({"xlsx"}),
    "xltm": frozenset({"xlsm"}),
    "xlam": frozenset({"xlsm"}),
    "xlsb": frozenset({"xlsb", "encrypted"}),
    "xls": frozenset({"xls", "biff"}),
    "xlt": frozenset({"xls", "biff"}),
    "docx": frozenset({"docx", "encrypted"}),
    "docm": frozenset({"docm", "encrypted"}),
    "dotx": frozenset({"docx"}),
    "dotm": frozenset({"docm"}),
    "ods": frozenset({"ods"}),
    "ots": frozenset({"ods"}),
    "csv": frozenset({"csv", "tsv", "text"}),
    "tsv": frozenset({"tsv", "csv", "text"}),
    "tab": frozenset({"tsv", "csv", "text"}),
    "txt": frozenset({"csv", "tsv", "text", "json", "xml"}),
    "zip": frozenset({"zip"}),
    "pdf": frozenset({"pdf"}),
    "html": frozenset({"html"}),
    "htm": frozenset({"html"}),
    "xml": frozenset({"xml"}),
    "json": frozenset({"json", "text"}),
    "rtf": frozenset({"rtf"}),
    "doc": frozenset({"doc"}),
    "ppt": frozenset({"ppt"}),
    "msg": frozenset({"msg"}),
    "pptx": frozenset({"pptx"}),
    "odt": frozenset({"odt"}),
    "odp": frozenset({"odp"}),
    "emf": frozenset({"emf"}),
    "wmf": frozenset({"wmf"}),
    "png": frozenset({"png"}),
    "jpg": frozenset({"jpeg"}),
    "jpeg": frozenset({"jpeg"}),
    "gif": frozenset({"gif"}),
    "tif": frozenset({"tiff"}),
    "tiff": frozenset({"tiff"}),
    "bmp": frozenset({"bmp"}),
}

# What to convert an unsupported format to.
CONVERT: dict[str, str] = {
    "pdf": "Inspect the file that the PDF was made from, or export its tables to CSV.",
    "pptx": "Copy its tables to XLSX or CSV and inspect that.",
    "ppt": "Copy its tables to XLSX or CSV and inspect that.",
    "odt": "Save it as DOCX and inspect that.",
    "odp": "Copy its tables to ODS or CSV and inspect that.",
    "rtf": "Save it as DOCX and inspect that.",
    "doc": "Save it as DOCX and inspect that.",
    "eml": "Save the attachments and inspect each; copy the text to DOCX.",
    "msg": "Save the attachments and inspect each; copy the text to DOCX.",
    "html": "Open it in Excel or LibreOffice, save it as XLSX and inspect that.",
    "xml": "Open it in Excel or LibreOffice, save it as XLSX and inspect that.",
    "sylk": "Open it in Excel or LibreOffice, save it as XLSX and inspect that.",
    "json": "Convert its records to CSV and inspect that.",
    "parquet": "Convert it to CSV and inspect that, or score it with `singleout score`.",
    "sqlite": "Export its tables to CSV and inspect those.",
    "gzip": "Unpack it and inspect what is inside.",
    "7z": "Unpack it and inspect what is inside.",
    "rar": "Unpack it and inspect what is inside.",
    **dict.fromkeys(
        ("tar", "bzip2", "xz", "zstandard", "lz4", "cab", "ar", "iso"),
        "Unpack it and inspect what is inside.",
    ),
}

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"BM", "bmp"),
    (b"\x01\x00\x00\x00", "emf"),
    (b"\xd7\xcd\xc6\x9a", "wmf"),
    (b"\x01\x00\x09\x00", "wmf"),
    (b"PAR1", "parquet"),
    (b"ARROW1", "arrow"),
    (b"SQLite format 3\x00", "sqlite"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstandard"),
    (b"\x04\x22\x4d\x18", "lz4"),
    (b"MSCF", "cab"),
    (b"!<arch>\n", "ar"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# BIFF2, 3, 4 and 5 streams without an OLE container: a BOF record of 4 to 16 bytes
_BIFF = re.compile(rb"\x09[\x00\x02\x04\x08][\x04-\x10]\x00")
_HEADER_LINE = re.compile(
    rb"(?i)(?:received|return-path|from|delivered-to|mime-version|subject|date|to): "
)


def sniff(data: bytes) -> str:
    """Return the format that a file's content has.

    Parameters
    ----------
    data : bytes
        The file.

    Returns
    -------
    str
        ``zip`` formats are told apart by their parts (``xlsx``, ``docx``, ``ods`` ...); ``ole`` and
        ``biff`` are handed to the OLE reader, ``text`` to the reader of delimited text.

    Examples
    --------
    >>> sniff(b"%PDF-1.7"), sniff(b"a,b"), sniff(b"<html><table>")
    ('pdf', 'text', 'html')
    """
    if data.startswith(_OLE):
        return "ole"
    if _BIFF.match(data):
        return "biff"
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06") or _has_directory(data):
        from singleout.draft.zipread import package_format

        return package_format(data)
    for magic, name in _MAGIC:
        if data.startswith(magic) and not (
            magic in (b"BM", b"MZ", b"BZh", b"MSCF") and _is_text(data)
        ):
            if magic == b"\x01\x00\x00\x00" and data[40:44] != b" EMF":
                continue
            return name
    if data[257:262] == b"ustar":
        return "tar"
    if data[32_769:32_774] == b"CD001":
        return "iso"
    if data.startswith(b"ID;P"):
        return "sylk"
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if re.match(rb"<(!doctype html|html|head|body|table|meta|style|script)\b", head):
        return "html"
    if re.match(rb"<(?:\w+:)?svg\b", head):
        return "xml"
    if head.startswith(b"<?xml"):
        return "html" if b"<html" in head else "xml"
    if head.startswith((b"{", b"[")) and re.match(rb"[\[{]\s*[\"{\[\d]", head):
        return "json"
    if _HEADER_LINE.match(head) and re.search(rb"(?im)^(mime-version|message-id|subject): ", head):
        return "eml"
    return "text" if _is_text(data) else "unknown"


def _has_directory(data: bytes) -> bool:
    """A ZIP with bytes before it: its end-of-directory record is near the end of the file."""
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    return at >= 0 and at + 22 <= len(data) and b"PK\x01\x02" in data


def _is_text(data: bytes) -> bool:
    sample = data[:65_536]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if b"\x00" in sample:
        # UTF-16 without a mark: every other byte of plain text is zero
        even, odd = sample[::2].count(0), sample[1::2].count(0)
        if max(even, odd) > 0.3 * len(sample) / 2 and min(even, odd) < 0.02 * len(sample):
            return True
    # A stray control character in text is for the reader of text to report
    control = sum(sample.count(c) for c in range(32) if c not in (9, 10, 11, 12, 13, 27))
    return control <= max(1, len(sample) // 500)
