"""The `singleout` program as a process of its own: what only its start needs."""

from __future__ import annotations

import sys


def program() -> int:
    """Run the command that the program was called with.

    Returns
    -------
    int
        The exit code, see `singleout.cli.main`.
    """
    # pyarrow imports pandas, where it is installed, to ask each list whether it is one of pandas':
    # half the start.  No command is handed a frame of pandas.
    sys.modules.setdefault("pandas", None)  # type: ignore[arg-type]
    from singleout.cli import main

    return main()
