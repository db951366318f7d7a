"""The program as a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

CALL = "import sys; from singleout.cli.start import program; code = program(); {}; sys.exit(code)"
SEEN = "sys.stderr.write(str(sorted({'pandas', 'pyarrow'} & set(sys.modules))))"


@pytest.mark.parametrize("rows", [3, 3_000])
def test_a_review_imports_no_pandas(tmp_path: Path, rows: int) -> None:
    file = tmp_path / "a.csv"
    file.write_text("rank,officers\n" + "".join(f"r{i},{i + 100}\n" for i in range(rows)))
    call = [sys.executable, "-c", CALL.format(SEEN), "review", str(file)]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 3)
    assert done.stderr.endswith("['pyarrow']")
