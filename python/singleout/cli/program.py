"""The `singleout` program: find the command, import it alone, turn whatever happens into a code."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

from singleout.base import exit_codes
from singleout.base.printable import printable_lines
from singleout.cli.streams import guarded
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
    "completion": ("singleout.commands.completion", "complete words in bash, zsh or fish"),
}


def parser_of(chosen: str | None) -> argparse.ArgumentParser:
    """Return the parser of the program, with the options of one command or of none."""
    from singleout import __version__

    parser = argparse.ArgumentParser(
        prog="singleout",
        description="Measure, before a disclosure is approved, who can be singled out in it.",
        epilog=exit_codes.EPILOG,
    )
    parser.add_argument("--version", action="version", version=f"singleout {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (module, text) in COMMANDS.items():
        command = commands.add_parser(name, help=text, description=text[:1].upper() + text[1:])
        if name == chosen:
            importlib.import_module(module).configure(command)
            _say_codes(command)
    return parser


def _say_codes(parser: argparse.ArgumentParser) -> None:
    """Say the exit codes in every help text that does not say its own."""
    parser.epilog = parser.epilog or exit_codes.EPILOG
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                _say_codes(inner)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    argv : sequence of str, optional
        The arguments after the program's name; `sys.argv[1:]` when left out.

    Returns
    -------
    int
        The exit code: 0 done or release, 1 do not send, 3 a person must check, 2 error. Where
        standard output could not be written whole, 0 and 3 become 2; a reader who closed the pipe
        changes nothing.

    Examples
    --------
    >>> main(["score", "no-such-file.csv"])
    2
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    with guarded() as out:
        code = _guarded_run(arguments)
    return exit_codes.after_output(code, lost=out.lost)


def _guarded_run(arguments: list[str]) -> int:
    """Run the command; every fault is words on standard error and a code, never a traceback."""
    try:
        return _run(arguments)
    except SystemExit as stop:  # argparse's own way to say that it is done
        known = stop.code is None or isinstance(stop.code, int)
        return (stop.code or exit_codes.DONE) if known else exit_codes.ERROR  # type: ignore[return-value]
    except SingleoutError as problem:
        return _failed(str(problem))
    except KeyboardInterrupt:
        _failed("stopped")
        return exit_codes.STOPPED
    except MemoryError:
        return _failed("out of memory: ask for fewer fields or a smaller --max-size")
    except ImportError as problem:
        return _failed(
            f"a part of the program cannot be loaded ({_one_line(problem)}): install it again, "
            "with what it needs (docs: OpenSSL 3's libcrypto for keys and approvals)"
        )
    except Exception as problem:
        return _failed(unforeseen(problem))


def _run(arguments: list[str]) -> int:
    first = next((word for word in arguments if not word.startswith("-")), None)
    if first is not None and first not in COMMANDS:
        raise SingleoutError(_no_command(first))
    options = parser_of(first).parse_args(arguments)
    return int(importlib.import_module(COMMANDS[options.command][0]).run(options))


def _no_command(word: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word.lower(), list(COMMANDS), 1)
    hint = f"did you mean '{near[0]}'?" if near else f"there are {', '.join(COMMANDS)}"
    return f"there is no command '{word}'; {hint}"


def _failed(words: str) -> int:
    sys.stderr.write(f"singleout: {printable_lines(words)}\n")
    return exit_codes.ERROR


def _one_line(problem: BaseException) -> str:
    return " ".join(str(problem).split())


def unforeseen(problem: BaseException) -> str:
    """Say which fault the program did not foresee and where, never what the exception says of it.

    Examples
    --------
    >>> unforeseen(ValueError("a value of the file"))
    'a fault that the program does not foresee (ValueError); nothing is said of the file by this'
    """
    where, trace = "", problem.__traceback__
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if "singleout" in file.parts:
            where = f" in {file.name}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return (
        f"a fault that the program does not foresee ({type(problem).__name__}{where}); nothing is "
        "said of the file by this"
    )
