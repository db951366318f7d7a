"""The examples in the docstrings of what reads a draft give what they say."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest


@pytest.mark.parametrize("package", ["draft", "formats", "identifiers", "inspection"])
def test_examples_in_docstrings(package: str) -> None:
    ran = 0
    folder = importlib.import_module(f"singleout.{package}")
    for found in pkgutil.walk_packages(folder.__path__, f"singleout.{package}."):
        module = importlib.import_module(found.name)
        failed, tried = doctest.testmod(module)
        assert failed == 0, module.__name__
        ran += tried
    assert ran > 0
