"""The exact bytes of a policy: its file, the files that it extends, the preset at the end."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from singleout import _keyed
from singleout.base.files import reason_of
from singleout.evidence.errors import EvidenceError
from singleout.evidence.keys import PublicKey, load_public

if TYPE_CHECKING:
    from singleout.policy.model import Policy

DEFAULT = "foi-strict"
_DEEPEST = 8


class PolicyFiles:
    """The files of a policy, each read once: what is hashed is what is applied and trusted.

    Parameters
    ----------
    policy : path or str, optional
        A TOML file, a folder with a pyproject.toml, or a preset's name; foi-strict when left out.

    Raises
    ------
    EvidenceError
        If one of them cannot be read, or they extend each other in a circle.

    Examples
    --------
    >>> held = PolicyFiles()
    >>> [one["source"] for one in held.digests]
    ['preset foi-strict']
    >>> held.load().name
    'foi-strict'
    """

    def __init__(self, policy: str | os.PathLike[str] | None = None) -> None:
        self._asked: str | os.PathLike[str] = DEFAULT if policy is None else policy
        self._held: dict[Path, bytes] = {}
        self._folder: Path | None = None
        self._first: dict[str, Any] = {}
        self.digests: list[dict[str, str]] = []
        """``source`` ("file", or "preset NAME") and ``sha256`` of each, the policy first."""
        self._follow()

    def _follow(self) -> None:
        at = self._asked
        for _ in range(_DEEPEST + 1):
            source, data, folder = self._bytes(at)
            said = _settings(data)
            if not self.digests:
                self._first, self._folder = said, folder
            self.digests.append({"sha256": _keyed.sha256(data).hex(), "source": source})
            base = said.get("extends")
            if not isinstance(base, str):
                return
            at = base if _preset(base) is not None or folder is None else folder / base
        raise EvidenceError(f"{self._asked}: policies extend each other in a circle, or too deeply")

    def _bytes(self, policy: str | os.PathLike[str]) -> tuple[str, bytes, Path | None]:
        data = _preset(policy)
        if data is not None:
            return f"preset {policy}", data, None
        path = Path(policy)
        if path.is_dir():
            path = path / "pyproject.toml"
        if path not in self._held:
            try:
                self._held[path] = path.read_bytes()
            except OSError as problem:
                raise EvidenceError(f"{path}: no policy there ({reason_of(problem)})") from None
        return "file", self._held[path], path.parent

    @property
    def trusted_keys(self) -> list[Path]:
        """The public key files that the policy file trusts, beside it."""
        names = self._first.get("trusted_keys", [])
        if self._folder is None or not isinstance(names, list):
            return []
        return [self._folder / name for name in names if isinstance(name, str)]

    def load(self) -> Policy:
        """Return the policy that these bytes are.

        Raises
        ------
        EvidenceError
            If a file is asked for that was not hashed.
        PolicyError
            If they are no policy: with file, line and key.
        """
        from singleout.policy.load import load

        return load(self._asked, read=self._read)

    def _read(self, path: Path) -> bytes:
        if path not in self._held:
            raise EvidenceError(f"{path}: changed while the policy was read; try again")
        return self._held[path]


def keys_to_trust(
    given: Sequence[PublicKey | str | os.PathLike[str]], files: PolicyFiles
) -> list[PublicKey]:
    """Return the keys that a caller trusts, or else those that the policy does.

    Raises
    ------
    EvidenceError
        If one of them cannot be read.
    """
    named = given or files.trusted_keys
    return [key if isinstance(key, PublicKey) else load_public(key) for key in named]


def _preset(name: str | os.PathLike[str]) -> bytes | None:
    if not isinstance(name, str) or not name.replace("-", "").replace(".", "").isalnum():
        return None
    if name == "template":
        return None
    found = files("singleout") / "policy" / "presets" / f"{name}.toml"
    return found.read_bytes() if found.is_file() else None


def _settings(data: bytes) -> dict[str, Any]:
    """What the file says; nothing where it cannot be read, which the review will have said."""
    try:
        whole = tomllib.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        return {}
    inner = whole.get("tool", {}).get("singleout") if isinstance(whole.get("tool"), dict) else None
    return inner if isinstance(inner, dict) else whole
