"""Read DOCX and DOCM (ECMA-376 part 1, WordprocessingML): what is seen, and what is kept behind."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from itertools import accumulate

from lxml import etree

from singleout.draft.codes import Severity
from singleout.draft.collector import Collector
from singleout.draft.docx_fast import WHOLE, Cut, cut_rows
from singleout.draft.docx_fields import judge
from singleout.draft.docx_names import (
    STRICT,
    TRANSITIONAL,
    children_of,
    first,
    flag,
    is_on,
    relation_id,
    tags,
    value,
    w_attribute,
)
from singleout.draft.docx_page import page_of
from singleout.draft.docx_parts import read_parts, report_controls, report_links
from singleout.draft.docx_shapes import look_at_drawn
from singleout.draft.docx_story import Story, whole
from singleout.draft.docx_styles import Styles, read_styles, theme_colour
from singleout.draft.docx_tables import report_tables
from singleout.draft.docx_text import read_story
from singleout.draft.drawn import tell_drawn_texts
from singleout.draft.limits import Budget
from singleout.draft.links import Link, tell_links
from singleout.draft.lists import tell_lists
from singleout.draft.model import Place
from singleout.draft.opc import Package, open_package
from singleout.draft.opcparts import read_common
from singleout.draft.unseen import report_oversize
from singleout.draft.words import counted
from singleout.draft.xml import local, parse
from singleout.inspection.byproducts.leftovers import are_words_of_rows
from singleout.inspection.passages import Sort

# Parts of which a page shows something, or shows it by them
_SHOWN = ("header", "footer", "footnotes", "endnotes", "styles", "theme", "numbering", "fontTable")
_HOLDERS = ("t", "delText", "instrText", "delInstrText", "fldData", "binData")
_STRAY = etree.XPath(
    "descendant-or-self::*[namespace-uri() = $w]"
    f"[not({' or '.join(f'local-name() = {name!r}' for name in _HOLDERS)})]"
    "/text()[normalize-space()]"
)
# Bookmarks that Word sets by itself
_AUTOMATIC = re.compile(r"_(?:Toc|Ref|Hlk|Hlt|GoBack|MON_|DV_M)?[0-9]*")
MARGIN = "header or footer"
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_BETWEEN_WORDS = re.compile(r"[\s\d|/.-]+")


def _is_page_number(text: str) -> bool:
    """Whether a text is nothing but "Page 3 of 12"."""
    words = _BETWEEN_WORDS.sub(" ", text).casefold().split()
    return words in ([], ["page"], ["of"], ["page", "of"])


@dataclass(slots=True)
class _Document:
    """A main part (the document's or its glossary's) with its styles and what it refers to."""

    package: Package
    part: str
    root: etree._Element
    styles: Styles
    even: bool
    cut: Cut


def read(data: bytes, collector: Collector, budget: Budget, depth: int) -> None:
    """Read a document.

    Parameters
    ----------
    data : bytes
        The file.
    collector : Collector
        Where to report.
    budget : Budget
        Charged for what is read.
    depth : int
        How deep in other files this one is.
    """
    package = open_package(data, collector, budget)
    if package is None:
        return
    main = package.main() or ""
    with collector.guard(Place(part=main)):
        _read_document(package, main, why_unseen="")
    for part in package.of_kind("glossaryDocument"):
        with collector.guard(Place(part=part)):
            _glossary(package, part)
    for part in package.of_kind("chartUserShapes", "diagramDrawing", "vmlDrawing"):
        with collector.guard(Place(part=part)):
            root = package.tree(part)
            _drawn(root, Place(part=part), collector)
            if "diagramDrawing" not in package.source_of[part]:  # which shows the diagram's texts
                tell_drawn_texts(package, part, root, (), seen=True)
    shown = {main, *package.related(main, *_SHOWN), *package.of_kind("image", "font")}
    report_oversize(package.archive, shown.__contains__, collector)
    read_parts(package, depth)
    read_common(package, depth)
    package.orphans(depth)


def _read_document(package: Package, part: str, *, why_unseen: str) -> None:
    """Read a main part and its headers, footers and notes."""
    root, cut = _tree(package, part)
    blocks = local(root) == "glossaryDocument"  # 17.12.10: it may hold none
    if first(root, "body") is None and not blocks:
        package.collector.unread(Place(part=part), "it has no body")
    document = _Document(package, part, root, _styles(package, part, root), False, cut)
    for name in package.related(part, "settings"):
        with package.collector.guard(Place(part=name)):
            document.even = is_on(parse(package.read(name), package.budget), "evenAndOddHeaders")
    with package.collector.guard(Place(part=part)):
        _report(document, part, root, why_unseen, cut)
        names = [w_attribute(e, "name") or "" for e in root.iter(*tags("bookmarkStart"))]
        told = [name for name in names if not _AUTOMATIC.fullmatch(name)]
        package.collector.unseen_text(Place(part=part), told, what="bookmark", sort="name")
    shown = _shown_headers(document)
    for name in sorted({*package.related(part, "header", "footer")}):
        with package.collector.guard(Place(part=name)):
            out = why_unseen or ("" if name in shown else "a header or footer of no page")
            _header(document, name, out)
    for kind in ("footnotes", "endnotes"):
        for name in package.related(part, kind):
            with package.collector.guard(Place(part=name)):
                _notes(document, name, kind, why_unseen)
    for name in package.related(part, "comments"):
        with package.collector.guard(Place(part=name)):
            _report(document, name, package.tree(name), why_unseen or "comment")


def _tree(package: Package, part: str) -> tuple[etree._Element, Cut]:
    """Parse a main part without its plain rows, which are read by their bytes."""
    content = package.read(part)
    cut = cut_rows(content, package.budget)
    root = parse(rest := cut.rest(content), package.budget)
    placed = cut.placed(root)
    if len(placed.runs) < len(cut.runs):
        cut = placed
        root = parse(rest := cut.rest(content), package.budget)
    package.look_through(part, rest, root)
    return root, cut


def _styles(package: Package, part: str, root: etree._Element) -> Styles:
    trees: dict[str, etree._Element | None] = {"styles": None, "theme": None}
    for kind in trees:
        for name in package.related(part, kind):
            with package.collector.guard(Place(part=name)):
                trees[kind] = package.tree(name)
    if trees["styles"] is not None:
        named = trees["styles"].iter(*tags("style"))
        # A style of runs that Word makes beside a style of paragraphs has its name
        own = [
            e for e in named if flag(w_attribute(e, "customStyle")) and e.find("{*}link") is None
        ]
        names = [value(name) for e in own for name in children_of(e, "name")]
        place = Place(part=next(iter(package.related(part, "styles")), part))
        package.collector.unseen_text(place, names, what="name of a style", sort="name")
    styles = read_styles(trees["styles"], trees["theme"])
    styles.paper = page_of(root)
    page = first(root, "background")
    if page is not None:
        colour = theme_colour(page, "color", "themeColor", styles.theme)
        styles.page = colour if colour and colour != "auto" else styles.page
    return styles


def _report(
    document: _Document,
    part: str,
    root: etree._Element,
    why_unseen: str,
    cut: Cut = WHOLE,
    *,
    what: str = "",
) -> Story:
    """Report what one part's text, tables, fields and drawings hold; `what` says of what kind its
    paragraphs are, if they are not the document's own."""
    package, place = document.package, Place(part=part)
    collector = package.collector
    story = read_story(root, document.styles, package.budget, cut)
    lines = list(story.free())
    sort: Sort = "margin" if what == MARGIN else "paragraph"
    if why_unseen != "comment":
        seen = [None if line is None else line.seen for line in lines]
        collector.text(place, seen, sort=sort, what=what or why_unseen, seen=not why_unseen)
        if why_unseen:
            collector.identifiers(place, story.seen, what=why_unseen)
        number = list(accumulate(line is not None for line in seen))
        tell_lists(
            collector,
            seen,
            lambda first, _: Place(part=part, item=f"list from paragraph {number[first]}"),
            why_unseen=why_unseen,
        )
    for code, texts in story.unseen.items():
        if not why_unseen:
            collector.add(code, place, count=len(texts))
        said = code.replace("-", " ")
        collector.text(place, whole(lines, code), sort=sort, what=said, seen=False)
        collector.identifiers(place, texts, what=said)
    for how, texts in (("deleted", story.deleted), ("moved", story.moved)):
        collector.text(place, whole(lines, how), sort=sort, what=f"{how} text", seen=False)
        collector.identifiers(place, texts, what=f"{how} text")
    _stray(root, place, collector)
    _changes(story, place, collector)
    _fields(story, place, collector)
    _drawn(root, place, collector)
    tell_drawn_texts(package, part, root, (), seen=not why_unseen)
    with collector.guard(place):
        report_tables(story.tables, part, collector, why_unseen=why_unseen)
    report_controls(part, root, collector)
    report_links(package, part, root, cut, collector)
    return story


def _stray(root: etree._Element, place: Place, collector: Collector) -> None:
    """Text that is in no element for text: programs pass over it."""
    for space in (TRANSITIONAL, STRICT):
        texts = [str(text) for text in _STRAY(root, w=space)]
        if texts:
            detail = "text outside of runs, which no program shows"
            severity: Severity | None = "note" if are_words_of_rows(texts) else None
            collector.add("unknown-part", place, count=len(texts), detail=detail, severity=severity)
            collector.unseen_text(place, texts, what="text outside of runs")


def _changes(story: Story, place: Place, collector: Collector) -> None:
    if story.deletions:
        collector.add("tracked-deletion", place, count=story.deletions)
    if story.changes:
        authors = len(story.authors - {""})
        words = ", ".join(counted(n, f"{kind}s") for kind, n in sorted(story.changes.items()))
        collector.add(
            "tracked-change",
            place,
            count=sum(story.changes.values()),
            detail=f"{words}; {counted(authors, 'authors')}",
        )
        collector.unseen_text(place, story.authors, what="authors of changes")


def _fields(story: Story, place: Place, collector: Collector) -> None:
    report = judge(story.fields.codes, story.fields.results)
    tell_links(collector, place, report.targets)
    kinds = ", ".join(f"{n} {kind}" for kind, n in sorted(report.links.items()))
    if report.links:
        collector.add("external-link", place, count=sum(report.links.values()), detail=kinds)
    if report.paths:
        collector.add("path", place, count=report.paths, detail="in field codes")
    if report.queries:
        collector.add("data-connection", place, detail=counted(report.queries, "DATABASE fields"))
    if report.macros:
        collector.add("macro", place, count=report.macros, detail="buttons that run macros")
    if report.merges:
        collector.add("mail-merge", place, detail=counted(report.merges, "fields"), severity="note")
    if report.held:
        words = ", ".join(f"{n} {kind}" for kind, n in sorted(report.held.items()))
        collector.add(
            "hidden-text", place, count=sum(report.held.values()), detail=f"field codes: {words}"
        )
    if report.entries:
        collector.add(
            "hidden-text",
            place,
            count=report.entries,
            severity="note",
            detail="entries of an index or of contents",
        )
    if story.fields.forms:
        collector.add("control", place, count=story.fields.forms, severity="note")
    blobs = [_decoded(text) for text in story.fields.data]
    collector.unseen_text(place, [*report.texts, *blobs], what="field code")


def _decoded(text: str) -> str:
    """Field data (17.16.17) is base64; its readable runs, in either encoding."""
    try:
        content = base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return text
    wide = content.decode("utf-16-le", "ignore")
    narrow = content.decode("latin-1")
    return "\n".join(re.findall(r"[\x20-\x7e]{5,}", narrow) + re.findall(r"[\x20-\x7e]{5,}", wide))


def _drawn(root: etree._Element, place: Place, collector: Collector) -> None:
    drawn = look_at_drawn(root)
    for code, count in (
        ("hidden-object", drawn.hidden),
        ("cropped-picture", drawn.cropped),
        ("ink", drawn.ink),
        ("path", drawn.paths),
    ):
        if count:
            collector.add(code, place, count=count)
    collector.text(place, drawn.art, sort="object", what="WordArt")
    tell_links(collector, place, [Link(address) for address in drawn.links])
    if drawn.described:
        collector.add("alt-text", place, count=len(drawn.described), severity="note")
        collector.unseen_text(place, drawn.described, what="alt text")
    if drawn.fallback:
        collector.add(
            "hidden-text",
            place,
            count=len(drawn.fallback),
            detail="text that only older programs show",
        )
        collector.unseen_text(place, drawn.fallback, what="text that only older programs show")


def _shown_headers(document: _Document) -> set[str]:
    """Header and footer parts that some page shows (17.10.1): by section, first and even pages."""
    shown: set[str] = set()
    titled = False
    waiting: list[str] = []
    for section in document.root.iter(*tags("sectPr")):
        titled = titled or is_on(section, "titlePg")
        for reference in children_of(section, "headerReference", "footerReference"):
            relation = document.package.target(document.part, relation_id(reference))
            kind = w_attribute(reference, "type") or "default"
            if relation is None or (kind == "even" and not document.even):
                continue
            (waiting.append if kind == "first" else shown.add)(relation.target)
    return shown | set(waiting if titled else [])


def _header(document: _Document, part: str, out: str) -> None:
    """Headers and footers are in sight on the page, those of no page are not."""
    root = document.package.tree(part)
    story = _report(document, part, root, out, what=MARGIN)
    texts = [t for t in story.seen if _LETTERS.search(t) and not _is_page_number(t)]
    if texts:
        document.package.collector.add(
            "header-footer",
            Place(part=part),
            count=len(texts),
            severity="review" if out else "note",
            detail=out or "in sight on the page",
        )


def _notes(document: _Document, part: str, kind: str, why_unseen: str) -> None:
    """Notes are in sight at a page's or the document's end, if the text refers to them."""
    package, place = document.package, Place(part=part)
    root = package.tree(part)
    name = kind.removesuffix("s")
    _report(document, part, root, why_unseen, what=name)
    used = {w_attribute(e, "id") for e in document.root.iter(*tags(f"{name}Reference"))}
    lost = [
        "".join(t.text or "" for t in note.iter(*tags("t")))
        for note in root.iter(*tags(name))
        if w_attribute(note, "type") in (None, "normal") and w_attribute(note, "id") not in used
    ]
    lost = [text for text in lost if text.strip()]
    if lost and not why_unseen:
        package.collector.add(
            "hidden-text", place, count=len(lost), detail="notes that the text does not refer to"
        )
        package.collector.unseen_text(place, lost, what="note without a reference")


def _glossary(package: Package, part: str) -> None:
    """17.12: building blocks; those that only hold a control's prompt come with the program."""
    root = parse(package.read(part), package.budget)
    blocks = list(root.iter(*tags("docPart")))
    prompts = [e for e in blocks if _is_prompt(e)]
    package.collector.add(
        "glossary",
        Place(part=part),
        count=len(blocks),
        severity="note" if len(prompts) == len(blocks) else None,
        detail=f"{len(prompts)} of them prompts of content controls",
    )
    _read_document(package, part, why_unseen="building block")


def _is_prompt(block: etree._Element) -> bool:
    return any(
        w_attribute(e, "val") == "placeholder" for e in block.iter("{*}gallery", "{*}category")
    )
