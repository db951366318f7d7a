# ruff: noqa: E501  XML is kept as it is written
"""A document with a text in every place where WordprocessingML keeps one."""

from __future__ import annotations

from collections.abc import Mapping

from builders.docx import Document, story
from builders.texts_xlsx import Slot
from builders.xlsx import HEAD, PACKAGE, TYPES, relations

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"

SLOTS: dict[str, Slot] = {
    "paragraph": Slot("paragraph", True),
    "run of a paragraph": Slot("paragraph", True),
    "bullet": Slot("paragraph", True),
    "inserted": Slot("paragraph", True),
    "ruby": Slot("paragraph", True),
    "formula": Slot("paragraph", True),
    "result of a field": Slot("paragraph", True),
    "control": Slot("paragraph", True),
    "smart tag": Slot("paragraph", True),
    "link": Slot("paragraph", True),
    "frame of one cell": Slot("paragraph", True),
    "text box": Slot("paragraph", True),
    "older text box": Slot("paragraph", True),
    "cell": Slot("cell", True),
    "hidden run": Slot("paragraph", False),
    "run of a hidden text": Slot("paragraph", False),
    "white run": Slot("paragraph", False),
    "deleted": Slot("paragraph", False),
    "moved away": Slot("paragraph", False),
    "cell of a hidden row": Slot("cell", False),
    "label of a list": Slot("paragraph", True, False),
    "header": Slot("margin", True),
    "footer": Slot("margin", True),
    "footnote": Slot("paragraph", True),
    "endnote": Slot("paragraph", True),
    "comment": Slot("kept", False),
    "author of a comment": Slot("kept", False, False),
    "author of a change": Slot("kept", False, False),
    "address of a link": Slot("link", False, False),
    "place of a link": Slot("link", False, False),
    "tip of a link": Slot("link", False, False),
    "address of a field": Slot("link", False),
    "tip of a field": Slot("link", False),
    "address of a simple field": Slot("link", False, False),
    "address of a picture": Slot("link", False, False),
    "code of a field": Slot("kept", False),
    "code of a simple field": Slot("kept", False, False),
    "data of a form": Slot("kept", False, False),
    "bookmark": Slot("name", False, False),
    "tag": Slot("kept", False, False),
    "alias": Slot("kept", False, False),
    "placeholder": Slot("kept", False, False),
    "choice": Slot("kept", False, False),
    "attribute of a smart tag": Slot("kept", False, False),
    "editor": Slot("kept", False, False),
    "caption of a table": Slot("kept", False, False),
    "description of a table": Slot("kept", False, False),
    "alternative text": Slot("kept", False, False),
    "title of a picture": Slot("kept", False, False),
    "name of a picture": Slot("name", False, False),
    "older alternative text": Slot("kept", False, False),
    "WordArt": Slot("object", True, False),
    "variable": Slot("cell", False, False),
    "mail merge": Slot("kept", False, False),
    "style": Slot("name", False, False),
    "building block": Slot("paragraph", False),
    "title of a chart": Slot("object", True),
    "diagram": Slot("object", True),
    "text outside of runs": Slot("kept", False),
    "linked file": Slot("link", False, False),
    "title": Slot("property", False),
    "author": Slot("property", False),
    "manager": Slot("property", False),
    "own property": Slot("property", False),
}


def _run(text: str, look: str = "", tag: str = "t") -> str:
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}<w:{tag}>{text}</w:{tag}></w:r>"


def _p(*content: str) -> str:
    return f"<w:p>{''.join(content)}</w:p>"


def _mark(kind: str, more: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{more}</w:fldChar></w:r>'


def everywhere(texts: Mapping[str, str]) -> bytes:
    """A document whose texts are these, as markup; what is not given is plain."""
    t = {kind: texts.get(kind, "plain") for kind in SLOTS}
    picture = f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="{t["name of a picture"]}" descr="{t["alternative text"]}" title="{t["title of a picture"]}"><a:hlinkClick r:id="rIdP"/></wp:docPr></wp:inline></w:drawing></w:r>'
    box = f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:docPr id="2" name="Text Box 2"/><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>{_p(_run(t["text box"]))}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>'
    older = f'<w:r><w:pict><v:shape alt="{t["older alternative text"]}"><v:textbox><w:txbxContent>{_p(_run(t["older text box"]))}</w:txbxContent></v:textbox><v:textpath string="{t["WordArt"]}"/></v:shape></w:pict></w:r>'
    body = "".join(
        (
            _p(_run(t["paragraph"]), _run(t["run of a paragraph"], "<w:b/>")),
            f'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>{_run(t["bullet"])}</w:p>',
            _p(f'<w:ins w:id="1" w:author="{t["author of a change"]}">{_run(t["inserted"])}</w:ins>'),
            _p(f'<w:r><w:ruby><w:rt>{_run("x")}</w:rt><w:rubyBase>{_run(t["ruby"])}</w:rubyBase></w:ruby></w:r>'),
            _p(f'<m:oMath xmlns:m="{_MATH}"><m:r><m:t>{t["formula"]}</m:t></m:r></m:oMath>'),
            _p(_mark("begin"), _run(f' HYPERLINK "https://example.org/{t["address of a field"]}" \\o "{t["tip of a field"]}" ', tag="instrText"), _mark("separate"), _run(t["result of a field"]), _mark("end")),
            _p(_mark("begin"), _run(f' QUOTE "{t["code of a field"]}" ', tag="instrText"), _mark("separate"), _run("shown"), _mark("end")),
            _p(f'<w:fldSimple w:instr=" HYPERLINK &quot;https://example.org/{t["address of a simple field"]}&quot; ">{_run("shown")}</w:fldSimple>'),
            _p(f'<w:fldSimple w:instr=" QUOTE &quot;{t["code of a simple field"]}&quot; ">{_run("shown")}</w:fldSimple>'),
            _p(_mark("begin", f'<w:ffData><w:statusText w:val="{t["data of a form"]}"/></w:ffData>'), _run(" FORMTEXT ", tag="instrText"), _mark("separate"), _run("shown"), _mark("end")),
            _p(f'<w:sdt><w:sdtPr><w:alias w:val="{t["alias"]}"/><w:tag w:val="{t["tag"]}"/><w:placeholder><w:docPart w:val="{t["placeholder"]}"/></w:placeholder><w:dropDownList><w:listItem w:displayText="{t["choice"]}" w:value="1"/></w:dropDownList></w:sdtPr><w:sdtContent>{_run(t["control"])}</w:sdtContent></w:sdt>'),
            _p(f'<w:smartTag w:uri="urn:x" w:element="x"><w:smartTagPr><w:attr w:name="a" w:val="{t["attribute of a smart tag"]}"/></w:smartTagPr>{_run(t["smart tag"])}</w:smartTag>'),
            _p(f'<w:hyperlink r:id="rIdL" w:anchor="{t["place of a link"]}" w:tooltip="{t["tip of a link"]}">{_run(t["link"])}</w:hyperlink>'),
            f"<w:tbl><w:tblPr/><w:tr><w:tc>{_p(_run(t['frame of one cell']))}</w:tc></w:tr></w:tbl>",
            f'<w:tbl><w:tblPr><w:tblCaption w:val="{t["caption of a table"]}"/><w:tblDescription w:val="{t["description of a table"]}"/></w:tblPr><w:tr><w:tc>{_p(_run("rank"))}</w:tc><w:tc>{_p(_run("n"))}</w:tc></w:tr><w:tr><w:tc>{_p(_run(t["cell"]))}</w:tc><w:tc>{_p(_run("2"))}</w:tc></w:tr>'
            f"<w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{_p(_run(t['cell of a hidden row']))}</w:tc></w:tr></w:tbl>",
            _p(box),
            _p(older),
            _p(picture),
            _p(_run("He is "), _run(t["hidden run"], "<w:vanish/>"), _run(t["run of a hidden text"], "<w:vanish/><w:b/>")),
            _p(_run(t["white run"], '<w:color w:val="FFFFFF"/>')),
            _p(f'<w:del w:id="2" w:author="A">{_run(t["deleted"], tag="delText")}</w:del>', _run("now")),
            _p(f'<w:moveFrom w:id="3" w:author="A">{_run(t["moved away"])}</w:moveFrom>'),
            _p(f'<w:bookmarkStart w:id="1" w:name="{t["bookmark"]}"/><w:bookmarkEnd w:id="1"/><w:permStart w:id="1" w:ed="{t["editor"]}"/>'),
            _p(_run("x"), f"<w:pPr>{t['text outside of runs']}</w:pPr>"),
            _p('<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="2"/></w:r>'),
        )
    )  # fmt: skip
    document = Document(body)
    document.styles = f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="S"><w:name w:val="{t["style"]}"/></w:style>'
    document.settings = f'<w:docVars><w:docVar w:name="v" w:val="{t["variable"]}"/><w:docVar w:name="u" w:val="y"/></w:docVars><w:mailMerge><w:query w:val="{t["mail merge"]}"/></w:mailMerge>'
    document.section = '<w:headerReference w:type="default" r:id="rIdH"/><w:footerReference w:type="default" r:id="rIdF"/>'

    def xml(content: str, root: str, spaces: str) -> bytes:
        return f"{HEAD}<{root} {spaces}>{content}</{root}>".encode()

    word = f"{TYPES}.wordprocessingml"
    chart = f"<c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>{t['title of a chart']}</a:t></a:r></a:p></c:rich></c:tx></c:title></c:chart>"
    package = f"{PACKAGE}/metadata"
    document.parts = {
        "word/header1.xml": (f"{word}.header+xml", story(_p(_run(t["header"])), "hdr")),
        "word/footer1.xml": (f"{word}.footer+xml", story(_p(_run(t["footer"])), "ftr")),
        "word/footnotes.xml": (f"{word}.footnotes+xml", story(f'<w:footnote w:id="2">{_p(_run(t["footnote"]))}</w:footnote>', "footnotes")),
        "word/endnotes.xml": (f"{word}.endnotes+xml", story(f'<w:endnote w:id="2">{_p(_run(t["endnote"]))}</w:endnote>', "endnotes")),
        "word/comments.xml": (f"{word}.comments+xml", story(f'<w:comment w:id="1" w:author="{t["author of a comment"]}">{_p(_run(t["comment"]))}</w:comment>', "comments")),
        "word/numbering.xml": (f"{word}.numbering+xml", story(f'<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:lvlText w:val="{t["label of a list"]}"/></w:lvl></w:abstractNum>', "numbering")),
        "word/glossary/document.xml": (f"{word}.document.glossary+xml", story(f"<w:docParts><w:docPart><w:docPartBody>{_p(_run(t['building block']))}</w:docPartBody></w:docPart></w:docParts>", "glossaryDocument")),
        "word/charts/chart1.xml": (f"{TYPES}.drawingml.chart+xml", xml(chart, "c:chartSpace", f'xmlns:c="{_DRAWING}/chart" xmlns:a="{_DRAWING}/main"')),
        "word/diagrams/data1.xml": (f"{TYPES}.drawingml.diagramData+xml", xml(f"<dgm:ptLst><dgm:pt><dgm:t><a:bodyPr/><a:p><a:r><a:t>{t['diagram']}</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst>", "dgm:dataModel", f'xmlns:dgm="{_DRAWING}/diagram" xmlns:a="{_DRAWING}/main"')),
        "word/_rels/settings.xml.rels": ("", relations([("rIdT", "attachedTemplate", f"file:///C:/{t['linked file']}.dotx")])),
        "docProps/core.xml": ("application/vnd.openxmlformats-package.core-properties+xml", xml(f"<dc:title>{t['title']}</dc:title><dc:creator>{t['author']}</dc:creator>", "cp:coreProperties", f'xmlns:cp="{package}/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"')),
        "docProps/app.xml": (f"{TYPES}.extended-properties+xml", xml(f"<Manager>{t['manager']}</Manager>", "Properties", 'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"')),
        "docProps/custom.xml": (f"{TYPES}.custom-properties+xml", xml(f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="p"><vt:lpwstr>{t["own property"]}</vt:lpwstr></property>', "Properties", 'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"')),
    }  # fmt: skip
    document.relations = [
        ("rIdH", "header", "header1.xml"),
        ("rIdF", "footer", "footer1.xml"),
        ("rIdN", "footnotes", "footnotes.xml"),
        ("rIdE", "endnotes", "endnotes.xml"),
        ("rIdC", "comments", "comments.xml"),
        ("rIdNum", "numbering", "numbering.xml"),
        ("rIdG", "glossaryDocument", "glossary/document.xml"),
        ("rIdChart", "chart", "charts/chart1.xml"),
        ("rIdDia", "diagramData", "diagrams/data1.xml"),
        ("rIdL", "hyperlink", f"https://example.org/{t['address of a link']}"),
        ("rIdP", "hyperlink", f"https://example.org/{t['address of a picture']}"),
    ]
    document.root = [
        ("rIdCore", f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ("rIdApp", "extended-properties", "docProps/app.xml"),
        ("rIdCus", "custom-properties", "docProps/custom.xml"),
    ]
    return document.bytes()
