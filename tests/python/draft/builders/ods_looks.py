# ruff: noqa: E501  XML is kept as it is written
"""Spreadsheets whose styles, sizes and rules put cells out of sight, beside twins that do not."""

from __future__ import annotations

from collections.abc import Callable

from builders.ods import Sheet, Spreadsheet, cell, part, row, style
from builders.ods_made import Case, made_cell_style, made_pair, made_rows, made_styled
from builders.xlsx import COUNTS

PLACES = [["site", "state"], ["depot", "leaking"], ["garage", "closed"], ["yard", "open"]]


def _shown(text: str, value: object = 3, kind: str = "float", rows: int = 1) -> Spreadsheet:
    """A value and the text that is shown for it, in so many rows."""
    name = {"date": "date-value"}.get(kind, "value")
    entry = f'<table:table-cell office:value-type="{kind}" office:{name}="{value}"><text:p>{text}</text:p></table:table-cell>'
    return Spreadsheet([Sheet(rows=row(COUNTS[0]) + row(["captain", entry]) * rows)])


def _format(
    body: str, *others: str, kind: str = "number-style", values: list[list[object]] | None = None
) -> Spreadsheet:
    """The counts in a data style; `others` are styles that its maps put in its place."""
    styles = "".join(others) + f'<number:{kind} style:name="N9">{body}</number:{kind}>'
    styles += made_cell_style(more='style:data-style-name="N9"')
    lines = "".join(row([v[0], cell(v[1], 'table:style-name="ce1"')]) for v in values or COUNTS)
    return Spreadsheet([Sheet(rows=lines)], styles)


def _section(name: str, body: str) -> str:
    return f'<number:number-style style:name="{name}" style:volatile="true">{body}</number:number-style>'


def _mapped(condition: str, name: str) -> str:
    return f'<style:map style:condition="{condition}" style:apply-style-name="{name}"/>'


def _high(height: str, values: list[list[str]], more: str = "") -> Spreadsheet:
    look = style("ro2", "table-row", f'<style:table-row-properties style:row-height="{height}"/>')
    lines = row(values[0]) + "".join(
        row(v, 'table:style-name="ro2"', 'table:style-name="ce1"') for v in values[1:]
    )
    return Spreadsheet([Sheet(rows=lines)], look + (more or made_cell_style()))


def _wide(width: str, values: list[list[object]], cells: str = "") -> Spreadsheet:
    look = style(
        "co2", "table-column", f'<style:table-column-properties style:column-width="{width}"/>'
    )
    columns = '<table:table-column table:style-name="co2"/><table:table-column/>'
    lines = "".join(row(v, "", 'table:style-name="ce1"') for v in values)
    return Spreadsheet([Sheet(rows=lines, columns=columns)], look + made_cell_style(cells=cells))


def _indented(margin: str) -> Spreadsheet:
    look = style("ce1", "table-cell", f'<style:paragraph-properties fo:margin-left="{margin}"/>')
    lines = "".join(row(v, "", 'table:style-name="ce1"') for v in PLACES)
    return Spreadsheet([Sheet(rows=lines)], look)


def _ruled(asked: str, text: str, target: str = "Counts.B2:Counts.B4") -> Spreadsheet:
    rule = (
        f'<calcext:conditional-formats><calcext:conditional-format calcext:target-range-address="{target}">'
        f'<calcext:condition calcext:apply-style-name="put" calcext:value="{asked}" calcext:base-cell-address="Counts.B2"/>'
        "</calcext:conditional-format></calcext:conditional-formats>"
    )
    look = style("put", "table-cell", f"<style:text-properties {text}/>")
    lines = "".join(map(row, COUNTS)) + rule
    return Spreadsheet([Sheet(rows=lines)], look)


def _zoomed(size: int, zoom: int) -> Spreadsheet:
    item = (
        f'<config:config-item config:name="ZoomValue" config:type="int">{zoom}</config:config-item>'
    )
    views = (
        '<office:settings><config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
        f'<config:config-item-map-named config:name="Tables"><config:config-item-map-entry config:name="Counts">{item}</config:config-item-map-entry></config:config-item-map-named>'
        "</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set></office:settings>"
    )
    made = made_styled(made_cell_style(f'fo:font-size="{size}pt"'))
    made.parts = {"settings.xml": part(views, "document-settings")}
    return made


_NUMBER = '<number:number number:decimal-places="0" number:min-integer-digits="1"/>'
_TEXT = "<number:text>{}</number:text>"
_WHITE = 'fo:color="#ffffff"'
_WRAP = made_cell_style(cells='fo:wrap-option="wrap"')
_LINES = [["a", "b"], ["one\ntwo\nthree", "x"]]
_BLANKS = [["a", "b"], ["how" + "\u00a0" * 50 + "see below", "x"]]

CASES: dict[str, Callable[[], Case]] = {
    "fewer than shown": lambda: made_pair("hiding-format", 1, _shown("&lt;5"), _shown("3.0")),
    "word shown": lambda: made_pair("hiding-format", 1, _shown("exempt", 41207), _shown("41,207 days", 41207)),
    "word shown in many rows": lambda: made_pair("hiding-format", 40, _shown("exempt", rows=40), _shown("3", rows=40)),
    "another number shown": lambda: made_pair("hiding-format", 1, _shown("30"), _shown("300%")),
    "mark for a date": lambda: made_pair("hiding-format", 1, _shown("withheld", "1980-05-06", "date"), _shown("6 May", "1980-05-06", "date")),
    "word by a data style": lambda: made_pair("hiding-format", 3, _format(_TEXT.format("exempt")), _format(_NUMBER + _TEXT.format(" people"))),
    "mark below a limit": lambda: made_pair("hiding-format", 1, _format(_NUMBER + _mapped("value()&lt;30", "N9P0"), _section("N9P0", _TEXT.format("few"))), _format(_NUMBER + _mapped("value()&lt;0", "N9P0"), _section("N9P0", _TEXT.format("few")))),
    "dash for texts": lambda: made_pair("hiding-format", 4, _format(_TEXT.format("-"), kind="text-style", values=[list(v) for v in PLACES]), _format("<number:text-content/>", kind="text-style", values=[list(v) for v in PLACES])),
    "digits beside a number": lambda: made_pair("hiding-format", 3, _format(_TEXT.format("9") + _NUMBER), _format(_TEXT.format("no. ") + _NUMBER)),
    "white by a data style": lambda: made_pair("invisible-text", 2, _format(f"<style:text-properties {_WHITE}/>" + _NUMBER + _mapped("value()&gt;100", "N9P0"), _section("N9P0", _NUMBER)), _format('<style:text-properties fo:color="#ff0000"/>' + _NUMBER)),
    "pale grey": lambda: made_pair("invisible-text", 4, made_styled(made_cell_style('fo:color="#f2f2f2"')), made_styled(made_cell_style('fo:color="#808080"'))),
    "almost black on black": lambda: made_pair("invisible-text", 4, made_styled(made_cell_style('fo:color="#111111"', 'fo:background-color="#000000"')), made_styled(made_cell_style(cells='fo:background-color="#000000"'))),
    "tiny at the sheet's zoom": lambda: made_pair("tiny-font", 8, _zoomed(9, 25), _zoomed(2, 200)),
    "rows of a hair's height": lambda: made_pair("zero-size-row", 6, _high("0.1cm", PLACES), _high("0.1cm", PLACES, made_cell_style('fo:font-size="5pt"'))),
    "column of a letter": lambda: made_pair("zero-size-column", 4, _wide("0.15cm", [list(v) for v in PLACES]), _wide("0.15cm", [[v[0]] for v in PLACES])),
    "column of wrapped letters": lambda: made_pair("zero-size-column", 4, _wide("0.15cm", [[v[0]] for v in PLACES], 'fo:wrap-option="wrap"'), _wide("1.5cm", [[v[0]] for v in PLACES], 'fo:wrap-option="wrap"')),
    "indented out of the cell": lambda: made_pair("cut-text", 8, _indented("60cm"), _indented("0.5cm")),
    "lines under the edge": lambda: made_pair("cut-text", 1, _high("0.5cm", _LINES, _WRAP), _high("2cm", _LINES, _WRAP)),
    "after a run of blanks": lambda: made_pair("cut-text", 1, _high("0.5cm", _BLANKS), _high("0.5cm", [_BLANKS[0], _BLANKS[1][:1]])),
    "rule that always holds": lambda: made_pair("conditional-hiding", 1, _ruled("formula-is(TRUE())", _WHITE), _ruled("formula-is(0)", _WHITE)),
    "rule for small numbers": lambda: made_pair("conditional-hiding", 1, _ruled("&lt;30", _WHITE), _ruled("&lt;3", _WHITE)),
    "rule for numbers between": lambda: made_pair("conditional-hiding", 1, _ruled("between(20,30)", 'fo:font-size="1pt"'), _ruled("not-between(20,300)", 'fo:font-size="1pt"')),
    "rule for a text": lambda: made_pair("conditional-hiding", 1, _ruled("begins-with(&quot;serg&quot;)", _WHITE, "Counts.A2:Counts.A4"), _ruled("begins-with(&quot;surg&quot;)", _WHITE, "Counts.A2:Counts.A4")),
    "rule that may hold": lambda: made_pair("conditional-hiding", 1, _ruled("formula-is([.A2]=TODAY())", _WHITE), _ruled("formula-is([.A2]=TODAY())", 'fo:color="#c00000"')),
    "style that a map puts in place": lambda: made_pair("conditional-hiding", 1, *(made_styled(style("put", "table-cell", f"<style:text-properties {_WHITE}/>") + made_cell_style(maps=f'<style:map style:condition="cell-content()&lt;{n}" style:apply-style-name="put" style:base-cell-address="Counts.B1"/>')) for n in (30, 3))),
    "blanks in hidden rows": lambda: made_pair("hidden-row", 4, made_rows('table:visibility="collapse"'), Spreadsheet([Sheet(rows="".join(map(row, COUNTS)) + row([" ", " "], 'table:visibility="collapse"'))])),
    "far below": lambda: made_pair("far-cells", 9, *(Spreadsheet([Sheet(rows="".join(map(row, COUNTS)) + row([None], f'table:number-rows-repeated="{n}"') + row(["aside"]) * 9)]) for n in (600, 60))),
}  # fmt: skip
