"""Headings of many fields and languages are read as what they say."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from singleout.identifiers.heading_lexicon import entries, fold
from singleout.identifiers.heading_split import split
from singleout.identifiers.headings import is_heading_word, read_heading

TABLES = [Path(__file__).with_name(f"headings{kind}.tsv") for kind in ("", "_met")]


def rows() -> Iterator[tuple[str, str, str, str]]:
    for line in (line for path in TABLES for line in path.read_text("utf-8").splitlines()):
        if line and not line.startswith("# "):
            meaning, subject, measure, headings = line.split("\t")
            for heading in headings.split(" | "):
                yield heading, meaning, subject, measure


def best(text: str) -> set[str]:
    """The meanings that weigh most, or - if none is spoken for."""
    evidence = {m.name: w for m, w in read_heading(text).evidence.items() if w > 0}
    most = max(evidence.values(), default=0)
    return {name for name, weight in evidence.items() if weight == most} or {"-"}


@pytest.mark.parametrize(("heading", "meaning", "subject", "measure"), list(rows()))
def test_heading(heading: str, meaning: str, subject: str, measure: str) -> None:
    read = read_heading(heading)
    assert meaning in best(heading)
    assert subject in ("*", read.subject or "-")
    assert measure in ("*", read.measure)


LABELS = """
Surname|Date of birth|Collar no|DOB|Stn|F1|Enw|NACHN|First|Rheng|Geburtsdatum|Officer|Supplier
E-mail|Amount (£)|Number of staff|Approved by|Unit|姓名|تاريخ الميلاد|Nom et prénom|EMPLID
Cost centre|National Insurance number|Job title|Reason for leaving|Line manager
"""
VALUES = """
Davies|Rhys Trevanion|Sergeant|Nurse|Female|2023|Q1|Castle Street|Kendal Hospital|Officers|Vehicles
Unit A|Ward 3|Block 12|Team B
Closed|Sick|-|12|14/02/1971|MW 12 34 56 A|Old Church Lane|Chief Inspector|White British||
He was seen at the station by an officer who took his name
"""


KINDS = """
role|job|case|thing|group|attr|name|number|ident|code|key|count|total|sum|average|rate|per|percent
amount|sort|label|date|time|period|act|link|by|bracket|and|field|prefix
"""


def listed(text: str) -> list[str]:
    return [part for line in text.strip().splitlines() for part in line.split("|")]


@pytest.mark.parametrize("text", listed(LABELS))
def test_label(text: str) -> None:
    assert is_heading_word(text)


@pytest.mark.parametrize("text", listed(VALUES))
def test_value(text: str) -> None:
    assert not is_heading_word(text)


def test_no_evidence_is_empty() -> None:
    assert dict(read_heading("Xyzzy plugh").evidence) == {}
    assert read_heading("").words == ()


def test_attribute_is_of_one_person() -> None:
    assert read_heading("Officer rank").attribute
    assert read_heading("Age of victim").attribute
    assert not read_heading("Officer name").attribute
    assert not read_heading("Officers").attribute
    assert not read_heading("Rank").attribute


def test_lexicon_is_readable() -> None:
    """Every word stands as the splitter gives it, once in a language, with known meanings."""
    seen: set[tuple[str, str]] = set()
    text = files("singleout.identifiers").joinpath("data/headings.tsv").read_text("utf-8")
    for line in text.splitlines():
        if line.startswith("# "):
            continue
        words, language, kind, _, source = line.split("\t")
        assert kind in listed(KINDS)
        assert source
        for word in words.split(","):
            one, _, many = word.partition("/")
            for form in {one, many} - {"", "="}:
                tokens = split(form)
                assert " ".join(tokens) == form.replace("ß", "ss")
                assert len(tokens) <= 4
                assert entries(fold(form))
            assert (language, one) not in seen
            seen.add((language, one))


LETTERS = st.text(string.ascii_letters + string.digits + " ._-/'#(%&,", max_size=24)


@given(LETTERS)
def test_splitting_is_the_same_in_ascii_and_beyond(text: str) -> None:
    assert split("0" + text + "\u00b7") == split("0" + text)


@given(st.text(max_size=40))
def test_any_text_is_read_the_same_again(text: str) -> None:
    first = read_heading(text)
    read_heading.cache_clear()
    assert read_heading(text) == first
    assert is_heading_word(text) in (True, False)


def styles(heading: str) -> Iterator[str]:
    words = [word for word in re.split(r"[ ']+", heading) if word != "s"]
    yield "_".join(words).lower()
    yield "_".join(words).upper()
    yield "-".join(words)
    yield "t1." + ".".join(words).lower()
    yield words[0].lower() + "".join(map(str.title, words[1:]))
    yield "".join(map(str.title, words))
    yield heading.upper()
    yield heading.lower() + ":"


def test_style_of_writing_changes_nothing() -> None:
    for heading, meaning, _, _ in rows():
        if re.fullmatch(r"[A-Za-z' ]+", heading) and not re.search(
            "[a-z][A-Z]|[A-Z]{2}[a-z]", heading
        ):
            for text in styles(heading):
                assert meaning in best(text), text
