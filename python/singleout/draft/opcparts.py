"""Parts that every OOXML file may have: properties, custom XML, media, embedded files, macros."""

from __future__ import annotations

import re

from lxml import etree

from singleout.draft.codes import Severity
from singleout.draft.disguise import open_disguised
from singleout.draft.media import look_at_picture
from singleout.draft.model import Place, is_path
from singleout.draft.opc import Package
from singleout.draft.sniff import sniff
from singleout.draft.vba import read_macros
from singleout.draft.xml import attribute, children, local, text_of

# docProps/core.xml and app.xml: names of people and organisations; other fields that may tell.
_AUTHORS = ("creator", "lastModifiedBy", "Company", "Manager")
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
    "diagramData",
    "ink",
    "inkXml",
    "PythonScripts",
)
# Kinds of binary parts whose readable runs are searched, whatever they are called
_SEARCHED = {*_TEXTS, "jsaProject", "workbookComments", "commentsDocument", "workbookmetadata"}
_MEDIA = ("image", "hdphoto", "media", "audio", "video", "svg", "model3d", "thumbnail", "cellImage")
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
    for name in [*package.of_kind(*kinds), *package.unreached(*kinds)]:
        with collector.guard(Place(part=name)):
            for entry in package.tree(name).iter(etree.Element):
                text = "".join(entry.itertext()).strip() if len(entry) == 0 else ""
                if not text:
                    continue
                place = Place(part=name, item=local(entry))
                if local(entry) in _AUTHORS:
                    collector.add("author-property", place)
                elif local(entry) in _TOLD:
                    collector.add("document-property", place)
                    collector.unseen_text(place, [text], what="document property")
                elif local(entry) in ("lpstr", "lpwstr"):
                    collector.unseen_text(place, [text], what="titles of parts")
    custom = "custom-properties"
    for name in [*package.of_kind(custom), *package.unreached(custom)]:
        with collector.guard(Place(part=name)):
            for entry in package.tree(name).iter("{*}property"):
                label = entry.get("name", "")
                code = "sensitivity-label" if label.startswith("MSIP_Label_") else "custom-property"
                place = Place(part=name, item=label)
                collector.add(code, place)
                collector.unseen_text(place, [text_of(entry)], what="custom property")


def _custom_xml(package: Package, depth: int) -> None:
    collector = package.collector
    for name in package.of_kind("customXml"):
        place = Place(part=name)
        with collector.guard(place):
            content = package.read(name)
            # Word reaches ink by the same kind of relationship
            ink = "inkml" in package.content_type(name).lower()
            collector.add("ink" if ink else "custom-xml", place)
            from singleout.draft import mashup

            if mashup.is_mashup(content):
                mashup.read(content, place, collector, package.budget, depth)
                continue
            from singleout.draft.xml import parse

            root = parse(content, package.budget)
            texts = [piece for piece in root.itertext(tag=etree.Element) if piece.strip()]
            texts += [str(v) for e in root.iter(etree.Element) for v in e.attrib.values()]
            collector.unseen_text(place, map(str, texts), what="custom XML")


def _media(package: Package, depth: int) -> None:
    for name in package.of_kind(*_MEDIA):
        place = Place(part=name)
        with package.collector.guard(place):
            content = package.read(name)
            said = "a picture by its relationship"
            open_disguised(name, content, package.collector, depth, said)
            if "thumbnail" in package.source_of[name]:
                package.collector.add("thumbnail", place)
            else:
                package.collector.add("picture", place)
            look_at_picture(content, place, package.collector)


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
                if "activeXControlBinary" not in via:
                    # What Google keeps of its settings is in each of its files
                    severity: Severity | None = "note" if "workbookmetadata" in via else None
                    collector.add(code, place, severity=severity)
                # Excel for Mac writes a printer's settings as XML
                if "printerSettings" in via and sniff(content) != "xml":
                    said = "printer settings by its relationship"
                    open_disguised(name, content, collector, depth, said, shown=False)
                if "vbaProject" in via:
                    read_macros(content, place, collector, package.budget)
                elif via & _SEARCHED or name.endswith((".bin", ".xml")):
                    _strings(content, place, collector.unseen_text)
    for name in package.of_kind(*_TEXTS):
        place = Place(part=name)
        with collector.guard(place):
            root = package.tree(name)
            collector.unseen_text(place, map(str, root.itertext(tag=etree.Element)))


def _strings(content: bytes, place: Place, scan: object) -> None:
    """Scan the readable runs of a binary part (ASCII and UTF-16)."""
    if not callable(scan):
        return
    runs = re.findall(rb"[\x20-\x7e]{6,}", content[:400_000])
    wide = re.findall(rb"(?:[\x20-\x7e]\x00){6,}", content[:400_000])
    scan(place, [r.decode("ascii") for r in runs] + [w.decode("utf-16-le") for w in wide])


def _links(package: Package) -> None:
    """Paths of this or another computer in relationships of any part."""
    found: dict[str, int] = {}
    for name in ("", *package.source_of):
        for relation in package.relations(name):
            if relation.external and (
                is_path(relation.target) and _PATH_KINDS.search(relation.target)
            ):
                found[name] = found.get(name, 0) + 1
    for name, count in found.items():
        package.collector.add("path", Place(part=name), count=count)


def attributes_of(root: etree._Element, *names: str) -> list[str]:
    """Return the values of these attributes anywhere under an element."""
    return [v for e in root.iter(etree.Element) for n in names if (v := attribute(e, n))]


__all__ = ["attributes_of", "children", "read_common"]
