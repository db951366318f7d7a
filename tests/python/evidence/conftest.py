"""What the tests of evidence share: keys, a reviewer, a ledger, programs of their own process."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from singleout import _keyed
from singleout.cli import main
from singleout.evidence.ledger import Ledger
from singleout.policy.model import Policy

SOURCE = Path(__file__).resolve().parents[3] / "python"


@dataclass(frozen=True)
class SmallReview:
    """What a review of one's own says: enough for an approval."""

    verdict: str
    rows: int
    as_of: str
    file: str
    policy: str
    accepted: tuple[Any, ...] = field(default=())

    def to_dict(self) -> dict[str, Any]:
        return {
            "as_of": self.as_of,
            "file": {"sha256": self.file},
            "policy": {"sha256": self.policy},
            "rows": self.rows,
            "share": 0.5,
            "verdict": self.verdict,
        }


def by_rows(draft: bytes | Path, name: str, policy: Policy, as_of: dt.date | None) -> SmallReview:
    """A reviewer: three rows or more may leave, two need a person, fewer are refused."""
    assert isinstance(draft, bytes)
    rows = len(draft.decode().splitlines()) - 1
    verdict = "release" if rows >= 3 else "review" if rows == 2 else "refuse"
    day = as_of or dt.date.today()
    return SmallReview(verdict, rows, day.isoformat(), _keyed.sha256(draft).hex(), policy.sha256)


@pytest.fixture(scope="session")
def officer() -> _keyed.PrivateKey:
    """A key that is trusted."""
    return _keyed.PrivateKey.generate()


@pytest.fixture(scope="session")
def chief() -> _keyed.PrivateKey:
    """Another key that is trusted."""
    return _keyed.PrivateKey.generate()


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """The ledger's key file."""
    return tmp_path / "kept-apart.key"


@pytest.fixture
def ledger_path(tmp_path: Path, key: Path) -> Path:
    """A new ledger."""
    path = tmp_path / "releases.ledger"
    Ledger.new(path, key)
    return path


def python(*arguments: str, **more: Any) -> subprocess.Popen[bytes]:
    """Start another Python with the package; its output is kept."""
    environment = {**os.environ, "PYTHONPATH": str(SOURCE), **more.pop("env", {})}
    return subprocess.Popen(
        [sys.executable, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        **more,
    )


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def singleout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Run the program in the test's folder: exit code, output, errors."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object) -> tuple[int, str, str]:
        code = main([str(word) for word in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run
