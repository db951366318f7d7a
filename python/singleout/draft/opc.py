"""Open Packaging Conventions (ECMA-376 part 2): parts, content types, relationships.

Deny by default: a relationship type or namespace that is not in `opc_known` is the finding
`unknown-part`, and so is a part that no relationship reaches.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from singleout.draft.archive import hidden, is_system_file
from singleout.draft.codes import Severity
from singleout.draft.collector import Collector
from singleout.draft.disguise import look_at_stray
from singleout.draft.limits import Budget, LimitError
from singleout.draft.markup_texts import markup_texts
from singleout.draft.model import Place
from singleout.draft.opc_known import RELATIONSHIPS, kind_of, known_namespace
from singleout.draft.remarks import tell_remarks, without_remarks
from singleout.draft.sniff import sniff
from singleout.draft.xml import in_utf8, local, parse
from singleout.draft.zipread import Archive, open_archive
from singleout.formats.registry import opens_in_turn
from singleout.inspection.byproducts.leftovers import are_words_of_rows, holds_no_notes

_DECLARED = re.compile(rb"""xmlns(?::[^\s=]+)?\s*=\s*["']([^"']*)""")
# Text after an element's end, or before another's start
_BESIDE = re.compile(rb"(?:/>|</[^<>]*>)\s*[^<\s]|>\s*[^<>\s][^<>]*<[^/!?]")
_RELATIONS = "Relationships"
# Content types of the parts that the package leads to: properties, main parts (15.2 of part 1;
# macro-enabled and binary ones are Microsoft's)
_TOP = re.compile(
    r"\.(?:main(?:\+xml)?|(core-properties|extended-properties|custom-properties)\+xml)$"
)
# What markup is by its content, with or without its first line
_MARKUP = ("xml", "text", "html", "svg")
_TRASH = re.compile(r"(?i)\[trash\]/[0-9a-f]{4}\.dat")


@dataclass(frozen=True, slots=True)
class Relationship:
    """One relationship: `kind` is its type's last segment, `target` a part's name or an address."""

    id: str
    kind: str
    target: str
    external: bool


class Package:
    """The parts of an office file.

    Parameters
    ----------
    archive : Archive
        The ZIP.
    collector : Collector
        Where to report.
    budget : Budget
        Charged for what is read.

    Attributes
    ----------
    source_of : dict
        Part name -> the relationship kinds that lead to it.
    linked : set of (str, str)
        Parts and their relationships whose addresses were handed over with the text they lie on.
    shown : dict
        Picture's part -> width and height, in EMU, of each place where it is shown; None for a
        place whose size is not known.
    measured : set of str
        Parts whose pictures are in `shown`.
    """

    def __init__(self, archive: Archive, collector: Collector, budget: Budget) -> None:
        self.archive = archive
        self.collector = collector
        self.budget = budget
        self.defaults: dict[str, str] = {}
        self.overrides: dict[str, str] = {}
        self._relations: dict[str, list[Relationship]] = {}
        self.source_of: dict[str, set[str]] = {}
        self.linked: set[tuple[str, str]] = set()
        self.shown: dict[str, list[tuple[float, float] | None]] = {}
        self.measured: set[str] = set()
        self._remarked: set[str] = set()
        self._types = archive.find("[Content_Types].xml") or "[Content_Types].xml"
        with collector.guard(Place(part="[Content_Types].xml")):
            for entry in parse(self.read(self._types), budget).iter(etree.Element):
                kind = entry.get("ContentType", "")
                if entry.get("Extension") is not None:
                    self.defaults[entry.get("Extension", "").lower()] = kind
                elif entry.get("PartName") is not None:
                    self.overrides[entry.get("PartName", "").lstrip("/").lower()] = kind
        self._walk()
        if self.main() is None:
            self._find_main()

    def content_type(self, name: str) -> str:
        """Return a part's content type, empty if none is declared."""
        found = self.overrides.get(name.lower())
        return self.defaults.get(name.rsplit(".", 1)[-1].lower(), "") if found is None else found

    def read(self, name: str) -> bytes:
        """Return a part's bytes, its comments reported and left out; raises as `Archive.read`.

        Markup in UTF-16 ([M1.17] of part 2) becomes UTF-8: what goes by bytes need not know of it.
        """
        content, remarks = without_remarks(in_utf8(self.archive.read(name)))
        if name not in self._remarked:
            self._remarked.add(name)
            tell_remarks(self.collector, name, remarks)
        return content

    def tree(self, name: str) -> etree._Element:
        """Parse a part, and report element namespaces that are not known."""
        content = self.read(name)
        root = parse(content, self.budget)
        self.look_through(name, content, root)
        return root

    def look_through(self, name: str, content: bytes, root: etree._Element) -> None:
        """Report the strange namespaces and texts of a part, given its bytes and its tree."""
        declared = set(_DECLARED.findall(content))
        # An element's namespace is declared somewhere: only what is strange needs the walk
        strange = not all(known_namespace(space.decode("latin-1")) for space in declared)
        if strange or not declared or _BESIDE.search(content):
            self.check_namespaces(name, root)

    def check_namespaces(self, name: str, root: etree._Element) -> None:
        """Report elements in namespaces that are not in `NAMESPACES`, and text beside elements.

        Office files keep text in elements that hold nothing else; text beside elements is shown by
        no program.
        """
        unknown: dict[str, int] = {}
        stray: list[str] = []
        for element in root.iter(etree.Element):
            tag = str(element.tag)
            space = tag[1:].partition("}")[0] if tag[0] == "{" else ""
            if space and not known_namespace(space):
                unknown[space] = unknown.get(space, 0) + 1
            texts = (element.text if len(element) or element is root else None, element.tail)
            stray += [str(text) for text in texts if text and not text.isspace()]
        place = Place(part=name)
        for count in unknown.values():
            detail = "elements of an unknown namespace"
            self.collector.add("unknown-part", place, count=count, detail=detail)
        if stray:
            detail = "text where the format has none"
            severity: Severity | None = "note" if are_words_of_rows(stray) else None
            self.collector.add(
                "unknown-part", place, count=len(stray), detail=detail, severity=severity
            )
            self.collector.unseen_text(place, stray, what=detail)

    def relations(self, name: str) -> list[Relationship]:
        """Return a part's relationships; the package's own for the empty name."""
        if name in self._relations:
            return self._relations[name]
        folder, _, base = name.rpartition("/")
        path = f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"
        result: list[Relationship] = []
        self._relations[name] = result
        if path not in self.archive:
            return result
        with self.collector.guard(Place(part=path)):
            for entry in parse(self.read(path), self.budget).iter("{*}Relationship"):
                external = entry.get("TargetMode", "").lower() == "external"
                target = entry.get("Target", "")
                if not external:
                    target = self._resolve(folder, target)
                kind = kind_of(entry.get("Type", ""))
                result.append(Relationship(entry.get("Id", ""), kind, target, external))
                if kind not in RELATIONSHIPS:
                    self.collector.add(
                        "unknown-part", Place(part=path), detail="a relationship of an unknown type"
                    )
        return result

    def _resolve(self, folder: str, target: str) -> str:
        target = unquote(target.split("#", 1)[0]).replace("\\", "/")
        joined = target if target.startswith("/") else f"/{folder}/{target}"
        name = posixpath.normpath(joined).lstrip("/")
        return self.archive.find(name) or name

    def related(self, name: str, *kinds: str) -> list[str]:
        """Return the parts that a part leads to by these kinds of relationship and that exist."""
        return [
            relation.target
            for relation in self.relations(name)
            if relation.kind in kinds and not relation.external and relation.target in self.archive
        ]

    def target(self, name: str, identifier: str) -> Relationship | None:
        """Return a part's relationship by its id."""
        return next((r for r in self.relations(name) if r.id == identifier), None)

    def link(self, name: str, identifier: str) -> Relationship | None:
        """Return a part's relationship by its id, and note that a link to it was told."""
        self.linked.add((name, identifier))
        return self.target(name, identifier)

    def main(self) -> str | None:
        """Return the main part's name."""
        return next(iter(self.related("", "officeDocument")), None)

    def _find_main(self) -> None:
        """Where the package's own relationships are damaged or name no main part: look for what
        they should lead to by its content type, as programs do that repair a file."""
        found = self.relations("")
        listed = {relation.target for relation in found}
        for name in self.archive.names:
            match = _TOP.search(self.overrides.get(name.lower(), ""))
            if match and name not in listed:
                found.append(Relationship("", match[1] or "officeDocument", name, False))
        if self.main() is not None:
            detail = "it does not lead to the main part, which was found by its content type"
            self.collector.unread(Place(part="_rels/.rels"), detail)
            self._walk()

    def _walk(self) -> None:
        """Follow every relationship from the package on; `source_of` names what was reached."""
        waiting = [""]
        seen = {""}
        while waiting:
            name = waiting.pop()
            self.budget.check_time()
            for relation in self.relations(name):
                if relation.external or relation.target not in self.archive:
                    continue
                stored = self.archive.find(relation.target) or relation.target
                self.source_of.setdefault(stored, set()).add(relation.kind)
                if stored not in seen:
                    seen.add(stored)
                    waiting.append(stored)

    def of_kind(self, *kinds: str) -> list[str]:
        """Return the reached parts that these kinds of relationship lead to, by name."""
        return sorted(name for name, via in self.source_of.items() if via & set(kinds))

    def unreached(self, *kinds: str) -> list[str]:
        """Return the parts of these kinds by their content types that no relationship reaches."""
        return [
            name
            for name in self.archive.names
            if name not in self.source_of
            and (match := _TOP.search(self.overrides.get(name.lower(), "")))
            and match[1] in kinds
        ]

    def orphans(self, depth: int) -> None:
        """Report the members that no relationship reaches."""
        for name in self.archive.names:
            if name in self.source_of or name == self._types or self._is_relations(name):
                continue
            if name.lower().endswith(".rels") and self._is_empty(name):
                continue
            place = Place(part=name)
            if is_system_file(name):
                self.collector.add("system-file", place)
            elif _TRASH.fullmatch(name):
                self._trash(name, place)
            else:
                said = "no relationship reaches it"
                severity: Severity | None = "note" if self._is_bare(name) else None
                self.collector.add("unknown-part", place, detail=said, severity=severity)
            self._look(name, place, depth)
        for name in self.archive.unread:
            with self.collector.guard(Place(part=name)):
                self._harmless(name, depth)
        hidden(self.archive, self.collector, depth)

    def _harmless(self, name: str, depth: int) -> None:
        """Hold a part that no reader needs to what it says it is: markup of known namespaces."""
        content = self.read(name)
        kind = sniff(content)
        markup = name.lower().endswith((".xml", ".rels", ".vml"))
        if opens_in_turn(kind) and not (markup and kind in _MARKUP):
            detail = f"a part of another kind by its relationship, {kind} by content"
            self.collector.add("unknown-part", Place(part=name), detail=detail)
            self.collector.open(name, content, depth)
        elif markup and content:
            root = self.tree(name)
            what = "part that is not shown"
            self.collector.unseen_text(Place(part=name), markup_texts(root), what=what)

    def _look(self, name: str, place: Place, depth: int) -> None:
        """Open an unreached file, or scan an unreached part's text for direct identifiers."""
        with self.collector.guard(place):
            content = self.archive.read(name)
            look_at_stray(name, content, self.collector, depth, "unreached part")

    def _trash(self, name: str, place: Place) -> None:
        """What is left of a deleted part (part 1, trash items): mostly bytes that were cleared."""
        with self.collector.guard(place):
            content = self.archive.read(name)
            cleared = not content.strip(b"\x00\xff")
            severity: Severity | None = "note" if cleared else None
            detail = "a deleted part, cleared" if cleared else "a deleted part"
            count = len(content)
            self.collector.add(
                "leftover-data", place, count=count, detail=detail, severity=severity
            )

    def _is_bare(self, name: str) -> bool:
        """Whether an unreached part is notes, a header or a footer without any text."""
        content = self.archive.read(name) if name.lower().endswith(".xml") else b""
        try:
            return bool(content) and holds_no_notes(parse(content, self.budget))
        except (etree.XMLSyntaxError, ValueError):
            return False

    def _is_empty(self, name: str) -> bool:
        """Whether a part of relationships has none: ONLYOFFICE leaves such behind."""
        with self.collector.guard(Place(part=name)):
            root = parse(self.read(name), self.budget)
            return not len(root) and not (root.text or "").strip() and local(root) == _RELATIONS
        return False

    def _is_relations(self, name: str) -> bool:
        if not name.lower().endswith(".rels"):
            return False
        folder, _, base = name.rpartition("/")
        owner = f"{folder.removesuffix('_rels')}{base[:-5]}"
        return owner in ("", *self.source_of) or owner == ""


def open_package(data: bytes, collector: Collector, budget: Budget) -> Package | None:
    """Open an office file; report `unreadable` and return None if it has no main part.

    Raises
    ------
    LimitError
        If a limit on the whole file is passed.
    """
    archive = open_archive(data, collector, budget)
    if archive is None:
        return None
    package = Package(archive, collector, budget)
    if package.main() is None:
        collector.unread(None, "it has no main part", code="unreadable")
        return None
    return package


__all__ = ["LimitError", "Package", "Relationship", "open_package"]
