"""Risk of records that are a sample: frequencies with weights, individual risk, DIS-SUDA."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.special import hyp2f1, logsumexp

from singleout.errors import InputError
from singleout.models.crosstab import Floats, Ints

__all__ = ["dis_suda", "frequencies", "individual_risk"]


def frequencies(
    class_of: npt.ArrayLike, weights: npt.ArrayLike | None = None
) -> tuple[Ints, Floats]:
    """Count each record's class in the sample, and estimate it in the population.

    Parameters
    ----------
    class_of : (n,) array of int
        Class of each record on the key fields; negative: the record takes no part.
    weights : (n,) array of float, optional
        Sampling weight of each record: how many people of the population it stands for
        (default 1).

    Returns
    -------
    fk : (n,) array of int64
        Records of the sample in the record's class; 0 where it takes no part.
    Fk : (n,) array of float64
        Sum of their weights; 0 where it takes no part.

    Raises
    ------
    InputError
        Arrays of different lengths; a weight that is not a positive number.

    Notes
    -----
    As sdcMicro's `freqCalc` on data without missing values. With missing values that match
    anything the engine counts fk and Fk (``nulls="any"``).

    Examples
    --------
    >>> fk, Fk = frequencies([3, 3, 5], [10.0, 2.5, 4.0])
    >>> fk.tolist(), Fk.tolist()
    ([2, 2, 1], [12.5, 12.5, 4.0])
    """
    classes = np.asarray(class_of)
    if classes.ndim != 1 or (classes.size and classes.dtype.kind not in "iu"):
        raise InputError("class_of must be a one-dimensional array of integers")
    weight = np.ones(len(classes)) if weights is None else np.asarray(weights, np.float64)
    if weight.shape != classes.shape:
        raise InputError(f"{weight.size} weights for {classes.size} records: one a record")
    part = classes >= 0
    if not bool(np.all((weight[part] > 0) & np.isfinite(weight[part]))):
        raise InputError("sampling weights must be positive numbers; some are not")
    _, run = np.unique(classes[part], return_inverse=True)
    fk, big = np.zeros(len(classes), np.int64), np.zeros(len(classes))
    fk[part] = np.bincount(run)[run] if run.size else 0
    big[part] = np.bincount(run, weights=weight[part])[run] if run.size else 0
    return fk, big


def individual_risk(
    fk: npt.ArrayLike, Fk: npt.ArrayLike, method: Literal["approx", "exact"] = "approx"
) -> Floats:
    """Estimate each record's risk of re-identification from its frequencies.

    Parameters
    ----------
    fk : (n,) array of number
        Frequency of the record's class in the sample; 0: the record takes no part.
    Fk : (n,) array of float
        Its estimated frequency in the population (sum of weights).
    method : {"approx", "exact"}
        For fk > 2: the approximation that sdcMicro uses by default, or the expectation itself.

    Returns
    -------
    (n,) array of float64
        Expected 1 / F given fk; 1 / fk where ``Fk <= fk`` (the class is in the sample as a
        whole); NaN where the record takes no part.

    Raises
    ------
    InputError
        Different lengths, negative or missing frequencies, or an unknown method.

    Notes
    -----
    Benedetti & Franconi 1998: F given f is negative binomial with p = fk / Fk, so that
    E[1/F] = (p / f) 2F1(1, 1; f + 1; 1 - p), which is (p / (1-p)) ln(1/p) for f = 1 and
    p / (1-p) - (p / (1-p))^2 ln(1/p) for f = 2. The approximation for f > 2 is p / (f - (1 - p)).
    sdcMicro's `indivRisk` has the same branches.

    Examples
    --------
    >>> individual_risk([1, 2, 3], [10.0, 20.0, 30.0]).round(4).tolist()
    [0.2558, 0.0827, 0.0476]
    """
    small, big = np.asarray(fk, np.float64), np.asarray(Fk, np.float64)
    if small.shape != big.shape or small.ndim != 1:
        raise InputError(f"{small.size} fk for {big.size} Fk: one of each a record")
    if method not in ("approx", "exact"):
        raise InputError('method must be "approx" or "exact"')
    if not bool(np.all((small >= 0) & (big >= 0))):
        raise InputError("frequencies must be 0 or more; some are not")
    part = small > 0
    f = np.where(part, small, 1.0)
    p = np.where(part, f / np.maximum(big, f), 1.0)
    # fk counted with weights of alpha < 1 for nulls is no whole number: it falls between branches.
    exact = (f <= 2) | (method == "exact")
    risk: Floats = p / (f - (1 - p))
    risk[exact] = (p / f * hyp2f1(1.0, 1.0, f + 1.0, 1 - p))[exact]
    whole = p == 1.0
    risk[whole] = 1 / f[whole]
    risk[~part] = np.nan
    return risk


def dis_suda(score: npt.ArrayLike, pairs: int, fields: int, fraction: float) -> Floats:
    """Turn SUDA scores into the probability of a correct match, DIS-SUDA.

    Parameters
    ----------
    score : (n,) array of float
        SUDA score of each record, 0 where it has no minimal unique.
    pairs : int
        Records in classes of two on all fields.
    fields : int
        Fields passed, m.
    fraction : float
        Sampling fraction, above 0 and at most 1.

    Returns
    -------
    (n,) array of float64
        0 where the score is 0.

    Raises
    ------
    InputError
        A fraction outside (0, 1], a negative number of pairs or score, or no fields.

    Notes
    -----
    With P pairs, Q = 1 + (8 - m) / 20 and sums over the records with a score:
    1 / (1 + P (1-f)/f / (s^Q * sum of s^-Q)). Skinner & Elliot 2002 give the file's DIS, Elliot et
    al. the spread over records; the constant Q is that of the program (sdcMicro `Suda2.h`), which
    works with 32-bit f, so figures agree to about 1e-7.

    Examples
    --------
    >>> dis_suda([6.0, 2.0, 0.0], pairs=4, fields=3, fraction=0.1).round(3).tolist()
    [0.121, 0.034, 0.0]
    """
    scores = np.asarray(score, np.float64)
    if not 0 < fraction <= 1:
        raise InputError("the sampling fraction must be above 0 and at most 1")
    if pairs < 0 or fields < 1 or not bool(np.all(scores >= 0)):
        raise InputError("scores and pairs must be 0 or more, fields 1 or more")
    result = np.zeros(len(scores))
    has = scores > 0
    if not has.any():
        return result
    # In logarithms: with 20 fields a score reaches 19!, and s^Q of that squared would not fit.
    power = (1 + (8 - fields) / 20) * np.log(scores[has])
    spread = np.exp(power + logsumexp(-power))
    result[has] = 1 / (1 + pairs * (1 - fraction) / fraction / spread)
    return result
