"""Links of a draft: where a click leads, the tip shown then, and the text on which they lie."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from singleout.draft.collector import Collector
from singleout.draft.model import Place


class Link(NamedTuple):
    """One link: its address or place, its tip, the text on which it lies, and where that is."""

    target: str
    tip: str = ""
    shown: str = ""
    place: Place | None = None


def tell_links(collector: Collector, place: Place, links: Iterable[Link]) -> None:
    """Keep the addresses and tips of links, with the text on which each lies.

    Parameters
    ----------
    collector : Collector
        Where to report.
    place : Place
        Where they are together.
    links : iterable of Link
        The links.
    """
    for link in links:
        where, texts = link.place or place, (link.target, link.tip)
        collector.text(where, texts, sort="link", what="link", seen=False, shown=link.shown)
