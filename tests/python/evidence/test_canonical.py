"""Canonical JSON: the examples of RFC 8785, and the refusal of everything else."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from singleout.evidence.canonical import NotCanonicalError, dumps, loads
from singleout.evidence.errors import EvidenceError


def test_the_example_of_rfc_8785() -> None:
    """Section 3.2.2's object gives section 3.2.3's text (keys sorted, numbers as ECMAScript)."""
    value = json.loads(
        r"""{
        "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
        "literals": [null, true, false]
        }"""
    )
    expected = (
        '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )
    assert dumps(value) == expected.encode()


def test_keys_are_sorted_by_utf_16() -> None:
    keys = {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\u0080": 6, "\u00f6": 7}
    order = [2, 4, 6, 7, 1, 5, 3]  # RFC 8785, section 3.2.3
    assert list(json.loads(dumps(keys)).values()) == order


plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner)
    ),
    max_leaves=10,
)


@given(plain)
def test_what_is_written_is_read(value: object) -> None:
    data = dumps(value)
    assert loads(data) == value
    assert dumps(loads(data)) == data


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b'{"a": 1}',
        b'{"b":1,"a":1}',
        b'{"a":1,"a":1}',
        b'{"a":1}\n',
        b'{"a":1.0}',
        b'{"a":1e400}',
        b'{"a":NaN}',
        b'"\\u0041"',
        b'"\\ud800"',
        b'"\xff"',
        b"\xef\xbb\xbf1",
        b"9007199254740993",
        b"[" * 100_000,
        b"1" * 10_000,
    ],
)
def test_another_form_is_refused(data: bytes) -> None:
    with pytest.raises(NotCanonicalError):
        loads(data)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**60, "\ud800", {1: 2}, {"a": {1}}])
def test_what_has_no_form_is_refused(value: object) -> None:
    with pytest.raises(EvidenceError):
        dumps(value)
