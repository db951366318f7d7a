"""The verdict: the PSNI shapes and their safe twin, acceptances, words, same bytes, all drafts."""

from __future__ import annotations

import datetime as dt
import json
import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from builders.xlsx import Sheet, Workbook
from verdict_shapes import (
    as_csv,
    by_rank,
    codes,
    embedded,
    hidden_sheet,
    pivot_cache,
    policy,
    staff_rows,
)

import singleout as so
from singleout.policy import PRESETS
from singleout.verdict.codes import REASONS
from singleout.verdict.reasons import SECTION_11

MOST = 400  # rows of the staff list that the shapes hold here; all of them in the speed test
DAY = dt.date(2026, 11, 24)


@pytest.fixture(scope="module")
def rows(staff: Path) -> list[list[str]]:
    return staff_rows(staff, MOST)


def test_hidden_sheet_is_refused(rows: list[list[str]]) -> None:
    review = so.review(hidden_sheet(rows), name="ranks.xlsx")
    assert review.verdict == "refuse"
    first = review.reasons[0]
    assert (first.code, first.count, first.unit) == ("unseen-people-table", MOST, "rows")
    assert first.where == "sheet 'Source' A1:AF401"
    assert "hidden sheet" in first.detail
    assert "service_number" in first.detail
    assert first.example.startswith("row 2 ")
    assert "hidden-sheet" in codes(review)
    assert review.headline.startswith("Do not send this file: 400 rows about people")


def test_pivot_cache_is_refused(rows: list[list[str]]) -> None:
    review = so.review(pivot_cache(rows), name="ranks.xlsx")
    assert review.verdict == "refuse"
    assert review.reasons[0].code == "unseen-people-table"
    assert "pivotCacheRecords1.xml" in review.reasons[0].where
    assert "pivot-cache" in codes(review)


@pytest.mark.skipif(find_spec("singleout.draft.docx") is None, reason="DOCX is not read yet")
def test_embedded_workbook_is_refused(rows: list[list[str]]) -> None:
    review = so.review(embedded(rows), name="letter.docx")
    assert review.verdict == "refuse"
    assert review.reasons[0].code == "unseen-people-table"
    assert "Microsoft_Excel_Sheet.xlsx" in review.reasons[0].where
    assert "embedded-object" in codes(review)


@pytest.mark.parametrize("preset", ["foi-strict", "psni-2023", "cms-11"])
def test_counts_above_the_threshold_are_released(preset: str, staff: Path) -> None:
    counts = as_csv(by_rank(staff_rows(staff), least=11))
    review = so.review(counts, preset, name="ranks.csv")
    assert review.verdict == "release", str(review)
    assert review.exit_code == 0
    assert review.headline.startswith("Nothing found that this policy stops; ")
    assert review.not_checked


def test_the_example_policy_refuses_what_was_not_asked_for(rows: list[list[str]]) -> None:
    found = codes(so.review(hidden_sheet(rows), "psni-2023", name="ranks.xlsx"))
    assert found[:2] == ["unseen-people-table", "unexpected-table"]


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.xlsx", "empty-file"),
        (b"%PDF-1.7\n", "a.pdf", "unsupported-format"),
        (b"PK\x03\x04 nothing more", "a.xlsx", "unreadable"),
        (b"\x00\x01\x02\x03" * 40, "a.bin", "not-fully-read"),
        (b"rank\n", "a.csv", None),
        (Workbook([Sheet("Empty", [])]).bytes(), "a.xlsx", "no-table"),
    ],
)
@pytest.mark.parametrize("preset", PRESETS)
def test_what_cannot_be_read_is_never_released(
    data: bytes, name: str, code: str | None, preset: str
) -> None:
    review = so.review(data, preset, name=name)
    assert review.verdict != "release"
    assert code is None or code in codes(review)


def test_a_cut_workbook_is_never_released() -> None:
    data = Workbook([Sheet("Counts", [["rank", "officers"], ["PC", 90], ["PS", 30]])]).bytes()
    assert so.review(data, name="a.xlsx").verdict == "release"
    for end in range(0, len(data), 97):
        assert so.review(data[:end], name="a.xlsx").verdict != "release", end


def test_encrypted_and_damaged_drafts_never_exit_0(drafts: Path) -> None:
    files = ["calamine/pass_protected.xlsx", "calamine/too_small.xls"]
    found = [file for file in files if (drafts / file).is_file()]
    assert found
    for file in found:
        assert so.review(drafts / file).verdict != "release"


def test_author_property_alone_stops_nothing(drafts: Path) -> None:
    review = so.review(drafts / "poi" / "WithThreeCharts.xlsx")
    assert {"author-property"} <= {finding.code for finding in review.draft.findings}
    assert review.verdict == "release"


def with_a_hidden_sheet() -> bytes:
    """Counts of vehicles, and a hidden sheet with other counts of vehicles."""
    rows = [["depot", "vehicles"], ["north", 120], ["south", 45]]
    return Workbook([Sheet("Fleet", rows), Sheet("Old", rows, state="hidden")]).bytes()


def accepting(expires: dt.date, **rest: object) -> so.Policy:
    entries = [
        {"code": code, "reason": "Old counts, published.", "expires": expires, **rest}
        for code in ("hidden-sheet",)
    ]
    return policy().accepting(entries)


def test_acceptance_is_judged_on_the_day() -> None:
    data, rules = with_a_hidden_sheet(), accepting(DAY)
    assert so.review(data, name="a.xlsx").verdict == "review"
    on_time = so.review(data, rules, name="a.xlsx", as_of=DAY)
    assert on_time.verdict == "release"
    assert {a.reason.code for a in on_time.accepted} == {"hidden-sheet"}
    assert "Old counts, published." in str(on_time)
    late = so.review(data, rules, name="a.xlsx", as_of=DAY + dt.timedelta(days=1))
    assert late.verdict == "review"
    assert "expired on 2026-11-24" in late.reasons[0].note
    assert late.to_dict()["as_of"] == "2026-11-25"


@pytest.mark.parametrize(
    ("limit", "verdict"),
    [
        ({"file": "a.*"}, "release"),
        ({"file": "b.*"}, "review"),
        ({"at_most": 1}, "release"),
        ({"at_most": 0}, "review"),
        ({"place": "sheet 'New'"}, "review"),
    ],
)
def test_acceptance_holds_for_what_it_names(limit: dict[str, object], verdict: str) -> None:
    rules = accepting(DAY, **limit)
    result = so.review(with_a_hidden_sheet(), rules, name="a.xlsx", as_of=DAY)
    assert result.verdict == verdict


def test_findings_that_the_policy_ignores_or_raises() -> None:
    data = with_a_hidden_sheet()
    ignored = policy(findings={"codes": {"hidden-sheet": "ignore"}})
    assert so.review(data, ignored, name="a.xlsx").verdict == "release"
    raised = policy(findings={"codes": {"hidden-sheet": "refuse"}})
    assert so.review(data, raised, name="a.xlsx").verdict == "refuse"


def test_expected_columns() -> None:
    rules = policy(expect={"columns": ["rank", "officers"]})
    data = as_csv([["rank", "officers"], ["PC", 90], ["PS", 30]])
    assert so.review(data, rules, name="a.csv").verdict == "release"
    more = as_csv([["rank", "officers", "note"], ["PC", 90, "x"], ["PS", 30, "y"]])
    assert codes(so.review(more, rules, name="a.csv")) == ["unexpected-column"]


def test_no_words_of_the_law_and_no_promise(rows: list[list[str]]) -> None:
    for data, name in ((hidden_sheet(rows), "a.xlsx"), (as_csv(by_rank(rows)), "a.csv")):
        review = so.review(data, name=name)
        text = "\n".join((str(review), review.to_markdown(), review._repr_html_()))
        assert not re.search(r"(?i)\b(safe|anonymous|anonymised|internal review)\b", text)
        assert not re.search(r"(?i)\brefused?\b", str(review))
        assert "Not checked" in text


def test_a_change_of_format_recalls_the_preference(rows: list[list[str]]) -> None:
    assert so.review(hidden_sheet(rows), name="a.xlsx").reasons[0].remedy.endswith(SECTION_11)


def test_the_same_words_everywhere(rows: list[list[str]]) -> None:
    review = so.review(hidden_sheet(rows), name="ranks.xlsx")
    first = review.reasons[0]
    for words in (first.sentence(), first.why, first.remedy, first.example):
        assert words in str(review)
        assert words.replace("'", "&#x27;") in review._repr_html_()
        assert words in review.to_markdown().replace("\\", "")
    assert json.loads(review.to_json())["reasons"][0]["remedy"] == first.remedy


def test_no_value_of_a_person_is_shown(rows: list[list[str]]) -> None:
    review = so.review(hidden_sheet(rows), name="ranks.xlsx")
    said = "\n".join((str(review), review.to_json(), review.to_html(), review._repr_html_()))
    surnames = {row[1] for row in rows[1:]} - {"May"}
    numbers = {row[0] for row in rows[1:]}
    told = re.sub(r"\b[0-9a-f]{64}\b", "", said)  # A digest may hold a number's digits by chance
    words = set(re.findall(r"[A-Za-z]+|\d{5,}", told))
    assert not words & (surnames | numbers)


def test_names_that_look_like_a_person_are_masked_unless_asked() -> None:
    data = Workbook([Sheet("Jane Smith", [["depot", "vehicles"], ["north", 3]], state="hidden")])
    review = so.review(data.bytes(), name="Jane Smith.xlsx")
    assert "Jane" not in str(review) + review.to_json() + review.to_html() + review._repr_html_()
    assert "Jane Smith" in review.to_json(show_values=True)
    assert "Jane Smith" in review.to_markdown(show_values=True)
    assert "Jane" not in repr(review) + repr(review.reasons) + repr(review.accepted)
    open_ = so.review(data.bytes(), name="Jane Smith.xlsx", show_values=True)
    for text in (str(open_), open_._repr_html_(), open_.to_markdown(), open_.to_html()):
        assert "Jane Smith" in text
    assert open_.to_json() == review.to_json()


def test_names_of_columns_that_are_values_are_masked() -> None:
    rows = [["jane.smith@example.org", "Jane Smith"], ["ann.ash@example.org", "Ann Ash"]]
    others = ["Tom Birch", "Mary Cole", "David Reid", "Sarah Wood", "Peter Marsh"]
    rows += [[f"{name.lower().replace(' ', '.')}@example.org", name] for name in others]
    review = so.review(as_csv(rows), name="a.csv")
    assert review.verdict == "refuse"
    said = "\n".join((str(review), review.to_json(), review.to_markdown(), review._repr_html_()))
    assert "jane.smith" not in said
    assert "Jane" not in said


def test_wide_tables_take_no_longer_than_their_evidence_is_worth() -> None:
    rows = [["surname", *(f"q{j}" for j in range(300))]]
    rows += [[f"name {i}", *(str(i % (j + 2)) for j in range(300))] for i in range(40)]
    review = so.review(as_csv(rows), name="a.csv")
    assert review.verdict == "refuse"
    assert review.measured[0].max_size == 1


def test_a_letter_needs_no_table_and_a_spreadsheet_does() -> None:
    empty = so.Draft("letter.docx", "docx", 1, "0" * 64, ())
    review = so.review(empty)
    assert review.verdict == "release"
    assert any("no table to measure" in text for text in review.not_checked)
    assert codes(so.review(so.Draft("a.xlsx", "xlsx", 1, "0" * 64, ()))) == ["no-table"]
    cut = so.Draft("letter.docx", "docx", 1, "0" * 64, (), complete=False)
    assert codes(so.review(cut)) == ["not-fully-read"]


def test_two_runs_give_the_same_bytes(rows: list[list[str]], tmp_path: Path) -> None:
    data = hidden_sheet(rows)
    one, two = (so.review(data, name="a.xlsx", as_of=DAY) for _ in range(2))
    assert one.to_json() == two.to_json()
    assert one.to_html() == two.to_html()
    assert one.to_markdown() == two.to_markdown()


def test_a_draft_or_a_path_give_the_same(tmp_path: Path, rows: list[list[str]]) -> None:
    path = tmp_path / "ranks.xlsx"
    path.write_bytes(hidden_sheet(rows))
    rules = policy("psni-2023")
    from_path = so.review(path, rules, as_of=DAY)
    assert so.review(so.inspect(path), rules, as_of=DAY).to_json() == from_path.to_json()
    expecting = so.inspect(path, expect="counts")
    assert so.review(expecting, rules, as_of=DAY).to_json() == from_path.to_json()


def test_every_reason_of_its_own_has_words() -> None:
    for known in REASONS.values():
        assert known.why.endswith(".")
        assert known.remedy.endswith(".")


def test_says_what_it_is_doing(rows: list[list[str]]) -> None:
    said: list[str] = []
    so.review(hidden_sheet(rows), name="ranks.xlsx", say=said.append)
    assert any("reading" in words for words in said)
    assert any("400 rows" in words for words in said)
