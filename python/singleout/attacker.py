"""What an attacker knows of a person: the probability of knowing each field.

The presets are judgements, written down so that they can be argued with; docs/attackers.md gives
the argument for each figure. Whoever knows better passes their own.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from singleout.errors import InputError
from singleout.lexicon import Role
from singleout.roles import FieldRole, Roles
from singleout.table import unknown_field

__all__ = [
    "PRESETS",
    "Attacker",
    "colleague",
    "journalist",
    "known_by",
    "neighbour",
    "preset",
    "stranger",
    "uniform",
]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Attacker:
    """An attacker who knows each field of his victim with a probability of its own.

    Attributes
    ----------
    known : mapping of str to float
        Field name to the probability, 0 to 1, that he knows it; fields are independent.
    max_known : int, optional
        He knows at most so many fields: the probabilities are conditioned on that.
    others : float
        The probability for every field that `known` does not list.
    name : str
        What reports call him.

    Raises
    ------
    InputError
        On creation: a probability outside 0 to 1, or a cap that is negative or below the number
        of fields that are certainly known (nothing would be left to condition on).

    Examples
    --------
    >>> Attacker({"surname": 1.0, "rank": 0.9}).probabilities(["rank", "unit"]).tolist()
    Traceback (most recent call last):
    singleout.errors.InputError: there is no column 'surname': the columns are: rank, unit
    >>> Attacker({"rank": 0.9}, max_known=1).probabilities(["rank", "unit"]).tolist()
    [0.9, 0.0]
    """

    known: Mapping[str, float] = field(default_factory=dict)
    max_known: int | None = None
    others: float = 0.0
    name: str = "attacker"

    def __post_init__(self) -> None:
        for label, value in [*self.known.items(), ("every other field", self.others)]:
            number = isinstance(value, (int, float)) and not isinstance(value, bool)
            if not number or not 0 <= value <= 1:
                raise InputError(
                    f"attacker: the probability of knowing '{label}' must be from 0 to 1"
                )
        cap = self.max_known
        if cap is not None and (isinstance(cap, bool) or not isinstance(cap, int) or cap < 0):
            raise InputError("attacker: max_known must be a whole number of 0 or more")
        frozen = MappingProxyType({name: float(value) for name, value in self.known.items()})
        object.__setattr__(self, "known", frozen)
        self._check_cap(list(self.known.values()))

    def __hash__(self) -> int:
        return hash((frozenset(self.known.items()), self.max_known, self.others, self.name))

    def __reduce__(self) -> tuple[type[Attacker], tuple[object, ...]]:
        # A mapping proxy does not pickle; a copy is checked and frozen again.
        return Attacker, (dict(self.known), self.max_known, self.others, self.name)

    def _check_cap(self, chances: Sequence[float]) -> None:
        certain = sum(value == 1.0 for value in chances)
        if self.max_known is not None and certain > self.max_known:
            raise InputError(
                f"attacker: {certain} fields are known for certain, but max_known is "
                f"{self.max_known}: raise it, or make fewer of them certain"
            )

    def probabilities(self, fields: Sequence[str]) -> Floats:
        """Return the probability of each field of a table.

        Parameters
        ----------
        fields : sequence of str, length m
            The table's fields.

        Returns
        -------
        (m,) array of float64

        Raises
        ------
        InputError
            If `known` names a field that is not there, or more fields are certain than `max_known`.
        """
        there = set(fields)
        for name in self.known:
            if name not in there:
                raise unknown_field(name, list(fields))
        chances = [self.known.get(name, self.others) for name in fields]
        self._check_cap(chances)
        return np.array(chances, dtype=np.float64)


def known_by(chances: npt.ArrayLike) -> Floats:
    """Return how many fields the attacker knows: the probability of each number.

    Parameters
    ----------
    chances : (m,) array of float
        Probability of each field, without a cap.

    Returns
    -------
    (m + 1,) array of float64
        Entry s is the probability of knowing exactly s fields (the Poisson binomial law). With a
        cap T every combination's probability is divided by the sum of the first T + 1.

    Examples
    --------
    >>> known_by([0.5, 0.5, 1.0]).tolist()
    [0.0, 0.25, 0.5, 0.25]
    """
    law = np.ones(1)
    for chance in np.asarray(chances, np.float64):
        law = np.concatenate((law * (1 - chance), [0.0])) + np.concatenate(([0.0], law * chance))
    return law


def uniform(p: float, max_known: int | None = None) -> Attacker:
    """Return an attacker who knows every field with the same probability.

    Parameters
    ----------
    p : float
        From 0 to 1.
    max_known : int, optional
        As in `Attacker`.

    Examples
    --------
    >>> uniform(0.5).probabilities(["rank", "unit"]).tolist()
    [0.5, 0.5]
    """
    if not (isinstance(p, (int, float)) and math.isfinite(p)):
        raise InputError("attacker: p must be from 0 to 1")
    return Attacker({}, max_known, float(p), f"knows each field with probability {p:g}")


_PEOPLE: Final = ("stranger", "neighbour", "colleague", "journalist")

# Probability of knowing a field of that meaning of somebody whom one has in mind.
_BY_MEANING: Final[dict[str, tuple[float, float, float, float]]] = {
    # meaning: stranger, neighbour, colleague, journalist
    "surname": (0.8, 0.95, 0.99, 0.95),
    "forename": (0.7, 0.9, 0.95, 0.95),
    "initials": (0.7, 0.9, 0.95, 0.95),
    "name": (0.7, 0.9, 0.95, 0.95),
    "gender": (0.9, 0.99, 0.99, 0.95),
    "age": (0.3, 0.6, 0.6, 0.6),
    "birth-date": (0.05, 0.15, 0.2, 0.2),
    "ethnicity": (0.5, 0.8, 0.8, 0.6),
    "nationality": (0.3, 0.7, 0.7, 0.5),
    "marital": (0.1, 0.8, 0.6, 0.3),
    "appearance": (0.3, 0.95, 0.95, 0.5),
    "education": (0.1, 0.2, 0.4, 0.4),
    "postcode": (0.1, 0.99, 0.2, 0.2),
    "address": (0.1, 0.99, 0.2, 0.2),
    "vehicle": (0.05, 0.9, 0.4, 0.1),
    "phone": (0.05, 0.4, 0.6, 0.3),
    "email": (0.1, 0.3, 0.9, 0.4),
    "rank": (0.1, 0.2, 0.95, 0.7),
    "job": (0.1, 0.4, 0.9, 0.6),
    "unit": (0.05, 0.1, 0.9, 0.4),
    "location": (0.2, 0.3, 0.9, 0.5),
    "shift": (0.02, 0.4, 0.6, 0.05),
    "contract": (0.1, 0.3, 0.6, 0.2),
    "status": (0.05, 0.3, 0.7, 0.2),
    "dates": (0.05, 0.2, 0.4, 0.4),
    "service": (0.1, 0.3, 0.6, 0.4),
    "pay": (0.02, 0.05, 0.3, 0.2),
    "health": (0.02, 0.2, 0.4, 0.05),
    "religion": (0.1, 0.5, 0.4, 0.2),
    "vetting": (0.01, 0.02, 0.2, 0.05),
    "service-number": (0.05, 0.05, 0.4, 0.1),
    "pay-number": (0.01, 0.01, 0.1, 0.02),
    "post-number": (0.01, 0.01, 0.1, 0.05),
}
_BY_ROLE: Final[dict[Role, tuple[float, float, float, float]]] = {
    "direct identifier": (0.02, 0.05, 0.1, 0.05),
    "quasi-identifier": (0.1, 0.3, 0.6, 0.3),
    "sensitive": (0.02, 0.1, 0.2, 0.1),
    "neither": (0.0, 0.0, 0.0, 0.0),
}

PRESETS: Final[Mapping[str, Mapping[str, float]]] = MappingProxyType(
    {
        person: MappingProxyType(
            {
                **{meaning: chances[place] for meaning, chances in _BY_MEANING.items()},
                **{f"any other {role}": chances[place] for role, chances in _BY_ROLE.items()},
            }
        )
        for place, person in enumerate(_PEOPLE)
    }
)
"""For each preset the probability by what a field means, and by role where that is not known."""


def _chance(person: str, one: FieldRole) -> float:
    if one.role == "neither":
        return 0.0
    by_meaning = PRESETS[person]
    return by_meaning.get(one.meaning, by_meaning[f"any other {one.role}"])


def preset(person: str, roles: Roles, max_known: int | None = None) -> Attacker:
    """Return a preset attacker on a table.

    Parameters
    ----------
    person : {"stranger", "neighbour", "colleague", "journalist"}
        Who he is to the victim.
    roles : Roles
        What the table's fields are, from `suggest_roles`.
    max_known : int, optional
        As in `Attacker`.

    Returns
    -------
    Attacker

    Raises
    ------
    InputError
        If there is no such preset.

    Examples
    --------
    >>> from singleout.roles import suggest_roles
    >>> dict(colleague(suggest_roles({"rank": ["PC", "DC"], "row": [1, 2]})).known)
    {'rank': 0.95, 'row': 0.0}
    """
    if person not in PRESETS:
        listed = ", ".join(f"'{one}'" for one in _PEOPLE)
        raise InputError(f"attacker: there is no preset '{person}'; choose one of {listed}")
    known = {one.name: _chance(person, one) for one in roles.fields}
    return Attacker(known, max_known, name=person)


def stranger(roles: Roles) -> Attacker:
    """Return the attacker who never met the victim: he has a name and the open web."""
    return preset("stranger", roles)


def neighbour(roles: Roles) -> Attacker:
    """Return the attacker who lives near the victim and sees comings and goings."""
    return preset("neighbour", roles)


def colleague(roles: Roles) -> Attacker:
    """Return the attacker who works, or has worked, with the victim."""
    return preset("colleague", roles)


def journalist(roles: Roles) -> Attacker:
    """Return the attacker who collects what is public: press, registers, earlier releases."""
    return preset("journalist", roles)
