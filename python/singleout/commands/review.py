"""`singleout review FILES...`: may each file leave under a policy, and if not, why."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from singleout.errors import InputError, PolicyError

if TYPE_CHECKING:
    from singleout.policy import Policy
    from singleout.verdict.machine import Outcome
    from singleout.verdict.result import Review

_DELAY = 1.0  # seconds of silence where no one watches


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="a draft: xlsx, xls, ods, docx, csv, zip ..."
    )
    parser.add_argument(
        "--policy",
        metavar="P",
        help="a policy file, a pyproject.toml or a preset's name (foi-strict when left out)",
    )
    parser.add_argument("--report", metavar="FILE", help="write a report too: .html, .md or .json")
    parser.add_argument(
        "--format", choices=("text", "json", "sarif", "junit"), default="text", help="on stdout"
    )
    parser.add_argument(
        "--as-of",
        metavar="DATE",
        type=_date,
        help="judge acceptances on this day (2026-12-31); today when left out",
    )
    parser.add_argument(
        "--rows",
        action="append",
        default=[],
        metavar="PLACE=things",
        help="of a table that the review of one file finds unclear: what its rows are (again for "
        "more); PLACE as the review names it",
    )
    parser.add_argument(
        "--ledger", metavar="L", help="look for links to the earlier releases in this ledger too"
    )
    parser.add_argument("--ledger-key", metavar="K", help="the ledger's key file")
    parser.add_argument(
        "--link",
        action="append",
        default=[],
        metavar="FIELD=NAME",
        help="FIELD is what earlier releases call NAME (again for more)",
    )
    parser.add_argument(
        "--show-values",
        action="store_true",
        help="show names of files, sheets and parts that look like a person or a path",
    )
    parser.epilog = (
        "Exit codes: 0 nothing found that the policy stops, 1 do not send, 3 a person must check, "
        "2 error; of several files the worst: 1, 2, 3, 0."
    )


def _said(options: argparse.Namespace) -> dict[str, str]:
    """What --rows says, by place."""
    said: dict[str, str] = {}
    for text in options.rows:
        place, equals, rows = text.rpartition("=")
        if not equals or not place.strip():
            raise InputError(f'--rows {text}: say which table: --rows "PLACE=things"')
        said[place.strip()] = rows.strip()
    if said and len(options.files) > 1:
        raise InputError("--rows names one table of one file: review that file alone")
    return said


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date like 2026-12-31") from None


def run(options: argparse.Namespace) -> int:
    """Review each file, print the verdicts, write the report.

    Returns
    -------
    int
        0, 1, 3 or 2: the worst of the files', where 1 outweighs 2.
    """
    from singleout.policy import load
    from singleout.verdict.machine import Failed, as_json, as_junit, as_sarif
    from singleout.verdict.result import worst

    policy = load(options.policy)
    said = _said(options)
    outcomes: list[Outcome] = []
    with _joining(options) as joined:
        for file in options.files:
            try:
                outcomes.append(joined(_one(file, policy, options.as_of, said)))
            except PolicyError:
                raise
            except InputError as problem:
                outcomes.append(Failed(Path(file).name, str(problem)))
    show = bool(options.show_values)
    if options.format == "text":
        _print(outcomes, show)
    elif options.format == "sarif":
        sys.stdout.write(as_sarif(outcomes, paths=options.files, show_values=show))
    else:
        writer = {"json": as_json, "junit": as_junit}[options.format]
        sys.stdout.write(writer(outcomes, show_values=show))
    if options.report:
        _report(outcomes, Path(options.report), show)
    return worst([outcome.exit_code for outcome in outcomes])


@contextmanager
def _joining(options: argparse.Namespace) -> Iterator[Callable[[Review], Review]]:
    """What adds the ledger's reasons to a review; the review as it is where no ledger is given."""
    if options.ledger is None and options.ledger_key is None and not options.link:
        yield lambda found: found
        return
    from singleout.evidence.joining import joining

    with joining(options.ledger, options.ledger_key, options.link) as joined:
        yield joined


def _one(file: str, policy: Policy, as_of: dt.date | None, said: dict[str, str]) -> Review:
    from singleout.verdict import review

    with Saying(Path(file).name) as saying:
        return review(file, policy, as_of=as_of, say=saying, rows=said)


class Saying:
    """Tell on stderr what is being done: at once in a terminal, else when it takes over a second.

    Parameters
    ----------
    name : str
        The file's name, masked where it looks like a person's.

    Examples
    --------
    >>> with Saying("a.csv") as saying:
    ...     saying("reading")
    """

    def __init__(self, name: str) -> None:
        from singleout.draft.model import Place

        self._name = Place(part=name).text()
        self._live = sys.stderr.isatty()
        self._timer: threading.Timer | None = None

    def __call__(self, words: str) -> None:
        """Say what is being done from now on."""
        self._quiet()
        line = f"{self._name}: {words} ..."
        if self._live:
            sys.stderr.write(f"\r\x1b[K{line}")
            sys.stderr.flush()
            return
        self._timer = threading.Timer(_DELAY, print, (line,), {"file": sys.stderr, "flush": True})
        self._timer.daemon = True
        self._timer.start()

    def _quiet(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def __enter__(self) -> Saying:
        return self

    def __exit__(self, *exception: object) -> None:
        self._quiet()
        if self._live:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def _print(outcomes: list[Outcome], show_values: bool) -> None:
    from singleout.verdict.result import Review

    for number, outcome in enumerate(outcomes):
        if number:
            print()
        if not isinstance(outcome, Review):
            print(f"singleout: {outcome.error}", file=sys.stderr)
        elif sys.stdout.isatty():
            from singleout.verdict.terminal import show

            show(outcome, show_values=show_values)
        else:
            from singleout.verdict.show import plain

            print(plain(outcome, show_values=show_values))


def _report(outcomes: list[Outcome], path: Path, show_values: bool) -> None:
    from singleout.verdict.machine import as_json
    from singleout.verdict.result import Review

    reviews = [outcome for outcome in outcomes if isinstance(outcome, Review)]
    kind = path.suffix.lower()
    if kind == ".json":
        text = as_json(outcomes, show_values=show_values)
    elif kind == ".md":
        text = "\n".join(review.to_markdown(show_values=show_values) for review in reviews)
    elif kind in (".html", ".htm"):
        from singleout.report import page

        text = page(reviews, show_values=show_values)
    else:
        raise InputError(f"{path}: a report's name ends in .html, .md or .json")
    try:
        path.write_text(text, "utf-8")
    except OSError as problem:
        raise InputError(f"{path}: {problem.strerror}; the report was not written") from None
