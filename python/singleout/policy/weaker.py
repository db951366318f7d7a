"""A policy beside the packaged preset that it comes from: where it is weaker, setting by setting.

A setting is weaker where some file could get a better verdict by it. Declared fields, acceptances
and tables are what a policy is for, and are told where they are used; a direct identifier that is
let go is weaker all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from singleout.draft.codes import CODES

if TYPE_CHECKING:
    from singleout.policy.model import Field, Policy

_EFFECTS = {"ignore": 0, "review": 1, "refuse": 2}
_UNDECLARED = {"score": 0, "review": 1, "refuse": 2}
_OF = {"things": 0, "auto": 1, "people": 2}
Weaker = Callable[[Any, Any], bool]


@dataclass(frozen=True, slots=True)
class Lowered:
    """One setting that is weaker than the preset's.

    Parameters
    ----------
    setting : str
        Its name, as in a policy file.
    here, there : str
        What the policy says, and what the preset says.
    """

    setting: str
    here: str
    there: str

    def sentence(self, preset: str) -> str:
        """Return it in words.

        Examples
        --------
        >>> Lowered("people.threshold", "2", "5").sentence("foi-strict")
        'people.threshold is 2 (foi-strict: 5)'
        """
        return f"{self.setting} is {self.here} ({preset}: {self.there})"


def lowered(policy: Policy, preset: Policy) -> tuple[Lowered, ...]:
    """Return every setting in which a policy is weaker than a preset.

    Parameters
    ----------
    policy : Policy
        With everything that it extends.
    preset : Policy
        The packaged policy at the end of its chain.

    Returns
    -------
    tuple of Lowered
        In the order of the settings; empty where no file could get a better verdict.

    Examples
    --------
    >>> from singleout.policy import preset
    >>> [one.setting for one in lowered(preset("cms-11"), preset("foi-strict"))]
    []
    >>> [one.here for one in lowered(preset("ema-0.09"), preset("foi-strict"))][:2]
    ['score', '1']
    """
    parts = (_findings, _people, _counts, _expect, _fields)
    return tuple(one for part in parts for one in part(policy, preset))


def _said(value: Any) -> str:
    if value is None:
        return "off"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (tuple, list)):
        return ", ".join(map(str, value)) or "none"
    if isinstance(value, dict):
        return ", ".join(f"{name} {one}" for name, one in value.items())
    return str(value)


def _lower(part: str, here: Any, there: Any, rules: dict[str, Weaker]) -> Iterator[Lowered]:
    for name, weaker in rules.items():
        one, other = getattr(here, name), getattr(there, name)
        if one != other and weaker(one, other):
            yield Lowered(f"{part}.{name}", _said(one), _said(other))


def _by(ranks: dict[str, int]) -> Weaker:
    return lambda here, there: ranks[here] < ranks[there]


def _less(here: Any, there: Any) -> bool:
    """A floor: off, or lower."""
    return there is not None and (here is None or here < there)


def _more(here: Any, there: Any) -> bool:
    """A ceiling: off, or higher."""
    return there is not None and (here is None or here > there)


def _findings(policy: Policy, preset: Policy) -> Iterator[Lowered]:
    here, there = policy.findings, preset.findings
    yield from _lower(
        "findings", here, there, dict.fromkeys(("refuse", "review", "note"), _by(_EFFECTS))
    )
    for code in sorted({*here.codes, *there.codes}):
        severity = CODES[code].severity
        one = here.codes.get(code, getattr(here, severity))
        other = there.codes.get(code, getattr(there, severity))
        if _EFFECTS[one] < _EFFECTS[other]:
            yield Lowered(f"findings.codes.{code}", one, other)


def _people(policy: Policy, preset: Policy) -> Iterator[Lowered]:
    here, there = policy.people, preset.people
    risk = there.max_risk is not None or there.max_mean_risk is not None
    limits = risk or (there.threshold or 1) > 1 or (there.min_distinct or 1) > 1
    yield from _lower("people", here, there, {
        "undeclared": _by(_UNDECLARED),
        "threshold": lambda a, b: (a or 1) < (b or 1),
        "max_risk": _more,
        "max_mean_risk": _more,
        "attacker": lambda a, b: risk and a is not None,
        "max_size": lambda a, b: limits and a is not None and (b is None or a < b),
        "min_distinct": lambda a, b: (a or 1) < (b or 1),
        "require_purpose": lambda a, b: b and not a,
        "identifiers_with_sensitive": _by(_EFFECTS),
    })  # fmt: skip
    # The column that names a person is not measured as one that others may know
    known = None if here.key is None else policy.field(here.key)
    if here.key != there.key and here.key and (known is None or known.role == "quasi-identifier"):
        yield Lowered("people.key", "a column that others may know", _said(there.key))


def _counts(policy: Policy, preset: Policy) -> Iterator[Lowered]:
    here, there = policy.counts, preset.counts
    effect = _by(_EFFECTS)
    yield from _lower("counts", here, there, {
        "applies_to": lambda a, b: b == "all",
        "of": _by(_OF),
        "small_from": lambda a, b: there.small_to > 0 and a > b,
        "small_to": lambda a, b: a < b,
        "small": lambda a, b: there.small_to > 0 and effect(a, b),
        "zero": effect,
        "derivable": effect,
        "protect_width": _less,
        "round_to": lambda a, b: b is not None and (a is None or a % b != 0),
        "unrounded": lambda a, b: there.round_to is not None and effect(a, b),
        "dominance_n": _less,
        "dominance_k": _more,
        "p_percent": _less,
        "not_checkable": effect,
    })  # fmt: skip
    nation = [(one.level, one.national) == ("national", "ignore") for one in (here, there)]
    if nation == [True, False]:
        yield Lowered("counts.national", "ignore", _said(there.national))


def _expect(policy: Policy, preset: Policy) -> Iterator[Lowered]:
    yield from _lower("expect", policy.expect, preset.expect, {
        "content": lambda a, b: b is not None,
        "columns": lambda a, b: b is not None and not (a is not None and set(a) <= set(b)),
    })  # fmt: skip


def _fields(policy: Policy, preset: Policy) -> Iterator[Lowered]:
    for name, field in policy.fields.items():
        old = preset.field(name)
        if field.role == "direct identifier" and field.may_leave:
            if old is None or not old.may_leave:
                yield Lowered(f"fields.{name}.release", "yes", "no")
        elif old is not None and _looser(field, old):
            yield Lowered(f"fields.{name}", _field(field), _field(old))


def _looser(here: Field, there: Field) -> bool:
    return (
        here.role != there.role
        or (here.may_leave and not there.may_leave)
        or not set(there.sensitive_values) <= set(here.sensitive_values)
    )


def _field(field: Field) -> str:
    values = len(field.sensitive_values)
    return f"{field.role}, {'may' if field.may_leave else 'may not'} leave, {values} values"
