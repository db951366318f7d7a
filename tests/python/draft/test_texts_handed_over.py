"""Every text of a draft is handed over: whole, once with its sort, seen or not."""

from __future__ import annotations

import pytest
from builders import texts_xlsx
from builders.texts_xlsx import Slot
from passages_of import Handed

BUILDERS = {"xlsx": texts_xlsx}
KINDS = [
    (name, kind, slot) for name, builder in BUILDERS.items() for kind, slot in builder.SLOTS.items()
]


def words(kind: str) -> str:
    """A text that no other kind has."""
    return f"said of {kind} here"


@pytest.fixture(scope="module")
def handed() -> dict[str, Handed]:
    found = {}
    for name, builder in BUILDERS.items():
        data = builder.everywhere({kind: words(kind) for kind in builder.SLOTS})
        found[name] = Handed(data, f"a.{name}")
    return found


@pytest.mark.parametrize(("name", "kind", "slot"), KINDS)
def test_each_kind_of_text(name: str, kind: str, slot: Slot, handed: dict[str, Handed]) -> None:
    told = handed[name]
    passages = [p for p in told.of(words(kind)) if p.sort == slot.sort]
    if slot.sort == "cell":
        assert slot.seen in told.cells_of(words(kind)) or not slot.seen
        assert told.cells_of(words(kind)) or passages
    else:
        assert [p.seen for p in passages] == [slot.seen]


@pytest.mark.parametrize("name", BUILDERS)
def test_all_of_it_is_read(name: str, handed: dict[str, Handed]) -> None:
    assert handed[name].complete


REMARKS = {
    "comment": "see below<!-- of someone -->{}",
    "blank comment": "see below<!-- -->{}",
    "comment before": "<!-- --><!---->see below{}",
    "comment after": "see below{}<!-- -->",
    "instruction": "see below<?one two?>{}",
    "office's instruction": "see below<?mso-x y?>{}",
    "comment between CDATA": "<![CDATA[see below]]><!-- --><![CDATA[{}]]>",
}
INSIDE = [(name, kind) for name, kind, slot in KINDS if slot.element]


@pytest.mark.parametrize("remark", REMARKS)
@pytest.mark.parametrize("name", BUILDERS)
def test_remarks_among_text(name: str, remark: str) -> None:
    """Comments and instructions cut no text, and each is told."""
    builder = BUILDERS[name]
    kinds = [kind for kind, slot in builder.SLOTS.items() if slot.element]
    markup = REMARKS[remark]
    told = Handed(builder.everywhere({kind: markup.format(words(kind)) for kind in kinds}), "a")
    lost = [kind for kind in kinds if not told.holds(f"see below{words(kind)}")]
    assert not lost
    remarks = [f for f in told.findings if f.code == "unknown-part" and "comments" in f.detail]
    expected = len(kinds) * markup.count("<!--") or len(kinds)
    assert sum(f.count for f in remarks) == expected


def test_remarks_beside_elements() -> None:
    """Those that say nothing and cut nothing are no finding."""
    for name, builder in BUILDERS.items():
        data = builder.everywhere({})
        told = Handed(data, f"a.{name}")
        assert not [f for f in told.findings if f.code == "unknown-part"], name
