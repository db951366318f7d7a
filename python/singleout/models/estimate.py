"""What every estimator of the population is given and gives back."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from singleout.errors import InputError
from singleout.models.crosstab import Floats

__all__ = ["ClassSizes", "Estimate", "class_sizes", "common", "settled"]

ONLY_PAIRS = (
    "No class of the sample has three people or more: singles and pairs alone do not settle two "
    "parameters."
)
UNSETTLED = "The sample does not settle the estimate: its relative error is above 1."


@dataclass(frozen=True, slots=True)
class ClassSizes:
    """The sizes of a sample's equivalence classes on one combination of fields.

    Attributes
    ----------
    sizes : tuple of int
        Distinct class sizes (people), ascending, 1 or more.
    counts : tuple of int
        Classes of each size.
    """

    sizes: tuple[int, ...]
    counts: tuple[int, ...]

    @property
    def people(self) -> int:
        """People in the sample, n."""
        return sum(size * count for size, count in zip(self.sizes, self.counts, strict=True))

    @property
    def classes(self) -> int:
        """Classes in the sample, u."""
        return sum(self.counts)

    def of_size(self, size: int) -> int:
        """Return how many classes have exactly `size` people."""
        return dict(zip(self.sizes, self.counts, strict=True)).get(size, 0)

    def arrays(self) -> tuple[Floats, Floats]:
        """Return sizes and counts as float arrays."""
        return np.asarray(self.sizes, np.float64), np.asarray(self.counts, np.float64)


@dataclass(frozen=True, slots=True)
class Estimate:
    """An estimate of the people who are unique in the population.

    Attributes
    ----------
    model : str
        "zayatz", "pitman", "snb", "poisson-lognormal" or "dankar".
    uniques : float
        Estimated population uniques; NaN where refused.
    sample, population : int
        People in the sample and in the population.
    sample_uniques : int
        People unique in the sample.
    parameters : tuple of (str, float)
        The fitted parameters.
    assumptions : str
        What must hold for the figure to mean anything, in plain English.
    refused : str or None
        Why no figure is given.
    chosen : str or None
        The model that Dankar's rule took.
    """

    model: str
    uniques: float
    sample: int
    population: int
    sample_uniques: int
    parameters: tuple[tuple[str, float], ...]
    assumptions: str
    refused: str | None = None
    chosen: str | None = None

    @property
    def fraction(self) -> float:
        """Sampling fraction, n / N."""
        return self.sample / self.population

    @property
    def share(self) -> float:
        """Estimated uniques as a share of the population."""
        return self.uniques / self.population

    @property
    def of_sample_uniques(self) -> float:
        """Estimated share of the sample's unique people who are unique in the population too."""
        if self.sample_uniques == 0 or math.isnan(self.uniques):
            return math.nan
        return min(1.0, self.uniques * self.fraction / self.sample_uniques)


def class_sizes(k: npt.ArrayLike) -> ClassSizes:
    """Return the distribution of class sizes from the size of each class.

    Parameters
    ----------
    k : (u,) array of int
        People in each class, 1 or more.

    Returns
    -------
    ClassSizes

    Raises
    ------
    InputError
        If a size is below 1 or not an integer.

    Examples
    --------
    >>> class_sizes([1, 1, 3])
    ClassSizes(sizes=(1, 3), counts=(2, 1))
    """
    array = np.asarray(k)
    if array.size and (not np.issubdtype(array.dtype, np.integer) or array.min() < 1):
        raise InputError("class sizes must be whole numbers of 1 or more")
    sizes, counts = np.unique(array, return_counts=True)
    return ClassSizes(tuple(map(int, sizes)), tuple(map(int, counts)))


def common(model: str, sample: ClassSizes, population: int, assumptions: str) -> Estimate:
    """Return an estimate with its inputs, settled already where no model is to be asked.

    Parameters
    ----------
    model, assumptions : str
        As in `Estimate`.
    sample : ClassSizes
        The sample's classes.
    population : int
        People in the population.

    Returns
    -------
    Estimate
        `refused` where every model would mislead, 0 uniques where the sample has none, else an
        open one: `uniques` is NaN and `refused` None.

    Raises
    ------
    InputError
        If the population is smaller than the sample.
    """
    people, uniques = sample.people, sample.of_size(1)
    if population < people:
        raise InputError(
            f"the population ({population}) is smaller than the sample ({people}): give the number "
            "of people that the sample was taken from"
        )
    estimate = Estimate(model, math.nan, people, population, uniques, (), assumptions)
    if people == 0:
        return replace(estimate, refused="The sample is empty.")
    if population == people:
        return replace(
            estimate,
            refused="The sample is the whole population: count its unique people, do not estimate.",
        )
    if uniques == people:
        return replace(
            estimate,
            refused="Everyone is unique in the sample, which says nothing of how many people "
            "share these values: assume that all are unique in the population.",
        )
    return replace(estimate, uniques=0.0) if uniques == 0 else estimate


def settled(estimate: Estimate) -> bool:
    """Return whether `common` has decided the estimate already."""
    return estimate.refused is not None or estimate.uniques == 0.0
