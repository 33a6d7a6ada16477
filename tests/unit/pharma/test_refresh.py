"""Refreshing against a posterior that is known in closed form."""

import math

import numpy as np
import pytest

from slackwater.pharma.draws import Stream
from slackwater.pharma.refresh import refreshed

# One deviate of six is measured with error: y = z + e, e normal with SD s, so z | y is normal with mean
# y / (1 + s**2) and variance s**2 / (1 + s**2).
SD = 0.1
N_SUBJECTS = 4000


def log_likelihood_of(y: float):
    return lambda z: -0.5 * ((y - z[:, 0]) / SD) ** 2


@pytest.mark.parametrize("y", [0.3, 2.0, 4.0])
def test_the_refreshed_crowd_is_the_conjugate_posterior(y: float):
    z = refreshed(Stream(1).normals(N_SUBJECTS, 6), log_likelihood_of(y), Stream(1, lane=1))
    mean, variance = y / (1 + SD**2), SD**2 / (1 + SD**2)
    # A quarter of the crowd is taken as independent; four standard errors.
    independent = N_SUBJECTS / 4
    assert abs(z[:, 0].mean() - mean) < 4 * math.sqrt(variance / independent)
    assert z[:, 0].var() == pytest.approx(variance, rel=4 * math.sqrt(2 / independent))


def test_deviates_that_nothing_was_said_about_stay_standard_normal():
    z = refreshed(Stream(1).normals(N_SUBJECTS, 6), log_likelihood_of(3.0), Stream(1, lane=1))
    independent = N_SUBJECTS / 8
    assert np.all(np.abs(z[:, 1:].mean(axis=0)) < 4 / math.sqrt(independent))
    np.testing.assert_allclose(z[:, 1:].var(axis=0), 1.0, atol=4 * math.sqrt(2 / independent))


def test_most_of_the_refreshed_crowd_differ_from_each_other():
    z = refreshed(Stream(1).normals(N_SUBJECTS, 6), log_likelihood_of(3.0), Stream(1, lane=1))
    assert len(np.unique(z[:, 0])) > 0.5 * N_SUBJECTS


def test_the_same_arguments_give_the_same_digits():
    first, second = (
        refreshed(Stream(4).normals(500, 3), log_likelihood_of(1.0), Stream(4, lane=1)) for _ in range(2)
    )
    np.testing.assert_array_equal(first, second)


def test_a_likelihood_that_says_nothing_leaves_a_standard_normal_crowd():
    z = refreshed(Stream(2).normals(N_SUBJECTS, 2), lambda z: np.zeros(len(z)), Stream(2, lane=1))
    assert abs(z.mean()) < 4 / math.sqrt(N_SUBJECTS)
    assert z.var() == pytest.approx(1.0, abs=4 * math.sqrt(2 / N_SUBJECTS))
