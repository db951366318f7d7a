"""The examples in docstrings give what they say."""

from __future__ import annotations

import doctest
import importlib

import pytest

MODULES = ["assessment", "attack", "minimal_sets", "notebook_html", "weighted"]


@pytest.mark.parametrize("name", MODULES)
def test_docstring_examples(name):
    module = importlib.import_module(f"singleout.{name}")
    failed, tried = doctest.testmod(module)
    assert failed == 0
    assert tried > 0
