"""Workbooks that LibreOffice wrote: what was hidden in each is found, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from singleout.draft import inspect

FILES = Path(__file__).parents[2] / "data" / "libreoffice"
# Findings by the place that they name, without those of the writer's own properties
EXPECTED: dict[str, list[tuple[str, str, int]]] = {
    "scenarios": [("scenario", "", 1), ("scenario", "", 1)],
    "pivot": [("pivot-cache", "", 12), ("pivot-items", "", 39)],
    "changes": [
        ("revision-log", "", 3),
        ("custom-property", "", 1),
        ("custom-property", "", 1),
        ("custom-view", "", 2),
        ("custom-view", "", 2),
        *[("document-property", "", 1)] * 4,
    ],
    "comments": [("comment", "", 2)],
    "validation": [("validation-list", "D1:D4", 2)],
    "hidden": [
        ("hidden-row", "A4:J4", 6),
        ("hidden-column", "C1:C13", 13),
        ("hidden-sheet", "", 1),
    ],
    "groups": [
        ("hidden-row", "A5:D7", 12),
        ("hidden-column", "B1:B13", 13),
        ("collapsed-group", "A1:D13", 22),
    ],
    "formats": [
        ("hiding-format", "G2:G4", 3),
        ("invisible-text", "E2:H4", 6),
        ("tiny-font", "F2:F4", 3),
    ],
    "shapes": [("hidden-object", "", 1), ("alt-text", "", 1), ("covered-cells", "E1:H13", 52)],
}
_OWN = {"person", "author-property", "small-count", "unseen-people-table", "people-table"}


@pytest.mark.parametrize("name", EXPECTED)
def test_what_libreoffice_wrote(name: str) -> None:
    draft = inspect(FILES / f"{name}.xls")
    assert draft.complete
    found = [(f.code, f.place.cells, f.count) for f in draft.findings if f.code not in _OWN]
    assert sorted(found) == sorted(EXPECTED[name])


def test_earlier_values_and_pivot_records_are_laid_out() -> None:
    (kept,) = [t for t in inspect(FILES / "pivot.xls").tables if t.why_unseen == "pivot cache"]
    assert (kept.n_rows, kept.names) == (12, ("name", "town", "born", "score"))
    assert kept.data.to_pylist()[1] == {
        "name": "Person B",
        "town": "Leeds",
        "born": "1951",
        "score": "10.5",
    }
