"""Whatever a container calls it, a file in it is opened: every format in every such place."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders.posing import CSV, FILES, PLACES
from builders.xlsx_features import PNG

import singleout as so
from singleout.draft import inspect
from singleout.draft.sniff import sniff
from singleout.formats.registry import EXTENSIONS, FORMATS, READERS, opens_in_turn

# A policy of somebody who means to let pictures and leftovers pass
LENIENT = """
extends = "foi-strict"
[findings.codes]
picture = "ignore"
thumbnail = "ignore"
system-file = "ignore"
unknown-part = "ignore"
printer-settings = "ignore"
"""
_NAMES = {"csv": "text", "tsv": "text", "utf-16": "text", "names": "text", "xls": "ole"}


@pytest.fixture
def lenient(tmp_path: Path) -> Path:
    path = tmp_path / "lenient.toml"
    path.write_text(LENIENT)
    return path


@pytest.mark.parametrize("kind", FILES)
def test_formats_are_told(kind: str) -> None:
    assert sniff(FILES[kind]()) == _NAMES.get(kind, kind)
    assert opens_in_turn(sniff(FILES[kind]()))


@pytest.mark.parametrize("place", PLACES)
def test_every_format_in_every_place(place: str, lenient: Path) -> None:
    name = f"a.{place.split()[0]}"
    released = []
    for kind, make in FILES.items():
        data = PLACES[place](make())
        if so.review(data, lenient, name=name).verdict == "release":
            released.append(kind)
    assert not released


@pytest.mark.parametrize("place", [p for p in PLACES if "picture" in p or "thumbnail" in p])
def test_pictures_are_pictures(place: str, lenient: Path) -> None:
    draft = inspect(PLACES[place](PNG), name=f"a.{place.split()[0]}")
    assert draft.complete
    told = {f.code for f in draft.findings if f.detail.startswith(("a picture by", "a font"))}
    assert "unknown-part" not in told


def test_settings_of_folders_and_locks_are_no_rows(lenient: Path) -> None:
    settings = b"[.ShellClassInfo]\r\nIconResource=C:\\a.ico,2\r\n[ViewState]\r\nMode=\r\n"
    lock = b"\x05Alice" + b" " * 49 + "\x05\x00Alice".encode("utf-16-le") + b" \x00" * 49
    other = b",alice,host,01.02.2024 10:00,file:///home/alice/.config/libreoffice/4;"
    apple = b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X        " + bytes(100)
    for name, content in (
        ("desktop.ini", settings),
        ("desktop.ini", settings.decode().encode("utf-16")),
        ("~$counts.xlsx", lock),
        (".~lock.counts.ods#", other),
        ("__MACOSX/._counts.csv", apple),
        (".DS_Store", b"\x00\x00\x00\x01Bud1" + bytes(200)),
    ):
        draft = inspect(_zip(name, content), name="a.zip")
        assert {f.code for f in draft.findings} <= {"system-file"}
        assert draft.complete
        assert so.review(draft, lenient).verdict == "release"


def _zip(name: str, content: bytes) -> bytes:
    from builders.xlsx import packed

    return packed({"counts.csv": b"rank,officers\nsergeant,120\ninspector,45\n", name: content})


def test_packed_metafiles_are_pictures() -> None:
    import gzip

    metafile = gzip.compress(b"\x01\x00\x00\x00" + bytes(36) + b" EMF" + bytes(60), mtime=0)
    draft = inspect(PLACES["docx picture"](metafile), name="a.docx")
    assert [f.code for f in draft.findings] == ["picture"]
    assert draft.complete
    assert not inspect(PLACES["docx picture"](gzip.compress(CSV)), name="a.docx").complete


def test_pictures_of_lines_with_text_are_searched() -> None:
    lines = b'<?xml version="1.0"?><svg><text>ring a.person@example.org</text></svg>'
    draft = inspect(PLACES["xlsx picture"](lines), name="a.xlsx")
    assert {f.code for f in draft.findings} == {"picture", "unseen-identifier"}
    hidden = b"<?xml version='1.0'?><!-- <svg> --><Workbook><Cell>Adeyemi</Cell></Workbook>"
    assert sniff(hidden) == "xml"


def test_nothing_known_in_a_picture_is_told() -> None:
    draft = inspect(PLACES["ods picture"](bytes(range(200))), name="a.ods")
    assert [f.detail for f in draft.findings if f.code == "unknown-part"] == [
        "a picture by its folder, nothing known by content"
    ]


def test_the_table_holds_together() -> None:
    assert all(row.name == name for name, row in FORMATS.items())
    from importlib.util import find_spec

    assert all(find_spec(module) for module in READERS.values())
    assert EXTENSIONS["txt"] == {"csv", "tsv", "text", "json", "xml"}
    assert all(ending == ending.lower() for ending in EXTENSIONS)
    for row in FORMATS.values():
        assert {sniff(_begin(mark)) for mark in row.marks} <= {row.name}
    # A heading may begin with the letters of a mark
    assert sniff(b"BMI,officers\n21,4\n") == sniff(b"PAR1,PAR2\n1,2\n") == "text"


def _begin(mark: tuple[tuple[int, bytes], ...]) -> bytes:
    data = bytearray(b"\x01" * (max(at + len(piece) for at, piece in mark) + 99))
    for at, piece in mark:
        data[at : at + len(piece)] = piece
    return bytes(data)
