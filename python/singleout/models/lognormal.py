"""The Poisson-lognormal model of a population's classes: a check on the other estimators."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Final

import numpy as np
from scipy.optimize import minimize
from scipy.special import gammaln, wrightomega

from singleout.models.crosstab import Floats
from singleout.models.estimate import (
    ONLY_PAIRS,
    UNSETTLED,
    ClassSizes,
    Estimate,
    common,
    settled,
)
from singleout.models.precision import MOST, relative_error

__all__ = ["log_probability", "poisson_lognormal"]

_ASSUMES = (
    "People fall into each class at a rate of their own, the rates are lognormal, and the sample "
    "was drawn at random. A tail that is no lognormal one (a few huge classes) upsets it."
)
_NODES, _WEIGHTS = np.polynomial.hermite.hermgauss(96)
_LOG_WEIGHTS: Final = np.log(_WEIGHTS) + _NODES**2
_LONGEST: Final = 30.0  # |mu| or sigma beyond this: the likelihood runs away along a ridge


def log_probability(size: Floats, mu: float, sigma: float) -> Floats:
    """Return the log-probability of a class of each size under the Poisson-lognormal law.

    Parameters
    ----------
    size : (s,) array of float
        Class sizes, 0 or more.
    mu, sigma : float
        Mean and standard deviation of the logarithm of the rate; ``sigma > 0``.

    Returns
    -------
    (s,) array of float64
        ln of the integral over x of Poisson(size; e^x) Normal(x; mu, sigma).

    Notes
    -----
    Gauss-Hermite with 96 nodes about each integrand's peak. The peak solves
    e^x + (x - mu) / sigma^2 = size, so e^x sigma^2 is a Wright omega.

    Examples
    --------
    >>> round(float(np.exp(log_probability(np.arange(200.0), 0.0, 1.0)).sum()), 6)
    1.0
    """
    square = sigma * sigma
    peak = np.log(wrightomega(mu + square * size + math.log(square))) - math.log(square)
    width = 1 / np.sqrt(np.exp(peak) + 1 / square)
    x = peak[:, None] + math.sqrt(2) * width[:, None] * _NODES
    terms = size[:, None] * x - np.exp(x) - (x - mu) ** 2 / (2 * square) + _LOG_WEIGHTS
    top = terms.max(axis=1)
    total = top + np.log(np.exp(terms - top[:, None]).sum(axis=1))
    result: Floats = total + np.log(width / sigma) - math.log(math.pi) / 2 - gammaln(size + 1)
    return result


def _loss(sizes: Floats, counts: Floats, at: Floats) -> float:
    """Negative zero-truncated log-likelihood at mu and ln sigma."""
    mu, sigma = float(at[0]), math.exp(float(at[1]))
    if abs(mu) > _LONGEST or not 1e-3 < sigma < _LONGEST:
        return math.inf
    logs = log_probability(np.concatenate(([0.0], sizes)), mu, sigma)
    missed = math.log(-math.expm1(float(logs[0])))
    return -float(np.sum(counts * logs[1:])) + float(counts.sum()) * missed


def _log_uniques(classes: int, fraction: float, at: Floats) -> float:
    """Logarithm of K P(F = 1), the classes that the sample missed put back."""
    mu, sigma = float(at[0]), math.exp(float(at[1]))
    missed = float(log_probability(np.zeros(1), mu, sigma)[0])
    single = float(log_probability(np.ones(1), mu - math.log(fraction), sigma)[0])
    return math.log(classes / -math.expm1(missed)) + single


def _parameters(classes: int, fraction: float, at: Floats) -> tuple[tuple[str, float], ...]:
    mu, sigma = float(at[0]), math.exp(float(at[1]))
    total = classes / -math.expm1(float(log_probability(np.zeros(1), mu, sigma)[0]))
    implied = total * math.exp(min(700.0, mu - math.log(fraction) + sigma * sigma / 2))
    return (("mu", mu), ("sigma", sigma), ("classes", total), ("implied_population", implied))


def poisson_lognormal(sample: ClassSizes, population: int) -> Estimate:
    """Estimate population uniques with the Poisson-lognormal model.

    Parameters
    ----------
    sample : ClassSizes
        The sample's classes.
    population : int
        People in the population, N.

    Returns
    -------
    Estimate
        `parameters` holds mu, sigma, the number of classes and the population that they imply: far
        from the true one, the model does not fit. Refused where the sample does not settle it.

    Raises
    ------
    InputError
        If the population is smaller than the sample.

    Notes
    -----
    Sample sizes f ~ Poisson(rate), ln rate ~ N(mu, sigma^2), fitted with the classes that the
    sample missed left out (zero-truncated). In the population the rates are N / n times as large;
    uniques = K P(F = 1). Skinner & Holmes 1993; 1998.

    Examples
    --------
    >>> sample = ClassSizes((1, 2, 3, 5, 20), (60, 10, 5, 3, 2))
    >>> 0 < poisson_lognormal(sample, 10_000).share < 1
    True
    """
    estimate = common("poisson-lognormal", sample, population, _ASSUMES)
    if settled(estimate):
        return estimate
    if sample.sizes[-1] < 3:
        return replace(estimate, refused=ONLY_PAIRS)
    sizes, counts = sample.arrays()
    u, f = sample.classes, estimate.fraction

    def mean_loss(at: Floats) -> float:
        return _loss(sizes, counts, at) / u

    best = minimize(
        mean_loss,
        [math.log(estimate.sample / u) - 1.0, 0.0],
        method="Nelder-Mead",
        options={"xatol": 1e-9, "fatol": 1e-13, "maxiter": 1000},
    )
    at = np.asarray(best.x, np.float64)
    error = relative_error(lambda x: _loss(sizes, counts, x), at, lambda x: _log_uniques(u, f, x))
    if not best.success or error > MOST:
        return replace(estimate, refused=UNSETTLED)
    uniques = math.exp(_log_uniques(u, f, at))
    if uniques > population:
        return replace(estimate, refused="The model gives more unique people than there are.")
    parameters = (*_parameters(u, f, at), ("relative_error", error))
    return replace(estimate, uniques=uniques, parameters=parameters)
