"""What somebody says of the rows of an unclear table: how far it goes, and that it is told."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from lxml import html

import singleout as so
from singleout.cli import main
from singleout.policy import load
from singleout.policy.show import toml
from singleout.verdict.machine import as_sarif
from singleout.verdict.settled import headings_digest

UNCLEAR = "holder,remark\nWhitcombe,x\nDavies,y\nJones,z\n"
PEOPLE = "surname,forename\nWhitcombe,Jane\nDavies,John\nJones,Ann\n"
PLACE = "A1:B4"
DAY = dt.date(2030, 1, 1)
SAID = "Rows of A1:B4 are taken for things, since"


def draft(folder: Path, text: str = UNCLEAR, name: str = "sites.csv") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def policy(folder: Path, name: str = "policy.toml", **changes: str) -> Path:
    """A policy that settles the table of `UNCLEAR`, with some of its entry changed."""
    entry = {
        "rows": '"things"',
        "file": '"sites*.csv"',
        "place": f'"{PLACE}"',
        "headings": f'"{headings_digest(["holder", "remark"])}"',
        "reason": '"The register lists pumps."',
        "expires": "2030-01-01",
        **changes,
    }
    lines = [f"{key} = {value}" for key, value in entry.items()]
    path = folder / name
    path.write_text("\n".join(['extends = "foi-strict"', "[[tables]]", *lines, ""]), "utf-8")
    return path


def codes(review: so.Review) -> set[str]:
    return {one.code for one in review.reasons}


def test_unclear_goes_to_a_person_who_is_told_how_to_settle_it(tmp_path: Path) -> None:
    review = so.review(draft(tmp_path), as_of=DAY)
    assert (review.verdict, codes(review)) == ("review", {"unclear-table"})
    note = review.reasons[0].note
    assert f'--rows "{PLACE}=things"' in note
    assert headings_digest(["holder", "remark"]) in note
    assert review.settled == ()


def test_a_policy_settles(tmp_path: Path) -> None:
    review = so.review(draft(tmp_path), policy(tmp_path), as_of=DAY)
    assert review.verdict == "release"
    (said,) = review.settled
    assert said.sentence() == f"{SAID} The register lists pumps (until 2030-01-01)."


def test_the_caller_settles(tmp_path: Path) -> None:
    review = so.review(draft(tmp_path), as_of=DAY, rows={PLACE: "things"})
    assert review.verdict == "release"
    assert review.settled[0].sentence() == f"{SAID} the command line says so."


@pytest.mark.parametrize(
    "change",
    [
        {"expires": "2029-12-31"},
        {"headings": f'"{headings_digest(["holder", "remarks"])}"'},
        {"file": '"premises*.csv"'},
        {"place": '"A1:B5"'},
    ],
)
def test_what_does_not_fit_settles_nothing(tmp_path: Path, change: dict[str, str]) -> None:
    review = so.review(draft(tmp_path), policy(tmp_path, **change), as_of=DAY)
    assert (review.verdict, codes(review), review.settled) == ("review", {"unclear-table"}, ())


def test_the_same_place_with_other_headings_is_not_settled(tmp_path: Path) -> None:
    other = draft(tmp_path, UNCLEAR.replace("remark", "outcome"))
    assert so.review(other, policy(tmp_path), as_of=DAY).verdict != "release"


def test_a_table_with_names_is_never_settled(tmp_path: Path) -> None:
    file = draft(tmp_path, PEOPLE)
    digest = f'"{headings_digest(["surname", "forename"])}"'
    for review in (
        so.review(file, policy(tmp_path, headings=digest), as_of=DAY),
        so.review(file, as_of=DAY, rows={PLACE: "things"}),
    ):
        assert (review.verdict, review.settled) == ("refuse", ())


def test_a_table_of_cases_is_never_settled(tmp_path: Path) -> None:
    text = "date of birth,sex,diagnosis\n" + "".join(
        f"{day:02}/03/1987,{'FM'[day % 2]},{'asthma' if day % 3 else 'epilepsy'}\n"
        for day in range(1, 13)
    )
    file = draft(tmp_path, text)
    review = so.review(file, as_of=DAY, rows={"A1:C13": "things"})
    assert review.verdict != "release"
    assert review.settled == ()


def test_a_table_out_of_sight_is_never_settled(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["rank", "officers"])
    for row in (["sergeant", 120], ["inspector", 45]):
        book.active.append(row)
    hidden = book.create_sheet("Register")
    for line in UNCLEAR.splitlines():
        hidden.append(line.split(","))
    hidden.sheet_state = "hidden"
    file = tmp_path / "sites.xlsx"
    book.save(file)
    before = so.review(file, as_of=DAY)
    place = next(t.place.text() for t in before.draft.tables if not t.visible)
    said = policy(tmp_path, place=f'"{place}"', file='"*"')
    for after in (
        so.review(file, as_of=DAY, rows={place: "things"}),
        so.review(file, said, as_of=DAY),
    ):
        assert after.settled == ()
        assert (after.verdict, codes(after)) == (before.verdict, codes(before))
        assert after.verdict != "release"


def test_it_is_told_first_everywhere(tmp_path: Path) -> None:
    text = f"{UNCLEAR}\nrank,officers\nsergeant,120\ninspector,3\n"
    review = so.review(draft(tmp_path, text), as_of=DAY, rows={PLACE: "things"})
    assert review.verdict == "review"
    assert codes(review) == {"small-count"}
    for shown in (str(review), review.to_markdown(), review._repr_html_()):
        assert shown.index("As said: Rows of") < shown.rindex("from 1 to 4")
    review.save(tmp_path / "r.html")
    page = html.fromstring((tmp_path / "r.html").read_text("utf-8")).text_content()
    assert page.index("As said: Rows of") < page.index("from 1 to 4")
    data = json.loads(review.to_json())
    assert data["taken_as_said"] == [
        {"where": PLACE, "rows": "things", "because": "the command line says so", "until": None}
    ]
    assert list(data).index("taken_as_said") < list(data).index("verdict")
    run = json.loads(as_sarif([review]))["runs"][0]
    (first, *_) = run["invocations"][0]["toolExecutionNotifications"]
    assert SAID in first["message"]["text"]
    assert run["invocations"][0]["executionSuccessful"] is True


def test_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(draft(tmp_path))
    assert main(["review", file]) == 3
    assert f'--rows "{PLACE}=things"' in " ".join(capsys.readouterr().out.split())
    assert main(["review", file, "--rows", f"{PLACE}=things"]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if line.strip()]
    assert lines[1] == f"As said: {SAID} the command line says so."


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("things", "say which table"),
        ("=things", "say which table"),
        (f"{PLACE}=people", "rows can be said to be: things"),
        ("A1:B9=things", "no table in that place; the unclear ones are: A1:B4"),
    ],
)
def test_wrong_use(
    tmp_path: Path, said: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["review", str(draft(tmp_path)), "--rows", said]) == 2
    assert words in " ".join(capsys.readouterr().err.split())


def test_rows_of_two_files_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    two = [str(draft(tmp_path)), str(draft(tmp_path, name="sites2.csv"))]
    assert main(["review", *two, "--rows", f"{PLACE}=things"]) == 2
    assert "review that file alone" in capsys.readouterr().err


def test_a_place_that_two_tables_share_is_an_error(tmp_path: Path) -> None:
    import zipfile

    file = tmp_path / "both.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("jane_smith.csv", UNCLEAR)
        archive.writestr("john_davies.csv", UNCLEAR)
    review = so.review(file, as_of=DAY)
    unclear = [t for t in review.draft.tables if t.kind == "unclear"]
    assert len(unclear) == 2
    place = unclear[0].place.text()
    if place == unclear[1].place.text():
        with pytest.raises(so.InputError, match="2 tables"):
            so.review(file, as_of=DAY, rows={place: "things"})
    exact = so.review(file, as_of=DAY, rows={unclear[0].place.text(False): "things"})
    assert len(exact.settled) == 1
    assert "unclear-table" in codes(exact)


def test_the_note_is_toml_that_settles(tmp_path: Path) -> None:
    """What the note gives can be copied into a policy, whatever a file's name holds."""
    import re
    import tomllib

    file = draft(tmp_path, name="sites [2] *.csv")
    note = so.review(file, as_of=DAY).reasons[0].note
    said = dict(re.findall(r'(file|place|headings|rows) = ("(?:[^"\\]|\\.)*")', note))
    assert tomllib.loads("\n".join(f"{k} = {v}" for k, v in said.items()))["rows"] == "things"
    assert so.review(file, policy(tmp_path, **said), as_of=DAY).verdict == "release"
    other = draft(tmp_path, name="sites 2 x.csv")
    assert so.review(other, policy(tmp_path, **said), as_of=DAY).verdict == "review"


def test_policy_that_settles_is_shown_and_read_again(tmp_path: Path) -> None:
    one = load(policy(tmp_path))
    shown = tmp_path / "shown.toml"
    shown.write_text(toml(one), "utf-8")
    assert load(shown).tables == one.tables
    assert load(shown).sha256 == one.sha256


def test_an_old_policy_keeps_its_digest(tmp_path: Path) -> None:
    bare = tmp_path / "bare.toml"
    bare.write_text('name = "policy"\nextends = "foi-strict"\n', "utf-8")
    assert b'"tables"' not in load(bare).canonical()
    assert load(policy(tmp_path)).sha256 != load(bare).sha256
    assert b'"tables"' in load(policy(tmp_path)).canonical()


def test_entries_add_up_where_a_policy_extends_another(tmp_path: Path) -> None:
    policy(tmp_path, "below.toml")
    above = policy(tmp_path, "above.toml", place='"A1:B9"')
    above.write_text(above.read_text("utf-8").replace("foi-strict", "below.toml"), "utf-8")
    assert [entry.place for entry in load(above).tables] == [PLACE, "A1:B9"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("expires = 2030-01-01\n", "reason"),
        ('row = "things"\n', "did you mean 'rows'"),
        ('rows = "people"\n', "tables.0.rows"),
    ],
)
def test_a_wrong_entry_names_its_line(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "p.toml"
    path.write_text(f"\n[[tables]]\n{text}", "utf-8")
    with pytest.raises(so.PolicyError) as caught:
        load(path)
    assert words in str(caught.value)
    assert f"{path}:" in str(caught.value)
