"""The policy's limits on risk where it names an attacker, who need not know every field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pyarrow as pa

from singleout.attacker import Attacker, preset
from singleout.errors import InputError
from singleout.policy.model import UNDECLARED_CHANCE
from singleout.roles import suggest_roles
from singleout.scoring import score
from singleout.verdict.groups import Ints
from singleout.verdict.reasons import Reason, reason
from singleout.verdict.words import listed

if TYPE_CHECKING:
    from singleout.verdict.people import PeopleTable


def attacked(seen: PeopleTable, names: Sequence[str], rows: Ints) -> tuple[list[Reason], list[str]]:
    """Hold each record's risk from the policy's attacker against the policy's limits.

    Parameters
    ----------
    seen : PeopleTable
        The table under a policy that names an attacker and a limit on risk.
    names : sequence of str
        Its quasi-identifiers.
    rows : ndarray of int64
        The rows that count; of a person's rows that look alike only one does.

    Returns
    -------
    reasons : list of Reason
        Limits that are broken.
    not_checked : list of str
        What the reader must know besides, in plain English.
    """
    rules, place = seen.policy.people, seen.table.place
    data = seen.table.data.select(list(names)).take(pa.array(rows))
    who = f"a {rules.attacker}" if isinstance(rules.attacker, str) else "the policy's attacker"
    try:
        attacker = _attacker(seen, names, data)
        found = score(data, identifiers="include", progress=False).risk(attacker)
    except InputError as problem:
        what = f"The risk from {who} to {len(rows):,} rows could not be measured ({problem})"
        return [reason("too-large-to-measure", "review", what, place, len(rows), "rows")], []
    notes = _notes(seen, names, who, attacker)
    knowing = "" if found.exact else "the upper end, since not every combination was walked; "
    reasons = []
    if rules.max_risk is not None and found.worst > rules.max_risk:
        above = rows[found.risk > rules.max_risk]
        count, word = seen.people(above)
        what = (
            f"{count:,} {word} with a risk above {rules.max_risk:g} from {who}; the largest is "
            f"{_figure(found.worst)}"
        )
        example = f"row {seen.table.row_number(int(rows[found.risk.argmax()])):,}"
        reasons.append(
            reason("record-risk", "refuse", what, place, count, word, example=example,
                   detail=f"{knowing}{_knows(attacker, names)}")
        )  # fmt: skip
    if rules.max_mean_risk is not None and found.mean > rules.max_mean_risk:
        count, word = seen.people(rows)
        what = (
            f"The mean risk of {count:,} {word} from {who} is {_figure(found.mean)}, above "
            f"{rules.max_mean_risk:g}"
        )
        detail = f"{knowing}{_knows(attacker, names)}"
        reasons.append(reason("mean-risk", "refuse", what, place, count, word, detail=detail))
    return reasons, notes


def _figure(chance: float) -> str:
    """A probability in four digits, never rounded to certainty."""
    said = f"{chance:.4g}"
    return "over 0.9999" if said == "1" and chance < 1 else said


def _attacker(seen: PeopleTable, names: Sequence[str], data: pa.Table) -> Attacker:
    """What he knows of each quasi-identifier."""
    rules = seen.policy.people
    if isinstance(rules.attacker, str):
        roles = suggest_roles(data, dict.fromkeys(names, "quasi-identifier"))
        return preset(rules.attacker, roles, rules.max_size)
    told = {name.strip().casefold(): chance for name, chance in (rules.attacker or {}).items()}
    known = {
        name: told.get(
            name.strip().casefold(), UNDECLARED_CHANCE if name in seen.undeclared else 0.0
        )
        for name in names
    }
    return Attacker(known, rules.max_size)


def _knows(attacker: Attacker, names: Sequence[str]) -> str:
    """What he is likeliest to know, with its probabilities."""
    ranked = sorted(names, key=lambda name: -attacker.known[name])
    said = [f"{listed([name])} {attacker.known[name]:g}" for name in ranked[:5]]
    more = f" and {len(ranked) - 5} more" if len(ranked) > 5 else ""
    cap = "" if attacker.max_known is None else f", at most {attacker.max_known} of them"
    return f"he knows, with probability: {', '.join(said)}{more}{cap}"


def _notes(seen: PeopleTable, names: Sequence[str], who: str, attacker: Attacker) -> list[str]:
    where, notes = seen.table.place.text(), []
    notes.append(f"{where}: what someone could do who knows more than {who} is taken to know")
    never = [name for name in names if attacker.known[name] == 0.0]
    if never:
        notes.append(f"{where}: {listed(never)}, which {who} is taken never to know")
    return notes
