"""A short paragraph in plain English about what a walk found."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from singleout.base.printable import printable
from singleout.per_combination import Combinations, worst_combinations
from singleout.walk import MANY_FIELDS, MOST_COMBINATIONS, Walk


def percent(part: int, whole: int) -> str:
    """Return a share in per cent, never rounded to none or all when it is neither.

    Examples
    --------
    >>> percent(12, 1000), percent(1, 100_000), percent(99_999, 100_000), percent(5, 5)
    ('1.2 %', 'under 0.1 %', 'over 99.9 %', '100 %')
    """
    if part == whole:
        return "100 %"
    of_hundred = 100 * part / whole
    if 0 < of_hundred < 0.1:
        return "under 0.1 %"
    if of_hundred > 99.9:
        return "over 99.9 %"
    return f"{of_hundred:.1f} %"


def share(part: int, whole: int) -> str:
    """Return a count with its percentage.

    Examples
    --------
    >>> share(12, 1000), share(99_999, 100_000), share(0, 5), share(5, 5)
    ('12 (1.2 %)', '99,999 (over 99.9 %)', '0', 'all 5')
    """
    if part == 0:
        return "0"
    return f"all {part:,}" if part == whole else f"{part:,} ({percent(part, whole)})"


def listed(names: Sequence[str], joint: str = "and") -> str:
    """Return names as an English list.

    Examples
    --------
    >>> listed(["rank", "unit", "station"])
    'rank, unit and station'
    """
    names = [printable(name) for name in names]
    if len(names) <= 1:
        return "".join(names)
    return f"{', '.join(names[:-1])} {joint} {names[-1]}"


def notes(walk: Walk) -> list[str]:
    """Return in words what was set aside or cut short, one sentence each."""
    names = [printable(name) for name in walk.table.names]
    constant = [names[p] for p, role in enumerate(walk.roles) if role == "constant"]
    said = []
    if constant:
        verb = "holds" if len(constant) == 1 else "hold"
        said.append(f"{listed(constant)} {verb} one value throughout and tells nobody apart.")
    if walk.separate:
        apart = [names[p] for p in walk.separate]
        if len(apart) == 1:
            said.append(
                f"{apart[0]} singles out every row by itself: a direct identifier, left out of "
                "larger combinations."
            )
        else:
            said.append(
                f"{listed(apart)} each single out every row: direct identifiers, left out of "
                "larger combinations."
            )
    if walk.options.max_size is None and walk.size < len(walk.walked):
        said.append(
            f"With more than {MANY_FIELDS} fields, only combinations of up to {walk.size} were "
            f"measured, which keeps them under {MOST_COMBINATIONS:,}; larger ones single out more."
        )
    elif walk.walked and walk.size < len(walk.walked):
        said.append(f"Combinations of more than {walk.size} fields were not measured.")
    if walk.options.nulls == "drop" and any(c.nulls for c in walk.table.columns):
        said.append(
            "A row takes no part in a combination on which it has an empty value, which adds "
            "nothing to its risk."
        )
    if walk.options.nulls == "any" and any(c.nulls for c in walk.table.columns):
        said.append("An empty value was taken to match every value.")
    return said


def summary(walk: Walk, combinations: Combinations, name: str = "") -> str:
    """Return the paragraph that `Assessment.summary` gives.

    Parameters
    ----------
    walk : Walk
        The walked table.
    combinations : Combinations
        All its combinations.
    name : str
        The file's name, if the table was one.

    Returns
    -------
    str
        What is in the table, who is singled out and by what, and what was not measured; no value
        of the table.
    """
    table = walk.table
    people, noun = table.people, "rows" if table.counts is None else "people"
    said = [
        f"{name + ': ' if name else ''}{people:,} {noun}, {_some(len(table.columns), 'field')}, "
        f"{_some(len(combinations.figures), 'combination')} measured."
    ]
    alone = int((walk.k == 1).sum())
    said.append(f"On all fields together, {share(alone, people)} of the {noun} are singled out.")
    said += _worst(walk, combinations, noun)
    few = _below(walk)
    if few > alone:
        t = walk.options.threshold
        said.append(f"{share(few, people)} are in a class of fewer than {t} on all fields.")
    return " ".join(said + notes(walk))


def _some(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'' if count == 1 else 's'}"


def _below(walk: Walk) -> int:
    k, counts = walk.k, walk.table.counts
    low = (k > 0) & (k < walk.options.threshold)
    return int(low.sum()) if counts is None else int(counts[low].sum(dtype=np.uint64))


def _worst(walk: Walk, combinations: Combinations, noun: str) -> list[str]:
    """For one, two and three fields, the combination that singles out most."""
    said = []
    for worst in worst_combinations(walk, combinations, 1, 3):
        apart = len(worst.fields) == 1 and worst.fields[0] in _separate(walk)
        if worst.unique_records and not apart:
            verb = "singles" if len(worst.fields) == 1 else "together single"
            count = share(worst.unique_records, walk.table.people)
            said.append(f"{listed(worst.fields)} {verb} out {count}.")
    if not said:
        said.append(f"No combination of up to three fields singles out any of the {noun}.")
    return said


def _separate(walk: Walk) -> set[str]:
    return {walk.table.names[place] for place in walk.separate}
