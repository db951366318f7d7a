"""Tables of people: what the policy declares, group sizes, risk, sensitive fields, purposes."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from verdict_shapes import codes, policy, reviewed

import singleout as so
from singleout.attacker import PRESETS
from singleout.verdict.limits import smallest_group

RANK = {"role": "quasi-identifier", "purpose": "asked for"}
UNIT = {"role": "sensitive", "purpose": "asked for"}


def people(*groups: tuple[str, str, int]) -> list[list[object]]:
    """Rows of (rank, station), each so many times, with a sensitive unit that differs."""
    rows: list[list[object]] = [["rank", "station", "unit"]]
    for rank, station, count in groups:
        rows += [[rank, station, f"unit {i % 3}"] for i in range(count)]
    return rows


FIELDS = {"rank": RANK, "station": RANK, "unit": UNIT}


@pytest.mark.parametrize(("size", "verdict"), [(4, "refuse"), (5, "release"), (6, "release")])
def test_threshold(size: int, verdict: str) -> None:
    review = reviewed(people(("PC", "A", 40), ("PS", "B", size)), policy(fields=FIELDS))
    assert review.verdict == verdict, str(review)
    if verdict == "refuse":
        assert codes(review) == ["below-threshold"]
        assert review.reasons[0].count == 4
        assert "rows" in review.reasons[0].what
        assert "row 42" in review.reasons[0].example


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from("XY")), min_size=6, max_size=40),
    st.integers(2, 6),
)
def test_threshold_against_counting(pairs: list[tuple[str, str]], limit: int) -> None:
    rules = policy(
        fields={"rank": RANK, "station": RANK}, people={"threshold": limit, "min_distinct": 1}
    )
    review = reviewed([["rank", "station"], *pairs], rules)
    sizes = Counter(pairs)
    below = sum(n for n in sizes.values() if n < limit)
    assert review.verdict == ("refuse" if below else "release")
    assert [one.count for one in review.reasons] == ([below] if below else [])


def test_undeclared_column_refuses_and_says_who_stands_out() -> None:
    rows = [["surname", "rank"], ["Ash", "PC"], ["Birch", "PC"], ["Cedar", "PS"]]
    review = reviewed(rows, policy(fields={"rank": RANK}))
    assert (review.verdict, codes(review)) == ("refuse", ["undeclared-people-table"])
    assert "'surname'" in review.reasons[0].detail
    assert "Ash" not in str(review) + review.to_json() + review.to_markdown()


@pytest.mark.parametrize(("size", "verdict"), [(11, "refuse"), (12, "release")])
def test_ema_takes_009_literally(size: int, verdict: str) -> None:
    rows = [["age band", "sex", "site"], *[["40-49", "F", "A"]] * size, *[["50-59", "M", "A"]] * 40]
    review = reviewed(rows, "ema-0.09")
    assert review.verdict == verdict, str(review)
    if verdict == "refuse":
        assert codes(review) == ["record-risk"]
        assert "0.09091" in review.reasons[0].what


def test_smallest_group_of_a_risk() -> None:
    assert [smallest_group(r) for r in (1.0, 0.5, 0.2, 0.1, 0.09, 0.05)] == [1, 2, 5, 10, 12, 20]


def test_mean_risk() -> None:
    rows = people(("PC", "A", 10), ("PS", "B", 10))
    over = policy(fields=FIELDS, people={"max_mean_risk": 0.09})
    assert codes(reviewed(rows, over)) == ["mean-risk"]
    under = policy(fields=FIELDS, people={"max_mean_risk": 0.1})
    assert reviewed(rows, under).verdict == "release"


def test_largest_subset_size() -> None:
    """Pairs are small groups; single fields are not."""
    rows: list[list[object]] = [["rank", "station", "unit"]]
    for i, rank in enumerate(("PC", "PS", "DI")):
        for j, station in enumerate(("A", "B", "C")):
            count = 3 if i == j else 10
            rows += [[rank, station, f"unit {k % 3}"] for k in range(count)]
    all_sizes = reviewed(rows, policy(fields=FIELDS))
    assert codes(all_sizes) == ["below-threshold"]
    one = reviewed(rows, policy(fields=FIELDS, people={"max_size": 1, "min_distinct": 1}))
    assert one.verdict == "release", str(one)
    risk = policy(
        fields=FIELDS,
        people={"max_size": 1, "threshold": 1, "max_risk": 0.04, "min_distinct": 1},
    )
    found = reviewed(rows, risk)
    assert codes(found) == ["record-risk"]
    assert "groups of fewer than 25" in found.reasons[0].what


def test_group_that_shares_a_sensitive_value() -> None:
    rows: list[list[object]] = [["rank", "station", "unit"]]
    rows += [["PC", "A", "Surveillance"]] * 6 + [["PC", "B", f"unit {i % 2}"] for i in range(6)]
    review = reviewed(rows, policy(fields=FIELDS))
    assert codes(review) == ["same-sensitive-value"]
    assert review.reasons[0].count == 6
    assert "Surveillance" not in str(review)


def test_listed_value_refuses_by_its_presence() -> None:
    fields = {**FIELDS, "unit": {**UNIT, "sensitive_values": ["Surveillance"]}}
    rows = people(("PC", "A", 40))
    assert reviewed(rows, policy(fields=fields)).verdict == "release"
    rows[7][2] = " surveillance "
    review = reviewed(rows, policy(fields=fields))
    assert (codes(review), review.reasons[0].count) == (["sensitive-value"], 1)
    assert review.reasons[0].example == "row 8"


def test_roles_that_may_not_leave() -> None:
    rows = [["surname", "rank"], *[["Ash", "PC"]] * 5]
    kept = {"surname": {"role": "direct identifier"}, "rank": RANK}
    assert codes(reviewed(rows, policy(fields=kept))) == ["direct-identifier"]
    held = {"surname": {"role": "neither", "release": False}, "rank": RANK}
    assert codes(reviewed(rows, policy(fields=held))) == ["field-not-released"]
    senior = {"surname": {"role": "direct identifier", "release": True}, "rank": RANK}
    review = reviewed(rows, policy(fields=senior))
    assert review.verdict == "release"
    assert any("'surname'" in text for text in review.not_checked)


def test_person_key_counts_people() -> None:
    """Five rows of one person are a group of one."""
    fields = {
        "warrant number": {"role": "direct identifier", "release": True, "purpose": "p"},
        "rank": RANK,
    }
    rows = [["warrant number", "rank"], *[["1", "PC"]] * 5, *[[str(i), "PS"] for i in range(2, 8)]]
    without = reviewed(rows, policy(fields=fields))
    assert without.verdict == "release"
    review = reviewed(rows, policy(fields=fields, people={"key": "Warrant Number"}))
    assert codes(review) == ["below-threshold"]
    assert review.reasons[0].what.startswith("1 person")


def test_supplier_extract() -> None:
    rows = [["surname", "rank", "vetting"], *[[f"name {i}", "PC", "SC"] for i in range(9)]]
    declared = {
        "surname": {"role": "direct identifier", "release": True, "purpose": "to print the card"},
        "rank": {"role": "neither", "purpose": "to print the card"},
        "vetting": {"role": "sensitive", "purpose": "to choose the card's colour"},
    }
    together = reviewed(rows, policy("supplier-extract", fields=declared))
    assert codes(together) == ["identifiers-with-sensitive"]
    declared["vetting"]["purpose"] = " "
    assert "no-purpose" in codes(reviewed(rows, policy("supplier-extract", fields=declared)))
    fine = {**declared, "vetting": {"role": "neither", "purpose": "p"}}
    assert reviewed(rows, policy("supplier-extract", fields=fine)).verdict == "release"
    assert codes(reviewed(rows, "supplier-extract")) == ["undeclared-people-table"]


def test_counts_beside_surnames_are_rows_about_people() -> None:
    rows = [["surname", "days absent"], ["Ash", 12], ["Birch", 30], ["Cedar", 7]]
    assert codes(reviewed(rows, policy())) == ["undeclared-people-table"]
    places = [["station", "days absent by officers"], ["Ash", 12], ["Birch", 30], ["Cedar", 7]]
    assert reviewed(places, policy()).verdict == "release"


def test_column_declared_against_its_name_is_said() -> None:
    fields = {"surname": {"role": "neither"}, "rank": RANK}
    review = reviewed([["surname", "rank"], *[["Ash", "PC"]] * 6], policy(fields=fields))
    assert review.verdict == "release"
    assert any("'surname'" in text and "direct identifiers" in text for text in review.not_checked)


def test_risk_under_an_attacker_is_that_of_the_assessment() -> None:
    rows = [["rank", "station"], *[["PC", "A"]] * 20, ["PS", "A"], *[["PC", "B"]] * 4]
    fields = {"rank": RANK, "station": RANK}
    known = {"Rank ": 0.5, "station": 0.25}
    data = {"rank": [row[0] for row in rows[1:]], "station": [row[1] for row in rows[1:]]}
    risk = so.score(data).risk(so.Attacker({"rank": 0.5, "station": 0.25}))
    for limit, column, wanted in (
        (risk.worst * 0.999, "max_risk", ["record-risk"]),
        (risk.worst, "max_risk", []),
        (risk.mean * 0.999, "max_mean_risk", ["mean-risk"]),
        (risk.mean, "max_mean_risk", []),
    ):
        rules = {"threshold": 1, "min_distinct": 1, "attacker": known, column: limit}
        found = reviewed(rows, policy(fields=fields, people=rules))
        assert codes(found) == wanted
        assert any("knows more than the policy's attacker" in note for note in found.not_checked)
    over = policy(
        fields=fields,
        people={"threshold": 1, "min_distinct": 1, "attacker": known, "max_risk": 0.1},
    )
    worst = reviewed(rows, over).reasons[0]
    assert (worst.count, worst.example) == (int((risk.risk > 0.1).sum()), "row 22")
    assert f"{risk.worst:.4g}" in worst.what
    assert "'rank' 0.5, 'station' 0.25" in worst.detail


@pytest.mark.parametrize("person", ["stranger", "neighbour", "colleague", "journalist"])
def test_presets_of_attackers_go_by_what_a_field_means(person: str) -> None:
    rows = [["rank", "odd name"], *[["PC", "A"]] * 20, ["PS", "B"]]
    fields = {"rank": RANK, "odd name": RANK}
    data = {"rank": [row[0] for row in rows[1:]], "odd name": [row[1] for row in rows[1:]]}
    chances = PRESETS[person]
    known = {"rank": chances["rank"], "odd name": chances["any other quasi-identifier"]}
    worst = so.score(data).risk(so.Attacker(known)).worst
    for limit, wanted in ((worst * 0.999, ["record-risk"]), (worst, [])):
        rules = {"threshold": 1, "min_distinct": 1, "attacker": person, "max_risk": limit}
        found = reviewed(rows, policy(fields=fields, people=rules))
        assert codes(found) == wanted
        assert not wanted or f"from a {person}" in found.reasons[0].what


def test_what_an_attacker_of_a_policy_does_not_list() -> None:
    """He never knows a declared field, and always one that is not declared."""
    rows = [["rank", "station", "age"], *[["PC", "A", "40"]] * 20, ["PS", "B", "40"]]
    base = {"threshold": 1, "min_distinct": 1, "undeclared": "score", "max_risk": 0.5}
    fields = {"rank": RANK, "age": RANK}
    told = policy(fields=fields, people={**base, "attacker": {"age": 0.1}})
    found = reviewed(rows, told)
    assert codes(found) == ["record-risk"]
    assert "'station' 1" in found.reasons[0].detail
    assert any("'rank', which the policy's attacker" in note for note in found.not_checked)
    all_told = policy(fields={**fields, "station": RANK}, people={**base, "attacker": {"age": 0.1}})
    assert reviewed(rows, all_told).verdict == "release"


def test_a_cap_below_what_is_certain_is_for_a_person_to_check() -> None:
    rows = people(("PC", "A", 10), ("PS", "B", 10))
    rules = {
        "threshold": 1,
        "min_distinct": 1,
        "max_risk": 0.5,
        "max_size": 1,
        "attacker": {"rank": 1.0, "station": 1.0},
    }
    found = reviewed(rows, policy(fields=FIELDS, people=rules))
    assert (found.verdict, codes(found)) == ("review", ["too-large-to-measure"])
    assert "max_known is 1" in found.reasons[0].what


def test_rows_of_a_person_that_differ_are_told_where_fields_are_left_out() -> None:
    rows = [["rank", "station", "staff"]]
    rows += [["PC", f"S{i % 2}", f"p{i // 2}"] for i in range(40)]
    fields = {"rank": RANK, "station": RANK, "staff": {"role": "neither", "purpose": "key"}}
    rules = {"key": "staff", "threshold": 1, "min_distinct": 1, "max_risk": 0.9}
    all_known = reviewed(rows, policy(fields=fields, people=rules))
    some = reviewed(rows, policy(fields=fields, people={**rules, "attacker": "stranger"}))
    told = "40 different rows are of 20 people"
    assert any(told in note for note in some.not_checked)
    assert not any(told in note for note in all_known.not_checked)


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ({"attacker": {"rnak": 0.9}, "max_risk": 0.1}, "'rnak' is not declared .*'rank'"),
        ({"attacker": {}, "max_risk": 0.1}, "with what probability"),
        ({"attacker": {"rank": 0.5, " Rank": 0.1}, "max_risk": 0.1}, "' ?[Rr]ank' is there twice"),
        ({"attacker": "colleague"}, "give one"),
        ({"attacker": "uncle", "max_risk": 0.1}, "uncle|colleague"),
        ({"attacker": {"rank": 1.1}, "max_risk": 0.1}, "less than or equal to 1"),
    ],
)
def test_attackers_of_a_policy_that_make_no_sense(rules: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        policy(fields=FIELDS, people=rules)
