"""Weights that collapse onto a few: what a crowd is worth without moving, and with it."""

from dataclasses import replace

import numpy as np
import pytest
from tests.crowds import SPRAY_84, people

from slackwater.pharma.crowd import Crowd, draw
from slackwater.pharma.observations import Alertness, Observation, Rating
from slackwater.pharma.observe import Posterior, update
from slackwater.pharma.quantity import Quantity

# Deep at once and for long, and awake all the while.
AT_H = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0)
SEEN: list[Observation] = [
    *(Rating(at_h=at, depth=depth) for at, depth in zip(AT_H, (10, 10, 10, 10, 9, 8), strict=True)),
    *(Alertness(at_h=at, moaas=5) for at in AT_H),
]
N_SUBJECTS = 1024


def crowd_of(n_subjects: int, *, seed: int = 1, moved: bool = True) -> Crowd:
    whom = people()
    if not moved:
        never = replace(whom.response.fit, refresh_below=0.0)
        whom = replace(whom, response=replace(whom.response, fit=never))
    return draw(whom, n_subjects=n_subjects, seed=seed)


def middle_depth(posterior: Posterior) -> float:
    curves = posterior.crowd.simulate(SPRAY_84, np.array([2.5]), (Quantity.DEPTH,))
    return float(posterior.crowd.weights @ curves.of(Quantity.DEPTH)[0])


def test_without_moving_the_weights_collapse_onto_a_few_people():
    posterior = update(crowd_of(N_SUBJECTS, moved=False), SPRAY_84, SEEN)
    assert not posterior.refreshed
    assert posterior.ess < 0.01 * N_SUBJECTS
    assert np.sort(posterior.crowd.weights)[-10:].sum() > 0.9


def test_with_it_nobody_outweighs_the_others_and_most_differ():
    posterior = update(crowd_of(N_SUBJECTS), SPRAY_84, SEEN)
    assert posterior.refreshed
    assert posterior.ess < 0.01 * N_SUBJECTS, "what it reports is how far the weights had collapsed"
    np.testing.assert_array_equal(posterior.crowd.weights, 1 / N_SUBJECTS)
    assert len(np.unique(posterior.crowd.z, axis=0)) > 0.7 * N_SUBJECTS


def strays(wanted: float, *, moved: bool) -> np.ndarray:
    """How far the mean depth is off, for crowds of eight seeds."""
    crowds = (crowd_of(N_SUBJECTS, seed=seed, moved=moved) for seed in range(8))
    return np.array([middle_depth(update(crowd, SPRAY_84, SEEN)) for crowd in crowds]) - wanted


@pytest.mark.slow
def test_moved_it_agrees_with_a_crowd_two_hundred_times_its_size_and_weighed_it_does_not():
    """200,000 people, of whom 1700 are left: their own mean depth strays by a fortieth of an SD.

    A fifth of an SD off would cost a 90 % band less than one point of its coverage.
    """
    large = update(crowd_of(200_000, seed=99, moved=False), SPRAY_84, SEEN)
    assert large.ess > 1000
    wanted = middle_depth(large)
    depth = large.crowd.simulate(SPRAY_84, np.array([2.5]), (Quantity.DEPTH,)).of(Quantity.DEPTH)[0]
    sd = float(large.crowd.weights @ (depth - wanted) ** 2) ** 0.5
    moved, weighed = strays(wanted, moved=True), strays(wanted, moved=False)
    assert np.abs(moved).max() < 0.25 * sd
    assert abs(moved.mean()) < 0.15 * sd
    assert moved.std() < 0.1 * sd < 0.2 * sd < weighed.std()
