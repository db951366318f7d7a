"""`singleout inspect FILE...`: what is in a file, unseen things first."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Literal

from singleout.base import exit_codes
from singleout.base.printable import printable
from singleout.cli.inputs import Given, add_files, given
from singleout.cli.options import drafts_in_words
from singleout.cli.program import unforeseen
from singleout.cli.streams import write_utf8
from singleout.errors import SingleoutError

if TYPE_CHECKING:
    from singleout.draft import Draft

Expected = Literal["counts"] | list[str] | None


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    add_files(parser, f"a draft: {drafts_in_words()}")
    parser.add_argument("--format", choices=("table", "json", "sarif"), default="table")
    parser.add_argument(
        "--expect",
        metavar="WHAT",
        help="what was asked for: 'counts', or names of columns (a,b,c); all else is a finding",
    )
    parser.add_argument(
        "--show-values",
        action="store_true",
        help="show names of sheets and parts that look like a person or a path",
    )
    parser.epilog = (
        "Exit codes: 0 read fully, and nothing to refuse or to review; 1 something to refuse, as "
        "`singleout review` takes it where no policy is named; 3 a person must check, or not all "
        "could be read; 2 error; of several files the worst: 1, 2, "
        "3, 0. It says what is in a file; whether it may leave, `singleout review` says."
    )


def run(options: argparse.Namespace) -> int:
    """Inspect each file and print what it holds.

    Returns
    -------
    int
        0 when every file was read fully and gave notes at most; 1 when a finding refuses under
        foi-strict, or people are in sight; 2 when a
        file is not there or may not be read; 3 when a person must check, or a file could not be
        read fully.
    """
    from singleout.draft.limits import DEFAULT

    asked: str | None = options.expect
    expect: Expected = None
    if asked is not None:
        expect = "counts" if asked == "counts" else [name.strip() for name in asked.split(",")]
    files = given(options.files, options.name, most=DEFAULT.file_bytes)
    found = [_inspected(one, expect) for one in files]
    _show(found, options.format, bool(options.show_values))
    return exit_codes.worst(
        exit_codes.ERROR if isinstance(one, str) else _code(one) for _, one in found
    )


def _code(draft: Draft) -> int:
    """As grave as `review` takes it where no policy is named: none declares people in sight."""
    from singleout.policy import preset

    rules = preset("foi-strict").findings
    effects = {
        rules.codes.get(finding.code, getattr(rules, finding.severity))
        for finding in draft.findings
    }
    if "refuse" in effects or any(table.visible for table in draft.people):
        return exit_codes.REFUSE
    return exit_codes.DONE if draft.clean else exit_codes.REVIEW


def _inspected(file: Given, expect: Expected) -> tuple[Given, Draft | str]:
    """The draft, or why there is none."""
    from singleout.draft import inspect

    problem = file.problem
    if not problem:
        try:
            return file, inspect(file.source, expect=expect, name=file.name)
        except SingleoutError as error:
            problem = str(error)
        except MemoryError:
            problem = "there is not enough memory to read it"
        except Exception as error:
            problem = unforeseen(error)
    problem = printable(problem)
    sys.stderr.write(f"singleout: {printable(file.shown)}: {problem}\n")
    return file, problem


def _show(found: list[tuple[Given, Draft | str]], kind: str, show: bool) -> None:
    from singleout.draft.model import Place

    failed = [
        (Place(part=file.name).text(not show), one) for file, one in found if isinstance(one, str)
    ]
    drafts = [one for _, one in found if not isinstance(one, str)]
    if kind == "json":
        data = [
            {"name": Place(part=file.name).text(not show), "error": one}
            if isinstance(one, str)
            else one.to_dict(show_values=show)
            for file, one in found
        ]
        write_utf8(json.dumps(data, indent=1, ensure_ascii=False) + "\n")
    elif kind == "sarif":
        from singleout.draft.show import sarif

        log = sarif(drafts, show_values=show)
        if failed:
            notices = [
                {"level": "error", "message": {"text": f"{name}: {words}"}}
                for name, words in failed
            ]
            log["runs"][0]["invocations"] = [
                {"executionSuccessful": False, "toolExecutionNotifications": notices}
            ]
        write_utf8(json.dumps(log, indent=1, ensure_ascii=False) + "\n")
    else:
        from rich.console import Console
        from rich.text import Text

        from singleout.draft.show import tree

        console = Console(highlight=False)
        for draft in drafts:
            console.print(tree(draft, show_values=show))
        for name, words in failed:
            console.print(Text(f"{name}: could not be read: {words}"))
