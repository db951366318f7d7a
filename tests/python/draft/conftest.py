"""What the tests of drafts share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("SINGLEOUT_SHARED", Path(__file__).resolve().parents[4] / "shared"))


@pytest.fixture(scope="session")
def drafts() -> Path:
    """The folder of real drafts and what is known of them."""
    folder = SHARED / "drafts"
    if not folder.is_dir():
        pytest.skip("the shared drafts are not here: set SINGLEOUT_SHARED")
    return folder
