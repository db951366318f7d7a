# ruff: noqa: E501  XML is kept as it is written
"""Documents written part by part (ECMA-376), a plain one and what is added to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from builders.xlsx import COUNTS, HEAD, PACKAGE, RELATIONS, TYPES, packed, relations

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{MAIN}" xmlns:r="{RELATIONS}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)


def run(text: str, look: str = "", kind: str = "t") -> str:
    """A run of text with these properties."""
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:{kind} xml:space="preserve">{escape(text)}</w:{kind}></w:r>'


def paragraph(*runs: str, properties: str = "") -> str:
    """A paragraph of runs; plain text where a run has no markup."""
    body = "".join(piece if piece.startswith("<") else run(piece) for piece in runs)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{body}</w:p>"


def cell(content: str, properties: str = "") -> str:
    inner = content if content.startswith(("<w:p", "<w:tbl")) else paragraph(content)
    return f"<w:tc>{f'<w:tcPr>{properties}</w:tcPr>' if properties else ''}{inner}</w:tc>"


def table(
    rows: Sequence[Sequence[object]], look: str = "", properties: str = "", row: str = ""
) -> str:
    """A table; every text below the first row with this look, every such row with these properties."""
    lines = []
    for i, values in enumerate(rows):
        cells = "".join(
            cell(paragraph(run(str(v), look)) if look and i else str(v)) for v in values
        )
        head = f"<w:trPr>{row}</w:trPr>" if row and i else ""
        lines.append(f"<w:tr>{head}{cells}</w:tr>")
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid/>{''.join(lines)}</w:tbl>"


def field_code(code: str, result: str = "1") -> str:
    """A complex field (17.16.18)."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (
        mark.format("begin")
        + run(code, kind="instrText")
        + mark.format("separate")
        + run(result)
        + mark.format("end")
    )


@dataclass
class Document:
    """A document; `parts` are (content type, bytes) by name, `relations` of the main part."""

    body: str = paragraph("Officers by rank") + table(COUNTS)
    styles: str = ""
    settings: str = ""
    section: str = ""
    parts: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    relations: list[tuple[str, str, str]] = field(default_factory=list)
    root: list[tuple[str, str, str]] = field(default_factory=list)
    background: str = ""

    def members(self) -> dict[str, bytes]:
        kinds = {"word/document.xml": f"{TYPES}.wordprocessingml.document.main+xml"}
        found = {
            "word/document.xml": story(
                f"{self.background}<w:body>{self.body}<w:sectPr>{self.section}</w:sectPr></w:body>",
                "document",
            )
        }
        links = list(self.relations)
        for name, content in (("styles", self.styles), ("settings", self.settings)):
            if content:
                found[f"word/{name}.xml"] = story(content, name)
                kinds[f"word/{name}.xml"] = f"{TYPES}.wordprocessingml.{name}+xml"
                links.append((f"rId{name}", name, f"{name}.xml"))
        for name, (kind, content) in self.parts.items():
            found[name] = content
            kinds[name] = kind
        found["word/_rels/document.xml.rels"] = relations(links)
        found["_rels/.rels"] = relations(
            [("rId1", "officeDocument", "word/document.xml"), *self.root]
        )
        types = "".join(
            f'<Override PartName="/{name}" ContentType="{kind}"/>'
            for name, kind in kinds.items()
            if kind
        )
        head = (
            f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>'
        )
        return {"[Content_Types].xml": head.encode(), **found}

    def bytes(self) -> bytes:
        return packed(self.members())


def story(content: str, root: str) -> bytes:
    """A part with this root element."""
    return f"{HEAD}<w:{root} {SPACES}>{content}</w:{root}>".encode()
