"""The verdict: may this file leave under this policy, and if not, why."""

from singleout.verdict.judge import review
from singleout.verdict.reasons import Accepted, Reason
from singleout.verdict.result import Review

__all__ = ["Accepted", "Reason", "Review", "review"]
