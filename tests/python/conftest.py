"""Where the data beside the repository is missing, the tests that read it skip."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared"


def _skip_without_shared(error: FileNotFoundError) -> None:
    if not SHARED.exists() and str(SHARED) in str(error):
        pytest.skip("its data is not in ../shared")


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
