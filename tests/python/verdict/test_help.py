"""What the program says of itself: help, completion, the schema, the hook, the examples."""

from __future__ import annotations

import json
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from singleout.cli import main
from singleout.cli.program import COMMANDS
from singleout.commands.completion import SHELLS, words
from singleout.formats.registry import EXTENSIONS, FORMATS

ROOT = Path(__file__).resolve().parents[3]
GOOD = "rank,officers\nsergeant,120\ninspector,45\n"
SMALL = "rank,officers\nsergeant,120\ninspector,3\n"
BAD = "surname,rank\nAsh,PC\nBirch,PS\nCedar,PC\n"


@pytest.fixture
def drafts(tmp_path: Path) -> dict[str, str]:
    for name, text in (("good", GOOD), ("small", SMALL), ("bad", BAD)):
        (tmp_path / f"{name}.csv").write_text(text)
    return {name: str(tmp_path / f"{name}.csv") for name in ("good", "small", "bad", "none")}


@pytest.mark.parametrize("words_", [[name] for name in COMMANDS] + [["ledger", "add"], []])
def test_every_help_says_the_exit_codes(
    words_: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words_, "--help"]) == 0
    assert "Exit codes: 0" in capsys.readouterr().out


def test_help_names_what_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("review", "inspect"):
        main([command, "--help"])
        said = " ".join(capsys.readouterr().out.split())
        for row in FORMATS.values():
            if row.reader and row.extensions:
                assert row.extensions[0] in said, row.name


@pytest.mark.parametrize(
    ("word", "near"), [("revew", "review"), ("REVIEW", "review"), ("verfy", "verify")]
)
def test_did_you_mean(word: str, near: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([word, "review"]) == 2
    assert f"did you mean '{near}'?" in capsys.readouterr().err


@pytest.mark.parametrize("shell", SHELLS)
def test_completion(shell: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    for name, found in words().items():
        assert name in script
        for word in found:
            assert word.lstrip("-") in script
    if shutil.which(shell):
        path = tmp_path / "script"
        path.write_text(script)
        assert subprocess.run([shell, "-n", str(path)], check=False).returncode == 0


def test_completion_in_bash(capsys: pytest.CaptureFixture[str]) -> None:
    main(["completion", "bash"])
    script = capsys.readouterr().out
    typed = "COMP_WORDS=(singleout review --pol); COMP_CWORD=2; _singleout; echo ${COMPREPLY[@]}"
    done = subprocess.run(
        ["bash", "-c", f"{script}\n{typed}"], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "--policy"


def test_quiet_and_verbose(drafts: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", drafts["bad"], "--quiet"]) == 1
    assert capsys.readouterr().out == ""
    assert main(["review", drafts["bad"], "--verbose"]) == 1
    assert "reading the file" in capsys.readouterr().err
    assert main(["review", drafts["bad"], "--quiet", "--verbose"]) == 2


def test_several_formats_of_one_review(
    drafts: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = {"sarif": "r.sarif", "junit": "r.xml", "html": "r.html", "json": "r.json"}
    options = [
        word for kind, name in wanted.items() for word in ("--format", f"{kind}={tmp_path / name}")
    ]
    assert main(["review", drafts["bad"], *options]) == 1
    assert "Do not send this file" in capsys.readouterr().out
    for kind, name in wanted.items():
        assert main(["review", drafts["bad"], "--format", kind]) == 1
        assert capsys.readouterr().out == (tmp_path / name).read_text("utf-8")
    assert main(["review", drafts["bad"], "--format", "json", "--format", "text"]) == 2
    assert main(["review", drafts["bad"], "--format", "json="]) == 2


def test_the_schema_is_of_what_is_written(
    drafts: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["review", "--schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator.check_schema(schema)
    policy = tmp_path / "p.toml"
    policy.write_text(
        'extends = "foi-strict"\n[people]\nthreshold = 2\n[[accept]]\ncode = "small-count"\n'
        'reason = "r"\nexpires = 2999-01-01\n'
    )
    main(["review", *drafts.values(), "--policy", str(policy), "--format", "json"])
    jsonschema.validate(json.loads(capsys.readouterr().out), schema)


def test_the_hook_looks_at_every_name() -> None:
    text = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")
    pattern = re.compile(re.findall(r"^  files: (.+)$", text, re.M)[0])
    for ending in [*EXTENSIONS, "unknown", "approval.json"]:
        for name in (f"a.{ending}", f"A.{ending.upper()}", f"below/.a.{ending}", ending):
            assert pattern.search(f"drafts/{name}"), name
    assert not pattern.search("src/a.csv")
    assert "types_or: [file, symlink]" in text


@pytest.mark.parametrize("name", ["letter.pdf", "letter.odt", "HR_EXPORT.CSV", "x", "a.unknown"])
def test_what_the_hook_passes_on_is_no_release(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(b"%PDF-1.7" if name.endswith("pdf") else BAD.encode())
    assert main(["review", str(path)]) in (1, 3)


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["good"], 0),
        (["bad", "none"], 1),
        (["good", "none"], 2),
        (["small"], 3),
        (["good", "small", "bad"], 1),
        ([], 2),
    ],
)
def test_the_script_tells_codes_apart(
    drafts: dict[str, str], names: list[str], code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["review_release.py", *(drafts[name] for name in names)])
    with pytest.raises(SystemExit) as stop:
        runpy.run_path(str(ROOT / "examples" / "review_release.py"))
    assert stop.value.code == code


def test_the_job_reviews_once() -> None:
    job = (ROOT / "examples" / "gate.yml").read_text("utf-8")
    assert job.count("singleout review") == 1
    assert "|| true" not in job
    assert job.count("--format") == 3


def test_inspect_and_review_agree_on_what_is_grave(drafts: dict[str, str]) -> None:
    from builders.xlsx import PEOPLE, Sheet, Workbook

    hidden = Path(drafts["good"]).with_name("hidden.xlsx")
    hidden.write_bytes(Workbook([Sheet("Counts"), Sheet("Data", PEOPLE, "hidden")]).bytes())
    for file in (drafts["good"], drafts["bad"], drafts["none"], str(hidden)):
        assert main(["inspect", file]) == main(["review", file])


def test_no_text_installs_from_an_index() -> None:
    texts = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").iterdir()]
    for path in texts:
        if path.is_file() and path.suffix in (".md", ".yml", ".py", ""):
            assert not re.search(r"pip install singleout\b", path.read_text("utf-8")), path.name
