"""Linkage: against counting by hand, by name and by rename, over versions and over chains."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from singleout.errors import InputError
from singleout.evidence.ledger import Ledger
from singleout.evidence.linkage import Joined, Linkage
from singleout.evidence.normal import normalise

from .people import Table, columns, staff, values

Row = tuple[str | None, ...]


def check(ledger_path: Path, key: Path, releases: list[Any], draft: Any, **more: Any) -> Linkage:
    with Ledger(ledger_path, key) as ledger:
        for number, release in enumerate(releases, 1):
            ledger.add(release, name=f"release {number}")
        return ledger.check(draft, **more)


def by_hand(draft: Table, release: Table, shared: list[str]) -> tuple[list[int], list[int]]:
    """For every row of the draft its equals there and here, a missing value equal to nothing."""

    def rows(table: Table) -> list[Row]:
        return list(zip(*(table[name] for name in shared), strict=True))

    there = Counter(row for row in rows(release) if None not in row)
    here = Counter(rows(draft))
    return [there[row] for row in rows(draft)], [here[row] for row in rows(draft)]


cell = st.sampled_from([None, "a", "b", "c"])


def tables(*names: str) -> st.SearchStrategy[Table]:
    row = st.tuples(*[cell] * len(names))
    return st.lists(row, min_size=1, max_size=12).map(
        lambda rows: {name: list(c) for name, c in zip(names, zip(*rows, strict=True), strict=True)}
    )


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(draft=tables("p", "q", "r"), release=tables("q", "r", "s"))
def test_matches_are_those_counted_by_hand(
    tmp_path_factory: pytest.TempPathFactory, draft: Table, release: Table
) -> None:
    folder = tmp_path_factory.mktemp("ledger")
    Ledger.new(folder / "l", folder / "k")
    (one,) = check(folder / "l", folder / "k", [_typed(release)], _typed(draft)).joined
    there, here = by_hand(draft, release, ["q", "r"])
    assert one.shared == ("q", "r")
    assert one.gained == ("s",)
    assert one.matched == sum(n == 1 for n in there)
    assert one.both_ways == sum(t == 1 and h == 1 for t, h in zip(there, here, strict=True))
    assert one.few == sum(0 < n < 5 for n in there)
    assert one.example_row == (there.index(1) + 1 if 1 in there else 0)
    own = list(zip(*draft.values(), strict=True))
    extra = [_extra(draft, release, i) if there[i] == 1 else None for i in range(len(own))]
    before, after = Counter(own), Counter(zip(own, extra, strict=True))
    assert one.singled_before == sum(n == 1 for n in before.values())
    assert one.singled_after == sum(n == 1 for n in after.values())
    assert one.mean_risk_before == pytest.approx(len(before) / len(own))
    assert one.mean_risk_after == pytest.approx(len(after) / len(own))


def _typed(table: Table) -> pa.Table:
    return pa.table({name: pa.array(column, pa.string()) for name, column in table.items()})


def _extra(draft: Table, release: Table, row: int) -> str | None:
    wanted = (draft["q"][row], draft["r"][row])
    pairs = list(zip(release["q"], release["r"], strict=True))
    return release["s"][pairs.index(wanted)]


def test_the_mosaic(ledger_path: Path, key: Path) -> None:
    """Names with stations, then ranks with stations and start years: who is alone at a station."""
    people = staff(300)
    alone = sum(n == 1 for n in Counter(people["station"]).values())
    assert alone > 0
    found = check(
        ledger_path,
        key,
        [columns(people, "surname", "station")],
        columns(people, "rank", "station", "start"),
    )
    (one,) = found.joined
    assert one.matched == one.both_ways == alone
    assert one.shared == ("station",)
    assert one.gained == ("surname",)
    (reason,) = found.reasons()
    assert reason["code"] == "linked-release"
    assert reason["count"] == alone
    assert found.found


def test_fields_meet_by_name_by_rename_and_by_link(ledger_path: Path, key: Path) -> None:
    people = staff(100)
    renamed = {"grade": people["rank"], "STATION ": people["station"], "surname": people["surname"]}
    with Ledger(ledger_path, key) as ledger:
        ledger.add(renamed, name="march", link={"grade": "rank"})
        draft = columns(people, "rank", "station", "start")
        assert ledger.check(draft).joined[0].shared == ("rank", "station")
        other = {"job": people["rank"], "start": people["start"]}
        assert ledger.check(other).joined == ()
        assert ledger.check(other).apart == (1,)
        assert ledger.check(other, link={"job": "Rank"}).joined[0].shared == ("job",)
        with pytest.raises(InputError, match="no column"):
            ledger.check(other, link={"rank": "x"})


def test_values_of_another_field_do_not_meet(ledger_path: Path, key: Path) -> None:
    same = ["Zxone", "Zxtwo"]
    found = check(
        ledger_path, key, [{"surname": same, "town": same}], {"town": same[::-1], "x": same}
    )
    assert found.joined[0].matched == 2
    swapped = check_again(ledger_path, key, {"station": same, "x": same})
    assert swapped.joined == ()


def check_again(ledger_path: Path, key: Path, draft: Any, **more: Any) -> Linkage:
    with Ledger(ledger_path, key) as ledger:
        return ledger.check(draft, **more)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (pa.array(["Smith", "O\u2019Neill"]), pa.array([" SMITH", "o'neill "])),
        (pa.array(["Ångström", "Straße"]), pa.array(["A\u030angstro\u0308m", "STRASSE"])),
        (pa.array(["40.0", "7.50"]), pa.array([40.0, 7.5])),
        (pa.array([1999, 2005]), pa.array(["1999", " 2005"])),
        (pa.array([True, False]), pa.array(["TRUE", "false"])),
        (pa.array([1e22, -0.5]), pa.array(["10000000000000000000000", "-0.50"])),
        (pa.array(["2023-08-03", "2020-01-31"]), pa.array([19572, 18292], pa.date32())),
        (pa.array(["a  b", "c\td"]), pa.array(["a b", "c d"])),
        (pa.array(["x", "y"]).dictionary_encode(), pa.array(["X", "Y"])),
        (
            pa.array([19572 * 86400, 18292 * 86400], pa.timestamp("s")),
            pa.array(["2023-08-03", "2020-01-31"]),
        ),
    ],
)
def test_what_means_the_same_meets(
    ledger_path: Path, key: Path, one: pa.Array, two: pa.Array
) -> None:
    extra = pa.array(["e1", "e2"])
    release = pa.table({"field": one, "extra": extra})
    found = check(ledger_path, key, [release], pa.table({"field": two, "own": extra}))
    assert found.joined[0].matched == 2


def test_what_is_nothing_meets_nothing(ledger_path: Path, key: Path) -> None:
    release = {"field": ["", "  ", "a"], "extra": ["1", "2", "3"]}
    draft = pa.table({"field": pa.array([None, "", "b"]), "own": pa.array(["x", "y", "z"])})
    found = check(ledger_path, key, [release], draft)
    assert found.joined[0].matched == 0
    assert not found.found


def test_leading_zeros_are_kept() -> None:
    assert normalise(pa.array(["007", "7", "7.0"])).to_pylist() == ["007", "7", "7"]


def difference(ledger_path: Path, key: Path, old: Table, new: Table, **more: Any) -> Any:
    (one,) = check(ledger_path, key, [old], new, **more).joined
    assert isinstance(one, Joined)
    return one.difference


def test_versions_are_told_apart(ledger_path: Path, key: Path) -> None:
    old = staff(100)
    new = {name: column[2:] for name, column in old.items()}
    new["rank"] = list(new["rank"])
    new["rank"][10] = "Zxrank promoted"
    for name, column in new.items():
        column.append(f"Zxnew {name}")
    found = difference(ledger_path, key, old, new)
    assert found.unchanged == 97
    assert found.added == (99,)
    assert found.removed == 2
    assert found.changed == {"rank": 1}
    assert found.changed_rows == (11,)


def test_a_person_key_pairs_what_changed_in_several_fields(ledger_path: Path, key: Path) -> None:
    old = {"id": [f"Zx{i}" for i in range(50)], **staff(50)}
    new = {name: list(column) for name, column in old.items()}
    new["rank"][3], new["station"][3] = "Zxother", "Zxelsewhere"
    assert difference(ledger_path, key, old, new).added == (4,)
    with Ledger(ledger_path, key) as ledger:
        found = ledger.check(new, key="id").joined[0].difference
    assert found is not None
    assert (found.added, found.removed) == ((), 0)
    assert found.changed == {"station": 1, "rank": 1}


def test_the_same_again_is_no_difference(ledger_path: Path, key: Path) -> None:
    people = staff(50)
    turned = {name: column[::-1] for name, column in people.items()}
    found = check(ledger_path, key, [people], turned)
    assert found.joined[0].difference is not None
    assert found.joined[0].difference.unchanged == 50
    assert not found.found


def test_other_people_are_no_version(ledger_path: Path, key: Path) -> None:
    assert difference(ledger_path, key, staff(50, seed=1), staff(50, seed=2)) is None


def test_doubled_rows_are_counted(ledger_path: Path, key: Path) -> None:
    old = {"a": ["x"] * 4 + ["y"], "b": ["1"] * 4 + ["2"]}
    new = {"a": ["x"] * 6 + ["y"], "b": ["1"] * 6 + ["2"]}
    found = difference(ledger_path, key, old, new)
    assert (found.unchanged, found.added, found.removed) == (5, (5, 6), 0)


def test_a_chain_over_three_releases(ledger_path: Path, key: Path) -> None:
    """The draft meets one release on the post, that one another on the desk: names appear."""
    n = 30
    first = {"post": [f"Zxpost{i}" for i in range(n)], "desk": [f"Zxdesk{i}" for i in range(n)]}
    second = {
        "desk": [f"Zxdesk{i}" for i in range(n)],
        "surname": [f"Zxname{i % 9}" for i in range(n)],
    }
    draft = {"post": [f"Zxpost{i}" for i in range(10)], "salary": ["Zx1"] * 10}
    found = check(ledger_path, key, [second, first], draft)
    assert found.apart == (1,)
    (chain,) = found.chains
    assert chain.releases == (2, 1)
    assert chain.people == 10
    assert chain.fields == ("post", "salary", "desk", "surname")
    assert chain.singled_after == 10
    assert "linked-chain" in {one["code"] for one in found.reasons()}


def test_a_chain_ends_where_a_row_has_two_equals(ledger_path: Path, key: Path) -> None:
    first = {"post": ["p1", "p2", "p3"], "desk": ["d1", "d1", "d2"]}
    second = {"desk": ["d1", "d2", "d2"], "surname": ["a", "b", "c"]}
    draft = {"post": ["p1", "p2", "p3", "p4"]}
    found = check(ledger_path, key, [first, second], draft)
    assert [(one.releases, one.people) for one in found.chains] == [((1, 2), 2)]


def test_threads_do_not_matter(ledger_path: Path, key: Path) -> None:
    people = staff(60_000)
    with Ledger(ledger_path, key) as ledger:
        ledger.add(columns(people, "surname", "station", "start"), name="march")
    found = []
    for threads in (1, 3):
        with Ledger(ledger_path, key, threads=threads) as ledger:
            found.append(ledger.check(columns(people, "rank", "station", "start")).to_dict())
    assert found[0] == found[1]


def test_no_value_is_in_what_is_said(ledger_path: Path, key: Path) -> None:
    people = staff(300)
    changed = {**people, "rank": ["Zxrank9q", *people["rank"][1:]]}
    found = check(ledger_path, key, [columns(people, "surname", "station"), people], changed)
    said = (json.dumps(found.to_dict()) + found.summary() + repr(found)).lower()
    assert found.found
    assert [value for value in values(people) | values(changed) if value.lower() in said] == []
