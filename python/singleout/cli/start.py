"""The `singleout` program as a process of its own: what only its start needs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType


class _WithoutPandas(MetaPathFinder):
    """Has pandas look as if it were not installed.

    pyarrow imports it, where it is, to ask of each list whether it is one of pandas': that takes as
    long as all else in the review of a small file. No command is handed a frame of pandas.
    """

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname == "pandas":
            raise ModuleNotFoundError("the singleout program does without pandas", name=fullname)
        return None


def program() -> int:
    """Run the command that the program was called with.

    Returns
    -------
    int
        The exit code, see `singleout.cli.program.main`.
    """
    sys.meta_path.insert(0, _WithoutPandas())
    from singleout.cli.program import main

    return main()
