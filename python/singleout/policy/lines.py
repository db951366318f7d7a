"""Find the line of a key in a TOML text, so that an error can name it."""

from __future__ import annotations

import re
from collections.abc import Sequence

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(
    r"""^\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*="""
)
_PIECE = re.compile(r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'""")


def line_of(text: str, key: Sequence[str | int]) -> int | None:
    """Return the line (from 1) where a key, or the nearest table around it, is set.

    Parameters
    ----------
    text : str
        The TOML text.
    key : sequence of str and int
        The key's path; integers count the entries of an array of tables from 0.

    Examples
    --------
    >>> line_of("[counts]\\nsmall_to = 4\\n", ("counts", "small_to"))
    2
    """
    best: tuple[int, int] | None = None
    table: list[str | int] = []
    entries: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        header = _HEADER.match(line)
        if header:
            table = list(_pieces(header[2]))
            if header[1] == "[[":
                name = ".".join(map(str, table))
                entries[name] = entries.get(name, -1) + 1
                table.append(entries[name])
            path = table
        else:
            found = _KEY.match(line)
            if not found:
                continue
            path = [*table, *_pieces(found[1])]
        shared = _shared(path, key)
        if shared == len(path) and (best is None or shared > best[0]):
            best = (shared, number)
    return None if best is None else best[1]


def _pieces(dotted: str) -> list[str]:
    return [piece.strip("\"'") for piece in _PIECE.findall(dotted)]


def _shared(path: Sequence[str | int], key: Sequence[str | int]) -> int:
    count = 0
    for one, two in zip(path, key, strict=False):
        if one != two:
            break
        count += 1
    return count
