"""approve and verify as programs, with the real review."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Run
from .people import staff, values, write_csv

pytest.importorskip("singleout.verdict", reason="approve needs the review")

COUNTS = "rank,officers\nConstable,120\nSergeant,45\nInspector,11\n"
FEW = "rank,officers\nConstable,120\nSergeant,2\n"


@pytest.fixture
def folder(tmp_path: Path, singleout: Run) -> Path:
    """A draft of counts, and two approvers without passphrases."""
    (tmp_path / "draft.csv").write_text(COUNTS)
    for name in ("officer", "chief"):
        assert singleout("keygen", name, "--unencrypted")[0] == 0
    return tmp_path


def approve(
    singleout: Run, *more: object, draft: str = "draft.csv", key: str = "officer.pem"
) -> int:
    return singleout("approve", draft, "--key", key, "--reason", "counts only", *more)[0]


def test_approve_then_verify(folder: Path, singleout: Run) -> None:
    assert approve(singleout) == 0
    code, out, err = singleout("verify", "draft.csv", "--trusted", "officer.pub.pem")
    assert (code, err) == (0, "")
    assert "draft.csv: approved (verdict release" in out
    body = json.loads((folder / "draft.csv.approval.json").read_bytes())["body"]
    assert body["policy"][0]["source"] == "preset foi-strict"
    assert body["result"]["file"]["sha256"] == body["draft_sha256"]


def test_an_encrypted_key_and_its_passphrase(folder: Path, singleout: Run) -> None:
    phrase = folder / "phrase"
    phrase.write_text("open sesame\n")
    phrase.chmod(0o600)
    assert singleout("keygen", "sealed", "--passphrase-file", "phrase")[0] == 0
    assert approve(singleout, "--passphrase-file", "phrase", key="sealed.pem") == 0
    assert singleout("verify", "draft.csv", "--trusted", "sealed.pub.pem")[0] == 0
    (folder / "draft.csv.approval.json").unlink()
    phrase.write_text("open sesamE\n")
    code, _, err = singleout(
        "approve",
        "draft.csv",
        "--key",
        "sealed.pem",
        "--reason",
        "x",
        "--passphrase-file",
        "phrase",
    )
    assert (code, "passphrase does not open the key" in err) == (2, True)
    assert "sesam" not in err
    assert not (folder / "draft.csv.approval.json").exists()


def test_a_refusal_is_approved_only_with_an_override(folder: Path, singleout: Run) -> None:
    write_csv(folder / "draft.csv", staff(20))
    assert approve(singleout) == 1
    assert not (folder / "draft.csv.approval.json").exists()
    assert approve(singleout, "--override") == 0
    verify = ("verify", "draft.csv", "--trusted", "officer.pub.pem")
    code, out, _ = singleout(*verify)
    assert (code, "NOT APPROVED: verdict" in out) == (1, True)
    assert singleout(*verify, "--allow-review")[0] == 1
    code, out, _ = singleout(*verify, "--allow-override")
    assert (code, "OVERRIDE of a refusal: counts only" in out) == (0, True)


def test_a_review_is_approved_and_verifies_with_leave(folder: Path, singleout: Run) -> None:
    (folder / "draft.csv").write_text(FEW)
    assert approve(singleout) == 0
    verify = ("verify", "draft.csv", "--trusted", "officer.pub.pem")
    assert singleout(*verify)[0] == 1
    assert singleout(*verify, "--allow-review")[0] == 0


def test_two_persons(folder: Path, singleout: Run) -> None:
    assert approve(singleout) == 0
    both = ("--trusted", "officer.pub.pem", "--trusted", "chief.pub.pem", "--require", "2")
    assert singleout("verify", "draft.csv", *both)[0] == 1
    assert approve(singleout) == 2
    assert approve(singleout, key="chief.pem") == 0
    assert singleout("verify", "draft.csv", *both)[0] == 0


def test_a_policy_file_and_its_trusted_keys(folder: Path, singleout: Run) -> None:
    policy = folder / "p.toml"
    policy.write_text('extends = "foi-strict"\ntrusted_keys = ["officer.pub.pem"]\n')
    assert approve(singleout, "--policy", "p.toml") == 0
    assert singleout("verify", "draft.csv", "--policy", "p.toml")[0] == 0
    code, out, _ = singleout("verify", "draft.csv", "--trusted", "officer.pub.pem")
    assert (code, "NOT APPROVED: policy" in out) == (1, True)
    policy.write_text(policy.read_text() + "# a word more\n")
    code, out, _ = singleout("verify", "draft.csv", "--policy", "p.toml")
    assert (code, "NOT APPROVED: policy" in out) == (1, True)


def test_errors_are_code_2(folder: Path, singleout: Run) -> None:
    assert singleout("verify", "draft.csv", "--trusted", "officer.pub.pem")[0] == 2
    assert approve(singleout) == 0
    code, _, err = singleout("verify", "draft.csv")
    assert (code, "no trusted key was given" in err) == (2, True)
    assert singleout("verify", "none.csv", "--trusted", "officer.pub.pem")[0] == 2
    assert singleout("verify", "draft.csv", "--trusted", "officer.pem")[0] == 2
    assert (
        singleout("verify", "draft.csv", "--trusted", "officer.pub.pem", "--require", "0")[0] == 2
    )
    (folder / "officer.pem").chmod(0o644)
    code, _, err = singleout("approve", "draft.csv", "--key", "officer.pem", "--reason", "x")
    assert (code, "chmod 600" in err) == (2, True)
    assert approve(singleout, "--policy", "none.toml", key="chief.pem") == 2


def test_several_give_the_worst(folder: Path, singleout: Run) -> None:
    assert approve(singleout) == 0
    (folder / "other.csv").write_text(COUNTS)
    trusted = ("--trusted", "officer.pub.pem")
    assert singleout("verify", "draft.csv", "other.csv", *trusted)[0] == 2
    (folder / "other.csv.approval.json").write_bytes(b"{}")
    code, out, _ = singleout("verify", "draft.csv", "other.csv", *trusted)
    assert (code, "other.csv: NOT APPROVED: approval" in out) == (1, True)


def test_approved_releases_in_the_ledger(folder: Path, singleout: Run) -> None:
    where = ("--ledger", "l.db", "--key", "l.key")
    assert singleout("ledger", "new", *where)[0] == 0
    add = ("ledger", "add", *where, "draft.csv", "--trusted", "officer.pub.pem")
    assert singleout(*add)[0] == 2
    assert approve(singleout) == 0
    code, out, _ = singleout(*add)
    assert (code, "its approval holds" in out) == (0, True)
    assert "\tapproved\t" in singleout("ledger", "list", *where)[1]
    (folder / "draft.csv").write_text(COUNTS.replace("45", "46"))
    code, _, err = singleout(*add)
    assert (code, "not added: file" in err) == (1, True)


def test_no_value_in_approval_or_output(folder: Path, singleout: Run) -> None:
    people = staff(40)
    write_csv(folder / "draft.csv", people)
    said = [
        singleout("approve", "draft.csv", "--key", "officer.pem", "--reason", "r", *more)
        for more in ((), ("--override",))
    ]
    said.append(
        singleout("verify", "draft.csv", "--trusted", "officer.pub.pem", "--allow-override")
    )
    assert [code for code, _, _ in said] == [1, 0, 0]
    text = "".join(out + err for _, out, err in said)
    text += (folder / "draft.csv.approval.json").read_text()
    assert [value for value in values(people) if value.lower() in text.lower()] == []
