"""Compound files ([MS-CFB]) through olefile: streams, storages, and what is left between them."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass, field

import olefile

from singleout.draft.limits import Budget

FREE, END, FAT, DIFAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFC
Path = tuple[str, ...]


@dataclass(slots=True)
class Leftover:
    """Bytes that are not zero and belong to no stream, and samples of them to search."""

    free: int = 0
    lost: int = 0
    slack: int = 0
    after: int = 0
    pieces: list[bytes] = field(default_factory=list)

    @property
    def total(self) -> int:
        """All bytes."""
        return self.free + self.lost + self.slack + self.after


class Compound:
    """A compound file.

    Parameters
    ----------
    data : bytes
        The file.
    budget : Budget
        Charged for each stream.

    Raises
    ------
    OSError
        If it is no compound file, or its tables are damaged beyond use.
    """

    def __init__(self, data: bytes, budget: Budget) -> None:
        _check_header(data)
        self.data = data
        self.budget = budget
        self.ole = olefile.OleFileIO(io.BytesIO(data))
        self.fat = [int(v) & 0xFFFFFFFF for v in self.ole.fat]
        self.streams: list[Path] = [tuple(path) for path in self.ole.listdir(True, False)]
        self.storages: list[Path] = [tuple(path) for path in self.ole.listdir(False, True)]
        budget.charge_parts(len(self.streams) + len(self.storages))
        self.cut: set[Path] = set()
        self._mini: bytes | None = None
        self._mini_fat: list[int] = []

    @property
    def damaged(self) -> int:
        """Faults that were met in the file's tables."""
        return len(self.ole.parsing_issues)

    def sizes(self) -> dict[str, int]:
        """Return each stream's declared size, no more than the file's, by its path."""
        most = len(self.data)
        return {
            "/".join(path): min(int(self.ole.get_size(list(path))), most) for path in self.streams
        }

    def read(self, path: Path) -> bytes:
        """Return a stream's content: what there is of it, if its chain of sectors is broken (`cut`
        holds its path then)."""
        entry = self.ole.direntries[self.ole._find(list(path))]
        content = self._content(entry)
        if len(content) < int(entry.size):
            self.cut.add(path)
        return content

    def _content(self, entry: olefile.olefile.OleDirectoryEntry) -> bytes:
        """A stream's bytes. olefile follows chains that lead back into themselves, so they are
        followed here."""
        size = min(int(entry.size), len(self.data))
        self.budget.charge_bytes(size)
        if not size:
            return b""
        if size >= self.ole.minisectorcutoff:
            return self._follow(
                self.data, entry.isectStart, self.fat, size, self.ole.sector_size, 1
            )
        if self._mini is None:
            self._load_mini()
        mini = self._mini or b""
        small = self.ole.mini_sector_size
        return self._follow(mini, entry.isectStart, self._mini_fat, size, small, 0)

    def _load_mini(self) -> None:
        """The stream of small streams, and the table of its sectors."""
        sector = self.ole.sector_size
        root = self.ole.root
        size = min(int(root.size), len(self.data))
        self._mini = self._follow(self.data, root.isectStart, self.fat, size, sector, 1)
        length = min(int(self.ole.num_mini_fat_sectors) * sector, len(self.data))
        first = self.ole.first_mini_fat_sector
        raw = self._follow(self.data, first, self.fat, length, sector, 1)
        self._mini_fat = [entry for (entry,) in struct.iter_unpack("<I", raw[: len(raw) // 4 * 4])]

    @staticmethod
    def _follow(
        data: bytes, start: int, table: list[int], size: int, sector: int, before: int
    ) -> bytes:
        """Bytes of a chain of sectors; `before` sectors of the header come before the first.

        Fewer than `size` if the chain is too short or leads back into itself.
        """
        pieces: list[bytes] = []
        seen: set[int] = set()
        at, left = start, size
        while left > 0 and at < len(table) and at not in seen:
            seen.add(at)
            piece = data[(at + before) * sector : (at + before + 1) * sector]
            pieces.append(piece[:left])
            if len(piece) < min(sector, left):
                break
            left -= len(piece)
            at = table[at]
        return b"".join(pieces)

    def orphans(self) -> list[tuple[int, bytes]]:
        """Return the streams that no storage holds (entries that the directory's tree passes by)
        with their numbers: their names may be anything."""
        found: list[tuple[int, bytes]] = []
        reached = set()
        waiting = [self.ole.root]
        while waiting:
            entry = waiting.pop()
            reached.add(entry.sid)
            waiting.extend(kid for kid in entry.kids if kid.sid not in reached)
        for sid in range(len(self.ole.direntries)):
            if sid in reached:
                continue
            entry = self.ole.direntries[sid] or self._load(sid)
            if entry is None or entry.entry_type not in (1, 2) or not entry.name:
                continue
            content = b""
            if entry.entry_type == 2:
                content = self._content(entry)
            found.append((sid, content))
        return found

    def _load(self, sid: int) -> olefile.olefile.OleDirectoryEntry | None:
        self.ole.directory_fp.seek(sid * 128)
        entry = self.ole.directory_fp.read(128)
        if len(entry) < 128 or not entry[66]:
            return None
        return olefile.olefile.OleDirectoryEntry(entry, sid, self.ole)

    def leftover(self) -> Leftover:
        """Return what lies in free sectors, in sectors of no stream, after the ends of streams
        and after the last sector."""
        found = Leftover()
        size = self.ole.sector_size
        fat = self.fat
        used, slack = self._chains(fat)
        count = (
            max(0, (len(self.data) - 512 + size - 1) // size)
            if size == 512
            else max(0, len(self.data) // size - 1)
        )
        for sector in range(min(count, len(fat))):
            content = self.data[(sector + 1) * size : (sector + 2) * size]
            if sector in used or not content.strip(b"\x00\xff"):
                continue
            if fat[sector] in (FAT, DIFAT) or _empty_directory(content):
                continue
            bytes_ = len(content) - content.count(0)
            if fat[sector] == FREE:
                found.free += bytes_
            else:
                found.lost += bytes_
            found.pieces.append(content)
        after = self.data[(len(fat) + 1) * size :]
        if after.strip(b"\x00"):
            found.after = len(after)
            found.pieces.append(after[:2_000_000])
        for begin, end in slack:
            content = self.data[begin:end]
            if content.strip(b"\x00\xff"):
                found.slack += len(content) - content.count(0)
                found.pieces.append(content)
        return found

    def _chains(self, fat: list[int]) -> tuple[set[int], list[tuple[int, int]]]:
        """Sectors of the streams and tables, and where the last sectors' unused ends are."""
        size = self.ole.sector_size
        used: set[int] = set()
        slack: list[tuple[int, int]] = []
        small = self.ole.minisectorcutoff
        starts = [(self.ole.first_dir_sector, None), (self.ole.first_mini_fat_sector, None)]
        for sid, entry in enumerate(self.ole.direntries):
            if entry is None or entry.entry_type not in (2, 5):
                continue
            if entry.size >= small or sid == 0:
                starts.append((entry.isectStart, entry.size))
        for sector, length in starts:
            chain: list[int] = []
            while sector < len(fat) and sector not in used:
                used.add(sector)
                chain.append(sector)
                sector = fat[sector]
            if length is not None and chain and length < len(chain) * size:
                last = (chain[-1] + 2) * size
                keep = length - (len(chain) - 1) * size
                if keep >= 0:
                    slack.append((last - size + keep, last))
        return used, slack


def _empty_directory(sector: bytes) -> bool:
    """Whether a sector is a directory of a root and nothing else: programs begin a file with one
    (LibreOffice leaves it in a free sector)."""
    entries = [sector[at : at + 128] for at in range(0, len(sector), 128)]
    name = "Root Entry\x00".encode("utf-16-le")
    root = entries[0]
    # 2.6.1: name and its bytes; kind (5: root), colour; three neighbours; class, times; start, size
    root = entries[0]
    begins = root[:22] == name and not root[22:64].strip(b"\x00") and root[64:67] == b"\x16\x00\x05"
    return begins and all(
        (not i or not entry[:68].strip(b"\x00"))
        and not entry[68:80].strip(b"\xff")
        and not entry[80:116].strip(b"\x00")
        and not entry[120:].strip(b"\x00")
        for i, entry in enumerate(entries)
    )


def _check_header(data: bytes) -> None:
    """Refuse counts of tables that the file has no room for, before anything follows them."""
    if len(data) < 512:
        raise OSError("the header is cut off")
    (shift,) = struct.unpack_from("<H", data, 30)
    if shift not in (9, 12):
        raise OSError("its sectors have an unknown size")
    sectors = len(data) >> shift
    tables, mini, more = (struct.unpack_from("<I", data, at)[0] for at in (44, 64, 72))
    if tables > sectors + 1 or more > sectors + 1 or mini > sectors + 1:
        raise OSError("its tables are larger than the file")
