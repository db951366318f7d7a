"""What ordinary programs write is known; what only looks like it is not."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from builders import xls
from builders.docx import MAIN as WORD
from builders.docx import Document
from builders.ods import Sheet as OdsSheet
from builders.ods import Spreadsheet
from builders.ods_made import frame, made_drawn
from builders.xlsx import COUNTS, HEAD, MAIN, PACKAGE, Sheet, Workbook, packed
from builders.xlsx_features import PNG, _anchor, _drawing
from builders.xlsx_parts import book_part, properties

from singleout.draft import Draft, inspect
from singleout.draft.sniff import sniff
from singleout.draft.xlsx_cells import unescape

STRICT = "http://purl.oclc.org/ooxml/officeDocument"


def odd(draft: Draft) -> list[tuple[str, str, str]]:
    """Findings that are more than notes."""
    return [(f.code, f.severity, f.detail) for f in draft.findings if f.severity != "note"]


def unknown(draft: Draft) -> list[str]:
    return [f.detail for f in draft.of("unknown-part", "not-fully-read", "unsupported-format")]


def with_extension(space: str) -> bytes:
    """A workbook whose own part has an element of this namespace in its extensions."""
    book = f'<extLst><ext uri="a" xmlns:x="{space}"><x:own a="1"/></ext></extLst>'
    return Workbook(book=book).bytes()


@pytest.mark.parametrize(
    "space",
    [
        "http://schemas.libreoffice.org/",
        "http://customooxmlschemas.google.com/",
        "http://www.wps.cn/officeDocument/2017/etCustomData",
        "http://schemas.haansoft.com/office/spreadsheet/8.0",
        "http://www.gnumeric.org/ext/spreadsheetml",
    ],
)
def test_extensions_of_office_programs(space: str) -> None:
    assert odd(inspect(with_extension(space), name="a.xlsx")) == []
    strange = inspect(with_extension("http://example.org/own"), name="a.xlsx")
    assert unknown(strange) == ["elements of an unknown namespace"]


@pytest.mark.parametrize(
    ("kind", "path", "body", "code"),
    [
        (
            "http://schemas.microsoft.com/office/2022/11/relationships/FeaturePropertyBag",
            "xl/featurePropertyBag/featurePropertyBag.xml",
            "<FeaturePropertyBags xmlns="
            '"http://schemas.microsoft.com/office/spreadsheetml/2022/featurepropertybag"/>',
            None,
        ),
        (
            "http://schemas.microsoft.com/office/2023/09/relationships/Python",
            "xl/python.xml",
            '<python xmlns="http://schemas.microsoft.com/office/spreadsheetml/2023/python"/>',
            None,
        ),
        (
            "http://schemas.microsoft.com/office/2022/03/relationships/PythonScripts",
            "xl/pythonScripts.xml",
            "<pythonScripts xmlns="
            '"http://schemas.microsoft.com/office/spreadsheetml/2022/pythonscript">'
            "<script>x = 1</script></pythonScripts>",
            "macro",
        ),
        (
            "http://customschemas.google.com/relationships/workbookmetadata",
            "xl/metadata",
            "\n\x031.0",
            "custom-property",
        ),
        ("http://schemas.onlyoffice.com/jsaProject", "xl/jsaProject.bin", "{}", "macro"),
        (
            "http://schemas.onlyoffice.com/workbookComments",
            "xl/workbookComments.bin",
            "ab",
            "comment",
        ),
    ],
)
def test_parts_of_newer_and_other_programs(
    kind: str, path: str, body: str, code: str | None
) -> None:
    draft = inspect(book_part(kind, path, body), name="a.xlsx")
    assert unknown(draft) == []
    assert draft.complete
    assert [f.code for f in draft.findings] == ([] if code is None else [code])
    assert unknown(inspect(book_part("http://example.org/own", path, body), name="a.xlsx"))


def test_texts_of_such_parts_are_searched() -> None:
    for kind in ("jsaProject", "workbookmetadata", "PythonScripts", "Python"):
        path = "xl/own.xml" if kind.startswith("Python") else "xl/own.bin"
        body = "<a>a.person@example.org</a>" if path.endswith("xml") else "a.person@example.org"
        draft = inspect(book_part(kind, path, body), name="a.xlsx")
        assert list(draft.of("unseen-identifier")), kind


def test_properties_of_the_strict_kind() -> None:
    body = '<property name="Client"><a>x</a></property>'
    draft = inspect(properties(body, f"{STRICT}/relationships/customProperties"), name="a.xlsx")
    assert [f.code for f in draft.findings] == ["custom-property"]
    company = (
        f'{HEAD}<Properties xmlns="{STRICT}/extendedProperties"><Company>C</Company></Properties>'
    )
    book = Workbook(
        parts={"docProps/app.xml": ("", company.encode())},
        root=[("rIdA", f"{STRICT}/relationships/extendedProperties", "docProps/app.xml")],
    )
    draft = inspect(book.bytes(), name="a.xlsx")
    assert [(f.code, f.place.item) for f in draft.findings] == [("author-property", "Company")]


def with_extra(extra: bytes, tail: bytes = b"") -> bytes:
    """A workbook whose first member has this extra field, and bytes after the archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for n, (name, content) in enumerate(Workbook().members().items()):
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.extra = extra if n == 0 else b""
            archive.writestr(info, content)
    return stream.getvalue() + tail


def test_extra_fields_that_say_nothing() -> None:
    assert odd(inspect(with_extra(b"SV\x00\x00"), name="a.xlsx")) == []
    padding = struct.pack("<HHHH", 0xA220, 68, 0xA028, 64)
    assert odd(inspect(with_extra(padding + b"\xdc" * 64), name="a.xlsx")) == []
    assert unknown(inspect(with_extra(padding + b"secret" + b"\xdc" * 58), name="a.xlsx"))
    assert unknown(inspect(with_extra(b"SV\x01\x00a"), name="a.xlsx"))


def test_sizes_told_twice_say_nothing() -> None:
    first = next(iter(Workbook().members().values()))
    packer = zipfile.zlib.compressobj(wbits=-15)  # type: ignore[attr-defined]
    length = len(packer.compress(first) + packer.flush())
    told = struct.pack("<HHQQ", 0x4949, 16, len(first), length)
    assert odd(inspect(with_extra(told), name="a.xlsx")) == []
    assert unknown(inspect(with_extra(told[:-1] + b"\x07"), name="a.xlsx"))


def test_blanks_after_the_archive_are_a_note() -> None:
    assert odd(inspect(with_extra(b"", b"\n"), name="a.xlsx")) == []
    assert [f.severity for f in inspect(with_extra(b"", b"\n"), name="a.xlsx").findings] == ["note"]
    assert odd(inspect(with_extra(b"", b"x"), name="a.xlsx"))


def test_name_of_the_types_in_another_case() -> None:
    members = Workbook().members()
    members["[content_types].xml"] = members.pop("[Content_Types].xml")
    assert inspect(packed(members), name="a.xlsx").findings == ()


def test_relationships_of_no_part() -> None:
    own = f'<Relationships xmlns="{PACKAGE}/relationships">%s</Relationships>'
    link = '<Relationship Id="a" Type="b" Target="c"/>'
    path = "xl/_rels/comments.xml.rels"
    members = Workbook().members()
    assert inspect(packed({**members, path: (own % "").encode()}), name="a.xlsx").findings == ()
    assert unknown(inspect(packed({**members, path: (own % link).encode()}), name="a.xlsx"))


@pytest.mark.parametrize("rgb", ["", "FF", "#FF", "none"])
def test_colours_that_are_none(rgb: str) -> None:
    palette = f'<rgbColor rgb="{rgb}"/>' * 9
    styles = (
        f'<fonts><font><color rgb="{rgb}" tint="0.5"/></font>'
        '<font><color indexed="8"/></font></fonts>'
        '<fills><fill><patternFill patternType="none"/></fill></fills>'
        '<cellXfs><xf fontId="0" fillId="0"/><xf fontId="1" fillId="0"/></cellXfs>'
        f"<colors><indexedColors>{palette}</indexedColors></colors>"
    )
    assert inspect(Workbook(styles=styles).bytes(), name="a.xlsx").findings == ()


def test_escaped_letters_beyond_the_first_plane() -> None:
    assert unescape("_xD83D__xDE00_ _x0041_") == "\U0001f600 A"
    assert unescape("_xD83D_") == "\ufffd"
    strings = f'<sst xmlns="{MAIN}"><si><t>_xD83D__xDE00_</t></si></sst>'
    draft = inspect(book_part("sharedStrings", "xl/sharedStrings.xml", strings), name="a.xlsx")
    assert draft.complete
    assert [f.code for f in draft.findings] == ["orphan-string"]


def test_pictures_of_lines() -> None:
    line = b'<svg viewBox="0 0 1 1" xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'
    assert sniff(line) == "svg"
    for content in (line, b""):
        draft = inspect(book_part("image", "xl/media/image1.svg", content), name="a.xlsx")
        assert [f.code for f in draft.findings] == ["picture"]
    draft = inspect(book_part("image", "xl/media/image1.svg", b"surname,rank\nAsh,PC\n"))
    assert unknown(draft)


def test_embedded_picture_is_a_picture() -> None:
    picture = b"\xff\xd8\xff\xfe\x00\x06abcd\xff\xd9"
    draft = inspect(book_part("package", "xl/embeddings/a.jpg", picture), name="a.xlsx")
    assert sorted(f.code for f in draft.findings) == [
        "embedded-object",
        "picture",
        "picture-metadata",
    ]
    assert draft.complete


def test_sheet_that_is_a_module() -> None:
    """Excel keeps the place of a module of macros of its version 5, without a part."""
    members = Workbook().members()
    book = members["xl/workbook.xml"].decode()
    entry = '<sheet name="Module1" sheetId="9" state="veryHidden" r:id="{}"/></sheets>'
    path = "xl/workbook.xml"
    module = book.replace("</sheets>", entry.format("")).encode()
    draft = inspect(packed({**members, path: module}), name="a.xlsx")
    assert [(f.code, f.severity) for f in draft.findings] == [
        ("unknown-part", "note"),
        ("very-hidden-sheet", "note"),
    ]
    assert draft.complete
    lost = book.replace("</sheets>", entry.format("rId99")).encode()
    assert not inspect(packed({**members, path: lost}), name="a.xlsx").complete


def test_rows_of_drawings_are_no_rows() -> None:
    """A control's anchor (20.5.2.33) counts rows in elements of the same name."""
    space = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
    anchor = (
        f'<controls xmlns:xdr="{space}"><control shapeId="1"><controlPr><anchor><from>'
        "<xdr:col>1</xdr:col><xdr:row>7</xdr:row></from></anchor></controlPr></control></controls>"
    )
    data = Workbook([Sheet("Counts", after=anchor)]).members()
    path = "xl/worksheets/sheet1.xml"
    data[path] = data[path].replace(b"<v>120</v>", b"<v><![CDATA[120]]></v>")
    draft = inspect(packed(data), name="a.xlsx")
    assert unknown(draft) == []
    assert draft.tables[0].data.num_rows == len(COUNTS) - 1


def test_glossary_without_blocks() -> None:
    empty = f'{HEAD}<w:glossaryDocument xmlns:w="{WORD}"/>'
    data = Document(
        parts={"word/glossary/document.xml": ("", empty.encode())},
        relations=[("rIdG", "glossaryDocument", "glossary/document.xml")],
    ).bytes()
    draft = inspect(data, name="a.docx")
    assert draft.complete
    assert odd(draft) == []


def test_pictures_where_excel_keeps_them_in_opendocument() -> None:
    drawn = made_drawn(frame(image="media/image1.png"))
    drawn.parts = {"media/image1.png": PNG}
    draft = inspect(drawn.bytes(), name="a.ods")
    assert unknown(draft) == []
    assert [f.place.part for f in draft.of("picture")] == ["media/image1.png"]
    alone = inspect(Spreadsheet(parts={"media/image1.png": PNG}).bytes(), name="a.ods")
    assert unknown(alone) == ["nothing refers to it"]


def test_opendocument_without_a_media_type() -> None:
    members = Spreadsheet().members()
    del members["mimetype"]
    draft = inspect(packed(members), name="a.ods")
    assert [(f.code, f.severity) for f in draft.findings] == [("unknown-part", "note")]
    members["mimetype"] = b"application/vnd.oasis.opendocument.text"
    assert odd(inspect(packed(members), name="a.ods"))


def test_texts_that_a_cell_holds_beside_its_value() -> None:
    """19.379: a text of its own may be empty (an error), or stand in a cell of another type."""
    cell = '<table:table-cell office:value-type="{}" office:string-value="{}">{}</table:table-cell>'
    rows = "".join(
        f"<table:table-row>{''.join(cells)}</table:table-row>"
        for cells in (
            [cell.format("string", "a", "<text:p>a</text:p>")] * 2,
            [cell.format("string", "", "<text:p>Err:502</text:p>"), cell.format("float", "OK", "")],
        )
    )
    draft = inspect(Spreadsheet([OdsSheet(rows=rows)]).bytes(), name="a.ods")
    assert [c for t in draft.tables for c in t.data.to_pydict().values()] == [
        ["a", "Err:502"],
        ["a", "OK"],
    ]


COMPATIBLE = (
    '<a:extLst><a:ext uri="{63B3BB69-23CF-44E3-9099-C40C66FF867C}"><a14:compatExt spid="_x0000_s1"'
    ' xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main"/></a:ext></a:extLst>'
)


def test_shape_that_stands_for_a_control_is_not_hidden() -> None:
    """[MS-ODRAWXML] 2.3.1.2: Excel hides it, and draws the control."""
    shown = _anchor(10)
    start = shown.index("<xdr:cNvPr ")
    stop = shown.index(">", start)
    tag = shown[start:stop].rstrip("/")
    whole = shown[start : shown.index(">", start) + 1]
    for inside, count in ((COMPATIBLE, 0), ("", 1)):
        anchor = shown.replace(whole, f'{tag} hidden="1">{inside}</xdr:cNvPr>', 1)
        draft = inspect(_drawing(anchor), name="a.xlsx")
        assert sum(f.count for f in draft.of("hidden-object")) == count


def test_what_is_hidden_covers_nothing_and_what_is_chosen_does() -> None:
    over = _anchor(0)
    name = over[over.index("<xdr:cNvPr ") : over.index(">", over.index("<xdr:cNvPr ")) + 1]
    assert list(inspect(_drawing(over), name="a.xlsx").of("covered-cells"))
    hidden = over.replace(name, name.replace("<xdr:cNvPr ", '<xdr:cNvPr hidden="1" '))
    assert not list(inspect(_drawing(hidden), name="a.xlsx").of("covered-cells"))
    space = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    newer = (
        f'<mc:AlternateContent xmlns:mc="{space}"><mc:Choice Requires="a14">{over}</mc:Choice>'
        "<mc:Fallback/></mc:AlternateContent>"
    )
    assert list(inspect(_drawing(newer), name="a.xlsx").of("covered-cells"))


def test_chart_of_several_ranges() -> None:
    space = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    points = '<c:pt idx="0"><c:v>120</c:v></c:pt><c:pt idx="1"><c:v>{}</c:v></c:pt>'
    for value, severity in (("23", "note"), ("24", "review")):
        chart = (
            f'<c:chartSpace xmlns:c="{space}"><c:chart><c:plotArea><c:barChart><c:ser><c:val>'
            f"<c:numRef><c:f>(Counts!$B$2,Counts!$B$4)</c:f><c:numCache>{points.format(value)}</c:numCache>"
            "</c:numRef></c:val></c:ser></c:barChart></c:plotArea></c:chart></c:chartSpace>"
        )
        draft = inspect(book_part("chart", "xl/charts/chart1.xml", chart), name="a.xlsx")
        assert [f.severity for f in draft.of("chart-cache")] == [severity]


def test_picture_in_a_cell_is_no_table() -> None:
    space = "http://schemas.microsoft.com/office/spreadsheetml/2017/richdata"
    keys = '<k n="_rvRel:LocalImageIdentifier" t="i"/><k n="CalcOrigin" t="i"/><k n="Text" t="s"/>'
    draft = inspect(
        book_part(
            "rdRichValue",
            "xl/richData/rdrichvalue.xml",
            f'<rvData xmlns="{space}"><rv s="0"><v>0</v><v>5</v><v>a picture</v></rv></rvData>',
            (
                "rdRichValueStructure",
                "xl/richData/rdrichvaluestructure.xml",
                f'<rvStructures xmlns="{space}"><s t="_localImage">{keys}</s></rvStructures>',
            ),
        ),
        name="a.xlsx",
    )
    assert [f.code for f in draft.findings] == ["rich-data"]


def test_types_of_parts_that_are_not_there() -> None:
    """SheetJS declares the type of binary workbooks for an ending that no part has."""
    members = Workbook([Sheet("Counts"), Sheet("Staff", state="hidden")]).members()
    path = "[Content_Types].xml"
    binary = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
    default = f'<Default Extension="bin" ContentType="{binary}"/><Default'.encode()
    members[path] = members[path].replace(b"<Default", default, 1)
    draft = inspect(packed(members), name="a.xlsx")
    assert (draft.format, draft.complete) == ("xlsx", True)
    assert [f.place.sheet for f in draft.of("hidden-sheet")] == ["Staff"]
    assert unknown(draft) == []


@pytest.mark.parametrize(
    ("content", "severity"),
    [(b"\xff\xff\xff\xff" + bytes(90), "note"), (bytes(9) + b"surname", "review")],
)
def test_trash_of_a_package(content: bytes, severity: str) -> None:
    """ECMA-376 part 1: what office programs leave of a deleted part."""
    draft = inspect(packed({**Workbook().members(), "[trash]/0001.dat": content}), name="a.xlsx")
    assert [(f.code, f.severity) for f in draft.findings] == [("leftover-data", severity)]
    other = packed({**Workbook().members(), "[trash]/notes.dat": content})
    assert unknown(inspect(other, name="a.xlsx"))


@pytest.mark.parametrize("remark", ["<!-- a.person@example.org -->", "<?to a.person@example.org?>"])
def test_remarks_in_any_part_are_told(remark: str) -> None:
    for made, part in (
        (Workbook().members(), "xl/worksheets/sheet1.xml"),
        (Document().members(), "word/document.xml"),
        (Spreadsheet().members(), "content.xml"),
    ):
        at = made[part].rindex(b"</", 0, made[part].rindex(b"</", 0, -9))
        members = {**made, part: made[part][:at] + remark.encode() + made[part][at:]}
        draft = inspect(packed(members), name="a." + {"w": "docx", "x": "xlsx"}.get(part[0], "ods"))
        assert list(draft.of("unknown-part")), part
        assert list(draft.of("unseen-identifier")), part


def test_remark_in_a_row_of_opendocument() -> None:
    rows = "<table:table-row><!-- surname --><table:table-cell/></table:table-row>"
    assert unknown(inspect(Spreadsheet([OdsSheet(rows=rows)]).bytes(), name="a.ods"))


def test_pdf_as_a_picture() -> None:
    draft = inspect(book_part("image", "xl/media/image1.pdf", b"%PDF-1.7 a"), name="a.xlsx")
    assert sorted(f.code for f in draft.findings) == ["picture", "unsupported-format"]


def test_parts_in_utf_16() -> None:
    """Packages may have markup in UTF-16 (ECMA-376 part 2)."""
    strings = (
        f'<?xml version="1.0" encoding="UTF-16"?><sst xmlns="{MAIN}"><si><t>kept</t></si></sst>'
    )
    data = book_part("sharedStrings", "xl/sharedStrings.xml", strings.encode("utf-16"))
    draft = inspect(data, name="a.xlsx")
    assert [(f.code, f.count) for f in draft.findings] == [("orphan-string", 1)]
    members = Workbook().members()
    path = "xl/worksheets/sheet1.xml"
    sheet = members[path].decode().replace('encoding="UTF-8"', 'encoding="utf-16"')
    formula = sheet.replace("<v>120</v>", '<f>"a.person@example.org"</f><v>120</v>')
    members[path] = formula.encode("utf-16")
    draft = inspect(packed(members), name="a.xlsx")
    assert draft.complete
    assert [f.code for f in draft.findings] == ["unseen-identifier"]
    members[path] = sheet.encode("utf-16")[:-3]
    assert not inspect(packed(members), name="a.xlsx").complete


def test_record_of_excel_for_mac() -> None:
    head = b"\xd6\x08" + bytes(10)
    for number, found in (
        (b"\x02\x00\x00\x00", []),
        (b"text", ["records of unknown numbers (0x08d6)"]),
    ):
        book = xls.Book([xls.Sheet("Counts", after=xls.rec(0x08D6, head + number))])
        assert unknown(inspect(book.bytes(), name="a.xls")) == found


def test_stream_of_wps_office() -> None:
    book = xls.Book([xls.Sheet("Counts")])
    content = xls.bof(5) + xls.rec(0x0FFB, "a.person@example.org".encode("utf-16-le"))
    for name, found in (("ETExtData", 0), ("Other", 1)):
        draft = inspect(xls.compound({"Workbook": book.stream(), name: content}), name="a.xls")
        assert bool(unknown(draft)) == bool(found)
        assert list(draft.of("unseen-identifier"))
