"""The files that a command was given: paths, folders, patterns, and standard input as ``-``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from singleout.base.files import (
    Entry,
    below,
    is_pattern,
    matching,
    met,
    own_descriptor,
    problem_of,
    read_whole,
    reason_of,
)
from singleout.errors import InputError

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Given:
    """One file that a command was given.

    Parameters
    ----------
    shown : str
        How it was given, for messages to whoever gave it.
    name : str
        Its name, without folders.
    path : Path or None
        Where it is; None for standard input.
    data : bytes or None
        What came, where it can be read once only (standard input, a pipe).
    problem : str
        Why it cannot be read, in words; empty where it can.
    """

    shown: str
    name: str
    path: Path | None = None
    data: bytes | None = None
    problem: str = ""

    @property
    def source(self) -> Path | bytes:
        """What `inspect`, `review` and `score` take."""
        if self.data is not None:
            return self.data
        return self.path or Path(self.shown)


def add_files(parser: argparse.ArgumentParser, what: str, *, dest: str = "files") -> None:
    """Add the files and ``--name``."""
    parser.add_argument(
        dest,
        nargs="+",
        metavar="FILE",
        help=f"{what}; a folder is searched through, a pattern is expanded, - is standard input",
    )
    parser.add_argument(
        "--name",
        metavar="NAME",
        help="what standard input is called, such as ranks.csv",
    )


def given(words: Sequence[str], name: str | None = None, *, most: int | None = None) -> list[Given]:
    """Find every file that the words of a command line mean.

    Parameters
    ----------
    words : sequence of str
        Paths, folders, patterns that the shell did not expand, and ``-``.
    name : str, optional
        What standard input is called.
    most : int, optional
        The most bytes that are read of standard input or a pipe.

    Returns
    -------
    list of Given
        In the order of the words, a folder's files by name. What cannot be read is among them.

    Raises
    ------
    InputError
        If standard input is asked for twice, or `name` is given without it.

    Examples
    --------
    >>> [(one.name, one.problem) for one in given(["no/such.csv"])]
    [('such.csv', 'no such file; give the path of a file')]
    """
    streams = [word for word in words if word == STANDARD_INPUT or _piped(Path(word))]
    if len(streams) > 1 and len(set(streams)) < len(streams):
        raise InputError(f"{streams[0]} can be read once only: give it once")
    if name is not None and len(streams) != 1:
        raise InputError("--name says what standard input is called: give one -")
    found: list[Given] = []
    for word in words:
        found += _one(word, name, most)
    return found


def _piped(path: Path) -> bool:
    return own_descriptor(path) is not None and not _plain(path)


def _plain(path: Path) -> bool:
    return path.is_file() or path.is_dir()


def _one(word: str, name: str | None, most: int | None) -> Iterator[Given]:
    path = Path(word)
    if word == STANDARD_INPUT or _piped(path):
        yield _stream(word, name, most)
    elif is_pattern(word):
        found = dict.fromkeys(entry for one in matching(word) for entry in met(one))
        if not found:
            yield Given(word, path.name, path, problem="no file matches this pattern")
        yield from map(_entry, found)
    elif not word:
        yield Given("''", "", path, problem="no file has an empty name")
    else:
        yield from _path(path)


def _path(path: Path) -> Iterator[Given]:
    if not path.is_dir():
        yield _entry(Entry(path, problem_of(path)))
        return
    entries = list(below(path))
    if not entries:
        yield Given(str(path), path.name, path, problem="the folder holds no file")
    yield from map(_entry, entries)


def _entry(entry: Entry) -> Given:
    problem = f"{entry.problem}; give the path of a file" if entry.problem else ""
    return Given(str(entry.path), entry.path.name, entry.path, problem=problem)


def _stream(word: str, name: str | None, most: int | None) -> Given:
    called = Path(name).name if name else "standard input"
    try:
        file = _opened(word)
        data = None if file is None else read_whole(file, most)
    except (OSError, ValueError) as problem:
        reason = reason_of(problem) if isinstance(problem, OSError) else "is closed"
        return Given(word, called, problem=f"cannot be read: {reason}")
    if file is None:
        return Given(word, called, problem="is a terminal or closed: put a file on it, as in - < F")
    if data is None:
        return Given(word, called, problem=f"holds more than {(most or 0) >> 20} MiB")
    return Given(word, called, data=data)


def _opened(word: str) -> BinaryIO | None:
    number = 0 if word == STANDARD_INPUT else own_descriptor(Path(word))
    if number:
        return cast(BinaryIO, open(number, "rb", closefd=False))
    stream = sys.stdin
    if stream is None or stream.isatty():
        return None
    return cast(BinaryIO, getattr(stream, "buffer", stream))
