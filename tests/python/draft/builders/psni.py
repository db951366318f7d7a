# ruff: noqa: E501  XML is kept as it is written
"""The shapes of the release of 8 August 2023: counts in sight, the staff list behind them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

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


def in_document(staff: Rows) -> bytes:
    """The counts as a table of a document, the workbook behind them embedded."""
    lines = "".join(
        "<w:tr>"
        + "".join(f"<w:tc><w:p><w:r><w:t>{v}</w:t></w:r></w:p></w:tc>" for v in row)
        + "</w:tr>"
        for row in counts(staff)
    )
    types = (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xlsx" ContentType="{TYPES}.spreadsheetml.sheet"/><Override PartName="/word/document.xml" ContentType="{TYPES}.wordprocessingml.document.main+xml"/></Types>'
    )
    document = f'{HEAD}<w:document xmlns:w="{WORD}" xmlns:r="{RELATIONS}"><w:body><w:tbl>{lines}</w:tbl><w:p/></w:body></w:document>'
    return packed(
        {
            "[Content_Types].xml": types.encode(),
            "_rels/.rels": relations([("rId1", "officeDocument", "word/document.xml")]),
            "word/document.xml": document.encode(),
            "word/_rels/document.xml.rels": relations(
                [("rId1", "package", "embeddings/Microsoft_Excel_Worksheet.xlsx")]
            ),
            "word/embeddings/Microsoft_Excel_Worksheet.xlsx": hidden_sheet(staff),
        }
    )


SHAPES = {
    "hidden sheet": ("counts.xlsx", hidden_sheet),
    "pivot cache": ("counts.xlsx", pivot_cache),
    "workbook in a document": ("counts.docx", in_document),
}
