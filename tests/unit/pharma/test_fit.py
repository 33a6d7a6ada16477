"""Whether anybody in the crowd is like the patient."""

import numpy as np
from tests.crowds import SPRAY_84, people

from slackwater.pharma.crowd import draw
from slackwater.pharma.kernels.likelihood import mark_table, one_step_residuals
from slackwater.pharma.likelihoods import Sign
from slackwater.pharma.observe import Rating, update
from slackwater.pharma.quantity import Quantity

CROWD = draw(people(), n_subjects=1024)


def test_one_step_residuals_are_those_of_weights_kept_by_hand():
    error = CROWD.population.response.likelihood(Sign.RATING)
    depth = CROWD.simulate(SPRAY_84, np.array([0.25, 0.5, 1.0]), (Quantity.DEPTH,)).of(Quantity.DEPTH)
    marks, table = np.array([3.0, 7.0, 6.0]), mark_table(error.sd, error.slip, 10)
    found = one_step_residuals(depth, marks, CROWD.weights, table)
    weights, scale, wanted = CROWD.weights.copy(), np.arange(11.0), []
    for row, mark in zip(depth, marks, strict=True):
        chances = np.exp(table[:, np.round(row * 1000).astype(int)])
        predictive = chances @ weights
        mean = predictive @ scale
        wanted.append((mark - mean) / np.sqrt(predictive @ scale**2 - mean**2))
        weights = weights * chances[int(mark)] / (weights @ chances[int(mark)])
    np.testing.assert_allclose(found, wanted, rtol=1e-3)


def test_ratings_that_run_ahead_of_the_crowd_are_outside_though_each_fits_somebody():
    """Half an hour late: somebody is as deep at every mark, but nobody rises and falls like this."""
    late = ((0.25, 0), (0.5, 0), (0.75, 2), (1.0, 7), (1.25, 9), (1.5, 9), (1.75, 9), (2.0, 8))
    posterior = update(CROWD, SPRAY_84, [Rating(at_h=at_h, depth=depth) for at_h, depth in late])
    assert posterior.drag > CROWD.population.response.fit.longest_drag
    assert posterior.outside
    assert posterior.sentence.startswith("Outside my crowd: ")


def test_taps_on_one_mark_are_no_drag():
    taps = [Rating(at_h=0.5 + k / 3600, depth=9) for k in range(10)]
    assert update(CROWD, SPRAY_84, taps).drag == 0.0
