"""Compound files written by hand ([MS-CFB], version 3)."""

from __future__ import annotations

import struct

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FREE, END, FAT, DIFAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFC
SECTOR, MINI, SMALL = 512, 64, 4096


def compound(streams: dict[str, bytes], free: bytes = b"", after: bytes = b"") -> bytes:
    """A compound file of these streams (paths with ``/``); `free` fills a sector that no stream
    owns, `after` follows the last sector."""
    entries: list[dict[str, object]] = [_entry("Root Entry", 5)]
    _tree(entries, 0, streams)
    fat: list[int] = []
    body = b""

    def put(content: bytes) -> int:
        nonlocal body
        count = -(-len(content) // SECTOR)
        if not count:
            return END
        first = len(fat)
        fat.extend([*range(first + 1, first + count), END])
        body += content.ljust(count * SECTOR, b"\x00")
        return first

    mini = b""
    mini_fat: list[int] = []
    for entry in entries:
        content = entry["content"]
        assert isinstance(content, bytes)
        if entry["kind"] == 2 and len(content) < SMALL:
            count = -(-len(content) // MINI)
            first = len(mini_fat)
            if count:
                mini_fat.extend([*range(first + 1, first + count), END])
            entry["start"] = first if count else END
            mini += content.ljust(count * MINI, b"\x00")
        elif entry["kind"] == 2:
            entry["start"] = put(content)
    entries[0]["content"] = mini
    entries[0]["start"] = put(mini)
    table = b"".join(struct.pack("<I", v) for v in mini_fat)
    first_mini = put(table.ljust(-(-len(table) // SECTOR) * SECTOR, b"\xff"))
    directory = b"".join(_packed(entry) for entry in entries)
    first_directory = put(directory.ljust(-(-len(directory) // SECTOR) * SECTOR, b"\x00"))
    if free:
        fat.append(FREE)
        body += free.ljust(SECTOR, b"\x00")[:SECTOR]
    tables = more = 0
    while tables * (SECTOR // 4) < len(fat) + tables + more:
        tables += 1
        more = max(0, -(-(tables - 109) // 127))
    places = list(range(len(fat), len(fat) + tables))
    first_more = len(fat) + tables
    fat += [FAT] * tables + [DIFAT] * more
    packed = b"".join(struct.pack("<I", v) for v in fat).ljust(tables * SECTOR, b"\xff")
    for i in range(more):
        listed = (places[109 + 127 * i :] + [FREE] * 127)[:127]
        following = END if i + 1 == more else first_more + i + 1
        packed += struct.pack("<128I", *listed, following)
    head = MAGIC + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack(
        "<IIIIIIIII",
        0,
        tables,
        first_directory,
        0,
        SMALL,
        first_mini,
        -(-len(table) // SECTOR),
        first_more if more else END,
        more,
    )
    head += b"".join(struct.pack("<I", p) for p in (places + [FREE] * 109)[:109])
    return head + body + packed + after


def _entry(name: str, kind: int, content: bytes = b"") -> dict[str, object]:
    return {
        "name": name,
        "kind": kind,
        "content": content,
        "start": END,
        "child": FREE,
        "right": FREE,
    }


def _tree(entries: list[dict[str, object]], parent: int, streams: dict[str, bytes]) -> None:
    """Children of a storage, each the right sibling of the one before."""
    groups: dict[str, dict[str, bytes]] = {}
    for path, content in streams.items():
        top, _, rest = path.partition("/")
        groups.setdefault(top, {})[rest] = content
    last = -1
    for name in sorted(groups, key=lambda n: (len(n), n.upper())):
        inside = groups[name]
        leaf = "" in inside
        entries.append(_entry(name, 2 if leaf else 1, inside.get("", b"")))
        here = len(entries) - 1
        if last < 0:
            entries[parent]["child"] = here
        else:
            entries[last]["right"] = here
        last = here
        if not leaf:
            _tree(entries, here, inside)


def _packed(entry: dict[str, object]) -> bytes:
    name = str(entry["name"]).encode("utf-16-le") + b"\x00\x00"
    content = entry["content"]
    assert isinstance(content, bytes)
    return (
        name.ljust(64, b"\x00")
        + struct.pack("<HBB", len(name), int(str(entry["kind"])), 1)
        + struct.pack("<III", FREE, int(str(entry["right"])), int(str(entry["child"])))
        + bytes(36)
        + struct.pack("<IQ", int(str(entry["start"])), len(content))
    )
