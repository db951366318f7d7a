"""Seeds, damage and what must hold afterwards, for the two fuzzers beside this file."""

from __future__ import annotations

import copy
import io
import random
import re
import resource
import time
import zipfile
import zlib
from pathlib import Path

import olefile
from builders.xlsx import packed
from builders.xlsx_features import CASES as FEATURES
from builders.xlsx_more import CASES as MORE
from builders.xlsx_parts import CASES as PARTS
from builders.xlsx_parts import xlsb
from lxml import etree

from singleout.draft import Draft, inspect

SECONDS, MEMORY = 10.0, 1024
MOST = 2_000_000
PIECES = (
    b"99999999999", b"-1", b"<a>", b'"', b"&x;", b"1048577", b"\xff\xfe", b"\x00" * 8, b"\r", b"\t",
    b"\xe2\x80\xae", b"=cmd|", b"'", b"<!--", b"]]>", b"\xd0\xcf\x11\xe0", b"PK\x03\x04", b"nan",
    b"1e309",
)  # fmt: skip
_COUNTS = "rank;größe\nsergeant;120\ninspector;45\n\n\nsurname;initials\nAdeyemi;J\n"
_TEXT = (b"<?xml", b"<")


def seeds(folder: Path) -> list[tuple[str, bytes]]:
    """Return names and contents: the files of the folder, workbooks of every feature, texts."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix]
    found = [(path.name, path.read_bytes()) for path in files if path.stat().st_size <= MOST]
    for cases in (FEATURES, MORE):
        found += [(f"{name}.xlsx", case()[2]) for name, case in cases.items()]
    found += [(f"{name}.xlsx", case()[2]) for name, case in PARTS.items()]
    found.append(("binary.xlsb", xlsb()))
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        found.append((f"{encoding}.csv", _COUNTS.encode(encoding)))
    found.append(("quotes.csv", b'a,b\n"x\ny","5"" pipe"\n=1+1,\xe2\x80\x8b\n' * 3))
    found.append(("several.zip", packed({"a.csv": _COUNTS.encode(), "b.xlsx": found[-3][1]})))
    return found


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Return the bytes with one to forty changes, or the first part of them."""
    content = bytearray(data)
    for _ in range(chance.choice([1, 1, 5, 40])):
        if not content:
            break
        at, what = chance.randrange(len(content)), chance.random()
        if what < 0.5:
            content[at] = chance.randrange(256)
        elif what < 0.7:
            del content[at : at + chance.randrange(1, 20)]
        elif what < 0.85:
            content[at:at] = content[at : at + chance.randrange(1, 200)]
        else:
            content[at:at] = chance.choice(PIECES)
    return bytes(
        content[: chance.randrange(len(content) + 1)] if chance.random() < 0.1 else content
    )


def marked_up(data: bytes, chance: random.Random) -> bytes:
    """Return XML that is well formed, with elements moved, doubled or gone, or values changed."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return damaged(data, chance)
    elements = list(root.iter(etree.Element))
    for _ in range(chance.choice([1, 2, 8])):
        element, what = chance.choice(elements), chance.random()
        parent = element.getparent()
        if what < 0.5 and element.attrib:
            key = chance.choice(sorted(element.attrib))
            value = chance.choice([b"", b"0", b"4294967295", *PIECES]).decode("latin-1")
            element.set(key, re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", "?", value))
        elif what < 0.6:
            element.text = chance.choice(["", "99999999999999999999", "NaN", "a" * 5000])
        elif what < 0.8 and parent is not None:
            parent.remove(element)
        elif what < 0.9 and parent is not None:
            parent.append(copy.deepcopy(element))
        else:
            element.tag = chance.choice(elements).tag
    return etree.tostring(root)


def repacked(data: bytes, chance: random.Random) -> bytes:
    """Return a ZIP with one member damaged and its checksum right, so that readers see it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {info.filename: archive.read(info) for info in archive.infolist()}
    except Exception:  # zipfile raises many kinds on a damaged archive
        return damaged(data, chance)
    if not members:
        return damaged(data, chance)
    name = chance.choice(sorted(members))
    content = members[name]
    plain = content.lstrip(b"\xef\xbb\xbf").startswith(_TEXT) and chance.random() < 0.6
    members[name] = marked_up(content, chance) if plain else damaged(content, chance)
    return packed(members)


def restreamed(data: bytes, chance: random.Random) -> bytes:
    """Return an OLE container with a stream damaged in place: its sectors stay in order."""
    stream = io.BytesIO(data)
    try:
        with olefile.OleFileIO(stream, write_mode=True) as container:
            name = chance.choice(container.listdir())
            content = bytearray(container.openstream(name).read())
            for _ in range(chance.choice([1, 3, 20])):
                at = chance.randrange(len(content) - 1)
                content[at] = chance.choice([0, 1, 127, 255, chance.randrange(256)])
            container.write_stream(name, bytes(content))
    except Exception:
        return damaged(data, chance)
    return stream.getvalue()


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return the file damaged in a way that its format makes sense for."""
    if chance.random() < 0.3:
        return damaged(data, chance)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return restreamed(data, chance)
    return repacked(data, chance)


def broken(data: bytes) -> bool:
    """Tell whether other programs refuse a part of the file: then it can never be clean."""
    if data[:2] != b"PK":
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if len(archive.infolist()) > 500:
                return False
            for info in archive.infolist():
                content = archive.read(info)
                if info.filename.endswith((".xml", ".rels")) and info.filename[:3] == "xl/":
                    etree.fromstring(content, etree.XMLParser(huge_tree=True))
    except (zipfile.BadZipFile, zlib.error, EOFError, etree.XMLSyntaxError, ValueError):
        return True
    except (NotImplementedError, RuntimeError, KeyError, OSError):
        return False
    return False


def judge(data: bytes, name: str) -> tuple[Draft, float]:
    """Inspect the file and hold it to the promises; raises `AssertionError` if one is broken.

    Returns
    -------
    (Draft, float)
        The draft, and the seconds that it took.
    """
    start = time.process_time()  # whatever else runs on the machine
    draft = inspect(data, name=name)
    draft.to_dict()
    draft._repr_html_()
    seconds = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    assert seconds <= SECONDS, f"it took {seconds:.1f} s"
    assert memory <= MEMORY, f"it took {memory} MB"
    assert not (draft.clean and broken(data)), "a damaged file came out as clean"
    return draft, seconds
