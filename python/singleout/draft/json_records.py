"""Read JSON, and JSON lines: records as rows, an object as a card of keys and values."""

from __future__ import annotations

import json
from collections.abc import Iterator

from singleout.draft.collector import Collector
from singleout.draft.grid import Grid
from singleout.draft.limits import Budget
from singleout.draft.model import Place
from singleout.encodings import decode

Row = dict[str, str]


def read(data: bytes, collector: Collector, budget: Budget, depth: int) -> None:
    """Read a file of JSON.

    Parameters
    ----------
    data : bytes
        The file.
    collector : Collector
        Where to report.
    budget : Budget
        Charged for what is read.
    depth : int
        How deep in other files this one is.
    """
    budget.charge_bytes(len(data))
    try:
        content = parse(decode(data).text.decode())
    except ValueError:
        collector.unread(None, "it is not JSON as RFC 8259 has it, nor lines of such")
        return
    for path, rows in tables(content):
        budget.charge_cells(sum(map(len, rows)))
        names = list(dict.fromkeys(name for row in rows for name in row))
        lines: list[list[str | None]] = [list(names)]
        if len(rows) == 1:
            lines = [[name, rows[0][name]] for name in names]
        else:
            lines += [[row.get(name) for name in names] for row in rows]
        collector.grid(Grid.from_rows(lines), Place(item=path))


def parse(text: str) -> object:
    """Return what a text says; numbers stay as they are written, a list for several lines.

    Raises
    ------
    ValueError
        If it is neither JSON nor lines of JSON.

    Examples
    --------
    >>> parse('{"name": "Ash", "days": 1.50}'), parse('[1]\\n[2]\\n')
    ({'name': 'Ash', 'days': '1.50'}, [['1'], ['2']])
    """
    try:
        return _loaded(text)
    except ValueError:
        return [_loaded(line) for line in text.splitlines() if line.strip()]


def _loaded(text: str) -> object:
    return json.loads(
        text, parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=_object
    )


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object; of a key that is there twice both values stay."""
    found: dict[str, object] = {}
    for key, value in pairs:
        name, number = key, 1
        while name in found:
            number += 1
            name = f"{key} {number}"
        found[name] = value
    return found


def tables(content: object, path: str = "") -> Iterator[tuple[str, list[Row]]]:
    """Iterate over the tables of a content: where each is, and its rows.

    A list of objects is a table; an object is a row, the objects in it are columns of that row,
    and the lists of objects in it are tables of their own.

    Examples
    --------
    >>> list(tables({"unit": "Dogs", "staff": [{"name": {"last": "Ash"}}, {"name": "Bell"}]}))
    [('staff', [{'name.last': 'Ash'}, {'name': 'Bell'}]), ('', [{'unit': 'Dogs'}])]
    """
    items = content if isinstance(content, list) else [content]
    rows: list[Row] = []
    inner: dict[str, list[object]] = {}
    for item in items:
        row: Row = {}
        _flatten(item, "", row, inner)
        if row:
            rows.append(row)
    for key, values in inner.items():
        yield from tables(values, f"{path}.{key}" if path else key)
    if rows:
        yield path, rows


def _flatten(item: object, key: str, row: Row, inner: dict[str, list[object]]) -> None:
    """Put a value into a row under its key; objects in lists stand apart."""
    if isinstance(item, dict):
        for name, value in item.items():
            _flatten(value, f"{key}.{name}" if key else name, row, inner)
    elif isinstance(item, list):
        if any(isinstance(value, dict | list) for value in item):
            inner.setdefault(key or "list", []).extend(item)
        else:
            _set(row, key, "\n".join(_text(value) for value in item))
    else:
        _set(row, key, _text(item))


def _set(row: Row, key: str, text: str) -> None:
    if text:
        row[key or "value"] = text


def _text(value: object) -> str:
    return "" if value is None else str(value).upper() if isinstance(value, bool) else str(value)
