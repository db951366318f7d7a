"""Old workbooks made to hang, to exhaust memory or to look clean."""

from __future__ import annotations

import struct
import time

import pytest
from builders.xls import COUNTS, PEOPLE, Book, Sheet, ascii8, bof, compound, rec
from builders.xls_features import escher

from singleout.draft import Draft, inspect
from singleout.draft.limits import Limits


def _patched(data: bytes, at: int, form: str, *values: int) -> bytes:
    content = bytearray(data)
    struct.pack_into(form, content, at, *values)
    return bytes(content)


def _quick(data: bytes) -> Draft:
    start = time.process_time()
    draft = inspect(data, name="a.xls", limits=Limits(seconds_fixed=6.0))
    assert time.process_time() - start < 12
    return draft


def _bound(at: int, name: str = "S") -> bytes:
    return rec(0x85, struct.pack("<IBB", at, 0, 0) + ascii8(name))


CLEAN = Book().bytes()


@pytest.mark.parametrize("at", [44, 64, 72])
def test_tables_larger_than_the_file(at: int) -> None:
    draft = _quick(_patched(CLEAN, at, "<I", 0x7FFFFFFF))
    assert not draft.complete
    assert list(draft.of("unreadable"))


@pytest.mark.parametrize("at", [48, 60, 68, 76])
def test_wrong_first_sectors(at: int) -> None:
    for value in (0, 1, 5, 0x00FFFFFF, 0xFFFFFFFC):
        draft = _quick(_patched(CLEAN, at, "<I", value))
        assert not draft.clean or draft.tables


def test_chain_that_leads_into_itself() -> None:
    rows = [["rank", "officers"], *([f"rank {i}", i] for i in range(400))]
    data = Book([Sheet("Counts", rows)]).bytes()
    tables = struct.unpack_from("<I", data, 76)[0]
    draft = _quick(_patched(data, 512 * (tables + 1) + 4 * 3, "<I", 2))
    assert not draft.complete
    assert not draft.clean


def test_stream_larger_than_the_file() -> None:
    at = CLEAN.index("Workbook".encode("utf-16-le"))
    draft = _quick(_patched(CLEAN, at + 120, "<Q", 0x7FFFFFFF))
    assert not draft.complete


def test_sheets_that_share_their_records() -> None:
    count = 8_000
    head = bof(5)
    at = len(head) + count * 13 + 4
    nested = bof(0x10) * 4_000 + rec(0x0A) * 4_000
    bound = b"".join(_bound(at + 20 * (i % 4_000)) for i in range(count))
    draft = _quick(compound({"Workbook": head + bound + rec(0x0A) + nested}))
    assert not draft.complete
    assert not draft.clean


def test_sheet_that_is_not_where_it_should_be() -> None:
    stream = bof(5) + _bound(3) + _bound(0x7FFFFFF0) + rec(0x0A)
    draft = _quick(compound({"Workbook": stream}))
    assert len(list(draft.of("not-fully-read"))) == 2


def test_more_merged_cells_than_a_sheet_has() -> None:
    ranges = rec(0xE5, struct.pack("<H", 1000) + struct.pack("<HHHH", 0, 999, 0, 255) * 1000)
    draft = _quick(Book([Sheet("Counts", after=ranges * 10)]).bytes())
    assert not draft.complete


def test_strings_that_are_not_there() -> None:
    cell = rec(0xFD, struct.pack("<HHHI", 9, 9, 15, 0xFFFFFF))
    draft = _quick(Book([Sheet("Counts", after=cell)]).bytes())
    assert not draft.complete
    assert [t.n_rows for t in draft.tables] == [3]


def test_shared_strings_that_lie() -> None:
    lie = rec(0xFC, struct.pack("<IIHBHI", 1, 0xFFFFFFFF, 0xFFFF, 13, 0xFFFF, 0xFFFFFFFF))
    stream = bof(5) + lie + rec(0x0A)
    assert not _quick(compound({"Workbook": stream})).complete


def test_drawings_nested_too_deeply() -> None:
    inner = b""
    for _ in range(200):
        inner = escher(0xF004, inner, container=True)
    for kind in (0xEB, 0xEC):
        book = (
            Book(extra=rec(kind, inner))
            if kind == 0xEB
            else Book([Sheet("Counts", after=rec(kind, inner))])
        )
        assert not _quick(book.bytes()).complete


def test_packed_picture_that_grows() -> None:
    import zlib

    packed = zlib.compress(bytes(40_000_000))
    head = bytes(16) + struct.pack("<I28xBB", 40_000_000, 0, 254)
    blip = escher(0xF01A, head + packed, 0x3D4)
    entry = struct.pack("<BB16xHIIIBBBB", 2, 2, 0xFF, len(blip), 1, 0, 0, 0, 0, 0)
    store = escher(0xF001, escher(0xF007, entry + blip, 2), 1, container=True)
    data = Book(extra=rec(0xEB, escher(0xF000, store, container=True))).bytes()
    draft = _quick(data)
    assert not draft.complete


def test_embedded_in_embedded() -> None:
    inner = Book([Sheet("Staff", PEOPLE)]).stream()
    path = "/".join(f"MBD{i:08X}" for i in range(12))
    draft = _quick(Book(streams={f"{path}/Workbook": inner}).bytes())
    assert not draft.complete
    assert not draft.clean


def test_many_streams() -> None:
    names = {f"MBD{i:08X}/\x01Ole": bytes(20) for i in range(900)}
    draft = _quick(Book(streams=names).bytes())
    assert not draft.clean
    limited = inspect(Book(streams=names).bytes(), limits=Limits(parts=500))
    assert not limited.complete


def test_bare_stream_that_is_cut() -> None:
    from builders.xls import bare

    for version in (2, 3, 4):
        data = bare(version, COUNTS)
        for size in (6, 11, 40, len(data) - 3):
            draft = _quick(data[:size])
            assert not draft.clean


def test_codepage_and_widths_of_damaged_settings() -> None:
    damaged = b"".join(
        rec(kind, b"\x01")
        for kind in (0x7D, 0x0208, 0x01BE, 0xAF, 0x01B0, 0x01B1, 0x1C, 0x5D, 0x18)
    )
    draft = _quick(Book([Sheet("Counts", after=damaged)], rec(0x18, b"\x01")).bytes())
    assert not draft.complete
    assert draft.tables


def test_more_records_than_are_allowed() -> None:
    data = Book([Sheet("Counts", after=rec(0x01C1) * 140_000)]).bytes()
    assert inspect(data, name="a.xls").complete
    limited = inspect(data, name="a.xls", limits=Limits(cells=100_000))
    assert not limited.complete
