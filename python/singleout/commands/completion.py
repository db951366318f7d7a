"""`singleout completion SHELL`: a script with which a shell completes the program's words."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping

from singleout.base import exit_codes

SHELLS = ("bash", "zsh", "fish")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("shell", choices=SHELLS, metavar="SHELL", help="bash, zsh or fish")
    parser.description = (
        "Print a script that completes commands, options and files. bash: eval "
        '"$(singleout completion bash)" in ~/.bashrc; zsh: the same in ~/.zshrc; fish: singleout '
        "completion fish > ~/.config/fish/completions/singleout.fish"
    )


def run(options: argparse.Namespace) -> int:
    """Print the script.

    Returns
    -------
    int
        0.
    """
    script = {"bash": _bash, "zsh": _zsh, "fish": _fish}[options.shell](words())
    sys.stdout.write(script)
    return exit_codes.DONE


def words() -> Mapping[str, list[str]]:
    """Return each command's actions and long options, in the order of its help.

    Examples
    --------
    >>> "--policy" in words()["review"], "rotate" in words()["ledger"]
    (True, True)
    """
    from singleout.cli.program import COMMANDS, parser_of

    return {name: list(dict.fromkeys(_of(parser_of(name), name))) for name in COMMANDS}


def _of(parser: argparse.ArgumentParser, name: str) -> list[str]:
    commands = next(a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    found: list[str] = []
    waiting: list[argparse.ArgumentParser] = [commands.choices[name]]
    while waiting:
        for action in waiting.pop(0)._actions:
            if isinstance(action, argparse._SubParsersAction):
                found += list(action.choices)
                waiting += list(action.choices.values())
            found += [word for word in action.option_strings if word.startswith("--")]
    return found


def _cases(known: Mapping[str, list[str]]) -> str:
    return "\n".join(f'    {name}) words="{" ".join(found)}" ;;' for name, found in known.items())


def _bash(known: Mapping[str, list[str]]) -> str:
    return f"""_singleout() {{
  local current="${{COMP_WORDS[COMP_CWORD]}}" words=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "{" ".join(known)} --help --version" -- "$current"))
    return
  fi
  case "${{COMP_WORDS[1]}}" in
{_cases(known)}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current") $(compgen -f -- "$current"))
}}
complete -o filenames -F _singleout singleout
"""


def _zsh(known: Mapping[str, list[str]]) -> str:
    return f"""#compdef singleout
_singleout() {{
  local words_of=""
  if (( CURRENT == 2 )); then
    compadd -- {" ".join(known)} --help --version
    return
  fi
  case "$words[2]" in
{_cases(known).replace('words="', 'words_of="')}
  esac
  compadd -- ${{=words_of}}
  _files
}}
compdef _singleout singleout
"""


def _fish(known: Mapping[str, list[str]]) -> str:
    lines = ["complete -c singleout -n __fish_use_subcommand -f -a '" + " ".join(known) + "'"]
    for name, found in known.items():
        seen = f"-n '__fish_seen_subcommand_from {name}'"
        plain = [word for word in found if not word.startswith("--")]
        if plain:
            lines.append(f"complete -c singleout {seen} -a '{' '.join(plain)}'")
        lines += [
            f"complete -c singleout {seen} -l {word[2:]}" for word in found if word.startswith("--")
        ]
    return "\n".join(lines) + "\n"
