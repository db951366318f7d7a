"""Standard output and standard error, whose faults are kept until the exit code is made.

A command runs to its verdict whatever becomes of its output; then `Streams.lost` tells whether
standard output could not be written whole.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO, TextIO

_UTF_8 = frozenset({"utf-8", "utf8"})


class Guarded(io.TextIOBase):
    """A text stream that never raises: what it cannot write is noted.

    A character that the stream's encoding lacks is written as its escape (``\\xa3``).

    Parameters
    ----------
    stream : text stream or None
        What is written to; None where the descriptor was closed by whoever started the program.

    Examples
    --------
    >>> Guarded(None).write("a word"), Guarded(None).lost
    (6, False)
    """

    def __init__(self, stream: TextIO | None) -> None:
        super().__init__()
        self._stream = stream
        self.fault: str = ""
        self.reader_left = False

    @property
    def lost(self) -> bool:
        """Whether something was not written, other than for a reader who closed the pipe."""
        return bool(self.fault)

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """The stream's encoding."""
        return getattr(self._stream, "encoding", None) or "utf-8"

    @property
    def buffer(self) -> GuardedBytes:
        """The bytes below the text."""
        return GuardedBytes(self)

    def write(self, text: str, /) -> int:
        """Write, or note that it could not be done."""
        with self.noting(bool(text)) as stream:
            if stream is not None:
                stream.write(self._writable(text))
        return len(text)

    def write_bytes(self, data: bytes) -> None:
        """Write bytes below the text; as text where the stream has nothing below."""
        with self.noting(bool(data)) as stream:
            if stream is None:
                return
            stream.flush()
            below: BinaryIO | None = getattr(stream, "buffer", None)
            if below is None:
                stream.write(self._writable(data.decode("utf-8", "replace")))
            else:
                below.write(data)

    def flush(self) -> None:
        """Flush, or note that it could not be done."""
        with self.noting(False) as stream:
            if stream is not None:
                stream.flush()

    @contextlib.contextmanager
    def noting(self, something: bool) -> Iterator[TextIO | None]:
        """Give the stream while it can be written to, else None; keep the fault."""
        if self._stream is None and something:
            self.fault = self.fault or "is closed"
        if self._stream is None or self.fault or self.reader_left:
            yield None
            return
        try:
            yield self._stream
        except BrokenPipeError:
            self.reader_left = True
            self._drain()
        except (OSError, ValueError) as problem:
            self.fault = (getattr(problem, "strerror", None) or "is closed").lower()
            self._drain()

    def _drain(self) -> None:
        """Let what is still buffered go nowhere, so that the interpreter's last flush succeeds."""
        with contextlib.suppress(OSError, ValueError, AttributeError):
            number = self.fileno()
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, number)
            os.close(nowhere)

    def _writable(self, text: str) -> str:
        encoding = self.encoding
        if encoding.lower() in _UTF_8 and text.isascii():
            return text
        try:
            text.encode(encoding)
        except UnicodeEncodeError:
            return text.encode(encoding, "backslashreplace").decode(encoding)
        except LookupError:
            return text.encode("ascii", "backslashreplace").decode()
        return text

    def isatty(self) -> bool:
        """Whether a person watches."""
        try:
            return self._stream is not None and self._stream.isatty()
        except ValueError:
            return False

    def fileno(self) -> int:
        """The descriptor."""
        if self._stream is None:
            raise OSError("the stream is closed")
        return self._stream.fileno()

    def writable(self) -> bool:
        """True."""
        return True


class GuardedBytes:
    """The bytes below a guarded stream."""

    def __init__(self, stream: Guarded) -> None:
        self._stream = stream

    def write(self, data: Any) -> int:
        """Write, or note that it could not be done."""
        whole = bytes(data)
        self._stream.write_bytes(whole)
        return len(whole)

    def flush(self) -> None:
        """Flush, or note that it could not be done."""
        self._stream.flush()


@contextlib.contextmanager
def guarded() -> Iterator[Guarded]:
    """Put guarded streams in the place of standard output and error; give the first."""
    _fill_descriptors()
    before = sys.stdout, sys.stderr
    out, err = Guarded(sys.stdout), Guarded(sys.stderr)
    sys.stdout, sys.stderr = out, err
    try:
        yield out
        out.flush()
        if out.fault:
            err.write(f"singleout: standard output {out.fault}; not all of it was written\n")
        err.flush()
    finally:
        sys.stdout, sys.stderr = before


def _fill_descriptors() -> None:
    """Keep the numbers of closed standard streams from going to the next file that is opened."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


def write_utf8(text: str) -> None:
    """Write text for a program to standard output: UTF-8, whatever the console's encoding.

    Examples
    --------
    >>> import io, contextlib
    >>> with contextlib.redirect_stdout(io.StringIO()) as out:
    ...     write_utf8("[]")
    >>> out.getvalue()
    '[]'
    """
    out = sys.stdout if isinstance(sys.stdout, Guarded) else Guarded(sys.stdout)
    out.write_bytes(text.encode("utf-8", "backslashreplace"))
