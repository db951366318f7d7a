"""In each disclosing draft of the trust corpus, the name or number it gives away is handed over."""

from __future__ import annotations

import importlib.util
import re
import sys
from types import ModuleType

import pytest
from passages_of import Handed

from conftest import SHARED

KINDS = (
    *("chart-text", "comment", "text-box", "validation-list", "defined-name", "table-name"),
    *("filter-value", "formula-text", "link-target", "header-footer", "properties", "alt-text"),
    *("left-in-the-xml", "behind-the-end", "letter-", "kept-by-ods", "text-dialect"),
    *("other-text-format", "zip-members", "people-in-", "identifier-in-text", "name-in-"),
    *("file-name", "sheet-name"),
)
# Numbers that the corpus gives to people: of insurance, health and telephones
_NUMBERS = re.compile(r"MW\d{6}|999 \d{3} \d{4}|07700")


@pytest.fixture(scope="module")
def corpus() -> ModuleType:
    path = SHARED / "trust" / "make_cases.py"
    if not path.is_file():
        pytest.skip("the trust corpus is not here: set SINGLEOUT_SHARED")
    spec = importlib.util.spec_from_file_location("trust_cases", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_what_gives_away_is_handed_over(corpus: ModuleType) -> None:
    cases = [case for case in corpus.CASES if case.label != "clean" and case.kind.startswith(KINDS)]
    assert len(cases) > 80
    lost = []
    for case in cases:
        told = Handed(case.make(), case.name)
        if any(finding.code == "unsupported-format" for finding in told.findings):
            continue  # never clean
        texts = [p.text for p in told.passages] + [text for text, _ in told.cells]
        said = "\n".join(texts)
        if not any(name.lower() in said.lower() for name in corpus.LAST):
            lost += [] if _NUMBERS.search(said) else [f"{case.name}: {case.why}"]
    assert lost == []
