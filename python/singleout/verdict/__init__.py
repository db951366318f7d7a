"""The verdict: may this file leave under this policy, and if not, why."""

from singleout.verdict.reasons import Accepted, Reason
from singleout.verdict.result import Review
from singleout.verdict.judge import review

__all__ = ["Accepted", "Reason", "Review", "review"]
