"""What programs keep by ordinary saving is a note; what somebody put there is for a person."""

from __future__ import annotations

import pytest
from builders import xls
from builders.docx import Document, story, table
from builders.ods import Sheet as OdsSheet
from builders.ods import Spreadsheet, cell, row
from builders.ods_made import made_chart, made_meta
from builders.xls_kept import CUSTOM, lpstr, properties
from builders.xlsx import COUNTS, HEAD, MAIN, Sheet, Workbook, packed, relations
from builders.xlsx_features import PNG
from lxml import etree

from singleout.draft import Draft, inspect
from singleout.inspection.byproducts.choices import names_nobody
from singleout.inspection.byproducts.custom_xml import Library, judge_custom_xml, library_of
from singleout.inspection.byproducts.properties import judge_property, says_nothing

GUID = "2611dc1f-c46b-4e32-86ca-c9014f69baff"
# Property -> its value, and what it is found to be
PROPERTIES: tuple[tuple[str, str, str], ...] = (
    ("AppVersion", "16.0300", "note"),
    ("ContentTypeId", "0x010100D41F09A7", "note"),
    ("_dlc_DocIdUrl", "https://intranet.example.org/_layouts/15/DocIdRedir.aspx?ID=A, A", "note"),
    ("MediaServiceImageTags", "", "note"),
    ("lcf76f155ced4ddcb4097134ff3c332f", "Finance|" + GUID, "note"),
    ("Protective Term", "12;#Official|" + GUID, "note"),
    ("_EmailSubject", "Tables for the web", "note"),
    ("Objective-State", "Being Edited", "note"),
    ("Business Objects Context Information2", "A5C1" * 20, "note"),
    ("KSOProductBuildVer", "2057-11.2.0.10017", "note"),
    ("Generator", "NPOI 2.5", "note"),
    ("OOXMLCorePropertyCategory", "Statistics", "note"),
    ("Company", "a council", "note"),
    ("_MarkAsFinal", "true", "note"),
    ("Document number", "32123", "note"),
    ("Date completed", "2021-02-03T00:00:00Z", "note"),
    ("bjDocumentSecurityLabel", "OFFICIAL", "label"),
    ("Classification", "OFFICIAL-SENSITIVE", "label"),
    ("TitusGUID", GUID, "label"),
    ("SIO", "DCI Adeyemi", "review"),
    ("Reference", "complaint against a sergeant", "review"),
    ("Collar number", "4172", "review"),
    ("Date of birth", "1972-11-22", "review"),
    ("Classification", "rape of a constable by a sergeant of the same station, in 2023", "review"),
)  # fmt: skip


def told(draft: Draft, *codes: str) -> list[str]:
    return [
        "label" if f.code == "sensitivity-label" else f.severity
        for f in draft.findings
        if f.code in codes
    ]


@pytest.mark.parametrize(("name", "value", "found"), PROPERTIES)
def test_custom_properties(name: str, value: str, found: str) -> None:
    code, severity = judge_property(name, value)
    assert found == ("label" if code == "sensitivity-label" else severity or "review")
    codes = ("custom-property", "sensitivity-label")
    made = f'<property fmtid="{{}}" pid="2" name="{name}"><vt:lpwstr>{value}</vt:lpwstr></property>'
    assert told(_with_properties(made), *codes) == [found]
    stream = properties(CUSTOM, [(2, lpstr(value))], {2: name})
    old = xls.Book(streams={"\x05DocumentSummaryInformation": stream}).bytes()
    assert told(inspect(old, name="a.xls"), *codes) == [found]
    if value:
        field = f'<meta:user-defined meta:name="{name}">{value}</meta:user-defined>'
        assert told(inspect(made_meta(field).bytes(), name="a.ods"), *codes) == [found]


def _with_properties(content: str) -> Draft:
    spaces = (
        'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"'
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
    part = f"{HEAD}<Properties {spaces}>{content}</Properties>".encode()
    book = Workbook(parts={"docProps/custom.xml": ("application/xml", part)})
    book.root.append(("rIdC", kind, "docProps/custom.xml"))
    return inspect(book.bytes(), name="a.xlsx")


def test_values_of_known_properties_are_searched() -> None:
    made = (
        '<property fmtid="{}" pid="2" name="_AuthorEmail">'
        "<vt:lpwstr>a.person@example.org</vt:lpwstr></property>"
    )
    assert told(_with_properties(made), "unseen-identifier") == ["refuse"]


OFFICE = "http://schemas.microsoft.com/office/2006/metadata"
SCHEMA = f"""<ct:contentTypeSchema xmlns:ct="{OFFICE}/contentType">
<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">
<xsd:element name="Status"><xsd:simpleType><xsd:restriction base="dms:Choice">
<xsd:enumeration value="Draft"/><xsd:enumeration value="Final"/></xsd:restriction></xsd:simpleType>
</xsd:element>
<xsd:element name="Subject_x0020_of"><xsd:simpleType><xsd:restriction base="dms:Text"/>
</xsd:simpleType></xsd:element></xsd:schema></ct:contentTypeSchema>"""


def library(fields: str) -> str:
    return (
        f'<p:properties xmlns:p="{OFFICE}/properties" '
        'xmlns:pc="http://schemas.microsoft.com/office/infopath/2007/PartnerControls">'
        f"<documentManagement>{fields}</documentManagement></p:properties>"
    )


USERS = "<pc:UserInfo><pc:DisplayName>Ash, J</pc:DisplayName></pc:UserInfo>"
# Custom XML -> what is found: a code's severity
PARTS: tuple[tuple[str, str, list[str]], ...] = (
    (
        "empty bibliography",
        '<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography" '
        'SelectedStyle="/APA.XSL" StyleName="APA"/>',
        ["custom-xml note"],
    ),
    (
        "bibliography",
        '<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography">'
        "<b:Source><b:Title>On a case</b:Title></b:Source></b:Sources>",
        ["custom-xml review"],
    ),
    (
        "names of forms",
        '<FormTemplates xmlns="http://schemas.microsoft.com/sharepoint/v3/contenttype/forms">'
        "<Display>DocumentLibraryForm</Display></FormTemplates>",
        ["custom-xml note"],
    ),
    (
        "identifiers of a library",
        library(f"<_dlc_DocId>ABC-1-2</_dlc_DocId><g>{GUID}</g><TaxCatchAll/>"),
        ["custom-xml note"],
    ),
    (
        "a term",
        library(
            "<Team><pc:Terms><pc:TermInfo><pc:TermName>Finance</pc:TermName></pc:TermInfo>"
            "</pc:Terms></Team>"
        ),
        ["custom-xml note"],
    ),
    ("a choice", library("<Status>Final</Status>"), ["custom-xml note"]),
    ("no choice", library("<Status>ask Ash</Status>"), ["custom-xml review"]),
    (
        "somebody's words",
        library("<Subject_x0020_of>Ash, a sergeant</Subject_x0020_of>"),
        ["custom-xml review"],
    ),
    ("author", library(f"<Owner>{USERS}</Owner>"), ["custom-xml note", "document-property note"]),
    (
        "shared with",
        library(f"<SharedWithUsers>{USERS}</SharedWithUsers>"),
        ["custom-xml note", "person review"],
    ),
    (
        "another library",
        '<metadata xmlns="http://www.objective.com/ecm/document/metadata/53D2"><systemFields>'
        '<field name="Objective-Id"><value>A1</value></field></systemFields><catalogues>'
        '<catalogue name="Types"><field name="Objective-Caveats"><value>none</value></field>'
        "</catalogue></catalogues></metadata>",
        ["custom-xml note"],
    ),
    (
        "another library's own field",
        '<metadata xmlns="http://www.objective.com/ecm/document/metadata/53D2"><systemFields>'
        '<field name="Victim"><value>Ash, a sergeant</value></field></systemFields></metadata>',
        ["custom-xml review"],
    ),
    (
        "label",
        '<sisl xmlns="http://www.boldonjames.com/2008/01/sie/internal/label" sislVersion="0">'
        '<element uid="id_classification_official" value=""/></sisl>',
        ["sensitivity-label note"],
    ),
    ("identifiers", f'<a xmlns="urn:x" id="{GUID}"><b>2024-01-31</b></a>', ["custom-xml note"]),
    ("anything else", "<rows><row>Ash, sergeant</row></rows>", ["custom-xml review"]),
)  # fmt: skip


@pytest.mark.parametrize(("name", "body", "found"), PARTS)
def test_custom_xml(name: str, body: str, found: list[str]) -> None:
    book = Workbook(
        parts={
            "customXml/item1.xml": ("application/xml", body.encode()),
            "customXml/item2.xml": ("application/xml", SCHEMA.encode()),
        }
    )
    book.relations += [
        ("rIdX", "customXml", "../customXml/item1.xml"),
        ("rIdY", "customXml", "../customXml/item2.xml"),
    ]
    draft = inspect(book.bytes(), name="a.xlsx")
    here = [f"{f.code} {f.severity}" for f in draft.findings if f.place.part.endswith("item1.xml")]
    assert sorted(here) == sorted(found)
    schema = [f for f in draft.findings if f.place.part.endswith("item2.xml")]
    assert [(f.code, f.severity) for f in schema] == [("custom-xml", "note")]


def test_old_workbooks_keep_custom_xml_too() -> None:
    body = library("<Subject_x0020_of>Ash, a sergeant</Subject_x0020_of>").encode()
    for content, found in ((body, ["review"]), (library("<a/>").encode(), ["note"])):
        book = xls.Book(streams={"MsoDataStore/A/Item": content})
        assert told(inspect(book.bytes(), name="a.xls"), "custom-xml") == found


def test_choices_of_a_library() -> None:
    found = library_of([etree.fromstring(SCHEMA)])
    assert found.kinds == {"Status": "Choice", "Subject_x0020_of": "Text"}
    assert found.choices == {"Status": frozenset({"Draft", "Final"})}
    closed = Library(kinds={"When": "DateTime"})
    assert judge_custom_xml(etree.fromstring(library("<When>soon</When>")), closed).by_product


def test_forms_of_values() -> None:
    assert all(map(says_nothing, ("", " 3 ", "1,234.5", "31/01/2024 10:00", f"{{{GUID}}};{GUID}")))
    assert not any(
        map(says_nothing, ("PC 4172", "Ash", "31 January", "12;#Ash, J", "07700 900123"))
    )


CHOICES: tuple[tuple[list[str], bool], ...] = (
    (["Yes", "No"], True),
    (["Oui", "Non", "Inconnu"], True),
    (["Open", "Closed", "Awaiting reply"], True),
    (["1", "2", "3"], True),
    (["A", "B", "C"], True),
    (["May", "June", "July", "August", "September"], True),
    (["Constable", "Sergeant", "Inspector"], True),
    (["Full time", "Part time"], True),
    (["Adeyemi", "Brennan", "Castell"], False),
    (["Green", "Young", "Cook"], False),
    (["Open", "Closed", "Adeyemi"], False),
    (["None", "Jane Ash"], False),
    (["April", "May", "June"], False),
    (["ask the sergeant who was there on the night, and whose wife complained of him"], False),
)


@pytest.mark.parametrize(("values", "nobody"), CHOICES)
def test_lists_of_allowed_values(values: list[str], nobody: bool) -> None:
    assert names_nobody(values) == nobody
    found = "note" if nobody else "review"
    rule = f'<dataValidations><dataValidation type="list" sqref="B9"><formula1>"{",".join(values)}"'
    rule += "</formula1></dataValidation></dataValidations>"
    if len(values) > 1:
        book = Workbook([Sheet("Counts", after=rule)]).bytes()
        assert told(inspect(book, name="a.xlsx"), "validation-list") == [found]
    listed = ";".join(f"&quot;{value}&quot;" for value in values)
    condition = f'table:condition="cell-content-is-in-list({listed})"'
    before = f'<table:content-validations><table:content-validation table:name="v" {condition}/>'
    sheet = Spreadsheet(before=f"{before}</table:content-validations>").bytes()
    assert told(inspect(sheet, name="a.ods"), "validation-list") == [found]
    items = "".join(f'<w:listItem w:displayText="{value}"/>' for value in values)
    control = f"<w:sdt><w:sdtPr><w:dropDownList>{items}</w:dropDownList></w:sdtPr></w:sdt>"
    letter = Document(table(COUNTS) + control).bytes()
    assert told(inspect(letter, name="a.docx"), "validation-list") == [found]


def test_lists_of_what_cells_show() -> None:
    rule = '<dataValidations><dataValidation type="list" sqref="B9"><formula1>"Ash,Bell"</formula1>'
    rule += "</dataValidation></dataValidations>"
    for values, hidden, found in (
        ([["Ash", 3], ["Bell", 4]], "", "note"),
        ([["Ash", 3], ["Bell", 4]], 'hidden="1"', "review"),
        ([["Ash", 3]], "", "review"),
    ):
        sheet = Sheet("Counts", [["station", "officers"], *values], rows={1: hidden}, after=rule)
        draft = inspect(Workbook([sheet]).bytes(), name="a.xlsx")
        assert told(draft, "validation-list") == [found]


NAMES: tuple[tuple[str, str, list[str]], ...] = (
    ("2024!$A$1:$B$9", "", []),
    ("'2024'!$1:$4", "", []),
    ("16tbl03!$A$1", 'hidden="1"', ["hidden-name note"]),
    ("OFFSET(Counts!$A$1,0,0,4,2)", 'hidden="1"', ["hidden-name note"]),
    ("", 'hidden="1"', ["hidden-name note"]),
    ("0.175", "", ["constant-name note"]),
    ("=2024", "", ["constant-name note"]),
    ("&quot;{1A2B3C4D-0000-0000-0000-000000000000}&quot;", "", ["constant-name note"]),
    ("&quot;Adeyemi&quot;", "", ["constant-name review"]),
    ("&quot;Adeyemi&quot;", 'hidden="1"', ["constant-name review", "hidden-name review"]),
    ("{&quot;Adeyemi&quot;,3;&quot;Bell&quot;,4}", "", ["constant-name review"]),
    ("{1,2,3;4,5,6;7,8,9;10,11,12}", "", ["constant-name review"]),
)


@pytest.mark.parametrize(("text", "attributes", "found"), NAMES)
def test_defined_names(text: str, attributes: str, found: list[str]) -> None:
    name = f'<definedNames><definedName name="a" {attributes}>{text}</definedName></definedNames>'
    draft = inspect(Workbook(book=name).bytes(), name="a.xlsx")
    here = [f"{f.code} {f.severity}" for f in draft.findings if f.code.endswith("-name")]
    assert sorted(here) == found


def test_print_areas_of_sheets_whose_names_begin_with_digits() -> None:
    own = "".join(
        f'<definedName name="{name}" localSheetId="0">{text}</definedName>'
        for name, text in (
            ("_xlnm.Print_Area", "16tbl03!$A$1:$B$9"),
            ("_xlnm.Print_Titles", "16tbl03!$1:$4"),
            ("Excel_BuiltIn_Print_Titles", "16tbl03!$1:$4"),
        )
    )
    book = Workbook([Sheet("16tbl03")], book=f"<definedNames>{own}</definedNames>")
    assert inspect(book.bytes(), name="a.xlsx").findings == ()


def test_a_printer_s_address() -> None:
    for text, found in (
        (b"port 192.168.14.27 A4", "note"),
        (b"for a.person@example.org", "refuse"),
    ):
        settings = xls.rec(0x4D, bytes(8) + text + bytes(8))
        old = xls.Book([xls.Sheet("Counts", before=settings)]).bytes()
        kind = ("xl/printerSettings/printerSettings1.bin", b"\x00\x01" + text + bytes(8))
        new = Workbook(parts={kind[0]: ("application/octet-stream", kind[1])})
        new.relations.append(("rIdP", "printerSettings", "printerSettings/printerSettings1.bin"))
        for data, name in ((old, "a.xls"), (new.bytes(), "a.xlsx")):
            draft = inspect(data, name=name)
            assert told(draft, "printer-settings") == ["note"]
            assert told(draft, "unseen-identifier") == [found]


def test_hidden_sheets_with_nothing_on_them() -> None:
    looks = '<sheetViews><sheetView workbookViewId="0"/></sheetViews>'
    looks += '<cols><col min="1" max="2"/></cols>'
    margins = '<pageMargins left="1" right="1" top="1" bottom="1" header="1" footer="1"/>'
    header = "<headerFooter><oddHeader>Adeyemi</oddHeader></headerFooter>"
    for after, values, found in (
        (margins, [], "note"),
        ("<headerFooter/>", [], "note"),
        (header, [], "review"),
        ('<dataValidations count="1"/>', [], "review"),
        ('<drawing r:id="rId1"/>', [], "review"),
        (margins, [["x"]], "review"),
    ):
        for state, code in (("hidden", "hidden-sheet"), ("veryHidden", "very-hidden-sheet")):
            sheet = Sheet("Sheet2", values, state, before=looks, after=after)
            draft = inspect(Workbook([Sheet("Counts"), sheet]).bytes(), name="a.xlsx")
            assert told(draft, code) == [found]
    for values, extra, found in (
        ([], b"", "note"),
        ([], xls.rec(0x14), "note"),
        ([], xls.rec(0x14, xls.text8("Adeyemi")), "review"),
        ([["x"]], b"", "review"),
    ):
        hidden = xls.Sheet("Sheet2", values, 1, before=extra)
        draft = inspect(xls.Book([xls.Sheet("Counts"), hidden]).bytes(), name="a.xls")
        assert told(draft, "hidden-sheet") == [found]
    style = '<style:style style:name="h" style:family="table">'
    style += '<style:table-properties table:display="false"/></style:style>'
    box = "<draw:frame><draw:text-box><text:p>x</text:p></draw:text-box></draw:frame>"
    drawn = f"<table:shapes>{box}</table:shapes>"
    empty = row([None, None])
    for rows, before, found in (
        (empty, "", "note"),
        (empty, drawn, "review"),
        (row(["x"]), "", "review"),
    ):
        hidden = OdsSheet("Data", rows=rows, before=before, attributes='table:style-name="h"')
        draft = inspect(Spreadsheet([OdsSheet(), hidden], style).bytes(), name="a.ods")
        assert told(draft, "hidden-sheet") == [found]


def test_paths_of_linked_workbooks() -> None:
    cache = """'{0}'#$Data"""
    for path, found in (
        ("file://server/statistics/returns.xlsx", ["note"]),
        ("file:///C:/Users/jash/returns.xlsx", ["review"]),
        ("file://server/Jane%20Smith/returns.xlsx", ["review"]),
    ):
        part = ("application/xml", b"<externalLink xmlns='%s'/>" % MAIN.encode())
        book = Workbook(parts={"xl/externalLinks/externalLink1.xml": part})
        book.relations.append(("rIdL", "externalLink", "externalLinks/externalLink1.xml"))
        members = book.members()
        links = relations([("rId1", "externalLinkPath", path)])
        members["xl/externalLinks/_rels/externalLink1.xml.rels"] = links
        assert told(inspect(packed(members), name="a.xlsx"), "path") == found
        source = f'<table:table-source xlink:href="{path}" table:table-name="Data"/>'
        kept = OdsSheet(cache.format(path), COUNTS, before=source)
        draft = inspect(Spreadsheet([OdsSheet(), kept]).bytes(), name="a.ods")
        assert told(draft, "path") == found


def test_series_without_a_name_in_a_chart() -> None:
    for label, found in (("Column B", "note"), ("Spalte B", "note"), ("Trevanion R", "review")):
        values = [("", label), *((str(name), count) for name, count in COUNTS[1:])]
        draft = inspect(made_chart(values).bytes(), name="a.ods")
        assert told(draft, "chart-cache") == [found]


def test_printer_settings_in_digits() -> None:
    """R's openxlsx writes the bytes of every workbook's printer settings as text."""
    raw = "\\\\SERVER\\PRINTER".encode("utf-16-le") + bytes(range(256)) * 4
    for content, found in ((raw.hex(" ").encode() + b" ", []), (b"ash,PC\nbell,PS\n", ["review"])):
        part = ("application/octet-stream", content)
        book = Workbook(parts={"xl/printerSettings/printerSettings1.bin": part})
        book.relations.append(("rIdP", "printerSettings", "printerSettings/printerSettings1.bin"))
        draft = inspect(book.bytes(), name="a.xlsx")
        assert told(draft, "printer-settings") == ["note"]
        assert told(draft, "unseen-identifier") == []
        assert told(draft, "unknown-part")[:1] == found


def test_names_of_sheets_kept_as_names() -> None:
    def named(text: str) -> Draft:
        name = f'<definedName name="_xlnm.Sheet_Title" localSheetId="0">"{text}"</definedName>'
        return inspect(Workbook(book=f"<definedNames>{name}</definedNames>").bytes(), name="a.xlsx")

    assert told(named("Counts"), "constant-name") == ["note"]
    assert told(named("Adeyemi"), "constant-name") == ["review"]


def test_picture_of_a_chart_beside_the_chart() -> None:
    shown = '<draw:frame svg:width="20cm" svg:height="15cm">{}<draw:image xlink:href="{}"/>'
    shown += "</draw:frame>"
    chart = '<draw:object xlink:href="./Object 1"/>'
    values = [("", "officers"), *((str(name), count) for name, count in COUNTS[1:])]
    for holds, found in ((chart, "note"), ("", "review")):
        made = made_chart(values)
        picture = shown.format(holds, "Pictures/1.png")
        made.sheets[0].rows += row([None, cell(None, content=picture)])
        made.parts["Pictures/1.png"] = PNG
        assert told(inspect(made.bytes(), name="a.ods"), "picture") == [found]


def test_leftovers_of_writers() -> None:
    def letter(after: str) -> Draft:
        text = f"<w:tbl><w:tr><w:trPr/>{after}<w:tc><w:p/></w:tc></w:tr></w:tbl>"
        return inspect(Document(table(COUNTS) + text).bytes(), name="a.docx")

    assert set(told(letter("header 1"), "unknown-part")) == {"note"}
    assert set(told(letter("body10"), "unknown-part")) == {"note"}
    assert set(told(letter("ask Adeyemi"), "unknown-part")) == {"review"}
    notes = '<w:footnote w:type="separator"><w:p><w:r>{}</w:r></w:p></w:footnote>'
    for inside, found in (("<w:separator/>", "note"), ("<w:t>Adeyemi</w:t>", "review")):
        members = Document().members()
        members["word/footnotes.xml"] = story(notes.format(inside), "footnotes")
        assert told(inspect(packed(members), name="a.docx"), "unknown-part") == [found]


def test_records_of_nothing() -> None:
    for content, found in ((b"", []), (b"Adeyemi", ["review"])):
        sheet = xls.Sheet("Counts", after=xls.rec(0xFFFF, content))
        draft = inspect(xls.Book([sheet]).bytes(), name="a.xls")
        assert told(draft, "unknown-part") == found


def test_printer_settings_of_office_for_mac() -> None:
    plist = b'<?xml version="1.0" encoding="UTF-8"?><plist><string>A4</string></plist>'
    content = b"\x01\x00\x00\x00\xdb\x1c\x00\x00" + plist
    book = Workbook(parts={"xl/printerSettings/printerSettings1.bin": ("", content)})
    book.relations.append(("rIdP", "printerSettings", "printerSettings/printerSettings1.bin"))
    draft = inspect(book.bytes(), name="a.xlsx")
    assert [(f.code, f.severity) for f in draft.findings] == [("printer-settings", "note")]


def test_report_writers_sign_their_markup() -> None:
    for text, found in (
        ("Generated by Some Reports version 11.0", "note"),
        ("Shared string table generated by xlsx", "note"),
        ("the complaint of Adeyemi", "review"),
    ):
        members = Workbook().members()
        name = "xl/workbook.xml"
        members[name] = members[name].replace(b"<sheets>", f"<!--{text}--><sheets>".encode())
        assert told(inspect(packed(members), name="a.xlsx"), "unknown-part") == [found]
