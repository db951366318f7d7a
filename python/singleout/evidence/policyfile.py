"""The exact bytes of a policy: its file, the files that it extends, the preset at the end."""

from __future__ import annotations

import os
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

from singleout import _keyed
from singleout.evidence.errors import EvidenceError

DEFAULT = "foi-strict"
_DEEPEST = 8


def digests(policy: str | os.PathLike[str] | None) -> list[dict[str, str]]:
    """Hash every file that a policy is made of.

    Parameters
    ----------
    policy : path or str, optional
        A TOML file, a folder with a pyproject.toml, or a preset's name; foi-strict when left out.

    Returns
    -------
    list of dict
        ``source`` ("file", or "preset NAME") and ``sha256`` in hexadecimal, the policy first.

    Raises
    ------
    EvidenceError
        If one of them cannot be read, or they extend each other in a circle.

    Examples
    --------
    >>> [one["source"] for one in digests(None)]
    ['preset foi-strict']
    """
    found = []
    at: str | os.PathLike[str] = DEFAULT if policy is None else policy
    for _ in range(_DEEPEST + 1):
        source, data, folder = _bytes(at)
        found.append({"sha256": _keyed.sha256(data).hex(), "source": source})
        base = _settings(data).get("extends")
        if not isinstance(base, str):
            return found
        at = base if _preset(base) is not None or folder is None else folder / base
    raise EvidenceError(f"{policy}: policies extend each other in a circle, or too deeply")


def trusted_keys(policy: str | os.PathLike[str] | None) -> list[Path]:
    """Return the public key files that a policy file trusts, beside it."""
    at: str | os.PathLike[str] = DEFAULT if policy is None else policy
    _, data, folder = _bytes(at)
    names = _settings(data).get("trusted_keys", [])
    if folder is None or not isinstance(names, list):
        return []
    return [folder / name for name in names if isinstance(name, str)]


def _preset(name: str | os.PathLike[str]) -> bytes | None:
    if not isinstance(name, str) or not name.replace("-", "").replace(".", "").isalnum():
        return None
    if name == "template":
        return None
    found = files("singleout") / "policy" / "presets" / f"{name}.toml"
    return found.read_bytes() if found.is_file() else None


def _bytes(policy: str | os.PathLike[str]) -> tuple[str, bytes, Path | None]:
    data = _preset(policy)
    if data is not None:
        return f"preset {policy}", data, None
    path = Path(policy)
    if path.is_dir():
        path = path / "pyproject.toml"
    try:
        return "file", path.read_bytes(), path.parent
    except OSError as problem:
        reason = (problem.strerror or type(problem).__name__).lower()
        raise EvidenceError(f"{path}: no policy there ({reason})") from None


def _settings(data: bytes) -> dict[str, Any]:
    """What the file says; nothing where it cannot be read, which the review will have said."""
    try:
        whole = tomllib.loads(data.decode("utf-8"))
    except ValueError:
        return {}
    inner = whole.get("tool", {}).get("singleout") if isinstance(whole.get("tool"), dict) else None
    return inner if isinstance(inner, dict) else whole
