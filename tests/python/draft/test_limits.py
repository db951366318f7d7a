# ruff: noqa: E501  XML is kept as it is written
"""Hostile and damaged files: a finding, never an exception, never clean, never a long wait."""

from __future__ import annotations

import io
import random
import struct
import time
import zipfile
import zlib
from pathlib import Path

import pytest
from builders.ods import Sheet as OdsSheet
from builders.ods import Spreadsheet
from builders.xlsx import COUNTS, Sheet, Workbook, packed
from builders.xlsx_features import CASES, CLEAN

from singleout.draft import Draft, inspect
from singleout.draft.limits import Limits

SECONDS = 10.0


def _judged(data: bytes, **more: Limits) -> Draft:
    start = time.thread_time()
    draft = inspect(data, name="a.xlsx", **more)
    assert time.thread_time() - start < SECONDS
    return draft


def _with(name: str, content: bytes) -> bytes:
    return packed({**Workbook().members(), name: content})


def _sheet(body: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return _with(
        "xl/worksheets/sheet1.xml", f'<worksheet xmlns="{space}">{body}</worksheet>'.encode()
    )


def _overlapping() -> bytes:
    """Two directory entries for the same bytes."""
    data = bytearray(CLEAN)
    first = data.find(b"PK\x01\x02")
    second = data.find(b"PK\x01\x02", first + 4)
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    return bytes(data)


def _traversal() -> bytes:
    stream = io.BytesIO(CLEAN)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("../../etc/cron.d/x", b"x")
    return stream.getvalue()


def _nested(depth: int) -> bytes:
    data = CLEAN
    for level in range(depth):
        data = packed({f"level{level}.zip": data})
    return data


BOMB = b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>" + b"".join(
    f"<!ENTITY {chr(98 + i)} '{('&' + chr(97 + i) + ';') * 10}'>".encode() for i in range(9)
)
SPREAD = "".join(
    f'<row r="{i}"><c r="A{i}"><v>1</v></c><c r="XFD{i}"><v>1</v></c></row>' for i in (1, 1048576)
)
HOSTILE = {
    "zip bomb": lambda: _with("xl/worksheets/sheet1.xml", bytes(300 * 1024 * 1024)),
    "deep XML": lambda: _sheet("<a>" * 100_000 + "</a>" * 100_000),
    "entity bomb": lambda: _with("xl/worksheets/sheet1.xml", BOMB + b"]><x>&j;</x>"),
    "external entity": lambda: _with(
        "xl/worksheets/sheet1.xml",
        b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>",
    ),
    "entity bomb in content types": lambda: _with("[Content_Types].xml", BOMB + b"]><x>&j;</x>"),
    "overlapping members": _overlapping,
    "files in files": lambda: _nested(12),
    "truncated": lambda: CLEAN[: len(CLEAN) // 2],
    "half an end": lambda: CLEAN[:-10],
    "text in place of a sheet": lambda: _with("xl/worksheets/sheet1.xml", b"hello"),
    "string that is not there": lambda: _sheet(
        '<sheetData><row r="1"><c r="A1" t="s"><v>9</v></c></row></sheetData>'
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_is_not_fully_read(name: str) -> None:
    draft = _judged(HOSTILE[name]())
    assert not draft.complete
    assert not draft.clean
    assert draft.findings


def test_traversal_is_told() -> None:
    draft = _judged(_traversal())
    assert list(draft.of("unsafe-path"))
    assert not draft.clean


def test_declared_range_costs_nothing() -> None:
    body = '<dimension ref="A1:XFD1048576"/><cols><col min="1" max="16384" hidden="1"/></cols>'
    rows = f"{body}<sheetData>{SPREAD}</sheetData><mergeCells><mergeCell ref='A1:XFD1048576'/></mergeCells>"
    draft = _judged(_sheet(rows))
    assert list(draft.of("hidden-column"))


@pytest.mark.parametrize(
    "limits",
    [
        Limits(total_bytes=1000),
        Limits(parts=2),
        Limits(cells=3),
        Limits(seconds_fixed=0, seconds_per_mib=0),
    ],
    ids=["bytes", "parts", "cells", "time"],
)
def test_each_limit_ends_in_a_finding(limits: Limits) -> None:
    draft = _judged(CLEAN, limits=limits)
    assert not draft.complete
    assert [f.code for f in draft.findings if f.code in ("not-fully-read", "unreadable")]


def test_empty_is_not_clean() -> None:
    assert not inspect(b"", name="a.xlsx").clean


def test_truncated_anywhere_is_never_clean() -> None:
    for at in range(1, len(CLEAN), 97):
        draft = _judged(CLEAN[:at])
        assert not draft.clean, at


def _same(data: bytes, name: str) -> bool:
    with zipfile.ZipFile(io.BytesIO(CLEAN)) as old, zipfile.ZipFile(io.BytesIO(data)) as new:
        try:
            return old.read(name) == new.read(name)
        except (zipfile.BadZipFile, zlib.error):
            return False


def test_flipped_content_is_never_clean() -> None:
    chance = random.Random(8)
    for _ in range(150):
        data = bytearray(CLEAN)
        with zipfile.ZipFile(io.BytesIO(CLEAN)) as archive:
            info = chance.choice(archive.infolist())
        n, m = struct.unpack_from("<HH", data, info.header_offset + 26)
        first = info.header_offset + 30 + n + m
        at = chance.randrange(first, first + info.compress_size)
        data[at] ^= 1 << chance.randrange(8)
        if _same(bytes(data), info.filename):
            continue  # a bit that the packed content does not use
        assert not _judged(bytes(data)).clean, (info.filename, at)


@pytest.mark.parametrize(
    "name", ["pivot cache", "rows typed into a query", "embedded workbook", "picture"]
)
def test_flips_never_raise(name: str) -> None:
    chance = random.Random(name)
    data = CASES[name]()[2]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {i.filename: archive.read(i) for i in archive.infolist()}
    for _ in range(60):
        part = chance.choice(sorted(members))
        content = bytearray(members[part])
        content[chance.randrange(len(content))] = chance.randrange(256)
        assert isinstance(_judged(packed({**members, part: bytes(content)})), Draft)


def test_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    inspect(Workbook([Sheet("Counts", COUNTS)]).bytes(), name="a.xlsx")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("across", "whole"), [(16_384, True), (16_385, False)])
def test_wider_than_a_sheet(across: int, whole: bool) -> None:
    """No program has more columns; a row of a million takes gigabytes to set down."""
    row = ",".join(["x"] * across)
    patient = Limits(seconds_fixed=600)  # What is too wide is known before time is spent on it
    text = inspect(f"{row}\n{row}\n".encode(), name="a.csv", limits=patient)
    cell = '<table:table-cell office:value-type="string" table:number-columns-repeated="{}">'
    rows = f"<table:table-row>{cell.format(across)}<text:p>X</text:p></table:table-cell></table:table-row>"
    book = inspect(Spreadsheet([OdsSheet(rows=rows * 2)]).bytes(), name="a.ods", limits=patient)
    assert [text.complete, book.complete] == [whole, whole]
    assert [len(d.tables) for d in (text, book)] == [whole, whole]


def test_rows_and_columns_repeated_without_end() -> None:
    cell = '<table:table-cell office:value-type="string" table:number-columns-repeated="999999999">'
    rows = (
        f'<table:table-row table:number-rows-repeated="999999999">{cell}<text:p>X</text:p>'
        "</table:table-cell></table:table-row>"
    )
    start = time.thread_time()
    assert not inspect(Spreadsheet([OdsSheet(rows=rows)]).bytes(), name="a.ods").complete
    assert time.thread_time() - start < SECONDS
