"""Parts that every OOXML file may have: properties, custom XML, media, embedded files, macros."""

from __future__ import annotations

import re

from lxml import etree

from singleout.draft.biff_strings import loose_texts
from singleout.draft.codes import Severity
from singleout.draft.disguise import open_disguised
from singleout.draft.drawn import tell_diagram
from singleout.draft.links import Link, tell_links
from singleout.draft.markup_texts import markup_texts
from singleout.draft.media import report_picture, report_thumbnail
from singleout.draft.model import Place, is_path
from singleout.draft.opc import Package, Relationship
from singleout.draft.sniff import sniff
from singleout.draft.vba import read_macros
from singleout.draft.xml import attribute, children, local, parse, text_of
from singleout.inspection.byproducts.custom_xml import library_of, report_custom_xml
from singleout.inspection.byproducts.paths import LINKED_FILES, severity_of_linked
from singleout.inspection.byproducts.printers import in_bytes, report_printer
from singleout.inspection.byproducts.properties import judge_property
from singleout.inspection.byproducts.shown_pictures import note_rest

# docProps/core.xml and app.xml: names of people and organisations; other fields that may tell.
_AUTHORS = ("creator", "lastModifiedBy", "Company", "Manager")
_WRITERS = _AUTHORS[:2]
_TOLD = (
    "title",
    "subject",
    "keywords",
    "description",
    "category",
    "contentStatus",
    "HyperlinkBase",
)
_LISTED: tuple[tuple[tuple[str, ...], str], ...] = (
    (("printerSettings",), "printer-settings"),
    (("vbaProject", "jsaProject", "PythonScripts"), "macro"),
    (("workbookComments", "commentsDocument"), "comment"),
    (("workbookmetadata",), "custom-property"),
    (("control", "ctrlProp", "activeXControlBinary"), "control"),
    (("ink", "inkXml"), "ink"),
    (("webextension", "webextensions"), "web-extension"),
    (("signature",), "signature"),
    (
        ("extensibility", "userCustomization", "attachedToolbars", "keyMapCustomizations"),
        "custom-ui",
    ),
    (("classificationlabels",), "sensitivity-label"),
)
# Kinds whose every text a reader does not see
_TEXTS = (
    "classificationlabels",
    "webextension",
    "webextensions",
    "ink",
    "inkXml",
    "PythonScripts",
)
# Kinds of binary parts whose readable runs are searched, whatever they are called
_SEARCHED = {*_TEXTS, "jsaProject", "workbookComments", "commentsDocument", "workbookmetadata"}
_WORD = re.compile(r"[^\W\d_]{2,}")
# What the application says of itself and of the file in the extended properties
_OWN = frozenset(["Application", "AppVersion", "created", "modified", "lastPrinted",
                  "language", "bool", "DocSecurity", "ScaleCrop", "LinksUpToDate", "SharedDoc",
                  "HyperlinksChanged", "PresentationFormat"])  # fmt: skip
MEDIA = ("image", "hdphoto", "media", "audio", "video", "svg", "model3d", "thumbnail", "cellImage")
_PATH_KINDS = re.compile(
    r"(?i)^(file:|[a-z]:[\\/]|\\\\|//)|[\\/](users|home|documents and settings)[\\/]"
)


def read_common(package: Package, depth: int) -> None:
    """Report on the parts that do not depend on the application.

    Parameters
    ----------
    package : Package
        The file.
    depth : int
        How deep in other files this one is.
    """
    _properties(package)
    _custom_xml(package, depth)
    _media(package, depth)
    _embedded(package, depth)
    _listed(package, depth)
    _links(package)


def _properties(package: Package) -> None:
    collector = package.collector
    kinds = ("core-properties", "extended-properties")
    # Sheets and ranges, of which the titles say the names again
    named = {p.text for p in collector.results.passages if p.sort == "name"}
    for name in [*package.of_kind(*kinds), *package.unreached(*kinds)]:
        with collector.guard(Place(part=name)):
            for entry in package.tree(name).iter(etree.Element):
                text = "".join(entry.itertext()).strip() if len(entry) == 0 else ""
                if not text:
                    continue
                place = Place(part=name, item=local(entry))
                if local(entry) in _AUTHORS:
                    what = "author" if local(entry) in _WRITERS else "document property"
                    collector.add("author-property", place)
                    collector.text(place, [text], sort="property", what=what, seen=False)
                elif local(entry) in _TOLD:
                    collector.add("document-property", place)
                    collector.unseen_text(place, [text], what="document property", sort="property")
                elif local(entry) in ("lpstr", "lpwstr"):
                    title = "titles of parts"
                    if text not in named:
                        collector.text(place, [text], sort="name", what=title, seen=False)
                    collector.identifiers(place, [text], what=title)
                elif _WORD.search(text) and local(entry) not in _OWN:
                    collector.unseen_text(place, [text], what="document property", sort="property")
    custom = "custom-properties"
    for name in [*package.of_kind(custom), *package.unreached(custom)]:
        with collector.guard(Place(part=name)):
            for entry in package.tree(name).iter("{*}property"):
                label = entry.get("name", "")
                told = [text_of(entry)]
                place = Place(part=name, item=label)
                code, severity = judge_property(label, told[0])
                collector.add(code, place, severity=severity)
                collector.unseen_text(place, told, what="custom property", sort="property")
                collector.text(place, [label], sort="name", what="custom property", seen=False)


def _custom_xml(package: Package, depth: int) -> None:
    from singleout.draft import mashup

    collector = package.collector
    roots: dict[str, etree._Element] = {}
    for name in package.of_kind("customXml"):
        place = Place(part=name)
        with collector.guard(place):
            content = package.read(name)
            # Word reaches ink by the same kind of relationship
            ink = "inkml" in package.content_type(name).lower()
            if ink or mashup.is_mashup(content):
                collector.add("ink" if ink else "custom-xml", place)
            if mashup.is_mashup(content):
                mashup.read(content, place, collector, package.budget, depth)
                continue
            root = parse(content, package.budget)
            if ink:
                collector.unseen_text(place, map(str, root.itertext(tag=etree.Element)), what="ink")
            else:
                roots[name] = root
    library = library_of(roots.values())
    for name, root in roots.items():
        report_custom_xml(root, Place(part=name), collector, library)


def _media(package: Package, depth: int) -> None:
    note_rest(package, MEDIA)
    for name in package.of_kind(*MEDIA):
        place = Place(part=name)
        with package.collector.guard(place):
            content = package.read(name)
            said = "a picture by its relationship"
            open_disguised(name, content, package.collector, depth, said)
            if "thumbnail" in package.source_of[name]:
                report_thumbnail(content, place, package.collector)
            else:
                report_picture(content, place, package.collector, package.shown.get(name, []))


def _embedded(package: Package, depth: int) -> None:
    collector = package.collector
    for name in package.of_kind("oleObject", "package"):
        place = Place(part=name)
        with collector.guard(place):
            content = package.read(name)
            collector.add("embedded-object", place)
            collector.open(name, content, depth)


def _listed(package: Package, depth: int) -> None:
    collector = package.collector
    for kinds, code in _LISTED:
        for name in package.of_kind(*kinds):
            place = Place(part=name)
            with collector.guard(place):
                content = package.read(name)
                via = package.source_of[name]
                if code == "printer-settings":
                    _printer(package, name, content, depth)
                    continue
                if "activeXControlBinary" not in via:
                    # What Google keeps of its settings is in each of its files
                    severity: Severity | None = "note" if "workbookmetadata" in via else None
                    collector.add(code, place, severity=severity)
                if "vbaProject" in via:
                    read_macros(content, place, collector, package.budget)
                elif via & _SEARCHED or name.endswith((".bin", ".xml")):
                    collector.unseen_text(place, _texts_of(package, name, content))
    for name in package.of_kind(*_TEXTS):
        place = Place(part=name)
        with collector.guard(place):
            root = package.tree(name)
            collector.unseen_text(place, markup_texts(root))
    for name in package.of_kind("diagramData"):
        with collector.guard(Place(part=name)):
            tell_diagram(package, name)


def _printer(package: Package, name: str, content: bytes, depth: int) -> None:
    content = in_bytes(content)
    # Office for Mac writes a printer's settings as XML
    if sniff(content) != "xml":
        said = "printer settings by its relationship"
        open_disguised(name, content, package.collector, depth, said, shown=False)
    report_printer(Place(part=name), _texts_of(package, name, content), package.collector)


def _texts_of(package: Package, name: str, content: bytes) -> list[str]:
    """Texts and attributes of markup, the readable runs of anything else."""
    try:
        root = package.tree(name) if content.lstrip()[:1] == b"<" else None
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        return loose_texts([content])
    return markup_texts(root)


def _links(package: Package) -> None:
    """Addresses outside in relationships of any part, those told with the text they lie on left
    out; paths of this or another computer among them."""
    found: dict[str, list[Relationship]] = {}
    for name in ("", *package.source_of):
        rest: list[Link] = []
        for relation in package.relations(name):
            if not relation.external:
                continue
            if (name, relation.id) not in package.linked:
                rest.append(Link(relation.target))
            if is_path(relation.target) and _PATH_KINDS.search(relation.target):
                found.setdefault(name, []).append(relation)
        tell_links(package.collector, Place(part=name), rest)
    for name, paths in found.items():
        linked = {relation.kind for relation in paths} <= LINKED_FILES
        severity = severity_of_linked(path.target for path in paths) if linked else None
        package.collector.add("path", Place(part=name), count=len(paths), severity=severity)


def attributes_of(root: etree._Element, *names: str) -> list[str]:
    """Return the values of these attributes anywhere under an element."""
    return [v for e in root.iter(etree.Element) for n in names if (v := attribute(e, n))]


__all__ = ["attributes_of", "children", "read_common"]
