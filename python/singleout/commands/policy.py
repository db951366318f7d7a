"""`singleout policy show|check|init`: look at a policy, check it, start one."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from singleout.base import exit_codes
from singleout.base.printable import printable, printable_lines
from singleout.errors import PolicyError


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    what = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    show = what.add_parser("show", help="print a policy with the source of each number")
    show.add_argument(
        "policy", nargs="?", metavar="P", help="a file or a preset's name (foi-strict)"
    )
    show.add_argument("--schema", action="store_true", help="the JSON schema of policy files")
    show.add_argument("--presets", action="store_true", help="the names of the presets")
    check = what.add_parser("check", help="say whether policy files can be used, and where not")
    check.add_argument("policies", nargs="+", metavar="P")
    init = what.add_parser("init", help="write a policy file to start from")
    init.add_argument("file", nargs="?", default="policy.toml", metavar="FILE")
    init.add_argument(
        "--for",
        dest="draft",
        metavar="DRAFT",
        help="declare the columns of this draft's visible tables of people, roles suggested",
    )


def run(options: argparse.Namespace) -> int:
    """Do what was asked.

    Returns
    -------
    int
        0 when done, 2 when a policy cannot be used.
    """
    return {"show": _show, "check": _check, "init": _init}[options.what](options)


def _show(options: argparse.Namespace) -> int:
    from singleout.policy import PRESETS, load
    from singleout.policy.show import schema, toml

    if options.presets:
        for name in PRESETS:
            print(f"{name:18}{load(name).title}")
    else:
        sys.stdout.write(schema() if options.schema else toml(load(options.policy)))
    return exit_codes.DONE


def _check(options: argparse.Namespace) -> int:
    from singleout.policy import load
    from singleout.verdict.show import weakness

    code = exit_codes.DONE
    for name in options.policies:
        try:
            policy = load(name)
        except PolicyError as problem:
            print(printable_lines(str(problem)), file=sys.stderr)
            code = exit_codes.ERROR
        else:
            for told in weakness(policy):
                print(f"{name}: {printable(told)}")
            print(f"{name}: can be used; {policy.name}, SHA-256 {policy.sha256}")
    return code


def _init(options: argparse.Namespace) -> int:
    from singleout.policy.draft import for_draft
    from singleout.policy.load import template

    path = Path(options.file)
    text = template() if options.draft is None else for_draft(options.draft)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise PolicyError(f"{path}: is there already; give another name") from None
    except OSError as problem:
        raise PolicyError(f"{path}: {problem.strerror}; nothing was written") from None
    print(f"{path}: written; see docs/policy.md, then run: singleout policy check {path}")
    return exit_codes.DONE
