"""Approvals: what is signed, what may be approved, and that nothing can be changed afterwards."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from singleout import _keyed
from singleout.evidence.approval import approval_path, approve
from singleout.evidence.errors import EvidenceError, RefusedError
from singleout.evidence.keys import PublicKey
from singleout.evidence.statement import Approval, Statement
from singleout.evidence.verify import Verified, drafts_in, verify

from .conftest import by_rows
from .people import staff, values, write_csv

POLICY = 'title = "A policy"\n[counts]\nsmall_to = 9\n'


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    path = tmp_path / "p.toml"
    path.write_text(POLICY)
    return path


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.csv"
    path.write_text("rank,count\nConstable,120\nSergeant,30\nInspector,11\n")
    return path


def public(key: _keyed.PrivateKey) -> PublicKey:
    return PublicKey(key.public())


def sign(draft: Path, key: _keyed.PrivateKey, policy: Path, **more: object) -> Approval:
    return approve(draft, key, "counts only", reviewer=by_rows, policy=policy, **more)  # type: ignore[arg-type]


def parts(found: Verified) -> set[str]:
    return {one.part for one in found.failures}


def test_an_approval_holds(draft: Path, officer: _keyed.PrivateKey, policy: Path) -> None:
    sign(draft, officer, policy)
    found = verify(draft, [public(officer)], policy=policy)
    assert found.code == 0
    assert found.failures == ()
    assert [one.reason for one in found.statements] == ["counts only"]
    body = json.loads(approval_path(draft).read_bytes())["body"]
    assert body["draft_sha256"] == _keyed.sha256(draft.read_bytes()).hex()
    assert body["policy"] == [
        {"sha256": _keyed.sha256(policy.read_bytes()).hex(), "source": "file"}
    ]
    assert body["verdict"] == "release"
    assert body["tool"]["name"] == "singleout"


def test_every_changed_byte_of_the_draft_is_refused(
    draft: Path, officer: _keyed.PrivateKey, policy: Path
) -> None:
    sign(draft, officer, policy)
    whole = draft.read_bytes()
    for place in range(len(whole)):
        draft.write_bytes(flipped(whole, place))
        found = verify(draft, [public(officer)], policy=policy)
        assert (found.code, parts(found)) == (1, {"file"}), place
    for other in (whole + b"\n", whole[:-1], b""):
        draft.write_bytes(other)
        assert parts(verify(draft, [public(officer)], policy=policy)) == {"file"}


def test_every_changed_byte_of_the_policy_is_refused(
    draft: Path, officer: _keyed.PrivateKey, policy: Path
) -> None:
    sign(draft, officer, policy)
    whole = policy.read_bytes()
    for place in range(len(whole)):
        policy.write_bytes(flipped(whole, place))
        found = verify(draft, [public(officer)], policy=policy)
        assert (found.code, "policy" in parts(found)) == (1, True), place


@pytest.mark.parametrize("signers", [1, 2])
def test_every_changed_byte_of_the_approval_is_refused(
    draft: Path,
    officer: _keyed.PrivateKey,
    chief: _keyed.PrivateKey,
    policy: Path,
    signers: int,
) -> None:
    for key in (officer, chief)[:signers]:
        sign(draft, key, policy)
    path = approval_path(draft)
    whole = path.read_bytes()
    trusted = [public(officer)]  # the second signer is not trusted, and still may not be changed
    assert verify(draft, trusted, policy=policy).code == 0
    for place in range(len(whole)):
        path.write_bytes(flipped(whole, place, place % 6))
        found = verify(draft, trusted, policy=policy)
        assert found.code == 1, place
        assert parts(found), place
    for other in (b"", whole[:-1], whole + b"\n", b" " + whole, whole.replace(b":", b": ", 1)):
        path.write_bytes(other)
        assert parts(verify(draft, trusted, policy=policy)) == {"approval"}


def flipped(whole: bytes, place: int, bit: int = 0) -> bytes:
    return whole[:place] + bytes([whole[place] ^ (1 << bit)]) + whole[place + 1 :]


def test_a_part_is_named(draft: Path, officer: _keyed.PrivateKey, policy: Path) -> None:
    sign(draft, officer, policy)
    path = approval_path(draft)
    value = json.loads(path.read_bytes())
    value["body"]["result"]["rows"] += 1
    path.write_bytes(
        Approval(value["body"], tuple(Statement(**s) for s in value["statements"])).to_bytes()
    )
    assert parts(verify(draft, [public(officer)], policy=policy)) >= {"result", "signature"}


def test_a_key_that_comes_with_the_approval_proves_nothing(
    draft: Path, officer: _keyed.PrivateKey, policy: Path
) -> None:
    sign(draft, _keyed.PrivateKey.generate(), policy)
    found = verify(draft, [public(officer)], policy=policy)
    assert (found.code, parts(found)) == (1, {"trust"})
    assert verify(draft, [], policy=policy).code == 2


def test_a_statement_cannot_be_moved_to_another_draft(
    draft: Path, officer: _keyed.PrivateKey, policy: Path
) -> None:
    sign(draft, officer, policy)
    other = draft.with_name("other.csv")
    other.write_text(draft.read_text().replace("120", "121"))
    approval_path(draft).rename(approval_path(other))
    assert parts(verify(other, [public(officer)], policy=policy)) == {"file"}


def test_a_statement_cannot_be_signed_in_anothers_name(
    draft: Path, officer: _keyed.PrivateKey, policy: Path
) -> None:
    mine = sign(draft, _keyed.PrivateKey.generate(), policy)
    forged = Statement(
        **{
            **mine.statements[0].to_dict(),
            "public_key": public(officer).raw.hex(),
            "key_id": public(officer).key_id,
        }
    )
    approval_path(draft).write_bytes(Approval(mine.body, (forged,)).to_bytes())
    assert "signature" in parts(verify(draft, [public(officer)], policy=policy))


def test_a_refused_draft_needs_an_override(
    draft: Path, officer: _keyed.PrivateKey, policy: Path
) -> None:
    draft.write_text("rank,count\nConstable,1\n")
    with pytest.raises(RefusedError, match="--override"):
        sign(draft, officer, policy)
    assert not approval_path(draft).exists()
    approval = sign(draft, officer, policy, override=True)
    assert approval.statements[0].override
    assert parts(verify(draft, [public(officer)], policy=policy)) == {"verdict"}
    trusted = [public(officer)]
    assert verify(draft, trusted, policy=policy, allow_review=True).code == 1
    assert verify(draft, trusted, policy=policy, allow_override=True).code == 0


def test_a_draft_for_review_needs_leave(
    draft: Path, officer: _keyed.PrivateKey, policy: Path
) -> None:
    draft.write_text("rank,count\nConstable,1\nSergeant,2\n")
    assert not sign(draft, officer, policy, override=True).statements[0].override
    trusted = [public(officer)]
    assert parts(verify(draft, trusted, policy=policy)) == {"verdict"}
    assert verify(draft, trusted, policy=policy, allow_override=True).code == 1
    assert verify(draft, trusted, policy=policy, allow_review=True).code == 0


def test_two_persons(
    draft: Path, officer: _keyed.PrivateKey, chief: _keyed.PrivateKey, policy: Path
) -> None:
    sign(draft, officer, policy)
    both = [public(officer), public(chief)]
    assert parts(verify(draft, both, policy=policy, require=2)) == {"trust"}
    with pytest.raises(EvidenceError, match="approved it already"):
        sign(draft, officer, policy)
    approval = sign(draft, chief, policy)
    assert len({one.key_id for one in approval.statements}) == 2
    assert verify(draft, both, policy=policy, require=2).code == 0
    assert parts(verify(draft, [public(officer)] * 2, policy=policy, require=2)) == {"trust"}
    assert parts(verify(draft, both, policy=policy, require=3)) == {"trust"}


def test_the_first_statement_twice_is_not_two_persons(
    draft: Path, officer: _keyed.PrivateKey, chief: _keyed.PrivateKey, policy: Path
) -> None:
    approval = sign(draft, officer, policy)
    twice = Approval(approval.body, approval.statements * 2)
    approval_path(draft).write_bytes(twice.to_bytes())
    both = [public(officer), public(chief)]
    assert parts(verify(draft, both, policy=policy, require=2)) == {"trust"}


def test_a_second_approver_signs_the_same(
    draft: Path, officer: _keyed.PrivateKey, chief: _keyed.PrivateKey, policy: Path
) -> None:
    sign(draft, officer, policy)
    draft.write_text(draft.read_text() + "Chief,12\n")
    with pytest.raises(EvidenceError, match="another content"):
        sign(draft, chief, policy)
    assert len(Approval.from_bytes(approval_path(draft).read_bytes()).statements) == 1


def test_a_changed_approval_is_not_added_to(
    draft: Path, officer: _keyed.PrivateKey, chief: _keyed.PrivateKey, policy: Path
) -> None:
    sign(draft, officer, policy)
    path = approval_path(draft)
    path.write_bytes(path.read_bytes().replace(b"counts only", b"counts onlY"))
    with pytest.raises(EvidenceError, match="changed after it was signed"):
        sign(draft, chief, policy)


def test_a_reason_is_needed(draft: Path, officer: _keyed.PrivateKey, policy: Path) -> None:
    with pytest.raises(EvidenceError, match="reason"):
        approve(draft, officer, "  ", reviewer=by_rows, policy=policy)


def test_a_policys_own_keys_are_trusted_from_its_folder(
    draft: Path, officer: _keyed.PrivateKey, policy: Path
) -> None:
    (policy.parent / "officer.pub.pem").write_bytes(_keyed.public_to_pem(officer.public()))
    policy.write_text('trusted_keys = ["officer.pub.pem"]\n' + POLICY)
    sign(draft, officer, policy)
    assert verify(draft, policy=policy).code == 0
    sign_again = _keyed.PrivateKey.generate()
    approval_path(draft).unlink()
    sign(draft, sign_again, policy)
    assert parts(verify(draft, policy=policy)) == {"trust"}


def test_a_changed_base_of_the_policy_is_found(
    draft: Path, officer: _keyed.PrivateKey, policy: Path
) -> None:
    base = policy.with_name("base.toml")
    base.write_text(POLICY)
    policy.write_text('extends = "base.toml"\n')
    sign(draft, officer, policy)
    assert verify(draft, [public(officer)], policy=policy).code == 0
    base.write_text(POLICY.replace("9", "8"))
    assert parts(verify(draft, [public(officer)], policy=policy)) == {"policy"}


def test_what_is_not_there_is_an_error(
    draft: Path, officer: _keyed.PrivateKey, policy: Path
) -> None:
    trusted = [public(officer)]
    found = verify(draft, trusted, policy=policy)
    assert (found.code, "no approval found" in found.error) == (2, True)
    sign(draft, officer, policy)
    assert verify(draft, [draft.with_name("none.pub.pem")], policy=policy).code == 2
    assert verify(draft, trusted, policy=draft.with_name("none.toml")).code == 2
    draft.unlink()
    assert verify(draft, trusted, policy=policy).code == 2


def test_folders(draft: Path, officer: _keyed.PrivateKey, policy: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    (folder / "deep").mkdir(parents=True)
    for name in ("a.csv", "deep/b.csv"):
        (folder / name).write_text(draft.read_text())
        sign(folder / name, officer, policy)
    assert drafts_in([folder]) == [folder / "a.csv", folder / "deep" / "b.csv"]
    (folder / ".hidden.csv").write_text("x")
    (folder / "a.csv").unlink()
    found = drafts_in([folder])
    assert folder / ".hidden.csv" in found
    assert folder / "a.csv" in found
    (tmp_path / "empty").mkdir()
    with pytest.raises(EvidenceError, match="no file"):
        drafts_in([tmp_path / "empty"])


def test_approvals_hold_no_value(tmp_path: Path, officer: _keyed.PrivateKey, policy: Path) -> None:
    table = staff(50)
    sign(write_csv(tmp_path / "staff.csv", table), officer, policy)
    text = approval_path(tmp_path / "staff.csv").read_text().lower()
    assert [value for value in values(table) if value.lower() in text] == []
