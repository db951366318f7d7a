"""No fault around the work turns red into green, and none ends in a traceback."""

from __future__ import annotations

import ast
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

import singleout
from singleout.cli import main

GOOD = "rank,officers\nsergeant,120\ninspector,45\n"
SMALL = "rank,officers\nsergeant,120\ninspector,3\n"
BAD = "surname,rank\nAsh,PC\nBirch,PS\nCedar,PC\n"
FULL = Path("/dev/full")
CODES = {"good.csv": 0, "small.csv": 3, "bad.csv": 1}


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    for name, text in (("good", GOOD), ("small", SMALL), ("bad", BAD)):
        (tmp_path / f"{name}.csv").write_text(text)
    return tmp_path


def program(*words: str, shell: str = "", **more: object) -> subprocess.CompletedProcess[bytes]:
    """Run the program; `shell` says what becomes of its standard streams."""
    environment = {**os.environ, "PYTHONPATH": str(Path(singleout.__file__).parents[1])}
    script = f'"$@" {shell}' if shell else '"$@"'
    return subprocess.run(
        ["bash", "-c", script, "bash", sys.executable, "-m", "singleout.cli", *words],
        capture_output=True,
        check=False,
        env={**environment, **more.pop("env", {})},  # type: ignore[dict-item]
        **more,  # type: ignore[call-overload]
    )


def test_a_reader_who_closes_the_pipe_leaves_the_code(drafts: Path) -> None:
    found = program("review", str(drafts / "bad.csv"), shell="| true; exit ${PIPESTATUS[0]}")
    assert found.returncode == 1
    assert b"Traceback" not in found.stderr


@pytest.mark.parametrize("name", CODES)
def test_a_pipe_without_a_reader(drafts: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "w") as out:
        monkeypatch.setattr(sys, "stdout", out)
        assert main(["review", str(drafts / name)]) == CODES[name]


@pytest.mark.skipif(not FULL.exists(), reason="no /dev/full")
@pytest.mark.parametrize("name", CODES)
@pytest.mark.parametrize("kind", ["text", "json", "html"])
def test_output_that_is_lost_lowers_no_code(
    drafts: Path,
    name: str,
    kind: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with FULL.open("w") as out:
        monkeypatch.setattr(sys, "stdout", out)
        code = main(["review", str(drafts / name), "--format", kind])
    assert code == {0: 2, 3: 2, 1: 1}[CODES[name]]
    assert "not all of it was written" in capsys.readouterr().err


@pytest.mark.parametrize("name", CODES)
def test_standard_output_that_is_closed(
    drafts: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert main(["review", str(drafts / name)]) == {0: 2, 3: 2, 1: 1}[CODES[name]]


@pytest.mark.skipif(not FULL.exists(), reason="no /dev/full")
def test_the_program_on_a_full_disk(drafts: Path) -> None:
    assert program("--help", shell=">/dev/full").returncode == 2
    files = [str(drafts / name) for name in ("bad.csv", "none.csv")]
    assert program("review", *files, shell="2>/dev/full").returncode == 1
    assert program("review", files[1], shell="<&- >&- 2>&-").returncode == 2


@pytest.mark.skipif(not FULL.exists(), reason="no /dev/full")
@pytest.mark.parametrize("name", CODES)
def test_a_report_on_a_full_disk(drafts: Path, name: str, tmp_path: Path) -> None:
    report = tmp_path / "r.html"
    report.symlink_to(FULL)
    code = main(["review", str(drafts / name), "--report", str(report)])
    assert code == {0: 2, 3: 2, 1: 1}[CODES[name]]


def test_outputs_are_opened_before_the_work(
    drafts: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def work(*_: object, **__: object) -> None:
        raise AssertionError("a file was reviewed")

    monkeypatch.setattr("singleout.verdict.review", work)
    assert main(["review", str(drafts / "bad.csv"), "--report", str(tmp_path / "no/r.md")]) == 2
    said = capsys.readouterr()
    assert "not written" in said.err
    assert not said.out


def test_no_input_is_written_over(drafts: Path, tmp_path: Path) -> None:
    draft = tmp_path / "records.json"
    draft.write_text('[{"rank": "PC"}]')
    link = tmp_path / "other.json"
    link.hardlink_to(draft)
    for path in (draft, link):
        assert main(["review", str(draft), "--report", str(path)]) == 2
    assert draft.read_text() == '[{"rank": "PC"}]'
    assert main(["review", str(draft), "--report", "r.md", "--format", "html=./r.md"]) == 2


def test_a_fault_while_writing_keeps_a_refusal(
    drafts: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fault(*_: object, **__: object) -> str:
        raise RuntimeError("Ash")

    monkeypatch.setattr("singleout.render.reviews.as_json", fault)
    for name, code in CODES.items():
        assert main(["review", str(drafts / name), "--format", "json"]) == (1 if code == 1 else 2)
    said = capsys.readouterr()
    assert "RuntimeError" in said.err
    assert "Ash" not in said.out + said.err


def test_a_fault_in_one_file_keeps_the_refusal_of_another(
    drafts: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import singleout.verdict

    real = singleout.verdict.review

    def review(source: Path, *words: object, **more: object) -> object:
        if Path(source).name == "good.csv":
            raise RuntimeError("Ash")
        return real(source, *words, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("singleout.verdict.review", review)
    assert main(["review", *(str(drafts / name) for name in CODES)]) == 1
    assert main(["review", str(drafts / "good.csv"), str(drafts / "small.csv")]) == 2
    assert "Ash" not in capsys.readouterr().err


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_console_that_lacks_a_character(
    drafts: Path, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = drafts / "réponse Ж.csv"
    odd.write_text(BAD)
    for kind, wanted in (("text", "ponse "), ("json", "réponse Ж.csv")):
        out = io.TextIOWrapper(io.BytesIO(), encoding)
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(io.BytesIO(), encoding))
        assert main(["review", str(odd), str(drafts / "Ж.csv"), "--format", kind]) == 1
        said = out.buffer.getvalue()  # type: ignore[attr-defined]
        assert wanted in said.decode("utf-8" if kind == "json" else encoding)


def test_a_library_that_is_missing(drafts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "singleout._keyed", None)
    for name in list(sys.modules):
        if name.startswith(("singleout.evidence", "singleout.commands.verify")):
            monkeypatch.delitem(sys.modules, name)
    assert main(["verify", str(drafts / "good.csv")]) == 2


@pytest.mark.parametrize(
    "text",
    [
        "[a]\nb=" + "{a=" * 3000 + "1" + "}" * 3000,
        "[counts]\nsmall_to=" + "1" * 5000,
        "[" + ".".join(["a"] * 3000) + "]\nb = 1",
        "counts = " + "[" * 3000 + "]" * 3000,
    ],
)
def test_policies_that_are_none(
    drafts: Path, tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    policy = tmp_path / "p.toml"
    policy.write_text(text)
    assert main(["review", str(drafts / "good.csv"), "--policy", str(policy)]) == 2
    assert "p.toml" in capsys.readouterr().err


def test_codes_are_made_in_one_place() -> None:
    folder = Path(singleout.__file__).parent
    for file in [*(folder / "commands").glob("*.py"), *(folder / "cli").glob("*.py")]:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            value = node.value if isinstance(node, ast.Return) else None
            given = [value.body, value.orelse] if isinstance(value, ast.IfExp) else [value]
            numbers = [one for one in given if isinstance(one, ast.Constant)]
            assert not any(type(one.value) is int for one in numbers), (
                f"{file.name}, line {getattr(node, 'lineno', 0)}: an exit code of its own"
            )


def test_a_review_is_no_answer_by_itself() -> None:
    for text, verdict in ((GOOD, "release"), (BAD, "refuse")):
        review = singleout.review(text.encode(), name="a.csv")
        with pytest.raises(TypeError, match=r'review\.verdict == "release"'):
            bool(review)
        with pytest.raises(TypeError, match=r"review\.releasable"):
            assert not review
        assert review.releasable == (review.verdict == "release") == (verdict == "release")
