"""Observations of every kind as evidence: what each likelihood says, what is refused or joined."""

import tracemalloc
from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import multivariate_normal, norm
from tests.crowds import SPRAY_84, people

from slackwater.pharma.crowd import Crowd, draw
from slackwater.pharma.evidence import MOST_READ, gather, log_likelihood, without_artefacts
from slackwater.pharma.likelihoods import Sign
from slackwater.pharma.observations import Alertness, AnswersToName, Observation, Rating, Rise
from slackwater.pharma.observe import Posterior, update
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route

CROWD = draw(people(), n_subjects=512)
RESPONSE = CROWD.population.response


def told(*seen: Observation, crowd: Crowd = CROWD, using: frozenset[Sign] | None = None) -> Posterior:
    return update(crowd, SPRAY_84, seen, using=using)


def rises(sign: Sign, *amounts: float) -> list[Rise]:
    return [Rise(at_h=0.25 * (k + 1), sign=sign, amount=amount) for k, amount in enumerate(amounts)]


def predicted(quantity: Quantity, *at_h: float) -> np.ndarray:
    return CROWD.simulate(SPRAY_84, np.array(at_h), (quantity,)).of(quantity)


def test_a_score_is_the_area_about_it_mixed_with_a_slip():
    error = RESPONSE.likelihood(Sign.ALERTNESS)
    alertness = predicted(Quantity.ALERTNESS, 0.5)[0]
    area = norm.cdf(4.5, alertness, error.sd) - norm.cdf(3.5, alertness, error.sd)
    likelihood = (1 - error.slip) * area + error.slip / 6
    weights = told(Alertness(at_h=0.5, moaas=4)).crowd.weights
    np.testing.assert_allclose(weights, likelihood / likelihood.sum(), rtol=1e-4)


@pytest.mark.parametrize("answers", [True, False])
def test_answering_to_the_name_is_a_score_of_3_or_more(answers: bool):
    error = RESPONSE.likelihood(Sign.ANSWERS)
    alertness = predicted(Quantity.ALERTNESS, 0.5)[0]
    three_up = norm.cdf((alertness - 2.5) / error.sd)
    meant = three_up if answers else 1 - three_up
    likelihood = (1 - error.slip) * meant + error.slip / 2
    seen = gather(CROWD, SPRAY_84, [AnswersToName(at_h=0.5, answers=answers)])
    found = log_likelihood(seen, CROWD.simulate(SPRAY_84, seen.time_h, seen.wanted))
    np.testing.assert_allclose(np.exp(found), likelihood, rtol=1e-9)


def test_rises_share_the_error_of_their_baseline():
    """The covariance of readings less one baseline, by SciPy: 2 sd**2 on the diagonal, sd**2 elsewhere."""
    sd = RESPONSE.likelihood(Sign.SYSTOLIC).sd
    rise = predicted(Quantity.SYSTOLIC_RISE, 0.25, 0.5, 0.75)
    amounts = (6.0, 14.0, 9.0)
    density = multivariate_normal(cov=sd**2 * (np.eye(3) + 1.0))
    wanted = density.logpdf(np.array(amounts) - rise.T)
    seen = gather(CROWD, SPRAY_84, rises(Sign.SYSTOLIC, *amounts))
    found = log_likelihood(seen, CROWD.simulate(SPRAY_84, seen.time_h, seen.wanted))
    np.testing.assert_allclose(found - found[0], wanted - wanted[0], atol=1e-9)


def test_one_artefact_moves_the_band_only_so_far():
    honest = rises(Sign.SYSTOLIC, 8.0, 12.0, 10.0, 6.0)
    artefact = Rise(at_h=1.25, sign=Sign.SYSTOLIC, amount=-110.0)
    bands = [
        told(*seen).crowd.simulate(SPRAY_84, np.array([0.5]), None).band(Quantity.SYSTOLIC_RISE, (50,))[0, 0]
        for seen in (honest, [*honest, artefact])
    ]
    assert bands[1] == pytest.approx(bands[0], abs=0.5)
    seen = gather(CROWD, SPRAY_84, [*honest, artefact])
    doubted = without_artefacts(seen, CROWD.simulate(SPRAY_84, seen.time_h, seen.wanted))
    assert doubted.strands[0].voices[-1] < 0.01
    assert doubted.strands[0].voices[:4].min() > 0.9


def test_a_slipped_score_moves_the_band_only_so_far():
    honest = [Alertness(at_h=0.25 * (k + 1), moaas=5) for k in range(6)]
    depth = [
        told(*seen).crowd.simulate(SPRAY_84, np.array([0.5]), (Quantity.DEPTH,)).band(Quantity.DEPTH, (50,))
        for seen in (honest, [*honest, Alertness(at_h=0.6, moaas=0)])
    ]
    assert float(depth[1][0, 0]) == pytest.approx(float(depth[0][0, 0]), abs=1.0)


def test_what_is_switched_off_is_counted_and_moves_nothing():
    off = tuple(replace(one, in_use=one.sign is not Sign.ALERTNESS) for one in RESPONSE.likelihoods)
    without = draw(replace(people(), response=replace(RESPONSE, likelihoods=off)), n_subjects=512)
    score = Alertness(at_h=0.5, moaas=4)
    by_record = told(score, crowd=without)
    by_call = told(score, using=frozenset({Sign.RATING}))
    for posterior in (by_record, by_call):
        assert np.ptp(posterior.crowd.weights) == 0.0
        assert posterior.counted == ((Sign.ALERTNESS, 1),)
        assert posterior.n_seen == 0
        assert Sign.ALERTNESS not in posterior.in_use
    assert np.ptp(told(score).crowd.weights) > 0.0


def test_ten_thousand_readings_are_taken_together_into_forty_at_most():
    rng = np.random.default_rng(1)
    at_h = np.sort(rng.uniform(0.01, 10.0, 10_000))
    readings = [Rise(at_h=float(at), sign=Sign.HEART_RATE, amount=float(rng.normal(2, 8))) for at in at_h]
    seen = gather(CROWD, SPRAY_84, readings)
    assert seen.counted == ((Sign.HEART_RATE, 10_000),)
    assert 38 <= seen.time_h.size <= 41
    assert np.abs(seen.strands[0].values - 2).max() < 2.5


def monitored(n: int) -> list[Rise]:
    """So many readings of three kinds over ten hours, by a monitor's clock."""
    rng = np.random.default_rng(2)
    at_h = np.linspace(0.01, 10.0, n // 3).tolist()
    kinds = (Sign.SYSTOLIC, Sign.DIASTOLIC, Sign.HEART_RATE)
    return [Rise(at_h=at, sign=sign, amount=float(rng.normal(4, 6))) for sign in kinds for at in at_h]


def test_a_reading_told_twice_counts_once():
    once, twice = (told(*monitored(300), *monitored(300)[:again]) for again in (0, 200))
    assert once.counted == twice.counted
    np.testing.assert_array_equal(once.crowd.z, twice.crowd.z)
    np.testing.assert_array_equal(once.crowd.weights, twice.crowd.weights)


def test_ten_thousand_readings_weigh_no_more_in_memory_than_three_hundred():
    """But for the readings themselves: some hundred bytes each while they are sorted."""
    peaks = []
    told(*monitored(300))
    for n in (300, 10_000):
        readings = monitored(n)
        tracemalloc.start()
        posterior = told(*readings, crowd=CROWD)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert posterior.n_seen == n // 3 * 3
    assert peaks[1] < 1.5 * peaks[0] + 10_000 * 500


def test_readings_within_the_spacing_speak_by_their_median():
    minute = 1 / 60
    amounts = (4.0, 90.0, 6.0)
    readings = [
        Rise(at_h=0.5 + k * minute, sign=Sign.SYSTOLIC, amount=each) for k, each in enumerate(amounts)
    ]
    strand = gather(CROWD, SPRAY_84, readings).strands[0]
    assert strand.values.tolist() == [6.0]


@pytest.mark.parametrize(
    ("seen", "message"),
    [
        ((Alertness(at_h=0.5, moaas=5), Alertness(at_h=0.5, moaas=2)), "both scored 2 and scored 5"),
        ((Alertness(at_h=0.5, moaas=2), AnswersToName(at_h=0.5, answers=True)), "both scored 2 and answered"),
        (
            (Rise(at_h=0.5, sign=Sign.SYSTOLIC, amount=3), Rise(at_h=0.5, sign=Sign.SYSTOLIC, amount=9)),
            "both",
        ),
    ],
)
def test_contradictions_are_refused_by_both_sides(seen: tuple[Observation, ...], message: str):
    with pytest.raises(RefusedError, match=message) as refused:
        told(*seen)
    assert refused.value.problems[0].code == "contradiction"


def test_a_score_of_3_that_answers_is_no_contradiction():
    assert told(Alertness(at_h=0.5, moaas=3), AnswersToName(at_h=0.5, answers=True)).n_seen == 2


@pytest.mark.parametrize(
    "early",
    [
        Alertness(at_h=0.1, moaas=5),
        AnswersToName(at_h=0.1, answers=True),
        Rise(at_h=0.1, sign=Sign.DIASTOLIC, amount=1.0),
        Rating(at_h=0.1, depth=0),
    ],
    ids=lambda one: one.sign.value,
)
def test_what_was_seen_before_the_first_dose_is_refused(early: Observation):
    later = Regimen((Dose(route=Route.NASAL_DEVICE, amount_mg=84.0, at_h=0.5),))
    with pytest.raises(RefusedError, match="tells nothing of the drug"):
        update(CROWD, later, [early])


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: Alertness(at_h=0.5, moaas=6), "moaas"),
        (lambda: Alertness(at_h=0.5, moaas=-1), "moaas"),
        (lambda: Alertness(at_h=float("nan"), moaas=5), "at"),
        (lambda: AnswersToName(at_h=0.5, answers=1), "answers"),  # type: ignore[arg-type]
        (lambda: Rise(at_h=0.5, sign=Sign.SYSTOLIC, amount=float("nan")), "systolic"),
        (lambda: Rise(at_h=0.5, sign=Sign.SYSTOLIC, amount=200.1), "systolic"),
        (lambda: Rise(at_h=0.5, sign=Sign.RATING, amount=3.0), "sign"),
    ],
)
def test_an_observation_cannot_hold_nonsense(make, field: str):
    with pytest.raises(RefusedError) as refused:
        make()
    assert refused.value.problems[0].field == field


def test_the_largest_rise_is_still_a_reading():
    assert Rise(at_h=0.5, sign=Sign.SYSTOLIC, amount=-200.0).value == -200.0


def test_more_readings_than_a_session_holds_are_refused():
    many = [Rise(at_h=k / MOST_READ, sign=Sign.HEART_RATE, amount=0.0) for k in range(MOST_READ + 1)]
    with pytest.raises(RefusedError, match="more than a session"):
        told(*many)


def test_what_was_counted_is_said_in_words():
    posterior = told(
        Rating(at_h=0.25, depth=3),
        Rating(at_h=0.5, depth=6),
        *rises(Sign.SYSTOLIC, 4.0),
        Alertness(at_h=0.5, moaas=4),
    )
    assert posterior.counted_text == "2 ratings, 1 alertness score, 1 systolic pressure"


def test_readings_alone_say_that_nobody_has_rated_yet():
    assert told(*rises(Sign.SYSTOLIC, 4.0, 9.0)).sentence.startswith("No ratings yet")
