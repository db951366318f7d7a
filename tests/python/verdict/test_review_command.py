"""`singleout review`: exit codes, formats, reports, and what it says while it works."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree

from singleout.cli import main

COUNTS = "rank,officers\nsergeant,120\ninspector,45\n"


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    texts = {
        "release": COUNTS,
        "review": "rank,officers\nsergeant,120\ninspector,3\n",
        "refuse": "surname,rank\nAsh,PC\nBirch,PS\nCedar,PC\n",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.csv").write_text(text)
    return {name: str(tmp_path / f"{name}.csv") for name in (*texts, "error")}


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["release"], 0),
        (["refuse"], 1),
        (["error"], 2),
        (["review"], 3),
        (["release", "review"], 3),
        (["review", "error"], 2),
        (["release", "error", "refuse", "review"], 1),
    ],
)
def test_exit_codes(
    files: dict[str, str], names: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["review", *(files[name] for name in names)]) == code
    said = capsys.readouterr()
    if "error" in names:
        assert "error.csv" in said.err
    assert "Ash" not in said.out


@pytest.mark.parametrize(
    "wrong", [["--policy", "foi-strct"], ["--as-of", "soon"], ["--format", "x"]]
)
def test_wrong_use_is_an_error(files: dict[str, str], wrong: list[str]) -> None:
    assert main(["review", files["release"], *wrong]) == 2


def test_json(files: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    main(["review", "--format", "json", files["refuse"], files["error"]])
    first, second = json.loads(capsys.readouterr().out)
    assert first["verdict"] == "refuse"
    assert first["reasons"][0]["code"] == "undeclared-people-table"
    assert second["verdict"] == "error"


def test_sarif(files: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    main(["review", "--format", "sarif", files["refuse"], files["review"]])
    log = json.loads(capsys.readouterr().out)
    assert log["version"] == "2.1.0"
    run = log["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == ["small-count", "undeclared-people-table"]
    assert [(r["ruleId"], r["level"]) for r in run["results"]] == [
        ("undeclared-people-table", "error"),
        ("small-count", "warning"),
    ]
    assert all(rules[r["ruleIndex"]] == r["ruleId"] for r in run["results"])


def test_sarif_places_are_relative(
    files: dict[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path.parent)
    main(["review", "--format", "sarif", f"{tmp_path.name}/review.csv", files["refuse"]])
    results = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    uris = [r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in results]
    assert uris == [f"{tmp_path.name}/review.csv", "refuse.csv"]


def test_a_folder_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", str(tmp_path)]) == 2
    assert str(tmp_path) in capsys.readouterr().err


def test_junit(files: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    main(["review", "--format", "junit", *files.values()])
    root = etree.fromstring(capsys.readouterr().out.encode())
    assert {k: root.get(k) for k in ("tests", "failures", "errors")} == {
        "tests": "4",
        "failures": "2",
        "errors": "1",
    }
    assert root.xpath("//failure/@type") == ["review", "refuse"]
    assert "Do not send this file" in root.xpath("//failure[@type='refuse']")[0].text


def test_report(files: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, start in (("r.html", "<!DOCTYPE html>"), ("r.md", "# "), ("r.json", "[")):
        path = tmp_path / name
        assert main(["review", files["refuse"], "--report", str(path)]) == 1
        assert path.read_text("utf-8").startswith(start)
    assert main(["review", files["refuse"], "--report", str(tmp_path / "r.pdf")]) == 2
    assert main(["review", files["refuse"], "--report", str(tmp_path / "no" / "r.md")]) == 2
    assert "not written" in capsys.readouterr().err


def test_the_program_prints_the_verdict(files: dict[str, str]) -> None:
    command = [sys.executable, "-m", "singleout.cli", "review", files["release"]]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stderr in ("", "release.csv: reading the file as the public will ...\n")
    assert done.stdout.startswith("release.csv: Nothing found that this policy stops")


def test_long_work_says_what_it_does(monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    from singleout.commands import review as command

    said = threading.Event()
    monkeypatch.setattr(command, "_DELAY", 0.01)
    monkeypatch.setattr("builtins.print", lambda *words, **rest: said.set())
    with command.Saying("a.xlsx") as saying:
        saying("reading")
        assert said.wait(5)
