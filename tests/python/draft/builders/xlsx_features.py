# ruff: noqa: E501  XML is kept as it is written
"""One workbook a feature, beside its clean twin: (code, place or cells, count, bytes, twin)."""

from __future__ import annotations

import base64
import json
import struct
import zlib
from collections.abc import Callable

from builders.xlsx import HEAD, MAIN, PEOPLE, RELATIONS, TYPES, Sheet, Workbook, packed, with_styles

Case = tuple[str, int, bytes, bytes]
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
PNG = (
    b"\x89PNG\r\n\x1a\n"
    + struct.pack(">I", 13)
    + b"IHDR"
    + struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    + struct.pack(">I", zlib.crc32(b"IHDR" + struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)))
    + struct.pack(">I", 0)
    + b"IEND"
    + struct.pack(">I", zlib.crc32(b"IEND"))
)


def _rows(attributes: str, **more: str) -> bytes:
    return Workbook([Sheet("Counts", rows={2: attributes, 3: attributes}, **more)]).bytes()


def _columns(attributes: str) -> bytes:
    return Workbook(
        [Sheet("Counts", before=f'<cols><col min="2" max="2" {attributes}/></cols>')]
    ).bytes()


def _styled(number: str = "", font: str = "", fill: str = "") -> bytes:
    styles = with_styles(number, font, fill)
    return Workbook([Sheet("Counts", styles={(1, 1): 1, (2, 1): 1})], styles=styles).bytes()


def _sheet(**more: object) -> bytes:
    return Workbook([Sheet("Counts", **more)]).bytes()  # type: ignore[arg-type]


def _drawing(body: str, image: bytes = b"") -> bytes:
    xml = (
        f'{HEAD}<xdr:wsDr xmlns:xdr="{_DRAWING}/spreadsheetDrawing" xmlns:a="{_DRAWING}/main" '
        f'xmlns:r="{RELATIONS}">{body}</xdr:wsDr>'
    )
    sheet = Sheet("Counts", after='<drawing r:id="rId1"/>')
    sheet.relations = [("rId1", "drawing", "../drawings/drawing1.xml")]
    parts = {"xl/drawings/drawing1.xml": (f"{TYPES}.drawing+xml", xml.encode())}
    if image:
        from builders.xlsx import relations

        parts["xl/media/image1.bin"] = ("image/png", image)
        parts["xl/drawings/_rels/drawing1.xml.rels"] = (
            "",
            relations([("rId1", "image", "../media/image1.bin")]),
        )
    return Workbook([sheet], parts).bytes()


def _anchor(row: int, hidden: str = "", crop: str = "", descr: str = "") -> str:
    return (
        f"<xdr:twoCellAnchor><xdr:from><xdr:col>0</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{row}</xdr:row>"
        f"<xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>4</xdr:col><xdr:colOff>0</xdr:colOff>"
        f"<xdr:row>{row + 4}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to><xdr:pic><xdr:nvPicPr>"
        f'<xdr:cNvPr id="2" name="Picture 1" {hidden} descr="{descr}"/><xdr:cNvPicPr/></xdr:nvPicPr>'
        f"<xdr:blipFill>{crop}</xdr:blipFill><xdr:spPr/></xdr:pic><xdr:clientData/></xdr:twoCellAnchor>"
    )


def jpeg(gps: bool) -> bytes:
    """A JPEG with an EXIF block: a place, or nothing telling."""
    entries = [(0x8825, 4, 1, 26)] if gps else [(0x0112, 3, 1, 1)]
    tiff = b"II*\x00" + struct.pack("<I", 8) + struct.pack("<H", len(entries))
    tiff += b"".join(struct.pack("<HHII", *entry) for entry in entries) + bytes(4)
    if gps:
        tiff += struct.pack("<H", 1) + struct.pack("<HHII", 2, 5, 3, 0) + bytes(4)
    body = b"Exif\x00\x00" + tiff
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(body) + 2) + body + b"\xff\xd9"


def pivot(records: bool) -> bytes:
    """A pivot cache of people whose source sheet is gone; the twin has no cache."""
    if not records:
        return Workbook().bytes()
    fields = "".join(
        f'<cacheField name="{name}"><sharedItems/></cacheField>' for name in map(str, PEOPLE[0])
    )
    lines = "".join("<r>" + "".join(f'<s v="{v}"/>' for v in row) + "</r>" for row in PEOPLE[1:])
    from builders.xlsx import relations

    base = "xl/pivotCache/pivotCache"
    return Workbook(
        parts={
            f"{base}Definition1.xml": (
                "",
                f'{HEAD}<pivotCacheDefinition xmlns="{MAIN}"><cacheFields>{fields}</cacheFields></pivotCacheDefinition>'.encode(),
            ),
            f"{base}Records1.xml": (
                "",
                f'{HEAD}<pivotCacheRecords xmlns="{MAIN}">{lines}</pivotCacheRecords>'.encode(),
            ),
            "xl/pivotCache/_rels/pivotCacheDefinition1.xml.rels": (
                "",
                relations([("rId1", "pivotCacheRecords", "pivotCacheRecords1.xml")]),
            ),
        },
        relations=[("rIdP", "pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml")],
    ).bytes()


def mashup(typed: bool) -> bytes:
    """A Power Query whose rows were typed in, as [MS-QDEFF] packs it."""
    if not typed:
        return Workbook().bytes()
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    rows = engine.compress(json.dumps(PEOPLE[1:]).encode()) + engine.flush()
    text = (
        "section Section1;\nshared Typed = let Source = Table.FromRows(Json.Document(Binary.Decompress("
        f'Binary.FromText("{base64.b64encode(rows).decode()}", BinaryEncoding.Base64), Compression.Deflate)), '
        "let _t = ((type nullable text) meta [Serialized.Text = true]) in type table "
        "[surname = _t, initials = _t, rank = _t, unit = _t]) in Source;\n"
    )
    inner = packed({"Formulas/Section1.m": text.encode()})
    blob = base64.b64encode(struct.pack("<II", 0, len(inner)) + inner + bytes(12)).decode()
    xml = f'<DataMashup xmlns="http://schemas.microsoft.com/DataMashup">{blob}</DataMashup>'
    return Workbook(
        parts={"customXml/item1.xml": ("", xml.encode())},
        relations=[("rIdC", "customXml", "../customXml/item1.xml")],
    ).bytes()


def embedded() -> bytes:
    """A workbook of people inside a workbook of counts."""
    inner = Workbook([Sheet("Data", PEOPLE)]).bytes()
    sheet = Sheet("Counts", relations=[("rId1", "package", "../embeddings/book.xlsx")])
    return Workbook([sheet], {"xl/embeddings/book.xlsx": ("", inner)}).bytes()


CLEAN = Workbook().bytes()
_FAR = {(900, 1): "left over", (901, 1): "left over too"}
_VALIDATION = '<dataValidations><dataValidation type="list" sqref="B2"><formula1>{}</formula1></dataValidation></dataValidations>'
_FILTER = '<autoFilter ref="A1:B4"><filterColumn colId="0"><filters>{}</filters></filterColumn></autoFilter>'
_SCENARIO = (
    '<scenarios><scenario name="a" count="1"><inputCells r="B2" val="7"/></scenario></scenarios>'
)
_MERGE = '<mergeCells><mergeCell ref="{}"/></mergeCells>'
_NAME = "<definedNames><definedName name={}</definedName></definedNames>"

CASES: dict[str, Callable[[], Case]] = {
    "hidden sheet": lambda: (
        "hidden-sheet",
        1,
        Workbook([Sheet("Counts"), Sheet("More", state="hidden")]).bytes(),
        Workbook([Sheet("Counts"), Sheet("More")]).bytes(),
    ),
    "very hidden sheet": lambda: (
        "very-hidden-sheet",
        1,
        Workbook([Sheet("Counts"), Sheet("More", state="veryHidden")]).bytes(),
        CLEAN,
    ),
    "hidden rows": lambda: ("hidden-row", 4, _rows('hidden="1"'), _rows('ht="20"')),
    "rows of no height": lambda: ("zero-size-row", 4, _rows('ht="0" customHeight="1"'), _rows("")),
    "collapsed rows": lambda: (
        "collapsed-group",
        4,
        _rows('hidden="1" outlineLevel="1"'),
        _rows('outlineLevel="1"'),
    ),
    "filtered rows": lambda: (
        "filtered-row",
        4,
        _rows('hidden="1"', after=_FILTER.format("")),
        _rows("", after='<autoFilter ref="A1:B4"/>'),
    ),
    "filter values": lambda: (
        "filter-value",
        1,
        _sheet(after=_FILTER.format('<filter val="sergeant"/>')),
        _sheet(after=_FILTER.format("")),
    ),
    "hidden columns": lambda: (
        "hidden-column",
        4,
        _columns('hidden="1" width="9"'),
        _columns('width="9"'),
    ),
    "columns of no width": lambda: (
        "zero-size-column",
        4,
        _columns('width="0" customWidth="1"'),
        _columns(""),
    ),
    "columns of no width by default": lambda: (
        "zero-size-column",
        4,
        _sheet(
            before='<sheetFormatPr defaultColWidth="0"/><cols><col min="1" max="1" width="9"/></cols>'
        ),
        _sheet(before='<sheetFormatPr defaultColWidth="9"/>'),
    ),
    "tabs not shown": lambda: (
        "hidden-window",
        1,
        Workbook(book='<bookViews><workbookView showSheetTabs="0"/></bookViews>').bytes(),
        Workbook(book="<bookViews><workbookView/></bookViews>").bytes(),
    ),
    "format that hides": lambda: (
        "hiding-format",
        2,
        _styled(number=";;;"),
        _styled(number="0;-0;;@"),
    ),
    "white on white": lambda: (
        "invisible-text",
        2,
        _styled(font='<sz val="11"/><color rgb="FFFFFFFF"/>'),
        _styled(
            font='<sz val="11"/><color rgb="FFFFFFFF"/>',
            fill='<patternFill patternType="solid"><fgColor rgb="FF000080"/></patternFill>',
        ),
    ),
    "ink of the fill": lambda: (
        "invisible-text",
        2,
        _styled(
            font='<sz val="11"/><color rgb="FF336699"/>',
            fill='<patternFill patternType="solid"><fgColor rgb="FF336699"/></patternFill>',
        ),
        _styled(font='<sz val="11"/><color rgb="FF336699"/>'),
    ),
    "tiny font": lambda: (
        "tiny-font",
        2,
        _styled(font='<sz val="1"/>'),
        _styled(font='<sz val="8"/>'),
    ),
    "far cells": lambda: (
        "far-cells",
        2,
        _sheet(extra=_FAR),
        _sheet(extra={(8, 1): "note", (9, 1): "note"}),
    ),
    "outside the print area": lambda: (
        "far-cells",
        4,
        Workbook(
            book='<definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">Counts!$A$1:$B$2</definedName></definedNames>'
        ).bytes(),
        Workbook(
            book='<definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">Counts!$A$1:$B$9</definedName></definedNames>'
        ).bytes(),
    ),
    "under a picture": lambda: ("covered-cells", 8, _drawing(_anchor(0)), _drawing(_anchor(10))),
    "hidden object": lambda: (
        "hidden-object",
        1,
        _drawing(_anchor(10, 'hidden="1"')),
        _drawing(_anchor(10)),
    ),
    "alternative text": lambda: (
        "alt-text",
        1,
        _drawing(_anchor(10, descr="A view from the window")),
        _drawing(_anchor(10, descr="Picture 4")),
    ),
    "cropped picture": lambda: (
        "cropped-picture",
        1,
        _drawing(_anchor(10, crop='<a:srcRect l="20000"/>')),
        _drawing(_anchor(10, crop="<a:srcRect/>")),
    ),
    "picture": lambda: ("picture", 1, _drawing(_anchor(10), PNG), _drawing(_anchor(10))),
    "place in EXIF": lambda: (
        "picture-location",
        1,
        _drawing(_anchor(10), jpeg(True)),
        _drawing(_anchor(10), jpeg(False)),
    ),
    "under merged cells": lambda: (
        "merged-cells",
        1,
        _sheet(after=_MERGE.format("A2:B2")),
        _sheet(after=_MERGE.format("A7:B7")),
    ),
    "typed list of values": lambda: (
        "validation-list",
        2,
        _sheet(after=_VALIDATION.format('"north,south"')),
        _sheet(after=_VALIDATION.format("$A$2:$A$4")),
    ),
    "scenario": lambda: ("scenario", 1, _sheet(after=_SCENARIO), CLEAN),
    "header": lambda: (
        "header-footer",
        1,
        _sheet(
            after="<headerFooter><oddHeader>&amp;CDraft for the board</oddHeader></headerFooter>"
        ),
        _sheet(
            after="<headerFooter><oddFooter>&amp;CPage &amp;P of &amp;N</oddFooter></headerFooter>"
        ),
    ),
    "hidden name": lambda: (
        "hidden-name",
        1,
        Workbook(book=_NAME.format('"list" hidden="1">Counts!$A$1')).bytes(),
        Workbook(book=_NAME.format('"list">Counts!$A$1')).bytes(),
    ),
    "stale name": lambda: (
        "stale-name",
        1,
        Workbook(book=_NAME.format('"list">#REF!')).bytes(),
        CLEAN,
    ),
    "constant name": lambda: (
        "constant-name",
        1,
        Workbook(book=_NAME.format('"who">"north"')).bytes(),
        CLEAN,
    ),
    "pivot cache": lambda: ("pivot-cache", 4, pivot(True), pivot(False)),
    "people in a pivot cache": lambda: ("unseen-people-table", 4, pivot(True), pivot(False)),
    "rows typed into a query": lambda: ("query-rows", 4, mashup(True), mashup(False)),
    "people typed into a query": lambda: ("unseen-people-table", 4, mashup(True), mashup(False)),
    "embedded workbook": lambda: ("embedded-object", 1, embedded(), CLEAN),
    "people in an embedded workbook": lambda: ("unseen-people-table", 4, embedded(), CLEAN),
    "unknown part": lambda: (
        "unknown-part",
        1,
        packed({**Workbook().members(), "xl/secret.bin": b"something"}),
        CLEAN,
    ),
    "bytes after the archive": lambda: ("unknown-part", 9, CLEAN + b"something", CLEAN),
    "bytes before the archive": lambda: ("unknown-part", 9, b"something" + CLEAN, CLEAN),
    "system file": lambda: (
        "system-file",
        1,
        packed({**Workbook().members(), "__MACOSX/._book.xlsx": b"xx"}),
        CLEAN,
    ),
    "people on a hidden sheet": lambda: (
        "unseen-people-table",
        4,
        Workbook([Sheet("Counts"), Sheet("Data", PEOPLE, "hidden")]).bytes(),
        Workbook([Sheet("Counts"), Sheet("Other", state="")]).bytes(),
    ),
}
