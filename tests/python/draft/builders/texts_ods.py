# ruff: noqa: E501  XML is kept as it is written
"""A spreadsheet with a text in every place where OpenDocument keeps one."""

from __future__ import annotations

from collections.abc import Mapping

from builders.ods import Sheet, Spreadsheet, part, row
from builders.texts_xlsx import Slot

SLOTS: dict[str, Slot] = {
    "cell": Slot("cell", True),
    "span of a cell": Slot("cell", True),
    "link in a cell": Slot("cell", True),
    "cell of a date": Slot("kept", False),
    "text of a number": Slot("kept", False),
    "other text of a cell": Slot("kept", False),
    "formula": Slot("kept", False, False),
    "address of a link": Slot("link", False, False),
    "tip of a link": Slot("link", False, False),
    "annotation": Slot("kept", False),
    "span of an annotation": Slot("kept", False),
    "author of an annotation": Slot("kept", False),
    "text box": Slot("object", True),
    "list in a text box": Slot("object", True),
    "shape": Slot("object", True),
    "shape at a cell": Slot("object", True),
    "hidden shape": Slot("object", False),
    "name of a shape": Slot("name", False, False),
    "title of a shape": Slot("kept", False),
    "description of a shape": Slot("kept", False),
    "address of a shape": Slot("link", False, False),
    "title of a sheet": Slot("kept", False),
    "description of a sheet": Slot("kept", False),
    "name of a sheet": Slot("name", True, False),
    "header": Slot("margin", True),
    "footer": Slot("margin", True),
    "list of values": Slot("kept", False, False),
    "condition of a cell": Slot("kept", False, False),
    "help": Slot("kept", False),
    "title of a help": Slot("kept", False, False),
    "error": Slot("kept", False),
    "condition": Slot("kept", False, False),
    "named range": Slot("name", False, False),
    "named expression": Slot("name", False, False),
    "text of an expression": Slot("kept", False, False),
    "database range": Slot("name", False, False),
    "filter": Slot("kept", False, False),
    "pilot table": Slot("name", False, False),
    "member of a pilot table": Slot("kept", False, False),
    "DDE item": Slot("kept", False, False),
    "cell of a DDE link": Slot("cell", False),
    "changed cell": Slot("cell", False),
    "author of a change": Slot("kept", False),
    "control": Slot("kept", False, False),
    "label of a control": Slot("kept", False, False),
    "script": Slot("kept", False),
    "title of a chart": Slot("object", True),
    "subtitle of a chart": Slot("object", True),
    "title of an axis": Slot("object", True),
    "point of a chart": Slot("cell", False),
    "title": Slot("property", False),
    "subject": Slot("property", False),
    "description": Slot("property", False),
    "keyword": Slot("property", False),
    "author": Slot("property", False),
    "own property": Slot("property", False),
    "name of an own property": Slot("name", False, False),
    "setting": Slot("kept", False),
    "style": Slot("name", False, False),
}


def everywhere(texts: Mapping[str, str]) -> bytes:
    """A spreadsheet whose texts are these, as markup; what is not given is plain."""
    t = {kind: texts.get(kind, "plain") for kind in SLOTS}
    frame = (
        '<draw:frame svg:x="1cm" svg:y="{}cm" svg:width="5cm" svg:height="2cm"{}>{}</draw:frame>'
    )
    shapes = (
        frame.format(
            20,
            f' draw:name="{t["name of a shape"]}"',
            f"<draw:text-box><text:p>{t['text box']}</text:p><text:list><text:list-item><text:p>{t['list in a text box']}</text:p></text:list-item></text:list></draw:text-box><svg:title>{t['title of a shape']}</svg:title><svg:desc>{t['description of a shape']}</svg:desc>",
        )
        + f'<draw:a xlink:href="https://example.org/{t["address of a shape"]}"><draw:custom-shape svg:x="1cm" svg:y="24cm" svg:width="1cm" svg:height="1cm"><text:p>{t["shape"]}</text:p></draw:custom-shape></draw:a>'
        + f'<draw:rect draw:display="none" svg:x="1cm" svg:y="27cm" svg:width="1cm" svg:height="1cm"><text:p>{t["hidden shape"]}</text:p></draw:rect>'
        + frame.format(30, "", '<draw:object xlink:href="./Object 1"/>')
    )
    text = 'office:value-type="string"'
    rows = (
        row(["rank", "officers"])
        + f"<table:table-row><table:table-cell {text}><text:p>{t['cell']}<text:span>{t['span of a cell']}</text:span></text:p></table:table-cell>"
        f'<table:table-cell {text}><text:p><text:a xlink:href="https://example.org/{t["address of a link"]}" office:title="{t["tip of a link"]}">{t["link in a cell"]}</text:a></text:p></table:table-cell></table:table-row>'
        f'<table:table-row><table:table-cell office:value-type="float" office:value="2"><text:p>{t["text of a number"]}</text:p></table:table-cell><table:table-cell {text} office:string-value="kept"><text:p>{t["other text of a cell"]}</text:p></table:table-cell></table:table-row>'
        f'<table:table-row><table:table-cell office:value-type="date" office:date-value="2024-03-31"><text:p>{t["cell of a date"]}</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="2" table:formula="of:=IF(1=1;2;&quot;{t["formula"]}&quot;)"><text:p>2</text:p></table:table-cell></table:table-row>'
        f'<table:table-row><table:table-cell {text}><office:annotation><dc:creator>{t["author of an annotation"]}</dc:creator><text:p>{t["annotation"]}<text:span>{t["span of an annotation"]}</text:span></text:p></office:annotation><draw:ellipse svg:width="1cm" svg:height="1cm"><text:p>{t["shape at a cell"]}</text:p></draw:ellipse><text:p>x</text:p></table:table-cell></table:table-row>'
        + f'<calcext:conditional-formats><calcext:conditional-format calcext:target-range-address="A1"><calcext:condition calcext:apply-style-name="Default" calcext:value="=&quot;{t["condition"]}&quot;"/></calcext:conditional-format></calcext:conditional-formats>'
    )
    sheet = Sheet(t["name of a sheet"], rows=rows)
    sheet.before = (
        f"<table:title>{t['title of a sheet']}</table:title><table:desc>{t['description of a sheet']}</table:desc>"
        f'<office:forms><form:form><form:text form:current-value="{t["control"]}" form:label="{t["label of a control"]}"/></form:form></office:forms><table:shapes>{shapes}</table:shapes>'
    )
    book = Spreadsheet([sheet])
    book.styles = f'<style:style style:name="own" style:display-name="{t["style"]}" style:family="table-cell"/>'
    book.scripts = f'<office:scripts><office:script script:language="js">{t["script"]}</office:script></office:scripts>'
    book.before = (
        f'<table:tracked-changes><table:cell-content-change table:id="c1"><table:cell-address table:column="0" table:row="1" table:table="0"/><office:change-info><dc:creator>{t["author of a change"]}</dc:creator></office:change-info><table:previous><table:change-track-table-cell {text}><text:p>{t["changed cell"]}</text:p></table:change-track-table-cell></table:previous></table:cell-content-change></table:tracked-changes>'
        f'<table:content-validations><table:content-validation table:name="v1" table:condition="of:cell-content-is-in-list(&quot;{t["list of values"]}&quot;;&quot;x&quot;)"><table:help-message table:title="{t["title of a help"]}"><text:p>{t["help"]}</text:p></table:help-message><table:error-message><text:p>{t["error"]}</text:p></table:error-message></table:content-validation>'
        f'<table:content-validation table:name="v2" table:condition="of:is-true-formula([.A1]=&quot;{t["condition of a cell"]}&quot;)"/></table:content-validations>'
    )
    book.after = (
        f'<table:named-expressions><table:named-range table:name="{t["named range"]}" table:cell-range-address="$A$1"/><table:named-expression table:name="{t["named expression"]}" table:expression="IF([.A1]=1;&quot;{t["text of an expression"]}&quot;;2)"/></table:named-expressions>'
        f'<table:database-ranges><table:database-range table:name="{t["database range"]}" table:target-range-address="A1:B4"><table:filter><table:filter-condition table:field-number="0" table:value="{t["filter"]}" table:operator="="/></table:filter></table:database-range></table:database-ranges>'
        f'<table:data-pilot-tables><table:data-pilot-table table:name="{t["pilot table"]}"><table:data-pilot-field><table:data-pilot-level><table:data-pilot-members><table:data-pilot-member table:name="{t["member of a pilot table"]}"/></table:data-pilot-members></table:data-pilot-level></table:data-pilot-field></table:data-pilot-table></table:data-pilot-tables>'
        f'<table:dde-links><table:dde-link><office:dde-source office:dde-application="soffice" office:dde-topic="hr.ods" office:dde-item="{t["DDE item"]}"/><table:table><table:table-row><table:table-cell {text}><text:p>{t["cell of a DDE link"]}</text:p></table:table-cell></table:table-row></table:table></table:dde-link></table:dde-links>'
    )
    book.common = f'<office:master-styles><style:master-page style:name="Default"><style:header><text:p>{t["header"]}</text:p></style:header><style:footer><text:p>{t["footer"]}</text:p></style:footer></style:master-page></office:master-styles>'
    chart = (
        f"<office:body><office:chart><chart:chart><chart:title><text:p>{t['title of a chart']}</text:p></chart:title><chart:subtitle><text:p>{t['subtitle of a chart']}</text:p></chart:subtitle><chart:plot-area><chart:axis><chart:title><text:p>{t['title of an axis']}</text:p></chart:title></chart:axis></chart:plot-area>"
        f'<table:table table:name="local-table"><table:table-row><table:table-cell {text}><text:p>{t["point of a chart"]}</text:p></table:table-cell></table:table-row></table:table></chart:chart></office:chart></office:body>'
    )
    meta = (
        f"<dc:title>{t['title']}</dc:title><dc:subject>{t['subject']}</dc:subject><dc:description>{t['description']}</dc:description><meta:keyword>{t['keyword']}</meta:keyword><dc:creator>{t['author']}</dc:creator>"
        f'<meta:user-defined meta:name="{t["name of an own property"]}">{t["own property"]}</meta:user-defined>'
    )
    book.parts = {
        "meta.xml": part(f"<office:meta>{meta}</office:meta>", "document-meta"),
        "settings.xml": part(f'<office:settings><config:config-item-set config:name="x"><config:config-item config:name="y" config:type="string">{t["setting"]}</config:config-item></config:config-item-set></office:settings>', "document-settings"),
        "Object 1/content.xml": part(chart, "document-content"),
    }  # fmt: skip
    book.folders = {"Object 1/": "application/vnd.oasis.opendocument.chart"}
    return book.bytes()
