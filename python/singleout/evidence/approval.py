"""`approve`: review a draft, and sign what was found and why it may be released."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from singleout import __version__, _keyed
from singleout.base.files import reason_of
from singleout.evidence import canonical, days
from singleout.evidence.draftfile import DraftBytes, holding
from singleout.evidence.errors import EvidenceError, RefusedError
from singleout.evidence.keys import PublicKey, sync_folder, write_new
from singleout.evidence.policyfile import PolicyFiles, keys_to_trust
from singleout.evidence.statement import FORMAT, MOST_BYTES, SUFFIX, Approval, Statement

if TYPE_CHECKING:
    from singleout.policy.model import Policy

__all__ = ["Review", "Reviewer", "approval_path", "approve"]


class Review(Protocol):
    """What an approval needs of a review."""

    @property
    def verdict(self) -> str:
        """``"release"``, ``"refuse"`` or ``"review"``."""

    @property
    def accepted(self) -> Sequence[Any]:
        """The findings that the policy lets pass, each with ``to_dict``."""

    def to_dict(self) -> dict[str, Any]:
        """The review as plain data, without a value of the draft.

        ``file`` and ``policy`` each have the ``sha256`` of what was reviewed, and under what.
        """


class Reviewer(Protocol):
    """Something that reviews a draft, such as `singleout.review`."""

    def __call__(
        self, draft: bytes | Path, name: str, policy: Policy, as_of: dt.date | None
    ) -> Review:
        """Review a draft of that name under a policy, acceptances judged on a day (today)."""


def approval_path(draft: str | os.PathLike[str]) -> Path:
    """Return where the approval of a draft is: beside it, with ``.approval.json`` added."""
    draft = Path(draft)
    return draft.with_name(draft.name + SUFFIX)


def approve(
    draft: str | os.PathLike[str],
    key: _keyed.PrivateKey,
    reason: str,
    *,
    reviewer: Reviewer,
    policy: str | os.PathLike[str] | None = None,
    override: bool = False,
    trusted: Sequence[PublicKey | str | os.PathLike[str]] = (),
) -> Approval:
    """Review a draft and write its approval, or add a statement to the one that is there.

    The draft and the policy's files are read once; what was read is reviewed and signed.

    Parameters
    ----------
    draft : path
        The file that is to be released.
    key : PrivateKey
        The approver's.
    reason : str
        Why it may be released, in the approver's words.
    reviewer : callable
        Reviews the draft under the policy.
    policy : path or str, optional
        A policy file or a preset's name; foi-strict when left out.
    override : bool
        Approve although the review refuses.
    trusted : sequence of PublicKey or path
        Keys whose statement is believed to say on which day the review was made that this one
        repeats; the policy's ``trusted_keys`` when there are none. Whatever else lies beside the
        draft, acceptances are judged as of today.

    Returns
    -------
    Approval
        What is now in ``<draft>.approval.json``.

    Raises
    ------
    RefusedError
        If the review refuses and `override` is not set; nothing is written then.
    EvidenceError
        If the reason is empty, the review is of another draft or policy than was read, an approval
        that is there is of something else, an acceptance in it has expired, or this key has signed
        it already.
    """
    draft = Path(draft)
    if not reason.strip():
        raise EvidenceError("give the reason for the approval: --reason")
    files = PolicyFiles(policy)
    rules = files.load()
    with holding(draft) as held:
        earlier = _earlier(approval_path(draft))
        day = None
        if earlier is not None and days.vouched(earlier, keys_to_trust(trusted, files)):
            day = days.reviewed_on(earlier.body)
        found = reviewer(held.content, held.name, rules, day)
        if found.verdict == "refuse" and not override:
            raise RefusedError(
                f"{draft}: the review refuses it, so it was not approved; see `singleout review`. "
                "To release it all the same, give --override and say why in --reason"
            )
        body = _body(draft, held, files, rules, found)
        statement = _sign(key, body, reason, override and found.verdict == "refuse")
        approval = _joined(draft, earlier, body, statement)
        _write(approval_path(draft), approval, over=earlier is not None)
    return approval


def _earlier(path: Path) -> Approval | None:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as problem:
        raise EvidenceError(f"{path}: cannot be read: {reason_of(problem)}") from None
    try:
        approval = Approval.from_bytes(data)
    except canonical.NotCanonicalError as problem:
        raise EvidenceError(f"{path}: {problem}; move it away and approve anew") from None
    if not all(one.holds(approval.body) for one in approval.statements):
        raise EvidenceError(f"{path}: it was changed after it was signed; move it away")
    return approval


def _body(
    draft: Path, held: DraftBytes, files: PolicyFiles, rules: Policy, found: Review
) -> dict[str, Any]:
    result = found.to_dict()
    of = {part: result.get(part, {}).get("sha256") for part in ("file", "policy")}
    if of != {"file": held.sha256, "policy": rules.sha256}:
        raise EvidenceError(f"{draft}: it or the policy changed during the review; try again")
    body = {
        "accepted": [one.to_dict() for one in found.accepted],
        "draft_bytes": held.size,
        "draft_sha256": held.sha256,
        "format": FORMAT,
        "policy": files.digests,
        "result": result,
        "result_sha256": _keyed.sha256(canonical.dumps(result)).hex(),
        "tool": {"name": "singleout", "version": __version__},
        "verdict": found.verdict,
    }
    ended = days.expired(body, dt.date.today())
    if ended is not None:
        raise EvidenceError(
            f"{approval_path(draft)}: rests on an acceptance that expired on {ended}; move it away "
            "and approve anew"
        )
    return body


def _sign(key: _keyed.PrivateKey, body: dict[str, Any], reason: str, override: bool) -> Statement:
    raw = key.public()
    statement = Statement(
        key_id=PublicKey(raw).key_id,
        public_key=raw.hex(),
        time=dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        reason=reason.strip(),
        override=override,
    )
    return replace(statement, signature=key.sign(statement.signed_bytes(body)).hex())


def _joined(
    draft: Path, earlier: Approval | None, body: dict[str, Any], statement: Statement
) -> Approval:
    if earlier is None:
        return Approval(body, (statement,))
    where = approval_path(draft)
    for part, name in (
        ("draft_sha256", "another content of the file"),
        ("policy", "another policy"),
        ("tool", "another version of singleout"),
        ("result_sha256", "another result of the review"),
    ):
        if earlier.body[part] != body[part]:
            days_differ = days.reviewed_on(earlier.body) != days.reviewed_on(body)
            if part == "result_sha256" and days_differ:
                raise EvidenceError(
                    f"{where}: its review was made as of {days.reviewed_on(earlier.body)}, and no "
                    "trusted key says so: give --trusted KEY.pub.pem of whoever approved it then, "
                    "or move it away and approve anew"
                )
            raise EvidenceError(f"{where}: is of {name}; move it away and approve anew")
    if earlier.body != body:
        raise EvidenceError(f"{where}: is of something else; move it away and approve anew")
    if any(one.key_id == statement.key_id for one in earlier.statements):
        raise EvidenceError(f"{where}: this key has approved it already; nothing was added")
    return Approval(body, (*earlier.statements, statement))


def _write(path: Path, approval: Approval, *, over: bool) -> None:
    data = approval.to_bytes()
    if not over:
        write_new(path, data, 0o644)
        return
    new = path.with_name(path.name + ".new")
    write_new(new, data, 0o644)
    try:
        os.replace(new, path)
        sync_folder(path)
    except OSError as problem:
        new.unlink(missing_ok=True)
        raise EvidenceError(f"{path}: cannot be written: {reason_of(problem)}") from None
