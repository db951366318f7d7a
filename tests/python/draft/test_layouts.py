"""Layouts of records as the specifications and other programs write them, where they differ from
what this package once assumed."""

from __future__ import annotations

import struct

import pytest
from builders.xls import COUNTS, Book, Sheet, biff5, bof, compound, rec, text8
from builders.xls_features import drawing, escher, options
from builders.xls_kept import CUSTOM, EMAIL, lpstr, packed, properties

from singleout.draft import inspect
from singleout.draft.model import Draft


def _codes(draft: Draft) -> list[str]:
    return sorted({f.code for f in draft.findings})


def _workbook(after: bytes = b"", extra: bytes = b"") -> Draft:
    return inspect(Book([Sheet("Counts", after=after)], extra).bytes(), name="a.xls")


def test_drawing_goes_on_after_the_chart_that_is_its_object() -> None:
    """A CONTINUE record after a chart's end holds the next shape (Excel writes it so when the
    drawing is longer than a record)."""
    chart = drawing(5, options(), top=1) + bof(0x20) + rec(0x0A)
    anchor = escher(0xF010, struct.pack("<9H", 0, 0, 0, 1, 0, 4, 0, 5, 0))
    inner = escher(0xF00A, struct.pack("<II", 1025, 0), 1) + options(text="by J. Roe") + anchor
    more = rec(0x3C, escher(0xF004, inner + escher(0xF011, b""), container=True))
    head = chart[4 : 4 + struct.unpack_from("<H", chart, 2)[0]]
    whole = escher(0xF002, head + more[4:], container=True)[:8] + head
    data = rec(0xEC, whole) + chart[4 + len(head) :] + more
    draft = _workbook(data)
    assert draft.complete
    assert [f.count for f in draft.of("alt-text")] == [1]


@pytest.mark.parametrize(("key", "state"), [(0x0105, 0), (0x0382, 0), (0x038D, 0), (0x00C0, 1)])
def test_texts_of_shapes_that_nothing_shows(key: int, state: int) -> None:
    """The file of a picture, a link, its tip; WordArt on a hidden sheet ([MS-ODRAW])."""
    raw = EMAIL.encode("utf-16-le") + b"\x00\x00"
    shape = drawing(6, escher(0xF00B, struct.pack("<HI", key | 0x8000, len(raw)) + raw, 1))
    data = Book([Sheet("Counts", state=state, after=shape), Sheet("Seen")]).bytes()
    assert [f.count for f in inspect(data, name="a.xls").of("unseen-identifier")] == [1]


@pytest.mark.parametrize("user", [None, "", "A. User"])
def test_scenario_with_and_without_a_user(user: str | None) -> None:
    """An empty user's name is left out (2.4.244), or is an empty text (LibreOffice)."""
    body = struct.pack("<HBBBBB", 1, 0, 0, 4, 6, len(user or "")) + b"\x00best"
    body += (b"" if user is None else text8(user)) + text8("higher")
    body += struct.pack("<HH", 1, 1) + text8(EMAIL) + bytes(2)
    draft = _workbook(rec(0xAF, body))
    assert draft.complete
    assert [f.count for f in draft.of("scenario")] == [1]
    assert [f.detail for f in draft.of("unseen-identifier")] == ["scenario: 1 email"]


def test_scenario_of_excel_5_has_lengths_of_one_byte() -> None:
    body = struct.pack("<HBBBBB", 1, 0, 0, 4, 6, 2) + b"best" + b"\x02me" + b"\x06higher"
    body += struct.pack("<HH", 1, 1) + bytes([len(EMAIL)]) + EMAIL.encode() + bytes(2)
    stream = biff5([("Counts", 0, COUNTS)])
    stream = stream[:-4] + rec(0xAF, body) + stream[-4:]
    draft = inspect(compound({"Book": stream}), name="a.xls")
    assert draft.complete
    assert [f.detail for f in draft.of("unseen-identifier")] == ["scenario: 1 email"]


def test_links_that_lead_nowhere_are_no_external_links() -> None:
    """SupBook (2.4.271): the same sheet, and one that is not used any more."""
    same = rec(0x01AE, struct.pack("<H", 0) + text8("\x00"))
    unused = rec(0x01AE, struct.pack("<H", 0) + text8(" "))
    assert not _codes(_workbook(extra=same + unused))
    cells = rec(0x59, bytes(4)) + rec(0x5A, bytes([0, 0, 0, 0, 2]) + text8("kept"))
    assert "external-link-cache" in _codes(_workbook(extra=same + unused + cells))
    kept = rec(0x01AE, struct.pack("<H", 1) + text8(" ") + text8("Staff"))
    assert _codes(_workbook(extra=kept)) == ["external-link"]


def test_links_of_excel_5_to_add_ins_and_to_itself() -> None:
    inside = b"".join(rec(0x17, bytes([1, kind])) for kind in (0x3A, 0x04, 0x02))
    draft = inspect(compound({"Book": biff5([("Counts", 0, COUNTS)], inside)}), name="a.xls")
    assert not _codes(draft)
    path = b"\x01other.xls"
    other = rec(0x17, bytes([len(path) - 1]) + path)
    draft = inspect(compound({"Book": biff5([("Counts", 0, COUNTS)], other)}), name="a.xls")
    assert _codes(draft) == ["external-link"]


def test_what_is_added_for_a_pivot_table_is_no_query_table() -> None:
    """QsiSXTag (2.4.211) is written for both."""
    for pivot, told in ((1, []), (0, ["query-table"])):
        body = struct.pack("<HHHHIBBBB", 0x0802, 0, pivot, 1, 0, 0, 0, 16, 0)
        assert _codes(_workbook(rec(0x0802, body + text8("table") + bytes(2)))) == told


def test_records_of_excel_for_mac_are_known() -> None:
    made = b"".join(rec(kind, struct.pack("<H", kind) + bytes(10)) for kind in range(0x8C8, 0x8CC))
    assert not _codes(_workbook(made))
    assert _codes(_workbook(rec(0x08D6, bytes(16)))) == ["unknown-part"]


@pytest.mark.parametrize("kind", [0x1008, 0x103B, 0x105E])
def test_records_of_charts_that_no_document_lists(kind: int) -> None:
    assert _codes(_workbook(rec(kind, bytes(8)))) == ["unknown-part"]


def test_language_of_a_property_set_is_no_property() -> None:
    language = struct.pack("<II", 0x13, 0x0409)
    made = properties(CUSTOM, [(0x80000000, language)], {})
    draft = inspect(Book(streams={"\x05DocumentSummaryInformation": made}).bytes(), name="a.xls")
    assert draft.complete
    assert not draft.findings
    hidden = properties(CUSTOM, [(0x80000000, lpstr("case 17"))], {})
    draft = inspect(Book(streams={"\x05DocumentSummaryInformation": hidden}).bytes(), name="a.xls")
    assert _codes(draft) == ["custom-property"]
    made = properties(CUSTOM, [(2, lpstr("case 17")), (0x80000000, language)], {2: "Reference"})
    draft = inspect(Book(streams={"\x05DocumentSummaryInformation": made}).bytes(), name="a.xls")
    assert [f.place.item for f in draft.findings] == ["Reference"]


def test_macros_source_is_in_its_code_page() -> None:
    """PROJECTCODEPAGE ([MS-OVBA]): letters beyond ASCII, here Cyrillic ones in an address."""
    address = "жанна@пример.example.org"
    names = b"".join(
        struct.pack("<HI", kind, len(body)) + body
        for kind, body in (
            (0x03, struct.pack("<H", 1251)),
            (0x32, "Module1".encode("utf-16-le")),
            (0x31, bytes(4)),
        )
    )
    from singleout.draft.limits import Budget
    from singleout.draft.vba import sources

    data = compound(
        {"VBA/dir": packed(names), "VBA/Module1": packed(f"' {address}".encode("cp1251"))}
    )
    assert list(sources(data, Budget(len(data)))) == [([f"' {address}"], "source of a macro")]


def test_directory_that_a_program_began_with_is_no_leftover_data() -> None:
    """LibreOffice leaves the directory of an empty file in a free sector."""
    name = "Root Entry\x00".encode("utf-16-le")
    root = name.ljust(64, b"\x00") + b"\x16\x00\x05\x00" + b"\xff" * 12 + bytes(36)
    root += b"\xfe\xff\xff\xff" + bytes(8)
    empty = (bytes(68) + b"\xff" * 12 + bytes(36) + b"\xfe\xff\xff\xff" + bytes(8)) * 3
    draft = inspect(Book(free=root + empty).bytes(), name="a.xls")
    assert not draft.findings
    hidden = root + b"J\x00o\x00e\x00" * 20 + empty[120:]
    draft = inspect(Book(free=hidden).bytes(), name="a.xls")
    assert _codes(draft) == ["leftover-data"]


@pytest.mark.parametrize(("padding", "whole"), [(0, True), (3, True), (3_500, True), (-2, False)])
def test_list_of_users_has_no_end_record(padding: int, whole: bool) -> None:
    """2.1.7.17: CUsr UsrChk CbUsr BCUsrs *UsrInfo."""
    made = rec(0x0191, bytes(2)) + rec(0x0198, bytes(4)) + rec(0x0192, bytes(512))
    made += rec(0x0197, bytes(2)) + rec(0x0193, bytes(20) + text8("A. User"))
    made = made[:padding] if padding < 0 else made + bytes(padding)
    draft = inspect(Book(streams={"User Names": made}).bytes(), name="a.xls")
    assert draft.complete is whole
    assert [f.count for f in draft.of("person")] == ([1] if whole else [])
    assert not list(draft.of("unknown-part"))
