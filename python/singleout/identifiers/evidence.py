"""What can speak for and against a text's being the name of a person."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntFlag
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["Against", "NameEvidence", "Witness", "score"]


class Witness(IntFlag):
    """Independent evidence that a text names a person."""

    TITLE = 1 << 0  # Mr, Dr, Cllr before a name
    RANK = 1 << 1  # Sergeant Rhys Trevanion, DI K Novak, Haldane (PC)
    INITIALS = 1 << 2  # J. R. Ash, Ash J
    COMMA = 1 << 3  # Surname, Forename
    GIVEN = 1 << 4  # a known given name beside another word like a name
    PARTICLE = 1 << 5  # ap, Ó, van der, bin; O'Dea, McGarrity; patronymics
    SCRIPT = 1 << 6  # a family name of the lists and one or two signs more; Arabic given names ...
    GIVEN_ONLY = 1 << 7
    SURNAME_ONLY = 1 << 8
    SHAPE = 1 << 9  # two to four words like names without any list's help
    RANK_NUMBER = 1 << 10  # PC 2203
    LOGIN = 1 << 11  # rhys.trevanion, trevanionr


class Against(IntFlag):
    """Evidence that it names something else."""

    STREET = 1 << 0
    PLACE = 1 << 1
    ORGANISATION = 1 << 2
    PREMISES = 1 << 3
    WORDS = 1 << 4  # nothing but ordinary words
    PRODUCT = 1 << 5  # digits and codes
    SENTENCE = 1 << 6
    MONTH = 1 << 7
    JOB = 1 << 8  # a rank, job or title and nobody who holds it
    NAMED_AFTER = 1 << 9  # a name and then an ordinary word: Harrison Reeve Catering


_FOR: Final = {
    Witness.TITLE: 0.9,
    Witness.RANK: 0.9,
    Witness.INITIALS: 0.75,
    Witness.COMMA: 0.7,
    Witness.GIVEN: 0.8,
    Witness.PARTICLE: 0.55,
    Witness.SCRIPT: 0.7,
    Witness.GIVEN_ONLY: 0.5,
    Witness.SURNAME_ONLY: 0.35,
    Witness.SHAPE: 0.25,
    Witness.RANK_NUMBER: 0.8,
    Witness.LOGIN: 0.6,
}
_AGAINST: Final = {
    Against.STREET: 0.8,
    Against.PLACE: 0.7,
    Against.ORGANISATION: 0.85,
    Against.PREMISES: 0.75,
    Against.WORDS: 0.8,
    Against.PRODUCT: 0.9,
    Against.SENTENCE: 0.9,
    Against.MONTH: 0.6,
    Against.JOB: 0.9,
    Against.NAMED_AFTER: 0.7,
}


@dataclass(frozen=True, slots=True, eq=False)
class NameEvidence:
    """Evidence about many texts, one element a text.

    Attributes
    ----------
    witness : numpy.ndarray of uint32
        `Witness` flags.
    against : numpy.ndarray of uint32
        `Against` flags.
    score : numpy.ndarray of float64
        Both in one number from 0 (no person) to 1.
    """

    witness: NDArray[np.uint32]
    against: NDArray[np.uint32]
    score: NDArray[np.float64]


def score(
    witness: NDArray[np.uint32], against: NDArray[np.uint32], doubtful: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return one number for each text: what speaks for a person, less what speaks against.

    Each witness fails with a chance of its own, and so does each counter-witness; where `doubtful`
    the counter-witnesses fail half of the time.
    """
    doubt = np.ones(len(witness))
    for one, trust in _FOR.items():
        doubt[(witness & int(one)) != 0] *= 1.0 - trust
    left = np.ones(len(witness))
    for other, trust in _AGAINST.items():
        left[(against & int(other)) != 0] *= 1.0 - trust
    left[doubtful] = 0.5
    return (1.0 - doubt) * left
