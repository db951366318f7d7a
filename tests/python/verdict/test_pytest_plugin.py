"""The pytest plugin: drafts as tests, the fixture, the marker, xdist, JUnit, cost when unused."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree

import singleout as so
from singleout.cli import main

pytest_plugins = ["pytester"]

COUNTS = "rank,officers\nsergeant,120\ninspector,45\n"
SMALL = "rank,officers\nsergeant,120\ninspector,3\n"
PEOPLE = "surname,rank\nAsh,PC\nBirch,PS\nCedar,PC\n"
PLUGIN = ("-p", "singleout.pytest_plugin")
SETTINGS = '[tool.pytest.ini_options]\nsingleout_drafts = ["drafts/*.csv"]\n'


def gate(pytester: pytest.Pytester, more: str = "", **drafts: str) -> None:
    """Write a project with drafts and the gate's settings."""
    folder = pytester.mkdir("drafts")
    for name, text in drafts.items():
        (folder / f"{name}.csv").write_text(text)
    pytester.makepyprojecttoml(SETTINGS + more)


def loaded(pytester: pytest.Pytester) -> tuple[str, ...]:
    """The plugin, unless an installed entry point loads it already."""
    from importlib.metadata import entry_points

    there = any(e.value == "singleout.pytest_plugin" for e in entry_points(group="pytest11"))
    return () if there else PLUGIN


def test_drafts_are_tests(pytester: pytest.Pytester) -> None:
    gate(pytester, good=COUNTS, small=SMALL, people=PEOPLE)
    result = pytester.runpytest_inprocess(*loaded(pytester))
    result.assert_outcomes(passed=1, failed=2)
    result.stdout.fnmatch_lines(["*Do not send this file: 3 rows about people*"])
    result.stdout.fnmatch_lines(["*A person must check this: 1 count from 1 to 4*"])
    result.stdout.no_fnmatch_line("*Ash*")
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.fnmatch_lines(["FAILED drafts/people.csv::singleout*"])


def test_policy_of_the_project_and_of_the_command_line(pytester: pytest.Pytester) -> None:
    gate(pytester, 'singleout_policy = "p.toml"\n', small=SMALL)
    (pytester.path / "p.toml").write_text('extends = "foi-strict"\n[counts]\nsmall = "ignore"\n')
    pytester.runpytest_inprocess(*loaded(pytester)).assert_outcomes(passed=1)
    again = pytester.runpytest_inprocess(*loaded(pytester), "--singleout-policy", "cms-11")
    again.assert_outcomes(failed=1)


def test_accepted_findings_expire_on_the_day(pytester: pytest.Pytester) -> None:
    entry = '[[accept]]\ncode = "small-count"\nreason = "r"\nexpires = 2026-11-24\n'
    gate(
        pytester,
        'singleout_policy = "p.toml"\nsingleout_as_of = "2026-11-24"\n',
        small=SMALL,
    )
    (pytester.path / "p.toml").write_text(f'extends = "foi-strict"\n{entry}')
    pytester.runpytest_inprocess(*loaded(pytester)).assert_outcomes(passed=1)
    pytester.makepyprojecttoml(
        SETTINGS + 'singleout_policy = "p.toml"\nsingleout_as_of = "2026-11-25"\n'
    )
    pytester.runpytest_inprocess(*loaded(pytester)).assert_outcomes(failed=1)


def test_a_pattern_that_matches_nothing_fails(pytester: pytest.Pytester) -> None:
    gate(pytester)
    result = pytester.runpytest_inprocess(*loaded(pytester))
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*no file matches 'drafts/?.csv'*"])


def test_broken_policy_fails_with_its_line(pytester: pytest.Pytester) -> None:
    gate(pytester, 'singleout_policy = "p.toml"\n', good=COUNTS)
    (pytester.path / "p.toml").write_text("[counts]\nsmal_to = 3\n")
    result = pytester.runpytest_inprocess(*loaded(pytester))
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*p.toml:2: counts.smal_to: no such setting*"])


def test_fixture_and_marker(pytester: pytest.Pytester) -> None:
    pytester.makefile(".csv", good=COUNTS, small=SMALL)
    pytester.makepyfile(
        """
        import datetime, pytest

        def test_good(releasable):
            assert releasable("good.csv").verdict == "release"

        def test_small(releasable):
            releasable("small.csv")

        def test_policy(releasable):
            releasable("good.csv", policy="acro-10")

        @pytest.mark.singleout_accept("small-count", "looked at", expires=datetime.date(2026, 1, 1))
        def test_accepted(releasable):
            review = releasable("small.csv", as_of=datetime.date(2026, 1, 1))
            assert review.accepted[0].because == "looked at"

        @pytest.mark.singleout_accept("small-count", "looked at", expires=datetime.date(2026, 1, 1))
        def test_expired(releasable):
            releasable("small.csv", as_of=datetime.date(2026, 1, 2))
        """
    )
    result = pytester.runpytest_inprocess(*loaded(pytester), "--strict-markers")
    result.assert_outcomes(passed=3, failed=2)


def test_date_that_is_none_is_a_wrong_setting(pytester: pytest.Pytester) -> None:
    gate(pytester, 'singleout_as_of = "soon"\n', good=COUNTS)
    result = pytester.runpytest_inprocess(*loaded(pytester))
    assert result.ret == pytest.ExitCode.USAGE_ERROR


def test_named_paths_run_their_drafts_only(pytester: pytest.Pytester) -> None:
    gate(pytester, good=COUNTS, small=SMALL)
    pytester.makepyfile(test_other="def test_one(): pass")
    pytester.runpytest_inprocess(*loaded(pytester), "test_other.py").assert_outcomes(passed=1)


def test_with_xdist_and_junit(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(so.__file__).parents[1]))
    gate(pytester, good=COUNTS, small=SMALL, people=PEOPLE)
    result = pytester.runpytest_subprocess(*loaded(pytester), "-n", "2", "--junitxml", "j.xml")
    result.assert_outcomes(passed=1, failed=2)
    root = etree.parse(str(pytester.path / "j.xml")).getroot()
    cases = {case.get("classname"): case for case in root.iter("testcase")}
    assert {name for name, case in cases.items() if case.find("failure") is not None} == {
        "drafts.people.csv",
        "drafts.small.csv",
    }
    failure = cases["drafts.people.csv"].find("failure")
    assert "Do not send this file" in failure.text


def test_unused_it_loads_nothing_of_the_package() -> None:
    code = (
        "import sys, singleout.pytest_plugin as p\n"
        "print(sorted(m for m in sys.modules if m.split('.')[0] in "
        "('singleout', 'pyarrow', 'pydantic', 'numpy')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['singleout', 'singleout.errors', 'singleout.pytest_plugin']"


def test_function_command_and_plugin_agree_on_all_drafts(
    drafts: Path, pytester: pytest.Pytester, capsys: pytest.CaptureFixture[str]
) -> None:
    files = sorted(path for path in drafts.glob("*/*") if path.is_file())
    assert len(files) > 100
    day = dt.date(2026, 11, 24)
    expected = [so.review(file, as_of=day).verdict for file in files]
    main(["review", "--format", "json", "--as-of", day.isoformat(), *map(str, files)])
    said = json.loads(capsys.readouterr().out)
    assert [entry["verdict"] for entry in said] == expected
    (pytester.path / "drafts").symlink_to(drafts)
    pytester.makepyprojecttoml(
        '[tool.pytest.ini_options]\nsingleout_drafts = ["drafts/poi/*", "drafts/calamine/*"]\n'
        f'singleout_as_of = "{day.isoformat()}"\n'
    )
    result = pytester.runpytest_inprocess(*loaded(pytester), "-q", "-rA", "--tb=line")
    passed = set(re.findall(r"^PASSED drafts/(\S+)::singleout", result.stdout.str(), re.M))
    names = [os.path.relpath(file, drafts) for file in files]
    plain = {name for name in names if " " not in name}
    assert passed & plain == {
        name
        for name, verdict in zip(names, expected, strict=True)
        if verdict == "release" and name in plain
    }
    assert result.parseoutcomes()["passed"] == expected.count("release")
