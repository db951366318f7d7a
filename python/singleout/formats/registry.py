"""The formats that are known, one row each: all that is said of a format is said here.

Names of files, the first bytes, the reader, the advice where there is none, and whether content of
the format is a file to open wherever it lies: every container asks the same predicate.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

Kind = Literal[
    "workbook",
    "letter",
    "rows",
    "columnar",
    "picture",
    "media",
    "font",
    "archive",
    "packed",
    "other",
]
# Bytes that must stand at these offsets, all of them
Mark = tuple[tuple[int, bytes], ...]


class Format(NamedTuple):
    """One format.

    Parameters
    ----------
    name : str
        As `singleout.draft.sniff.sniff` gives it.
    title : str
        What it is, for a sentence ("an Excel workbook").
    kind : str
        What it is used for. A ``picture``, ``media`` (sound, film, model) or ``font`` is shown or
        played, and holds no table that a program would open; all else is a file of its own.
    extensions : tuple of str
        Names under which its content may go, its own first.
    marks : tuple of Mark
        Any of these tells it; empty for those that are told by their parts or their text.
    reader : str
        The module whose ``read`` reads it; empty where it is not read.
    convert : str
        What to do where it is not read.
    """

    name: str
    title: str
    kind: Kind
    extensions: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    reader: str = ""
    convert: str = ""

    @property
    def opened(self) -> bool:
        """Whether content of it is a file, to be opened in turn wherever it lies."""
        return self.kind not in ("picture", "media", "font")


def _begin(*heads: bytes) -> tuple[Mark, ...]:
    return tuple(((0, head),) for head in heads)


def _riff(form: bytes) -> tuple[Mark, ...]:
    return (((0, b"RIFF"), (8, form)),)


def _boxes(*brands: bytes) -> tuple[Mark, ...]:
    """ISO/IEC 14496-12: the first box is ``ftyp`` and names what the file is."""
    return tuple(((4, b"ftyp"), (8, brand)) for brand in brands)


_DRAFT = "singleout.draft."
_TO_XLSX = "Copy its tables to XLSX or CSV and inspect that."
_TO_ODS = "Copy its tables to ODS or CSV and inspect that."
_TO_CSV = "Export its tables to CSV and inspect those."
_AS_DOCX = "Save it as DOCX and inspect that."
_AS_XLSX = "Open it in Excel or LibreOffice, save it as XLSX and inspect that."
_MAIL = "Save the attachments and inspect each; copy the text to DOCX."
_UNPACK = "Unpack it and inspect what is inside."
_OWN = "Inspect the file in its own program."
_OFFICE = ("xlsx", "xlsm", "xlsb", "docx", "docm")

# fmt: off
_ROWS: tuple[Format, ...] = (
    # Spreadsheets
    Format("xlsx", "an Excel workbook", "workbook", ("xlsx", "xltx"), reader=f"{_DRAFT}xlsx"),
    Format("xlsm", "an Excel workbook with macros", "workbook", ("xlsm", "xltm", "xlam"),
        reader=f"{_DRAFT}xlsx"),
    Format("xlsb", "an Excel binary workbook", "workbook", ("xlsb",), reader=f"{_DRAFT}xlsb"),
    Format("ole", "an old Office file", "other", (), _begin(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        reader=f"{_DRAFT}ole", convert=_OWN),
    Format("xls", "an Excel 97 workbook", "workbook", ("xls", "xlt")),
    Format("biff", "a very old Excel workbook", "workbook", ("xls", "xlt"), reader=f"{_DRAFT}ole"),
    Format("ods", "an OpenDocument spreadsheet", "workbook", ("ods", "ots"), reader=f"{_DRAFT}odf"),
    Format("sylk", "a SYLK spreadsheet", "workbook", (), _begin(b"ID;P"), convert=_AS_XLSX),
    # Documents
    Format("docx", "a Word document", "letter", ("docx", "dotx"), reader=f"{_DRAFT}docx"),
    Format("docm", "a Word document with macros", "letter", ("docm", "dotm"),
        reader=f"{_DRAFT}docx"),
    Format("doc", "an old Word document", "letter", ("doc",), convert=_AS_DOCX),
    Format("odt", "an OpenDocument text", "letter", ("odt",), convert=_AS_DOCX),
    Format("rtf", "a rich text document", "letter", ("rtf",), _begin(b"{\\rtf"), convert=_AS_DOCX),
    Format("pdf", "a PDF", "letter", ("pdf",), _begin(b"%PDF-"),
        convert="Inspect the file that the PDF was made from, or export its tables to CSV."),
    # A PostScript picture is a program, of which only a small picture for the screen is shown
    Format("eps", "a PostScript file", "letter", ("eps", "ps"),
        _begin(b"%!PS", b"\xc5\xd0\xd3\xc6")),
    Format("xps", "an XPS document", "letter", ("xps",)),
    Format("html", "a web page", "letter", ("html", "htm"), convert=_AS_XLSX),
    Format("eml", "an e-mail", "letter", ("eml",), convert=_MAIL),
    Format("msg", "an Outlook message", "letter", ("msg",), convert=_MAIL),
    Format("pptx", "a PowerPoint presentation", "other", ("pptx",), convert=_TO_XLSX),
    Format("ppt", "an old PowerPoint presentation", "other", ("ppt",), convert=_TO_XLSX),
    Format("odp", "an OpenDocument presentation", "other", ("odp",), convert=_TO_ODS),
    Format("odg", "an OpenDocument drawing", "other", ("odg",)),
    Format("odf", "an OpenDocument file", "other"),
    Format("vsdx", "a Visio drawing", "other", ("vsdx",)),
    Format("vsd", "an old Visio drawing", "other", ("vsd",), convert=_OWN),
    Format("equation", "a formula object", "other", convert=_OWN),
    Format("encrypted", "an Office file with a password", "other", _OFFICE),
    Format("program", "a program", "other", (), _begin(b"MZ", b"\x7fELF")),
    # Rows and records
    Format("csv", "CSV", "rows", ("csv", "tsv", "tab", "txt")),
    Format("tsv", "TSV", "rows", ("tsv", "csv", "tab", "txt")),
    Format("text", "plain text", "rows", ("txt", "csv", "tsv", "tab", "json"),
        reader=f"{_DRAFT}delimited"),
    Format("xml", "XML", "rows", ("xml", "txt"), convert=_AS_XLSX),
    Format("json", "JSON", "rows", ("json", "jsonl", "ndjson", "txt"),
        reader=f"{_DRAFT}json_records"),
    Format("parquet", "a Parquet file", "columnar", ("parquet",), _begin(b"PAR1"),
        convert="Convert it to CSV and inspect that, or score it with `singleout score`."),
    Format("arrow", "an Arrow file", "columnar", ("arrow", "feather", "ipc"), _begin(b"ARROW1")),
    Format("sqlite", "an SQLite database", "columnar", ("sqlite",), _begin(b"SQLite format 3\x00"),
        convert=_TO_CSV),
    Format("access", "an Access database", "columnar", ("mdb", "accdb"),
        _begin(b"\x00\x01\x00\x00Standard Jet DB", b"\x00\x01\x00\x00Standard ACE DB"),
        convert=_TO_CSV),
    # Archives and packed files
    Format("zip", "a ZIP archive", "archive", ("zip",), reader=f"{_DRAFT}archive"),
    Format("tar", "a TAR archive", "archive", ("tar",), (((257, b"ustar"),),), convert=_UNPACK),
    Format("7z", "a 7-Zip archive", "archive", ("7z",), _begin(b"7z\xbc\xaf\x27\x1c"),
        convert=_UNPACK),
    Format("rar", "a RAR archive", "archive", ("rar",), _begin(b"Rar!\x1a\x07"), convert=_UNPACK),
    Format("cab", "a CAB archive", "archive", ("cab",), _begin(b"MSCF"), convert=_UNPACK),
    Format("ar", "an AR archive", "archive", ("ar",), _begin(b"!<arch>\n"), convert=_UNPACK),
    Format("iso", "a disk image", "archive", ("iso",), (((32_769, b"CD001"),),), convert=_UNPACK),
    Format("gzip", "a gzip file", "packed", ("gz",), _begin(b"\x1f\x8b"), convert=_UNPACK),
    Format("bzip2", "a bzip2 file", "packed", ("bz2",), _begin(b"BZh"), convert=_UNPACK),
    Format("xz", "an XZ file", "packed", ("xz",), _begin(b"\xfd7zXZ\x00"), convert=_UNPACK),
    Format("zstandard", "a Zstandard file", "packed", ("zst",), _begin(b"\x28\xb5\x2f\xfd"),
        convert=_UNPACK),
    Format("lz4", "an LZ4 file", "packed", ("lz4",), _begin(b"\x04\x22\x4d\x18"), convert=_UNPACK),
    # Pictures
    Format("png", "a PNG picture", "picture", ("png",), _begin(b"\x89PNG\r\n\x1a\n")),
    Format("jpeg", "a JPEG picture", "picture", ("jpg", "jpeg"), _begin(b"\xff\xd8\xff")),
    Format("gif", "a GIF picture", "picture", ("gif",), _begin(b"GIF87a", b"GIF89a")),
    Format("tiff", "a TIFF picture", "picture", ("tif", "tiff"), _begin(b"II*\x00", b"MM\x00*")),
    # In old Office files without the file's own header
    Format("bmp", "a bitmap", "picture", ("bmp",),
        (*_begin(b"BM"), ((0, b"\x28\x00\x00\x00"), (12, b"\x01\x00")))),
    Format("emf", "a metafile", "picture", ("emf",),
        (((0, b"\x01\x00\x00\x00"), (40, b" EMF")),)),
    Format("wmf", "an old metafile", "picture", ("wmf",),
        _begin(b"\xd7\xcd\xc6\x9a", b"\x01\x00\x09\x00")),
    Format("svm", "a metafile of LibreOffice", "picture", ("svm",), _begin(b"VCLMTF")),
    Format("svg", "an SVG picture", "picture", ("svg", "xml")),
    Format("webp", "a WebP picture", "picture", ("webp",), _riff(b"WEBP")),
    Format("heif", "a HEIF picture", "picture", ("heic", "heif", "avif"),
        _boxes(b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis")),
    Format("jxr", "a JPEG XR picture", "picture", ("jxr", "wdp"), _begin(b"II\xbc\x01")),
    Format("jp2", "a JPEG 2000 picture", "picture", ("jp2",), _begin(b"\x00\x00\x00\x0cjP  \r\n")),
    Format("psd", "a Photoshop picture", "picture", ("psd",), _begin(b"8BPS\x00\x01")),
    Format("pcx", "a PCX picture", "picture", ("pcx",), _begin(b"\x0a\x05\x01\x08")),
    Format("pict", "a PICT picture", "picture", ("pict", "pct"),
        (((522, b"\x00\x11\x02\xff"),), ((10, b"\x00\x11\x02\xff"),))),
    # Sound, film, models
    Format("wav", "a sound", "media", ("wav",), _riff(b"WAVE")),
    Format("mp3", "a sound", "media", ("mp3",),
        _begin(b"ID3\x02", b"ID3\x03", b"ID3\x04", b"\xff\xfb")),
    Format("ogg", "a sound or film", "media", ("ogg", "oga", "ogv"), _begin(b"OggS\x00")),
    Format("mp4", "a sound or film", "media", ("mp4", "m4a", "m4v", "mov"),
        _boxes(b"isom", b"iso2", b"mp41", b"mp42", b"M4A ", b"M4V ", b"qt  ", b"avc1", b"dash")),
    Format("avi", "a film", "media", ("avi",), _riff(b"AVI ")),
    Format("asf", "a sound or film", "media", ("wma", "wmv", "asf"),
        _begin(b"\x30\x26\xb2\x75\x8e\x66\xcf\x11")),
    Format("glb", "a model", "media", ("glb",), _begin(b"glTF\x01", b"glTF\x02")),
    # Fonts
    Format("truetype", "a font", "font", ("ttf", "ttc"),
        _begin(b"\x00\x01\x00\x00\x00", b"ttcf\x00")),
    Format("opentype", "a font", "font", ("otf",), _begin(b"OTTO\x00")),
    Format("woff", "a font", "font", ("woff", "woff2"), _begin(b"wOFF", b"wOF2")),
)
# fmt: on
FORMATS: Mapping[str, Format] = {row.name: row for row in _ROWS}
# Ending of a name, in small letters -> the formats whose content may go by it
EXTENSIONS: Mapping[str, frozenset[str]] = {
    ending: frozenset(row.name for row in _ROWS if ending in row.extensions)
    for ending in sorted({ending for row in _ROWS for ending in row.extensions})
}
READERS: Mapping[str, str] = {row.name: row.reader for row in _ROWS if row.reader}
PICTURES = frozenset(row.name for row in _ROWS if row.kind == "picture")


def opens_in_turn(name: str) -> bool:
    """Tell whether content of a format is opened as a file of its own, wherever it lies.

    Parameters
    ----------
    name : str
        A format as `singleout.draft.sniff.sniff` gives it.

    Returns
    -------
    bool
        True for what is opened or at least reported as not read; False for what shows or plays
        something, and for what is of no known format.

    Examples
    --------
    >>> [opens_in_turn(name) for name in ("docm", "text", "pdf", "png", "unknown")]
    [True, True, True, False, False]
    """
    row = FORMATS.get(name)
    return row is not None and row.opened


def advice(name: str) -> str:
    """Return what to do with a file of a format that is not read.

    Examples
    --------
    >>> advice("rtf")
    'Save it as DOCX and inspect that.'
    """
    row = FORMATS.get(name)
    found = "" if row is None else row.convert
    return found or "Convert it to XLSX, DOCX, ODS or CSV and inspect that."
