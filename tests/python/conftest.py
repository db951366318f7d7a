"""What the tests owe to nothing around them: a machine's speed, signals, data beside them."""

from __future__ import annotations

import signal
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# How long an example takes is the machine's business
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")

SHARED = Path(__file__).resolve().parents[3] / "shared"


def _skip_without_shared(error: FileNotFoundError) -> None:
    if not SHARED.exists() and str(SHARED) in str(error):
        pytest.skip("its data is not in ../shared")


def pytest_configure() -> None:
    """Hear SIGINT, and let children hear it, where who started the tests ignores it (nohup, &)."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup() -> Generator[None, Any, Any]:
    """Skip a test of which a fixture reads what is not there."""
    try:
        return (yield)
    except FileNotFoundError as error:
        _skip_without_shared(error)
        raise


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call() -> Generator[None, Any, Any]:
    """Skip a test that reads what is not there."""
    try:
        return (yield)
    except FileNotFoundError as error:
        _skip_without_shared(error)
        raise
