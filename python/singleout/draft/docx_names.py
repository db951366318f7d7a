"""Names of WordprocessingML (ECMA-376 part 1, 17), the same in transitional and strict files."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
MATHEMATICS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/officeDocument/math",
)
_RELATIONS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)

# Changes that tracking keeps (17.13.5), by what they are called in a finding
CHANGES: dict[str, str] = {
    "ins": "insertion",
    "cellIns": "insertion",
    "customXmlInsRangeStart": "insertion",
    "del": "deletion",
    "cellDel": "deletion",
    "customXmlDelRangeStart": "deletion",
    "moveFrom": "move",
    "moveTo": "move",
    "cellMerge": "merge",
    "rPrChange": "format change",
    "pPrChange": "format change",
    "sectPrChange": "format change",
    "tblPrChange": "format change",
    "tblPrExChange": "format change",
    "tblGridChange": "format change",
    "trPrChange": "format change",
    "tcPrChange": "format change",
    "numberingChange": "format change",
}
_ELEMENTS = """
p r t tab br cr pPr rPr tbl tr tc tblPr trPr tcPr sdt sdtContent customXml smartTag hyperlink
fldSimple fldChar instrText delInstrText delText noBreakHyphen ruby rubyBase dir bdo vanish color
sz highlight shd spacing style basedOn docDefaults tblStylePr tblStyle tblLook gridSpan gridBefore
vMerge hidden pStyle rStyle txbxContent body comment sectPr headerReference footerReference
titlePg docVar mailMerge rsids evenAndOddHeaders docPart permStart ffData fldData background
listItem alias tag attr trHeight bookmarkStart name tblCaption tblDescription lvlText
placeholder date w position fitText ind framePr pgSz pgMar tblpPr tblInd
"""

# qualified name -> local name, for the elements that are looked at
KIND: dict[object, str] = {
    f"{{{space}}}{name}": name
    for space in (TRANSITIONAL, STRICT)
    for name in {*_ELEMENTS.split(), *CHANGES}
}


def tags(*names: str) -> tuple[str, ...]:
    """Return the qualified names in both namespaces.

    Examples
    --------
    >>> len(tags("p"))
    2
    """
    return tuple(f"{{{space}}}{name}" for space in (TRANSITIONAL, STRICT) for name in names)


def w_attribute(element: etree._Element, name: str) -> str | None:
    """Return an attribute of the main namespace."""
    found = element.get(f"{{{TRANSITIONAL}}}{name}")
    found = element.get(f"{{{STRICT}}}{name}") if found is None else found
    return None if found is None else str(found)


def relation_id(element: etree._Element, name: str = "id") -> str:
    """Return an attribute that holds a relationship's id."""
    for space in _RELATIONS:
        found = element.get(f"{{{space}}}{name}")
        if found is not None:
            return str(found)
    return ""


def value(element: etree._Element) -> str | None:
    """Return an element's ``w:val``."""
    return w_attribute(element, "val")


def flag(text: str | None) -> bool:
    """Tell whether an on-off value (17.17.4) is on.

    Examples
    --------
    >>> flag("1"), flag("false"), flag(None)
    (True, False, False)
    """
    return text is not None and text.lower() not in ("0", "false", "off")


def is_on(parent: etree._Element | None, name: str) -> bool:
    """Tell whether a child that is an on-off property is there and on."""
    child = None if parent is None else first(parent, name)
    return child is not None and flag(value(child) or "1")


def children_of(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Iterate over the children with these local names in the main namespace."""
    return (child for child in element if KIND.get(child.tag) in names)


def first(element: etree._Element, name: str) -> etree._Element | None:
    """Return the first child with this local name in the main namespace."""
    for child in element:
        if KIND.get(child.tag) == name:
            return child
    return None
