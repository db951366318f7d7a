"""`verify`: does an approval hold for these very bytes, by keys that are trusted?"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from singleout import __version__, _keyed
from singleout.base.files import reason_of
from singleout.errors import PolicyError
from singleout.evidence import canonical, days
from singleout.evidence.approval import approval_path
from singleout.evidence.errors import EvidenceError
from singleout.evidence.keys import PublicKey, sha256_of
from singleout.evidence.policyfile import PolicyFiles, keys_to_trust
from singleout.evidence.statement import MOST_BYTES, SUFFIX, Approval, Statement

__all__ = ["Failure", "Verified", "drafts_in", "verify"]


@dataclass(frozen=True, slots=True)
class Failure:
    """One part that does not match.

    Parameters
    ----------
    part : str
        "approval", "date", "file", "policy", "result", "signature", "trust" or "verdict".
    words : str
        What is the matter, and what to do.
    """

    part: str
    words: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What came of verifying one draft.

    Parameters
    ----------
    draft : Path
        The file.
    failures : tuple of Failure
        Every part that does not match.
    error : str
        Why it could not be verified at all; empty when it could.
    statements : tuple of Statement
        The statements by trusted keys that hold.
    body : dict or None
        What they signed.
    sha256, approval_sha256 : str
        Of the bytes that were looked at, the draft's and the approval's, in hexadecimal: whoever
        hands on a file compares. Empty where they could not be read.
    """

    draft: Path
    failures: tuple[Failure, ...] = ()
    error: str = ""
    statements: tuple[Statement, ...] = ()
    body: dict[str, Any] | None = None
    sha256: str = ""
    approval_sha256: str = ""

    @property
    def code(self) -> int:
        """0 when it holds, 1 when something does not match, 2 when it could not be verified."""
        if self.failures:
            return 1
        return 2 if self.error else 0


def verify(
    draft: str | os.PathLike[str],
    trusted: Iterable[PublicKey | str | os.PathLike[str]] = (),
    *,
    policy: str | os.PathLike[str] | None = None,
    require: int = 1,
    allow_review: bool = False,
    allow_override: bool = False,
    content: bytes | None = None,
) -> Verified:
    """Check a draft's approval; the review is not run again.

    Parameters
    ----------
    draft : path
        The file; its approval is beside it.
    trusted : iterable of PublicKey or path
        Keys to trust; the policy's ``trusted_keys`` when there are none.
    policy : path or str, optional
        The policy that it must have been approved under; foi-strict when left out.
    require : int
        How many different trusted keys must have signed.
    allow_review, allow_override : bool
        Let an approval pass whose verdict was review, or refuse.
    content : bytes, optional
        What came in the draft's place, such as on standard input; the file's when left out.

    Returns
    -------
    Verified
        With every part that does not match.
    """
    draft = Path(draft)
    try:
        return _verify(draft, list(trusted), policy, require, allow_review, allow_override, content)
    except (EvidenceError, _keyed.Error) as problem:
        return Verified(draft, error=str(problem))


def _verify(
    draft: Path,
    trusted: Sequence[PublicKey | str | os.PathLike[str]],
    policy: str | os.PathLike[str] | None,
    require: int,
    allow_review: bool,
    allow_override: bool,
    content: bytes | None,
) -> Verified:
    digest = sha256_of(draft) if content is None else _keyed.sha256(content).hex()
    data = _read(approval_path(draft))
    files = PolicyFiles(policy)
    try:
        approval = Approval.from_bytes(data)
    except canonical.NotCanonicalError as problem:
        return Verified(draft, (Failure("approval", f"it was changed: {problem}"),), sha256=digest)
    failures = _mismatches(approval.body, digest, files)
    unsigned = [one for one in approval.statements if not one.holds(approval.body)]
    if unsigned:
        ids = ", ".join(one.key_id[:16] for one in unsigned)
        failures.append(Failure("signature", f"is not of this approval (key {ids})"))
    keys = keys_to_trust(trusted, files)
    if not keys and not failures:
        raise EvidenceError(
            f"{draft}: no trusted key was given: use --trusted KEY.pub.pem, or trusted_keys in the "
            "policy; a key that comes with the approval proves nothing"
        )
    raws = {key.raw.hex() for key in keys}
    good = {
        one.public_key: one
        for one in approval.statements
        if one not in unsigned and one.public_key in raws
    }
    if keys and len(good) < require:
        failures.append(Failure("trust", _untrusted(len(good), require)))
    failures.extend(_dates(approval, tuple(good.values())))
    failures.extend(_verdict(approval, tuple(good.values()), allow_review, allow_override))
    return Verified(
        draft,
        tuple(failures),
        statements=tuple(good.values()),
        body=approval.body,
        sha256=digest,
        approval_sha256=_keyed.sha256(data).hex(),
    )


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise EvidenceError(
            f"{path}: no approval found; make one with `singleout approve`"
        ) from None
    except OSError as problem:
        raise EvidenceError(f"{path}: cannot be read: {reason_of(problem)}") from None
    return data


def _mismatches(body: dict[str, Any], digest: str, files: PolicyFiles) -> list[Failure]:
    failures = []
    result = body["result"]
    if not _same(body["draft_sha256"], digest):
        failures.append(Failure("file", "its bytes are not those that were approved"))
    if not _same(body["draft_sha256"], _digest_in(result, "file")):
        failures.append(Failure("result", "the review was of other bytes than were approved"))
    if body["policy"] != files.digests:
        failures.append(
            Failure("policy", "not the one that the draft was approved under (give --policy?)")
        )
    elif not _reviewed_under(body, files):
        failures.append(Failure("policy", "the review was under another than was approved"))
    if not _same(body["result_sha256"], _keyed.sha256(canonical.dumps(result)).hex()):
        failures.append(Failure("result", "the review's result was changed"))
    if result.get("verdict") != body["verdict"]:
        failures.append(Failure("result", "the review came to another verdict than was approved"))
    return failures


def _digest_in(result: dict[str, Any], part: str) -> str:
    inner = result.get(part)
    said = inner.get("sha256") if isinstance(inner, dict) else None
    return said if isinstance(said, str) else ""


def _reviewed_under(body: dict[str, Any], files: PolicyFiles) -> bool:
    """Whether the review's policy is what these files say, as far as this version can tell."""
    if body["tool"].get("version") != __version__:
        return True  # Another version may know other settings; the files are the same bytes.
    try:
        return _same(_digest_in(body["result"], "policy"), files.load().sha256)
    except PolicyError:
        return False


def _dates(approval: Approval, good: Sequence[Statement]) -> Iterable[Failure]:
    for one in good:
        ended = days.expired_when_signed(approval.body, one)
        if ended is not None:
            words = f"an acceptance had expired on {ended} when key {one.key_id[:16]} signed"
            yield Failure("date", words)


def _same(a: str, b: str) -> bool:
    return _keyed.equal(a.encode("utf-8"), b.encode("utf-8"))


def _untrusted(found: int, require: int) -> str:
    if require == 1:
        return "no trusted key has signed it"
    return f"{found} of the {require} different trusted keys asked for have signed it"


def _verdict(
    approval: Approval, good: tuple[Statement, ...], allow_review: bool, allow_override: bool
) -> list[Failure]:
    verdict = approval.body["verdict"]
    if verdict == "release" or (verdict == "review" and allow_review):
        return []
    if verdict == "review":
        return [Failure("verdict", "was 'review': allow it with --allow-review")]
    if verdict == "refuse" and allow_override:
        if all(one.override for one in good):
            return []
        return [Failure("verdict", "was 'refuse', and a statement does not say that it overrides")]
    if verdict == "refuse":
        return [Failure("verdict", "was 'refuse': allow the override with --allow-override")]
    return [Failure("verdict", "is none that this version knows")]


def drafts_in(paths: Iterable[str | os.PathLike[str]]) -> list[Path]:
    """List the files to verify: those named, and in folders every file but approvals.

    Hidden files count, for what is in the folder may be sent with it; so does the file of an
    approval that has lost it.

    Raises
    ------
    EvidenceError
        If a folder holds no file.
    """
    found: list[Path] = []
    for path in map(Path, paths):
        if not path.is_dir():
            found.append(path)
            continue
        inside = sorted(item for item in path.rglob("*") if not item.is_dir())
        drafts = [item for item in inside if not item.name.endswith(SUFFIX)]
        approvals = (item for item in inside if item.name.endswith(SUFFIX))
        approved = {item.with_name(item.name[: -len(SUFFIX)]) for item in approvals}
        if not drafts and not approved:
            raise EvidenceError(f"{path}: the folder holds no file to verify")
        found.extend(sorted({*drafts, *approved}))
    return found
