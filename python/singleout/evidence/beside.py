"""What lies beside drafts and is none: their approvals."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from singleout.errors import SingleoutError
from singleout.evidence.statement import MOST_BYTES, SUFFIX, Approval


def approved_draft(path: Path, trusted: Sequence[Path] = ()) -> Path | None:
    """Return the draft that a file is the approval of; None where it is no such approval.

    A name says nothing: the file must be an approval whose signatures hold, for a draft that is
    beside it. Whether it is the draft's approval as it is now, `verify` says.

    Parameters
    ----------
    path : Path
        The file.
    trusted : sequence of Path
        Public keys; where there are some, one of them must have signed.

    Examples
    --------
    >>> approved_draft(Path("no-such-file.approval.json")) is None
    True
    """
    if not path.name.endswith(SUFFIX):
        return None
    draft = path.with_name(path.name[: -len(SUFFIX)])
    if not draft.is_file() or not path.is_file():
        return None
    from singleout import _keyed
    from singleout.evidence import canonical
    from singleout.evidence.keys import load_public

    try:
        with path.open("rb") as file:
            approval = Approval.from_bytes(file.read(MOST_BYTES + 1))
        body = approval.body
        digest = _keyed.sha256(canonical.dumps(body["result"])).hex()
        keys = {load_public(key).raw.hex() for key in trusted}
    except (canonical.NotCanonicalError, SingleoutError, OSError):
        return None
    signed = {one.public_key for one in approval.statements if one.holds(body)}
    holds = len(signed) == len(approval.statements) > 0 and digest == body["result_sha256"]
    return draft if holds and (not keys or keys & signed) else None
