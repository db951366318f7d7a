"""Records of BIFF streams ([MS-XLS] 2.1.4): substreams, their records, BIFF2 to BIFF8."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from singleout.draft.limits import Budget, LimitError

# [MS-XLS] 2.3.2, and for BIFF2 to BIFF5 the numbers those versions use for the same records
EOF, CONTINUE = 0x000A, 0x003C
BOFS = {0x0009: 2, 0x0209: 3, 0x0409: 4, 0x0809: 5}
# A BOF's type of substream: 2.4.21 dt
WORKBOOK, VB_MODULE, WORKSHEET, CHART, MACRO, WORKSPACE = 0x05, 0x06, 0x10, 0x20, 0x40, 0x100
FORMULAS, STRINGS = (0x0006, 0x0206, 0x0406), (0x0007, 0x0207)
LABEL_SST, RK, MULRK, NUMBER, BOOLERR, LABEL, RSTRING = (
    0x00FD,
    0x027E,
    0x00BD,
    0x0203,
    0x0205,
    0x0204,
    0x00D6,
)
ROW, COLINFO, DEFAULT_HEIGHT, DEFAULT_WIDTH, MERGES = 0x0208, 0x007D, 0x0225, 0x0055, 0x00E5
OLD_INTEGER, OLD_NUMBER, OLD_LABEL, OLD_BOOLERR, OLD_ROW, OLD_WIDTH = 2, 3, 4, 5, 8, 0x24
FILEPASS, CODEPAGE, DATE1904, BOUNDSHEET, BUNDLE = 0x2F, 0x42, 0x22, 0x85, 0x8F
SST, NOTE, OBJ, TXO, MSO_DRAWING, MSO_GROUP = 0xFC, 0x1C, 0x5D, 0x01B6, 0xEC, 0xEB
IMAGE_DATA, BACKGROUND = 0x7F, 0xE9
SUPBOOK, EXTERN_SHEET, XCT, CRN = 0x01AE, 0x17, 0x59, 0x5A
EXTERN_NAMES, NAMES = (0x23, 0x0223), (0x18, 0x0218)
BRAI, SERIES_INDEX, SERIES_TEXT = 0x1051, 0x1065, 0x100D
# A record may be continued by one of these: ([MS-XLS] 2.4.58 to 2.4.62, 2.4.71)
CONTINUES = {CONTINUE, 0x0812, 0x0875, 0x087F, 0x089F, 0x043C}
_HEAD, _WORD = struct.Struct("<HH").unpack_from, struct.Struct("<I").unpack_from
_FRAME = frozenset([*BOFS, EOF])
Longs = npt.NDArray[np.int64]


@dataclass(slots=True)
class Substream:
    """The records from one BOF to its EOF.

    Parameters
    ----------
    data : bytes
        The whole stream.
    kinds, starts, sizes : int64 array, shape (n_records,)
        Each record's number, where its content begins, bytes of content.
    nested : list of (int, int)
        First and last record (BOF and EOF) of each substream inside this one (charts).
    begin, end : int
        Where the substream begins and ends in the stream.
    whole : bool
        Whether its EOF was reached.
    """

    data: bytes
    kinds: Longs
    starts: Longs
    sizes: Longs
    nested: list[tuple[int, int]] = field(default_factory=list)
    begin: int = 0
    end: int = 0
    whole: bool = True

    def body(self, i: int) -> bytes:
        """Return a record's content."""
        at = int(self.starts[i])
        return self.data[at : at + int(self.sizes[i])]

    def pieces(self, i: int) -> list[bytes]:
        """Return a record's content and that of the records that continue it."""
        found = [self.body(i)]
        while i + 1 < len(self.kinds) and int(self.kinds[i + 1]) in CONTINUES:
            i += 1
            found.append(self.body(i))
        return found

    @property
    def own(self) -> npt.NDArray[np.bool_]:
        """Which records are not in a substream inside."""
        mask = np.ones(len(self.kinds), np.bool_)
        for first, last in self.nested:
            mask[first : last + 1] = False
        return mask

    def part(self, first: int, last: int) -> Substream:
        """Return a substream inside this one as one by itself."""
        cut = slice(first, last + 1)
        return Substream(
            self.data, self.kinds[cut], self.starts[cut], self.sizes[cut], [], self.begin, self.end
        )

    def each(self, *kinds: int) -> Iterator[tuple[int, int, bytes]]:
        """Iterate over own records of these numbers (all, if none is given): place, number,
        content."""
        mask = self.own
        if kinds:
            mask &= np.isin(self.kinds, kinds)
        for i in np.flatnonzero(mask).tolist():
            yield i, int(self.kinds[i]), self.body(i)

    def first(self, kind: int) -> bytes | None:
        """Return the content of the first own record of a number."""
        return next((body for _, _, body in self.each(kind)), None)

    @property
    def type(self) -> int:
        """The type of substream that its BOF names."""
        body = self.body(0)
        return int.from_bytes(body[2:4], "little") if len(body) >= 4 else WORKSHEET


def version(data: bytes, at: int = 0) -> int:
    """Return the BIFF version that the BOF at a place tells; 0 if no BOF is there."""
    if at < 0 or at + 6 > len(data):
        return 0
    kind, size = _HEAD(data, at)
    found = BOFS.get(kind, 0)
    if not found or not 4 <= size <= 64:
        return 0
    if found == 5:
        (told,) = struct.unpack_from("<H", data, at + 4)
        return 8 if told == 0x0600 else 5
    return found


def scan(data: bytes, at: int, budget: Budget, stop: int | None = None) -> Substream:
    """Read the records from a BOF to its EOF, or to the stream's end.

    Parameters
    ----------
    data : bytes
        The stream.
    at : int
        Where the BOF is.
    budget : Budget
        Charged for time.
    stop : int, optional
        Where to end without an EOF; the stream's end when left out.

    Raises
    ------
    LimitError
        If there are more records than cells are allowed.
    """
    begin, size_of = at, len(data) if stop is None else stop
    places = array("q")
    nested: list[tuple[int, int]] = []
    opened: list[int] = []
    whole = False
    note, last = places.append, size_of - 4
    while at <= last:
        (head,) = _WORD(data, at)
        following = at + 4 + (head >> 16)
        if following > size_of:
            break
        note(at)
        at = following
        if not len(places) & 0xFFFF:
            budget.check_time()
            if len(places) > budget.limits.cells:
                raise LimitError(f"there are more than {budget.limits.cells} records", whole=False)
        if head & 0xFFFF not in _FRAME:
            continue
        if head & 0xFFFF != EOF:
            opened.append(len(places) - 1)
        elif len(opened) <= 1:
            whole = True
            break
        else:
            first = opened.pop()
            if len(opened) == 1:
                nested.append((first, len(places) - 1))
    if len(opened) > 1:
        nested.append((opened[1], len(places) - 1))
    heads = np.frombuffer(places, np.int64) if places else np.zeros(0, np.int64)
    raw = np.frombuffer(data, np.uint8)

    def words(shift: int) -> Longs:
        return raw[heads + shift].astype(np.int64) | raw[heads + shift + 1].astype(np.int64) << 8

    return Substream(data, words(0), heads + 4, words(2), nested, begin, at, whole)


def plain_records(
    data: bytes, budget: Budget, *, last: bool = True
) -> tuple[list[tuple[int, bytes]], bool]:
    """Return the records of a stream that has no substreams, and whether it ends as it should:
    with an end record, or where it has none (`last`), with the stream or with zeros."""
    found: list[tuple[int, bytes]] = []
    at = 0
    if not data.strip(b"\x00"):
        return found, True
    while at + 4 <= len(data):
        kind, size = _HEAD(data, at)
        if at + 4 + size > len(data):
            return found, False
        if not (kind or size or last or data[at:].strip(b"\x00")):
            return found, True
        found.append((kind, data[at + 4 : at + 4 + size]))
        at += 4 + size
        if kind == EOF:
            return found, not data[at:].strip(b"\x00")
        if len(found) % 65_536 == 0:
            budget.check_time()
    return found, not last and not data[at:].strip(b"\x00")
