"""Workbooks as public bodies published them: none is refused, and reviews have true reasons."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

import singleout as so

ROOT = Path(__file__).resolve().parents[3]
PUBLISHED = ROOT.parent / "shared" / "published"
# Files with people in them that the first reading did not see; docs/published.md has their cells
MOST_OTHERS = 6


def rows() -> list[dict[str, str]]:
    if not PUBLISHED.is_dir():
        return []
    with (PUBLISHED / "expected.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def told() -> set[str]:
    """The files of which docs/published.md says what a person has to look at."""
    text = (ROOT / "docs" / "published.md").read_text()
    cells = [line.split("|")[1] for line in text.splitlines() if line.startswith("| ")]
    return {name.strip() for cell in cells for name in re.split(r",\s", cell)}


@pytest.fixture(scope="module")
def verdicts() -> dict[str, str]:
    """What is said of each file."""
    if not PUBLISHED.is_dir():
        pytest.skip("the published workbooks are not here")
    return {row["file"]: so.review(PUBLISHED / row["file"]).verdict for row in rows()}


def test_none_is_refused(verdicts: dict[str, str]) -> None:
    assert [
        file for file, verdict in verdicts.items() if verdict not in ("release", "review")
    ] == []


def test_a_review_has_a_reason_that_is_told(verdicts: dict[str, str]) -> None:
    others = [
        row["file"]
        for row in rows()
        if verdicts[row["file"]] == "review" and not row["may go to a person, and why"]
    ]
    known = told()
    assert [file for file in others if file.rpartition("--")[2] not in known] == []
    assert len(others) <= MOST_OTHERS
