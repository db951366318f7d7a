"""Files that evidence is read from: opened once, and nothing but a regular file."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from singleout.base.files import reason_of
from singleout.evidence.errors import EvidenceError

__all__ = ["regular"]


@contextmanager
def regular(path: Path, remedy: str = "") -> Iterator[int]:
    """Open a regular file to read, and give its descriptor.

    Parameters
    ----------
    path : Path
        The file.
    remedy : str
        What to do where it is none.

    Raises
    ------
    EvidenceError
        If it cannot be opened, or is no regular file.
    """
    try:
        # A pipe must not be waited for
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError as problem:
        raise EvidenceError(f"{path}: cannot be read: {reason_of(problem)}") from None
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise EvidenceError(f"{path}: not a file{remedy and f'; {remedy}'}")
        yield descriptor
    finally:
        os.close(descriptor)
