# ruff: noqa: E501  XML is kept as it is written
"""One document a feature, beside its clean twin: (code, count, bytes, twin)."""

from __future__ import annotations

from collections.abc import Callable

from builders.docx import Document, cell, field_code, paragraph, run, story, table
from builders.docx_made import (
    CLEAN,
    CONTROL,
    DARK,
    HIDDEN_STYLE,
    HTML,
    PERSON,
    PLAIN,
    SHADED,
    TAG,
    WHITE,
    Case,
    box,
    chart,
    embedded,
    made_body,
    made_case,
    made_change,
    made_fallback,
    made_glossary,
    made_header,
    made_notes,
    made_part,
    made_pictured,
    made_settings,
    made_template,
    picture,
)
from builders.xlsx import COUNTS, HEAD, PEOPLE, Sheet, Workbook
from builders.xlsx_features import jpeg

CASES: dict[str, Callable[[], Case]] = {
    "hidden text": made_case(
        "hidden-text",
        1,
        made_body(
            paragraph(run("aside", "<w:vanish/>")), paragraph(run("aside", '<w:vanish w:val="0"/>'))
        ),
    ),
    "hidden by a style": made_case(
        "hidden-text",
        1,
        made_body(
            paragraph(run("aside", '<w:rStyle w:val="Aside"/>')),
            paragraph("aside"),
            styles=HIDDEN_STYLE,
        ),
    ),
    "toggled twice is seen": made_case(
        "hidden-text",
        1,
        lambda: tuple(  # type: ignore[arg-type,return-value]
            Document(
                PLAIN
                + paragraph(
                    run("aside", '<w:rStyle w:val="Aside"/>'), properties=f'<w:pStyle w:val="{p}"/>'
                ),
                styles=HIDDEN_STYLE
                + '<w:style w:type="paragraph" w:styleId="Out"><w:rPr><w:vanish/></w:rPr></w:style>',
            ).bytes()
            for p in ("None", "Out")
        ),
    ),
    "white text": made_case(
        "invisible-text",
        1,
        made_body(
            paragraph(run("aside", WHITE)),
            paragraph(run("aside", f'{WHITE}<w:highlight w:val="black"/>')),
        ),
    ),
    "theme's white": made_case(
        "invisible-text",
        1,
        made_body(
            paragraph(run("aside", '<w:color w:themeColor="background1"/>')),
            paragraph(run("aside", '<w:color w:val="auto"/>')),
        ),
    ),
    "text in its shading's colour": made_case(
        "invisible-text",
        1,
        made_body(
            paragraph(run("aside", '<w:color w:val="C00000"/>'), properties=SHADED),
            paragraph(run("aside", WHITE), properties=SHADED),
        ),
    ),
    "white text in a cell": made_case(
        "invisible-text",
        1,
        lambda: tuple(  # type: ignore[arg-type,return-value]
            Document(
                PLAIN
                + f"<w:tbl><w:tr>{cell(paragraph(run('aside', WHITE)), fill)}{cell('b')}</w:tr></w:tbl>"
            ).bytes()
            for fill in ("", SHADED)
        ),
    ),
    "white text in a table's dark head": made_case(
        "invisible-text",
        1,
        lambda: tuple(  # type: ignore[arg-type,return-value]
            Document(
                PLAIN
                + f'<w:tbl><w:tblPr><w:tblStyle w:val="Dark"/><w:tblLook w:val="{look}"/></w:tblPr><w:tr>{cell(paragraph(run("aside", WHITE)))}{cell("b")}</w:tr></w:tbl>',
                styles=DARK,
            ).bytes()
            for look in ("0000", "0020")
        ),
    ),
    "white text in a text box": made_case(
        "invisible-text",
        1,
        made_body(
            box(paragraph(run("aside", WHITE)), "<a:noFill/>"),
            box(
                paragraph(run("aside", WHITE)),
                '<a:solidFill><a:srgbClr val="203864"/></a:solidFill>',
            ),
        ),
    ),
    "tiny font": made_case(
        "tiny-font",
        1,
        made_body(
            paragraph(run("aside", '<w:sz w:val="2"/>')),
            paragraph(run("aside", '<w:sz w:val="14"/>')),
        ),
    ),
    "lines of no height": made_case(
        "tiny-font",
        1,
        made_body(
            paragraph("aside", properties='<w:spacing w:line="1" w:lineRule="exact"/>'),
            paragraph("aside", properties='<w:spacing w:line="1" w:lineRule="atLeast"/>'),
        ),
    ),
    "text for older programs": made_case(
        "hidden-text",
        1,
        made_body(made_fallback("Chart", "Adeyemi, collar 1234"), made_fallback("Chart", "Chart")),
    ),
    "deleted text": made_case(
        "tracked-deletion",
        1,
        made_body(
            paragraph("kept", made_change("del", run("gone", kind="delText"))), paragraph("kept")
        ),
    ),
    "inserted text": made_case(
        "tracked-change", 1, made_body(paragraph(made_change("ins", run("new"))), paragraph("new"))
    ),
    "moved text": made_case(
        "tracked-change",
        2,
        made_body(
            paragraph(made_change("moveFrom", run("here")))
            + paragraph(made_change("moveTo", run("here"))),
            paragraph("here"),
        ),
    ),
    "changed formatting": made_case(
        "tracked-change",
        1,
        made_body(
            paragraph(run("a", f"<w:b/>{made_change('rPrChange', '<w:rPr/>')}")),
            paragraph(run("a", "<w:b/>")),
        ),
    ),
    "hidden row": made_case(
        "hidden-row", 8, made_body(table(PEOPLE[:3], row="<w:hidden/>"), table(COUNTS))
    ),
    "row of no height": made_case(
        "zero-size-row",
        8,
        made_body(
            table(PEOPLE[:3], row='<w:trHeight w:val="1" w:hRule="exact"/>'),
            table(COUNTS, row='<w:trHeight w:val="1" w:hRule="atLeast"/>'),
        ),
    ),
    "white by a theme's name in a style": made_case(
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
    "white on a page of another colour": made_case(
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
    "transparent text": made_case(
        "invisible-text",
        1,
        made_body(
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
    "hidden people in a table": made_case(
        "unseen-people-table", 4, made_body(table(PEOPLE, look="<w:vanish/>"), table(COUNTS))
    ),
    "deleted people in a table": made_case(
        "unseen-people-table",
        4,
        made_body(table(PEOPLE, row='<w:del w:id="1" w:author="An editor"/>'), table(COUNTS)),
    ),
    "nested table of people": made_case(
        "people-table",
        4,
        made_body(f"<w:tbl><w:tr>{cell(table(PEOPLE) + paragraph('x'))}</w:tr></w:tbl>"),
    ),
    "comment": made_case(
        "comment",
        1,
        made_part(
            "comments.xml",
            "comments",
            story(
                f'<w:comment w:id="0" w:author="An editor">{paragraph("Remove this")}</w:comment>',
                "comments",
            ),
        ),
    ),
    "people part": made_case(
        "person",
        1,
        made_part(
            "people.xml",
            "people",
            f'{HEAD}<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">{PERSON}</w15:people>'.encode(),
        ),
    ),
    "who may edit": made_case(
        "person",
        1,
        made_body(paragraph('<w:permStart w:id="1" w:ed="FORCE\\\\editor"/>', "a"), paragraph("a")),
    ),
    "header of no page": made_case(
        "header-footer", 1, lambda: (made_header("first"), made_header("first", "<w:titlePg/>"))
    ),
    "header of even pages only": made_case(
        "header-footer", 1, lambda: (made_header("even"), made_header("default"))
    ),
    "note without a reference": made_case(
        "hidden-text",
        1,
        lambda: (made_notes(""), made_notes('<w:r><w:footnoteReference w:id="2"/></w:r>')),
    ),
    "building block": made_case("glossary", 1, lambda: (made_glossary("autoTxt"), CLEAN)),
    "document variables": made_case(
        "document-variable",
        2,
        made_settings(
            '<w:docVars><w:docVar w:name="a" w:val="1"/><w:docVar w:name="b" w:val="2"/></w:docVars>'
        ),
    ),
    "mail merge": made_case(
        "mail-merge",
        1,
        made_settings(
            '<w:mailMerge><w:mainDocumentType w:val="formLetters"/><w:connectString w:val="Provider=x;Data Source=C:\\staff\\list.xlsx"/><w:query w:val="SELECT * FROM Staff"/></w:mailMerge>'
        ),
    ),
    "path of a mail merge": made_case(
        "path",
        1,
        made_settings(
            '<w:mailMerge><w:connectString w:val="Data Source=C:\\staff\\list.xlsx"/></w:mailMerge>'
        ),
    ),
    "rows of a mail merge": made_case(
        "mail-merge",
        1,
        made_part(
            "recipientData.xml",
            "recipientData",
            story(
                '<w:recipientData><w:active w:val="0"/><w:uniqueTag w:val="x"/></w:recipientData>',
                "recipients",
            ),
        ),
    ),
    "path of a template": made_case(
        "path", 1, lambda: (made_template("file:///C:\\Users\\editor\\Letters.dotm"), CLEAN)
    ),
    "merged document": made_case(
        "alternate-chunk",
        1,
        made_part("afchunk.html", "aFChunk", HTML, '<w:altChunk r:id="rIdX"/>'),
    ),
    "link to a workbook": made_case(
        "external-link",
        1,
        made_body(
            paragraph(
                field_code(' LINK Excel.Sheet.12 "C:\\\\\\\\staff\\\\\\\\list.xlsx" "Sheet1!R1C1" ')
            ),
            paragraph(field_code(" PAGE ")),
        ),
    ),
    "path in a field": made_case(
        "path",
        1,
        made_body(
            paragraph(field_code(' INCLUDETEXT "C:\\\\\\\\staff\\\\\\\\list.docx" ')),
            paragraph(field_code(" PAGE ")),
        ),
    ),
    "private field": made_case(
        "hidden-text",
        1,
        made_body(
            paragraph(field_code(" PRIVATE 0123456789 secret", "")),
            paragraph(field_code(" NUMPAGES ")),
        ),
    ),
    "text set by a field": made_case(
        "hidden-text",
        1,
        made_body(
            paragraph('<w:fldSimple w:instr=" SET x &quot;Adeyemi&quot; "/>', "a"), paragraph("a")
        ),
    ),
    "list of a control": made_case("validation-list", 2, made_body(CONTROL, paragraph("North"))),
    "described picture": made_case(
        "alt-text",
        1,
        lambda: made_pictured(
            picture(more='descr="The sergeant on parade"'), picture(more='descr="Picture 1"')
        ),
    ),
    "path as a description": made_case(
        "path",
        1,
        lambda: made_pictured(picture(more='descr="C:\\Users\\editor\\staff.png"'), picture()),
    ),
    "hidden picture": made_case(
        "hidden-object",
        1,
        lambda: made_pictured(picture(more='hidden="1"'), picture(more='hidden="0"')),
    ),
    "cropped picture": made_case(
        "cropped-picture",
        1,
        lambda: made_pictured(picture('<a:srcRect l="20000"/>'), picture('<a:srcRect l="0"/>')),
    ),
    "place of a photo": made_case(
        "picture-location", 1, lambda: made_pictured(picture(), picture(), jpeg(True), jpeg(False))
    ),
    "chart": made_case("chart-cache", 2, made_part("charts/chart1.xml", "chart", chart())),
    "workbook with people": made_case(
        "unseen-people-table",
        4,
        lambda: (
            embedded(Workbook([Sheet("Counts"), Sheet("Source", PEOPLE, "hidden")]).bytes()),
            CLEAN,
        ),
    ),
    "macro": made_case(
        "macro",
        1,
        made_part(
            "vbaProject.bin",
            "http://schemas.microsoft.com/office/2006/relationships/vbaProject",
            b"\xd0\xcf" + bytes(600),
        ),
    ),
    "control": made_case(
        "control",
        1,
        made_part(
            "activeX/activeX1.xml",
            "control",
            f'{HEAD}<ax:ocx xmlns:ax="http://schemas.microsoft.com/office/2006/activeX"/>'.encode(),
        ),
    ),
    "ink": made_case(
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
    "custom XML": made_case(
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
    "unknown namespace": made_case("unknown-part", 1, made_body('<z:z xmlns:z="urn:example:z"/>')),
    "unknown relationship": made_case(
        "unknown-part", 1, made_part("what.xml", "http://example.org/what", b"<x/>")
    ),
    "text outside of runs": made_case(
        "unknown-part", 1, made_body("<w:p>Adeyemi</w:p>", "<w:p> </w:p>")
    ),
    "unreached part": made_case(
        "unknown-part",
        1,
        lambda: (
            Document(parts={"word/old.xml": ("", story(paragraph("old"), "document"))}).bytes(),
            CLEAN,
        ),
    ),
    "smart tag": made_case(
        "hidden-text", 1, made_body(paragraph(f"{TAG}{run('a')}</w:smartTag>"), paragraph("a"))
    ),
}
