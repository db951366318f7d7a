"""The examples in docstrings give what they say."""

import doctest
import importlib
import pkgutil

import pytest

import singleout.models

MODULES = [found.name for found in pkgutil.iter_modules(singleout.models.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_docstring_examples(name):
    module = importlib.import_module(f"singleout.models.{name}")
    failed, tried = doctest.testmod(module)
    assert failed == 0
    assert tried > 0
