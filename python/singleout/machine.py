"""What this machine has left."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from singleout.errors import InputError


def free_bytes() -> int | None:
    """Return the bytes of memory that this process may still take; None where nobody says.

    The least of what the kernel calls available and what is left of the control group's limit.

    Examples
    --------
    >>> (free_bytes() or 1) > 0
    True
    """
    found = [left for left in (_available(), _left_of_group()) if left is not None]
    return min(found) if found else None


def _available() -> int | None:
    try:
        for line in Path("/proc/meminfo").read_text().splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    except (OSError, ValueError):
        pass
    return None


def _left_of_group() -> int | None:
    """Control groups: version 2, or 1 where that is all there is."""
    root = Path("/sys/fs/cgroup")
    for limit, used in (
        ("memory.max", "memory.current"),
        ("memory/memory.limit_in_bytes", "memory/memory.usage_in_bytes"),
    ):
        try:
            most = (root / limit).read_text().strip()
            if most != "max":
                return max(int(most) - int((root / used).read_text()), 0)
        except (OSError, ValueError):
            continue
    return None


def in_words(amount: int) -> str:
    """Return bytes as a person reads them.

    Examples
    --------
    >>> in_words(3_300_000_000), in_words(900)
    ('3.1 GiB', '0.0 MiB')
    """
    if amount >= 1 << 30:
        return f"{amount / (1 << 30):,.1f} GiB"
    return f"{amount / (1 << 20):.1f} MiB"


def require(needed: int, what: str, remedy: str) -> None:
    """Raise InputError if something may need more memory than is free.

    Parameters
    ----------
    needed : int
        The most bytes that it can take.
    what : str
        What it is; the subject of the sentence, in the plural.
    remedy : str
        What to do then.

    Raises
    ------
    InputError
        With both figures and the remedy.

    Examples
    --------
    >>> require(1000, "combinations", "use max_size=5")
    """
    free = free_bytes()
    if free is not None and needed > free:
        raise InputError(f"{what} need about {in_words(needed)}, {in_words(free)} free: {remedy}")


def threads_within(threads: int, needed: Callable[[int], int], what: str) -> int:
    """Return how many threads memory allows for work whose results do not depend on them.

    Parameters
    ----------
    threads : int
        The most that may be used.
    needed : callable
        The most bytes that so many threads can take.
    what : str
        What the work gives; the subject of the sentence, in the plural.

    Returns
    -------
    int
        From 1 to `threads`.

    Raises
    ------
    InputError
        If not even one thread is sure to get on.

    Examples
    --------
    >>> threads_within(4, lambda threads: 1000 * threads, "risks")
    4
    """
    free = free_bytes()
    while free is not None and threads > 1 and needed(threads) > free:
        threads -= 1
    require(needed(threads), what, "use a smaller max_size, or choose fewer fields")
    return threads
