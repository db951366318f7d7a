"""`singleout approve DRAFT`: review it, and sign that it may be released."""

from __future__ import annotations

import argparse
import sys

from singleout.base import exit_codes
from singleout.base.printable import printable
from singleout.cli.options import weaker_in_words


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("draft", metavar="DRAFT", help="the file that is to be released")
    parser.add_argument("--policy", metavar="P", help="a policy file or a preset (foi-strict)")
    parser.add_argument("--key", metavar="KEY.pem", required=True, help="your private key")
    parser.add_argument("--reason", required=True, help="why it may be released")
    parser.add_argument(
        "--passphrase-file",
        metavar="F",
        help="take the key's passphrase from the first line of F instead of the terminal",
    )
    parser.add_argument(
        "--ledger", metavar="L", help="look for links to the earlier releases in this ledger too"
    )
    parser.add_argument("--ledger-key", metavar="K", help="the ledger's key file")
    parser.add_argument(
        "--link",
        action="append",
        default=[],
        metavar="FIELD=NAME",
        help="FIELD is what earlier releases call NAME (again for more)",
    )
    parser.add_argument(
        "--trusted",
        action="append",
        default=[],
        metavar="KEY.pub.pem",
        help="an earlier approver's key: believe its statement when the review was made (again "
        "for more); the policy's trusted_keys when left out",
    )
    parser.add_argument(
        "--override", action="store_true", help="approve although the review refuses"
    )


def run(options: argparse.Namespace) -> int:
    """Review the draft and write its approval beside it.

    Returns
    -------
    int
        0 when it is approved, 1 when the review refuses it.
    """
    from singleout import _keyed
    from singleout.evidence.approval import approval_path, approve
    from singleout.evidence.days import reviewed_on
    from singleout.evidence.errors import EvidenceError, RefusedError
    from singleout.evidence.keys import load_private
    from singleout.evidence.reviewer import reviewing
    from singleout.policy.unapplied import not_applied

    if options.policy is None and (words := not_applied()):
        sys.stderr.write(f"singleout: {words}\n")
    _keyed.forbid_core_files()
    try:
        with reviewing(options.ledger, options.ledger_key, options.link) as reviewer:
            approval = approve(
                options.draft,
                load_private(options.key, options.passphrase_file),
                options.reason,
                reviewer=reviewer,
                policy=options.policy,
                override=options.override,
                trusted=options.trusted,
            )
    except RefusedError as problem:
        sys.stderr.write(f"singleout: {problem}\n")
        return exit_codes.REFUSE
    except _keyed.Error as problem:
        raise EvidenceError(str(problem)) from None
    where = printable(str(approval_path(options.draft)))
    if weaker := weaker_in_words(approval.body["result"]):
        sys.stdout.write(f"{where}: {weaker}\n")
    last = approval.statements[-1]
    said = "OVERRIDES a refusal" if last.override else f"verdict {approval.body['verdict']}"
    sys.stdout.write(
        f"{where}: {said} as of {reviewed_on(approval.body)}; "
        f"signed by {len(approval.statements)}, the last with key {last.key_id[:16]}\n"
    )
    return exit_codes.DONE
