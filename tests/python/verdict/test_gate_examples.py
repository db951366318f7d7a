"""The examples in the docstrings of what stands around a review run as written."""

from __future__ import annotations

import doctest
import importlib

import pytest


@pytest.mark.parametrize(
    "name",
    [
        "base.exit_codes", "base.files", "base.printable", "cli.headings", "cli.inputs",
        "cli.options", "cli.outputs", "cli.program", "cli.streams", "commands.completion",
        "evidence.beside", "files", "policy.unapplied", "policy.weaker", "render.reviews",
        "verdict.show",
    ],
)  # fmt: skip
def test_examples(name: str) -> None:
    found = doctest.testmod(importlib.import_module(f"singleout.{name}"))
    assert found.attempted > 0
    assert found.failed == 0
