"""The workbook part (ECMA-376 part 1, 18.2): sheets, names, shared strings, links of formulas."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from lxml import etree

from singleout.draft.codes import Severity
from singleout.draft.collector import Collector
from singleout.draft.formula_texts import literals
from singleout.draft.grid import Grid
from singleout.draft.limits import Budget
from singleout.draft.model import Place
from singleout.draft.opc import Package
from singleout.draft.xlsx_cells import TRUE, rich_text, unescape
from singleout.draft.xlsx_styles import Styles
from singleout.draft.xml import attribute, events, local, parse, plain, resolved
from singleout.inspection.byproducts.defined_names import is_constant, tells_nothing

_SIMPLE = re.compile(
    rb'<si><t(?: xml:space="preserve")?>([^<]*)</t></si>|<si><t(?: xml:space="preserve")?/></si>'
)


@dataclass(slots=True)
class SheetEntry:
    """One sheet of the workbook: name, position from 1, state, part."""

    name: str
    index: int
    state: str
    part: str
    kind: str

    def place(self, cells: str = "") -> Place:
        """Return the sheet's place."""
        return Place(sheet=self.name, index=self.index, cells=cells, part=self.part)

    @property
    def why_unseen(self) -> str:
        """What keeps the sheet out of sight; empty when it is visible."""
        return {"hidden": "hidden sheet", "veryHidden": "very hidden sheet"}.get(self.state, "")


@dataclass(slots=True)
class DefinedName:
    """A defined name: its text, the sheet it belongs to (position from 0), whether it is hidden,
    what is told of it, and texts in it that its text does not show."""

    name: str
    text: str
    sheet: int | None
    hidden: bool
    about: str = ""
    typed: tuple[str, ...] = ()


@dataclass(slots=True)
class Book:
    """What the sheets' reader needs of the workbook."""

    package: Package
    part: str
    sheets: list[SheetEntry] = field(default_factory=list)
    names: list[DefinedName] = field(default_factory=list)
    strings: pa.Array = field(default_factory=lambda: pa.array([], pa.string()))
    used: npt.NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, np.bool_))
    styles: Styles = field(default_factory=Styles)
    date1904: bool = False
    grids: dict[str, Grid] = field(default_factory=dict)
    hidden_cells: dict[str, int] = field(default_factory=dict)
    visible_cells: int = 0
    sheets_read: bool = True
    tables: dict[str, list[tuple[int, int, int, int]]] = field(default_factory=dict)

    @property
    def collector(self) -> Collector:
        """Where to report."""
        return self.package.collector

    @property
    def budget(self) -> Budget:
        """What is charged."""
        return self.package.budget


def read_workbook(package: Package, part: str) -> Book:
    """Read the workbook part: sheets and their states, names, settings that tell of people."""
    book = Book(package, part)
    root = package.tree(part)
    for element in root.iter("{*}workbookPr"):
        book.date1904 = element.get("date1904") in TRUE
    for index, entry in enumerate(root.iterfind("{*}sheets/{*}sheet"), 1):
        identifier = attribute(entry, "id") or ""
        relation = package.target(part, identifier)
        name, state = entry.get("name", ""), entry.get("state", "visible")
        place = Place(sheet=name, index=index)
        if not identifier:
            # So Excel keeps the place of a module of macros that was once a sheet
            detail = "a sheet without a part"
            book.collector.add("unknown-part", place, detail=detail, severity="note")
            report_state(book, state, place, "note")
        elif relation is None or relation.target not in package.archive:
            book.collector.unread(place, "its part is missing")
            book.sheets_read = False
            report_state(book, state, place)
        else:
            book.sheets.append(SheetEntry(name, index, state, relation.target, relation.kind))
    for entry in root.iterfind("{*}definedNames/{*}definedName"):
        local_to = entry.get("localSheetId")
        book.names.append(
            DefinedName(
                entry.get("name", ""),
                (entry.text or "").strip(),
                None if local_to is None else int(local_to),
                entry.get("hidden") in TRUE,
                " ".join(entry.get(k, "") for k in ("comment", "description", "help")).strip(),
            )
        )
    check_children(book, part, root, WORKBOOK)
    _people_and_paths(book, root)
    return book


def report_state(book: Book, state: str, place: Place, severity: Severity | None = None) -> None:
    """Report a sheet that is hidden, or in a state that no program sets (18.18.68)."""
    code = {"hidden": "hidden-sheet", "veryHidden": "very-hidden-sheet"}.get(state)
    if code is not None:
        book.collector.add(code, place, severity=severity)
    elif state != "visible":
        book.collector.add("unknown-part", place, detail="a sheet in an unknown state")


def _people_and_paths(book: Book, root: etree._Element) -> None:
    add, tell, part = book.collector.add, book.collector.unseen_text, book.part
    for element in root.iter(etree.Element):
        name = local(element)
        if name == "absPath" and element.get("url"):
            add(
                "path",
                Place(part=part, item="absPath"),
                severity="note",
                detail="the folder that the file was saved in",
            )
        elif name == "fileSharing" and element.get("userName"):
            add("person", Place(part=part, item="fileSharing"))
            tell(Place(part=part), [element.get("userName")], what="who reserved the file")
        elif name == "workbookView" and (
            element.get("visibility", "visible") != "visible"
            or element.get("showSheetTabs") in ("0", "false")
        ):
            add("hidden-window", Place(part=part))
        elif name == "customWorkbookView":
            add("custom-view", Place(part=part, item=element.get("name", "")))
            tell(Place(part=part), [element.get("name")], what="custom view", sort="name")
        elif name == "webPublishObject":
            add("web-query", Place(part=part))
            told = [element.get(key) for key in ("title", "sourceObject", "destinationFile")]
            tell(Place(part=part), told, what="web page")
        elif name in ("functionGroup", "smartTagType", "workbookPr"):
            told = [element.get(key) for key in ("name", "namespaceUri", "url", "codeName")]
            tell(Place(part=part), told, what="settings", sort="name")
        elif name == "pivotCache" and "x14" in (element.prefix or ""):
            add("data-model", Place(part=part), severity="note")


_CHILDREN = """
fileVersion fileSharing workbookPr absPath workbookProtection bookViews sheets functionGroups
externalReferences definedNames calcPr oleSize customWorkbookViews pivotCaches smartTagPr
smartTagTypes webPublishing fileRecoveryPr webPublishObjects extLst AlternateContent revisionPtr
knownFonts workbookPassword
"""
# The children of `workbook` (18.2.27)
WORKBOOK = frozenset(_CHILDREN.split())


def check_children(book: Book, part: str, root: etree._Element, known: frozenset[str]) -> None:
    """Report the elements under the root that the standard does not have there."""
    unknown = [e for e in root if local(e) and local(e) not in known]
    if unknown:
        place = Place(part=part)
        detail = "elements that the part's schema does not have"
        book.collector.add("unknown-part", place, count=len(unknown), detail=detail)
        texts = [str(t) for e in unknown for t in e.itertext(tag=etree.Element)]
        texts += [str(v) for e in unknown for d in e.iter(etree.Element) for v in d.attrib.values()]
        book.collector.unseen_text(place, texts, what="unknown elements")


def read_strings(
    data: bytes, budget: Budget, phonetic: list[str], styles: Styles, hidden: list[str]
) -> pa.Array:
    """Read the shared strings (18.4.9).

    Parameters
    ----------
    data : bytes
        The part.
    budget : Budget
        Charged for time.
    phonetic, hidden : list of str
        Phonetic readings, and runs that are white or tiny, are appended.
    styles : Styles
        For the colours of runs.

    Returns
    -------
    pyarrow.Array of string
        One string an item.
    """
    simple = _simple_strings(data, budget)
    return _any_strings(data, budget, phonetic, styles, hidden) if simple is None else simple


# White space as XML has it: other blanks are text
_BLANKS = " \t\r\n"


def _simple_strings(data: bytes, budget: Budget) -> pa.Array | None:
    """The strings if each is one plain text, else None."""
    first, last = data.find(b"<si>"), data.rfind(b"</si>") + 5
    if first < 0 or last < first or b"<!" in data or not _utf8(data) or not plain(data):
        return None
    body = data[first:last]
    if _SIMPLE.sub(b"", body).strip(b" \t\r\n"):
        return None
    found = _SIMPLE.findall(body)
    # One item stands for all: where a parser takes it, it takes them
    try:
        rest = parse(data[:first] + b"<si/>" + data[last:], budget)
    except etree.XMLSyntaxError:
        return None
    beside = [rest.text, *(item.tail for item in rest)]
    if [local(item) for item in rest] != ["si"] or any((t or "").strip(_BLANKS) for t in beside):
        return None
    texts = [v.decode() for v in found]
    if b"\r" in data:
        texts = [t.replace("\r\n", "\n").replace("\r", "\n") for t in texts]
    return pa.array([unescape(resolved(t)) for t in texts], pa.string())


def _any_strings(
    data: bytes, budget: Budget, phonetic: list[str], styles: Styles, hidden: list[str]
) -> pa.Array:
    """The strings of any valid part, element by element."""
    strings: list[str] = []
    for item in events(data, budget, "{*}si"):
        strings.append(rich_text(item))
        for run in item:
            texts = [t.text for t in run if local(t) == "t" and t.text]
            look = run.find("{*}rPr")
            if local(run) == "rPh":
                phonetic += texts
            elif look is not None and "".join(texts).strip() and styles.run_is_hidden(look):
                hidden += texts
    return pa.array(strings, pa.string())


_ITEM = re.compile(rb"<((?:\w+:)?)si(?:\s[^>]*)?(?:/>|>.*?</\1si\s*>)", re.DOTALL)


def check_strings(book: Book, part: str, data: bytes) -> None:
    """Report what the shared strings' part holds beside strings."""
    rest = parse(_ITEM.sub(b"", data), book.budget)
    book.package.check_namespaces(part, rest)
    check_children(book, part, rest, frozenset({"extLst"}))
    if rest.text and rest.text.strip():
        detail = "text where the format has none"
        book.collector.add("unknown-part", Place(part=part), detail=detail)
        book.collector.unseen_text(Place(part=part), [rest.text], what=detail)


def _utf8(data: bytes) -> bool:
    head = data[:200].lower()
    return not data.startswith((b"\xff\xfe", b"\xfe\xff")) and (
        b"encoding" not in head or b"utf-8" in head
    )


# Names that Excel makes itself and whose hiding says nothing: a filter's range, a style's marker.
_OWN = re.compile(r"(?i)^_xl(nm\._FilterDatabase|fn\..*|pm\..*|udf\..*|ws\..*)$")
_EXTERNAL = re.compile(r"\[\d+\]|\[[^\]]+\.xl\w+\]")


def report_names(book: Book) -> None:
    """Report defined names that are hidden, refer to nothing, or hold values themselves."""
    add = book.collector.add
    shown = {sheet.name for sheet in book.sheets if not sheet.why_unseen}
    for name in book.names:
        place = Place(part=book.part, item=name.name)
        if name.hidden and not _OWN.match(name.name):
            # Reporting programs hide what they need: it leads to cells, or is a number
            add("hidden-name", place, severity="note" if tells_nothing(name.text, shown) else None)
        if name.about:
            add("document-property", place, detail="comment of a defined name")
            book.collector.unseen_text(place, [name.about], what="comment of a defined name")
        if _OWN.match(name.name):
            continue
        if not name.name.startswith("_xlnm."):
            book.collector.text(place, [name.name], sort="name", what="defined name", seen=False)
        typed = list(dict.fromkeys([*literals([name.text]), *name.typed]))
        if "#REF!" in name.text:
            add("stale-name", place)
        elif is_constant(name.text):
            add(
                "constant-name", place, severity="note" if tells_nothing(name.text, shown) else None
            )
            typed = typed or [name.text]
        elif _EXTERNAL.search(name.text):
            add("external-link", place, detail="a name that refers to another workbook")
        book.collector.unseen_text(place, typed, what="text of a defined name")


def report_strings(book: Book, phonetic: list[str]) -> None:
    """Report shared strings that no cell uses (only when every sheet was read)."""
    place = Place(part="xl/sharedStrings.xml", item="sharedStrings")
    if phonetic:
        book.collector.add("phonetic-text", place, count=len(phonetic))
        book.collector.unseen_text(place, phonetic, what="phonetic text")
    if not book.sheets_read:
        return
    unused = np.flatnonzero(~book.used)
    lost = [t for t in book.strings.take(pa.array(unused)).to_pylist() if t]
    if lost:
        book.collector.add("orphan-string", place, count=len(lost))
        book.collector.unseen_text(place, lost, what="text of deleted cells")
