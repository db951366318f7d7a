"""`singleout verify DRAFT...`: is each approved, as it is, by someone who is trusted?"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from singleout.base import exit_codes
from singleout.base.printable import printable, printable_lines
from singleout.cli.inputs import Given, add_files, given
from singleout.cli.options import weaker_in_words
from singleout.errors import InputError

if TYPE_CHECKING:
    from singleout.evidence.verify import Verified


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    add_files(parser, "a draft, its approval beside it", dest="drafts")
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
    from singleout.evidence.verify import Verified, verify
    from singleout.policy.unapplied import not_applied

    if options.policy is None and (words := not_applied()):
        sys.stderr.write(f"singleout: {words}\n")
    if options.require < 1:
        raise EvidenceError("--require takes a whole number from 1")
    keys = [load_public(path) for path in options.trusted]
    results = [
        Verified(Path(draft.shown), error=f"{draft.shown}: {draft.problem}")
        if draft.problem
        else verify(
            draft.path or Path(options.name or draft.name),
            keys,
            policy=options.policy,
            require=options.require,
            allow_review=options.allow_review,
            allow_override=options.allow_override,
            content=draft.data,
        )
        for draft in _drafts(options)
    ]
    for one in results:
        _say(one)
    return exit_codes.worst(one.code for one in results)


def _drafts(options: argparse.Namespace) -> list[Given]:
    """The drafts: in a folder all but approvals, and those of approvals that lost theirs."""
    from singleout.evidence.verify import drafts_in

    found: list[Given] = []
    for word in options.drafts:
        alone = options.name if word == "-" else None
        if not Path(word).is_dir():
            found += given([word], alone)
            continue
        unread = [one for one in given([word]) if one.problem]
        known = {one.path for one in unread}
        found += [
            Given(str(path), path.name, path) for path in drafts_in([word]) if path not in known
        ]
        found += unread
    if options.name is not None and "-" not in options.drafts:
        raise InputError("--name says what standard input is called: give one -")
    return found


def _say(one: Verified) -> None:
    from singleout.evidence.days import reviewed_on

    draft = printable(str(one.draft))
    if one.code == 0:
        signers = ", ".join(f"{s.key_id[:16]} {s.time}" for s in one.statements)
        verdict = f"{one.body['verdict']} as of {reviewed_on(one.body)}" if one.body else ""
        sys.stdout.write(f"{draft}: approved (verdict {printable(verdict)}; {signers})\n")
        if weaker := weaker_in_words(one.body["result"] if one.body else {}):
            sys.stdout.write(f"{draft}: {weaker}\n")
        for statement in one.statements:
            if statement.override:
                reason = printable(statement.reason)
                sys.stdout.write(f"{draft}: OVERRIDE of a refusal: {reason}\n")
    for failure in one.failures:
        words = printable(failure.words)
        sys.stdout.write(f"{draft}: NOT APPROVED: {failure.part}: {words}\n")
    if one.error:
        sys.stderr.write(f"singleout: {printable_lines(one.error)}\n")
