"""Every file that was given is read whole or refused, and is in every output."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest

import singleout as so
from singleout.cli import main
from singleout.files import read_bytes, read_file

GOOD = "rank,officers\nsergeant,120\ninspector,45\n"
BAD = "surname,rank\nAsh,PC\nBirch,PS\nCedar,PC\n"
FORMATS = ("text", "json", "sarif", "junit", "html", "markdown")


def said(words: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = main(words)
    out = capsys.readouterr()
    return code, out.out, out.err


class Typed:
    """Standard input with bytes on it, a pipe: it can be read once."""

    def __init__(self, data: bytes) -> None:
        self.buffer = io.BufferedReader(io.BytesIO(data))  # type: ignore[type-var]

    def isatty(self) -> bool:
        return False


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of drafts, with all that makes a search silent."""
    top = tmp_path / "drafts"
    (top / "below" / "deeper").mkdir(parents=True)
    (top / "good.csv").write_text(GOOD)
    (top / "HR_EXPORT.CSV").write_text(BAD)
    (top / ".hidden.csv").write_text(BAD)
    (top / ".~lock.good.csv#").write_text(",Jane,host,;")
    (top / "notes.unknown").write_bytes(bytes(range(256)) * 4)
    (top / "below" / "deeper" / "far.csv").write_text(GOOD)
    (top / "link.csv").symlink_to(top / "good.csv")
    (top / "nowhere.csv").symlink_to(top / "none.csv")
    (top / "round").symlink_to(top)
    os.mkfifo(top / "pipe.csv")
    return top


NAMES = (
    "good.csv",
    "HR_EXPORT.CSV",
    ".hidden.csv",
    ".~lock.good.csv#",
    "notes.unknown",
    "far.csv",
    "link.csv",
    "nowhere.csv",
    "round",
    "pipe.csv",
)


@pytest.mark.parametrize("kind", FORMATS)
def test_a_folder_is_in_every_output_whole(
    folder: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = said(["review", str(folder), "--format", kind], capsys)
    assert code == 1
    out = unquote(out.replace("\\", ""))  # Markdown's, and SARIF's
    for name in NAMES:
        assert name in out, name
    for name in ("nowhere.csv", "round", "pipe.csv"):
        assert name in err, name


def test_what_is_not_read_in_a_folder_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("pipe.csv", "nowhere.csv", "round"):
        one = tmp_path / name.partition(".")[0]
        one.mkdir()
        (one / "good.csv").write_text(GOOD)
        if name == "pipe.csv":
            os.mkfifo(one / name)
        else:
            (one / name).symlink_to(one if name == "round" else one / "none")
        for command in ("review", "inspect"):
            assert said([command, str(one)], capsys)[0] == 2, (command, name)


@pytest.mark.parametrize("kind", FORMATS)
def test_one_that_cannot_be_opened(
    tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "good.csv").write_text(GOOD)
    code, out, _ = said(["review", str(tmp_path / "none.csv"), "--format", kind], capsys)
    assert code == 2
    assert "could not be reviewed" in out or kind == "json"
    assert "Nothing found" not in out
    words = ["review", str(tmp_path / "good.csv"), str(tmp_path / "none.csv"), "--format", kind]
    code, out, _ = said(words, capsys)
    assert code == 2
    assert "good.csv" in out.replace("\\", "")
    assert "none.csv" in out.replace("\\", "")


def test_the_page_counts_and_titles_what_was_given(tmp_path: Path) -> None:
    (tmp_path / "good.csv").write_text(GOOD)
    files = [str(tmp_path / name) for name in ("good.csv", "none.csv")]
    page, case = tmp_path / "r.html", tmp_path / "r.md"
    words = ["--format", f"html={page}", "--format", f"markdown={case}"]
    assert main(["review", *files, *words]) == 2
    assert "<title>Review of 2 files, 1 not reviewed</title>" in page.read_text()
    assert "# Review of 2 files" in case.read_text()
    assert main(["review", files[1], *words]) == 2
    assert "<title>This file could not be reviewed: none.csv</title>" in page.read_text()
    assert "could not be reviewed" in case.read_text()


def test_patterns_that_the_shell_left_alone(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = said(["review", str(folder / "*.csv"), "--format", "json"], capsys)[1]
    names = {one["file"]["name"] for one in json.loads(found)}
    assert {"good.csv", "HR_EXPORT.CSV", ".hidden.csv", "pipe.csv"} <= names
    assert "far.csv" not in names
    found = said(["review", str(folder / "**" / "*.csv"), "--format", "json"], capsys)[1]
    assert "far.csv" in {one["file"]["name"] for one in json.loads(found)}
    for command in ("review", "inspect", "score"):
        assert said([command, str(folder / "*.parquet")], capsys)[0] == 2


def test_an_empty_folder_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("review", "inspect", "score"):
        assert said([command, str(tmp_path)], capsys)[0] == 2


def test_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for command, code in (("review", 1), ("inspect", 1), ("score", 0)):
        monkeypatch.setattr(sys, "stdin", Typed(BAD.encode()))
        found, out, _ = said([command, "-", "--name", "staff.csv"], capsys)
        assert (found, "staff.csv" in out) == (code, True), command
        monkeypatch.setattr(sys, "stdin", None)
        assert said([command, "-"], capsys)[0] == 2
        assert said([command, "-", "-"], capsys)[0] == 2
        assert said([command, "none.csv", "--name", "a.csv"], capsys)[0] == 2


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="no /dev/fd")
def test_a_pipe_is_read_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "surname,unit\n" + "".join(f"Ash{i},u{i % 7}\n" for i in range(6_000))
    reading, writing = os.pipe()
    if os.fork() == 0:
        os.close(reading)
        with open(writing, "w") as out:
            out.write(text)
        os._exit(0)
    os.close(writing)
    code, out, _ = said(["score", f"/dev/fd/{reading}"], capsys)
    os.close(reading)
    os.wait()
    assert code == 0
    assert "6,000 rows, 2 fields" in out
    assert "Ash" not in out


def test_bytes_are_read_as_a_file_is(tmp_path: Path) -> None:
    import pyarrow as pa
    from pyarrow import ipc, parquet

    table = pa.table({"rank": ["PC", "PS"], "unit": ["a", "b"]})
    parquet.write_table(table, tmp_path / "t.parquet")
    with ipc.new_file(tmp_path / "t.arrow", table.schema) as file:
        file.write_table(table)
    with ipc.new_stream(tmp_path / "s.arrow", table.schema) as file:
        file.write_table(table)
    (tmp_path / "t.csv").write_text("rank,unit\nPC,a\nPS,b\n")
    for name in ("t.parquet", "t.arrow", "s.arrow", "t.csv"):
        path = tmp_path / name
        assert read_bytes(path.read_bytes(), name).table.equals(read_file(path).table)
    for name, data in (("a.csv", b""), ("a.xlsx", b"PK\x03\x04"), ("a.gz", b"\x1f\x8b")):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(so.InputError) as one:
            read_file(tmp_path / name)
        with pytest.raises(so.InputError) as other:
            read_bytes(data, name)
        assert str(one.value) == str(other.value)


def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    for read in (so.inspect, so.review, so.score):
        with pytest.raises(so.InputError, match="pipe"):
            read(pipe)
    with pytest.raises(so.InputError, match="pipe"):
        so.Policy.load(pipe)


def test_verify_takes_what_review_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "drafts"
    folder.mkdir()
    draft = folder / "GOOD.CSV"
    draft.write_text(GOOD)
    key = str(tmp_path / "k")
    assert main(["keygen", key, "--unencrypted"]) == 0
    assert main(["approve", str(draft), "--key", f"{key}.pem", "--reason", "read"]) == 0
    verify = ["verify", "--trusted", f"{key}.pub.pem"]
    for word in (str(draft), str(folder), str(folder / "*.csv")):
        assert said([*verify, word], capsys)[0] == 0, word
    for data, code in ((GOOD, 0), (BAD, 1)):
        monkeypatch.setattr(sys, "stdin", Typed(data.encode()))
        assert said([*verify, "-", "--name", str(draft)], capsys)[0] == code
    (folder / "round").symlink_to(folder)
    code, _, err = said([*verify, str(folder)], capsys)
    assert (code, "round" in err) == (2, True)
    (folder / "round").unlink()
    (folder / "::error::\x1b.csv").write_text(GOOD)
    code, out, err = said([*verify, str(folder)], capsys)
    assert code == 2
    assert "\x1b" not in out + err
    assert said([*verify, str(folder / "*.ods")], capsys)[0] == 2
