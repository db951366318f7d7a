"""`singleout verify DRAFT...`: is each approved, as it is, by someone who is trusted?"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from singleout.base import exit_codes

if TYPE_CHECKING:
    from singleout.evidence.verify import Verified


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("drafts", nargs="+", metavar="DRAFT", help="files, or folders of them")
    parser.add_argument(
        "--trusted",
        action="append",
        default=[],
        metavar="KEY.pub.pem",
        help="a key to trust (again for more); the policy's trusted_keys when left out",
    )
    parser.add_argument("--policy", metavar="P", help="a policy file or a preset (foi-strict)")
    parser.add_argument(
        "--require", type=int, default=1, metavar="N", help="N different trusted keys (1)"
    )
    parser.add_argument("--allow-review", action="store_true", help="let verdict review pass")
    parser.add_argument(
        "--allow-override", action="store_true", help="let an overridden refusal pass"
    )


def run(options: argparse.Namespace) -> int:
    """Verify every draft and say which part of which does not match.

    Returns
    -------
    int
        0 when all hold; 1 when something was changed or does not suffice; else 2 when something
        could not be verified.
    """
    from singleout.evidence.errors import EvidenceError
    from singleout.evidence.keys import load_public
    from singleout.evidence.verify import drafts_in, verify
    from singleout.policy.unapplied import not_applied

    if options.policy is None and (words := not_applied()):
        sys.stderr.write(f"singleout: {words}\n")
    if options.require < 1:
        raise EvidenceError("--require takes a whole number from 1")
    keys = [load_public(path) for path in options.trusted]
    results = [
        verify(
            draft,
            keys,
            policy=options.policy,
            require=options.require,
            allow_review=options.allow_review,
            allow_override=options.allow_override,
        )
        for draft in drafts_in(options.drafts)
    ]
    for one in results:
        _say(one)
    return exit_codes.worst(one.code for one in results)


def _say(one: Verified) -> None:
    from singleout.evidence.days import reviewed_on

    if one.code == 0:
        signers = ", ".join(f"{s.key_id[:16]} {s.time}" for s in one.statements)
        verdict = f"{one.body['verdict']} as of {reviewed_on(one.body)}" if one.body else ""
        sys.stdout.write(f"{one.draft}: approved (verdict {verdict}; {signers})\n")
        for statement in one.statements:
            if statement.override:
                sys.stdout.write(f"{one.draft}: OVERRIDE of a refusal: {statement.reason}\n")
    for failure in one.failures:
        sys.stdout.write(f"{one.draft}: NOT APPROVED: {failure.part}: {failure.words}\n")
    if one.error:
        sys.stderr.write(f"singleout: {one.error}\n")
