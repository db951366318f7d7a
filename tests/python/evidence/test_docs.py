"""The documentation of evidence runs as written, and its numbers are those of its commands."""

from __future__ import annotations

import doctest
import importlib.util
import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from .conftest import SOURCE

ROOT = Path(__file__).resolve().parents[3]
FENCE = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MODULES = ("canonical", "codes", "normal", "policyfile")


def shell(folder: Path) -> dict[str, str]:
    """A reader's shell: `singleout` and `python` are on the path."""
    tools = folder / "bin"
    tools.mkdir()
    for name, words in (("python", ""), ("singleout", "-m singleout.cli")):
        tool = tools / name
        tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" {words} "$@"\n')
        tool.chmod(0o755)
    path = f"{tools}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "PYTHONPATH": str(SOURCE), "LC_ALL": "C.UTF-8"}


@pytest.mark.parametrize("page", ["mosaic.md", "evidence.md"])
def test_pages_run_as_written(tmp_path: Path, page: str) -> None:
    if page == "evidence.md" and importlib.util.find_spec("singleout.verdict") is None:
        pytest.skip("approve needs the review")
    home = tmp_path / "work"
    home.mkdir()
    variables = shell(tmp_path)
    same = doctest.OutputChecker().check_output
    said, ran = "", 0
    for kind, name, body in FENCE.findall((ROOT / "docs" / page).read_text("utf-8")):
        if name:
            (home / name).write_text(body, "utf-8")
        elif kind == "sh":
            done = subprocess.run(
                ["sh", "-e", "-c", body], cwd=home, env=variables, capture_output=True, text=True
            )
            assert done.returncode == 0, done.stdout + done.stderr
            said, ran = done.stdout, ran + 1
        elif kind == "text":
            assert same(body, said, doctest.ELLIPSIS), said
    assert ran > 3


def test_the_attackers_numbers_are_current() -> None:
    spec = importlib.util.spec_from_file_location("attacks", ROOT / "bench" / "ledger_attacks.py")
    assert spec is not None
    assert spec.loader is not None
    attacks = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(attacks)
    page = (ROOT / "docs" / "threat-model.md").read_text("utf-8")
    assert "\n".join(attacks.lines(ROOT / "examples" / "staff.csv")) in page


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings(name: str) -> None:
    if name == "policyfile" and importlib.util.find_spec("singleout.policy") is None:
        pytest.skip("its example is a preset")
    result = doctest.testmod(import_module(f"singleout.evidence.{name}"))
    assert result.failed == 0
