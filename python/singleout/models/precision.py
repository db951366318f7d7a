"""How well a sample settles an estimate that comes from a fitted likelihood."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from singleout.models.crosstab import Floats

__all__ = ["MOST", "relative_error"]

MOST = 1.0
"""Above this an estimate is refused: to be wrong by a factor of seven would be no surprise."""

_STEP = 1e-2


def relative_error(
    loss: Callable[[Floats], float], at: Floats, log_value: Callable[[Floats], float]
) -> float:
    """Return the standard error of the logarithm of a value derived from fitted parameters.

    Parameters
    ----------
    loss : callable
        Negative log-likelihood of a parameter vector, not averaged.
    at : (d,) array of float64
        Where it is smallest.
    log_value : callable
        Logarithm of the derived value.

    Returns
    -------
    float
        sqrt(g' H^-1 g), H the second derivatives of `loss` and g the first ones of `log_value`
        (the delta method); infinite where H is not positive definite: no inner minimum.

    Examples
    --------
    >>> round(relative_error(lambda x: 50 * float(x @ x), np.zeros(2), lambda x: float(x[0])), 6)
    0.1
    """
    size = len(at)
    steps = np.eye(size) * _STEP
    slope = np.array([(log_value(at + s) - log_value(at - s)) / (2 * _STEP) for s in steps])
    curve = np.empty((size, size))
    for i, one in enumerate(steps):
        for j, other in enumerate(steps[: i + 1]):
            rise = loss(at + one + other) - loss(at + one - other)
            rise -= loss(at - one + other) - loss(at - one - other)
            curve[i, j] = curve[j, i] = rise / (4 * _STEP * _STEP)
    if not np.all(np.isfinite(curve)) or np.linalg.eigvalsh(curve)[0] <= 0:
        return math.inf
    return float(math.sqrt(max(0.0, float(slope @ np.linalg.solve(curve, slope)))))
