"""The arguments of `score` that concern people: what they do, and what they refuse."""

from __future__ import annotations

import pyarrow as pa
import pytest

import singleout as so
from singleout import machine

DATA = {
    "surname": ["O'Neill", "ONEILL", "Smith", "Smith-Jones"],
    "rank": ["PC", "PC", "Sergeant", "PC"],
    "unit": ["Response", "Response", "Surveillance", "Response"],
    "weight": [3.0, 2.0, 1.5, 4.0],
}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"weights": "wieght"}, "did you mean 'weight'"),
        ({"weights": "rank"}, "column 'rank' holds something that is not a number"),
        ({"weights": "weight", "fields": ["rank", "weight"]}, "take it out of fields"),
        ({"weights": "weight", "counts": "weight"}, "both counts and weights"),
        ({"sampling_fraction": 0}, "above 0 and at most 1"),
        ({"sampling_fraction": 1.5}, "above 0 and at most 1"),
        ({"sampling_fraction": True}, "above 0 and at most 1"),
        ({"attacker": "burglar"}, "no preset 'burglar'; choose one of 'stranger'"),
        ({"attacker": {"rank": 1.0}}, "must be an Attacker"),
        ({"attacker": so.Attacker({"rnak": 0.5})}, "did you mean 'rank'"),
        ({"sensitive": "rank"}, r"sensitive=\['rank'\]"),
        ({"sensitive": ["units"]}, "did you mean 'unit'"),
        ({"sensitive_values": {"units": ["x"]}}, "did you mean 'unit'"),
        ({"sensitive_values": {"unit": "Surveillance"}}, "give 'unit' a list of values"),
        ({"sensitive_values": ["Surveillance"]}, "map fields to lists"),
        ({"normalise": {"surnam": "name"}}, "did you mean 'surname'"),
        ({"normalise": {"surname": "sound"}}, "choose 'name' or 'initials'"),
        ({"normalise": {"weight": "name"}}, "not text"),
        ({"normalise": ["surname"]}, "must map field names"),
        ({"roles": {"rnak": "sensitive"}}, "did you mean 'rank'"),
        ({"roles": {"rank": "secret"}}, "choose one of"),
        ({"roles": "sensitive"}, "must map field names"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(arguments, words):
    with pytest.raises(so.InputError, match=words):
        so.score(DATA, **arguments)


@pytest.mark.parametrize("bad", [[1.0, 0.0, 1.0, 1.0], [1.0, None, 1.0, 1.0], [1, -3, 1, 1]])
def test_a_weight_that_is_none_is_named_by_its_row(bad):
    with pytest.raises(so.InputError, match="column 'weight', row 2: no weight"):
        so.score({**DATA, "weight": bad}, weights="weight")


def test_errors_name_the_file(tmp_path):
    path = tmp_path / "staff.csv"
    path.write_text("rank,w\nPC,1\nPC,x\n")
    with pytest.raises(so.InputError, match=r"staff\.csv: column 'w' holds something"):
        so.score(path, weights="w")


def test_columns_appear_with_their_argument():
    always = ["k", "unique_combinations", "smallest_combination"]
    suda = ["minimal_uniques", "suda_score"]
    fields = ["surname", "rank", "unit"]
    assert list(so.score(DATA, fields).records) == [*always, *suda]
    full = so.score(
        DATA, weights="weight", sampling_fraction=0.2, attacker=so.uniform(0.5), max_size=1
    )
    assert list(full.records) == [
        *always, "risk", "risk_at_least", *suda, "dis_suda", "population_k", "individual_risk",
    ]  # fmt: skip
    assert full.fields["field"] == fields


def test_names_are_compared_as_people_do_and_it_is_said():
    data = {name: [*DATA[name], DATA[name][3]] for name in ("surname", "rank")}
    plain = so.score(data)
    folded = so.score(data, normalise={"surname": "name"})
    assert plain.records["k"] == [1, 1, 1, 2, 2]
    assert folded.records["k"] == [2, 2, 1, 2, 2]
    assert "'surname' was compared as names" in folded.notes[0]
    assert folded.notes[0] in folded.summary()
    assert "compared" not in plain.summary()
    assert plain.notes == ()


def test_roles_are_advice_and_can_be_overridden():
    assessment = so.score(DATA, roles={"unit": "sensitive", "surname": "neither"})
    assert assessment.roles["unit"].given
    assert assessment.roles["surname"].role == "neither"
    plain = so.score(DATA)
    assert assessment.combinations == plain.combinations
    assert assessment.disclosure(["rank"]).measures["field"] == ["unit"]
    known = assessment.risk("colleague").attacker.known
    assert known["surname"] == 0.0
    assert plain.risk("colleague").attacker.known["surname"] == 0.99


def test_frames_come_back_as_they_went_in():
    table = pa.table(DATA)
    assessment = so.score(table, weights="weight", sampling_fraction=0.1, sensitive=["unit"])
    population = assessment.population(table=DATA, strata={"rank": {"PC": 9}}, size=50)
    disclosure = assessment.disclosure()
    for frame in (
        assessment.exposure,
        assessment.curve,
        assessment.minimal_unique_sizes,
        *assessment.suda_contributions,
        population.estimates,
        population.records,
        disclosure.measures,
        disclosure.records,
        disclosure.marked,
    ):
        assert isinstance(frame, pa.Table)
    pandas = pytest.importorskip("pandas")
    assert isinstance(so.score(table.to_pandas()).curve, pandas.DataFrame)


def test_there_is_no_such_row():
    assessment = so.score(DATA)
    for row in (-1, 4, True):
        with pytest.raises(so.InputError, match="rows are 0 to 3"):
            assessment.minimal_uniques(row)
    assert assessment.minimal_uniques(2)[0] == ["surname"]


def test_shares_that_memory_would_not_hold_are_refused(monkeypatch):
    assessment = so.score(DATA)
    free = machine.free_bytes()
    monkeypatch.setattr("singleout.machine.free_bytes", lambda: 100)
    with pytest.raises(so.InputError, match="shares of 4 fields in every score need about"):
        assessment.suda_contributions  # noqa: B018 - computed when asked for
    monkeypatch.setattr("singleout.machine.free_bytes", lambda: free)
    assert len(assessment.records["suda_score"]) == 4


@pytest.mark.parametrize(
    ("ask", "what"),
    [
        (lambda a: a.records, "minimal uniques need about"),
        (lambda a: a.exposure, "shares of each size need about"),
        (lambda a: a.risk("stranger"), "risks need about"),
    ],
)
def test_what_memory_would_not_hold_is_refused_before_it_starts(monkeypatch, ask, what):
    assessment = so.score(DATA)
    monkeypatch.setattr("singleout.machine.free_bytes", lambda: 100)
    with pytest.raises(so.InputError, match=f"{what} .*iB, 0.0 MiB free: use a smaller max_size"):
        ask(assessment)


@pytest.mark.parametrize("person", ["stranger", "neighbour", "colleague", "journalist"])
def test_presets_by_name_are_the_presets(person):
    assessment = so.score(DATA)
    known = getattr(so, person)(so.suggest_roles(DATA))
    assert assessment.risk(person).attacker == known
    assert assessment.risk(known) is assessment.risk(person)


def test_fewer_threads_where_memory_is_short(monkeypatch):
    asked = []

    def needed(threads: int) -> int:
        asked.append(threads)
        return 100 * threads

    monkeypatch.setattr("singleout.machine.free_bytes", lambda: 250)
    assert machine.threads_within(16, needed, "risks") == 2
    assert asked[0] == 16
    with pytest.raises(so.InputError, match="risks need about"):
        machine.threads_within(16, lambda threads: 300, "risks")
