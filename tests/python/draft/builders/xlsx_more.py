# ruff: noqa: E501  XML is kept as it is written
"""More workbooks of one feature beside its clean twin: (code, count, bytes, twin)."""

from __future__ import annotations

from collections.abc import Callable

from builders.xlsx import HEAD, MAIN, TYPES, Sheet, Workbook, packed, with_styles
from builders.xlsx_features import CLEAN, Case, _anchor, _drawing, _rows, _sheet, _styled

MAIL = "a.person@example.org"
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"
CHART = "http://schemas.microsoft.com/office/drawing/2014/chartex"


def sheet_part(kind: str, name: str, body: str) -> bytes:
    """A workbook whose sheet leads to a part of this kind."""
    sheet = Sheet("Counts", relations=[("rId1", kind, f"/{name}")])
    return Workbook([sheet], {name: ("", f"{HEAD}{body}".encode())}).bytes()


def book_part(kind: str, name: str, body: str) -> bytes:
    """A workbook that leads to a part of this kind."""
    return Workbook(
        parts={name: ("", f"{HEAD}{body}".encode())}, relations=[("rIdX", kind, f"/{name}")]
    ).bytes()


def strings(run: str) -> bytes:
    """A workbook of shared strings, one of them rich text of two runs."""
    body = f'{HEAD}<sst xmlns="{MAIN}"><si><r><t>chief</t></r><r><rPr>{run}</rPr><t xml:space="preserve"> constable</t></r></si></sst>'
    sheet = '<row r="5"><c r="A5" t="s"><v>0</v></c><c r="B5"><v>12</v></c></row></sheetData>'
    book = Workbook(
        parts={"xl/sharedStrings.xml": ("", body.encode())},
        relations=[("rIdT", "sharedStrings", "sharedStrings.xml")],
    )
    members = book.members()
    name = "xl/worksheets/sheet1.xml"
    members[name] = members[name].replace(b"</sheetData>", sheet.encode())
    return packed(members)


def rule(body: str) -> bytes:
    return _sheet(after=f'<conditionalFormatting sqref="B2:B4">{body}</conditionalFormatting>')


def filtered_table(chosen: str) -> bytes:
    """A table with a filter, two of its rows hidden by it."""
    part = f'<table xmlns="{MAIN}" id="1" ref="A1:B4"><autoFilter ref="A1:B4">{chosen}</autoFilter></table>'
    hidden = 'hidden="1"' if chosen else ""
    sheet = Sheet("Counts", rows={2: hidden, 3: hidden}, relations=[("rId1", "table", "/xl/t.xml")])
    return Workbook([sheet], {"xl/t.xml": ("", f"{HEAD}{part}".encode())}).bytes()


def commented(text: str) -> bytes:
    members = Workbook().members()
    name = "xl/worksheets/sheet1.xml"
    members[name] = members[name].replace(b"<sheetData>", f"{text}<sheetData>".encode())
    return packed(members)


def odd_row(attribute: str) -> bytes:
    return Workbook([Sheet("Counts", rows={1: attribute})]).bytes()


def in_sheet(at: bytes, text: str) -> bytes:
    """A sheet with text at a place: after the start of its data, else before the place."""
    members = Workbook().members()
    name = "xl/worksheets/sheet1.xml"
    new = at + text.encode() if at == b"<sheetData>" else text.encode() + at
    members[name] = members[name].replace(at, new)
    return packed(members)


def beside_strings(text: str) -> bytes:
    """Shared strings, all plain, with something between two of them."""
    body = f'{HEAD}<sst xmlns="{MAIN}"><si><t>chief</t></si>{text}<si><t>deputy</t></si></sst>'
    rows = "".join(
        f'<row r="{i + 5}"><c r="A{i + 5}" t="s"><v>{i}</v></c><c r="B{i + 5}"><v>12</v></c></row>'
        for i in (0, 1)
    )
    book = Workbook(
        parts={"xl/sharedStrings.xml": ("", body.encode())},
        relations=[("rIdT", "sharedStrings", "sharedStrings.xml")],
    )
    members = book.members()
    name = "xl/worksheets/sheet1.xml"
    members[name] = members[name].replace(b"</sheetData>", f"{rows}</sheetData>".encode())
    return packed(members)


def absolute(far: bool) -> bytes:
    """A picture at a place given in EMU: 4 columns and 5 rows from the corner, or far away."""
    at = 30_000_000 if far else 0
    return _drawing(
        f'<xdr:absoluteAnchor><xdr:pos x="{at}" y="{at}"/><xdr:ext cx="2500000" cy="1000000"/><xdr:pic><xdr:nvPicPr>'
        '<xdr:cNvPr id="2" name="Picture 1"/></xdr:nvPicPr></xdr:pic></xdr:absoluteAnchor>'
    )


def grouped(fill: str) -> bytes:
    shape = f"<xdr:grpSp><xdr:sp><xdr:spPr>{fill}</xdr:spPr></xdr:sp></xdr:grpSp>"
    anchor = _anchor(0)
    start, stop = anchor.index("<xdr:pic>"), anchor.index("</xdr:pic>") + len("</xdr:pic>")
    return _drawing(anchor[:start] + shape + anchor[stop:])


def tall_rows(height: float) -> bytes:
    """A small picture that covers rows only where they are low."""
    body = (
        "<xdr:oneCellAnchor><xdr:from><xdr:col>0</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>0</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
        '<xdr:ext cx="2500000" cy="140000"/><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="Picture 1"/></xdr:nvPicPr></xdr:pic></xdr:oneCellAnchor>'
    )
    sheet = Sheet(
        "Counts", rows={0: f'ht="{height}" customHeight="1"'}, after='<drawing r:id="rId1"/>',
        relations=[("rId1", "drawing", "../drawings/drawing1.xml")],
    )  # fmt: skip
    space = "http://schemas.openxmlformats.org/drawingml/2006"
    part = f'{HEAD}<xdr:wsDr xmlns:xdr="{space}/spreadsheetDrawing" xmlns:a="{space}/main">{body}</xdr:wsDr>'
    return Workbook(
        [sheet], {"xl/drawings/drawing1.xml": (f"{TYPES}.drawing+xml", part.encode())}
    ).bytes()


def hidden_shape(text: str) -> bytes:
    space = "http://schemas.openxmlformats.org/drawingml/2006"
    body = (
        '<xdr:oneCellAnchor><xdr:from><xdr:col>9</xdr:col><xdr:row>9</xdr:row></xdr:from><xdr:ext cx="9" cy="9"/>'
        f'<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" name="TextBox 1" hidden="1"/></xdr:nvSpPr><xdr:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:oneCellAnchor>'
    )
    return sheet_part(
        "drawing",
        "xl/drawings/drawing1.xml",
        f'<xdr:wsDr xmlns:xdr="{space}/spreadsheetDrawing" xmlns:a="{space}/main">{body}</xdr:wsDr>',
    )


def chartex(value: str) -> bytes:
    """A chart of the newer kind whose cache holds this value for B2."""
    return sheet_part(
        "chartEx",
        "xl/charts/chartEx1.xml",
        f'<cx:chartSpace xmlns:cx="{CHART}"><cx:chartData><cx:data id="0"><cx:numDim type="val"><cx:f>Counts!$B$2:$B$4</cx:f>'
        f'<cx:lvl ptCount="3"><cx:pt idx="0">{value}</cx:pt><cx:pt idx="1">45</cx:pt><cx:pt idx="2">23</cx:pt></cx:lvl></cx:numDim></cx:data></cx:chartData></cx:chartSpace>',
    )


def chart_sheet(header: str) -> bytes:
    """A workbook with a sheet that is a chart, and its header."""
    book = Workbook(
        parts={
            "xl/chartsheets/sheet9.xml": (
                "",
                f'{HEAD}<chartsheet xmlns="{MAIN}"><headerFooter><oddHeader>{header}</oddHeader></headerFooter></chartsheet>'.encode(),
            )
        },
        relations=[("rIdQ", "chartsheet", "chartsheets/sheet9.xml")],
    )
    members = book.members()
    members["xl/workbook.xml"] = members["xl/workbook.xml"].replace(
        b"</sheets>", b'<sheet name="Chart1" sheetId="9" r:id="rIdQ"/></sheets>'
    )
    return packed(members)


def formula(text: str) -> bytes:
    members = Workbook().members()
    name = "xl/worksheets/sheet1.xml"
    members[name] = members[name].replace(
        b"</sheetData>", f'<row r="5"><c r="A5" t="str"><f>{text}</f><v>other</v></c><c r="B5"><v>99</v></c></row></sheetData>'.encode()
    )  # fmt: skip
    return packed(members)


def titles(*names: str) -> bytes:
    space = "http://schemas.openxmlformats.org/officeDocument/2006"
    parts = "".join(f"<vt:lpstr>{name}</vt:lpstr>" for name in names)
    xml = f'{HEAD}<Properties xmlns="{space}/extended-properties" xmlns:vt="{space}/docPropsVTypes"><TitlesOfParts><vt:vector>{parts}</vt:vector></TitlesOfParts></Properties>'
    return Workbook(
        parts={"docProps/app.xml": ("", xml.encode())},
        root=[("rId9", "extended-properties", "docProps/app.xml")],
    ).bytes()


def pivot_table(filters: str) -> bytes:
    return sheet_part(
        "pivotTable",
        "xl/pivotTables/pivotTable1.xml",
        f'<pivotTableDefinition xmlns="{MAIN}" name="PivotTable1"><filters>{filters}</filters></pivotTableDefinition>',
    )


def unknown_member(name: str, at: bytes, body: str) -> bytes:
    members = Workbook().members()
    members[name] = members[name].replace(at, body.encode() + at)
    return packed(members)


_BASE = '<sheetFormatPr defaultRowHeight="{}"/>'
_PANE = '<sheetViews><sheetView topLeftCell="{}" workbookViewId="0"><pane ySplit="1" topLeftCell="A9" state="frozen"/></sheetView></sheetViews>'
_VALIDATION = '<dataValidations><dataValidation type="whole" sqref="B2" prompt="{}"><formula1>1</formula1></dataValidation></dataValidations>'
_X14_RULE = (
    f'<extLst><ext xmlns:x14="{X14}"><x14:conditionalFormattings><x14:conditionalFormatting xmlns:xm="{XM}">'
    '<x14:cfRule type="expression"><xm:f>TRUE</xm:f><x14:dxf>{}</x14:dxf></x14:cfRule><xm:sqref>B2:B4</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>'
)
_NAME = '<definedNames><definedName name="n"{}>Counts!$A$1</definedName></definedNames>'
_CONNECTION = f'<connections xmlns="{MAIN}"><connection id="1" name="q"><dbPr connection="{{}}"/></connection></connections>'
_INK = '<sz val="11"/><color rgb="FF{}"/>'

CASES: dict[str, Callable[[], Case]] = {
    "almost white on white": lambda: ("invisible-text", 2, _styled(font=_INK.format("FCFCFC")), _styled(font=_INK.format("D9D9D9"))),
    "white by number format": lambda: ("invisible-text", 2, _styled(number="[White]0"), _styled(number="[Red]0")),
    "format that hides numbers": lambda: ("hiding-format", 2, _styled(number=";;;@"), _styled(number="0;;;@")),
    "format of quotes only": lambda: ("hiding-format", 2, _styled(number="&quot;&quot;"), _styled(number="0&quot; people&quot;")),
    "format that hides texts": lambda: ("hiding-format", 1, Workbook([Sheet("Counts", styles={(1, 0): 1, (1, 1): 1})], styles=with_styles("0;0;0;")).bytes(), _styled(number="0;0;0;")),
    "white run of rich text": lambda: ("invisible-text", 1, strings('<color rgb="FFFFFFFF"/>'), strings('<color rgb="FF0000FF"/>')),
    "tiny run of rich text": lambda: ("invisible-text", 1, strings('<sz val="1"/>'), strings('<sz val="9"/>')),
    "rows of no height by default": lambda: ("zero-size-row", 6, Workbook([Sheet("Counts", rows={0: 'ht="15"'}, before=_BASE.format(0))]).bytes(), _rows('ht="15"', before=_BASE.format(15))),
    "rows too low to read": lambda: ("zero-size-row", 4, _rows('ht="1"'), _rows('ht="9"')),
    "scrolled away beside frozen panes": lambda: ("far-cells", 4, _sheet(before=_PANE.format("A3")), _sheet(before=_PANE.format("A1"))),
    "rows hidden by a table's filter": lambda: ("filtered-row", 4, filtered_table('<filterColumn colId="0"/>'), filtered_table("")),
    "value of a table's filter": lambda: ("filter-value", 1, filtered_table('<filterColumn colId="0"><filters><filter val="x"/></filters></filterColumn>'), filtered_table("")),
    "picture at an absolute place": lambda: ("covered-cells", 8, absolute(False), absolute(True)),
    "group of shapes": lambda: ("covered-cells", 8, grouped("<a:solidFill/>"), grouped("<a:noFill/>")),
    "rows under a picture by their own height": lambda: ("covered-cells", 2, tall_rows(10), tall_rows(30)),
    "rule of a later version": lambda: ("conditional-hiding", 1, _sheet(after=_X14_RULE.format('<font><color rgb="FFFFFFFF"/></font>')), _sheet(after=_X14_RULE.format('<font><color rgb="FFFF0000"/></font>'))),
    "data bar without its value": lambda: ("conditional-hiding", 1, rule('<cfRule type="dataBar" priority="1"><dataBar showValue="0"/></cfRule>'), rule('<cfRule type="dataBar" priority="1"><dataBar/></cfRule>')),
    "typed order of sort": lambda: ("filter-value", 2, _sheet(after='<sortState ref="A2:B4"><sortCondition ref="A2:A4" customList="north,south"/></sortState>'), _sheet(after='<sortState ref="A2:B4"><sortCondition ref="A2:A4"/></sortState>')),
    "who may edit a range": lambda: ("person", 1, _sheet(after='<protectedRanges><protectedRange name="r" sqref="A1" securityDescriptor="O:WD"/></protectedRanges>'), _sheet(after='<protectedRanges><protectedRange name="r" sqref="A1"/></protectedRanges>')),
    "consolidated from elsewhere": lambda: ("external-link", 1, _sheet(after='<dataConsolidate><dataRefs count="1"><dataRef ref="A1" r:id="rId7"/></dataRefs></dataConsolidate>'), _sheet(after='<dataConsolidate><dataRefs count="1"><dataRef ref="A1" sheet="Counts"/></dataRefs></dataConsolidate>')),
    "label filter of a pivot table": lambda: ("filter-value", 1, pivot_table('<filter fld="0" type="captionEqual" stringValue1="north"/>'), pivot_table('<filter fld="0" type="count"/>')),
    "newer chart with values of its own": lambda: ("chart-cache", 3, chartex("121"), CLEAN),
    "comment in the markup": lambda: ("unknown-part", 1, commented("<!-- by someone -->"), commented("")),
    "unknown element of a sheet": lambda: ("unknown-part", 1, commented("<secret>x</secret>"), commented("<sheetViews/>")),
    "unknown element of the workbook": lambda: ("unknown-part", 1, unknown_member("xl/workbook.xml", b"</workbook>", "<secret/>"), unknown_member("xl/workbook.xml", b"</workbook>", "<calcPr/>")),
    "unknown attribute of a row": lambda: ("unknown-part", 1, odd_row('secret="x"'), odd_row('spans="1:2" collapsed="0"')),
    "unknown attribute of a cell": lambda: ("unknown-part", 1, in_sheet(b' r="B2"', ' secret="x"'), CLEAN),
    "text between rows": lambda: ("unknown-part", 1, in_sheet(b"<sheetData>", "by someone"), CLEAN),
    "text between cells": lambda: ("unknown-part", 1, in_sheet(b"<c r=\"B2\"", "by someone"), CLEAN),
    "text beside settings": lambda: ("unknown-part", 1, in_sheet(b"</worksheet>", "by someone"), CLEAN),
    "text beside strings": lambda: ("unknown-part", 1, beside_strings("by someone"), beside_strings("\n")),
    "element beside strings": lambda: ("unknown-part", 1, beside_strings("<secret>x</secret>"), beside_strings("")),
    "mail in the markup": lambda: ("unseen-identifier", 1, commented(f"<!-- {MAIL} -->"), CLEAN),
    "mail in a hidden shape": lambda: ("unseen-identifier", 1, hidden_shape(MAIL), CLEAN),
    "mail in a formula": lambda: ("unseen-identifier", 1, formula(f'IF(A1="x","{MAIL}","other")'), formula('IF(A1="x","y","other")')),
    "mail in a rule's message": lambda: ("unseen-identifier", 1, _sheet(after=_VALIDATION.format(f"ask {MAIL}")), _sheet(after=_VALIDATION.format("a whole number"))),
    "mail in a name's comment": lambda: ("unseen-identifier", 1, Workbook(book=_NAME.format(f' comment="ask {MAIL}"')).bytes(), Workbook(book=_NAME.format("")).bytes()),
    "mail in a chart sheet's header": lambda: ("identifier-in-text", 1, chart_sheet(MAIL), chart_sheet("&amp;P")),
    "mail in the titles of parts": lambda: ("unseen-identifier", 1, titles("Counts", MAIL), titles("Counts")),
    "mail in a table": lambda: ("unseen-identifier", 1, sheet_part("table", "xl/t.xml", f'<table xmlns="{MAIN}" id="1" ref="A1:B4"><tableColumns><tableColumn id="1" name="{MAIL}"/></tableColumns></table>'), sheet_part("table", "xl/t.xml", f'<table xmlns="{MAIN}" id="1" ref="A1:B4"><tableColumns><tableColumn id="1" name="rank"/></tableColumns></table>')),
    "mail in an XML map": lambda: ("unseen-identifier", 1, book_part("xmlMaps", "xl/xmlMaps.xml", f'<MapInfo xmlns="{MAIN}"><Map ID="1" Name="{MAIL}"/></MapInfo>'), book_part("xmlMaps", "xl/xmlMaps.xml", f'<MapInfo xmlns="{MAIN}"/>')),
    "mail in metadata of cells": lambda: ("unseen-identifier", 1, book_part("sheetMetadata", "xl/metadata.xml", f'<metadata xmlns="{MAIN}"><metadataStrings><s v="{MAIL}"/></metadataStrings></metadata>'), book_part("sheetMetadata", "xl/metadata.xml", f'<metadata xmlns="{MAIN}"/>')),
    "server in a connection": lambda: ("path", 1, book_part("connections", "xl/connections.xml", _CONNECTION.format("Provider=X;Data Source=hr-db01;")), CLEAN),
}  # fmt: skip
