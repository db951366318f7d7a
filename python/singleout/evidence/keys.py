"""Key files and passphrases: who may read them, and how they come in."""

from __future__ import annotations

import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path

from singleout import _keyed
from singleout.base.files import reason_of
from singleout.evidence.errors import EvidenceError
from singleout.evidence.opened import regular

# SubjectPublicKeyInfo of an Ed25519 key is this head and then its 32 bytes (RFC 8410, section 4).
_SPKI_HEAD = bytes.fromhex("302a300506032b6570032100")
_MOST_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key.

    Parameters
    ----------
    raw : bytes, 32 of them
        The key (RFC 8032).
    """

    raw: bytes

    @property
    def key_id(self) -> str:
        """SHA-256, in hexadecimal, of the key's SubjectPublicKeyInfo in DER."""
        return _keyed.sha256(_SPKI_HEAD + self.raw).hex()


def read_secret(path: str | os.PathLike[str]) -> bytearray:
    """Read a file that only its owner may read.

    Parameters
    ----------
    path : path
        A private key, a ledger key, or a passphrase.

    Returns
    -------
    bytearray
        For the caller to `_keyed.cleanse`.

    Raises
    ------
    EvidenceError
        If it is not there, not a file, too long, or others may read or write it.
    """
    path = Path(path)
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError as problem:
        raise EvidenceError(f"{path}: cannot be read: {reason_of(problem)}") from None
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise EvidenceError(f"{path}: not a file")
        if found.st_uid not in (os.geteuid(), 0):
            raise EvidenceError(f"{path}: belongs to another user; use a key file of your own")
        if found.st_mode & 0o077:
            raise EvidenceError(
                f"{path}: other users may read or write it "
                f"(mode {stat.S_IMODE(found.st_mode):04o}, not 0600): if nobody has seen it, run "
                f"chmod 600 {path}; else make a new one"
            )
        if found.st_size > _MOST_BYTES:
            raise EvidenceError(f"{path}: too long for a key or a passphrase")
        data = bytearray(found.st_size)
        got = os.readv(descriptor, [data]) if data else 0
        if got != len(data):
            _keyed.cleanse(data)
            raise EvidenceError(f"{path}: changed while it was read; try again")
        return data
    except OSError as problem:
        raise EvidenceError(f"{path}: cannot be read: {reason_of(problem)}") from None
    finally:
        os.close(descriptor)


def write_new(path: str | os.PathLike[str], data: bytes | bytearray, mode: int) -> None:
    """Write a file that was not there before, and see it to the disk.

    Raises
    ------
    EvidenceError
        If there is a file of that name, or it cannot be written; then nothing is left behind.
    """
    path = Path(path)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    try:
        descriptor = os.open(path, flags, mode)
    except FileExistsError:
        raise EvidenceError(
            f"{path}: is there already; move it away or choose another name"
        ) from None
    except OSError as problem:
        raise EvidenceError(f"{path}: cannot be written: {reason_of(problem)}") from None
    try:
        with os.fdopen(descriptor, "wb", buffering=0) as file:
            os.fchmod(descriptor, mode)
            view = memoryview(data)
            while view:
                view = view[file.write(view) or 0 :]
            os.fsync(descriptor)
        sync_folder(path)
    except OSError as problem:
        path.unlink(missing_ok=True)
        raise EvidenceError(f"{path}: cannot be written: {reason_of(problem)}") from None


def sync_folder(path: Path) -> None:
    """See a new or renamed file's name to the disk."""
    descriptor = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_passphrase(file: str | os.PathLike[str] | None, prompt: str, *, twice: bool) -> bytearray:
    """Get a passphrase from a file, or from the terminal without showing it.

    Parameters
    ----------
    file : path, optional
        Its first line is the passphrase; a pipe will do. Where others may read it, that is said on
        standard error: unlike a key, it may be kept where modes mean nothing. The terminal if left
        out.
    prompt : str
        What to ask at the terminal.
    twice : bool
        Ask again at the terminal, for a passphrase that is new.

    Returns
    -------
    bytearray
        For the caller to `_keyed.cleanse`.

    Raises
    ------
    EvidenceError
        If it is empty, the two differ, or there is no terminal.
    """
    if file is not None:
        data = _passphrase_bytes(Path(file))
        end = data.find(b"\n")
        line = data[:] if end < 0 else data[:end]
        _keyed.cleanse(data)
        if line.endswith(b"\r"):
            del line[-1]
        if not line:
            raise EvidenceError(f"{file}: its first line, the passphrase, is empty")
        return line
    first = _ask(prompt)
    if not first:
        raise EvidenceError("the passphrase is empty")
    if twice:
        again = _ask("The same again: ")
        same = _keyed.equal(first, again)
        _keyed.cleanse(again)
        if not same:
            _keyed.cleanse(first)
            raise EvidenceError("the two passphrases differ; nothing was written")
    return first


def _passphrase_bytes(path: Path) -> bytearray:
    """All of a file or pipe, in memory that can be cleansed."""
    data = bytearray()
    try:
        with path.open("rb", buffering=0) as file:
            found = os.fstat(file.fileno())
            if stat.S_ISREG(found.st_mode) and found.st_mode & 0o077:
                print(
                    f"singleout: {path}: other users may read this passphrase: chmod 600 {path}",
                    file=sys.stderr,
                )
            chunk = bytearray(4096)
            while got := file.readinto(chunk):
                data += memoryview(chunk)[:got]
                if len(data) > _MOST_BYTES:
                    raise EvidenceError(f"{path}: too long for a passphrase")
            _keyed.cleanse(chunk)
    except OSError as problem:
        raise EvidenceError(f"{path}: cannot be read: {reason_of(problem)}") from None
    return data


def _ask(prompt: str) -> bytearray:
    """One line from the terminal, not shown, and never in a string that cannot be cleansed."""
    import termios

    try:
        terminal = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC)
    except OSError:
        raise EvidenceError(
            "there is no terminal to ask for the passphrase: use --passphrase-file"
        ) from None
    line = bytearray()
    try:
        shown = termios.tcgetattr(terminal)
        hidden = [*shown]
        hidden[3] &= ~termios.ECHO
        try:
            termios.tcsetattr(terminal, termios.TCSAFLUSH, hidden)
            os.write(terminal, prompt.encode())
            one = bytearray(1)
            while os.readv(terminal, [one]) and one != b"\n":
                line += one
            _keyed.cleanse(one)
        finally:
            termios.tcsetattr(terminal, termios.TCSAFLUSH, shown)
            os.write(terminal, b"\n")
    finally:
        os.close(terminal)
    return line


def load_private(
    path: str | os.PathLike[str], passphrase_file: str | os.PathLike[str] | None
) -> _keyed.PrivateKey:
    """Open a private key, asking for its passphrase where it has one.

    Raises
    ------
    EvidenceError
        If it cannot be read, others may read it, or the passphrase does not open it.
    """
    pem = read_secret(path)
    passphrase: bytearray | None = None
    try:
        if b"ENCRYPTED" in pem.split(b"\n", 1)[0]:
            passphrase = read_passphrase(passphrase_file, f"Passphrase of {path}: ", twice=False)
        return _keyed.PrivateKey.from_pem(pem, passphrase)
    except _keyed.Error as problem:
        raise EvidenceError(f"{path}: {problem}") from None
    finally:
        _keyed.cleanse(pem)
        if passphrase is not None:
            _keyed.cleanse(passphrase)


def load_public(path: str | os.PathLike[str]) -> PublicKey:
    """Read a public key in PEM.

    Raises
    ------
    EvidenceError
        If it is not there, or is not an Ed25519 public key.
    """
    try:
        with open(path, "rb") as file:
            pem = file.read(_MOST_BYTES)
    except OSError as problem:
        raise EvidenceError(f"{path}: cannot be read: {reason_of(problem)}") from None
    try:
        return PublicKey(_keyed.public_from_pem(pem))
    except _keyed.Error as problem:
        raise EvidenceError(f"{path}: {problem}") from None


def sha256_of(path: str | os.PathLike[str]) -> str:
    """SHA-256, in hexadecimal, of a file's exact bytes.

    Raises
    ------
    EvidenceError
        If it cannot be read, or is no file.
    """
    with regular(Path(path)) as descriptor:
        try:
            return _keyed.sha256_file(descriptor).hex()
        except OSError as problem:
            raise EvidenceError(f"{path}: cannot be read: {reason_of(problem)}") from None
