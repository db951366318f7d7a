"""The lists of words: where they come from, and that they are found whole."""

from __future__ import annotations

import subprocess
import sys
import zlib
from itertools import pairwise

import numpy as np
import pytest

from singleout.identifiers.lists import (
    Flag,
    _lists,
    fold,
    key,
    lookup,
    name_shape,
    origins,
    trigrams,
)


def test_every_list_names_its_licence() -> None:
    free = ("MIT", "CC0", "CC BY 4.0", "public domain", "Government Licence", "BSD", "Apache-2.0")
    free += ("Unicode licence", "WordNet licence", "permissive licence")
    found = origins()
    assert len(found) >= 10
    for name, origin in found.items():
        assert any(licence in origin for licence in free), name
        assert "GPL" not in origin


def test_nothing_is_loaded_at_import() -> None:
    code = (
        "import sys, singleout.identifiers.lists as l; "
        "assert l._lists.cache_info().currsize == 0 and 'pyarrow' not in sys.modules; "
        "l.lookup(['ann']); assert 'pandas' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_every_word_is_found_again() -> None:
    known = _lists()
    ends = known.ends.tolist()
    words = [known.letters[a:b].decode() for a, b in pairwise(ends[:20001])]
    kept = [i for i, word in enumerate(words) if key(word) == word]
    assert len(kept) > 19900
    assert np.array_equal(lookup([words[i] for i in kept]), known.flags[kept])
    assert bool(np.all(known.hashes[1:] >= known.hashes[:-1]))


def test_words_of_one_hash_are_told_apart() -> None:
    known = _lists()
    twice = np.flatnonzero(known.hashes[1:] == known.hashes[:-1])
    assert len(twice)  # Else the loop over a run is untested.
    for i in twice[:5].tolist():
        for spot in (i, i + 1):
            word = known.letters[known.ends[spot] : known.ends[spot + 1]].decode()
            assert zlib.crc32(word.encode()) == known.hashes[spot]
            assert lookup([word])[0] == known.flags[spot]


@pytest.mark.parametrize(
    ("word", "flag"),
    [
        ("Siân", Flag.GIVEN),
        ("SIAN", Flag.GIVEN),
        ("Caoimhe", Flag.GIVEN),
        ("Eilidh", Flag.GIVEN),
        ("Chinedu", Flag.GIVEN),
        ("محمد", Flag.GIVEN),
        ("Наталья", Flag.GIVEN),
        ("王", Flag.SURNAME),
        ("김", Flag.SURNAME),
        ("Patel", Flag.SURNAME),
        ("O’Neill", Flag.SURNAME),
        ("Aberystwyth", Flag.PLACE),
        ("Caerdydd", Flag.PLACE),
        ("Milton Keynes", Flag.PLACE),
        ("training", Flag.WORD_COMMON),
        ("stryd", Flag.STREET),
        ("Straße", Flag.STREET),
        ("GmbH", Flag.ORGANISATION),
        ("cyngor", Flag.ORGANISATION),
        ("Krankenhaus", Flag.PREMISES),
        ("Cllr", Flag.TITLE),
        ("Sgt", Flag.RANK),
        ("rhingyll", Flag.RANK),
        ("Polizeioberkommissar", Flag.RANK),
        ("nurse", Flag.JOB),
        ("août", Flag.MONTH),
        ("Mehefin", Flag.MONTH),
        ("ferch", Flag.PARTICLE),
    ],
)
def test_a_word_has_its_kind(word: str, flag: Flag) -> None:
    assert flag in Flag(int(lookup([word])[0]))


def test_an_unknown_word_has_none() -> None:
    assert lookup(["xqzt", "", "\udcff"]).tolist() == [0, 0, 0]
    assert lookup([]).tolist() == []


def test_letters_of_names_differ_from_those_of_words() -> None:
    names = ["Okonkwo", "Brannigan", "Szymański", "Fairweather", "Iturralde"]
    words = ["assessment", "quarterly", "vehicles", "procurement", "suspended"]
    assert name_shape(names).mean() > name_shape(words).mean() + 0.2
    assert name_shape([]).tolist() == []


def test_shape_of_many_is_shape_of_each() -> None:
    words = ["Groß", "a", "Łódź", "O'Dea", "x" * 50]
    table = _lists().shape
    single = [float(table[trigrams(w)].mean()) / 16 for w in words]
    assert np.allclose(name_shape(words), single)


def test_folding_leaves_other_scripts() -> None:
    assert [fold(w) for w in ("żółć", "øre", "й", "é")] == ["zolc", "ore", "й", "e"]
