"""What each column is: a direct identifier, a quasi-identifier, sensitive, or none of these.

A suggestion, from the column's name, from patterns with check digits in its values and from its
shape. It comes with reasons that name no value, and the analyst's word always counts more. Where
nothing speaks for a role the column is taken for a quasi-identifier: nobody has shown that an
attacker could not know it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from singleout.coding import code, without_views
from singleout.detect import KINDS, scan
from singleout.detect_checks import luhn_valid, nhs_valid
from singleout.errors import InputError
from singleout.lexicon import LEXICON, ROLES, SENSITIVE_WORDS, Role, look_up
from singleout.sources import open_source
from singleout.table import check_names, unknown_field

__all__ = ["FieldRole", "Roles", "suggest_roles"]

_ROWS: Final = 50_000  # rows looked at; of a longer table as many, evenly spaced
_VALUES: Final = 300  # distinct values of a column that the patterns are tried on
_NEAR_UNIQUE: Final = 0.95
_FEWEST: Final = 20  # with fewer rows it is no wonder that they differ
_TEXT: Final = 40  # mean length from which text with spaces is taken for remarks
_INDIRECT_KINDS: Final = {"birth-date": "birth-date", "postcode": "postcode"}
# Kinds whose pattern needs a label: the column's name is tried as one, where a check follows.
_LABELLED: Final = frozenset({"nhs-number", "iban", "card", "birth-date", "national-insurance"})
_NAME_SHAPE: Final = re.compile(
    r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*(?:,?\s+[^\W\d_]\.?|,?\s+[^\W\d_]+(?:['\u2019-][^\W\d_]+)*){1,3}"
)


@dataclass(frozen=True, slots=True)
class FieldRole:
    """What one column is taken for.

    Attributes
    ----------
    name : str
        The column's name.
    role : {"direct identifier", "quasi-identifier", "sensitive", "neither"}
        What it is taken for.
    meaning : str
        What it is about ("surname", "rank", "unit" ...), for attacker models; empty if unknown.
    reasons : tuple of str
        Why, in plain English; never a value.
    given : bool
        Whether the role is the caller's.
    """

    name: str
    role: Role
    meaning: str
    reasons: tuple[str, ...]
    given: bool = False


@dataclass(frozen=True, slots=True)
class Roles:
    """What the columns of a table are taken for.

    Attributes
    ----------
    fields : tuple of FieldRole
        In the table's order.
    notes : tuple of str
        How much of the table was looked at.
    """

    fields: tuple[FieldRole, ...]
    notes: tuple[str, ...]

    def __getitem__(self, name: str) -> FieldRole:
        """Return the column of that name."""
        for field in self.fields:
            if field.name == name:
                return field
        raise unknown_field(name, [field.name for field in self.fields])

    def named(self, role: Role) -> tuple[str, ...]:
        """Return the names of the columns with a role, in the table's order."""
        return tuple(field.name for field in self.fields if field.role == role)

    def __str__(self) -> str:
        """Return one line a column, then the notes."""
        wide = max((len(field.name) for field in self.fields), default=0)
        lines = [
            f"{field.name:<{wide}}  {field.role:<17}  {'; '.join(field.reasons)}"
            for field in self.fields
        ]
        return "\n".join([*lines, *self.notes])


@dataclass(frozen=True, slots=True)
class _Look:
    """What was seen of a column's values."""

    rows: int
    present: int
    distinct: int
    texts: tuple[str, ...]  # some of the distinct values, as text
    alarming: int  # distinct values that use a sensitive word
    is_text: bool
    is_float: bool


def _evenly(length: int, most: int) -> Any:
    """At most `most` places, evenly spaced from the first to the last."""
    places = np.unique(np.linspace(0, length - 1, min(length, most)).astype(np.int64))
    # Not pa.array(places): that imports pandas where it is installed, which takes long.
    return pa.Array.from_buffers(pa.int64(), len(places), [None, pa.py_buffer(places)])


def _look(name: str, column: Any, sampled: Any) -> _Look:
    """Look at a column: the sampled rows, and all of them where the sample is in doubt.

    Values are told apart as `score` does it: NaN is null, a dictionary is its values.
    """
    coded = code(name, sampled)
    values = coded.values
    kind = values.type
    rows, nulls, distinct = len(coded.codes), coded.nulls, coded.distinct
    doubtful = distinct <= 1 or distinct >= 0.5 * (rows - nulls)
    if len(column) > rows and doubtful:
        whole = code(name, column)
        rows, nulls, distinct = len(whole.codes), whole.nulls, whole.distinct
    texts: tuple[str, ...] = ()
    if len(values) and not _is_binary(kind):
        picked = values.take(_evenly(len(values), _VALUES)).to_pylist()
        texts = tuple(str(value) for value in picked)
    is_text = pa.types.is_string(kind) or pa.types.is_large_string(kind)
    alarming = 0
    if is_text and len(values):
        found = pc.match_substring_regex(values.cast(pa.large_string()), SENSITIVE_WORDS)
        alarming = int(pc.sum(found).as_py())
    return _Look(rows, rows - nulls, distinct, texts, alarming, is_text, pa.types.is_floating(kind))


def _is_binary(kind: Any) -> bool:
    return bool(
        pa.types.is_binary(kind)
        or pa.types.is_large_binary(kind)
        or pa.types.is_fixed_size_binary(kind)
    )


def _kinds(lines: list[str]) -> dict[str, int]:
    """Count the lines in which `scan` finds each kind."""
    text = "\n".join(line.replace("\n", " ") for line in lines)
    ends = np.cumsum([len(line) + 1 for line in lines]).tolist()
    found: dict[str, set[int]] = {}
    for hit in scan(text):
        found.setdefault(hit.kind, set()).add(bisect_right(ends, hit.start))
    return {kind: len(where) for kind, where in found.items()}


def _detected(name: str, look: _Look) -> tuple[str, int, int] | None:
    """Return the kind of direct identifier that most values hold: kind, values with it, values."""
    texts = list(look.texts)
    if not texts or look.is_float:
        return None
    counts = _kinds(texts)
    label = name.replace("_", " ")
    for kind, count in _kinds([f"{label}: {text}" for text in texts]).items():
        if kind in _LABELLED:
            counts[kind] = max(count, counts.get(kind, 0))
    # Ten digits pass the check by chance one time in eleven, a card's one in ten: all must pass.
    digits = [re.sub(r"[ -]", "", text) for text in texts]
    if len(texts) >= _FEWEST and all(text.isdigit() for text in digits):
        for kind, test in (("nhs-number", _nhs), ("card", _card)):
            if all(test(text) for text in digits):
                counts[kind] = len(texts)
    best = max(sorted(counts), key=lambda kind: counts[kind], default=None)
    if best is None or counts[best] < max(1, 0.2 * len(texts)):
        return None
    return best, counts[best], len(texts)


def _nhs(text: str) -> bool:
    return len(text) == 10 and nhs_valid(text)


def _card(text: str) -> bool:
    return 13 <= len(text) <= 19 and luhn_valid(text)


def _near_unique(look: _Look) -> bool:
    return look.present >= _FEWEST and look.distinct >= _NEAR_UNIQUE * look.present


def _shape(look: _Look) -> tuple[Role, str] | None:
    """What the values' shape alone says."""
    if look.is_text and look.texts and look.present >= _FEWEST:
        length = sum(map(len, look.texts)) / len(look.texts)
        spaced = sum(" " in text.strip() for text in look.texts)
        if length >= _TEXT and spaced >= 0.8 * len(look.texts):
            return "direct identifier", "free text, which may name people"
        shaped = sum(bool(_NAME_SHAPE.fullmatch(text.strip())) for text in look.texts)
        if look.distinct >= 0.8 * look.present and shaped >= 0.8 * len(look.texts):
            return "direct identifier", "mostly different values, shaped like people's names"
    if _near_unique(look) and not look.is_float:
        return "direct identifier", "nearly every row has a value of its own"
    return None


def _suggest(name: str, column: Any, sampled: Any) -> FieldRole:
    try:
        look = _look(name, column, sampled)
    except InputError:
        reason = "lists or records inside a cell: not looked into, so taken for the worst"
        return FieldRole(name, "direct identifier", "", (reason,))
    if look.distinct == 0:
        return FieldRole(name, "neither", "", ("no value in any row",))
    entry, found, shape = look_up(name), _detected(name, look), _shape(look)
    role: Role = "quasi-identifier"
    meaning, reasons = "", []
    if entry is not None:
        role, meaning = entry.role, entry.meaning
        reasons.append(f"its name says: {entry.says}")
    if found is not None:
        kind, hits, tried = found
        indirect = _INDIRECT_KINDS.get(kind)
        reasons.append(f"{hits:,} of {tried:,} values looked at match: {KINDS[kind]}")
        if entry is None or (indirect is None and role != "direct identifier"):
            role = "quasi-identifier" if indirect else "direct identifier"
            meaning = indirect or kind
    if shape is not None:
        reasons.append(shape[1])
        if entry is None and found is None:
            role = shape[0]
    if look.alarming:
        reasons.append(f"{look.alarming:,} of its values use words for sensitive duties or states")
        if meaning in ("", "status") and role == "quasi-identifier":
            role = "sensitive"
    if look.distinct == 1 and look.present == look.rows and role != "direct identifier":
        return FieldRole(name, "neither", meaning, (*reasons, "the same value in every row"))
    if not reasons:
        reasons.append("nothing says that an attacker could not know it")
    return FieldRole(name, role, meaning, tuple(reasons))


def _override(field: FieldRole, role: Role) -> FieldRole:
    if field.role == role:
        reasons: tuple[str, ...] = ("as you say", *field.reasons)
    else:
        reasons = ("as you say", f"suggested was: {field.role}", *field.reasons)
    return FieldRole(field.name, role, field.meaning, reasons, given=True)


def suggest_roles(data: Any, roles: Mapping[str, str] | None = None) -> Roles:
    """Suggest what each column of a table is.

    Parameters
    ----------
    data : frame, mapping or path
        Anything that `singleout.score` takes.
    roles : mapping of str to str, optional
        Column to role; counts more than any suggestion.

    Returns
    -------
    Roles

    Raises
    ------
    InputError
        If the table cannot be read, a name in `roles` is no column, or a role is none of "direct
        identifier", "quasi-identifier", "sensitive" and "neither".

    Notes
    -----
    Of a table of more than 50,000 rows as many are looked at, evenly spaced, and of a column 300
    distinct values; counts that decide (one value only, nearly all different) are made on all rows.
    `Roles.notes` says so.

    Examples
    --------
    >>> found = suggest_roles({"rank": ["PC", "PC"], "collar_no": [17, 4]})
    >>> [(field.name, field.role) for field in found.fields]
    [('rank', 'neither'), ('collar_no', 'direct identifier')]
    >>> suggest_roles({"rank": ["PC", "PC"]}, {"rank": "quasi-identifier"})["rank"].role
    'quasi-identifier'
    """
    table = open_source(data).table
    check_names(table.column_names)
    table = pa.table([without_views(c) for c in table.columns], names=table.column_names)
    given = checked_roles(roles or {}, table.column_names)
    sampled, notes = table, []
    if table.num_rows > _ROWS:
        sampled = table.take(_evenly(table.num_rows, _ROWS))
        notes.append(f"{_ROWS:,} of {table.num_rows:,} rows were looked at, evenly spaced")
    notes.append(f"patterns were tried on at most {_VALUES} distinct values a column")
    fields = []
    for name, column, part in zip(table.column_names, table.columns, sampled.columns, strict=True):
        field = _suggest(name, column, part)
        fields.append(_override(field, given[name]) if name in given else field)
    return Roles(tuple(fields), tuple(notes))


def checked_roles(roles: Mapping[str, str], names: list[str]) -> dict[str, Role]:
    """Return the caller's roles; raise InputError for a name or a role that there is not."""
    known: dict[str, Role] = {role: role for role in ROLES}
    checked: dict[str, Role] = {}
    for name, role in roles.items():
        if name not in names:
            raise unknown_field(name, names)
        if role not in known:
            listed = ", ".join(f"'{one}'" for one in ROLES)
            raise InputError(f"roles: '{name}' is given the role '{role}'; choose one of {listed}")
        checked[name] = known[role]
    return checked


MEANINGS: Final = frozenset(entry.meaning for entry in LEXICON) | frozenset(KINDS)
"""Every meaning that `FieldRole.meaning` can have, besides none."""
