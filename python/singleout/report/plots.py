"""Plots as inline SVG: no library, no font, colours from the page's style."""

from __future__ import annotations

from collections.abc import Sequence

from singleout.base.printable import escape, printable
from singleout.verdict.standing import Measured
from singleout.verdict.words import column_name

_WIDTH, _HEIGHT = 640, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 62, 20, 16, 46


def curve(measured: Measured) -> str:
    """Plot how many rows are singled out by who knows so many fields.

    Parameters
    ----------
    measured : Measured
        Its `by_size` is drawn: the mean over the combinations of a size, and the worst of them.

    Returns
    -------
    str
        An ``svg`` element with a title and a description; empty for fewer than three sizes.
    """
    points = measured.by_size
    if len(points) < 3:
        return ""
    across = _WIDTH - _LEFT - _RIGHT
    down = _HEIGHT - _TOP - _BOTTOM

    def x(place: int) -> float:
        return _LEFT + across * place / (len(points) - 1)

    def y(share: float) -> float:
        return _TOP + down * (1 - share)

    pieces = [_axis(y(share), f"{share:.0%}") for share in (0, 0.25, 0.5, 0.75, 1)]
    for place, (size, _, _) in enumerate(points):
        pieces.append(
            f'<text class="tick" x="{x(place):.1f}" y="{_HEIGHT - 26}" text-anchor="middle">'
            f"{size}</text>"
        )
    pieces.append(
        f'<text class="tick" x="{_LEFT + across / 2:.1f}" y="{_HEIGHT - 6}" '
        'text-anchor="middle">fields known</text>'
    )
    for name, column in (("most", 2), ("mean", 1)):
        line = " ".join(f"{x(i):.1f},{y(p[column]):.1f}" for i, p in enumerate(points))
        pieces.append(f'<polyline class="line {name}" points="{line}"/>')
        pieces += [
            f'<circle class="dot {name}" cx="{x(i):.1f}" cy="{y(p[column]):.1f}" r="4"/>'
            for i, p in enumerate(points)
        ]
    said = "; ".join(f"{s} known: mean {m:.1%}, worst {w:.1%}" for s, m, w in points)
    title = "Share of rows that someone singles out who knows so many of the fields"
    return _svg(_HEIGHT, title, said, pieces)


def _axis(y: float, label: str) -> str:
    return (
        f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        f'<text class="tick" x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{label}</text>'
    )


def joined(fields: Sequence[str], show_values: bool = False) -> str:
    """Return the names of a combination's fields, masked where they are values."""
    return " + ".join(printable(name) if show_values else column_name(name) for name in fields)


def bars(measured: Measured, *, show_values: bool = False) -> str:
    """Plot the combinations that single out most rows, one bar each.

    Returns
    -------
    str
        An ``svg`` element with a title and a description; empty when nobody is singled out.
    """
    shown = [c for c in measured.combinations if c.unique_rows][:8]
    if not shown:
        return ""
    height = 12 + 44 * len(shown)
    pieces: list[str] = []
    for place, one in enumerate(shown):
        top = 8 + 44 * place
        share = one.unique_rows / measured.rows
        names = _short(joined(one.fields, show_values))
        number = f"{one.unique_rows:,} ({share:.0%})"
        pieces += [
            f'<text class="label" x="0" y="{top + 12}">{escape(names)}</text>',
            f'<text class="tick" x="{_WIDTH}" y="{top + 12}" text-anchor="end">{number}</text>',
            f'<rect class="track" x="0" y="{top + 18}" width="{_WIDTH}" height="12" rx="2"/>',
            f'<rect class="bar" x="0" y="{top + 18}" width="{_WIDTH * share:.1f}" '
            'height="12" rx="2"/>',
        ]
    said = "; ".join(f"{joined(c.fields, show_values)}: {c.unique_rows:,} rows" for c in shown)
    return _svg(height, "Rows that each combination of fields singles out", said, pieces)


def _short(text: str) -> str:
    return text if len(text) <= 72 else f"{text[:70]}\N{HORIZONTAL ELLIPSIS}"


def _svg(height: int, title: str, said: str, pieces: list[str]) -> str:
    body = "\n".join(pieces)
    return (
        f'<svg class="plot" viewBox="0 0 {_WIDTH} {height}" role="img" '
        f'aria-label="{escape(title)}. {escape(said)}">\n{body}\n</svg>'
    )
