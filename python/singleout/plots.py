"""Pictures of an assessment that an approver reads in five seconds: `assessment.plot`.

Each says in its title what it shows, in words, and names no value of the table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from singleout.errors import SingleoutError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from singleout.assessment import Assessment

# Readable to the colour-blind, and in grey: dark is bad in every picture.
_INK: Final = "#1f2933"
_QUIET: Final = "#5f6b76"
_GRID: Final = "#e3e7ea"
_SAFE: Final = "#9fb8cc"
_MAIN: Final = "#1d5f91"
_BAD: Final = "#b3261e"

_MOST_BARS: Final = 15
_MOST_PAIRS: Final = 20
_EDGES: Final = (1, 2, 3, 5, 10, 20, 50, 100, 1000)


class Plot:
    """Pictures of one assessment.

    Each takes the axes to draw on, or makes a figure, and returns the axes.

    Parameters
    ----------
    assessment : Assessment
        What is drawn.
    """

    def __init__(self, assessment: Assessment) -> None:
        self._of = assessment

    def curve(self, ax: Axes | None = None) -> Axes:
        """Draw how many people an attacker singles out who knows any so many of the fields.

        The line is the mean over the combinations of a size, the band runs from the least to the
        most that one of them singles out.
        """
        lines = self._of._curve.to_pydict()
        size = lines["size"]
        mean, least, most = (100 * np.array(lines[n]) for n in ("singled_out", "least", "most"))
        ax = _axes(ax, 7.0, 4.0)
        if not size:
            return _empty(ax, "No fields are combined")
        ax.fill_between(
            size, least, most, color=_SAFE, alpha=0.5, linewidth=0, label="least to most"
        )
        ax.plot(size, mean, color=_MAIN, linewidth=2.5, marker="o", label="on average")
        at = min(int(np.argmax(mean >= 50)) if (mean >= 50).any() else len(mean) - 1, len(mean) - 1)
        ax.plot([size[at]], [mean[at]], "o", color=_BAD, markersize=10, zorder=3)
        known = "field" if size[at] == 1 else "fields"
        who = f"{_percent(mean[at])} of the {self._of.noun} on average"
        _title(ax, f"Who knows any {size[at]} {known} singles out {who}")
        ax.set_xlabel("fields known")
        ax.set_ylabel(f"{self._of.noun} singled out")
        ax.set_xticks(size)
        _percent_axis(ax.yaxis)
        ax.set_ylim(0, 103)
        ax.legend(frameon=False, labelcolor=_INK, loc="best")
        return ax

    def contributions(self, ax: Axes | None = None) -> Axes:
        """Draw what each field adds to the share of people singled out, largest first."""
        fields = self._of._fields
        known = [
            (value, name)
            for name, value in zip(
                fields["field"].to_pylist(), fields["contribution"].to_pylist(), strict=True
            )
            if value is not None
        ]
        known.sort(key=lambda pair: -pair[0])
        shown = known[:_MOST_BARS]
        ax = _axes(ax, 7.0, 1.2 + 0.32 * max(len(shown), 3))
        if not shown:
            return _empty(ax, "No fields are combined")
        values = [100 * value for value, _ in shown]
        places = np.arange(len(shown))[::-1]
        ax.barh(places, values, color=[_BAD, *[_MAIN] * (len(shown) - 1)], height=0.72)
        for place, value in zip(places, values, strict=True):
            ax.annotate(
                f"{value:.1f}", (max(value, 0), float(place)), (4, 0), textcoords="offset points",
                va="center", color=_INK,
            )  # fmt: skip
        ax.set_yticks(places, [_short(name) for _, name in shown])
        whole = 100 * sum(value for value, _ in known)
        up_to = self._of.max_size
        _title(ax, f"{_short(shown[0][1])} adds most: {values[0]:.0f} of {whole:.0f} points")
        left = len(known) - len(shown)
        more = f"\n{left} smaller fields are not shown" if left else ""
        ax.set_xlabel(
            f"percentage points of {self._of.noun} singled out, "
            f"combinations of up to {up_to} {'field' if up_to == 1 else 'fields'}{more}"
        )
        ax.margins(x=0.12)
        _grid(ax, "x")
        return ax

    def pairs(self, ax: Axes | None = None) -> Axes:
        """Draw a heat map of the share that each two fields single out; the diagonal: one field."""
        names, shares = self._pair_shares()
        m = len(names)
        side = 2.2 + 0.52 * max(m, 4)
        ax = _axes(ax, side + 1.0, side)
        if m < 2 or self._of.max_size < 2:
            return _empty(ax, "No two fields are combined")
        from matplotlib.colors import LinearSegmentedColormap

        shade = LinearSegmentedColormap.from_list("risk", ["#f7f3ee", "#e6a57e", _BAD, "#5b0f0a"])
        top = max(1.0, float(np.nanmax(shares)))
        ax.imshow(shares, cmap=shade, vmin=0, vmax=top, aspect="equal")
        for i in range(m):
            for j in range(i + 1):
                value = shares[i, j]
                words = f"{value:.1f}" if top < 10 else _percent(value, sign=False)
                colour = "white" if value > 0.42 * top else _INK
                ax.text(j, i, words, ha="center", va="center", fontsize=9, color=colour)
        ax.set_xticks(range(m), names, rotation=40, ha="right", rotation_mode="anchor")
        ax.set_yticks(range(m), names)
        ax.tick_params(length=0)
        ax.set_frame_on(False)
        low = np.where(np.eye(m, dtype=bool) | np.isnan(shares), -1.0, shares)
        one, other = divmod(int(np.argmax(low)), m)
        pair = f"{names[other]} with {names[one]}"
        _title(ax, f"Worst pair: {pair}, {_percent(low[one, other])} of the {self._of.noun}")
        left = len(self._of._walk.walked) - m
        more = f"\n{left} fields that add less are not shown" if left else ""
        words = "% singled out by the two fields together; on the diagonal by one alone"
        ax.set_xlabel(words + more)
        return ax

    def _pair_shares(self) -> tuple[list[str], NDArray[np.float64]]:
        walk = self._of._walk
        adds = self._of._fields["contribution"].to_numpy()[list(walk.walked)]
        kept = sorted(int(place) for place in np.argsort(-adds, kind="stable")[:_MOST_PAIRS])
        at = {walk.walked[place]: i for i, place in enumerate(kept)}
        shares = np.full((len(at), len(at)), np.nan)
        offsets, members = walk.members
        for number in np.flatnonzero(np.diff(offsets) <= 2):
            fields = [int(f) for f in members[offsets[number] : offsets[number + 1]]]
            if all(field in at for field in fields):
                value = 100 * int(walk.figures["unique"][number]) / self._of.people
                shares[at[fields[-1]], at[fields[0]]] = value
        return [_short(walk.table.names[field]) for field in at], shares

    def classes(self, ax: Axes | None = None) -> Axes:
        """Draw how many people have how many like them, on all fields together."""
        walk = self._of._walk
        k, counts = walk.k, walk.table.counts
        people = np.ones(len(k), np.int64) if counts is None else counts.astype(np.int64)
        threshold = self._of.threshold
        edges = sorted({*_EDGES, threshold})
        heights = [
            int(people[(k >= low) & (k < high)].sum())
            for low, high in zip(edges, [*edges[1:], 1 << 32], strict=True)
        ]
        while len(heights) > 4 and not heights[-1] and edges[len(heights) - 1] > threshold:
            heights.pop()
        ax = _axes(ax, 7.0, 4.0)
        names = [_range(edges, place) for place in range(len(heights))]
        colours = [
            _BAD if low == 1 else "#d9776f" if low < threshold else _SAFE
            for low in edges[: len(heights)]
        ]
        ax.bar(names, heights, color=colours, width=0.82)
        for place, height in enumerate(heights):
            if height:
                ax.annotate(
                    f"{height:,}", (place, height), (0, 3), textcoords="offset points",
                    ha="center", color=_INK,
                )  # fmt: skip
        few = int(people[(k > 0) & (k < threshold)].sum())
        whole = self._of.people
        _title(ax, f"{_some(few, whole, self._of.noun)} in groups of fewer than {threshold} alike")
        out = int(people[k == 0].sum())
        ax.set_xlabel(
            "people alike on all fields" + (f"; {out:,} take no part (nulls)" if out else "")
        )
        ax.set_ylabel(self._of.noun)
        ax.yaxis.set_major_formatter("{x:,.0f}")
        ax.margins(y=0.12)
        _grid(ax, "y")
        return ax


def _axes(ax: Axes | None, wide: float, high: float) -> Axes:
    if ax is None:
        try:
            import matplotlib.pyplot as plt
        except ImportError:
            raise SingleoutError(
                "plots need matplotlib: pip install 'singleout[notebook]'"
            ) from None
        figure, ax = plt.subplots(figsize=(wide, high), layout="constrained", facecolor="white")
        figure.set_dpi(110)
    ax.set_facecolor("white")
    ax.tick_params(colors=_QUIET, labelcolor=_INK)
    for side in ("top", "right", "left", "bottom"):
        ax.spines[side].set_visible(False)
    ax.xaxis.label.set_color(_QUIET)
    ax.yaxis.label.set_color(_QUIET)
    return ax


def _title(ax: Axes, words: str) -> None:
    ax.set_title(words, loc="left", color=_INK, fontsize=12, fontweight="bold", wrap=True, pad=10)


def _grid(ax: Axes, axis: str) -> None:
    ax.grid(axis=axis, color=_GRID)  # type: ignore[arg-type]
    ax.set_axisbelow(True)


def _percent_axis(axis: Any) -> None:
    from matplotlib.ticker import PercentFormatter

    axis.set_major_formatter(PercentFormatter(decimals=0, symbol=" %"))
    axis.grid(color=_GRID)
    axis.axes.set_axisbelow(True)


def _percent(value: float, sign: bool = True) -> str:
    if 0 < value < 1:
        words = "<1"
    elif 99 < value < 100:
        words = ">99"
    else:
        words = f"{value:.0f}"
    return f"{words} %" if sign else words


def _some(part: int, whole: int, noun: str) -> str:
    """Return a count of people with its share, as the start of a sentence."""
    if part in (0, whole):
        return f"{'None' if part == 0 else 'All'} of the {whole:,} {noun} are"
    return f"{part:,} {noun} ({_percent(100 * part / whole)}) are"


def _range(edges: list[int], place: int) -> str:
    low = edges[place]
    if place + 1 == len(edges):
        return f"{low:,}+"
    high = edges[place + 1] - 1
    return "alone" if high == 1 else f"{low:,}" if high == low else f"{low:,}\u2013{high:,}"


def _short(name: str) -> str:
    """A name that fits, with no dollar sign that matplotlib would take for a formula's."""
    cut = name if len(name) <= 24 else f"{name[:23]}\u2026"
    return cut.replace("$", r"\$")


def _empty(ax: Axes, words: str) -> Axes:
    ax.set_axis_off()
    ax.text(0.5, 0.5, words, ha="center", va="center", color=_QUIET, transform=ax.transAxes)
    return ax
