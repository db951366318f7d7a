"""Names that people take for the same are the same, and nothing else is."""

from __future__ import annotations

import doctest
import unicodedata

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import singleout.normalise
from singleout.errors import InputError
from singleout.normalise import fold_initials, fold_name, normalise

TEXT = st.text(st.characters(codec="utf-8"), max_size=20)


@pytest.mark.parametrize(
    "same",
    [
        [
            "O'Neill",
            "O\u2019NEILL",
            "Oneill",
            "o neill",
            "O`Neill",
            "O\u02bcNeill",
            "O\uff07Neill",
            "O\u00b4Neill",
        ],
        ["Smith-Jones", "Smith Jones", "SMITH\u2010JONES", "Smith\u2013Jones", "smithjones"],
        ["McDonald", "Mc Donald", "MCDONALD", "Mc\u00a0Donald"],
        ["St. John", "St John", "st.john"],
        ["Se\u00e1n", "Sea\u0301n", "SE\u00c1N"],
        ["Stra\u00dfe", "STRASSE", "strasse"],
        ["\ufb01nn", "Finn", "\uff26\uff49\uff4e\uff4e"],
        ["van der Berg", "Van Der Berg", "VanderBerg"],
        ["Ash\u00adley", "Ashley", "Ash\u200bley"],
    ],
)
def test_spellings_of_one_name(same):
    assert len({fold_name(text) for text in same}) == 1


@pytest.mark.parametrize(
    "different",
    [["Oneill", "Oneil"], ["Smith-Jones", "Jones-Smith"], ["Sean", "Se\u00e1n"], ["Li", "Le"]],
)
def test_other_names_stay_other_names(different):
    assert len({fold_name(text) for text in different}) == len(different)


@pytest.mark.parametrize(
    ("written", "initials"),
    [
        ("John", "j"),
        ("J", "j"),
        ("j.", "j"),
        ("JP", "j p"),
        ("J.P.", "j p"),
        ("John Paul", "j p"),
        ("Mary-Jane", "m j"),
        ("JOHN", "j"),
        ("Jo", "j"),
        ("\u00c9amonn", "\u00e9"),
        ("D'Arcy", "d"),
        ("J P 2", "j p"),
        ("A.B.C.D.", "a b c d"),
        ("", ""),
        ("-", ""),
    ],
)
def test_initials(written, initials):
    assert fold_initials(written) == initials


@given(TEXT)
def test_folding_again_changes_nothing(text):
    assert fold_name(fold_name(text)) == fold_name(text)
    assert fold_initials(fold_initials(text)) == fold_initials(text)


@given(TEXT, st.integers(0, 20), st.sampled_from(" '\u2019-\u2010.\u00a0\u00ad"))
def test_what_is_ignored_can_stand_anywhere(text, place, char):
    at = min(place, len(text))
    # between a letter and its accent a mark would take the accent away from the letter
    if at == len(text) or not unicodedata.combining(text[at]):
        assert fold_name(text[:at] + char + text[at:]) == fold_name(text)


@given(TEXT)
def test_case_and_composition_do_not_count(text):
    assert fold_name(text.casefold()) == fold_name(text)
    for form in ("NFC", "NFD"):
        assert fold_name(unicodedata.normalize(form, text)) == fold_name(text)


@settings(deadline=None)
@given(st.lists(st.none() | TEXT, max_size=20), st.sampled_from(["name", "initials"]))
def test_a_column_is_folded_value_by_value(values, how):
    fold = fold_name if how == "name" else fold_initials
    expected = [None if value is None else fold(value) for value in values]
    plain = pa.array(values, pa.string())
    chunked = pa.chunked_array([plain, plain], pa.string())
    for column in (plain, plain.cast(pa.large_string()), plain.dictionary_encode()):
        found = normalise("forename", column, how)
        assert found.values.to_pylist() == expected
        assert found.spellings == len({value for value in values if value is not None})
        assert found.distinct == len({value for value in expected if value is not None})
    assert normalise("forename", chunked, how).values.to_pylist() == expected * 2


def test_the_note_says_what_was_done_without_a_value():
    note = normalise("surname", pa.array(["O'Dea", "ODEA", "Quin"]), "name").note
    assert "'surname' was compared as names" in note
    assert "3 spellings became 2 values" in note
    assert "Quin" not in note


def test_bad_input_is_refused_in_words():
    with pytest.raises(InputError, match="choose 'name' or 'initials'"):
        normalise("surname", pa.array(["a"]), "sound")
    with pytest.raises(InputError, match="'grade' is not text"):
        normalise("grade", pa.array([1, 2]), "name")


def test_docstring_examples():
    failed, tried = doctest.testmod(singleout.normalise)
    assert failed == 0
    assert tried > 0
