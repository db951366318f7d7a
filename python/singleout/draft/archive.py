"""Read a plain ZIP: each member is opened in turn, by its content."""

from __future__ import annotations

import re

from singleout.draft.collector import Collector
from singleout.draft.limits import Budget
from singleout.draft.model import Place
from singleout.draft.zipread import open_archive

_SYSTEM = re.compile(
    r"(?i)(^|/)(__MACOSX/|~\$|\.~lock\.|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._)"
)


def is_system_file(name: str) -> bool:
    """Tell whether a member was left by an operating system or an editor.

    Examples
    --------
    >>> is_system_file("__MACOSX/._a.xlsx"), is_system_file("data/~$a.xlsx")
    (True, True)
    """
    return bool(_SYSTEM.search(name))


def read(data: bytes, collector: Collector, budget: Budget, depth: int) -> None:
    """Read a ZIP of drafts.

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
    names = archive.names
    if not names:
        collector.unread(None, "the archive has no members", code="empty-file")
    collector.names([(n.rsplit("/", 1)[-1].rsplit(".", 1)[0], Place(part=n)) for n in names])
    for name in names:
        place = Place(part=name)
        with collector.guard(place):
            content = archive.read(name)
            if is_system_file(name):
                collector.add("system-file", place, count=1)
                _texts(content, place, collector)
                continue
            collector.open(name, content, depth, why_unseen="")


def _texts(content: bytes, place: Place, collector: Collector) -> None:
    """Look into a file left by a system or editor: `~$` files hold their user's name."""
    runs = re.findall(rb"[\x20-\x7e]{5,}", content[:100_000])
    wide = re.findall(rb"(?:[\x20-\x7e]\x00){5,}", content[:100_000])
    texts = [run.decode("ascii") for run in runs] + [run.decode("utf-16-le") for run in wide]
    collector.unseen_text(place, texts)
