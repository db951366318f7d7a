"""Hand over what is drawn in a package's parts: texts of shapes, charts and diagrams, and links."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from singleout.draft.collector import Collector
from singleout.draft.drawn_texts import AUTOMATIC, bodies, chart_texts, line, vml_texts
from singleout.draft.links import Link, tell_links
from singleout.draft.margins import header_texts
from singleout.draft.model import Place
from singleout.draft.opc import Package
from singleout.draft.xml import attribute, local

# What a shape is (20.1 and 20.5 of part 1; Word's shapes of 2010): it holds its text, and its link
_SHAPES = frozenset(
    ["sp", "pic", "cxnSp", "graphicFrame", "grpSp", "wsp", "wgp", "anchor", "inline"]
)


def tell_drawn_texts(
    package: Package,
    part: str,
    root: etree._Element,
    hidden: Iterable[etree._Element],
    *,
    seen: bool,
) -> None:
    """Hand over the texts of a drawing's shapes, each whole, their names and their links.

    Parameters
    ----------
    package : Package
        The file.
    part : str
        The drawing.
    root : lxml.etree._Element
        Its content.
    hidden : iterable of lxml.etree._Element
        Shapes that are hidden, with all that they hold.
    seen : bool
        Whether what the drawing lies on is in sight.
    """
    collector, place, out = package.collector, Place(part=part), set(hidden)
    lost: list[str] = []
    for body, text in bodies(root):
        if out and not out.isdisjoint(body.iterancestors()):
            lost.append(text)
        else:
            collector.text(place, [text], sort="object", what="text box or shape", seen=seen)
    collector.text(place, lost, sort="object", what="hidden object", seen=False)
    collector.identifiers(place, lost, what="hidden object")
    names = [e.get("name", "") for e in root.iter("{*}cNvPr", "{*}docPr")]
    named = [name for name in names if not AUTOMATIC.match(name.strip())]
    collector.text(place, named, sort="name", what="name of a shape", seen=False)
    tell_links(collector, place, _links(package, part, root))


def _links(package: Package, part: str, root: etree._Element) -> list[Link]:
    """Links of shapes and of words in them (20.1.2.2.13 and 21.1.2.3.5)."""
    found: list[Link] = []
    for click in root.iter("{*}hlinkClick", "{*}hlinkHover", "{*}hlinkMouseOver"):
        relation = package.link(part, attribute(click, "id") or "")
        target = "" if relation is None else relation.target
        above = click.getparent()
        run = None if above is None else above.getparent()
        if run is not None and local(above) == "rPr":
            shown = line(run)
        else:
            shape = next((e for e in click.iterancestors() if local(e) in _SHAPES), None)
            shown = "" if shape is None else "\n".join(text for _, text in bodies(shape))
        found.append(Link(target, click.get("tooltip", ""), shown))
    return found


def tell_chart_texts(package: Package, part: str, root: etree._Element, *, seen: bool) -> None:
    """Hand over a chart's titles and labels, its own page headers, and links in its titles.

    Parameters
    ----------
    package : Package
        The file.
    part : str
        The chart.
    root : lxml.etree._Element
        Its content.
    seen : bool
        Whether what the chart lies on is in sight.
    """
    collector, place = package.collector, Place(part=part)
    collector.text(place, chart_texts(root), sort="object", what="text of a chart", seen=seen)
    texts = [text for block in root.iter("{*}headerFooter") for e in block
             for text in header_texts(e.text or "")]  # fmt: skip
    collector.text(place, texts, sort="margin", what="header or footer of a chart", seen=False)
    tell_links(collector, place, _links(package, part, root))


def tell_diagram(package: Package, part: str) -> None:
    """Hand over the texts of a diagram's data (21.4.3), which its drawing shows."""
    collector, place = package.collector, Place(part=part)
    root = package.tree(part)
    texts = [text for _, text in bodies(root)]
    collector.text(place, texts, sort="object", what="diagram")
    collector.identifiers(place, texts, what="diagram")
    tell_links(collector, place, _links(package, part, root))


def tell_vml_texts(collector: Collector, place: Place, text: str, *, seen: bool) -> None:
    """Hand over the texts of a VML part.

    Parameters
    ----------
    collector : Collector
        Where to report.
    place : Place
        The part.
    text : str
        Its content.
    seen : bool
        Whether what the drawing lies on is in sight.
    """
    boxes, others, told = vml_texts(text)
    art = [value for name, value in told if name == "string"]
    collector.text(place, [*boxes, *art], sort="object", what="text box or control", seen=seen)
    tell_links(collector, place, [Link(value) for name, value in told if name == "href"])
    named = ("alt", "title")
    described = [v for name, v in told if name in named and not AUTOMATIC.match(v.strip())]
    collector.unseen_text(place, [*others, *described], what="drawing")
