"""Which rows are totals of others: by labels in ten languages, by place, and by sums that hold."""

from __future__ import annotations

import math

import numpy as np
import pytest

from singleout.verdict.kept_back.sums import Lines, Sum, find_sums, label_sums

N = None
Row = tuple[str, *tuple[float | None, ...]]


def lines(rows: list[Row]) -> Lines:
    """Rows of a label and numbers, None where one is kept back."""
    low = [[0.0 if v is None else float(v) for v in row[1:]] for row in rows]
    high = [[math.inf if v is None else float(v) for v in row[1:]] for row in rows]
    count = len(rows[0]) - 1
    labels = tuple(row[0] for row in rows)
    return Lines(np.array(low), np.array(high), labels, np.ones(count, np.bool_))


def sums(rows: list[Row]) -> dict[int, list[tuple[int, ...]]]:
    """The parts of each total."""
    found: dict[int, list[tuple[int, ...]]] = {}
    for one in find_sums(lines(rows)):
        found.setdefault(one.total, []).append(one.parts)
    return found


@pytest.mark.parametrize(
    "label",
    ["Total", "Grand Total", "Cyfanswm", "Iomlán", "Iomlan", "Total général", "Ensemble",
     "Insgesamt", "Suma", "Razem", "المجموع", "合计", "All officers", ""],
)  # fmt: skip
def test_a_last_row_by_its_label(label: str) -> None:
    assert sums([("a", 206), ("b", N), ("c", 44), (label, 253)]) == {3: [(0, 1, 2)]}


def test_a_total_may_stand_first() -> None:
    assert sums([("Total", 253), ("a", 206), ("b", N), ("c", 44)]) == {0: [(1, 2, 3)]}


def test_sections_with_totals_behind_and_before() -> None:
    behind: list[Row] = [
        ("a", 10), ("b", 20), ("Sub-total", 30), ("c", 40), ("d", N), ("Sub-total", 45),
        ("Total", 75),
    ]  # fmt: skip
    assert sums(behind) == {2: [(0, 1)], 5: [(3, 4)], 6: [(2, 5)]}
    before: list[Row] = [
        ("Total", 75), ("Crime total", 30), ("a", 10), ("b", 20), ("Roads total", 45), ("c", 40),
        ("d", N),
    ]  # fmt: skip
    assert sums(before) == {0: [(1, 4)], 1: [(2, 3)], 4: [(5, 6)]}


def test_parts_that_share_a_word_with_their_total() -> None:
    rows: list[Row] = [
        ("2022 men", 10, 4), ("2022 women", N, 3), ("2023 men", 20, 2), ("2023 women", N, 5),
        ("Total men", 30, 6), ("Total women", 9, 8),
    ]  # fmt: skip
    assert sums(rows) == {4: [(0, 2)], 5: [(1, 3)]}


def test_two_sets_of_parts() -> None:
    rows: list[Row] = [
        ("Total", 117, 325, 512), ("men", 61, 140, 312), ("women", 56, N, 200),
        ("white", 17, 300, 490), ("Asian", 100, N, 22),
    ]  # fmt: skip
    assert sums(rows) == {0: [(1, 2), (3, 4)]}


def test_a_row_without_a_label_needs_sums_that_chance_does_not_explain() -> None:
    rows: list[Row] = [
        ("north", 114, 204, 517), ("south", 201, 333, N), ("east", 417, 220, 419),
        ("region", 732, 757, 939), ("coast", 88, 91, 95),
    ]  # fmt: skip
    assert sums(rows) == {3: [(0, 1, 2)]}
    few: list[Row] = [("a", 3), ("b", 5), ("c", 8), ("d", N), ("e", 2)]
    assert sums(few) == {}


def test_a_total_that_is_not_one_is_doubted() -> None:
    assert find_sums(lines([("a", 120), ("b", N), ("c", 30), ("Total", 100)])) == [
        Sum(3, (0, 1, 2), False)
    ]
    overlapping: list[Row] = [
        ("Total with needs", 110, 76, 310), ("with plan", N, 70, 166), ("with aid", 90, 37, 146),
        ("other", 73, 36, 152),
    ]  # fmt: skip
    assert sums(overlapping) == {}


def test_years_of_one_size_are_no_totals() -> None:
    rows: list[Row] = [
        ("2018", 480, 50, N), ("2019", N, 52, 101), ("2020", 500, 49, 103), ("2021", 510, 55, 99),
    ]  # fmt: skip
    assert sums(rows) == {}


def test_long_tables_by_their_labels_in_any_order() -> None:
    labels = [("a", "men"), ("a", "women"), ("a", "All"), ("b", "men"), ("b", "women"),
              ("b", "All"), ("Total", "men"), ("Total", "women"), ("Total", "All")]  # fmt: skip
    values = [5, N, 8, 6, 7, 13, 11, N, 21]
    order = [8, 3, 1, 0, 6, 2, 5, 7, 4]
    shuffled = [labels[i] for i in order]
    rows: list[Row] = [(" ".join(labels[i]), values[i]) for i in order]
    found = {
        (shuffled[one.total], frozenset(shuffled[i] for i in one.parts))
        for one in label_sums(shuffled, lines(rows))
    }
    assert (("a", "All"), frozenset({("a", "men"), ("a", "women")})) in found
    assert (("Total", "men"), frozenset({("a", "men"), ("b", "men")})) in found
    assert (("Total", "All"), frozenset({("a", "All"), ("b", "All")})) in found
    assert len(found) == 6
