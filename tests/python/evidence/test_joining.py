"""Linkage as reasons of a review, in `review`, in `approve`, and approvals in the pytest gate."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from singleout.evidence.ledger import Ledger

from .conftest import SOURCE, Run
from .people import columns, staff, values, write_csv

verdict = pytest.importorskip("singleout.verdict", reason="needs the review")

pytest_plugins = ["pytester"]

PEOPLE = staff(300)
# Everything may leave and nothing is measured: what is left is what the ledger says.
POLICY = """
extends = "foi-strict"
[people]
threshold = 1
min_distinct = 1
[fields]
rank = { role = "quasi-identifier" }
station = { role = "quasi-identifier" }
start = { role = "quasi-identifier" }
"""


@pytest.fixture
def folder(tmp_path: Path, singleout: Run) -> Path:
    """A ledger with the names of one release, and the draft of another."""
    write_csv(tmp_path / "names.csv", columns(PEOPLE, "surname", "station"))
    write_csv(tmp_path / "draft.csv", columns(PEOPLE, "rank", "station", "start"))
    (tmp_path / "p.toml").write_text(POLICY)
    Ledger.new(tmp_path / "l.db", tmp_path / "l.key")
    with Ledger(tmp_path / "l.db", tmp_path / "l.key") as ledger:
        ledger.add(tmp_path / "names.csv")
    assert singleout("keygen", "officer", "--unencrypted")[0] == 0
    return tmp_path


WHERE = ("--ledger", "l.db", "--ledger-key", "l.key")


def test_linkage_asks_for_a_person(folder: Path, singleout: Run) -> None:
    review = ("review", "draft.csv", "--policy", "p.toml", "--format", "json")
    code, out, _ = singleout(*review)
    assert code == 0, out
    code, out, err = singleout(*review, *WHERE)
    assert (code, err) == (3, "")
    assert "linked-release" in out
    assert [value for value in values(PEOPLE) if value in out] == []
    code, out, _ = singleout("review", "draft.csv", "--policy", "p.toml", *WHERE)
    assert code == 3
    assert "match exactly one row of release 1" in out
    (folder / "p.toml").write_text(
        POLICY + '[[accept]]\ncode = "linked-release"\nreason = "known"\nexpires = 2999-01-01\n'
        'file = "draft.csv"\nat_most = 1000\n'
    )
    assert singleout("review", "draft.csv", "--policy", "p.toml", *WHERE)[0] == 0


def test_linkage_never_softens_a_refusal(folder: Path, singleout: Run) -> None:
    assert singleout("review", "names.csv", *WHERE)[0] == 1
    assert singleout("review", "draft.csv", "--ledger", "l.db")[0] == 2
    assert singleout("review", "draft.csv", *WHERE, "--link", "x")[0] == 2


def test_an_approval_holds_what_the_ledger_said(folder: Path, singleout: Run) -> None:
    approve = (
        "approve",
        "draft.csv",
        "--key",
        "officer.pem",
        "--reason",
        "r",
        "--policy",
        "p.toml",
    )
    assert singleout(*approve, *WHERE)[0] == 0
    body = json.loads((folder / "draft.csv.approval.json").read_bytes())["body"]
    assert body["verdict"] == "review"
    assert "linked-release" in {one["code"] for one in body["result"]["reasons"]}
    verify = ("verify", "draft.csv", "--trusted", "officer.pub.pem", "--policy", "p.toml")
    assert singleout(*verify)[0] == 1
    assert singleout(*verify, "--allow-review")[0] == 0


def test_the_gate_demands_an_approval(
    pytester: pytest.Pytester, singleout: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(SOURCE))
    folder = pytester.path
    monkeypatch.chdir(folder)
    (folder / "good.csv").write_text("rank,officers\nConstable,120\nSergeant,45\n")
    (folder / "few.csv").write_text("rank,officers\nConstable,120\nSergeant,2\n")
    (folder / "bad.csv").write_text("surname,rank\nAsh,PC\nBirch,PS\n")
    pytester.makeini(
        "[pytest]\nsingleout_drafts = *.csv\nsingleout_require_approval = true\n"
        f"singleout_trusted = {folder / 'officer.pub.pem'}\n"
    )
    key = folder / "officer"
    assert singleout("keygen", key, "--unencrypted")[0] == 0
    plugin = () if _installed() else ("-p", "singleout.pytest_plugin")

    def gate() -> dict[str, int]:
        found = pytester.runpytest_subprocess("-p", "no:cacheprovider", *plugin).parseoutcomes()
        return {name: found.get(name, 0) for name in ("passed", "failed")}

    assert gate() == {"passed": 0, "failed": 3}
    for name in ("good", "few"):
        draft = folder / f"{name}.csv"
        assert singleout("approve", draft, "--key", f"{key}.pem", "--reason", "r")[0] == 0
    bad = folder / "bad.csv"
    assert singleout("approve", bad, "--key", f"{key}.pem", "--reason", "r", "--override")[0] == 0
    assert gate() == {"passed": 2, "failed": 1}
    (folder / "good.csv").write_text("rank,officers\nConstable,121\nSergeant,45\n")
    assert gate() == {"passed": 1, "failed": 2}


def _installed() -> bool:
    from importlib.metadata import entry_points

    return any(one.value == "singleout.pytest_plugin" for one in entry_points(group="pytest11"))
