"""Start a policy from a draft: its columns about people, with the roles that are suggested."""

from __future__ import annotations

import os

from singleout.errors import PolicyError
from singleout.policy.show import toml_key, toml_value

_HEAD = """\
# Made by `singleout policy init --for`. Roles are suggested from names and values: check each.
# A direct identifier stays unless you add `release = true` and a purpose.
extends = "foi-strict"
title = "What this policy is for"
"""


def for_draft(path: str | os.PathLike[str]) -> str:
    """Return a policy that declares every column of a draft's visible tables of people.

    Parameters
    ----------
    path : path
        The draft.

    Returns
    -------
    str
        TOML that extends ``foi-strict``, one ``[fields.NAME]`` a column.

    Raises
    ------
    InputError
        If there is no such file.
    PolicyError
        If no visible table of people is in it, or a column's name is itself a value.
    """
    from singleout.draft import inspect
    from singleout.roles import suggest_roles
    from singleout.verdict.words import column_name

    draft = inspect(path)
    tables = [t for t in draft.tables if t.visible and t.kind not in ("counts", "things")]
    chosen = [table for table in tables if table.kind == "people"] or tables
    if not chosen:
        raise PolicyError(f"{path}: no visible table about people; leave --for out")
    lines = [_HEAD]
    seen: set[str] = set()
    for table in chosen:
        for field in suggest_roles(table.data).fields:
            if field.name in seen:
                continue
            if column_name(field.name) != field.name:
                raise PolicyError(f"{path}: a column's name is a value; give the table a header")
            seen.add(field.name)
            lines.append(
                f"[fields.{toml_key(field.name)}]  # {'; '.join(field.reasons)}".rstrip(" #")
            )
            lines.append(f"role = {toml_value(field.role)}\n")
    return "\n".join(lines)
