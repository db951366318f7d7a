"""singleout._keyed: what reaches Python of libcrypto, and what does not."""

from __future__ import annotations

import hashlib
import hmac
import os
import signal
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from singleout import _keyed

from .conftest import python

# RFC 8032, section 7.1, test 3; the PEM's head is RFC 8410's, section 7.
SEED = bytes.fromhex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7")
PUBLIC = "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"
SIGNATURE = (
    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
    "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
)


def pem_of(seed: bytes) -> bytes:
    import base64

    body = base64.b64encode(bytes.fromhex("302e020100300506032b657004220420") + seed)
    return b"-----BEGIN PRIVATE KEY-----\n" + body + b"\n-----END PRIVATE KEY-----\n"


def test_signs_as_rfc_8032_says() -> None:
    key = _keyed.PrivateKey.from_pem(pem_of(SEED))
    assert key.public().hex() == PUBLIC
    assert key.sign(b"\xaf\x82").hex() == SIGNATURE
    assert _keyed.verify(key.public(), b"\xaf\x82", bytes.fromhex(SIGNATURE))


@pytest.mark.parametrize("cut", [0, 1, 63, 65])
def test_a_signature_of_another_length_is_none(cut: int) -> None:
    whole = bytes.fromhex(SIGNATURE) + b"\0"
    assert not _keyed.verify(bytes.fromhex(PUBLIC), b"\xaf\x82", whole[:cut])


def test_openssl_reads_what_is_written(tmp_path: Path) -> None:
    key = _keyed.PrivateKey.generate()
    private, public, message = tmp_path / "k.pem", tmp_path / "k.pub.pem", tmp_path / "m"
    private.write_bytes(key.to_pem(b"open sesame"))
    public.write_bytes(_keyed.public_to_pem(key.public()))
    message.write_bytes(b"released")
    (tmp_path / "m.sig").write_bytes(key.sign(b"released"))
    command = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", str(public), "-rawin"]
    said = subprocess.run(
        [*command, "-in", message, "-sigfile", tmp_path / "m.sig"], capture_output=True, text=True
    )
    assert said.returncode == 0, said.stderr
    opened = subprocess.run(
        ["openssl", "pkey", "-in", private, "-passin", "pass:open sesame", "-pubout"],
        capture_output=True,
    )
    assert opened.stdout == public.read_bytes()


def test_hashes_are_those_of_hashlib(tmp_path: Path) -> None:
    data = os.urandom(3_000_000)
    path = tmp_path / "file"
    path.write_bytes(data)
    expected = hashlib.sha256(data).digest()
    assert _keyed.sha256(data) == expected
    with path.open("rb") as file:
        assert _keyed.sha256_file(file.fileno()) == expected
    with pytest.raises(OSError, match="Bad file descriptor"):
        _keyed.sha256_file(-1)


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_codes_are_truncated_hmacs_of_name_and_value(threads: int) -> None:
    values = [f"value {i}".encode() for i in range(20_000)] + [b"", b"x" * 5000, "é".encode()]
    offsets = np.cumsum([0, *map(len, values)], dtype=np.int64)
    secret = _keyed.Secret(b"k" * 32)
    codes = secret.codes(b"rank", b"".join(values), offsets, threads)
    prefix = struct.pack(">Q", 4) + b"rank"
    expected = (hmac.digest(b"k" * 32, prefix + value, "sha256")[:16] for value in values)
    assert codes == b"".join(expected)


@pytest.mark.parametrize(
    "offsets",
    [[0, 4], [-1, 2], [2, 1], [0, 3, 2], []],
    ids=["past the end", "negative", "falling", "falling later", "none"],
)
def test_offsets_that_lie_are_refused(offsets: list[int]) -> None:
    with pytest.raises(ValueError, match="not usable"):
        _keyed.Secret(b"k" * 32).codes(b"rank", b"abc", np.array(offsets, np.int64))


def test_offsets_not_aligned_are_refused() -> None:
    room = np.zeros(17, np.uint8)
    with pytest.raises(ValueError, match="not usable"):
        _keyed.Secret(b"k" * 32).codes(b"rank", b"abc", room[1:].data)


def test_a_secret_takes_32_bytes_and_shows_none() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        _keyed.Secret(b"short")
    secret = _keyed.Secret(b"k" * 32)
    assert "kkkk" not in repr(secret)
    with pytest.raises(TypeError):
        bytes(secret)  # type: ignore[call-overload]


def test_secrets_for_two_purposes_differ() -> None:
    root = _keyed.Secret(b"k" * 32)
    one, two = root.derive(b"salt", b"codes"), root.derive(b"salt", b"seal")
    assert one.hmac(b"") != two.hmac(b"")
    assert one.hmac(b"") == root.derive(b"salt", b"codes").hmac(b"")


def test_a_wrapped_secret_opens_for_its_key_alone() -> None:
    root, other = _keyed.Secret(b"k" * 32), _keyed.Secret(b"o" * 32)
    wrapped = root.wrap(other)
    assert root.unwrap(wrapped).hmac(b"x") == other.hmac(b"x")
    with pytest.raises(_keyed.Error, match="does not verify"):
        other.unwrap(wrapped)
    with pytest.raises(_keyed.Error, match="does not verify"):
        root.unwrap(wrapped[:-1])


def test_errors_have_no_data() -> None:
    with pytest.raises(_keyed.Error) as caught:
        _keyed.PrivateKey.from_pem(
            b"-----BEGIN PRIVATE KEY-----\nU0VDUkVU\n-----END PRIVATE KEY-----"
        )
    assert str(caught.value) == "not a key of this kind in PEM"
    command = ["openssl", "genpkey", "-algorithm", "X25519"]
    other = subprocess.run(command, capture_output=True, check=True).stdout
    with pytest.raises(_keyed.Error, match="not an Ed25519 key"):
        _keyed.PrivateKey.from_pem(other)


def test_cleanse_overwrites() -> None:
    memory = bytearray(b"secret")
    _keyed.cleanse(memory)
    assert memory == bytes(6)


def test_wrong_passphrases_never_open_a_key() -> None:
    pem = _keyed.PrivateKey.generate().to_pem(b"right")
    for wrong in (b"wrong", b"", b"right\n", b"r" * 5000):
        with pytest.raises(_keyed.PassphraseError):
            _keyed.PrivateKey.from_pem(pem, wrong)


def test_other_threads_run_while_codes_are_made() -> None:
    count = 400_000
    offsets = np.arange(0, 8 * count + 1, 8, dtype=np.int64)
    data = np.arange(count, dtype=np.int64).tobytes()
    ticks, done = [0], threading.Event()

    def tick() -> None:
        while not done.is_set():
            ticks[0] += 1
            time.sleep(0.001)

    thread = threading.Thread(target=tick)
    thread.start()
    before = ticks[0]
    _keyed.Secret(b"k" * 32).codes(b"rank", data, offsets, 2)
    during = ticks[0] - before
    done.set()
    thread.join()
    assert during > 3


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_ctrl_c_stops_bulk_coding() -> None:
    program = (
        "import numpy as np, sys\n"
        "from singleout import _keyed\n"
        "n = 60_000_000\n"
        "offsets = np.zeros(n + 1, np.int64)\n"
        "secret = _keyed.Secret(b'k' * 32)\n"
        "print('ready', flush=True)\n"
        "try:\n"
        "    secret.codes(b'rank', b'', offsets, 2)\n"
        "except KeyboardInterrupt:\n"
        "    sys.exit(77)\n"
    )
    process = python("-c", program)
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=20) == 77


def test_core_files_are_forbidden() -> None:
    program = (
        "import resource, ctypes\n"
        "from singleout import _keyed\n"
        "assert _keyed.forbid_core_files()\n"
        "assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)\n"
        "assert ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) == 0\n"  # PR_GET_DUMPABLE
    )
    process = python("-c", program)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 0, err


FIPS = """
openssl_conf = init
[init]
providers = providers
alg_section = algorithms
[providers]
default = default_provider
[default_provider]
activate = 1
[algorithms]
default_properties = fips=yes
"""


def test_what_fips_lacks_is_named(tmp_path: Path) -> None:
    """Where FIPS is asked for and its provider is not there, each use says so."""
    (tmp_path / "fips.cnf").write_text(FIPS)
    program = (
        "from singleout import _keyed\n"
        "assert _keyed.library()[1]\n"
        "for use in (lambda: _keyed.sha256(b''), _keyed.PrivateKey.generate,\n"
        "            lambda: _keyed.Secret(b'k' * 32).hmac(b'')):\n"
        "    try:\n"
        "        use()\n"
        "    except _keyed.UnavailableError as problem:\n"
        "        print(problem)\n"
    )
    process = python("-c", program, env={"OPENSSL_CONF": str(tmp_path / "fips.cnf")})
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    lines = out.decode().splitlines()
    assert len(lines) == 3
    for line, name in zip(lines, ("SHA-256", "Ed25519", "HMAC"), strict=True):
        assert f"{name} is not there with FIPS properties" in line


def test_two_interpreters_may_import_it_twice() -> None:
    """Multi-phase initialisation: a second module object has a state of its own."""
    program = (
        "import importlib.util, sys\n"
        "from singleout import _keyed\n"
        "spec = importlib.util.spec_from_file_location('singleout._keyed', _keyed.__file__)\n"
        "again = importlib.util.module_from_spec(spec)\n"
        "spec.loader.exec_module(again)\n"
        "assert again is not _keyed and again.Secret is not _keyed.Secret\n"
        "assert again.sha256(b'') == _keyed.sha256(b'')\n"
        "del again, sys.modules['singleout._keyed']\n"
    )
    process = python("-c", program)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
