"""A policy that lies about and was not named: it is never used, and that is said."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

_NAME = "pyproject.toml"
_MARK = "singleout"


def not_applied(folder: Path | None = None) -> str:
    """Say that a policy in or above a folder was not applied; empty where there is none.

    Parameters
    ----------
    folder : Path, optional
        Where to begin; the working folder when left out.

    Returns
    -------
    str
        A sentence that names the file and how to apply it.

    Examples
    --------
    >>> not_applied(Path("/"))
    ''
    """
    start = (folder or Path.cwd()).absolute()
    for place in (start, *start.parents):
        path = place / _NAME
        if _has_policy(path):
            shown = os.path.relpath(path)
            return (
                f"There is a policy in {shown}; it was not applied: foi-strict was. "
                f"`--policy {shown}` applies it"
            )
    return ""


def _has_policy(path: Path) -> bool:
    try:
        if not path.is_file():
            return False
        text = path.read_text("utf-8")
        if _MARK not in text:
            return False
        tool = tomllib.loads(text).get("tool")
        return isinstance(tool, dict) and _MARK in tool
    except (OSError, ValueError, RecursionError):
        return False
