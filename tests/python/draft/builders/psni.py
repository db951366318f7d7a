# ruff: noqa: E501  XML is kept as it is written
"""The shapes of the release of 8 August 2023: counts in sight, the staff list behind them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from builders.xlsx import (
    HEAD,
    MAIN,
    PACKAGE,
    RELATIONS,
    TYPES,
    Sheet,
    Value,
    Workbook,
    packed,
    relations,
)

Rows = Sequence[Sequence[str]]
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WORD14 = "http://schemas.microsoft.com/office/word/2010/wordml"
# Fields with more values than this are written out in every record, as Excel does with numbers
MOST_SHARED = 4_000


def _value(text: str) -> Value:
    return int(text) if text.isdigit() and not text.startswith("0") else text


def counts(staff: Rows) -> list[list[Value]]:
    """Officers by rank, as asked for."""
    rank = staff[0].index("rank_or_grade")
    found = Counter(row[rank] for row in staff[1:])
    return [["rank", "officers"], *([name, n] for name, n in found.most_common())]


def hidden_sheet(staff: Rows) -> bytes:
    """The counts on a visible sheet, the list on a hidden one."""
    source = [list(map(_value, row)) for row in staff]
    return Workbook([Sheet("Counts", counts(staff)), Sheet("Source", source, "hidden")]).bytes()


def pivot_cache(staff: Rows) -> bytes:
    """The counts as a pivot table's sheet; its source sheet was deleted, the cache stays."""
    columns = list(zip(*staff[1:], strict=True))
    fields, codes = [], []
    for name, column in zip(staff[0], columns, strict=True):
        values = list(dict.fromkeys(column))
        shared = len(values) <= MOST_SHARED
        items = "".join(f"<s v={quoteattr(value)}/>" for value in values) if shared else ""
        fields.append(
            f"<cacheField name={quoteattr(name)}><sharedItems>{items}</sharedItems></cacheField>"
        )
        at = {value: i for i, value in enumerate(values)}
        codes.append([f'<x v="{at[v]}"/>' if shared else f"<n v={quoteattr(v)}/>" for v in column])
    lines = "".join("<r>" + "".join(cells) + "</r>" for cells in zip(*codes, strict=True))
    base = "xl/pivotCache/pivotCache"
    definition = f'{HEAD}<pivotCacheDefinition xmlns="{MAIN}" recordCount="{len(staff) - 1}"><cacheSource type="worksheet"><worksheetSource ref="A1:AF10800" sheet="Source"/></cacheSource><cacheFields>{"".join(fields)}</cacheFields></pivotCacheDefinition>'
    records = f'{HEAD}<pivotCacheRecords xmlns="{MAIN}">{lines}</pivotCacheRecords>'
    leads = [("rId1", "pivotCacheRecords", "pivotCacheRecords1.xml")]
    parts = {
        f"{base}Definition1.xml": ("", definition.encode()),
        f"{base}Records1.xml": ("", records.encode()),
        "xl/pivotCache/_rels/pivotCacheDefinition1.xml.rels": ("", relations(leads)),
    }
    book = [("rIdP", "pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml")]
    return Workbook([Sheet("Counts", counts(staff))], parts, relations=book).bytes()


def packed_document(document: str, more: dict[str, bytes], default: str = "") -> bytes:
    """A document of this main part and these other members."""
    types = (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'{default}<Override PartName="/word/document.xml" ContentType="{TYPES}.wordprocessingml.document.main+xml"/></Types>'
    )
    members = {
        "[Content_Types].xml": types.encode(),
        "_rels/.rels": relations([("rId1", "officeDocument", "word/document.xml")]),
        "word/document.xml": document.encode(),
    }
    return packed({**members, **more})


def word_table(staff: Rows) -> bytes:
    """The whole list as a table of a document, in sight, in as little markup as there is."""
    lines = "".join(
        f"<w:tr>{''.join(f'<w:tc><w:p><w:r><w:t>{escape(v)}</w:t></w:r></w:p></w:tc>' for v in row)}</w:tr>"
        for row in staff
    )
    return packed_document(
        f'{HEAD}<w:document xmlns:w="{WORD}"><w:body><w:tbl>{lines}</w:tbl><w:p/></w:body></w:document>',
        {},
    )


def word_table_as_saved(staff: Rows) -> bytes:
    """The same with what Word writes around each text: widths, sizes, ids of paragraphs."""
    look = '<w:rPr><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr>'
    before = '<w:tc><w:tcPr><w:tcW w:w="1200" w:type="dxa"/><w:noWrap/><w:hideMark/></w:tcPr>'
    revisions = 'w14:textId="77777777" w:rsidR="00B12345" w:rsidRDefault="00B12345"'
    lines = []
    for i, row in enumerate(staff):
        cells = []
        for j, value in enumerate(row):
            text = f'<w:r w:rsidRPr="00A1B2C3">{look}<w:t>{escape(value)}</w:t></w:r>'
            cells.append(
                f'{before}<w:p w14:paraId="{i * 64 + j:08X}" {revisions}><w:pPr>{look}</w:pPr>'
                f"{text if value else ''}</w:p></w:tc>"
            )
        lines.append(
            f'<w:tr w:rsidR="00B12345" w14:paraId="{i * 64 + 63:08X}" w14:textId="77777777">'
            f'<w:trPr><w:trHeight w:val="300"/></w:trPr>{"".join(cells)}</w:tr>'
        )
    head = '<w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblLook w:val="04A0"/></w:tblPr>'
    return packed_document(
        f'{HEAD}<w:document xmlns:w="{WORD}" xmlns:w14="{WORD14}"><w:body><w:tbl>{head}{"".join(lines)}</w:tbl><w:p/></w:body></w:document>',
        {},
    )


def in_document(staff: Rows) -> bytes:
    """The counts as a table of a document, the workbook behind them embedded."""
    lines = "".join(
        "<w:tr>"
        + "".join(f"<w:tc><w:p><w:r><w:t>{v}</w:t></w:r></w:p></w:tc>" for v in row)
        + "</w:tr>"
        for row in counts(staff)
    )
    document = f'{HEAD}<w:document xmlns:w="{WORD}" xmlns:r="{RELATIONS}"><w:body><w:tbl>{lines}</w:tbl><w:p/></w:body></w:document>'
    leads = [("rId1", "package", "embeddings/Microsoft_Excel_Worksheet.xlsx")]
    return packed_document(
        document,
        {
            "word/_rels/document.xml.rels": relations(leads),
            "word/embeddings/Microsoft_Excel_Worksheet.xlsx": hidden_sheet(staff),
        },
        f'<Default Extension="xlsx" ContentType="{TYPES}.spreadsheetml.sheet"/>',
    )


SHAPES = {
    "hidden sheet": ("counts.xlsx", hidden_sheet),
    "pivot cache": ("counts.xlsx", pivot_cache),
    "workbook in a document": ("counts.docx", in_document),
}
# The list in sight: nothing is behind anything
IN_SIGHT = {
    "table of a document": ("list.docx", word_table),
    "table of a document as Word saves it": ("list.docx", word_table_as_saved),
}
