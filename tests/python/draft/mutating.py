"""Parts with damaged markup, and what the readers that go by bytes must make of them.

Whatever a parser refuses, they must refuse too; whatever it takes, they must read as the readers
that go element by element do. `python tests/python/draft/mutating.py SECONDS [SEED]` goes on for
as long as asked and stops at the first part that breaks this.
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

from builders.ods import Sheet, Spreadsheet
from builders.xlsx import MAIN
from lxml import etree

from singleout.draft import odf_fast
from singleout.draft.limits import Budget
from singleout.draft.odf_cells import Content, read_content
from singleout.draft.xlsx_book import _any_strings, read_strings
from singleout.draft.xlsx_cells import RawCells, _slow, read_cells
from singleout.draft.xlsx_pivot import read_records, slow_records
from singleout.draft.xlsx_styles import Styles
from singleout.draft.xml import parse

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ROWS = (
    '<row r="1" spans="1:4" x14ac:dyDescent="0.25"><c r="A1" t="s"><v>0</v></c>'
    '<c r="B1" s="2"><v>1.5</v></c><c r="C1" s="1"/><c r="D1" t="b"><v>1</v></c></row>',
    '<row r="2" hidden="1" ht="0" customHeight="1"><c r="A2" t="str"><f>B1&amp;"x"</f>'
    '<v>a&lt;\u00e9</v></c><c r="B2"><f t="shared" ref="B2:B9" si="0">A1+1</f><v>7</v></c>'
    '<c r="C2"><f t="shared" si="0"/><v>8</v></c></row>',
    '<row r="3" outlineLevel="1"/><row r="4"><c r="A4" t="inlineStr"><is>'
    '<t xml:space="preserve"> text </t></is></c><c r="B4" s="3" t="e"><v>#N/A</v></c></row>',
    '<row r="5"><c r="A5" s="1" t="n"><v>5</v></c><c r="B5" t="d"><v>2020-01-01</v></c></row>\n',
    '<row r="6" s="1" customFormat="1"><c r="A6" t="s" s="4"><v>1</v></c><c r="B6"></c></row>',
)
_ITEMS = (
    "<si><t>surname</t></si>",
    '<si><t xml:space="preserve"> a &amp; b</t></si>',
    "<si><t/></si>",
    "<si><t>\u00e9\u4e2d&#233;_x0041_</t></si>\n",
    "<si><r><rPr><b/></rPr><t>rich</t></r><r><t>er</t></r></si>",
)
_RECORDS = (
    '<r><x v="0"/><n v="12"/><s v="constable"/></r>',
    '<r><x v="1"/><m/><d v="2020-01-01T00:00:00"/></r>\n',
    '<r><x v="2"/><b v="1"/><s v="a &amp; \u00e9"/></r>',
)
_NAMES = ["rank", "number", "word"]
_SHARED: list[list[str | None]] = [["PC", None, "12"], [], []]
_ODS_ROWS = (
    '<table:table-row table:style-name="ro1"><table:table-cell office:value-type="float" '
    'office:value="12"><text:p>12</text:p></table:table-cell><table:table-cell/></table:table-row>',
    '<table:table-row><table:table-cell table:style-name="a" office:value-type="string">'
    "<text:p>a &amp; \u00e9</text:p></table:table-cell>"
    '<table:table-cell table:number-columns-repeated="3"/></table:table-row>',
    '<table:table-row table:number-rows-repeated="2" table:visibility="collapse">'
    '<table:table-cell office:value-type="date" office:date-value="2020-01-01T00:00:00">'
    "<text:p>1.1.</text:p></table:table-cell><table:covered-table-cell/></table:table-row>",
    '<table:table-row><table:table-cell office:value-type="boolean" office:boolean-value="true" '
    'table:number-columns-repeated="2"><text:p>TRUE</text:p></table:table-cell>'
    "<table:table-cell><text:p>a<text:s/>b</text:p></table:table-cell></table:table-row>",
)
_PIECES = (
    "]]>", "<!--", "-->", "<![CDATA[", "<?x?>", "&", "&amp;", "&#1;", "&#xD800;", "&x;", "<", ">",
    "/>", '"', "'", "=", " ", "\n", "\r", "\t", "\x00", "\x01", "\x0c", "\x7f", "\x85", "\ufffe",
    ' r="A1"', ' s="1"', ' t="s"', ' t="str"', ' x:y="1"', ' xml:space="preserve"', ' xmlns="u"',
    ' xmlns:x="u"', " hidden", ' ht="1"', "<v>", "</v>", "<v/>", "<c>", "</c>", "<row>", "</row>",
    "<is>", "</is>", "<t>", "</t>", "<f>", "</f>", "<x:c/>", "<r>", "</r>", "<m/>", "<si>", "</si>",
    "<text:p>", "</text:p>", "<table:table-row>", "</table:table-row>", "<table:table-cell/>",
    ' office:value="1"', ' office:value-type="float"', "secret", "1", "_x0041_", "\u00b2", "-", "x",
)  # fmt: skip
_BYTES = (b"\x80", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf8\x88\x80\x80\x80")
_TAG = re.compile(rb"<[^<>]*>")
_ATTRIBUTE = re.compile(rb' [\w:]+="[^"]*"')


def sheet(chance: random.Random) -> bytes:
    """Return a worksheet of some plain rows."""
    rows = "".join(chance.choices(_ROWS, k=3))
    space = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"
    return (
        f'{_HEAD}<worksheet xmlns="{MAIN}" xmlns:x14ac="{space}"><cols><col min="1"/></cols>'
        f"<sheetData>{rows}</sheetData></worksheet>"
    ).encode()


def strings(chance: random.Random) -> bytes:
    """Return shared strings."""
    items = "".join(chance.choices(_ITEMS[:-1] if chance.random() < 0.8 else _ITEMS, k=3))
    return f'{_HEAD}<sst xmlns="{MAIN}" count="3">{items}</sst>'.encode()


def records(chance: random.Random) -> bytes:
    """Return records of a pivot cache."""
    body = "".join(chance.choices(_RECORDS, k=3))
    return f'{_HEAD}<pivotCacheRecords xmlns="{MAIN}">{body}</pivotCacheRecords>'.encode()


def content(chance: random.Random) -> bytes:
    """Return the content of a spreadsheet."""
    rows = "".join(chance.choices(_ODS_ROWS, k=3))
    return Spreadsheet([Sheet(rows=rows)]).members()["content.xml"]


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return markup with one to three changes in bytes, tags or attributes, past its head."""
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        at = chance.randrange(min(len(data) - 1, 38), len(data))
        what = chance.random()
        if what < 0.15:
            data = data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
        elif what < 0.25:
            data = data[:at] + data[at + chance.randrange(1, 12) :]
        elif what < 0.5:
            data = data[:at] + chance.choice(_PIECES).encode() + data[at:]
        elif what < 0.55:
            data = data[:at] + chance.choice(_BYTES) + data[at:]
        elif what < 0.57:
            data = data[:at] + data[at : at + chance.randrange(1, 60)] + data[at:]
        elif what < 0.6:
            data = _carried(data, chance)
        else:
            data = _moved(data, chance, _ATTRIBUTE if what < 0.75 else _TAG)
    return data


def _carried(data: bytes, chance: random.Random) -> bytes:
    """Everything between two tags put in another place, which may be an attribute or the end."""
    ends = [match.end() for match in _TAG.finditer(data, 38)]
    if len(ends) < 2:
        return data
    first, last = sorted(chance.sample(ends, 2))
    rest = data[:first] + data[last:]
    at = chance.choice((chance.randrange(38, len(rest) + 1), len(rest), first))
    return rest[:at] + data[first:last] + rest[at:]


def _moved(data: bytes, chance: random.Random, pattern: re.Pattern[bytes]) -> bytes:
    """One tag or attribute taken out, doubled, or put in another's place."""
    found = list(pattern.finditer(data, 38))
    if not found:
        return data
    here, other = chance.choice(found), chance.choice(found)
    new = chance.choice((b"", here[0] * 2, other[0], here[0] + other[0]))
    return data[: here.start()] + new + data[here.end() :]


def _cells(raw: RawCells) -> list[object]:
    arrays = [x.tolist() for x in (raw.rows, raw.columns, raw.styles, raw.kinds)]
    counts = [raw.formulas, raw.unknown, raw.values_meta]
    return [arrays, raw.values.to_pylist(), raw.settings, counts]


def _tables(content: Content) -> list[object]:
    found: list[object] = [etree.tostring(content.root, method="c14n")]
    for raw in content.tables.values():
        grid, names = raw.grid(), list(raw.names)
        rows = {name: _rows(spans) for name, spans in raw.row_styles.items()}
        spans = [_rows(x) for x in (raw.collapsed, raw.filtered, raw.grouped)]
        found += [grid.rows.tolist(), grid.columns.tolist(), grid.texts.to_pylist()]
        found += [grid.numeric.tolist(), [names[i] for i in raw.style_ids()], list(raw.covered)]
        found += [rows, spans, grid.merges, raw.at, len(raw.others), raw.inner, raw.formulas]
        found += [raw.unknown, raw.differing]
    return found


def _rows(spans: list[tuple[int, int]]) -> list[int]:
    return sorted({row for first, last in spans for row in range(first, min(last, first + 99) + 1)})


def _records(grid_and_count: tuple[object, ...]) -> list[object]:
    grid, *more = grid_and_count
    arrays = [getattr(grid, x).tolist() for x in ("rows", "columns", "numeric")]
    return [arrays, grid.texts.to_pylist(), *more]  # type: ignore[attr-defined]


def _careful_strings(data: bytes, budget: Budget) -> list[str]:
    return _any_strings(data, budget, [], Styles(), []).to_pylist()  # type: ignore[no-any-return]


# What makes a part, what reads it as `inspect` does, what reads it element by element
READERS: dict[str, tuple[Callable[..., bytes], Callable[..., object], Callable[..., object]]] = {
    "sheet": (
        sheet,
        lambda data, budget: _cells(read_cells(data, budget)),
        lambda data, budget: _cells(_slow(data, None, budget)),
    ),
    "strings": (
        strings,
        lambda data, budget: read_strings(data, budget, [], Styles(), []).to_pylist(),
        _careful_strings,
    ),
    "records": (
        records,
        lambda data, budget: _records(read_records(data, _NAMES, _SHARED, budget)),
        lambda data, budget: _records(slow_records(data, _NAMES, _SHARED, budget)),
    ),
    "content": (
        content,
        lambda data, budget: _tables(read_content(data, budget)),
        lambda data, budget: _tables(read_content(data, budget, fast=False)),
    ),
}


def difference(name: str, data: bytes) -> str:
    """Say how a reader by bytes differs from the parser on a part; empty if it does not."""
    _, fast, careful = READERS[name]
    shortest, odf_fast._SHORTEST = odf_fast._SHORTEST, 1
    try:
        # The guard around a part turns whatever is raised into a finding
        try:
            found = fast(data, Budget(len(data)))
        except Exception as why:
            found = why
        try:
            parse(data, Budget(len(data)))
            wanted = careful(data, Budget(len(data)))
        except Exception as why:
            return "" if isinstance(found, Exception) else f"read in spite of: {why}"
        if isinstance(found, Exception):
            return f"not read, though whole: {found!r}"
        return "" if found == wanted else "not the same as read with care"
    finally:
        odf_fast._SHORTEST = shortest


def main() -> int:
    """Go on for so many seconds; save the first part that is read wrongly, and fail."""
    seconds = float(sys.argv[1])
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    chance, stop, count = random.Random(seed), time.monotonic() + seconds, 0
    while time.monotonic() < stop:
        for name, (make, _, _) in READERS.items():
            data = mutated(make(chance), chance)
            told = difference(name, data)
            count += 1
            if told:
                path = Path(f"mutated-{name}.xml")
                path.write_bytes(data)
                print(f"{name}: {told}; see {path}")
                return 1
    print(f"{count} parts, none read wrongly")
    return 0


if __name__ == "__main__":
    sys.exit(main())
