"""`singleout review FILES...`: may each file leave under a policy, and if not, why."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from singleout.base import exit_codes
from singleout.base.printable import printable
from singleout.cli.inputs import Given, add_files, given
from singleout.cli.options import drafts_in_words
from singleout.cli.outputs import Outputs, targets_of
from singleout.cli.program import unforeseen
from singleout.errors import InputError, SingleoutError

if TYPE_CHECKING:
    from singleout.policy import Policy
    from singleout.verdict.machine import Outcome
    from singleout.verdict.result import Review

_DELAY = 1.0  # seconds of silence where no one watches


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    add_files(parser, f"a draft: {drafts_in_words()}")
    parser.add_argument(
        "--policy",
        metavar="P",
        help="a policy file, a pyproject.toml or a preset's name (foi-strict when left out)",
    )
    parser.add_argument("--report", metavar="FILE", help="write a report too: .html, .md or .json")
    parser.add_argument(
        "--format",
        action="append",
        default=[],
        metavar="KIND[=FILE]",
        help="text, json, sarif, junit, html or markdown: to standard output, or to FILE (again "
        "for more; text to standard output when left out)",
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
    parser.add_argument(
        "--schema", action=_Schema, nargs=0, help="print the JSON schema of --format json"
    )
    loudness = parser.add_mutually_exclusive_group()
    loudness.add_argument(
        "--quiet", action="store_true", help="no text on standard output: the exit code says it"
    )
    loudness.add_argument(
        "--verbose", action="store_true", help="say on standard error what is being done, at once"
    )
    parser.epilog = (
        "Exit codes: 0 nothing found that the policy stops, 1 do not send, 3 a person must check, "
        "2 error, or an output could not be written; of several files the worst: 1, 2, 3, 0."
    )


class _Schema(argparse.Action):
    """Print the schema of a review's JSON, and stop."""

    def __call__(self, *_: object, **__: object) -> None:
        from importlib.resources import files

        path = files("singleout.render") / "review.schema.json"
        sys.stdout.write(path.read_text("utf-8"))
        raise SystemExit(exit_codes.DONE)


def _said(options: argparse.Namespace, files: list[Given]) -> dict[str, str]:
    """What --rows says, by place."""
    said: dict[str, str] = {}
    for text in options.rows:
        place, equals, rows = text.rpartition("=")
        if not equals or not place.strip():
            raise InputError(f'--rows {text}: say which table: --rows "PLACE=things"')
        said[place.strip()] = rows.strip()
    if said and len(files) > 1:
        raise InputError("--rows names one table of one file: review that file alone")
    return said


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date like 2026-12-31") from None


def run(options: argparse.Namespace) -> int:
    """Review each file, print the verdicts, write the reports.

    Returns
    -------
    int
        0, 1, 3 or 2: the worst of the files', where 1 outweighs 2.
    """
    from singleout.draft.limits import DEFAULT
    from singleout.policy import load
    from singleout.policy.unapplied import not_applied
    from singleout.render.reviews import FORMATS, rendered

    policy = load(options.policy)
    notices = tuple(filter(None, [not_applied() if options.policy is None else ""]))
    targets = targets_of(options.format, FORMATS, options.report, default="text")
    files = given(options.files, options.name, most=DEFAULT.file_bytes)
    said = _said(options, files)
    show = bool(options.show_values)
    inputs = [one.path for one in files if one.path is not None]
    with Outputs(targets, inputs, quiet=options.quiet) as outputs:
        with _joining(options) as joined:
            outcomes = [_outcome(one, policy, options, said, joined, notices) for one in files]
        paths = [one.shown if one.path is not None else one.name for one in files]
        outputs.write(
            lambda kind: rendered(kind, outcomes, paths=paths, show_values=show),
            lambda: _print(outcomes, show),
        )
    return exit_codes.after_output(
        exit_codes.worst(one.exit_code for one in outcomes), lost=outputs.lost
    )


def _outcome(
    file: Given,
    policy: Policy,
    options: argparse.Namespace,
    said: dict[str, str],
    joined: Callable[[Review], Review],
    notices: tuple[str, ...],
) -> Outcome:
    """Review one file; whatever goes wrong with it is its outcome, and no other file's."""
    from singleout.verdict.machine import Failed

    problem = file.problem
    if not problem:
        try:
            return replace(joined(_one(file, policy, options, said)), notices=notices)
        except SingleoutError as error:
            problem = str(error)
        except MemoryError:
            problem = "there is not enough memory to review it"
        except Exception as error:
            problem = unforeseen(error)
    where = printable(file.shown)
    sys.stderr.write(f"singleout: {where}: {printable(problem)}\n")
    return Failed(file.name, problem)


@contextmanager
def _joining(options: argparse.Namespace) -> Iterator[Callable[[Review], Review]]:
    """What adds the ledger's reasons to a review; the review as it is where no ledger is given."""
    if options.ledger is None and options.ledger_key is None and not options.link:
        yield lambda found: found
        return
    from singleout.evidence.joining import joining

    with joining(options.ledger, options.ledger_key, options.link) as joined:
        yield joined


def _one(file: Given, policy: Policy, options: argparse.Namespace, said: dict[str, str]) -> Review:
    from singleout.verdict import review

    with Saying(file.name, at_once=options.verbose) as saying:
        return review(
            file.source, policy, as_of=options.as_of, name=file.name, say=saying, rows=said
        )


class Saying:
    """Tell on stderr what is being done: at once in a terminal, else when it takes over a second.

    Parameters
    ----------
    name : str
        The file's name, masked where it looks like a person's.
    at_once : bool
        Say it at once even where no one watches.

    Examples
    --------
    >>> with Saying("a.csv") as saying:
    ...     saying("reading")
    """

    def __init__(self, name: str, *, at_once: bool = False) -> None:
        from singleout.draft.model import Place

        self._name = Place(part=name).text()
        self._at_once = at_once
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
        if self._at_once:
            sys.stderr.write(f"{line}\n")
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
    from singleout.render.reviews import as_text
    from singleout.verdict.result import Review

    watched = sys.stdout.isatty()
    for number, outcome in enumerate(outcomes):
        if number:
            print()
        if watched and isinstance(outcome, Review):
            from singleout.verdict.terminal import show

            show(outcome, show_values=show_values)
        else:
            print(as_text(outcome, show_values=show_values))
