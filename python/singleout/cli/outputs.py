"""What a command was asked to write: opened before the work starts, faults kept for the code."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from singleout.base.files import reason_of
from singleout.base.printable import printable
from singleout.cli.streams import write_utf8
from singleout.errors import InputError

Render = Callable[[str], str]
_SUFFIXES = {".html": "html", ".htm": "html", ".md": "markdown", ".json": "json"}


@dataclass(frozen=True, slots=True)
class Target:
    """One output.

    Parameters
    ----------
    kind : str
        Its format.
    path : Path or None
        Where; None is standard output.
    """

    kind: str
    path: Path | None = None


def targets_of(
    words: Sequence[str], kinds: Sequence[str], report: str | None, *, default: str
) -> list[Target]:
    """Read what ``--format KIND``, ``--format KIND=PATH`` and ``--report PATH`` ask for.

    Parameters
    ----------
    words : sequence of str
        The values of ``--format``.
    kinds : sequence of str
        The formats that there are.
    report : str or None
        The value of ``--report``.
    default : str
        What goes to standard output where nothing else is asked to.

    Raises
    ------
    InputError
        If a format is not known, or two go to one place.

    Examples
    --------
    >>> targets_of(["sarif=a.sarif"], ["text", "sarif"], None, default="text")[0].kind
    'text'
    """
    found: list[Target] = []
    for word in words:
        kind, equals, path = word.partition("=")
        if kind not in kinds:
            raise InputError(f"--format {word}: the formats are {', '.join(kinds)}")
        if equals and not path:
            raise InputError(f"--format {word}: say where to write it, as in {kind}=FILE")
        found.append(Target(kind, Path(path) if equals else None))
    if report is not None:
        known = _SUFFIXES.get(Path(report).suffix.lower())
        if known is None:
            raise InputError(f"{report}: a report's name ends in .html, .md or .json")
        found.append(Target(known, Path(report)))
    if sum(one.path is None for one in found) > 1:
        raise InputError("--format: one format at most goes to standard output; give others a path")
    if all(one.path is not None for one in found):
        found.insert(0, Target(default))
    paths = [os.path.realpath(one.path) for one in found if one.path is not None]
    twice = next((path for path in paths if paths.count(path) > 1), None)
    if twice is not None:
        raise InputError(f"{Path(twice).name}: two outputs would be written to it")
    return found


class Outputs:
    """The outputs of one command.

    Parameters
    ----------
    targets : sequence of Target
        What is asked for.
    inputs : iterable of Path
        The files that are read: none of them is written over.
    quiet : bool
        Write no text for people to standard output.

    Raises
    ------
    InputError
        If one of them cannot be opened; then no work is done.
    """

    def __init__(
        self, targets: Sequence[Target], inputs: Iterable[Path], *, quiet: bool = False
    ) -> None:
        self.lost = False
        self.quiet = quiet
        self._files: list[tuple[Target, BinaryIO | None, bool]] = []
        known = list(inputs)
        try:
            for target in targets:
                self._open(target, known)
        except BaseException:
            self._close()
            raise

    def _open(self, target: Target, inputs: Sequence[Path]) -> None:
        path = target.path
        if path is None:
            self._files.append((target, None, False))
            return
        new = not path.exists()
        if not new and any(_same(path, one) for one in inputs):
            raise InputError(f"{path}: is a file to read too; write the output elsewhere")
        try:
            file = path.open("wb")
        except OSError as problem:
            raise InputError(f"{path}: {reason_of(problem)}; it was not written") from None
        plain = stat.S_ISREG(os.fstat(file.fileno()).st_mode)
        self._files.append((target, file, new and plain))

    def write(self, render: Render, people: Callable[[], None]) -> None:
        """Write every output; what cannot be written is told, noted, and never raised.

        Parameters
        ----------
        render : callable
            The text of a format.
        people : callable
            Shows the default format to people on standard output.
        """
        files, self._files = self._files, []
        for target, file, _ in files:
            where = "standard output" if target.path is None else str(target.path)
            try:
                if file is not None:
                    with file:
                        file.write(render(target.kind).encode("utf-8", "backslashreplace"))
                elif target.kind != "text":
                    write_utf8(render(target.kind))
                elif not self.quiet:
                    people()
            except OSError as problem:
                self._lose(where, reason_of(problem))
            except Exception as problem:
                from singleout.cli.program import unforeseen

                self._lose(where, unforeseen(problem))

    def _lose(self, where: str, words: str) -> None:
        self.lost = True
        sys.stderr.write(f"singleout: {printable(where)}: {words}; not all of it was written\n")

    def _close(self) -> None:
        """Let go of what was not written; a file that was not there before goes again."""
        for target, file, new in self._files:
            if file is not None:
                with contextlib.suppress(OSError):
                    file.close()
            if new and target.path is not None:
                target.path.unlink(missing_ok=True)
        self._files = []

    def __enter__(self) -> Outputs:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
