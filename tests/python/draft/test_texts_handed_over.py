"""Every text of a draft is handed over: whole, once with its sort, seen or not."""

from __future__ import annotations

import pytest
from builders import texts_docx, texts_ods, texts_xlsx
from builders.texts_xlsx import Slot
from passages_of import Handed

BUILDERS = {"xlsx": texts_xlsx, "docx": texts_docx, "ods": texts_ods}
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


WHOLE = [
    ("xlsx", ["text box", "run of a text box"], "{}{}"),
    ("docx", ["paragraph", "run of a paragraph"], "{}{}"),
    ("docx", ["hidden run", "run of a hidden text"], "He is {}{}"),
    ("docx", ["deleted"], "{} now"),
    ("ods", ["annotation", "span of an annotation"], "{}{}"),
    ("ods", ["text box", "list in a text box"], "{}\n{}"),
]


@pytest.mark.parametrize(("name", "kinds", "whole"), WHOLE)
def test_texts_are_whole(
    name: str, kinds: list[str], whole: str, handed: dict[str, Handed]
) -> None:
    """What stands in several runs is one text, what is out of sight stands in its paragraph."""
    expected = whole.format(*map(words, kinds))
    for kind in kinds:
        assert [p.text for p in handed[name].of(words(kind))] == [expected]


SHOWN = [
    ("xlsx", "address of a link", "rank"),
    ("xlsx", "tip of a link", "rank"),
    ("xlsx", "tip of a shape", f"{words('text box')}{words('run of a text box')}"),
    ("docx", "address of a link", words("link")),
    ("docx", "tip of a link", words("link")),
    ("docx", "address of a field", words("result of a field")),
    ("docx", "address of a simple field", "shown"),
    ("ods", "address of a link", words("link in a cell")),
    ("ods", "tip of a link", words("link in a cell")),
    ("ods", "address of a shape", words("shape")),
]


@pytest.mark.parametrize(("name", "kind", "shown"), SHOWN)
def test_links_have_the_text_they_lie_on(
    name: str, kind: str, shown: str, handed: dict[str, Handed]
) -> None:
    assert [p.shown for p in handed[name].of(words(kind))] == [shown]


def test_what_is_drawn_on_a_hidden_sheet() -> None:
    data = texts_xlsx.everywhere({kind: words(kind) for kind in texts_xlsx.SLOTS}, hidden=True)
    told = Handed(data, "a.xlsx")
    for kind in ("text box", "title of a chart", "control", "header", "name of a sheet"):
        assert [p.seen for p in told.of(words(kind))] == [False], kind


def test_paragraphs_in_their_order(handed: dict[str, Handed]) -> None:
    kinds = ["paragraph", "bullet", "inserted", "control", "link", "frame of one cell", "text box"]
    at = [
        next(i for i, p in enumerate(handed["docx"].passages) if words(kind) in p.text)
        for kind in kinds
    ]
    assert at == sorted(at)
