# ruff: noqa: E501  XML is kept as it is written
"""Documents whose looks put text out of sight, beside twins that do not."""

from __future__ import annotations

from collections.abc import Callable

from builders.docx import cell, paragraph, run
from builders.docx_made import Case, made_body, made_case

W14 = "http://schemas.microsoft.com/office/word/2010/wordml"


def _looks(code: str, look: str, other: str) -> Callable[[], Case]:
    """A run in a look, and one in another."""
    return made_case(
        code, 1, made_body(paragraph(run("aside", look)), paragraph(run("aside", other)))
    )


def _placed(look: str, other: str) -> Callable[[], Case]:
    """A paragraph of these properties, and one of others."""
    pair = (paragraph("aside", properties=properties) for properties in (look, other))
    return made_case("cut-text", 1, made_body(*pair))


def _row(height: int, paragraphs: int, look: str = "") -> str:
    tall = f'<w:trPr><w:trHeight w:val="{height}" w:hRule="exact"/></w:trPr>'
    inner = "".join(paragraph(run(f"aside {n}", look)) for n in range(paragraphs))
    return f"<w:tbl><w:tr>{tall}{cell(inner)}</w:tr></w:tbl>"


def _table(properties: str) -> str:
    rows = "".join(
        f"<w:tr>{cell(a)}{cell(b)}</w:tr>" for a, b in (("site", "state"), ("depot", "open"))
    )
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{rows}</w:tbl>"


def _floating(x: int, wide: int = 900_000) -> str:
    """A text box so many EMU from the page's left edge."""
    return paragraph(
        '<w:r><w:drawing><wp:anchor><wp:positionH relativeFrom="page">'
        f'<wp:posOffset>{x}</wp:posOffset></wp:positionH><wp:extent cx="{wide}" cy="400000"/>'
        '<a:graphic><a:graphicData uri="x"><wps:wsp><wps:spPr><a:noFill/></wps:spPr><wps:txbx><w:txbxContent>'
        f"{paragraph('aside')}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
    )


def _fill(colour: str) -> str:
    fill = f'<w14:solidFill xmlns:w14="{W14}"><w14:srgbClr w14:val="{colour}"/></w14:solidFill>'
    return f'<w:color w:val="000000"/><w14:textFill xmlns:w14="{W14}">{fill}</w14:textFill>'


_GREY = '<w:shd w:val="clear" w:fill="{}"/>'

CASES: dict[str, Callable[[], Case]] = {
    "not quite white": _looks("invisible-text", '<w:color w:val="F4F4F4"/>', '<w:color w:val="A6A6A6"/>'),
    "yellow on white": _looks("invisible-text", '<w:color w:val="FFFF00"/>', '<w:color w:val="FFFF00"/><w:highlight w:val="darkBlue"/>'),
    "grey on its grey": _looks("invisible-text", '<w:color w:val="D0D0D0"/>' + _GREY.format("CFCFCF"), '<w:color w:val="404040"/>' + _GREY.format("CFCFCF")),
    "black on a black highlight": _looks("invisible-text", '<w:color w:val="000000"/><w:highlight w:val="black"/>', '<w:color w:val="auto"/><w:highlight w:val="black"/>'),
    "fill of the text": _looks("invisible-text", _fill("FFFFFF"), _fill("C00000")),
    "squeezed": _looks("tiny-font", '<w:w w:val="3"/>', '<w:w w:val="66"/>'),
    "squeezed into a width": _looks("tiny-font", '<w:fitText w:val="20"/>', '<w:fitText w:val="900"/>'),
    "letters over each other": _looks("tiny-font", '<w:spacing w:val="-240"/>', '<w:spacing w:val="-10"/>'),
    "raised off the page": _looks("cut-text", '<w:position w:val="1900"/>', '<w:position w:val="6"/>'),
    "indented off the page": _placed('<w:ind w:left="30000"/>', '<w:ind w:left="2000" w:hanging="700"/>'),
    "first line off the page": _placed('<w:ind w:firstLine="28000"/>', '<w:ind w:firstLine="700"/>'),
    "indented off the left edge": _placed('<w:ind w:left="-16000"/>', '<w:ind w:left="-300"/>'),
    "frame off the page": _placed('<w:framePr w:w="3000" w:hAnchor="page" w:vAnchor="page" w:x="-9000" w:y="900"/>', '<w:framePr w:w="3000" w:hAnchor="page" w:vAnchor="page" w:x="900" w:y="900"/>'),
    "frame under the page": _placed('<w:framePr w:w="3000" w:vAnchor="page" w:y="25000"/>', '<w:framePr w:w="3000" w:vAnchor="page" w:y="9000"/>'),
    "frame of no width": _placed('<w:framePr w:w="20" w:hAnchor="page" w:x="900"/>', '<w:framePr w:w="4000" w:hAnchor="page" w:x="900"/>'),
    "text box off the page": made_case("cut-text", 1, made_body(_floating(20_000_000), _floating(1_000_000))),
    "text box of no width": made_case("cut-text", 1, made_body(_floating(900_000, 9_000), _floating(900_000))),
    "row lower than half its letters": made_case("zero-size-row", 1, made_body(_row(80, 1), _row(80, 1, '<w:sz w:val="12"/>'))),
    "paragraphs under a row's edge": made_case("cut-text", 2, made_body(_row(300, 3), _row(1200, 3))),
    "table off the page": made_case("cut-text", 4, made_body(_table('<w:tblpPr w:horzAnchor="page" w:tblpX="24000"/>'), _table('<w:tblpPr w:horzAnchor="page" w:tblpX="900"/>'))),
    "table indented off the page": made_case("cut-text", 4, made_body(_table('<w:tblInd w:w="24000" w:type="dxa"/>'), _table('<w:tblInd w:w="-108" w:type="dxa"/>'))),
}  # fmt: skip
