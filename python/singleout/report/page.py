"""Put reviews on one page."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from singleout.base.printable import printable, printable_lines
from singleout.draft.codes import CODES, SEVERITIES
from singleout.policy.show import source_of
from singleout.report.plots import bars, curve, joined
from singleout.verdict.codes import HEADLINES
from singleout.verdict.machine import Failed, Outcome
from singleout.verdict.reasons import grouped
from singleout.verdict.result import Review
from singleout.verdict.show import facts, lines_of, told_first
from singleout.verdict.words import counted

if TYPE_CHECKING:
    from jinja2 import Template

_EFFECTS = {"refuse": "stops it", "review": "for a person"}


@dataclass(frozen=True, slots=True)
class _Table:
    """A sortable table: its caption, its headings (numeric ones end in #), its rows."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]


def page(reviews: Sequence[Outcome], *, show_values: bool = False) -> str:
    """Return the report on one or more reviews.

    Parameters
    ----------
    reviews : sequence of Review or Failed
        One a file, in the order in which they are shown.
    show_values : bool
        Show names of files, sheets and parts that look like a person or a path.

    Returns
    -------
    str
        HTML that loads nothing: style, script and plots are in it, and its content security policy
        forbids the rest. The same reviews give the same text.

    Examples
    --------
    >>> import singleout as so
    >>> one = so.review(b"rank,officers\\nsergeant,120\\ninspector,45\\n", name="a.csv")
    >>> page([one]).startswith("<!DOCTYPE html>")
    True
    """
    style, script = _resource("style.css"), _resource("sort.js")
    return _template().render(
        title=_title(reviews, show_values),
        reviews=[
            _failed(one, number, show_values)
            if isinstance(one, Failed)
            else _one(one, number, show_values)
            for number, one in enumerate(reviews, 1)
        ],
        style=style,
        script=script,
        style_hash=_hash(style),
        script_hash=_hash(script),
    )


def _title(reviews: Sequence[Outcome], show_values: bool) -> str:
    failed = sum(isinstance(one, Failed) for one in reviews)
    if len(reviews) == 1:
        verdict = "error" if isinstance(reviews[0], Failed) else reviews[0].verdict
        return f"{HEADLINES[verdict]}: {reviews[0].shown(show_values)}"
    return f"Review of {len(reviews)} files{f', {failed} not reviewed' if failed else ''}"


def _resource(name: str) -> str:
    return (files("singleout.report") / "templates" / name).read_text("utf-8")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_printed,
    )
    return environment.from_string(_resource("page.html"))


def _failed(failed: Failed, number: int, show_values: bool) -> dict[str, Any]:
    """What the template shows of a file that could not be reviewed."""
    return {
        "id": f"f{number}",
        "name": failed.shown(show_values),
        "verdict": "error",
        "verdict_words": HEADLINES["error"],
        "because": printable(failed.error),
        "failed": True,
    }


def _printed(value: Any) -> Any:
    """What the template prints of a value: names are data; what is markup already stays."""
    plain = isinstance(value, str) and not hasattr(value, "__html__")
    return printable_lines(value) if plain else value


def _one(review: Review, number: int, show_values: bool) -> dict[str, Any]:
    """Everything that the template shows of one review."""
    return {
        "id": f"f{number}",
        "name": review.shown(show_values),
        "verdict": review.verdict,
        "verdict_words": HEADLINES[review.verdict],
        "because": review.because(show_values=show_values),
        "told_first": told_first(review, show_values=show_values),
        "facts": facts(review, show_values=show_values),
        "reasons": [
            {
                "code": one.code,
                "effect": one.effect,
                "effect_words": _EFFECTS[one.effect],
                "first": lines_of(one, others, show_values=show_values)[0][1],
                "lines": lines_of(one, others, show_values=show_values)[1:],
            }
            for one, others in grouped(review.reasons)
        ],
        "accepted": [
            {
                "what": a.reason.sentence(show_values=show_values),
                "code": a.reason.code,
                "because": a.because,
                "until": a.expires.isoformat(),
            }
            for a in review.accepted
        ],
        "measured": [
            {
                "place": m.place.text(not show_values),
                "rows": m.rows,
                "fields": len(m.fields),
                "visible": m.visible,
                "curve": curve(m),
                "bars": bars(m, show_values=show_values),
                "table": _combinations(m, show_values),
            }
            for m in review.measured
        ],
        "tables": _tables(review, show_values),
        "findings": _findings(review, show_values),
        "checked": _checked(review),
        "not_checked": review.not_checked,
        "policy": _policy(review),
        "description": review.policy.description,
    }


def _combinations(measured: Any, show_values: bool) -> _Table:
    return _Table(
        f"Combinations of fields in {measured.place.text(not show_values)}, worst first",
        ("Fields", "How many fields#", "Rows alone#", "Rows in small groups#", "Smallest group#"),
        tuple(
            (
                joined(c.fields, show_values),
                len(c.fields),
                c.unique_rows,
                c.rows_below,
                c.smallest_group,
            )
            for c in measured.combinations
        ),
    )


def _tables(review: Review, show_values: bool) -> _Table:
    return _Table(
        "Tables found in the file",
        ("Place", "Holds", "In sight", "Rows#", "Columns#", "Why it is taken for that"),
        tuple(
            (
                table.place.text(not show_values),
                table.kind,
                "yes" if table.visible else f"no: {table.why_unseen}",
                table.n_rows,
                len(table.names),
                "; ".join(table.reasons),
            )
            for table in review.draft.tables
        ),
    )


def _findings(review: Review, show_values: bool) -> _Table:
    return _Table(
        "Everything that was found, notes included",
        ("Severity", "What", "Place", "Count#", "How a reader would see it"),
        tuple(
            (
                finding.severity,
                f"{CODES[finding.code].title}{f': {finding.detail}' if finding.detail else ''}",
                finding.place.text(not show_values),
                finding.count,
                finding.how_to_see,
            )
            for finding in review.draft.findings
        ),
    )


def _checked(review: Review) -> list[str]:
    draft = review.draft
    by = draft.counts()
    severities = ", ".join(f"{by[severity]} {severity}" for severity in SEVERITIES)
    whole = "all of it" if draft.complete else "NOT ALL OF IT: see the reasons"
    lines = [
        f"The file's content, as {draft.format}: {whole}",
        f"{len(CODES)} kinds of hidden, left-over or linked content; found: {severities}",
        f"{counted(len(draft.tables), 'tables')}, {len(draft.unseen):,} of them out of sight",
    ]
    if draft.parts:
        parts = counted(len(draft.parts), "parts")
        lines.insert(1, f"{parts} of the file, each against a list of known ones")
    lines += [
        f"{m.rows:,} rows on {len(m.fields)} columns, every combination of up to {m.max_size}"
        for m in review.measured
    ]
    return lines


def _word(value: object) -> str:
    return {"True": "yes", "False": "no"}.get(str(value), str(value))


def _policy(review: Review) -> _Table:
    policy = review.policy
    data = policy.model_dump(mode="json")
    rows: list[tuple[str | int, ...]] = []
    for part in ("findings", "people", "counts", "expect"):
        for key, value in data[part].items():
            if value in (None, {}, []):
                continue
            name = f"{part}.{key}"
            source = source_of(policy.sources, name)
            told = "" if source is None else f"{source.title} ({source.date}; {source.read})"
            shown = (
                ", ".join(f"{k}: {v}" for k, v in value.items())
                if isinstance(value, dict)
                else _word(value)
            )
            rows.append((name, shown, told))
    rows += [(f"fields.{name}", field.role, field.purpose) for name, field in policy.fields.items()]
    return _Table(
        f"The policy {policy.name}", ("Setting", "Value", "Source or purpose"), tuple(rows)
    )
