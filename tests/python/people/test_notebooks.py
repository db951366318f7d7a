"""The example notebooks run from the first cell to the last, and show pictures and figures."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))


def test_there_are_notebooks():
    assert len(NOTEBOOKS) >= 2


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(path):
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    pytest.importorskip("matplotlib")
    notebook = nbformat.read(path, as_version=4)
    assert not any(cell.get("outputs") for cell in notebook.cells)  # kept without, made here
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "python")}
    client = nbclient.NotebookClient(
        notebook, timeout=120, resources={"metadata": {"path": str(path.parent)}}
    )
    client.execute(env=environment)
    outputs = [one for cell in notebook.cells for one in cell.get("outputs", ())]
    kinds = [kind for one in outputs for kind in one.get("data", {})]
    assert kinds.count("image/png") >= 2
    assert kinds.count("text/html") >= 1
    assert not [one for one in outputs if one.get("name") == "stderr"]
