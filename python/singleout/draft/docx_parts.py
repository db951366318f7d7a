"""Parts beside a document's text: comments, settings, notes, merged documents, charts."""

from __future__ import annotations

import re

from lxml import etree

from singleout.draft.charts import chart_grid, points
from singleout.draft.codes import Severity
from singleout.draft.collector import Collector
from singleout.draft.docx_fast import Cut
from singleout.draft.docx_names import (
    KIND,
    children_of,
    relation_id,
    tags,
    value,
    w_attribute,
)
from singleout.draft.drawn import tell_chart_texts
from singleout.draft.grid import Grid
from singleout.draft.links import Link, tell_links
from singleout.draft.model import Place
from singleout.draft.opc import Package
from singleout.draft.xml import local, text_of
from singleout.inspection.byproducts.choices import names_nobody

_WORD = re.compile(r"[^\W\d_]{2,}")
_PATH = re.compile(r"(?i)([a-z]:\\|\\\\[\w.-]+\\|file:|/(home|users)/)")
# Parts that hold nothing beside what other parts say: parsed for namespaces that are not known
_PLAIN = (
    "commentsExtended",
    "commentsIds",
    "commentsExtensible",
    "numbering",
    "webSettings",
    "fontTable",
)
_EXTERNAL = (
    "oleObject",
    "image",
    "frame",
    "subDocument",
    "attachedTemplate",
    "mailMergeSource",
    "mailMergeHeaderSource",
    "package",
    "transform",
)


def read_parts(package: Package, depth: int) -> None:
    """Report every part of a document that is not text of it.

    Parameters
    ----------
    package : Package
        The file.
    depth : int
        How deep in other files this one is.
    """
    for kinds, reader in (
        (("comments",), _comments),
        (("people",), _people),
        (("settings",), _settings),
        (("recipientData",), _recipients),
        (("documenttask", "documenttasks", "intelligence"), _told),
        (("chart", "chartEx"), _chart),
        (_PLAIN, _plain),
    ):
        for part in package.of_kind(*kinds):
            with package.collector.guard(Place(part=part)):
                reader(package, part)
    for part in package.of_kind("aFChunk"):
        place = Place(part=part)
        with package.collector.guard(place):
            package.collector.add("alternate-chunk", place)
            content = package.read(part)
            package.collector.open(part, content, depth, why_unseen="document merged in at opening")
    _external(package)


def _plain(package: Package, part: str) -> None:
    """What of these parts is text: words in front of the numbers of a list (17.9.11)."""
    levels = package.tree(part).iter(*tags("lvlText"))
    words = [text for e in levels if (text := value(e)) and _WORD.search(text)]
    package.collector.text(Place(part=part), words, sort="paragraph", what="label of a list")


def _told(package: Package, part: str) -> None:
    """Tasks given to people, and what an editor service noted: texts and names in attributes."""
    root = package.tree(part)
    users = {e.get("userId") or e.get("userName") for e in root.iter("{*}Assign", "{*}Attribution")}
    users.discard(None)
    if users:
        package.collector.add("person", Place(part=part), count=len(users))
    texts = [str(v) for e in root.iter(etree.Element) for v in e.attrib.values()]
    package.collector.unseen_text(Place(part=part), [*texts, text_of(root)], what="tasks")


def _comments(package: Package, part: str) -> None:
    root, place = package.tree(part), Place(part=part)
    found = list(root.iter(*tags("comment")))
    if found:
        package.collector.add("comment", place, count=len(found))
    texts = ["\n".join(_line(p) for p in e.iter(*tags("p"))) for e in found]
    people = [w_attribute(e, name) for e in found for name in ("author", "initials")]
    package.collector.unseen_text(place, [*texts, *people], what="comment")


def _line(paragraph: etree._Element) -> str:
    signs = {"tab": "\t", "br": "\n", "cr": "\n"}
    pieces = (
        e.text or "" if KIND.get(e.tag) in ("t", "delText") else signs.get(KIND.get(e.tag, ""), "")
        for e in paragraph.iter(etree.Element)
    )
    return "".join(pieces)


def _people(package: Package, part: str) -> None:
    root, place = package.tree(part), Place(part=part)
    people = [e for e in root.iter(etree.Element) if local(e) == "person"]
    if people:
        package.collector.add("person", place, count=len(people))
        texts = [str(v) for e in root.iter(etree.Element) for v in e.attrib.values()]
        package.collector.unseen_text(place, texts, what="people who commented")


def _settings(package: Package, part: str) -> None:
    """Document variables (17.15.1.32), mail merge (17.14.20), revision ids (17.15.1.72)."""
    root, place, collector = package.tree(part), Place(part=part), package.collector
    variables = [(w_attribute(e, "name"), value(e)) for e in root.iter(*tags("docVar"))]
    if variables:
        collector.add("document-variable", place, count=len(variables))
        collector.identifiers(place, (v for pair in variables for v in pair), what="variable")
        collector.grid(
            Grid.from_rows([list(pair) for pair in variables]),
            place,
            visible=False,
            why_unseen="document variables",
            unseen_finding=False,
        )
    for merge in children_of(root, "mailMerge"):
        texts = [str(v) for e in merge.iter(etree.Element) for v in e.attrib.values()]
        collector.add("mail-merge", place)
        collector.unseen_text(place, texts, what="mail merge")
        paths = sum(1 for text in texts if _PATH.search(text))
        if paths:
            collector.add("path", place, count=paths, detail="in mail merge settings")
    if any(KIND.get(e.tag) == "rsids" for e in root):
        collector.add("revision-id", place)


def _recipients(package: Package, part: str) -> None:
    """17.14.25: which rows of the mail-merge source were used; each by a key or a hash."""
    root = package.tree(part)
    rows = sum(1 for e in root.iter(etree.Element) if local(e) == "recipientData")
    package.collector.add(
        "mail-merge", Place(part=part), count=max(1, rows), detail="rows of the source by key"
    )
    texts = [str(v) for e in root.iter(etree.Element) for v in e.attrib.values()]
    package.collector.unseen_text(Place(part=part), texts, what="mail merge")


def _chart(package: Package, part: str) -> None:
    """A chart shows its values as shapes; the numbers themselves are kept behind it."""
    root, place, collector = package.tree(part), Place(part=part), package.collector
    found = points(root)
    tell_chart_texts(package, part, root, seen=True)
    if not found:
        return
    collector.add("chart-cache", place, count=found)
    grid, texts = chart_grid(root)
    collector.identifiers(place, texts, what="chart")
    collector.grid(
        grid,
        place,
        visible=False,
        why_unseen="values kept behind a chart",
        unseen_finding=False,
    )


def _external(package: Package) -> None:
    """Links of any part to files outside; paths among them are told by `read_common`."""
    found: dict[str, int] = {}
    for name in ("", *package.source_of):
        for relation in package.relations(name):
            if relation.external and relation.kind in _EXTERNAL:
                found[name] = found.get(name, 0) + 1
    for name, count in found.items():
        package.collector.add("external-link", Place(part=name), count=count)


def report_links(
    package: Package, part: str, root: etree._Element, cut: Cut, collector: Collector
) -> None:
    """Report a part's links with the text that they lie on.

    Parameters
    ----------
    package : Package
        The file.
    part : str
        The part.
    root : lxml.etree._Element
        Its content.
    cut : Cut
        Plain rows that were taken out of the part.
    collector : Collector
        Where to report.
    """
    targets = [r.target for r in package.relations(part) if r.kind == "hyperlink" and r.external]
    if targets:
        collector.add("cell-link", Place(part=part), count=len(targets), severity="note")
    found: list[Link] = []
    for link in root.iter(*tags("hyperlink")):
        shown = "".join(text.text or "" for text in link.iter(*tags("t")))
        told = [w_attribute(link, name) or "" for name in ("anchor", "docLocation", "tooltip")]
        found.append(_link(package, part, relation_id(link), shown, *told))
    for run in cut.runs:
        found += [_link(package, part, identifier, shown) for identifier, shown in run.links]
    tell_links(collector, Place(part=part), found)


def _link(package: Package, part: str, identifier: str, shown: str, *told: str) -> Link:
    relation = package.link(part, identifier) if identifier else None
    anchor, place, tip = told or ("", "", "")
    address = "" if relation is None else relation.target
    return Link("#".join(filter(None, (address, anchor, place))), tip, shown.strip())


def report_controls(part: str, root: etree._Element, collector: Collector) -> None:
    """Report what content controls and markup around text hold beside the text (17.5).

    Parameters
    ----------
    part : str
        The part.
    root : lxml.etree._Element
        Its content.
    collector : Collector
        Where to report.
    """
    place = Place(part=part)
    items = [
        w_attribute(e, name)
        for e in root.iter(*tags("listItem"))
        for name in ("displayText", "value")
        if w_attribute(e, name)
    ]
    count = sum(1 for _ in root.iter(*tags("listItem")))
    if count:
        detail = "lists of content controls"
        severity: Severity | None = (
            "note" if names_nobody([text for text in items if text]) else None
        )
        collector.add("validation-list", place, count=count, detail=detail, severity=severity)
    names = [value(e) for e in root.iter(*tags("alias", "tag")) if value(e)]
    names += [value(e) for e in root.iter(*tags("docPart", "tblCaption", "tblDescription"))]
    names += [w_attribute(e, "fullDate") for e in root.iter(*tags("date"))]
    attributes = [value(e) for e in root.iter(*tags("attr")) if value(e)]
    collector.unseen_text(place, [*items, *names, *attributes], what="content control")
    if attributes:
        collector.add(
            "hidden-text",
            place,
            count=len(attributes),
            severity="note",
            detail="attributes of smart tags or custom XML around text",
        )
    editors = [w_attribute(e, "ed") for e in root.iter(*tags("permStart")) if w_attribute(e, "ed")]
    if editors:
        collector.add("person", place, count=len(editors), detail="who may edit")
        collector.unseen_text(place, editors, what="who may edit")
