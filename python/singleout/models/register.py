"""Risk against a known population: a table of everyone, or the size of a stratum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from singleout.errors import InputError
from singleout.models.crosstab import Floats, Ints

__all__ = ["PopulationRisk", "StratumBounds", "known_strata", "match_classes", "population_risk"]


@dataclass(frozen=True, slots=True, eq=False)
class PopulationRisk:
    """Risk of each record against a table of the population.

    Attributes
    ----------
    population_k : (n,) int64
        K: people in the population with the record's values on the shared fields.
    risk : (n,) float64
        Journalist risk, 1 / K; 1 / k where the population has nobody like it.
    k_map : int
        Smallest K of a record, unmatched ones aside; 0 where there is none.
    journalist_max, journalist_mean : float
        Largest and mean risk, over people; 0 for an empty sample.
    delta_min, delta_max : float
        delta-presence: smallest and largest share of a population class that is in the sample.
    unmatched_people : int
        People of the sample whom the population table does not hold: it is not the population.
    understated_people : int
        People in classes with fewer people in the population than in the sample, likewise.
    """

    population_k: Ints
    risk: Floats
    k_map: int
    journalist_max: float
    journalist_mean: float
    delta_min: float
    delta_max: float
    unmatched_people: int
    understated_people: int


@dataclass(frozen=True, slots=True, eq=False)
class StratumBounds:
    """What a known stratum size says of the classes inside the stratum.

    Attributes
    ----------
    at_most : (u,) int64
        Largest possible population size of each class; -1 where its stratum's size is not known.
    risk_at_least : (u,) float64
        1 / at_most, a lower bound of the journalist risk; NaN where not known.
    complete_strata : tuple of int
        Strata that are in the sample as a whole: there k is K.
    """

    at_most: Ints
    risk_at_least: Floats
    complete_strata: tuple[int, ...]


def _coded(name: str, keys: npt.ArrayLike) -> Ints:
    array = np.asarray(keys)
    if array.ndim == 1:
        array = array[:, None]
    if array.ndim != 2 or (array.size and not np.issubdtype(array.dtype, np.integer)):
        raise InputError(f"{name} must be a table of integer codes, one column a field")
    return array.astype(np.int64, copy=False)


def match_classes(sample: npt.ArrayLike, population: npt.ArrayLike) -> tuple[Ints, Ints]:
    """Number the classes of two coded tables alike.

    Parameters
    ----------
    sample : (n, m) array of int
        Codes of the shared fields, one row a record.
    population : (N, m) array of int
        The same fields with the same codes for the same values.

    Returns
    -------
    (n,) and (N,) arrays of int64
        Class of each record; rows that are equal in all fields have the same number.

    Raises
    ------
    InputError
        If the tables have different numbers of fields, none, or are no integers.

    Notes
    -----
    A null is whatever code it was given: a value of its own.

    Examples
    --------
    >>> match_classes([[1, 5]], [[1, 5], [2, 5], [1, 5]])
    (array([0]), array([0, 1, 0]))
    """
    first, second = _coded("sample", sample), _coded("population", population)
    if first.shape[1] != second.shape[1] or first.shape[1] == 0:
        raise InputError(
            f"the sample has {first.shape[1]} shared fields, the population {second.shape[1]}: "
            "pass the same fields of both, at least one"
        )
    stacked = np.concatenate((first, second))
    key = np.zeros(len(stacked), dtype=np.int64)
    for column in stacked.T:
        codes, code = np.unique(column, return_inverse=True)
        # Numbering the pairs anew after each field keeps the key below rows * values.
        key = np.unique(key * len(codes) + code, return_inverse=True)[1].astype(np.int64)
    return key[: len(first)], key[len(first) :]


def _people(name: str, counts: npt.ArrayLike | None, rows: int) -> Ints:
    if counts is None:
        return np.ones(rows, np.int64)
    array = np.asarray(counts)
    if len(array) != rows or (rows and (array.dtype.kind not in "iu" or array.min() < 1)):
        raise InputError(f"{name} must hold one whole number of 1 or more for each row")
    return array.astype(np.int64)


def population_risk(
    sample: npt.ArrayLike,
    population: npt.ArrayLike,
    *,
    counts: npt.ArrayLike | None = None,
    population_counts: npt.ArrayLike | None = None,
) -> PopulationRisk:
    """Measure journalist risk, k-map and delta-presence against a population table.

    Parameters
    ----------
    sample : (n,) or (n, m) array of int
        Class of each record, or its codes on the shared fields.
    population : (N,) or (N, m) array of int
        The same of everyone in the population.
    counts, population_counts : (n,) and (N,) arrays of int, optional
        People that each row stands for (default 1).

    Returns
    -------
    PopulationRisk

    Raises
    ------
    InputError
        As `match_classes`, or for counts below 1.

    Notes
    -----
    k-map: Sweeney 2001, Computational Disclosure Control. Journalist risk: El Emam & Dankar 2008.
    delta-presence: Nergiz, Atzori & Clifton 2007, share of a class of the public table that is in
    the research subset; a population class without anyone in the sample makes delta_min 0.

    Examples
    --------
    >>> found = population_risk([7, 7, 8], [7, 7, 7, 7, 8, 9])
    >>> found.population_k.tolist(), found.k_map, found.delta_max
    ([4, 4, 1], 1, 1.0)
    """
    mine, theirs = match_classes(sample, population)
    classes = int(max(mine.max(initial=-1), theirs.max(initial=-1))) + 1
    people = _people("counts", counts, len(mine))
    small, large = np.zeros(classes, np.int64), np.zeros(classes, np.int64)
    np.add.at(small, mine, people)
    np.add.at(large, theirs, _people("population_counts", population_counts, len(theirs)))
    k, big = small[mine], large[mine]
    risk = 1.0 / np.where(big > 0, big, np.maximum(k, 1))
    share = np.minimum(small / np.where(large > 0, large, np.maximum(small, 1)), 1.0)
    return PopulationRisk(
        population_k=big,
        risk=risk,
        k_map=int(big[big > 0].min(initial=np.iinfo(np.int64).max)) if (big > 0).any() else 0,
        journalist_max=float(risk.max(initial=0.0)),
        journalist_mean=float(np.sum(risk * people) / max(1, int(people.sum()))),
        delta_min=float(share.min(initial=1.0)) if classes else 0.0,
        delta_max=float(share.max(initial=0.0)),
        unmatched_people=int(people[big == 0].sum()),
        understated_people=int(people[(big > 0) & (big < k)].sum()),
    )


def known_strata(
    k: npt.ArrayLike, stratum_of: npt.ArrayLike, sizes: Mapping[int, int]
) -> StratumBounds:
    """Bound the population size of classes by the known size of their stratum.

    "There are seven chief superintendents": the others of the stratum who are not in a class but
    are in the sample cannot be in it, so K <= k + (size of the stratum - its people in the sample).

    Parameters
    ----------
    k : (u,) array of int
        People of the sample in each class.
    stratum_of : (u,) array of int
        Stratum of each class: its code on the field whose totals are known.
    sizes : mapping of int to int
        People in the population of each known stratum.

    Returns
    -------
    StratumBounds

    Raises
    ------
    InputError
        If the sample has more people in a stratum than the population.

    Examples
    --------
    >>> bounds = known_strata([2, 3, 4], [1, 1, 2], {1: 7})
    >>> bounds.at_most.tolist(), bounds.risk_at_least.tolist()
    ([4, 5, -1], [0.25, 0.2, nan])
    """
    sample, strata = np.asarray(k, np.int64), np.asarray(stratum_of, np.int64)
    at_most = np.full(len(sample), -1, dtype=np.int64)
    complete = []
    for stratum, size in sizes.items():
        inside = strata == stratum
        unseen = int(size) - int(sample[inside].sum())
        if unseen < 0:
            raise InputError(
                f"a stratum of {size} people has {size - unseen} in the sample: correct its size"
            )
        at_most[inside] = sample[inside] + unseen
        if unseen == 0:
            complete.append(int(stratum))
    with np.errstate(divide="ignore"):
        bound = np.where(at_most > 0, 1.0 / at_most, np.nan)
    return StratumBounds(at_most, bound, tuple(complete))
