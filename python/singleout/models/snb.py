"""The slide negative binomial (SNB) model of a population's classes."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from scipy.optimize import brentq
from scipy.special import expit

from singleout.models.crosstab import Floats
from singleout.models.estimate import ClassSizes, Estimate, common, settled

__all__ = ["shlosser_classes", "snb"]

_ASSUMES = (
    "Each class of the population has 1 + a negative binomial number of people, the number "
    "of classes is Shlosser's estimate, and every person was sampled independently."
)


def shlosser_classes(sample: ClassSizes, fraction: float) -> float:
    """Estimate the number of classes in the population (Haas & Stokes 1998, modified Shlosser).

    Parameters
    ----------
    sample : ClassSizes
        The sample's classes.
    fraction : float
        Sampling fraction f, between 0 and 1.

    Returns
    -------
    float
        u + s1 * A / B * (C / D)^2 with sums over the sample's class sizes i, s_i classes each:
        A of i f^2 (1-f^2)^(i-1) s_i, B of (1-f)^i ((1+f)^i - 1) s_i, C of (1-f)^i s_i, D of
        i f (1-f)^(i-1) s_i.

    Examples
    --------
    >>> round(shlosser_classes(ClassSizes((1, 2), (6, 2)), 0.5), 3)
    12.864
    """
    i, s = sample.arrays()
    f, square = fraction, fraction * fraction
    a = np.sum(i * square * (1 - square) ** (i - 1) * s)
    b = np.sum(((1 - square) ** i - (1 - f) ** i) * s)
    c = np.sum((1 - f) ** i * s)
    d = np.sum(i * f * (1 - f) ** (i - 1) * s)
    return float(sample.classes + sample.of_size(1) * (a / b) * (c / d) ** 2)


def _snb_curve(
    t: Floats, classes: float, fraction: float, ratio: float
) -> tuple[Floats, Floats, Floats]:
    """For beta = expit(t): the alpha with E[s2] / E[s1] = ratio, ln beta, and then E[s1].

    E[s2]/E[s1] = ratio is a quadratic in alpha whose roots have opposite signs, so there is exactly
    one alpha > 0 for each beta, and the two equations come down to one unknown.
    """
    beta, rest = expit(t), expit(-t)
    q = rest * (1 - fraction)
    d = fraction + beta * (1 - fraction)
    a = fraction * rest * q
    b = fraction * rest * (2 - q) - 2 * ratio * d * q
    c = -2 * ratio * d * d
    spread = np.sqrt(b * b - 4 * a * c)
    alpha = np.where(b > 0, -2 * c / (b + spread), (spread - b) / (2 * a))
    log_beta = -np.logaddexp(0.0, -t)
    s1 = classes * fraction * np.exp(alpha * (log_beta - np.log(d))) * (1 + alpha * q / d)
    return alpha, log_beta, s1


def _snb_roots(classes: float, fraction: float, s1: int, s2: int) -> list[tuple[float, float]]:
    """Every (alpha, ln beta) with E[s1] = s1 and E[s2] = s2, by a scan of ln(beta / (1 - beta))."""
    grid = np.linspace(-200.0, 25.0, 9001)  # beyond 25, 1 - beta has too few digits left
    off = _snb_curve(grid, classes, fraction, s2 / s1)[2] - s1
    roots = []
    for place in np.flatnonzero(np.sign(off[1:]) * np.sign(off[:-1]) < 0):
        at = brentq(
            lambda t: float(_snb_curve(np.asarray(t), classes, fraction, s2 / s1)[2]) - s1,
            grid[place],
            grid[place + 1],
            xtol=1e-13,
        )
        alpha, log_beta, _ = _snb_curve(np.asarray(at), classes, fraction, s2 / s1)
        roots.append((float(alpha), float(log_beta)))
    return roots


def snb(sample: ClassSizes, population: int) -> Estimate:
    """Estimate population uniques with the slide negative binomial model.

    Parameters
    ----------
    sample : ClassSizes
        The sample's classes.
    population : int
        People in the population, N.

    Returns
    -------
    Estimate
        Refused where no class has two people, or no parameters give the sample's s1 and s2.

    Raises
    ------
    InputError
        If the population is smaller than the sample.

    Notes
    -----
    F = 1 + NB(alpha, beta) people in each of K classes (Chen & Keller-McNulty 1998), each sampled
    with probability f: E[s1] and E[s2] are set equal to the sample's, K by `shlosser_classes`;
    uniques = K beta^alpha. Of several roots the one whose K E[F] is nearest to N is taken. ARX
    multiplies by (1-q)^(alpha+2) where the model divides, so its equations have another root, or
    none: docs/measures/population-uniques.md.

    Examples
    --------
    >>> sample = ClassSizes((1, 2, 3, 4, 7), (40, 12, 6, 3, 2))
    >>> round(snb(sample, 500).share, 3)
    0.133
    """
    estimate = common("snb", sample, population, _ASSUMES)
    if settled(estimate):
        return estimate
    doubles = sample.of_size(2)
    if doubles == 0:
        return replace(estimate, refused="No class of the sample has two people.")
    classes = shlosser_classes(sample, estimate.fraction)
    found = _snb_roots(classes, estimate.fraction, estimate.sample_uniques, doubles)
    if not found:
        return replace(estimate, refused="No parameters give the sample's singles and pairs.")

    def implied(one: tuple[float, float]) -> float:
        return classes * (1 + one[0] * math.expm1(-one[1]))

    alpha, log_beta = min(found, key=lambda one: abs(implied(one) - population))
    uniques = classes * math.exp(alpha * log_beta)
    if uniques > population:
        return replace(estimate, refused="The model gives more unique people than there are.")
    fitted = (("classes", classes), ("alpha", alpha), ("beta", math.exp(log_beta)))
    implies = ("implied_population", implied((alpha, log_beta)))
    return replace(estimate, uniques=uniques, parameters=(*fitted, implies))
