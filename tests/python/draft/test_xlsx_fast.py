"""The reader of whole arrays gives what the reader of any valid part gives."""

from __future__ import annotations

import numpy as np
import pytest
from builders.xlsx import MAIN, cell
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from singleout.draft.limits import Budget
from singleout.draft.xlsx_cells import _slow, read_cells
from singleout.draft.xlsx_fast import fast_cells
from singleout.draft.xml import plain

TEXTS = st.text(st.characters(min_codepoint=32, exclude_categories=["Cs", "Cn", "Co"]), max_size=12)
VALUES = st.one_of(
    TEXTS, st.integers(-1000, 10**9), st.floats(allow_nan=False, allow_infinity=False)
)
ROWS = st.lists(st.tuples(VALUES, VALUES, st.none() | VALUES), max_size=6)
ATTRIBUTES = st.sampled_from(
    ["", 'hidden="1"', 'ht="0"', 'outlineLevel="2" hidden="1"', 'spans="1:3"']
)


@settings(max_examples=150, deadline=None)
@given(ROWS, st.lists(ATTRIBUTES, min_size=6, max_size=6), st.integers(0, 40))
def test_same_as_element_by_element(
    rows: list[tuple[object, ...]], attributes: list[str], style: int
) -> None:
    body = "".join(
        f'<row r="{i + 1}" {attributes[i]}>'
        + "".join(cell(i, j, v, style) for j, v in enumerate(row))  # type: ignore[arg-type]
        + "</row>"
        for i, row in enumerate(rows)
    )
    data = f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'.encode()
    fast = read_cells(data, Budget(len(data)))
    slow = _slow(data, etree.Element("worksheet"), Budget(len(data)))
    for name in ("rows", "columns", "styles", "kinds"):
        np.testing.assert_array_equal(getattr(fast, name), getattr(slow, name))
    assert fast.values.to_pylist() == slow.values.to_pylist()
    assert fast.settings == slow.settings


def test_shared_booleans_and_formulas_take_the_fast_way() -> None:
    body = (
        b'<row r="7" hidden="1"><c r="B7" s="3" t="s"><v>12</v></c><c r="AA7" t="b"><v>1</v></c>'
        b'<c r="AB7" t="str"><f>A1&amp;"x"</f><v>a&lt;b</v></c><c r="AC7" t="e"><v>#N/A</v></c>'
        b'<c r="AD7" s="1"/></row>'
    )
    data = b"<worksheet><sheetData>" + body + b"</sheetData></worksheet>"
    start = data.index(body)
    found = fast_cells(data, start, start + len(body), etree.Element("worksheet"), Budget(9))
    assert found is not None
    assert found.rows.tolist() == [6] * 4
    assert found.columns.tolist() == [1, 26, 27, 28]
    assert found.styles.tolist() == [3, 0, 0, 0]
    assert found.values.to_pylist() == ["12", "1", "a<b", "#N/A"]
    assert found.formulas == 1
    assert found.settings.hidden == {6}


def test_unusual_markup_is_left_to_the_other_reader() -> None:
    for body in (
        b'<row r="1"><c r="A1"><v><![CDATA[1]]></v></c></row>',
        b"<row r='1'><c r='A1'><v>1</v></c></row>",
        b'<row r="1"><c r="A1" vm="1"><v>1</v></c></row>',
        b'<row r="1"><c><v>1</v></c></row>',
        b'<row r="1"><c r="A1"><v>1</v></c><secret/></row>',
    ):
        assert fast_cells(body, 0, len(body), etree.Element("worksheet"), Budget(9)) is None


@pytest.mark.parametrize(
    "text",
    [b"a\x01b", b"a\x0bb", b"a&nbsp;b", b"a & b", b"a&#1;b", b"a&#xFFFF;b", b"a\xef\xbf\xbeb"],
)
def test_what_a_parser_refuses_is_never_clean(text):
    """The fast readers go by bytes; characters and references must still be such as XML allows."""
    markup = b"<sst><si><t>" + text + b"</t></si></sst>"
    assert not plain(markup)
    with pytest.raises(etree.XMLSyntaxError):
        etree.fromstring(markup)


@pytest.mark.parametrize("text", ["a\tb\r\n", "é&amp;&lt;", "&#233;&#x1F600;", "\ufffd"])
def test_what_a_parser_takes_is_read_fast(text):
    markup = f"<t>{text}</t>".encode()
    assert plain(markup)
    assert etree.fromstring(markup).tag == "t"


@pytest.mark.parametrize("tag", [b'<f t^"shared">', b"<f t>", b'<f t="a" t2="b>">', b"<f t='a'>"])
def test_tags_that_are_not_plainly_written_are_left_to_the_parser(tag):
    row = b'<row r="1"><c r="A1">' + tag + b"1</f><v>1</v></c></row>"
    markup = (
        b'<worksheet xmlns="' + MAIN.encode() + b'"><sheetData>' + row + b"</sheetData></worksheet>"
    )
    start = markup.index(b"<row")
    rest = etree.fromstring(b'<worksheet xmlns="' + MAIN.encode() + b'"/>')
    assert fast_cells(markup, start, start + len(row), rest, Budget(len(markup))) is None
