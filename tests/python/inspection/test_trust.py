"""The trust corpus: drafts that disclose are stopped, those that anyone would send are not."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "bench"))

import trust  # noqa: E402


@pytest.fixture(scope="module")
def cases() -> list[trust.Case]:
    """Every draft of the corpus, reviewed."""
    if not trust.SHARED.is_dir():
        pytest.skip("the shared drafts are not here")
    return trust.reviewed(trust.write_trust())


@pytest.fixture(scope="module")
def came(cases: list[trust.Case]) -> Counter[tuple[str, str]]:
    """How many drafts of a label got a verdict."""
    return Counter((case.label, case.verdict) for case in cases)


def _files(cases: list[trust.Case], label: str, verdict: str) -> list[str]:
    return [case.file for case in cases if (case.label, case.verdict) == (label, verdict)]


def _all(came: Counter[tuple[str, str]], label: str) -> int:
    return sum(count for (one, _), count in came.items() if one == label)


def test_no_draft_is_an_error(cases: list[trust.Case]) -> None:
    assert [case.file for case in cases if case.verdict == "error"] == []


@pytest.mark.parametrize("label", ["refuse", "stop"])
def test_no_draft_that_discloses_is_released(cases: list[trust.Case], label: str) -> None:
    assert _files(cases, label, "release") == []


def test_drafts_that_give_people_away_are_refused(came: Counter[tuple[str, str]]) -> None:
    assert came["refuse", "refuse"] >= 0.95 * _all(came, "refuse")


def test_what_is_for_a_person_is_not_refused(came: Counter[tuple[str, str]]) -> None:
    assert came["stop", "refuse"] <= 0.10 * _all(came, "stop")


def test_clean_drafts_pass(cases: list[trust.Case], came: Counter[tuple[str, str]]) -> None:
    assert _files(cases, "clean", "refuse") == []
    assert came["clean", "review"] <= 0.03 * _all(came, "clean"), _files(cases, "clean", "review")
