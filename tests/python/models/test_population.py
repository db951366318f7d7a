"""Population uniques: agreement with ARX, with each model's own law, and refusals."""

from __future__ import annotations

import csv
import math
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy import stats

from singleout.errors import InputError
from singleout.models.estimate import ClassSizes, class_sizes
from singleout.models.lognormal import log_probability, poisson_lognormal
from singleout.models.population import _pitman_terms, dankar, pitman, snb, zayatz
from singleout.models.precision import relative_error
from singleout.models.snb import _snb_curve, _snb_roots, shlosser_classes

ROOT = Path(__file__).parents[3]
SHARED = ROOT.parent / "shared"
ORACLES = ROOT / "tests" / "data" / "oracles"
MODELS = (zayatz, pitman, snb, dankar, poisson_lognormal)


@pytest.fixture(scope="module")
def adult() -> ClassSizes:
    with (SHARED / "data" / "adult.csv").open(newline="") as file:
        rows = list(csv.reader(file))[1:]
    return class_sizes(list(Counter(map(tuple, rows)).values()))


def arx_rows():
    with (ORACLES / "adult_population.csv").open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", arx_rows(), ids=lambda row: row["sampling_fraction"])
def test_agrees_with_arx_on_adult(adult, row):
    population = int(row["population"])
    assert pitman(adult, population).share == pytest.approx(float(row["pitman"]), abs=1e-9)
    assert zayatz(adult, population).share == pytest.approx(float(row["zayatz"]), abs=1e-9)
    found = dankar(adult, population)
    if row["dankar_chose"] == "pitman":
        assert found.chosen == "pitman"
        assert found.share == pytest.approx(float(row["dankar"]), abs=1e-9)
    else:
        # ARX takes Zayatz because its SNB does not converge (0); with SNB's root found, the rule
        # takes the smaller of the two.
        assert float(row["snb"]) == 0.0
        assert found.chosen == "snb"
        assert found.share < float(row["zayatz"])


@pytest.mark.parametrize(
    ("population", "share"), [(3016200, 0.204679), (301620, 0.249977), (150810, 0.319459)]
)
def test_snb_has_one_root_on_adult_and_it_fits_singles_and_pairs(adult, population, share):
    found = snb(adult, population)
    parameters = dict(found.parameters)
    fraction = found.fraction
    roots = _snb_roots(parameters["classes"], fraction, adult.of_size(1), adult.of_size(2))
    assert len(roots) == 1
    alpha, beta = parameters["alpha"], parameters["beta"]
    law = stats.nbinom(alpha, beta)
    extra = np.arange(200_000)
    weights = parameters["classes"] * law.pmf(extra)
    expected = [float(weights @ stats.binom.pmf(s, extra + 1, fraction)) for s in (1, 2)]
    assert expected == pytest.approx([adult.of_size(1), adult.of_size(2)], rel=1e-8)
    assert found.share == pytest.approx(share, abs=1e-6)


@given(st.floats(0.05, 4.0), st.floats(0.05, 0.9), st.floats(0.02, 0.9))
def test_snb_equations_are_those_of_a_binomial_sample(alpha, beta, fraction):
    extra = np.arange(4000)
    weights = 1000 * stats.nbinom(alpha, beta).pmf(extra)
    s1, s2 = (float(weights @ stats.binom.pmf(s, extra + 1, fraction)) for s in (1, 2))
    t = np.asarray(math.log(beta / (1 - beta)))
    got_alpha, got_log_beta, got_s1 = _snb_curve(t, 1000.0, fraction, s2 / s1)
    assert float(got_alpha) == pytest.approx(alpha, rel=1e-6)
    assert float(got_log_beta) == pytest.approx(math.log(beta), rel=1e-9)
    assert float(got_s1) == pytest.approx(s1, rel=1e-6)


def test_shlosser_is_the_number_of_classes_when_nothing_was_missed():
    sample = ClassSizes((1, 2, 5), (10, 6, 3))
    assert shlosser_classes(sample, 1 - 1e-9) == pytest.approx(sample.classes, abs=1e-6)
    assert shlosser_classes(sample, 0.2) > sample.classes


@given(
    st.lists(st.tuples(st.integers(2, 30), st.integers(1, 9)), min_size=1, max_size=5),
    st.integers(1, 40),
    st.integers(1, 2000),
)
def test_zayatz_is_bayes_with_hypergeometric_likelihoods(pairs, singles, beyond):
    counts = Counter({1: singles}) + Counter(dict(pairs))
    sample = ClassSizes(tuple(sorted(counts)), tuple(counts[s] for s in sorted(counts)))
    population = sample.people + beyond
    likely = {
        size: stats.hypergeom(population, size, sample.people).pmf(1) for size in sample.sizes
    }
    total = sum(count * likely[size] for size, count in counts.items())
    conditional = singles * likely[1] / total
    expected = singles * conditional * population / sample.people
    assert zayatz(sample, population).uniques == pytest.approx(expected, rel=1e-8)


def test_pitman_is_at_the_top_of_its_likelihood(adult):
    parameters = dict(pitman(adult, 301_620).parameters)
    theta, alpha = parameters["theta"], parameters["alpha"]
    best, slope = _pitman_terms(*adult.arrays(), theta, alpha)
    assert np.abs(slope).max() < 1e-5
    for other in ((theta * 1.01, alpha), (theta * 0.99, alpha), (theta, alpha * 1.01)):
        assert _pitman_terms(*adult.arrays(), *other)[0] < best


def pitman_population(theta: float, alpha: float, people: int, random) -> np.ndarray:
    """Seat people one by one (the Chinese restaurant process); return each one's class."""
    class_of = np.zeros(people, np.int64)
    sizes: list[int] = []
    for person in range(people):
        if random.random() < (theta + alpha * len(sizes)) / (theta + person):
            class_of[person] = len(sizes)
            sizes.append(1)
            continue
        while True:  # somebody's class, kept with probability 1 - alpha / size
            table = class_of[random.integers(person)]
            if random.random() < 1 - alpha / sizes[table]:
                break
        class_of[person] = table
        sizes[table] += 1
    return class_of


def test_pitman_finds_the_uniques_of_a_population_that_follows_it():
    random = np.random.default_rng(11)
    class_of = pitman_population(50.0, 0.6, 30_000, random)
    truth = int((np.bincount(class_of) == 1).sum())
    sample = np.bincount(random.permutation(class_of)[:3_000])
    estimate = pitman(class_sizes(sample[sample > 0]), len(class_of))
    assert estimate.uniques == pytest.approx(truth, rel=0.15)


@pytest.mark.parametrize(("theta", "alpha"), [(50.0, 0.6), (200.0, 0.3), (5.0, 0.8)])
def test_the_rule_comes_near_the_truth(theta, alpha):
    random = np.random.default_rng(11)
    class_of = pitman_population(theta, alpha, 20_000, random)
    truth = int((np.bincount(class_of) == 1).sum())

    def drawn(people: int) -> ClassSizes:
        sizes = np.bincount(random.permutation(class_of)[:people])
        return class_sizes(sizes[sizes > 0])

    if alpha < 0.7:  # the sample has far more singles than the population
        assert zayatz(drawn(200), 20_000).uniques > 1.5 * truth
    for people in (2_000, 7_000):
        assert dankar(drawn(people), 20_000).uniques == pytest.approx(truth, rel=0.3)


def test_the_relative_error_is_the_spread_over_samples():
    random = np.random.default_rng(5)
    found = []
    for _ in range(20):
        sizes = np.bincount(pitman_population(40.0, 0.5, 1_200, random))
        found.append(pitman(class_sizes(sizes), 50_000))
    told = np.array([dict(estimate.parameters)["relative_error"] for estimate in found])
    spread = np.std([math.log(estimate.uniques) for estimate in found])
    assert np.median(told) == pytest.approx(spread, rel=0.6)
    assert np.ptp(told) < np.median(told)


def test_what_a_sample_does_not_settle_is_refused():
    pairs = ClassSizes((1, 2), (900, 40))
    for model in (pitman, poisson_lognormal):
        assert "singles and pairs" in model(pairs, 20_000).refused
    assert dankar(pairs, 20_000).chosen == "zayatz"
    # no class is much larger than the next: the likelihood rises towards alpha = 0
    even = ClassSizes((1, 2, 3, 4), (1374, 732, 492, 264))
    assert "no maximum" in pitman(even, 100_000).refused
    # nearly everyone unique: theta is far above the population
    special = ClassSizes((1, 2, 3), (10724, 36, 1))
    assert "asymptotic form" in pitman(special, 11_000).refused
    flat = relative_error(lambda x: float(x[0] ** 2), np.zeros(2), lambda x: float(x[1]))
    assert flat == math.inf


@pytest.mark.parametrize(("mu", "sigma"), [(-2.0, 1.5), (-1.0, 0.8)])
def test_poisson_lognormal_finds_the_uniques_of_a_population_that_follows_it(mu, sigma):
    random = np.random.default_rng(3)
    rates = np.exp(random.normal(mu, sigma, 600_000))
    seen, unseen = random.poisson(rates), random.poisson(9 * rates)
    truth = int((seen + unseen == 1).sum())
    estimate = poisson_lognormal(class_sizes(seen[seen > 0]), int((seen + unseen).sum()))
    assert estimate.uniques == pytest.approx(truth, rel=0.1)
    implied = dict(estimate.parameters)["implied_population"]
    assert implied == pytest.approx(estimate.population, rel=0.05)


@example(-2.0, 3.0, 0)  # a wide law's share of nobody is what is hardest to integrate
@given(st.floats(-6, 4), st.floats(0.05, 3.0), st.integers(0, 500))
def test_poisson_lognormal_law_by_brute_integration(mu, sigma, size):
    x = np.linspace(mu - 12 * sigma, mu + 12 * sigma, 40_001)
    inside = stats.poisson.pmf(size, np.exp(x)) * stats.norm.pdf(x, mu, sigma)
    expected = float(np.trapezoid(inside, x))
    got = float(np.exp(log_probability(np.array([float(size)]), mu, sigma))[0])
    assert got == pytest.approx(expected, rel=1e-5, abs=1e-14)


@pytest.mark.parametrize("model", MODELS)
def test_every_model_refuses_where_it_would_mislead(model):
    everyone_unique = model(class_sizes([1] * 30), 3_000)
    assert "unique in the sample" in everyone_unique.refused
    assert math.isnan(everyone_unique.uniques)
    whole = model(class_sizes([1, 1, 2, 3]), 7)
    assert "whole population" in whole.refused
    assert "empty" in model(class_sizes(np.zeros(0, int)), 10).refused
    nobody = model(class_sizes([2, 2, 5]), 100)
    assert (nobody.refused, nobody.uniques) == (None, 0.0)
    with pytest.raises(InputError, match="smaller than the sample"):
        model(class_sizes([1, 2]), 2)


@settings(max_examples=25)
@given(
    st.dictionaries(st.integers(1, 60), st.integers(1, 50), min_size=1, max_size=8),
    st.integers(0, 10**7),
)
def test_an_answer_is_a_number_of_people_or_a_refusal(counts, beyond):
    sample = ClassSizes(tuple(sorted(counts)), tuple(counts[size] for size in sorted(counts)))
    for model in MODELS:
        estimate = model(sample, sample.people + beyond)
        assert estimate.assumptions
        assert (estimate.refused is None) == (0 <= estimate.uniques <= estimate.population)
        if estimate.refused is None and sample.of_size(1):
            assert 0 <= estimate.of_sample_uniques <= 1
        else:
            assert math.isnan(estimate.uniques) or estimate.uniques == 0


def test_class_sizes_must_be_people():
    with pytest.raises(InputError, match="1 or more"):
        class_sizes([0, 2])
    with pytest.raises(InputError, match="whole numbers"):
        class_sizes([1.5])
