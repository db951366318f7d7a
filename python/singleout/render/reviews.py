"""Several reviews in one format: every file that was given is in every one of them."""

from __future__ import annotations

from collections.abc import Sequence

from singleout.verdict.codes import HEADLINES
from singleout.verdict.machine import Failed, Outcome, as_json, as_junit, as_sarif
from singleout.verdict.show import markdown, marked, plain

FORMATS = ("text", "json", "sarif", "junit", "html", "markdown")


def rendered(
    kind: str, outcomes: Sequence[Outcome], *, paths: Sequence[str], show_values: bool = False
) -> str:
    """Return reviews in a format.

    Parameters
    ----------
    kind : str
        One of `FORMATS`.
    outcomes : sequence of Review or Failed
        One a file.
    paths : sequence of str
        Where each file is, for formats that point at it.
    show_values : bool
        Show names that look like a person or a path.

    Examples
    --------
    >>> print(rendered("text", [Failed("a.csv", "no such file")], paths=["a.csv"]))
    a.csv: This file could not be reviewed: no such file
    <BLANKLINE>
    """
    if kind == "text":
        return "\n\n".join(as_text(one, show_values=show_values) for one in outcomes) + "\n"
    if kind == "markdown":
        return as_markdown(outcomes, show_values=show_values)
    if kind == "html":
        from singleout.report import page

        return page(outcomes, show_values=show_values)
    if kind == "sarif":
        return as_sarif(outcomes, paths=paths, show_values=show_values)
    return {"json": as_json, "junit": as_junit}[kind](outcomes, show_values=show_values)


def as_text(outcome: Outcome, *, show_values: bool = False) -> str:
    """Return one review as text."""
    if isinstance(outcome, Failed):
        return f"{outcome.shown(show_values)}: {outcome.sentence()}"
    return plain(outcome, show_values=show_values)


def as_markdown(outcomes: Sequence[Outcome], *, show_values: bool = False) -> str:
    """Return reviews for a case file; several begin with a list of all."""
    pieces = []
    if len(outcomes) > 1:
        lines = [f"# Review of {len(outcomes)} files", ""]
        lines += [
            f"- {marked(one.shown(show_values))}: {HEADLINES[_verdict(one)]}" for one in outcomes
        ]
        pieces.append("\n".join(lines) + "\n")
    for one in outcomes:
        if isinstance(one, Failed):
            head = f"# {marked(one.shown(show_values))}: {marked(one.sentence())}"
            pieces.append(f"{head}\n")
        else:
            pieces.append(markdown(one, show_values=show_values))
    return "\n".join(pieces)


def _verdict(outcome: Outcome) -> str:
    return "error" if isinstance(outcome, Failed) else outcome.verdict
