# ruff: noqa: E501  XML is kept as it is written
"""Damaged and hostile documents and spreadsheets: a finding, never an exception, never clean."""

from __future__ import annotations

import io
import random
import struct
import time
import zipfile
import zlib

import pytest
from builders import docx_features, docx_made, ods_features, ods_made
from builders.docx import MAIN, Document
from builders.ods import Spreadsheet, stored
from builders.xlsx import packed

from singleout.draft import Draft, inspect
from singleout.draft.limits import Limits

SECONDS = 10.0
CLEAN = {"a.docx": docx_made.CLEAN, "a.ods": ods_made.CLEAN}


def _judged(data: bytes, name: str, **more: Limits) -> Draft:
    start = time.process_time()
    draft = inspect(data, name=name, **more)
    assert time.process_time() - start < SECONDS
    draft.to_dict()
    return draft


def _docx(body: str) -> bytes:
    content = f'<w:document xmlns:w="{MAIN}"><w:body>{body}</w:body></w:document>'
    return packed({**Document().members(), "word/document.xml": content.encode()})


def _ods(content: bytes) -> bytes:
    return stored({**Spreadsheet().members(), "content.xml": content})


BOMB = (
    b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>"
    + b"".join(
        f"<!ENTITY {chr(98 + i)} '{('&' + chr(97 + i) + ';') * 10}'>".encode() for i in range(9)
    )
    + b"]><x>&j;</x>"
)
OUTSIDE = b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>"
HOSTILE = {
    "document: entity bomb": (
        "a.docx",
        lambda: packed({**Document().members(), "word/document.xml": BOMB}),
    ),
    "document: outside entity": (
        "a.docx",
        lambda: packed({**Document().members(), "word/document.xml": OUTSIDE}),
    ),
    "document: deep XML": ("a.docx", lambda: _docx("<w:p>" * 100_000 + "</w:p>" * 100_000)),
    "document: no body": (
        "a.docx",
        lambda: packed({**Document().members(), "word/document.xml": b"<x/>"}),
    ),
    "document: zip bomb": (
        "a.docx",
        lambda: packed({**Document().members(), "word/document.xml": bytes(300 * 1024 * 1024)}),
    ),
    "spreadsheet: entity bomb": ("a.ods", lambda: _ods(BOMB)),
    "spreadsheet: outside entity": ("a.ods", lambda: _ods(OUTSIDE)),
    "spreadsheet: deep XML": ("a.ods", lambda: _ods(b"<a>" * 100_000 + b"</a>" * 100_000)),
    "spreadsheet: no body": ("a.ods", lambda: _ods(b"<x/>")),
    "spreadsheet: bomb in the manifest": (
        "a.ods",
        lambda: stored({**Spreadsheet().members(), "META-INF/manifest.xml": BOMB}),
    ),
    "spreadsheet: no content": (
        "a.ods",
        lambda: stored({k: v for k, v in Spreadsheet().members().items() if k != "content.xml"}),
    ),
    "spreadsheet: repetition is no number": (
        "a.ods",
        lambda: (
            Spreadsheet().bytes()
            and _ods(
                Spreadsheet()
                .members()["content.xml"]
                .replace(
                    b"<table:table-row ", b'<table:table-row table:number-rows-repeated="x" ', 1
                )
            )
        ),
    ),
    "spreadsheet: rows without end": (
        "a.ods",
        lambda: _ods(
            Spreadsheet()
            .members()["content.xml"]
            .replace(
                b"<table:table-row ", b'<table:table-row table:number-rows-repeated="99999999999" '
            )
        ),
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_is_not_fully_read(name: str) -> None:
    label, made = HOSTILE[name]
    draft = _judged(made(), label)
    assert not draft.complete
    assert not draft.clean
    assert draft.findings


def test_objects_in_themselves_end() -> None:
    sheet = ods_made.made_inner([["a", "b"], ["c", "d"]])
    content = sheet.parts["Object 1/content.xml"]
    shown = b'<draw:frame xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"><draw:object xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="../Object 1"/></draw:frame></office:spreadsheet>'
    sheet.parts["Object 1/content.xml"] = content.replace(b"</office:spreadsheet>", shown)
    draft = _judged(sheet.bytes(), "a.ods")
    assert not draft.complete


@pytest.mark.parametrize("name", CLEAN)
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
def test_each_limit_ends_in_a_finding(name: str, limits: Limits) -> None:
    draft = _judged(CLEAN[name], name, limits=limits)
    assert not draft.complete
    assert [f.code for f in draft.findings if f.code in ("not-fully-read", "unreadable")]


@pytest.mark.parametrize("name", CLEAN)
def test_truncated_anywhere_is_never_clean(name: str) -> None:
    for at in range(1, len(CLEAN[name]), 61):
        assert not _judged(CLEAN[name][:at], name).clean, at


def _same(data: bytes, clean: bytes, name: str) -> bool:
    with zipfile.ZipFile(io.BytesIO(clean)) as old, zipfile.ZipFile(io.BytesIO(data)) as new:
        try:
            return old.read(name) == new.read(name)
        except (zipfile.BadZipFile, zlib.error):
            return False


@pytest.mark.parametrize("name", CLEAN)
def test_flipped_content_is_never_clean(name: str) -> None:
    chance, clean = random.Random(8), CLEAN[name]
    for _ in range(120):
        data = bytearray(clean)
        with zipfile.ZipFile(io.BytesIO(clean)) as archive:
            info = chance.choice(archive.infolist())
        n, m = struct.unpack_from("<HH", data, info.header_offset + 26)
        first = info.header_offset + 30 + n + m
        at = chance.randrange(first, first + info.compress_size)
        data[at] ^= 1 << chance.randrange(8)
        if _same(bytes(data), clean, info.filename):
            continue  # a bit that the packed content does not use
        assert not _judged(bytes(data), name).clean, (info.filename, at)


_FLIPPED = [
    ("a.docx", docx_features.CASES, n)
    for n in (
        "hidden people in a table",
        "mail merge",
        "white text in a text box",
        "chart",
        "list of a control",
        "workbook with people",
    )
]
_FLIPPED += [
    ("a.ods", ods_features.CASES, n)
    for n in (
        "under a picture",
        "overwritten cells",
        "cells of another file",
        "chart",
        "people in an object",
        "empty format",
        "members of a pivot table",
    )
]


@pytest.mark.parametrize(
    ("name", "cases", "case"), _FLIPPED, ids=[f"{a}: {c}" for a, _, c in _FLIPPED]
)
def test_changed_parts_never_raise(name: str, cases: dict, case: str) -> None:
    """Parts changed within: whatever goes wrong inside a reader is a finding."""
    chance = random.Random(case)
    data = cases[case]()[2]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {i.filename: archive.read(i) for i in archive.infolist()}
    for _ in range(40):
        part = chance.choice(sorted(members))
        content = bytearray(members[part])
        at = chance.randrange(len(content))
        if chance.random() < 0.5:
            content[at] = chance.randrange(256)
        else:
            content[at : at + chance.randrange(9)] = chance.choice(
                [b"-1", b"99999999999", b'"', b"</", b""]
            )
        assert isinstance(_judged(packed({**members, part: bytes(content)}), name), Draft)
