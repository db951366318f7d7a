"""Tell a file's format by its content, never by its name."""

from __future__ import annotations

import re

from singleout.formats.registry import FORMATS, Mark

# BIFF2, 3, 4 and 5 streams without an OLE container: a BOF record of 4 to 16 bytes
_BIFF = re.compile(rb"\x09[\x00\x02\x04\x08][\x04-\x10]\x00")
_HTML = re.compile(rb"<(!doctype html|html|head|body|table|meta|style|script)\b")
_SVG = re.compile(rb"<(?:\w+:)?svg[\s>]")
# So few letters and digits at the start of a text are no mark of a format
_FEW = 4
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
    if any(_has(data, mark) for mark in FORMATS["ole"].marks):
        return "ole"
    if _BIFF.match(data):
        return "biff"
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06") or _has_directory(data):
        from singleout.draft.zipread import package_format

        return package_format(data)
    for name, row in FORMATS.items():
        for mark in row.marks:
            if _has(data, mark) and not (_readable(mark) and _is_text(data)):
                return name
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if _HTML.match(head):
        return "html"
    if head.startswith(b"<") and _SVG.match(head, _first_element(head)):
        return "svg"
    if head.startswith(b"<?xml"):
        return "html" if b"<html" in head else "xml"
    if head.startswith((b"{", b"[")) and re.match(rb"[\[{]\s*[\"{\[\d]", head):
        return "json"
    if _HEADER_LINE.match(head) and re.search(rb"(?im)^(mime-version|message-id|subject): ", head):
        return "eml"
    return "text" if _is_text(data) else "unknown"


def _first_element(head: bytes) -> int:
    """Where the first element of markup begins, after declarations, comments and a DTD."""
    at = 0
    while True:
        while head[at : at + 1].isspace():
            at += 1
        if head.startswith(b"<!--", at):
            end = head.find(b"-->", at + 4)
        elif head.startswith(b"<?", at):
            end = head.find(b"?>", at)
        elif head.startswith(b"<!", at):
            end = head.find(b">", at)
            if 0 <= head.find(b"[", at) < end:
                end = head.find(b"]", at)
                end = end if end < 0 else head.find(b">", end)
        else:
            return at
        if end < 0:
            return len(head)
        at = head.find(b">", end) + 1


def _has(data: bytes, mark: Mark) -> bool:
    return all(data[at : at + len(piece)] == piece for at, piece in mark)


def _readable(mark: Mark) -> bool:
    """Whether a text may well begin so: a few letters, such as a heading's first."""
    pieces = b"".join(piece for _, piece in mark)
    return len(pieces) <= _FEW and pieces.isalnum()


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
