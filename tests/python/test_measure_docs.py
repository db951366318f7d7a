"""Each measure has a page, and each page's example gives what it says."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

PAGES = sorted((Path(__file__).parents[2] / "docs" / "measures").glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_has_its_parts_and_a_true_example(page):
    text = page.read_text(encoding="utf-8")
    for part in ("## Formula", "## Source", "## Example", "## When not to use it"):
        assert part in text
    failed, tried = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert failed == 0
    assert tried > 0


def test_there_are_pages():
    assert len(PAGES) >= 15
