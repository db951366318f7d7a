"""`singleout keygen NAME`: a pair of keys to sign approvals with."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from singleout.base import exit_codes


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("name", metavar="NAME", help="writes NAME.pem (private) and NAME.pub.pem")
    parser.add_argument(
        "--passphrase-file",
        metavar="F",
        help="take the passphrase from the first line of F instead of the terminal",
    )
    parser.add_argument(
        "--unencrypted",
        action="store_true",
        help="no passphrase: whoever can read the file can approve in your name",
    )


def run(options: argparse.Namespace) -> int:
    """Make the keys and write them; never over a file that is there.

    Returns
    -------
    int
        0.
    """
    from singleout import _keyed
    from singleout.evidence.errors import EvidenceError
    from singleout.evidence.keys import PublicKey, read_passphrase, write_new

    _keyed.forbid_core_files()
    private, public = Path(f"{options.name}.pem"), Path(f"{options.name}.pub.pem")
    for path in (private, public):
        if path.exists():
            raise EvidenceError(f"{path}: is there already; move it away or choose another name")
    if options.unencrypted and options.passphrase_file:
        raise EvidenceError("--unencrypted and --passphrase-file exclude each other")
    passphrase: bytearray | None = None
    pem = bytearray()
    try:
        if not options.unencrypted:
            passphrase = read_passphrase(
                options.passphrase_file, f"New passphrase of {private}: ", twice=True
            )
        key = _keyed.PrivateKey.generate()
        pem = key.to_pem(passphrase)
        write_new(private, pem, 0o600)
        raw = key.public()
        write_new(public, _keyed.public_to_pem(raw), 0o644)
    except _keyed.Error as problem:
        raise EvidenceError(str(problem)) from None
    finally:
        _keyed.cleanse(pem)
        if passphrase is not None:
            _keyed.cleanse(passphrase)
    sys.stdout.write(
        f"{private}: private key; keep it to yourself\n"
        f"{public}: public key; give it to those who verify\n"
        f"key id {PublicKey(raw).key_id}\n"
    )
    return exit_codes.DONE
