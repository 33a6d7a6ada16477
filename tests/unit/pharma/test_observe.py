"""Reweighting a crowd by ratings."""

import itertools

import numpy as np
import pytest
from tests.crowds import FIRST_HOURS, SPRAY_84, people

from slackwater.pharma.crowd import draw, typical
from slackwater.pharma.evidence import MOST_WRITTEN
from slackwater.pharma.kernels.likelihood import mark_log_likelihood, mark_table, tempered_weights
from slackwater.pharma.observe import Posterior, Rating, update
from slackwater.pharma.quantity import Quantity
from slackwater.pharma.regimen import Dose, Regimen
from slackwater.terms.refusal import RefusedError
from slackwater.terms.route import Route

CROWD = draw(people(), n_subjects=1024)


def rated(*marks: tuple[float, int], regimen: Regimen = SPRAY_84) -> Posterior:
    return update(CROWD, regimen, [Rating(at_h=at_h, depth=depth) for at_h, depth in marks])


def median_depth(posterior: Posterior, at_h: float) -> float:
    curves = posterior.crowd.simulate(SPRAY_84, np.array([at_h]), (Quantity.DEPTH,))
    return float(curves.band(Quantity.DEPTH, (50,))[0, 0])


def test_no_ratings_leave_the_crowd_as_it_was_drawn():
    posterior = rated()
    assert posterior.crowd is CROWD
    assert posterior.ess == pytest.approx(1024)
    assert not posterior.outside


def test_a_rating_moves_the_median_towards_it():
    before = median_depth(rated(), 0.5)
    assert median_depth(rated((0.5, 10)), 0.5) > before > median_depth(rated((0.5, 1)), 0.5)


def test_weights_are_prior_times_likelihood():
    """Reckoned here by hand, from SciPy's normal distribution."""
    from scipy.stats import norm

    depth = CROWD.simulate(SPRAY_84, np.array([0.5, 1.0]), (Quantity.DEPTH,)).of(Quantity.DEPTH)
    error = CROWD.population.response.rating
    likelihood = np.ones(1024)
    for row, mark in zip(depth, (6, 4), strict=True):
        area = norm.cdf(mark + 0.5, row, error.sd) - norm.cdf(mark - 0.5, row, error.sd)
        likelihood *= (1 - error.slip) * area + error.slip / 11
    posterior = rated((0.5, 6), (1.0, 4))
    np.testing.assert_allclose(posterior.crowd.weights, likelihood / likelihood.sum(), rtol=1e-6)
    assert posterior.ess == pytest.approx(likelihood.sum() ** 2 / (likelihood**2).sum(), rel=1e-6)
    assert posterior.ess_share == pytest.approx(posterior.ess / 1024)


def test_the_order_in_which_ratings_come_changes_nothing():
    marks = ((0.25, 3), (0.5, 6), (0.75, 5))
    first = rated(*marks)
    for shuffled in itertools.permutations(marks):
        np.testing.assert_array_equal(rated(*shuffled).crowd.weights, first.crowd.weights)


def test_the_same_rating_twice_counts_once():
    once, twice = rated((0.5, 6)), rated((0.5, 6), (0.5, 6))
    assert twice.n_ratings == 1
    np.testing.assert_array_equal(twice.crowd.weights, once.crowd.weights)


def test_ratings_seconds_apart_share_one_voice():
    once, tapped = rated((0.5, 2)), rated(*((0.5 + second / 3600, 2) for second in range(10)))
    np.testing.assert_allclose(tapped.ess, once.ess, rtol=0.02)
    assert median_depth(tapped, 0.5) == pytest.approx(median_depth(once, 0.5), abs=0.1)


def test_one_slip_among_honest_ratings_moves_the_median_only_so_far():
    honest = [(0.25, 2), (0.5, 3), (0.75, 3), (1.0, 2), (1.25, 1)]
    without, with_slip = rated(*honest), rated(*honest, (0.625, 10))
    assert abs(median_depth(with_slip, 0.5) - median_depth(without, 0.5)) < 1.0
    assert not with_slip.outside


def test_a_crowd_with_too_few_left_is_refreshed_and_the_same_each_time():
    marks = ((0.25, 8), (0.5, 10), (0.75, 10), (1.0, 10), (1.25, 10), (1.5, 9), (2.0, 7))
    first, again = rated(*marks), rated(*marks)
    assert first.refreshed
    assert first.ess_share < CROWD.population.response.fit.refresh_below
    assert len(np.unique(first.crowd.z[:, 0])) > 0.5 * 1024
    np.testing.assert_array_equal(first.crowd.z, again.crowd.z)
    assert set(first.crowd.weights.tolist()) == {1 / 1024}


def test_a_refreshed_crowd_agrees_with_a_large_one_that_is_only_reweighted():
    """Two ways to one posterior: moving a small crowd, and weighing a crowd forty times as large."""
    at_h, marks = np.array([0.25, 0.5, 1.0, 1.5, 2.0]), np.array([8.0, 10.0, 10.0, 9.0, 7.0])
    moved = rated(*zip(at_h.tolist(), (8, 10, 10, 9, 7), strict=True))
    assert moved.refreshed
    large, error = draw(people(), n_subjects=40_000, seed=2), CROWD.population.response.rating
    depth = large.simulate(SPRAY_84, at_h, (Quantity.DEPTH,)).of(Quantity.DEPTH)
    likelihood = mark_log_likelihood(depth, marks, np.ones(5), mark_table(error.sd, error.slip, 10))
    weighed = large.reweighted(tempered_weights(large.weights, likelihood, 1.0))
    times = np.array([0.5, 1.5, 2.5, 3.0])
    bands = [
        crowd.simulate(SPRAY_84, times, (Quantity.DEPTH,)).band(Quantity.DEPTH, (10, 50, 90))
        for crowd in (weighed, moved.crowd)
    ]
    np.testing.assert_allclose(bands[1], bands[0], atol=0.5)


def test_what_nobody_could_have_said_is_outside_and_still_counted():
    posterior = rated((0.5, 0), (1.0, 0), (1.5, 9), (2.0, 9), (3.0, 9), (4.0, 9))
    assert posterior.outside
    assert posterior.share_fitting < 0.001
    assert posterior.sentence.startswith("Outside my crowd: ")
    assert f"{round(posterior.share_fitting * 1024)} of 1,024 virtual patients" in posterior.sentence
    assert np.isfinite(posterior.crowd.weights).all()


def test_plausible_ratings_say_how_many_could_have_given_them():
    posterior = rated((0.25, 3), (0.5, 6), (0.75, 5))
    assert not posterior.outside
    assert "of 1,024 virtual patients could have given these ratings" in posterior.sentence


def test_the_typical_person_alone_can_be_asked_too():
    posterior = update(typical(people()), SPRAY_84, [Rating(at_h=0.5, depth=7)])
    assert posterior.ess == 1.0
    assert posterior.share_fitting == 1.0


@pytest.mark.parametrize("depth", [-1, 11, 3.5, float("nan"), True, "3"])
def test_a_rating_that_is_no_mark_is_refused(depth: int):
    with pytest.raises(RefusedError) as refused:
        Rating(at_h=0.5, depth=depth)
    assert refused.value.problems[0].field == "depth"


@pytest.mark.parametrize("at_h", [float("nan"), float("inf")])
def test_a_rating_at_no_time_is_refused(at_h: float):
    with pytest.raises(RefusedError, match="not a time"):
        Rating(at_h=at_h, depth=3)


def test_a_rating_before_the_first_dose_is_refused_and_one_at_it_is_not():
    later = Regimen((Dose(route=Route.NASAL_DEVICE, amount_mg=84.0, at_h=0.5),))
    with pytest.raises(RefusedError, match="first dose"):
        rated((0.4999, 0), regimen=later)
    with pytest.raises(RefusedError, match="nothing has been given"):
        rated((0.5, 0), regimen=Regimen())
    assert rated((0.5, 0), regimen=later).n_ratings == 1


def test_two_marks_at_one_time_are_refused_by_both_marks():
    with pytest.raises(RefusedError, match="both rated 2 and rated 9"):
        rated((0.5, 9), (0.5, 2))


def test_ratings_are_not_added_to_a_crowd_that_has_taken_some_in():
    with pytest.raises(RefusedError) as refused:
        update(rated((0.5, 6)).crowd, SPRAY_84, [Rating(at_h=1.0, depth=3)])
    assert refused.value.problems[0].code == "already-observed"


def test_more_ratings_than_a_session_holds_are_refused():
    with pytest.raises(RefusedError, match="more than a session"):
        rated(*((index / 1000, 0) for index in range(MOST_WRITTEN + 1)))


def test_the_chance_of_recovery_follows_what_was_said():
    """Deep ratings late put recovery off; light ones bring it forward."""
    from slackwater.pharma.recovered import recovered

    late, early = (
        recovered(rated(*marks).crowd.simulate(SPRAY_84, FIRST_HOURS, (Quantity.DEPTH,)))
        for marks in (((1.0, 9), (1.5, 8)), ((1.0, 1), (1.5, 0)))
    )
    assert late.chance_at(2.0) < 0.5 < early.chance_at(2.0)
