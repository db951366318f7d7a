"""The tests come out the same whoever starts them, and on a machine that is busy."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[2]


def ignoring() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def test_they_hear_signals_that_who_started_them_ignores() -> None:
    asked = [
        "tests/python/engine/test_interrupt.py::test_control_c_stops_it[value-combinations]",
        "tests/python/evidence/test_keyed_module.py",
        "-k",
        "control_c or ctrl_c",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *asked],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "python")},
        capture_output=True,
        text=True,
        preexec_fn=ignoring,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout
    assert "passed" in done.stdout


def test_a_slow_machine_is_no_failure() -> None:
    assert settings().deadline is None
    assert HealthCheck.too_slow in settings().suppress_health_check


def test_the_set_up_of_the_tests_brings_the_browser() -> None:
    """Where it may install packages; without one the tests of the report skip, and it says so."""
    setup = (ROOT / ".ci" / "setup").read_text("utf-8")
    assert '[ "$purpose" = run ] || install_browser' in setup
    assert "sh .ci/setup test" in (ROOT / "tests" / "run").read_text("utf-8")
