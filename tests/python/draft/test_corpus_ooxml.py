"""Every XLSX, XLSM and XLSB of the shared drafts against another program."""

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
    "data-connection",
    "embedded-object",
    "encrypted",
    "external-link-cache",
    "hidden-column",
    "hidden-name",
    "hidden-row",
    "hidden-sheet",
    "macro",
    "orphan-string",
    "pivot-cache",
    "thumbnail",
    "unreadable",
    "very-hidden-sheet",
}
# The other program could not open these at all; what they are is in docs/draft-internals.md.
UNOPENED = {
    "pass_protected.xlsx",
    "58616.xlsx",
    "crash-9bf3cd4bd6f50a8a9339d363c2c7af14b536865c.xlsx",
}
# More is found than expected.csv lists, explained in docs/draft-internals.md.
MORE = {
    "date_1904.xlsb": Counter(
        {("author-property", "creator", 1): 1, ("author-property", "lastModifiedBy", 1): 1}
    ),
    "issue_530.xlsx": Counter(
        {
            ("orphan-string", "sharedStrings", 404): 1,
            ("author-property", "creator", 1): 1,
            ("author-property", "lastModifiedBy", 1): 1,
        }
    ),
}


def _found(draft: Draft) -> Counter[tuple[str, str, int]]:
    found: Counter[tuple[str, str, int]] = Counter()
    for finding in draft.findings:
        place = finding.place
        if finding.code in FEATURES and not place.file:
            named = finding.code in ("author-property", "hidden-name", "orphan-string")
            found[
                finding.code, place.item if named else place.sheet or place.part, finding.count
            ] += 1
    return found


def test_whole_corpus(drafts: Path) -> None:
    expected: dict[str, Counter[tuple[str, str, int]]] = {}
    with (drafts / "expected.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            line = (row["feature"], row["place"], int(row["count"]))
            expected.setdefault(row["file"], Counter())[line] += 1
    differing = {}
    files = [f for f in sorted(drafts.glob("*/*")) if f.suffix in (".xlsx", ".xlsm", ".xlsb")]
    assert len(files) >= 70
    for path in files:
        if path.name in UNOPENED:
            continue
        want = expected.get(f"{path.parent.name}/{path.name}", Counter())
        found = _found(inspect(path))
        if found != want + MORE.get(path.name, Counter()):
            differing[path.name] = (want - found, found - want)
    assert differing == {}


@pytest.mark.parametrize("name", sorted(UNOPENED))
def test_unopened_is_never_clean(drafts: Path, name: str) -> None:
    path = next(drafts.glob(f"*/{name}"))
    draft = inspect(path)
    assert not draft.complete
    assert not draft.clean
