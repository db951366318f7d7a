"""Packages of OpenDocument (ODF 1.3 part 2): manifest, mimetype, members and what refers to them.

Deny by default: a member that the manifest does not list, that no table here knows, or that
nothing refers to is the finding `unknown-part`.
"""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

from lxml import etree

from singleout.draft.archive import is_system_file
from singleout.draft.collector import Collector
from singleout.draft.disguise import look_at_stray
from singleout.draft.limits import Budget
from singleout.draft.model import Place
from singleout.draft.odf_names import get, q, unknown_elements
from singleout.draft.remarks import tell_remarks, without_remarks
from singleout.draft.xml import in_utf8, parse
from singleout.draft.zipread import Archive
from singleout.inspection.byproducts.small_pictures import Shown, length

MANIFEST = "META-INF/manifest.xml"
PREFIX = "application/vnd.oasis.opendocument."
# Members by their names -> why they are known
KNOWN: tuple[tuple[str, str], ...] = (
    (r"mimetype", "read: the media type"),
    (r"META-INF/manifest\.xml", "read: the list of members"),
    (r"META-INF/[^/]*signatures[^/]*\.xml", "read: signature"),
    (r"(.*/)?(content|styles|meta|settings)\.xml", "read"),
    (r"(.*/)?manifest\.rdf", "read: statements about parts"),
    (r"(.*/)?Thumbnails/[^/]+", "read: thumbnail"),
    (r"(.*/)?Configurations2/.+", "read: custom-ui"),
    (r"(Basic|Scripts|Dialogs)/.+", "read: macros"),
    (r"(Versions/.+|VersionList\.xml)", "read: earlier versions"),
    (r"encrypted-package", "read: encrypted"),
    (r"(.*/)?layout-cache", "breaks of lines and pages: numbers only"),
)
# Members that something must refer to, or else they are left over; Excel keeps pictures in media/
_REFERRED = re.compile(r"(.*/)?(Pictures|[Mm]edia|ObjectReplacements|Fonts|Object [^/]+)(/.*)?$")


def frame_size(image: etree._Element) -> Shown | None:
    """Return how large a picture's frame is (10.4.2), in EMU; None if that is not known."""
    frame = image.getparent()
    if image.tag != q("draw:image") or frame is None or get(frame, "draw:transform"):
        return None
    width, height = length(get(frame, "svg:width")), length(get(frame, "svg:height"))
    return None if width is None or height is None else (width, height)


def is_replacement(image: etree._Element) -> bool:
    """Tell whether a picture stands for an object in the same frame (10.4.2): a chart as it was."""
    frame = image.getparent()
    return (
        image.tag == q("draw:image")
        and frame is not None
        and frame.find(q("draw:object")) is not None
    )


class OdfPackage:
    """The members of an OpenDocument file.

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
    types : dict
        Member or folder -> its media type, as the manifest says.
    encrypted : set of str
        Members that the manifest says are encrypted.
    referred : set of str
        Members and folders that some part refers to.
    shown : dict
        Member -> width and height, in EMU, of each place where it is shown; None for a place whose
        size is not known.
    replacing : set of str
        Pictures that programs show which cannot show the object that they are of.
    """

    def __init__(self, archive: Archive, collector: Collector, budget: Budget) -> None:
        self.archive = archive
        self.collector = collector
        self.budget = budget
        self.types: dict[str, str] = {}
        self.encrypted: set[str] = set()
        self.referred: set[str] = set()
        self.shown: dict[str, list[Shown | None]] = {}
        self.replacing: set[str] = set()
        self._remarked: set[str] = set()
        self._folders = {
            name[:at] for name in archive.names for at in range(len(name)) if name[at] == "/"
        }
        with collector.guard(Place(part=MANIFEST)):
            root = parse(self.read(MANIFEST), budget)
            self.check_namespaces(MANIFEST, root)
            for entry in root.iter(q("manifest:file-entry")):
                name = get(entry, "manifest:full-path") or ""
                self.types[name] = get(entry, "manifest:media-type") or ""
                if entry.find(q("manifest:encryption-data")) is not None:
                    self.encrypted.add(name)
        self._check_type()
        if self.encrypted:
            collector.results.complete = False
            collector.add("encrypted", None, count=len(self.encrypted))

    def _check_type(self) -> None:
        """Part 2, 3.3: the member `mimetype` should be there, and says the same as the manifest."""
        said = ""
        if "mimetype" in self.archive:
            with self.collector.guard(Place(part="mimetype")):
                said = self.archive.read("mimetype").decode("ascii", "replace")
        listed = self.types.get("/", "")
        if "mimetype" not in self.archive and listed.startswith(PREFIX):
            # So older versions of Google Sheets write
            detail = "the media type is missing"
            self.collector.add(
                "unknown-part", Place(part="mimetype"), detail=detail, severity="note"
            )
            return
        if said != listed or not said.startswith(PREFIX):
            self.collector.add(
                "unknown-part",
                Place(part="mimetype"),
                detail="the media type is missing, or is not what the manifest says",
            )

    def readable(self, name: str) -> bool:
        """Tell whether a member is there and not encrypted."""
        return name in self.archive and name not in self.encrypted

    def read(self, name: str) -> bytes:
        """Return a member's bytes, its comments reported and left out; raises as `Archive.read`."""
        content, remarks = without_remarks(in_utf8(self.archive.read(name)))
        if name not in self._remarked:
            self._remarked.add(name)
            tell_remarks(self.collector, name, remarks)
        return content

    def tree(self, name: str) -> etree._Element:
        """Parse a member, and report element namespaces that are not known."""
        root = parse(self.read(name), self.budget)
        self.check_namespaces(name, root)
        return root

    def check_namespaces(self, name: str, root: etree._Element) -> None:
        """Report elements of unknown namespaces."""
        count = unknown_elements(root)
        if count:
            self.collector.add(
                "unknown-part",
                Place(part=name),
                count=count,
                detail="elements of an unknown namespace",
            )

    def refer(self, folder: str, root: etree._Element) -> list[etree._Element]:
        """Note what a part's links lead to, and return those that lead out of the package.

        Parameters
        ----------
        folder : str
            The folder of the part, ending in ``/``; empty for the package's own.
        root : lxml.etree._Element
            The part, or a piece of it.
        """
        outside = []
        for element in root.iter(etree.Element):
            target = element.get(q("xlink:href"))
            if not target:
                continue
            name = self.resolve(folder, target)
            if name is None:
                outside.append(element)
            else:
                self.referred.add(name)
                self.shown.setdefault(name, []).append(frame_size(element))
                if is_replacement(element):
                    self.replacing.add(name)
        return outside

    def resolve(self, folder: str, target: str) -> str | None:
        """Return the member or folder that an address means; None if it is not in the package."""
        path = unquote(target.split("#", 1)[0])
        if not path or re.match(r"[A-Za-z][\w+.-]*:", path):
            return None
        name = posixpath.normpath(f"{folder}{path}")
        return name if name in self.archive or name in self._folders else None

    def leftovers(self, depth: int) -> None:
        """Report members that are not listed, not known, or that nothing refers to."""
        names = set(self.archive.names)
        for name in self.archive.names:
            place = Place(part=name)
            if is_system_file(name):
                self.collector.add("system-file", place)
                self._look(name, place, depth)
                continue
            why = self._strange(name)
            if why:
                self.collector.add("unknown-part", place, detail=why)
                self._look(name, place, depth)
        for name in self.types:
            if not name.endswith("/") and name not in names and self.types[name]:
                self.collector.add(
                    "unknown-part", Place(part=name), detail="listed, but it is not there"
                )

    def _strange(self, name: str) -> str:
        """Why a member is not as it should be; empty if it is."""
        unlisted = ("mimetype", MANIFEST)
        if name not in self.types and name not in unlisted and not name.startswith("META-INF/"):
            return "the manifest does not list it"
        if _REFERRED.match(name):
            if "content.xml" in self.encrypted:
                return ""
            parts = name.split("/")
            folders = {"/".join(parts[:i]) for i in range(1, len(parts) + 1)}
            known = name.replace("ObjectReplacements/", "")
            return (
                "" if folders & self.referred or known in self.referred else "nothing refers to it"
            )
        return "" if any(re.fullmatch(p, name) for p, _ in KNOWN) else "a member of no known use"

    def _look(self, name: str, place: Place, depth: int) -> None:
        """Open a strange member that is a file, or scan its text for direct identifiers."""
        if name in self.encrypted:
            return
        with self.collector.guard(place):
            content = self.archive.read(name)
            look_at_stray(name, content, self.collector, depth, "unknown member")
