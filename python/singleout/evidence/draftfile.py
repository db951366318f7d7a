"""A draft's bytes, read once from one open file, so that what is signed is what was reviewed."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from singleout import _keyed
from singleout.base.files import reason_of
from singleout.draft.limits import DEFAULT
from singleout.evidence.errors import EvidenceError
from singleout.evidence.opened import regular

__all__ = ["DraftBytes", "holding", "in_memory"]

# What is longer is not reviewed beyond its length, so it need not be in memory
_MOST_HELD = DEFAULT.file_bytes


@dataclass(frozen=True, slots=True)
class DraftBytes:
    """What an approval is of.

    Parameters
    ----------
    name : str
        The draft's name, without its folder.
    content : bytes or Path
        Its bytes; the path of a file that is too long to be reviewed.
    size : int
        How many bytes it has.
    sha256 : str
        Of exactly these bytes, in hexadecimal.
    """

    name: str
    content: bytes | Path
    size: int
    sha256: str


@contextmanager
def holding(draft: Path) -> Iterator[DraftBytes]:
    """Read a draft, and keep it locked so that two who approve at once do not lose a statement.

    Raises
    ------
    EvidenceError
        If it cannot be read, or is no file.
    """
    with regular(draft, "give the file that is to be released") as descriptor:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield _read(draft, descriptor)


@contextmanager
def in_memory(draft: Path, sha256: str) -> Iterator[Path]:
    """Give a file of the same name whose bytes are in memory, and are those of a digest.

    Raises
    ------
    EvidenceError
        If the draft cannot be read, is too long, or has other bytes by now.
    """
    with holding(draft) as held:
        if not isinstance(held.content, bytes):
            raise EvidenceError(f"{draft}: longer than {_MOST_HELD >> 20} MiB")
        if held.sha256 != sha256:
            raise EvidenceError(f"{draft}: changed since its approval was checked; try again")
        descriptor = os.memfd_create("draft", os.MFD_CLOEXEC)
        with os.fdopen(descriptor, "w+b", buffering=0) as file, TemporaryDirectory() as folder:
            view = memoryview(held.content)
            while view:
                view = view[file.write(view) or 0 :]
            path = Path(folder) / held.name
            path.symlink_to(f"/proc/self/fd/{descriptor}")
            yield path


def _read(draft: Path, descriptor: int) -> DraftBytes:
    try:
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            data = file.read(_MOST_HELD + 1)
        if len(data) <= _MOST_HELD:
            return DraftBytes(draft.name, data, len(data), _keyed.sha256(data).hex())
        del data
        os.lseek(descriptor, 0, os.SEEK_SET)
        digest = _keyed.sha256_file(descriptor).hex()
        return DraftBytes(draft.name, draft, os.fstat(descriptor).st_size, digest)
    except OSError as problem:
        raise EvidenceError(f"{draft}: cannot be read: {reason_of(problem)}") from None
