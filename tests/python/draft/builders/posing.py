# ruff: noqa: E501  a row a place
"""Files of every format, and places in every container where something else should be."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
from collections.abc import Callable

from builders import docx, ods, xls, xlsx
from builders.ods_made import frame, made_drawn
from builders.xls_features import escher
from builders.xls_kept import SUMMARY, properties
from builders.xlsx import PACKAGE, PEOPLE, packed
from builders.xlsx_parts import xlsb

CSV = "".join(",".join(map(str, line)) + "\n" for line in PEOPLE).encode()
NAMES = "".join(f"{line[0]}\n" for line in PEOPLE).encode()
_MACROS = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_DOCM = b"application/vnd.ms-word.document.macroEnabled.main+xml"


def _typed(members: dict[str, bytes], mark: bytes, kind: bytes) -> bytes:
    name = "[Content_Types].xml"
    return packed({**members, name: members[name].replace(mark, kind)})


def _xlsx() -> xlsx.Workbook:
    return xlsx.Workbook([xlsx.Sheet("Staff", PEOPLE)])


def _docx() -> docx.Document:
    return docx.Document(docx.table(PEOPLE))


def _tar() -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        entry = tarfile.TarInfo("staff.csv")
        entry.size = len(CSV)
        archive.addfile(entry, io.BytesIO(CSV))
    return stream.getvalue()


# Format by `sniff` -> a file of people in it, or of what is not read at all
FILES: dict[str, Callable[[], bytes]] = {
    "xlsx": lambda: _xlsx().bytes(),
    "xlsm": lambda: _typed(_xlsx().members(), f"{xlsx.TYPES}.spreadsheetml.sheet.main+xml".encode(), _MACROS),
    "xlsb": lambda: xlsb(hidden_sheet=1),
    "xls": lambda: xls.Book([xls.Sheet("Staff", PEOPLE)]).bytes(),
    "biff": lambda: xls.bare(4, PEOPLE),
    "docx": lambda: _docx().bytes(),
    "docm": lambda: _typed(_docx().members(), f"{xlsx.TYPES}.wordprocessingml.document.main+xml".encode(), _DOCM),
    "ods": lambda: ods.Spreadsheet([ods.Sheet("Staff", PEOPLE)]).bytes(),
    "csv": lambda: CSV,
    "tsv": lambda: CSV.replace(b",", b"\t"),
    "utf-16": lambda: CSV.decode().encode("utf-16"),
    "names": lambda: NAMES,
    "zip": lambda: packed({"staff.csv": CSV}),
    "html": lambda: b"<html><table><tr><td>Adeyemi</td></tr></table></html>",
    "json": lambda: b'[{"surname": "Adeyemi"}]',
    "eml": lambda: b"From: a\r\nSubject: b\r\nMime-Version: 1.0\r\n\r\nAdeyemi",
    "rtf": lambda: b"{\\rtf1 Adeyemi}",
    "pdf": lambda: b"%PDF-1.7\nAdeyemi",
    "gzip": lambda: gzip.compress(CSV, mtime=0),
    "tar": _tar,
    "sqlite": lambda: b"SQLite format 3\x00" + bytes(100),
    "program": lambda: b"MZ\x90\x00\x03" + bytes(60),
}  # fmt: skip


def _related(
    kind: str, name: str, document: xlsx.Workbook | docx.Document, content: bytes
) -> bytes:
    document.parts[name] = ("image/png", content)
    entry = ("rIdPosing", kind, f"/{name}")
    if kind.startswith("http"):
        document.root.append(entry)
    else:
        document.relations.append(entry)
    return document.bytes()


def _stray(name: str, document: xlsx.Workbook | docx.Document, content: bytes) -> bytes:
    return packed({**document.members(), name: content})


def _fonts(content: bytes) -> bytes:
    made = docx.Document()
    made.parts["word/fontTable.xml"] = ("", docx.story("", "fonts"))
    made.relations.append(("rIdFonts", "fontTable", "fontTable.xml"))
    members = made.members()
    members["word/fonts/font1.ttf"] = content
    members["word/_rels/fontTable.xml.rels"] = xlsx.relations([("rId1", "font", "fonts/font1.ttf")])
    return packed(members)


def _ods(name: str, content: bytes) -> bytes:
    return ods.Spreadsheet(parts={name: content}).bytes()


def _store(content: bytes) -> bytes:
    """A picture of an old workbook's store, as a JPEG."""
    blip = escher(0xF01D, bytes(16) + b"\xff" + content, 0x46A)
    entry = struct.pack("<BB16xHIIIBBBB", 5, 5, 0xFF, len(blip), 1, 0, 0, 0, 0, 0)
    store = escher(0xF001, escher(0xF007, entry + blip, 5), 1, container=True)
    return xls.Book(extra=xls.rec(0xEB, escher(0xF000, store, container=True))).bytes()


def _clipboard(content: bytes) -> bytes:
    value = struct.pack("<IIiI", 0x47, len(content) + 8, -1, 3) + content
    made = properties(SUMMARY, [(17, value)])
    return xls.Book(streams={"\x05SummaryInformation": made}).bytes()


_THUMBNAIL = f"{PACKAGE}/relationships/metadata/thumbnail"
# Container and what it calls the content -> such a file
PLACES: dict[str, Callable[[bytes], bytes]] = {
    "xlsx picture": lambda c: _related("image", "xl/media/image1.png", xlsx.Workbook(), c),
    "xlsx film": lambda c: _related("video", "xl/media/film1.mp4", xlsx.Workbook(), c),
    "xlsx thumbnail": lambda c: _related(_THUMBNAIL, "docProps/thumbnail.jpeg", xlsx.Workbook(), c),
    "xlsx printer settings": lambda c: _related("printerSettings", "xl/printerSettings/printerSettings1.bin", xlsx.Workbook(), c),
    "xlsx theme of no markup": lambda c: _related("theme", "xl/theme/theme1.bin", xlsx.Workbook(), c),
    "xlsx leftover of a Mac": lambda c: _stray("__MACOSX/._book.xlsx", xlsx.Workbook(), c),
    "xlsx unreached": lambda c: _stray("xl/media/left.png", xlsx.Workbook(), c),
    "docx picture": lambda c: _related("image", "word/media/image1.png", docx.Document(), c),
    "docx sound": lambda c: _related("audio", "word/media/sound1.wav", docx.Document(), c),
    "docx thumbnail": lambda c: _related(_THUMBNAIL, "docProps/thumbnail.jpeg", docx.Document(), c),
    "docx font": _fonts,
    "docx folder settings": lambda c: _stray("word/desktop.ini", docx.Document(), c),
    "ods picture": lambda c: made_drawn(frame(image="Pictures/1.png"), image=c).bytes(),
    "ods media": lambda c: _ods("media/image1.png", c),
    "ods thumbnail": lambda c: _ods("Thumbnails/thumbnail.png", c),
    "ods font": lambda c: _ods("Fonts/Font_1.ttf", c),
    "ods picture of an object": lambda c: _ods("ObjectReplacements/Object 1", c),
    "ods picture of a button": lambda c: _ods("Configurations2/images/Bitmaps/a.png", c),
    "ods leftover of a Mac": lambda c: _ods("__MACOSX/._content.xml", c),
    "ods unknown member": lambda c: _ods("kept/something.bin", c),
    "zip picture": lambda c: packed({"counts.csv": b"a,b\n1,2\n", "logo.png": c}),
    "zip leftover of a Mac": lambda c: packed({"counts.csv": b"a,b\n1,2\n", "__MACOSX/._counts.csv": c}),
    "zip folder settings": lambda c: packed({"counts.csv": b"a,b\n1,2\n", "desktop.ini": c}),
    "zip pictures of a folder": lambda c: packed({"counts.csv": b"a,b\n1,2\n", "Thumbs.db": c}),
    "zip lock": lambda c: packed({"counts.csv": b"a,b\n1,2\n", "~$counts.xlsx": c}),
    "xls picture": _store,
    "xls picture of an object": lambda c: xls.Book(streams={"\x02OlePres000": c}).bytes(),
    "xls printed picture": lambda c: xls.Book(streams={"\x03EPRINT": c}).bytes(),
    "xls thumbnail": _clipboard,
    "xls unknown stream": lambda c: xls.Book(streams={"Kept": c}).bytes(),
}  # fmt: skip
