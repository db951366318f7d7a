"""`singleout inspect`: exit codes, masked output, JSON and SARIF that parse."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from builders.xlsx import PEOPLE, Sheet, Workbook
from builders.xlsx_features import CLEAN

from singleout.cli import main


@pytest.fixture
def leaking(tmp_path: Path) -> Path:
    path = tmp_path / "Answer to Jane Smith.xlsx"
    sheets = [Sheet("Counts"), Sheet("Peter Birch", PEOPLE, "hidden")]
    path.write_bytes(Workbook(sheets).bytes())
    return path


def test_exit_codes(tmp_path: Path, leaking: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clean, odd = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    clean.write_bytes(CLEAN)
    odd.write_bytes(CLEAN + b"more")
    assert main(["inspect", str(clean)]) == 0
    assert main(["inspect", str(odd)]) == 3
    assert main(["inspect", str(clean), str(leaking), str(odd)]) == 1
    capsys.readouterr()
    assert main(["inspect", str(tmp_path / "none.xlsx")]) == 2
    assert "give the path of a file" in capsys.readouterr().err


def test_tree_shows_unseen_first_and_masks(
    leaking: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["inspect", str(leaking)]) == 1
    text = capsys.readouterr().out
    assert text.index("out of sight") < text.index("Tables in sight")
    assert "sheet 2" in text
    for secret in ("Jane Smith", "Peter Birch", "Adeyemi"):
        assert secret not in text
    assert main(["inspect", "--show-values", str(leaking)]) == 1
    assert "Peter Birch" in capsys.readouterr().out


def test_json_and_sarif(leaking: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", "--format", "json", "--expect", "counts", str(leaking)]) == 1
    (draft,) = json.loads(capsys.readouterr().out)
    assert {"unseen-people-table", "unexpected-table"} <= {f["code"] for f in draft["findings"]}
    assert "Peter Birch" not in json.dumps(draft)
    assert main(["inspect", "--format", "sarif", str(leaking)]) == 1
    run = json.loads(capsys.readouterr().out)["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run["results"])
    assert any(result["level"] == "error" for result in run["results"])
    assert "Peter Birch" not in json.dumps(run)
