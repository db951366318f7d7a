# ruff: noqa: E501  XML is kept as it is written
"""Documents with one thing more than a plain one, for `docx_features`."""

from __future__ import annotations

from collections.abc import Callable

from builders.docx import Document, paragraph, run, story
from builders.xlsx import HEAD, relations
from builders.xlsx_features import PNG

Case = tuple[str, int, bytes, bytes]
PLAIN = Document().body
CLEAN = Document().bytes()
HIDDEN_STYLE = '<w:style w:type="character" w:styleId="Base"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:type="character" w:styleId="Aside"><w:basedOn w:val="Base"/></w:style>'
WHITE = '<w:color w:val="FFFFFF"/>'
DARK = '<w:style w:type="table" w:styleId="Dark"><w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:fill="1F3864"/></w:tcPr></w:tblStylePr></w:style>'


def made_body(more: str, twin: str = "", **parts: object) -> Callable[[], tuple[bytes, bytes]]:
    return lambda: (
        Document(PLAIN + more, **parts).bytes(),  # type: ignore[arg-type]
        Document(PLAIN + twin, **parts).bytes(),  # type: ignore[arg-type]
    )


def made_case(code: str, count: int, made: Callable[[], tuple[bytes, bytes]]) -> Callable[[], Case]:
    return lambda: (code, count, *made())


def made_part(
    name: str, kind: str, content: bytes, body: str = ""
) -> Callable[[], tuple[bytes, bytes]]:
    """A document with one more part, and one without."""
    return lambda: (
        Document(
            PLAIN + body, parts={f"word/{name}": ("", content)}, relations=[("rIdX", kind, name)]
        ).bytes(),
        CLEAN,
    )


def made_settings(content: str) -> Callable[[], tuple[bytes, bytes]]:
    return lambda: (
        Document(settings=content).bytes(),
        Document(settings='<w:zoom w:percent="100"/>').bytes(),
    )


def made_change(kind: str, content: str) -> str:
    return f'<w:{kind} w:id="1" w:author="An editor" w:date="2023-08-08T00:00:00Z">{content}</w:{kind}>'


def picture(crop: str = "", more: str = "") -> str:
    """A picture in the text."""
    return paragraph(
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" {more}/><a:graphic><a:graphicData uri="x"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="1" name="Picture 1"/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdX"/>{crop}</pic:blipFill>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def made_pictured(
    first: str, second: str, image: bytes = PNG, other: bytes = PNG
) -> tuple[bytes, bytes]:
    def made(body: str, content: bytes) -> bytes:
        return Document(
            PLAIN + body,
            parts={"word/media/image1.bin": ("image/png", content)},
            relations=[("rIdX", "image", "media/image1.bin")],
        ).bytes()

    return made(first, image), made(second, other)


def box(content: str, fill: str) -> str:
    """A text box on a shape with this fill, as Word writes it: once, and again for older programs."""
    text = f"<w:txbxContent>{content}</w:txbxContent>"
    return paragraph(
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData uri="x"><wps:wsp>'
        f"<wps:spPr>{fill}</wps:spPr><wps:txbx>{text}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{text}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def made_fallback(shown: str, other: str) -> str:
    return paragraph(
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{run(shown)}</mc:Choice><mc:Fallback>{run(other)}</mc:Fallback></mc:AlternateContent></w:r>'
    )


def chart(text: str = "Adeyemi") -> bytes:
    """A chart with two cached points and no workbook."""
    space = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    return (
        f'{HEAD}<c:chartSpace xmlns:c="{space}"><c:strRef><c:strCache><c:pt idx="0"><c:v>{text}</c:v></c:pt></c:strCache></c:strRef>'
        '<c:numRef><c:numCache><c:pt idx="0"><c:v>3</c:v></c:pt></c:numCache></c:numRef></c:chartSpace>'
    ).encode()


def made_header(kind: str, title: str = "") -> bytes:
    return Document(
        section=f'<w:headerReference w:type="{kind}" r:id="rIdH"/>{title}',
        parts={"word/header1.xml": ("", story(paragraph("Not for release"), "hdr"))},
        relations=[("rIdH", "header", "header1.xml")],
    ).bytes()


def made_notes(reference: str) -> bytes:
    notes = story(
        f'<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote><w:footnote w:id="2">{paragraph("Source: staff list")}</w:footnote>',
        "footnotes",
    )
    return Document(
        PLAIN + paragraph(reference or "text"),
        parts={"word/footnotes.xml": ("", notes)},
        relations=[("rIdN", "footnotes", "footnotes.xml")],
    ).bytes()


def made_glossary(gallery: str) -> bytes:
    block = f'<w:docParts><w:docPart><w:docPartPr><w:category><w:gallery w:val="{gallery}"/></w:category></w:docPartPr><w:docPartBody>{paragraph("Old text")}</w:docPartBody></w:docPart></w:docParts>'
    return Document(
        parts={"word/glossary/document.xml": ("", story(block, "glossaryDocument"))},
        relations=[("rIdG", "glossaryDocument", "glossary/document.xml")],
    ).bytes()


def embedded(workbook: bytes) -> bytes:
    """A document with a workbook in it."""
    return Document(
        parts={"word/embeddings/Microsoft_Excel_Worksheet.xlsx": ("", workbook)},
        relations=[("rIdE", "package", "embeddings/Microsoft_Excel_Worksheet.xlsx")],
    ).bytes()


def made_template(target: str) -> bytes:
    settings = story('<w:attachedTemplate r:id="rIdT"/>', "settings")
    return Document(
        parts={
            "word/settings.xml": ("", settings),
            "word/_rels/settings.xml.rels": ("", relations([("rIdT", "attachedTemplate", target)])),
        },
        relations=[("rIdS", "settings", "settings.xml")],
    ).bytes()


CONTROL = (
    '<w:sdt><w:sdtPr><w:dropDownList><w:listItem w:displayText="North" w:value="1"/><w:listItem w:displayText="South" w:value="2"/>'
    f"</w:dropDownList></w:sdtPr><w:sdtContent>{paragraph('North')}</w:sdtContent></w:sdt>"
)
SHADED = '<w:shd w:val="clear" w:fill="C00000"/>'
TAG = '<w:smartTag w:element="PersonName"><w:smartTagPr><w:attr w:name="ProductID" w:val="Someone else"/></w:smartTagPr>'
PERSON = '<w15:person w15:author="An editor"><w15:presenceInfo w15:providerId="None" w15:userId="editor"/></w15:person>'
HTML = b"<html><body><table><tr><td>surname</td></tr></table></body></html>"
