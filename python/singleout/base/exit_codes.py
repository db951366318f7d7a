"""The exit codes of the program: the only place where they are made and put together."""

from __future__ import annotations

from collections.abc import Iterable

DONE = 0  # done; of a review: nothing found that the policy stops
REFUSE = 1  # do not send; of verify: something was changed or does not suffice
ERROR = 2  # something could not be done, read or written
REVIEW = 3  # a person must check
STOPPED = 130  # by Ctrl-C, as shells have it

_OF_VERDICT = {"release": DONE, "refuse": REFUSE, "error": ERROR, "review": REVIEW}
_WORST_FIRST = (REFUSE, ERROR, REVIEW, DONE)
EPILOG = "Exit codes: 0 done or release, 1 do not send, 3 a person must check, 2 error."
SEVERAL = "Of several files the worst: 1, 2, 3, 0."


def of_verdict(verdict: str) -> int:
    """Return the code of a verdict.

    Parameters
    ----------
    verdict : {"release", "refuse", "review", "error"}
        The verdict, or that there is none.

    Examples
    --------
    >>> of_verdict("release"), of_verdict("refuse"), of_verdict("review"), of_verdict("error")
    (0, 1, 3, 2)
    """
    return _OF_VERDICT[verdict]


def worst(codes: Iterable[int]) -> int:
    """Return the code for several files: 1, 2, 3, 0 in this order; a code of none of these is 2.

    Examples
    --------
    >>> worst([0, 3, 2]), worst([0, 2, 1]), worst([3, 0]), worst([])
    (2, 1, 3, 0)
    """
    met = {code if code in _WORST_FIRST else ERROR for code in codes}
    return next((code for code in _WORST_FIRST if code in met), DONE)


def after_output(code: int, *, lost: bool) -> int:
    """Return the code once all output was tried: an output that was lost never lowers it.

    Parameters
    ----------
    code : int
        What the work gave.
    lost : bool
        Whether an output that was asked for could not be written whole.

    Examples
    --------
    >>> [after_output(code, lost=True) for code in (0, 1, 2, 3, 130)]
    [2, 1, 2, 2, 130]
    """
    return ERROR if lost and code in (DONE, REVIEW) else code
