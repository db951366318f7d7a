"""The pytest plugin cannot pass with nothing reviewed."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from test_pytest_plugin import COUNTS, PEOPLE, loaded

import singleout.verdict  # noqa: F401  before pytester notes which modules were there
from singleout.cli import main

pytest_plugins = ["pytester"]


def configured(pytester: pytest.Pytester, pattern: str, more: str = "") -> Path:
    """A project whose configuration names drafts; return their folder."""
    pytester.makepyprojecttoml(
        f'[tool.pytest.ini_options]\nsingleout_drafts = ["{pattern}"]\n{more}'
    )
    return pytester.mkdir("drafts")


def run(pytester: pytest.Pytester, *words: str) -> pytest.RunResult:
    return pytester.runpytest_inprocess(*loaded(pytester), *words)


@pytest.mark.parametrize("pattern", ["drafts/*.csv", "drafts", "DRAFTS/*.Csv", "drafts/**/*.csv"])
def test_any_case_links_and_folders_below(pytester: pytest.Pytester, pattern: str) -> None:
    folder = configured(pytester, pattern.replace("DRAFTS", "drafts"))
    (folder / "HR_EXPORT.CSV").write_text(PEOPLE)
    (folder / "below").mkdir()
    (folder / "below" / "far.csv").write_text(PEOPLE)
    elsewhere = pytester.mkdir("elsewhere") / "list.csv"
    elsewhere.write_text(PEOPLE)
    (folder / "link.csv").symlink_to(elsewhere)
    (folder / ".hidden.csv").write_text(PEOPLE)
    (folder / "good.csv").write_text(COUNTS)
    result = run(pytester)
    result.assert_outcomes(passed=1, failed=4)
    for name in ("HR_EXPORT.CSV", "below/far.csv", "link.csv", ".hidden.csv"):
        result.stdout.fnmatch_lines([f"FAILED drafts/{name}::singleout*"])


def test_what_is_not_read_fails(pytester: pytest.Pytester) -> None:
    folder = configured(pytester, "drafts/*")
    (folder / "good.csv").write_text(COUNTS)
    os.mkfifo(folder / "pipe.csv")
    (folder / "nowhere.csv").symlink_to(folder / "none")
    (folder / "round").symlink_to(folder)
    result = run(pytester)
    result.assert_outcomes(passed=1, failed=3)
    result.stdout.fnmatch_lines_random(
        ["*is a pipe*", "*a link to nothing*", "*a link to a folder*"]
    )


def test_a_policy_as_a_word_of_its_own_moves_no_root(pytester: pytest.Pytester) -> None:
    (pytester.path / "p.toml").write_text('extends = "foi-strict"\n')
    project = pytester.mkdir("project")
    (project / "pyproject.toml").write_text(
        '[tool.pytest.ini_options]\nsingleout_drafts = ["drafts/*.csv"]\n'
    )
    (project / "drafts").mkdir()
    (project / "drafts" / "people.csv").write_text(PEOPLE)
    (project / "test_own.py").write_text("def test_own(): pass\n")
    os.chdir(project)
    words = loaded(pytester)
    for given in (["--singleout-policy", "../p.toml"], ["--singleout-policy=../p.toml"]):
        result = pytester.runpytest_inprocess(*words, *given)
        assert result.ret in (pytest.ExitCode.USAGE_ERROR, pytest.ExitCode.TESTS_FAILED)
        if "=" in given[0]:
            result.assert_outcomes(passed=1, failed=1)


@pytest.mark.parametrize(
    ("settings", "words", "red"),
    [
        ("", ["--singleout-policy", "foi-strict"], True),
        ("[tool.pytest.ini_options]\nsingleout_drafts = []\n", [], True),
        ('[tool.pytest.ini_options]\nsingleout_policy = "foi-strict"\n', [], True),
        ('[tool.pytest.ini_options]\nsingleout_policy = "foi-strict"\n', ["test_own.py"], False),
        ("", [], False),
    ],
)
def test_asked_for_and_nothing_to_review(
    pytester: pytest.Pytester, settings: str, words: list[str], red: bool
) -> None:
    pytester.makepyprojecttoml(settings)
    pytester.makepyfile(test_own="def test_own(): pass")
    run(pytester, *words).assert_outcomes(passed=1, failed=int(red))


def test_a_test_that_reviews_is_enough(pytester: pytest.Pytester) -> None:
    pytester.makefile(".csv", good=COUNTS)
    pytester.makepyfile(test_own='def test_own(releasable): releasable("good.csv")')
    run(pytester, "--singleout-policy", "foi-strict").assert_outcomes(passed=1)


def test_a_configuration_that_deselects_every_draft(pytester: pytest.Pytester) -> None:
    folder = configured(pytester, "drafts", 'addopts = "-k own"\n')
    (folder / "people.csv").write_text(PEOPLE)
    pytester.makepyfile(test_own="def test_own(): pass")
    assert run(pytester).ret == pytest.ExitCode.USAGE_ERROR
    result = run(pytester, "-k", "own")
    result.assert_outcomes(passed=1, deselected=1)
    result.stdout.fnmatch_lines(["*1 draft deselected, not reviewed*"])


def test_a_name_makes_no_approval(pytester: pytest.Pytester, tmp_path: Path) -> None:
    folder = configured(pytester, "drafts")
    draft = folder / "good.csv"
    draft.write_text(COUNTS)
    assert main(["keygen", str(tmp_path / "k"), "--unencrypted"]) == 0
    assert main(["approve", str(draft), "--key", str(tmp_path / "k.pem"), "--reason", "read"]) == 0
    (folder / "staff.approval.json").write_text(
        '[{"surname": "Ash", "rank": "PC"}, {"surname": "Birch", "rank": "PS"},'
        ' {"surname": "Cedar", "rank": "PC"}]'
    )
    run(pytester).assert_outcomes(passed=1, failed=1)
    (folder / "staff.approval.json").unlink()
    run(pytester).assert_outcomes(passed=1)
    shutil.copy(folder / "good.csv.approval.json", folder / "gone.csv.approval.json")
    names = [str(one) for one in run(pytester, "--collect-only", "-q").outlines]
    assert any("gone.csv.approval.json" in name for name in names)
    assert not any("good.csv.approval.json" in name for name in names)


def test_named_folders_of_linked_drafts_are_reviewed(pytester: pytest.Pytester) -> None:
    pytester.makepyprojecttoml('[tool.pytest.ini_options]\nsingleout_drafts = ["drafts/*.csv"]\n')
    real = pytester.mkdir("real")
    (real / "people.csv").write_text(PEOPLE)
    (pytester.path / "drafts").symlink_to(real)
    run(pytester, "drafts").assert_outcomes(failed=1)
