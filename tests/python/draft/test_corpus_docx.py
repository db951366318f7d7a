"""Every DOCX and DOCM of the shared drafts against another program."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from singleout.draft import Draft, inspect

FEATURES = {
    "author-property",
    "chart-cache",
    "comment",
    "custom-xml",
    "embedded-object",
    "encrypted",
    "external-link-cache",
    "macro",
    "thumbnail",
    "tracked-deletion",
    "unreadable",
}
# The other program could not open these at all; what they are is in docs/draft-internals.md.
UNOPENED = {"bug53475-password-is-pass.docx", "bug53475-password-is-solrcell.docx"}
# More is found than expected.csv lists, explained in docs/draft-internals.md.
MORE = {
    "61745.docx": Counter(
        {
            ("chart-cache", "word/charts/chart1.xml", 27): 1,
            ("chart-cache", "word/charts/chart2.xml", 27): 1,
        }
    ),
}


def _found(draft: Draft) -> Counter[tuple[str, str, int]]:
    found: Counter[tuple[str, str, int]] = Counter()
    for finding in draft.findings:
        place = finding.place
        if finding.code in FEATURES and not place.file:
            named = finding.code == "author-property"
            found[finding.code, place.item if named else place.part, finding.count] += 1
    return found


def test_whole_corpus(drafts: Path) -> None:
    expected: dict[str, Counter[tuple[str, str, int]]] = {}
    with (drafts / "expected.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            line = (row["feature"], row["place"], int(row["count"]))
            expected.setdefault(row["file"], Counter())[line] += 1
    differing = {}
    files = [f for f in sorted(drafts.glob("*/*")) if f.suffix in (".docx", ".docm")]
    assert len(files) >= 18
    for path in files:
        if path.name in UNOPENED:
            continue
        want = expected.get(f"{path.parent.name}/{path.name}", Counter())
        found = _found(inspect(path))
        if found != want + MORE.get(path.name, Counter()):
            differing[path.name] = (want - found, found - want)
    assert differing == {}


def test_whole_corpus_has_no_unknown_part(drafts: Path) -> None:
    """Files of Word and of its rivals hold nothing that the tables of known things leave out."""
    unknown = {}
    for path in sorted(drafts.glob("*/*.docx")):
        found = [f.detail for f in inspect(path).of("unknown-part") if not f.place.file]
        if found and path.name not in UNOPENED:
            unknown[path.name] = found
    assert unknown == {}


@pytest.mark.parametrize("name", sorted(UNOPENED))
def test_unopened_is_never_clean(drafts: Path, name: str) -> None:
    path = next(drafts.glob(f"*/{name}"))
    draft = inspect(path)
    assert not draft.complete
    assert not draft.clean
