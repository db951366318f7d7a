# ruff: noqa: E501  XML is kept as it is written
"""One spreadsheet a feature, beside its clean twin: (code, count, bytes, twin)."""

from __future__ import annotations

import base64
from collections.abc import Callable

from builders.ods import Sheet, Spreadsheet, cell, part, row, stored, style
from builders.xlsx import COUNTS, PEOPLE, Workbook
from builders.xlsx import Sheet as Worksheet
from builders.xlsx_features import PNG, jpeg

Case = tuple[str, int, bytes, bytes]
CLEAN = Spreadsheet().bytes()


def _pair(
    code: str, count: int, data: Spreadsheet | bytes, twin: Spreadsheet | bytes = CLEAN
) -> Case:
    return code, count, *(x if isinstance(x, bytes) else x.bytes() for x in (data, twin))


def _rows(attributes: str, styles: str = "") -> Spreadsheet:
    """Rows 2 and 3 with these attributes."""
    lines = row(COUNTS[0]) + "".join(row(v, attributes) for v in COUNTS[1:3]) + row(COUNTS[3])
    return Spreadsheet([Sheet(rows=lines)], styles)


def _column(attributes: str, styles: str = "") -> Spreadsheet:
    columns = f"<table:table-column/><table:table-column {attributes}/>"
    return Spreadsheet([Sheet(columns=columns)], styles)


def _styled(styles: str, each: str = 'table:style-name="ce1"', **more: str) -> Spreadsheet:
    """The three counts in a style."""
    lines = "".join(row([v[0], cell(v[1], each)]) for v in COUNTS)
    return Spreadsheet([Sheet(rows=lines, **more)], styles)


def _cell_style(text: str = "", cells: str = "", more: str = "", maps: str = "") -> str:
    return style(
        "ce1",
        "table-cell",
        f"<style:table-cell-properties {cells}/><style:text-properties {text}/>{maps}",
        more,
    )


def _groups(display: str) -> Spreadsheet:
    inner = "".join(row(v) for v in COUNTS[1:3])
    lines = f'{row(COUNTS[0])}<table:table-row-group table:display="{display}">{inner}</table:table-row-group>{row(COUNTS[3])}'
    return Spreadsheet([Sheet(rows=lines)])


def _hidden(display: str) -> Spreadsheet:
    look = style("ta2", "table", f'<style:table-properties table:display="{display}"/>')
    second = Sheet(
        "More", PEOPLE if display == "false" else COUNTS, attributes='table:style-name="ta2"'
    )
    return Spreadsheet([Sheet(), second], look)


def _after(content: str) -> Spreadsheet:
    return Spreadsheet(after=content)


def _before(content: str) -> Spreadsheet:
    return Spreadsheet(before=content)


def _note_with(content: str) -> Spreadsheet:
    return Spreadsheet(
        [
            Sheet(
                rows=row([cell("rank", content=content), "officers"])
                + "".join(row(v) for v in COUNTS[1:])
            )
        ]
    )


def _note(text: str) -> Spreadsheet:
    content = (
        f"<office:annotation><dc:creator>An editor</dc:creator><text:p>{text}</text:p></office:annotation>"
        if text
        else ""
    )
    return Spreadsheet(
        [
            Sheet(
                rows=row([cell("rank", content=content), "officers"])
                + "".join(row(v) for v in COUNTS[1:])
            )
        ]
    )


def _changes() -> str:
    gone = "".join(
        f'<table:cell-content-change table:id="c{i}{j}"><table:cell-address table:column="{j}" table:row="{i}" table:table="0"/>'
        "<office:change-info><dc:creator>An editor</dc:creator><dc:date>2023-08-08T00:00:00</dc:date></office:change-info>"
        f'<table:previous><table:change-track-table-cell office:value-type="string"><text:p>{value}</text:p></table:change-track-table-cell></table:previous></table:cell-content-change>'
        for i, line in enumerate(PEOPLE)
        for j, value in enumerate(line)
    )
    return f"<table:tracked-changes>{gone}</table:tracked-changes>"


def _cached(name: str, source: str) -> Spreadsheet:
    sheet = Sheet(name, PEOPLE, before=source)
    return Spreadsheet([Sheet(), sheet])


_SOURCE = '<table:table-source xlink:href="{}" table:table-name="Staff" table:mode="copy-all"/>'


def _drawn(content: str, styles: str = "", image: bytes = PNG, placed: int = 5) -> Spreadsheet:
    """Counts with something drawn at row `placed`."""
    lines = [row(v) for v in COUNTS] + [row([None])] * 3
    values = [*COUNTS, [None], [None], [None]]
    lines[placed] = row([cell(values[placed][0], content=content), *values[placed][1:]])
    return Spreadsheet([Sheet(rows="".join(lines))], styles, parts={"Pictures/1.png": image})


def frame(more: str = "", inside: str = "", image: str = "Pictures/1.png") -> str:
    return f'<draw:frame {more}><draw:image xlink:href="{image}"/>{inside}</draw:frame>'


_OVER = 'svg:x="0cm" svg:y="0cm" svg:width="20cm" svg:height="20cm"'


def _chart(values: list[tuple[str, object]]) -> Spreadsheet:
    lines = "".join(row([name, value]) for name, value in values)
    local = f'<table:table table:name="local-table"><table:table-rows>{lines}</table:table-rows></table:table>'
    content = part(
        f"<office:body><office:chart><chart:chart>{local}</chart:chart></office:chart></office:body>",
        "document-content",
    )
    shown = '<draw:frame><draw:object xlink:href="./Object 1"/><draw:image xlink:href="./ObjectReplacements/Object 1"/></draw:frame>'
    sheet = Spreadsheet(
        [Sheet(rows="".join(row(v) for v in COUNTS) + row([None, None, cell(None, content=shown)]))]
    )
    sheet.parts = {"Object 1/content.xml": content, "ObjectReplacements/Object 1": PNG}
    sheet.folders = {"Object 1/": "application/vnd.oasis.opendocument.chart"}
    return sheet


def _inner(values: list[list[object]]) -> Spreadsheet:
    """A spreadsheet as an object in another."""
    sheet = _chart([])
    sheet.parts = {
        "Object 1/content.xml": Spreadsheet([Sheet("Staff", values)]).members()["content.xml"],
        "ObjectReplacements/Object 1": PNG,
    }
    sheet.folders = {"Object 1/": "application/vnd.oasis.opendocument.spreadsheet"}
    return sheet


def _ole(workbook: bytes) -> Spreadsheet:
    shown = '<draw:frame><draw:object-ole xlink:href="./Object 1"/></draw:frame>'
    return Spreadsheet(
        [Sheet(rows="".join(row(v) for v in COUNTS) + row([cell(None, content=shown)]))],
        parts={"Object 1": workbook},
    )


def _meta(content: str) -> Spreadsheet:
    return Spreadsheet(
        parts={"meta.xml": part(f"<office:meta>{content}</office:meta>", "document-meta")}
    )


def _settings(content: str) -> Spreadsheet:
    items = f'<office:settings><config:config-item-set config:name="x">{content}</config:config-item-set></office:settings>'
    return Spreadsheet(parts={"settings.xml": part(items, "document-settings")})


def _item(name: str, value: str, kind: str = "string") -> str:
    return f'<config:config-item config:name="{name}" config:type="{kind}">{value}</config:config-item>'


def _names(content: str) -> Spreadsheet:
    return _after(f"<table:named-expressions>{content}</table:named-expressions>")


def _header(text: str) -> Spreadsheet:
    page = f'<style:master-page style:name="Default"><style:header><text:p>{text}</text:p></style:header></style:master-page>'
    return Spreadsheet(common=f"<office:master-styles>{page}</office:master-styles>")


def _pilot(member: str) -> Spreadsheet:
    return _after(
        '<table:data-pilot-tables><table:data-pilot-table table:name="Pilot"><table:data-pilot-field table:source-field-name="rank">'
        f'<table:data-pilot-level><table:data-pilot-members><table:data-pilot-member table:name="{member}"/></table:data-pilot-members>'
        "</table:data-pilot-level></table:data-pilot-field></table:data-pilot-table></table:data-pilot-tables>"
    )


_PLAIN_NUMBER = '<number:number-style style:name="N9"><number:number/></number:number-style>'
_EMPTY = '<number:number-style style:name="N9P0"/><number:number-style style:name="N9P1"/><number:text-style style:name="N9"><style:map style:condition="value()&gt;0" style:apply-style-name="N9P0"/><style:map style:condition="value()&lt;0" style:apply-style-name="N9P1"/></number:text-style>'
_HIDES = _cell_style('fo:color="#ffffff"').replace("ce1", "hides")
_SHOWS = _cell_style('fo:color="#ff0000"').replace("ce1", "hides")
_MAP = '<style:map style:condition="cell-content()&gt;0" style:apply-style-name="hides"/>'
_RULE = '<table:content-validations><table:content-validation table:name="val1" table:condition="of:cell-content-is-{}"/></table:content-validations>'
_DDE = '<table:dde-links><table:dde-link><office:dde-source office:dde-application="soffice" office:dde-topic="x" office:dde-item="y"/><table:table>{}</table:table></table:dde-link></table:dde-links>'
_FORM = '<office:forms><form:form><form:text form:id="c1" form:current-value="Adeyemi"/></form:form></office:forms>'
_FILTERED = '<table:database-ranges><table:database-range table:name="x" table:target-range-address="Counts.A1:Counts.B4"><table:filter><table:filter-condition table:field-number="0" table:value="north" table:operator="="/></table:filter></table:database-range></table:database-ranges>'
_QUERY = '<table:database-ranges><table:database-range table:name="x" table:target-range-address="Counts.A1:Counts.B4"><table:database-source-sql table:database-name="staff" table:sql-statement="select 1"/></table:database-range></table:database-ranges>'
_SPAN = style("T1", "text", '<style:text-properties fo:color="{}"/>')
_SCENARIO = '<table:scenario table:is-active="false" table:scenario-ranges="Counts.A1:Counts.B2" table:comment="old"/>'
_FILE = "file:///C:/Users/editor/staff.ods"


def _spanned(colour: str) -> Spreadsheet:
    text = '<table:table-cell office:value-type="string"><text:p><text:span text:style-name="T1">aside</text:span></text:p></table:table-cell>'
    return Spreadsheet(
        [Sheet(rows="".join(row(v) for v in COUNTS[:3]) + row([text, 1]))],
        _SPAN.replace("{}", colour),
    )


def _merged(value: object) -> Spreadsheet:
    lines = row(
        [cell("rank", 'table:number-columns-spanned="2"'), cell(value, tag="covered-table-cell")]
    )
    return Spreadsheet([Sheet(rows=lines + "".join(row(v) for v in COUNTS[1:]))])


CASES: dict[str, Callable[[], Case]] = {
    "hidden sheet": lambda: _pair("hidden-sheet", 1, _hidden("false"), _hidden("true")),
    "people on a hidden sheet": lambda: _pair(
        "unseen-people-table", 4, _hidden("false"), _hidden("true")
    ),
    "hidden rows": lambda: _pair(
        "hidden-row", 4, _rows('table:visibility="collapse"'), _rows('table:visibility="visible"')
    ),
    "filtered rows": lambda: _pair("filtered-row", 4, _rows('table:visibility="filter"')),
    "rows of no height": lambda: _pair(
        "zero-size-row",
        4,
        *(
            _rows(
                'table:style-name="ro2"',
                style("ro2", "table-row", f'<style:table-row-properties style:row-height="{h}"/>'),
            )
            for h in ("0cm", "0.45cm")
        ),
    ),
    "collapsed group": lambda: _pair("collapsed-group", 4, _groups("false"), _groups("true")),
    "hidden column": lambda: _pair("hidden-column", 4, _column('table:visibility="collapse"')),
    "column of no width": lambda: _pair(
        "zero-size-column",
        4,
        *(
            _column(
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
    "content under merged cells": lambda: _pair(
        "merged-cells", 1, _merged("Adeyemi"), _merged(None)
    ),
    "empty format": lambda: _pair(
        "hiding-format",
        4,
        *(
            _styled(n + _cell_style(more='style:data-style-name="N9"'))
            for n in (_EMPTY, _PLAIN_NUMBER)
        ),
    ),
    "white text": lambda: _pair(
        "invisible-text",
        4,
        _styled(_cell_style('fo:color="#FFFFFF"')),
        _styled(_cell_style('fo:color="#FFFFFF"', 'fo:background-color="#000000"')),
    ),
    "text in the fill's colour": lambda: _pair(
        "invisible-text",
        4,
        _styled(_cell_style('fo:color="#c00000"', 'fo:background-color="#C00000"')),
        _styled(_cell_style(cells='fo:background-color="#C00000"')),
    ),
    "white text by a column's style": lambda: _pair(
        "invisible-text",
        4,
        *(
            Spreadsheet(
                [
                    Sheet(
                        columns='<table:table-column/><table:table-column table:default-cell-style-name="ce1"/>'
                    )
                ],
                _cell_style(f'fo:color="{c}"'),
            )
            for c in ("#ffffff", "#000000")
        ),
    ),
    "white text in a part of a cell": lambda: _pair(
        "invisible-text", 1, _spanned("#ffffff"), _spanned("#000000")
    ),
    "text that is not displayed": lambda: _pair(
        "hidden-text",
        4,
        _styled(_cell_style('text:display="none"')),
        _styled(_cell_style('text:display="true"')),
    ),
    "tiny font": lambda: _pair(
        "tiny-font",
        4,
        _styled(_cell_style('fo:font-size="1pt"')),
        _styled(_cell_style('fo:font-size="8pt"')),
    ),
    "locked and hidden": lambda: _pair(
        "hiding-format",
        4,
        *(
            _styled(
                _cell_style(cells='style:cell-protect="hidden-and-protected"'),
                attributes=f'table:protected="{p}"',
            )
            for p in ("true", "false")
        ),
    ),
    "rule that hides": lambda: _pair(
        "conditional-hiding", 1, *(_styled(s + _cell_style(maps=_MAP)) for s in (_HIDES, _SHOWS))
    ),
    "far cell": lambda: _pair(
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
    "outside the print area": lambda: _pair(
        "far-cells",
        4,
        *(
            Spreadsheet([Sheet(attributes=f'table:print-ranges="Counts.A1:Counts.B{n}"')])
            for n in (2, 4)
        ),
    ),
    "under a picture": lambda: _pair(
        "covered-cells", 6, _drawn(frame(_OVER), placed=1), _drawn(frame(_OVER))
    ),
    "note": lambda: _pair("comment", 1, _note("Remove this"), _note("")),
    "overwritten cells": lambda: _pair("tracked-deletion", 20, _before(_changes())),
    "people in overwritten cells": lambda: _pair("unseen-people-table", 4, _before(_changes())),
    "log of changes": lambda: _pair("tracked-change", 20, _before(_changes())),
    "cells of another file": lambda: _pair(
        "external-link-cache", 20, _cached(f"'{_FILE}'#Staff", _SOURCE.format("staff.ods"))
    ),
    "linked sheet": lambda: _pair(
        "linked-table", 20, _cached("Staff", _SOURCE.format("staff.ods")), _cached("Staff", "")
    ),
    "path of a linked sheet": lambda: _pair(
        "path", 1, _cached("Staff", _SOURCE.format(_FILE)), _cached("Staff", "")
    ),
    "values of a DDE link": lambda: _pair(
        "external-link-cache", 8, _after(_DDE.format("".join(row(v) for v in COUNTS)))
    ),
    "scenario": lambda: _pair("scenario", 1, _cached("Old", _SCENARIO), _cached("Old", "")),
    "constant name": lambda: _pair(
        "constant-name",
        1,
        _names(
            '<table:named-expression table:name="x" table:expression="of:=&quot;Adeyemi&quot;"/>'
        ),
        _names('<table:named-range table:name="x" table:cell-range-address="$Counts.$A$1"/>'),
    ),
    "hidden name": lambda: _pair(
        "hidden-name",
        1,
        *(
            _names(
                f'<table:named-range table:name="x" loext:hidden="{h}" table:cell-range-address="$Counts.$A$1"/>'
            )
            for h in ("true", "false")
        ),
    ),
    "stale name": lambda: _pair(
        "stale-name",
        1,
        _names('<table:named-range table:name="x" table:cell-range-address="$#REF!.$A$1"/>'),
    ),
    "filter": lambda: _pair("filter-value", 1, _after(_FILTERED)),
    "query": lambda: _pair("data-connection", 1, _after(_QUERY)),
    "members of a pivot table": lambda: _pair(
        "pivot-items", 1, _pilot("constable"), _pilot("sergeant")
    ),
    "list of a rule": lambda: _pair(
        "validation-list",
        2,
        _before(_RULE.format("in-list(&quot;north&quot;;&quot;south&quot;)")),
        _before(_RULE.format("whole-number()")),
    ),
    "form": lambda: _pair("control", 1, Spreadsheet([Sheet(before=_FORM)])),
    "event": lambda: _pair(
        "macro",
        1,
        Spreadsheet(
            scripts="",
            after='<office:event-listeners><script:event-listener script:event-name="dom:load" xlink:href="vnd.sun.star.script:x"/></office:event-listeners>',
        ),
    ),
    "script in the content": lambda: _pair(
        "macro",
        1,
        Spreadsheet(
            scripts='<office:scripts><office:script script:language="js">alert("Adeyemi")</office:script></office:scripts>'
        ),
        Spreadsheet(scripts="<office:scripts/>"),
    ),
    "field that may hide": lambda: _pair(
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
    "formula with another file": lambda: _pair(
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
            for f in (f"of:='{_FILE}'#$Staff.A1", "of:=[.A1]")
        ),
    ),
    "range of another file": lambda: _pair(
        "linked-table",
        6,
        _note_with(
            '<table:cell-range-source table:name="x" xlink:href="staff.ods" table:last-column-spanned="2" table:last-row-spanned="3"/>'
        ),
        _note(""),
    ),
    "path of a picture": lambda: _pair(
        "path", 1, _drawn(frame(image="file:///C:/Users/editor/staff.png")), _drawn(frame())
    ),
    "chart": lambda: _pair("chart-cache", 2, _chart([("Adeyemi", 3)]), _chart([("sergeant", 120)])),
    "people in an object": lambda: _pair("unseen-people-table", 4, _inner(PEOPLE)),
    "workbook in an object": lambda: _pair(
        "unseen-people-table", 4, _ole(Workbook([Worksheet("Source", PEOPLE, "hidden")]).bytes())
    ),
    "picture": lambda: _pair("picture", 1, _drawn(frame())),
    "picture in the markup": lambda: _pair(
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
    "place of a photo": lambda: _pair(
        "picture-location", 1, _drawn(frame(), image=jpeg(True)), _drawn(frame(), image=jpeg(False))
    ),
    "described picture": lambda: _pair(
        "alt-text",
        1,
        _drawn(frame(inside="<svg:desc>The sergeant on parade</svg:desc>")),
        _drawn(frame(inside="<svg:title>Image 1</svg:title>")),
    ),
    "hidden picture": lambda: _pair(
        "hidden-object",
        1,
        _drawn(frame('xmlns:de="http://openoffice.org/2010/draw" de:display="none"')),
        _drawn(frame()),
    ),
    "cropped picture": lambda: _pair(
        "cropped-picture",
        1,
        *(
            _drawn(
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
    "earlier version": lambda: _pair(
        "saved-version",
        1,
        Spreadsheet(parts={"Versions/Version1": Spreadsheet([Sheet("Staff", PEOPLE)]).bytes()}),
    ),
    "people in an earlier version": lambda: _pair(
        "unseen-people-table",
        4,
        Spreadsheet(parts={"Versions/Version1": Spreadsheet([Sheet("Staff", PEOPLE)]).bytes()}),
    ),
    "macro": lambda: _pair(
        "macro",
        1,
        Spreadsheet(parts={"Basic/Standard/Module1.xml": b"<x/>", "Basic/script-lc.xml": b"<x/>"}),
        Spreadsheet(parts={"Basic/script-lc.xml": b"<x/>"}),
    ),
    "script": lambda: _pair("macro", 1, Spreadsheet(parts={"Scripts/python/a.py": b"pass"})),
    "author": lambda: _pair("author-property", 1, _meta("<dc:creator>An editor</dc:creator>")),
    "own property": lambda: _pair(
        "custom-property", 1, _meta('<meta:user-defined meta:name="Case">77</meta:user-defined>')
    ),
    "label": lambda: _pair(
        "sensitivity-label",
        1,
        _meta('<meta:user-defined meta:name="MSIP_Label_1_Enabled">true</meta:user-defined>'),
    ),
    "printer": lambda: _pair(
        "printer-settings",
        1,
        _settings(_item("PrinterSetup", "AAAA", "base64Binary")),
        _settings(_item("PrinterSetup", "", "base64Binary")),
    ),
    "path in settings": lambda: _pair(
        "path", 1, _settings(_item("x", "C:\\Users\\editor\\a.ods")), _settings(_item("x", "view1"))
    ),
    "tabs hidden": lambda: _pair(
        "hidden-window",
        1,
        _settings(_item("HasSheetTabs", "false", "boolean")),
        _settings(_item("HasSheetTabs", "true", "boolean")),
    ),
    "thumbnail": lambda: _pair(
        "thumbnail", 1, Spreadsheet(parts={"Thumbnails/thumbnail.png": PNG})
    ),
    "header": lambda: _pair(
        "header-footer",
        1,
        _header("Draft for the chief"),
        _header("Page <text:page-number>1</text:page-number>"),
    ),
    "toolbar": lambda: _pair(
        "custom-ui",
        1,
        Spreadsheet(parts={"Configurations2/toolbar/a.xml": b"<x/>"}),
        Spreadsheet(parts={"Configurations2/accelerator/current.xml": b""}),
    ),
    "encrypted": lambda: _pair("encrypted", 1, Spreadsheet(encrypted=("content.xml",))),
    "member that is not listed": lambda: _pair(
        "unknown-part", 1, Spreadsheet(parts={"extra.txt": b"hello"}, unlisted=("extra.txt",))
    ),
    "member of no known use": lambda: _pair(
        "unknown-part", 1, Spreadsheet(parts={"extra.txt": b"hello"})
    ),
    "picture that nothing shows": lambda: _pair(
        "unknown-part", 1, Spreadsheet(parts={"Pictures/1.png": PNG}), _drawn(frame())
    ),
    "other media type": lambda: _pair(
        "unknown-part",
        1,
        Spreadsheet(mimetype="application/vnd.oasis.opendocument.spreadsheet-template"),
    ),
    "unknown namespace": lambda: _pair("unknown-part", 1, _after('<z:z xmlns:z="urn:example:z"/>')),
    "comment in the markup": lambda: _pair(
        "unknown-part", 1, _after("<!-- staff list of 8 August -->")
    ),
    "signature": lambda: _pair(
        "signature",
        1,
        Spreadsheet(
            parts={
                "META-INF/documentsignatures.xml": b'<d:document-signatures xmlns:d="urn:oasis:names:tc:opendocument:xmlns:digitalsignature:1.0"><Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/></d:document-signatures>'
            }
        ),
    ),
}
__all__ = ["CASES", "CLEAN", "stored"]
