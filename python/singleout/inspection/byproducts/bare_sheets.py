"""Sheets with nothing on them: hidden or not, they hold nothing that could be seen."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from singleout.draft.xml import local, namespace

# Children of a worksheet (ECMA-376 part 1, 18.3.1.99) that set looks and say nothing themselves
_CHILDREN = """
sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection mergeCells
phoneticPr printOptions pageMargins pageSetup rowBreaks colBreaks ignoredErrors extLst
AlternateContent
"""
_LOOKS = frozenset(_CHILDREN.split())
# Records of a worksheet substream ([MS-XLS] 2.3) of the same kind: settings of calculation, print,
# view and protection; sizes of rows and columns; cells without content; the name in the macros
_RECORDS = """
0009 000A 000C 000D 000E 000F 0010 0011 0012 0013 0019 001A 001B 001D 0026 0027 0028 0029 002A 002B
003C 0041 004D 0055 005F 0063 007D 0080 0081 0082 0083 0084 0099 00A0 00A1 00BE 00D7 00DD 00E5 00EF
0160 0162 01BA 0200 0201 0208 0209 020B 0225 023E 0409 0809 0862 0867 088B
"""
_LOOK_RECORDS = frozenset(int(number, 16) for number in _RECORDS.split())
# Header, footer, and those of later versions: their lengths without any text
_HEADERS = {0x0014: 0, 0x0015: 0, 0x089C: 38}


def is_bare(rest: etree._Element, linked: Iterable[str]) -> bool:
    """Tell whether a worksheet holds nothing beside cells.

    Parameters
    ----------
    rest : lxml.etree._Element
        The worksheet without its cells.
    linked : iterable of str
        Kinds of its part's relationships.

    Examples
    --------
    >>> looks = etree.fromstring("<worksheet><cols/><headerFooter/></worksheet>")
    >>> is_bare(looks, ["printerSettings"]), is_bare(looks, ["drawing"])
    (True, False)
    """
    for child in rest:
        name = local(child)
        if name == "headerFooter":
            if any(text.strip() for text in child.itertext(tag=etree.Element)):
                return False
        elif (name and name not in _LOOKS) or (name == "extLst" and any(True for _ in child)):
            return False
    return set(linked) <= {"printerSettings"}


def table_is_bare(table: etree._Element) -> bool:
    """Tell whether a table of OpenDocument, its plain rows taken out, holds nothing.

    Examples
    --------
    >>> table_is_bare(etree.fromstring("<t><r><c/></r></t>"))
    True
    >>> table_is_bare(etree.fromstring("<t><r><c>Ash</c></r></t>"))
    False
    """
    if any(text.strip() for text in table.itertext(tag=etree.Element)):
        return False
    for element in table.iter(etree.Element):
        if "drawing" in namespace(element) or "form:" in namespace(element):
            return False
    return True


def records_are_bare(kinds: Iterable[tuple[int, int]]) -> bool:
    """Tell whether a worksheet substream holds nothing: its records' numbers and lengths.

    Examples
    --------
    >>> records_are_bare([(0x809, 16), (0x14, 0), (0x200, 14), (0x0A, 0)])
    True
    >>> records_are_bare([(0x809, 16), (0x5D, 70), (0x0A, 0)])
    False
    """
    return all(kind in _LOOK_RECORDS or length <= _HEADERS.get(kind, -1) for kind, length in kinds)
