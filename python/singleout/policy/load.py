"""Read a policy (TOML or a preset), fill in what it extends, and say where it is wrong."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from singleout.base.files import problem_of
from singleout.errors import PolicyError
from singleout.policy.lines import line_of
from singleout.policy.model import Policy, _nearest

PRESETS: tuple[str, ...] = (
    "foi-strict",
    "cms-11",
    "nhs-digital",
    "acro-10",
    "ema-0.09",
    "supplier-extract",
    "psni-2023",
)
DEFAULT = "foi-strict"
_DEEPEST = 8
_TOOL = ("tool", "singleout")
# What a policy says of itself; it sets nothing
_SAID_OF_IT = frozenset({"name", "title", "description", "sources"})
_LISTS = ("accept", "tables", "sources")  # these add up

Read = Callable[[Path], bytes]


def preset(name: str) -> Policy:
    """Return one of the packaged policies.

    Raises
    ------
    PolicyError
        If there is no preset of that name.

    Examples
    --------
    >>> preset("acro-10").counts.small_to
    9
    """
    policy = _finish(_preset_data(name, None), f"preset {name}", None, name)
    policy._preset = name
    return policy


def load(
    source: str | os.PathLike[str] | Policy | None = None, *, read: Read = Path.read_bytes
) -> Policy:
    """Read a policy; see `Policy.load`. Bytes of files come from `read`."""
    if isinstance(source, Policy):
        return source
    if source is None:
        return preset(DEFAULT)
    if isinstance(source, str) and source in PRESETS:
        return preset(source)
    if not str(source):
        raise PolicyError("a policy's name is empty: give a file or a preset, or leave it out")
    path = Path(source)
    if path.is_dir():
        path = path / "pyproject.toml"
    text = _text(path, read)
    data, prefix = _parse(text, path)
    if _SAID_OF_IT.issuperset(data):
        raise PolicyError(
            f'{path}: sets nothing: extend a preset (extends = "{DEFAULT}"), and set what differs'
        )
    own = {key: data.get(key, "") for key in ("title", "description")}
    data.setdefault("name", path.parent.resolve().name if prefix else path.stem)
    merged, end = _extended(data, path, text, prefix, 0, read)
    # What a preset says of itself is not said of what is made of it
    policy = _finish({**merged, **own}, str(path), text, data["name"], prefix)
    policy._preset = end
    return policy


def template() -> str:
    """Return a policy file to start from, as `singleout policy init` writes it."""
    return (files("singleout.policy") / "presets" / "template.toml").read_text("utf-8")


def _text(path: Path, read: Read) -> str:
    odd = problem_of(path)
    if odd and path.exists():  # opening a pipe would wait for whoever writes to it
        raise PolicyError(f"{path}: {odd}")
    try:
        return read(path).decode("utf-8")
    except UnicodeDecodeError:
        raise PolicyError(f"{path}: not text in UTF-8; save it as UTF-8") from None
    except OSError as problem:
        word = str(path)
        reason = problem.strerror or type(problem).__name__
        hint = _nearest(word, PRESETS) or f"; presets are {', '.join(PRESETS)}"
        raise PolicyError(f"{path}: no policy there ({reason}){hint}") from None


def _parse(text: str, path: Path) -> tuple[dict[str, Any], tuple[str, ...]]:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise PolicyError(f"{path}: not TOML: {problem}") from None
    except RecursionError:
        raise PolicyError(f"{path}: tables in it are nested too deeply for a policy") from None
    except ValueError:
        raise PolicyError(f"{path}: a number in it has more digits than any setting") from None
    if path.name != "pyproject.toml":
        return data, ()
    found = data.get("tool", {}).get("singleout")
    if not isinstance(found, dict):
        raise PolicyError(f"{path}: has no [tool.singleout]; add it, or give a policy file")
    return found, _TOOL


def _preset_data(name: str, asked_by: str | None) -> dict[str, Any]:
    if name not in PRESETS:
        where = f"{asked_by}: " if asked_by else ""
        raise PolicyError(
            f"{where}there is no preset '{name}'{_nearest(name, PRESETS)}; "
            f"presets are {', '.join(PRESETS)}"
        )
    text = (files("singleout.policy") / "presets" / f"{name}.toml").read_text("utf-8")
    data = tomllib.loads(text)
    base = data.get("extends")
    return data if base is None else merge(_preset_data(base, name), data)


def _extended(
    data: dict[str, Any],
    path: Path,
    text: str,
    prefix: tuple[str, ...],
    depth: int,
    read: Read,
) -> tuple[dict[str, Any], str]:
    """What a policy says with all that it extends, and the preset at the end (or nothing)."""
    base = data.get("extends")
    if base is None:
        return data, ""
    at = f"{path}:{line_of(text, (*prefix, 'extends')) or 1}: extends"
    if not isinstance(base, str):
        raise PolicyError(f"{at}: give a preset's name or a file's, as text")
    if base in PRESETS:
        return merge(_preset_data(base, None), data), base
    other = path.parent / base
    if depth >= _DEEPEST:
        raise PolicyError(f"{at}: policies extend each other in a circle, or too deeply")
    if not other.is_file():
        raise PolicyError(
            f"{at}: '{base}' is neither a preset nor a file beside this one"
            f"{_nearest(base, PRESETS)}"
        )
    below_text = _text(other, read)
    below, below_prefix = _parse(below_text, other)
    found, end = _extended(below, other, below_text, below_prefix, depth + 1, read)
    return merge(found, data), end


def merge(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Return `below` with everything that `above` says: tables merge, lists of tables grow.

    Examples
    --------
    >>> merge({"counts": {"small_to": 4, "zero": "ignore"}}, {"counts": {"small_to": 9}})
    {'counts': {'small_to': 9, 'zero': 'ignore'}}
    """
    result = dict(below)
    for key, value in above.items():
        old = result.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            result[key] = merge(old, value)
        elif key in _LISTS and isinstance(old, list) and isinstance(value, list):
            result[key] = [*old, *value]
        else:
            result[key] = value
    return result


def _finish(
    data: dict[str, Any],
    label: str,
    text: str | None,
    name: str,
    prefix: tuple[str, ...] = (),
) -> Policy:
    try:
        return Policy.model_validate({**data, "name": name})
    except ValidationError as problem:
        lines = [_message(label, text, prefix, e) for e in problem.errors()]
        raise PolicyError("\n".join(lines)) from None


def _message(label: str, text: str | None, prefix: tuple[str, ...], error: Any) -> str:
    place: Sequence[str | int] = [part for part in error["loc"] if part != "[key]"]
    line = None if text is None else line_of(text, (*prefix, *place))
    where = label if line is None else f"{label}:{line}"
    key = ".".join(map(str, place)) or "the policy"
    if error["type"] == "extra_forbidden":
        known = _known_keys(place[:-1])
        return f"{where}: {key}: no such setting{_nearest(str(place[-1]), known)}"
    words = str(error["msg"]).removeprefix("Value error, ")
    return f"{where}: {key}: {words[:1].lower()}{words[1:]}"


def _known_keys(place: Sequence[str | int]) -> list[str]:
    from singleout.policy import model

    by_table: dict[str, Any] = {
        "findings": model.Findings,
        "fields": model.Field,
        "people": model.People,
        "counts": model.Counts,
        "expect": model.Expect,
        "accept": model.Acceptance,
        "tables": model.TableRows,
        "sources": model.Source,
    }
    found = by_table.get(str(place[0])) if place else model.Policy
    return [] if found is None else list(found.model_fields)
