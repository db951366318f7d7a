"""Every limit on what a draft may cost to read, and the budget that readers charge.

A file from outside is hostile until shown otherwise: a limit that is passed ends the reading of
that part with the finding `not-fully-read`, and the draft is never `complete` again.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

MIB = 1024 * 1024


class LimitError(Exception):
    """A limit was passed; the message says which, never a value of the file.

    Parameters
    ----------
    message : str
        What was passed, in plain English.
    whole : bool
        True when nothing more of the file should be read (time, all bytes, cells), False when only
        this part is given up.
    code : str
        The finding that it becomes.
    """

    def __init__(self, message: str, *, whole: bool, code: str = "not-fully-read") -> None:
        super().__init__(message)
        self.whole = whole
        self.code = code


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits, each with its reason.

    Parameters
    ----------
    file_bytes : int
        Largest file opened (an office file is held in memory once).
    part_bytes : int
        Largest part after decompression.
    total_bytes : int
        All parts of a file and of the files embedded in it, after decompression.
    ratio : int
        Most bytes that one compressed byte may become, above `ratio_free_bytes`. Sheets of
        repeated cells reach 60; a deflate bomb 1,032.
    ratio_free_bytes : int
        Below this size of a part its ratio is not looked at.
    parts : int
        Members, streams or parts of a file and of the files embedded in it.
    depth : int
        Files inside files (a workbook in a document in a ZIP is 2).
    xml_depth : int
        Nesting of XML elements (libxml2's own limit is 256; Word's nested tables stay under 100).
    cells : int
        Cells with content over all sheets and caches.
    repeated_cells : int
        Cells of one sheet with content that is written once and repeated (a whole column).
    text_bytes : int
        Texts of one sheet's cells together, a shared one as often as a cell refers to it.
    table_cells : int
        Area (rows x columns) of one table built from cells, sparse ones included.
    table_columns : int
        Columns of one table: as many as a sheet has (18.3.1.13).
    findings : int
        Findings kept one by one for one code; the rest are summed.
    seconds_fixed, seconds_per_mib : float
        Time allowed: a fixed part, and one by the size of the file in MiB.
    """

    file_bytes: int = 512 * MIB
    part_bytes: int = 768 * MIB
    total_bytes: int = 1536 * MIB
    ratio: int = 120
    ratio_free_bytes: int = 8 * MIB
    parts: int = 20_000
    depth: int = 4
    xml_depth: int = 250
    cells: int = 20_000_000
    repeated_cells: int = 1_100_000
    text_bytes: int = 256 * MIB
    table_cells: int = 40_000_000
    table_columns: int = 16_384
    findings: int = 2_000
    seconds_fixed: float = 9.0
    seconds_per_mib: float = 2.0


DEFAULT = Limits()


@dataclass(slots=True)
class Budget:
    """What is left for one call of `inspect`: readers charge it, and stop when it says so.

    Time is the thread's own (reading waits for nothing), so that what comes out does not depend on
    what else the machine does.

    Parameters
    ----------
    size : int
        Bytes of the file, for the time allowed.
    limits : Limits
        The limits.
    """

    size: int
    limits: Limits = DEFAULT
    used_bytes: int = 0
    used_parts: int = 0
    used_cells: int = 0
    started: float = field(default_factory=time.monotonic)
    started_thread: float = field(default_factory=time.thread_time)

    @property
    def seconds(self) -> float:
        """Seconds allowed in all."""
        return self.limits.seconds_fixed + self.limits.seconds_per_mib * self.size / MIB

    def check_time(self) -> None:
        """Raise `LimitError` when the time is used up; call it in every loop over content."""
        # The thread has had no more time than has passed, and asking for that costs less
        if time.monotonic() - self.started <= self.seconds:
            return
        if time.thread_time() - self.started_thread > self.seconds:
            raise LimitError(f"reading took longer than {self.seconds:.0f} s", whole=True)

    def charge_bytes(self, n: int, compressed: int | None = None) -> None:
        """Charge `n` bytes of one part (after decompression), before they are made if possible.

        Parameters
        ----------
        n : int
            Bytes of the part.
        compressed : int, optional
            Bytes it takes in the file, for the ratio.
        """
        limits = self.limits
        if n > limits.part_bytes:
            raise LimitError(f"a part is larger than {limits.part_bytes // MIB} MiB", whole=False)
        if compressed is not None and n > max(limits.ratio_free_bytes, limits.ratio * compressed):
            raise LimitError(f"a part expands more than {limits.ratio} times", whole=False)
        if self.used_bytes + n > limits.total_bytes:
            raise LimitError(
                f"the parts together are larger than {limits.total_bytes // MIB} MiB", whole=True
            )
        self.used_bytes += n
        self.check_time()

    def charge_parts(self, n: int = 1) -> None:
        """Charge `n` members, streams or parts."""
        self.used_parts += n
        if self.used_parts > self.limits.parts:
            raise LimitError(f"there are more than {self.limits.parts} parts", whole=True)
        self.check_time()

    def charge_cells(self, n: int) -> None:
        """Charge `n` cells with content."""
        self.used_cells += n
        if self.used_cells > self.limits.cells:
            raise LimitError(f"there are more than {self.limits.cells} cells", whole=True)
        self.check_time()

    def check_depth(self, depth: int) -> None:
        """Raise `LimitError` when files are nested deeper than allowed (the outermost is 0)."""
        if depth > self.limits.depth:
            raise LimitError(f"files are nested more than {self.limits.depth} deep", whole=False)
