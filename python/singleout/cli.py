"""The `singleout` program: find the command, import it alone, turn errors into exit codes."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from singleout.errors import SingleoutError

# name -> (module, one line of help). Only the module of the command that is called is imported.
COMMANDS: dict[str, tuple[str, str]] = {
    "inspect": ("singleout.commands.inspect", "find every table and name in a file, seen or not"),
    "policy": ("singleout.commands.policy", "show, check or start a policy"),
    "review": ("singleout.commands.review", "may a file leave under a policy, and if not, why"),
    "score": ("singleout.commands.score", "which combinations of fields single people out"),
    "keygen": ("singleout.commands.keygen", "make a pair of keys to sign approvals with"),
    "approve": ("singleout.commands.approve", "review a draft and sign that it may be released"),
    "verify": ("singleout.commands.verify", "check that drafts are approved, as they are"),
    "ledger": ("singleout.commands.ledger", "keep earlier releases, and link a draft to them"),
}


def _parser(chosen: str | None) -> argparse.ArgumentParser:
    from singleout import __version__

    parser = argparse.ArgumentParser(
        prog="singleout",
        description="Measure, before a disclosure is approved, who can be singled out in it.",
        epilog="Exit codes: 0 done or release, 1 do not send, 3 a person must check, 2 error.",
    )
    parser.add_argument("--version", action="version", version=f"singleout {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (module, text) in COMMANDS.items():
        command = commands.add_parser(name, help=text, description=text[:1].upper() + text[1:])
        if name == chosen:
            importlib.import_module(module).configure(command)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    argv : sequence of str, optional
        The arguments after the program's name; `sys.argv[1:]` when left out.

    Returns
    -------
    int
        The exit code: 0 done or release, 1 do not send, 3 a person must check, 2 error.

    Examples
    --------
    >>> main(["score", "no-such-file.csv"])
    2
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    chosen = next((word for word in arguments if word in COMMANDS), None)
    try:
        options = _parser(chosen).parse_args(arguments)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 2
    try:
        code = importlib.import_module(COMMANDS[options.command][0]).run(options)
        sys.stdout.flush()
        return int(code)
    except SingleoutError as problem:
        print(f"singleout: {problem}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("singleout: stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except MemoryError:
        print(
            "singleout: out of memory: ask for fewer fields or a smaller --max-size",
            file=sys.stderr,
        )
        return 2


if __name__ == "__main__":
    sys.exit(main())
