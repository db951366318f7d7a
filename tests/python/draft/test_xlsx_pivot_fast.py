"""Records of a pivot cache: whole arrays give what element by element gives."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from singleout.draft.limits import Budget
from singleout.draft.xlsx_pivot import slow_records
from singleout.draft.xlsx_pivot_fast import fast_records

NAMES = ["rank", "", "officers"]
SHARED: list[list[str | None]] = [["PC", None, "12", "é&<"], [], ["7"]]
TEXTS = st.text(st.characters(min_codepoint=32, exclude_categories=["Cs", "Cn", "Co"]), max_size=6)
CELLS = st.one_of(
    st.integers(0, 5).map(lambda i: f'<x v="{i}"/>'),
    st.integers(-99, 99).map(lambda i: f'<n v="{i}"/>'),
    TEXTS.map(lambda t: f"<s v={quoteattr(t, {chr(34): '&quot;'})}/>"),
    st.sampled_from(["<m/>", '<b v="1"/>', '<d v="2020-01-01T00:00:00"/>', '<e v="#N/A"/>']),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=4), min_size=1, max_size=5))
def test_same_as_element_by_element(records: list[list[str]]) -> None:
    body = "".join(f"<r>{''.join(cells)}</r>" for cells in records)
    data = f'<?xml version="1.0" encoding="UTF-8"?><pivotCacheRecords>{body}</pivotCacheRecords>'
    slow, count, unknown = slow_records(data.encode(), NAMES, SHARED, Budget(9))
    found = fast_records(data.encode(), NAMES, SHARED, Budget(9))
    assert found is not None or "'" in data or "_x" in data
    if found is None:
        return
    fast, number = found
    assert number == count == len(records)
    assert unknown == 0
    assert fast.texts.to_pylist() == slow.texts.to_pylist()
    for name in ("rows", "columns", "numeric"):
        np.testing.assert_array_equal(getattr(fast, name), getattr(slow, name))


@pytest.mark.parametrize(
    "body",
    [
        '<r><s v="a" u="1"/></r>',
        "<r><s v='a'/></r>",
        '<r><s v="a"><x v="0"/></s></r>',
        '<r><!-- a --><s v="a"/></r>',
        '<x:r><x:s v="a"/></x:r>',
    ],
)
def test_unusual_markup_is_left_to_the_other_reader(body: str) -> None:
    data = f"<pivotCacheRecords>{body}</pivotCacheRecords>".encode()
    assert fast_records(data, NAMES, SHARED, Budget(9)) is None
