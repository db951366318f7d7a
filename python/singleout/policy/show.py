"""A policy as TOML with the source beside each setting, and the JSON schema of policy files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from singleout.policy.model import Policy, Source


def toml(policy: Policy) -> str:
    """Return a policy as a TOML file that says the same, with everything that it extends.

    Examples
    --------
    >>> from singleout.policy import preset
    >>> "small_to = 10  # original: ResDAC" in toml(preset("cms-11"))
    True
    """
    return "\n".join(_lines(policy)).strip() + "\n"


def _lines(policy: Policy) -> Iterator[str]:
    data = policy.model_dump(exclude={"extends"})
    yield from (f"{key} = {toml_value(data[key])}" for key in ("name", "title", "description"))
    if data["trusted_keys"]:
        yield f"trusted_keys = {toml_value(data['trusted_keys'])}"
    for table in ("findings", "people", "counts", "expect"):
        yield from _table(table, data[table], policy.sources)
    for name, field in data["fields"].items():
        yield from _table(f"fields.{toml_key(name)}", field, ())
    for table in ("accept", "tables", "sources"):
        for entry in data[table]:
            yield f"\n[[{table}]]"
            yield from (f"{key} = {toml_value(v)}" for key, v in entry.items() if v is not None)


def _table(name: str, entries: dict[str, Any], sources: tuple[Source, ...]) -> Iterator[str]:
    inner = {key: value for key, value in entries.items() if isinstance(value, dict)}
    plain = {k: v for k, v in entries.items() if k not in inner and v is not None}
    if plain:
        yield f"\n[{name}]"
    for key, value in plain.items():
        source = source_of(sources, f"{name}.{key}")
        note = "" if source is None else f"  # {source.read}: {source.title} ({source.date})"
        yield f"{toml_key(key)} = {toml_value(value)}{note}"
    for key, value in inner.items():
        if value:
            yield from _table(f"{name}.{toml_key(key)}", value, sources)


def source_of(sources: tuple[Source, ...], key: str) -> Source | None:
    """Return the source of a setting: the last one, since a policy adds to what it extends."""
    return next((source for source in reversed(sources) if key in source.keys), None)


def toml_key(name: str) -> str:
    """Return a key as TOML writes it.

    Examples
    --------
    >>> toml_key("rank"), toml_key("pay point")
    ('rank', '"pay point"')
    """
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else toml_value(name)


def toml_value(value: Any) -> str:
    """Return a text, number, truth value, date or list as TOML writes it."""
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    # JSON's texts, numbers, booleans and lists are TOML's too, but for the character DEL.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def schema() -> str:
    """Return the JSON schema of policy files, as packaged in ``singleout/policy/schema.json``."""
    data = Policy.model_json_schema()
    data = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **data,
        "required": [],
    }
    data["title"] = "singleout policy"
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"
