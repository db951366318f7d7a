"""A review in a terminal: the words of `show.plain` with colour and wrapped lines."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from singleout.base.printable import printable
from singleout.verdict.reasons import grouped
from singleout.verdict.result import Review
from singleout.verdict.show import facts, lines_of, told_first

_STYLE = {
    "refuse": "bold white on red3",
    "review": "bold black on orange1",
    "release": "bold white on green4",
}
_MARK = {"refuse": "bold red3", "review": "bold dark_orange3"}


def show(review: Review, *, show_values: bool = False, console: Console | None = None) -> None:
    """Print a review.

    Parameters
    ----------
    review : Review
        What to print.
    show_values : bool
        Show names that look like a person or a path.
    console : rich.console.Console, optional
        Where; standard output when left out.
    """
    out = console or Console(highlight=False)
    name = review.shown(show_values)
    head = Text(f" {review.say(show_values=show_values)} ", _STYLE[review.verdict])
    out.print(Text(name, "bold"))
    out.print(head)
    for label, said in told_first(review, show_values=show_values):
        out.print(Padding(Text.assemble((f"{label}: ", "bold"), said), (1, 0, 0, 0)))
    for number, (one, others) in enumerate(grouped(review.reasons), 1):
        first, *rest = lines_of(one, others, show_values=show_values)
        line = Text.assemble((f"{number}. ", _MARK[one.effect]), first[1], (f"  {one.code}", "dim"))
        out.print(Padding(line, (1, 0, 0, 0)))
        for label, text in rest:
            out.print(Padding(Text.assemble((f"{label}: ", "bold"), text), (0, 0, 0, 3)))
    if review.accepted:
        out.print(Padding(Text("Accepted by the policy", "bold"), (1, 0, 0, 0)))
        for entry in review.accepted:
            what = entry.reason.sentence(show_values=show_values)
            text = f"- {what}; {printable(entry.because)} (until {entry.expires.isoformat()})"
            out.print(Padding(Text(text), (0, 0, 0, 2)))
    out.print(Padding(Text("Not checked", "bold"), (1, 0, 0, 0)))
    for text in review.not_checked:
        out.print(Padding(Text(f"- {text}"), (0, 0, 0, 2)))
    out.print()
    for label, text in facts(review, show_values=show_values):
        out.print(Text(f"{label}: {text}", "dim"))
