# ruff: noqa: E501  XML is kept as it is written
"""Workbooks with one part behind them each: (code, count, bytes)."""

from __future__ import annotations

import struct
from collections.abc import Callable

from builders.xlsx import (
    HEAD,
    MAIN,
    PACKAGE,
    PEOPLE,
    Sheet,
    Workbook,
    packed,
    relations,
    with_styles,
)

RICH = "http://schemas.microsoft.com/office/spreadsheetml/2017/richdata"
SLICER = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
THREADED = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"


def book_part(kind: str, path: str, body: str | bytes, *more: tuple[str, str, str]) -> bytes:
    """A workbook with a part by this kind of relationship; `more` are (kind, path, body)."""
    parts: dict[str, tuple[str, bytes]] = {}
    links = []
    for n, (name, at, content) in enumerate([(kind, path, body), *more]):
        raw = content.encode() if isinstance(content, str) else content
        parts[at] = ("", HEAD.encode() + raw if raw.startswith(b"<") else raw)
        links.append((f"rIdX{n}", name, f"/{at}"))
    return Workbook(parts=parts, relations=links).bytes()


def sheet_part(kind: str, path: str, body: str) -> bytes:
    """A workbook whose sheet has a part by this kind of relationship."""
    sheet = Sheet("Counts", relations=[("rId1", kind, f"/{path}")])
    return Workbook([sheet], {path: ("", (HEAD + body).encode())}).bytes()


def properties(body: str, kind: str = "custom-properties") -> bytes:
    """A workbook with custom document properties."""
    part = f'{HEAD}<Properties xmlns="{PROPERTIES}">{body}</Properties>'
    return Workbook(
        parts={"docProps/custom.xml": ("", part.encode())},
        root=[("rIdC", kind, "docProps/custom.xml")],
    ).bytes()


def external() -> bytes:
    """Five cells of another workbook, a table of people among them."""
    names = [("surname", "rank"), ("Ash", "PC"), ("Birch", "PS")]
    rows = "".join(
        f'<row r="{i + 1}"><cell r="A{i + 1}" t="str"><v>{a}</v></cell><cell r="B{i + 1}" t="str"><v>{b}</v></cell></row>'
        for i, (a, b) in enumerate(names)
    )
    return book_part(
        "externalLink",
        "xl/externalLinks/externalLink1.xml",
        f'<externalLink xmlns="{MAIN}"><externalBook><sheetNames><sheetName val="Staff"/></sheetNames>'
        f'<sheetDataSet><sheetData sheetId="0">{rows}</sheetData></sheetDataSet></externalBook></externalLink>',
    )


def record(kind: int, body: bytes = b"") -> bytes:
    """One record of a binary part ([MS-XLSB] 2.1.4)."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = b"", len(body)
    while True:
        size += bytes([length & 0x7F | (0x80 if length > 127 else 0)])
        length >>= 7
        if not length:
            return head + size + body


def wide(text: str) -> bytes:
    """An XLWideString."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(
    hidden_sheet: int = 0,
    hidden_row: bool = False,
    hidden_column: bool = False,
    cut: int = 0,
    short: bool = False,
) -> bytes:
    """A binary workbook of two columns and three rows."""
    cells = b""
    for i, (label, count) in enumerate([("rank", "officers"), ("PC", 120), ("PS", 45)]):
        flags = 16 if hidden_row and i == 2 else 0
        cells += record(0, struct.pack("<IIHBB", i, 0, 300, 0, flags) + bytes(5))
        cells += record(6, struct.pack("<II", 0, 0) + wide(label))
        at = struct.pack("<II", 1, 0)
        cells += (
            record(6, at + wide(count))
            if isinstance(count, str)
            else record(5, at + struct.pack("<d", count))
        )
    if short:
        cells = record(0, struct.pack("<IIHBB", 0, 0, 300, 0, 0) + bytes(5))
        cells += record(6, struct.pack("<II", 0, 0) + wide("rank"))
        cells += record(17, bytes(4) + wide("officers"))
        cells += record(0, struct.pack("<IIHBB", 1, 0, 300, 0, 0) + bytes(5))
        cells += record(6, struct.pack("<II", 0, 0) + wide("PC"))
        cells += record(16, bytes(4) + struct.pack("<d", 120))
    columns = record(60, struct.pack("<IIIIH", 1, 1, 2304, 0, 1)) if hidden_column else b""
    sheet = record(129) + columns + record(145) + cells + record(146) + record(130)
    entry = struct.pack("<II", hidden_sheet, 1) + wide("rId1") + wide("Counts")
    members = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Override PartName="/xl/workbook.bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'.encode(),
        "_rels/.rels": relations([("rId1", "officeDocument", "xl/workbook.bin")]),
        "xl/workbook.bin": record(131) + record(156, entry) + record(132),
        "xl/_rels/workbook.bin.rels": relations([("rId1", "worksheet", "worksheets/sheet1.bin")]),
        "xl/worksheets/sheet1.bin": sheet[: len(sheet) - cut],
    }
    return packed(members)


def unreached() -> bytes:
    """A sheet of people that the workbook no longer names."""
    return packed(
        {**Workbook().members(), "xl/worksheets/sheet9.xml": Sheet("x", PEOPLE).xml().encode()}
    )


CASES: dict[str, Callable[[], tuple[str, int, bytes]]] = {
    "unreached sheet": lambda: ("unknown-part", 1, unreached()),
    "people on an unreached sheet": lambda: ("unseen-people-table", 4, unreached()),
    "unreached workbook": lambda: (
        "unseen-people-table",
        4,
        packed({**Workbook().members(), "xl/old.xlsx": Workbook([Sheet("Data", PEOPLE)]).bytes()}),
    ),
    "external cells": lambda: ("external-link-cache", 6, external()),
    "people in external cells": lambda: ("unseen-people-table", 2, external()),
    "revision log": lambda: (
        "revision-log",
        1,
        book_part(
            "revisionLog",
            "xl/revisions/log1.xml",
            f'<revisions xmlns="{MAIN}"><rcc rId="1" sId="1"><oc r="A1" t="inlineStr"><is><t>before</t></is></oc><nc r="A1"><v>2</v></nc></rcc></revisions>',
        ),
    ),
    "people who commented": lambda: (
        "person",
        1,
        book_part(
            "person",
            "xl/persons/person.xml",
            f'<personList xmlns="{THREADED}"><person displayName="A" id="1"/></personList>',
        ),
    ),
    "e-mail of a person": lambda: (
        "unseen-identifier",
        1,
        book_part(
            "person",
            "xl/persons/person.xml",
            f'<personList xmlns="{THREADED}"><person displayName="A" userId="a.person@example.org" id="1"/></personList>',
        ),
    ),
    "comments": lambda: (
        "comment",
        1,
        sheet_part(
            "comments",
            "xl/comments1.xml",
            f'<comments xmlns="{MAIN}"><authors><author>A</author></authors><commentList><comment ref="A1" authorId="0"><text><t>why?</t></text></comment></commentList></comments>',
        ),
    ),
    "threaded comments": lambda: (
        "comment",
        1,
        sheet_part(
            "threadedComment",
            "xl/threadedComments/threadedComment1.xml",
            f'<ThreadedComments xmlns="{THREADED}"><threadedComment ref="A1"><text>why?</text></threadedComment></ThreadedComments>',
        ),
    ),
    "rich values": lambda: (
        "rich-data",
        2,
        book_part(
            "rdRichValue",
            "xl/richData/rdrichvalue.xml",
            f'<rvData xmlns="{RICH}"><rv s="0"><v>Ash</v><v>PC</v></rv><rv s="0"><v>Birch</v><v>PS</v></rv></rvData>',
            (
                "rdRichValueStructure",
                "xl/richData/rdrichvaluestructure.xml",
                f'<rvStructures xmlns="{RICH}"><s t="x"><k n="surname"/><k n="rank"/></s></rvStructures>',
            ),
        ),
    ),
    "people in rich values": lambda: ("unseen-people-table", 2, CASES["rich values"]()[2]),
    "slicer": lambda: (
        "slicer",
        1,
        book_part(
            "slicerCache",
            "xl/slicerCaches/slicerCache1.xml",
            f'<slicerCacheDefinition xmlns="{SLICER}"><data><olap><i n="north" c="north"/></olap></data></slicerCacheDefinition>',
        ),
    ),
    "data model": lambda: (
        "data-model",
        1,
        book_part("powerPivotData", "xl/model/item.data", b"STREAM"),
    ),
    "pivot items without records": lambda: (
        "pivot-items",
        2,
        book_part(
            "pivotCacheDefinition",
            "xl/pivotCache/pivotCacheDefinition1.xml",
            f'<pivotCacheDefinition xmlns="{MAIN}"><cacheFields><cacheField name="surname"><sharedItems><s v="Ash"/><s v="Birch"/></sharedItems></cacheField></cacheFields></pivotCacheDefinition>',
        ),
    ),
    "connection": lambda: (
        "data-connection",
        1,
        book_part(
            "connections",
            "xl/connections.xml",
            f'<connections xmlns="{MAIN}"><connection id="1" name="q"/></connections>',
        ),
    ),
    "macros": lambda: (
        "macro",
        1,
        book_part("vbaProject", "xl/vbaProject.bin", b"\xd0\xcf\x11\xe0"),
    ),
    "web add-in": lambda: (
        "web-extension",
        1,
        book_part(
            "webextension",
            "xl/webextensions/webextension1.xml",
            '<we:webextension xmlns:we="http://schemas.microsoft.com/office/webextensions/webextension/2010/11"/>',
        ),
    ),
    "printer settings": lambda: (
        "printer-settings",
        1,
        sheet_part("printerSettings", "xl/printerSettings/p1.bin", ""),
    ),
    "custom property": lambda: (
        "custom-property",
        1,
        properties('<property name="case"><x>7</x></property>'),
    ),
    "sensitivity label": lambda: (
        "sensitivity-label",
        1,
        properties('<property name="MSIP_Label_1_Name"><x>Secret</x></property>'),
    ),
    "unknown relationship": lambda: (
        "unknown-part",
        1,
        book_part("surprise", "xl/surprise.xml", f'<a xmlns="{MAIN}"/>'),
    ),
    "unknown namespace": lambda: (
        "unknown-part",
        1,
        Workbook(
            [Sheet("Counts", after='<extLst><ext><x:a xmlns:x="urn:surprise"/></ext></extLst>')]
        ).bytes(),
    ),
    "unknown element in cells": lambda: (
        "unknown-part",
        1,
        packed(
            {
                **Workbook().members(),
                "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><secret/><c r="A1"><v>1</v></c></row></sheetData></worksheet>'.encode(),
            }
        ),
    ),
    "picture that is a workbook": lambda: (
        "unknown-part",
        1,
        Workbook(
            [Sheet("Counts", relations=[("rId1", "image", "/xl/media/image1.png")])],
            {"xl/media/image1.png": ("", Workbook().bytes())},
        ).bytes(),
    ),
    "rule that hides": lambda: (
        "conditional-hiding",
        1,
        Workbook(
            [
                Sheet(
                    "Counts",
                    after='<conditionalFormatting sqref="B2:B4"><cfRule type="expression" dxfId="0" priority="1"><formula>TRUE</formula></cfRule></conditionalFormatting>',
                )
            ],
            styles=with_styles()
            + '<dxfs><dxf><numFmt numFmtId="171" formatCode=";;;"/></dxf></dxfs>',
        ).bytes(),
    ),
    "text of deleted cells": lambda: (
        "orphan-string",
        1,
        book_part(
            "sharedStrings",
            "xl/sharedStrings.xml",
            f'<sst xmlns="{MAIN}"><si><t>left</t></si></sst>',
        ),
    ),
    "chart with values of its own": lambda: (
        "chart-cache",
        2,
        sheet_part(
            "chart",
            "xl/charts/chart1.xml",
            '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:val><c:numLit><c:pt idx="0"><c:v>1</c:v></c:pt><c:pt idx="1"><c:v>2</c:v></c:pt></c:numLit></c:val></c:chartSpace>',
        ),
    ),
}
