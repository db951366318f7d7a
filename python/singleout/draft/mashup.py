"""Power Query's package ([MS-QDEFF]): the queries' M text, and rows typed into them."""

from __future__ import annotations

import base64
import binascii
import json
import re
import struct
import zlib

from singleout.draft.collector import Collector
from singleout.draft.grid import Grid
from singleout.draft.limits import Budget
from singleout.draft.model import Place
from singleout.draft.xml import local, parse, text_of
from singleout.draft.zipread import open_archive

_SHARED = re.compile(r'(?m)^\s*shared\s+(#"(?:[^"]|"")*"|[\w.]+)\s*=')
_STRING = re.compile(r'"((?:[^"]|"")*)"')
_TYPED = re.compile(
    r'Binary\.FromText\s*\(\s*"([A-Za-z0-9+/=]+)"\s*,\s*BinaryEncoding\.Base64\s*\)'
)


def is_mashup(content: bytes) -> bool:
    """Tell whether a custom XML part holds Power Query's package."""
    head = content[:2048]
    return b"DataMashup" in head or b"DataMashup" in head.replace(b"\x00", b"")


def read(content: bytes, place: Place, collector: Collector, budget: Budget, depth: int) -> None:
    """Report the queries and the rows typed into them.

    Parameters
    ----------
    content : bytes
        The custom XML part.
    place : Place
        Where it is.
    collector : Collector
        Where to report.
    budget : Budget
        Charged for what is read.
    depth : int
        How deep in other files this one is.
    """
    root = parse(content, budget)
    if local(root) != "DataMashup":
        return
    package = base64.b64decode(text_of(root), validate=False)
    version, size = struct.unpack_from("<II", package, 0)
    if version != 0 or 8 + size > len(package):
        collector.unread(place, "its Power Query package is of an unknown version")
        return
    budget.check_depth(depth + 1)
    archive = open_archive(package[8 : 8 + size], collector, budget)
    if archive is None:
        return
    for name in archive.names:
        if not name.lower().endswith(".m"):
            continue
        text = archive.read(name).decode("utf-8-sig", "replace")
        queries = _SHARED.findall(text)
        collector.add("query", place, count=max(1, len(queries)))
        collector.unseen_text(place, (m.group(1) for m in _STRING.finditer(text)), what="query")
        _typed_rows(text, place, collector, budget)


def _typed_rows(text: str, place: Place, collector: Collector, budget: Budget) -> None:
    """Rows of ``Enter Data``: a deflated JSON array of rows, as base64 in the query's text."""
    for match in _TYPED.finditer(text):
        with collector.guard(place):
            packed = base64.b64decode(match.group(1))
            engine = zlib.decompressobj(-15)
            limit = budget.limits.ratio_free_bytes
            try:
                plain = engine.decompress(packed, limit)
            except (zlib.error, binascii.Error):
                plain = packed
            budget.charge_bytes(len(plain))
            rows = json.loads(plain)
            if not isinstance(rows, list):
                continue
            lines = [
                [None if v is None else str(v) for v in r] for r in rows if isinstance(r, list)
            ]
            names = re.findall(
                r'(?:type table \[|,\s*)(#?"[^"]+"|[A-Za-z_]\w*)\s*=\s*_t',
                text[match.end() : match.end() + 20_000],
            )
            if lines and names:
                lines.insert(0, [name.strip('#"') for name in names[: len(lines[0])]])
            collector.add("query-rows", place, count=len(rows))
            collector.grid(
                Grid.from_rows(lines),
                place,
                visible=False,
                why_unseen="rows typed into a query",
                unseen_finding=False,
            )
