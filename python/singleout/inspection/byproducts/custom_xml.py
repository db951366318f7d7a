"""Custom XML that programs keep by themselves: schemas of libraries, empty bibliographies, labels.

Sources: ECMA-376 part 1, 22.6 (bibliography), [MS-WSSCAML] (fields of libraries), and the parts
that SharePoint, Objective and labelling programs write, whose namespaces stand beside each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from lxml import etree

from singleout.draft.collector import Collector
from singleout.draft.model import Place
from singleout.draft.xml import local, namespace
from singleout.inspection.byproducts.properties import is_known, says_nothing

Sort = Literal["dull", "fields", "label", "bibliography"]
_OFFICE = "http://schemas.microsoft.com/office/2006/"
# How a root's namespace begins -> what it is, why it is known
_KNOWN: tuple[tuple[str, Sort, str], ...] = (
    ("http://schemas.openxmlformats.org/officeDocument/2006/bibliography", "bibliography", "Word"),
    ("http://purl.oclc.org/ooxml/officeDocument/bibliography", "bibliography", "Word, strict"),
    ("http://schemas.microsoft.com/sharepoint/v3/contenttype/forms", "dull", "names of forms"),
    ("http://schemas.microsoft.com/sharepoint/events", "dull", "programs that hear of changes"),
    (f"{_OFFICE}metadata/contentType", "dull", "which fields a library's documents have"),
    (f"{_OFFICE}metadata/customXsn", "dull", "where a form is"),
    ("Microsoft.SharePoint.Taxonomy.ContentTypeSync", "dull", "an identifier"),
    ("office.server.policy", "dull", "how long to keep it"),
    (f"{_OFFICE}metadata/properties", "fields", "values of a library's fields"),
    (f"{_OFFICE}metadata/longProperties", "fields", "values of a library's fields"),
    ("http://www.objective.com/ecm/document/metadata/", "fields", "Objective's fields"),
    ("http://www.boldonjames.com/2008/01/sie/", "label", "Boldon James"),
    ("http://www.titus.com/ns/", "label", "Titus"),
    ("http://www.wps.cn/officeDocument/", "dull", "WPS Office: settings of objects"),
)
# Kinds of fields (of [MS-WSSCAML]) whose values are none of a writer's words
_CLOSED = frozenset({"Boolean", "DateTime", "Number", "Currency", "Integer", "Counter"})
_SHARED = "SharedWithUsers"
_NAMED = etree.XPath("//*[@name][not(.//*[@name])]")


@dataclass(slots=True)
class Library:
    """What a document library's schema says of its fields: their kinds, and values to choose."""

    kinds: dict[str, str] = field(default_factory=dict)
    choices: dict[str, frozenset[str]] = field(default_factory=dict)


@dataclass(slots=True)
class CustomXml:
    """What a part of custom XML is.

    Parameters
    ----------
    by_product : bool
        Whether a program keeps it by itself, and nobody's words are in it.
    label : bool
        Whether it is a label of sensitivity.
    own : int
        Fields that hold somebody's words.
    authors, shared : list of str
        Names of users: who made or keeps the document, with whom it was shared.
    """

    by_product: bool = False
    label: bool = False
    own: int = 0
    authors: list[str] = field(default_factory=list)
    shared: list[str] = field(default_factory=list)


def library_of(roots: Iterable[etree._Element]) -> Library:
    """Read the schemas of document libraries among parts of custom XML.

    Parameters
    ----------
    roots : iterable of lxml.etree._Element
        The parts.
    """
    found = Library()
    for root in roots:
        if not namespace(root).startswith(f"{_OFFICE}metadata/contentType"):
            continue
        for element in root.iter("{http://www.w3.org/2001/XMLSchema}element"):
            name = element.get("name", "")
            restrictions = [e for e in element.iter(etree.Element) if local(e) == "restriction"]
            kinds = [e.get("base", "").rpartition(":")[2] for e in restrictions]
            if not name or not kinds:
                continue
            found.kinds[name] = kinds[0]
            values = [
                e.get("value", "") for e in element.iter(etree.Element) if local(e) == "enumeration"
            ]
            if values:
                found.choices[name] = frozenset(values)
    return found


def judge_custom_xml(root: etree._Element, library: Library) -> CustomXml:
    """Say what a part of custom XML is.

    Parameters
    ----------
    root : lxml.etree._Element
        The part.
    library : Library
        The kinds of a library's fields, from `library_of`.

    Examples
    --------
    >>> empty = etree.fromstring('<a xmlns="office.server.policy"><b>keep</b></a>')
    >>> judge_custom_xml(empty, Library()).by_product
    True
    >>> judge_custom_xml(etree.fromstring("<a>Adeyemi, J</a>"), Library()).by_product
    False
    """
    space = namespace(root)
    sort = next((sort for begin, sort, _ in _KNOWN if space.startswith(begin)), None)
    found = CustomXml(label=sort == "label")
    if sort == "fields":
        for name, entry in _fields(root):
            _field(name, entry, library, found)
        found.by_product = not found.own
    elif sort == "bibliography":
        found.by_product = not any(local(e) == "Source" for e in root.iter(etree.Element))
    else:
        found.by_product = sort is not None or all(map(says_nothing, _texts(root)))
    return found


def report_custom_xml(
    root: etree._Element, place: Place, collector: Collector, library: Library
) -> None:
    """Report a part of custom XML: what a program keeps by itself is a note.

    Parameters
    ----------
    root : lxml.etree._Element
        The part.
    place : Place
        Where it is.
    collector : Collector
        Where to report.
    library : Library
        The kinds of a library's fields, from `library_of`.
    """
    found = judge_custom_xml(root, library)
    code = "sensitivity-label" if found.label else "custom-xml"
    words = [f"{found.own} fields with words of somebody's own"] * bool(found.own)
    collector.add(code, place, severity="note" if found.by_product else None, detail="".join(words))
    if found.authors:
        detail = "who made or keeps the document"
        collector.add("document-property", place, count=len(found.authors), detail=detail)
    if found.shared:
        detail = "with whom the document was shared"
        collector.add("person", place, count=len(found.shared), detail=detail)
    collector.unseen_text(place, _texts(root), what="custom XML")


def _texts(root: etree._Element) -> list[str]:
    texts = [str(text) for text in root.itertext(tag=etree.Element)]
    return texts + [str(v) for e in root.iter(etree.Element) for v in e.attrib.values()]


def _fields(root: etree._Element) -> list[tuple[str, etree._Element]]:
    """The fields of a document: elements under `documentManagement`, or ones that say a name."""
    for element in root.iter(etree.Element):
        if local(element) == "documentManagement":
            return [(local(e), e) for e in element if local(e)]
    # The innermost that have a name: outer ones are groups of fields
    named = _NAMED(root)
    return [(e.get("name", ""), e) for e in named] or [(local(e), e) for e in root if local(e)]


def _field(name: str, entry: etree._Element, library: Library, found: CustomXml) -> None:
    texts = [text for t in entry.itertext(tag=etree.Element) if (text := str(t).strip())]
    users = [
        text
        for e in entry.iter(etree.Element)
        if local(e) == "DisplayName" and (text := (e.text or "").strip())
    ]
    if users:
        (found.shared if name == _SHARED else found.authors).extend(users)
        return
    terms = any(local(e) == "TermInfo" for e in entry.iter(etree.Element))
    if terms or is_known(name) or all(map(says_nothing, texts)) or _chosen(name, texts, library):
        return
    found.own += 1


def _chosen(name: str, texts: list[str], library: Library) -> bool:
    """Whether a field's values are none of a writer's words, by its library's schema."""
    kind = library.kinds.get(name, "")
    choices: Mapping[str, frozenset[str]] = library.choices
    return kind in _CLOSED or (name in choices and set(texts) <= choices[name])
