"""Tell which of many texts name a person, and by what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from singleout.identifiers.evidence import Against, NameEvidence, Witness, score
from singleout.identifiers.lists import Flag, lookup
from singleout.identifiers.roles import Roles, roles_of
from singleout.identifiers.scripts import script_names
from singleout.identifiers.tokens import Tokens, tokens_of

__all__ = ["Against", "NameEvidence", "Witness", "read_names"]

Flags = NDArray[np.uint32]
Truth = NDArray[np.bool_]


def read_names(texts: Sequence[str]) -> NameEvidence:
    """Tell what in each text speaks for and against its being a person's name.

    Parameters
    ----------
    texts : sequence of str
        Distinct texts, such as the values of a column. No text bears on another's result.

    Returns
    -------
    NameEvidence

    Examples
    --------
    >>> found = read_names(["Sgt Orla McGarrity", "Lawson Road"])
    >>> Witness.RANK in Witness(int(found.witness[0]))
    True
    >>> Against.STREET in Against(int(found.against[1]))
    True
    >>> bool(found.score[1] < 0.3 < found.score[0])
    True
    """
    tokens = tokens_of(texts)
    roles = roles_of(tokens, len(texts))
    witness = _witnesses(tokens, roles)
    against, places = _counter_witnesses(tokens, roles, texts)
    # A town of the lists as it stands: "Milton Keynes" is no Milton.
    witness[places] &= ~np.uint32(int(Witness.GIVEN | Witness.SHAPE))
    witness |= script_names(tokens, len(texts))
    logins = _logins(texts)
    against[logins != 0] = 0  # The words of a domain are no counter-evidence.
    witness |= logins
    doubtful = roles.soft_kind & ((against & _SOFT) != 0)
    return NameEvidence(witness, against, score(witness, against, doubtful))


# "David Lane", "Sarah Hall": person or street, the column must tell.
_SOFT: Final = int(Against.STREET | Against.PREMISES | Against.PLACE)


def _mark(where: Truth, flag: Witness | Against) -> Flags:
    return np.where(where, np.uint32(int(flag)), np.uint32(0)).astype(np.uint32)


def _witnesses(tokens: Tokens, roles: Roles) -> Flags:
    r = roles
    several = r.core_words >= 2
    name = r.namelike
    initials = name & (r.initials >= 1) & (r.core_words >= 1) & (r.core_words <= 2)
    # "Block A", "Grade B" and "A Level" are no initials; "Ash J" and "J. Ash" are.
    initials &= r.solid | ((r.double == r.core_words) & r.late_initial)
    comma = name & (r.commas == 1) & r.comma_form
    given = name & several & r.given_beside
    particle = name & r.particle_form
    titled = name & r.titled & (r.core_words >= 1) & (~r.title_is_word | r.solid)
    ranked = name & r.ranked & (r.core_words >= 1) & r.solid_or_sure
    single = name & (r.core_words == 1) & (r.initials == 0) & ~r.titled & ~r.ranked
    given_only = single & r.first_given
    surname_only = single & ~given_only & r.first_surname
    shape = name & several & (r.core_words <= 4) & r.solid & (r.initials == 0) & (r.commas == 0)
    listed = titled | ranked | initials | comma | given | particle
    return (
        _mark(titled, Witness.TITLE)
        | _mark(ranked, Witness.RANK)
        | _mark(initials, Witness.INITIALS)
        | _mark(comma, Witness.COMMA)
        | _mark(given, Witness.GIVEN)
        | _mark(particle, Witness.PARTICLE)
        | _mark(given_only, Witness.GIVEN_ONLY)
        | _mark(surname_only, Witness.SURNAME_ONLY)
        | _mark(shape & ~listed, Witness.SHAPE)
        | _mark(r.rank_number, Witness.RANK_NUMBER)
    )


def _counter_witnesses(tokens: Tokens, roles: Roles, texts: Sequence[str]) -> tuple[Flags, Truth]:
    r = roles
    whole = np.zeros(len(texts), np.uint32)
    asked = np.flatnonzero((r.words >= 2) & (r.words <= 4))
    if len(asked):
        whole[asked] = lookup([texts[i].strip() for i in asked.tolist()])
    listed = (whole & int(Flag.PLACE)) != 0
    place = listed | r.place | r.area
    against = (
        _mark(r.street, Against.STREET)
        | _mark(place, Against.PLACE)
        | _mark(r.organisation, Against.ORGANISATION)
        | _mark(r.premises, Against.PREMISES)
        | _mark(r.only_words, Against.WORDS)
        | _mark(r.product, Against.PRODUCT)
        | _mark(r.sentence, Against.SENTENCE)
        | _mark(r.month, Against.MONTH)
        | _mark(r.job, Against.JOB)
        | _mark(r.named_after, Against.NAMED_AFTER)
    )
    return against, listed


_LOGIN: Final = re.compile(r"([^\W\d_]+)[._-]([^\W\d_]+)\d{0,4}(?:@\S+)?", re.A)
_SHORT: Final = re.compile(r"([a-z]{5,20})\d{0,4}(?:@\S+)?")
_NAME: Final = int(Flag.GIVEN | Flag.SURNAME)
_NO_NAME: Final = int(
    Flag.WORD
    | Flag.ORGANISATION
    | Flag.UNIT
    | Flag.PREMISES
    | Flag.FUNCTION
    | Flag.JOB
    | Flag.SUBJECT
)


def _logins(texts: Sequence[str]) -> Flags:
    """Names of accounts and mailboxes made of a person's name."""
    result = np.zeros(len(texts), np.uint32)
    asked: list[str] = []
    spots: list[int] = []
    for i, text in enumerate(texts):
        if len(text) > 80 or not ("." in text or "_" in text or "@" in text):
            continue
        match = _LOGIN.fullmatch(text)
        if match and (len(match[1]) > 1 or len(match[2]) > 1) and (text.islower() or "@" in text):
            asked += [match[1], match[2]]
            spots.append(i)
    if not spots:
        return result
    flags = lookup(asked).reshape(-1, 2)
    length = np.array([len(part) for part in asked]).reshape(-1, 2)
    named = (flags & _NAME) != 0
    word = ((flags & _NO_NAME) != 0) & ((flags & int(Flag.NAMELY)) == 0)
    given = (flags & int(Flag.GIVEN)) != 0
    initial = length == 1
    good = (given | initial).any(axis=1) & ~(word & ~named).any(axis=1) & ~word.all(axis=1)
    good &= (named | ~word | initial).all(axis=1)
    result[np.array(spots)[good]] = int(Witness.LOGIN)
    return result
