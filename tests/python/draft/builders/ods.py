# ruff: noqa: E501  XML is kept as it is written
"""Spreadsheets of OpenDocument written part by part (ODF 1.3), a plain one and what is added."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from builders.xlsx import COUNTS

BASE = "urn:oasis:names:tc:opendocument:xmlns:"
TYPE = "application/vnd.oasis.opendocument.spreadsheet"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_PREFIXES = {
    "office": "office",
    "table": "table",
    "text": "text",
    "style": "style",
    "draw": "drawing",
    "number": "datastyle",
    "fo": "xsl-fo-compatible",
    "svg": "svg-compatible",
    "chart": "chart",
    "form": "form",
    "meta": "meta",
    "config": "config",
    "script": "script",
}
SPACES = " ".join(f'xmlns:{k}="{BASE}{v}:1.0"' for k, v in _PREFIXES.items()) + (
    ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
)
DEFAULTS = (
    '<style:default-style style:family="table-cell"><style:text-properties fo:font-size="10pt"/></style:default-style>'
    '<style:style style:name="Default" style:family="table-cell"/>'
)


def cell(value: object, attributes: str = "", content: str = "", tag: str = "table-cell") -> str:
    """A cell with a value, more attributes, and content after its text."""
    if value is None:
        return f"<table:{tag} {attributes}>{content}</table:{tag}>"
    text = f"<text:p>{escape(str(value))}</text:p>"
    kind = (
        'office:value-type="string"'
        if isinstance(value, str)
        else f'office:value-type="float" office:value="{value}"'
    )
    return f"<table:{tag} {kind} {attributes}>{text}{content}</table:{tag}>"


def row(values: Sequence[object], attributes: str = "", each: str = "") -> str:
    """A row of values; a text that is markup is taken as it is."""
    cells = "".join(
        v if isinstance(v, str) and v.startswith("<table:") else cell(v, each) for v in values
    )
    return f"<table:table-row {attributes}>{cells}</table:table-row>"


@dataclass
class Sheet:
    """A sheet: `rows` is markup where given, else made of `values`."""

    name: str = "Counts"
    values: Sequence[Sequence[object]] = field(default_factory=lambda: COUNTS)
    rows: str = ""
    columns: str = "<table:table-column/>"
    attributes: str = ""
    before: str = ""

    def xml(self) -> str:
        rows = self.rows or "".join(row(values) for values in self.values)
        return (
            f"<table:table table:name={quoteattr(self.name)} {self.attributes}>{self.before}"
            f"{self.columns}{rows}</table:table>"
        )


@dataclass
class Spreadsheet:
    """A spreadsheet: automatic `styles`, `before` and `after` the sheets, more `parts`."""

    sheets: list[Sheet] = field(default_factory=lambda: [Sheet()])
    styles: str = ""
    before: str = ""
    after: str = ""
    parts: dict[str, bytes] = field(default_factory=dict)
    folders: dict[str, str] = field(default_factory=dict)
    common: str = ""
    encrypted: tuple[str, ...] = ()
    unlisted: tuple[str, ...] = ()
    mimetype: str = TYPE
    scripts: str = ""

    def members(self) -> dict[str, bytes]:
        tables = "".join(sheet.xml() for sheet in self.sheets)
        content = part(
            f"{self.scripts}<office:automatic-styles>{self.styles}</office:automatic-styles><office:body>"
            f"<office:spreadsheet>{self.before}{tables}{self.after}</office:spreadsheet></office:body>",
            "document-content",
        )
        styles = part(f"<office:styles>{DEFAULTS}</office:styles>{self.common}", "document-styles")
        members = {"content.xml": content, "styles.xml": styles, **self.parts}
        entries = {"/": TYPE, **self.folders}
        entries.update({name: "text/xml" for name in members if name not in self.unlisted})
        secret = '<manifest:encryption-data manifest:checksum=""/>'
        lines = "".join(
            f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}">'
            f"{secret if name in self.encrypted else ''}</manifest:file-entry>"
            for name, kind in entries.items()
        )
        manifest = f'{HEAD}<manifest:manifest xmlns:manifest="{BASE}manifest:1.0">{lines}</manifest:manifest>'
        return {
            "mimetype": self.mimetype.encode(),
            **members,
            "META-INF/manifest.xml": manifest.encode(),
        }

    def bytes(self) -> bytes:
        return stored(self.members())


def part(content: str, root: str) -> bytes:
    """A part with this root element."""
    return f'{HEAD}<office:{root} {SPACES} office:version="1.3">{content}</office:{root}>'.encode()


def stored(members: dict[str, bytes]) -> bytes:
    """A ZIP whose member `mimetype` is not compressed (part 2, 3.3)."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            method = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, method)
    return stream.getvalue()


def style(name: str, family: str, properties: str, more: str = "") -> str:
    """An automatic style."""
    return f'<style:style style:name="{name}" style:family="{family}" {more}>{properties}</style:style>'
