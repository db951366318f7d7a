"""Layouts of binary workbooks' records as [MS-XLSB] and files of Excel have them."""

from __future__ import annotations

import struct

import pytest
from builders.xlsb import in_sheet, members
from builders.xlsx import packed, relations
from builders.xlsx_parts import record, wide

from singleout.draft import inspect
from singleout.draft.model import Draft

EMAIL = "jane.roe@mail.example.org"
_SHEET = ("rId1", "worksheet", "worksheets/sheet1.bin")
# One link to the workbook's own sheets
_LINKS = record(357) + record(362, struct.pack("<IIii", 1, 0, 0, 0))


def _told(draft: Draft) -> list[tuple[str, str, int]]:
    assert draft.complete
    return [(f.code, f.place.item, f.count) for f in draft.findings]


def _with(extra: bytes = b"", parts: dict[str, tuple[str, bytes]] | None = None) -> Draft:
    """A workbook of counts with more records in its main part, and more parts beside the sheet."""
    found = members()
    main = "xl/workbook.bin"
    found[main] = found[main].removesuffix(record(132)) + extra + record(132)
    leads = [_SHEET]
    for name, (kind, content) in (parts or {}).items():
        found[f"xl/{name}"] = content
        leads.append((f"rIdX{kind}", kind, name))
    found["xl/_rels/workbook.bin.rels"] = relations(leads)
    return inspect(packed(found), name="a.xlsb")


def _name(name: str, formula: bytes, flags: int = 0, comment: str = "") -> bytes:
    body = struct.pack("<IBI", flags, 0, 0xFFFFFFFF) + wide(name)
    body += struct.pack("<I", len(formula)) + formula + bytes(4)
    return record(39, body + (wide(comment) if comment else b"\xff" * 4))


def test_chain_of_calculation_is_known() -> None:
    chain = record(528) + record(63, struct.pack("<IIIB", 1, 0, 0, 2)) + record(529)
    assert _told(_with(parts={"calcChain.bin": ("calcChain", chain)})) == []


@pytest.mark.parametrize(
    ("height", "flags", "told"),
    [(0, 0, 0), (20, 0, 0), (0, 0x20, 2), (20, 0x20, 2), (300, 0x20, 0)],
)
def test_height_of_a_row_counts_where_a_flag_says_so(height: int, flags: int, told: int) -> None:
    found = members()
    part = "xl/worksheets/sheet1.bin"
    row = struct.pack("<IIHBB", 2, 0, 300, 0, 0)
    assert row in found[part]
    found[part] = found[part].replace(row, struct.pack("<IIHBB", 2, 0, height, 0, flags))
    draft = inspect(packed(found), name="a.xlsb")
    assert [f.count for f in draft.of("zero-size-row")] == ([told] if told else [])
    assert draft.complete


@pytest.mark.parametrize(
    ("sizes", "told"),
    [
        ((0xFFFFFFFF, 8, 0, 0), []),
        ((0, 8, 300, 1), ["zero-size-column"]),
        ((0xFFFFFFFF, 0, 300, 1), ["zero-size-column"]),
        ((2304, 8, 0, 1), ["zero-size-row"]),
    ],
)
def test_default_sizes_of_columns_and_rows(sizes: tuple[int, ...], told: list[str]) -> None:
    """BrtWsFmtInfo: rows of the builder have no height of their own."""
    draft = inspect(in_sheet(record(485, struct.pack("<IHHHBB", *sizes, 0, 0))), name="a.xlsb")
    assert [f.code for f in draft.findings] == told


def test_names_are_read() -> None:
    lost = b"\x3d" + struct.pack("<H", 0) + bytes(12)
    area = b"\x3b" + struct.pack("<HIIHH", 0, 1, 2, 0, 1)
    typed = "Roe, 1 High Street"
    text = b"\x17" + struct.pack("<H", len(typed)) + typed.encode("utf-16-le")
    names = _name("Lost", lost) + _name("Range", area) + _name("Constant", text)
    names += _name("_FilterDatabase", area, 0x21) + _name("Seen", area, 1, EMAIL)
    assert sorted(_told(_with(_LINKS + names))) == [
        ("constant-name", "Constant", 1),
        ("document-property", "Seen", 1),
        ("hidden-name", "Seen", 1),
        ("stale-name", "Lost", 1),
        ("unseen-identifier", "Seen", 1),
    ]


def test_name_that_is_cut_off_leaves_the_rest_readable() -> None:
    draft = _with(record(39, struct.pack("<IBI", 0, 0, 0xFFFFFFFF) + wide("Cut")))
    assert not draft.complete
    assert [(t.kind, t.visible) for t in draft.tables] == [("counts", True)]


@pytest.mark.parametrize(("flags", "told"), [(0x78, 0), (0x79, 1), (0x7A, 1), (0x58, 1)])
def test_windows(flags: int, told: int) -> None:
    """BrtBookView: hidden, very hidden, without the tabs of the sheets."""
    draft = _with(record(158, struct.pack("<iiIIIIIB", 0, 0, 9000, 9000, 600, 0, 0, flags)))
    assert [f.count for f in draft.of("hidden-window")] == [1] * told


def test_users_views_and_folder_of_the_workbook() -> None:
    user = record(548, struct.pack("<HH", 0, 0x1234) + wide("A. User"))
    folder = record(35, bytes(4)) + record(2071, wide("C:\\Users\\roe\\")) + record(36)
    view = record(397, bytes(44) + wide(f"view of {EMAIL}"))
    assert sorted(_told(_with(user + folder + view))) == [
        ("custom-view", "", 1),
        ("path", "absPath", 1),
        ("person", "fileSharing", 1),
        ("unseen-identifier", "", 1),
    ]


def test_texts_typed_into_formulas() -> None:
    typed = b"\x17" + struct.pack("<H", len(EMAIL)) + EMAIL.encode("utf-16-le")
    formula = struct.pack("<HI", 0, len(typed)) + typed + bytes(4)
    row = record(0, struct.pack("<IIHBB", 3, 0, 300, 0, 0) + bytes(5))
    for value in (
        record(8, struct.pack("<II", 0, 0) + wide("PC") + formula),
        record(9, struct.pack("<IId", 0, 0, 3) + formula),
        record(10, struct.pack("<IIB", 0, 0, 1) + formula),
    ):
        draft = inspect(in_sheet(row + value), name="a.xlsb")
        assert [f.detail for f in draft.of("unseen-identifier")] == ["texts in formulas: 1 email"]
        assert draft.complete


def test_formats_that_hide_formulas() -> None:
    def styles(protection: int) -> bytes:
        plain = struct.pack("<HHHHHBBHH", 0, 0, 0, 0, 0, 0, 0, protection, 0)
        return record(278) + record(617, bytes(4)) + record(47, plain) + record(618) + record(279)

    for protection, told in ((0x1000, []), (0x3000, ["hidden-formula"])):
        draft = _with(parts={"styles.bin": ("styles", styles(protection))})
        assert [f.code for f in draft.findings] == told


def test_phonetic_readings_of_shared_strings() -> None:
    text = b"\x03" + wide("name") + struct.pack("<IHH", 1, 0, 0)
    text += wide(EMAIL) + struct.pack("<I", 0)
    strings = record(159, struct.pack("<II", 1, 1)) + record(19, text) + record(160)
    draft = _with(parts={"sharedStrings.bin": ("sharedStrings", strings)})
    assert [f.count for f in draft.of("phonetic-text")] == [1]
    assert next(f.detail for f in draft.of("unseen-identifier")) == "phonetic text: 1 email"


def test_groups_of_a_pivot_cache_are_searched() -> None:
    """BrtBeginPCDFGItems: names that people gave to groups of items."""
    head = struct.pack("<HIHIII", 1 << 2, 0xFFFFFFFF, 0, 0, 0, 0) + wide("unit")
    groups = record(219) + record(221, struct.pack("<I", 1)) + record(24, wide(EMAIL))
    groups += record(222) + record(220)
    items = record(189, struct.pack("<HI", 1, 1)) + record(24, wide("PC")) + record(190)
    definition = record(179) + record(181) + record(183, head) + items + groups + record(184)
    parts = {"pivotCache1.bin": ("pivotCacheDefinition", definition + record(182) + record(180))}
    draft = _with(parts=parts)
    assert [f.count for f in draft.of("pivot-items")] == [1]
    assert [f.detail for f in draft.of("unseen-identifier")] == ["pivot items: 1 email"]


def test_parts_that_are_markup_in_binary_workbooks_too() -> None:
    """Threaded comments and the people who wrote them; the data model."""
    space = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    thread = f'<ThreadedComments xmlns="{space}"><threadedComment ref="A1"><text>ask {EMAIL}</text>'
    people = f'<personList xmlns="{space}"><person displayName="A. User" id="1"/></personList>'
    found = members()
    found["xl/threadedComments/threadedComment1.xml"] = (
        f"{thread}</threadedComment></ThreadedComments>".encode()
    )
    found["xl/worksheets/_rels/sheet1.bin.rels"] = relations(
        [("rId1", "threadedComment", "../threadedComments/threadedComment1.xml")]
    )
    found["xl/persons/person.xml"] = people.encode()
    found["xl/model/item.data"] = bytes(64)
    found["xl/_rels/workbook.bin.rels"] = relations(
        [
            _SHEET,
            ("rId2", "person", "persons/person.xml"),
            ("rId3", "powerPivotData", "model/item.data"),
        ]
    )
    draft = inspect(packed(found), name="a.xlsb")
    assert sorted(f.code for f in draft.findings) == [
        "comment",
        "data-model",
        "not-fully-read",
        "person",
        "unseen-identifier",
    ]
    assert not draft.complete
