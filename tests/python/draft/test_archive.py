"""ZIPs of drafts: members opened in turn, and everything that lies beside them."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Callable

import pytest
from builders.xlsx import PEOPLE, Sheet, Workbook, packed
from builders.xlsx_features import CLEAN, PNG, jpeg

from singleout.draft import Draft, inspect
from singleout.draft.limits import Limits

COUNTS = b"rank,officers\nsergeant,120\ninspector,45\nsuperintendent,23\n"
NAMES = b"surname,initials,rank\nAdeyemi,J,sergeant\nBrennan,K,inspector\nCastell,M,sergeant\n"
MAIL = b"a.person@example.org"
TWIN = {"counts.csv": COUNTS, "tables/counts.xlsx": CLEAN}


def _zip(write: Callable[[zipfile.ZipFile], None]) -> bytes:
    stream = io.BytesIO(packed(TWIN))
    with zipfile.ZipFile(stream, "a") as archive:
        write(archive)
    return stream.getvalue()


def _comment(archive: zipfile.ZipFile) -> None:
    archive.comment = b"ask " + MAIL


def _member_comment(archive: zipfile.ZipFile) -> None:
    info = zipfile.ZipInfo("b.csv")
    info.comment = MAIL
    archive.writestr(info, COUNTS)


def _link(archive: zipfile.ZipFile) -> None:
    info = zipfile.ZipInfo("b.csv")
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    archive.writestr(info, "/etc/passwd")


def _deleted() -> bytes:
    """The first of two members is taken out of the directory, its bytes stay."""
    data = packed({"staff.csv": NAMES, "counts.csv": COUNTS})
    first = data.find(b"PK\x01\x02")
    second = data.find(b"PK\x01\x02", first + 4)
    end = data.find(b"PK\x05\x06")
    size = end - second
    tail = struct.pack("<HHIIH", 1, 1, size, first, 0)
    return data[:first] + data[second:end] + b"PK\x05\x06" + bytes(4) + tail


def _more_than_told() -> bytes:
    data = bytearray(packed(TWIN))
    end = data.find(b"PK\x05\x06")
    data[end + 8 : end + 12] = struct.pack("<HH", 1, 1)
    return bytes(data)


def _twice() -> bytes:
    """Two members of one name: the first holds people."""
    data = packed({"counts.csx": NAMES, "counts.csv": COUNTS})
    return data.replace(b"counts.csx", b"counts.csv")


def _other_name() -> bytes:
    return packed(TWIN).replace(b"counts.csv", b"people.csv", 1)


def _extra_name() -> bytes:
    def write(archive: zipfile.ZipFile) -> None:
        info = zipfile.ZipInfo("b.csv")
        info.extra = struct.pack("<HHBI", 0x7075, 10, 1, 0) + b"p.csv"
        archive.writestr(info, COUNTS)

    return _zip(write)


CASES: dict[str, tuple[str, int, Callable[[], bytes]]] = {
    "people in a member": ("people-table", 3, lambda: packed({"a.csv": NAMES})),
    "archive in an archive": (
        "people-table", 3, lambda: packed({"in.zip": packed({"a.csv": NAMES})})),
    "hidden sheet in a member": (
        "unseen-people-table", 4,
        lambda: packed({"a.xlsx": Workbook([Sheet("A"), Sheet("B", PEOPLE, "hidden")]).bytes()})),
    "resource fork": (
        "system-file", 1, lambda: packed({**TWIN, "__MACOSX/._counts.csv": b"\x00\x05\x16\x07"})),
    "owner file": ("system-file", 1, lambda: packed({**TWIN, "~$counts.xlsx": b"\x05Alice"})),
    "mail in an owner file": (
        "unseen-identifier", 1, lambda: packed({**TWIN, "~$counts.xlsx": b"\x14" + MAIL})),
    "traversal": ("unsafe-path", 1, lambda: packed({**TWIN, "../../b.csv": COUNTS})),
    "absolute path": ("unsafe-path", 1, lambda: packed({**TWIN, "/tmp/b.csv": COUNTS})),
    "drive": ("unsafe-path", 1, lambda: packed({**TWIN, "C:/b.csv": COUNTS})),
    "link": ("unsafe-path", 1, lambda: _zip(_link)),
    "comment": ("unknown-part", 4 + len(MAIL), lambda: _zip(_comment)),
    "mail in a comment": ("unseen-identifier", 1, lambda: _zip(_comment)),
    "comment of a member": ("unseen-identifier", 1, lambda: _zip(_member_comment)),
    "deleted member": ("leftover-data", len(NAMES), _deleted),
    "people in a deleted member": ("unseen-people-table", 3, _deleted),
    "name that is there twice": ("unknown-part", 1, _twice),
    "people behind a name": ("unseen-people-table", 3, _twice),
    "directory that tells less": ("unknown-part", 1, _more_than_told),
    "another name in the header": ("unknown-part", 1, _other_name),
    "another name in a field": ("unknown-part", 1, _extra_name),
    "bytes before": ("unknown-part", 9, lambda: b"something" + packed(TWIN)),
    "bytes after": ("unknown-part", 9, lambda: packed(TWIN) + b"something"),
    "mail after": ("unseen-identifier", 1, lambda: packed(TWIN) + b"to " + MAIL),
    "person in a member's name": (
        "name-in-place", 1, lambda: packed({"PC Jane Ash.csv": COUNTS})),
    "person in a folder's name": (
        "name-in-place", 1, lambda: packed({"Jane Smith/counts.csv": COUNTS, "b.csv": COUNTS})),
    "picture": ("picture", 1, lambda: packed({**TWIN, "a.png": PNG})),
    "place of a picture": ("picture-location", 1, lambda: packed({**TWIN, "a.jpg": jpeg(True)})),
}  # fmt: skip


def _inspect(data: bytes) -> Draft:
    return inspect(data, name="answer.zip")


@pytest.mark.parametrize("name", CASES)
def test_feature_is_found(name: str) -> None:
    code, count, make = CASES[name]
    draft = _inspect(make())
    assert count in [f.count for f in draft.of(code)], draft.findings
    assert draft.format == "zip"


def test_clean_archive_gives_nothing() -> None:
    draft = _inspect(packed(TWIN))
    assert draft.findings == ()
    assert draft.clean
    assert sorted(table.place.file for table in draft.tables) == [
        "counts.csv",
        "tables/counts.xlsx",
    ]
    assert all(table.visible for table in draft.tables)


def _encrypted() -> bytes:
    data = bytearray(packed({"counts.csv": COUNTS}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + at] |= 1
    return bytes(data)


def _packed_by(method: int) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        archive.writestr("counts.csv", COUNTS)
    return stream.getvalue()


def _split() -> bytes:
    data = bytearray(packed(TWIN))
    end = data.find(b"PK\x05\x06")
    data[end + 4 : end + 8] = struct.pack("<HH", 2, 2)
    return bytes(data)


def _bomb(levels: int) -> bytes:
    data = bytes(200 * 1024 * 1024)
    for level in range(levels):
        data = packed({f"{level}.zip" if level else "a.csv": data})
    return data


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (_encrypted, "encrypted"),
        (lambda: _packed_by(zipfile.ZIP_BZIP2), "not-fully-read"),
        (lambda: _packed_by(zipfile.ZIP_LZMA), "not-fully-read"),
        (_split, "unreadable"),
        (lambda: _bomb(1), "not-fully-read"),
        (lambda: _bomb(3), "not-fully-read"),
        (lambda: packed({"a.pdf": b"%PDF-1.7"}), "unsupported-format"),
        (lambda: packed({"a.tar.gz": b"\x1f\x8b\x08"}), "unsupported-format"),
        (lambda: packed({}), "empty-file"),
        (lambda: packed({"a.csv": b""}), "empty-file"),
    ],
    ids=[
        "encrypted", "bzip2", "LZMA", "split", "bomb", "nested bomb", "PDF", "gzip", "empty",
        "empty member",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_once(make: Callable[[], bytes], code: str) -> None:
    draft = _inspect(make())
    assert [f.code for f in draft.findings] == [code]
    assert not draft.complete


def test_many_members_end_in_a_finding() -> None:
    data = packed({f"{i}.csv": COUNTS for i in range(300)})
    draft = inspect(data, name="a.zip", limits=Limits(parts=200))
    assert not draft.complete


@pytest.mark.parametrize(
    ("head", "format"),
    [
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (b"Rar!\x1a\x07\x01\x00", "rar"),
        (b"BZh91AY&SY" + bytes(range(200)), "bzip2"),
        (b"\xfd7zXZ\x00", "xz"),
        (b"\x28\xb5\x2f\xfd\x04", "zstandard"),
        (b"MSCF" + bytes(60), "cab"),
        (b"counts.csv" + bytes(247) + b"ustar\x0000", "tar"),
    ],
)
def test_other_archives_are_unsupported(head: bytes, format: str) -> None:
    draft = inspect(head, name="answer")
    assert (draft.format, draft.complete) == (format, False)
    (finding,) = draft.findings
    assert finding.code == "unsupported-format"
    assert "Unpack it" in finding.remedy


def test_no_name_in_what_is_shown() -> None:
    draft = _inspect(packed({"Jane Smith/PC Jane Ash.csv": NAMES}))
    shown = str(draft.to_dict()) + draft._repr_html_()
    assert "Jane" not in shown
    assert "Adeyemi" not in shown
