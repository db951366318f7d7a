"""A review as text: plain, Markdown and a piece of HTML for the notebook, in the same words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from singleout.base.printable import escape, printable, printable_lines
from singleout.policy.model import Policy
from singleout.verdict.reasons import Reason, grouped
from singleout.verdict.result import Review
from singleout.verdict.words import counted

_WORDS = {"refuse": "stops it", "review": "for a person"}
_COLOURS = {"refuse": "#b3261e", "review": "#8a5a00", "release": "#1b6e3c"}


_MOST_PLACES = 6


def lines_of(
    one: Reason, others: Sequence[Reason] = (), *, show_values: bool = False
) -> list[tuple[str, str]]:
    """Return a reason as (label, text): what, detail, example, other places, why, to do.

    Parameters
    ----------
    one : Reason
        The worst of its kind.
    others : sequence of Reason
        The others of its kind; the first few are named by their places.
    show_values : bool
        Show names that look like a person or a path.
    """
    found = [("", f"{one.sentence(show_values=show_values)}.")]
    if one.detail:
        found.append(("In detail", f"{one.detail}."))
    if one.example:
        found.append(("Example", f"{one.example}."))
    if others:
        told = "; ".join(
            other.what
            if other.place == one.place
            else f"{other.place.text(not show_values)} ({counted(other.count, other.unit)})"
            for other in others[:_MOST_PLACES]
        )
        more = len(others) - _MOST_PLACES
        found.append(("Also", f"{told}{f'; and {more} more' if more > 0 else ''}."))
    found.append(("Why it matters", one.why))
    found.append(("What to do", one.remedy))
    if one.note:
        found.append(("Note", one.note))
    return [(label, printable(text)) for label, text in found]


def facts(review: Review, *, show_values: bool = False) -> list[tuple[str, str]]:
    """Return what identifies a review: file, its hash, policy, its hash, day, version."""
    from singleout import __version__

    draft, policy = review.draft, review.policy
    name = review.shown(show_values)
    said = [
        ("File", f"{name} ({draft.format}, {draft.size:,} bytes)"),
        ("File SHA-256", draft.sha256),
        ("Policy", f"{policy.name}{f': {policy.title}' if policy.title else ''}"),
        ("Policy SHA-256", policy.sha256),
        ("Judged as of", review.as_of.isoformat()),
        ("Program", f"singleout {__version__}"),
    ]
    return [(label, printable(text)) for label, text in said]


def told_first(review: Review, *, show_values: bool = False) -> list[tuple[str, str]]:
    """Return what every output says first, as (label, sentence).

    Where the policy is weaker than the preset that it comes from, which policy was not applied,
    and of which tables somebody said what their rows are.
    """
    said = [("Weaker policy", text) for text in weakness(review.policy)]
    said += [("Take note", text) for text in review.notices]
    said += [("As said", one.sentence(show_values=show_values)) for one in review.settled]
    return [(label, printable(text)) for label, text in said]


def weakness(policy: Policy) -> list[str]:
    """Return, as a sentence, where a policy is weaker than its preset; none where it is not."""
    found = policy.lowered
    if not found:
        return []
    settings = "; ".join(one.sentence(policy.preset) for one in found)
    return [
        f"The policy {policy.name} is weaker than {policy.preset} in "
        f"{counted(len(found), 'settings')}: {settings}."
    ]


def _plain(review: Review, show_values: bool) -> Iterator[str]:
    name = review.shown(show_values)
    yield f"{name}: {review.say(show_values=show_values)}"
    first = told_first(review, show_values=show_values)
    yield from (f"\n{label}: {text}" for label, text in first)
    for number, (one, others) in enumerate(grouped(review.reasons), 1):
        lines = lines_of(one, others, show_values=show_values)
        yield f"\n{number}. [{_WORDS[one.effect]}] {lines[0][1]}  ({one.code})"
        yield from (f"   {label}: {text}" for label, text in lines[1:])
    if review.accepted:
        yield "\nAccepted by the policy:"
        yield from (
            f"  - {a.reason.sentence(show_values=show_values)} ({a.reason.code}); {a.because} "
            f"(until {a.expires.isoformat()})"
            for a in review.accepted
        )
    yield "\nNot checked:"
    yield from (f"  - {text}" for text in review.not_checked)
    yield ""
    yield from (f"{label}: {text}" for label, text in facts(review, show_values=show_values))


def plain(review: Review, *, show_values: bool = False) -> str:
    """Return the review as text."""
    return printable_lines("\n".join(_plain(review, show_values)))


def markdown(review: Review, *, show_values: bool = False) -> str:
    """Return the review in Markdown for a case file."""
    head = review.say(show_values=show_values)
    lines = [f"# {marked(head)}", ""]
    for label, said in told_first(review, show_values=show_values):
        lines += [f"{label}: {marked(said)}", ""]
    lines += ["| | |", "|---|---|"]
    lines += [
        f"| {label} | {marked(text)} |" for label, text in facts(review, show_values=show_values)
    ]
    if review.reasons:
        lines += ["", "## Reasons, worst first", ""]
    for number, (one, others) in enumerate(grouped(review.reasons), 1):
        first, *rest = lines_of(one, others, show_values=show_values)
        lines.append(f"{number}. **{marked(first[1])}** ({_WORDS[one.effect]}, `{one.code}`)")
        lines += [f"   - {label}: {marked(text)}" for label, text in rest]
    if review.accepted:
        lines += ["", "## Accepted by the policy", ""]
        lines += [
            f"- {marked(a.reason.sentence(show_values=show_values))} (`{a.reason.code}`): "
            f"{marked(a.because)} Until {a.expires.isoformat()}."
            for a in review.accepted
        ]
    lines += ["", "## Not checked", ""]
    lines += [f"- {marked(text)}" for text in review.not_checked]
    return "\n".join(lines) + "\n"


def marked(text: str) -> str:
    """Return a text that is not read as Markdown or HTML.

    Examples
    --------
    >>> marked("a_b")
    'a\\\\_b'
    """
    return "".join(f"\\{c}" if c in "\\`*_[]<>|#" else c for c in printable(text))


def notebook(review: Review, *, show_values: bool = False) -> str:
    """Return the verdict and its reasons as HTML that fits a light and a dark notebook."""
    colour = _COLOURS[review.verdict]
    name = review.shown(show_values)
    pieces = [
        f'<section style="border-left:.4em solid {colour};padding:.2em 1em;max-width:60em">',
        f"<p><strong>{escape(name)}: {escape(review.say(show_values=show_values))}</strong></p>",
    ]
    pieces += [
        f"<p>{label}: {escape(said)}</p>"
        for label, said in told_first(review, show_values=show_values)
    ]
    if review.reasons:
        pieces.append("<ol>")
        for one, others in grouped(review.reasons):
            first, *rest = lines_of(one, others, show_values=show_values)
            more = "".join(
                f"<br><small><em>{escape(label)}:</em> {escape(text)}</small>"
                for label, text in rest
            )
            pieces.append(
                f"<li>{escape(first[1])} <code>{escape(one.code)}</code> "
                f"({_WORDS[one.effect]}){more}</li>"
            )
        pieces.append("</ol>")
    if review.accepted:
        items = "".join(
            f"<li>{escape(a.reason.sentence(show_values=show_values))}: {escape(a.because)} "
            f"(until {a.expires.isoformat()})</li>"
            for a in review.accepted
        )
        pieces.append(f"<p>Accepted by the policy:</p><ul>{items}</ul>")
    unchecked = "".join(f"<li>{escape(text)}</li>" for text in review.not_checked)
    pieces.append(f"<details open><summary>Not checked</summary><ul>{unchecked}</ul></details>")
    known = "".join(
        f"<tr><th style='text-align:left'>{escape(label)}</th><td>{escape(text)}</td></tr>"
        for label, text in facts(review, show_values=show_values)
    )
    pieces.append(f"<details><summary>File and policy</summary><table>{known}</table></details>")
    pieces.append("</section>")
    return "\n".join(pieces)
