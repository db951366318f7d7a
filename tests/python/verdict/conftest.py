"""What the tests of verdicts share."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

# The builders of drafts are shared with the tests of inspection.
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "draft"))
SHARED = Path(os.environ.get("SINGLEOUT_SHARED", Path(__file__).resolve().parents[4] / "shared"))


@pytest.fixture(scope="session")
def drafts() -> Path:
    """The folder of real drafts."""
    folder = SHARED / "drafts"
    if not folder.is_dir():
        pytest.skip("the shared drafts are not here: set SINGLEOUT_SHARED")
    return folder


@pytest.fixture(scope="session")
def staff() -> Path:
    """The invented staff list of 10,799 rows and 32 columns."""
    file = SHARED / "data" / "staff.csv"
    if not file.is_file():
        pytest.skip("the shared staff list is not here: set SINGLEOUT_SHARED")
    return file
