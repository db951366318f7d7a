"""A progress bar on what takes longer than a second, where a person watches."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Any

DELAY = 1.0  # seconds of silence


class Progress:
    """Shows how far the core has come.

    Parameters
    ----------
    what : str
        What is counted, for the bar's label.
    total : int
        How many there are.
    wanted : bool or None
        Always, never, or (None) in a terminal or a notebook.

    Examples
    --------
    >>> with Progress("combinations", 100, False) as progress:
    ...     progress.done is None
    True
    """

    def __init__(self, what: str, total: int, wanted: bool | None) -> None:
        self._what = what
        self._total = total
        self._bar: Any = None
        self._start = time.monotonic()
        show = _watched() if wanted is None else wanted
        self.done = self._update if show else None

    def _update(self, share: float) -> None:
        if self._bar is None:
            if time.monotonic() - self._start < DELAY:
                return
            from tqdm.auto import tqdm

            self._bar = tqdm(
                total=self._total, desc=self._what, unit="", unit_scale=True, leave=False
            )
        self._bar.update(round(share * self._total) - self._bar.n)

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.close()


def _watched() -> bool:
    return sys.stderr.isatty() or "ipykernel" in sys.modules
