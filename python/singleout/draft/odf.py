"""Read OpenDocument spreadsheets (ODF 1.3): what is seen, and what is kept behind."""

from __future__ import annotations

import base64
import binascii
import re

import numpy as np
from lxml import etree

from singleout.draft.codes import Severity
from singleout.draft.collector import Collector
from singleout.draft.disguise import open_disguised
from singleout.draft.formula_texts import literals
from singleout.draft.limits import Budget
from singleout.draft.links import tell_links
from singleout.draft.media import report_picture
from singleout.draft.model import Place, is_path
from singleout.draft.odf_book import all_seen, report_book
from singleout.draft.odf_cells import Content, plain_text, read_content
from singleout.draft.odf_names import get, q, unknown_elements
from singleout.draft.odf_package import PREFIX, OdfPackage, frame_size
from singleout.draft.odf_parts import read_meta, read_parts, read_settings
from singleout.draft.odf_raw import RawTable
from singleout.draft.odf_shapes import own_text
from singleout.draft.odf_sheet import Sheet, link_of, report_sheet
from singleout.draft.odf_styles import Styles
from singleout.draft.odf_views import read_zooms
from singleout.draft.unseen import report_oversize
from singleout.draft.xml import local, text_of
from singleout.draft.zipread import open_archive
from singleout.inspection.byproducts.bare_sheets import table_is_bare
from singleout.inspection.byproducts.paths import severity_of_linked

# Members of which a sheet shows something, or shows it by them
_SHOWN = re.compile(r"(content|styles)\.xml$|(Pictures|[Mm]edia|Fonts|ObjectReplacements)/")
# How LibreOffice calls a series without a name, by its row or column, in the languages of its menus
_SERIES = re.compile(
    r"(?:Row|Column|Zeile|Spalte|Ligne|Colonne|Fila|Columna|Riga|Colonna|Rij|Kolom|Wiersz|Kolumna"
    r"|Linha|Coluna|Rhes|Colofn|Ró|Colún|Rad|Kolumn|Række|Kolonne|行|列|صف|عمود)"
    r" ?(?:\d+|[A-Z]{1,3})"
)
_FIELDS = ("page-number", "page-count", "sheet-name", "title", "date", "time", "file-name")


def read(data: bytes, collector: Collector, budget: Budget, depth: int) -> None:
    """Read a spreadsheet.

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
    archive = open_archive(data, collector, budget)
    if archive is None:
        return
    package = OdfPackage(archive, collector, budget)
    if "content.xml" not in archive:
        collector.unread(None, "it has no content", code="unreadable")
    read_document(package, "", collector, depth)
    if not package.encrypted:
        report_oversize(archive, lambda name: bool(_SHOWN.match(name)), collector)
    read_parts(package, depth)
    package.leftovers(depth)


def read_document(
    package: OdfPackage, folder: str, collector: Collector, depth: int
) -> list[Sheet]:
    """Read the document in a folder of the package, the outermost or an object in it.

    Parameters
    ----------
    package : OdfPackage
        The file.
    folder : str
        Empty, or the object's folder with a ``/`` at its end.
    collector : Collector
        Where to report: an object's is one deeper than the package's.
    depth : int
        How deep in other files the document is.
    """
    budget = package.budget
    budget.check_depth(depth)
    styles = Styles()
    common: etree._Element | None = None
    sheets: list[Sheet] = []
    if package.readable(f"{folder}styles.xml"):
        with collector.guard(Place(part=f"{folder}styles.xml")):
            common = package.tree(f"{folder}styles.xml")
            _style_names(common, f"{folder}styles.xml", collector)
            styles.add(common, "styles")
            _outside(package, folder, [common], f"{folder}styles.xml", collector)
    part = f"{folder}content.xml"
    if package.readable(part):
        with collector.guard(Place(part=part)):
            content = read_content(package.read(part), budget)
            package.check_namespaces(part, content.root)
            styles.add(content.root, "styles", "automatic-styles")
            _style_names(content.root, part, collector)
            sheets = _read_body(package, folder, content, styles, collector, depth)
    if common is not None:
        with collector.guard(Place(part=f"{folder}styles.xml")):
            _headers(common, f"{folder}styles.xml", collector)
    for name, reader in (("meta.xml", read_meta), ("settings.xml", read_settings)):
        if package.readable(f"{folder}{name}"):
            with collector.guard(Place(part=f"{folder}{name}")):
                reader(package, f"{folder}{name}")
    return sheets


def _style_names(root: etree._Element, part: str, collector: Collector) -> None:
    """Names of styles that are no plain words (16.2): those that somebody gave are among them;
    texts in the conditions by which a style takes another's place (16.3)."""
    names = [get(e, "style:display-name") for e in root.iter(q("style:style"))]
    collector.unseen_text(Place(part=part), names, what="name of a style", sort="name")
    told = literals(get(e, "style:condition") or "" for e in root.iter(q("style:map")))
    collector.unseen_text(Place(part=part), told, what="conditional format")


def _read_body(
    package: OdfPackage,
    folder: str,
    content: Content,
    styles: Styles,
    collector: Collector,
    depth: int,
) -> list[Sheet]:
    part = f"{folder}content.xml"
    body = next(content.root.iter(q("office:body")), None)
    inner = None if body is None else next((e for e in body if local(e)), None)
    if inner is None or local(inner) not in ("spreadsheet", "chart"):
        kind = "nothing" if inner is None else "no spreadsheet"
        collector.unread(Place(part=part), f"its body is {kind}")
        return []
    sheets = _sheets(inner, content, styles)
    shown = read_zooms(package, f"{folder}settings.xml")
    for sheet in sheets:
        sheet.zoom = shown.get(sheet.place.sheet, 1.0)
        collector.names([(sheet.place.sheet, sheet.place)], seen=not sheet.why_unseen)
        with collector.guard(sheet.place):
            _report(sheet, styles, collector)
    _caches(inner, content, collector, part)
    # What cells hold was taken out of the tree: links, objects and calls of macros are there too
    roots = [content.root, *(e for t in content.tables.values() for _, _, e in t.others)]
    report_book(inner, roots, sheets, collector, part)
    _outside(package, folder, roots, part, collector)
    for root in roots:
        _binary(root, part, collector, depth)
    for table in content.tables.values():
        table.unknown += sum(unknown_elements(e) for _, _, e in table.others)
    for root in roots:
        _objects(package, folder, root, sheets, collector, depth)
    return sheets


def _sheets(body: etree._Element, content: Content, styles: Styles) -> list[Sheet]:
    """The sheets in order; those that keep cells of other files are told apart by `_report`."""
    sheets: list[Sheet] = []
    index = 0
    for element in body:
        if element.tag != q("table:table"):
            continue
        raw = content.tables.get(element, RawTable(element))
        name = get(element, "table:name") or ""
        index += 1
        look = styles.look("table", get(element, "table:style-name") or "")
        sheet = Sheet(raw, Place(sheet=name, index=index), raw.grid())
        if is_cache(element):
            # Without its quotes the address is known as a path, and masked
            sheet.place = Place(sheet=name.replace("'#", "#").strip("'"), index=index)
            sheet.why_unseen = "kept from another file"
        elif element.find(q("table:scenario")) is not None:
            sheet.why_unseen = "scenario"
        elif look.text.get("other:display") == "false":
            sheet.why_unseen = "hidden sheet"
        sheets.append(sheet)
    return sheets


def is_cache(table: etree._Element) -> bool:
    """Tell whether a table holds what formulas took from another file (LibreOffice's own)."""
    name = get(table, "table:name") or ""
    return name.startswith("'") and "'#" in name


def _report(sheet: Sheet, styles: Styles, collector: Collector) -> None:
    table, place = sheet.raw.element, sheet.place
    source = table.find(q("table:table-source"))
    cells = len(sheet.grid)
    if is_cache(table):
        collector.add("external-link-cache", place, count=cells)
        collector.add("external-link", place)
    elif source is not None:
        collector.add("linked-table", place, count=cells)
        collector.add("external-link", place)
    scenario = table.find(q("table:scenario"))
    if scenario is not None:
        collector.add("scenario", place)
        collector.unseen_text(place, [get(scenario, "table:comment")], what="scenario")
    elif sheet.why_unseen == "hidden sheet":
        bare = not len(sheet.grid) and not sheet.raw.others and not sheet.raw.formulas
        severity: Severity | None = "note" if bare and table_is_bare(table) else None
        collector.add("hidden-sheet", place, severity=severity)
    titles = [text_of(e) for e in table.iterfind(q("table:title"))]
    titles += [text_of(e) for e in table.iterfind(q("table:desc"))]
    if titles:
        collector.add("alt-text", place, count=len(titles), severity="note")
        collector.unseen_text(place, titles, what="description of a sheet")
    report_sheet(sheet, styles, collector)


def _caches(body: etree._Element, content: Content, collector: Collector, part: str) -> None:
    """Tables that are no sheets: values of DDE links (9.8), tables in cells or objects."""
    for element, raw in content.tables.items():
        parent = element.getparent()
        if parent is body or element.tag != q("table:table"):
            continue
        grid = raw.grid()
        place = Place(part=part)
        if parent is not None and local(parent) == "dde-link":
            collector.add("external-link-cache", place, count=len(grid), detail="DDE link")
            collector.add("external-link", place)
            why = "kept from another program"
        elif parent is not None and local(parent) == "table-cell":
            why = ""
        else:
            why = "table inside an object"
        if why:
            collector.identifiers(place, grid.texts.to_pylist(), what=why)
        collector.grid(grid, place, visible=not why, why_unseen=why)


def _outside(
    package: OdfPackage, folder: str, roots: list[etree._Element], part: str, collector: Collector
) -> None:
    """Links to files outside: paths of this or another computer among them are told. Links in the
    text of cells are told with the sheet."""
    found = [entry for root in roots for entry in package.refer(folder, root)]
    targets = [get(entry, "xlink:href") or "" for entry in found]
    paths = [t for t in targets if is_path(t) and not re.match(r"(?i)(https?|ftp):|//", t)]
    if paths:
        sources = {target for e, target in zip(found, targets, strict=True) if _is_source(e)}
        linked = severity_of_linked(paths) if set(paths) <= sources else None
        collector.add("path", Place(part=part), count=len(paths), severity=linked)
    in_cells = {root for root in roots if root.tag == q("text:a")}
    tell_links(collector, Place(part=part), [link_of(e) for e in found if e not in in_cells])


def _is_source(entry: etree._Element) -> bool:
    """Whether a link leads to the file that a table's cells come from."""
    return bool(entry.tag == q("table:table-source"))


def _binary(root: etree._Element, part: str, collector: Collector, depth: int) -> None:
    """Pictures written into the markup (part 3, 10.4.5)."""
    for element in root.iter(q("office:binary-data")):
        place = Place(part=part, item="picture in the markup")
        with collector.guard(place):
            try:
                content = base64.b64decode("".join((element.text or "").split()))
            except binascii.Error:
                collector.add("picture", place)
                collector.unread(place, "it is damaged")
                continue
            name = place.item
            open_disguised(name, content, collector, depth, "a picture by its element")
            image = element.getparent()
            shown = [] if image is None else [frame_size(image)]
            report_picture(content, place, collector, shown)


def _objects(
    package: OdfPackage,
    folder: str,
    root: etree._Element,
    sheets: list[Sheet],
    collector: Collector,
    depth: int,
) -> None:
    """Objects (part 3, 10.4.6): charts, documents in folders of the package, OLE files."""
    for element in root.iter(q("draw:object"), q("draw:object-ole"), q("draw:plugin")):
        name = package.resolve(folder, get(element, "xlink:href") or "")
        if name is None:
            continue
        place = Place(part=name)
        with collector.guard(place):
            kind = package.types.get(f"{name}/", package.types.get(name, ""))
            kind = kind.removeprefix(PREFIX)
            if name in package.archive:
                collector.add("embedded-object", place)
                collector.open(name, package.read(name), depth)
            elif kind == "chart":
                _chart(package, f"{name}/", sheets, collector, depth)
            elif kind != "formula":
                collector.add("embedded-object", place, detail=kind)
                file = f"{collector.file}!{name}" if collector.file else name
                inner = Collector(
                    package.budget, file, collector.results, collector.unseen or "embedded file"
                )
                with inner.guard(None):
                    read_document(package, f"{name}/", inner, depth + 1)


def _chart(
    package: OdfPackage, folder: str, sheets: list[Sheet], collector: Collector, depth: int
) -> None:
    """11.12: a chart's own table of values, a copy of cells in sight or not."""
    part = f"{folder}content.xml"
    content = read_content(package.read(part), package.budget)
    package.check_namespaces(part, content.root)
    _outside(package, folder, [content.root], part, collector)
    titles = [own_text(holder) for holder in content.root.iter(etree.Element)]
    collector.text(Place(part=part), titles, sort="object", what="text of a chart")
    for raw in content.tables.values():
        grid = raw.grid()
        labels = np.array([bool(_SERIES.fullmatch(t)) for t in grid.texts.to_pylist()])
        told = grid.pick(~labels) if len(grid) else grid
        texts = [t for t in told.texts.to_pylist() if t != "NaN"]
        if not texts:
            continue
        place = Place(part=part)
        equal = all_seen(texts, sheets)
        collector.add(
            "chart-cache",
            place,
            count=len(texts),
            severity="note" if equal else None,
            detail="equal to cells in sight" if equal else "not equal to cells in sight",
        )
        if not equal:
            collector.identifiers(place, texts, what="chart")
            collector.grid(
                grid,
                place,
                visible=False,
                why_unseen="values kept behind a chart",
                unseen_finding=False,
            )
    for name in ("styles.xml", "meta.xml", "settings.xml"):
        if package.readable(f"{folder}{name}"):
            with collector.guard(Place(part=f"{folder}{name}")):
                _outside(package, folder, [package.tree(f"{folder}{name}")], part, collector)
    package.budget.check_depth(depth)


def _headers(root: etree._Element, part: str, collector: Collector) -> None:
    """16.9: headers and footers of pages; fields and the word page tell nothing."""
    texts = []
    for page in root.iter(q("style:master-page")):
        for holder in page:
            if not local(holder).startswith(("header", "footer")):
                continue
            for region in holder.iter(q("text:p")):
                for element in list(region.iter(*(q(f"text:{name}") for name in _FIELDS))):
                    element.text = ""
                text = plain_text(region)
                collector.text(Place(part=part), [text], sort="margin", what="header or footer")
                words = re.findall(r"[^\W\d_]{2,}", text)
                # One word beside a page's number is the word "page", in whatever language
                numbered = region.find(f".//{q('text:page-number')}") is not None
                if len(words) > numbered:
                    texts.append(text)
    if texts:
        collector.add("header-footer", Place(part=part), count=len(texts), severity="note")
        collector.identifiers(Place(part=part), texts, what="header or footer")
