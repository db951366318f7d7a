"""Files as they are given: what an error of the system says, what a path is, what a folder holds.

A folder and a pattern give every entry that they hold: what is not read (a pipe, a link to a
folder) is given too, with the reason, so that nobody takes silence for a verdict.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import BinaryIO, NamedTuple

_MAGIC = frozenset("*?[")
_BLOCK = 1 << 20
_NOT_FOLLOWED = "is a link to a folder, which is not followed"


class Entry(NamedTuple):
    """A path, and why it is not read; empty where it is a file that can be."""

    path: Path
    problem: str = ""


def reason_of(problem: OSError) -> str:
    """Return what an error of the system says, in small letters and without the path.

    Examples
    --------
    >>> reason_of(FileNotFoundError(2, "No such file or directory"))
    'no such file'
    """
    if isinstance(problem, FileNotFoundError):
        return "no such file"
    return (problem.strerror or type(problem).__name__).lower()


def own_descriptor(path: Path) -> int | None:
    """Return the number of the open descriptor that a path stands for, such as ``/dev/stdin``.

    Examples
    --------
    >>> own_descriptor(Path("ranks.csv")) is None
    True
    """
    named = {"/dev/stdin": 0}.get(str(path))
    if named is None and path.parent in (Path("/dev/fd"), Path("/proc/self/fd")):
        named = int(path.name) if path.name.isdecimal() and len(path.name) < 8 else None
    return named


def problem_of(path: Path) -> str:
    """Return why a path cannot be read as a file; empty where it can, or is a folder.

    Examples
    --------
    >>> problem_of(Path("no-such-file.csv"))
    'no such file'
    """
    try:
        mode = path.stat().st_mode
    except OSError as problem:
        link = isinstance(problem, FileNotFoundError) and path.is_symlink()
        return "is a link to nothing" if link else reason_of(problem)
    except ValueError:
        return "is no name of a file"
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
        return ""
    kinds = ((stat.S_ISFIFO, "a pipe (FIFO)"), (stat.S_ISSOCK, "a socket"))
    what = next((words for test, words in kinds if test(mode)), "a device")
    return f"is {what}, which is not read: put what it holds on standard input, as -"


def read_whole(file: BinaryIO, most: int | None = None) -> bytes | None:
    """Read a stream to its end; None where it holds more than `most` bytes.

    Examples
    --------
    >>> import io
    >>> read_whole(io.BytesIO(b"rank"), 4), read_whole(io.BytesIO(b"rank"), 3)
    (b'rank', None)
    """
    pieces: list[bytes] = []
    size = 0
    while piece := file.read(_BLOCK):
        size += len(piece)
        if most is not None and size > most:
            return None
        pieces.append(piece)
    return b"".join(pieces)


def is_pattern(word: str) -> bool:
    """Tell whether a word is a pattern that the shell did not expand: no such file, and * ? or [.

    Examples
    --------
    >>> is_pattern("no-such-folder/*.xlsx"), is_pattern("no-such-file.xlsx")
    (True, False)
    """
    return not _MAGIC.isdisjoint(word) and not os.path.lexists(word)


def below(folder: Path) -> Iterator[Entry]:
    """Give everything in a folder and its folders, by name: hidden files too, and what is no file.

    A link to a file is that file; a link to a folder is not followed.
    """
    waiting = [folder]
    while waiting:
        entry = waiting.pop()
        if entry is not folder and _linked_folder(entry):
            yield Entry(entry, _NOT_FOLLOWED)
        elif entry.is_dir():
            try:
                inside = sorted(os.listdir(entry), reverse=True)
            except OSError as problem:
                yield Entry(entry, reason_of(problem))
            else:
                waiting += [entry / name for name in inside]
        else:
            yield Entry(entry, problem_of(entry))


def _linked_folder(path: Path) -> bool:
    return path.is_symlink() and path.is_dir()


def met(path: Path) -> Iterator[Entry]:
    """Give what a path stands for that a pattern fits: a file, or all that is in a folder."""
    if _linked_folder(path):
        yield Entry(path, _NOT_FOLLOWED)
    elif path.is_dir():
        yield from below(path)
    else:
        yield Entry(path, problem_of(path))


def matching(pattern: str | os.PathLike[str], root: Path | None = None) -> Iterator[Path]:
    """Give what a pattern fits, letter case ignored, hidden names too; ``**`` is any folders.

    Parameters
    ----------
    pattern : path
        Such as ``drafts/*.xlsx``.
    root : pathlib.Path, optional
        Where a relative pattern begins; the working folder when left out.

    Examples
    --------
    >>> list(matching("no-such-folder/*.xlsx"))
    []
    """
    parts = Path(pattern).parts
    start = next((i for i, part in enumerate(parts) if not _MAGIC.isdisjoint(part)), len(parts))
    base = Path(*parts[:start])
    found = _matching(base if root is None else root / base, parts[start:])
    yield from dict.fromkeys(found)


def found_by(pattern: str, root: Path) -> Iterator[Entry]:
    """Give every file that a pattern of drafts stands for, each once.

    Parameters
    ----------
    pattern : str
        A file, a folder (all that is in it), or a pattern; letter case is ignored, and names fit
        in folders below too: ``drafts/*.xlsx`` fits ``drafts/may/RANKS.XLSX``.
    root : pathlib.Path
        Where it begins.

    Examples
    --------
    >>> list(found_by("no-such-folder/*.xlsx", Path(".")))
    []
    """
    parts = Path(pattern).parts
    if parts and not _MAGIC.isdisjoint(parts[-1]) and "**" not in parts:
        pattern = str(Path(*parts[:-1], "**", parts[-1]))
    seen: set[Path] = set()
    for path in matching(pattern, root):
        named = path == root / pattern and path.is_dir()
        for entry in below(path) if named else met(path):
            if entry.path not in seen:
                seen.add(entry.path)
                yield entry


def _matching(folder: Path, parts: Sequence[str]) -> Iterator[Path]:
    if not parts:
        if os.path.lexists(folder):
            yield folder
        return
    head, rest = parts[0], parts[1:]
    if head == "**":
        yield from _matching(folder, rest)
        if not rest:
            return
    elif head == "..":
        yield from _matching(folder / head, rest)
        return
    wanted = head.casefold()
    for name in _names(folder):
        path = folder / name
        if head == "**":
            if path.is_dir() and not path.is_symlink():
                yield from _matching(path, parts)
        elif fnmatchcase(name.casefold(), wanted):
            yield from _matching(path, rest)


def _names(folder: Path) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []
