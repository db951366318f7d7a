"""The policy's models: what a policy file may say, checked by pydantic."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    PrivateAttr,
    StringConstraints,
    model_validator,
)
from pydantic import Field as Setting

from singleout.draft.codes import CODES
from singleout.lexicon import Role
from singleout.policy.never import ABOUT_PEOPLE, UNREAD, UNSEEN

__all__ = ["UNREAD", "Policy"]

if TYPE_CHECKING:
    from singleout.policy.weaker import Lowered

Effect = Literal["refuse", "review", "ignore"]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Share = Annotated[float, Setting(gt=0, le=1)]
Chance = Annotated[float, Setting(ge=0, le=1)]
Person = Literal["stranger", "neighbour", "colleague", "journalist"]
# With which an attacker whom a policy describes knows a column that it does not declare
UNDECLARED_CHANCE = 1.0


def _finding_code(code: str) -> str:
    if code not in CODES:
        raise ValueError(f"'{code}' is no finding code{_nearest(code, CODES)}")
    return code


def _any_code(code: str) -> str:
    from singleout.verdict.codes import REASONS

    if code in UNREAD:
        raise ValueError(f"'{code}' cannot be accepted: what was not read may hold anything")
    if code in UNSEEN:
        raise ValueError(f"'{code}' cannot be accepted: people out of sight never leave")
    if code not in CODES and code not in REASONS:
        raise ValueError(f"'{code}' is no code{_nearest(code, sorted({*CODES, *REASONS}))}")
    return code


FindingCode = Annotated[str, AfterValidator(_finding_code)]
AnyCode = Annotated[str, AfterValidator(_any_code)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Source(_Part):
    """Where numbers of a policy come from: the keys, what the source says of them, and its date."""

    keys: tuple[str, ...] = Setting(description="The settings that this source is for.")
    says: Text
    title: Text
    date: Text = Setting(description="The source's own date, or 'undated'.")
    url: str = ""
    read: Literal["original", "secondary source", "our choice"]


class Findings(_Part):
    """What a finding of `inspect` does: by its severity, and by its code where that is given."""

    refuse: Effect = Setting("refuse", description="Findings of severity refuse.")
    review: Effect = Setting("review", description="Findings of severity review.")
    note: Effect = Setting("ignore", description="Findings of severity note.")
    codes: dict[FindingCode, Effect] = Setting(
        default_factory=dict, description="Finding code to effect; overrides the severity."
    )

    @model_validator(mode="after")
    def _read(self) -> Findings:
        for code, effect in self.codes.items():
            if code in UNREAD and effect == "ignore":
                raise ValueError(f"'{code}' cannot be ignored: what was not read may hold anything")
            if code in UNSEEN and effect != "refuse":
                raise ValueError(f"'{code}' can only refuse: people out of sight never leave")
        return self


class Field(_Part):
    """A column of people that may leave, and as what."""

    role: Role = Setting(
        description="What the column is: who the row is about, what others may know of them, what "
        "they must not learn, or none of these."
    )
    release: bool | None = Setting(
        None,
        description="May it leave? When left out: yes, unless its role is direct identifier.",
    )
    purpose: str = Setting("", description="Why the recipient needs it.")
    sensitive_values: tuple[str, ...] = Setting(
        (), description="Values whose mere presence refuses, such as the name of a covert unit."
    )

    @property
    def may_leave(self) -> bool:
        """Whether the field may be in the file at all."""
        return self.role != "direct identifier" if self.release is None else self.release


class People(_Part):
    """Tables with one row a person that a reader sees."""

    undeclared: Literal["refuse", "review", "score"] = Setting(
        "refuse",
        description="A table with a column that `fields` does not declare: refuse, review, or "
        "score with such columns as quasi-identifiers.",
    )
    threshold: int | None = Setting(
        None,
        ge=1,
        description="The fewest rows that may share their quasi-identifiers (k); 1 is off.",
    )
    max_risk: Share | None = Setting(
        None,
        description="Largest allowed risk of any record: 1/k on all its quasi-identifiers, or from "
        "the `attacker`.",
    )
    max_mean_risk: Share | None = Setting(
        None, description="Largest allowed mean of the records' risks."
    )
    attacker: Person | dict[str, Chance] | None = Setting(
        None,
        description="Whom the two limits on risk are about: a preset of docs/attackers.md, or the "
        "probability with which he knows each field (a declared field that it does not list he "
        "never knows, one that is not declared he always knows). When left out he knows all "
        "quasi-identifiers.",
    )
    max_size: int | None = Setting(
        None,
        ge=1,
        description="The most fields an attacker is taken to know; all when left out.",
    )
    min_distinct: int | None = Setting(
        None,
        ge=1,
        description="The fewest different values of each sensitive field among rows that share "
        "their quasi-identifiers; 1 is off.",
    )
    key: str | None = Setting(
        None, description="The column that names a person, where one may have several rows."
    )
    require_purpose: bool = Setting(False, description="Every field must state a purpose.")
    identifiers_with_sensitive: Effect = Setting(
        "ignore", description="Direct identifiers in one table with sensitive fields."
    )

    @model_validator(mode="after")
    def _attacked(self) -> People:
        if self.attacker is not None and self.max_risk is None and self.max_mean_risk is None:
            raise ValueError("attacker says whom max_risk and max_mean_risk are about: give one")
        if isinstance(self.attacker, dict):
            names = [_folded(name) for name in self.attacker]
            if not names:
                raise ValueError("attacker: say with what probability each field is known")
            twice = next(
                (n for n, f in zip(self.attacker, names, strict=True) if names.count(f) > 1), None
            )
            if twice is not None:
                raise ValueError(f"attacker: '{twice}' is there twice")
        return self


class Counts(_Part):
    """Tables of counts that a reader sees."""

    applies_to: Literal["people", "all"] = Setting(
        "people",
        description="Counts of people only (a table that may count people is then for a person "
        "to check), or every table of counts.",
    )
    of: Literal["auto", "people", "things"] = Setting(
        "auto", description="What the draft's tables count, where you know it."
    )
    level: Literal["sub-national", "national"] = Setting(
        "sub-national", description="The area that the counts are of."
    )
    national: Literal["same", "ignore"] = Setting(
        "same", description="Whether the rules below hold for counts of a whole nation."
    )
    small_from: int = Setting(1, ge=1, description="The least count that is small.")
    small_to: int = Setting(0, ge=0, description="The largest count that is small; 0 is none.")
    small: Effect = Setting("ignore", description="Small counts.")
    zero: Effect = Setting("ignore", description="Counts of zero.")
    derivable: Effect = Setting(
        "ignore", description="A small count that totals and other cells give away or narrow."
    )
    protect_width: int = Setting(
        3,
        ge=1,
        description="How far the least and the most that a kept-back cell can be must be apart, "
        "where its mark says no more by itself; 1 asks only that it is not known exactly.",
    )
    round_to: int | None = Setting(None, ge=2, description="Counts must be multiples of this.")
    unrounded: Effect = Setting(
        "ignore", description="Counts above small_to that are no such multiples."
    )
    dominance_n: int | None = Setting(
        None, ge=1, description="So many contributors must not make up dominance_k of a sum."
    )
    dominance_k: Share | None = Setting(
        None, description="The share of a sum that dominance_n contributors must stay below."
    )
    p_percent: Share | None = Setting(
        None, description="The least share of the largest contributor that the rest must make up."
    )
    not_checkable: Effect = Setting(
        "ignore",
        description="Sums and means, whose dominance cannot be checked without contributors.",
    )


class Expect(_Part):
    """What was asked for; anything else is a finding."""

    content: Literal["counts"] | None = Setting(
        None, description="Tables of counts only; any other table is a finding."
    )
    columns: tuple[str, ...] | None = Setting(
        None, description="These columns only; any other, and a missing one, is a finding."
    )

    @model_validator(mode="after")
    def _one(self) -> Expect:
        if self.content is not None and self.columns is not None:
            raise ValueError("give content or columns, not both")
        return self


class Acceptance(_Part):
    """A finding that someone has looked at and lets pass, until a date."""

    code: AnyCode = Setting(description="The code of the reason that is accepted.")
    reason: Text = Setting(description="Why it may pass.")
    expires: dt.date = Setting(description="The last day on which it is accepted.")
    file: str | None = Setting(None, description="File names that it holds for, such as 'r*.xlsx'.")
    place: str | None = Setting(None, description="The place as the review names it.")
    at_most: int | None = Setting(None, ge=0, description="It does not hold for a larger count.")

    @model_validator(mode="after")
    def _bounded(self) -> Acceptance:
        whole = self.file in (None, "*") and self.place is None
        if self.code in ABOUT_PEOPLE and (whole or self.at_most is None):
            raise ValueError(
                f"'{self.code}' is about people: say in which file or place, and at_most how many"
            )
        return self


class TableRows(_Part):
    """What the rows of one table are, where the program cannot tell and somebody has looked.

    It settles nothing but the reason `unclear-table`.
    """

    rows: Literal["things"] = Setting(description="What a row stands for.")
    file: Text = Setting(description="File names that it holds for, such as 'sites*.xlsx'.")
    place: Text = Setting(description="The table's place as the review names it.")
    headings: Text = Setting(description="The digest of its headings, as the review gives it.")
    reason: Text = Setting(description="How it is known.")
    expires: dt.date = Setting(description="The last day on which it holds.")


class Policy(_Part):
    """What may leave, and what stops a release.

    Read one with `Policy.load` (a TOML file, a pyproject.toml or a preset's name). Two policies
    that say the same have the same `sha256`, wherever they were read from.

    Examples
    --------
    >>> Policy.load("cms-11").counts.small_to
    10
    """

    name: Text
    title: str = ""
    description: str = ""
    extends: str | None = Setting(None, description="A preset's name, or a file beside this one.")
    findings: Findings = Findings()
    fields: dict[str, Field] = Setting(default_factory=dict)
    people: People = People()
    counts: Counts = Counts()
    expect: Expect = Expect()
    accept: tuple[Acceptance, ...] = ()
    tables: tuple[TableRows, ...] = Setting(
        (), description="What the rows of tables are that the program finds unclear."
    )
    trusted_keys: tuple[str, ...] = Setting(
        (), description="Public key files of approvers, beside this file."
    )
    sources: tuple[Source, ...] = ()
    _preset: str = PrivateAttr("")

    @model_validator(mode="after")
    def _declared(self) -> Policy:
        attacker = self.people.attacker
        for name in attacker if isinstance(attacker, dict) else ():
            if self.field(name) is None:
                raise ValueError(
                    f"people.attacker: '{name}' is not declared in fields"
                    f"{_nearest(name, self.fields)}"
                )
        return self

    @classmethod
    def load(cls, source: str | os.PathLike[str] | Policy | None = None) -> Policy:
        """Read a policy.

        Parameters
        ----------
        source : path, str or Policy, optional
            A TOML file, a ``pyproject.toml`` with ``[tool.singleout]``, or the name of a preset;
            ``foi-strict`` when left out.

        Returns
        -------
        Policy
            With everything that it extends filled in.

        Raises
        ------
        PolicyError
            If there is no such file or preset, or it is not a policy: with file, line and key.

        Examples
        --------
        >>> Policy.load().name
        'foi-strict'
        """
        from singleout.policy.load import load

        return load(source)

    @property
    def sha256(self) -> str:
        """Hexadecimal digest of what the policy says (sorted JSON without white space)."""
        return hashlib.sha256(self.canonical()).hexdigest()

    def canonical(self) -> bytes:
        """Return the policy as sorted JSON without white space, in UTF-8."""
        # A setting that is newer than the policy and left alone must not change its digest
        newer = set() if self.tables else {"tables"}
        data = self.model_dump(mode="json", exclude={"extends", *newer})
        if self.counts.protect_width == Counts.model_fields["protect_width"].default:
            del data["counts"]["protect_width"]
        return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

    @property
    def preset(self) -> str:
        """The packaged preset at the end of what it extends; ``foi-strict`` where there is none."""
        from singleout.policy.load import DEFAULT, PRESETS

        near = (self._preset, self.extends)
        return next((name for name in near if name in PRESETS), DEFAULT)

    @property
    def lowered(self) -> tuple[Lowered, ...]:
        """Every setting in which it is weaker than that preset: some file could pass by it."""
        from singleout.policy.load import preset
        from singleout.policy.weaker import lowered

        return lowered(self, preset(self.preset))

    def accepting(self, entries: Iterable[Acceptance | Mapping[str, Any]]) -> Policy:
        """Return the same policy with more acceptances.

        Raises
        ------
        pydantic.ValidationError
            If an entry lacks its code, reason or expiry date, or its code cannot be accepted.
        """
        plain = [e.model_dump() if isinstance(e, Acceptance) else dict(e) for e in entries]
        data = self.model_dump()
        policy = Policy.model_validate({**data, "accept": [*data["accept"], *plain]})
        policy._preset = self._preset
        return policy

    def field(self, name: str) -> Field | None:
        """Return what is declared of a column, letter case and spaces at the ends ignored."""
        wanted = _folded(name)
        return next((f for n, f in self.fields.items() if _folded(n) == wanted), None)


def _folded(name: str) -> str:
    return name.strip().casefold()


def _nearest(word: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, list(known), 2)
    return f"; did you mean {' or '.join(repr(n) for n in near)}?" if near else ""
