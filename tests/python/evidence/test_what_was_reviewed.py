"""What is signed is what was reviewed: swapped files and policies, planted days, expired leave."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from singleout import _keyed
from singleout.evidence import approval as approvals
from singleout.evidence.approval import approval_path, approve
from singleout.evidence.errors import EvidenceError
from singleout.evidence.keys import PublicKey
from singleout.evidence.statement import Approval, Statement
from singleout.evidence.verify import verify

from .conftest import Run, SmallReview, by_rows
from .people import staff, write_csv

pytest_plugins = ["pytester"]

COUNTS = "rank,officers\nConstable,120\nSergeant,45\nInspector,11\n"
STRICT = 'extends = "foi-strict"\n'


@pytest.fixture
def folder(tmp_path: Path, singleout: Run) -> Path:
    """A draft of counts, a staff list, and two approvers without passphrases."""
    (tmp_path / "counts.csv").write_text(COUNTS)
    write_csv(tmp_path / "staff.csv", staff(40))
    (tmp_path / "p.toml").write_text(STRICT)
    for name in ("officer", "chief"):
        assert singleout("keygen", name, "--unencrypted")[0] == 0
    return tmp_path


def aim(link: Path, at: str) -> None:
    """Let a link be another file from now on, in one step."""
    new = link.with_name("new")
    new.symlink_to(at)
    new.replace(link)


def while_reviewed(
    monkeypatch: pytest.MonkeyPatch, before: Callable[[], None], after: Callable[[], None]
) -> None:
    """Do something just before each review, and something just after it."""
    from singleout.evidence import reviewer

    real = reviewer.review

    def meddling(*words: Any, **more: Any) -> Any:
        before()
        try:
            return real(*words, **more)
        finally:
            after()

    monkeypatch.setattr(reviewer, "review", meddling)


def test_a_link_that_is_swapped_for_the_review_is_of_no_use(
    folder: Path, singleout: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = folder / "draft.csv"
    draft.symlink_to("staff.csv")
    while_reviewed(monkeypatch, lambda: aim(draft, "counts.csv"), lambda: aim(draft, "staff.csv"))
    code, _, err = singleout("approve", "draft.csv", "--key", "officer.pem", "--reason", "r")
    assert code == 1, err
    assert not approval_path(draft).exists()


def test_a_policy_that_is_swapped_for_the_review_is_of_no_use(
    folder: Path, singleout: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "weak.toml").write_text('[findings]\nrefuse = "ignore"\n[counts]\nsmall_to = 0\n')
    (folder / "strict.toml").write_text(STRICT)
    link = folder / "p.toml"
    link.unlink()
    link.symlink_to("strict.toml")
    (folder / "few.csv").write_text("rank,officers\nConstable,120\nSergeant,2\nInspector,1\n")
    few = ("approve", "few.csv", "--key", "officer.pem", "--reason", "r", "--policy")
    while_reviewed(monkeypatch, lambda: aim(link, "weak.toml"), lambda: aim(link, "strict.toml"))
    assert singleout(*few, "p.toml")[0] == 0
    verdict = json.loads((folder / "few.csv.approval.json").read_bytes())["body"]["verdict"]
    assert verdict == "review"


@pytest.mark.parametrize("part", ["file", "policy"])
def test_a_review_of_something_else_is_not_signed(
    folder: Path, officer: _keyed.PrivateKey, part: str
) -> None:
    def other(*words: Any) -> SmallReview:
        return replace(by_rows(*words), **{part: "00" * 32})

    with pytest.raises(EvidenceError, match="changed during the review"):
        approve(folder / "counts.csv", officer, "counts", reviewer=other, policy=folder / "p.toml")
    assert not approval_path(folder / "counts.csv").exists()


def signed(
    draft: Path, key: _keyed.PrivateKey, change: Callable[[dict[str, Any]], None], time: str = ""
) -> None:
    """Sign an approval as no honest program would."""
    body = json.loads(approval_path(draft).read_bytes())["body"]
    change(body)
    body["result_sha256"] = _keyed.sha256(approvals.canonical.dumps(body["result"])).hex()
    raw = key.public()
    blank = Statement(
        PublicKey(raw).key_id,
        raw.hex(),
        time or dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "r",
        False,
    )
    mine = replace(blank, signature=key.sign(blank.signed_bytes(body)).hex())
    approval_path(draft).write_bytes(Approval(body, (mine,)).to_bytes())


@pytest.mark.parametrize(
    ("place", "value", "failure"),
    [
        (("file", "sha256"), "00" * 32, "result"),
        (("policy", "sha256"), "00" * 32, "policy"),
        (("verdict",), "refuse", "result"),
    ],
)
def test_a_review_of_something_else_does_not_verify(
    folder: Path, officer: _keyed.PrivateKey, place: tuple[str, ...], value: str, failure: str
) -> None:
    draft, policy = folder / "counts.csv", folder / "p.toml"
    approve(draft, officer, "counts", reviewer=by_rows, policy=policy)

    def change(body: dict[str, Any]) -> None:
        inner = body["result"]
        for name in place[:-1]:
            inner = inner[name]
        inner[place[-1]] = value

    signed(draft, officer, change)
    found = verify(draft, [PublicKey(officer.public())], policy=policy)
    assert [one.part for one in found.failures] == [failure]


# --- days

LEAVE = """extends = "foi-strict"
[[accept]]
code = "small-count"
reason = "published already"
expires = 2026-03-31
file = "few.csv"
at_most = 2
"""
FEW = "rank,officers\nConstable,120\nSergeant,45\nInspector,2\n"


@pytest.fixture
def leave(folder: Path) -> Path:
    """A draft that is a release only until its acceptance expires."""
    (folder / "few.csv").write_text(FEW)
    (folder / "leave.toml").write_text(LEAVE)
    return folder


APPROVE = ("approve", "few.csv", "--reason", "r", "--policy", "leave.toml")


def plant(folder: Path, singleout: Run, key: str, day: str) -> None:
    """Put an approval of another day beside the draft, signed with a key."""
    from singleout.evidence.keys import load_private
    from singleout.verdict import review

    def as_of(*words: Any) -> Any:
        return review(folder / "few.csv", words[2], as_of=dt.date.fromisoformat(day))

    approve_at = dt.datetime.fromisoformat(day + "T12:00:00+00:00")
    few = folder / "few.csv"
    signer = load_private(folder / key, None)
    ended = approvals.days.expired
    approvals.days.expired = lambda *_: None  # type: ignore[assignment]
    try:
        approve(few, signer, "r", reviewer=as_of, policy=folder / "leave.toml")
    finally:
        approvals.days.expired = ended  # type: ignore[assignment]
    signed(few, signer, lambda body: None, approve_at.strftime("%Y-%m-%dT%H:%M:%SZ"))


def test_a_planted_approval_does_not_turn_back_the_day(leave: Path, singleout: Run) -> None:
    assert singleout("keygen", "stranger", "--unencrypted")[0] == 0
    plant(leave, singleout, "stranger.pem", "2026-03-01")
    before = approval_path(leave / "few.csv").read_bytes()
    code, _, err = singleout(*APPROVE, "--key", "officer.pem", "--trusted", "chief.pub.pem")
    assert code == 2
    assert "as of 2026-03-01, and no trusted key says so" in err
    assert approval_path(leave / "few.csv").read_bytes() == before


def test_a_trusted_day_does_not_bring_back_what_expired(leave: Path, singleout: Run) -> None:
    plant(leave, singleout, "chief.pem", "2026-03-01")
    code, _, err = singleout(*APPROVE, "--key", "officer.pem", "--trusted", "chief.pub.pem")
    assert (code, "expired on 2026-03-31" in err) == (2, True)
    verify_it = ("verify", "few.csv", "--policy", "leave.toml", "--trusted")
    code, out, _ = singleout(*verify_it, "chief.pub.pem")
    assert (code, "verdict release as of 2026-03-01" in out) == (0, True)


def test_a_statement_made_after_leave_expired_does_not_verify(leave: Path, singleout: Run) -> None:
    from singleout.evidence.keys import load_private

    plant(leave, singleout, "chief.pem", "2026-03-01")
    signed(
        leave / "few.csv",
        load_private(leave / "officer.pem", None),
        lambda body: None,
        "2026-07-01T00:00:00Z",
    )
    code, out, _ = singleout(
        "verify", "few.csv", "--policy", "leave.toml", "--trusted", "officer.pub.pem"
    )
    assert (code, "NOT APPROVED: date: an acceptance had expired on 2026-03-31" in out) == (1, True)


def test_a_trusted_day_is_taken_while_leave_holds(leave: Path, singleout: Run) -> None:
    (leave / "leave.toml").write_text(LEAVE.replace("2026-03-31", "2999-12-31"))
    plant(leave, singleout, "chief.pem", "2026-03-01")
    code, _, err = singleout(*APPROVE, "--key", "officer.pem")
    assert (code, "no trusted key says so" in err) == (2, True)
    code, out, err = singleout(*APPROVE, "--key", "officer.pem", "--trusted", "chief.pub.pem")
    assert (code, err) == (0, "")
    assert "as of 2026-03-01; signed by 2" in out


def test_a_pipe_is_no_draft(folder: Path, singleout: Run) -> None:
    os.mkfifo(folder / "pipe.csv")
    code, _, err = singleout("approve", "pipe.csv", "--key", "officer.pem", "--reason", "r")
    assert (code, "not a file" in err) == (2, True)
    code, _, err = singleout("verify", "pipe.csv", "--trusted", "officer.pub.pem")
    assert (code, "is a pipe" in err) == (2, True)


def test_the_ledger_takes_the_bytes_whose_approval_holds(
    folder: Path, singleout: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from singleout.evidence.ledger import Ledger

    where = ("--ledger", "l.db", "--key", "l.key")
    assert singleout("ledger", "new", *where)[0] == 0
    counts = ("approve", "counts.csv", "--key", "officer.pem", "--reason", "r")
    assert singleout(*counts)[0] == 0
    real = Ledger.add

    def meddling(self: Ledger, release: Any, **more: Any) -> int:
        (folder / "counts.csv").write_bytes((folder / "staff.csv").read_bytes())
        return real(self, release, **more)

    monkeypatch.setattr(Ledger, "add", meddling)
    code, _, err = singleout("ledger", "add", *where, "counts.csv", "--trusted", "officer.pub.pem")
    assert code == 0, err
    monkeypatch.undo()
    listed = singleout("ledger", "list", "--ledger", folder / "l.db", "--key", folder / "l.key")[1]
    assert "\tcounts.csv\tapproved\trank, officers" in listed


def test_the_gate_wants_the_approval_of_what_it_reviewed(
    folder: Path, singleout: Run, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    from singleout.evidence import verify as verifying

    drafts = pytester.mkdir("drafts")
    (drafts / "draft.csv").write_text(COUNTS)
    key = str(folder / "officer.pem")
    assert singleout("approve", drafts / "draft.csv", "--key", key, "--reason", "r")[0] == 0
    (drafts / "draft.csv").write_text(COUNTS.replace("45", "46"))
    real = verifying.verify

    def meddling(path: Path, *words: Any, **more: Any) -> Any:
        path.write_text(COUNTS)
        return real(path, *words, **more)

    monkeypatch.setattr(verifying, "verify", meddling)
    pytester.makeini(
        "[pytest]\nsingleout_drafts = drafts/*.csv\nsingleout_require_approval = true\n"
        f"singleout_trusted = {os.path.relpath(folder / 'officer.pub.pem', pytester.path)}\n"
    )
    monkeypatch.chdir(pytester.path)
    result = pytester.runpytest_inprocess("-p", "no:cacheprovider")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*changed between its review and its approval*"])
