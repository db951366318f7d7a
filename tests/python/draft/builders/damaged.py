"""Files damaged in small ways, beside the same files undamaged."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from io import BytesIO

from builders.cfb import SECTOR
from builders.xls import Book, Sheet, ascii8, rec, text8
from builders.xls_features import Case
from builders.xls_kept import SUMMARY, lpstr, properties
from builders.xlsx import HEAD, MAIN, Workbook, packed
from builders.xlsx import Sheet as XmlSheet

HIDDEN_ROW, HIDDEN_COLUMNS = {3: 'hidden="1"'}, '<cols><col min="2" max="2" hidden="1"/></cols>'


def _shared(strings: list[str], cells: str, *, row: str = "", before: str = "") -> bytes:
    """A sheet of its own cells, and the shared strings that they name."""
    members = Workbook(
        parts={
            "xl/sharedStrings.xml": (
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml",
                f'{HEAD}<sst xmlns="{MAIN}">'.encode()
                + "".join(f"<si><t>{text}</t></si>" for text in strings).encode()
                + b"</sst>",
            )
        },
        relations=[("rIdT", "sharedStrings", "sharedStrings.xml")],
    ).members()
    members["xl/worksheets/sheet1.xml"] = (
        f'{HEAD}<worksheet xmlns="{MAIN}">{before}<sheetData><row r="1" {row}>{cells}</row>'
        "</sheetData></worksheet>"
    ).encode()
    return packed(members)


EMPTY = (
    '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="str"><f>A1</f><v></v></c>'
    '<c r="D1" t="inlineStr"><is><t></t></is></c><c r="E1"/>'
)
# The same, a comment among them: no cell is plain enough for whole-array steps
EMPTY_SLOW = EMPTY.replace("<v></v>", "<v/>")


def _empty_xlsx(cells: str) -> Case:
    strings = ["rank", ""]
    return (
        "hidden-row",
        4,
        _shared(strings, cells, row='hidden="1"'),
        _shared(strings, cells),
    )


def _empty_column() -> Case:
    return (
        "hidden-column",
        1,
        _shared(["rank", ""], EMPTY, before=HIDDEN_COLUMNS),
        _shared(["rank", ""], EMPTY),
    )


def _empty_xls() -> Case:
    """An empty shared string, and formulas whose result is an empty text (2.5.133)."""
    kept = struct.pack("<HHH", 0, 3, 15) + b"\x03" + bytes(5) + b"\xff\xff" + bytes(8)
    waits = struct.pack("<HHH", 0, 4, 15) + bytes(6) + b"\xff\xff" + bytes(8)
    formulas = rec(0x06, kept) + rec(0x06, waits)
    values = [["rank", "officers", ""]]

    def book(flags: int) -> bytes:
        rows = {0: (255, flags)}
        return Book([Sheet("Counts", values, rows=rows, after=formulas)]).bytes()

    return "hidden-row", 5, book(0x20), book(0)


def _items_of_a_link() -> tuple[bytes, bytes]:
    """A link to another program: names of items alone, and the same with a value."""
    link = rec(0x01AE, struct.pack("<H", 0) + text8("server\x03topic"))
    item = struct.pack("<HHH", 0x7FE2, 0, 0) + ascii8("item1")
    value = b"\x00\x00\x00\x01" + struct.pack("<d", 7.0)
    return (
        Book(extra=link + rec(0x23, item) * 3).bytes(),
        Book(extra=link + rec(0x23, item + value)).bytes(),
    )


def lost_strings() -> bytes:
    """Three cells, the string of the second of which is not there."""
    cells = '<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>7</v></c><c r="C1"><v>12</v></c>'
    return _shared(["rank"], cells, row='hidden="1"')


def long_strings() -> bytes:
    """One text of a million characters in 400 cells: more than a sheet may have."""
    cells = "".join('<c t="s"><v>0</v></c>' for _ in range(400))
    return _shared(["x" * 1_000_000], cells)


def _members() -> dict[str, bytes]:
    """A workbook with a hidden row and an author."""
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>A. Writer'
        "</dc:creator></cp:coreProperties>"
    )
    kind = "application/vnd.openxmlformats-package.core-properties+xml"
    link = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    return Workbook(
        [XmlSheet("Counts", rows=HIDDEN_ROW)],
        parts={"docProps/core.xml": (kind, core.encode())},
        root=[("rIdC", link, "docProps/core.xml")],
    ).members()


def with_author() -> bytes:
    """A workbook with a hidden row and an author, undamaged."""
    return packed(_members())


def without_relations(content: bytes | None) -> bytes:
    """The same, its `_rels/.rels` damaged (None: not there)."""
    members = _members()
    del members["_rels/.rels"]
    if content is not None:
        members["_rels/.rels"] = content
    return packed(members)


def unreached_properties() -> bytes:
    """The same, without the relationship that leads to its author."""
    return packed({**_members(), "_rels/.rels": Workbook().members()["_rels/.rels"]})


def wrong_checksum(data: bytes, part: str) -> bytes:
    """The same, the CRC of a member changed where the ZIP gives it."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        crc = struct.pack("<I", archive.getinfo(part).CRC)
    return data.replace(crc, bytes(byte ^ 0x55 for byte in crc))


def without_part(state: str, link: str) -> bytes:
    """A workbook that names a sheet in this state, without a part."""
    members = Workbook().members()
    entry = f'<sheet name="Module1" sheetId="9" r:id="{link}"' + (state and f' state="{state}"')
    members["xl/workbook.xml"] = members["xl/workbook.xml"].replace(
        b"</sheets>", f"{entry}/></sheets>".encode()
    )
    return packed(members)


def short_set(size: int) -> bytes:
    """An author and a title in a property set that declares this size (0: the right one)."""
    made = bytearray(properties(SUMMARY, [(4, lpstr("A. Writer")), (2, lpstr("Draft two"))]))
    if size:
        struct.pack_into("<I", made, 48, size)
    return Book(streams={"\x05SummaryInformation": bytes(made)}).bytes()


def cut_chain() -> bytes:
    """A workbook whose stream's chain of sectors ends before its last one."""
    values = [[f"text {i}", i] for i in range(400)]
    data = bytearray(Book([Sheet("Staff", values, state=1), Sheet("Counts")]).bytes())
    (table,) = struct.unpack_from("<I", data, 76)
    entries = (table + 1) * SECTOR
    chain, at = [], 0
    while at != 0xFFFFFFFE:
        chain.append(at)
        (at,) = struct.unpack_from("<I", data, entries + 4 * at)
    struct.pack_into("<I", data, entries + 4 * chain[-3], 0xFFFFFFFE)
    return bytes(data)


def external(value: str) -> bytes:
    """Two cells of another workbook, this the XML of the second's value."""
    body = (
        f'<externalLink xmlns="{MAIN}"><externalBook><sheetNames><sheetName val="a"/></sheetNames>'
        '<sheetDataSet><sheetData sheetId="0"><row r="1"><cell r="A1" t="str"><v>x</v></cell>'
        f'<cell r="B1" t="str">{value}</cell></row></sheetData></sheetDataSet></externalBook>'
        "</externalLink>"
    )
    return Workbook(
        parts={"xl/externalLinks/externalLink1.xml": ("", body.encode())},
        relations=[("rIdX", "externalLink", "externalLinks/externalLink1.xml")],
    ).bytes()


EMPTY_CASES: dict[str, Callable[[], Case]] = {
    "hidden row": lambda: _empty_xlsx(EMPTY),
    "hidden row, other markup": lambda: _empty_xlsx(EMPTY_SLOW),
    "hidden column": _empty_column,
    "hidden row of an old workbook": _empty_xls,
}
items_of_a_link = _items_of_a_link
