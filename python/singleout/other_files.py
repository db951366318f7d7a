"""A file that is no file of rows: what it is by content and name, and what to do about it."""

from __future__ import annotations

import re
from pathlib import Path

from singleout.formats.registry import FORMATS

# Endings of templates, which are the same formats by content
_TEMPLATES = {
    "xltx": "an Excel template",
    "xltm": "an Excel template with macros",
    "xlt": "an Excel 97 template",
    "ots": "an OpenDocument template",
}


def _titles(*names: str) -> dict[str, str]:
    """Ending of a name -> what it says the file is."""
    found = {ending: FORMATS[n].title for n in names for ending in FORMATS[n].extensions}
    return {**found, **{k: v for k, v in _TEMPLATES.items() if k in found}}


_BOOKS = _titles("xlsx", "xlsm", "xlsb", "xls", "ods")
_DOCUMENTS = _titles("docx", "docm", "zip")
# Not opened by `inspect` either
_MORE = _titles(
    *("doc", "odt", "rtf", "pdf", "ppt", "pptx", "odp", "html", "eml", "msg", "sqlite"),
) | {"xml": FORMATS["xml"].title}
_COLUMNAR = _titles("parquet", "arrow")
_NAMED = {**_BOOKS, **_DOCUMENTS, **_MORE, **_COLUMNAR}
_ROWS = {"csv": "CSV", "tsv": "TSV", "tab": "TSV", "txt": "plain text"}
_PACKED = frozenset({"xlsx", "xlsm", "xlsb", "docx", "docm", "pptx", "ods", "odt", "odp"})
# Streams of compound files -> what they are
_STREAMS = {
    "encryptedpackage": "encrypted",
    "workbook": "xls",
    "book": "xls",
    "worddocument": "doc",
    "powerpoint document": "ppt",
    "__properties_version1.0": "msg",
}
# First bytes of what is not rows; a text that begins like a page or XML is one
_MARKS = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\xd0\xcf\x11\xe0",
    b"%PDF-",
    b"{\\rtf",
    b"SQLite format 3",
)
_PAGE = re.compile(rb"(?i)(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|body|table|\?xml)[\s>]")
_AS_CSV = "save the sheet that you want as CSV and score that"
_AGAIN = "get it again from where it came"
_LOOKED_INTO = 200_000_000  # bytes; what is larger and no rows is not read to say what it is


def refusal(
    path: Path, label: str, head: bytes, size: int, data: bytes | None = None
) -> str | None:
    """Say why a file is not taken for rows; None if it may be read.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    label : str
        Its name for messages.
    head : bytes
        Its first bytes, some hundred of them.
    size : int
        Its bytes.
    data : bytes, optional
        All of it, where there is no file at `path`.

    Returns
    -------
    str or None
        What its name and its content say, whether they fit, and the remedy; no value of it.

    Examples
    --------
    >>> refusal(Path("ranks.xls"), "ranks.xls", b"rank,unit", 9)[:58]
    'its name says it is an Excel 97 workbook (.xls), but its c'
    >>> refusal(Path("ranks.csv"), "ranks.csv", b"rank,unit", 9) is None
    True
    """
    extension = path.suffix[1:].lower()
    if extension in ("json", "jsonl", "ndjson") and head.lstrip()[:1] in (b"[", b"{"):
        return "is JSON, not a file of rows; convert its records to CSV and score that"
    if not head.startswith(_MARKS) and not _PAGE.match(head):
        return _misnamed(extension, label, head, size)
    from singleout.draft.sniff import sniff  # most files are rows: not imported for them

    if size > _LOOKED_INTO:
        return (
            f"is no file of rows, and with {size:,} bytes too large to say what else; "
            f"`singleout inspect {label}` says what can be read of it"
        )
    whole = path.read_bytes() if data is None else data
    kind = sniff(whole)
    if kind in ("csv", "tsv", "text"):
        return _misnamed(extension, label, head, size)
    named = _NAMED.get(extension, _ROWS.get(extension, ""))
    says = f"its name says it is {named} (.{extension}), but its content is"
    if kind == "ole":
        kind = _compound(whole)
    if kind == "damaged" or (kind == "zip" and extension in _PACKED):
        what = f"{says} a ZIP file without one: it is damaged, cut short or something else"
        if kind == "damaged":
            what = f"is {named or 'an old Office file'} that is damaged or cut short"
        return f"{what}; {_AGAIN}; `singleout inspect {label}` says what can be read of it"
    what = FORMATS[kind].title if kind in FORMATS else "something else"
    if not named or what == named or {extension, kind} in ({"xls", "biff"}, {"xlt", "xls"}):
        return f"is {what}, not a file of rows; {_remedy(kind, label)}"
    return f"{says} {what}; {_remedy(kind, label)}"


def _compound(data: bytes) -> str:
    """What a compound file holds, by its streams; ``damaged`` if one cannot be read whole."""
    import olefile

    try:
        with olefile.OleFileIO(data) as compound:
            for stream, *inner in compound.listdir():
                if not inner and stream.lower() in _STREAMS:
                    compound.openstream(stream).read()
                    return _STREAMS[stream.lower()]
    except Exception:  # olefile raises many kinds on a damaged file
        return "damaged"
    return "ole"


def _misnamed(extension: str, label: str, head: bytes, size: int) -> str | None:
    """What text, or what is of no known format, is called by a name of something else."""
    named = _NAMED.get(extension)
    if named is None or head.startswith((b"PAR1", b"ARROW1", b"\xff\xff\xff\xff")):
        return None
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\x00" in head and not wide:
        what = f"no such thing ({size:,} bytes): it is damaged or something else"
        remedy = _AGAIN
    else:
        what = f"plain text ({size:,} bytes): it is damaged, or named wrongly"
        remedy = f"{_AGAIN}, or rename it to .csv if it is rows of delimited text"
    if extension not in _COLUMNAR:
        remedy += f"; `singleout inspect {label}` says what is in it"
    return f"its name says it is {named} (.{extension}), but its content is {what}; {remedy}"


def _remedy(kind: str, label: str) -> str:
    if kind == "encrypted":
        return f"save it without its password; then {_AS_CSV}"
    if kind in ("html", "htm", "xml"):
        return f"open it in Excel or LibreOffice, {_AS_CSV}"
    if kind in _MORE:
        return "export its tables to CSV and score those"
    found = (
        f"`singleout inspect {label}` finds the tables in it, and "
        "so.inspect(path).tables[0].data can be scored"
    )
    return f"{_AS_CSV}; {found}" if kind in _BOOKS or kind == "biff" else found
