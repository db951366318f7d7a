"""Ranges of unknowns in tables of any shape, by integer programmes (HiGHS)."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt

from singleout.verdict.kept_back.whole_numbers import Part

# Tells whether a programme of some size may still be solved
MayRun = Callable[[int], bool]
Floats = npt.NDArray[np.float64]
_NODES = 3000  # of one programme's search tree
_FEW = 16  # unknowns that are asked for one by one
_HELPED = 0.8  # the share of unknowns too close together above which driving them apart stops
_SECONDS = 20.0  # a last resort: nothing is concluded from a programme that it stops


class Programme:
    """Unknowns of one part under its sums.

    Every solution that is found is kept as a witness for what each unknown can be, so that most
    unknowns need no programme of their own.
    """

    def __init__(self, part: Part) -> None:
        from scipy.optimize import Bounds, LinearConstraint
        from scipy.sparse import csr_array

        terms = [(e, u, f) for e, row in enumerate(part.rows) for u, f in row.terms]
        rows, columns, factors = zip(*terms, strict=True)
        shape = (len(part.rows), len(part.unknowns))
        self.matrix = csr_array((np.array(factors, float), (rows, columns)), shape=shape)
        self.right = np.array([float(round(row.right)) for row in part.rows])
        far = 4.0 * (np.abs(self.right).sum() + sum(abs(n) for n in part.low)) + 1000.0
        self.low = np.array([max(n, -far) for n in part.low])
        self.high = np.array([min(n, far) for n in part.high])
        self.bounds = Bounds(self.low, self.high)
        self.sums = LinearConstraint(self.matrix, self.right, self.right)
        self.size = shape[1]
        self.cost = int(self.matrix.nnz) + sum(shape)
        self.least = np.full(self.size, math.inf)
        self.most = np.full(self.size, -math.inf)

    def solve(self, may_run: MayRun) -> bool | None:
        """Find a solution; False if there is none, None if that is not known."""
        return self._best(np.zeros(self.size), may_run)

    def spread(self, needs: Mapping[int, float], may_run: MayRun) -> None:
        """Find solutions in which unknowns are apart that need to be, many at a time.

        Half of those that are still too close are driven up and the others down, and the other way
        round, each time in other halves; as long as that helps many of them.
        """
        close = self._close(needs)
        while len(close) >= _FEW:
            for bit in range(len(close).bit_length()):
                goal = np.zeros(self.size)
                goal[close] = np.where((np.arange(len(close)) >> bit) & 1, 1.0, -1.0)
                if not (self._best(goal, may_run) and self._best(-goal, may_run)):
                    return
            before, close = len(close), self._close(needs)
            if len(close) > _HELPED * before:
                return

    def _close(self, needs: Mapping[int, float]) -> list[int]:
        return [u for u, need in needs.items() if self.most[u] - self.least[u] < need]

    def range_of(self, unknown: int, need: float, may_run: MayRun) -> tuple[int, int] | None:
        """Return the least and most of an unknown, as far apart as is needed; None if unsolved."""
        for sign in (1.0, -1.0):
            if self.most[unknown] - self.least[unknown] >= need:
                break
            goal = np.zeros(self.size)
            goal[unknown] = sign
            if self._best(goal, may_run) is not True:
                return None
        return int(self.least[unknown]), int(self.most[unknown])

    def _best(self, goal: Floats, may_run: MayRun) -> bool | None:
        """Whether there is a best solution, kept as a witness; None where that is not known."""
        from scipy.optimize import milp

        if not may_run(self.cost):
            return None
        found = milp(
            goal,
            integrality=np.ones(self.size, np.int64),
            bounds=self.bounds,
            constraints=self.sums,
            options={"node_limit": _NODES, "time_limit": _SECONDS, "mip_rel_gap": 0.0},
        )
        if found.status == 2:
            return False
        if found.status != 0 or found.x is None:
            return None
        # A solution counts only if it is one in whole numbers, exactly
        x = np.round(found.x)
        if (x < self.low).any() or (x > self.high).any():
            return None
        if (self.matrix @ x != self.right).any():
            return None
        self.least, self.most = np.minimum(self.least, x), np.maximum(self.most, x)
        return True
