"""Binary workbooks with more than cells: pivot caches, other records."""

from __future__ import annotations

import io
import struct
import zipfile

from builders.xlsx import packed, relations
from builders.xlsx_parts import record, wide, xlsb

_STORED, _TEXT, _DATE, _HAS_TEXT, _NUMBER = 1 << 2, 1 << 0, 1 << 2, 1 << 3, 1 << 6
_CACHE = "xl/pivotCache/pivotCacheDefinition1.bin"


def members() -> dict[str, bytes]:
    """The parts of a workbook of counts."""
    with zipfile.ZipFile(io.BytesIO(xlsb())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def in_sheet(extra: bytes) -> bytes:
    """A workbook with more records before its sheet's last."""
    found = members()
    name = "xl/worksheets/sheet1.bin"
    last = record(130)
    found[name] = found[name].removesuffix(last) + extra + last
    return packed(found)


def _field(name: str, flags: int, items: bytes = b"", count: int = 0) -> bytes:
    head = struct.pack("<HIHIII", _STORED, 0xFFFFFFFF, 0, 0, 0, 0) + wide(name)
    table = record(189, struct.pack("<HI", flags, count)) + items + record(190)
    return record(183, head) + table + record(184)


def pivot(records: bool, tail: bytes = b"") -> bytes:
    """A cache of people: an item, a number, a date and a text a record; the last written apart."""
    names = record(24, wide("Ash")) + record(31, wide("Birch") + bytes(9))
    run = record(191, struct.pack("<HI", 2, 1) + wide("Cole"))
    fields = (
        _field("surname", _TEXT, names + run, 3)
        + _field("staff number", _NUMBER)
        + _field("started", _DATE)
        + _field("rank", _TEXT | _HAS_TEXT)
    )
    definition = record(179) + record(181, struct.pack("<I", 4)) + fields + record(182)
    rows = b""
    for i, rank in enumerate(("PC", "PS")):
        date = struct.pack("<HHBBBB", 2001 + i, 2, 3, 0, 0, 0)
        rows += record(33, struct.pack("<Id", i, 100 + i) + date + wide(rank) + tail)
    rows += record(34) + record(26, struct.pack("<I", 2)) + record(21, struct.pack("<d", 7.5))
    rows += record(20) + record(24, wide("DI"))
    found = members()
    found[_CACHE] = definition + record(180)
    leads = [("rId1", "worksheet", "worksheets/sheet1.bin")]
    leads.append(("rIdP", "pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.bin"))
    found["xl/_rels/workbook.bin.rels"] = relations(leads)
    if records:
        found["xl/pivotCache/pivotCacheRecords1.bin"] = record(193) + rows + record(194)
        found["xl/pivotCache/_rels/pivotCacheDefinition1.bin.rels"] = relations(
            [("rId1", "pivotCacheRecords", "pivotCacheRecords1.bin")]
        )
    return packed(found)
