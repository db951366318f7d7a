"""What a linkage means, in plain English and without a value of any table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from singleout.evidence.chains import Chain
from singleout.evidence.difference import Difference

if TYPE_CHECKING:
    from singleout.evidence.linkage import Joined, Linkage


def reasons(linkage: Linkage) -> tuple[dict[str, Any], ...]:
    """Return the reasons of a linkage; see `Linkage.reasons`."""
    found = [*(_joined(one) for one in linkage.joined if one.matched and one.gained)]
    found += [_chain(one, linkage) for one in linkage.chains]
    found += [
        _versions(one, one.difference)
        for one in linkage.joined
        if one.difference is not None and _any(one.difference)
    ]
    return tuple(sorted(found, key=lambda one: -int(one["count"])))


def _any(difference: Difference) -> bool:
    return bool(difference.added or difference.removed or difference.changed_rows)


def _reason(code: str, what: str, detail: str, count: int, row: int) -> dict[str, Any]:
    from singleout.verdict.codes import REASONS

    known = REASONS[code]
    return {
        "code": code,
        "what": what,
        "detail": detail,
        "count": count,
        "unit": "people",
        "row": row,
        "why": known.why,
        "remedy": known.remedy,
    }


def _joined(one: Joined) -> dict[str, Any]:
    what = (
        f"{one.matched:,} of {one.people:,} rows match exactly one row of release {one.release} "
        f"('{one.name}')"
    )
    detail = (
        f"on {_listed(one.shared)}; {one.both_ways:,} of them are also the only such row here. "
        f"That adds {_listed(one.gained)}. {one.few:,} rows match at least one and fewer than "
        f"{one.threshold}. Rows that are the only one of their kind go from "
        f"{one.singled_before:,} to {one.singled_after:,}, and the mean risk from "
        f"{one.mean_risk_before:.3f} to {one.mean_risk_after:.3f}"
    )
    return _reason("linked-release", what, detail, one.matched, one.example_row)


def _chain(one: Chain, linkage: Linkage) -> dict[str, Any]:
    way = ", then ".join(f"release {number}" for number in one.releases)
    what = f"{one.people:,} of {linkage.people:,} rows can be followed through {way}"
    detail = (
        f"together that is {_listed(one.fields)}. Of these rows {one.singled_before:,} are the "
        f"only one of their kind in the draft, and {one.singled_after:,} when joined"
    )
    return _reason("linked-chain", what, detail, one.people, one.example_row)


def _versions(one: Joined, difference: Difference) -> dict[str, Any]:
    changed = len(difference.changed_rows)
    fields = f" (in {_listed(tuple(difference.changed))})" if difference.changed else ""
    what = f"Compared with release {one.release} ('{one.name}'), a version of the same table"
    detail = (
        f"{len(difference.added):,} rows were added, {difference.removed:,} removed, "
        f"{changed:,} changed{fields}; {difference.unchanged:,} are as they were"
    )
    row = min((*difference.added, *difference.changed_rows), default=0)
    count = len(difference.added) + difference.removed + changed
    return _reason("differing-versions", what, detail, count, row)


def _listed(names: tuple[str, ...]) -> str:
    if not names:
        return "no field"
    quoted = [f"'{name}'" for name in names]
    if len(quoted) == 1:
        return quoted[0]
    return ", ".join(quoted[:-1]) + " and " + quoted[-1]


def summary(linkage: Linkage) -> str:
    """Return the reasons as text; see `Linkage.summary`."""
    found = reasons(linkage)
    lines = []
    for number, one in enumerate(found, 1):
        example = f" (for example row {one['row']:,})" if one["row"] else ""
        lines += [
            f"{number}. {one['what']}: {one['detail']}{example}.",
            f"   {one['why']}",
            f"   {one['remedy']}",
        ]
    if not found:
        lines.append("Nothing was found that joins this draft to a release in the ledger.")
    if linkage.apart:
        numbers = ", ".join(map(str, linkage.apart))
        lines.append(f"Not compared, for they share no field with the draft: release {numbers}.")
    lines.append("Only releases in this ledger were looked at, and only equal values meet.")
    return "\n".join(lines)
