# ruff: noqa: E501  XML is kept as it is written
"""One spreadsheet a feature, beside its clean twin: (code, count, bytes, twin)."""

from __future__ import annotations

import base64
from collections.abc import Callable

from builders.ods import Sheet, Spreadsheet, cell, row, style
from builders.ods_made import (
    DDE,
    EMPTY,
    FILE,
    FILTERED,
    FORM,
    HIDES,
    MAP,
    OVER,
    PLAIN_NUMBER,
    QUERY,
    RULE,
    SCENARIO,
    SHOWS,
    SOURCE,
    Case,
    frame,
    made_after,
    made_before,
    made_cached,
    made_cell_style,
    made_changes,
    made_chart,
    made_column,
    made_drawn,
    made_groups,
    made_header,
    made_hidden,
    made_inner,
    made_item,
    made_merged,
    made_meta,
    made_names,
    made_note,
    made_note_with,
    made_ole,
    made_pair,
    made_pilot,
    made_rows,
    made_settings,
    made_spanned,
    made_styled,
)
from builders.xlsx import COUNTS, PEOPLE, Workbook
from builders.xlsx import Sheet as Worksheet
from builders.xlsx_features import PNG, jpeg

CASES: dict[str, Callable[[], Case]] = {
    "hidden sheet": lambda: made_pair("hidden-sheet", 1, made_hidden("false"), made_hidden("true")),
    "people on a hidden sheet": lambda: made_pair(
        "unseen-people-table", 4, made_hidden("false"), made_hidden("true")
    ),
    "hidden rows": lambda: made_pair(
        "hidden-row",
        4,
        made_rows('table:visibility="collapse"'),
        made_rows('table:visibility="visible"'),
    ),
    "filtered rows": lambda: made_pair("filtered-row", 4, made_rows('table:visibility="filter"')),
    "rows of no height": lambda: made_pair(
        "zero-size-row",
        4,
        *(
            made_rows(
                'table:style-name="ro2"',
                style("ro2", "table-row", f'<style:table-row-properties style:row-height="{h}"/>'),
            )
            for h in ("0cm", "0.45cm")
        ),
    ),
    "collapsed group": lambda: made_pair(
        "collapsed-group", 4, made_groups("false"), made_groups("true")
    ),
    "hidden column": lambda: made_pair(
        "hidden-column", 4, made_column('table:visibility="collapse"')
    ),
    "column of no width": lambda: made_pair(
        "zero-size-column",
        4,
        *(
            made_column(
                'table:style-name="co2"',
                style(
                    "co2",
                    "table-column",
                    f'<style:table-column-properties style:column-width="{w}"/>',
                ),
            )
            for w in ("0in", "0.8in")
        ),
    ),
    "content under merged cells": lambda: made_pair(
        "merged-cells", 1, made_merged("Adeyemi"), made_merged(None)
    ),
    "empty format": lambda: made_pair(
        "hiding-format",
        4,
        *(
            made_styled(n + made_cell_style(more='style:data-style-name="N9"'))
            for n in (EMPTY, PLAIN_NUMBER)
        ),
    ),
    "white text": lambda: made_pair(
        "invisible-text",
        4,
        made_styled(made_cell_style('fo:color="#FFFFFF"')),
        made_styled(made_cell_style('fo:color="#FFFFFF"', 'fo:background-color="#000000"')),
    ),
    "text in the fill's colour": lambda: made_pair(
        "invisible-text",
        4,
        made_styled(made_cell_style('fo:color="#c00000"', 'fo:background-color="#C00000"')),
        made_styled(made_cell_style(cells='fo:background-color="#C00000"')),
    ),
    "white text by a column's style": lambda: made_pair(
        "invisible-text",
        4,
        *(
            Spreadsheet(
                [
                    Sheet(
                        columns='<table:table-column/><table:table-column table:default-cell-style-name="ce1"/>'
                    )
                ],
                made_cell_style(f'fo:color="{c}"'),
            )
            for c in ("#ffffff", "#000000")
        ),
    ),
    "white text in a part of a cell": lambda: made_pair(
        "invisible-text", 1, made_spanned("#ffffff"), made_spanned("#000000")
    ),
    "text that is not displayed": lambda: made_pair(
        "hidden-text",
        4,
        made_styled(made_cell_style('text:display="none"')),
        made_styled(made_cell_style('text:display="true"')),
    ),
    "tiny font": lambda: made_pair(
        "tiny-font",
        4,
        made_styled(made_cell_style('fo:font-size="1pt"')),
        made_styled(made_cell_style('fo:font-size="8pt"')),
    ),
    "locked and hidden": lambda: made_pair(
        "hiding-format",
        4,
        *(
            made_styled(
                made_cell_style(cells='style:cell-protect="hidden-and-protected"'),
                attributes=f'table:protected="{p}"',
            )
            for p in ("true", "false")
        ),
    ),
    "rule that hides": lambda: made_pair(
        "conditional-hiding",
        1,
        *(made_styled(s + made_cell_style(maps=MAP)) for s in (HIDES, SHOWS)),
    ),
    "far cell": lambda: made_pair(
        "far-cells",
        1,
        Spreadsheet(
            [
                Sheet(
                    rows="".join(row(v) for v in COUNTS)
                    + row([None], 'table:number-rows-repeated="900"')
                    + row(["aside"])
                )
            ]
        ),
        Spreadsheet(
            [
                Sheet(
                    rows="".join(row(v) for v in COUNTS)
                    + row([None], 'table:number-rows-repeated="9"')
                    + row(["aside"])
                )
            ]
        ),
    ),
    "outside the print area": lambda: made_pair(
        "far-cells",
        4,
        *(
            Spreadsheet([Sheet(attributes=f'table:print-ranges="Counts.A1:Counts.B{n}"')])
            for n in (2, 4)
        ),
    ),
    "under a picture": lambda: made_pair(
        "covered-cells", 6, made_drawn(frame(OVER), placed=1), made_drawn(frame(OVER))
    ),
    "note": lambda: made_pair("comment", 1, made_note("Remove this"), made_note("")),
    "overwritten cells": lambda: made_pair("tracked-deletion", 20, made_before(made_changes())),
    "people in overwritten cells": lambda: made_pair(
        "unseen-people-table", 4, made_before(made_changes())
    ),
    "log of changes": lambda: made_pair("tracked-change", 20, made_before(made_changes())),
    "cells of another file": lambda: made_pair(
        "external-link-cache",
        20,
        made_cached(f"'{FILE}'#Staff", SOURCE.format("staff.ods")),
    ),
    "linked sheet": lambda: made_pair(
        "linked-table",
        20,
        made_cached("Staff", SOURCE.format("staff.ods")),
        made_cached("Staff", ""),
    ),
    "path of a linked sheet": lambda: made_pair(
        "path", 1, made_cached("Staff", SOURCE.format(FILE)), made_cached("Staff", "")
    ),
    "values of a DDE link": lambda: made_pair(
        "external-link-cache", 8, made_after(DDE.format("".join(row(v) for v in COUNTS)))
    ),
    "scenario": lambda: made_pair(
        "scenario", 1, made_cached("Old", SCENARIO), made_cached("Old", "")
    ),
    "constant name": lambda: made_pair(
        "constant-name",
        1,
        made_names(
            '<table:named-expression table:name="x" table:expression="of:=&quot;Adeyemi&quot;"/>'
        ),
        made_names('<table:named-range table:name="x" table:cell-range-address="$Counts.$A$1"/>'),
    ),
    "hidden name": lambda: made_pair(
        "hidden-name",
        1,
        *(
            made_names(
                f'<table:named-range table:name="x" loext:hidden="{h}" table:cell-range-address="$Counts.$A$1"/>'
            )
            for h in ("true", "false")
        ),
    ),
    "stale name": lambda: made_pair(
        "stale-name",
        1,
        made_names('<table:named-range table:name="x" table:cell-range-address="$#REF!.$A$1"/>'),
    ),
    "filter": lambda: made_pair("filter-value", 1, made_after(FILTERED)),
    "query": lambda: made_pair("data-connection", 1, made_after(QUERY)),
    "members of a pivot table": lambda: made_pair(
        "pivot-items", 1, made_pilot("constable"), made_pilot("sergeant")
    ),
    "list of a rule": lambda: made_pair(
        "validation-list",
        2,
        made_before(RULE.format("in-list(&quot;north&quot;;&quot;south&quot;)")),
        made_before(RULE.format("whole-number()")),
    ),
    "form": lambda: made_pair("control", 1, Spreadsheet([Sheet(before=FORM)])),
    "event": lambda: made_pair(
        "macro",
        1,
        Spreadsheet(
            scripts="",
            after='<office:event-listeners><script:event-listener script:event-name="dom:load" xlink:href="vnd.sun.star.script:x"/></office:event-listeners>',
        ),
    ),
    "script in the content": lambda: made_pair(
        "macro",
        1,
        Spreadsheet(
            scripts='<office:scripts><office:script script:language="js">alert("Adeyemi")</office:script></office:scripts>'
        ),
        Spreadsheet(scripts="<office:scripts/>"),
    ),
    "field that may hide": lambda: made_pair(
        "hidden-text",
        1,
        *(
            Spreadsheet(
                [
                    Sheet(
                        rows="".join(row(v) for v in COUNTS[:3])
                        + row(
                            [
                                f'<table:table-cell office:value-type="string"><text:p>{t}</text:p></table:table-cell>',
                                1,
                            ]
                        )
                    )
                ]
            )
            for t in (
                'a<text:hidden-text text:condition="x" text:string-value="Adeyemi"/>',
                "a<text:s/>b",
            )
        ),
    ),
    "formula with another file": lambda: made_pair(
        "path",
        1,
        *(
            Spreadsheet(
                [
                    Sheet(
                        rows="".join(row(v) for v in COUNTS[:3])
                        + row(["x", cell(1, f'table:formula="{f}"')])
                    )
                ]
            )
            for f in (f"of:='{FILE}'#$Staff.A1", "of:=[.A1]")
        ),
    ),
    "range of another file": lambda: made_pair(
        "linked-table",
        6,
        made_note_with(
            '<table:cell-range-source table:name="x" xlink:href="staff.ods" table:last-column-spanned="2" table:last-row-spanned="3"/>'
        ),
        made_note(""),
    ),
    "path of a picture": lambda: made_pair(
        "path", 1, made_drawn(frame(image="file:///C:/Users/editor/staff.png")), made_drawn(frame())
    ),
    "chart": lambda: made_pair(
        "chart-cache", 2, made_chart([("Adeyemi", 3)]), made_chart([("sergeant", 120)])
    ),
    "people in an object": lambda: made_pair("unseen-people-table", 4, made_inner(PEOPLE)),
    "workbook in an object": lambda: made_pair(
        "unseen-people-table",
        4,
        made_ole(Workbook([Worksheet("Source", PEOPLE, "hidden")]).bytes()),
    ),
    "picture": lambda: made_pair("picture", 1, made_drawn(frame())),
    "picture in the markup": lambda: made_pair(
        "picture",
        1,
        Spreadsheet(
            [
                Sheet(
                    rows="".join(row(v) for v in COUNTS)
                    + row(
                        [
                            cell(
                                None,
                                content=f"<draw:frame><draw:image><office:binary-data>{base64.b64encode(PNG).decode()}</office:binary-data></draw:image></draw:frame>",
                            )
                        ]
                    )
                )
            ]
        ),
    ),
    "place of a photo": lambda: made_pair(
        "picture-location",
        1,
        made_drawn(frame(), image=jpeg(True)),
        made_drawn(frame(), image=jpeg(False)),
    ),
    "described picture": lambda: made_pair(
        "alt-text",
        1,
        made_drawn(frame(inside="<svg:desc>The sergeant on parade</svg:desc>")),
        made_drawn(frame(inside="<svg:title>Image 1</svg:title>")),
    ),
    "hidden picture": lambda: made_pair(
        "hidden-object",
        1,
        made_drawn(frame('xmlns:de="http://openoffice.org/2010/draw" de:display="none"')),
        made_drawn(frame()),
    ),
    "cropped picture": lambda: made_pair(
        "cropped-picture",
        1,
        *(
            made_drawn(
                frame('draw:style-name="gr1"'),
                style(
                    "gr1",
                    "graphic",
                    f'<style:graphic-properties fo:clip="rect({c}, 0cm, 0cm, 0cm)"/>',
                ),
            )
            for c in ("1cm", "0cm")
        ),
    ),
    "earlier version": lambda: made_pair(
        "saved-version",
        1,
        Spreadsheet(parts={"Versions/Version1": Spreadsheet([Sheet("Staff", PEOPLE)]).bytes()}),
    ),
    "people in an earlier version": lambda: made_pair(
        "unseen-people-table",
        4,
        Spreadsheet(parts={"Versions/Version1": Spreadsheet([Sheet("Staff", PEOPLE)]).bytes()}),
    ),
    "macro": lambda: made_pair(
        "macro",
        1,
        Spreadsheet(parts={"Basic/Standard/Module1.xml": b"<x/>", "Basic/script-lc.xml": b"<x/>"}),
        Spreadsheet(parts={"Basic/script-lc.xml": b"<x/>"}),
    ),
    "script": lambda: made_pair("macro", 1, Spreadsheet(parts={"Scripts/python/a.py": b"pass"})),
    "author": lambda: made_pair(
        "author-property", 1, made_meta("<dc:creator>An editor</dc:creator>")
    ),
    "own property": lambda: made_pair(
        "custom-property",
        1,
        made_meta('<meta:user-defined meta:name="Case">77</meta:user-defined>'),
    ),
    "label": lambda: made_pair(
        "sensitivity-label",
        1,
        made_meta('<meta:user-defined meta:name="MSIP_Label_1_Enabled">true</meta:user-defined>'),
    ),
    "printer": lambda: made_pair(
        "printer-settings",
        1,
        made_settings(made_item("PrinterSetup", "AAAA", "base64Binary")),
        made_settings(made_item("PrinterSetup", "", "base64Binary")),
    ),
    "path in settings": lambda: made_pair(
        "path",
        1,
        made_settings(made_item("x", "C:\\Users\\editor\\a.ods")),
        made_settings(made_item("x", "view1")),
    ),
    "tabs hidden": lambda: made_pair(
        "hidden-window",
        1,
        made_settings(made_item("HasSheetTabs", "false", "boolean")),
        made_settings(made_item("HasSheetTabs", "true", "boolean")),
    ),
    "thumbnail": lambda: made_pair(
        "thumbnail", 1, Spreadsheet(parts={"Thumbnails/thumbnail.png": PNG})
    ),
    "header": lambda: made_pair(
        "header-footer",
        1,
        made_header("Draft for the chief"),
        made_header("Page <text:page-number>1</text:page-number>"),
    ),
    "toolbar": lambda: made_pair(
        "custom-ui",
        1,
        Spreadsheet(parts={"Configurations2/toolbar/a.xml": b"<x/>"}),
        Spreadsheet(parts={"Configurations2/accelerator/current.xml": b""}),
    ),
    "encrypted": lambda: made_pair("encrypted", 1, Spreadsheet(encrypted=("content.xml",))),
    "member that is not listed": lambda: made_pair(
        "unknown-part", 1, Spreadsheet(parts={"extra.txt": b"hello"}, unlisted=("extra.txt",))
    ),
    "member of no known use": lambda: made_pair(
        "unknown-part", 1, Spreadsheet(parts={"extra.txt": b"hello"})
    ),
    "picture that nothing shows": lambda: made_pair(
        "unknown-part", 1, Spreadsheet(parts={"Pictures/1.png": PNG}), made_drawn(frame())
    ),
    "other media type": lambda: made_pair(
        "unknown-part",
        1,
        Spreadsheet(mimetype="application/vnd.oasis.opendocument.spreadsheet-template"),
    ),
    "unknown namespace": lambda: made_pair(
        "unknown-part", 1, made_after('<z:z xmlns:z="urn:example:z"/>')
    ),
    "text outside of cells": lambda: made_pair(
        "unknown-part",
        1,
        *(
            Spreadsheet(
                [
                    Sheet(
                        rows="".join(row(v) for v in COUNTS).replace(
                            "<table:table-row >", f"<table:table-row >{t}", 1
                        )
                    )
                ]
            )
            for t in ("Adeyemi", " ")
        ),
    ),
    "comment in the markup": lambda: made_pair(
        "unknown-part", 1, made_after("<!-- staff list of 8 August -->")
    ),
    "signature": lambda: made_pair(
        "signature",
        1,
        Spreadsheet(
            parts={
                "META-INF/documentsignatures.xml": b'<d:document-signatures xmlns:d="urn:oasis:names:tc:opendocument:xmlns:digitalsignature:1.0"><Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/></d:document-signatures>'
            }
        ),
    ),
}
