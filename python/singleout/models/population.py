"""How many people are unique in the population, estimated from the classes of a sample.

Being unique in a released sample is dangerous when one is also unique in the population that an
attacker knows the victim to belong to. No estimator sees that population: each assumes how its
class sizes are distributed, so each result names its model, what it was given and what it assumes,
and is refused where it would mislead.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from scipy.optimize import minimize, root
from scipy.special import digamma, expit, gammaln

from singleout.models.crosstab import Floats
from singleout.models.estimate import (
    ONLY_PAIRS,
    UNSETTLED,
    ClassSizes,
    Estimate,
    class_sizes,
    common,
    settled,
)
from singleout.models.precision import MOST, relative_error
from singleout.models.snb import snb

__all__ = ["ClassSizes", "Estimate", "class_sizes", "dankar", "pitman", "snb", "zayatz"]


_ASSUMES = {
    "zayatz": "The classes of the population have the size distribution of the sample's classes, "
    "and the sample was drawn at random. It tends to overestimate when the sampling fraction is "
    "small.",
    "pitman": "The population's classes follow Pitman's sampling formula (0 < alpha < 1), and the "
    "sample was drawn at random. The asymptotic form is used: the population must be large.",
    "dankar": "Dankar et al.'s rule: Pitman up to a sampling fraction of 0.1, above it the smaller "
    "of SNB and Zayatz; it was chosen on clinical data sets.",
}


_NO_ASYMPTOTE = (
    "The asymptotic form gives more unique people than there are: theta is not small beside the "
    "population."
)


def zayatz(sample: ClassSizes, population: int) -> Estimate:
    """Estimate population uniques with Zayatz's equivalence class model.

    Parameters
    ----------
    sample : ClassSizes
        The sample's classes.
    population : int
        People in the population, N.

    Returns
    -------
    Estimate

    Raises
    ------
    InputError
        If the population is smaller than the sample.

    Notes
    -----
    Bayes' rule with the sample's distribution of class sizes p(j) as that of the population:
    P(F=1 | f=1) = p(1) h(1) / sum of p(j) h(j), h(j) the hypergeometric probability that exactly
    one of a class of j is sampled; uniques = s1 * P(F=1 | f=1) * N / n. Zayatz 1991; Dankar et al.
    2012, appendix A.

    Examples
    --------
    >>> round(zayatz(ClassSizes((1, 2), (4, 2)), 80).uniques, 2)
    20.93
    """
    estimate = common("zayatz", sample, population, _ASSUMES["zayatz"])
    if settled(estimate):
        return estimate
    sizes, counts = sample.arrays()
    n, total = estimate.sample, estimate.population
    # h(j) = j n / N * product over i < j - 1 of (N - n - i) / (N - 1 - i), kept as logarithms.
    i = np.arange(int(sizes[-1]) - 1, dtype=np.float64)
    left = np.maximum(total - n - i, 0.0)
    with np.errstate(divide="ignore"):
        steps = np.concatenate(([0.0], np.cumsum(np.log(left / (total - 1 - i)))))
    weights = counts * sizes * np.exp(steps[sizes.astype(np.int64) - 1])
    conditional = float(weights[0] / weights.sum())
    return replace(
        estimate,
        uniques=estimate.sample_uniques * conditional * total / n,
        parameters=(("probability_unique", conditional),),
    )


def _pitman_terms(
    sizes: Floats, counts: Floats, theta: float, alpha: float
) -> tuple[float, Floats]:
    """Log-likelihood of Pitman's formula (constants left out) and its gradient in theta, alpha.

    Sums are numpy's, here and elsewhere, not dot products, whose order depends on BLAS's threads.
    """
    n, u = float(np.sum(sizes * counts)), float(counts.sum())
    ratio = theta / alpha
    value = (u - 1) * math.log(alpha) + float(gammaln(u + ratio) - gammaln(1 + ratio))
    value -= float(gammaln(n + theta) - gammaln(1 + theta))
    value += float(np.sum(counts * (gammaln(sizes - alpha) - gammaln(1 - alpha))))
    rise = float(digamma(u + ratio) - digamma(1 + ratio))
    by_theta = rise / alpha - float(digamma(n + theta) - digamma(1 + theta))
    by_alpha = (u - 1) / alpha - ratio / alpha * rise
    by_alpha -= float(np.sum(counts * (digamma(sizes - alpha) - digamma(1 - alpha))))
    return value, np.array([by_theta, by_alpha])


def _pitman_at(at: Floats) -> tuple[float, float]:
    """Theta and alpha from the unbounded parameters, ln theta and ln(alpha / (1 - alpha))."""
    return math.exp(float(at[0])), float(expit(at[1]))


def _pitman_fit(sizes: Floats, counts: Floats) -> Floats | None:
    """Maximise the likelihood over theta > 0, 0 < alpha < 1; None where it has no inner maximum."""
    n = float(np.sum(sizes * counts))

    def loss(at: Floats) -> tuple[float, Floats]:
        theta, alpha = _pitman_at(at)
        value, slope = _pitman_terms(sizes, counts, theta, alpha)
        return -value / n, -slope * np.array([theta, alpha * (1 - alpha)]) / n

    bounds = [(-12.0, math.log(n) + 25.0), (-12.0, 12.0)]
    starts = ([math.log(n) / 2, 0.0], [math.log(n), 0.0])
    rough = [minimize(loss, x, jac=True, method="L-BFGS-B", bounds=bounds) for x in starts]
    best = min(rough, key=lambda found: float(found.fun))

    def slope_at(at: Floats) -> Floats:
        return loss(at)[1]

    fine = root(slope_at, best.x, tol=1e-13)
    at = np.asarray(fine.x, np.float64)
    inside = all(low < x < high for x, (low, high) in zip(at, bounds, strict=True))
    if not inside or float(np.abs(loss(at)[1]).max()) > 1e-10:
        return None
    return at


def _pitman_log_uniques(at: Floats, population: int) -> float:
    theta, alpha = _pitman_at(at)
    level = float(gammaln(theta + 1) - gammaln(theta + alpha))
    return level + alpha * math.log(population)


def pitman(sample: ClassSizes, population: int) -> Estimate:
    """Estimate population uniques with Pitman's model, maximum likelihood, asymptotic form.

    Parameters
    ----------
    sample : ClassSizes
        The sample's classes.
    population : int
        People in the population, N.

    Returns
    -------
    Estimate
        Refused where the likelihood has no maximum with theta > 0 and 0 < alpha < 1, or one so
        flat that the sample does not settle the estimate (`relative_error` above 1), or where the
        asymptotic form fails.

    Raises
    ------
    InputError
        If the population is smaller than the sample.

    Notes
    -----
    uniques = Gamma(theta + 1) / Gamma(theta + alpha) * N^alpha, theta and alpha fitted to the
    sample. Hoshino 2001; the same form as ARX (`ModelPitman`).

    Examples
    --------
    >>> sample = ClassSizes((1, 2, 3, 5, 20), (60, 10, 5, 3, 2))
    >>> round(pitman(sample, 10_000).share, 3)
    0.116
    """
    estimate = common("pitman", sample, population, _ASSUMES["pitman"])
    if settled(estimate):
        return estimate
    sizes, counts = sample.arrays()
    if sample.sizes[-1] < 3:
        return replace(estimate, refused=ONLY_PAIRS)
    at = _pitman_fit(sizes, counts)
    if at is None:
        return replace(estimate, refused="The likelihood has no maximum with 0 < alpha < 1.")
    error = relative_error(
        lambda x: -_pitman_terms(sizes, counts, *_pitman_at(x))[0],
        at,
        lambda x: _pitman_log_uniques(x, population),
    )
    if error > MOST:
        return replace(estimate, refused=UNSETTLED)
    uniques = math.exp(_pitman_log_uniques(at, population))
    if uniques > population:
        return replace(estimate, refused=_NO_ASYMPTOTE)
    theta, alpha = _pitman_at(at)
    return replace(
        estimate,
        uniques=uniques,
        parameters=(("theta", theta), ("alpha", alpha), ("relative_error", error)),
    )


def dankar(sample: ClassSizes, population: int) -> Estimate:
    """Estimate population uniques by Dankar et al.'s decision rule.

    Parameters
    ----------
    sample : ClassSizes
        The sample's classes.
    population : int
        People in the population, N.

    Returns
    -------
    Estimate
        `chosen` names the model taken; Zayatz stands in for a model that is refused.

    Raises
    ------
    InputError
        If the population is smaller than the sample.

    Notes
    -----
    Dankar et al. 2012, "Estimating the re-identification risk of clinical data sets".

    Examples
    --------
    >>> dankar(ClassSizes((1, 2, 3, 5, 20), (60, 10, 5, 3, 2)), 10_000).chosen
    'pitman'
    """
    estimate = common("dankar", sample, population, _ASSUMES["dankar"])
    if settled(estimate):
        return estimate
    chosen = pitman(sample, population) if estimate.fraction <= 0.1 else snb(sample, population)
    if chosen.refused is not None or chosen.model == "snb":
        other = zayatz(sample, population)
        chosen = other if chosen.refused is not None or other.uniques < chosen.uniques else chosen
    return replace(
        estimate,
        uniques=chosen.uniques,
        parameters=chosen.parameters,
        assumptions=f"{estimate.assumptions} {chosen.assumptions}",
        chosen=chosen.model,
    )
