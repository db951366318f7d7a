"""Keys, passphrases and who may read them; the commands keygen and ledger as programs."""

from __future__ import annotations

import json
import os
import pty
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from singleout import _keyed
from singleout.evidence.errors import EvidenceError
from singleout.evidence.keys import (
    PublicKey,
    load_private,
    load_public,
    read_passphrase,
    read_secret,
    write_new,
)

from .conftest import SOURCE, Run, python
from .people import columns, staff, values, write_csv


def secret(path: Path, data: bytes, mode: int = 0o600) -> Path:
    path.write_bytes(data)
    path.chmod(mode)
    return path


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660, 0o601, 0o620])
def test_others_may_not_read_a_key(tmp_path: Path, mode: int) -> None:
    with pytest.raises(EvidenceError, match="chmod 600"):
        read_secret(secret(tmp_path / "k", b"x", mode))


def test_a_key_is_a_short_file(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="not a file"):
        read_secret(tmp_path)
    with pytest.raises(EvidenceError, match="no such file"):
        read_secret(tmp_path / "none")
    with pytest.raises(EvidenceError, match="too long"):
        read_secret(secret(tmp_path / "k", bytes(70_000)))


def test_files_are_not_written_over(tmp_path: Path) -> None:
    write_new(tmp_path / "k", b"one", 0o600)
    with pytest.raises(EvidenceError, match="is there already"):
        write_new(tmp_path / "k", b"two", 0o600)
    assert (tmp_path / "k").read_bytes() == b"one"
    with pytest.raises(EvidenceError, match="cannot be written"):
        write_new(tmp_path / "no" / "k", b"two", 0o600)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"open sesame\n", b"open sesame"),
        (b"a\r\nb", b"a"),
        (b" a ", b" a "),
        ("é".encode(), "é".encode()),
    ],
)
def test_the_first_line_is_the_passphrase(tmp_path: Path, data: bytes, expected: bytes) -> None:
    path = secret(tmp_path / "p", data)
    assert read_passphrase(path, "", twice=False) == expected


def test_an_empty_passphrase_is_none(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="empty"):
        read_passphrase(secret(tmp_path / "p", b"\nsecond"), "", twice=False)


def test_keygen_makes_a_pair(singleout: Run, tmp_path: Path) -> None:
    secret(tmp_path / "phrase", b"open sesame\n")
    code, out, err = singleout("keygen", "officer", "--passphrase-file", "phrase")
    assert (code, err) == (0, "")
    private, public = tmp_path / "officer.pem", tmp_path / "officer.pub.pem"
    assert stat.S_IMODE(private.stat().st_mode) == 0o600
    assert private.read_bytes().startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----\n")
    key = load_private(private, tmp_path / "phrase")
    assert load_public(public).raw == key.public()
    assert PublicKey(key.public()).key_id in out
    before = private.read_bytes()
    code, _, err = singleout("keygen", "officer", "--passphrase-file", "phrase")
    assert (code, "is there already" in err) == (2, True)
    assert private.read_bytes() == before
    secret(tmp_path / "phrase", b"wrong\n")
    with pytest.raises(EvidenceError, match=r"officer\.pem: the passphrase does not open the key"):
        load_private(private, tmp_path / "phrase")


def test_keygen_without_a_passphrase(singleout: Run, tmp_path: Path) -> None:
    assert singleout("keygen", "robot", "--unencrypted")[0] == 0
    assert b"BEGIN PRIVATE KEY" in (tmp_path / "robot.pem").read_bytes()
    assert load_private(tmp_path / "robot.pem", None).public()


def test_without_a_terminal_keygen_says_what_to_do(tmp_path: Path) -> None:
    arguments = ("-m", "singleout.cli", "keygen", "officer")
    process = python(*arguments, cwd=tmp_path, start_new_session=True)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, b"--passphrase-file" in err) == (2, True)
    assert list(tmp_path.iterdir()) == []


# The terminal that it was started on becomes its own, as in a shell.
ON_A_TERMINAL = """
import fcntl, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
from singleout.cli import main
sys.exit(main())
"""


def talk(arguments: list[str], folder: Path, answers: list[bytes]) -> tuple[int, bytes]:
    """Run the program on a terminal of its own, and type the answers to its questions."""
    terminal, its = pty.openpty()
    program = subprocess.Popen(
        [sys.executable, "-c", ON_A_TERMINAL, *arguments],
        stdin=its,
        stdout=its,
        stderr=its,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        start_new_session=True,
    )
    os.close(its)
    seen = b""
    for answer in answers:
        asked = seen.count(b": ")
        while seen.count(b": ") == asked:
            seen += os.read(terminal, 1024)
        os.write(terminal, answer + b"\n")
    try:
        while more := os.read(terminal, 1024):
            seen += more
    except OSError:  # the terminal is gone with the program
        pass
    os.close(terminal)
    return program.wait(timeout=60), seen


def test_the_terminal_asks_and_shows_nothing(tmp_path: Path) -> None:
    code, seen = talk(["keygen", "officer"], tmp_path, [b"open sesame", b"open sesame"])
    assert code == 0, seen
    assert b"open sesame" not in seen
    pem = (tmp_path / "officer.pem").read_bytes()
    assert _keyed.PrivateKey.from_pem(pem, b"open sesame").public()


def test_two_passphrases_that_differ_make_no_key(tmp_path: Path) -> None:
    code, seen = talk(["keygen", "officer"], tmp_path, [b"open sesame", b"open sesamE"])
    assert (code, b"differ" in seen) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_the_ledger_as_a_program(singleout: Run, tmp_path: Path) -> None:
    people = staff(300)
    write_csv(tmp_path / "names.csv", columns(people, "surname", "station"))
    write_csv(
        tmp_path / "ranks.csv", {"grade": people["rank"], **columns(people, "station", "start")}
    )
    where = ("--ledger", "l.db", "--key", "l.key")
    said = [
        singleout("ledger", "new", *where),
        singleout("ledger", "add", *where, "names.csv"),
        singleout("ledger", "list", *where),
        singleout("ledger", "check", *where, "ranks.csv", "--link", "grade=rank"),
        singleout("ledger", "check", *where, "ranks.csv", "--fields", "grade", "--format", "json"),
        singleout("ledger", "rotate", *where, "--new-key", "new.key"),
        singleout("ledger", "verify", *where),
        singleout("ledger", "verify", "--ledger", "l.db", "--key", "new.key"),
        singleout("ledger", "backup", "--ledger", "l.db", "--key", "new.key", "copy.db"),
        singleout("ledger", "remove", "--ledger", "l.db", "--key", "new.key", "1"),
        singleout("ledger", "check", *where[:2], "--key", "new.key", "ranks.csv"),
    ]
    assert [code for code, _, _ in said] == [0, 0, 0, 3, 0, 0, 2, 0, 0, 0, 0], said
    assert "no approval was checked" in said[1][1]
    assert "'surname'" in said[3][1]
    assert json.loads(said[4][1])["apart"] == [1]
    assert "l.key is not its key" in said[6][2]
    assert "Only releases in this ledger" in said[10][1]
    text = "".join(out + err for _, out, err in said).lower()
    assert [value for value in values(people) if value.lower() in text] == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("add", "t.csv", "--link", "rank"), "FIELD=NAME"),
        (("add", "none.csv"), "no such file"),
        (("check", "t.csv", "--link", "ranks=x"), "did you mean 'rank'"),
        (("check", "t.csv", "--person-key", "x"), "no column"),
        (("check", "t.csv", "--threshold", "0"), "from 1"),
        (("remove", "7"), "no release 7"),
    ],
)
def test_bad_uses_say_what_to_do(
    singleout: Run,
    ledger_path: Path,
    key: Path,
    tmp_path: Path,
    arguments: tuple[str, ...],
    words: str,
) -> None:
    write_csv(tmp_path / "t.csv", {"rank": ["Zxone"]})
    action, *rest = arguments
    code, _, err = singleout("ledger", action, "--ledger", ledger_path, "--key", key, *rest)
    assert (code, words in err) == (2, True), err
    assert "zxone" not in err.lower()


def test_a_passphrase_that_others_may_read_is_used_and_said(tmp_path, capsys):
    path = secret(tmp_path / "phrase", b"correct horse\nsecond line\n", 0o644)
    assert read_passphrase(path, "", twice=False) == b"correct horse"
    assert "chmod 600" in capsys.readouterr().err
    path.chmod(0o600)
    assert read_passphrase(path, "", twice=False) == b"correct horse"
    assert capsys.readouterr().err == ""
