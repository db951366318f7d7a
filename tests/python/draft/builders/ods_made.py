# ruff: noqa: E501  XML is kept as it is written
"""Spreadsheets with one thing more than a plain one, for `ods_features`."""

from __future__ import annotations

from builders.ods import Sheet, Spreadsheet, cell, part, row, style
from builders.xlsx import COUNTS, PEOPLE
from builders.xlsx_features import PNG

Case = tuple[str, int, bytes, bytes]
CLEAN = Spreadsheet().bytes()


def made_pair(
    code: str, count: int, data: Spreadsheet | bytes, twin: Spreadsheet | bytes = CLEAN
) -> Case:
    return code, count, *(x if isinstance(x, bytes) else x.bytes() for x in (data, twin))


def made_rows(attributes: str, styles: str = "") -> Spreadsheet:
    """Rows 2 and 3 with these attributes."""
    lines = row(COUNTS[0]) + "".join(row(v, attributes) for v in COUNTS[1:3]) + row(COUNTS[3])
    return Spreadsheet([Sheet(rows=lines)], styles)


def made_column(attributes: str, styles: str = "") -> Spreadsheet:
    columns = f"<table:table-column/><table:table-column {attributes}/>"
    return Spreadsheet([Sheet(columns=columns)], styles)


def made_styled(styles: str, each: str = 'table:style-name="ce1"', **more: str) -> Spreadsheet:
    """The three counts in a style."""
    lines = "".join(row([v[0], cell(v[1], each)]) for v in COUNTS)
    return Spreadsheet([Sheet(rows=lines, **more)], styles)


def made_cell_style(text: str = "", cells: str = "", more: str = "", maps: str = "") -> str:
    return style(
        "ce1",
        "table-cell",
        f"<style:table-cell-properties {cells}/><style:text-properties {text}/>{maps}",
        more,
    )


def made_groups(display: str) -> Spreadsheet:
    inner = "".join(row(v) for v in COUNTS[1:3])
    lines = f'{row(COUNTS[0])}<table:table-row-group table:display="{display}">{inner}</table:table-row-group>{row(COUNTS[3])}'
    return Spreadsheet([Sheet(rows=lines)])


def made_hidden(display: str) -> Spreadsheet:
    look = style("ta2", "table", f'<style:table-properties table:display="{display}"/>')
    second = Sheet(
        "More", PEOPLE if display == "false" else COUNTS, attributes='table:style-name="ta2"'
    )
    return Spreadsheet([Sheet(), second], look)


def made_after(content: str) -> Spreadsheet:
    return Spreadsheet(after=content)


def made_before(content: str) -> Spreadsheet:
    return Spreadsheet(before=content)


def made_note_with(content: str) -> Spreadsheet:
    return Spreadsheet(
        [
            Sheet(
                rows=row([cell("rank", content=content), "officers"])
                + "".join(row(v) for v in COUNTS[1:])
            )
        ]
    )


def made_note(text: str) -> Spreadsheet:
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


def made_changes() -> str:
    gone = "".join(
        f'<table:cell-content-change table:id="c{i}{j}"><table:cell-address table:column="{j}" table:row="{i}" table:table="0"/>'
        "<office:change-info><dc:creator>An editor</dc:creator><dc:date>2023-08-08T00:00:00</dc:date></office:change-info>"
        f'<table:previous><table:change-track-table-cell office:value-type="string"><text:p>{value}</text:p></table:change-track-table-cell></table:previous></table:cell-content-change>'
        for i, line in enumerate(PEOPLE)
        for j, value in enumerate(line)
    )
    return f"<table:tracked-changes>{gone}</table:tracked-changes>"


def made_cached(name: str, source: str) -> Spreadsheet:
    sheet = Sheet(name, PEOPLE, before=source)
    return Spreadsheet([Sheet(), sheet])


SOURCE = '<table:table-source xlink:href="{}" table:table-name="Staff" table:mode="copy-all"/>'


def made_drawn(content: str, styles: str = "", image: bytes = PNG, placed: int = 5) -> Spreadsheet:
    """Counts with something drawn at row `placed`."""
    lines = [row(v) for v in COUNTS] + [row([None])] * 3
    values = [*COUNTS, [None], [None], [None]]
    lines[placed] = row([cell(values[placed][0], content=content), *values[placed][1:]])
    return Spreadsheet([Sheet(rows="".join(lines))], styles, parts={"Pictures/1.png": image})


def frame(more: str = "", inside: str = "", image: str = "Pictures/1.png") -> str:
    return f'<draw:frame {more}><draw:image xlink:href="{image}"/>{inside}</draw:frame>'


OVER = 'svg:x="0cm" svg:y="0cm" svg:width="20cm" svg:height="20cm"'


def made_chart(values: list[tuple[str, object]]) -> Spreadsheet:
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


def made_inner(values: list[list[object]]) -> Spreadsheet:
    """A spreadsheet as an object in another."""
    sheet = made_chart([])
    sheet.parts = {
        "Object 1/content.xml": Spreadsheet([Sheet("Staff", values)]).members()["content.xml"],
        "ObjectReplacements/Object 1": PNG,
    }
    sheet.folders = {"Object 1/": "application/vnd.oasis.opendocument.spreadsheet"}
    return sheet


def made_ole(workbook: bytes) -> Spreadsheet:
    shown = '<draw:frame><draw:object-ole xlink:href="./Object 1"/></draw:frame>'
    return Spreadsheet(
        [Sheet(rows="".join(row(v) for v in COUNTS) + row([cell(None, content=shown)]))],
        parts={"Object 1": workbook},
    )


def made_meta(content: str) -> Spreadsheet:
    return Spreadsheet(
        parts={"meta.xml": part(f"<office:meta>{content}</office:meta>", "document-meta")}
    )


def made_settings(content: str) -> Spreadsheet:
    items = f'<office:settings><config:config-item-set config:name="x">{content}</config:config-item-set></office:settings>'
    return Spreadsheet(parts={"settings.xml": part(items, "document-settings")})


def made_item(name: str, value: str, kind: str = "string") -> str:
    return f'<config:config-item config:name="{name}" config:type="{kind}">{value}</config:config-item>'


def made_names(content: str) -> Spreadsheet:
    return made_after(f"<table:named-expressions>{content}</table:named-expressions>")


def made_header(text: str) -> Spreadsheet:
    page = f'<style:master-page style:name="Default"><style:header><text:p>{text}</text:p></style:header></style:master-page>'
    return Spreadsheet(common=f"<office:master-styles>{page}</office:master-styles>")


def made_pilot(member: str) -> Spreadsheet:
    return made_after(
        '<table:data-pilot-tables><table:data-pilot-table table:name="Pilot"><table:data-pilot-field table:source-field-name="rank">'
        f'<table:data-pilot-level><table:data-pilot-members><table:data-pilot-member table:name="{member}"/></table:data-pilot-members>'
        "</table:data-pilot-level></table:data-pilot-field></table:data-pilot-table></table:data-pilot-tables>"
    )


PLAIN_NUMBER = '<number:number-style style:name="N9"><number:number/></number:number-style>'
EMPTY = '<number:number-style style:name="N9P0"/><number:number-style style:name="N9P1"/><number:text-style style:name="N9"><style:map style:condition="value()&gt;0" style:apply-style-name="N9P0"/><style:map style:condition="value()&lt;0" style:apply-style-name="N9P1"/></number:text-style>'
HIDES = made_cell_style('fo:color="#ffffff"').replace("ce1", "hides")
SHOWS = made_cell_style('fo:color="#ff0000"').replace("ce1", "hides")
MAP = '<style:map style:condition="cell-content()&gt;0" style:apply-style-name="hides"/>'
RULE = '<table:content-validations><table:content-validation table:name="val1" table:condition="of:cell-content-is-{}"/></table:content-validations>'
DDE = '<table:dde-links><table:dde-link><office:dde-source office:dde-application="soffice" office:dde-topic="x" office:dde-item="y"/><table:table>{}</table:table></table:dde-link></table:dde-links>'
FORM = '<office:forms><form:form><form:text form:id="c1" form:current-value="Adeyemi"/></form:form></office:forms>'
FILTERED = '<table:database-ranges><table:database-range table:name="x" table:target-range-address="Counts.A1:Counts.B4"><table:filter><table:filter-condition table:field-number="0" table:value="north" table:operator="="/></table:filter></table:database-range></table:database-ranges>'
QUERY = '<table:database-ranges><table:database-range table:name="x" table:target-range-address="Counts.A1:Counts.B4"><table:database-source-sql table:database-name="staff" table:sql-statement="select 1"/></table:database-range></table:database-ranges>'
SPAN = style("T1", "text", '<style:text-properties fo:color="{}"/>')
SCENARIO = '<table:scenario table:is-active="false" table:scenario-ranges="Counts.A1:Counts.B2" table:comment="old"/>'
FILE = "file:///C:/Users/editor/staff.ods"


def made_spanned(colour: str) -> Spreadsheet:
    text = '<table:table-cell office:value-type="string"><text:p><text:span text:style-name="T1">aside</text:span></text:p></table:table-cell>'
    return Spreadsheet(
        [Sheet(rows="".join(row(v) for v in COUNTS[:3]) + row([text, 1]))],
        SPAN.replace("{}", colour),
    )


def made_merged(value: object) -> Spreadsheet:
    lines = row(
        [cell("rank", 'table:number-columns-spanned="2"'), cell(value, tag="covered-table-cell")]
    )
    return Spreadsheet([Sheet(rows=lines + "".join(row(v) for v in COUNTS[1:]))])
