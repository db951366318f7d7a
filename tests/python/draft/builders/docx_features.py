# ruff: noqa: E501  XML is kept as it is written
"""One document a feature, beside its clean twin: (code, count, bytes, twin)."""

from __future__ import annotations

from collections.abc import Callable

from builders.docx import Document, cell, field_code, paragraph, run, story, table
from builders.xlsx import COUNTS, HEAD, PEOPLE, Sheet, Workbook, relations
from builders.xlsx_features import PNG, jpeg

Case = tuple[str, int, bytes, bytes]
PLAIN = Document().body
CLEAN = Document().bytes()
_HIDDEN_STYLE = '<w:style w:type="character" w:styleId="Base"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:type="character" w:styleId="Aside"><w:basedOn w:val="Base"/></w:style>'
_WHITE = '<w:color w:val="FFFFFF"/>'
_DARK = '<w:style w:type="table" w:styleId="Dark"><w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:fill="1F3864"/></w:tcPr></w:tblStylePr></w:style>'


def _body(more: str, twin: str = "", **parts: object) -> Callable[[], tuple[bytes, bytes]]:
    return lambda: (
        Document(PLAIN + more, **parts).bytes(),  # type: ignore[arg-type]
        Document(PLAIN + twin, **parts).bytes(),  # type: ignore[arg-type]
    )


def _case(code: str, count: int, made: Callable[[], tuple[bytes, bytes]]) -> Callable[[], Case]:
    return lambda: (code, count, *made())


def _part(
    name: str, kind: str, content: bytes, body: str = ""
) -> Callable[[], tuple[bytes, bytes]]:
    """A document with one more part, and one without."""
    return lambda: (
        Document(
            PLAIN + body, parts={f"word/{name}": ("", content)}, relations=[("rIdX", kind, name)]
        ).bytes(),
        CLEAN,
    )


def _settings(content: str) -> Callable[[], tuple[bytes, bytes]]:
    return lambda: (
        Document(settings=content).bytes(),
        Document(settings='<w:zoom w:percent="100"/>').bytes(),
    )


def _change(kind: str, content: str) -> str:
    return f'<w:{kind} w:id="1" w:author="An editor" w:date="2023-08-08T00:00:00Z">{content}</w:{kind}>'


def picture(crop: str = "", more: str = "") -> str:
    """A picture in the text."""
    return paragraph(
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" {more}/><a:graphic><a:graphicData uri="x"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="1" name="Picture 1"/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdX"/>{crop}</pic:blipFill>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _pictured(
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


def _fallback(shown: str, other: str) -> str:
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


def _header(kind: str, title: str = "") -> bytes:
    return Document(
        section=f'<w:headerReference w:type="{kind}" r:id="rIdH"/>{title}',
        parts={"word/header1.xml": ("", story(paragraph("Not for release"), "hdr"))},
        relations=[("rIdH", "header", "header1.xml")],
    ).bytes()


def _notes(reference: str) -> bytes:
    notes = story(
        f'<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote><w:footnote w:id="2">{paragraph("Source: staff list")}</w:footnote>',
        "footnotes",
    )
    return Document(
        PLAIN + paragraph(reference or "text"),
        parts={"word/footnotes.xml": ("", notes)},
        relations=[("rIdN", "footnotes", "footnotes.xml")],
    ).bytes()


def _glossary(gallery: str) -> bytes:
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


def _template(target: str) -> bytes:
    settings = story('<w:attachedTemplate r:id="rIdT"/>', "settings")
    return Document(
        parts={
            "word/settings.xml": ("", settings),
            "word/_rels/settings.xml.rels": ("", relations([("rIdT", "attachedTemplate", target)])),
        },
        relations=[("rIdS", "settings", "settings.xml")],
    ).bytes()


_CONTROL = (
    '<w:sdt><w:sdtPr><w:dropDownList><w:listItem w:displayText="North" w:value="1"/><w:listItem w:displayText="South" w:value="2"/>'
    f"</w:dropDownList></w:sdtPr><w:sdtContent>{paragraph('North')}</w:sdtContent></w:sdt>"
)
_SHADED = '<w:shd w:val="clear" w:fill="C00000"/>'
_TAG = '<w:smartTag w:element="PersonName"><w:smartTagPr><w:attr w:name="ProductID" w:val="Someone else"/></w:smartTagPr>'
_PEOPLE = '<w15:person w15:author="An editor"><w15:presenceInfo w15:providerId="None" w15:userId="editor"/></w15:person>'
_HTML = b"<html><body><table><tr><td>surname</td></tr></table></body></html>"

CASES: dict[str, Callable[[], Case]] = {
    "hidden text": _case(
        "hidden-text",
        1,
        _body(
            paragraph(run("aside", "<w:vanish/>")), paragraph(run("aside", '<w:vanish w:val="0"/>'))
        ),
    ),
    "hidden by a style": _case(
        "hidden-text",
        1,
        _body(
            paragraph(run("aside", '<w:rStyle w:val="Aside"/>')),
            paragraph("aside"),
            styles=_HIDDEN_STYLE,
        ),
    ),
    "toggled twice is seen": _case(
        "hidden-text",
        1,
        lambda: tuple(  # type: ignore[arg-type,return-value]
            Document(
                PLAIN
                + paragraph(
                    run("aside", '<w:rStyle w:val="Aside"/>'), properties=f'<w:pStyle w:val="{p}"/>'
                ),
                styles=_HIDDEN_STYLE
                + '<w:style w:type="paragraph" w:styleId="Out"><w:rPr><w:vanish/></w:rPr></w:style>',
            ).bytes()
            for p in ("None", "Out")
        ),
    ),
    "white text": _case(
        "invisible-text",
        1,
        _body(
            paragraph(run("aside", _WHITE)),
            paragraph(run("aside", f'{_WHITE}<w:highlight w:val="black"/>')),
        ),
    ),
    "theme's white": _case(
        "invisible-text",
        1,
        _body(
            paragraph(run("aside", '<w:color w:themeColor="background1"/>')),
            paragraph(run("aside", '<w:color w:val="auto"/>')),
        ),
    ),
    "text in its shading's colour": _case(
        "invisible-text",
        1,
        _body(
            paragraph(run("aside", '<w:color w:val="C00000"/>'), properties=_SHADED),
            paragraph(run("aside", _WHITE), properties=_SHADED),
        ),
    ),
    "white text in a cell": _case(
        "invisible-text",
        1,
        lambda: tuple(  # type: ignore[arg-type,return-value]
            Document(
                PLAIN
                + f"<w:tbl><w:tr>{cell(paragraph(run('aside', _WHITE)), fill)}{cell('b')}</w:tr></w:tbl>"
            ).bytes()
            for fill in ("", _SHADED)
        ),
    ),
    "white text in a table's dark head": _case(
        "invisible-text",
        1,
        lambda: tuple(  # type: ignore[arg-type,return-value]
            Document(
                PLAIN
                + f'<w:tbl><w:tblPr><w:tblStyle w:val="Dark"/><w:tblLook w:val="{look}"/></w:tblPr><w:tr>{cell(paragraph(run("aside", _WHITE)))}{cell("b")}</w:tr></w:tbl>',
                styles=_DARK,
            ).bytes()
            for look in ("0000", "0020")
        ),
    ),
    "white text in a text box": _case(
        "invisible-text",
        1,
        _body(
            box(paragraph(run("aside", _WHITE)), "<a:noFill/>"),
            box(
                paragraph(run("aside", _WHITE)),
                '<a:solidFill><a:srgbClr val="203864"/></a:solidFill>',
            ),
        ),
    ),
    "tiny font": _case(
        "tiny-font",
        1,
        _body(
            paragraph(run("aside", '<w:sz w:val="2"/>')),
            paragraph(run("aside", '<w:sz w:val="14"/>')),
        ),
    ),
    "lines of no height": _case(
        "tiny-font",
        1,
        _body(
            paragraph("aside", properties='<w:spacing w:line="1" w:lineRule="exact"/>'),
            paragraph("aside", properties='<w:spacing w:line="1" w:lineRule="atLeast"/>'),
        ),
    ),
    "text for older programs": _case(
        "hidden-text",
        1,
        _body(_fallback("Chart", "Adeyemi, collar 1234"), _fallback("Chart", "Chart")),
    ),
    "deleted text": _case(
        "tracked-deletion",
        1,
        _body(paragraph("kept", _change("del", run("gone", kind="delText"))), paragraph("kept")),
    ),
    "inserted text": _case(
        "tracked-change", 1, _body(paragraph(_change("ins", run("new"))), paragraph("new"))
    ),
    "moved text": _case(
        "tracked-change",
        2,
        _body(
            paragraph(_change("moveFrom", run("here"))) + paragraph(_change("moveTo", run("here"))),
            paragraph("here"),
        ),
    ),
    "changed formatting": _case(
        "tracked-change",
        1,
        _body(
            paragraph(run("a", f"<w:b/>{_change('rPrChange', '<w:rPr/>')}")),
            paragraph(run("a", "<w:b/>")),
        ),
    ),
    "hidden row": _case(
        "hidden-row", 8, _body(table(PEOPLE[:3], row="<w:hidden/>"), table(COUNTS))
    ),
    "row of no height": _case(
        "zero-size-row",
        8,
        _body(
            table(PEOPLE[:3], row='<w:trHeight w:val="1" w:hRule="exact"/>'),
            table(COUNTS, row='<w:trHeight w:val="1" w:hRule="atLeast"/>'),
        ),
    ),
    "white by a theme's name in a style": _case(
        "invisible-text",
        1,
        lambda: tuple(  # type: ignore[arg-type,return-value]
            Document(
                PLAIN + paragraph("aside", properties='<w:pStyle w:val="Pale"/>'),
                styles=f'<w:style w:type="paragraph" w:styleId="Pale"><w:rPr><w:color w:themeColor="{c}"/></w:rPr></w:style>',
            ).bytes()
            for c in ("background1", "accent1")
        ),
    ),
    "white on a page of another colour": _case(
        "invisible-text",
        1,
        lambda: tuple(  # type: ignore[arg-type,return-value]
            Document(
                PLAIN + paragraph(run("aside", f'<w:color w:val="{c}"/>')),
                background='<w:background w:color="204060"/>',
            ).bytes()
            for c in ("204060", "FFFFFF")
        ),
    ),
    "transparent text": _case(
        "invisible-text",
        1,
        _body(
            *(
                paragraph(
                    run(
                        "aside",
                        f'<w14:textFill><w14:solidFill><w14:srgbClr w14:val="000000"><w14:alpha w14:val="{a}"/></w14:srgbClr></w14:solidFill></w14:textFill>',
                    )
                )
                for a in (100000, 20000)
            )
        ),
    ),
    "hidden people in a table": _case(
        "unseen-people-table", 4, _body(table(PEOPLE, look="<w:vanish/>"), table(COUNTS))
    ),
    "deleted people in a table": _case(
        "unseen-people-table",
        4,
        _body(table(PEOPLE, row='<w:del w:id="1" w:author="An editor"/>'), table(COUNTS)),
    ),
    "nested table of people": _case(
        "people-table",
        4,
        _body(f"<w:tbl><w:tr>{cell(table(PEOPLE) + paragraph('x'))}</w:tr></w:tbl>"),
    ),
    "comment": _case(
        "comment",
        1,
        _part(
            "comments.xml",
            "comments",
            story(
                f'<w:comment w:id="0" w:author="An editor">{paragraph("Remove this")}</w:comment>',
                "comments",
            ),
        ),
    ),
    "people part": _case(
        "person",
        1,
        _part(
            "people.xml",
            "people",
            f'{HEAD}<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">{_PEOPLE}</w15:people>'.encode(),
        ),
    ),
    "who may edit": _case(
        "person",
        1,
        _body(paragraph('<w:permStart w:id="1" w:ed="FORCE\\\\editor"/>', "a"), paragraph("a")),
    ),
    "header of no page": _case(
        "header-footer", 1, lambda: (_header("first"), _header("first", "<w:titlePg/>"))
    ),
    "header of even pages only": _case(
        "header-footer", 1, lambda: (_header("even"), _header("default"))
    ),
    "note without a reference": _case(
        "hidden-text", 1, lambda: (_notes(""), _notes('<w:r><w:footnoteReference w:id="2"/></w:r>'))
    ),
    "building block": _case("glossary", 1, lambda: (_glossary("autoTxt"), CLEAN)),
    "document variables": _case(
        "document-variable",
        2,
        _settings(
            '<w:docVars><w:docVar w:name="a" w:val="1"/><w:docVar w:name="b" w:val="2"/></w:docVars>'
        ),
    ),
    "mail merge": _case(
        "mail-merge",
        1,
        _settings(
            '<w:mailMerge><w:mainDocumentType w:val="formLetters"/><w:connectString w:val="Provider=x;Data Source=C:\\staff\\list.xlsx"/><w:query w:val="SELECT * FROM Staff"/></w:mailMerge>'
        ),
    ),
    "path of a mail merge": _case(
        "path",
        1,
        _settings(
            '<w:mailMerge><w:connectString w:val="Data Source=C:\\staff\\list.xlsx"/></w:mailMerge>'
        ),
    ),
    "rows of a mail merge": _case(
        "mail-merge",
        1,
        _part(
            "recipientData.xml",
            "recipientData",
            story(
                '<w:recipientData><w:active w:val="0"/><w:uniqueTag w:val="x"/></w:recipientData>',
                "recipients",
            ),
        ),
    ),
    "path of a template": _case(
        "path", 1, lambda: (_template("file:///C:\\Users\\editor\\Letters.dotm"), CLEAN)
    ),
    "merged document": _case(
        "alternate-chunk", 1, _part("afchunk.html", "aFChunk", _HTML, '<w:altChunk r:id="rIdX"/>')
    ),
    "link to a workbook": _case(
        "external-link",
        1,
        _body(
            paragraph(
                field_code(' LINK Excel.Sheet.12 "C:\\\\\\\\staff\\\\\\\\list.xlsx" "Sheet1!R1C1" ')
            ),
            paragraph(field_code(" PAGE ")),
        ),
    ),
    "path in a field": _case(
        "path",
        1,
        _body(
            paragraph(field_code(' INCLUDETEXT "C:\\\\\\\\staff\\\\\\\\list.docx" ')),
            paragraph(field_code(" PAGE ")),
        ),
    ),
    "private field": _case(
        "hidden-text",
        1,
        _body(
            paragraph(field_code(" PRIVATE 0123456789 secret", "")),
            paragraph(field_code(" NUMPAGES ")),
        ),
    ),
    "text set by a field": _case(
        "hidden-text",
        1,
        _body(
            paragraph('<w:fldSimple w:instr=" SET x &quot;Adeyemi&quot; "/>', "a"), paragraph("a")
        ),
    ),
    "list of a control": _case("validation-list", 2, _body(_CONTROL, paragraph("North"))),
    "described picture": _case(
        "alt-text",
        1,
        lambda: _pictured(
            picture(more='descr="The sergeant on parade"'), picture(more='descr="Picture 1"')
        ),
    ),
    "path as a description": _case(
        "path",
        1,
        lambda: _pictured(picture(more='descr="C:\\Users\\editor\\staff.png"'), picture()),
    ),
    "hidden picture": _case(
        "hidden-object",
        1,
        lambda: _pictured(picture(more='hidden="1"'), picture(more='hidden="0"')),
    ),
    "cropped picture": _case(
        "cropped-picture",
        1,
        lambda: _pictured(picture('<a:srcRect l="20000"/>'), picture('<a:srcRect l="0"/>')),
    ),
    "place of a photo": _case(
        "picture-location", 1, lambda: _pictured(picture(), picture(), jpeg(True), jpeg(False))
    ),
    "chart": _case("chart-cache", 2, _part("charts/chart1.xml", "chart", chart())),
    "workbook with people": _case(
        "unseen-people-table",
        4,
        lambda: (
            embedded(Workbook([Sheet("Counts"), Sheet("Source", PEOPLE, "hidden")]).bytes()),
            CLEAN,
        ),
    ),
    "macro": _case(
        "macro",
        1,
        _part(
            "vbaProject.bin",
            "http://schemas.microsoft.com/office/2006/relationships/vbaProject",
            b"\xd0\xcf" + bytes(600),
        ),
    ),
    "control": _case(
        "control",
        1,
        _part(
            "activeX/activeX1.xml",
            "control",
            f'{HEAD}<ax:ocx xmlns:ax="http://schemas.microsoft.com/office/2006/activeX"/>'.encode(),
        ),
    ),
    "ink": _case(
        "ink",
        1,
        lambda: (
            Document(
                parts={
                    "word/ink/ink1.xml": (
                        "application/inkml+xml",
                        f'{HEAD}<ink xmlns="http://www.w3.org/2003/InkML"/>'.encode(),
                    )
                },
                relations=[("rIdI", "customXml", "ink/ink1.xml")],
            ).bytes(),
            CLEAN,
        ),
    ),
    "custom XML": _case(
        "custom-xml",
        1,
        lambda: (
            Document(
                parts={"customXml/item1.xml": ("", b"<x>data</x>")},
                relations=[("rIdC", "customXml", "../customXml/item1.xml")],
            ).bytes(),
            CLEAN,
        ),
    ),
    "unknown namespace": _case("unknown-part", 1, _body('<z:z xmlns:z="urn:example:z"/>')),
    "unknown relationship": _case(
        "unknown-part", 1, _part("what.xml", "http://example.org/what", b"<x/>")
    ),
    "unreached part": _case(
        "unknown-part",
        1,
        lambda: (
            Document(parts={"word/old.xml": ("", story(paragraph("old"), "document"))}).bytes(),
            CLEAN,
        ),
    ),
    "smart tag": _case(
        "hidden-text", 1, _body(paragraph(f"{_TAG}{run('a')}</w:smartTag>"), paragraph("a"))
    ),
}
