"""Nothing of the binding leaks, in use or in refusal."""

from __future__ import annotations

import resource
import sys

import numpy as np
import pytest

from singleout import _keyed


def everything(key: _keyed.PrivateKey, pem: bytes, data: bytes, offsets: np.ndarray) -> None:
    secret = _keyed.Secret(bytes(32)).derive(b"salt", b"info")
    secret.unwrap(secret.wrap(secret)).codes(b"name", data, offsets)
    assert _keyed.verify(key.public(), data, key.sign(data))
    _keyed.PrivateKey.from_pem(pem)
    _keyed.public_from_pem(_keyed.public_to_pem(key.public()))
    _keyed.sha256(data + secret.hmac(data) + _keyed.random(8))
    with pytest.raises(ValueError, match="not usable"):
        secret.codes(b"name", data, offsets[::-1].copy())
    with pytest.raises(_keyed.Error):
        secret.unwrap(bytes(40))
    with pytest.raises(_keyed.Error):
        _keyed.PrivateKey.from_pem(data)


def test_a_thousand_uses_take_no_memory() -> None:
    key = _keyed.PrivateKey.generate()
    pem, data = bytes(key.to_pem(None)), bytes(1000)
    offsets = np.arange(1001, dtype=np.int64)
    for _ in range(200):
        everything(key, pem, data, offsets)
    held = [sys.getrefcount(one) for one in (key, pem, data, offsets, _keyed.Secret)]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(1000):
        everything(key, pem, data, offsets)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert [sys.getrefcount(one) for one in (key, pem, data, offsets, _keyed.Secret)] == held
    assert after - before < 2048  # KiB: a leaked column of codes would be 16 MB
