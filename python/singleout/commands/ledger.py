"""`singleout ledger ...`: earlier releases as keyed codes, and what a draft adds to them."""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import TYPE_CHECKING

from singleout.base import exit_codes

if TYPE_CHECKING:
    from singleout.evidence.ledger import Ledger


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the actions and their options."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")

    def action(name: str, text: str) -> argparse.ArgumentParser:
        one = actions.add_parser(name, help=text, description=text[:1].upper() + text[1:])
        one.add_argument("--ledger", required=True, metavar="L", help="the ledger's file")
        one.add_argument("--key", required=True, metavar="K", help="its key file, kept apart")
        return one

    action("new", "make an empty ledger, and a key where there is no such file")
    _table_options(add := action("add", "add a release that has left"))
    add.add_argument("--name", help="what to call it; the file's name when left out")
    add.add_argument(
        "--trusted",
        action="append",
        metavar="KEY.pub.pem",
        help="add it only if it is approved by this key",
    )
    add.add_argument("--policy", metavar="P", help="the policy that it was approved under")
    _table_options(check := action("check", "link a draft to the releases in the ledger"))
    check.add_argument("--person-key", metavar="FIELD", help="the column that names a person")
    check.add_argument("--threshold", type=int, default=5, metavar="K", help="fewer are few (5)")
    check.add_argument("--format", choices=("text", "json"), default="text")
    action("list", "list the releases")
    action("remove", "remove a release").add_argument("release", type=int, metavar="N")
    rotate = action("rotate", "put every code under a new key")
    rotate.add_argument("--new-key", required=True, metavar="K", help="made when it is not there")
    action("backup", "copy the ledger").add_argument("target", metavar="FILE")
    verify = action("verify", "look for damage, and for changes made without the key")
    verify.add_argument(
        "--after",
        metavar="SEAL",
        help="the ledger must come after this seal, which `ledger add` or `verify` showed",
    )


def _table_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="CSV, TSV, Parquet or Arrow file of people")
    parser.add_argument(
        "--link",
        action="append",
        default=[],
        metavar="FIELD=NAME",
        help="FIELD is what other releases call NAME (again for more)",
    )
    parser.add_argument("--fields", metavar="A,B", help="only these columns; all when left out")


def run(options: argparse.Namespace) -> int:
    """Do the action.

    Returns
    -------
    int
        0; for `check` 3 when a person must look at what was found; for `add` 1 when the approval
        does not hold; for `verify` 1 when something is damaged.
    """
    from singleout import _keyed
    from singleout.evidence.errors import EvidenceError
    from singleout.evidence.ledger import Ledger

    _keyed.forbid_core_files()
    try:
        if options.action == "new":
            Ledger.new(options.ledger, options.key)
            sys.stdout.write(f"{options.ledger}: made; keep {options.key} in another place\n")
            return exit_codes.DONE
        with Ledger(options.ledger, options.key, waiting=_waiting) as ledger:
            return _ACTIONS[options.action](ledger, options)
    except _keyed.Error as problem:
        raise EvidenceError(str(problem)) from None


def _waiting(words: str) -> None:
    sys.stderr.write(f"singleout: {words}\n")


def _fields(options: argparse.Namespace) -> list[str] | None:
    if options.fields is None:
        return None
    return [name.strip() for name in options.fields.split(",") if name.strip()]


def _add(ledger: Ledger, options: argparse.Namespace) -> int:
    from pathlib import Path

    from singleout.evidence.draftfile import in_memory
    from singleout.evidence.verify import verify

    if not options.trusted:
        return _added(ledger, options, options.file, "")
    found = verify(
        options.file,
        options.trusted,
        policy=options.policy,
        allow_review=True,
        allow_override=True,
    )
    if found.code:
        words = [f"{one.part}: {one.words}" for one in found.failures] or [found.error]
        sys.stderr.write(f"singleout: not added: {'; '.join(words)}\n")
        return found.code
    with in_memory(Path(options.file), found.sha256) as table:
        return _added(ledger, options, table, found.approval_sha256)


def _added(
    ledger: Ledger, options: argparse.Namespace, table: str | os.PathLike[str], approval: str
) -> int:
    from singleout.evidence.codes import read_links

    number = ledger.add(
        table,
        name=options.name,
        link=read_links(options.link),
        fields=_fields(options),
        approval=approval,
    )
    checked = "its approval holds" if approval else "no approval was checked (--trusted)"
    sys.stdout.write(f"release {number}: added; {checked}; seal {ledger.seal}\n")
    return exit_codes.DONE


def _check(ledger: Ledger, options: argparse.Namespace) -> int:
    from singleout.evidence.codes import read_links
    from singleout.evidence.errors import EvidenceError

    if options.threshold < 1:
        raise EvidenceError("--threshold takes a whole number from 1")
    found = ledger.check(
        options.file,
        link=read_links(options.link),
        fields=_fields(options),
        key=options.person_key,
        threshold=options.threshold,
    )
    if options.format == "json":
        json.dump(found.to_dict(), sys.stdout, indent=1, ensure_ascii=False)
        sys.stdout.write("\n")
    else:
        sys.stdout.write(found.summary() + "\n")
    return exit_codes.REVIEW if found.found else exit_codes.DONE


def _list(ledger: Ledger, _: argparse.Namespace) -> int:
    for one in ledger.releases:
        fields = ", ".join(one.fields)
        checked = "approved" if one.approval else "approval not checked"
        sys.stdout.write(
            f"{one.id}\t{one.added}\t{one.rows:,} rows\t{one.name}\t{checked}\t{fields}\n"
        )
    return exit_codes.DONE


def _remove(ledger: Ledger, options: argparse.Namespace) -> int:
    ledger.remove(options.release)
    sys.stdout.write(
        f"release {options.release}: removed; backups made before still hold it; "
        f"seal {ledger.seal}\n"
    )
    return exit_codes.DONE


def _rotate(ledger: Ledger, options: argparse.Namespace) -> int:
    ledger.rotate(options.new_key)
    sys.stdout.write(
        f"{options.ledger}: now under {options.new_key}; "
        f"the old key still opens backups made before; seal {ledger.seal}\n"
    )
    return exit_codes.DONE


def _backup(ledger: Ledger, options: argparse.Namespace) -> int:
    ledger.backup(options.target)
    sys.stdout.write(f"{options.target}: copied; the same key opens it\n")
    return exit_codes.DONE


def _verify(ledger: Ledger, options: argparse.Namespace) -> int:
    faults = ledger.verify(options.after)
    for words in faults:
        sys.stdout.write(f"{options.ledger}: {words}\n")
    if not faults:
        sys.stdout.write(
            f"{options.ledger}: whole; {len(ledger.releases)} releases; seal {ledger.seal}\n"
        )
    return exit_codes.REFUSE if faults else exit_codes.DONE


_ACTIONS = {
    "add": _add,
    "check": _check,
    "list": _list,
    "remove": _remove,
    "rotate": _rotate,
    "backup": _backup,
    "verify": _verify,
}
