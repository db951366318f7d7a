"""Every ODS of the shared drafts; expected.csv lists none, as docs/draft-internals.md says."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from singleout.draft import Draft, inspect

# Codes that are in nearly every file, or that tell of no single feature
_ORDINARY = {"people-table", "small-count"}
FOUND = {
    "covered.ods": Counter(
        {
            ("merged-cells", "sheet1", 1): 1,
            ("thumbnail", "Thumbnails/thumbnail.png", 1): 1,
            ("printer-settings", "settings.xml", 1): 1,
        }
    ),
    "date.ods": Counter(
        {
            ("thumbnail", "Thumbnails/thumbnail.png", 1): 1,
            ("printer-settings", "settings.xml", 1): 1,
        }
    ),
    # One column of words without a heading says nothing of what a row stands for
    "multi-empty.ods": Counter(
        {
            ("author-property", "creator", 1): 1,
            ("author-property", "initial-creator", 1): 1,
            ("unclear-table", "Test", 5): 1,
        }
    ),
    "pass_protected.ods": Counter({("encrypted", "", 5): 1}),
    "picture.ods": Counter(
        {
            ("thumbnail", "Thumbnails/thumbnail.png", 1): 1,
            ("picture", "Pictures/100000000000020000000200C1F80F6A.jpg", 1): 1,
            ("picture", "Pictures/1000020100000200000002001A678D12.png", 1): 1,
            ("picture-metadata", "Pictures/100000000000020000000200C1F80F6A.jpg", 2): 1,
            ("picture-metadata", "Pictures/1000020100000200000002001A678D12.png", 1): 1,
        }
    ),
}


def _found(draft: Draft) -> Counter[tuple[str, str, int]]:
    found: Counter[tuple[str, str, int]] = Counter()
    for finding in draft.findings:
        place = finding.place
        if finding.code not in _ORDINARY:
            named = finding.code == "author-property"
            found[
                finding.code, place.item if named else place.sheet or place.part, finding.count
            ] += 1
    return found


def test_whole_corpus(drafts: Path) -> None:
    with (drafts / "expected.csv").open(encoding="utf-8") as file:
        listed = {row["file"] for row in csv.DictReader(file)}
    files = sorted(drafts.glob("*/*.ods"))
    assert len(files) >= 5
    assert not [f for f in files if f"{f.parent.name}/{f.name}" in listed]
    differing = {}
    for path in files:
        found, want = _found(inspect(path)), FOUND.get(path.name, Counter())
        if found != want:
            differing[path.name] = (want - found, found - want)
    assert differing == {}


def test_encrypted_is_never_clean(drafts: Path) -> None:
    draft = inspect(next(drafts.glob("*/pass_protected.ods")))
    assert not draft.complete
    assert not draft.clean


def test_values_equal_those_of_another_reader(drafts: Path) -> None:
    """Every text that python-calamine reads is a cell here, and the other way round."""
    import zipfile

    from python_calamine import CalamineWorkbook

    from singleout.draft.limits import Budget
    from singleout.draft.odf_cells import read_content

    for path in sorted(drafts.glob("*/*.ods")):
        if path.name == "pass_protected.ods":
            continue
        book = CalamineWorkbook.from_path(path)
        rows = [line for n in book.sheet_names for line in book.get_sheet_by_name(n).to_python()]
        words = {v for line in rows for v in line if isinstance(v, str) and v}
        with zipfile.ZipFile(path) as archive:
            content = read_content(archive.read("content.xml"), Budget(1_000_000))
        grids = [raw.grid() for raw in content.tables.values()]
        held = {t for grid in grids for t in grid.texts.filter(~grid.numeric).to_pylist()}
        assert words <= held, path.name
        assert all(len(grid.texts) == len(grid) for grid in grids)
