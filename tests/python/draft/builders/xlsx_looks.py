# ruff: noqa: E501  XML is kept as it is written
"""Workbooks whose formats, sizes and rules put cells out of sight, beside twins that do not."""

from __future__ import annotations

from collections.abc import Callable
from xml.sax.saxutils import quoteattr

from builders.xlsx import Sheet, Value, Workbook
from builders.xlsx_features import Case, _anchor, _drawing, _sheet

# A street and what is there, with no word that any detector takes for a person's
PLACES: list[list[Value]] = [["site", "state"], ["depot", "leaking"], ["garage", "closed"]]


def _styles(number: str, font: str, fill: str, align: str, rule: str) -> str:
    plain = '<font><sz val="11"/><color theme="1"/></font>'
    none = '<fill><patternFill patternType="none"/></fill>'
    solid = f'<fill><patternFill patternType="solid">{fill}</patternFill></fill>' if fill else none
    return (
        f'<numFmts count="1"><numFmt numFmtId="170" formatCode={quoteattr(number)}/></numFmts>'
        f"<fonts>{plain}<font>{font or plain[6:-7]}</font></fonts><fills>{none}{solid}</fills>"
        f'<cellXfs><xf/><xf numFmtId="170" fontId="1" fillId="1"><alignment {align}/></xf></cellXfs>'
        f"<dxfs><dxf>{rule}</dxf></dxfs>"
    )


def made(
    *,
    values: list[list[Value]] | None = None,
    number: str = "General",
    font: str = "",
    fill: str = "",
    align: str = "",
    rule: str = "",
    at: list[tuple[int, int]] | None = None,
    **more: object,
) -> bytes:
    """A sheet whose body's cells (`at`) have this format."""
    cells = [(1, 1), (2, 1)] if at is None else at
    sheet = Sheet("Counts", **({"values": values} if values else {}), **more)  # type: ignore[arg-type]
    sheet.styles = dict.fromkeys(cells, 1)
    return Workbook([sheet], styles=_styles(number, font, fill, align, rule)).bytes()


def _ink(colour: str, size: float = 11) -> str:
    return f'<sz val="{size}"/><color {colour}/>'


def _ruled(attributes: str, formulas: str, rule: str, body: str = "", **more: object) -> bytes:
    after = f'<conditionalFormatting sqref="B2:B4"><cfRule dxfId="0" priority="1" {attributes}>{formulas}{body}</cfRule></conditionalFormatting>'
    return made(rule=rule, after=after, at=[], **more)  # type: ignore[arg-type]


def _noted(text: str, beside: Value = "x", **more: object) -> bytes:
    return made(values=[*PLACES, [None], [text, beside]], at=[(4, 0)], **more)  # type: ignore[arg-type]


def _columns(*widths: float) -> str:
    entries = "".join(f'<col min="{n}" max="{n}" width="{w}"/>' for n, w in enumerate(widths, 1))
    return f"<cols>{entries}</cols>"


def _shape(fill: str, style: str) -> bytes:
    picture = _anchor(0)
    start, stop = picture.index("<xdr:pic>"), picture.index("</xdr:pic>") + len("</xdr:pic>")
    body = f"<xdr:sp><xdr:spPr>{fill}</xdr:spPr>{style}</xdr:sp>"
    return _drawing(picture[:start] + body + picture[stop:])


_WHITE = _ink('rgb="FFFFFFFF"')
_TO_WHITE = '<font><color rgb="FFFFFFFF"/></font>'
_LOW = {2: 'ht="4" customHeight="1"', 3: 'ht="4" customHeight="1"'}
_MERGED = '<mergeCells><mergeCell ref="{}"/></mergeCells>'
_SCALE = '<colorScale><cfvo type="min"/><cfvo type="max"/><color rgb="FF{}"/><color rgb="FF{}"/></colorScale>'
_FILLED = '<xdr:style><a:fillRef idx="1"><a:srgbClr val="4472C4"/></a:fillRef></xdr:style>'
_PRINT = '<definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">Counts!$A$1:$B$4</definedName></definedNames>'


def _printed(at: tuple[int, int]) -> bytes:
    return Workbook([Sheet("Counts", extra={at: "left over"})], book=_PRINT).bytes()


CASES: dict[str, Callable[[], Case]] = {
    "word for a number": lambda: ("hiding-format", 2, made(number='"not held"'), made(number='0 "held"')),
    "mark for small numbers": lambda: ("hiding-format", 1, made(number='[<100]"*";#,##0'), made(number='[<100]0.0;#,##0')),
    "word above a limit": lambda: ("hiding-format", 2, made(number='[>20]"exempt";0'), made(number='[>20]#,##0;0')),
    "asterisks that fill the cell": lambda: ("hiding-format", 2, made(number="**;**;**"), made(number="* 0;* -0;* 0")),
    "another count": lambda: ("hiding-format", 2, made(number='"9"0'), made(number='"00"0')),
    "scaled to nothing": lambda: ("hiding-format", 2, made(number="#,,,"), made(number="#")),
    "dash for texts": lambda: ("hiding-format", 2, made(values=PLACES, number='0;0;0;"-"', at=[(1, 0), (2, 0)]), made(values=PLACES, number='0;-0;"-";@', at=[(1, 0), (2, 0)])),
    "word for nought": lambda: ("hiding-format", 1, made(values=[["rank", "n"], ["a", 0], ["b", 7]], number='0;0;"withheld"'), made(values=[["rank", "n"], ["a", 0], ["b", 7]], number='0;0;"nil"')),
    "word for a date": lambda: ("hiding-format", 2, made(number='[>30]yyyy;"none"', values=[["rank", "n"], ["a", 12], ["b", 9]]), made(number="yyyy;@", values=[["rank", "n"], ["a", 40000], ["b", 41000]])),
    "pale grey": lambda: ("invisible-text", 2, made(font=_ink('rgb="FFEEEEEE"')), made(font=_ink('rgb="FFA6A6A6"'))),
    "yellow on white": lambda: ("invisible-text", 2, made(font=_ink('rgb="FFFFFF00"')), made(font=_ink('rgb="FFFFFF00"'), fill='<fgColor rgb="FF203864"/>')),
    "background of the theme, darker": lambda: ("invisible-text", 2, made(font=_ink('theme="0" tint="-0.05"')), made(font=_ink('theme="0" tint="-0.5"'))),
    "dark on a dark palette": lambda: ("invisible-text", 2, made(font=_ink('indexed="63"'), fill='<fgColor rgb="FF2B2B2B"/>'), made(font=_ink('indexed="9"'), fill='<fgColor rgb="FF2B2B2B"/>')),
    "automatic ink on black": lambda: ("invisible-text", 2, made(font='<sz val="11"/>', fill='<fgColor rgb="FF000000"/>'), made(font='<sz val="11"/>', fill='<fgColor rgb="FFFFC000"/>')),
    "white where a format says so": lambda: ("invisible-text", 1, made(number="[White][<100]0;0"), made(number="[Blue][<100]0;0")),
    "tiny at the sheet's zoom": lambda: ("tiny-font", 8, made(font=_ink('theme="1"', 8), before='<sheetViews><sheetView zoomScale="20" workbookViewId="0"/></sheetViews>', at=[(1, 1), (2, 1)]), made(font=_ink('theme="1"', 2), before='<sheetViews><sheetView zoomScale="300" workbookViewId="0"/></sheetViews>')),
    "shrunk to fit": lambda: ("tiny-font", 1, _noted("a long note about what was counted " * 3, align='shrinkToFit="1"'), _noted("a note", align='shrinkToFit="1"')),
    "rows lower than half their letters": lambda: ("zero-size-row", 4, _sheet(rows=_LOW), made(font=_ink('theme="1"', 6), rows=_LOW, at=[(i, j) for i in (2, 3) for j in (0, 1)])),
    "merged over low rows": lambda: ("zero-size-row", 1, made(rows=_LOW, values=[*PLACES[:1], ["depot", "leaking"], ["garage"]], at=[]), made(rows=_LOW | {3: 'ht="20"'}, values=[*PLACES[:1], ["depot", "leaking"], ["garage"]], after=_MERGED.format("A3:A4"), at=[])),
    "columns of half a letter": lambda: ("zero-size-column", 3, made(values=PLACES, before=_columns(0.9), at=[]), made(values=[row[:1] for row in PLACES], before=_columns(0.9), at=[])),
    "number in a column of one letter": lambda: ("zero-size-column", 3, _sheet(before=_columns(9, 1.0)), made(values=[["rank", None, "n"], ["a", "*", 3], ["b", "*", 7]], before=_columns(9, 1.0, 9), at=[])),
    "text wrapped in a narrow column": lambda: ("zero-size-column", 1, made(values=PLACES, before=_columns(9, 9, 0.9), extra={(1, 2): "note"}, align='wrapText="1"', at=[(1, 2)]), made(values=PLACES, before=_columns(9, 9, 0.9), extra={(1, 2): "note"}, after=_MERGED.format("C2:D2"), align='wrapText="1"', at=[(1, 2)])),
    "indented past the next cell": lambda: ("cut-text", 2, made(values=PLACES, align='indent="90"', at=[(1, 0), (2, 0)]), made(values=PLACES, align='indent="2"', at=[(1, 0), (2, 0)])),
    "indented past the screen": lambda: ("cut-text", 2, made(values=PLACES, align='horizontal="left" indent="240"'), made(values=PLACES, align='horizontal="left" indent="20"')),
    "after a run of blanks": lambda: ("cut-text", 1, _noted("how it was counted" + "\u00a0" * 60 + "see below"), _noted("how it was counted" + "\u00a0" * 60 + "see below", None)),
    "after blanks alone": lambda: ("cut-text", 1, _noted(" " * 90 + "see below"), _noted("   see below")),
    "beyond the screen": lambda: ("cut-text", 1, _noted("how" + "\t" * 700 + "see below", None), _noted("how \t see below", None)),
    "lines under the edge": lambda: ("cut-text", 1, _noted("one\ntwo\nthree", align='wrapText="1"', rows={4: 'ht="16"'}), _noted("one\ntwo\nthree", align='wrapText="1"', rows={4: 'ht="45"'})),
    "lines under blank ones": lambda: ("cut-text", 1, _noted("one" + "\n" * 8 + "two", align='wrapText="1"'), _noted("one\n\ntwo\n\n\n\n\n\n\n", align='wrapText="1"')),
    "rule that always holds": lambda: ("conditional-hiding", 1, _ruled('type="expression"', "<formula>1</formula>", _TO_WHITE), _ruled('type="expression"', "<formula>FALSE</formula>", _TO_WHITE)),
    "rule that may hold": lambda: ("conditional-hiding", 1, _ruled('type="expression"', "<formula>$D$1=TODAY()</formula>", _TO_WHITE), _ruled('type="expression"', "<formula>$D$1=TODAY()</formula>", '<font><color rgb="FF9C0006"/></font>')),
    "rule for small numbers": lambda: ("conditional-hiding", 1, _ruled('type="cellIs" operator="lessThan"', "<formula>30</formula>", '<numFmt numFmtId="171" formatCode="&quot;few&quot;"/>'), _ruled('type="cellIs" operator="lessThan"', "<formula>5</formula>", '<numFmt numFmtId="171" formatCode="&quot;few&quot;"/>')),
    "rule for numbers between": lambda: ("conditional-hiding", 1, _ruled('type="cellIs" operator="between"', "<formula>20</formula><formula>50</formula>", _TO_WHITE), _ruled('type="cellIs" operator="notBetween"', "<formula>20</formula><formula>500</formula>", _TO_WHITE)),
    "rule for a text": lambda: ("conditional-hiding", 1, _ruled('type="containsText" operator="containsText" text="leak"', "<formula>x</formula>", _TO_WHITE, values=PLACES), _ruled('type="beginsWith" operator="beginsWith" text="leaf"', "<formula>x</formula>", _TO_WHITE, values=PLACES)),
    "rule for a mark": lambda: ("conditional-hiding", 1, _ruled('type="cellIs" operator="equal"', '<formula>"closed"</formula>', _TO_WHITE, values=PLACES), _ruled('type="cellIs" operator="equal"', '<formula>"x"</formula>', _TO_WHITE, values=[["Station", "Open"], ["North", "x"], ["South", "x"]])),
    "rule for nought": lambda: ("conditional-hiding", 1, _ruled('type="cellIs" operator="notEqual"', "<formula>0</formula>", _TO_WHITE), _ruled('type="cellIs" operator="equal"', "<formula>0</formula>", _TO_WHITE, values=[["a", "b"], ["c", 0], ["d", 0]])),
    "rule for what is repeated": lambda: ("conditional-hiding", 1, _ruled('type="expression"', "<formula>B2&lt;&gt;B1</formula>", _TO_WHITE), _ruled('type="expression"', "<formula>B2=B1</formula>", _TO_WHITE)),
    "scale in the ink's colour": lambda: ("conditional-hiding", 1, _ruled('type="colorScale"', "", "", _SCALE.format("000000", "101010")), _ruled('type="colorScale"', "", "", _SCALE.format("FFFFFF", "63BE7B"))),
    "white on a rule's fill": lambda: ("invisible-text", 2, made(font=_WHITE, after='<conditionalFormatting sqref="B2:B3"><cfRule type="expression" dxfId="0" priority="1"><formula>FALSE</formula></cfRule></conditionalFormatting>', rule='<fill><patternFill><bgColor rgb="FFC00000"/></patternFill></fill>'), made(font=_WHITE, after='<conditionalFormatting sqref="B2:B3"><cfRule type="expression" dxfId="0" priority="1"><formula>TRUE</formula></cfRule></conditionalFormatting>', rule='<fill><patternFill><bgColor rgb="FFC00000"/></patternFill></fill>')),
    "shape filled by its style": lambda: ("covered-cells", 8, _shape("", _FILLED), _shape("<a:noFill/>", _FILLED)),
    "more cells far below": lambda: ("far-cells", 9, _sheet(extra={(i, 0): "left over" for i in range(700, 709)}), _sheet(extra={(i, 0): "left over" for i in range(60, 69)})),
    "below and to the right": lambda: ("far-cells", 2, _sheet(extra={(70, 40): "left over", (71, 40): "left over"}), _sheet(extra={(70, 20): "left over", (6, 40): "left over"})),
    "name of a number": lambda: ("constant-name", 1, Workbook(book='<definedNames><definedName name="n">1.5E3</definedName></definedNames>').bytes(), Workbook([Sheet("16tbl03")], book='<definedNames><definedName name="n" localSheetId="0">16tbl03!$A$1:$B$4</definedName></definedNames>').bytes()),
    "a screen from what is printed": lambda: ("far-cells", 1, _printed((3, 40)), _printed((3, 4))),
}  # fmt: skip
