"""Regular expressions that are compiled when the first text is met: most files never meet most."""

from __future__ import annotations

import re
from functools import cached_property


class Unmet:
    """A regular expression as it is written.

    Parameters
    ----------
    written : str
        The expression.
    flags : re.RegexFlag
        As `re.compile` takes them.

    Examples
    --------
    >>> Unmet("ranks?", re.IGNORECASE).pattern.search("RANK") is not None
    True
    """

    def __init__(self, written: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self._written = written
        self._flags = flags

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The expression, compiled."""
        return re.compile(self._written, self._flags)
