# ruff: noqa: E501  XML is kept as it is written
"""A workbook with a text in every place where SpreadsheetML keeps one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from builders.xlsx import HEAD, MAIN, PACKAGE, RELATIONS, TYPES, Sheet, Workbook, relations

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_XDR = f'xmlns:xdr="{_DRAWING}/spreadsheetDrawing" xmlns:a="{_DRAWING}/main" xmlns:r="{RELATIONS}"'
_CHART = f'xmlns:c="{_DRAWING}/chart" xmlns:a="{_DRAWING}/main" xmlns:r="{RELATIONS}"'
_THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
_X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_XM = "http://schemas.microsoft.com/office/excel/2006/main"


class Slot(NamedTuple):
    """A kind of text: its sort, whether it is seen, whether it is in an element (else in an
    attribute)."""

    sort: str
    seen: bool
    element: bool = True


SLOTS: dict[str, Slot] = {
    "cell": Slot("cell", True),
    "inline cell": Slot("cell", True),
    "run of an inline cell": Slot("cell", True),
    "shared string": Slot("cell", True),
    "phonetic text of a cell": Slot("kept", False),
    "phonetic text of a string": Slot("kept", False),
    "unused string": Slot("kept", False),
    "formula": Slot("kept", False),
    "header": Slot("margin", True),
    "footer": Slot("margin", True),
    "list of values": Slot("kept", False),
    "prompt": Slot("kept", False, False),
    "title of a prompt": Slot("kept", False, False),
    "error": Slot("kept", False, False),
    "formula of a rule": Slot("kept", False),
    "condition": Slot("kept", False),
    "condition of 2010": Slot("kept", False),
    "text of a condition": Slot("kept", False, False),
    "tip of a link": Slot("link", False, False),
    "address of a link": Slot("link", False, False),
    "place of a link": Slot("link", False, False),
    "text of a link": Slot("kept", False, False),
    "filter": Slot("kept", False, False),
    "scenario": Slot("kept", False, False),
    "value of a scenario": Slot("kept", False, False),
    "protected range": Slot("name", False, False),
    "name of a sheet": Slot("name", True, False),
    "name": Slot("name", False, False),
    "comment of a name": Slot("kept", False, False),
    "constant name": Slot("kept", False),
    "user": Slot("kept", False, False),
    "custom view": Slot("name", False, False),
    "comment": Slot("kept", False),
    "run of a comment": Slot("kept", False),
    "author of a comment": Slot("kept", False),
    "threaded comment": Slot("kept", False),
    "person": Slot("kept", False, False),
    "text box": Slot("object", True),
    "run of a text box": Slot("object", True),
    "hidden shape": Slot("object", False),
    "name of a shape": Slot("name", False, False),
    "alternative text": Slot("kept", False, False),
    "title of a shape": Slot("kept", False, False),
    "address of a shape": Slot("link", False, False),
    "tip of a shape": Slot("link", False, False),
    "control": Slot("object", True),
    "WordArt": Slot("object", True, False),
    "title of a chart": Slot("object", True),
    "label of a chart": Slot("object", True),
    "name of a series": Slot("object", True),
    "header of a chart": Slot("margin", False),
    "point of a chart": Slot("cell", False),
    "text on a chart": Slot("object", True),
    "diagram": Slot("object", True),
    "table": Slot("name", False, False),
    "column of a table": Slot("name", False, False),
    "style": Slot("name", False, False),
    "cell of another workbook": Slot("cell", False),
    "sheet of another workbook": Slot("name", False, False),
    "connection": Slot("kept", False, False),
    "slicer": Slot("name", False, False),
    "pivot field": Slot("name", False, False),
    "pivot item": Slot("cell", False, False),
    "title": Slot("property", False),
    "subject": Slot("property", False),
    "keywords": Slot("property", False),
    "description": Slot("property", False),
    "category": Slot("property", False),
    "author": Slot("property", False),
    "manager": Slot("property", False),
    "company": Slot("property", False),
    "base of links": Slot("property", False),
    "title of a part": Slot("name", False),
    "own property": Slot("property", False),
    "name of an own property": Slot("name", False, False),
    "custom XML": Slot("kept", False),
}


def _body(text: str) -> str:
    """A body of text of two paragraphs, the first of which is cut into runs."""
    return f"<a:bodyPr/><a:p><a:r><a:t>{text}</a:t></a:r></a:p>"


def _shape(text: str, name: str, attributes: str = "", click: str = "") -> str:
    return (
        "<xdr:twoCellAnchor><xdr:from><xdr:col>5</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>20</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>6</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>22</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>"
        f'<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" name="{name}" {attributes}>{click}</xdr:cNvPr><xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr/><xdr:txBody>{text}</xdr:txBody></xdr:sp><xdr:clientData/></xdr:twoCellAnchor>'
    )


def everywhere(texts: Mapping[str, str], *, hidden: bool = False) -> bytes:
    """A workbook whose texts are these, as markup; what is not given is plain."""
    t = {kind: texts.get(kind, "plain") for kind in SLOTS}
    sheet = Sheet(t["name of a sheet"], state="hidden" if hidden else "")
    # xml() writes plain values: what is more is put into it
    sheet.values = [["rank", "officers"]]
    sheet.before = '<sheetFormatPr defaultRowHeight="15"/>'
    rows = (
        f'<row r="2"><c r="A2" t="str"><v>{t["cell"]}</v></c><c r="B2" t="inlineStr"><is><t>{t["inline cell"]}</t></is></c>'
        f'<c r="C2" t="inlineStr"><is><r><t>{t["run of an inline cell"]}</t></r><rPh sb="0" eb="1"><t>{t["phonetic text of a cell"]}</t></rPh></is></c></row>'
        f'<row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3"><f>IF(A1=1,"{t["formula"]}",2)</f><v>2</v></c></row>'
    )
    sheet.after = (
        f'<protectedRanges><protectedRange name="{t["protected range"]}" sqref="A1"/></protectedRanges>'
        f'<scenarios><scenario name="a" comment="{t["scenario"]}" count="1"><inputCells r="B2" val="{t["value of a scenario"]}"/></scenario></scenarios>'
        f'<autoFilter ref="A1:B4"><filterColumn colId="0"><filters><filter val="{t["filter"]}"/></filters></filterColumn></autoFilter>'
        f'<conditionalFormatting sqref="A1"><cfRule type="containsText" priority="1" text="{t["text of a condition"]}"><formula>A1="{t["condition"]}"</formula></cfRule></conditionalFormatting>'
        f'<dataValidations><dataValidation type="list" sqref="B2" prompt="{t["prompt"]}" promptTitle="{t["title of a prompt"]}" error="{t["error"]}"><formula1>"{t["list of values"]},other"</formula1></dataValidation>'
        f'<dataValidation type="custom" sqref="B3"><formula1>B3="{t["formula of a rule"]}"</formula1></dataValidation></dataValidations>'
        f'<hyperlinks><hyperlink ref="A1" r:id="rIdL" location="{t["place of a link"]}" tooltip="{t["tip of a link"]}" display="{t["text of a link"]}"/></hyperlinks>'
        f"<headerFooter><oddHeader>&amp;C{t['header']}</oddHeader><oddFooter>&amp;L{t['footer']}&amp;RPage &amp;P</oddFooter></headerFooter>"
        f'<drawing r:id="rIdD"/><legacyDrawing r:id="rIdV"/><tableParts count="1"><tablePart r:id="rIdT"/></tableParts>'
        f'<extLst><ext xmlns:x14="{_X14}"><x14:conditionalFormattings><x14:conditionalFormatting xmlns:xm="{_XM}"><x14:cfRule type="expression"><xm:f>A1="{t["condition of 2010"]}"</xm:f></x14:cfRule><xm:sqref>B2:B4</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>'
    )
    sheet.relations = [
        ("rIdL", "hyperlink", f"https://example.org/{t['address of a link']}"),
        ("rIdD", "drawing", "../drawings/drawing1.xml"),
        ("rIdV", "vmlDrawing", "../drawings/vml1.vml"),
        ("rIdT", "table", "../tables/table1.xml"),
        ("rIdC", "comments", "../comments1.xml"),
        ("rIdH", "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment", "../threadedComments/t1.xml"),
    ]  # fmt: skip
    drawing = (
        _shape(
            f"<a:bodyPr/><a:p><a:r><a:t>{t['text box']}</a:t></a:r><a:r><a:t>{t['run of a text box']}</a:t></a:r></a:p>",
            t["name of a shape"],
            f'descr="{t["alternative text"]}" title="{t["title of a shape"]}"',
            f'<a:hlinkClick r:id="rIdL" tooltip="{t["tip of a shape"]}"/>',
        )
        + _shape(_body(t["hidden shape"]), "Shape 2", 'hidden="1"')
        + '<xdr:twoCellAnchor><xdr:from><xdr:col>5</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>30</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>6</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>32</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to><xdr:graphicFrame><xdr:nvGraphicFramePr><xdr:cNvPr id="4" name="Chart 1"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm/></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor>'
    )
    chart = (
        f"<c:chart><c:title><c:tx><c:rich>{_body(t['title of a chart'])}</c:rich></c:tx></c:title><c:plotArea><c:barChart><c:ser><c:tx><c:v>{t['name of a series']}</c:v></c:tx>"
        f'<c:dLbls><c:dLbl><c:idx val="0"/><c:tx><c:rich>{_body(t["label of a chart"])}</c:rich></c:tx></c:dLbl></c:dLbls>'
        f'<c:cat><c:strRef><c:f>Gone!$A$1:$A$2</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{t["point of a chart"]}</c:v></c:pt></c:strCache></c:strRef></c:cat></c:ser></c:barChart></c:plotArea></c:chart>'
        f'<c:printSettings><c:headerFooter><c:oddHeader>&amp;C{t["header of a chart"]}</c:oddHeader></c:headerFooter></c:printSettings><c:userShapes r:id="rIdU"/>'
    )
    strings = (
        f'<si><r><t>{t["shared string"]}</t></r><rPh sb="0" eb="1"><t>{t["phonetic text of a string"]}</t></rPh></si>'
        f"<si><t>{t['unused string']}</t></si>"
    )
    core = "".join(
        f"<{tag}>{t[kind]}</{tag}>"
        for tag, kind in (
            ("dc:title", "title"), ("dc:subject", "subject"), ("dc:creator", "author"),
            ("cp:keywords", "keywords"), ("dc:description", "description"), ("cp:category", "category"),
        )
    )  # fmt: skip
    app = (
        f"<Manager>{t['manager']}</Manager><Company>{t['company']}</Company><HyperlinkBase>{t['base of links']}</HyperlinkBase>"
        f'<TitlesOfParts><vt:vector size="1" baseType="lpstr"><vt:lpstr>{t["title of a part"]}</vt:lpstr></vt:vector></TitlesOfParts>'
    )
    book = Workbook([sheet])
    book.book = (
        f'<fileSharing userName="{t["user"]}"/><customWorkbookViews><customWorkbookView name="{t["custom view"]}" guid="{{0}}" windowWidth="1" windowHeight="1" activeSheetId="1"/></customWorkbookViews>'
        f'<definedNames><definedName name="{t["name"]}" comment="{t["comment of a name"]}">$A$1</definedName><definedName name="c">"{t["constant name"]}"</definedName></definedNames>'
    )
    book.styles = (
        '<fonts><font><sz val="11"/></font></fonts><fills><fill><patternFill patternType="none"/></fill></fills><cellXfs><xf numFmtId="0" fontId="0" fillId="0"/></cellXfs>'
        f'<cellStyles><cellStyle name="Normal" xfId="0" builtinId="0"/><cellStyle name="{t["style"]}" xfId="0"/></cellStyles>'
    )

    def xml(content: str, root: str, spaces: str = f'xmlns="{MAIN}"') -> bytes:
        return f"{HEAD}<{root} {spaces}>{content}</{root.split()[0]}>".encode()

    package = f"{PACKAGE}/metadata"
    book.parts = {
        "xl/sharedStrings.xml": (f"{TYPES}.spreadsheetml.sharedStrings+xml", xml(strings, "sst")),
        "xl/drawings/drawing1.xml": (f"{TYPES}.drawing+xml", xml(drawing, "xdr:wsDr", _XDR)),
        "xl/drawings/_rels/drawing1.xml.rels": ("", relations([("rIdL", "hyperlink", f"https://example.org/{t['address of a shape']}"), ("rIdC", "chart", "../charts/chart1.xml"), ("rIdG", "diagramData", "../diagrams/data1.xml")])),
        "xl/charts/chart1.xml": (f"{TYPES}.drawingml.chart+xml", xml(chart, "c:chartSpace", _CHART)),
        "xl/charts/_rels/chart1.xml.rels": ("", relations([("rIdU", "chartUserShapes", "../drawings/drawing2.xml")])),
        "xl/drawings/drawing2.xml": (f"{TYPES}.drawingml.chartshapes+xml", xml(f"<cdr:relSizeAnchor><cdr:sp><cdr:txBody>{_body(t['text on a chart'])}</cdr:txBody></cdr:sp></cdr:relSizeAnchor>", "c:userShapes", f'{_CHART} xmlns:cdr="{_DRAWING}/chartDrawing"')),
        "xl/diagrams/data1.xml": (f"{TYPES}.drawingml.diagramData+xml", xml(f"<dgm:ptLst><dgm:pt><dgm:t>{_body(t['diagram'])}</dgm:t></dgm:pt></dgm:ptLst>", "dgm:dataModel", f'xmlns:dgm="{_DRAWING}/diagram" xmlns:a="{_DRAWING}/main"')),
        "xl/drawings/vml1.vml": (f"{TYPES}.vmlDrawing", xml(f'<v:shape><v:textbox><div><font>{t["control"]}</font></div></v:textbox></v:shape><v:shape><v:textpath string="{t["WordArt"]}"/></v:shape>', "xml", 'xmlns:v="urn:schemas-microsoft-com:vml"')),
        "xl/tables/table1.xml": (f"{TYPES}.spreadsheetml.table+xml", xml(f'<tableColumns count="1"><tableColumn id="1" name="{t["column of a table"]}"/></tableColumns>', f'table id="1" name="Table1" displayName="{t["table"]}" ref="A1:A3"')),
        "xl/comments1.xml": (f"{TYPES}.spreadsheetml.comments+xml", xml(f"<authors><author>{t['author of a comment']}</author></authors><commentList><comment ref=\"A1\" authorId=\"0\"><text><t>{t['comment']}</t></text></comment><comment ref=\"A2\" authorId=\"0\"><text><r><t>{t['run of a comment']}</t></r></text></comment></commentList>", "comments")),
        "xl/threadedComments/t1.xml": ("application/vnd.ms-excel.threadedcomments+xml", xml(f'<threadedComment ref="A1" id="{{0}}"><text>{t["threaded comment"]}</text></threadedComment>', "ThreadedComments", f'xmlns="{_THREADS}"')),
        "xl/persons/person.xml": ("application/vnd.ms-excel.person+xml", xml(f'<person displayName="{t["person"]}" id="{{0}}" userId="S"/>', "personList", f'xmlns="{_THREADS}"')),
        "xl/externalLinks/externalLink1.xml": (f"{TYPES}.spreadsheetml.externalLink+xml", xml(f'<externalBook><sheetNames><sheetName val="{t["sheet of another workbook"]}"/></sheetNames><sheetDataSet><sheetData sheetId="0"><row r="1"><cell r="A1" t="str"><v>{t["cell of another workbook"]}</v></cell></row></sheetData></sheetDataSet></externalBook>', "externalLink")),
        "xl/connections.xml": (f"{TYPES}.spreadsheetml.connections+xml", xml(f'<connection id="1" name="{t["connection"]}"/>', "connections")),
        "xl/slicers/slicer1.xml": ("application/vnd.ms-excel.slicer+xml", xml(f'<slicer name="s" caption="{t["slicer"]}" cache="c"/>', "slicers", f'xmlns="{_X14}"')),
        "xl/pivotCache/pivotCacheDefinition1.xml": (f"{TYPES}.spreadsheetml.pivotCacheDefinition+xml", xml(f'<cacheFields count="1"><cacheField name="{t["pivot field"]}"><sharedItems><s v="{t["pivot item"]}"/></sharedItems></cacheField></cacheFields>', "pivotCacheDefinition")),
        "docProps/core.xml": ("application/vnd.openxmlformats-package.core-properties+xml", xml(core, "cp:coreProperties", f'xmlns:cp="{package}/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"')),
        "docProps/app.xml": (f"{TYPES}.extended-properties+xml", xml(app, "Properties", 'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"')),
        "docProps/custom.xml": (f"{TYPES}.custom-properties+xml", xml(f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{t["name of an own property"]}"><vt:lpwstr>{t["own property"]}</vt:lpwstr></property>', "Properties", 'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"')),
        "customXml/item1.xml": ("", xml(f"<a>{t['custom XML']}</a>", "root", 'xmlns="urn:example:own"')),
    }  # fmt: skip
    book.relations = [
        ("rIdStr", "sharedStrings", "sharedStrings.xml"),
        ("rIdExt", "externalLink", "externalLinks/externalLink1.xml"),
        ("rIdCon", "connections", "connections.xml"),
        ("rIdPer", "http://schemas.microsoft.com/office/2017/10/relationships/person", "persons/person.xml"),
        ("rIdSli", "http://schemas.microsoft.com/office/2007/relationships/slicer", "slicers/slicer1.xml"),
        ("rIdPiv", "pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml"),
    ]  # fmt: skip
    book.root = [
        ("rIdCore", f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ("rIdApp", "extended-properties", "docProps/app.xml"),
        ("rIdCus", "custom-properties", "docProps/custom.xml"),
        ("rIdX", "customXml", "customXml/item1.xml"),
    ]
    from builders.xlsx import packed

    members = book.members()
    path = "xl/worksheets/sheet1.xml"
    members[path] = members[path].replace(b"</sheetData>", f"{rows}</sheetData>".encode())
    return packed(members)
