"""Names are data: none reaches an output as more than letters."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from unicodedata import category

import pytest
from builders.xlsx import PEOPLE, Sheet, Workbook

import singleout as so
from singleout.base.printable import printable
from singleout.cli import main

BAD = "surname,rank\nAsh,PC\nBirch,PS\nCedar,PC\n"
MARKS = (
    "\x1b[2J",
    "\x9b2J",
    "\u202e",
    "\u2066",
    "\u2028",
    "\x07",
    "\r",
    "\n",
    "\x7f",
    "\U000e0041",
)
COMMANDS = ("::error::x", "##[group]x", "##vso[task.complete]x")
HOSTILE = [f"a{mark}b" for mark in MARKS] + list(COMMANDS)
FORMATS = ("text", "json", "sarif", "junit", "html", "markdown")


def clean(text: str) -> None:
    """Nothing that a terminal, browser or pipeline would act on is in an output."""
    assert not {c for c in text if category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")} - {"\n", "\t"}
    for line in text.splitlines():
        assert not line.lstrip().startswith("::"), line
        assert "##[" not in line, line
        assert "##vso[" not in line, line


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Files whose own name, members and sheets are hostile."""
    folder = tmp_path_factory.mktemp("names")
    found = []
    for number, name in enumerate(HOSTILE):
        path = folder / f"{number}" / f"{name}.csv"
        path.parent.mkdir()
        path.write_text(f'"{name.replace(chr(34), "")}",rank\nAsh,PC\nBirch,PS\nCedar,PC\n')
        found.append(str(path))
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in HOSTILE:
            archive.writestr(f"{name}.csv", BAD)
            archive.writestr(f"{name}.pdf", b"%PDF-1.7")
    (folder / "members.zip").write_bytes(data.getvalue())
    sheets = [
        Sheet(name, PEOPLE, "hidden" if i % 2 else "visible")
        for i, name in enumerate(
            ["Counts", *("b\u202ec", "c\u2066d", "d\x7fe", "::error::x", "##[group]")]
        )
    ]
    (folder / "sheets.xlsx").write_bytes(Workbook(sheets).bytes())
    (folder / "links").mkdir()
    (folder / "links" / "gone\x1b[2J\n::error::.csv").symlink_to("nowhere")
    return [*found, *(str(folder / name) for name in ("members.zip", "sheets.xlsx", "links"))]


@pytest.mark.parametrize("show", [[], ["--show-values"]])
@pytest.mark.parametrize("kind", FORMATS)
def test_review(
    files: list[str], kind: str, show: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["review", *files, "--format", kind, *show]) == 1
    said = capsys.readouterr()
    clean(said.out)
    clean(said.err)
    if kind in ("json", "sarif"):
        clean(str(json.loads(said.out)))


@pytest.mark.parametrize("kind", ["table", "json", "sarif"])
def test_inspect(files: list[str], kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["inspect", *files, "--format", kind, "--show-values"])
    said = capsys.readouterr()
    clean(said.out)
    clean(said.err)


def test_notebooks(files: list[str]) -> None:
    for file in files[:-1]:
        review = so.review(file, show_values=True)
        clean(review._repr_html_())
        clean(review.draft._repr_html_())
        clean(str(review))
        clean(repr(review))
        clean(review.to_html(show_values=True))


def test_score(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    for file in files[: len(HOSTILE)]:
        for words in ([], ["--format", "csv"], ["--format", "json"], ["--fields", "none"]):
            main(["score", file, *words])
            said = capsys.readouterr()
            clean(said.out)
            clean(said.err)
    clean(so.score(files[2]).summary())


def test_headings_that_are_values_are_masked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "Jane Smith,PC,Leeds\nOwen Ash,PS,York\nAmy Birch,PC,York\nJo Cole,PC,Leeds\n"
    bare, twice = tmp_path / "bare.csv", tmp_path / "twice.csv"
    bare.write_text(rows)
    twice.write_text("Jane Smith,Jane Smith\nOwen Ash,PS\n")
    for kind in ("table", "csv", "json"):
        assert main(["score", str(bare), "--format", kind]) == 0
        said = capsys.readouterr()
        assert "Jane" not in said.out + said.err
        assert "Leeds" not in said.out + said.err
        assert main(["score", str(bare), "--format", kind, "--show-values"]) == 0
        assert "Jane Smith" in capsys.readouterr().out
    assert main(["score", str(bare), "--fields", "Jane Smith", "PC"]) == 0
    assert "Jane" not in capsys.readouterr().out
    assert main(["score", str(twice)]) == 2
    assert "Jane" not in capsys.readouterr().err


def test_names_that_are_letters_stay() -> None:
    for name in (
        "Ärzte 2024",
        "\u0646\u0627\u0645\u200c\u062e\u0627\u0646\u0647",
        "क्\u200dष",
        "総数",
        "a:b#c",
        "Rank\u00a0and unit",
    ):
        assert printable(name) == name
    assert printable("a\u200cb ") == "a\u200cb "
    assert printable("\u200c") == "\\u200c"
