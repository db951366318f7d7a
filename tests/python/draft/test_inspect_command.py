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


def test_values_taken_for_names_of_columns_are_masked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "list.csv"
    rows = ["jane.ash@example.org,Email,Post", "tom.birch@example.org,b,1"]
    rows.append("ann.cole@example.org,d,2")
    path.write_text("\n".join(rows) + "\n")
    for options in ([], ["--format", "json"], ["--format", "sarif"], ["--expect", "rank"]):
        assert main(["inspect", *options, str(path)]) == 1
        text = capsys.readouterr().out
        assert "jane.ash" not in text
        assert "(name masked)" in text
    assert main(["inspect", "--format", "json", "--show-values", str(path)]) == 1
    assert "jane.ash@example.org" in capsys.readouterr().out


def test_counted_words_and_what_each_severity_means(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.xlsx"
    sheets = [Sheet("Counts"), Sheet("b", [["x"]], "hidden"), Sheet("c", [["x"]], "hidden")]
    path.write_bytes(Workbook(sheets).bytes())
    assert main(["inspect", str(path)]) == 3
    lines = [line.strip("│├└─ ") for line in capsys.readouterr().out.splitlines()]
    assert lines[0].endswith(" bytes): nothing to refuse, 2 to review")
    assert "review (2): a person must look before it is sent" in lines
    assert "hidden sheet [hidden-sheet], 2 places" in lines
    assert "1 sheet, sheet 'b'" in lines
    assert lines.count("remedy: Delete the sheet.") == 1


def test_a_name_that_does_not_fit_has_a_remedy_that_does(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.xls"
    path.write_text("the attachment was not found")
    assert main(["inspect", str(path)]) == 3
    text = " ".join(capsys.readouterr().out.split())
    assert "remedy: Get the file again from where it came" in text
    assert "ZIP or OLE" not in text
