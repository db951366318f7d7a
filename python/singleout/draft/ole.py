"""Read old Office files: compound files ([MS-CFB]) and bare workbook streams."""

from __future__ import annotations

import re

from singleout.draft.biff import read_stream
from singleout.draft.biff_book import BiffBook
from singleout.draft.biff_pivot import read_cache
from singleout.draft.biff_records import version
from singleout.draft.biff_revisions import read_revisions, read_users
from singleout.draft.biff_strings import loose_texts
from singleout.draft.collector import Collector, Results
from singleout.draft.disguise import open_disguised
from singleout.draft.limits import Budget
from singleout.draft.model import Place, is_path
from singleout.draft.ole_file import Compound, Path
from singleout.draft.ole_known import known_stream
from singleout.draft.ole_objects import open_content
from singleout.draft.ole_props import report_properties
from singleout.draft.remarks import tell_remarks, without_remarks
from singleout.draft.sniff import sniff
from singleout.draft.unseen import LARGE, TIMES
from singleout.draft.vba import sources_in
from singleout.draft.xml import in_utf8, parse
from singleout.formats.registry import advice, opens_in_turn
from singleout.inspection.byproducts.custom_xml import library_of, report_custom_xml

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Streams by which other formats are told -> format
_OTHERS = {
    "worddocument": "doc",
    "powerpoint document": "ppt",
    "pp97_dualstorage": "ppt",
    "__properties_version1.0": "msg",
    "visiodocument": "vsd",
    "equation native": "equation",
}
# How a known stream may begin that is no file: WPS Office keeps records of its own
_OWN_RECORDS = ("text", "xml", "biff")
# Leftover bytes below which they are a note only
LEAST_LEFT = 64


def read(data: bytes, collector: Collector, budget: Budget, depth: int) -> None:
    """Read a compound file or a bare workbook stream.

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
    if not data.startswith(_MAGIC):
        collector.format = "biff"
        read_stream(data, "", collector, budget, depth)
        return
    try:
        compound = Compound(data, budget)
    except (OSError, RecursionError, IndexError):
        collector.unread(None, "its tables of sectors are damaged", code="unreadable")
        return
    book = read_storage(compound, (), collector, budget, depth)
    if book is not None:
        _report_size(compound, book, collector)
    for path in sorted(compound.cut):
        part = re.sub(r"[\x00-\x1f]", "", "/".join(path))
        collector.unread(Place(part=part), "the stream is cut off")
    if compound.damaged:
        detail = f"{compound.damaged} faults in the file's tables of sectors"
        collector.unread(None, detail)
    with collector.guard(None):
        _orphans(compound, collector, depth)
    with collector.guard(None):
        _leftover(compound, collector)


def _report_size(compound: Compound, book: BiffBook, collector: Collector) -> None:
    """Report a file most of whose bytes are not in sight, by the measure of XLSX."""
    sizes = compound.sizes()
    main = sizes.pop(book.part, 0)
    visible = main - book.unseen_bytes
    unseen = sum(sizes.values()) + book.unseen_bytes
    if unseen > LARGE and unseen > TIMES * visible:
        sizes[book.part] = book.unseen_bytes
        largest = max(sorted(sizes), key=lambda name: sizes[name])
        collector.add(
            "oversized",
            Place(part=re.sub(r"[\x00-\x1f]", "", largest)),
            count=unseen,
            detail=f"{unseen:,} bytes are out of sight, {visible:,} are in sight",
        )


def read_storage(
    compound: Compound, inside: Path, collector: Collector, budget: Budget, depth: int
) -> BiffBook | None:
    """Read one storage as a file of its own: the root, or an embedded object.

    Parameters
    ----------
    compound : Compound
        The compound file.
    inside : tuple of str
        The storage's path; empty for the root.
    collector : Collector
        Where to report.
    budget : Budget
        Charged for what is read.
    depth : int
        How deep in other files it is.

    Returns
    -------
    BiffBook or None
        Its workbook, if it has one that could be read.
    """
    paths = [path for path in compound.streams if path[: len(inside)] == inside]
    here = {path[-1].lower(): path for path in paths if len(path) == len(inside) + 1}
    main = next((here[name] for name in ("workbook", "book") if name in here), None)
    book = None
    if main is not None:
        collector.format = "xls"
        with collector.guard(Place(part=main[-1])):
            collector.part("/".join(main))
            content = compound.read(main)
            if main in compound.cut and not version(content):  # told as cut off
                collector.unseen_text(Place(part=main[-1]), loose_texts([content]), what="stream")
            else:
                book = read_stream(content, main[-1], collector, budget, depth)
        if "book" in here and here["book"] != main and book is not None:
            _second(compound, here["book"], book, collector, budget, depth)
    elif "encryptedpackage" in here:
        collector.format = "encrypted"
        place = Place(part="EncryptedPackage")
        collector.unread(place, "the whole file is encrypted", code="encrypted")
    else:
        _other(here, collector)
    _Storage(compound, inside, collector, budget, depth).report(paths, book, main)
    return book


def _second(
    compound: Compound,
    path: Path,
    first: BiffBook,
    collector: Collector,
    budget: Budget,
    depth: int,
) -> None:
    """A workbook kept twice, for Excel 5 too: the older copy may hold other cells."""
    name = f"{collector.file}!{path[-1]}" if collector.file else path[-1]
    inner = Collector(budget, name, Results(), collector.unseen or "copy for Excel 5")
    copy = None
    with inner.guard(None):
        copy = read_stream(compound.read(path), path[-1], inner, budget, depth)
    found = inner.results
    same = copy is not None and found.complete and _same_cells(copy, first)
    collector.add(
        "saved-version",
        Place(part=path[-1]),
        severity="note" if same else None,
        detail="a copy for Excel 5 " + ("with the same cells" if same else "with other cells"),
    )
    if not same:
        collector.results.findings += found.findings
        collector.results.tables += found.tables
        collector.results.complete &= found.complete


def _same_cells(one: BiffBook, two: BiffBook) -> bool:
    return one.grids.keys() == two.grids.keys() and all(
        grid.texts.equals(two.grids[name].texts)
        and (grid.rows == two.grids[name].rows).all()
        and (grid.columns == two.grids[name].columns).all()
        for name, grid in one.grids.items()
    )


def _other(here: dict[str, Path], collector: Collector) -> None:
    found = next((kind for name, kind in _OTHERS.items() if name in here), None)
    if found is None and here and all(name in _OBJECTS or known_stream(name) for name in here):
        collector.format = "ole"
        return
    collector.format = found or "ole"
    collector.results.complete = False
    collector.add(
        "unsupported-format",
        None,
        detail=f"the content is {collector.format}",
        remedy=advice(found or "ole"),
    )


_OBJECTS = ("\x01ole10native", "package", "contents", "embeddedodf")


class _Storage:
    """The streams of one storage beside the workbook's own."""

    def __init__(
        self,
        compound: Compound,
        inside: Path,
        collector: Collector,
        budget: Budget,
        depth: int,
    ) -> None:
        self.compound = compound
        self.inside = inside
        self.collector = collector
        self.budget = budget
        self.depth = depth
        self.told: set[str] = set()
        # A control keeps its state in a stream that other objects keep their file in
        self.control = any(
            path[-1].lower() == "\x03ocxname" for path in compound.streams if path[:-1] == inside
        )

    def report(self, paths: list[Path], book: BiffBook | None, main: Path | None) -> None:
        """Report each stream."""
        for path in paths:
            name = "/".join(path[len(self.inside) :])
            shown = re.sub(r"[\x00-\x1f]", "", name)
            if path == main:
                continue
            with self.collector.guard(Place(part=shown)):
                self._stream(path, name, shown, book)
        for top in sorted(self.told):
            if re.fullmatch(r"(?i)_vba_project(_cur)?", top):
                self._macros(top, [p for p in paths if p[len(self.inside)] == top])
        for path in self.compound.storages:
            direct = path[:-1] == self.inside
            if direct and re.fullmatch(r"(?i)(mbd|lnk)[0-9a-f]+", path[-1]):
                self._object(path)

    def _stream(self, path: Path, name: str, shown: str, book: BiffBook | None) -> None:
        known = known_stream(name)
        place = Place(part=shown)
        top = name.split("/")[0]
        if re.fullmatch(r"(?i)(mbd|lnk)[0-9a-f]+/.*", name):
            return
        self.collector.part(shown)
        lowered = name.lower()
        if lowered in _OBJECTS and book is None and not self.control:
            content = self.compound.read(path)
            open_content(shown, lowered, content, self.collector, self.budget, self.depth)
            return
        if known is None and lowered in _OBJECTS and self.control:
            content = self.compound.read(path)
            self.collector.unseen_text(place, loose_texts([content]), what="control")
            return
        if known is None:
            if book is None and self.collector.format not in ("ole", "xls", "encrypted"):
                return
            self._unknown(path, place)
            return
        if known.code is not None and (not known.whole or top not in self.told):
            self.told.add(top)
            if known.code != "encrypted" or self.collector.format != "encrypted":
                self._tell(known.code, Place(part=top) if known.whole else place)
        if known.whole and not known.searched:
            return
        content = self.compound.read(path)
        if known.searched:
            if known.code == "picture":
                said = "a picture by its stream's name"
                open_disguised(shown, content, self.collector, self.depth, said, shown=False)
            elif opens_in_turn(kind := sniff(content)) and kind not in _OWN_RECORDS:
                self.collector.open(shown, content, self.depth)
            texts = loose_texts([content])
            self.collector.unseen_text(place, texts, what="stream")
            if any(map(is_path, texts)):
                self.collector.add("path", place)
        elif lowered.startswith("\x05"):
            report_properties(content, shown, self.collector, self.depth)
        elif lowered.startswith("_sx_db") and book is not None:
            read_cache(content, shown, book)
        elif lowered == "revision log" and book is not None:
            read_revisions(content, shown, book)
        elif lowered == "user names" and book is not None:
            read_users(content, shown, book)
        elif lowered.startswith("msodatastore/"):
            self._custom_xml(content, name, place)

    def _macros(self, top: str, paths: list[Path]) -> None:
        """Search the source of the macros, which only the macro editor shows."""
        place = Place(part=top)
        with self.collector.guard(place):
            for texts, what in sources_in(self.compound, paths, self.budget):
                self.collector.unseen_text(place, texts, what=what)

    def _tell(self, code: str, place: Place) -> None:
        if code == "encrypted":
            self.collector.unread(place, "an encrypted stream", code="encrypted")
        else:
            self.collector.add(code, place)

    def _unknown(self, path: Path, place: Place) -> None:
        self.collector.add("unknown-part", place, detail="a stream that is not known")
        content = self.compound.read(path)
        open_content(place.part, "", content, self.collector, self.budget, self.depth)

    def _custom_xml(self, content: bytes, name: str, place: Place) -> None:
        """[MS-OSHARED] 2.3.6: an item and its properties, each in a storage of its own."""
        if not name.lower().endswith("/item"):
            return
        content, remarks = without_remarks(in_utf8(content))
        tell_remarks(self.collector, place.part, remarks)
        root = parse(content, self.budget)
        report_custom_xml(root, place, self.collector, library_of([root]))

    def _object(self, path: Path) -> None:
        """An embedded or linked object: a storage that is read as a file."""
        place = Place(part=path[-1])
        self.collector.add("embedded-object", place)
        name = f"{self.collector.file}!{path[-1]}" if self.collector.file else path[-1]
        inner = Collector(
            self.budget,
            name,
            self.collector.results,
            self.collector.unseen or "embedded file",
        )
        with inner.guard(None):
            self.budget.check_depth(self.depth + 1)
            read_storage(self.compound, path, inner, self.budget, self.depth + 1)


def _orphans(compound: Compound, collector: Collector, depth: int) -> None:
    """Streams that the directory's tree passes by: deleted, or hidden on purpose."""
    for number, content in compound.orphans():
        shown = f"directory entry {number}"
        collector.add("unknown-part", Place(part=shown), detail="no storage holds it")
        if content:
            open_content(shown, "", content, collector, compound.budget, depth)


def _leftover(compound: Compound, collector: Collector) -> None:
    left = compound.leftover()
    if not left.total:
        return
    words = (
        f"{left.free} in free sectors",
        f"{left.lost} in sectors of no stream",
        f"{left.slack} after the ends of streams",
        f"{left.after} after the last sector",
    )
    # Programs do not clear the last sector of a stream: a little is in many files
    tidy = left.total - left.slack < LEAST_LEFT
    collector.add(
        "leftover-data",
        None,
        count=left.total,
        severity="note" if tidy else None,
        detail=", ".join(words),
    )
    collector.unseen_text(Place(), loose_texts(left.pieces), what="leftover bytes")
