"""Members of an OpenDocument package beside its content: properties, settings, macros, pictures."""

from __future__ import annotations

import base64
import binascii
import re

from lxml import etree

from singleout.draft.disguise import open_disguised
from singleout.draft.media import look_at_picture, report_picture, report_thumbnail
from singleout.draft.model import Place, is_path
from singleout.draft.odf_names import get, q
from singleout.draft.odf_package import OdfPackage
from singleout.draft.words import counted
from singleout.draft.xml import local, parse, text_of
from singleout.inspection.byproducts.properties import judge_property

_AUTHORS = ("creator", "initial-creator", "printed-by")
_TOLD = ("title", "subject", "description", "keyword", "publisher", "contributor", "coverage")
# Members of which nothing is shown but by other programs, or in the place of an object
_QUIET = re.compile(r"(.*/)?(Fonts|ObjectReplacements|Configurations2/.*[Bb]itmaps)/")
_LIBRARY = re.compile(r"script-l[bc]\.xml$|dialog-l[bc]\.xml$|\.rdb$")


def read_parts(package: OdfPackage, depth: int) -> None:
    """Report the members that belong to the package as a whole.

    Parameters
    ----------
    package : OdfPackage
        The file.
    depth : int
        How deep in other files this one is.
    """
    names = [n for n in package.archive.names if n not in package.encrypted]
    for name in names:
        place = Place(part=name)
        with package.collector.guard(place):
            if name == "manifest.rdf" or name.endswith("/manifest.rdf"):
                _statements(package, name)
            elif re.fullmatch(r"META-INF/[^/]*signatures[^/]*\.xml", name):
                _signature(package, name)
            elif _QUIET.match(name):
                said, content = "a font or a picture by its folder", package.read(name)
                open_disguised(name, content, package.collector, depth, said, shown=False)
            elif re.match(r"(.*/)?Configurations2/", name):
                _configuration(package, name)
            elif name.startswith("Versions/"):
                package.collector.open(name, package.read(name), depth, why_unseen="saved version")
            elif re.match(r"(.*/)?Thumbnails/", name):
                content = package.read(name)
                said = "a picture of the first page by its folder"
                open_disguised(name, content, package.collector, depth, said)
                report_thumbnail(content, place, package.collector)
            elif re.match(r"(.*/)?(Pictures|[Mm]edia)/", name):
                _picture(package, name, depth)
    _versions(package)
    _macros(package, names)


def _picture(package: OdfPackage, name: str, depth: int) -> None:
    place, content = Place(part=name), package.read(name)
    open_disguised(name, content, package.collector, depth, "a picture by its folder")
    if name in package.replacing:
        # Its object is told, with what it holds
        package.collector.add("picture", place, severity="note", detail="of an object")
        look_at_picture(content, place, package.collector)
    else:
        report_picture(content, place, package.collector, package.shown.get(name, []))


def _statements(package: OdfPackage, name: str) -> None:
    """RDF about the file's parts (part 2, 6): the classes that every file names are no finding."""
    tree = parse(package.read(name), package.budget)
    texts = [str(t) for t in tree.itertext(tag=etree.Element) if t.strip()]
    if texts:
        package.collector.add("custom-xml", Place(part=name), detail="statements with text")
        package.collector.unseen_text(Place(part=name), texts, what="statement")


def _signature(package: OdfPackage, name: str) -> None:
    root = package.tree(name)
    if len(root):
        package.collector.add("signature", Place(part=name))
        texts = [str(t) for t in root.itertext(tag=etree.Element) if 3 < len(t) < 200]
        package.collector.unseen_text(Place(part=name), texts, what="signature")


def _configuration(package: OdfPackage, name: str) -> None:
    content = package.read(name)
    if content.strip():
        package.collector.add("custom-ui", Place(part=name))
        runs = re.findall(r"[^<>\x00-\x1f]{4,}", content[:200_000].decode("utf-8", "replace"))
        package.collector.unseen_text(Place(part=name), runs, what="toolbar")


def _versions(package: OdfPackage) -> None:
    kept = [n for n in package.archive.names if n.startswith("Versions/")]
    if package.readable("VersionList.xml"):
        place = Place(part="VersionList.xml")
        with package.collector.guard(place):
            root = package.tree("VersionList.xml")
            entries = [e for e in root.iter(etree.Element) if local(e) == "version-entry"]
            texts = [str(v) for e in entries for v in e.attrib.values()]
            package.collector.unseen_text(place, texts, what="earlier version")
            kept = kept or [""] * len(entries)
    if kept:
        package.collector.add("saved-version", Place(part="Versions"), count=len(kept))


def _macros(package: OdfPackage, names: list[str]) -> None:
    for folder in ("Basic", "Scripts"):
        modules = [n for n in names if n.startswith(f"{folder}/") and not _LIBRARY.search(n)]
        if not modules:
            continue
        package.collector.add("macro", Place(part=folder), detail=counted(len(modules), "modules"))
        for name in modules:
            with package.collector.guard(Place(part=name)):
                text = package.read(name)[:400_000].decode("utf-8", "replace")
                strings = re.findall(r"(?:\"|&quot;|')([^\"'&\n]{3,200})(?:\"|&quot;|')", text)
                package.collector.unseen_text(Place(part=name), strings, what="macro")
    dialogs = [n for n in names if n.startswith("Dialogs/") and not _LIBRARY.search(n)]
    if dialogs:
        package.collector.add("control", Place(part="Dialogs"), count=len(dialogs))


def read_meta(package: OdfPackage, name: str) -> None:
    """Report the properties (part 3, 4) of the file or of an object in it."""
    collector = package.collector
    root = package.tree(name)
    for entry in root.iter(etree.Element):
        text = "".join(entry.itertext()).strip() if len(entry) == 0 else ""
        kind = local(entry)
        place = Place(part=name, item=kind)
        if kind == "user-defined":
            label = get(entry, "meta:name") or ""
            if text or label.startswith("MSIP_Label_"):
                place = Place(part=name, item=label)
                code, severity = judge_property(label, text)
                collector.add(code, place, severity=severity)
                collector.unseen_text(place, [text], what="custom property", sort="property")
                collector.text(place, [label], sort="name", what="custom property", seen=False)
        elif kind in ("template", "auto-reload"):
            target = get(entry, "xlink:href") or ""
            if is_path(target):
                collector.add("path", place)
            elif target:
                collector.add("external-link", place)
            collector.unseen_text(place, [get(entry, "xlink:title"), target], what="template")
        elif text and kind in _AUTHORS:
            collector.add("author-property", place)
            collector.text(place, [text], sort="property", what="author", seen=False)
        elif text and kind in _TOLD:
            collector.add("document-property", place)
            collector.unseen_text(place, [text], what="document property", sort="property")


def read_settings(package: OdfPackage, name: str) -> None:
    """Report the printer, paths and hidden tabs among the settings (part 3, 3.10)."""
    collector, place = package.collector, Place(part=name)
    root = package.tree(name)
    texts: list[str] = []
    paths = 0
    printer = False
    for entry in root.iter(q("config:config-item")):
        label, text = get(entry, "config:name") or "", text_of(entry).strip()
        if not text:
            continue
        if label in ("PrinterSetup", "PrinterName"):
            printer = True
        if get(entry, "config:type") == "base64Binary":
            texts += _strings(text)
        elif get(entry, "config:type") == "string":
            texts.append(text)
            paths += is_path(text)
        if label == "HasSheetTabs" and text == "false":
            collector.add("hidden-window", place, detail="sheet tabs are hidden")
    if printer:
        collector.add("printer-settings", place)
    if paths:
        collector.add("path", place, count=paths, detail="in settings")
    collector.unseen_text(place, texts, what="settings")


def _strings(text: str) -> list[str]:
    try:
        content = base64.b64decode("".join(text.split()))
    except (binascii.Error, ValueError):
        return [text]
    runs = re.findall(rb"[\x20-\x7e]{6,}", content[:400_000])
    wide = re.findall(rb"(?:[\x20-\x7e]\x00){6,}", content[:400_000])
    return [r.decode("ascii") for r in runs] + [w.decode("utf-16-le") for w in wide]
