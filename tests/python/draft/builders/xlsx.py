# ruff: noqa: E501  XML is kept as it is written
"""Workbooks written part by part (ECMA-376), one feature each, and clean twins."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
TYPES = "application/vnd.openxmlformats-officedocument"

COUNTS = [["rank", "officers"], ["sergeant", 120], ["inspector", 45], ["superintendent", 23]]
PEOPLE = [
    ["surname", "initials", "rank", "unit"],
    ["Adeyemi", "J", "sergeant", "north"],
    ["Brennan", "K", "inspector", "south"],
    ["Castell", "M", "sergeant", "east"],
    ["Dunmore", "P", "constable", "west"],
]
Value = str | int | float | None


def letters(index: int) -> str:
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(65 + rest) + text
    return text


def cell(row: int, column: int, value: Value, style: int = 0) -> str:
    """One cell's XML; texts inline."""
    at = f'r="{letters(column)}{row + 1}"' + (f' s="{style}"' if style else "")
    if isinstance(value, str):
        return f'<c {at} t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f"<c {at}/>" if value is None else f"<c {at}><v>{value}</v></c>"


@dataclass
class Sheet:
    """A worksheet: values from A1 on; `before` and `after` are XML around sheetData."""

    name: str
    values: Sequence[Sequence[Value]] = field(default_factory=lambda: COUNTS)
    state: str = ""
    styles: dict[tuple[int, int], int] = field(default_factory=dict)
    rows: dict[int, str] = field(default_factory=dict)
    extra: dict[tuple[int, int], Value] = field(default_factory=dict)
    before: str = ""
    after: str = ""
    relations: list[tuple[str, str, str]] = field(default_factory=list)

    def xml(self) -> str:
        cells: dict[int, dict[int, str]] = {}
        placed = {(i, j): v for i, line in enumerate(self.values) for j, v in enumerate(line)}
        for (i, j), value in sorted({**placed, **self.extra}.items()):
            cells.setdefault(i, {})[j] = cell(i, j, value, self.styles.get((i, j), 0))
        lines = "".join(
            f'<row r="{i + 1}" {self.rows.get(i, "")}>{"".join(cells[i].values())}</row>'
            for i in sorted(cells)
        )
        return (
            f'{HEAD}<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}">{self.before}'
            f"<sheetData>{lines}</sheetData>{self.after}</worksheet>"
        )


@dataclass
class Workbook:
    """A workbook; `parts` and `book` (XML at the end of workbook.xml) add to it."""

    sheets: list[Sheet] = field(default_factory=lambda: [Sheet("Counts")])
    parts: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    book: str = ""
    relations: list[tuple[str, str, str]] = field(default_factory=list)
    root: list[tuple[str, str, str]] = field(default_factory=list)
    styles: str = ""

    def members(self) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        overrides = {
            "xl/workbook.xml": f"{TYPES}.spreadsheetml.sheet.main+xml",
            **{name: kind for name, (kind, _) in self.parts.items()},
        }
        book_relations = list(self.relations)
        entries = []
        for n, sheet in enumerate(self.sheets, 1):
            path = f"xl/worksheets/sheet{n}.xml"
            overrides[path] = f"{TYPES}.spreadsheetml.worksheet+xml"
            found[path] = sheet.xml().encode()
            book_relations.append((f"rIdS{n}", "worksheet", f"worksheets/sheet{n}.xml"))
            state = f' state="{sheet.state}"' if sheet.state else ""
            entries.append(
                f'<sheet name={quoteattr(sheet.name)} sheetId="{n}"{state} r:id="rIdS{n}"/>'
            )
            if sheet.relations:
                found[f"xl/worksheets/_rels/sheet{n}.xml.rels"] = relations(sheet.relations)
        if self.styles:
            overrides["xl/styles.xml"] = f"{TYPES}.spreadsheetml.styles+xml"
            found["xl/styles.xml"] = (
                f'{HEAD}<styleSheet xmlns="{MAIN}">{self.styles}</styleSheet>'.encode()
            )
            book_relations.append(("rIdStyles", "styles", "styles.xml"))
        found["xl/workbook.xml"] = (
            f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{"".join(entries)}</sheets>'
            f"{self.book}</workbook>"
        ).encode()
        found["xl/_rels/workbook.xml.rels"] = relations(book_relations)
        found["_rels/.rels"] = relations(
            [("rId1", "officeDocument", "xl/workbook.xml"), *self.root]
        )
        for name, (_, content) in self.parts.items():
            found[name] = content
        types = "".join(
            f'<Override PartName="/{name}" ContentType="{kind}"/>'
            for name, kind in overrides.items()
            if kind
        )
        head = (
            f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>'
        )
        return {"[Content_Types].xml": head.encode(), **found}

    def bytes(self) -> bytes:
        return packed(self.members())


def relations(entries: Sequence[tuple[str, str, str]]) -> bytes:
    """A relationships part of (id, kind, target); an address with :// is external."""
    lines = "".join(
        f'<Relationship Id="{i}" Type="{kind if "://" in kind else f"{RELATIONS}/{kind}"}" '
        f"Target={quoteattr(target)}{' TargetMode=' + chr(34) + 'External' + chr(34) if ':' in target else ''}/>"
        for i, kind, target in entries
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'.encode()


def packed(members: dict[str, bytes]) -> bytes:
    """A ZIP of the members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(
                zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED
            )
    return stream.getvalue()


def with_styles(number: str = "", font: str = "", fill: str = "") -> str:
    """Styles whose format 1 has this number format, font and fill; format 0 is plain."""
    return (
        f'<numFmts count="1"><numFmt numFmtId="170" formatCode="{number or "0"}"/></numFmts>'
        f'<fonts><font><sz val="11"/><color theme="1"/></font><font>{font or "<sz val=" + chr(34) + "11" + chr(34) + "/>"}</font></fonts>'
        f'<fills><fill><patternFill patternType="none"/></fill><fill>{fill or "<patternFill patternType=" + chr(34) + "none" + chr(34) + "/>"}</fill></fills>'
        f'<cellXfs><xf numFmtId="0" fontId="0" fillId="0"/><xf numFmtId="{170 if number else 0}" fontId="1" fillId="1"/></cellXfs>'
    )
