"""A slow and obvious count of what every combination singles out."""

from __future__ import annotations

import math
from collections import Counter
from itertools import combinations
from typing import Any

Row = tuple[Any, ...]


def matches(a: Row, b: Row) -> bool:
    """Whether two rows match where an empty value matches everything."""
    return all(x is None or y is None or x == y for x, y in zip(a, b, strict=True))


def class_sizes(
    rows: list[Row], counts: list[int], chosen: tuple[int, ...], nulls: str
) -> list[int]:
    """How many people share each row's values on the chosen columns; 0: it takes no part."""
    cut = [tuple(row[i] for i in chosen) for row in rows]
    if nulls == "any":
        return [sum(n for b, n in zip(cut, counts, strict=True) if matches(a, b)) for a in cut]
    people: Counter[Row] = Counter()
    for row, n in zip(cut, counts, strict=True):
        people[row] += n
    return [0 if nulls == "drop" and None in row else people[row] for row in cut]


def figures(
    rows: list[Row], counts: list[int], chosen: tuple[int, ...], nulls: str, threshold: int
) -> dict[str, Any]:
    """Every figure of one combination, as `Assessment.combinations` names them."""
    k = class_sizes(rows, counts, chosen, nulls)
    n = sum(c for c, size in zip(counts, k, strict=True) if size)
    if nulls == "any":
        classes = None
    else:
        keys = {tuple(row[i] for i in chosen) for row, size in zip(rows, k, strict=True) if size}
        classes = len(keys)
    sizes = (
        None
        if classes is None
        else list(
            {
                tuple(row[i] for i in chosen): size
                for row, size in zip(rows, k, strict=True)
                if size
            }.values()
        )
    )
    taking = [size for size in k if size]
    mean_reciprocal = sum(c / size for c, size in zip(counts, k, strict=True) if size)
    return {
        "size": len(chosen),
        "classes": classes,
        "unique_records": sum(c for c, size in zip(counts, k, strict=True) if size == 1),
        "records_below_threshold": sum(
            c for c, size in zip(counts, k, strict=True) if 0 < size < threshold
        ),
        "smallest_class": min(taking) if taking else None,
        "largest_class": max(taking) if taking else None,
        "entropy_bits": None
        if sizes is None or not n
        else sum(-size / n * math.log2(size / n) for size in sizes),
        "mean_risk": mean_reciprocal / n if n else None,
        "max_risk": 1 / min(taking) if taking else None,
        "distinction": None if classes is None or not n else classes / n,
        "separation": None
        if sizes is None or n < 2
        else 1 - sum(size * (size - 1) for size in sizes) / (n * (n - 1)),
    }


def subsets(m: int, largest: int) -> list[tuple[int, ...]]:
    """Every combination of 1..largest of m columns, by size, then in order."""
    return [c for size in range(1, min(largest, m) + 1) for c in combinations(range(m), size)]


def shapley(rows: list[Row], counts: list[int], m: int, largest: int, nulls: str) -> list[float]:
    """Each column's contribution to the singled-out share, from the definition."""
    people = sum(counts)

    def v(chosen: tuple[int, ...]) -> float:
        if not chosen:
            return 1.0 if people == 1 else 0.0
        k = class_sizes(rows, counts, chosen, nulls)
        return sum(c for c, size in zip(counts, k, strict=True) if size == 1) / people

    result = []
    for field in range(m):
        total = 0.0
        for size in range(1, min(largest, m) + 1):
            sets = [s for s in combinations(range(m), size) if field in s]
            gains = [v(s) - v(tuple(f for f in s if f != field)) for s in sets]
            total += sum(gains) / len(gains)
        result.append(total / m)
    return result
