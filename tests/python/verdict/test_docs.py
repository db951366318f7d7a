"""The documentation holds: the tutorial runs as written, generated pages are current."""

from __future__ import annotations

import doctest
import importlib
import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import singleout as so

ROOT = Path(__file__).resolve().parents[3]
FENCE = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def loaded(name: str) -> ModuleType:
    """A script of bench/ as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "bench" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def environment(folder: Path) -> dict[str, str]:
    """The shell of a reader: `singleout` and `python` on the path."""
    tools = folder / "bin"
    tools.mkdir()
    for name, words in (("python", ""), ("singleout", "-m singleout.cli")):
        tool = tools / name
        tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" {words} "$@"\n')
        tool.chmod(0o755)
    package = str(Path(so.__file__).parents[1])
    return {
        **{key: value for key, value in os.environ.items() if not key.startswith("PYTEST")},
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": package,
        "PYTEST_ADDOPTS": "" if installed() else "-p singleout.pytest_plugin",
    }


def installed() -> bool:
    """Whether pytest loads the plugin by its entry point."""
    from importlib.metadata import entry_points

    return any(e.value == "singleout.pytest_plugin" for e in entry_points(group="pytest11"))


def test_tutorial_runs_as_written(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "tutorial.md").read_text("utf-8")
    home = tmp_path / "work"
    home.mkdir()
    variables = environment(tmp_path)
    same = doctest.OutputChecker().check_output
    shown, ran = "", 0
    for kind, name, body in FENCE.findall(text):
        if name:
            (home / name).write_text(body, "utf-8")
        elif kind == "sh":
            done = subprocess.run(
                ["sh", "-e", "-c", body],
                cwd=home, env=variables, capture_output=True, text=True, check=False,
            )  # fmt: skip
            assert done.returncode == 0, f"{body}\n{done.stdout}\n{done.stderr}"
            shown, ran = done.stdout, ran + 1
        elif kind == "text":
            assert same(body, shown, doctest.ELLIPSIS), f"expected:\n{body}\ngot:\n{shown}"
    assert ran >= 10
    report = (home / "merged.html").read_text("utf-8")
    assert report.startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("package", ["verdict", "policy", "report"])
def test_examples_in_docstrings(package: str) -> None:
    folder = Path(so.__file__).parent / package
    ran = 0
    for file in sorted(folder.glob("*.py")):
        module = importlib.import_module(
            f"singleout.{package}.{file.stem}".removesuffix(".__init__")
        )
        failed, tried = doctest.testmod(module)
        assert failed == 0, module.__name__
        ran += tried
    assert ran > 0


def test_policy_page_is_current() -> None:
    script = loaded("policy_page")
    assert (ROOT / "docs" / "policy.md").read_text("utf-8") == script.page()


def test_policy_page_examples_are_policies(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "policy.md").read_text("utf-8")
    examples = [body for kind, _, body in FENCE.findall(text) if kind == "toml"]
    policies = [body for body in examples if "extends" in body]
    assert policies
    for body in policies:
        (tmp_path / "p.toml").write_text(body)
        assert so.Policy.load(tmp_path / "p.toml").extends == "foi-strict"


@pytest.mark.parametrize("name", ["review.svg"])
def test_pictures_load_nothing(name: str) -> None:
    picture = (ROOT / "docs" / "pictures" / name).read_text("utf-8")
    assert "Do&#160;not&#160;send&#160;this&#160;file" in picture
    assert "url(http" not in picture.replace('"', "")
    assert "@font-face" not in picture


def test_example_script_follows_the_verdict(tmp_path: Path) -> None:
    (tmp_path / "good.csv").write_text("rank,officers\nsergeant,120\ninspector,45\n")
    (tmp_path / "bad.csv").write_text("surname,rank\nAsh,PC\nBirch,PS\n")
    script = ROOT / "examples" / "review_release.py"
    assert len(script.read_text().splitlines()) <= 15
    for names, code in ((["good.csv"], 0), (["good.csv", "bad.csv"], 1), ([], 2)):
        done = subprocess.run(
            [sys.executable, str(script), *names],
            cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(Path(so.__file__).parents[1])},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == code, done.stderr


def test_pre_commit_hook_and_job_are_well_formed() -> None:
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text()
    pattern = re.search(r"files: (.+)", hooks)
    assert pattern is not None
    assert re.search(pattern[1], "drafts/ranks.xlsx")
    assert not re.search(pattern[1], "src/ranks.py")
    job = (ROOT / "examples" / "gate.yml").read_text()
    for words in ("--format sarif=", "--format junit=", "--format html="):
        assert words in job
